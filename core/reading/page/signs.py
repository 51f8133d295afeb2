"""The signs by which the kind of a printed line is told: what it looks like, and what stands around it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter

from core import compiled
from core.reading.page.bylines import Byline, at_the_end, in_dateline, own_line
from core.reading.page.captions import is_caption, is_credit, is_furniture, is_sheet
from core.reading.page.cohesion import pairs_of
from core.reading.page.headlines import headline_score
from core.reading.page.likeness import Likeness
from core.reading.page.lines import BULLET, LIST_NUMBER, MARKUP, Line, width_of
from core.reading.page.ngrams import NGrams, fold
from core.reading.page.seams import OPENERS, ends_inside_word, open_mark, stray_closer
from core.records import Span
from core.text.clauses import breaks_off, ends_open

_FIRST = {**dict.fromkeys("，。、；：！？”）》」』】…,;:!?)%％.．", 0), **dict.fromkeys("“‘\"'", 1)}
_FIRST |= {**dict.fromkeys("（(【[〔〖《<", 7), **dict.fromkeys("—－-–", 6), **dict.fromkeys("■□●▲◆★◎○•△▼◇※▶", 5)}
_LAST = {
    **dict.fromkeys("。！？!?", 0),
    **dict.fromkeys("，、,", 1),
    **dict.fromkeys("：:", 2),
    **dict.fromkeys("；;", 7),
}
_LAST |= {**dict.fromkeys("”’」』】〕\"'》", 3), **dict.fromkeys("）)", 8), **dict.fromkeys("…—", 6)}
_SHORT = 40
_BEGINNING = 3
"""Characters of a line that are asked whether a paragraph begins so."""
_AROUND = 4
_COUNTED, _FIRST_ONES = 200, 12
"""Characters of a line in which marks are counted, and of its beginning in which digits are."""
_MARKS = ("，,、", "。；！？")
_NAMES = (
    "size width_to_usual width_to_widest blanks_above blanks_below indented marks first last cells longest_cell"
    " even_cells commas stops digits headline byline sheet furniture caption credit dateline closes opens number"
    " bullet open stray inside_word starts ends from_above to_below above_open likeness_above likeness_below"
    " place from_top from_bottom"
    " same_size same_begin same_end colon quoted exclaims same_digits"
    " across since_short until_short closed_above section_size"
    " page_lines page_short page_open page_blank page_indented page_marks page_bylines page_datelines page_closings"
).split()
_BESIDE = (
    "across since_short size first last headline byline sheet caption dateline closes opens indented blanks_above"
    " number marks ends starts width_to_usual cells"
).split()
WAYS = (-3, -2, -1, 1, 2, 3)
NAMES = (*_NAMES, *[f"{name}{way:+d}" for way in WAYS for name in _BESIDE])
"""The signs of a line, in the order of its row."""
_of_places = itemgetter(*[_NAMES.index(name) for name in _BESIDE])
_NONE = [-1.0] * len(_BESIDE)


@dataclass(slots=True)
class Marked:
    """A printed line with what its words show by themselves."""

    line: Line
    spans: tuple[Span, ...]
    """Where its words stand: the line, or the parts of one of two columns that were printed in one line."""
    text: str
    folded: str
    width: float
    byline: Byline | None
    closes: Byline | None
    dateline: Byline | None
    is_caption: bool
    is_credit: bool
    is_sheet: bool
    pairs: frozenset[str]
    starts: float
    """How much likelier a paragraph begins so than text goes on so, in nats."""
    ends: float
    """The log chance that a paragraph ends behind its last characters."""
    open: str
    stray: str
    ends_open: bool


def mark(line: Line, grams: NGrams, spans: tuple[Span, ...] = (), words: str = "") -> Marked:
    """Return a line, or one column of it, with what its words show."""
    text = words or line.text
    plain = MARKUP.sub("", text) if "](" in text or "<" in text else text
    folded = fold(text)
    short = len(text) <= 120
    byline = own_line(plain) if short and not line.marks else None
    return Marked(
        line,
        spans or (Span(line.start, line.end),),
        text,
        folded,
        width_of(text) if len(text) < 200 else float(len(text)),
        byline,
        at_the_end(text) if len(text) > 1 else None,
        in_dateline(text),
        is_caption(text),
        short and is_credit(text),
        is_sheet(plain),
        pairs_of(text),
        grams.opening(folded, _BEGINNING) if folded else 0.0,
        grams.closing(folded) if folded else 0.0,
        open_mark(text[-120:]),
        stray_closer(text[:120]),
        ends_open(text),
    )


def rows_of(marked: Sequence[Marked], gains: Sequence[float], like: Likeness) -> list[list[float]]:
    """Return the row of signs of every line; ``gains`` tells for each line how well it goes on with the one above."""
    if not marked:
        return []
    own = _own_rows(marked, gains, like)
    count = len(own)
    beside = [*map(_of_places, own)]
    out = []
    for i, row in enumerate(own):
        whole = list(row)
        for way in WAYS:
            k = i + way
            whole += beside[k] if 0 <= k < count else _NONE
        out.append(whole)
    return out


def _own_rows(marked: Sequence[Marked], gains: Sequence[float], like: Likeness) -> list[list[float]]:
    count = len(marked)
    widths = sorted(m.width for m in marked)
    usual, widest = widths[count // 2], widths[min(count - 1, int(count * 0.9))]
    short = [m for m in marked if len(m.text) <= _SHORT]
    sizes = Counter(len(m.text) for m in short)
    begins = Counter(m.text[:2] for m in short)
    finishes = Counter(m.text[-2:] for m in short)
    page = _page_signs(marked, len(short))
    rows = []
    around = _around(marked, like)
    for i, m in enumerate(marked):
        text, line = m.text, m.line
        size = len(text)
        cells = text.split() if size <= 120 else [text]
        lengths = [len(c) for c in cells]
        is_short = size <= _SHORT
        commas, stops, digits, same_digits = counted(
            text if size <= _COUNTED else text[:_FIRST_ONES], _MARKS, _FIRST_ONES
        )
        above = _share(m.pairs, marked[max(0, i - _AROUND) : i]) if is_short else -1.0
        below = _share(m.pairs, marked[i + 1 : i + 1 + _AROUND]) if is_short else -1.0
        rows.append(
            [
                float(min(size, 200)),
                m.width / max(1.0, usual),
                m.width / max(1.0, widest),
                float(min(3, line.blanks)),
                float(min(3, marked[i + 1].line.blanks)) if i + 1 < count else 3.0,
                float(line.indented),
                float(line.marks),
                first_class(text[0]),
                last_class(text[-1]),
                float(min(6, len(cells))),
                float(min(60, max(lengths))),
                float(len(lengths) > 1 and max(lengths) - min(lengths) <= 1),
                float(min(9, commas)) if size <= _COUNTED else 9.0,
                float(min(9, stops)) if size <= _COUNTED else 9.0,
                digits / size if is_short else 0.0,
                headline_score(line) if size <= 92 else -9.0,
                0.0 if m.byline is None else 2.0 if m.byline.roles else 1.0,
                float(m.is_sheet),
                float(is_furniture(text)) if is_short else 0.0,
                float(m.is_caption),
                float(m.is_credit),
                float(m.dateline is not None),
                0.0 if m.closes is None else 2.0 if m.closes.names else 1.0,
                float(OPENERS.match(text) is not None),
                float(LIST_NUMBER.match(text) is not None),
                float(BULLET.match(text) is not None),
                float(bool(m.open)),
                float(bool(m.stray)),
                float(ends_inside_word(text)) if is_short else 0.0,
                m.starts,
                m.ends,
                gains[i],
                gains[i + 1] if i + 1 < count else -9.0,
                float(marked[i - 1].ends_open) if i else -1.0,
                above,
                below,
                i / count,
                float(min(9, i)),
                float(min(9, count - 1 - i)),
                float(sizes[size - 1] + sizes[size] + sizes[size + 1] - 1) if is_short else 0.0,
                float(begins[text[:2]] - 1) if is_short else 0.0,
                float(finishes[text[-2:]] - 1) if is_short else 0.0,
                float(text.find("：") if is_short else -1),
                float(text[0] in '“"' and text[-1] in '”"'),
                float("！" in text or "？" in text or "!" in text or "?" in text) if is_short else 0.0,
                float(min(9, same_digits)),
                *around[i],
                *page,
            ]
        )
    return rows


def plainly_counted(text: str, sets: tuple[str, ...], first: int) -> tuple[int, ...]:
    """Return how many characters of a text are in each set, how many are digits, and how many of its first ones."""
    marks = [sum(map(text.count, marks)) for marks in sets]
    return *marks, sum(map(str.isdigit, text)), sum(map(str.isdigit, text[:first]))


counted = compiled.counted or plainly_counted


def _share(pairs: frozenset[str], others: Sequence[Marked]) -> float:
    """Which share of some pairs stands in some lines."""
    return (len(pairs) - len(pairs.difference(*[other.pairs for other in others]))) / max(1, len(pairs))


def _around(marked: Sequence[Marked], like: Likeness) -> list[tuple[float, float, float, float, float]]:
    """For each short line the likeness of the text above and below, how many long lines stand there, and more."""
    count = len(marked)
    is_long = [len(m.text) > _SHORT for m in marked]
    above, since = [0] * count, 0
    below, until = [0] * count, 0
    for i in range(count):
        above[i] = since
        since = since + 1 if is_long[i] else 0
    for i in range(count - 1, -1, -1):
        below[i] = until
        until = until + 1 if is_long[i] else 0
    out = []
    for i in range(count):
        if is_long[i]:
            out.append(_LONG)
            continue
        over = [k for k in range(max(0, i - 2 * _AROUND), i) if is_long[k]][-_AROUND:]
        under = [k for k in range(i + 1, min(count, i + 1 + 2 * _AROUND)) if is_long[k]][:_AROUND]
        across = like.together(over, under) if over and under else -1.0
        closed = marked[over[-1]].closes if over else None
        size = sum([len(marked[k].text) for k in range(i + 1, min(count, i + 1 + below[i]))])
        out.append(
            (
                across,
                float(min(20, above[i])),
                float(min(20, below[i])),
                -1.0 if not over else 0.0 if closed is None else 2.0 if closed.names else 1.0,
                float(min(1500, size)),
            )
        )
    return out


_LONG = (-2.0, -1.0, -1.0, -2.0, -1.0)


def _page_signs(marked: Sequence[Marked], short: int) -> list[float]:
    count = len(marked)
    return [
        float(min(400, count)),
        short / count,
        sum(breaks_off(m.text) for m in marked) / count,
        sum(m.line.blanks > 0 for m in marked) / count,
        sum(m.line.indented for m in marked) / count,
        sum(m.line.marks > 0 for m in marked) / count,
        float(min(9, sum(m.byline is not None for m in marked))),
        float(min(9, sum(m.dateline is not None for m in marked))),
        float(min(9, sum(m.closes is not None for m in marked))),
    ]


def first_class(char: str) -> float:
    found = _FIRST.get(char)
    if found is not None:
        return float(found)
    return 2.0 if char.isdigit() else 3.0 if char < "\u2e80" else 4.0


def last_class(char: str) -> float:
    found = _LAST.get(char)
    if found is not None:
        return float(found)
    return 4.0 if char.isdigit() else 9.0 if char < "\u2e80" else 5.0
