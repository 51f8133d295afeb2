"""What the commands have in common: which library, which case, and what a caller did wrong."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.library import Library

NAMED = 5
"""So many cases are named where the beginning of an id means several."""


class UsageError(Exception):
    """What the caller did wrong, in words."""


def open_library(path: Path) -> Library:
    """Open a library; the errors of ``core.library.errors`` where that cannot be."""
    from core.library import Library

    return Library.open(path)


def num_of(library: Library, beginning: str) -> int:
    """Return the case whose id begins so; UsageError names those that do when there are several."""
    found = library.cases.starting_with(beginning, NAMED + 1)
    rows = library.cases.rows(found)
    if not rows:
        raise UsageError(f"没有这个编号的案例：{beginning}")
    if len(rows) > 1 and rows[0].id != beginning:
        named = [f"{row.id}\t{row.title}" for row in rows[:NAMED]] + ["……"][: len(rows) > NAMED]
        raise UsageError("\n".join([f"有几个案例的编号这样开头：{beginning}", *named]))
    return rows[0].num


def print_json(value: object) -> None:
    """Print a value as JSON."""
    json.dump(value, sys.stdout, ensure_ascii=False, indent=1)
    print()


def json_or_text(words: str) -> object:
    """Return what JSON says, and words that are no JSON as they are.

    >>> json_or_text('["民生服务"]'), json_or_text("新题目")
    (['民生服务'], '新题目')
    """
    try:
        return json.loads(words)
    except ValueError:
        return words
