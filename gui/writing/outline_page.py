"""The page on which a 汇编 is put in order: its title, its lines, and beside them the line that is chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QSplitter, QStackedWidget, QWidget

from core.library.answers import Outline, OutlineLine
from core.writing.figure_text import grouped
from gui import theme
from gui.kit.basics import IconButton, Line, column_of, divide
from gui.kit.plain import Label, level
from gui.kit.widgets import Notice
from gui.kit.words import QT_TRANSLATE_NOOP
from gui.writing.line_editor import LineEditor
from gui.writing.outline_list import NEW, OutlineList

_C = "Outline"
Kind = Literal["heading", "note"]
_NARROW = 640
"""Below this width the lines and the chosen one stand over each other."""
_NOTHING = (
    QT_TRANSLATE_NOOP(_C, "这个汇编里还没有案例"),
    QT_TRANSLATE_NOOP(_C, "在列表里选中案例，按 Ctrl+D 加进来；也可以先写小标题。"),
)


class OutlinePage(QWidget):
    """Shows one 汇编 at a time; what a person does is said by signals, and shown when the library has it so."""

    entitled = Signal(str)
    moved = Signal(object, int)
    """Lines by their keys, wanted before the one in that row."""
    taken = Signal(object)
    """Lines by their keys are to go."""
    written = Signal(str, str, int)
    """Kind and words of a new text, and the row before which it is wanted."""
    rewritten = Signal(object, str)
    annotated = Signal(int, str)
    chosen = Signal(int, object)
    """A case, and which of its figures are to be written; None for all."""
    case_needed = Signal(int)
    """The figures of this case are to be shown."""
    case_wanted = Signal(int)
    """This case is to be seen where it is read."""
    cases_wanted = Signal()
    """Cases are to be found and put in."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.outline: Outline | None = None
        self._new: tuple[Kind, int] | None = None
        """A text that is being begun, and the row that it stands in."""
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.title = _Title()
        self.list, self.editor = OutlineList(), LineEditor()
        self._count, self._name = Label(), Label()
        self._nothing = Notice()
        self._left = QStackedWidget()
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self.buttons: dict[str, IconButton] = {}
        self._build()
        self._connect()
        self.setFocusProxy(self.list)

    # ---- what the area says

    def show_outline(self, outline: Outline, chosen: Sequence[int | str] = ()) -> None:
        """Show it; the lines that were chosen stay so, unless others (by their keys) are named."""
        if self.outline is None or outline.id != self.outline.id:
            self._new = None
            self.editor.show_line(None)
        self.outline = outline
        self._name.setText(level(self.tr("汇编「{name}」").format(name=outline.name)))
        self.title.setPlaceholderText(self.tr("标题，不写就用「{name}」").format(name=level(outline.name)))
        self.title.show_title(outline.title)
        count = self.tr("{n} 例").format(n=grouped(len(outline.nums)))
        self._count.setText(count)
        self._show_lines(chosen)

    def commit(self) -> None:
        """Give all that was written and not given yet."""
        self.title.give()
        self.editor.commit()

    def begin(self, kind: Kind) -> None:
        """Begin a text before the chosen line, behind the last where none is; it is there when it has words."""
        self.commit()
        rows = self.list.chosen_rows()
        self._new = (kind, rows[0] if rows else self.list.lines.rowCount())
        self._show_lines([NEW])
        self.editor.enter()

    def move_chosen(self, step: int) -> None:
        """Move the chosen lines one up (-1) or down (1)."""
        rows, count = self.list.chosen_rows(), self.list.lines.rowCount()
        if rows and self._new is None:
            at = rows[0] - 1 if step < 0 else rows[-1] + 2
            if 0 <= at <= count:
                self.moved.emit(self.list.chosen_keys(), at)

    def remove(self) -> None:
        """Take the chosen lines away: texts for good, cases out of the 汇编."""
        keys = [key for key in self.list.chosen_keys() if key != NEW]
        if self._new is not None:
            self._give_up_new()
        elif keys:
            self.taken.emit(keys)

    # ---- inside

    def _show_lines(self, chosen: Sequence[int | str] = ()) -> None:
        lines: list[OutlineLine] = list(self.outline.lines) if self.outline else []
        if self._new is not None:
            kind, at = self._new
            lines.insert(min(at, len(lines)), OutlineLine(kind, NEW, ""))
        self.list.show_lines(lines, chosen)
        if lines and not self.list.chosen_rows():
            self.list.choose_rows([0])
        self._left.setCurrentWidget(self.list if lines else self._nothing)
        self._follow()

    def _follow(self) -> None:
        """Show the chosen line beside the list."""
        line = self.list.line()
        if self._new is not None and (line is None or line.key != NEW):
            self._give_up_new()
            return
        several = len(self.list.chosen_rows())
        words = self.tr("选中 {n} 行").format(n=grouped(several)) if several > 1 else self.tr("选一行来写")
        then = self.tr("Alt+↑、Alt+↓ 或拖动来移，Delete 移出。")
        self.editor.nothing.say("list", words, then)
        self.editor.show_line(line)
        if line is not None and isinstance(line.key, int):
            self.case_needed.emit(line.key)
        for name in ("up", "down", "remove"):
            self.buttons[name].setEnabled(bool(several))

    def _give_up_new(self) -> None:
        """What was begun has no words: it was never there."""
        self.editor.commit()
        if self._new is not None:
            self._new = None
            self._show_lines()

    def _take_text(self, key: object, text: str) -> None:
        if key != NEW:
            self.rewritten.emit(key, text)
        elif self._new is not None and text.strip():
            kind, at = self._new
            self._new = None
            self.written.emit(kind, text, at)

    def _leave(self) -> None:
        """Back from the editor to the lines."""
        if self._new is not None:
            self._give_up_new()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _act(self, act: str) -> None:
        do: dict[str, Callable[[], None]] = {
            "open": self.editor.enter,
            "remove": self.remove,
            "heading": lambda: self.begin("heading"),
            "note": lambda: self.begin("note"),
            "up": lambda: self.move_chosen(-1),
            "down": lambda: self.move_chosen(1),
        }
        do[act]()

    def _connect(self) -> None:
        self.title.given.connect(self.entitled)
        self.title.left.connect(lambda: self.list.setFocus(Qt.FocusReason.OtherFocusReason))
        self.list.moved.connect(self.moved)
        self.list.acted.connect(self._act)
        self.list.chosen.connect(self._follow)
        self.editor.text_given.connect(self._take_text)
        self.editor.note_given.connect(self.annotated)
        self.editor.figures_given.connect(self.chosen)
        self.editor.left.connect(self._leave)
        self.editor.case_wanted.connect(self.case_wanted)
        self._nothing.acted.connect(lambda _: self.cases_wanted.emit())

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(theme.GAP_L, theme.GAP_M, theme.GAP_L, theme.GAP_S)
        head.setSpacing(theme.GAP_M)
        head.addWidget(self.title, 1)
        tools = QHBoxLayout()
        tools.setContentsMargins(theme.GAP_L, 0, theme.GAP_L, theme.GAP_XS)
        tools.setSpacing(theme.GAP_XS)
        self._name.setProperty("role", "secondary")
        self._count.setProperty("role", "faint")
        for kind, words, hint in (
            ("heading", self.tr("小标题"), self.tr("在选中的行前面添小标题（Insert）")),
            ("note", self.tr("说明"), self.tr("在选中的行前面添说明文字（Shift+Insert）")),
        ):
            add = QPushButton(words)
            add.setProperty("kind", "flat")
            add.setAutoDefault(False)
            add.setToolTip(hint)
            add.setAccessibleName(hint)
            theme.set_icon(add, "plus", "accent")
            add.clicked.connect(lambda _=False, kind=kind: self._act(kind))
            tools.addWidget(add)
        for name, icon, words in (
            ("up", "arrow-up", self.tr("上移（Alt+↑）")),
            ("down", "arrow-down", self.tr("下移（Alt+↓）")),
            ("remove", "trash-2", self.tr("移出案例，删去文字（Delete）")),
        ):
            self.buttons[name] = IconButton(icon, words, self)
            self.buttons[name].clicked.connect(lambda _=False, name=name: self._press(name))
            tools.addWidget(self.buttons[name])
        tools.addSpacing(theme.GAP_S)
        tools.addWidget(self._name, 1)
        tools.addWidget(self._count)
        head_words, then = (QCoreApplication.translate(_C, words) for words in _NOTHING)
        self._nothing.say("bookmark", head_words, then, self.tr("看全部案例"), "all")
        self._left.addWidget(self.list)
        self._left.addWidget(self._nothing)
        self._left.setMinimumWidth(220)
        self.editor.setMinimumWidth(220)
        divide(self._split, (self._left, 520, 3), (self.editor, 400, 2))
        column = column_of(self)
        column.addLayout(head)
        column.addLayout(tools)
        column.addWidget(Line())
        column.addWidget(self._split, 1)

    def _press(self, name: str) -> None:
        self._act(name)
        if name in ("up", "down", "remove"):
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the lines stand over the chosen one."""
        super().resizeEvent(event)
        narrow = self.width() < _NARROW
        wanted = Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal
        if self._split.orientation() != wanted:
            self._split.setOrientation(wanted)


class _Title(QLineEdit):
    """The title of its own, given when it is left."""

    given = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._before = ""
        self.setAccessibleName(self.tr("汇编的标题"))
        self.returnPressed.connect(self._leave)

    def show_title(self, title: str) -> None:
        """Show what is kept; what is being written goes on."""
        if title != self._before or not self.hasFocus():
            self._before = title
            self.setText(title)

    def give(self) -> None:
        """Give the title where it is another."""
        if self.text() != self._before:
            self._before = self.text()
            self.given.emit(self.text())

    def _leave(self) -> None:
        self.give()
        self.left.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.give()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)
