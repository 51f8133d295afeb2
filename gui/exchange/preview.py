"""What a merge would do, before it is done: counts, every target with both sides, a choice for each, a rule for all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from core.decisions import Target
from core.exchange import CHOICES, STANDINGS, Choice, Item, Preview, Rule
from core.writing.figure_text import grouped
from gui import theme
from gui.exchange.words import both_sides, part_words, said_words
from gui.kit.columns import Column
from gui.kit.plain import Label, level
from gui.kit.records import RecordsModel
from gui.kit.table import RecordsView
from gui.kit.words import QT_TRANSLATE_NOOP

_M = "MergePreview"
SIZE, ROOM_AROUND = QSize(1080, 640), QSize(24, 24)


@dataclass(slots=True)
class Row:
    """A line of the preview, with what a person chose for it."""

    item: Item
    choice: Choice = "take"

    def standing(self) -> str:
        """Return how the two sides stand, as a word."""
        return STANDINGS["forked"] if self.item.differ else STANDINGS[self.item.standing]

    def chosen(self) -> str:
        """Return what will be done."""
        if self.choice == "take" and self.item.differ:
            return _tr("按规则")
        return CHOICES[self.choice]


COLUMNS: tuple[Column[Row], ...] = (
    Column("title", QT_TRANSLATE_NOOP(_M, "案例"), lambda r: level(r.item.title), least=120, most=300, ink="text"),
    Column("part", QT_TRANSLATE_NOOP(_M, "哪一项"), lambda r: level(part_words(r.item)), least=96, most=200),
    Column("standing", QT_TRANSLATE_NOOP(_M, "情况"), Row.standing, "whole",
           key=lambda r: (not r.item.differ, r.item.standing),
           ink=lambda r: "warning" if r.item.differ else "text-2"),
    Column("ours", QT_TRANSLATE_NOOP(_M, "本机"), lambda r: level(said_words(r.item.ours)), least=110, most=320),
    Column("theirs", QT_TRANSLATE_NOOP(_M, "对方"), lambda r: level(said_words(r.item.theirs)), least=110, most=320),
    Column("choice", QT_TRANSLATE_NOOP(_M, "处理"), Row.chosen, "whole", ink="text"),
)  # fmt: skip


class MergePreview(QDialog):
    """Shows what a file brings; nothing is written before 合并 is pressed."""

    def __init__(self, preview: Preview, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_tr("合并「{0}」").format(level(name)))
        self.rows = sorted((Row(item) for item in preview.items), key=lambda row: not row.item.differ)
        self.table = RecordsView(RecordsModel(COLUMNS, _M, self), _tr("要合并的决定"), several=True)
        self.table.show_records(self.rows)
        self.detail = QPlainTextEdit(readOnly=True)
        self.detail.setAccessibleName(_tr("两边的说法"))
        self.detail.setPlaceholderText(_tr("选中一行，这里是两边的说法和原文。"))
        self.rule = QComboBox()
        self.rule.setAccessibleName(_tr("说法不一的"))
        self._fill_rules(preview)
        self.choices = {choice: QPushButton(_tr(word)) for choice, word in CHOICES.items()}
        self.go = QPushButton(_tr("合并"))
        self._lay_out(preview)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._show())
        for choice, button in self.choices.items():
            button.clicked.connect(lambda on=False, choice=choice: self.choose(choice))
        self.table.selectRow(0)
        self._show()
        if not preview.items:
            self.setMinimumWidth(480)
            self.adjustSize()
            return
        self.resize(SIZE.boundedTo(parent.size() - ROOM_AROUND) if parent is not None else SIZE)

    # ---- what a person decided

    def chosen(self) -> Mapping[Target, Choice]:
        """Return what is to be done with the targets that somebody chose something for."""
        return {row.item.target: row.choice for row in self.rows if row.choice != "take"}

    def chosen_rule(self) -> Rule:
        """Return what is done where people differ and nothing was chosen."""
        rule = self.rule.currentData()
        return rule if isinstance(rule, Rule) else Rule()

    def choose(self, choice: Choice) -> None:
        """Do this with the chosen lines."""
        picked = self._picked()
        for row in picked:
            row.choice = choice
        self.table.viewport().update()
        self._show()

    def _picked(self) -> list[Row]:
        model, found = self.table.model(), self.table.selectionModel().selectedRows()
        rows = (model.record(index.row()) for index in found)  # type: ignore[attr-defined]
        return [row for row in rows if row is not None]

    def _show(self) -> None:
        picked = self._picked()
        self.detail.setPlainText("\n\n".join(level(both_sides(row.item)) for row in picked[:5]))
        for choice, button in self.choices.items():
            fits = choice != "ours" or any(row.item.ours for row in picked)
            button.setEnabled(bool(picked) and fits)

    # ---- how it looks

    def _fill_rules(self, preview: Preview) -> None:
        self.rule.addItem(_tr("留着，标为存疑，以后再定"), Rule("seen"))
        self.rule.addItem(_tr("以本机为准"), Rule("ours"))
        self.rule.addItem(_tr("以对方为准"), Rule("theirs"))
        people = dict.fromkeys(d.who for item in preview.conflicts for d in item.becomes.heads if d.who)
        for who in people:
            self.rule.addItem(level(_tr("以{0}为准").format(who)), Rule("person", who))
        self.rule.addItem(_tr("都留着，由我判为存疑"), Rule("unsure"))

    def _lay_out(self, preview: Preview) -> None:
        head = Label(self._head(preview))
        head.setFont(theme.font("section"))
        head.setWordWrap(True)
        words = Label(self._words(preview))
        words.setProperty("role", "secondary")
        words.setWordWrap(True)
        middle = QSplitter(Qt.Orientation.Vertical)
        middle.addWidget(self.table)
        middle.addWidget(self.detail)
        middle.setStretchFactor(0, 3)
        middle.setStretchFactor(1, 1)
        middle.setChildrenCollapsible(False)
        picks = QHBoxLayout()
        picks.addWidget(Label(_tr("选中的：")))
        for button in self.choices.values():
            button.setProperty("kind", "flat")
            button.setAutoDefault(False)
            picks.addWidget(button)
        picks.addStretch(1)
        foot = QHBoxLayout()
        conflicts = len(preview.conflicts)
        asked = Label(_tr("说法不一的 {0} 项：").format(grouped(conflicts)))
        foot.addWidget(asked)
        foot.addWidget(self.rule)
        foot.addStretch(1)
        for widget in (asked, self.rule):
            widget.setVisible(bool(conflicts))
        brings = bool(preview.items or preview.new_cases)
        cancel = QPushButton(_tr("不合并") if brings else _tr("关闭"))
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        self.go.clicked.connect(self.accept)
        self.go.setDefault(True)
        self.go.setVisible(brings)
        foot.addWidget(cancel)
        foot.addWidget(self.go)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.GAP_XL, theme.GAP_XL, theme.GAP_XL, theme.GAP_XL)
        column.setSpacing(theme.GAP_L)
        for widget in (head, words):
            column.addWidget(widget)
        column.addWidget(middle, 1)
        column.addLayout(picks)
        column.addLayout(foot)
        for shown in (middle, *self.choices.values(), picks.itemAt(0).widget()):
            shown.setVisible(bool(preview.items))
        if not preview.items:
            column.addStretch(1)

    def _head(self, preview: Preview) -> str:
        if not preview.items and not preview.new_cases:
            return _tr("没有新的东西：这些决定本机都有了")
        parts = [_tr("{0} 条决定").format(grouped(preview.decisions))]
        if preview.new_cases:
            parts.append(_tr("{0} 个新案例").format(grouped(len(preview.new_cases))))
        said = _tr("带来 {0}").format("、".join(parts))
        if preview.conflicts:
            said += _tr("，{0} 项说法不一").format(grouped(len(preview.conflicts)))
        return said

    def _words(self, preview: Preview) -> str:
        counts = [f"{STANDINGS[s]} {grouped(preview.counts[s])}" for s in STANDINGS if preview.counts[s]]
        lines = ["　".join(counts)]
        people = preview.by_person()
        if people:
            told = (
                _tr("{0} {1} 条").format(who or _tr("没有署名"), grouped(sum(n.values()))) for who, n in people.items()
            )
            lines.append("　".join(told))
        if preview.new_cases:
            some = "、".join(f"「{title}」" for _, title in preview.new_cases[:3])
            lines.append(_tr("新案例：{0}").format(level(some)) + ("……" if len(preview.new_cases) > 3 else ""))
        if preview.doubles:
            named = "、".join(f"「{d.title}」" for d in preview.doubles[:3])
            lines.append(_tr("{0} 个新案例和本机的相像：{1}").format(grouped(len(preview.doubles)), named))
        if preview.read_differently:
            lines.append(_tr("{0} 例读出的内容和本机不同，保留本机的").format(grouped(len(preview.read_differently))))
        if preview.withdrawn:
            lines.append(_tr("其中 {0} 条合并过又撤销了，要恢复请到「合并记录」").format(grouped(preview.withdrawn)))
        if preview.items or preview.new_cases:
            lines.append(_tr("按「合并」之前什么也不写；合并以后随时可以撤销。"))
        return "\n".join(line for line in lines if line)


def _tr(text: str) -> str:
    return QCoreApplication.translate(_M, text)
