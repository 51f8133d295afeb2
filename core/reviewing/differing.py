"""Where two people said different things of one target and neither knew of it: both sides, and how it is settled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from core.decisions import BIN, CASE, PARTS, VERDICT_WORDS, Decision, Target, figure_value, heads, ruling
from core.decisions.log import DOUBT, FIGURE, INDICATOR, MECHANISM, PAIR, RULE, TEXT
from core.decisions.state import said
from core.library import Wish
from core.library.decisions import AS_IT_IS
from core.records import STATE_WORDS, Metric
from core.writing.field_text import told_item

if TYPE_CHECKING:
    from core.library import Library

_OWNERLESS = {DOUBT: "一处待核实", PAIR: "两例是不是同一个", INDICATOR: "两个指标名是不是一个", RULE: "第二个人看什么"}


class Difference(NamedTuple):
    """A target on which people differ. ``now`` is the value that stands until it is settled, in words.

    ``sides`` are the decisions that differ, one for each thing that is said; ``num`` is the case's, 0 for none.
    """

    target: Target
    num: int
    title: str
    part: str
    """What it is about, in words: 标题, 数据 议事亭数量."""
    now: str
    value: Any
    sides: tuple[Decision, ...]


def differences(library: Library, nums: Sequence[int] | None = None) -> Iterator[Difference]:
    """Yield where people differ in these cases, in all when None; what lies in the bin is left out."""
    wanted = None if nums is None else frozenset(nums)
    for target in library.decisions.marked("conflict"):
        if not target.case:
            if wanted is None:
                yield _ownerless(library, target)
            continue
        if target.part.startswith(TEXT):
            title, cases = library.pages.of_stretch(target)
            if wanted is None or wanted.intersection(cases):
                rows = library.decisions.on(target)
                now, sides = ruling(rows, rows[0].read).value, _sides(rows)
                yield Difference(target, 0, title, "版面上的字", told_item(target.part, now), now, sides)
            continue
        found = library.cases.nums_of([target.case])
        if found and (wanted is None or found[0] in wanted):
            standing = library.decisions.of_case(found[0]).get(target.part)
            if standing is not None:
                sides, title = _sides(standing.decisions), library.cases.rows(found)[0].title
                value = standing.now
                if value is None and target.part.startswith((FIGURE, MECHANISM)):
                    value = next((row.after or row.before for row in sides if row.after or row.before), None)
                now = told_item(target.part, standing.now)
                yield Difference(target, found[0], title, _part_words(target.part, value), now, value, sides)


def _ownerless(library: Library, target: Target) -> Difference:
    kind = target.part.partition("/")[0] + "/"
    names = target.part.removeprefix(kind).split("/")
    title = "、".join(_name(library, name) for name in names) if kind not in (DOUBT, RULE) else ""
    return Difference(target, 0, title, _OWNERLESS.get(kind, kind), "", None, _sides(library.decisions.on(target)))


def _name(library: Library, word: str) -> str:
    """The title of the case with that id, or the word itself."""
    found = library.cases.nums_of([word])
    return library.cases.rows(found)[0].title if found else word


def _sides(rows: Sequence[Decision]) -> tuple[Decision, ...]:
    """The last word of each side; those who say the same are one."""
    out: list[Decision] = []
    for row in heads(rows):
        if all(said(row) != said(one) for one in out):
            out.append(row)
    return tuple(out)


def _part_words(part: str, value: Any) -> str:
    if part.startswith((FIGURE, MECHANISM)):
        name = (value or {}).get("indicator") or (value or {}).get("name") or ""
        return f"{'数据' if part.startswith(FIGURE) else '机制'} {name}".strip()
    return {CASE: "整个案例", BIN: "在不在回收站"}.get(part) or PARTS.get(part, part)


def side_words(side: Decision) -> str:
    """Return what a side says, on one line: 改为 产值 5元, 判为有误, 去掉."""
    value = told_item(side.target.part, side.after)
    if side.verdict == "rejected":
        return "去掉" if side.after is None and side.before is not None else f"判为{STATE_WORDS['wrong']}"
    if side.verdict in ("changed", "added"):
        return f"{'改为' if side.verdict == 'changed' else '添加'} {value}".strip()
    return f"{VERDICT_WORDS[side.verdict]} {value}".strip()


def settle(library: Library, difference: Difference, choice: int | None, value: Metric | None = None) -> None:
    """Settle it, as a decision that has seen both: by the word of a side, by another ``value`` of a figure, or, with
    None, as unsure. KeyError when its case is gone."""
    side = None if choice is None else difference.sides[choice]
    words = f"说法不一「{difference.part}」：" + (f"以{side.who or '没有署名的人'}的为准" if side else "")
    if value is not None:
        words = f"说法不一「{difference.part}」：另定"
    elif side is None:
        words = f"说法不一「{difference.part}」：存疑"
    if difference.target.part.startswith(RULE):
        name = difference.target.part.removeprefix(RULE)
        library.decisions.set_rule(name, side.after if side else library.decisions.rule(name))
        return
    if difference.target.part.startswith(TEXT):
        library.pages.decide_words(difference.target, side.after if side else None, words)
        return
    if not difference.target.case:
        verdict = side.verdict if side and side.verdict in ("accepted", "rejected") else "unsure"
        library.decisions.say([difference.target], verdict)
        return
    library.decisions.decide([_wish(difference, side, value)], words)


def _wish(difference: Difference, side: Decision | None, value: Metric | None) -> Wish:
    num, part = difference.num, difference.target.part
    if value is not None:
        after = figure_value(value)
        return Wish(num, part, "accepted" if after == difference.value else "changed", after)
    if side is None:
        return Wish(num, part, "unsure", AS_IT_IS if part in (CASE, BIN) else difference.value)
    if part == CASE:
        return Wish(num, part, side.verdict if side.verdict in ("accepted", "rejected", "unsure") else "changed")
    verdict = "changed" if side.verdict == "added" else side.verdict
    if verdict == "changed" and side.after == difference.value:
        verdict = "accepted"  # what stands is what is taken: it is decided all the same
    return Wish(num, part, verdict, side.after)
