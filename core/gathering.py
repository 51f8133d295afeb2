"""What a comparison is of: cases by their numbers, a selection, a search or places, fetched from a library."""

from __future__ import annotations

import math
from collections.abc import Generator, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

from core.comparing.compare import Group, Progress, compare, groups_of_cases, in_steps, with_keywords
from core.comparing.indicators import NO_RULING, Ruling
from core.comparing.keywords import keywords, place_names, terms, text_of, weights
from core.comparing.sheet import MOST, Sheet
from core.comparing.similar import Near, near, portrait
from core.decisions import indicator_target
from core.decisions.log import INDICATOR
from core.library import Query
from core.places.areas import EXACT
from core.places.gazetteer import gazetteer

if TYPE_CHECKING:
    from core.library import Library
    from core.records import Case

By = Literal["case", "place"]
Found: TypeAlias = "tuple[tuple[Group, ...], tuple[str, ...]]"
"""The columns, and what a reader should know."""
EVERYTHING = Query()
MOST_CASES = 30
"""So many cases of one place are read; the others are told of."""
_ASKED_WORDS = 12
"""By so many of its keywords the cases like one are looked for."""
_CANDIDATES = 60


class TooFewError(ValueError):
    """Fewer than two cases or places to compare, in words."""


def of_cases(library: Library, nums: Sequence[int], *, by: By | None = None) -> Found:
    """Return cases as columns, and what a reader should know.

    Up to eight cases are a column each; more are put together by their city and county (``by`` says otherwise), of
    which the eight with most cases are taken. TooFewError where there are less than two columns.
    """
    nums = list(dict.fromkeys(nums))
    if by is None:
        by = "case" if len(nums) <= MOST else "place"
    if by == "case":
        groups = groups_of_cases(_loaded(library, nums[:MOST]))
        notes = [f"一共 {len(nums)} 例，只比较前 {MOST} 例"] if len(nums) > MOST else []
    else:
        groups, notes = _by_place(library, nums)
    if len(groups) < 2:
        raise TooFewError("要比较，至少要有两个案例" if by == "case" else "要比较，至少要有两个地区的案例")
    return groups, tuple(notes)


def of_places(library: Library, places: Sequence[str], query: Query = EVERYTHING) -> Found:
    """Return places (codes) as columns, each with the hits of a query in it; TooFewError where two have none."""
    groups, notes = [], []
    for code in list(dict.fromkeys(places))[:MOST]:
        nums = library.search.find(replace(query, places=(code,))).nums.tolist()
        label = _label(code)
        cases = _loaded(library, nums[:MOST_CASES])
        if cases:
            groups.append(Group(code, label, cases))
        else:
            notes.append(f"{label}没有这样的案例")
        if len(nums) > MOST_CASES:
            notes.append(f"{label}有 {len(nums)} 例，只读了前 {MOST_CASES} 例")
    if len(places) > MOST:
        notes.append(f"只比较前 {MOST} 个地区")
    if len(groups) < 2:
        raise TooFewError("；".join(["要比较，至少要有两个地区的案例", *notes]))
    return tuple(groups), tuple(notes)


def sheet_of(
    found: Found,
    *,
    title: str = "",
    ruling: Ruling = NO_RULING,
    cache: Path | None = None,
) -> Sheet:
    """Return the comparison of what ``of_cases`` or ``of_places`` found."""
    return compare(found[0], title=title, ruling=ruling, cache=cache, notes=found[1])


def sheet_in_steps(found: Found, *, title: str = "", ruling: Ruling = NO_RULING) -> Generator[Progress, None, Sheet]:
    """Do what ``sheet_of`` does but for the keywords, and yield how far it is; it may be left in between."""
    return in_steps(found[0], title=title, ruling=ruling, notes=found[1])


def keywords_in_steps(found: Found, sheet: Sheet, cache: Path | None = None) -> Generator[Progress, None, Sheet]:
    """Return the comparison of what was found with its keywords, and yield how far that is."""
    return with_keywords(sheet, found[0], cache)


def rulings(library: Library) -> Ruling:
    """Return what persons decided of names of indicators: which two are one, and which are not."""
    said = library.decisions.said_of(INDICATOR)
    return Ruling.of_pairs((part.partition("/")[::2], state) for part, state in said.items())


