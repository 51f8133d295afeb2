"""What a text may go on in: the likeliest continuations at the places where a page's columns were joined."""

from __future__ import annotations

from core.reading.page.structure import Structure
from core.records import Offer


def offers_on(text: str) -> dict[int, tuple[Offer, ...]]:
    """Return where the texts of a page may go on, by the end (offset behind the last character) of each piece.

    Only pieces that do not surely go on in the next line are there; the likeliest offer comes first.
    """
    structure = Structure(text)
    piece_of = {piece.item: piece for piece in structure.pieces}
    found = {}
    for item, offers in structure.offers.items():
        if piece := piece_of.get(item):
            own = [Offer(piece_of[to].spans[0].start, round(chance, 3)) for to, chance in offers if to in piece_of]
            found[piece.spans[-1].end] = tuple(own)
    return {end: offers for end, offers in found.items() if offers}
