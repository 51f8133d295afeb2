"""What a person changed in an Excel file that we wrote: each cell as a proposal, old and new; none is applied here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal, NamedTuple

from core.causes import NotDone
from core.records import Case, Metric
from core.writing.xlsx import columns
from core.writing.xlsx.columns import CASE_COLUMNS, FIGURE_COLUMNS, Value, as_cell, cell_text, is_cut
from core.writing.xlsx.fields import FieldError, parsed
from core.writing.xlsx.kept import Sums, read, sum_of

Sheet = Literal["案例", "数据"]
FindCase = Callable[[str], Case | None]
"""Gives the case of the library with an id; None when there is none."""


class SheetError(NotDone):
    """A file that cannot be taken back, in words."""


@dataclass(frozen=True, slots=True)
class Change:
    """A changed cell: ``old`` is what the library has now, ``new`` what is proposed, in the form that it keeps.

    ``also_changed`` says that the library has become another since the file was written.
    """

    sheet: Sheet
    cell: str
    head: str
    field: str
    case_id: str
    metric_id: str
    title: str
    old: str
    new: str
    also_changed: bool = False


@dataclass(frozen=True, slots=True)
class NewFigure:
    """A row without an id: a figure that a person added to a case."""

    row: int
    case_id: str
    title: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Unmatched:
    """What cannot be taken, where it stands, and why."""

    sheet: str
    cell: str
    text: str
    reason: str


@dataclass(slots=True)
class TakenBack:
    """Everything that a file has otherwise than the library."""

    changes: list[Change] = field(default_factory=list)
    new: list[NewFigure] = field(default_factory=list)
    unmatched: list[Unmatched] = field(default_factory=list)
    missing: list[tuple[str, str]] = field(default_factory=list)
    """Sheet and id of rows that were written and are there no more; what they say stays in the library."""
    rows: int = 0
    """How many rows were looked at."""
    library_id: str = ""
    """The library that the file was written from; empty where the file does not say."""


class _Kind(NamedTuple):
    """A sheet that is taken back, its columns, and the row of the library that an id means."""

    name: Sheet
    heads: tuple[str, ...]
    fields: Mapping[str, str]
    values: Callable[[Case, Metric | None], Mapping[str, Value]]


_KINDS = (
    _Kind(
        "案例",
        tuple(c.head for c in CASE_COLUMNS),
        {c.head: c.field for c in CASE_COLUMNS},
        lambda case, metric: {c.head: c.value(case) for c in CASE_COLUMNS},
    ),
    _Kind(
        "数据",
        tuple(c.head for c in FIGURE_COLUMNS),
        {c.head: c.field for c in FIGURE_COLUMNS},
        lambda case, metric: {c.head: c.value(case, metric) for c in FIGURE_COLUMNS} if metric else {},
    ),
)


def take_back(path: Path, find_case: FindCase) -> Iterator[TakenBack]:
    """Read a file back, and yield what was found after every hundred rows, the same object, whole at the end.

    Raises ``SheetError`` for a file that is no .xlsx or holds none of our sheets, OSError where it cannot be read.
    """
    book = _open(path)
    found = TakenBack()
    kept = _kept(book, found)
    seen = 0
    for kind in _KINDS:
        sheet = _sheet_of(book, kind)
        if sheet is not None:
            seen += 1
            yield from _Reader(kind, sheet, find_case, kept.get(kind.name, {}), found).read()
    if not seen:
        raise SheetError(f"“{path.name}”里没有「案例」或「数据」这样的工作表，收不回。案例库没有改动。")
    yield found


def _open(path: Path) -> Any:
    import openpyxl

    with path.open("rb") as file:  # so that a file that is not there, or held by another program, says so itself
        try:
            # Not read only: the size that WPS writes down for a sheet may be wrong, and is believed then.
            return openpyxl.load_workbook(file, read_only=False, data_only=False)
        except Exception as error:  # openpyxl lets through what zipfile, its XML parser and its own checks raise
            raise SheetError(f"“{path.name}”打不开：不是完好的 .xlsx 文件。案例库没有改动。") from error


def _kept(book: Any, found: TakenBack) -> dict[str, dict[str, Sums]]:
    """What the hidden sheet says was written: sheet → id → the sums of the cells; empty where there is none."""
    if columns.KEPT not in book.sheetnames:
        return {}
    found.library_id, kept = read(book[columns.KEPT])
    return kept


def _sheet_of(book: Any, kind: _Kind) -> Any:
    """The sheet of that name, else the only one whose head is of that kind."""
    if kind.name in book.sheetnames:
        return book[kind.name]
    told = [s for s in book.worksheets if {columns.ID, *_TELLING[kind.name]} <= {cell_text(c.value) for c in s[1]}]
    return told[0] if len(told) == 1 else None


_TELLING: dict[str, tuple[str, ...]] = {"案例": ("标题", "做法"), "数据": ("指标", "数值")}


class _Reader:
    """Reads one sheet."""

    def __init__(
        self, kind: _Kind, sheet: Any, find_case: FindCase, kept: Mapping[str, Sums], found: TakenBack
    ) -> None:
        self._kind, self._sheet, self._find_case, self._kept, self._found = kind, sheet, find_case, kept, found
        self._case: tuple[str, Case | None] = ("", None)
        self._titles: dict[str, set[str]] = {}
        self._at: dict[str, int] = {}

    def read(self) -> Iterator[TakenBack]:
        """Compare each row; the file's rows come as a person has sorted them."""
        if not self._read_head():
            return
        rows = [(row[0].row, row) for row in self._sheet.iter_rows(min_row=2)]
        ids = [cell_text(row[self._at[columns.ID]].value) for _, row in rows]
        often = Counter(ids)
        for (number, row), row_id in zip(rows, ids, strict=True):
            if all(cell.value is None for cell in row):
                continue
            self._found.rows += 1
            if not row_id:
                self._take_new(number, row)
            elif often[row_id] > 1:
                self._refuse(row[self._at[columns.ID]], f"编号重复 {often[row_id]} 次，这几行都没有收")
            else:
                self._compare(row, row_id)
            if self._found.rows % 100 == 0:
                yield self._found
        self._found.missing += [(self._kind.name, row_id) for row_id in self._kept if row_id not in often]

    def _read_head(self) -> bool:
        heads = [cell_text(cell.value) for cell in self._sheet[1]]
        for at, head in enumerate(heads):
            if head and heads.count(head) > 1:
                self._refuse(self._sheet.cell(1, at + 1), "这个列名有几列，都没有收")
            elif head in self._kind.heads:
                self._at[head] = at
            elif head or any(self._sheet.cell(r, at + 1).value is not None for r in range(2, self._sheet.max_row + 1)):
                self._refuse(self._sheet.cell(1, at + 1), "案览没有这一列，没有收")
        if columns.ID not in self._at:
            self._found.unmatched.append(Unmatched(self._kind.name, "A1", "", "没有「编号」这一列，整张表都没有收"))
            return False
        return True

    # ---- rows that were written

    def _compare(self, row: Sequence[Any], row_id: str) -> None:
        case, metric = self._row_of(row, row_id)
        if case is None:
            self._refuse(row[self._at[columns.ID]], "案例库里没有这个编号，这一行没有收")
            return
        self._titles.setdefault(case.title, set()).add(case.id)
        sums = self._kept.get(row_id, [])
        for head, value in self._kind.values(case, metric).items():
            if head in self._at:
                at = self._kind.heads.index(head)
                self._compare_cell(row[self._at[head]], head, value, sums[at] if at < len(sums) else None, case, metric)

    def _row_of(self, row: Sequence[Any], row_id: str) -> tuple[Case | None, Metric | None]:
        if self._kind.name == "案例":
            return self._find_case(row_id), None
        case = self._case_named(row)
        metric = next((m for m in case.metrics if m.id == row_id), None) if case else None
        return (case, metric) if metric else (None, None)

    def _case_named(self, row: Sequence[Any]) -> Case | None:
        case_id = cell_text(row[self._at["案例编号"]].value) if "案例编号" in self._at else ""
        if self._case[0] != case_id:
            self._case = (case_id, self._find_case(case_id) if case_id else None)
        return self._case[1]

    def _compare_cell(
        self, cell: Any, head: str, value: Value, kept: int | None, case: Case, metric: Metric | None
    ) -> None:
        """Compare what stands in a cell with what was written there and with what the library has now."""
        old, name = cell_text(as_cell(value)), self._kind.fields[head]
        try:
            text = _said(cell, name)
        except FieldError as error:
            self._refuse(cell, f"{head}：{error}，没有收")
            return
        if text == old or sum_of(text) == kept:
            return
        if not name or is_cut(value):
            why = "这一格太长，表里不是全文" if name else "这一列由案例库得出"
            self._refuse(cell, f"{head}：{why}，改动没有收（原来是“{_short(old)}”）")
            return
        try:
            new, as_kept = parsed(name, text), _form(name, old)
        except FieldError as error:
            self._refuse(cell, f"{head}：{error}，没有收（原来是“{_short(old)}”）")
            return
        if new != as_kept:
            also = kept is not None and sum_of(old) != kept
            where = (self._kind.name, cell.coordinate, head, name, case.id, metric.id if metric else "", case.title)
            self._found.changes.append(Change(*where, as_kept, new, also))

    # ---- rows that a person added

    def _take_new(self, number: int, row: Sequence[Any]) -> None:
        first = next(cell for cell in row if cell.value is not None)
        if self._kind.name == "案例":
            self._refuse(first, "没有编号：新的案例不能从表格里加，这一行没有收")
            return
        case = self._case_named(row) or self._case_titled(row)
        if case is None:
            self._refuse(first, "没有编号，也认不出是哪个案例的数据，这一行没有收")
            return
        values: dict[str, str] = {}
        for head, name in self._kind.fields.items():
            if name and head in self._at:
                cell = row[self._at[head]]
                try:
                    text = _said(cell, name)
                    values[name] = parsed(name, text) if text or name in ("value", "indicator") else ""
                except FieldError as error:
                    self._refuse(cell, f"{head}：{error}，这一行没有收")
                    return
        if not values.get("indicator") or not values.get("value"):
            self._refuse(first, "新的数据要有指标和数值，这一行没有收")
            return
        self._found.new.append(NewFigure(number, case.id, case.title, {k: v for k, v in values.items() if v}))

    def _case_titled(self, row: Sequence[Any]) -> Case | None:
        """The case of that title, where the file has just one."""
        title = cell_text(row[self._at["案例"]].value) if "案例" in self._at else ""
        ids = self._titles.get(title, set())
        return self._find_case(next(iter(ids))) if len(ids) == 1 else None

    def _refuse(self, cell: Any, reason: str) -> None:
        self._found.unmatched.append(Unmatched(self._kind.name, cell.coordinate, _short(cell_text(cell.value)), reason))


def _said(cell: Any, name: str) -> str:
    """What a cell says; ``FieldError`` for a formula, an error, or a date where none belongs."""
    value = cell.value
    if cell.data_type == "f":
        raise FieldError("这一格是公式")
    if cell.data_type == "e":
        raise FieldError(f"这一格是错误值 {value}")
    if isinstance(value, datetime | date):
        if name in ("published", "period"):
            return f"{value:%Y-%m-%d}"
        raise FieldError("表格软件把它变成了日期")
    if isinstance(value, int | float) and not isinstance(value, bool) and "%" in str(cell.number_format):
        value = Decimal(repr(value)) * 100
    # openpyxl leaves what Excel writes for a text that looks like one of its own signs (ECMA-376 Part 1, 22.9.2.19)
    return cell_text(value.replace("_x005F_", "_") if isinstance(value, str) else value)


def _form(name: str, old: str) -> str:
    """What the library has, in the form of a proposal; as it is where it has what no cell may."""
    try:
        return parsed(name, old)
    except FieldError:
        return old


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"
