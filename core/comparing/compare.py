"""Cases or places side by side: columns, mechanisms, and their figures in rows of one indicator and one unit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations, product
from pathlib import Path
from typing import Literal, NamedTuple, TypeAlias

from core.comparing.indicators import NO_RULING, Joined, Meaning, Ruling, joined, of_one_thing, root_of
from core.comparing.keywords import most_telling, place_names, terms, text_of
from core.comparing.sheet import LEAST, MOST, Cell, Column, Head, MechanismRow, Pair, Quality, Row, Sheet, Told
from core.comparing.similar import bare_name
from core.comparing.times import in_words
from core.comparing.units import common_unit, measure
from core.comparing.verdicts import Figure, figure_of, verdict
from core.places.areas import full_label
from core.records import Approx, Case, Mechanism

COMPARED = 6
"""So many figures of a column in one row are held against those of another; those that were checked, and the latest."""
Opens: TypeAlias = Literal["", "up", "down", "both"]
_OPENS: dict[Approx, Opens] = {
    "exact": "",
    "over": "up",
    "nearly": "down",
    "under": "down",
    "about": "both",
}


@dataclass(frozen=True, slots=True)
class Group:
    """What becomes one column: a case alone, or the cases of a place."""

    key: str
    label: str
    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class _Placed:
    """A figure with the column and case that it is of."""

    column: int
    head: Head
    figure: Figure


class Progress(NamedTuple):
    """How far a comparison is: so many of all cases are read, rows compared, or cases cut into words."""

    of: Literal["cases", "rows", "words"]
    done: int
    total: int


def compare(
    groups: Sequence[Group],
    *,
    title: str = "",
    ruling: Ruling = NO_RULING,
    cache: Path | None = None,
    notes: Sequence[str] = (),
) -> Sheet:
    """Return two to eight groups side by side; ValueError for fewer or more. ``cache`` is jieba's folder."""
    sheet = _to_the_end(in_steps(groups, title=title, ruling=ruling, notes=notes))
    return _to_the_end(with_keywords(sheet, groups, cache))


def _to_the_end(work: Generator[Progress, None, Sheet]) -> Sheet:
    while True:
        try:
            next(work)
        except StopIteration as end:
            sheet: Sheet = end.value
            return sheet


def in_steps(
    groups: Sequence[Group],
    *,
    title: str = "",
    ruling: Ruling = NO_RULING,
    notes: Sequence[str] = (),
) -> Generator[Progress, None, Sheet]:
    """Do what ``compare`` does but for the keywords; yield how far it is, so that it can be left in between."""
    if not LEAST <= len(groups) <= MOST:
        raise ValueError(f"{len(groups)} groups, not {LEAST} to {MOST}")
    heads = [[head_of(case) for case in group.cases] for group in groups]
    columns = [_column(group, own) for group, own in zip(groups, heads, strict=True)]
    total = sum(len(group.cases) for group in groups)
    placed = list(_figures(groups, heads))
    yield Progress("cases", total, total)
    rows, figures = _rows(placed, len(groups), ruling)
    pairs: list[Pair] = []
    for at in range(len(rows)):
        yield Progress("rows", at, len(rows))
        pairs += _pairs(rows, figures, ruling, at)
    pairs += _across_rows(rows, figures)
    return Sheet(
        title or " · ".join(column.label for column in columns),
        tuple(columns),
        _mechanisms(groups, heads),
        rows,
        tuple(pairs),
        _shared([tuple(theme for case in group.cases for theme in case.themes) for group in groups]),
        (),
        tuple(notes),
    )


def with_keywords(sheet: Sheet, groups: Sequence[Group], cache: Path | None = None) -> Generator[Progress, None, Sheet]:
    """Return a comparison with the keywords of its columns, and yield after each case: cutting words takes longest."""
    total, done, columns = sum(len(group.cases) for group in groups), 0, []
    for column, group in zip(sheet.columns, groups, strict=True):
        counted: Counter[str] = Counter()
        for case in group.cases:
            counted.update(terms(text_of(case), cache))
            done += 1
            yield Progress("words", done, total)
        columns.append(replace(column, keywords=most_telling(counted, places=place_names(group.cases))))
    shared = _shared([column.keywords for column in columns])
    return replace(sheet, columns=tuple(columns), shared_keywords=shared)


def head_of(case: Case) -> Head:
    """Return a case as far as a reader of a comparison must know it."""
    citation = case.citations[0] if case.citations else None
    said = citation.text() if citation else ""
    return Head(case.id, case.num, case.title, full_label(case.place), case.themes, case.published, said)


