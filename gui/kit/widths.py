"""How wide the columns of a table are: as wide as what stands in them, as a person set them, never cutting a number."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHeaderView, QStyle, QTableView

from gui.kit.columns import Column, Want, share
from gui.kit.rows import PAD
from gui.theme.fonts import font

SAMPLE = 200
"""So many records tell how wide texts wish to be; of numbers all are measured."""
AT_ONCE = 500
"""So many records are measured before the window may answer again."""
HEAD_ROOM = 28
"""What a head has beside its words: margins at both sides and the arrow of the order."""
SETTLED_MS = 200
NARROWEST = 40


class Widths(QObject):
    """Measures what stands in the columns of a view and shares out its room."""

    set_by_person = Signal()

    def __init__(self, view: QTableView, columns: Sequence[Column[Any]], text: Callable[[Any, int], str]) -> None:
        """``text`` says what stands in a cell, of a record and the number of a column."""
        super().__init__(view)
        self._view, self._columns, self._text = view, tuple(columns), text
        self.own: dict[str, int] = {}
        """What a person set, by the names of columns."""
        self._wishes = [0] * len(self._columns)
        self._seen = 0
        self._left: Iterator[Any] = iter(())
        self._fitting = False
        self._later = QTimer(self, interval=0)
        self._later.timeout.connect(self._measure_some)
        self._settled = QTimer(self, interval=SETTLED_MS, singleShot=True)
        self._settled.timeout.connect(self.fit)

    def join(self, head: QHeaderView) -> None:
        """Listen to what a person does with the heads; called when the view has its model."""
        head.setStretchLastSection(False)
        head.setMinimumSectionSize(NARROWEST)
        head.sectionResized.connect(self._resized)
        head.sectionHandleDoubleClicked.connect(self._let_go)

    def measure(self, records: Sequence[Any]) -> None:
        """Measure these records and no others: a part at once, the rest while the window has nothing else to do."""
        self._wishes, self._seen = [0] * len(self._columns), 0
        self._left = iter(records)
        self._measure_some()
        if self._seen < len(records):
            self._later.start()
        else:
            self._later.stop()

    def measure_more(self, records: Sequence[Any]) -> None:
        """Measure these records beside those that were."""
        metrics = QFontMetrics(font("interface"))
        for at, column in enumerate(self._columns):
            told = records if column.whole else records[: max(0, SAMPLE - self._seen)]
            texts = {self._text(record, at) for record in told}
            self._wishes[at] = max([self._wishes[at], *map(metrics.horizontalAdvance, texts)])
        self._seen += len(records)

    def fit(self) -> None:
        """Share out the room of the view among the columns that are shown."""
        head = self._view.horizontalHeader()
        shown = [at for at in map(head.logicalIndex, range(head.count())) if not head.isSectionHidden(at)]
        if not shown:
            return
        room, wants = self._view.viewport().width(), [self._want(at) for at in shown]
        widths = share(room, wants, self._growing(shown)) if len(shown) > 1 else [room]
        self._fitting = True
        for at, width in zip(shown, widths, strict=True):
            head.resizeSection(at, width)
        self._fitting = False

    def least(self) -> int:
        """Return how narrow the table can become, in pixels, before it scrolls sideways."""
        head = self._view.horizontalHeader()
        return sum(self._want(at).least for at in range(len(self._columns)) if not head.isSectionHidden(at))

    def reset(self) -> None:
        """Forget what a person set."""
        self.own.clear()
        self.fit()

    def restore(self, own: Mapping[str, Any]) -> None:
        """Take up remembered widths, as far as they are widths of these columns."""
        known = {column.name for column in self._columns}
        self.own = {n: w for n, w in own.items() if n in known and isinstance(w, int) and NARROWEST <= w < 4000}
        self.fit()

    # inside

    def _measure_some(self) -> None:
        some = list(islice(self._left, AT_ONCE))
        self.measure_more(some)
        if len(some) < AT_ONCE:
            self._later.stop()
        self.fit()

    def _want(self, at: int) -> Want:
        column, content = self._columns[at], self._content(at)
        own = self.own.get(column.name, 0)
        if column.whole:
            return Want(max(own, content), max(own, content))
        if own:
            return Want(own, own)
        least = max(column.least, self._head(at))
        return Want(least, max(least, min(column.most, content)), column.weight)

    def _content(self, at: int) -> int:
        """How wide a column has to be so that nothing in it is cut, its head included."""
        column = self._columns[at]
        sample = QFontMetrics(font("interface")).horizontalAdvance(column.sample) if column.sample else 0
        return max(self._head(at), max(self._wishes[at], sample) + self._beside(column) + 1)

    def _head(self, at: int) -> int:
        title = str(self._view.model().headerData(at, self._view.horizontalHeader().orientation()))
        shown = not self._view.horizontalHeader().isHidden()
        return QFontMetrics(font("secondary")).horizontalAdvance(title) + HEAD_ROOM if shown else NARROWEST

    def _beside(self, column: Column[Any]) -> int:
        """What a cell has beside its text: our margin, Qt's, and the icon with Qt's margin."""
        style = self._view.style()
        margin = style.pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin, None, self._view) + 1
        icon = style.pixelMetric(QStyle.PixelMetric.PM_SmallIconSize, None, self._view) if column.icon else 0
        return 2 * PAD + 2 * margin + (icon + 2 * margin if icon else 0)

    def _growing(self, shown: Sequence[int]) -> int:
        """Which of the shown columns takes what is left; one whose width a person set does not."""
        free = [i for i, at in enumerate(shown) if self._may_grow(at)]
        said = [i for i in free if self._columns[shown[i]].grows]
        return (said or free or [-1])[-1]

    def _may_grow(self, at: int) -> bool:
        return not self._columns[at].whole and self._columns[at].name not in self.own

    def _resized(self, at: int, old: int, new: int) -> None:
        if self._fitting or not old or not new:  # hidden and shown again, nobody set it
            return
        column = self._columns[at]
        self.own[column.name] = max(new, self._content(at)) if column.whole else new
        if self.own[column.name] != new:
            self._fitting = True
            self._view.horizontalHeader().resizeSection(at, self.own[column.name])
            self._fitting = False
        self._settled.start()
        self.set_by_person.emit()

    def _let_go(self, at: int) -> None:
        """A double click between two heads: the column is as wide as its content again."""
        self.own.pop(self._columns[at].name, None)
        self.fit()
        self.set_by_person.emit()
