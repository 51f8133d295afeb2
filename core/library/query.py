"""What a person asks of a library."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from core.text.folding import fold

if TYPE_CHECKING:
    from decimal import Decimal

    from core.records import State

Order = Literal["rank", "title", "place", "themes", "published", "figures", "state", "added"]

_WORD = re.compile(
    r"“([^”]*)”?|「([^」]*)」?|『([^』]*)』?|[\"＂]([^\"＂]*)[\"＂]?|((?:[^\s“「『\"＂、，,；;]|(?<=\d)[,，](?=\d))+)"
)


@dataclass(frozen=True, slots=True)
class Query:
    """What a person asks of the library; every field that is set narrows the hits.

    ``words`` is as typed: words are parted by white space, commas and semicolons (not 1,326), all of them must stand
    in the case, 「引号」 “引号” or "引号" keep a phrase together. ``places`` are codes of any level or the keys of tree
    nodes; a key that ends in ``=`` means exactly that place and nothing below it (``330800=`` 市本级, ``=`` 地区未定).
    The theme ``""`` means cases without one. ``since`` and ``until`` are ISO dates, as much of them as is known. A
    figure must fulfil indicator (contains), unit and value together; values are compared as exact numbers, ranges by
    overlap.
    """

    words: str = ""
    places: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    mechanisms: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    selection: str = ""
    since: str = ""
    until: str = ""
    indicator: str = ""
    value_min: Decimal | None = None
    value_max: Decimal | None = None
    unit: str = ""
    states: tuple[State, ...] = ()
    kinds: tuple[str, ...] = ()
    order: Order = "rank"
    descending: bool = False

    @property
    def asks_figures(self) -> bool:
        """Whether a figure has to match, too."""
        return bool(self.indicator or self.unit or self.value_min is not None or self.value_max is not None)


def words_of(typed: str) -> tuple[str, ...]:
    """Return the folded words of what was typed, each once.

    >>> words_of('常山 “共同 富裕” Ab')
    ('常山', '共同富裕', 'ab')
    >>> words_of('养老、食堂，1,326家')
    ('养老', '食堂', '1,326家')
    """
    found = (fold("".join(filter(None, m.groups()))) or fold(m.group()) for m in _WORD.finditer(typed))
    return tuple(dict.fromkeys(word for word in found if word))
