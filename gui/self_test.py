"""The program tries itself: ``anlan --self-test DIR`` clicks through the window and says in one line how it went.

It needs nothing but the program (no test framework), so that it runs wherever the program was unzipped. Library,
settings and logs of the run lie in ``DIR``; nobody's own are touched. It writes screenshots and ``report.json`` there,
prints the same line, and ends with 0 (all went well), 1 (something was not as it should be), 2 (an exception) or 3
(it hung).
"""

from __future__ import annotations

import json
import os
import platform
import re
import sys
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any

from PySide6.QtCore import (
    QCollator,
    QEventLoop,
    QLocale,
    QMimeData,
    QModelIndex,
    QPoint,
    QPointF,
    Qt,
    QTimer,
    QtMsgType,
    QUrl,
    qInstallMessageHandler,
    qVersion,
)
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QImage, QInputMethodEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QTextBrowser, QTextEdit, QWidget

from core.folders import Folders
from core.library import Query
from gui import theme
from gui.shell.faults import FaultLog
from gui.shell.settings import Settings
from gui.window import Window

GOOD, FAILED, RAISED, HUNG = 0, 1, 2, 3
STEP_SECONDS, WHOLE_SECONDS = 30, 240
FEWEST_COLOURS = 12
"""A screenshot with fewer different colours shows an empty window."""
PAGE = """梧桐日报 2023年6月18日 第3版

晒谷场上开起“灯下会”
本报记者 方禾

本报讯 六月的夜里，江西省上饶市婺源县秋口镇的晒谷场亮起一盏灯。镇里办起“灯下会”，
干部搬着板凳听村民说事，当场能办的当场答复。

今年以来，全镇开会46场，收到意见318条，办结297条，群众满意率达到98.6%。
一位老人说，灯一亮，话就好说了。
"""


class UnexpectedError(Exception):
    """Something was not as it should be; the text says what."""


@dataclass
class Tester:
    """The hands and eyes of the run."""

    window: Window
    folder: Path
    said: list[str] = field(default_factory=list)
    shots: int = 0

    def wait(self, true: Callable[[], object], what: str, seconds: float = STEP_SECONDS) -> None:
        """Let the window work until it is so."""
        end = time.monotonic() + seconds
        while not true():
            if self.said:
                raise UnexpectedError(f"{what}：程序报告「{self.said.pop()}」")
            if time.monotonic() > end:
                raise UnexpectedError(f"{what}：等了 {seconds:.0f} 秒")
            self.rest(15)

    def rest(self, milliseconds: int) -> None:
        """Let the window work for a while."""
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()

    def click(self, view: QAbstractItemView, index: QModelIndex) -> None:
        """Click on a row as a mouse does."""
        view.scrollTo(index)
        self.rest(20)
        at = view.visualRect(index).center()
        port = view.viewport()
        for kind, held in ((QMouseEvent.Type.MouseButtonPress, True), (QMouseEvent.Type.MouseButtonRelease, False)):
            buttons = Qt.MouseButton.LeftButton if held else Qt.MouseButton.NoButton
            place, none = QPointF(at), Qt.KeyboardModifier.NoModifier
            there = QPointF(port.mapToGlobal(QPoint(at)))
            QApplication.sendEvent(port, QMouseEvent(kind, place, there, Qt.MouseButton.LeftButton, buttons, none))
        self.rest(20)

    def press(self, widget: QWidget, key: Qt.Key) -> None:
        """Press a key and let it go."""
        for kind in (QKeyEvent.Type.KeyPress, QKeyEvent.Type.KeyRelease):
            QApplication.sendEvent(widget, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier))
        self.rest(20)

    def write(self, widget: QWidget, text: str) -> None:
        """Write as an input method does."""
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(widget, event)

    def drop(self, files: list[Path]) -> None:
        """Drop files on the window as from a file manager."""
        carried = QMimeData()
        carried.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
        place, none = QPointF(self.window.rect().center()), Qt.KeyboardModifier.NoModifier
        for kind in (QDragEnterEvent, QDropEvent):
            at = place if kind is QDropEvent else place.toPoint()
            copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
            event = kind(at, copy, carried, left, none)  # type: ignore[arg-type]
            QApplication.sendEvent(self.window, event)
            if not event.isAccepted():
                raise UnexpectedError("窗口不接受拖进来的文件")
        self.rest(20)

    def shoot(self, name: str) -> None:
        """Keep a picture of the window; one that shows nothing is a fault."""
        self.rest(80)
        picture = self.window.grab().toImage()
        self.shots += 1
        path = self.folder / f"{self.shots:02}-{name}.png"
        if not picture.save(str(path)):
            raise UnexpectedError(f"截图 {path.name} 写不进 {self.folder}")
        small = picture.scaled(96, 60)
        colours = {small.pixel(x, y) for x in range(small.width()) for y in range(small.height())}
        if len(colours) < FEWEST_COLOURS:
            raise UnexpectedError(f"截图 {path.name} 是空的，只有 {len(colours)} 种颜色")

    def listed(self) -> int:
        """How many cases the list shows."""
        return self.window.views.list.model.rowCount()

    def list_row(self, row: int) -> QModelIndex:
        """A row of the list at its first column that is shown."""
        table = self.window.views.list.table
        return self.window.views.list.model.index(row, min(table.shown_columns()))

    def pane_text(self) -> str:
        """What stands in the detail pane."""
        return "\n".join(
            page.toPlainText()
            for kind in (QTextBrowser, QTextEdit)
            for page in self.window.views.pane.findChildren(kind)
        )

    def expect(self, true: object, what: str) -> None:
        """Say what was wrong unless it is so."""
        if not true:
            raise UnexpectedError(what)


