"""``python -m bench.seams FOLDER …``: how sure the seams of pages are, against labels that tell what goes on in what.

A folder holds pages (``.txt``) with their labels (``.json``, as in ``tests/pages/README.md``); those
below it count, too.
A seam lies between two printed lines that were put into one paragraph; it is right where the second line is the next of
the same article. Printed are, for several thresholds, how many seams lie below, how many of these are wrong, and which
share of the others is.
"""

from __future__ import annotations

import json
import sys
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate, pairwise
from pathlib import Path

from core.desk.desk import UNSURE
from core.reading import articles_of
from core.records import Page

THRESHOLDS = (0.5, 0.7, UNSURE, 0.9, 0.95)


def main() -> None:
    """Tell of every folder that is named."""
    for folder in map(Path, sys.argv[1:]):
        seams = [seam for path in sorted(folder.rglob("*.txt")) for seam in seams_of(path)]
        print(f"{folder.name}: {len(seams)} seams, {sum(not right for right, _ in seams)} of them wrong")
        for least in THRESHOLDS:
            below = [right for right, sure in seams if sure < least]
            rest = [right for right, sure in seams if sure >= least]
            wrong = 1 - sum(rest) / max(1, len(rest))
            print(f"  below {least:.2f}: {len(below):5}, wrong {below.count(False):4}; of the others wrong {wrong:.4f}")


def seams_of(path: Path) -> Iterator[tuple[bool, float]]:
    """Yield for each seam of a labelled page whether it is right, and how sure it is."""
    label = path.with_suffix(".json")
    if not label.exists():
        return
    text = path.read_text("utf-8")
    lines = text.split("\n")
    starts = list(accumulate((len(line) + 1 for line in lines), initial=0))
    following: dict[int, int] = {}
    for article in json.loads(label.read_text("utf-8"))["articles"]:
        ranges = article.get("paragraphs", ())
        own = [n for first, last in ranges for n in range(first, last + 1) if lines[n - 1].strip()]
        following.update(pairwise(own))
    for read in articles_of(Page(text, path.name)):
        for paragraph in read.paragraphs:
            for (one, other), sure in zip(pairwise(paragraph.spans), paragraph.seams, strict=False):
                first, second = bisect_right(starts, one.start), bisect_right(starts, other.start)
                if first != second:
                    yield following.get(first) == second, sure


if __name__ == "__main__":
    main()
