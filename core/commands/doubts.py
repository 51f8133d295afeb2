"""``python -m core doubts``: what a person should look at in a library, as lines or as JSON."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

from core.doubts import KIND_WORDS, Doubt
from core.reviewing.doubting import listed

if TYPE_CHECKING:
    from core.library import Library


def print_doubts(library: Library, as_json: bool, every: bool = False) -> int:
    """Print the doubts of a library, what weighs most first; 0, since a doubt is no failure.

    Those that a person has put aside only when ``every`` one is wanted.
    """
    found = [one for part in listed(library) for one in part.doubts if every or not one.dismissed]
    found.sort(key=lambda one: (-one.doubt.weight, one.doubt.targets))
    if as_json:
        out = [{**_as_json(one.doubt), "dismissed": one.dismissed, "why": one.reason} for one in found]
        json.dump(out, sys.stdout, ensure_ascii=False, indent=1)
        print()
        return 0
    for one in found:
        aside = [f"（不是问题：{one.reason or '没有写理由'}）"] if one.dismissed else []
        quotes = (f"“{quote.words}”" for quote in one.doubt.quotes)
        print(KIND_WORDS[one.doubt.kind], one.doubt.words, *quotes, *aside, sep="\t")
    print(f"{len(found)} 处待核实", file=sys.stderr)
    return 0


def _as_json(doubt: Doubt) -> dict[str, object]:
    targets = [{"case": case, "figure": figure} for case, figure in doubt.targets]
    return {**asdict(doubt), "targets": targets}
