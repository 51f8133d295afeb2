"""Whatever stands in a library or is a file called: no view takes it for markup, opens a file or is turned round."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QTextBrowser,
    QToolTip,
    QWidget,
)
from pytestqt.qtbot import QtBot

from core.library import Library
from core.library.answers import LogRow
from core.records import Article, Case, Citation, Mechanism, Metric, Page, Paragraph, Part, Place, Span
from gui.desk.log import ImportLog
from gui.desk.queue import QueueRow
from gui.kit import dialogs
from gui.kit.plain import Label, level, tip
from gui.kit.widgets import Chip
from gui.window import Window
from tests.gui.conftest import open_in
from tests.opened import Opened

TURN = "\u202e"
MARKUP = re.compile(r"<(?:b|img|a)\b")
TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """A picture in a folder of its own."""
    (tmp_path / "外面").mkdir()
    out = tmp_path / "外面" / "x.png"
    assert QImage(8, 8, QImage.Format.Format_RGB32).save(str(out))
    return out


@pytest.fixture
def hostile(picture: Path) -> str:
    """A text that would open the picture, and turn round what stands after it."""
    return f'<b><img src="file://{picture}">{TURN}甲'


@pytest.fixture
def foreign(tmp_path: Path, hostile: str) -> Path:
    """A library from elsewhere, under a name that is markup, in which every text is."""
    folder = tmp_path / f"<b>夹{TURN}"
    folder.mkdir()
    path = folder / f"<img src='x.png'>{TURN}案例&库.anlan"
    page = Page(
        f"{hostile}\n办成5件。\n", hostile, sha256="1", paper=hostile, published="2024-05-03", page_no="3",
        notes=(hostile,),
    )  # fmt: skip
    article = Article(
        hostile, (Paragraph((Span(0, len(page.text)),)),), byline=(hostile,), section=hostile,
        place=Place("990101", hostile, hostile, hostile), themes=(hostile,),
        mechanisms=(Mechanism(hostile, "work model", (Part(hostile, hostile),), (hostile,), hostile),),
        metrics=(Metric(hostile, Decimal(5), "件", subject=hostile, period=hostile, printed="5件", quote=hostile),),
    )  # fmt: skip
    case = Case(
        "00000000-0000-4000-8000-000000000001", hostile, place=Place("990102", hostile, hostile, hostile),
        themes=(hostile,), summary=hostile, practice=hostile, body=(hostile,),
        citations=(Citation(hostile, "2024", "1", hostile),), mechanisms=article.mechanisms,
        metrics=article.metrics * 3,
    )  # fmt: skip
    with Library.create(path) as library:
        library.cases.add([case])
        library.pages.add(page, [article])
        library.selections.add(hostile)
        library.log.write([LogRow("", hostile, "failed", reason=hostile)])
    return path


def test_the_watch_sees_a_file_that_a_label_opens(qtbot: QtBot, picture: Path, hostile: str) -> None:
    with Opened(picture.parent) as opened:
        careless = QLabel(hostile)
        qtbot.addWidget(careless)
        careless.show()
        qtbot.wait(20)
        assert opened.names() == {"x.png"}
        careful = Label(hostile)
        qtbot.addWidget(careful)
        careful.show()
        qtbot.wait(20)
        assert opened.names() == set()
    assert careful.text() == level(hostile)


def test_tool_tip_keeps_words_and_lines() -> None:
    page = QTextBrowser()
    page.setHtml(tip("甲<b>\n\u202e乙 & 丙"))
    assert page.toPlainText() == "甲<b>\n\u2060乙 & 丙"
    assert tip("") == ""


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel tells of opened files")
def test_no_view_takes_foreign_text_for_markup(
    qtbot: QtBot, new_window: Callable[[], Window], foreign: Path, picture: Path, hostile: str
) -> None:
    with Opened(picture.parent) as opened:
        window = new_window()
        window._settings.keep("libraries/recent", [str(foreign), str(foreign.with_name(f"{TURN}<b>乙.anlan"))])
        open_in(qtbot, window, foreign)
        for show in _pages(window, hostile):
            show()
            qtbot.wait(60)
            _look(window)
        for dialog in _dialogs(window, foreign, hostile):
            qtbot.addWidget(dialog)
            dialog.show()
            qtbot.wait(20)
            _look(dialog)
            dialog.close()
        for menu in _menus(window):
            menu.popup(QPoint(0, 0))
            _look_at_menu(menu)
            menu.close()
        assert opened.names() == set()


def _pages(window: Window, hostile: str) -> Iterator[Callable[[], object]]:
    """Every page of the window with something of the library in it."""
    choosing = window.browse.choosing
    yield choosing.show_overview
    yield choosing.show_mechanisms
    yield lambda: window.views.mechanisms.choose(hostile)
    yield choosing.show_all
    yield choosing.swap_tree
    yield lambda: window.browse.showing.show_case(1)
    yield lambda: window.views.metrics.view.choose(0)
    yield lambda: window.views.list.table.set_dense(True)
    yield lambda: window.views.search.set_words("甲")
    yield lambda: window.views.search.set_words(hostile)
    yield lambda: window.views.search.set_words("")
    yield lambda: window.views.sources.set_folded(False)
    yield window.views.sheet.open
    yield lambda: window.views.sheet.show_places("", [("1", hostile, hostile)])
    yield lambda: window.browse.showing.show_case(2)
    yield lambda: window.shell.say(hostile)
    yield lambda: window.shell.say_busy(hostile)
    yield lambda: window.importing.take_source(window.shell.library.pages.rows()[0].id)
    failed = QueueRow(hostile, "failed", hostile, path=Path("/") / hostile.replace("/", "∕"))
    yield lambda: window.importing.queue().model.add([failed])


def _dialogs(window: Window, foreign: Path, hostile: str) -> Iterator[QDialog]:
    yield dialogs.Message(window, hostile, hostile, hostile)
    yield dialogs.NameDialog(window, "改名", "好", lambda name: hostile, hostile)
    yield dialogs.RestoreDialog(window, [foreign])
    yield ImportLog(window.shell.library.log.rows(), window)


def _menus(window: Window) -> Iterator[QMenu]:
    yield window.browse.collecting.menu_for([1])
    yield window.views.pane.menu()
    recent = QMenu(window)
    recent.setToolTipsVisible(True)
    window.files.fill_recent(recent)
    yield recent


def _look(top: QWidget) -> None:
    """Look at every text that is shown in a window now, and show every tool tip."""
    assert not TURNS.search(top.windowTitle())
    for widget in (top, *top.findChildren(QWidget)):
        _is_plain_tip(widget.toolTip(), widget)
        assert not TURNS.search(widget.accessibleName() + widget.accessibleDescription()), widget
        if isinstance(widget, QLabel) and widget.objectName() != "qtooltip_label":
            assert widget.textFormat() == Qt.TextFormat.PlainText, widget.text()
            assert not TURNS.search(widget.text())
        if isinstance(widget, Chip):
            assert not TURNS.search(widget.text())
        if isinstance(widget, QTextBrowser):
            assert not TURNS.search(widget.toPlainText())
        if isinstance(widget, QAbstractItemView) and widget.model() is not None:
            _look_at_model(widget.model(), widget)
        if isinstance(widget, QLineEdit):
            widget.ensurePolished()  # a field shows one line of its own, which turns round nothing but itself


def _look_at_model(model: QAbstractItemModel, view: QAbstractItemView, parent: QModelIndex | None = None) -> None:
    parent = parent or QModelIndex()
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(parent)
    for way, count in ((Qt.Orientation.Horizontal, columns), (Qt.Orientation.Vertical, model.rowCount(parent))):
        for at in range(count):
            _is_plain(*(model.headerData(at, way, role) for role in ROLES), view)
    for row in range(model.rowCount(parent)):
        for column in range(columns):
            index = model.index(row, column, parent)
            _is_plain(*(index.data(role) for role in ROLES), view)
        _look_at_model(model, view, model.index(row, 0, parent))


def _is_plain(shown: object, hint: object, spoken: object, view: QWidget) -> None:
    for text in (shown, spoken):
        assert not isinstance(text, str) or not TURNS.search(text), view
    _is_plain_tip(hint if isinstance(hint, str) else "", view)


def _is_plain_tip(text: str, widget: QWidget) -> None:
    assert not MARKUP.search(text), (widget, text)
    assert not TURNS.search(text), (widget, text)
    if text.startswith("<qt>"):
        QToolTip.showText(QPoint(1, 1), text, widget)
        QApplication.processEvents()


def _look_at_menu(menu: QMenu) -> None:
    for action in menu.actions():
        assert not TURNS.search(action.text())
        if menu.toolTipsVisible():
            _is_plain_tip(action.toolTip() if action.toolTip() != action.text() else "", menu)
