"""What is dragged over the window is told what letting go would do, and what cannot be taken is refused."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from gui.desk.dropping import Dropping, DropSheet, what_drops

READ_ONLY = ("这个案例库只能看，不能改", "先打开一个能写的案例库。")


class Watched(QWidget):
    """A window over which files are dragged, and what came of it."""

    def __init__(self) -> None:
        super().__init__()
        self.why = ("", "")
        self.taken: list[list[Path]] = []
        self.refused: list[tuple[str, str]] = []
        dropping = Dropping(self, lambda: self.why, self)
        dropping.dropped.connect(self.taken.append)
        dropping.refused.connect(lambda *said: self.refused.append(said))

    def drag(self, kind: type[QDropEvent], mime: QMimeData) -> bool:
        """Send an event of a drag; whether it is accepted."""
        at = QPointF(20, 20) if kind is QDropEvent else QPointF(20, 20).toPoint()
        event = kind(at, Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)  # type: ignore[call-overload]
        QApplication.sendEvent(self, event)
        return event.isAccepted()

    def said(self) -> str:
        """What the sheet over the window says; empty when there is none."""
        sheet = self.findChild(DropSheet)
        return sheet.words().partition("\n")[0] if sheet is not None and sheet.isVisible() else ""


@pytest.fixture
def window(qtbot: QtBot, dressed: QApplication) -> Watched:
    out = Watched()
    qtbot.addWidget(out)
    out.resize(640, 360)
    out.show()
    return out


def files(*paths: Path) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


def words(text: str) -> QMimeData:
    mime = QMimeData()
    mime.setText(text)
    return mime


def test_files_are_counted_while_they_are_over_the_window(window: Watched) -> None:
    mime = files(Path("甲.txt"), Path("乙.pdf"), Path("丙.docx"))
    assert window.drag(QDragEnterEvent, mime)
    assert window.said() == "松开，读这 3 个文件"
    assert window.findChild(DropSheet).geometry() == window.rect()
    QApplication.sendEvent(window, QDragLeaveEvent())
    assert window.said() == ""


def test_what_is_let_go_is_handed_on_and_the_sheet_goes(qtbot: QtBot, window: Watched) -> None:
    mime = files(Path("甲.txt"))
    window.drag(QDragEnterEvent, mime)
    assert window.drag(QDragMoveEvent, mime)
    assert window.drag(QDropEvent, mime)
    assert window.said() == ""
    qtbot.waitUntil(lambda: window.taken == [[Path("甲.txt")]])


@pytest.mark.parametrize(
    ("mime", "why", "said"),
    [
        (files(Path("甲.txt")), READ_ONLY, READ_ONLY[0]),
        (words("一段文字"), ("", ""), "这里只收版面文件"),
        (words("一段文字"), READ_ONLY, "这里只收版面文件"),
    ],
)
def test_what_cannot_be_taken_is_told_and_refused(
    qtbot: QtBot, window: Watched, mime: QMimeData, why: tuple[str, str], said: str
) -> None:
    window.why = why
    window.drag(QDragEnterEvent, mime)
    assert window.said() == said
    assert not window.drag(QDragMoveEvent, mime)
    assert not window.drag(QDropEvent, mime)
    assert window.said() == ""
    qtbot.waitUntil(lambda: [refused[0] for refused in window.refused] == [said])
    assert window.taken == []


@pytest.mark.parametrize(("mime", "through"), [(files(Path("甲.txt")), False), (words("一段文字"), True)])
def test_a_field_takes_words_but_no_names_of_files(window: Watched, mime: QMimeData, through: bool) -> None:
    window.drag(QDragEnterEvent, mime)
    sheet = window.findChild(DropSheet)
    assert sheet.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents) is through


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["甲.txt"], "松开，读这个文件"),
        (["夹"], "松开，读这个文件夹"),
        (["夹", "夹"], "松开，读这 2 个文件夹"),
        (["夹", "甲.txt"], "松开，读这 2 个文件和文件夹"),
    ],
)
def test_folders_are_called_so(tmp_path: Path, names: Sequence[str], said: str) -> None:
    (tmp_path / "夹").mkdir()
    assert what_drops([tmp_path / name for name in names]) == said


def test_other_events_go_their_way(window: Watched) -> None:
    assert not window.findChild(Dropping).eventFilter(window, QEvent(QEvent.Type.Resize))


def test_a_library_is_opened_also_where_nothing_can_be_imported(qtbot: QtBot, window: Watched) -> None:
    window.why = READ_ONLY
    mime = files(Path("小王的案例库.ANLAN"))
    window.drag(QDragEnterEvent, mime)
    assert window.said() == "松开，打开这个案例库"
    assert window.drag(QDropEvent, mime)
    qtbot.waitUntil(lambda: window.taken == [[Path("小王的案例库.ANLAN")]])


def test_a_library_among_pages_needs_a_library_to_write_to(window: Watched) -> None:
    window.why = READ_ONLY
    window.drag(QDragEnterEvent, files(Path("甲.anlan"), Path("乙.txt")))
    assert window.said() == READ_ONLY[0]