def rule(library: Library, pairs: Iterable[tuple[str, str]], one: bool) -> None:
    """Decide that two names of indicators are one, or are two; all pairs in one change that can be taken back."""
    targets = list(dict.fromkeys(indicator_target(*pair) for pair in pairs))
    library.decisions.say(targets, "accepted" if one else "rejected")


def like(library: Library, num: int, most: int = 10, cache: Path | None = None) -> tuple[Near, ...]:
    """Return the cases that are most like one, with the words that made them near; its reprints are left out.

    Candidates are those that have most of its telling words, themes or mechanisms, by the library's own index; these
    are then read and weighed word by word. KeyError when the case is gone.
    """
    work = like_in_steps(library, num, most, cache)
    while True:
        try:
            next(work)
        except StopIteration as end:
            found: tuple[Near, ...] = end.value
            return found


def like_in_steps(
    library: Library, num: int, most: int = 10, cache: Path | None = None
) -> Generator[Progress, None, tuple[Near, ...]]:
    """Do what ``like`` does, and yield after each candidate, so that others may have the library in between."""
    case = library.cases.load(num)
    rare, score = yield from _asked(library, case, cache)
    again = {row.num for row, _ in library.cases.siblings(num)} | {num}
    best = sorted((n for n in score if n not in again), key=lambda n: (-score[n], n))[:_CANDIDATES]
    own, others = portrait(case, rare, cache), []
    for done, row in enumerate(library.cases.rows(best), 1):
        others.append(portrait(library.cases.load(row.num), rare, cache, own))
        yield Progress("cases", done, len(best))
    return near(own, others, most)


def _asked(
    library: Library, own: Case, cache: Path | None
) -> Generator[Progress, None, tuple[dict[str, float], dict[int, float]]]:
    """How rare each asked word is in the library, and what each case that has some of them is worth."""
    whole = max(1, library.cases.count())
    worth = weights(terms(text_of(own), cache))
    words = sorted(worth, key=lambda word: (-worth[word], word))[:_ASKED_WORDS]
    rare: dict[str, float] = {}
    score: dict[int, float] = {}
    for word in words:
        yield Progress("cases", 0, _CANDIDATES)
        nums = library.search.find(Query(words=f"“{word}”")).nums
        rare[word] = math.log(1 + whole / max(1, len(nums))) / math.log(1 + whole)
        for num in nums:
            score[num] = score.get(num, 0.0) + worth[word] * rare[word]
    for mechanism in own.mechanisms:
        for num in library.search.find(Query(mechanisms=(mechanism.name,))).nums:
            score[num] = score.get(num, 0.0) + sum(worth[word] for word in words)
    return rare, score


def keywords_of(library: Library, nums: Sequence[int], cache: Path | None = None) -> tuple[str, ...]:
    """Return the keywords of cases together."""
    cases = _loaded(library, nums)
    return keywords(map(text_of, cases), cache=cache, places=place_names(cases))


def _loaded(library: Library, nums: Sequence[int]) -> tuple[Case, ...]:
    return tuple(library.cases.load(row.num) for row in library.cases.rows(nums))


def _by_place(library: Library, nums: Sequence[int]) -> tuple[tuple[Group, ...], list[str]]:
    """The cases by city and county, the places with most cases first."""
    found: dict[str, list[int]] = {}
    for row in library.cases.rows(nums):
        if row.place:
            found.setdefault(row.place, []).append(row.num)
    order = sorted(found, key=lambda place: (-len(found[place]), place))
    notes = [f"一共 {len(order)} 个地区，只比较案例最多的 {MOST} 个"] if len(order) > MOST else []
    groups = []
    for place in order[:MOST]:
        groups.append(Group(place, place, _loaded(library, found[place][:MOST_CASES])))
        if len(found[place]) > MOST_CASES:
            notes.append(f"{place}有 {len(found[place])} 例，只读了前 {MOST_CASES} 例")
    return tuple(groups), notes


def _label(code: str) -> str:
    """The names that tell a place from its like: 「衢州市 · 常山县」, 「常山县 · 球川镇」."""
    return " · ".join(gazetteer().place(code.rstrip(EXACT)).names[-2:]) or code
