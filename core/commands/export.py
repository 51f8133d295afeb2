"""What ``python -m core export`` and ``take-back`` do."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from core.exporting import ENDINGS, ExportError, Form, Wanted, export, selection_of
from core.taking_back import finder, take
from core.writing.compilation import SOURCE_WORDS, Choices, Fonts
from core.writing.xlsx.back import TakenBack, take_back

if TYPE_CHECKING:
    from core.library import Library, Query
    from core.records import Case

FORMS: dict[Form, str] = {
    "docx": "Word 文档（公文样式）",
    "xlsx": "Excel 工作簿：案例、数据、出处；改后可用 take-back 收回",
    "html": "一个网页文件，可打印",
    "csv": "表格，一例一行",
    "figures": "表格，一个数据一行",
}
_TO_SCREEN: tuple[Form, ...] = ("json", "csv", "figures")


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Add what can be said to ``export``; without a form it is JSON."""
    form = command.add_mutually_exclusive_group()
    for name, words in FORMS.items():
        form.add_argument(f"--{name}", dest="form", action="store_const", const=name, default="json", help=words)
    which = command.add_mutually_exclusive_group()
    which.add_argument("--cases", nargs="+", metavar="编号", help="只要这些案例，照这个顺序（编号，或它的开头几位）")
    which.add_argument("--search", dest="words", nargs="+", default=[], metavar="词", help="只要查到的，照查到的顺序")
    which.add_argument("--selection", metavar="汇编", help="只要这个汇编里的，照汇编的顺序")
    command.add_argument("--output", "-o", type=Path, metavar="文件", help="写到文件；表格带 BOM，Excel 可直接打开")
    command.add_argument("--title", default="", metavar="标题", help="文档的标题")
    command.add_argument("--list", action="store_true", help="Word 和网页：只列数据，不列案例")
    command.add_argument(
        "--sources", choices=tuple(SOURCE_WORDS), default="footnotes", help="出处：脚注、文末来源表（GB/T 7714）、不注"
    )
    command.add_argument("--no-states", action="store_true", help="不标未核，文末也不列")
    command.add_argument(
        "--latin", default="", metavar="字体", help="数字和字母的字体，如 Times New Roman；不写就用中文字体"
    )
    command.add_argument("--template", type=Path, metavar="文件", help="单位自己的 .docx 模板：用它的页面和样式")


def run_export(args: argparse.Namespace, library: Library, query: Query, nums: Sequence[int] | None) -> int:
    """Write what was asked for; ``nums`` are cases that were named, None where the query tells which."""
    form: Form = args.form
    if args.selection is not None:
        query = _of_selection(library, args.selection)
    wanted = Wanted(
        nums=list(library.search.find(query).nums) if nums is None else nums,
        title=args.title or (args.selection or ""),
        choices=Choices(
            kind="figures" if args.list else "cases",
            sources=args.sources,
            states=not args.no_states,
            fonts=Fonts(latin=args.latin),
            template=args.template,
        ),
    )
    if args.output is None:
        if form not in _TO_SCREEN:
            raise ExportError(f"没有写：要用 -o 说写到哪个文件（{ENDINGS[form]}）")
        for _ in _to_screen(form, (library.cases.load(num) for num in wanted.nums)):
            pass
        return 0
    for step in export(library, wanted, form, args.output):
        if step.done and step.done % 100 == 0:
            print(f"{step.done}/{step.total}", file=sys.stderr, flush=True)
    return 0


def _of_selection(library: Library, name: str) -> Query:
    from core.library import Query

    found = selection_of(library, name)
    if len(found) != 1:
        words = (
            f"有 {len(found)} 个叫“{name}”的汇编，请写编号：{'、'.join(found)}" if found else f"没有叫“{name}”的汇编"
        )
        raise ExportError(words)
    return Query(selection=found[0])


def _to_screen(form: Form, cases: Iterator[Case]) -> Iterator[int]:
    from core.writing import write_case_table, write_cases_json, write_figure_table

    if form == "csv":
        return write_case_table(cases, sys.stdout)
    return (write_figure_table if form == "figures" else write_cases_json)(cases, sys.stdout)


def run_take_back(args: argparse.Namespace, library: Library) -> int:
    """Tell what a sheet has otherwise than the library, and take it where asked; 1 where something could not be."""
    *_, found = take_back(args.path, finder(library))
    foreign = bool(found.library_id) and found.library_id != library.id
    taken = None
    if args.apply:
        taken = take(library, found.changes, found.new, args.path.name)
    if args.json:
        told = {
            "rows": found.rows,
            "decided": taken,
            "other_library": foreign,
            "changes": [asdict(change) for change in found.changes],
            "new": [asdict(figure) for figure in found.new],
            "unmatched": [asdict(one) for one in found.unmatched],
            "missing": [{"sheet": sheet, "id": row_id} for sheet, row_id in found.missing],
        }
        json.dump(told, sys.stdout, ensure_ascii=False, indent=1)
        print()
    else:
        _tell(found, foreign, taken)
    return 1 if found.unmatched else 0


def _tell(found: TakenBack, foreign: bool, taken: int | None) -> None:
    if foreign:
        print("这个文件是从另一个案例库导出的。", file=sys.stderr)
    for change in found.changes:
        also = "\t案例库里也改过" if change.also_changed else ""
        print(f"{change.sheet} {change.cell}\t{change.title}\t{change.head}\t{change.old} → {change.new}{also}")
    for figure in found.new:
        values = "，".join(f"{name}={value}" for name, value in figure.values.items())
        print(f"数据 第 {figure.row} 行\t{figure.title}\t新数据\t{values}")
    for one in found.unmatched:
        print(f"{one.sheet} {one.cell}\t{one.reason}\t{one.text}", file=sys.stderr)
    for sheet, row_id in found.missing:
        print(f"{sheet}\t少了一行，案例库里不删\t{row_id}", file=sys.stderr)
    told = f"看了 {found.rows} 行：改动 {len(found.changes)} 处，新数据 {len(found.new)} 条"
    print(f"{told}，没有收 {len(found.unmatched)} 处", end="。", file=sys.stderr)
    print("案例库没有改动。" if taken is None else f"收下了，记为 {taken} 个决定。", file=sys.stderr)
