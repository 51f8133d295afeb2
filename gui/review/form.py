"""The fields of a figure that is put right: Tab from one to the next, Enter saves."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent, Qt
from PySide6.QtWidgets import QComboBox, QFormLayout, QLineEdit, QWidget

from core.decisions import NotAValue
from core.records import APPROX_WORDS, Approx, Metric
from core.reviewing.typed import typed_value, value_field
from gui import theme
from gui.kit.plain import Label


class Form(QWidget):
    """Value, unit, approximation, indicator and period of one figure."""

    saved = Signal(object)
    """The figure as it was put right (a ``Metric``)."""
    given_up = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._metric: Metric | None = None
        self.value, self.unit, self.indicator, self.period = (QLineEdit() for _ in range(4))
        self.approx = QComboBox()
        for key, word in APPROX_WORDS.items():
            self.approx.addItem(word or self.tr("没有"), key)
        self._wrong = Label()
        self._wrong.setProperty("role", "danger")
        self._wrong.setWordWrap(True)
        rows = QFormLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setHorizontalSpacing(12)
        rows.setVerticalSpacing(6)
        for words, field in (
            (self.tr("数值"), self.value),
            (self.tr("单位"), self.unit),
            (self.tr("约数"), self.approx),
            (self.tr("指标"), self.indicator),
            (self.tr("时间"), self.period),
        ):
            field.setAccessibleName(words)
            rows.addRow(words, field)
        rows.addRow(self._wrong)
        self._printed = Label()
        self._printed.setProperty("role", "secondary")
        self._printed.setWordWrap(True)
        rows.insertRow(0, self._printed)
        hint = Label(self.tr("Tab 到下一格，回车存下并到下一个，Esc 不改了"))
        hint.setProperty("role", "faint")
        rows.addRow(hint)
        self.value.textEdited.connect(lambda _: self._say(""))

    def open(self, metric: Metric) -> None:
        """Show the fields of a figure, the value chosen so that typing replaces it."""
        self._metric = metric
        self._say("")
        self._printed.setText(self.tr("印的是：{0}").format(metric.quote or metric.printed))
        self._printed.setVisible(bool(metric.quote or metric.printed))
        self.value.setText(value_field(metric))
        self.unit.setText(metric.unit)
        self.approx.setCurrentIndex([*APPROX_WORDS].index(metric.approx))
        self.indicator.setText(metric.indicator)
        self.period.setText(metric.period)
        self.show()
        self.value.setFocus(Qt.FocusReason.TabFocusReason)
        self.value.selectAll()

    def wrong(self) -> str:
        """Return what is said to be wrong with what was typed; empty when nothing is."""
        return self._wrong.text()

    def save(self) -> None:
        """Hand on the figure as it is typed, or say what is wrong with it."""
        if self._metric is None:
            return
        try:
            low, high = typed_value(self.value.text())
        except NotAValue as error:
            self._say(str(error))
            self.value.setFocus()
            return
        indicator = self.indicator.text().strip()
        if not indicator:
            self._say(self.tr("数据要有指标"))
            self.indicator.setFocus()
            return
        approx: Approx = self.approx.currentData()
        unit, period = self.unit.text().strip(), self.period.text().strip()
        changed = replace(
            self._metric, value=low, value_max=high, unit=unit, approx=approx, indicator=indicator, period=period
        )
        self.saved.emit(changed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter saves, Esc gives up."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.save()
        elif event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)

    def _say(self, words: str) -> None:
        self._wrong.setText(words)
        self._wrong.setVisible(bool(words))
        theme.set_property(self.value, "wrong", bool(words))
