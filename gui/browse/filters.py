"""What narrows the search: a row of removable chips, and the sheet in which they are chosen."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QStringListModel,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCompleter,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from core.dates import read_date
from core.editing.numbers import number_of
from core.library import Query
from gui import theme
from gui.kit.basics import dismiss
from gui.kit.flow import Flow
from gui.kit.plain import Label, level
from gui.kit.widgets import Chip
from gui.kit.words import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from core.records import State

translate = QCoreApplication.translate
KIND_WORDS = {
    "case": QT_TRANSLATE_NOOP("Filters", "案例"),
    "news": QT_TRANSLATE_NOOP("Filters", "新闻"),
    "caption": QT_TRANSLATE_NOOP("Filters", "图说"),
}
SUGGESTIONS = 8
MOST_TAGS = 24
"""So many tags are offered, the most used first; others are found by searching for their words."""
WIDTH = 520
TYPING_PAUSE_MS = 80


def chips_of(query: Query, name_of: Callable[[str], str], arrived: str = "") -> Iterator[tuple[str, Query]]:
    """What each filter says, and the query without it; ``arrived`` is what its sources are called together."""
    if query.sources:
        yield arrived, replace(query, sources=())
    for code in query.places:
        yield name_of(code), replace(query, places=tuple(c for c in query.places if c != code))
    for name in query.themes:
        yield (
            name or translate("Filters", "没有主题"),
            replace(query, themes=tuple(t for t in query.themes if t != name)),
        )
    for name in query.mechanisms:
        without = tuple(m for m in query.mechanisms if m != name)
        yield translate("Filters", "机制 {name}").format(name=name), replace(query, mechanisms=without)
    if query.since or query.until:
        yield _dates_text(query), replace(query, since="", until="")
    if query.asks_figures:
        yield _figures_text(query), replace(query, indicator="", value_min=None, value_max=None, unit="")
    for state in query.states:
        yield _state_text(state), replace(query, states=tuple(s for s in query.states if s != state))
    for tag in query.tags:
        without = tuple(t for t in query.tags if t != tag)
        yield translate("Filters", "标签 {name}").format(name=tag), replace(query, tags=without)
    if query.starred:
        yield translate("Filters", "有星标"), replace(query, starred=False)
    for kind in query.kinds:
        yield (
            translate("Filters", KIND_WORDS.get(kind, kind)),
            replace(query, kinds=tuple(k for k in query.kinds if k != kind)),
        )


def _state_text(state: State) -> str:
    from core.records import STATE_WORDS  # late, as below: a window is painted without them

    return STATE_WORDS[state]


def _dates_text(query: Query) -> str:
    from core.records import date_text

    since, until = date_text(query.since), date_text(query.until)
    if since and until:
        return f"{since} 至 {until}"
    return f"{since} 起" if since else f"{until} 止"


def _figures_text(query: Query) -> str:
    low, high = query.value_min, query.value_max
    text = query.indicator or translate("Filters", "数据")
    if low is not None and high is not None:
        text += f" {low:f}–{high:f} {query.unit}"
    elif low is not None or high is not None:
        text += f" ≥ {low:f} {query.unit}" if low is not None else f" ≤ {high:f} {query.unit}"
    elif query.unit:
        text += translate("Filters", "，单位 {unit}").format(unit=query.unit)
    return text.strip()


class Chips(QWidget):
    """The row under the search box: every filter that holds, each removable."""

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = Flow(self)
        self._flow.setContentsMargins(16, 0, 16, 8)
        self.hide()

    def show_query(self, query: Query, name_of: Callable[[str], str], arrived: str = "") -> int:
        """Show the filters of the query and say how many they are; ``arrived`` is what its sources are called."""
        while (item := self._flow.takeAt(0)) is not None:
            item.widget().deleteLater()
        shown = list(chips_of(query, name_of, arrived))
        for text, without in shown:
            self._add(Chip(text, self.tr("去掉「{name}」").format(name=text), self), without)
        if len(shown) > 1:
            self._add_clear(query)
        self.setVisible(bool(shown))
        return len(shown)

    def texts(self) -> list[str]:
        """What the chips say."""
        return [chip.text() for chip in self.findChildren(Chip) if chip.isVisibleTo(self)]

    def _add(self, chip: Chip, without: Query) -> None:
        chip.removed.connect(lambda: self.changed.emit(without))
        self._flow.addWidget(chip)
        chip.show()

    def _add_clear(self, query: Query) -> None:
        button = QPushButton(self.tr("全部去掉"), self)
        button.setProperty("kind", "flat")
        button.setStyleSheet("QPushButton { min-height: 22px; max-height: 22px; font-size: 13px; }")
        button.clicked.connect(lambda: self.changed.emit(without_filters(query)))
        self._flow.addWidget(button)
        button.show()


def without_filters(query: Query) -> Query:
    """The same words and order, nothing else."""
    return Query(words=query.words, order=query.order, descending=query.descending)


class _Choice(QToolButton):
    """A word that is chosen or not."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setText(text)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(text)
        self.setProperty("pill", True)


