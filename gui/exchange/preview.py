"""What a merge would do, before it is done: counts, every target with both sides, every new case, a choice for each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from core.decisions import VERDICT_WORDS, Target
from core.exchange import CHOICES, STANDINGS, Choice, Rule
from core.writing.figure_text import grouped
from gui import theme
from gui.exchange.rows import (
    CASE_CHOICES,
    CASE_COLUMNS,
    COLUMNS,
    CasesModel,
    ItemsModel,
    M,
    NewCase,
    Prepared,
    Row,
    taken,
    tr,
)
from gui.exchange.sides import Sides
from gui.kit.plain import Label, level, tip
from gui.kit.table import RecordsView
from gui.kit.widgets import Segments

SIZE, ROOM_AROUND = QSize(1120, 700), QSize(24, 24)
LOW = 480
"""Pixels: in a dialog that is lower the words above the table leave their room to it."""
_PAGES = 3
"""So many pages are named."""
Fetch = Callable[[NewCase, Callable[[Any, Any], object]], object]
"""Fetches a new case and the one here that it is like, and then calls back with both (None for none)."""


class MergePreview(QDialog):
    """Shows what a file brings; nothing is written before 合并 is pressed."""

    def __init__(
        self, prepared: Prepared, name: str, parent: QWidget | None = None, fetch: Fetch | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("合并「{0}」").format(level(name)))
        self._prepared, self._fetch, self._gone = prepared, fetch, False
        self.differ, self.rest, self.cases = prepared.differ, prepared.rest, prepared.cases
        self.parts = self._parts()
        self.model = ItemsModel(COLUMNS, M, self)
        self.table = RecordsView(self.model, tr("要合并的决定"), several=True)
        self.case_model = CasesModel(CASE_COLUMNS, M, self)
        self.case_table = RecordsView(self.case_model, tr("新案例"), several=True)
        self.tables = QStackedWidget()
        for table in (self.table, self.case_table):
            self.tables.addWidget(table)
            table.selectionModel().selectionChanged.connect(lambda *_: self._show())
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("筛选"))
        self.search.setAccessibleName(tr("筛选"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._filter)
        self.sides = Sides()
        self.rule = QComboBox()
        self.rule.setAccessibleName(tr("说法不一的"))
        self._fill_rules()
        self.rule.activated.connect(lambda _: self._tell())
        self.choices = {c: self._choice(at, word) for at, (c, word) in enumerate(CHOICES.items(), 1)}
        self.case_choices = {c: self._choice(at, tr(w)) for at, (c, w) in enumerate(CASE_CHOICES.items(), 1)}
        self.case_choices["join"].setText(self.case_choices["join"].text() + "…")
        for choice, button in self.choices.items():
            button.clicked.connect(lambda on=False, choice=choice: self.choose(choice))
        for case_choice, button in self.case_choices.items():
            button.clicked.connect(lambda on=False, choice=case_choice: self.choose_case(choice))
        for table, buttons in (
            (self.table, [*self.choices.values()]),
            (self.case_table, [*self.case_choices.values()]),
        ):
            for at, button in enumerate(buttons, 1):
                key = QShortcut(QKeySequence(str(at)), table, context=Qt.ShortcutContext.WidgetShortcut)
                key.activated.connect(button.click)
        self.go = QPushButton(tr("合并"))
        self.segments = Segments([(key, word) for key, word, _ in self.parts], tr("看什么"))
        self.segments.chosen.connect(self.show_part)
        self._lay_out()
        self.show_part(self.parts[0][0])
        if not self._brings():
            self.setMinimumWidth(480)
            self.adjustSize()
            return
        self.setMinimumSize(520, 280)
        self.resize(SIZE.boundedTo(parent.size() - ROOM_AROUND) if parent is not None else SIZE)
        self.tables.currentWidget().setFocus()

    # ---- what a person decided

    def chosen(self) -> Mapping[Target, Choice]:
        """Return what is to be done with the targets that somebody chose something for."""
        return {row.target: row.choice for row in (*self.differ, *self.rest) if row.choice != "take"}

    def chosen_rule(self) -> Rule:
        """Return what is done where people differ and nothing was chosen."""
        rule = self.rule.currentData()
        return rule if isinstance(rule, Rule) else Rule()

    def chosen_cases(self) -> list[str]:
        """Return the ids of the new cases that are to be taken."""
        return taken(self.cases)

    def choose(self, choice: Choice) -> None:
        """Do this with the chosen decisions; with a single one, go on to the next."""
        picked = self.picked()
        for row in picked:
            if choice != "ours" or row.ours:
                row.choice = choice
        self._chosen(self.table, len(picked))

    def choose_case(self, choice: str) -> None:
        """Do this with the chosen new cases; how a single one is joined is asked field by field."""
        picked = [one for one in self.picked_cases() if choice in ("take", "leave") or one.double is not None]
        if choice == "join" and len(picked) == 1 and self._fetch is not None:
            self._fetch(picked[0], lambda theirs, ours: self._ask_how(picked[0], theirs, ours))
            return
        for one in picked:
            one.choice, one.fields = choice, {}  # type: ignore[assignment]
        self._chosen(self.case_table, len(picked))

    def picked(self) -> list[Row]:
        """Return the decisions that are chosen in the table."""
        return [row for at in self.table.chosen_rows() if (row := self.model.record(at)) is not None]

    def picked_cases(self) -> list[NewCase]:
        """Return the new cases that are chosen in the table."""
        return [one for at in self.case_table.chosen_rows() if (one := self.case_model.record(at)) is not None]

    def _chosen(self, table: RecordsView[Any], count: int) -> None:
        table.viewport().update()
        at = table.currentIndex().row()
        if count == 1 and at + 1 < table.model().rowCount():
            table.choose(at + 1)
        self._show()
        self._tell()

    def _ask_how(self, one: NewCase, theirs: Any, ours: Any) -> None:
        """Ask field by field how two cases are made one; when the merge is made, not before."""
        from gui.edit.join_form import JoinForm

        if self._gone or theirs is None or ours is None:
            self._sides_of(one, theirs, ours)
            return
        form = JoinForm(self, ours, theirs)
        form.save_button.setText(tr("合并时这样并"))

        def keep() -> None:
            one.choice, one.fields = "join", dict(form.chosen())
            form.accept()
            self._chosen(self.case_table, 1)

        form.saved.connect(lambda _: keep())
        form.open()

    def end(self) -> None:
        """Go; what is still being fetched for it is let go, too."""
        self._gone = True
        self.deleteLater()

    # ---- what is shown

    def show_part(self, key: str) -> None:
        """Show the targets where people differ, the other decisions, or the new cases."""
        self.segments.choose(key)
        cases = key == "cases"
        self.tables.setCurrentWidget(self.case_table if cases else self.table)
        if not cases:
            self.table.show_records(self.differ if key == "differ" else self.rest)
        elif not self.case_model.records:  # ten thousand are only laid out when they are wanted
            self.case_table.show_records(self.cases)
        table = self.tables.currentWidget()
        assert isinstance(table, RecordsView)
        if table.model().rowCount() and not table.chosen_rows():
            table.choose(0)
        for shown, buttons in ((not cases, self.choices), (cases, self.case_choices)):
            for button in buttons.values():
                button.setVisible(shown and self._brings())
        self._show()

    def _parts(self) -> list[tuple[str, str, int]]:
        all_ = (
            ("differ", tr("说法不一 {0}"), len(self.differ)),
            ("rest", tr("其余决定 {0}") if self.differ else tr("决定 {0}"), len(self.rest)),
            ("cases", tr("新案例 {0}"), len(self.cases)),
        )
        return [(k, w.format(grouped(n)), n) for k, w, n in all_ if n] or [("rest", "", 0)]

    def _filter(self, words: str) -> None:
        self.model.set_filter(words)
        self.case_model.set_filter(words)
        self._show()

    def _show(self) -> None:
        if self.tables.currentWidget() is self.case_table:
            self._show_case()
            return
        picked, current = self.picked(), self.table.record()
        if current is not None:
            self.sides.show_item(self._prepared.preview.items[current.at])
        else:
            self.sides.say(tr("选中一行，这里是两边的说法和原文。"))
        for choice, button in self.choices.items():
            fits = choice != "ours" or any(row.ours for row in picked)
            button.setEnabled(bool(picked) and fits)
        differ = bool(picked) and all(row.differ for row in picked)
        self.choices["take"].setText("1  " + (tr("按规则") if differ else CHOICES["take"]))

    def _show_case(self) -> None:
        picked, current = self.picked_cases(), self.case_table.record()
        for choice, button in self.case_choices.items():
            alike = any(one.double is not None for one in picked)
            button.setEnabled(bool(picked) and (choice in ("take", "leave") or alike))
        if current is None:
            self.sides.say(tr("选中一个新案例，这里是它的内容；和本机相像的，是两边的不同。"))
        elif self._fetch is None:
            self.sides.say(current.title)
        else:
            self.sides.say(tr("正在看「{0}」…").format(current.title))  # what stood there is about something else
            self._fetch(current, lambda theirs, ours: self._sides_of(current, theirs, ours))

    def _sides_of(self, one: NewCase, theirs: Any, ours: Any) -> None:
        """Show what was fetched, unless a person has gone on."""
        if not self._gone and self.tables.currentWidget() is self.case_table and self.case_table.record() is one:
            self.sides.show_cases(theirs, ours)

    def _tell(self) -> None:
        """Say how far it is decided, and what the button will do."""
        left = sum(row.choice == "take" for row in self.differ)
        if self.differ:
            words = tr("{0} 项说法不一，还有 {1} 项没有逐条定：") if left else tr("{0} 项说法不一，都定了")
            self._asked.setText(words.format(grouped(len(self.differ)), grouped(left)))
        self.rule.setVisible(bool(left))

    # ---- how it looks

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the room of words to the table where there is little."""
        super().resizeEvent(event)
        self._told.setVisible(self.height() >= LOW or not self._brings())

    def _brings(self) -> bool:
        return bool(self.differ or self.rest or self.cases)

    def _choice(self, at: int, word: str) -> QPushButton:
        """A button for what is done with the chosen lines, and the key for it."""
        button = QPushButton(f"{at}  {word}")
        button.setProperty("kind", "flat")
        button.setAutoDefault(False)
        button.setAccessibleName(word)
        button.setToolTip(tip(tr("在表里按 {0}").format(at)))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _fill_rules(self) -> None:
        self.rule.addItem(tr("留着，标为存疑，以后再定"), Rule("seen"))
        self.rule.addItem(tr("以本机为准"), Rule("ours"))
        self.rule.addItem(tr("以对方为准"), Rule("theirs"))
        for who in self._prepared.parted:
            self.rule.addItem(level(tr("以{0}为准").format(who)), Rule("person", who))
        self.rule.addItem(tr("都留着，由我判为存疑"), Rule("unsure"))

    def _lay_out(self) -> None:
        head = Label(self._head())
        head.setFont(theme.font("section"))
        head.setWordWrap(True)
        self._told = Label("\n".join(self._words()))
        self._told.setProperty("role", "secondary")
        self._told.setWordWrap(True)
        bar = QHBoxLayout()
        bar.addWidget(self.segments)
        bar.addStretch(1)
        bar.addWidget(self.search)
        self.search.setMaximumWidth(200)
        self.middle = QSplitter(Qt.Orientation.Vertical)
        self.middle.addWidget(self.tables)
        self.middle.addWidget(self.sides)
        self.middle.setSizes([340, 200])
        self.middle.setStretchFactor(0, 3)
        self.middle.setStretchFactor(1, 2)
        self.middle.setChildrenCollapsible(False)
        self.tables.setMinimumHeight(80)
        picks = QHBoxLayout()
        picks.setSpacing(theme.GAP_XS)
        mark = Label(tr("选中的："))
        picks.addWidget(mark)
        for button in (*self.choices.values(), *self.case_choices.values()):
            picks.addWidget(button)
        picks.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.GAP_L, theme.GAP_L, theme.GAP_L, theme.GAP_M)
        column.setSpacing(theme.GAP_S)
        column.addWidget(head)
        column.addWidget(self._told)
        column.addLayout(bar)
        column.addWidget(self.middle, 1)
        column.addLayout(picks)
        column.addLayout(self._foot())
        for shown in (self.middle, self.search, mark):
            shown.setVisible(self._brings())
        self.segments.setVisible(self._brings() and len(self.parts) > 1)
        if not self._brings():
            column.addStretch(1)

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        self._asked = Label()
        foot.addWidget(self._asked)
        foot.addWidget(self.rule)
        foot.addStretch(1)
        cancel = QPushButton(tr("不合并") if self._brings() else tr("关闭"))
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        self.go.clicked.connect(self.accept)
        self.go.setProperty("kind", "main")
        self.go.setDefault(True)
        self.go.setVisible(self._brings())
        self.go.setShortcut("Ctrl+Return")
        self.go.setToolTip(tip(tr("Ctrl+回车")))
        foot.addWidget(cancel)
        foot.addWidget(self.go)
        self._tell()
        self._asked.setVisible(bool(self.differ))
        return foot

    def _head(self) -> str:
        preview = self._prepared.preview
        if not self._brings():
            pages = tr("没有能合并的：对方只剪接了版面") if preview.pages else ""
            return pages or tr("没有新的东西：这些决定本机都有了")
        parts = [tr("{0} 条决定").format(grouped(preview.decisions))] if preview.items else []
        if preview.new_cases:
            parts.append(tr("{0} 个新案例").format(grouped(len(preview.new_cases))))
        said = tr("带来 {0}").format("、".join(parts))
        if self.differ:
            said += tr("，{0} 项说法不一").format(grouped(len(self.differ)))
        if preview.pages:  # where there is little room, the head alone is shown
            said += tr("；对方剪接过 {0} 个版面，不合并").format(grouped(len(preview.pages)))
        return said

    def _words(self) -> list[str]:
        preview = self._prepared.preview
        counts = [f"{STANDINGS[s]} {grouped(preview.counts[s])}" for s in STANDINGS if preview.counts[s]]
        lines = ["　".join(counts), "　".join(_told_of(self._prepared))]
        if preview.doubles:
            lines.append(tr("{0} 个新案例和本机的相像，可以并为一例").format(grouped(len(preview.doubles))))
        if preview.read_differently:
            lines.append(tr("{0} 例读出的内容和本机不同，保留本机的").format(grouped(len(preview.read_differently))))
        if preview.pages:
            lines.append(_pages_told(preview.pages))
        if preview.withdrawn:
            lines.append(tr("其中 {0} 条合并过又撤销了，要恢复请到「合并记录」").format(grouped(preview.withdrawn)))
        if self._brings():
            lines.append(tr("按「合并」之前什么也不写；合并以后随时可以撤销。"))
        return [line for line in lines if line]


def _pages_told(pages: Sequence[tuple[str, str]]) -> str:
    """Which pages were cut and joined otherwise there, and that this is not merged."""
    names = [tr("{0}（{1}）").format(name or tr("不在本机的版面"), who or tr("没有署名")) for name, who in pages]
    shown = "、".join(names[:_PAGES]) + (tr(" 等") if len(names) > _PAGES else "")
    words = tr("对方剪接过 {0} 个版面：{1}。改的字合并，剪开、拼接、移走不合并，本机的照旧；要改请在本机整理")
    return level(words.format(grouped(len(pages)), shown))


def _told_of(prepared: Prepared) -> Sequence[str]:
    """How many decisions of each kind each person made."""
    return [
        level(tr("{0}：{1}").format(
            who or tr("没有署名"),
            "、".join(f"{VERDICT_WORDS[v]} {grouped(counts[v])}" for v in VERDICT_WORDS if counts[v]),
        ))
        for who, counts in prepared.preview.by_person().items()
    ]  # fmt: skip
