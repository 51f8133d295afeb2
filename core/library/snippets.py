"""A few words around the best hit of a case, read only as far as needed: title, mechanisms, figures, body."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence

from core.library import source_rows
from core.library.answers import Snippet, Where
from core.library.conform import FAULTS, shown, texts_in
from core.records import Span
from core.text.folding import first_place, places_of, plain_place, plain_places
from core.text.values import value_form

_LENGTH = 36
"""Characters of a snippet; a third of them before the hit."""
_SEP = "\ue000"
"""Between the fields of a joined text: a character for private use, which no word can cross."""
Texts = dict[int, str]
Finder = Callable[[str, str], tuple[int, int] | None]
_TITLE = "SELECT num, title FROM cases WHERE num IN ({0})"
_MECHANISM = (
    "SELECT x.case_num, m.name || ?1 || x.note || ?1 || x.parts || ?1 || x.participants FROM case_mechanisms x"
    " JOIN mechanisms m ON m.num = x.mechanism WHERE x.case_num IN ({0}) ORDER BY x.case_num, x.position"
)
_FIGURE = (
    "SELECT case_num, group_concat(indicator || ?1 || subject || ?1 || printed || ?1 || quote || ?1 || period, ?1)"
    " FROM (SELECT * FROM metrics WHERE case_num IN ({0}) ORDER BY case_num, position) GROUP BY case_num"
)
_FIGURE_FIELDS = ("quote", "indicator", "printed", "subject", "period")
_AT_MOST = 2
"""Of more words a field may have some while another has more of them."""
_FIRST_FIGURE = (
    "SELECT c.num, m.indicator || ?1 || m.subject || ?1 || m.printed || ?1 || m.quote || ?1 || m.period FROM cases c"
    " JOIN metrics m ON m.num = (SELECT num FROM metrics WHERE case_num = c.num AND ({1}) ORDER BY position LIMIT 1)"
    " WHERE c.num IN ({0})"
)
_TEXTS_ALONE = "SELECT num, body, summary, background, practice, result FROM case_texts WHERE num IN ({0})"
_BODY = (
    "SELECT c.num, x.body, x.summary, x.background, x.practice, x.result, c.section, c.byline, x.captions, c.source,"
    " p.province, p.city, p.county, p.town, p.village FROM cases c JOIN case_texts x ON x.num = c.num"
    " JOIN places p ON p.num = c.place WHERE c.num IN ({0})"
)
_CITATION = (
    "SELECT case_num, headline, paper, byline FROM citations WHERE case_num IN ({0}) ORDER BY case_num, position"
)


def snippets(db: sqlite3.Connection, where: Mapping[int, Where], words: Sequence[str]) -> dict[int, Snippet]:
    """For each case the field of its tier (``where``) that holds the most of the words, cut to a few around them.

    Words that stand neither together nor plainly (㎡ for m2) are looked for further on, the slow and exact way.
    """
    out = _in_figures(db, [num for num, tier in where.items() if tier == "figure"], words)
    out |= _in_bodies(db, [num for num, tier in where.items() if tier == "body"], words)
    for find, everywhere in ((plain_place, False), (plain_place, True), (first_place, True)):
        for tier, texts_of in _TIERS.items():
            nums = [num for num in where if num not in out and (everywhere or where[num] == tier)]
            for num, text in texts_of(db, nums).items() if nums else ():
                if snippet := _snippet(text, words, tier, find):
                    out[num] = snippet
    return out


def _in_figures(db: sqlite3.Connection, nums: Sequence[int], words: Sequence[str]) -> dict[int, Snippet]:
    """The snippets of cases of which a field of a figure has all of the words as they are typed, or one of two.

    Of each the first figure is read; a case may have thousands.
    """
    out: dict[int, Snippet] = {}
    for joined in (" AND ", " OR ")[: len(words)] if len(words) <= _AT_MOST else ():
        left = [num for num in nums if num not in out]
        asked = (joined.join(f"instr({name}, ?{at + 2})" for at in range(len(words))) for name in _FIGURE_FIELDS)
        sql = _FIRST_FIGURE.format(_list(left), " OR ".join(f"({one})" for one in asked))
        for num, text in db.execute(sql, (_SEP, *words)) if left else ():
            if snippet := _snippet(shown(text), words, "figure", plain_place):
                out[num] = snippet
    return out


def _in_bodies(db: sqlite3.Connection, nums: Sequence[int], words: Sequence[str]) -> dict[int, Snippet]:
    """The snippets of cases whose printed text or summary has a word: most have, and need nothing else to be read."""
    out: dict[int, Snippet] = {}
    for num, body, *rest in db.execute(_TEXTS_ALONE.format(_list(nums))) if nums else ():
        text = _SEP.join(map(shown, ("\n".join(texts_in(body)), *rest)))
        if snippet := _snippet(text, words, "body", plain_place):
            out[num] = snippet
    return out


def _snippet(text: str, words: Sequence[str], where: Where, find: Finder) -> Snippet | None:
    """The field of a joined text that holds the most words, cut around the first of them."""
    spans = {word: span for word in words if (span := find(text, word))}
    best: tuple[int, int, tuple[int, int]] | None = None
    for first in spans.values():
        start, end = text.rfind(_SEP, 0, first[0]) + 1, (text.find(_SEP, first[1]) + 1 or len(text) + 1) - 1
        field = text[start:end]
        count = sum(1 for word in spans if find(field, word)) if len(spans) > 1 else 1
        if best is None or (-count, first) < (-best[0], best[2]):
            best = (count, start, first)
            inside = field
    if best is None:
        return None
    _, start, (a, b) = best
    return _cut(inside, (a - start, b - start), words, where)


def _cut(text: str, hit: tuple[int, int], words: Sequence[str], where: Where) -> Snippet:
    start = max(0, hit[0] - _LENGTH // 3)
    end = min(len(text), max(hit[1], start + _LENGTH))
    piece = text[start:end].replace("\n", " ")
    lead, tail = "…" if start else "", "…" if end < len(text) else ""
    plain = () if any(map(value_form, words)) else plain_places(piece, words)
    places = plain or places_of(piece, words)
    marks = tuple((a + len(lead), b + len(lead)) for a, b in places)
    return Snippet(lead + piece + tail, marks, where)


def _joined(rows: Iterable[tuple[int, str]]) -> Texts:
    out: dict[int, list[str]] = {}
    for num, text in rows:
        out.setdefault(num, []).append(shown(text))
    return {num: _SEP.join(texts) for num, texts in out.items()}


def _titles(db: sqlite3.Connection, nums: Sequence[int]) -> Texts:
    return _joined(db.execute(_TITLE.format(_list(nums))))


def _figures(db: sqlite3.Connection, nums: Sequence[int]) -> Texts:
    return _joined(db.execute(_FIGURE.format(_list(nums)), (_SEP,)))


def _mechanisms(db: sqlite3.Connection, nums: Sequence[int]) -> Texts:
    rows = db.execute(_MECHANISM.format(_list(nums)), (_SEP,))
    return _joined((num, _SEP.join(_plain(shown(text).split(_SEP)))) for num, text in rows)


def _plain(fields: Sequence[str]) -> Iterable[str]:
    try:
        name, note, parts, participants = fields
        named = [text for pair in json.loads(parts) for text in pair]
        return [name, note, *map(shown, named), *texts_in(participants)]
    except FAULTS:  # of a damaged case: what can be shown of it is its name
        return fields[:1]


def _bodies(db: sqlite3.Connection, nums: Sequence[int]) -> Texts:
    cited = _joined(
        (num, _SEP.join((shown(headline), shown(paper), *texts_in(byline))))
        for num, headline, paper, byline in db.execute(_CITATION.format(_list(nums)))
    )
    out = {}
    for num, body, *rest in db.execute(_BODY.format(_list(nums))):
        texts, byline, captions, source, places = rest[:5], rest[5], rest[6], rest[7], rest[8:]
        printed = _under_pictures(db, captions, source)
        fields = ("\n".join(texts_in(body)), *texts, *printed, *texts_in(byline), cited.get(num, ""), *places)
        out[num] = _SEP.join(map(shown, fields))
    return out


def _under_pictures(db: sqlite3.Connection, captions: str, source: int | None) -> Sequence[str]:
    """The printed texts under the pictures of a case; none where that is damaged."""
    try:
        under = [Span(*pair) for pair in json.loads(captions)]
        return source_rows.printed(db, source, under) if under and source else ()
    except FAULTS:
        return ()


def _list(nums: Sequence[int]) -> str:
    return ",".join(map(str, nums))


_TIERS: dict[Where, Callable[[sqlite3.Connection, Sequence[int]], Texts]] = {
    "title": _titles,
    "mechanism": _mechanisms,
    "figure": _figures,
    "body": _bodies,
}
