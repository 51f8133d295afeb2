"""``python -m core doubts``: what a person should look at in a library, as lines or as JSON."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

from core.doubts import KIND_WORDS, Doubt, find

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.library import Library
    from core.records import Case


def print_doubts(library: Library, as_json: bool) -> int:
    """Print the doubts of a library, what weighs most first; 0, since a doubt is no failure."""
    found = find(_cases(library))
    if as_json:
        json.dump([_as_json(doubt) for doubt in found], sys.stdout, ensure_ascii=False, indent=1)
        print()
        return 0
    for doubt in found:
        print(KIND_WORDS[doubt.kind], doubt.words, *(f"“{quote.words}”" for quote in doubt.quotes), sep="\t")
    print(f"{len(found)} 处待核实", file=sys.stderr)
    return 0


def _cases(library: Library) -> Iterator[Case]:
    from core.library import Query

    for num in library.search.find(Query()).nums:
        yield library.cases.load(num)


def _as_json(doubt: Doubt) -> dict[str, object]:
    targets = [{"case": case, "figure": figure} for case, figure in doubt.targets]
    return {**asdict(doubt), "targets": targets}
