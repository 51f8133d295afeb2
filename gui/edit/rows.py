"""A row of a form: what the field is called, the field, whether it was read or decided, and the way back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QToolButton, QWidget

from gui import theme
from gui.edit.editors import Editor
from gui.kit.basics import IconButton
from gui.kit.plain import Label, tip

if TYPE_CHECKING:
    from core.library import Standing
    from core.records import State

NAME_WIDTH, SHORT_NAME_WIDTH, MARK = 64, 32, 26
_SIGNS: dict[str, State] = {"faint": "unchecked", "warning": "unsure", "success": "checked"}
"""Colour of a mark → the state whose sign a compact row shows."""
LONGEST = 400
"""So many characters of a value are told where it stands beside the field."""


class Row(QObject):
    """One field of a form with its mark: 读出, 已定, 需复核, 有分歧; it unfolds what was read and who decided what.

    Until it is touched it is only shown: what was read is never taken for decided.
    """

    changed = Signal()

    def __init__(
        self,
        part: str,
        name: str,
        editor: Editor,
        tell: Callable[[Any], str],
        marked: bool = True,
        compact: bool = False,
    ) -> None:
        """``marked``: whether it says where its value comes from; what is new in every form does not.

        A ``compact`` row says so by a sign, whose words are told under the mouse and when it unfolds.
        """
        super().__init__(editor)
        self._marked, self._compact = marked, compact
        self.part, self.name, self.editor = part, name, editor
        self.touched = False
        self._tell = tell
        self._read: Any = None
        self._is_read = True
        self._standing: Standing | None = None
        self._printed: str | None = None
        self.mark = QToolButton()
        self.mark.setCheckable(True)
        self.mark.setProperty("mark", True)
        self.mark.toggled.connect(self._unfold)
        self.back = IconButton("rotate-ccw", self.tr("还原为读出的「{0}」").format(name))
        self.back.clicked.connect(self.restore)
        self.story = Label()
        self.story.setProperty("role", "secondary")
        self.story.setWordWrap(True)
        self.story.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._unfolded = self._fold_of(self.story) if compact else self.story
        self._unfolded.hide()
        editor.changed.connect(self.touch)

    def show_value(self, value: Any, read: Any, standing: Standing | None, is_read: bool = True) -> None:
        """Show what holds now; ``is_read`` says whether a reading ever proposes this field."""
        self._read, self._standing = read, standing
        self.touched = False
        with QSignalBlocker(self.editor):
            self.editor.show_value(value)
        self._is_read = is_read
        self._say()

    def show_printed(self, words: str) -> None:
        """Tell the words that are printed of it where it unfolds; empty where there are none."""
        self._printed = words
        self._say()

    def value(self) -> Any:
        """Return the value that is shown now."""
        return self.editor.value()

    def restore(self) -> None:
        """Show again what was read; saved, that is a decision like any other."""
        self.editor.show_value(self._read)
        self.touch()
        self.editor.setFocus()

    def put_into(self, form: QGridLayout, line: int, first: int = 0, span: int = 1) -> None:
        """Lay the row into two lines of a form from its ``first`` column on; the second is what the mark unfolds.

        The field itself takes ``span`` columns.
        """
        label = Label(self.name)
        label.setProperty("role", "secondary")
        label.setMinimumSize(SHORT_NAME_WIDTH if self._compact else NAME_WIDTH, 32)
        label.setBuddy(self.editor)
        side = self.mark if self._compact else self._side()
        form.addWidget(label, line, first, Qt.AlignmentFlag.AlignTop)
        form.addWidget(self.editor, line, first + 1, 1, span)
        if self._marked:
            form.addWidget(side, line, first + 1 + span, Qt.AlignmentFlag.AlignTop)
        else:
            side.setParent(self.editor)
            side.hide()
        form.addWidget(self._unfolded, line + 1, first + 1, 1, span)

    def _fold_of(self, story: Label) -> QWidget:
        """What unfolds under a compact row: the story, and the way back."""
        out = QWidget()
        row = QHBoxLayout(out)
        row.setContentsMargins(0, 0, 0, theme.GAP_XS)
        row.addWidget(story, 1)
        row.addWidget(self.back, 0, Qt.AlignmentFlag.AlignTop)
        self.mark.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        self.mark.setFixedSize(MARK, 32)
        theme.notifier.changed.connect(self._say)
        return out

    def _side(self) -> QWidget:
        """The words of the mark, and the way back behind them."""
        side = QWidget()
        row = QHBoxLayout(side)
        row.setContentsMargins(0, 4, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.mark)
        row.addStretch(1)
        kept = self.back.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        self.back.setSizePolicy(kept)
        row.addWidget(self.back)
        side.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        side.setFixedWidth(104)
        return side

    def touch(self) -> None:
        """Take what is shown for what a person wants."""
        self.touched = True
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        word, role = self._word()
        self.mark.setText(word)
        if self._compact:
            self.mark.setIcon(theme.icon("pencil", "accent") if self.touched else theme.state_icon(_SIGNS[role]))
            self.mark.setToolTip(tip(self.tr("{0}：点开看读出的、谁定成了什么，可还原").format(word)))
        self.mark.setVisible(bool(word))
        self.mark.setAccessibleName(self.tr("{0}：{1}，看经过").format(self.name, word))
        theme.set_property(self.mark, "ink", role)
        self.back.setVisible(self._is_read and not _same(self.value(), self._read))
        self.story.setText(self._story())

    def _word(self) -> tuple[str, str]:
        """What the mark says, and in which colour."""
        if self.touched:
            return self.tr("未保存"), "accent"
        standing = self._standing
        if standing is None or not (standing.mark or standing.state != "unchecked"):
            return (self.tr("读出"), "faint") if self._is_read else ("", "faint")
        if standing.mark:
            return {"conflict": self.tr("有分歧"), "stale": self.tr("需复核")}[standing.mark], "warning"
        return self.tr("已定"), "success"

    def _story(self) -> str:
        """What is printed and what was read here, and who decided what."""
        out = []
        if self._printed is not None:
            words = self._printed if len(self._printed) <= LONGEST else self._printed[:LONGEST] + "…"
            out.append(self.tr("印的：{0}").format(words or self.tr("未找到出处")))
        out += [self.tr("读出：{0}").format(self._told(self._read))] if self._is_read else []
        standing = self._standing
        for decision in standing.decisions if standing is not None else ():
            if decision.verdict == "withdrawn":
                said = self.tr("撤回")
            else:
                said = self.tr("定为：{0}").format(self._told(decision.after))
            who = decision.who or self.tr("（没有署名）")
            out.append(f"{decision.at[:10]}　{who}　{said}" + (f"　{decision.note}" if decision.note else ""))
        return "\n".join(out)

    def _told(self, value: Any) -> str:
        text = self._tell(value) or self.tr("（空）")
        return text if len(text) <= LONGEST else text[:LONGEST] + "…"

    def _unfold(self, on: bool) -> None:
        self._unfolded.setVisible(on)


def _same(one: Any, other: Any) -> bool:
    """Whether two values of a field say the same: a list is as good as a tuple, no text as none."""
    if isinstance(one, (list, tuple)) or isinstance(other, (list, tuple)):
        return [*(one or ())] == [*(other or ())]
    return (one or "") == (other or "")
