"""The article that is worked on: its title, kind, place, themes and figures, and its text in reading order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import (
    QEvent,
    QObject,
    QPoint,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QCompleter,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPushButton,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from core.desk import DOUBTFUL
from core.places.areas import NO_PLACE, full_label
from core.records import THEMES, Article, Metric, Place, Span
from core.text.repair import repair
from core.writing.figure_text import grouped
from gui import theme
from gui.desk.page import percent
from gui.kit.basics import IconButton, Line, dismiss
from gui.kit.columns import Column
from gui.kit.flow import Flow
from gui.kit.page import Block, Page, Style
from gui.kit.plain import Label, tip
from gui.kit.records import RecordsModel
from gui.kit.table import RecordsView
from gui.kit.widgets import Chip, Segments
from gui.kit.words import QT_TRANSLATE_NOOP
from gui.theme.hues import article_color

FindPlaces = Callable[[str], Sequence[tuple[Place, str]]]
"""Typed text → the places that it may mean, each with a note on an old name."""
KINDS = (
    ("case", QT_TRANSLATE_NOOP("ArticlePanel", "案例")),
    ("news", QT_TRANSLATE_NOOP("ArticlePanel", "新闻")),
    ("caption", QT_TRANSLATE_NOOP("ArticlePanel", "图说")),
)
PARAGRAPH = Block(below=6, line=1.6, first=2, size=0.875)
HEAD = Block(below=4, line=1.5, size=0.9375)
SMALL = Block(below=4, line=1.5, size=0.75)
LEAST_HEIGHT = 520
DENSE_ROW = 24


def doubt_ink(metric: Metric) -> str:
    """Return the role of a figure's colour: a reading that is not sure stands out."""
    return "warning" if metric.confidence < DOUBTFUL else "text"


def metric_hint(metric: Metric) -> str:
    """Return what the mouse is told over a figure: its words, whose and when, and why it was read so."""
    return "　".join(x for x in (metric.quote, metric.subject, metric.period, metric.reason) if x)


FIGURES: tuple[Column[Metric], ...] = (
    Column("printed", QT_TRANSLATE_NOOP("ArticlePanel", "数值"), lambda m: m.printed, "number",
           hint=metric_hint, ink=doubt_ink),
    Column("indicator", QT_TRANSLATE_NOOP("ArticlePanel", "指标"), lambda m: m.indicator, least=80, most=600,
           hint=metric_hint, ink=doubt_ink),
)  # fmt: skip


