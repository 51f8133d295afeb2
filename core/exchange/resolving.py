"""Conflicts settled: by a choice for each, or by a rule for all. What settles one is a decision that had seen both."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from core.decisions import Decision, frontier
from core.exchange.records import Choice, Item


@dataclass(frozen=True, slots=True)
class Rule:
    """What is done where people differ: ``seen`` leaves it 存疑 until somebody decides, ``person`` takes one's word."""

    kind: Literal["seen", "ours", "theirs", "unsure", "person"] = "seen"
    person: str = ""


def rule_of(words: str) -> Rule:
    """Return the rule written as ``seen``, ``ours``, ``theirs``, ``unsure`` or ``person:NAME``; ValueError else.

    >>> rule_of("person:王芳").person
    '王芳'
    """
    kind, _, person = words.partition(":")
    if kind == "person" and person:
        return Rule("person", person)
    if words in ("seen", "ours", "theirs", "unsure"):
        return Rule(words)  # type: ignore[arg-type]
    raise ValueError("规则只能是 seen、ours、theirs、unsure 或 person:姓名")


def resolved(
    item: Item, choice: Choice, rule: Rule, rows: Iterable[Decision], read: Any, stamp: tuple[str, str, str]
) -> Decision | None:
    """Return the decision that settles an item as it was chosen, or by the rule where people differ; None for none.

    ``rows`` are all decisions on the target, all of which it has seen; ``read`` is what is read there, ``stamp`` its
    id, who decides, and when.
    """
    by: Choice | Literal["person", "seen"] = choice
    if choice == "take":
        if not item.differ or rule.kind == "seen":
            return None
        by = rule.kind
    if by == "leave":
        return None
    new, who, at = stamp
    seen, before = frontier(rows), item.becomes.value
    if by == "unsure":
        return Decision(new, item.target, "unsure", who, at, before, before, read, "", seen)
    head = _chosen(item, by, rule.person)
    if head is None:
        return None
    verdict = "changed" if head.verdict == "added" else head.verdict
    return Decision(new, item.target, verdict, who, at, before, head.after, read, "", seen)


def _chosen(item: Item, by: str, person: str) -> Decision | None:
    """The decision whose word is taken."""
    if by == "person":
        return next((row for row in item.becomes.heads if row.who == person), None)
    own = {row.id for row in (item.ours if by == "ours" else item.theirs)}
    still = [row for row in item.becomes.heads if row.id in own]
    return (still or (item.ours if by == "ours" else item.theirs) or (None,))[0]
