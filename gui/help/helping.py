"""What the help menu does, what a first start says, and what is said after a run that broke off."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QWidget

from gui.shell.jobs import Job, LibraryThread

if TYPE_CHECKING:
    from core.library.checking import Report
    from gui.kit.banner import Banner
    from gui.kit.keys import Shortcut
    from gui.shell.faults import FaultLog
    from gui.shell.settings import Settings
    from gui.shell.shell import Shell

_TOLD = 3
"""So many of the things that a check found are named in the bar."""
WELCOMED = "help/welcomed"
"""Whether a person has read the first words, and closed them."""


class Helping(QObject):
    """Shows the manual, the first words and the bar about a crash, when there is reason to."""

    welcome_made = Signal(QWidget)
    """The panel of the first start, to be shown on top of the overview."""
    bar_made = Signal(QWidget)
    """A bar to be shown over all panes."""
    overview_wanted = Signal()
    import_wanted = Signal()

    def __init__(self, shell: Shell, settings: Settings, log: FaultLog, shortcuts: Sequence[Shortcut]) -> None:
        super().__init__(shell)
        self._shell, self._settings, self._log, self._shortcuts = shell, settings, log, shortcuts
        self.greets = not settings.flag(WELCOMED, bool(settings.texts("libraries/recent")))
        """Whether the first words are said at this start, unasked."""
        self._manual: QWidget | None = None
        self.bar: Banner | None = None
        self._of_the_log = ""
        """What is said of the log where a run broke off."""
        self._checking: LibraryThread | None = None

    # ---- the first start

    def show_welcome(self) -> None:
        """On the overview: what this is, where the library lies, how pages come in."""
        self.overview_wanted.emit()
        self.welcome()

    def welcome(self) -> None:
        """Say what a first start should say, at the next starts too, until a person closes it."""
        from gui.help.welcome import Welcome

        session = self._shell.session
        if session is None:
            return
        self._settings.keep(WELCOMED, False)
        folder = session.path.parent
        panel = Welcome(
            str(session.path),
            [(self.tr("打开所在文件夹"), lambda: open_folder(folder))],
            [
                (self.tr("导入版面…"), self.import_wanted.emit),
                (self.tr("使用手册"), self.show_manual),
            ],
        )
        panel.closed.connect(lambda: self._settings.keep(WELCOMED, True))
        self.welcome_made.emit(panel)

    # ---- keys, version

    def show_shortcuts(self) -> None:
        """Show all keys."""
        from gui.help.shortcut_list import ShortcutList

        ShortcutList(self._shortcuts, self._shell.window).exec()

    def show_about(self) -> None:
        """Show version and licences."""
        from gui.help.about import AboutDialog

        AboutDialog(self._shell.window).exec()

    # ---- the manual

    def show_manual(self, page: str = "") -> None:
        """The manual in a window of its own, beside which a person can go on working."""
        from gui.help.manual import Manual

        if self._manual is None:
            self._manual = Manual(self._shell.window)
        self._manual.show()
        self._manual.raise_()
        self._manual.activateWindow()

    # ---- after a crash

    def tell_of_crash(self, traces: Sequence[str]) -> None:
        """Say that an earlier run broke off; whether the library is whole is said as soon as it was looked at."""
        from gui.kit.banner import Banner

        unknown = self.tr("没有留下经过，多半是断电或被强行结束。")
        for trace in traces:
            self._log.write(self.tr("有一次运行没有正常结束。") + "\n" + (trace.strip() or unknown))
        self.bar = Banner(
            self.tr("上次没有正常结束"),
            self.tr("可能是断电、被强行结束，或程序出了错。案例库打开后会检查一遍。"),
            [
                (self.tr("打开日志所在文件夹"), lambda: open_folder(self._log.path.parent)),
                (self.tr("复制日志"), self.copy_log),
            ],
        )
        self._of_the_log = self.tr("日志只在本机，不会发到任何地方。")
        self.bar_made.emit(self.bar)
        self._shell.library_opened.connect(self._check, Qt.ConnectionType.SingleShotConnection)

    def check_library(self) -> None:
        """Look the open library over now, and say in a bar what came of it."""
        from gui.kit.banner import Banner

        self._of_the_log = ""
        self.bar = Banner(self.tr("检查案例库"), self.tr("正在检查，可以照常使用……"), [])
        self.bar_made.emit(self.bar)
        self._check()

    def copy_log(self) -> None:
        """Put the end of the log on the clipboard, to be handed on by a person who wants to."""
        QGuiApplication.clipboard().setText(self._log.tail())
        self._shell.say(self.tr("已复制日志，可以粘贴给帮您看问题的人。"))

    def _check(self) -> None:
        """Look the whole library over, beside the window and its library thread."""
        session = self._shell.session
        if session is None:
            return
        path = session.path
        self._look(path, lambda: _look_over(path))

    def _look(self, path: Path, look: Callable[[], Report]) -> None:
        """Let a thread of its own look the library over, or mend it first, and say what came of it."""
        self.close()
        self._checking = LibraryThread(Nothing, self)
        self._checking.start()
        job: Job = self._checking.begin(lambda nothing: iter((look(),)))
        job.stepped.connect(lambda report: self._say_report(report, path))
        job.failed.connect(lambda error: self._say_checked(str(error)))

    def _say_report(self, report: Report, path: Path) -> None:
        if not report.findings:
            self._say_checked(self.tr("「{name}」已经检查过，是完整的，存过的都在。").format(name=path.stem))
            return
        found = "".join(f"{finding.text.rstrip('。')}。" for finding in report.findings[:_TOLD])
        said = self.tr("「{name}」检查过：{words}。").format(name=path.stem, words=report.words())
        self._say_checked(said + found)
        if report.can_rebuild and self.bar is not None:
            self.bar.offer(self.tr("重建"), lambda: self._look(path, lambda: _mend(path)))

    def _say_checked(self, words: str) -> None:
        if self._checking is not None:
            self._checking.stop()
            self._checking = None
        if self.bar is not None and self._shell.session is not None:
            self.bar.say(words + self._of_the_log)

    def close(self) -> None:
        """End what still goes on."""
        if self._checking is not None:
            self._checking.stop()
            self._checking = None


class Nothing:
    """In the place of an open library, where work opens the file itself."""

    def close(self) -> None:
        """Nothing is open."""


def _look_over(path: Path) -> Report:
    """What is wrong with a library, every page and case of the file looked at; raises why it cannot be."""
    from core.library import checking

    return checking.check(path)


def _mend(path: Path) -> Report:
    """Make anew what can be, and look again."""
    from core.library import checking

    checking.rebuild(path)
    return checking.check(path)


def open_folder(folder: Path) -> None:
    """Show a folder in the system's own file manager."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