def see_opened(test: Tester) -> str:
    """The default library is built, opened and shown."""
    window = test.window
    window.files.open_first()
    test.wait(lambda: window.shell.session is not None, "打开默认案例库", 90)
    test.wait(lambda: window.views.tree.model.rowCount() > 1, "目录出现")
    cases = window.shell.library.cases.count()
    test.expect(cases > 0, "默认案例库是空的")
    test.expect("jieba" not in sys.modules, "打开时就装入了词典，会拖慢开机")
    test.shoot("总览")
    return f"{cases} 例"


def see_tree(test: Tester) -> str:
    """A click on a place of the tree lists its cases, as many as the tree says."""
    tree, everything = test.window.views.tree, test.window.shell.library.cases.count()
    test.window.browse.choosing.show_all()
    test.wait(lambda: test.listed() == everything, "列出全部案例")
    branches = [tree.model.index(row, 0) for row in range(tree.model.rowCount())]
    branch = next((index for index in branches if tree.model.hasChildren(index)), None)
    if branch is None:
        raise UnexpectedError("目录里没有可以展开的地区")
    name = branch.data()
    test.click(tree.view, branch)
    test.press(tree.view, Qt.Key.Key_Right)
    test.wait(lambda: tree.model.rowCount(branch) > 0, f"展开「{name}」")
    child = tree.model.index(0, 0, branch)
    test.click(tree.view, child)
    node = tree.chosen_node()
    test.expect(node is not None, f"点了「{child.data()}」没有选中")
    test.wait(lambda: test.listed() == node.total, f"「{node.label}」列出 {node.total} 例")
    test.shoot("目录")
    return f"{name} › {node.label}：{node.total} 例"


def see_case(test: Tester) -> str:
    """A click in the list shows that case."""
    window = test.window
    window.browse.choosing.show_all()
    test.wait(lambda: test.listed() == window.shell.library.cases.count(), "列出全部案例")
    test.click(window.views.list.table, test.list_row(0))
    row = window.views.list.model.row(0)
    if row is None:
        raise UnexpectedError("列表第一行是空的")
    test.wait(lambda: row.title in test.pane_text(), f"正文栏显示「{row.title}」")
    return row.title


