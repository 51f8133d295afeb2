"""汇总: who was given what and what came back, who agrees with whom, who was overruled, and the list of merges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSplitter, QStackedWidget, QWidget

from core.dates import clock_time
from core.decisions.log import FIGURE
from core.exchange import Handed, Merge
from core.exchange.agreeing import Overruled, Pair
from core.library.colleagues import Missing
from core.writing.figure_text import grouped
from gui import theme
from gui.exchange.words import named, said_words
from gui.kit.columns import Column
from gui.kit.plain import Label, level
from gui.kit.records import RecordsModel
from gui.kit.table import RecordsView
from gui.kit.widgets import Line, Notice, Segments, column_of
from gui.kit.words import QT_TRANSLATE_NOOP

_T = "Together"
PARTS = (
    ("handed", QT_TRANSLATE_NOOP(_T, "分发与交回")),
    ("pairs", QT_TRANSLATE_NOOP(_T, "一致")),
    ("overruled", QT_TRANSLATE_NOOP(_T, "改判")),
    ("merges", QT_TRANSLATE_NOOP(_T, "合并记录")),
)
NOTES = {
    "handed": QT_TRANSLATE_NOOP(_T, "分发出去的每一份：核了多少、交回没有。选中一份，下面是其中的案例，没核完的在前。"),
    "pairs": QT_TRANSLATE_NOOP(
        _T,
        "两个人都核过、当时都不知道对方怎么判的数据。一致率：判得一样的占多少；"
        "α：扣掉碰巧一样的，1 是全都一致，0 和随便判差不多。",
    ),
    "overruled": QT_TRANSLATE_NOOP(_T, "一个人判过，别人看过以后改成了别的。双击看这个案例。"),
    "merges": QT_TRANSLATE_NOOP(
        _T, "撤销一次合并，只撤它带来的；别人也带来过的留着，它带来的新案例进回收站。以后可以恢复。"
    ),
}
EMPTY = {
    "handed": (
        "upload",
        QT_TRANSLATE_NOOP(_T, "还没有分发过"),
        QT_TRANSLATE_NOOP(_T, "选几例，「文件 → 分发…」写成文件给同事；这里看得到谁拿了什么、交回没有。"),
    ),
    "pairs": (
        "circle-check",
        QT_TRANSLATE_NOOP(_T, "还没有两个人各自核过的数据"),
        QT_TRANSLATE_NOOP(_T, "把同样的案例分发给两个人，都交回合并以后，这里算得出他们有多一致。"),
    ),
    "overruled": (
        "circle-check",
        QT_TRANSLATE_NOOP(_T, "没有谁的判断被改掉"),
        QT_TRANSLATE_NOOP(_T, "一个人判过、别人看过以后又改的，会列在这里；下次分发给他，他也看得到。"),
    ),
    "merges": (
        "history",
        QT_TRANSLATE_NOOP(_T, "还没有分发和合并过"),
        QT_TRANSLATE_NOOP(_T, "选几例，「分发…」给同事；他交回的文件拖进窗口就能合并。"),
    ),
}
WAIT = QT_TRANSLATE_NOOP(_T, "正在看…")
KINDS = {
    "out": QT_TRANSLATE_NOOP(_T, "分发"),
    "in": QT_TRANSLATE_NOOP(_T, "合并"),
    "undone": QT_TRANSLATE_NOOP(_T, "撤销"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """All that the page shows."""

    merges: Sequence[Merge]
    handed: Sequence[Handed]
    pairs: Sequence[Pair]
    overruled: Sequence[Overruled]


def state_words(row: Merge, handed: Handed | None) -> str:
    """Return how something that was handed out or merged stands now."""
    if row.withdrawn:
        return _tr("已撤销") if row.kind == "in" else _tr("已恢复")
    if handed is None:
        return ""
    return _tr("交回 {0} 次").format(len(handed.back)) if handed.back else _tr("还没有交回")


def back_words(row: Handed) -> str:
    """Return when something came back last, and how often."""
    if not row.back:
        return _tr("还没有")
    words = _tr("{0} 次，最近 {1}") if len(row.back) > 1 else "{1}"
    return words.format(len(row.back), clock_time(max(row.back)))


def alpha_words(pair: Pair) -> str:
    """Return alpha as a reader writes it; a dash where everybody said one thing."""
    return "—" if pair.alpha is None else f"{float(pair.alpha):.2f}"


HANDED: tuple[Column[Handed], ...] = (
    Column("name", QT_TRANSLATE_NOOP(_T, "给谁"), lambda r: level(r.name), least=96, most=260, ink="text", grows=True),
    Column("at", QT_TRANSLATE_NOOP(_T, "分发"), lambda r: clock_time(r.at), "whole", key=lambda r: r.at),
    Column("asked", QT_TRANSLATE_NOOP(_T, "请他做的"), lambda r: level(r.asked), least=80, most=260),
    Column("cases", QT_TRANSLATE_NOOP(_T, "案例"), lambda r: grouped(r.cases), "number", key=lambda r: r.cases),
    Column("decided", QT_TRANSLATE_NOOP(_T, "数据核了"), lambda r: f"{grouped(r.decided)} / {grouped(r.figures)}",
           "number", key=lambda r: r.decided),
    Column("left", QT_TRANSLATE_NOOP(_T, "还差"), lambda r: grouped(r.figures - r.decided), "number",
           key=lambda r: r.figures - r.decided, ink=lambda r: "warning" if r.figures > r.decided else "text-2"),
    Column("back", QT_TRANSLATE_NOOP(_T, "交回"), back_words, "whole", key=lambda r: max(r.back, default=""),
           ink=lambda r: "text-2" if r.back else "warning"),
    Column("came", QT_TRANSLATE_NOOP(_T, "带来"), lambda r: grouped(r.came), "number", key=lambda r: r.came),
    Column("overruled", QT_TRANSLATE_NOOP(_T, "后来改判"), lambda r: grouped(r.overruled), "number",
           key=lambda r: r.overruled),
)  # fmt: skip
MISSING: tuple[Column[Missing], ...] = (
    Column("title", QT_TRANSLATE_NOOP(_T, "案例"), lambda r: level(r.title), least=160, most=720, ink="text",
           grows=True),
    Column("figures", QT_TRANSLATE_NOOP(_T, "数据"), lambda r: grouped(r.figures), "number", key=lambda r: r.figures),
    Column("decided", QT_TRANSLATE_NOOP(_T, "核了"), lambda r: grouped(r.decided), "number", key=lambda r: r.decided),
    Column("left", QT_TRANSLATE_NOOP(_T, "还差"), lambda r: grouped(r.figures - r.decided), "number",
           key=lambda r: r.figures - r.decided, ink=lambda r: "warning" if r.figures > r.decided else "text-2"),
)  # fmt: skip
AGREED: tuple[Column[Pair], ...] = (
    Column("one", QT_TRANSLATE_NOOP(_T, "一个人"), lambda r: level(r.one), least=96, most=300, ink="text"),
    Column("other", QT_TRANSLATE_NOOP(_T, "另一个人"), lambda r: level(r.other), least=96, most=300, ink="text",
           grows=True),
    Column("figures", QT_TRANSLATE_NOOP(_T, "都核过的数据"), lambda r: grouped(r.figures), "number",
           key=lambda r: r.figures),
    Column("equal", QT_TRANSLATE_NOOP(_T, "判得一样"), lambda r: grouped(r.equal), "number", key=lambda r: r.equal),
    Column("share", QT_TRANSLATE_NOOP(_T, "一致率"), lambda r: f"{float(r.share) * 100:.0f} %", "number",
           key=lambda r: r.share),
    Column("alpha", QT_TRANSLATE_NOOP(_T, "α"), alpha_words, "number", key=lambda r: -2 if r.alpha is None else r.alpha,
           tip=QT_TRANSLATE_NOOP(_T, "Krippendorff α（名义数据）；大家都判成一样时算不出")),
)  # fmt: skip
LOST: tuple[Column[Overruled], ...] = (
    Column("title", QT_TRANSLATE_NOOP(_T, "案例"), lambda r: level(r.title), least=140, most=400, ink="text"),
    Column("part", QT_TRANSLATE_NOOP(_T, "哪一项"), lambda r: level(named(r.target.part, r.mine)), least=96, most=240),
    Column("mine", QT_TRANSLATE_NOOP(_T, "原来判"), lambda r: level(said_words([r.mine])), least=120, most=360),
    Column("now", QT_TRANSLATE_NOOP(_T, "现在"), lambda r: level(said_words([r.now])), least=120, most=360, grows=True),
    Column("note", QT_TRANSLATE_NOOP(_T, "改的备注"), lambda r: level(r.now.note), least=80, most=260),
    Column("at", QT_TRANSLATE_NOOP(_T, "时间"), lambda r: clock_time(r.now.at), "whole", key=lambda r: r.now.at),
)  # fmt: skip


class TogetherPage(QWidget):
    """The page of who puts several people's work together; a reviewer sees in it where she was overruled."""

    withdraw_wanted = Signal(str)
    """A merge is to be taken back, or the withdrawal of one (its id)."""
    case_wanted = Signal(str, str)
    """A case is to be seen (its id), at a figure (its id, or empty)."""
    num_wanted = Signal(int)
    """A case is to be seen (its number)."""
    packet_chosen = Signal(str)
    """The cases of a packet that was handed out are wanted (its id)."""
    again_wanted = Signal(object, str)
    """Cases are to be handed out once more (their numbers), to whom."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._can_write, self._stands = True, dict[str, Handed]()
        self._is_known = False
        """Whether the library has answered; what is not known is not called empty."""
        self.segments = Segments([(key, _tr(text)) for key, text in PARTS], _tr("看什么"))
        self.segments.chosen.connect(self.show_part)
        self.handed = RecordsView(RecordsModel(HANDED, _T, self), _tr("分发与交回"))
        self.missing = RecordsView(RecordsModel(MISSING, _T, self), _tr("这一份的案例"))
        self.pairs = RecordsView(RecordsModel(AGREED, _T, self), _tr("一致"))
        self.overruled = RecordsView(RecordsModel(LOST, _T, self), _tr("改判"))
        self.merges = RecordsView(RecordsModel(self._merge_columns(), _T, self), _tr("合并记录"))
        self.tables: dict[str, RecordsView[Any]] = {
            "handed": self.handed, "pairs": self.pairs, "overruled": self.overruled, "merges": self.merges,
        }  # fmt: skip
        self.back, self.again = QPushButton(_tr("撤销合并")), QPushButton(_tr("没核完的再分发…"))
        self.back.clicked.connect(self.withdraw)
        self.again.clicked.connect(self._hand_out_again)
        self.handed.chosen.connect(lambda row: self.packet_chosen.emit(row.packet))
        self.merges.chosen.connect(lambda _: self._judge())
        for signal in (self.overruled.opened, self.overruled.doubleClicked):
            signal.connect(lambda _: self._open_overruled())
        for signal in (self.missing.opened, self.missing.doubleClicked):
            signal.connect(lambda _: self._open_missing())
        self._lay_out()
        self.show_part("handed")

    # ---- what it shows

    def show_all(self, shown: Shown, can_write: bool = True) -> None:
        """Show all of it; what was chosen stays chosen."""
        self._can_write, self._is_known = can_write, True
        self._stands = {one.packet: one for one in shown.handed}
        packet = self.chosen_packet()
        for key, rows in (
            ("handed", shown.handed), ("pairs", shown.pairs), ("overruled", shown.overruled), ("merges", shown.merges)
        ):  # fmt: skip
            self.tables[key].show_records(rows)
            count = f" {grouped(len(rows))}" if rows and key != "merges" else ""
            self.segments.name(key, _tr(dict(PARTS)[key]) + count)
        if shown.handed:
            model = self.handed.model()
            at = model.row_where(lambda row: row.packet == packet)  # type: ignore[attr-defined]
            self.handed.choose(max(0, at))
        else:
            self.missing.show_records(())
        if shown.merges:
            self.merges.choose(0, quiet=True)
        self.show_part(self.segments.choice())

    def show_missing(self, rows: Sequence[Missing]) -> None:
        """Show the cases of the packet that is chosen."""
        self.missing.show_records(rows)
        self._judge()

    def show_part(self, key: str) -> None:
        """Show one of the four tables, or what to do so that there is something."""
        self.segments.choose(key)
        there = bool(self.tables[key].model().rowCount())
        self._note.setText(_tr(NOTES[key]))
        self._note.setVisible(there)
        if there:
            self._stack.setCurrentWidget(self._split if key == "handed" else self.tables[key])
        else:
            icon, head, then = EMPTY[key] if self._is_known else ("history", WAIT, "")
            self._nothing.say(icon, _tr(head), _tr(then))
            self._stack.setCurrentWidget(self._nothing)
        self.back.setVisible(key == "merges" and there)
        self.again.setVisible(key == "handed" and there)
        self._judge()

    def chosen_packet(self) -> str:
        """Return the id of the packet that is chosen, empty for none."""
        row = self.handed.record()
        return row.packet if row is not None else ""

    def withdraw(self) -> None:
        """Ask that the chosen merge is taken back, or its withdrawal."""
        row = self.merges.record()
        if row is not None and self.back.isEnabled():
            self.withdraw_wanted.emit(row.id)

    def _hand_out_again(self) -> None:
        nums, row = self._left(), self.handed.record()
        if nums and row is not None:
            self.again_wanted.emit(nums, row.name)

    def _left(self) -> list[int]:
        """The cases of the chosen packet of which figures are not decided."""
        rows: Sequence[Missing] = self.missing.model().records  # type: ignore[attr-defined]
        return [row.num for row in rows if row.decided < row.figures]

    def _open_overruled(self) -> None:
        row = self.overruled.record()
        if row is not None:
            part = row.target.part
            self.case_wanted.emit(row.target.case, part.removeprefix(FIGURE) if part.startswith(FIGURE) else "")

    def _open_missing(self) -> None:
        row = self.missing.record()
        if row is not None:
            self.num_wanted.emit(row.num)

    def _judge(self) -> None:
        row = self.merges.record()
        can = row is not None and row.kind != "out" and not row.withdrawn and self._can_write
        self.back.setEnabled(can)
        self.back.setText(_tr("恢复合并") if row is not None and row.kind == "undone" else _tr("撤销合并"))
        self.again.setEnabled(bool(self._left()))

    # ---- how it looks

    def _merge_columns(self) -> tuple[Column[Merge], ...]:
        return (
            Column("at", QT_TRANSLATE_NOOP(_T, "时间"), lambda r: clock_time(r.at), "whole", key=lambda r: r.at),
            Column("kind", QT_TRANSLATE_NOOP(_T, "做了什么"), lambda r: _tr(KINDS[r.kind]), "whole"),
            Column("name", QT_TRANSLATE_NOOP(_T, "和谁"), lambda r: level(r.name), least=80, most=240, ink="text",
                   grows=True, struck=lambda r: r.withdrawn),
            Column("who", QT_TRANSLATE_NOOP(_T, "经手"), lambda r: level(r.who), least=64, most=200),
            Column("decisions", QT_TRANSLATE_NOOP(_T, "决定"),
                   lambda r: "" if r.kind == "out" else grouped(r.decisions), "number", key=lambda r: r.decisions),
            Column("cases", QT_TRANSLATE_NOOP(_T, "案例"), lambda r: grouped(len(r.cases)) if r.cases else "", "number",
                   key=lambda r: len(r.cases)),
            Column("state", QT_TRANSLATE_NOOP(_T, "现在"),
                   lambda r: state_words(r, self._stands.get(r.packet) if r.kind == "out" else None), "whole"),
            Column("asked", QT_TRANSLATE_NOOP(_T, "请他做的"), lambda r: level(r.asked), least=80, most=300),
        )  # fmt: skip

    def _lay_out(self) -> None:
        title = Label(_tr("汇总"))
        title.setProperty("role", "section")
        head = QHBoxLayout()
        head.setContentsMargins(theme.GAP_L, theme.GAP_M, theme.GAP_L, theme.GAP_S)
        head.setSpacing(theme.GAP_M)
        head.addWidget(title)
        head.addWidget(self.segments)
        head.addStretch(1)
        head.addWidget(self.again)
        head.addWidget(self.back)
        self._note = Label()
        self._note.setProperty("role", "secondary")
        self._note.setWordWrap(True)
        self._note.setContentsMargins(theme.GAP_L, 0, theme.GAP_L, theme.GAP_S)
        self._nothing = Notice()
        self._split = QSplitter(Qt.Orientation.Vertical)
        self._split.addWidget(self.handed)
        self._split.addWidget(self.missing)
        self._split.setChildrenCollapsible(False)
        self._split.setSizes([200, 300])
        for table in (self.handed, self.missing):
            table.setMinimumHeight(84)
        self._stack = QStackedWidget()
        for widget in (self._split, self.pairs, self.overruled, self.merges, self._nothing):
            self._stack.addWidget(widget)
        column = column_of(self, self._note, Line(), self._stack)
        column.insertLayout(0, head)
        column.setStretch(3, 1)


def _tr(text: str) -> str:
    return QCoreApplication.translate(_T, text)
