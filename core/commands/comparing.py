"""What ``python -m core compare`` does: cases or places side by side, or the cases that are like one."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from core import gathering
from core.commands.common import UsageError, num_of, print_json
from core.exporting import export_comparison
from core.library import Query
from core.writing.compilation import Choices
from core.writing.sheet_json import sheet_as_json
from core.writing.sheet_text import sheet_lines

if TYPE_CHECKING:
    from core.library import Library

CodeOf = Callable[[str], str]
"""The code of a place by any of its names; UsageError for none."""


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Add what can be said to ``compare``."""
    command.add_argument("ids", nargs="*", metavar="编号", help="两到八个案例的编号，或编号的开头几位")
    command.add_argument("--place", action="append", default=[], metavar="地区", help="写两个以上：一个地区一栏")
    command.add_argument("--search", default="", metavar="词", help="只比较含有这些词的案例")
    command.add_argument("--theme", action="append", default=[], metavar="主题")
    command.add_argument("--selection", default="", metavar="汇编", help="汇编的名字")
    command.add_argument("--by", choices=("case", "place"), help="一例一栏，还是一个地区一栏")
    command.add_argument("--docx", type=Path, metavar="文件", help="写成 Word 文档：对比表、机制、各自的做法")
    command.add_argument("--like", action="store_true", help="不比较，列出和这一个案例相近的案例")


def run_compare(library: Library, args: argparse.Namespace, code_of: CodeOf) -> int:
    """Print a comparison, or the cases that are like one; UsageError where there is nothing to compare."""
    if args.like:
        return _like(library, args)
    try:
        sheet = gathering.sheet_of(_side_by_side(library, args, code_of), ruling=gathering.rulings(library))
    except gathering.TooFewError as error:
        raise UsageError(str(error)) from error
    if args.docx is not None:
        export_comparison(sheet, Choices(), args.docx)
    elif args.json:
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
