"""The figures of a comparison as a table: a row an indicator, a column a case or place, and whether they compare."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QModelIndex, QPoint, Signal
from PySide6.QtWidgets import QMenu, QWidget

from core.comparing.sheet import QUALITY_WORDS, VERDICT_WORDS, Cell, Row, Sheet, Verdict
from core.comparing.table import pair_words, plain_value, printed_words, row_unit, value_words, verdict_words, way_words
from gui.kit.columns import Column
from gui.kit.plain import entry, level, tip
from gui.kit.records import Head, RecordRole, RecordsModel
from gui.kit.table import RecordsView
from gui.kit.words import QT_TRANSLATE_NOOP

_C = "Compare"
FIXED = 3
"""So many columns stand before those of the cases."""
LONGEST_HEAD = 12
INKS: dict[Verdict, str] = {"comparable": "success", "unknown": "text-2"}
MARK = {"comparable": "✓", "unknown": "?"}
"""What stands before the word, so that nobody needs the colour."""


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A row of the comparison with the sheet that it is of, and what its cells say."""

    sheet: Sheet
    at: int
    verdicts: tuple[Verdict, ...]
    """The verdicts of its pairs, each once, what parts them first; those across its family where it has none."""
    unit: str
    cells: tuple[str, ...]

    @property
    def row(self) -> Row:
        return self.sheet.rows[self.at]


def lines_of(sheet: Sheet) -> tuple[Line, ...]:
    """Return the rows of a comparison with their words; made in the library's thread, where it may take a while."""
    own: dict[int, dict[Verdict, None]] = {}
    across: dict[int, dict[Verdict, None]] = {}
    for pair in sheet.pairs:
        if pair.row != pair.other_row and pair.verdict == "definition":
            continue  # two rows of other things, which say nothing of each other
        for at in {pair.row, pair.other_row}:
            (own if pair.row == pair.other_row else across).setdefault(at, {})[pair.verdict] = None
    return tuple(_line(sheet, at, own.get(at) or across.get(at, {})) for at in range(len(sheet.rows)))


def _line(sheet: Sheet, at: int, found: Iterable[Verdict]) -> Line:
    row = sheet.rows[at]
    unit, by = row_unit(row)
    verdicts = tuple(sorted(found, key=lambda verdict: verdict == "comparable"))
    return Line(sheet, at, verdicts, unit, tuple(_cell_text(cells, by) for cells in row.cells))


def name_text(line: Line) -> str:
    """The indicator, with its manner where it is no plain amount."""
    row = line.row
    manner = _tr(QUALITY_WORDS[row.quality])
    return row.name if row.quality == "amount" or manner in row.name else f"{row.name} · {manner}"


def name_hint(line: Line) -> str:
    """How the names came together, and every name as it was read."""
    return "\n".join((way_words(line.row), *line.row.names))


def _cell_text(cells: Sequence[Cell], by: int) -> str:
    """The value in the unit of the row with what was printed; how many more there are."""
    if not cells:
        return ""
    more = _tr("，另有 {n} 个").format(n=len(cells) - 1) if len(cells) > 1 else ""
    return f"{value_words(cells[0], by)}（{told(cells[0])}）{more}"


def told(cell: Cell) -> str:
    """What was printed, and for when."""
    return (
        printed_words(cell).replace("（", "，").removesuffix("）")
        if cell.metric.period or cell.when
        else cell.metric.printed
    )


def cell_hint(line: Line, column: int) -> str:
    """Every figure of a cell with its printed words and where they were printed."""
    by = row_unit(line.row)[1]
    parts = []
    for cell in line.row.cells[column]:
        metric = cell.metric
        said = [f"{metric.indicator}：{printed_words(cell)} = {value_words(cell, by)}", f"“{metric.quote}”"]
        parts.append("\n".join([*said, *filter(None, (metric.subject, cell.case.citation))]))
    return "\n\n".join(parts)


def copied_text(line: Line, column: int) -> str:
    """What goes to the clipboard: printed forms with their exact values."""
    by = row_unit(line.row)[1]
    return "；".join(f"{plain_value(c, by)}（{told(c)}）" for c in line.row.cells[column])


def verdict_text(line: Line) -> str:
    """The verdict of a row: what parts the first pair that is not comparable; partly, where others are."""
    found = line.verdicts
    if not found:
        return _tr("只有一处")
    if len(found) > 1 and "comparable" in found:
        return _tr("◐ 部分可比")
    more = _tr("等") if len(found) > 1 else ""
    return f"{MARK.get(found[0], '≠')} {_tr(VERDICT_WORDS[found[0]])}{more}"


def verdict_ink(line: Line) -> str:
    """Green where all compare, amber where something parts them."""
    found = line.verdicts
    return INKS.get(found[0], "warning") if found else "text-3"


def verdict_hint(line: Line) -> str:
    """Pair by pair, with the words that say so."""
    across = [pair for pair in line.sheet.pairs_at(line.at) if pair.row != pair.other_row]
    said = [verdict_words(line.sheet, line.at)]
    said += [f"{pair.left[0] + 1}—{pair.right[0] + 1}：{pair_words(pair)}" for pair in across[:6]]
    return "\n".join(filter(None, said))


