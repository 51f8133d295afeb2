"""Two cases that are one: what each says field by field, what a person chose of it, and the decisions that it needs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from core.decisions import BIN, PARTS, figure_part, figure_value, mechanism_part
from core.decisions.values import mechanism_value, value_of_field
from core.editing.fields import told
from core.editing.words import Words, pinned
from core.library import Wish
from core.library.stamps import new_id

if TYPE_CHECKING:
    from core.library import Library
    from core.records import Case, Mechanism, Metric

Choice = Literal["this", "other", "both"]
FIGURES, MECHANISMS = "figures", "mechanisms"
_LISTS = ("themes", "tags", "byline", "citations")
_TEXTS = ("summary", "background", "practice", "result", "note")


@dataclass(frozen=True, slots=True)
class Differing:
    """A field in which two cases differ: what each says, in words, and what may be chosen, the likeliest first."""

    part: str
    name: str
    this: str
    other: str
    choices: tuple[Choice, ...]


def differing(this: Case, other: Case) -> Iterator[Differing]:
    """Return the fields in which two cases differ, and the figures and mechanisms that only the other has."""
    for part, name in PARTS.items():
        here, there = value_of_field(this, part), value_of_field(other, part)
        if here == there or not told(part, there).strip() or there is False:
            continue
        empty = not told(part, here).strip() or here is False
        both = part in _LISTS or part in _TEXTS
        choices: tuple[Choice, ...] = ("both", "this", "other") if part in _LISTS else ("this", "other")
        if empty:
            choices = ("other", "this")
        elif both and part not in _LISTS:
            choices = ("this", "other", "both")
        yield Differing(part, name, told(part, here), told(part, there), choices)
    if figures := new_figures(this, other):
        yield Differing(FIGURES, "数据", f"{len(this.metrics)} 个", f"另有 {len(figures)} 个", ("both", "this"))
    if mechanisms := new_mechanisms(this, other):
        names = "、".join(one.name for one in mechanisms)
        yield Differing(MECHANISMS, "机制", f"{len(this.mechanisms)} 个", f"另有 {names}", ("both", "this"))


def new_figures(this: Case, other: Case) -> list[Metric]:
    """Return the figures of another case that this one has not: of another indicator, value, unit or period."""
    here = {_same(metric) for metric in this.metrics}
    return [metric for metric in other.metrics if _same(metric) not in here]


def _same(metric: Metric) -> tuple[object, ...]:
    return metric.indicator, metric.value, metric.value_max, metric.unit, metric.period


def new_mechanisms(this: Case, other: Case) -> list[Mechanism]:
    """Return the mechanisms of another case whose names this one has not."""
    here = {one.name for one in this.mechanisms}
    return [one for one in other.mechanisms if one.name not in here]


def wishes_of(this: Case, other: Case, chosen: Mapping[str, Choice], words: Words) -> list[Wish]:
    """Return the decisions that make this case what was chosen and put the other into the bin; what is not named stays.

    A figure of the other that nobody has checked comes as doubtful, never as checked; its quote has a place where it is
    printed in this one's text, too.
    """
    out = [
        Wish(this.num, part, "changed", _chosen(part, choice, this, other))
        for part, choice in chosen.items()
        if part in PARTS and choice != "this"
    ]
    if chosen.get(FIGURES) == "both":
        for metric in new_figures(this, other):
            value = pinned(figure_value(metric), words)
            sure = metric.state == "checked"
            out.append(Wish(this.num, figure_part(new_id()), "added" if sure else "unsure", value))
    if chosen.get(MECHANISMS) == "both":
        for one in new_mechanisms(this, other):
            out.append(Wish(this.num, mechanism_part(new_id()), "added", {**mechanism_value(one), "spans": []}))
    return [*out, Wish(other.num, BIN, "changed", True)]


def likeliest(this: Case, other: Case) -> dict[str, Choice]:
    """Return what is chosen of two cases where nobody chose: of each field the likeliest."""
    return {one.part: one.choices[0] for one in differing(this, other)}


def joiner(chosen: Mapping[str, Choice] | None) -> Callable[[Case, Case, str], list[Wish]]:
    """Return what tells a merge how two cases are made one: as chosen, or as is likeliest when None."""

    def wishes(this: Case, other: Case, source: str) -> list[Wish]:
        return wishes_of(this, other, likeliest(this, other) if chosen is None else chosen, Words(this, source))

    return wishes


def _chosen(part: str, choice: Choice, this: Case, other: Case) -> Any:
    here, there = value_of_field(this, part), value_of_field(other, part)
    if choice == "other":
        return there
    if part in _LISTS:
        return [*here, *(one for one in there if one not in here)]
    return "\n".join(text for text in (here, there) if text)


def join(library: Library, this: int, other: int, chosen: Mapping[str, Choice]) -> None:
    """Make two cases one, as one step of undo; KeyError when one of them is gone."""
    kept, gone = library.cases.load(this), library.cases.load(other)
    source = library.pages.text(kept.source_id) if kept.source_id else ""
    wishes = wishes_of(kept, gone, chosen, Words(kept, source))
    library.decisions.decide(wishes, f"把「{gone.title}」并入「{kept.title}」")