class _PlaceField(QLineEdit):
    """A place typed by name or pinyin, chosen from what the gazetteer knows."""

    chosen = Signal(object)

    def __init__(self, find: FindPlaces, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._find = find
        self._offered: dict[str, Place] = {}
        self._place = Place()
        self._soon = QTimer(self, singleShot=True, interval=80)
        self._soon.timeout.connect(self._offer)
        self._list = QCompleter(self)
        self._list.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._list.setWidget(self)
        self._list.activated.connect(self._take)
        self._list.popup().setAccessibleName(self.tr("可能的地区"))
        self.textEdited.connect(lambda: self._soon.start())
        self.returnPressed.connect(self._take_first)
        self.setClearButtonEnabled(False)

    def show_place(self, place: Place) -> None:
        self._place = place
        self.setText(full_label(place))
        self.setToolTip(tip(full_label(place)))
        self.setCursorPosition(0)

    def _offer(self) -> None:
        self._look_up()
        from PySide6.QtCore import QStringListModel

        self._list.setModel(QStringListModel(list(self._offered), self._list))
        if self._offered and self.hasFocus():
            self._list.complete()
        else:
            self._list.popup().hide()

    def _look_up(self) -> None:
        found = self._find(self.text()) if self.text().strip() else []
        self._offered = {full_label(p) + (f"　（{note}）" if note else ""): p for p, note in found}

    def _take(self, text: str) -> None:
        if text in self._offered:
            self.show_place(self._offered[text])
            self.chosen.emit(self._place)

    def _take_first(self) -> None:
        """Enter takes the best of what is offered; an empty field means that the place is not known."""
        self._soon.stop()
        if not self.text().strip():
            self.show_place(Place())
            self.chosen.emit(Place())
        elif self.text() != full_label(self._place):
            self._look_up()
            if self._offered:
                self._take(next(iter(self._offered)))

    def focusOutEvent(self, event: Any) -> None:
        super().focusOutEvent(event)
        if not self._list.popup().isVisible():
            self.show_place(self._place)


class _Tag(QWidget):
    """The number of the article in its colour."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label, self._color = "", 0
        self.setFixedSize(30, 20)
        theme.notifier.changed.connect(self.update)

    def show_number(self, label: str, color: int) -> None:
        self._label, self._color = label, color
        self.update()

    def paintEvent(self, event: Any) -> None:
        from PySide6.QtGui import QPainter

        if not self._label:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(article_color("bar", self._color))
            painter.drawRoundedRect(self.rect(), 4, 4)
            painter.setPen(article_color("on-bar", self._color))
            painter.setFont(theme.font("secondary"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._label)


class _Tall(QWidget):
    """What is in the panel, never pressed lower than it can be read: a low window scrolls it."""

    def __init__(self) -> None:
        super().__init__()
        self.content = QWidget(self)
        for widget in (self, self.content):
            widget.setProperty("ground", "surface")
            widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.content.installEventFilter(self)

    def minimumSizeHint(self) -> QSize:
        layout = self.content.layout()
        needed = layout.minimumHeightForWidth(self.width()) if layout is not None else 0
        return QSize(0, max(LEAST_HEIGHT, needed))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.content.setGeometry(self.rect())
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Grow when what is inside needs more lines than before."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)


class ArticlePanel(QWidget):
    """Shows one article of the page and says what a person sets in it."""

    title_set = Signal(str)
    kind_set = Signal(str)
    place_set = Signal(object)
    themes_set = Signal(object)
    figure_chosen = Signal(object)
    stepped = Signal(int)
    left = Signal()
    """Esc: back to the page."""

    def __init__(self, find_places: FindPlaces, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._article: Article | None = None
        self._themes: tuple[str, ...] = ()
        self._shown: tuple[Any, ...] = ()
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._make(find_places)
        self._lay_out()
        self._connect()
        theme.notifier.changed.connect(self._set_text_again)

    def show_article(
        self, article: Article | None, number: int, count: int, color: int, text: str, corrections: Mapping[int, str]
    ) -> None:
        """Show an article as it stands; ``text`` is the page's, which its spans count in."""
        before, self._article = self._article, article
        self.setEnabled(article is not None)
        self._tag.show_number(str(number + 1) if article else "", color)
        self._which.setText(self.tr("第 {0} 篇，共 {1} 篇").format(number + 1, count) if article else "")
        if article is None:
            self._clear()
            return
        self._say_confidence(article)
        if before is None or before.title != article.title or not self.title.hasFocus():
            self._show_title(article.title)
        self.kind.choose(article.kind)
        self.place.show_place(article.place)
        self._show_themes(article.themes)
        self._say_small(article)
        if before is None or before.metrics != article.metrics:
            self.figures.show_records(article.metrics)
        count = len(article.metrics)
        self._figures_head.setText(self.tr("数据 {0}").format(grouped(count)) if count else self.tr("没有读出数据"))
        self.figures.setVisible(count > 0)
        self._figures.setMaximumHeight(16_777_215 if count else 36)
        self._figures.setMinimumHeight(120 if count else 36)
        self._shown = (article, text, corrections)
        self._set_text()

    def lit_metric(self) -> Metric | None:
        """The figure that is chosen."""
        return self.figures.record()

    def offer_themes(self) -> QMenu:
        """The menu of all themes; a tick for those that the article has."""
        menu = QMenu(self)
        menu.setAccessibleName(self.tr("主题"))
        for name in THEMES:
            action = menu.addAction(name, lambda name=name: self._swap_theme(name))
            action.setCheckable(True)
            action.setChecked(name in self._themes)
        return menu

    def open_themes(self) -> None:
        """Let a person choose themes."""
        self.offer_themes().popup(self._add_theme.mapToGlobal(QPoint(0, self._add_theme.height())))

    def copy(self) -> None:
        """Copy the chosen text, or the figures as cells."""
        if self.figures.hasFocus():
            self.figures.copy()
        else:
            self.reading.copy_selection()

    # inside

    def _make(self, find_places: FindPlaces) -> None:
        self._tag, self._which, self._sure, self._small = _Tag(), Label(), Label(), Label()
        self._sure.setProperty("role", "faint")
        self._small.setProperty("role", "faint")
        for label in (self._sure, self._small):
            label.setWordWrap(True)
        self._previous = IconButton("chevron-up", self.tr("上一篇 (Alt+↑)"))
        self._next = IconButton("chevron-down", self.tr("下一篇 (Alt+↓)"))
        self.title = QLineEdit()
        self.title.setAccessibleName(self.tr("标题"))
        self.title.setPlaceholderText(self.tr("还没有标题：在原文里选中按 T，或在这里写"))
        self.title.setFont(theme.font("strong"))
        self.kind = Segments([(key, self.tr(word)) for key, word in KINDS], self.tr("类别"))
        self.place = _PlaceField(find_places)
        self.place.setAccessibleName(self.tr("地区"))
        self.place.setPlaceholderText(self.tr("{0}：打名称或拼音").format(NO_PLACE))
        self._add_theme = QPushButton(self.tr("＋ 主题"))
        self._add_theme.setProperty("kind", "legend")
        self._add_theme.setAccessibleName(self.tr("选主题"))
        self._chips = QWidget()
        self._flow = Flow(gap=theme.GAP_XS)
        self._chips.setLayout(self._flow)
        self._make_figures()
        self.reading = Page(self.tr("按阅读顺序排好的正文"))

    def _make_figures(self) -> None:
        self._figures_head = Label()
        self._figures_head.setFont(theme.font("section"))
        self.figures = RecordsView(RecordsModel(FIGURES, "ArticlePanel", self), self.tr("这一篇的数据"), several=True)
        self.figures.horizontalHeader().hide()
        self.figures.verticalHeader().setMinimumSectionSize(DENSE_ROW)
        self.figures.verticalHeader().setDefaultSectionSize(DENSE_ROW)

    def _lay_out(self) -> None:
        head = _row(self._tag, self._which)
        head.addStretch(1)
        head.addWidget(self._previous)
        head.addWidget(self._next)
        top = QWidget()
        column = QVBoxLayout(top)
        column.setContentsMargins(16, 12, 16, 8)
        column.setSpacing(8)
        column.addLayout(head)
        for widget in (self._sure, self.title, self.kind, self.place, self._chips, self._small):
            column.addWidget(widget)
        self._figures = figures = QWidget()
        inner = QVBoxLayout(figures)
        inner.setContentsMargins(16, 8, 8, 0)
        inner.setSpacing(4)
        inner.addWidget(self._figures_head)
        inner.addWidget(self.figures, 1)
        split = QSplitter(Qt.Orientation.Vertical)
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        for widget, share in ((figures, 2), (self.reading, 3)):
            widget.setMinimumHeight(120)
            split.addWidget(widget)
            split.setStretchFactor(split.count() - 1, share)
        inside = _Tall()
        whole = QVBoxLayout(inside.content)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(top)
        whole.addWidget(Line())
        whole.addWidget(split, 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)

    def _connect(self) -> None:
        self._previous.clicked.connect(lambda: self.stepped.emit(-1))
        self._next.clicked.connect(lambda: self.stepped.emit(1))
        self.title.editingFinished.connect(self._say_title)
        self.kind.chosen.connect(self.kind_set)
        self.place.chosen.connect(self.place_set)
        self._add_theme.clicked.connect(self.open_themes)
        self.figures.selectionModel().selectionChanged.connect(lambda: self.figure_chosen.emit(self.lit_metric()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            if self._article is not None:
                self._show_title(self._article.title)
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.title.hasFocus():
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Esc leaves the panel, whatever the window does with it elsewhere."""
        override = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if override and event.key() == Qt.Key.Key_Escape:  # type: ignore[attr-defined]
            event.accept()
            return True
        return super().event(event)

    def _say_title(self) -> None:
        title = self.title.text().strip()
        if self._article is not None and title and title != self._article.title:
            self.title_set.emit(title)

    def _show_title(self, title: str) -> None:
        self.title.setText(title)
        self.title.setToolTip(tip(title))
        self.title.setCursorPosition(0)

    def _say_confidence(self, article: Article) -> None:
        doubtful = article.confidence < DOUBTFUL
        words = self.tr("读得没有把握（{0}），请看接缝和标题").format(percent(article.confidence)) if doubtful else ""
        self._sure.setText(words)
        self._sure.setVisible(bool(words))
        theme.set_property(self._sure, "role", "doubt")

    def _say_small(self, article: Article) -> None:
        parts = [
            self.tr("栏目：{0}").format(article.section) if article.section else "",
            self.tr("署名：{0}").format("、".join(article.byline)) if article.byline else "",
            self.tr("机制：{0}").format("、".join(m.name for m in article.mechanisms)) if article.mechanisms else "",
        ]
        self._small.setText("\n".join(p for p in parts if p))
        self._small.setVisible(any(parts))

    def _show_themes(self, themes: tuple[str, ...]) -> None:
        if themes == self._themes and self._flow.count():
            return
        self._themes = themes
        while (item := self._flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None and widget is not self._add_theme:
                dismiss(widget)
        for name in themes:
            chip = Chip(name, self.tr("去掉主题「{0}」").format(name))
            chip.removed.connect(lambda name=name: self._swap_theme(name))
            self._flow.addWidget(chip)
        self._flow.addWidget(self._add_theme)

    def _swap_theme(self, name: str) -> None:
        kept = tuple(t for t in self._themes if t != name)
        self.themes_set.emit(kept if name in self._themes else (*self._themes, name))

    def _set_text_again(self) -> None:
        if self._shown:
            self._set_text()

    def _set_text(self) -> None:
        article, text, corrections = self._shown
        page = self.reading
        page.start(keep_place=True)
        for paragraph in article.paragraphs:
            page.block(PARAGRAPH)
            self._set_paragraph(paragraph.spans, text, corrections)
        for span in article.captions:
            page.block(replace(PARAGRAPH, first=0))
            page.say(repair(text, [span], corrections).text, Style("text-2", 0.8125))
        page.finish()

    def _set_paragraph(self, spans: Sequence[Span], text: str, corrections: Mapping[int, str]) -> None:
        self.reading.say(repair(text, spans, corrections).text, Style("text", 0.875))

    def _clear(self) -> None:
        for label in (self._sure, self._small, self._figures_head):
            label.setText("")
        self.title.clear()
        self.place.show_place(Place())
        self._themes = ("",)
        self._show_themes(())
        self.figures.show_records(())
        self._shown = ()
        self.reading.start()
        self.reading.finish()


def _row(*widgets: QWidget) -> QHBoxLayout:
    out = QHBoxLayout()
    out.setContentsMargins(0, 0, 0, 0)
    out.setSpacing(8)
    for widget in widgets:
        out.addWidget(widget)
    return out
