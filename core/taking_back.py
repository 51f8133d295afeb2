"""What a person accepts of a sheet that came back → decisions in the library, all of it one change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from core.decisions import CASE, Verdict
from core.decisions.log import FIGURE
from core.decisions.values import figure_value
from core.library.decisions import AS_IT_IS, Wish
from core.library.stamps import new_id
from core.records import Case, Place
from core.writing.xlsx.back import Change, FindCase, NewFigure

if TYPE_CHECKING:
    from core.library import Library

_LEVELS = ("province", "city", "county", "town", "village")
_VERDICTS: Mapping[str, Verdict] = {"checked": "accepted", "unsure": "unsure", "wrong": "rejected"}
"""State that a cell says → the verdict that gives it; 未核 is no verdict, but that none was given."""


def finder(library: Library) -> FindCase:
    """Return what gives a case of a library by its id."""

    def find(case_id: str) -> Case | None:
        try:
            return library.cases.load_for_writing(library.cases.num_of(case_id))
        except KeyError:
            return None

    return find


def can_take(change: Change) -> bool:
    """Return whether a change can become a decision: what was decided is made undecided by withdrawing only."""
    return change.field != "state" or change.new in _VERDICTS


def take(library: Library, changes: Sequence[Change], new: Sequence[NewFigure] = (), note: str = "") -> int:
    """Decide what was accepted, in one change that can be taken back; how many decisions it needed.

    Raises KeyError where a case or figure is gone meanwhile, NotAValue where a value is none.
    """
    wishes = [*_wishes(library, [c for c in changes if can_take(c)], note), *_added(library, new, note)]
    total = len(changes) + len(new)
    return len(library.decisions.decide(wishes, f"从表格收回 {total} 处")) if wishes else 0


def _wishes(library: Library, changes: Iterable[Change], note: str) -> Iterable[Wish]:
    """The changes of a case or of a figure together: a verdict comes with the value that it judges."""
    by_target: dict[tuple[str, str], dict[str, str]] = {}
    for change in changes:
        by_target.setdefault((change.case_id, change.metric_id), {})[change.field] = change.new
    for (case_id, metric_id), fields in by_target.items():
        num = library.cases.num_of(case_id)
        case, state = library.cases.load(num), fields.pop("state", "")
        verdict = _VERDICTS[state] if state else "changed"
        if metric_id:
            value = figure_value(next(m for m in case.metrics if m.id == metric_id))
            yield Wish(num, FIGURE + metric_id, verdict, _with(value, fields) if fields else AS_IT_IS, note)
            continue
        yield from (Wish(num, name, "changed", value, note) for name, value in _of_case(case, fields))
        if state:
            yield Wish(num, CASE, verdict, note=note)


def _with(value: Mapping[str, Any], fields: Mapping[str, str]) -> dict[str, Any]:
    """A figure with other fields; where its words are others, they stand at no known place of the source."""
    out = {name: told for name, told in {**value, **fields}.items() if told != ""}
    for name, span in (("printed", "span"), ("quote", "quote_span")):
        if name in fields:
            out.pop(span, None)
    return out


def _of_case(case: Case, fields: Mapping[str, str]) -> Iterable[tuple[str, Any]]:
    """Part and value of each changed field; the five names of a place are one part."""
    names = {level: fields.get(level, getattr(case.place, level)) for level in _LEVELS}
    if any(level in fields for level in _LEVELS):
        from core.places.gazetteer import place_code  # names of places are wanted only here

        place = Place("", *names.values())
        yield "place", [place_code(place), *names.values()]
    for name, told in fields.items():
        if name in ("themes", "tags"):
            yield name, told.split("；") if told else []
        elif name == "starred":
            yield name, bool(told)
        elif name not in _LEVELS:
            yield name, told


def _added(library: Library, new: Iterable[NewFigure], note: str) -> Iterable[Wish]:
    """New figures; what a cell says of their state is left out, as the person who adds one answers for it."""
    for figure in new:
        value = {name: told for name, told in figure.values.items() if name != "state"}
        yield Wish(library.cases.num_of(figure.case_id), FIGURE + new_id(), "added", value, note)
