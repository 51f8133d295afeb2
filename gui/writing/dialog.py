"""The dialog of 导出 for cases: which, what kind of file, how it looks, where it goes; all as it was the last time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QCheckBox, QFileDialog, QWidget

from core.writing.compilation import KIND_WORDS, SOURCE_WORDS, fonts_from
from core.writing.figure_text import grouped
from gui.writing.form import DOCUMENTS, JSON, LOOKS, Form, FormDialog, Row, box, button, choices_in, wrapped

if TYPE_CHECKING:
    from core.exporting import Wanted
    from gui.shell.settings import Settings
    from gui.writing.scope import Scope

translate = QCoreApplication.translate
FORMS: dict[str, Form] = {
    **DOCUMENTS,
    "csv": Form("案例表格（.csv）", "导出表格", ".csv"),
    "figures": Form("数据表格（.csv）", "导出表格", ".csv"),
    **JSON,
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person wants written."""

    scope: Scope
    wanted: Wanted
    form: str
    target: Path


class ExportDialog(FormDialog):
    """Cases, as documents or as data."""

    def __init__(self, parent: QWidget, scopes: Sequence[Scope], settings: Settings, library: str) -> None:
        super().__init__(parent, settings, FORMS, translate("Export", "导出"), "export/form")
        self._scopes, self._library = scopes, library
        self._before = choices_in(settings)
        self._template = self._before.template
        words = [f"{s.words} {grouped(s.count)} 例" for s in scopes]
        self.scope = box(translate("Export", "范围"), [(word, i) for i, word in enumerate(words)], 0)
        self.kind = box(translate("Export", "内容"), [(w, k) for k, w in KIND_WORDS.items()], self._before.kind)
        sources = [(w, k) for k, w in SOURCE_WORDS.items()]
        self.sources = box(translate("Export", "出处"), sources, self._before.sources)
        self.states.setText(translate("Export", "标出未核的数据，文末列出"))
        self.figures = QCheckBox(translate("Export", "每例附数据表"))
        self.figures.setChecked(self._before.figures)
        self._template_words, self._fonts = wrapped(), wrapped()
        self._fonts.setProperty("role", "faint")
        self._choose_template = button(translate("Export", "选模板…"), self._ask_template)
        self._no_template = button(translate("Export", "不用"), lambda: self._take_template(None))
        self._lay_out(self._all_rows(), (self.scope, self.form, self.kind))

    def _all_rows(self) -> Sequence[Row]:
        return (
            ("", translate("Export", "范围"), (self.scope,)),
            ("", translate("Export", "格式"), (self.form,)),
            ("look", translate("Export", "内容"), (self.kind,)),
            ("look", translate("Export", "标题"), (self.title,)),
            ("look", translate("Export", "出处"), (self.sources,)),
            ("look", "", (self.states,)),
            ("cases", "", (self.figures,)),
            ("docx", translate("Export", "模板"), (self._template_words, self._choose_template, self._no_template)),
            ("", translate("Export", "存到"), (self._target_words, self._elsewhere)),
            ("look", "", (self._fonts,)),
        )

    def asked(self) -> Asked:
        """Return what is to be written."""
        from core.exporting import Wanted

        scope = self._scopes[self.scope.currentIndex()]
        choices = replace(
            self._before,
            kind=self.kind.currentData(),
            sources=self.sources.currentData(),
            states=self.states.isChecked(),
            figures=self.figures.isChecked(),
            template=self._template if self._form() == "docx" else None,
        )
        return Asked(
            scope, Wanted(scope.nums or (), self._title(), choices, scope.selection), self._form(), self.target()
        )

    # ---- inside

    def _title(self) -> str:
        scope = self._scopes[self.scope.currentIndex()]
        kind = KIND_WORDS[self.kind.currentData()]
        own = self.title.text().strip() or scope.own_title
        return own or (f"{scope.title}{kind}" if scope.title else f"{self._library}{kind}")

    def _is_shown(self, when: str) -> bool:
        if when == "cases":
            return self._form() in LOOKS and self.kind.currentData() == "cases"
        return super()._is_shown(when) or (when == "docx" and self._form() == "docx")

    def _to_keep(self) -> Iterable[tuple[str, Any]]:
        return (
            *super()._to_keep(),
            ("export/kind", self.kind.currentData()),
            ("export/sources", self.sources.currentData()),
            ("export/figures", self.figures.isChecked()),
            ("export/template", str(self._template or "")),
        )

    def _renew(self) -> None:
        template = self._template.name if self._template else translate("Export", "公文样式（GB/T 9704）")
        self._template_words.setText(template)
        missing = fonts_from(QFontDatabase.families())[1]
        words = translate("Export", "本机没有{fonts}，能替换的已用本机的字体。").format(fonts="、".join(missing))
        self._fonts.setText(words if missing and not self._template else "")
        super()._renew()
        self._no_template.setVisible(self._form() == "docx" and self._template is not None)

    def _ask_template(self) -> None:
        start = str(self._template or self._folder())
        name, _ = QFileDialog.getOpenFileName(self, translate("Export", "选模板"), start, "Word (*.docx)")
        if name:
            self._take_template(Path(name))

    def _take_template(self, path: Path | None) -> None:
        self._template = path
        self._renew()
