"""收回表格 in the real window: nothing is ticked at first, what is ticked is decided, and one undo takes it back."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.exporting import Wanted, export
from core.library import Query
from core.writing.xlsx.columns import CASE_COLUMNS, FIGURE_COLUMNS
from gui.window import Window
from gui.writing.taking_back import TakeBackDialog


@pytest.fixture
def sheet(window: Window, tmp_path: Path) -> Path:
    path = tmp_path / "表.xlsx"
    library = window.shell.library
    list(export(library, Wanted(list(library.search.find(Query()).nums)), "xlsx", path))
    book = openpyxl.load_workbook(path)
    heads = [c.head for c in FIGURE_COLUMNS]
    for row in (2, 3):
        book["数据"].cell(row, heads.index("单位") + 1).value = "桩"
    book["案例"].cell(2, [c.head for c in CASE_COLUMNS].index("标题") + 1).value = "表里的题"
    book["数据"].cell(4, heads.index("数值") + 1).value = "很多"
    book.save(path)
    return path


def test_only_what_is_ticked_is_taken(qtbot: QtBot, window: Window, sheet: Path) -> None:
    seen: list[object] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, TakeBackDialog):
            QTimer.singleShot(20, look)
            return
        seen.append((dialog.model.rowCount(), dialog.model.chosen(), dialog._go.isEnabled()))
        dialog.filter.setText("单位 桩")
        dialog.model.tick_shown(True)
        dialog.filter.setText("")
        seen.append(dialog._go.text())
        dialog._go.click()

    library = window.shell.library
    QTimer.singleShot(20, look)
    with qtbot.waitSignal(window.shell.library_changed, timeout=20_000):
        window.exporting.back.read(sheet)
    assert seen == [(4, ([], []), False), "收下 2 处"]
    assert (
        sum(m.unit == "桩" for num in library.search.find(Query()).nums for m in library.cases.load(num).metrics) == 2
    )
    assert not any(row.title == "表里的题" for row in library.cases.rows(list(library.search.find(Query()).nums)))
    assert library.decisions.all()


def test_what_cannot_be_taken_has_no_box(qtbot: QtBot, window: Window, sheet: Path) -> None:
    from core.taking_back import finder
    from core.writing.xlsx.back import take_back

    *_, found = take_back(sheet, finder(window.shell.library))
    dialog = TakeBackDialog(window, "表.xlsx", found, False)
    qtbot.addWidget(dialog)
    model = dialog.model
    boxes = [model.index(row, 0).data(Qt.ItemDataRole.CheckStateRole) for row in range(model.rowCount())]
    assert boxes == [Qt.CheckState.Unchecked] * 3 + [None]
    assert model.setData(model.index(0, 0), Qt.CheckState.Checked.value, Qt.ItemDataRole.CheckStateRole)
    assert len(model.chosen()[0]) == 1
    model.tick_shown(False)
    assert model.chosen() == ([], [])


def test_a_file_that_is_none_is_said_in_words(
    qtbot: QtBot, window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "坏.xlsx").write_text("words")
    said: list[str] = []
    monkeypatch.setattr(window.reports, "_tell", lambda head, words, detail: said.append(words))
    window.exporting.back.read(tmp_path / "坏.xlsx")
    qtbot.waitUntil(lambda: bool(said))
    assert "坏.xlsx" in said[0]
    assert "案例库没有改动" in said[0]
