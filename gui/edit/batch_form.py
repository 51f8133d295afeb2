"""Many cases changed at once: what is to be done, and below it what becomes of each before anything is written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from core.decisions import PARTS
from core.editing.batch import Batch, Planned
from core.editing.fields import told
from core.records import THEMES, Place
from core.writing.figure_text import grouped
from gui import theme
from gui.edit.editors import Editor, ListEditor, ThemesEditor
from gui.edit.forms import Form
from gui.edit.place_editor import Look, PlaceEditor
from gui.edit.rows import Row
from gui.kit.columns import Column
from gui.kit.plain import Label
from gui.kit.records import RecordsModel
from gui.kit.table import RecordsView
from gui.kit.words import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from gui.shell.long import LongChange

_B = "BatchForm"
PAUSE_MS = 150
MOST = 500
"""So many lines of the preview are shown; the count over them is of all."""
COLUMNS: tuple[Column[Planned], ...] = (
    Column("title", QT_TRANSLATE_NOOP(_B, "案例"), lambda r: r.title, least=96, most=320, ink="text"),
    Column("part", QT_TRANSLATE_NOOP(_B, "项"), lambda r: PARTS[r.part], "whole"),
    Column("old", QT_TRANSLATE_NOOP(_B, "原来"), lambda r: told(r.part, r.old) or "—", least=80, most=320),
    Column("new", QT_TRANSLATE_NOOP(_B, "改为"), lambda r: told(r.part, r.new) or "—", least=80, most=320, ink="text"),
)

Plan = Callable[[Batch, Callable[[Sequence[Planned]], object]], object]
"""Works out in another thread what a batch would change, and gives it to the second."""


class BatchForm(Form):
    """A change of place, themes and tags over the chosen cases."""

    def __init__(self, parent: QWidget | None, count: int, look: Look, plan: Plan) -> None:
        super().__init__(parent, _tr("批量修改 {0} 例").format(grouped(count)), _tr("修改"))
        self._plan = plan
        self._place = _PlaceOver(look)
        editors: dict[str, tuple[str, Editor]] = {
            "place": (_tr("地区"), self._place),
            "add_themes": (_tr("加上主题"), ThemesEditor(_tr("别的主题"), THEMES, _tr("别的主题，用顿号隔开"))),
            "drop_themes": (_tr("去掉主题"), ListEditor(_tr("去掉主题"), _tr("要去掉的主题，用顿号隔开"))),
            "add_tags": (_tr("加上标签"), ListEditor(_tr("加上标签"), _tr("要加上的标签，用顿号隔开"))),
            "drop_tags": (_tr("去掉标签"), ListEditor(_tr("去掉标签"), _tr("要去掉的标签，用顿号隔开"))),
        }
        self.planned: Sequence[Planned] = ()
        self._change: LongChange | None = None
        """The change that is being made."""
        self._told = Label()
        self._told.setProperty("role", "secondary")
        self.preview = RecordsView(RecordsModel(COLUMNS, _B, self), _tr("会怎样改"))
        self._wait = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._wait.timeout.connect(self._ask)
        self.fill([Row(part, name, editor, str, marked=False) for part, (name, editor) in editors.items()])
        for row in self.rows.values():
            row.show_value(None, None, None, is_read=False)
            row.changed.connect(self._wait.start)
        self.add_below(self._below(), 2)
        self.show_planned(())
        self.fit_in(760, 680)
        self._place.setFocus()

    def batch(self) -> Batch:
        """Return what is to be done."""
        value = self.values()
        place = Place(*value["place"]) if "place" in value else None
        names = {part: tuple(value.get(part, ())) for part in self.rows if part != "place"}
        return Batch(place if place and place.names else None, self._place.over.isChecked(), **names)

    def refusal(self) -> str:
        """What is wrong with what was typed."""
        return self._place.wrong()

    def show_planned(self, planned: Sequence[Planned]) -> None:
        """Show what would become of the cases."""
        self.planned = planned
        self.preview.show_records(planned[:MOST])
        cases = len({one.num for one in planned})
        if planned:
            words = _tr("会改 {0} 例，共 {1} 处：").format(grouped(cases), grouped(len(planned)))
        else:
            words = _tr("选好要改的，这里先列出每一例会怎样改。已有的主题和标签都留着。")
        self._told.setText(words)
        self.save_button.setText(_tr("修改 {0} 例").format(grouped(cases)) if planned else _tr("修改"))
        self._judge()

    def follow(self, change: LongChange) -> None:
        """Say how far the change is that was asked for; until it is made it can be stopped here."""
        change.keep_quiet()  # the bar lies behind this form
        self._change = change
        self.cancel.setEnabled(True)
        change.stepped.connect(self._told.setText)
        change.ended.connect(lambda _: self.accept())
        for signal in (change.stopped, change.failed):
            signal.connect(self._go_on)

    def reject(self) -> None:
        """Stop the change that is being made; else give up."""
        if self._change is not None:
            self._change.stop()
            self.cancel.setEnabled(False)
        else:
            super().reject()

    def _go_on(self) -> None:
        self._change = None
        self.wait(False)
        self.show_planned(self.planned)

    def _judge(self) -> None:
        super()._judge()
        self.save_button.setEnabled(bool(self.planned) and not self._wait.isActive())

    def _ask(self) -> None:
        batch = self.batch()
        if self.refusal() or not batch:
            self.show_planned(())
        else:
            self._plan(batch, lambda planned: self.show_planned(planned) if batch == self.batch() else None)

    def _below(self) -> QWidget:
        below = QWidget()
        column = QVBoxLayout(below)
        column.setContentsMargins(0, 0, theme.GAP_M, 0)
        column.setSpacing(theme.GAP_S)
        column.addWidget(self._told)
        column.addWidget(self.preview, 1)
        below.setMinimumHeight(96)
        return below


class _PlaceOver(PlaceEditor):
    """A place, and whether it is to stand in the place of another."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.over = QCheckBox(_tr("已有地区的也改"))
        self.over.clicked.connect(lambda _: self.changed.emit())
        self.layout().addWidget(self.over)  # type: ignore[union-attr]


def _tr(text: str) -> str:
    return QCoreApplication.translate(_B, text)
