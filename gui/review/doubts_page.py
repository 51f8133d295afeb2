"""待核实 and 说法不一 as a page: what is to be looked at, both sides as printed, and what is said of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QSplitter, QStackedLayout, QVBoxLayout, QWidget

from core.doubts import KIND_WORDS
from core.reviewing.differing import Difference
from core.reviewing.doubting import Listed, Side
from core.writing.figure_text import grouped
from gui import theme
from gui.kit.basics import ElidedLabel, IconButton, Line, divide
from gui.kit.columns import Column
from gui.kit.plain import Label, level
from gui.kit.records import RecordsModel
from gui.kit.table import RecordsView
from gui.kit.widgets import Notice, Segments
from gui.kit.words import QT_TRANSLATE_NOOP
from gui.review.originals import Text, show_words
from gui.review.sides import SidesView

_D = "DoubtsPage"
Tab = Literal["doubts", "conflicts"]
NARROW = 900
"""In a narrower page the list stands over both sides, else beside them."""
REASONS = (
    QT_TRANSLATE_NOOP(_D, "口径不同"),
    QT_TRANSLATE_NOOP(_D, "时间不同"),
    QT_TRANSLATE_NOOP(_D, "原文就是这样"),
    QT_TRANSLATE_NOOP(_D, "读得对"),
)


def _aside(row: Listed) -> str:
    return _tr("不是问题：{0}").format(row.reason or _tr("没写理由")) if row.dismissed else ""


DOUBTS: tuple[Column[Listed], ...] = (
    Column("words", QT_TRANSLATE_NOOP(_D, "什么对不上"), lambda r: r.doubt.words, least=160, most=720, weight=3,
           ink=lambda r: "text-3" if r.dismissed else "text", grows=True, struck=lambda r: r.dismissed),
    Column("kind", QT_TRANSLATE_NOOP(_D, "哪一种"), lambda r: KIND_WORDS[r.doubt.kind], "whole",
           key=lambda r: -r.doubt.weight, ink=lambda r: "text-3" if r.dismissed else "warning"),
    Column("cases", QT_TRANSLATE_NOOP(_D, "案例"), lambda r: "、".join(map(level, r.titles)), least=80, most=320),
    Column("aside", QT_TRANSLATE_NOOP(_D, "说明"), _aside, least=24, most=240),
)  # fmt: skip
DIFFERENCES: tuple[Column[Difference], ...] = (
    Column("title", QT_TRANSLATE_NOOP(_D, "案例"), lambda r: level(r.title), least=100, most=320, ink="text"),
    Column("part", QT_TRANSLATE_NOOP(_D, "哪一项"), lambda r: level(r.part), least=80, most=240, ink="warning"),
    Column("who", QT_TRANSLATE_NOOP(_D, "谁和谁"), lambda r: "、".join(d.who or _tr("没有署名") for d in r.sides),
           least=80, most=280, grows=True),
    Column("now", QT_TRANSLATE_NOOP(_D, "定以前用的"), lambda r: level(r.now), least=80, most=320),
)  # fmt: skip


class DoubtsPage(QWidget):
    """The list of doubts, and that of what people say differently; what is chosen is shown from both sides."""

    tab_chosen = Signal(str)
    stop_wanted = Signal()
    again_wanted = Signal()
    """The doubts are to be looked for anew."""
    left = Signal()
    aside_wanted = Signal(object, str)
    """These doubts (``Listed``) are none, for this reason."""
    up_wanted = Signal(object)
    """These doubts are to be listed again."""
    review_wanted = Signal(object)
    """The figures of these doubts are to be checked."""
    shown_wanted = Signal(object)
    """Both sides of this doubt are to be shown."""
    settled = Signal(object, object)
    """This difference is settled: by the word of a side (its place), or as unsure (None)."""
    other_wanted = Signal(object)
    """This difference is to be settled by another value."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_tr("待核实"))
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.tabs = Segments([("doubts", _tr("待核实")), ("conflicts", _tr("说法不一"))], _tr("看哪一种"))
        self.title, self.progress = ElidedLabel(), Label()
        self.stop = QPushButton(_tr("停下"))
        self.again = QPushButton(_tr("重新找"))
        self.every = QPushButton(_tr("也列不是问题的"))
        self.every.setCheckable(True)
        self.doubts = RecordsView(RecordsModel(DOUBTS, _D, self), _tr("待核实的地方"), self, several=True)
        self.differences = RecordsView(RecordsModel(DIFFERENCES, _D, self), _tr("说法不一的地方"), self)
        self.notice = Notice()
        self.reason = QComboBox(editable=True)
        self.aside, self.up = QPushButton(_tr("不是问题")), QPushButton(_tr("重新列出"))
        self.check = QPushButton(_tr("核对这几个数"))
        self.texts = [Text("") for _ in range(3)]
        self.sides = SidesView()
        self._rows: list[Listed] = []
        self._can_write = True
        self._shown: Listed | None = None
        self._lay_out()
        self._connect()

    # ---- what is shown

    def say_title(self, text: str) -> None:
        """Say of which cases it is."""
        self.title.setText(text)

    def say_looking(self, words: str, runs: bool) -> None:
        """Say how far the search is; it can be stopped while it runs, and begun anew when it does not."""
        self.progress.setText(words)
        self.stop.setVisible(runs)
        self.again.setVisible(not runs and self.tab() == "doubts")

    def show_tab(self, tab: Tab) -> None:
        """Show one of the two lists."""
        self.tabs.choose(tab)
        self.every.setVisible(tab == "doubts")
        self._lists.setCurrentIndex(0 if tab == "doubts" else 1)
        self._details.setCurrentIndex(0 if tab == "doubts" else 1)
        self._fit_notice()

    def tab(self) -> str:
        """Return which list is shown."""
        return self.tabs.choice()

    def show_doubts(self, rows: Sequence[Listed], can_write: bool = True) -> None:
        """Show these doubts in this order; what was chosen stays so."""
        chosen = {row.doubt.id for row in self.chosen()}
        self._rows, self._can_write = list(rows), can_write
        self._fill(chosen)

    def show_differences(self, rows: Sequence[Difference], can_write: bool = True) -> None:
        """Show where people differ; the one that was chosen stays so, else the first is."""
        had = self.differences.record()
        self._can_write = can_write
        self.differences.show_records(rows)
        model = self.differences.model()
        at = model.row_where(lambda row: had is not None and row.target == had.target)  # type: ignore[attr-defined]
        if rows:
            self.differences.choose(max(at, 0), quiet=True)
        self._show_difference()
        self._fit_notice()

    def count(self, doubts: int, conflicts: int) -> None:
        """Say on the tabs how many there are."""
        for key, word, n in (("doubts", _tr("待核实"), doubts), ("conflicts", _tr("说法不一"), conflicts)):
            self.tabs.name(key, f"{word} {grouped(n)}" if n else word)

    def show_sides(self, doubt_id: str, sides: Sequence[Side]) -> None:
        """Show the printed words on each side of the doubt that is chosen."""
        if self._shown is None or self._shown.doubt.id != doubt_id:
            return
        for at, text in enumerate(self.texts):
            text.setVisible(at < len(sides))
        for text, side in zip(self.texts, sides, strict=False):
            shown, quote = side.shown, side.quote
            if shown is None:
                text.name(_tr("登报的日子") if not quote.metric else _tr("数据已经不在了"))
                text.say_of("")
                text.say_missing("")
                show_words(text.page, quote.words)
                continue
            metric = shown.metric
            text.name(level(f"{metric.indicator}　{metric.printed or metric.value}"))
            text.say_of("　".join(filter(None, (shown.title, shown.printed_where))))
            text.show_original(shown)

    def chosen(self) -> list[Listed]:
        """Return the doubts that are chosen."""
        found = (self.doubts.model().record(row) for row in self.doubts.chosen_rows())  # type: ignore[attr-defined]
        return [row for row in found if row is not None]

    def says(self) -> str:
        """Return what stands in the place of the list; empty while there is one."""
        return self.notice.words() if self._lists.currentWidget() is self.notice else ""

    # ---- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete puts a doubt aside, Enter checks its figures, Esc leaves; of a difference 1 and 2 take a side."""
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.left.emit()
        elif self.tab() == "doubts" and key == Qt.Key.Key_Delete and self.aside.isEnabled():
            self.aside.click()
        elif self.tab() == "conflicts" and event.text() in ("1", "2", "3", "4") and self._can_write:
            self.sides.press(event.text())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the sides below the list where there is no room beside each other."""
        super().resizeEvent(event)
        narrow = self.width() < NARROW
        self._quotes.setOrientation(Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal)
        self._body.setOrientation(Qt.Orientation.Horizontal if narrow else Qt.Orientation.Vertical)

    # ---- inside

    def _fill(self, chosen: set[str]) -> None:
        rows = [row for row in self._rows if self.every.isChecked() or not row.dismissed]
        self.doubts.show_records(rows)
        model = self.doubts.model()
        at = model.row_where(lambda row: row.doubt.id in chosen)  # type: ignore[attr-defined]
        if rows:
            self.doubts.choose(max(at, 0), quiet=True)
        self._choose()
        self._fit_notice()

    def _fit_notice(self) -> None:
        """Say what there is to do where a list is empty."""
        doubts = self.tab() == "doubts"
        table = self.doubts if doubts else self.differences
        empty = not table.model().rowCount()
        self._lists.setCurrentWidget(self.notice if empty else table)
        self._details.parentWidget().setVisible(not empty)
        aside = sum(row.dismissed for row in self._rows)
        if not empty:
            return
        if not doubts:
            words = _tr("合并同事交回的文件以后，两个人定得不一样的会列在这里，逐项定下。")
            self.notice.say("circle-check", _tr("没有说法不一的"), words)
        elif self.stop.isVisibleTo(self):
            self.notice.say("search", _tr("正在找…"), _tr("互相矛盾、说不通、没有把握的数据会列在这里。"))
        else:
            words = _tr("另有 {0} 处说明过不是问题。").format(grouped(aside)) if aside else ""
            self.notice.say("circle-check", _tr("没有待核实的"), words or _tr("数据之间没有找到矛盾。"))

    def _choose(self) -> None:
        row = self.doubts.record()
        same = row is not None and self._shown is not None and row.doubt.id == self._shown.doubt.id
        self._shown = row
        if row is not None and not same:
            for text in self.texts:
                text.hide()
            self.shown_wanted.emit(row)
        rows = self.chosen()
        self.aside.setEnabled(self._can_write and any(not one.dismissed for one in rows))
        self.reason.setEnabled(self.aside.isEnabled())
        self.check.setEnabled(self._can_write and bool(rows))
        self.up.setVisible(any(one.dismissed for one in rows))
        self.up.setEnabled(self._can_write)

    def _show_difference(self) -> None:
        self.sides.show_difference(self.differences.record(), self._can_write)

    def _put_aside(self) -> None:
        rows = [row for row in self.chosen() if not row.dismissed]
        if rows:
            self.aside_wanted.emit(rows, self.reason.currentText().strip())

    def _connect(self) -> None:
        self.tabs.chosen.connect(self.tab_chosen)
        self.stop.clicked.connect(self.stop_wanted)
        self.again.clicked.connect(self.again_wanted)
        self.every.toggled.connect(lambda _: self._fill({row.doubt.id for row in self.chosen()}))
        self.doubts.selectionModel().selectionChanged.connect(lambda *_: self._choose())
        self.doubts.opened.connect(lambda _: self.check.click())
        self.differences.selectionModel().selectionChanged.connect(lambda *_: self._show_difference())
        self.aside.clicked.connect(self._put_aside)
        self.up.clicked.connect(lambda: self.up_wanted.emit([row for row in self.chosen() if row.dismissed]))
        self.check.clicked.connect(lambda: self.review_wanted.emit(self.chosen()))
        self.sides.taken.connect(self.settled)
        self.sides.other_wanted.connect(self.other_wanted)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(theme.GAP_L, theme.GAP_S, theme.GAP_S, theme.GAP_S)
        head.setSpacing(theme.GAP_M)
        self.tabs.setMinimumWidth(220)
        for label in (self.title, self.progress):
            label.setProperty("role", "secondary")
        for button in (self.stop, self.again, self.every):
            button.setProperty("kind", "flat")
        leave = IconButton("x", _tr("离开（Esc）"))
        leave.clicked.connect(self.left)
        head.addWidget(self.tabs)
        head.addWidget(self.title)
        head.addStretch(1)
        for widget in (self.progress, self.stop, self.again, self.every, leave):
            head.addWidget(widget)
        lists = QWidget()
        self._lists = QStackedLayout(lists)
        for shown in (self.doubts, self.differences, self.notice):
            self._lists.addWidget(shown)
        details = QWidget()
        self._details = QStackedLayout(details)
        self._details.addWidget(self._doubt_panel())
        self._details.addWidget(self.sides)
        self._body = QSplitter(Qt.Orientation.Vertical)
        divide(self._body, (lists, 300, 1), (details, 340, 1))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(Line())
        column.addWidget(self._body, 1)
        self.setFocusProxy(self.doubts)
        self.say_looking("", False)

    def _doubt_panel(self) -> QWidget:
        self._quotes = QSplitter(Qt.Orientation.Horizontal)
        divide(self._quotes, *((text, 400, 1) for text in self.texts))
        self.reason.addItems(["", *map(_tr, REASONS)])
        self.reason.setMinimumWidth(160)
        self.reason.setAccessibleName(_tr("为什么不是问题"))
        line = self.reason.lineEdit()
        if line is not None:
            line.setPlaceholderText(_tr("理由，可以不写"))
            line.returnPressed.connect(self._put_aside)
        self.aside.setToolTip(_tr("Delete；记作一次决定，可撤销"))
        self.check.setToolTip(_tr("回车"))
        self.check.setProperty("kind", "main")
        row = QHBoxLayout()
        row.setContentsMargins(theme.GAP_L, theme.GAP_S, theme.GAP_L, theme.GAP_S)
        row.setSpacing(theme.GAP_S)
        for widget in (self.check, self.aside, self.reason, self.up):
            row.addWidget(widget)
        row.addStretch(1)
        panel = QWidget()
        column = QVBoxLayout(panel)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._quotes, 1)
        column.addWidget(Line())
        column.addLayout(row)
        return panel


def _tr(text: str) -> str:
    return QCoreApplication.translate(_D, text)
