"""The one dialog of 导出: which cases, what kind of file, how it looks, where it goes; all as it was the last time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QStandardPaths, Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from core.writing.compilation import KIND_WORDS, SOURCE_WORDS, Choices, fonts_from
from core.writing.figure_text import grouped
from gui import theme
from gui.kit.plain import Label, tip

if TYPE_CHECKING:
    from core.exporting import Wanted
    from gui.shell.settings import Settings
    from gui.writing.scope import Scope

translate = QCoreApplication.translate
FORMS: dict[str, tuple[str, str, str]] = {
    "docx": ("Word 文档（.docx）", "导出 Word", ".docx"),
    "xlsx": ("Excel 工作簿（.xlsx）", "导出 Excel", ".xlsx"),
    "pdf": ("PDF", "导出 PDF", ".pdf"),
    "html": ("网页（.html）", "导出网页", ".html"),
    "csv": ("案例表格（.csv）", "导出表格", ".csv"),
    "figures": ("数据表格（.csv）", "导出表格", ".csv"),
    "json": ("JSON", "导出 JSON", ".json"),
}
"""Each kind of file: what it is called, the verb of the button, its ending."""
_LOOKS = ("docx", "pdf", "html")
"""Kinds that are documents, with a look."""
_NOT_IN_A_NAME = str.maketrans(dict.fromkeys('\\/:*?"<>|\n\r\t', " "))
_LONGEST_NAME = 60
_TAKEN_MOST = 1000
_FRAME = 48
"""What a window manager may put around the dialog, in height."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person wants written."""

    scope: Scope
    wanted: Wanted
    form: str
    target: Path


def choices_in(settings: Settings) -> Choices:
    """Return how documents are written, as it was chosen last; fonts are those that this machine has."""
    kind, sources = settings.text("export/kind", "cases"), settings.text("export/sources", "footnotes")
    template = Path(settings.text("export/template")) if settings.text("export/template") else None
    return Choices(
        kind=kind if kind in KIND_WORDS else "cases",
        sources=sources if sources in SOURCE_WORDS else "footnotes",
        states=settings.flag("export/states", True),
        figures=settings.flag("export/figures", True),
        fonts=fonts_from(QFontDatabase.families())[0],
        template=template if template and template.is_file() else None,
    )


def free_name(folder: Path, title: str, ending: str) -> Path:
    """Return a path that no file has: what is there stays, the new one is called -2, -3 …"""
    name = " ".join(title.translate(_NOT_IN_A_NAME).split())[:_LONGEST_NAME].strip(" .") or "案例"
    paths = (folder / f"{name}{f'-{n}' if n > 1 else ''}{ending}" for n in range(1, _TAKEN_MOST))
    return next((path for path in paths if not path.exists()), folder / f"{name}{ending}")


