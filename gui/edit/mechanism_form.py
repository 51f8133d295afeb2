"""The form of a mechanism: its name, kind, what its parts stand for, who takes part."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from core.decisions import NotAValue
from core.decisions.values import mechanism_value
from core.editing.fields import Opened
from core.editing.mechanisms import FIELDS, KIND_CHOICES, assembled, shown, told
from core.records import Mechanism
from gui.edit.editors import ChoiceEditor, Editor, LineEditor, ListEditor, TextEditor
from gui.edit.forms import Form
from gui.edit.rows import Row

if TYPE_CHECKING:
    from core.library import Standing


class MechanismForm(Form):
    """One mechanism of a case to be put right, or a new one."""

    def __init__(self, parent: QWidget | None, case: Opened, mechanism: Mechanism | None) -> None:
        super().__init__(parent, "", "")
        new = mechanism is None
        self.setWindowTitle(self.tr("添加机制") if new else self.tr("修改机制"))
        self.save_button.setText(self.tr("添加") if new else self.tr("保存"))
        self.case, self.mechanism = case, mechanism
        self._before = None if mechanism is None else mechanism_value(mechanism)
        self.fill([self._row(field, not new) for field in FIELDS])
        standing = case.standing.get(f"mechanism/{mechanism.id}") if mechanism is not None else None
        read = self._before if standing is None else standing.read
        for field, row in self.rows.items():
            own = _of_field(standing, field) if standing is not None else None
            row.show_value(shown(self._before, field), shown(read, field), own, read is not None)
        self._judge()
        self.fit_in(640, 480)
        self.rows["name"].editor.setFocus()

    def value(self) -> dict[str, Any]:
        """Return the value that is decided; NotAValue when it is none."""
        return assembled(self._before, self.values())

    def refusal(self) -> str:
        """What is wrong with what was typed."""
        try:
            self.value()
        except NotAValue as error:
            return str(error)
        return ""

    def _row(self, field: str, marked: bool) -> Row:
        name = FIELDS[field]
        editors: dict[str, Editor] = {
            "kind": ChoiceEditor(name, KIND_CHOICES.items()),
            "parts": TextEditor(name, 3),
            "participants": ListEditor(name, self.tr("几个名字用顿号隔开")),
            "note": TextEditor(name),
        }
        editor = editors.get(field) or LineEditor(name)
        if isinstance(editor, TextEditor) and field == "parts":
            editor.text.setPlaceholderText(self.tr("一行一个，如 一核：以支部为核心"))
        return Row(field, name, editor, lambda said: told(field, said), marked)


def _of_field(standing: Standing, field: str) -> Standing:
    decisions = tuple(
        replace(one, after=shown(one.after, field)) for one in standing.decisions if one.verdict != "withdrawn"
    )
    return replace(standing, part=field, decisions=decisions)