def columns_of(sheet: Sheet) -> tuple[Column[Line], ...]:
    """Return the columns of a table for this comparison."""
    first: tuple[Column[Line], ...] = (
        Column("name", QT_TRANSLATE_NOOP(_C, "指标"), name_text, least=130, most=260, ink="text", hint=name_hint),
        Column("verdict", QT_TRANSLATE_NOOP(_C, "可否相比"), verdict_text, least=104, most=180, ink=verdict_ink,
               hint=verdict_hint, copied=lambda line: verdict_words(line.sheet, line.at)),
        Column("unit", QT_TRANSLATE_NOOP(_C, "单位"), lambda line: line.unit, "whole"),
    )  # fmt: skip
    last: tuple[Column[Line], ...] = (
        Column("way", QT_TRANSLATE_NOOP(_C, "归并"), lambda line: way_words(line.row), "whole", hint=name_hint),
    )
    return (*first, *(_column(sheet, at) for at in range(len(sheet.columns))), *last)


def _column(sheet: Sheet, at: int) -> Column[Line]:
    return Column(
        f"column{at}",
        f"{at + 1} {level(_short(sheet.columns[at].label))}",
        lambda line: line.cells[at],
        least=150,
        most=300,
        grows=at == len(sheet.columns) - 1,
        ink="text",
        tip=tip(sheet.columns[at].label),
        hint=lambda line: cell_hint(line, at),
        copied=lambda line: copied_text(line, at),
        key=lambda line: float(line.row.cells[at][0].value) if line.row.cells[at] else float("-inf"),
    )


def _short(label: str) -> str:
    """A title as it finds room in a head; the whole one is told under the mouse."""
    return label if len(label) <= LONGEST_HEAD else f"{label[:LONGEST_HEAD]}…"


class LinesModel(RecordsModel[Line]):
    """The rows of a comparison: first those that several columns have."""

    def under_heads(self, records: Sequence[Line]) -> Sequence[Line | Head]:
        """Put those that only one column has under a head of their own."""
        several = [line for line in records if line.verdicts]
        alone = [line for line in records if not line.verdicts]
        out: list[Line | Head] = []
        for words, lines in ((_tr("几处都有 {n}"), several), (_tr("只有一处有 {n}"), alone)):
            out += [Head(words.format(n=len(lines))), *lines] if lines else []
        return out


class FiguresView(RecordsView[Line]):
    """The table: a row shows its chart; Enter or a double click on a figure opens its case at the printed words."""

    cell_opened = Signal(object)
    """A figure's cell is to be seen where it was printed."""
    join_wanted = Signal(object)
    part_wanted = Signal(object)

    def __init__(self, sheet: Sheet, lines: Sequence[Line], parent: QWidget | None = None) -> None:
        super().__init__(LinesModel(columns_of(sheet), _C, parent), _tr("数据对照"), parent, several=True)
        self.show_records(lines)
        self.doubleClicked.connect(self._open)
        self.opened.connect(self._open)

    def lines_chosen(self) -> list[Line]:
        """Return the rows that are chosen."""
        found = (self._records.record(row) for row in self.chosen_rows())
        return [line for line in found if line is not None]

    def rows_in_sight(self, chosen: bool) -> list[int]:
        """Return which rows of the comparison are chosen, or all that are shown, from top to bottom."""
        rows = self.chosen_rows() if chosen else range(self._records.rowCount())
        return [line.at for line in map(self._records.record, rows) if line is not None]

    def columns_in_sight(self) -> list[int]:
        """Return which columns of the comparison are shown, from left to right."""
        return [at - FIXED for at in self.shown_columns() if 0 <= at - FIXED < len(self.columns) - FIXED - 1]

    def menu(self) -> QMenu:
        """Return the menu: the figures of the row, joining and parting of indicators, copying."""
        menu, chosen = super().menu(), self.lines_chosen()
        first = menu.actions()[0]
        for cell in (cell for line in chosen[:1] for cells in line.row.cells for cell in cells[:3]):
            words = _tr("看出处：{words}").format(words=f"{cell.metric.printed}（{cell.case.title[:16]}）")
            made = menu.addAction(entry(words), lambda cell=cell: self.cell_opened.emit(cell))
            menu.insertAction(first, made)
        menu.insertSeparator(first)
        join = menu.addAction(_tr("归为同一个指标"), lambda: self.join_wanted.emit(chosen))
        join.setEnabled(may_be_joined(chosen))
        part = menu.addAction(_tr("拆开这几个指标名"), lambda: self.part_wanted.emit(chosen))
        part.setEnabled(len(chosen) == 1 and len(chosen[0].row.names) > 1)
        for action in (join, part):
            menu.insertAction(first, action)
        menu.insertSeparator(first)
        return menu

    def _open(self, index: QModelIndex) -> None:
        line = index.data(RecordRole)
        at = index.column() - FIXED
        if line is None:
            return
        cells = line.row.cells
        inside = cells[at] if 0 <= at < len(cells) else next((cell for cell in cells if cell), ())
        if inside:
            self.cell_opened.emit(inside[0])

    def _open_menu(self, at: QPoint) -> None:
        self.menu().popup(self.viewport().mapToGlobal(at))


def may_be_joined(lines: Sequence[Line]) -> bool:
    """Whether rows are counted alike, so that a person may call them one indicator."""
    from core.comparing.units import measure

    kinds = {(line.row.quality, measure(line.row.unit).dimension) for line in lines}
    return len(lines) > 1 and len(kinds) == 1


def _tr(text: str) -> str:
    return QCoreApplication.translate(_C, text)
