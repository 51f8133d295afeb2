"""A doubt: what does not fit together in a library, with the printed words on both sides."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from core.records import Span

Kind = Literal[
    "conflict", "change", "growth", "part", "share", "dimension", "date", "place", "unnamed"
]  # fmt: skip
KIND_WORDS: dict[Kind, str] = {
    "conflict": "两处不一致",
    "part": "部分大于整体",
    "growth": "增幅与前后两数不合",
    "share": "不应超过 100 %",
    "dimension": "单位少见",
    "date": "时间晚于登报",
    "place": "主体不是案例的地区",
    "change": "前后两数同一时间",
    "unnamed": "指标把握低",
}
"""The kinds, those that weigh most first, and their names on screen."""
_RANKS = {kind: len(KIND_WORDS) - i for i, kind in enumerate(KIND_WORDS)}


@dataclass(frozen=True, slots=True)
class Quote:
    """Printed words on one side of a doubt; ``metric`` is empty where they are no figure's (the date of the paper)."""

    case: str
    metric: str
    words: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that a person should look at: ``targets`` are pairs of case id and metric id.

    ``id`` stays as long as kind, figures and the values that are doubted do: a dismissed doubt stays dismissed, and is
    a new one when a value changes. ``weight`` is for ordering, the largest first: what contradicts itself weighs more
    than what is only not sure.
    """

    id: str
    kind: Kind
    targets: tuple[tuple[str, str], ...]
    words: str
    quotes: tuple[Quote, ...]
    weight: float


def doubt(
    kind: Kind,
    targets: Sequence[tuple[str, str]],
    doubted: Sequence[str],
    words: str,
    quotes: Sequence[Quote],
    sure: float = 0.5,
) -> Doubt:
    """Return a doubt about some figures; ``doubted`` are the values in doubt, one a target, ``sure`` is 0–1.

    The order of the figures does not matter for the id.
    """
    parts = sorted(zip(targets, doubted, strict=True))
    told = "\x1e".join([kind, *("\x1f".join((*target, value)) for target, value in parts)])
    name = hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:32]
    return Doubt(name, kind, tuple(targets), words, tuple(quotes), _RANKS[kind] + sure)