class ExportDialog(QDialog):
    """Enter writes; everything is as it was chosen the last time."""

    def __init__(self, parent: QWidget, scopes: Sequence[Scope], settings: Settings, library: str) -> None:
        super().__init__(parent)
        self._scopes, self._settings, self._library = scopes, settings, library
        self._before = choices_in(settings)
        self._template = self._before.template
        self._target: Path | None = None
        """The path that a person chose; None as long as it follows from title and kind."""
        self.setWindowTitle(translate("Export", "导出"))
        self.setMinimumWidth(520)
        self._make_fields()
        self._lay_out()
        for box in (self.scope, self.form, self.kind):
            box.currentIndexChanged.connect(self._renew)
        self.title.textEdited.connect(self._renew)
        self._renew()
        self._go.setFocus()

    # ---- what was chosen

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

    def target(self) -> Path:
        """Return where the file goes."""
        return self._target or free_name(self._folder(), self._title(), FORMS[self._form()][2])

    def accept(self) -> None:
        """Remember all of it, and close."""
        keep = self._settings.keep
        for name, box in (("form", self.form), ("kind", self.kind), ("sources", self.sources)):
            keep(f"export/{name}", box.currentData())
        keep("export/states", self.states.isChecked())
        keep("export/figures", self.figures.isChecked())
        keep("export/template", str(self._template or ""))
        keep("export/folder", str(self.target().parent))
        super().accept()

    def _form(self) -> str:
        return str(self.form.currentData())

    def _title(self) -> str:
        scope = self._scopes[self.scope.currentIndex()]
        kind = KIND_WORDS[self.kind.currentData()]
        own = self.title.text().strip() or scope.own_title
        return own or (f"{scope.title}{kind}" if scope.title else f"{self._library}{kind}")

    def _folder(self) -> Path:
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        kept = Path(self._settings.text("export/folder") or documents)
        return kept if kept.is_dir() else Path(documents) if Path(documents).is_dir() else Path.home()

    # ---- the fields

    def _make_fields(self) -> None:
        words = [f"{s.words} {grouped(s.count)} 例" for s in self._scopes]
        self.scope = _box(translate("Export", "范围"), [(word, i) for i, word in enumerate(words)], 0)
        forms = [(words, form) for form, (words, _, _) in FORMS.items()]
        self.form = _box(translate("Export", "格式"), forms, self._settings.text("export/form", "docx"))
        self.kind = _box(translate("Export", "内容"), [(w, k) for k, w in KIND_WORDS.items()], self._before.kind)
        sources = [(w, k) for k, w in SOURCE_WORDS.items()]
        self.sources = _box(translate("Export", "出处"), sources, self._before.sources)
        self.title = QLineEdit()
        self.title.setAccessibleName(translate("Export", "标题"))
        self.states = QCheckBox(translate("Export", "标出未核的数据，文末列出"))
        self.states.setChecked(self._before.states)
        self.figures = QCheckBox(translate("Export", "每例附数据表"))
        self.figures.setChecked(self._before.figures)
        self._template_words, self._target_words, self._fonts = Label(), Label(), Label()
        for label in (self._template_words, self._target_words, self._fonts):
            label.setWordWrap(True)
        self._fonts.setProperty("role", "faint")
        self._choose_template = _button(translate("Export", "选模板…"), self._ask_template)
        self._no_template = _button(translate("Export", "不用"), lambda: self._take_template(None))
        self._elsewhere = _button(translate("Export", "另选位置…"), self._ask_target)
        self._go, self._cancel = QPushButton(), QPushButton(translate("Export", "取消"))
        self._go.setDefault(True)
        self._cancel.setAutoDefault(False)
        self._go.clicked.connect(self.accept)
        self._cancel.clicked.connect(self.reject)

    def _lay_out(self) -> None:
        head = Label(translate("Export", "导出"))
        head.setFont(theme.font("section"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        self._rows: list[tuple[str, list[QWidget]]] = []
        rows: tuple[tuple[str, str, tuple[QWidget, ...]], ...] = (
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
        for at, (when, words, widgets) in enumerate(rows):
            label = Label(words)
            label.setProperty("role", "secondary")
            grid.addWidget(label, at, 0)
            line = QHBoxLayout()
            line.setSpacing(8)
            for i, widget in enumerate(widgets):
                line.addWidget(widget, 1 if i == 0 else 0)
            grid.addLayout(line, at, 1)
            self._rows.append((when, [label, *widgets]))
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._cancel)
        buttons.addWidget(self._go)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(12)
        column.addWidget(head)
        column.addWidget(self._scrolling(grid), 1)
        column.addLayout(buttons)

    def _scrolling(self, grid: QGridLayout) -> QScrollArea:
        """The fields; a low screen shows a part of them at a time, and the buttons always."""
        self._inside = QWidget()
        self._inside.setLayout(grid)
        grid.setContentsMargins(0, 0, 8, 0)
        area = QScrollArea()
        area.setWidget(self._inside)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return area

    def _fit(self) -> None:
        """As high as its fields, and no higher than the screen."""
        layout = self._inside.layout()
        if layout is not None:
            layout.activate()
        rest = 24 + 16 + 2 * 12 + 24 + 40
        room = self.screen().availableSize().height() - _FRAME
        self.resize(self.width(), min(self._inside.sizeHint().height() + rest, room))

    def _renew(self) -> None:
        """Show what the chosen kind has, and where the file would go."""
        form = self._form()
        look = form in _LOOKS
        for when, widgets in self._rows:
            shown = not when or (when == "docx" and form == "docx") or (when == "look" and look)
            shown = shown or (when == "cases" and look and self.kind.currentData() == "cases")
            for widget in widgets:
                widget.setVisible(shown)
        self._no_template.setVisible(form == "docx" and self._template is not None)
        template = self._template.name if self._template else translate("Export", "公文样式（GB/T 9704）")
        self._template_words.setText(template)
        self.title.setPlaceholderText(self._title())
        if self._target is not None and self._target.suffix != FORMS[form][2]:
            self._target = None
        self._target_words.setText(str(self.target()))
        self._target_words.setToolTip(tip(str(self.target())))
        missing = fonts_from(QFontDatabase.families())[1]
        words = translate("Export", "本机没有{fonts}，能替换的已用本机的字体。").format(fonts="、".join(missing))
        self._fonts.setText(words if missing and not self._template else "")
        self._go.setText(translate("Export", FORMS[form][1]))
        self._fit()

    def _ask_template(self) -> None:
        start = str(self._template or self._folder())
        name, _ = QFileDialog.getOpenFileName(self, translate("Export", "选模板"), start, "Word (*.docx)")
        if name:
            self._take_template(Path(name))

    def _take_template(self, path: Path | None) -> None:
        self._template = path
        self._renew()

    def _ask_target(self) -> None:
        ending = FORMS[self._form()][2]
        name, _ = QFileDialog.getSaveFileName(self, translate("Export", "存到"), str(self.target()), f"*{ending}")
        if name:
            path = Path(name)
            self._target = path if path.suffix == ending else path.with_name(path.name + ending)
            self._renew()


def _box(name: str, rows: Sequence[tuple[str, Any]], chosen: Any) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    for words, value in rows:
        box.addItem(words, value)
        box.setItemData(box.count() - 1, tip(words), Qt.ItemDataRole.ToolTipRole)
    box.setCurrentIndex(max(0, box.findData(chosen)))
    return box


def _button(words: str, do: Callable[[], object]) -> QPushButton:
    button = QPushButton(words)
    button.setProperty("kind", "flat")
    button.setAutoDefault(False)
    button.clicked.connect(lambda: do())
    return button