def see_figures(test: Tester) -> str:
    """A click on a figure chooses it, and the pane shows where it was printed."""
    window = test.window
    library = window.shell.library
    nums = library.search.find(Query()).nums
    rows = [(len(library.cases.load(num).metrics), at) for at, num in enumerate(nums)]
    figures, at = max(rows)
    test.expect(figures > 0, "默认案例库里没有一条数据")
    window.browse.showing.show_case(nums[at])
    model = window.views.metrics.model
    test.wait(lambda: model.counts()[1] == figures, f"数据表列出 {figures} 条")
    chosen: list[Any] = []
    window.views.metrics.metric_chosen.connect(chosen.append)
    table = next(v for v in window.views.metrics.findChildren(QAbstractItemView) if v.model() is model)
    first = next(row for row in range(model.rowCount()) if model.record(row) is not None)
    test.click(table, model.index(first, 1))
    test.wait(lambda: chosen, "点数据")
    test.shoot("数据")
    return f"{figures} 条，点了「{chosen[0].printed}」"


def see_search(test: Tester) -> str:
    """What is typed finds every case that holds it, as a plain scan does."""
    window = test.window
    library = window.shell.library
    title = library.cases.rows(library.search.find(Query()).nums[:1])[0].title
    words = re.findall(r"[一-鿿]{2}", title)[0]
    window.views.search.focus()
    test.write(window.views.search.box, words)
    found = set(library.search.find(Query(words=words)).nums)
    scanned = {num for num in library.search.find(Query()).nums if words in _plain_text(library.cases.load(num))}
    test.expect(scanned and scanned <= found, f"查找「{words}」漏了 {len(scanned - found)} 例")
    test.wait(lambda: test.listed() == len(found), f"查找「{words}」列出 {len(found)} 例")
    test.shoot("查找")
    window.views.search.set_words("")
    test.wait(lambda: test.listed() == library.cases.count(), "清空查找后回到全部案例")
    return f"「{words}」{len(found)} 例"


def _plain_text(case: Any) -> str:
    """Title and prose of a case, as a reader looking page by page would meet them."""
    return "\n".join((case.title, case.summary, case.background, case.practice, case.result, *case.body))


def see_import(test: Tester) -> str:
    """A page that is dropped on the window is read, shown on the desk, and goes into the library with its figures."""
    window, before = test.window, test.window.shell.library.cases.count()
    page = test.folder / "晒谷场 版面.txt"
    page.write_text(PAGE, "utf-8")
    test.drop([page])
    desk, queue = window.importing.desk, window.importing.queue
    test.wait(lambda: queue().count("ready") + queue().count("failed") > 0, "读版面", 60)
    test.expect(queue().count("ready") == 1, f"没有读成：{[row.note for row in queue().model.rows]}")
    test.wait(lambda: desk().work is not None, "整理台显示版面")
    test.shoot("整理")
    desk().accept()
    test.wait(lambda: queue().count("added") == 1, "收进案例库")
    window.browse.choosing.show_all()
    added = window.shell.library.cases.count() - before
    test.wait(lambda: test.listed() == before + added, "导入的案例进了列表")
    library = window.shell.library
    figures = sum(len(library.cases.load(num).metrics) for num in library.search.find(Query(words="灯下会")).nums)
    test.expect(added > 0 and figures > 0, f"导入 {added} 例，{figures} 条数据")
    return f"{added} 例，{figures} 条数据"


def see_processes(test: Tester) -> str:
    """Many pages are read by processes of their own, which are this program again."""
    from core.intake.importing import import_files
    from core.intake.reading import ReadingPool

    session = test.window.shell.session
    if session is None:
        raise UnexpectedError("没有打开的案例库")
    pages = [test.folder / f"批量 {number}.txt" for number in (1, 2)]
    for number, page in enumerate(pages):
        page.write_text(
            PAGE.replace("灯下会", f"{'东西'[number]}院会").replace("6月18日", f"7月{number + 1}日"), "utf-8"
        )
    pool = ReadingPool(2)
    steps: list[Any] = []
    ends: list[object] = []
    job = session.begin(lambda library: import_files(library, pages, pool))
    job.stepped.connect(steps.append)
    job.finished.connect(lambda: ends.append("finished"))
    job.failed.connect(ends.append)
    test.wait(lambda: ends, "几个进程一起读", 120)
    pool.shutdown(wait=False)
    problems = [step.problem for step in steps if step.problem]
    test.expect(ends == ["finished"] and len(steps) == 2 and not problems, f"没有读完：{ends}，{problems}")
    session.changed.emit()
    test.wait(lambda: test.listed() == test.window.shell.library.cases.count(), "导入的案例进了列表")
    return f"{steps[-1].cases} 例，{steps[-1].figures} 条数据"


