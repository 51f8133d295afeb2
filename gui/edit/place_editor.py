"""The field of a place: what is typed is looked up among the known places, and one of them is chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import astuple
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout

from core.editing.fields import placed
from core.places.areas import full_label
from core.records import Place
from gui import theme
from gui.edit.editors import Editor, line_edit
from gui.kit.plain import level

TYPING_PAUSE_MS = 120

Found = Sequence[tuple[Place, str]]
Look = Callable[[str, Callable[[Found], object]], object]
"""Looks up what was typed, in another thread, and gives the places to the second."""


class PlaceEditor(Editor):
    """Province to county out of the gazetteer, town and village as written."""

    fitted = Signal()
    """Suggestions appeared or went: the form is higher or lower than before."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._place = Place()
        self.line = line_edit(self.tr("地区"), self.tr("地名、旧名、简称或拼音"))
        self.town = line_edit(self.tr("乡镇、街道"), self.tr("乡镇、街道"))
        self.village = line_edit(self.tr("村、社区"), self.tr("村、社区"))
        self.found = QListWidget()
        self.found.setAccessibleName(self.tr("找到的地区"))
        self.found.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.found.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.found.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.found.setProperty("field", True)
        self.found.hide()
        self._wait = QTimer(self, interval=TYPING_PAUSE_MS, singleShot=True)
        self._wait.timeout.connect(self._ask)
        self.line.textEdited.connect(self._typed)
        self.line.installEventFilter(self)
        self.found.itemClicked.connect(self._take)
        for edit in (self.town, self.village):
            edit.textEdited.connect(lambda _: self.changed.emit())
        self._lay_out()
        self.setFocusProxy(self.line)

    def value(self) -> Any:
        """Return the six of a place; those of none where the line is empty."""
        place = self._place if self.line.text().strip() else Place()
        return list(astuple(placed(place, self.town.text().strip(), self.village.text().strip())))

    def show_value(self, value: Any) -> None:
        self._show(Place(*value) if value else Place())

    def wrong(self) -> str:
        """Return what is wrong with it: words that are no place that was chosen; empty when nothing is."""
        typed = self.line.text().strip()
        if typed and typed != self._label():
            return self.tr("「{0}」还不是一个地区：请从建议里选一个，或清空。").format(typed)
        return ""

    def show_found(self, typed: str, places: Found) -> None:
        """Offer the places that the typed text may mean, unless another was typed by now."""
        if typed != self.line.text() or not self.line.text().strip() or not self.wrong():
            return
        self.found.clear()
        for place, note in places:
            item = QListWidgetItem(level(full_label(place) + (f"　{note}" if note else "")))
            item.setData(Qt.ItemDataRole.UserRole, place)
            self.found.addItem(item)
        if not places:
            item = QListWidgetItem(level(self.tr("没有叫「{0}」的地区").format(typed.strip())))
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.found.addItem(item)
        self.found.setFixedHeight(self.found.sizeHintForRow(0) * self.found.count() + 12)
        self.found.setCurrentRow(0)
        self.found.show()
        self.fitted.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrows and Enter choose below while a name is typed; Esc takes the suggestions away."""
        if watched is self.line and self.found.isVisible() and isinstance(event, QKeyEvent):
            return event.type() == QEvent.Type.KeyPress and self._steer(event.key())
        return super().eventFilter(watched, event)

    def _steer(self, key: int) -> bool:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(key))
        if step:
            self.found.setCurrentRow((self.found.currentRow() + step) % self.found.count())
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take(self.found.currentItem())
        elif key == Qt.Key.Key_Escape:
            self._fold()
        else:
            return False
        return True

    def _typed(self) -> None:
        self._wait.start()
        self.changed.emit()

    def _ask(self) -> None:
        typed = self.line.text()
        if typed.strip():
            self._look(typed, lambda found: self.show_found(typed, found))
        else:
            self._fold()

    def _take(self, item: QListWidgetItem | None) -> None:
        place = item.data(Qt.ItemDataRole.UserRole) if item is not None else None
        if isinstance(place, Place):
            self._show(place)
            self.changed.emit()

    def _show(self, place: Place) -> None:
        self._place = place
        self.line.setText(self._label())
        self.town.setText(place.town)
        self.village.setText(place.village)
        self._fold()

    def _label(self) -> str:
        return full_label(Place(self._place.code, self._place.province, self._place.city, self._place.county))

    def _fold(self) -> None:
        self._wait.stop()
        if not self.found.isHidden():
            self.found.hide()
            self.fitted.emit()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.GAP_S)
        for edit, share in ((self.line, 3), (self.town, 2), (self.village, 2)):
            row.addWidget(edit, share)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP_XS)
        column.addLayout(row)
        column.addWidget(self.found)
