"""导出 of a comparison: which of its rows, what kind of file, where it goes; and how it is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from core.writing.compilation import SOURCE_WORDS, Choices
from gui.writing.form import DOCUMENTS, JSON, Form, FormDialog, Row, box, choices_in

if TYPE_CHECKING:
    from core.comparing.sheet import Sheet
    from core.exporting import Step
    from gui.shell.settings import Settings
    from gui.writing.scope import SheetScope

translate = QCoreApplication.translate
FORMS: dict[str, Form] = {
    **DOCUMENTS,
    "csv": Form("表格（.csv）", "导出表格", ".csv"),
    "tsv": Form("表格，制表符隔开（.tsv）", "导出表格", ".tsv"),
    **JSON,
}
_NO_SOURCES = "list"
"""A comparison has no list of sources at its end: each figure has its own note."""


class AskedSheet(NamedTuple):
    """What a person wants written of a comparison."""

    sheet: Sheet
    choices: Choices
    form: str
    target: Path


def write(sheet: Sheet, choices: Choices, form: Any, target: Path) -> Iterator[Step]:
    """Write a comparison; any thread may. Raises ``core.exporting.ExportError``."""
    from core.exporting_comparison import export_comparison

    if form == "pdf":
        from gui.writing.pdf import write_comparison

        form = write_comparison
    target.parent.mkdir(parents=True, exist_ok=True)
    yield from export_comparison(sheet, choices, form, target)


class ComparisonDialog(FormDialog):
    """Rows of a comparison, as a document or as a table."""

    def __init__(self, parent: QWidget, scopes: Sequence[SheetScope], settings: Settings) -> None:
        super().__init__(parent, settings, FORMS, translate("Export", "导出比较"), "export/comparison-form")
        self._scopes = scopes
        self.scope = box(translate("Export", "范围"), [(s.words, s.id) for s in scopes], "")
        sources = [(words, kind) for kind, words in SOURCE_WORDS.items() if kind != _NO_SOURCES]
        self.sources = box(translate("Export", "出处"), sources, settings.text("export/sources", "footnotes"))
        self.states.setText(translate("Export", "标出未核的数据"))
        self._lay_out(self._all_rows(), (self.form,))

    def _all_rows(self) -> Sequence[Row]:
        return (
            ("", translate("Export", "范围"), (self.scope,)),
            ("", translate("Export", "格式"), (self.form,)),
            ("", translate("Export", "标题"), (self.title,)),
            ("look", translate("Export", "出处"), (self.sources,)),
            ("look", "", (self.states,)),
            ("", translate("Export", "存到"), (self._target_words, self._elsewhere)),
        )

    def asked(self) -> AskedSheet:
        """Return what is to be written."""
        scope = self._scopes[max(0, self.scope.currentIndex())]
        choices = replace(
            choices_in(self._settings), sources=self.sources.currentData(), states=self.states.isChecked()
        )
        if self._form() != "docx":
            choices = replace(choices, template=None)
        return AskedSheet(replace(scope.sheet, title=self._title()), choices, self._form(), self.target())

    # ---- inside

    def _title(self) -> str:
        words = translate("Export", "{title}对比").format(title=self._scopes[0].sheet.title)
        return self.title.text().strip() or words

    def _to_keep(self) -> Iterable[tuple[str, Any]]:
        return (*super()._to_keep(), ("export/sources", self.sources.currentData()))


Sheets = Callable[[], Sequence["SheetScope"]]
"""What of a comparison can be exported now, the likeliest first; nothing where none is shown."""
