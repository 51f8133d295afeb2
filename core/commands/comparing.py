"""What ``python -m core compare`` does: cases or places side by side, or the cases that are like one."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from core import gathering
from core.commands.common import UsageError, num_of, print_json
from core.exporting_comparison import WRITERS, export_comparison
from core.library import Query
from core.writing.compilation import Choices
from core.writing.sheet_json import sheet_as_json
from core.writing.sheet_text import sheet_lines

if TYPE_CHECKING:
    from core.library import Library

CodeOf = Callable[[str], str]
"""The code of a place by any of its names; UsageError for none."""


def run_compare(library: Library, args: argparse.Namespace, code_of: CodeOf) -> int:
    """Print a comparison, or the cases that are like one; UsageError where there is nothing to compare."""
    if args.like:
        return _like(library, args)
    try:
        sheet = gathering.sheet_of(_side_by_side(library, args, code_of), ruling=gathering.rulings(library))
    except gathering.TooFewError as error:
        raise UsageError(str(error)) from error
    asked = [(form, getattr(args, form)) for form in WRITERS if form != "json"]
    targets = [(form, target) for form, target in asked if target is not None]
    for form, target in targets:
        for _ in export_comparison(sheet, Choices(), form, target):
            pass
    if targets:
        return 0
    if args.json:
        print_json(sheet_as_json(sheet))
    else:
        print("\n".join(sheet_lines(sheet)))
    return 0


def _side_by_side(library: Library, args: argparse.Namespace, code_of: CodeOf) -> gathering.Found:
    """The columns that the arguments ask for."""
    if args.ids:
        nums = [num_of(library, beginning) for beginning in args.ids]
        return gathering.of_cases(library, nums, by=args.by or "case")
    places = tuple(map(code_of, args.place))
    chosen = {row.name: row.id for row in library.selections.rows()}
    if args.selection and args.selection not in chosen:
        raise UsageError(f"没有叫“{args.selection}”的汇编")
    query = Query(words=args.search, themes=tuple(args.theme), selection=chosen.get(args.selection, ""))
    if len(places) > 1:
        return gathering.of_places(library, places, query)
    if query == Query() and not places:
        raise UsageError("没有说比较什么：写案例编号，或用 --place、--search、--theme、--selection")
    nums = library.search.find(replace(query, places=places)).nums.tolist()
    return gathering.of_cases(library, nums, by=args.by)


def _like(library: Library, args: argparse.Namespace) -> int:
    if len(args.ids) != 1:
        raise UsageError("--like 要一个案例编号")
    found = gathering.like(library, num_of(library, args.ids[0]))
    rows = {row.num: row for row in library.cases.rows([n.num for n in found])}
    told = [(rows[near.num], near) for near in found if near.num in rows]
    if args.json:
        print_json([{"id": r.id, "title": r.title, "likeness": n.likeness, "words": list(n.words)} for r, n in told])
    else:
        for row, near in told:
            why = "、".join((*near.mechanisms, *near.themes, *near.words))
            print(row.id, row.title, row.place, f"{near.likeness:.2f}", why, sep="\t")
    return 0 if told else 1
