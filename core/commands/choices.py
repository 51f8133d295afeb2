"""What a person chose of a merge, in the file that ``merge --preview --json`` printed and the person edited."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from core.commands.common import UsageError
from core.decisions import Target, target_of
from core.editing.joining import Choice as JoinChoice
from core.editing.joining import differing, joiner
from core.exchange import CHOICES, Choice, Preview
from core.library.pairing import Pairing

if TYPE_CHECKING:
    from core.library import Library

_OF_A_CASE = ("take", "leave")
_OF_TWO = ("take", "join", "apart")


@dataclass
class Chosen:
    """What is to be done with single decisions and new cases, as ``Merging.merge`` takes it."""

    choices: dict[Target, Choice] = field(default_factory=dict)
    cases: list[str] = field(default_factory=list)
    pairings: list[Pairing] = field(default_factory=list)


def read(path: Path, preview: Preview, library: Library, file: Path, password: str) -> Chosen:
    """Return what is chosen in a file, compared with what the merge would do now.

    What it does not name is done as without it. UsageError where it is no such file, or names what the merge does not
    bring (any more), or a choice that there is not.
    """
    try:
        given = json.loads(path.read_text("utf-8-sig"))
    except (OSError, ValueError) as error:
        raise UsageError(f"读不出「{path.name}」：不是 --preview --json 写出的 JSON。没有合并（{error}）") from error
    if not isinstance(given, dict):
        raise UsageError(f"「{path.name}」不是 --preview --json 写出的。没有合并")
    out = Chosen()
    items = {item.target: item for item in preview.items}
    for row in _rows(given, "items", path):
        target = target_of(_text(row, "target", path))
        choice = _one_of(row, tuple(CHOICES), f"items 里的 {target}")
        if target not in items:
            raise UsageError(f"这次合并没有这一项：{target}。没有合并；请重新 --preview --json")
        if choice == "ours" and not items[target].ours:
            raise UsageError(f"{target}：本机没有说法，不能选 ours。没有合并")
        if choice != "take":
            out.choices[target] = choice  # type: ignore[assignment]
    wanted = {id_: id_ not in preview.returned for id_, _ in preview.new_cases}
    for row in _rows(given, "new_cases", path):
        case_id = _text(row, "id", path)
        if case_id not in wanted:
            raise UsageError(f"这次合并没有这个新案例：{case_id}。没有合并；请重新 --preview --json")
        if "choice" in row:
            wanted[case_id] = _one_of(row, _OF_A_CASE, f"new_cases 里的 {case_id}") == "take"
    out.cases = [id_ for id_, take in wanted.items() if take]
    out.pairings = [*_pairings(given, path, preview, wanted, fields_of(preview, library, file, password))]
    return out


def fields_of(
    preview: Preview, library: Library, file: Path, password: str
) -> dict[tuple[str, str], dict[str, tuple[JoinChoice, ...]]]:
    """Return of each two cases that are alike (theirs, ours) what may be chosen of the fields in which they differ, the
    likeliest first."""
    out = {}
    theirs = library.colleagues.cases_in(file, [d.theirs for d in preview.doubles], password) if preview.doubles else {}
    for double in preview.doubles:
        nums = library.cases.starting_with(double.ours, 1)
        if double.theirs in theirs and nums:
            found = differing(library.cases.load(nums[0]), theirs[double.theirs])
            out[double.theirs, double.ours] = {one.part: one.choices for one in found}
    return out


def _pairings(
    given: Mapping[str, Any], path: Path, preview: Preview, wanted: Mapping[str, bool],
    may: Mapping[tuple[str, str], Mapping[str, tuple[JoinChoice, ...]]],
) -> Iterator[Pairing]:  # fmt: skip
    known = {(double.theirs, double.ours) for double in preview.doubles}
    for row in _rows(given, "alike", path):
        theirs, ours = (_text(row, side, path) for side in ("theirs", "ours"))
        where = f"alike 里的 {theirs}"
        if (theirs, ours) not in known:
            raise UsageError(f"这次合并没有这两例：{theirs}、{ours}。没有合并；请重新 --preview --json")
        choice = _one_of(row, _OF_TWO, where)
        if choice == "take":
            continue
        if not wanted[theirs]:
            raise UsageError(f"{where}：选了不收（leave），不能再选 {choice}。没有合并")
        if choice == "apart":
            yield Pairing(ours, theirs)
            continue
        fields = row.get("fields", {})
        if not isinstance(fields, dict):
            raise UsageError(f"{where}：fields 应当是 {{项: 选哪边}}。没有合并")
        for part, chosen in fields.items():
            if chosen not in may.get((theirs, ours), {}).get(part, ()):
                allowed = "、".join(may.get((theirs, ours), {}).get(part, ())) or "没有这一项"
                raise UsageError(f"{where}：{part} 不能选 {chosen}（{allowed}）。没有合并")
        yield Pairing(ours, theirs, joiner(fields or None))


def _rows(given: Mapping[str, Any], name: str, path: Path) -> list[dict[str, Any]]:
    rows = given.get(name, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise UsageError(f"「{path.name}」里的 {name} 不是一列。没有合并")
    return rows


def _text(row: Mapping[str, Any], name: str, path: Path) -> str:
    if not isinstance(row.get(name), str):
        raise UsageError(f"「{path.name}」里有一行没有 {name}。没有合并")
    return str(row[name])


def _one_of(row: Mapping[str, Any], allowed: tuple[str, ...], where: str) -> str:
    choice = row.get("choice", "take")
    if choice not in allowed:
        raise UsageError(f"{where}：没有「{choice}」这个选择，只有 {'、'.join(allowed)}。没有合并")
    return str(choice)


assert set(get_args(Choice)) == set(CHOICES)
