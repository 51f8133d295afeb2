"""What can be said to commands whose modules know much: read at every start, so nothing heavy is imported here."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from core.writing.compilation import SOURCE_WORDS

if TYPE_CHECKING:
    from core.exporting import Form

_FORMS: dict[Form | Literal["pdf"], str] = {
    "docx": "Word 文档（公文样式）",
    "xlsx": "Excel 工作簿：案例、数据、出处；改后可用 take-back 收回",
    "html": "一个网页文件，可打印",
    "pdf": "PDF，带书签和页码（要有窗口那一半）",
    "csv": "表格，一例一行",
    "figures": "表格，一个数据一行",
}


def add_to_compare(command: argparse.ArgumentParser) -> None:
    """Add what can be said to ``compare``."""
    command.add_argument("ids", nargs="*", metavar="编号", help="两到八个案例的编号，或编号的开头几位")
    command.add_argument("--place", action="append", default=[], metavar="地区", help="写两个以上：一个地区一栏")
    command.add_argument("--search", default="", metavar="词", help="只比较含有这些词的案例")
    command.add_argument("--theme", action="append", default=[], metavar="主题")
    command.add_argument("--selection", default="", metavar="汇编", help="汇编的名字")
    command.add_argument("--by", choices=("case", "place"), help="一例一栏，还是一个地区一栏")
    command.add_argument("--docx", type=Path, metavar="文件", help="写成 Word 文档：对比表、机制、各自的做法")
    command.add_argument("--xlsx", type=Path, metavar="文件", help="写成 Excel 工作簿：数是数，单位一列，出处一张")
    command.add_argument("--html", type=Path, metavar="文件", help="写成一个网页文件")
    command.add_argument("--csv", type=Path, metavar="文件", help="写成表格，带 BOM")
    command.add_argument("--tsv", type=Path, metavar="文件", help="写成表格，用制表符隔开")
    command.add_argument("--like", action="store_true", help="不比较，列出和这一个案例相近的案例")


def add_to_export(command: argparse.ArgumentParser) -> None:
    """Add what can be said to ``export``; without a form it is JSON."""
    form = command.add_mutually_exclusive_group()
    for name, words in _FORMS.items():
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
