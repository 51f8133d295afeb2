"""A mechanism as a form shows it: its parts a line each."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from core.decisions import checked, mechanism_part
from core.records import MECHANISM_KINDS

FIELDS: dict[str, str] = {
    "name": "名称",
    "kind": "类别",
    "parts": "组成",
    "participants": "参与",
    "note": "说明",
}
"""Field of a mechanism's value → its name on the screen."""
KIND_CHOICES: dict[str | None, str] = {None: "（未定）"} | {str(kind): word for kind, word in MECHANISM_KINDS.items()}
_PARTED = re.compile("[：:=＝]")


def parts_text(parts: Sequence[Sequence[str]]) -> str:
    """Return the parts of a mechanism as lines: 一核：支部.

    >>> parts_text([["一核", "支部"], ["四联", "联心、联户"]])
    '一核：支部\\n四联：联心、联户'
    """
    return "\n".join(f"{label}：{meaning}" if meaning else label for label, meaning in parts)


def parts_of(text: str) -> list[list[str]]:
    """Return what lines say of the parts; a line without a mark is a label alone.

    >>> parts_of("一核：支部\\n\\n四联= 联心、联户\\n五心")
    [['一核', '支部'], ['四联', '联心、联户'], ['五心', '']]
    """
    pairs = (_PARTED.split(line.strip(), maxsplit=1) for line in text.split("\n") if line.strip())
    return [[pair[0].strip(), pair[1].strip() if len(pair) > 1 else ""] for pair in pairs]


def shown(value: Mapping[str, Any] | None, field: str) -> Any:
    """Return a field of a mechanism's value as a form shows it."""
    said = (value or {}).get(field)
    return parts_text(said or ()) if field == "parts" else said


def told(field: str, said: Any) -> str:
    """Return a field as a person reads it."""
    if field == "kind":
        return KIND_CHOICES.get(said, "")
    return str(said or "") if isinstance(said, str) or not said else "、".join(said)


def assembled(before: Mapping[str, Any] | None, typed: Mapping[str, Any]) -> dict[str, Any]:
    """Return the value of a mechanism out of what was typed, over the one that it had; NotAValue when it is none."""
    value = {**(before or {"name": ""}), **typed}
    if isinstance(value.get("parts"), str):
        value["parts"] = parts_of(value["parts"])
    said: dict[str, Any] = checked(mechanism_part("new"), value)
    return said


def part_of_new() -> str:
    """Return the part that a mechanism is that a person adds."""
    from core.library.stamps import new_id

    return mechanism_part(new_id())
