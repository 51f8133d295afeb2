"""Cases of a library → a file: Word, Excel, HTML, CSV, JSON; the file is replaced only when the new one is whole."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from core import scratch
from core.causes import NotDone, cause_of, too_long
from core.library.answers import Outline, OutlineLine
from core.records import Case
from core.writing.compilation import KIND_WORDS, Choices, Compilation, Entry, Passage

if TYPE_CHECKING:
    from core.library import Library

Form = Literal["docx", "xlsx", "html", "csv", "figures", "json"]


class ExportError(NotDone):
    """What was not written, why, and what did not change, in words."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be written: cases by their numbers in their order, and how.

    ``selection`` is the id of the selection whose cases they are, with whose headings, notes, chosen figures and title
    they are written; empty for none. An empty ``title`` is that of the selection, else what the kind is called.
    """

    nums: Sequence[int]
    title: str = ""
    choices: Choices = field(default_factory=Choices)
    selection: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """So many of all cases are written."""

    done: int
    total: int


Write = Callable[[Path, Compilation, Choices, str], Iterator[int]]
"""Writes a file from a compilation, in the look that was chosen, of the library with an id; yields after each case."""


def export(library: Library, wanted: Wanted, form: Form | Write, target: Path) -> Iterator[Step]:
    """Write a file, and yield after each case; what was there is replaced at the end, and stays when this is closed.

    Raises ``ExportError``; errors of the library pass through.
    """
    with written(target) as new:
        yield Step(0, len(wanted.nums))
        write = _WRITERS[form] if isinstance(form, str) else form
        for done in write(new, compilation(library, wanted), wanted.choices, library.id):
            yield Step(done, len(wanted.nums))
        scratch.sync(new)
        new.replace(target)


@contextmanager
def written(target: Path) -> Iterator[Path]:
    """A path beside the target to write to; whatever goes wrong on the way is said in words."""
    from core.writing.docx.package import TemplateError
    from core.writing.xlsx.writing import RowsError

    if said := why_not(target):
        raise ExportError(f"“{target}”没有写成：{said}。原来的文件没有改动")
    try:
        with scratch.unfinished(target) as new:
            yield new
    except (TemplateError, RowsError) as error:
        raise ExportError(str(error)) from error
    except OSError as error:
        raise ExportError(f"“{target}”没有写成：{cause_of(error, target)}。原来的文件没有改动") from error


def why_not(target: Path) -> str:
    """Return why a file cannot be written, before anything is done: it is open in another program, has no folder …"""
    if target.suffix == ".anlan":
        return "这是案例库的名字，导出的不是案例库"
    if said := too_long(target):
        return said
    if program := opened_by(target):
        return f"它正在 {program} 里打开，请先关闭它，或换一个文件名"
    try:
        if target.exists():
            with target.open("r+b"):  # Windows refuses it where another program holds the file
                pass
    except PermissionError as error:
        if getattr(error, "winerror", None) in (5, 32, 33) and os.access(target, os.W_OK):
            return "它正被别的程序（WPS、Word、Excel）打开，请先关闭它，或换一个文件名"
        return cause_of(error, target)
    except OSError as error:
        return cause_of(error, target)
    return ""


def opened_by(target: Path) -> str:
    """Return the programs that say beside a file that they have it open; empty where none does."""
    name = target.name
    signs = {
        f"~${name}": "Word、Excel 或 WPS",
        f"~${name[2:]}": "Word 或 WPS",
        f".~{name}": "WPS",
        f".~lock.{name}#": "LibreOffice",
    }
    try:
        return next((program for sign, program in signs.items() if target.with_name(sign).is_file()), "")
    except OSError:
        return ""


def compilation(library: Library, wanted: Wanted) -> Compilation:
    """Return what is to be written; its cases are loaded as they are wanted, one that is gone meanwhile is left out.

    Raises KeyError where the selection is gone.
    """
    outline = library.selections.outline(wanted.selection) if wanted.selection else None
    lines = written_lines(outline, wanted.nums) if outline else [OutlineLine("case", num, "") for num in wanted.nums]
    own = outline.title if outline else ""
    title = wanted.title.strip() or own or KIND_WORDS[wanted.choices.kind]

    def entries() -> Iterator[Entry | Passage]:
        for line in lines:
            if isinstance(line.key, int):
                with suppress(KeyError):
                    yield Entry(library.cases.load_for_writing(line.key), line.note, line.figures)
            elif line.kind != "case":
                yield Passage(line.kind, line.text)

    return Compilation(title, entries(), len(wanted.nums), any(line.kind == "heading" for line in lines))


def written_lines(outline: Outline, nums: Sequence[int]) -> list[OutlineLine]:
    """Return the lines of a selection that are written when these of its cases are, in this order.

    Where they stand in another order than that of the selection, its headings and notes between cases have no place.
    Where only some of its cases are written, what stands under a heading without any of them is left out.
    """
    by_num = {line.key: line for line in outline.lines if line.kind == "case"}
    known = [num for num in nums if num in by_num]
    if known != list(nums) or known != [num for num in outline.nums if num in set(known)]:
        return [by_num.get(num, OutlineLine("case", num, "")) for num in nums]
    if len(known) == len(by_num):
        return list(outline.lines)
    wanted = set(known)
    sections: list[list[OutlineLine]] = [[]]
    for line in outline.lines:
        if line.kind == "heading":
            sections.append([])
        if line.kind != "case" or line.key in wanted:
            sections[-1].append(line)
    return [
        line
        for section in sections
        if any(line.kind == "case" for line in section) or not section or section[0].kind != "heading"
        for line in section
    ]


def selection_of(library: Library, name: str) -> list[str]:
    """Return the ids of the selections with this name, or this id."""
    rows = library.selections.rows()
    return [row.id for row in rows if row.id == name] or [row.id for row in rows if row.name == name]


# ---- the kinds of files


def _docx(new: Path, compilation: Compilation, choices: Choices, library_id: str) -> Iterator[int]:
    from core.writing.docx import writing

    with new.open("wb") as out:
        yield from writing.write(out, compilation, choices)


def _xlsx(new: Path, compilation: Compilation, choices: Choices, library_id: str) -> Iterator[int]:
    from core.writing.xlsx import writing

    yield from writing.write(new, compilation, choices, library_id)


def _html(new: Path, compilation: Compilation, choices: Choices, library_id: str) -> Iterator[int]:
    from core.writing.html import writing

    with new.open("w", encoding="utf-8", newline="\n") as out:
        yield from writing.write(out, compilation, choices)


def _text(kind: Form) -> Write:
    from core.writing import case_json, case_table

    def write(new: Path, compilation: Compilation, choices: Choices, library_id: str) -> Iterator[int]:
        # Half a character, which no file can hold, stands as \\ud800: in JSON that is the character itself.
        code, ends = ("utf-8", "\n") if kind == "json" else ("utf-8-sig", "")
        write_rows = {
            "json": case_json.write_cases_json,
            "csv": case_table.write_case_table,
            "figures": case_table.write_figure_table,
        }[kind]
        with new.open("w", encoding=code, errors="backslashreplace", newline=ends) as out:
            yield from write_rows(map(_chosen, compilation.cases()), out)

    return write


def _chosen(entry: Entry) -> Case:
    """The case with those of its figures that are written."""
    return entry.case if entry.figures is None else replace(entry.case, metrics=entry.metrics)


_WRITERS: Mapping[Form, Write] = {
    "docx": _docx,
    "xlsx": _xlsx,
    "html": _html,
    "csv": _text("csv"),
    "figures": _text("figures"),
    "json": _text("json"),
}