class FilterSheet(QFrame):
    """The sheet that drops under the search box; every change holds at once."""

    changed = Signal(object)
    places_wanted = Signal(str)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._query = Query()
        self._names: dict[str, str] = {}
        self._mechanism_names = QStringListModel(self)
        self._tag_names: list[tuple[str, int]] = []
        self._made = False
        self._most = 10_000
        self.setProperty("sheet", True)
        self.setObjectName("FilterSheet")
        self.setAccessibleName(self.tr("筛选"))
        self._wait = QTimer(self, interval=TYPING_PAUSE_MS, singleShot=True)
        self._wait.timeout.connect(lambda: self.places_wanted.emit(self._place.text()))
        self.hide()

    def show_query(self, query: Query) -> None:
        """Show what holds."""
        self._query = query
        if not self._made:
            return
        for choices, name in self._choices:
            chosen = getattr(query, name)
            for key, button in choices.items():
                button.setChecked(key in chosen)
        self._starred.setChecked(query.starred)
        self._offer_tags()
        texts = {
            "since": query.since,
            "until": query.until,
            "indicator": query.indicator,
            "value_min": "" if query.value_min is None else f"{query.value_min:f}",
            "value_max": "" if query.value_max is None else f"{query.value_max:f}",
            "unit": query.unit,
        }
        for name, text in texts.items():
            edit = self._edits[name]
            if not edit.hasFocus():
                edit.setText(text)
                theme.set_property(edit, "wrong", False)

    def show_mechanisms(self, names: Sequence[str]) -> None:
        """The names that may be completed in the field of mechanisms."""
        self._mechanism_names.setStringList(list(names))

    def show_tags(self, tags: Sequence[tuple[str, int]]) -> None:
        """The tags that cases have, each with how many."""
        self._tag_names = list(tags)
        if self._made:
            self._offer_tags()
            self.fit(self._most)

    def show_places(self, typed: str, places: Sequence[tuple[str, str, str]]) -> None:
        """The places that the typed text may mean: code, name, a note on an old name."""
        if typed != self._place.text():
            return
        self._found.clear()
        for code, name, note in places[:SUGGESTIONS]:
            item = QListWidgetItem(level(f"{name}　{note}" if note else name))
            item.setData(Qt.ItemDataRole.UserRole, (code, name))
            self._found.addItem(item)
        if typed.strip() and not places:
            item = QListWidgetItem(self.tr("没有叫「{name}」的地区").format(name=typed.strip()))
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            self._found.addItem(item)
        self._found.setVisible(self._found.count() > 0)
        self._found.setFixedHeight(self._found.sizeHintForRow(0) * self._found.count() + 2)
        self._found.setCurrentRow(0)
        self.fit(self._most)

    def name_of(self, code: str) -> str:
        """The name of a place that was chosen here, empty for another."""
        return self._names.get(code, "")

    def open(self) -> None:
        """Drop the sheet; its fields are made the first time."""
        if not self._made:
            self._make_fields()
            self._colour()
            self._lay_out()
            theme.notifier.changed.connect(self._colour)
            self._made = True
            self.show_query(self._query)
        self.show()
        self.raise_()
        self._place.setFocus()

    def fit(self, most: int) -> None:
        """As large as its fields, but no higher than that; the fields scroll then."""
        self._most = most
        self._form.adjustSize()
        wanted = self._form.sizeHint()
        rest = 32 + 16 + 34
        self._area.setFixedSize(wanted.width(), max(80, min(wanted.height(), most - rest)))
        self.adjustSize()

    def close_sheet(self) -> None:
        """Hide the sheet and say so, once."""
        if self.isVisible():
            self.hide()
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close with Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_sheet()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: Any, event: Any) -> bool:
        """Let the arrows and Enter choose a place below while its name is typed."""
        if watched is self._place and event.type() == QEvent.Type.KeyPress and self._found.isVisible():
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step:
                self._found.setCurrentRow((self._found.currentRow() + step) % self._found.count())
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._take_place(self._found.currentItem())
                return True
        return super().eventFilter(watched, event)

    def _make_fields(self) -> None:
        from core.records import STATE_WORDS, THEMES

        self._place = self._line(self.tr("地名、旧名、简称或拼音"), self.tr("地区"))
        self._found = QListWidget(self)
        self._found.setAccessibleName(self.tr("找到的地区"))
        self._found.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._found.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._found.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._found.hide()
        self._mechanism = self._line(self.tr("机制的名称"), self.tr("机制"))
        completer = QCompleter(self._mechanism_names, self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self._mechanism.setCompleter(completer)
        self._edits = {
            "since": self._line(self.tr("2022 或 2022-05"), self.tr("从哪天起")),
            "until": self._line(self.tr("2023-11-22"), self.tr("到哪天止")),
            "indicator": self._line(self.tr("指标里的字，如 志愿者"), self.tr("指标包含")),
            "value_min": self._line(self.tr("不限，或 1.5万"), self.tr("值不小于")),
            "value_max": self._line(self.tr("不限"), self.tr("值不大于")),
            "unit": self._line(self.tr("如 家、亿元"), self.tr("单位")),
        }
        self._themes = {name: _Choice(name, self) for name in THEMES}
        self._states = {key: _Choice(word, self) for key, word in STATE_WORDS.items()}
        self._kinds = {key: _Choice(translate("Filters", word), self) for key, word in KIND_WORDS.items()}
        self._tags: dict[str, _Choice] = {}
        self._starred = _Choice(self.tr("有星标"), self)
        self._choices = ((self._themes, "themes"), (self._states, "states"), (self._kinds, "kinds"))
        self._connect(completer)

    def _connect(self, completer: QCompleter) -> None:
        self._place.textEdited.connect(lambda: self._wait.start())
        self._place.installEventFilter(self)
        self._place.setMinimumWidth(WIDTH - 32 - 48)
        self._found.itemClicked.connect(self._take_place)
        self._mechanism.returnPressed.connect(lambda: self._take_mechanism(self._mechanism.text()))
        completer.activated.connect(self._take_mechanism)
        for name, edit in self._edits.items():
            edit.textEdited.connect(lambda text, name=name: self._take_text(name, text))
        for choices, name in self._choices:
            for button in choices.values():
                button.clicked.connect(lambda on, choices=choices, name=name: self._take_choices(name, choices))
        self._starred.clicked.connect(lambda on: self._say(replace(self._query, starred=on)))

    def _offer_tags(self) -> None:
        """Put the most used tags, and those that are filtered by, as words to choose from."""
        most = [tag for tag, _ in self._tag_names[:MOST_TAGS]]
        wanted = [*dict.fromkeys((*most, *self._query.tags))]
        if wanted != [*self._tags]:
            layout: Any = self._own.layout()
            for button in self._tags.values():
                dismiss(button)
            self._tags = {tag: _Choice(level(tag), self._own) for tag in wanted}
            for button in self._tags.values():
                button.clicked.connect(lambda: self._take_choices("tags", self._tags))
                button.ensurePolished()
                layout.addWidget(button)
                button.show()
            self._own.setFixedHeight(layout.heightForWidth(WIDTH - 32 - 48))
        for tag, button in self._tags.items():
            button.setChecked(tag in self._query.tags)

    def _line(self, hint: str, name: str) -> QLineEdit:
        edit = QLineEdit(self)
        edit.setPlaceholderText(hint)
        edit.setAccessibleName(name)
        edit.setClearButtonEnabled(True)
        return edit

    def _lay_out(self) -> None:
        form = QGridLayout()
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(12)
        form.setColumnStretch(1, 1)
        form.setContentsMargins(0, 0, 12, 0)
        place = QVBoxLayout()
        place.setSpacing(4)
        place.addWidget(self._place)
        place.addWidget(self._found)
        between = self.tr("至")
        self._own = self._flow([self._starred])
        rows: tuple[tuple[str, Any], ...] = (
            (self.tr("地区"), place),
            (self.tr("主题"), self._flow(self._themes.values())),
            (self.tr("机制"), self._mechanism),
            (self.tr("日期"), self._row(self._edits["since"], between, self._edits["until"])),
            (self.tr("指标"), self._row(self._edits["indicator"], self.tr("单位"), self._edits["unit"])),
            (self.tr("数值"), self._row(self._edits["value_min"], between, self._edits["value_max"])),
            (self.tr("状态"), self._flow([*self._states.values()])),
            (self.tr("种类"), self._flow([*self._kinds.values()])),
            (self.tr("标记"), self._own),
        )
        for at, (text, what) in enumerate(rows):
            label = Label(text)
            label.setProperty("role", "secondary")
            label.setMinimumHeight(32 if at != 1 else 28)
            form.addWidget(label, at, 0, Qt.AlignmentFlag.AlignTop)
            if isinstance(what, QWidget):
                form.addWidget(what, at, 1)
            else:
                form.addLayout(what, at, 1)
        self._form = QWidget()
        self._form.setLayout(form)
        self._area = QScrollArea()
        self._area.setWidget(self._form)
        self._area.setWidgetResizable(True)
        self._form.setAutoFillBackground(False)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 4, 16)
        column.setSpacing(16)
        column.addWidget(self._area)
        column.addLayout(self._foot())

    def _foot(self) -> QHBoxLayout:
        clear = QPushButton(self.tr("全部去掉"), self)
        done = QPushButton(self.tr("看结果"), self)
        done.setProperty("kind", "main")
        clear.clicked.connect(lambda: self._say(without_filters(self._query)))
        done.clicked.connect(self.close_sheet)
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 0, 12, 0)
        foot.addWidget(clear)
        foot.addStretch(1)
        foot.addWidget(done)
        return foot

    def _row(self, first: QWidget, between: str, second: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(first, 1)
        row.addWidget(Label(between))
        row.addWidget(second, 1)
        return row

    def _flow(self, buttons: Any) -> QWidget:
        holder = QWidget(self)
        flow = Flow(holder, gap=6)
        for button in buttons:
            button.ensurePolished()
            flow.addWidget(button)
        holder.setFixedHeight(flow.heightForWidth(WIDTH - 32 - 48))
        return holder

    def _take_place(self, item: QListWidgetItem | None) -> None:
        found = item.data(Qt.ItemDataRole.UserRole) if item is not None else None
        if found:
            code, name = found
            self._names[code] = name.split(" · ")[-1]
            self._place.clear()
            self._found.hide()
            self.fit(self._most)
            self._say(replace(self._query, places=tuple(dict.fromkeys((*self._query.places, code)))))

    def _take_mechanism(self, name: str) -> None:
        if name.strip():
            chosen = tuple(dict.fromkeys((*self._query.mechanisms, name.strip())))
            QTimer.singleShot(0, self._mechanism.clear)
            self._say(replace(self._query, mechanisms=chosen))

    def _take_text(self, name: str, text: str) -> None:
        """Take what can be understood; what can't is marked and changes nothing."""
        edit = self._edits[name]
        try:
            value = _READ[name](text)
        except ValueError:
            theme.set_property(edit, "wrong", True)
            return
        theme.set_property(edit, "wrong", False)
        self._say(replace(self._query, **{name: value}))

    def _take_choices(self, name: str, choices: dict[str, _Choice]) -> None:
        chosen: dict[str, Any] = {name: tuple(key for key, button in choices.items() if button.isChecked())}
        self._say(replace(self._query, **chosen))

    def _say(self, query: Query) -> None:
        self._query = query
        self.changed.emit(query)

    def _colour(self) -> None:
        """The sheet's own ground and the words to choose from; its fields come from the program's style sheet."""
        colours = {role: theme.color(role.replace("_", "-")).name() for role in _SHEET_ROLES}
        self.setStyleSheet(_SHEET.format(**colours))


_SHEET_ROLES = ("surface", "border", "text", "accent", "accent_soft", "danger", "window")
_SHEET = """
#FilterSheet {{ background: {surface}; border: 1px solid {border}; border-radius: 8px; }}
QToolButton[pill="true"] {{ border: 1px solid {border}; border-radius: 12px; padding: 0 10px; color: {text};
    min-height: 22px; font-size: 13px; }}
QToolButton[pill="true"]:checked {{ border-color: {accent}; color: {accent}; background: {accent_soft}; }}
QToolButton[pill="true"]:focus {{ border-color: {accent}; }}
QLineEdit[wrong="true"] {{ border-color: {danger}; }}
QListWidget {{ background: {window}; border-radius: 6px; }}
QListWidget::item {{ padding: 4px 8px; }}
"""


def _date_or_error(text: str) -> str:
    found = read_date(text)
    if found is None:
        raise ValueError(text)
    return found


_READ: dict[str, Callable[[str], Any]] = {
    "since": _date_or_error,
    "until": _date_or_error,
    "indicator": str.strip,
    "unit": str.strip,
    "value_min": number_of,
    "value_max": number_of,
}