def see_copy(test: Tester) -> str:
    """Rows of the list go to the clipboard as cells."""
    window, clipboard = test.window, QApplication.clipboard()
    clipboard.setText("")
    test.click(window.views.list.table, test.list_row(0))
    title = window.views.list.model.row(0).title  # type: ignore[union-attr]
    window.views.list.copy()
    test.wait(lambda: title in clipboard.text(), f"复制「{title}」")
    test.expect("\t" in clipboard.text(), "复制的行没有分成单元格")
    return f"{len(clipboard.text())} 字"


def see_themes(test: Tester) -> str:
    """Dark is dark and light is light."""
    window = test.window
    schemes: dict[theme.Choice, str] = {"dark": "深色", "light": "浅色"}
    grounds = {}
    for scheme, shot in schemes.items():
        window.look.dress(scheme)
        test.shoot(shot)
        grounds[scheme] = lightness(window.grab().toImage())
    test.expect(grounds["dark"] < 90 < 160 < grounds["light"], f"明暗不对：{grounds}")
    return f"平均亮度 {grounds['dark']}，{grounds['light']}"


def lightness(picture: QImage) -> int:
    """The mean lightness of a picture, 0 to 255."""
    small = picture.scaled(48, 30)
    points = [(x, y) for x in range(small.width()) for y in range(small.height())]
    return round(sum(QColor(small.pixel(*point)).lightness() for point in points) / len(points))


def see_order(test: Tester) -> str:
    """Chinese sorts by its pinyin, so the program has the rules of the language with it."""
    collator = QCollator(QLocale("zh_CN"))
    words = sorted(("婺源", "安吉", "鹿城", "衢州"), key=collator.sortKey)
    test.expect(words == ["安吉", "鹿城", "衢州", "婺源"], f"没有按拼音排：{words}")
    return " ".join(words)


def see_silence(test: Tester) -> str:
    """Nothing that speaks to a network was loaded; in the unzipped program it isn't even there."""
    loaded = [name for name in ("ssl", "_ssl", "PySide6.QtNetwork") if name in sys.modules]
    test.expect(not loaded, f"装入了联网的部分：{loaded}")
    there = [name for name in ("_ssl", "PySide6.QtNetwork") if _is_there(name)] if getattr(sys, "frozen", False) else []
    test.expect(not there, f"程序里带着联网的部分：{there}")
    return "没有联网的部分"


def _is_there(name: str) -> bool:
    from importlib.util import find_spec

    try:
        return find_spec(name) is not None
    except (ImportError, ValueError):
        return False


STEPS: tuple[tuple[str, Callable[[Tester], str]], ...] = (
    ("打开默认案例库", see_opened),
    ("目录", see_tree),
    ("列表与正文", see_case),
    ("数据", see_figures),
    ("查找", see_search),
    ("拖入版面", see_import),
    ("几个进程读版面", see_processes),
    ("复制", see_copy),
    ("明暗", see_themes),
    ("中文排序", see_order),
    ("不联网", see_silence),
)


