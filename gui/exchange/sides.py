"""Two sides of one thing beside each other: who says what here and there, with quotes and notes; or field by field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from core.dates import clock_time
from core.decisions import VERDICT_WORDS
from core.exchange import Item
from gui import theme
from gui.exchange.words import part_words, value_words
from gui.kit.plain import Label

if TYPE_CHECKING:
    from core.decisions import Decision
    from core.records import Case

_S = "MergeSides"
MOST_FIGURES = 12
LONGEST = 400
"""So many characters of a text, so many figures of a new case are shown."""


SHORT = 24
"""A value of so many characters stands in the head."""


class Said(NamedTuple):
    """A line of a side, and the role of its colour."""

    text: str
    role: str = ""


Side = Sequence[Said]
Line = tuple[str, Side, Side]
"""What it is about, our side, their side; without the two last one it goes across."""


class Sides(QScrollArea):
    """A head and lines of two sides; empty it says what will stand here."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_tr("两边的说法"))
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMinimumHeight(72)
        self._texts: list[str] = []
        self.say(_tr("选中一行，这里是两边的说法和原文。"))

    def text(self) -> str:
        """Return everything that it says."""
        return "\n".join(self._texts)

    def say(self, words: str) -> None:
        """Say only this."""
        self._show(words, (), "secondary")

    def show_item(self, item: Item) -> None:
        """Show what both sides say of a target."""
        before = next((d.before for d in (*item.fresh, *item.ours)), None)
        was = "" if before is None else value_words(before)
        head = f"{item.title}　{part_words(item)}"
        sides = (
            [Said(_tr("本机"), "section"), *_voices(item.ours)],
            [Said(_tr("对方"), "section"), *_voices(item.theirs)],
        )
        lines: list[Line] = [("", *sides)]
        if was and len(was) <= SHORT:
            head += _tr("（原来 {0}）").format(was)
        elif was:
            lines.append((_tr("原来"), [Said(_cut(was))], ()))
        self._show(head, lines)

    def show_cases(self, theirs: Case | None, ours: Case | None) -> None:
        """Show a new case; beside the one here that it is much like, what differs."""
        if theirs is None:
            self.say(_tr("文件里找不到这个案例了。"))
        elif ours is None:
            self._show(theirs.title, [*_of_case(theirs)])
        else:
            self._show(theirs.title, [*_differences(ours, theirs)])

    def _show(self, head: str, lines: Iterable[Line], role: str = "section") -> None:
        inside = QWidget()
        inside.setProperty("ground", "surface")
        column = QVBoxLayout(inside)
        column.setContentsMargins(theme.GAP_S, theme.GAP_S, theme.GAP_M, theme.GAP_S)
        column.setSpacing(theme.GAP_S)
        self._texts = []
        column.addWidget(self._label(Said(head, role)))
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.GAP_L)
        grid.setVerticalSpacing(theme.GAP_S)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        for at, (name, left, right) in enumerate(lines):
            if name:
                grid.addWidget(self._label(Said(name, "faint")), at, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(self._side(left), at, 1, 1, 1 if right else 2, Qt.AlignmentFlag.AlignTop)
            if right:
                grid.addWidget(self._side(right), at, 2, Qt.AlignmentFlag.AlignTop)
        column.addLayout(grid)
        column.addStretch(1)
        self.setWidget(inside)

    def _side(self, said: Side) -> QWidget:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for one in said:
            column.addWidget(self._label(one))
        return side

    def _label(self, said: Said) -> Label:
        label = Label(said.text)
        label.setWordWrap(True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        if said.role:
            label.setProperty("role", said.role)
        self._texts.append(label.text())
        return label


def _voices(rows: Sequence[Decision]) -> Iterator[Said]:
    """What people say, each with name, value, quote, note and time."""
    if not rows:
        yield Said(_tr("没有人说过"), "faint")
    for row in rows:
        value = "" if row.verdict in ("accepted", "rejected") and row.after is None else value_words(row.after)
        yield Said(f"{row.who or _tr('没有署名')}：{VERDICT_WORDS[row.verdict]} {_cut(value)}".rstrip())
        quote = row.after.get("quote") if isinstance(row.after, dict) else ""
        if quote:
            yield Said(_tr("原文：{0}").format(_cut(quote)), "secondary")
        if row.note:
            yield Said(_tr("备注：{0}").format(_cut(row.note)), "secondary")
        if row.at:
            yield Said(clock_time(row.at), "faint")


def _of_case(case: Case) -> Iterator[Line]:
    from core.decisions import PARTS
    from core.decisions.values import value_of_field
    from core.editing.fields import told

    for part in ("place", "themes", "citations", "summary", "background", "practice", "result"):
        if text := told(part, value_of_field(case, part)):
            yield PARTS[part], [Said(_cut(text))], ()
    if case.body and not (case.summary or case.practice):
        yield _tr("正文"), [Said(_cut("\n".join(case.body)))], ()
    if case.metrics:
        shown = [Said(f"{m.indicator} {m.printed or m.value}　{m.quote}".rstrip()) for m in case.metrics[:MOST_FIGURES]]
        if more := len(case.metrics) - MOST_FIGURES:
            shown += [Said(_tr("还有 {0} 个").format(more), "faint")] if more > 0 else []
        yield _tr("数据"), shown, ()


def _differences(ours: Case, theirs: Case) -> Iterator[Line]:
    from core.editing.joining import differing

    found = [*differing(ours, theirs)]
    yield (
        "",
        [Said(_tr("本机：{0}").format(ours.title), "section")],
        [Said(_tr("对方：{0}").format(theirs.title), "section")],
    )
    if not found:
        yield "", [Said(_tr("对方没有本机没有的东西。"))], ()
    for one in found:
        yield one.name, [Said(_cut(one.this) or _tr("（空）"))], [Said(_cut(one.other))]


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"


def _tr(text: str) -> str:
    return QCoreApplication.translate(_S, text)
