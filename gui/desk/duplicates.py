"""Before a page goes in: which of its articles the library has already, what differs, and what becomes of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from core.writing.figure_text import grouped
from gui import theme
from gui.kit.basics import Line
from gui.kit.plain import Label

if TYPE_CHECKING:
    from core.desk import Edit
    from core.intake.duplicates import Differences, Duplicate
    from core.records import Metric

NAMED = 3
"""So many figures or paragraphs are shown as an example of those that differ."""
LONGEST = 36
"""Characters of a paragraph that are shown."""
MOST_HIGH, REST_HIGH = 420, 190
"""Pixels: of the list at most, and of all around it."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("Duplicates", text)


def proposals(found: Sequence[Duplicate]) -> list[bool]:
    """Return of each whether it had better be joined: where the page brings nothing that would be lost by it."""
    return [not one.differences.brings for one in found]


def edits_of(found: Sequence[Duplicate], joined: Sequence[bool]) -> list[Edit]:
    """Return the edits of the page that say so."""
    from core.desk import Other, Same

    return [(Same if join else Other)(one.at, one.case.id) for one, join in zip(found, joined, strict=True)]


def told(differences: Differences) -> Iterator[str]:
    """Return what differs, a sentence each."""
    if not differences and not differences.words_here:
        yield _tr("文字和数据都一样。")
        return
    if differences.titles:
        ours, theirs = (_tr("「{0}」").format(title) if title else _tr("没有标题") for title in differences.titles)
        yield _tr("标题：库里是{0}，这里是{1}。").format(ours, theirs)
    for there, here in differences.values[:NAMED]:
        yield _tr("{0}：库里是 {1}，这里是 {2}。").format(here.indicator or _tr("数据"), there.printed, here.printed)
    if (more := len(differences.values) - NAMED) > 0:
        yield _tr("还有 {0} 个数据的值不一样。").format(grouped(more))
    for head, metrics in (
        (_tr("只有这里有的数据"), differences.figures_here),
        (_tr("只有库里有的数据"), differences.figures_there),
    ):
        if metrics:
            yield _counted(head, len(metrics), [_figure(metric) for metric in metrics])
    for head, paragraphs in (
        (_tr("只有这里有的段落"), differences.paragraphs_here),
        (_tr("只有库里有的段落"), differences.paragraphs_there),
    ):
        if paragraphs:
            yield _counted(head, len(paragraphs), [_begun(text) for text in paragraphs])
    if differences.words_here and not differences.brings:
        yield _tr("这里有几个字词和库里不一样。")


def _counted(head: str, count: int, shown: Sequence[str]) -> str:
    rest = _tr("等") if count > NAMED else ""
    return _tr("{0} {1} 处：{2}{3}。").format(head, grouped(count), "、".join(shown[:NAMED]), rest)


def _figure(metric: Metric) -> str:
    return f"{metric.indicator} {metric.printed}".strip()


def _begun(text: str) -> str:
    return f"「{text[:LONGEST]}……」" if len(text) > LONGEST else f"「{text}」"


class DuplicatesDialog(QDialog):
    """Shows each article that is in the library, what differs, and asks: one case with two sources, or two cases."""

    def __init__(self, found: Sequence[Duplicate], several_pages: bool, parent: QWidget | None = None) -> None:
        """``several_pages`` go in one after the other, and may all be treated alike."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("案例库里已经有了"))
        self.setMinimumWidth(560)
        self._joins: list[QRadioButton] = []
        self._all = QCheckBox(self.tr("后面的版面也照建议办，不再问"))
        self._all.setVisible(several_pages)
        self._back, self._go = QPushButton(self.tr("回到版面")), QPushButton(self.tr("照选的收进"))
        self._lay_out(found)
        self._back.clicked.connect(self.reject)
        self._go.clicked.connect(self.accept)
        self._go.setFocus()

    def answers(self) -> list[bool]:
        """Return of each article whether it is joined."""
        return [join.isChecked() for join in self._joins]

    def for_all(self) -> bool:
        """Return whether the pages that follow are treated as proposed."""
        return self._all.isChecked()

    def choose(self, at: int, joined: bool) -> None:
        """Choose for one of the articles, as a click does."""
        join = self._joins[at]
        group = join.group()
        next(button for button in group.buttons() if (button is join) is joined).setChecked(True)

    def words(self) -> str:
        """Return everything that it says."""
        return "\n".join(label.text() for label in self.findChildren(Label))

    def _lay_out(self, found: Sequence[Duplicate]) -> None:
        head = Label(self.tr("这一版有 {0} 篇，案例库里已经有了").format(grouped(len(found))))
        head.setFont(theme.font("section"))
        why = Label(self.tr("合并：案例还是一个，多记一个出处，这一版的原文留在「来源」里。可以撤销。"))
        why.setProperty("role", "faint")
        for label in (head, why):
            label.setWordWrap(True)
        self.setAccessibleName(head.text())
        self.setAccessibleDescription(why.text())
        inside = QWidget()
        list_ = QVBoxLayout(inside)
        list_.setContentsMargins(0, 0, 12, 0)
        list_.setSpacing(12)
        for at, one in enumerate(found):
            if at:
                list_.addWidget(Line())
            list_.addWidget(self._article(one, proposals([one])[0]))
        list_.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidget(inside)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(12)
        for widget in (head, why, scroll, self._all):
            column.addWidget(widget)
        column.setStretch(2, 1)
        column.addLayout(self._buttons())
        self.ensurePolished()
        high = inside.heightForWidth(512) if inside.hasHeightForWidth() else inside.sizeHint().height()
        room = self.screen().availableGeometry().height() - REST_HIGH - 48  # what frames the window is not counted
        self.resize(608, min(MOST_HIGH, high, max(room, 80)) + REST_HIGH)

    def _buttons(self) -> QHBoxLayout:
        self._go.setProperty("kind", "main")
        self._go.setDefault(True)
        self._back.setAutoDefault(False)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._back)
        row.addWidget(self._go)
        return row

    def _article(self, one: Duplicate, joined: bool) -> QWidget:
        widget = QWidget()
        column = QVBoxLayout(widget)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        title = Label(one.article.title or self.tr("（无标题）"))
        title.setFont(theme.font("strong"))
        alike = self.tr("几乎相同") if one.share >= 1 else self.tr("相近 {0:.0%}").format(one.share)
        printed = "；".join(filter(None, (citation.text() for citation in one.case.citations))) or one.case.title
        where = Label(self.tr("库里：{0} · {1}").format(printed, alike))
        where.setProperty("role", "faint")
        for label in (title, where, *map(Label, told(one.differences))):
            label.setWordWrap(True)
            column.addWidget(label)
        join, other = QRadioButton(self.tr("合并为一例，记两个出处")), QRadioButton(self.tr("不是同一篇，另收一例"))
        group = QButtonGroup(widget)
        for button in (join, other):
            group.addButton(button)
            button.setAccessibleDescription(title.text())
            column.addWidget(button)
        (join if joined else other).setChecked(True)
        self._joins.append(join)
        return widget
