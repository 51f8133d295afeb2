"""What a person who puts a case right is offered, and what becomes of what was typed: places, wishes, printed words."""

from __future__ import annotations

import re
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from core.decisions import PARTS, checked
from core.decisions.values import value_of_field
from core.library import Wish
from core.records import Case, Place
from core.writing.field_text import KIND_WORDS, told

if TYPE_CHECKING:
    from core.library import Library, Standing

_PARTING = re.compile("[、，,；;\n]+")
__all__ = ["KIND_WORDS", "Opened", "changed_words", "names_in", "opened", "placed", "places_like", "starred", "told",
           "wishes_of"]  # fmt: skip
SUGGESTIONS = 8
"""So many places are offered for what was typed."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A case that is to be put right: as it is now, where its decided parts stand, and the text its spans count in."""

    case: Case
    standing: Mapping[str, Standing]
    source: str = ""

    def value(self, part: str) -> Any:
        """Return the value that a field has now."""
        return value_of_field(self.case, part)

    def read(self, part: str) -> Any:
        """Return what the reading proposes for a field."""
        standing = self.standing.get(part)
        return self.value(part) if standing is None else standing.read


def opened(library: Library, num: int) -> Opened:
    """Read what the form of a case shows; KeyError when the case is gone."""
    case = library.cases.load(num)
    source = library.pages.text(case.source_id) if case.source_id else ""
    return Opened(case, library.decisions.of_case(num), source)


def wishes_of(case: Opened, values: Mapping[str, Any]) -> list[Wish]:
    """Return what has to be decided so that the fields of a case hold these values; NotAValue where one is none.

    A field that holds its value already needs nothing, so that what was only shown is never decided.
    """
    told = {part: checked(part, value) for part, value in values.items()}
    return [Wish(case.case.num, part, "changed", told[part]) for part in told if told[part] != case.value(part)]


def changed_words(title: str, wishes: Sequence[Wish]) -> str:
    """Return what undo is said to take back: 修改「题目」：地区、主题."""
    return f"修改「{title}」：" + "、".join(PARTS.get(wish.part, wish.part) for wish in wishes)


def places_like(typed: str) -> list[tuple[Place, str]]:
    """Return the places that typed text may mean, those in force, each with a note on a former name."""
    from core.places.gazetteer import find_places, gazetteer

    found: dict[tuple[str, str, str], tuple[Place, str]] = {}
    for candidate in find_places(typed) if typed.strip() else []:
        place = candidate.place
        division = gazetteer().division(place.code) if len(place.code) == 6 else None
        if division is not None and division.now:
            place = gazetteer().place(division.now)
        found.setdefault((place.code, place.county, place.town), (place, candidate.note))
    return list(found.values())[:SUGGESTIONS]


def placed(place: Place, town: str, village: str) -> Place:
    """Return a place with a town and a village in it; a code of nine digits is kept only for its own town."""
    code = place.code if town == place.town else place.code[:6]
    return replace(place, code=code, town=town, village=village)


def starred(library: Library, nums: Sequence[int]) -> Generator[int, None, str]:
    """Star these cases, or take the stars away where all have one, yielding how many are done.

    What was done, in words.
    """
    on = not all(row.starred for row in library.cases.rows(nums))
    words = f"{'加星标' if on else '去掉星标'} {len(nums)} 例"
    yield from library.decisions.decide_in_steps([Wish(num, "starred", "changed", on) for num in nums], words)
    return words


def names_in(text: str) -> list[str]:
    """Return the names that a line holds, each once.

    >>> names_in("党建引领、 民生服务，党建引领")
    ['党建引领', '民生服务']
    """
    return list(dict.fromkeys(name for part in _PARTING.split(text) if (name := part.strip())))