class Run:
    """One run: the report as it grows, and the three ways in which it can end early."""

    def __init__(self, app: QApplication, folder: Path, version: str) -> None:
        self.app, self.folder = app, folder
        self.code = GOOD
        self.faults: list[str] = []
        self.steps: list[dict[str, object]] = []
        self.messages: list[str] = []
        self.began = time.monotonic()
        self.about = {"version": version, **_surroundings(app)}

    def raised(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Note an exception that nobody caught, in a slot for instance."""
        self.code = RAISED
        self.faults.append("".join(traceback.format_exception(kind, error, trace)))

    def failed(self, what: str) -> None:
        """Note that something was not as it should be."""
        self.code = max(self.code, FAILED)
        self.faults.append(what)

    def hung(self) -> None:
        """End the process: the window's own thread doesn't answer."""
        self.code = HUNG
        self.faults.append("\n".join(_stack_of(thread) for thread in threading.enumerate()))
        self.say()
        os._exit(HUNG)

    def note_message(self, kind: QtMsgType, _: object, text: str) -> None:
        """Keep what Qt complains about."""
        if kind != QtMsgType.QtDebugMsg and len(self.messages) < 20:
            self.messages.append(text)

    def say(self) -> None:
        """Write the line to report.json and, where there is one, to standard output."""
        line = json.dumps(
            {
                "exit": self.code,
                **self.about,
                "seconds": round(time.monotonic() - self.began, 2),
                "steps": self.steps,
                "faults": self.faults,
                "messages": self.messages,
            },
            ensure_ascii=False,
        )
        (self.folder / "report.json").write_text(line + "\n", "utf-8")
        if sys.stdout is not None:  # a Windows program without a console has none
            sys.stdout.buffer.write(line.encode() + b"\n")
            sys.stdout.flush()


def run(app: QApplication, folder: Path, version: str) -> int:
    """Click through the window; the exit code."""
    folder.mkdir(parents=True, exist_ok=True)
    report = Run(app, folder.resolve(), version)
    sys.excepthook = report.raised
    threading.excepthook = lambda what: report.raised(
        what.exc_type, what.exc_value or what.exc_type(), what.exc_traceback
    )
    qInstallMessageHandler(report.note_message)
    watchdog = threading.Timer(WHOLE_SECONDS, report.hung)
    watchdog.daemon = True
    watchdog.start()
    try:
        _click_through(report)
    except Exception as error:
        report.raised(type(error), error, error.__traceback__)
    watchdog.cancel()
    qInstallMessageHandler(None)
    report.say()
    return report.code


def _click_through(report: Run) -> None:
    home = report.folder / "数据"
    folders = Folders(home, home, home / "日志", home / "缓存")
    window = Window(folders, Settings(folders.settings), FaultLog(folders.logs))
    test = Tester(window, report.folder)
    dialogs = QTimer(window, interval=300)
    dialogs.timeout.connect(lambda: _close_dialog(test.said))
    dialogs.start()
    window.show()
    try:
        _take_steps(report, test)
    finally:
        window.close()
        test.rest(50)
        # offscreen the clipboard outlives Python, and what it holds of Python's must not
        QApplication.clipboard().clear()
    for words in test.said:
        report.failed(f"程序报告「{words}」")


def _take_steps(report: Run, test: Tester) -> None:
    for name, see in STEPS:
        began = time.monotonic()
        step: dict[str, object] = {"step": name}
        report.steps.append(step)
        try:
            step["seen"] = see(test)
        except UnexpectedError as fault:
            step["fault"] = str(fault)
            report.failed(f"{name}：{fault}")
        step["ms"] = round((time.monotonic() - began) * 1000)
        if test.window.shell.session is None:
            break


def _close_dialog(said: list[str]) -> None:
    """A dialog that nobody asked for: keep its words and close it, else the run would wait for a person."""
    dialog = QApplication.activeModalWidget()
    if dialog is not None:
        words = [
            label.text() for label in dialog.findChildren(QWidget) if hasattr(label, "text") and callable(label.text)
        ]
        said.append(" ".join(word for word in [dialog.windowTitle(), *words] if word))
        dialog.close()


def _surroundings(app: QApplication) -> dict[str, object]:
    """Where the run took place."""
    screen = app.primaryScreen()
    return {
        "frozen": bool(getattr(sys, "frozen", False)),
        "program": str(Path(sys.executable).parent),
        "system": _system(),
        "python": platform.python_version(),
        "qt": qVersion(),
        "display": app.platformName(),
        "scale": screen.devicePixelRatio(),
        "screen": f"{screen.size().width()}×{screen.size().height()}",
        "language": os.environ.get("LANG", ""),
    }


def _system() -> str:
    """The system's own name and, on Linux, its glibc."""
    try:
        name = platform.freedesktop_os_release().get("PRETTY_NAME", "Linux")
    except OSError:
        return platform.platform()
    return f"{name}, {' '.join(platform.libc_ver())}, {platform.machine()}"


def _stack_of(thread: threading.Thread) -> str:
    frame = sys._current_frames().get(thread.ident or 0)
    return thread.name + "\n" + ("".join(traceback.format_stack(frame)) if frame else "")
