"""The form of a case that a person writes: the fields of any case, and what was printed of it, if anything."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from core.decisions import NotAValue
from core.editing.fields import Opened
from core.editing.whole import written
from core.records import Case
from gui.edit.case_form import CaseForm
from gui.edit.editors import TextEditor
from gui.edit.place_editor import Look
from gui.edit.rows import Row

TEXT = "text"


class NewCaseForm(CaseForm):
    """A case without a reading: nothing is filled in."""

    MARKED = False

    def __init__(self, parent: QWidget | None, look: Look) -> None:
        super().__init__(parent, Opened(Case(id="", title=""), {}), look)
        self.setWindowTitle(self.tr("新建案例"))
        self.save_button.setText(self.tr("新建"))
        row = Row(TEXT, self.tr("原文"), TextEditor(self.tr("原文，可以不填"), 4), str, self.MARKED)
        row.editor.text.setPlaceholderText(  # type: ignore[attr-defined]
            self.tr("可以不填。粘贴原文以后，选中其中的字按 Insert 添加数据。")
        )
        self.fill([row])
        for shown in self.rows.values():
            shown.show_value(shown.value(), None, None, is_read=False)
        self._judge()

    def case_and_text(self) -> tuple[Case, str]:
        """Return the case that was written, and what was printed of it; NotAValue when a field is none."""
        values: dict[str, Any] = self.values()
        text = str(values.pop(TEXT, ""))
        return written(values, text), text

    def refusal(self) -> str:
        """What is wrong with what was typed."""
        if wrong := self._place.wrong():
            return wrong
        try:
            self.case_and_text()
        except NotAValue as error:
            return str(error)
        return ""

    def _date_the_citation(self) -> None:
        """The date of the case is the date of where it was printed, once a paper is named."""
        citations = self.rows["citations"]
        if shown := citations.value():
            shown[0][1] = self.rows["published"].value()
            citations.editor.show_value(shown)
            citations.touch()
