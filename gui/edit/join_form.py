"""Two cases made one: field by field what each says, and which of it stays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QWidget

from core.editing.joining import Choice, Differing, differing
from gui import theme
from gui.edit.editors import ChoiceEditor, Editor
from gui.edit.forms import Form
from gui.edit.rows import Row
from gui.kit.plain import Label

if TYPE_CHECKING:
    from core.records import Case

LONGEST = 160
"""So many characters of a text are shown of each."""


class JoinForm(Form):
    """This case takes what is chosen of another, which goes into the bin."""

    def __init__(self, parent: QWidget | None, this: Case, other: Case) -> None:
        super().__init__(parent, "", "")
        self.setWindowTitle(self.tr("合并两个案例"))
        self.this, self.other = this, other
        self.save_button.setText(self.tr("合并"))
        self._told = Label()
        self._told.setProperty("role", "secondary")
        self._told.setWordWrap(True)
        self.swap_button = QPushButton(self.tr("对调左右"))
        self.swap_button.setAutoDefault(False)
        self.swap_button.setToolTip(self.tr("留下另一例；已经选好的内容不变"))
        self.swap_button.clicked.connect(self.swap)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, theme.GAP_M, 0)
        head.addWidget(self._told, 1)
        head.addWidget(self.swap_button, 0, Qt.AlignmentFlag.AlignTop)
        self._column.insertLayout(0, head)
        self._show_both()
        self.fit_in(820, 600)
        self.fit_in(820, min(600, self.height_of_rows()))
        self.save_button.setFocus()

    def swap(self) -> None:
        """Let the other case be the one that stays; of each field what was chosen stays chosen."""
        turned: dict[Choice, Choice] = {"this": "other", "other": "this", "both": "both"}
        chosen = {part: turned[choice] for part, choice in self.chosen().items()}
        self.this, self.other = self.other, self.this
        self._show_both()
        for part, choice in chosen.items():
            if part in self.rows and choice in self.rows[part].editor.choices:  # type: ignore[attr-defined]
                self.rows[part].editor.show_value(choice)

    def _show_both(self) -> None:
        """Show the fields in which the two differ, this case at the left."""
        words = {"this": self.tr("留左边的"), "other": self.tr("用右边的"), "both": self.tr("都要")}
        self.clear()
        rows = [*differing(self.this, self.other)]
        self.fill([Row(one.part, one.name, _Sides(one, words), str, marked=False) for one in rows])
        self._told.setText(
            self.tr("左边「{0}」留下，右边「{1}」合并以后放进回收站。右边没核过的数据并过来记为存疑。").format(
                self.this.title, self.other.title
            )
        )
        self._judge()

    def values(self) -> dict[str, Any]:
        """Return what is chosen of each field in which the two differ."""
        return {part: row.value() for part, row in self.rows.items()}

    def chosen(self) -> dict[str, Choice]:
        """Return the same, as what is asked of the library."""
        return dict(self.values())

    def reject(self) -> None:
        """Give up; what was chosen is quickly chosen again."""
        self.done(0)

    def _judge(self) -> None:
        self.save_button.setEnabled(True)


class _Sides(Editor):
    """What two cases say in a field, and the choice between them."""

    def __init__(self, field: Differing, words: dict[str, str]) -> None:
        super().__init__()
        self.choices = field.choices
        self.choice = ChoiceEditor(field.name, [(key, words[key]) for key in field.choices])
        self.choice.changed.connect(self.changed)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 6, 0, 0)
        grid.setHorizontalSpacing(theme.GAP_L)
        sides: Sequence[str] = (field.this, field.other)
        for at, text in enumerate(sides):
            label = Label((text if len(text) <= LONGEST else text[:LONGEST] + "…") or self.tr("（空）"))
            label.setWordWrap(True)
            grid.addWidget(label, 0, at, Qt.AlignmentFlag.AlignTop)
            grid.setColumnStretch(at, 1)
        grid.addWidget(self.choice, 0, len(sides), Qt.AlignmentFlag.AlignTop)
        self.setFocusProxy(self.choice)

    def value(self) -> Any:
        return self.choice.value()

    def show_value(self, value: Any) -> None:
        self.choice.show_value(value)
