"""What ``python -m core export`` and ``take-back`` do."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from importlib import import_module
from typing import TYPE_CHECKING

from core.exporting import ExportError, Form, Wanted, Write, export, selection_of
from core.taking_back import finder, take
from core.writing.compilation import Choices, Fonts
from core.writing.xlsx.back import TakenBack, take_back

if TYPE_CHECKING:
    from core.library import Library, Query
    from core.records import Case

_TO_SCREEN: tuple[Form, ...] = ("json", "csv", "figures")


def run_export(args: argparse.Namespace, library: Library, query: Query, nums: Sequence[int] | None) -> int:
    """Write what was asked for; ``nums`` are cases that were named, None where the query tells which."""
    form: Form | Write = args.form
    if args.output is None and form not in _TO_SCREEN:
        raise ExportError(f"没有写：要用 -o 说写到哪个文件（.{form}）")
    choices = Choices(
        kind="figures" if args.list else "cases",
        sources=args.sources,
        states=not args.no_states,
        fonts=Fonts(latin=args.latin),
        template=args.template,
    )
    if args.form == "pdf":
        form, choices = _pdf(choices)
    selection = ""
    if args.selection is not None:
        query = _of_selection(library, args.selection)
        selection = query.selection
    wanted = Wanted(
        nums=list(library.search.find(query).nums) if nums is None else nums,
        title=args.title or _title(library, selection),
        selection=selection,
        choices=choices,
    )
    if args.output is None:
        for _ in _to_screen(args.form, (library.cases.load_for_writing(num) for num in wanted.nums)):
            pass
        return 0
    for step in export(library, wanted, form, args.output):
        if step.done and step.done % 100 == 0:
            print(f"{step.done}/{step.total}", file=sys.stderr, flush=True)
    return 0


def _pdf(choices: Choices) -> tuple[Write, Choices]:
    """What writes a PDF file, and the fonts that this machine has for it: the window's half sets pages, by Qt."""
    try:
        headless = import_module("gui.writing.headless")
    except ImportError as error:
        raise ExportError(
            "没有写：写 PDF 要用程序的窗口那一半（gui 和 PySide6），这里没有或启动不了。可以改写 --docx 或 --html。"
        ) from error
    write, fonts, missing = headless.pdf_writer()
    if missing:
        print(f"本机没有{'、'.join(missing)}，能替换的已用本机的字体。", file=sys.stderr)
    return write, replace(choices, fonts=replace(fonts, latin=choices.fonts.latin))


def _title(library: Library, selection: str) -> str:
    """The title of a selection's own, else its name; empty for none."""
    names = {row.id: row.name for row in library.selections.rows()}
    return library.selections.title(selection) or names[selection] if selection else ""


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
    from core.writing.case_json import write_cases_json
    from core.writing.case_table import write_case_table, write_figure_table

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
