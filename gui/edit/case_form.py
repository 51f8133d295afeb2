"""The form of a case: every field that a person may put right, what was read beside it, saved as one decision."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from core.decisions import PARTS, NotAValue
from core.editing.fields import KIND_WORDS, Opened, told, wishes_of
from core.records import THEMES
from gui.edit.editors import (
    ChoiceEditor,
    CitationsEditor,
    DateEditor,
    Editor,
    FlagEditor,
    LineEditor,
    ListEditor,
    TextEditor,
    ThemesEditor,
)
from gui.edit.forms import Form
from gui.edit.place_editor import Look, PlaceEditor
from gui.edit.rows import Row

UNREAD = ("note", "tags", "starred")
"""The fields that only persons write."""


class CaseForm(Form):
    """All fields of a case; ``focus`` names the field to begin with."""

    MARKED = True
    """Whether each field says that it was read, or decided."""

    def __init__(
        self,
        parent: QWidget | None,
        case: Opened,
        look: Look,
        focus: str = "title",
        printed: Mapping[str, str] | None = None,
    ) -> None:
        """``printed`` are the printed words of fields, as far as they were looked up."""
        super().__init__(parent, _title_of(case), "")
        self.case = case
        self.save_button.setText(self.tr("保存"))
        self._place = PlaceEditor(look)
        self.fill(
            [Row(part, PARTS[part], editor, _teller(part), self.MARKED) for part, editor in self._editors().items()]
        )
        self.show_case(case)
        for part, words in (printed or {}).items():
            self.rows[part].show_printed(words)
        self.rows["published"].changed.connect(self._date_the_citation)
        self.fit_in(760, 680)
        self.rows[focus].editor.setFocus()
        _select_all(self.rows[focus].editor)

    def show_case(self, case: Opened) -> None:
        """Show what the case says now."""
        self.case = case
        for part, row in self.rows.items():
            row.show_value(case.value(part), case.read(part), case.standing.get(part), part not in UNREAD)
        self._judge()

    def refusal(self) -> str:
        """What is wrong with what was typed."""
        if wrong := self._place.wrong():
            return wrong
        try:
            wishes_of(self.case, self.values())
        except NotAValue as error:
            return str(error)
        return ""

    def _editors(self) -> dict[str, Editor]:
        """The fields by part, in the order in which they stand."""
        name = PARTS.__getitem__
        others = self.tr("另有 {0} 处出处，保持不变")
        citation = {"paper": self.tr("报纸"), "page": self.tr("版次"), "headline": self.tr("原标题")}
        return {
            "title": LineEditor(name("title")),
            "place": self._place,
            "themes": ThemesEditor(self.tr("别的主题"), THEMES, self.tr("别的主题，用顿号隔开")),
            "kind": ChoiceEditor(name("kind"), KIND_WORDS.items()),
            "published": DateEditor(name("published"), self.tr("2023、2023-11 或 2023-11-22")),
            "citations": CitationsEditor(citation, others.format),
            "section": LineEditor(name("section")),
            "byline": ListEditor(name("byline"), self.tr("几个名字用顿号隔开")),
            "summary": TextEditor(name("summary")),
            "background": TextEditor(name("background")),
            "practice": TextEditor(name("practice")),
            "result": TextEditor(name("result")),
            "tags": ListEditor(name("tags"), self.tr("自己的标签，用顿号隔开")),
            "note": TextEditor(name("note")),
            "starred": FlagEditor(self.tr("加星标")),
        }

    def _date_the_citation(self) -> None:
        """The date of a case that was printed once is the date of its citation, too."""
        row, citations = self.rows["published"], self.case.value("citations")
        if len(citations) == 1 and citations[0][1] == self.case.value("published"):
            shown = [[*self.rows["citations"].value()[0]]]
            shown[0][1] = row.value()
            self.rows["citations"].editor.show_value(shown)
            self.rows["citations"].touch()


def _title_of(case: Opened) -> str:
    return case.case.title or "案例"


def _teller(part: str) -> Any:
    return lambda value: told(part, value)


def _select_all(editor: Editor) -> None:
    if isinstance(editor, LineEditor):
        editor.line.selectAll()
