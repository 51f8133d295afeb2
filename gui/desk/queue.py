"""The list of what is being imported: each page with its state, each failure with its reason, and how far it is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from core.writing.figure_text import grouped
from gui import theme
from gui.desk.queue_list import QueueList
from gui.desk.queue_rows import STATES, QueueModel, QueueRow
from gui.kit import cells
from gui.kit.basics import BusyBar, IconButton, Line
from gui.kit.plain import Label


class ImportQueue(QWidget):
    """The pane of the list: how far it is, a way to stop, the rows, and one button that accepts them all."""

    row_chosen = Signal(int)
    cancelled = Signal()
    accept_all_wanted = Signal()
    removal_wanted = Signal(object)
    """These rows are to be taken off the desk."""
    back_wanted = Signal()
    """What was taken off last is to be put back."""
    retry_wanted = Signal(object)
    """These rows, which failed, are to be read again."""
    cases_wanted = Signal(object)
    """The cases of these rows, which came in, are to be shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._quiet = False
        self.setProperty("ground", "window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.model = QueueModel(self)
        self.view = QueueList(self)
        self.view.setModel(self.model)
        self.view.setAccessibleName(self.tr("导入的版面"))
        self._words, self._bar = Label(), BusyBar()
        self._words.setProperty("role", "secondary")
        self._words.setWordWrap(True)
        self._cancel = IconButton("x", self.tr("停止导入；读好的版面留着"))
        self._all = QPushButton(self.tr("全部接受"))
        self._all.setToolTip(self.tr("没看过的版面也收进案例库，标为未核；以后可以从「来源」再整理"))
        self._more = IconButton("ellipsis", self.tr("整理这份清单"))
        self._failed, self._back = QPushButton(), QPushButton()
        for button in (self._failed, self._back):
            button.setProperty("kind", "legend")
        self._lay_out()
        self.offer_back(0)
        self._cancel.clicked.connect(self.cancelled)
        self._all.clicked.connect(self.accept_all_wanted)
        self._failed.clicked.connect(self.to_next_failure)
        self._more.clicked.connect(lambda: self.menu().exec(self._more.mapToGlobal(self._more.rect().bottomLeft())))
        self._back.clicked.connect(self.back_wanted)
        self.view.removal_wanted.connect(lambda: self.removal_wanted.emit(self.chosen_rows()))
        self.view.menu_wanted.connect(lambda at: self.menu().exec(at))
        self.view.selectionModel().currentChanged.connect(self._say_chosen)
        self.show_progress("", None)

    # ---- what the desk says

    def show_progress(self, words: str, share: float | None) -> None:
        """How far it is in words and as a share; None when nothing is at work."""
        self._words.setText(words or self.tr("共 {0} 页").format(len(self.model.rows)))
        self._bar.show_share(share)
        self._cancel.setVisible(share is not None)
        self.renew()

    def words(self) -> str:
        """What is said of the progress."""
        return self._words.text()

    def renew(self) -> None:
        """Offer what can be done with the rows as they are now."""
        ready, failed = self.count("ready"), self.count("failed")
        self._all.setEnabled(ready > 0)
        self._all.setText(self.tr("全部接受（{0} 页）").format(ready) if ready else self.tr("全部接受"))
        self._failed.setVisible(failed > 0)
        self._failed.setText(self.tr("{0} 个没有读成").format(failed))
        self._more.setEnabled(bool(self.model.rows))

    def offer_back(self, count: int) -> None:
        """Offer to put back so many rows; none for 0."""
        self._back.setVisible(count > 0)
        self._back.setText(self.tr("撤销：移出 {0} 个").format(grouped(count)))

    def take(self, rows: Sequence[QueueRow]) -> list[tuple[int, QueueRow]]:
        """Take rows out of the list without choosing another; each with where it stood."""
        self._quiet = True
        taken = self.model.take(rows)
        self._go_to(-1)
        self._quiet = False
        return taken

    def chosen_rows(self) -> list[QueueRow]:
        """All rows that are chosen, in their order."""
        return [self.model.rows[at] for at in sorted(index.row() for index in self.view.selectedIndexes())]

    def menu(self) -> QMenu:
        """What can be done with the chosen rows, and with all that are done or failed."""
        menu, chosen = QMenu(self), self.chosen_rows()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        failed, came_in = _in(chosen, "failed"), [row for row in chosen if row.came_as]
        everywhere = _in(self.model.rows, "failed")
        done = _in(self.model.rows, "added", "known")
        count = grouped(len(chosen))
        entries = (
            (self.tr("再读一次"), self.retry_wanted, failed),
            (self.tr("去看案例"), self.cases_wanted, came_in),
            (self.tr("移出导入台\tDelete") if len(chosen) < 2 else self.tr("移出这 {0} 个\tDelete").format(count),
             self.removal_wanted, chosen),
            None,
            (self.tr("再读没有读成的 {0} 个").format(grouped(len(everywhere))), self.retry_wanted, everywhere),
            (self.tr("清掉没有读成的 {0} 个").format(grouped(len(everywhere))), self.removal_wanted, everywhere),
            (self.tr("清掉已经收进的 {0} 页").format(grouped(len(done))), self.removal_wanted, done),
            None,
        )  # fmt: skip
        for entry in entries:
            if entry is None:
                menu.addSeparator()
            elif entry[2]:
                words, signal, rows = entry
                menu.addAction(words, lambda signal=signal, rows=rows: signal.emit(rows))
        menu.addAction(self.tr("复制清单"), self.copy)
        return menu

    def count(self, state: str) -> int:
        """How many rows are in a state."""
        return sum(row.state == state for row in self.model.rows)

    def choose(self, at: int) -> None:
        """Choose a row without saying so; -1 for none, so that each can be chosen next."""
        self._quiet = True
        self._go_to(at)
        self._quiet = False

    def _go_to(self, at: int) -> None:
        """Choose a row and no other, whatever keys are held down; -1 for none."""
        only = QItemSelectionModel.SelectionFlag.ClearAndSelect
        if at < 0:  # told by its own method the list does not choose its first row when the focus comes
            self.view.setCurrentIndex(QModelIndex())
            self.view.clearSelection()
        else:
            self.view.selectionModel().setCurrentIndex(self.model.index(at), only)

    def chosen(self) -> int:
        """The row that is chosen, -1 for none."""
        return self.view.currentIndex().row()

    def next_open(self, after: int, step: int = 1) -> int:
        """The next page that is not accepted yet, going round; -1 when there is none."""
        count = len(self.model.rows)
        order = [(after + step * i) % count for i in range(1, count + 1)] if count else []
        return next((at for at in order if self.model.rows[at].state == "ready"), -1)

    def to_next_failure(self) -> None:
        """Show the next file that could not be read."""
        rows = self.model.rows
        order = [*range(self.chosen() + 1, len(rows)), *range(self.chosen() + 1)]
        at = next((i for i in order if rows[i].state == "failed"), -1)
        if at >= 0:
            self.view.setFocus()
            self._go_to(at)

    def copy(self) -> None:
        """Copy the list as a table: name, state, what is said of it."""
        rows = self.model.rows
        lines = [[row.name, self.model.tr(STATES[row.state][2]), self.model.state_text(row)] for row in rows]
        cells.put([self.tr("版面"), self.tr("状态"), self.tr("说明")], lines, [False] * 3)

    # inside

    def _lay_out(self) -> None:
        title = Label(self.tr("导入"))
        title.setFont(theme.font("section"))
        head = QHBoxLayout()
        head.addWidget(title)
        head.addStretch(1)
        head.addWidget(self._cancel)
        head.addWidget(self._more)
        top = QWidget()
        inner = QVBoxLayout(top)
        inner.setContentsMargins(12, 8, 8, 8)
        inner.setSpacing(2)
        inner.addLayout(head)
        inner.addWidget(self._words)
        foot = QWidget()
        below = QVBoxLayout(foot)
        below.setContentsMargins(12, 8, 12, 12)
        below.setSpacing(4)
        below.addWidget(self._failed, 0, Qt.AlignmentFlag.AlignLeft)
        below.addWidget(self._back, 0, Qt.AlignmentFlag.AlignLeft)
        below.addWidget(self._all)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget, share in ((top, 0), (self._bar, 0), (Line(), 0), (self.view, 1), (Line(), 0), (foot, 0)):
            column.addWidget(widget, share)

    def _say_chosen(self, now: QModelIndex, before: QModelIndex) -> None:
        if not self._quiet and now.isValid():
            self.row_chosen.emit(now.row())


def _in(rows: Sequence[QueueRow], *states: str) -> list[QueueRow]:
    """Those of the rows that are in one of these states."""
    return [row for row in rows if row.state in states]
