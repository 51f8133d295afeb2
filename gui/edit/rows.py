"""A row of a form: what the field is called, the field, whether it was read or decided, and the way back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QToolButton, QWidget

from gui import theme
from gui.edit.editors import Editor
from gui.kit.plain import Label
from gui.kit.widgets import IconButton

if TYPE_CHECKING:
    from core.library import Standing

NAME_WIDTH = 64
LONGEST = 400
"""So many characters of a value are told where it stands beside the field."""


class Row(QObject):
    """One field of a form with its mark: 读出, 已定, 需复核, 有分歧; it unfolds what was read and who decided what.

    Until it is touched it is only shown: what was read is never taken for decided.
    """

    changed = Signal()

    def __init__(self, part: str, name: str, editor: Editor, tell: Callable[[Any], str], marked: bool = True) -> None:
        """``marked``: whether it says where its value comes from; what is new in every form does not."""
        super().__init__(editor)
        self._marked = marked
        self.part, self.name, self.editor = part, name, editor
        self.touched = False
        self._tell = tell
        self._read: Any = None
        self._is_read = True
        self._standing: Standing | None = None
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
        self.story.hide()
        editor.changed.connect(self.touch)

    def show_value(self, value: Any, read: Any, standing: Standing | None, is_read: bool = True) -> None:
        """Show what holds now; ``is_read`` says whether a reading ever proposes this field."""
        self._read, self._standing = read, standing
        self.touched = False
        with QSignalBlocker(self.editor):
            self.editor.show_value(value)
        self._is_read = is_read
        self._say()

    def value(self) -> Any:
        """Return the value that is shown now."""
        return self.editor.value()

    def restore(self) -> None:
        """Show again what was read; saved, that is a decision like any other."""
        self.editor.show_value(self._read)
        self.touch()
        self.editor.setFocus()

    def put_into(self, form: QGridLayout, at: int) -> None:
        """Lay the row into two lines of a form; the second is what the mark unfolds."""
        label = Label(self.name)
        label.setProperty("role", "secondary")
        label.setMinimumSize(NAME_WIDTH, 32)
        label.setBuddy(self.editor)
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
        form.addWidget(label, 2 * at, 0, Qt.AlignmentFlag.AlignTop)
        form.addWidget(self.editor, 2 * at, 1)
        if self._marked:
            form.addWidget(side, 2 * at, 2, Qt.AlignmentFlag.AlignTop)
        else:
            side.setParent(self.editor)
            side.hide()
        form.addWidget(self.story, 2 * at + 1, 1)

    def touch(self) -> None:
        """Take what is shown for what a person wants."""
        self.touched = True
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        word, role = self._word()
        self.mark.setText(word)
        self.mark.setVisible(bool(word))
        self.mark.setAccessibleName(self.tr("{0}：{1}，看经过").format(self.name, word))
        theme.set_property(self.mark, "ink", role)
        self.back.setVisible(self._is_read and self.value() != self._read)
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
        """What was read here, and who decided what."""
        out = [self.tr("读出：{0}").format(self._told(self._read))] if self._is_read else []
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
        self.story.setVisible(on)
