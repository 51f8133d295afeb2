"""导出 of a comparison: which of its rows, what kind of file, where it goes; and how it is written and printed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QCoreApplication, QStandardPaths, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from core.writing.compilation import SOURCE_WORDS, Choices
from gui import theme
from gui.kit.plain import Label, tip
from gui.writing.dialog import choices_in, free_name

if TYPE_CHECKING:
    from core.comparing.sheet import Sheet
    from core.exporting import Step
    from gui.shell.settings import Settings
    from gui.writing.scope import SheetScope

translate = QCoreApplication.translate
FORMS: dict[str, tuple[str, str, str]] = {
    "docx": ("Word 文档（.docx）", "导出 Word", ".docx"),
    "xlsx": ("Excel 工作簿（.xlsx）", "导出 Excel", ".xlsx"),
    "pdf": ("PDF", "导出 PDF", ".pdf"),
    "html": ("网页（.html）", "导出网页", ".html"),
    "csv": ("表格（.csv）", "导出表格", ".csv"),
    "tsv": ("表格，制表符隔开（.tsv）", "导出表格", ".tsv"),
    "json": ("JSON", "导出 JSON", ".json"),
}
"""Each kind of file: what it is called, the verb of the button, its ending."""
_LOOKS = ("docx", "pdf", "html")
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


class ComparisonDialog(QDialog):
    """Enter writes; everything is as it was chosen the last time."""

    def __init__(self, parent: QWidget, scopes: Sequence[SheetScope], settings: Settings) -> None:
        super().__init__(parent)
        self._scopes, self._settings = scopes, settings
        self._target: Path | None = None
        """The path that a person chose; None as long as it follows from title and kind."""
        self.setWindowTitle(translate("Export", "导出比较"))
        self.setMinimumWidth(520)
        self.scope = _box(translate("Export", "范围"), [(s.words, s.id) for s in scopes], "")
        forms = [(words, form) for form, (words, _, _) in FORMS.items()]
        self.form = _box(translate("Export", "格式"), forms, settings.text("export/comparison-form", "docx"))
        self.title = QLineEdit()
        self.title.setAccessibleName(translate("Export", "标题"))
        sources = [(words, kind) for kind, words in SOURCE_WORDS.items() if kind != _NO_SOURCES]
        self.sources = _box(translate("Export", "出处"), sources, settings.text("export/sources", "footnotes"))
        self.states = QCheckBox(translate("Export", "标出未核的数据"))
        self.states.setChecked(settings.flag("export/states", True))
        self._where = Label()
        self._where.setWordWrap(True)
        self._go, self._cancel = QPushButton(), QPushButton(translate("Export", "取消"))
        self._go.setDefault(True)
        self._cancel.setAutoDefault(False)
        self._go.clicked.connect(self.accept)
        self._cancel.clicked.connect(self.reject)
        self._lay_out()
        self.form.currentIndexChanged.connect(self._renew)
        self.title.textEdited.connect(self._renew)
        self._renew()
        self._go.setFocus()

    def asked(self) -> AskedSheet:
        """Return what is to be written."""
        scope = self._scopes[max(0, self.scope.currentIndex())]
        choices = replace(
            choices_in(self._settings), sources=self.sources.currentData(), states=self.states.isChecked()
        )
        if self._form() != "docx":
            choices = replace(choices, template=None)
        return AskedSheet(replace(scope.sheet, title=self._title()), choices, self._form(), self.target())

    def target(self) -> Path:
        """Return where the file goes."""
        return self._target or free_name(self._folder(), self._title(), FORMS[self._form()][2])

    def accept(self) -> None:
        """Remember all of it, and close."""
        self._settings.keep("export/comparison-form", self._form())
        self._settings.keep("export/sources", self.sources.currentData())
        self._settings.keep("export/states", self.states.isChecked())
        self._settings.keep("export/folder", str(self.target().parent))
        super().accept()

    # ---- inside

    def _form(self) -> str:
        return str(self.form.currentData())

    def _title(self) -> str:
        words = translate("Export", "{title}对比").format(title=self._scopes[0].sheet.title)
        return self.title.text().strip() or words

    def _folder(self) -> Path:
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        kept = Path(self._settings.text("export/folder") or documents)
        return kept if kept.is_dir() else Path(documents) if Path(documents).is_dir() else Path.home()

    def _lay_out(self) -> None:
        head = Label(translate("Export", "导出比较"))
        head.setFont(theme.font("section"))
        elsewhere = QPushButton(translate("Export", "另选位置…"))
        elsewhere.setProperty("kind", "flat")
        elsewhere.setAutoDefault(False)
        elsewhere.clicked.connect(self._ask_target)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        rows: tuple[tuple[str, str, tuple[QWidget, ...]], ...] = (
            ("", translate("Export", "范围"), (self.scope,)),
            ("", translate("Export", "格式"), (self.form,)),
            ("", translate("Export", "标题"), (self.title,)),
            ("look", translate("Export", "出处"), (self.sources,)),
            ("look", "", (self.states,)),
            ("", translate("Export", "存到"), (self._where, elsewhere)),
        )
        self._looks: list[QWidget] = []
        for at, (when, words, widgets) in enumerate(rows):
            label = Label(words)
            label.setProperty("role", "secondary")
            grid.addWidget(label, at, 0)
            line = QHBoxLayout()
            line.setSpacing(8)
            for i, widget in enumerate(widgets):
                line.addWidget(widget, 1 if i == 0 else 0)
            grid.addLayout(line, at, 1)
            self._looks += [label, *widgets] if when else []
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._cancel)
        buttons.addWidget(self._go)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(12)
        column.addWidget(head)
        column.addLayout(grid)
        column.addLayout(buttons)

    def _renew(self) -> None:
        form = self._form()
        for widget in self._looks:
            widget.setVisible(form in _LOOKS)
        self.title.setPlaceholderText(self._title())
        if self._target is not None and self._target.suffix != FORMS[form][2]:
            self._target = None
        self._where.setText(str(self.target()))
        self._where.setToolTip(tip(str(self.target())))
        self._go.setText(translate("Export", FORMS[form][1]))
        self.adjustSize()

    def _ask_target(self) -> None:
        words, _, ending = FORMS[self._form()]
        name, _ = QFileDialog.getSaveFileName(
            self, translate("Export", "存到"), str(self.target()), f"{words} (*{ending})"
        )
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


Sheets = Callable[[], Sequence["SheetScope"]]
"""What of a comparison can be exported now, the likeliest first; nothing where none is shown."""
