"""Files dragged over the window: what letting go would do is said over it, and what is dropped is handed on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from core.folders import LIBRARY_SUFFIX
from core.writing.figure_text import grouped
from gui import theme
from gui.kit.basics import column_of
from gui.kit.plain import level
from gui.kit.widgets import CORNER, Notice
from gui.kit.words import QT_TRANSLATE_NOOP

Refusal = tuple[str, str]
"""Why nothing can be taken, and what to do; both empty where files are taken."""
_D = "Dropping"
LOOKED_AT = 20
"""So many of the files are asked whether they are folders: a slow disk must not hold up the mouse."""
GROUND_SHARE = 0.94
NO_FILES: Refusal = (
    QT_TRANSLATE_NOOP(_D, "这里只收版面文件"),
    QT_TRANSLATE_NOOP(_D, "文字可以复制，再按 Ctrl+Shift+V 粘贴成一个版面。"),
)


class Dropping(QObject):
    """Watches what is dragged over a window; says meanwhile what would become of it."""

    dropped = Signal(object)
    """These files and folders were let go, and can be taken (a list of paths)."""
    refused = Signal(str, str)
    """Something was let go that cannot be taken: why, and what to do."""

    def __init__(self, window: QWidget, why_not: Callable[[], Refusal], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._why_not, self._window = why_not, window
        self._sheet: DropSheet | None = None
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take what comes from another program; what is dragged inside the window is for its own lists."""
        if event.type() == QEvent.Type.DragLeave:
            self._end()
        kinds = (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop)
        if event.type() in kinds and isinstance(event, QDropEvent) and event.source() is None:
            self._take(event)
            return True
        return False

    def _take(self, event: QDropEvent) -> None:
        files = files_of(event.mimeData())
        why, then = ("", "") if files and all(map(is_library, files)) else self._why_not()
        if not files:
            why, then = map(_tr, NO_FILES)
        entered, let_go = event.type() == QEvent.Type.DragEnter, event.type() == QEvent.Type.Drop
        event.setDropAction(Qt.DropAction.CopyAction)
        # What is refused as it enters is not followed further, so that nobody would hear of its leaving.
        event.setAccepted(entered or not why)
        if entered:
            self._say(files, why, then)
        elif let_go:
            self._end()
            signal, said = (self.refused, (why, then)) if why else (self.dropped, (files,))
            QTimer.singleShot(0, self, lambda: signal.emit(*said))  # let the file manager go first

    def _say(self, files: Sequence[Path], why: str, then: str) -> None:
        if self._sheet is None:
            self._sheet = DropSheet(self._window)
        self._sheet.say(why or what_drops(files), then or what_follows(files), bool(why))
        self._sheet.cover(over_fields=bool(files))

    def _end(self) -> None:
        if self._sheet is not None:
            self._sheet.hide()


class DropSheet(QWidget):
    """A sheet over the whole window with the one sentence that matters while something is dragged."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window, self._refused = window, False
        self._notice = Notice(self)
        column_of(self, self._notice)
        self.hide()

    def say(self, head: str, then: str, refused: bool) -> None:
        """Say what letting go would do, or why it would do nothing."""
        self._refused = refused
        self._notice.say("triangle-alert" if refused else "upload", head, then)
        self.setAccessibleName(level(head))
        self.update()

    def words(self) -> str:
        """What stands on the sheet."""
        return self._notice.words()

    def cover(self, over_fields: bool) -> None:
        """Lie over the window; ``over_fields`` also for the mouse, so that no field takes the name of a file."""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, not over_fields)
        self.setGeometry(self._window.rect())
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground, through which the window is still seen, and the edge that says yes or no."""
        ground = theme.color("surface")
        ground.setAlphaF(GROUND_SHARE)
        line = Qt.PenStyle.SolidLine if self._refused else Qt.PenStyle.DashLine
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), ground)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.color("border" if self._refused else "accent"), 2, line))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(12, 12, -12, -12), CORNER, CORNER)


def is_library(path: Path) -> bool:
    """Return whether a file is called as libraries are: it is opened, and holds no page."""
    return path.suffix.lower() == LIBRARY_SUFFIX


def what_follows(files: Sequence[Path]) -> str:
    """Return what becomes of these files and folders then."""
    if files and all(map(is_library, files)):
        return _tr("打开以前会先问一声。现在的案例库不会变。")
    from core.sources import KINDS

    return _tr("{kinds}。读好了先在导入台上看，看过再收进案例库。").format(kinds=KINDS)


def what_drops(files: Sequence[Path]) -> str:
    """Return what letting go of these files and folders would do."""
    if files and all(map(is_library, files)):
        return _tr("松开，打开这个案例库")
    asked = files[:LOOKED_AT]
    folders = sum(path.is_dir() for path in asked)
    kind = _tr("文件夹") if folders == len(asked) else _tr("文件和文件夹") if folders else _tr("文件")
    if len(files) == 1:
        return _tr("松开，读这个{0}").format(kind)
    return _tr("松开，读这 {0} 个{1}").format(grouped(len(files)), kind)


def files_of(dropped: QMimeData) -> list[Path]:
    """Return the files and folders among what is dropped or on the clipboard."""
    return [Path(url.toLocalFile()) for url in dropped.urls() if url.isLocalFile()] if dropped.hasUrls() else []


def _tr(text: str) -> str:
    return QCoreApplication.translate(_D, text)
