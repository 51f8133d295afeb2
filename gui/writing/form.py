"""What every dialog of 导出 has: a kind of file, a title, where it goes; a row of fields for each, and two buttons."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

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
from gui import theme
from gui.kit.plain import Label, tip

if TYPE_CHECKING:
    from gui.shell.settings import Settings

translate = QCoreApplication.translate


class Form(NamedTuple):
    """A kind of file: what it is called, the verb of the button, its ending."""

    words: str
    verb: str
    ending: str


DOCUMENTS: dict[str, Form] = {
    "docx": Form("Word 文档（.docx）", "导出 Word", ".docx"),
    "xlsx": Form("Excel 工作簿（.xlsx）", "导出 Excel", ".xlsx"),
    "pdf": Form("PDF", "导出 PDF", ".pdf"),
    "html": Form("网页（.html）", "导出网页", ".html"),
}
JSON: dict[str, Form] = {"json": Form("JSON", "导出 JSON", ".json")}
LOOKS = ("docx", "pdf", "html")
"""Kinds that are documents, with a look."""
_NOT_IN_A_NAME = str.maketrans(dict.fromkeys('\\/:*?"<>|\n\r\t', " "))
_LONGEST_NAME = 60
_TAKEN_MOST = 1000
_FRAME = 48
"""What a window manager may put around the dialog, in height."""
Row = tuple[str, str, tuple[QWidget, ...]]
"""When it is shown (always where empty), what stands before it, and its fields."""


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


class FormDialog(QDialog):
    """Enter writes; everything is as it was chosen the last time.

    Who derives from it makes its own fields, gives their rows to ``_lay_out``, and says the title that a file has when
    nobody types one. ``kept`` is the setting that keeps the kind of file.
    """

    def __init__(self, parent: QWidget, settings: Settings, forms: dict[str, Form], name: str, kept: str) -> None:
        super().__init__(parent)
        self._settings, self._forms, self._kept = settings, forms, kept
        self._target: Path | None = None
        """The path that a person chose; None as long as it follows from title and kind."""
        self.setWindowTitle(name)
        self.setMinimumWidth(520)
        words = [(form.words, kind) for kind, form in forms.items()]
        self.form = box(translate("Export", "格式"), words, settings.text(kept, "docx"))
        self.title = QLineEdit()
        self.title.setAccessibleName(translate("Export", "标题"))
        self.states = QCheckBox()
        self.states.setChecked(settings.flag("export/states", True))
        self._target_words = wrapped()
        self._elsewhere = button(translate("Export", "另选位置…"), self._ask_target)
        self._go, self._cancel = QPushButton(), QPushButton(translate("Export", "取消"))
        self._go.setDefault(True)
        self._cancel.setAutoDefault(False)
        self._go.clicked.connect(self.accept)
        self._cancel.clicked.connect(self.reject)

    def target(self) -> Path:
        """Return where the file goes."""
        return self._target or free_name(self._folder(), self._title(), self._forms[self._form()].ending)

    def accept(self) -> None:
        """Remember all of it, and close."""
        for key, value in self._to_keep():
            self._settings.keep(key, value)
        super().accept()

    # ---- what each kind of dialog says

    def _title(self) -> str:
        raise NotImplementedError

    def _is_shown(self, when: str) -> bool:
        """Return whether rows of a kind are shown now."""
        return not when or (when == "look" and self._form() in LOOKS)

    def _to_keep(self) -> Iterable[tuple[str, Any]]:
        """Return what is as it was the next time."""
        return (
            (self._kept, self._form()),
            ("export/states", self.states.isChecked()),
            ("export/folder", str(self.target().parent)),
        )

    # ---- what all share

    def _form(self) -> str:
        return str(self.form.currentData())

    def _folder(self) -> Path:
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        kept = Path(self._settings.text("export/folder") or documents)
        return kept if kept.is_dir() else Path(documents) if Path(documents).is_dir() else Path.home()

    def _lay_out(self, rows: Sequence[Row], boxes: Iterable[QComboBox]) -> None:
        """Set the fields in their rows; whenever one of the boxes says another thing, all is shown anew."""
        head = Label(self.windowTitle())
        head.setFont(theme.font("section"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        self._rows: list[tuple[str, list[QWidget]]] = []
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
        for each in boxes:
            each.currentIndexChanged.connect(self._renew)
        self.title.textEdited.connect(self._renew)
        self._renew()
        self._go.setFocus()

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
        for when, widgets in self._rows:
            for widget in widgets:
                widget.setVisible(self._is_shown(when))
        form = self._forms[self._form()]
        self.title.setPlaceholderText(self._title())
        if self._target is not None and self._target.suffix != form.ending:
            self._target = None
        self._target_words.setText(str(self.target()))
        self._target_words.setToolTip(tip(str(self.target())))
        self._go.setText(translate("Export", form.verb))
        self._fit()

    def _ask_target(self) -> None:
        form = self._forms[self._form()]
        pattern = f"{form.words} (*{form.ending})"
        name, _ = QFileDialog.getSaveFileName(self, translate("Export", "存到"), str(self.target()), pattern)
        if name:
            path = Path(name)
            self._target = path if path.suffix == form.ending else path.with_name(path.name + form.ending)
            self._renew()


def box(name: str, rows: Sequence[tuple[str, Any]], chosen: Any) -> QComboBox:
    """Return a box with rows of words and what they stand for."""
    made = QComboBox()
    made.setAccessibleName(name)
    for words, value in rows:
        made.addItem(words, value)
        made.setItemData(made.count() - 1, tip(words), Qt.ItemDataRole.ToolTipRole)
    made.setCurrentIndex(max(0, made.findData(chosen)))
    return made


def button(words: str, do: Callable[[], object]) -> QPushButton:
    """Return a flat button beside a field; Enter never presses it."""
    made = QPushButton(words)
    made.setProperty("kind", "flat")
    made.setAutoDefault(False)
    made.clicked.connect(lambda: do())
    return made


def wrapped() -> Label:
    """Return words that may take several lines."""
    label = Label()
    label.setWordWrap(True)
    return label