def _column(group: Group, heads: Sequence[Head]) -> Column:
    def told(part: str) -> tuple[Told, ...]:
        found = zip(heads, (getattr(case, part) for case in group.cases), strict=True)
        return tuple(Told(head, text) for head, text in found if text.strip())

    return Column(group.key, group.label, tuple(heads), told("background"), told("practice"), told("result"))


def _shared(sets: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """What all of them have, in the order of the first."""
    return tuple(dict.fromkeys(word for word in sets[0] if all(word in other for other in sets[1:])))


def _mechanisms(groups: Sequence[Group], heads: Sequence[Sequence[Head]]) -> tuple[MechanismRow, ...]:
    """Each mechanism once, by its folded name; those of several columns first."""
    found: dict[str, tuple[str, list[list[tuple[Head, Mechanism]]]]] = {}
    for at, (group, own) in enumerate(zip(groups, heads, strict=True)):
        for case, head in zip(group.cases, own, strict=True):
            for mechanism in case.mechanisms:
                entry = found.setdefault(bare_name(mechanism.name), (mechanism.name, [[] for _ in groups]))
                entry[1][at].append((head, mechanism))
    rows = [MechanismRow(name, tuple(tuple(cell) for cell in cells)) for name, cells in found.values()]
    return tuple(sorted(rows, key=lambda row: not row.is_shared))


# ---- figures


def _figures(groups: Sequence[Group], heads: Sequence[Sequence[Head]]) -> Iterator[_Placed]:
    """The figures that nobody called wrong, each printed one once a column; the checked ones before the others."""
    for at, (group, own) in enumerate(zip(groups, heads, strict=True)):
        seen = set()
        for case, head in zip(group.cases, own, strict=True):
            for metric in case.metrics:
                same = (metric.indicator, metric.printed, metric.quote, metric.value)
                if metric.state == "wrong" or not metric.indicator or same in seen:
                    continue
                seen.add(same)
                yield _Placed(at, head, figure_of(metric, case.place, case.published or _printed(case)))


def _printed(case: Case) -> str:
    return case.citations[0].published if case.citations else ""


def _quality(figure: Figure) -> Quality:
    """A sum up to a day is kept apart from what there is and from what a period brought."""
    return "cumulative" if figure.meaning.quality == "amount" and figure.nature == "sum" else figure.meaning.quality


def _rows(
    placed: Sequence[_Placed], columns: int, ruling: Ruling
) -> tuple[tuple[Row, ...], tuple[tuple[tuple[Figure, ...], ...], ...]]:
    """The rows in the order in which they are shown, and the figures of their cells."""
    meanings = [replace(p.figure.meaning, quality=_quality(p.figure)) for p in placed]
    names = [p.figure.metric.indicator for p in placed]
    groups = joined(meanings, names, ruling)
    made = [_row(group, [placed[i] for i in group.members], meanings, columns) for group in groups]
    things = [meanings[group.members[0]] for group in groups]
    return _in_order(made, _families([row for row, _ in made], things))


def _row(
    group: Joined, placed: Sequence[_Placed], meanings: Sequence[Meaning], columns: int
) -> tuple[Row, tuple[tuple[Figure, ...], ...]]:
    first = meanings[group.members[0]]
    counted = "".join(dict.fromkeys(meanings[i].thing for i in group.members))
    unit = common_unit(((p.figure.metric.value, p.figure.metric.unit) for p in placed), counted)
    cells = [sorted((p for p in placed if p.column == at), key=_first_shown) for at in range(columns)]
    row = Row(
        min((p.figure.metric.indicator for p in placed), key=len),
        first.quality,
        unit,
        tuple(tuple(_cell(p, unit, counted) for p in cell) for cell in cells),
        group.way,
        group.confidence,
    )
    return row, tuple(tuple(p.figure for p in cell) for cell in cells)


def _first_shown(placed: _Placed) -> tuple[bool, int, str]:
    """What a person has checked before what nobody has, the latest first."""
    metric, time = placed.figure.metric, placed.figure.time
    return metric.state != "checked", -(time.end or 0), metric.printed


def _cell(placed: _Placed, unit: str, counted: str) -> Cell:
    metric = placed.figure.metric
    share = measure(metric.unit, counted).factor / measure(unit, counted).factor
    most = None if metric.value_max is None else Fraction(metric.value_max) * share
    opens = _OPENS[metric.approx]
    time = placed.figure.time
    ends = time.end - 1 if time.end is not None and in_words(time) else None
    return Cell(placed.head, metric, Fraction(metric.value) * share, most, opens, in_words(time), ends)


def _families(rows: Sequence[Row], things: Sequence[Meaning]) -> list[int]:
    """Rows of one thing that are measured in different manners get one number: a total, its growth, its average.

    Only rows of other qualities are looked at, and of those that share no name each pair of names once: a comparison of
    two hundred cases has thousands of rows.
    """
    family = _Families(len(rows))
    by_name: dict[str, list[int]] = {}
    for i, thing in enumerate(things):
        by_name.setdefault("".join(sorted(thing.thing)), []).append(i)
    for members in by_name.values():
        for i, j in combinations(members, 2):
            if things[i].thing and (things[i].quality, things[i].dimension) != (things[j].quality, things[j].dimension):
                family.join(i, j)
    ratios, amounts = (_by_root(things, is_ratio) for is_ratio in (True, False))
    letters = {root: frozenset(root) for root in (*ratios, *amounts)}
    for one, other in product(ratios, amounts):
        if len(letters[one] & letters[other]) * 2 >= min(len(letters[one]), len(letters[other])) and (
            of_one_thing(things[ratios[one][0]], things[amounts[other][0]])
        ):
            for i, j in product(ratios[one], amounts[other]):
                family.join(i, j)
    return family.all()


def _by_root(things: Sequence[Meaning], is_ratio: bool) -> dict[str, list[int]]:
    """The rows of ratios, or of amounts, by the root of their names."""
    out: dict[str, list[int]] = {}
    for i, thing in enumerate(things):
        if thing.is_ratio is is_ratio and thing.thing:
            out.setdefault(root_of(thing.thing), []).append(i)
    return out


class _Families:
    """Numbers that become one: the smaller."""

    def __init__(self, count: int) -> None:
        self._of = list(range(count))

    def _find(self, i: int) -> int:
        while self._of[i] != i:
            self._of[i] = self._of[self._of[i]]
            i = self._of[i]
        return i

    def join(self, i: int, j: int) -> None:
        kept, gone = sorted((self._find(i), self._find(j)))
        self._of[gone] = kept

    def all(self) -> list[int]:
        return [self._find(i) for i in range(len(self._of))]


def _in_order(
    made: Sequence[tuple[Row, tuple[tuple[Figure, ...], ...]]], family: Sequence[int]
) -> tuple[tuple[Row, ...], tuple[tuple[tuple[Figure, ...], ...], ...]]:
    """Families that more than one column has come first, the rows of a family together."""
    reach: dict[int, set[int]] = {}
    for (row, _), f in zip(made, family, strict=True):
        reach.setdefault(f, set()).update(at for at, cell in enumerate(row.cells) if cell)
    shared = {f: any(r.is_shared for (r, _), g in zip(made, family, strict=True) if f == g) for f in reach}

    def rank(i: int) -> tuple[bool, bool, int, bool, int]:
        own = family[i]
        return not shared[own], len(reach[own]) < LEAST, own, not made[i][0].is_shared, i

    order = sorted(range(len(made)), key=rank)
    return tuple(replace(made[i][0], family=family[i]) for i in order), tuple(made[i][1] for i in order)


def _pairs(
    rows: Sequence[Row], figures: Sequence[Sequence[Sequence[Figure]]], ruling: Ruling, at: int
) -> Iterator[Pair]:
    """A verdict on each two figures of a row in different columns, of the first few of each."""
    row = rows[at]
    for a, b in combinations(range(len(row.cells)), 2):
        for i, one in enumerate(figures[at][a][:COMPARED]):
            for j, other in enumerate(figures[at][b][:COMPARED]):
                yield Pair(at, (a, i), at, (b, j), verdict(one, other, one=_is_ruled(one, other, ruling)))


def _across_rows(rows: Sequence[Row], figures: Sequence[Sequence[Sequence[Figure]]]) -> Iterator[Pair]:
    """A verdict on the first figures of two rows of a family."""
    families: dict[int, list[int]] = {}
    for at, row in enumerate(rows):
        families.setdefault(row.family, []).append(at)
    for members in families.values():
        for at, to in combinations(members, 2):
            yield from _across(at, to, figures)


def _is_ruled(a: Figure, b: Figure, ruling: Ruling) -> bool:
    return ruling.of(a.metric.indicator, b.metric.indicator) is True


def _across(at: int, to: int, figures: Sequence[Sequence[Sequence[Figure]]]) -> Iterator[Pair]:
    for a, here in enumerate(figures[at]):
        for b, there in enumerate(figures[to]):
            if a != b and here and there:
                yield Pair(at, (a, 0), to, (b, 0), verdict(here[0], there[0]))


def groups_of_cases(cases: Iterable[Case]) -> tuple[Group, ...]:
    """Return each case as a column of its own."""
    return tuple(Group(case.id, case.title, (case,)) for case in cases)
