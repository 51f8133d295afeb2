"""A dressed application, a small library of invented cases, and the real window on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionViewItem, QTableView
from pytestqt.qtbot import QtBot

from core.folders import Folders
from core.library import Library
from core.records import Case, Citation, Mechanism, Metric, Part, Place
from gui import theme
from gui.chinese import speak_chinese
from gui.shell.settings import Settings
from gui.window import Window


def _case(at: int, title: str, place: Place, themes: tuple[str, ...], figures: int = 0, body: str = "") -> Case:
    metrics = tuple(
        Metric(
            f"帮办事项{n + 1}", Decimal(100 * at + n), "件", printed=f"{100 * at + n}件", quote=f"办成{100 * at + n}件"
        )
        for n in range(figures)
    )
    return Case(
        id=f"00000000-0000-4000-8000-{at:012}",
        title=title,
        place=place,
        themes=themes,
        summary=body,
        published=f"2024-0{1 + at % 9}",
        citations=(Citation(paper="清河日报", published=f"2024-0{1 + at % 9}", headline=title),),
        mechanisms=(Mechanism("三问三办", "work model", (Part("三问", "问需、问计、问效"),)),) if at == 1 else (),
        metrics=metrics,
    )


PLACES = (
    Place("130534", "河北省", "邢台市", "清河县"),
    Place("130502", "河北省", "邢台市", "襄都区"),
    Place("370781", "山东省", "潍坊市", "青州市"),
)
CASES = (
    _case(1, "村口办起议事亭", PLACES[0], ("基层治理",), 3, "邻里有事到亭子里说。"),
    _case(2, "夜校请来种粮能手", PLACES[0], ("乡村振兴与共同富裕", "人才工作"), 0, "能手教村民选种。"),
    _case(3, "小巷里的修补铺", PLACES[1], ("民生服务",), 1, "老街坊修伞补鞋，邻里互助。"),
    _case(4, "古城里的志愿导览", PLACES[2], ("文化教育", "社会组织与志愿服务"), 12, "学生带游客认街巷。"),
    _case(5, "窗口前移到车间", PLACES[2], ("营商环境",), 2, "办事员进厂帮企业填表。"),
)


@pytest.fixture
def dressed(qapp: QApplication) -> QApplication:
    """The application as a user sees it, in the light theme."""
    speak_chinese(qapp)
    theme.apply(qapp, "light")
    return qapp


@pytest.fixture(scope="session", autouse=True)
def emptied_clipboard(qapp: QApplication) -> Iterator[None]:
    """Offscreen the clipboard outlives Python, and must hold nothing of Python's then: the process would crash."""
    yield
    qapp.clipboard().clear()


@pytest.fixture
def library_path(tmp_path: Path) -> Path:
    """A library of five cases."""
    path = tmp_path / "清河案例.anlan"
    library = Library.create(path)
    library.cases.add(CASES)
    library.close()
    return path


@pytest.fixture
def library(library_path: Path) -> Iterator[Library]:
    library = Library.open(library_path)
    yield library
    library.close()


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    home = tmp_path / "用户"
    home.mkdir()
    return Folders(home, home, home / "日志", home / "缓存")


@pytest.fixture
def new_window(qtbot: QtBot, dressed: QApplication, folders: Folders) -> Iterator[Callable[[], Window]]:
    """Makes windows of one person, and closes those that a test left open."""
    made: list[Window] = []

    def make() -> Window:
        made.append(Window(folders, Settings(folders.settings)))
        qtbot.addWidget(made[-1])
        made[-1].resize(1280, 800)  # the screen of the offscreen platform is 800 wide
        made[-1].show()
        return made[-1]

    yield make
    for window in made:
        window.close()


@pytest.fixture
def window(qtbot: QtBot, new_window: Callable[[], Window], library_path: Path) -> Window:
    """The real window on the small library, listing all its cases."""
    window = new_window()
    open_in(qtbot, window, library_path)
    with qtbot.waitSignal(window.browse.settled):
        window.browse.choosing.show_all()
    return window


def open_in(qtbot: QtBot, window: Window, path: Path) -> None:
    """Open the library and wait until it is listed."""
    with qtbot.waitSignals([window.shell.library_opened, window.browse.settled], order="strict"):
        window.files.open(path)
    if not window.views.is_browsing():
        with qtbot.waitSignal(window.browse.settled):
            pass


@pytest.fixture
def model_faults() -> Iterator[Callable[[QAbstractItemModel], list[str]]]:
    """Watches models with Qt's own checker and gives what it found wrong (it kills the run when told to be fatal)."""
    faults: list[str] = []
    testers: list[QAbstractItemModelTester] = []

    def note(kind: QtMsgType, context: object, message: str) -> None:
        if "FAIL" in message:
            faults.append(message)

    def watch(model: QAbstractItemModel) -> list[str]:
        testers.append(QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning))
        return faults

    before = qInstallMessageHandler(note)
    yield watch
    qInstallMessageHandler(before)


@pytest.fixture
def cut() -> Callable[[QTableView, int], list[str]]:
    """Gives the cells of a column whose text is wider than the room that Qt's style leaves to it."""
    return _cut


def _cut(view: QTableView, column: int) -> list[str]:
    """The cells of a column whose text is wider than the room that Qt's style leaves to it."""
    out, style = [], view.style()
    margin = style.pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin, None, view) + 1
    for row in range(view.model().rowCount()):
        index, option = view.model().index(row, column), QStyleOptionViewItem()
        view.initViewItemOption(option)
        view.itemDelegate().initStyleOption(option, index)
        option.rect = view.visualRect(index).adjusted(4, 0, -4, 0)
        room = style.subElementRect(QStyle.SubElement.SE_ItemViewItemText, option, view).width() - 2 * margin
        text = str(index.data() or "")
        if QFontMetrics(option.font).horizontalAdvance(text) > room:
            out.append(text)
    return out
