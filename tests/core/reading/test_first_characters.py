"""Patterns that say in front with which characters they begin leave none of them out."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from typing import Any

import pytest

from core.reading.facts import kinds
from core.reading.page import captions

if sys.version_info >= (3, 11):
    from re import _parser as parser  # type: ignore[attr-defined]
else:
    import sre_parse as parser

GUARDED = [
    *[(captions, name) for name in ("_CREDIT", "_SHOWS", "_SHEET", "_FURNITURE")],
    *[(kinds, name) for name in ("_LEADER", "_STRESS", "_MUST", "_EVENT", "_LASTING")],
]
FRONT = re.compile(r"(?:\(\?:\^\|)?\(\?=\[([^\]]+)\]\)\)?(?=\(\?:)")
"""(?=[…])(?:, or (?:^|(?=[…]))(?: where what stands at the start of a text is always tried."""


def first_of(parsed: Iterable[tuple[Any, Any]]) -> tuple[set[str], bool]:
    """Return the characters that a pattern may begin with elsewhere than at the start of a text (a digit is ``\\d``),
    and whether it may match nothing."""
    found: set[str] = set()
    for kind, value in parsed:
        name = str(kind)
        if name == "AT":
            if str(value) == "AT_BEGINNING":
                return set(), False
            continue
        if name in ("ASSERT", "ASSERT_NOT"):
            continue
        if name == "LITERAL":
            return found | {chr(value)}, False
        if name == "IN":
            for what, member in value:
                assert str(what) in ("LITERAL", "CATEGORY"), f"{what} in front"
                found.add(chr(member) if str(what) == "LITERAL" else r"\d")
            return found, False
        if name == "BRANCH":
            parts = [first_of(part) for part in value[1]]
        elif name == "SUBPATTERN":
            parts = [first_of(value[3])]
        else:
            assert name in ("MAX_REPEAT", "MIN_REPEAT"), f"{name} in front"
            chars, empty = first_of(value[2])
            parts = [(chars, empty or value[0] == 0)]
        found |= set().union(*[chars for chars, _ in parts])
        if not any(empty for _, empty in parts):
            return found, False
    return found, True


def guard_and_rest(pattern: re.Pattern[str]) -> tuple[set[str], Iterable[tuple[Any, Any]]]:
    """Return the characters that stand in front of a pattern, and the pattern behind them."""
    guard = FRONT.match(pattern.pattern)
    assert guard
    return set(re.findall(r"\\d|.", guard[1])), parser.parse(pattern.pattern[guard.end() :])


@pytest.mark.parametrize(("module", "name"), GUARDED)
def test_all_first_characters_stand_in_front(module: Any, name: str) -> None:
    guard, rest = guard_and_rest(getattr(module, name))
    chars, empty = first_of(rest)
    assert not empty
    assert chars <= guard
