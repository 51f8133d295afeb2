"""The desk of an import: a page as it was printed, what was read from it, and everything to put that right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QWidget,
)

from core.dates import read_date
from core.desk import (
    EDIT_WORDS,
    Confirm,
    Cut,
    Edit,
    Join,
    Mark,
    Move,
    Role,
    SetKind,
    SetPlace,
    SetThemes,
    SetTitle,
    corrections_of,
)
from core.desk.continuing import choices, go_on
from core.desk.desk import CITED
from core.desk.pieces import Doubt, Pieces, colors_of, confirmations
from core.desk.work import Accepted, Work
from core.records import Offer, Span
from gui import theme
from gui.desk import keys
from gui.desk.article import ArticlePanel, FindPlaces
from gui.desk.choices import ChoiceLine
from gui.desk.page import PageView, Pick
from gui.desk.strip import DoubtLine, KeyStrip
from gui.kit.basics import IconButton, Line, column_of
from gui.kit.plain import Label
from gui.kit.widgets import Notice
from gui.theme.hues import HUES

PANEL_WIDTH = 348
PAGE_WIDTH = 620
QUEUE_WIDTH = 224
WIDE = 940
"""In a narrower window the list of pages gives its room to the page."""


_MOST = 40
"""So many characters are put right at once."""


class _Correction(QLineEdit):
    """A small field over misread characters."""

    typed = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("dense", True)
        self.setAccessibleName(self.tr("改成什么字"))
        self.returnPressed.connect(self._say)
        self.hide()

    def ask(self, printed: str, at: QPoint) -> None:
        """Let a person type what should stand instead."""
        self.setText(printed)
        self.setToolTip(self.tr("打对的字，可多可少，清空就是删去；回车改，Esc 不改"))
        self.setMaxLength(2 * len(printed) + _MOST)  # a rare character counts twice for Qt
        self.setFixedWidth(28 + min(len(printed) + 4, _MOST) * 16)
        self.move(at)
        self.show()
        self.raise_()
        self.selectAll()
        self.setFocus()

    def _say(self) -> None:
        text = self.text()
        self.hide()
        self.typed.emit(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            self.typed.emit("")
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: Any) -> None:
        super().focusOutEvent(event)
        if not QApplication.activePopupWidget():
            self.hide()


class ImportDesk(QWidget):
    """Shows one page at a time; the window says which, and puts what is accepted into the library."""

    accepted = Signal(object)
    """The ``Accepted`` page."""
    page_wanted = Signal(int)
    """The next page (1) or the one before (-1)."""
    cited_all = Signal(object)
    """Paper, date or page number for every page that lacks it: name of the field → value."""
    changed = Signal()
    offers_wanted = Signal(object)
    """A page (its ``Work``) has a doubtful seam, and where its texts may go on is not known yet."""
    acted = Signal(str)
    """The button that stands in the place of a page was pressed."""
    said = Signal(str)

    def __init__(self, find_places: FindPlaces, queue: QWidget | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.work: Work | None = None
        self._pieces: Pieces | None = None
        self._colors: list[int] = []
        self._article = -1
        self._doubt: Doubt | None = None
        self._choices: list[Offer] = []
        self._pending: Callable[[Pick], Sequence[Edit]] | None = None
        self._correcting: tuple[int, int] = (0, 0)
        self._queue = queue
        self._acts = self._make_acts()
        self._make(find_places)
        self._lay_out()
        self._connect()
        self.show_work(None)

    # ---- what the window says

    def show_work(self, work: Work | None, head: str = "") -> None:
        """Show a page, or what to do when there is none."""
        self.keep_caret()
        self.work = work
        self._stack.setCurrentWidget(self._desk if work else self.notice)
        self._name.setText(head)
        self._article, self._doubt = -1, None
        self.page.stop_pick()
        self.strip.ask("")
        self._correction.hide()
        if work is None:
            self.page.show_nothing()
            return
        self._show_citation()
        self._accept.setText(self.tr("改好了") if work.source_id else self.tr("接受本页"))
        self._renew(fresh=True)
        self.page.set_caret(work.caret)
        self._take_caret(self.page.caret())

    def begin(self) -> None:
        """A page was just shown: the focus goes to it, the caret to where it was, the first time to the first doubt."""
        self.page.setFocus()
        if self.work is not None and self.work.caret:
            at = self.work.caret
            self.page.reveal(at, at, at)
        elif self._pieces is not None and self._pieces.doubts:
            self._go_to(self._pieces.doubts[0])

    def holds_focus(self) -> bool:
        """Whether the focus is on the desk or in the list beside it."""
        focused = QApplication.focusWidget()
        return focused is not None and self.isAncestorOf(focused)

    def focus_notice(self) -> None:
        """Put the focus where it goes on from what stands in the place of a page."""
        if not self.notice.take_focus() and self._queue is not None:
            self._queue.view.setFocus()  # type: ignore[attr-defined]

    def say_nothing_here(self, icon: str, head: str, then: str, button: str = "", act: str = "") -> None:
        """What stands in the place of a page."""
        self.notice.say(icon, head, then, button, act)

    def take_offers(self, work: Work) -> None:
        """Where the texts of a page may go on is known now."""
        if work is self.work:
            self._show_choices()

    def doubts(self) -> int:
        """How many doubts the page has."""
        return len(self._pieces.doubts) if self._pieces else 0

    # ---- what a person does; each is named in gui.desk.keys

    def do(self, what: str) -> None:
        """Do what a key stands for."""
        if self.work is not None and self._pieces is not None:
            self._acts[what]()

    def cut(self) -> None:
        """From the caret on it is another article."""
        at = self._doubt.at if self._doubt and self._doubt.seam else self._printed_from(self.page.caret())
        self._edit(Cut(at))

    def join(self) -> None:
        """The article at the caret and another one are one: ask which."""
        source = self._article_here()
        if source >= 0:
            words = self.tr("和哪一篇拼起来？点一下，或按 ↑ ↓、数字选，回车拼上")
            self._ask_article(source, False, words, lambda pick: [self._joined(source, pick.article)])

    def join_previous(self) -> None:
        """The article at the caret goes on behind the one before it."""
        here = self._article_here()
        if here > 0:
            self._edit(self._behind(here, here - 1))

    def join_next(self) -> None:
        """The next article goes on behind the one at the caret."""
        here = self._article_here()
        if 0 <= here < len(self._articles()) - 1:
            self._edit(self._behind(here + 1, here))

    def move_text(self) -> None:
        """What is selected belongs to another article: ask which, and behind which piece."""
        span = self._span()
        if span is None:
            return
        words = self.tr("移到哪里？点一下它该接在后面的那一段；或 ↑ ↓ 选文章，← → 选段，回车移过去")
        piece = self._pieces.near(span.start) if self._pieces else None
        source = piece.article if piece else -1
        self._ask_article(source, True, words, lambda pick: self._moved(span.start, span.end, pick))

    def mark(self, role: Role) -> None:
        """What is selected, or the line at the caret, is a title, a byline …"""
        span = self._span()
        if span is None or self._pieces is None:
            return
        lines = self._pieces.lines_in(span) if role in ("title", "byline") else [span]
        self._edit(*(Mark(line.start, line.end, role) for line in lines))

    def correct(self) -> None:
        """Ask what the misread character is."""
        start, end = self.page.selection()
        text = self._text()
        if start == end:
            end = start + 1
        if end - start > _MOST or not text[start:end].strip():
            self.said.emit(self.tr("光标放在读错的字前面，或选中不多于 {0} 个字，再按 R。").format(_MOST))
            return
        self._correcting = (start, end)
        known = self.work.desk.corrections if self.work else {}
        printed = "".join(known.get(at, text[at]) for at in range(start, end))
        box = self.page.box_of(start)
        at = self.page.viewport().mapTo(self, QPoint(box.left() - 9, box.top() - 5))
        self._correction.ask(printed, at)

    def confirm(self) -> None:
        """The seam that is looked at, or the one at the caret, is right; on to the next."""
        doubt = self._doubt or self._doubt_at(self.page.caret())
        if doubt is not None and self._edit(Confirm(doubt.at)):
            self._go_on(doubt.at)

    def confirm_article(self) -> None:
        """Every seam of the article at the caret is right."""
        here = self._article_here()
        if here >= 0 and self.work is not None:
            at = self.page.caret()
            if self._edit(*confirmations(self.work.desk, here)):
                self._go_on(at)

    def go_on_first(self) -> None:
        """The text before the seam goes on at the likeliest other place."""
        self._choose(0)

    def go_on_second(self) -> None:
        """The text before the seam goes on at the second likeliest other place."""
        self._choose(1)

    def next_doubt(self) -> None:
        """Go to the next place that a person should look at."""
        self._step_doubt(1)

    def previous_doubt(self) -> None:
        """Go to the place before that a person should look at."""
        self._step_doubt(-1)

    def edit_title(self) -> None:
        """Go to the title of the article, all of it marked, so that typing replaces it."""
        self._enter_field(self.panel.title)
        self.panel.title.selectAll()

    def edit_place(self) -> None:
        """Go to the place of the article, all of it marked, so that typing replaces it."""
        self._enter_field(self.panel.place)
        self.panel.place.selectAll()

    def edit_themes(self) -> None:
        """Open the choice of themes of the article under the caret."""
        if self._article >= 0:
            self.panel.open_themes()

    def swap_kind(self) -> None:
        """News instead of a case, and back."""
        if self._article >= 0:
            self._set_kind("case" if self._articles()[self._article].kind == "news" else "news")

    def next_article(self) -> None:
        """Go to the beginning of the next article."""
        self._step_article(1)

    def previous_article(self) -> None:
        """Go to the beginning of the article before."""
        self._step_article(-1)

    def undo(self) -> None:
        """Take back what was done last on this page."""
        self._say_step(self.work.undo() if self.work else None, self.tr("已撤销：{0}"))

    def redo(self) -> None:
        """Do the step again that was taken back last, and say which."""
        self._say_step(self.work.redo() if self.work else None, self.tr("已重做：{0}"))

    def accept(self) -> None:
        """The page is right: into the library with it."""
        if self.work is not None and self._keep_citation():
            desk = self.work.desk
            self.accepted.emit(Accepted(desk.page, desk.articles, desk.edits, self.work.source_id, self.work.had))

    def next_page(self) -> None:
        """Ask for the next page of the queue."""
        self.page_wanted.emit(1)

    def previous_page(self) -> None:
        """Ask for the page before in the queue."""
        self.page_wanted.emit(-1)

    def swap_side(self) -> None:
        """From the page to the article, to the list, and back."""
        sides = [self.page, self.panel, *([self._queue] if self._queue and self._queue.isVisible() else [])]
        now = QApplication.focusWidget()
        at = next((i for i, s in enumerate(sides) if now is not None and (s is now or s.isAncestorOf(now))), -1)
        after = sides[(at + 1) % len(sides)]
        {self.page: self.page, self.panel: self.panel.title}.get(after, getattr(after, "view", after)).setFocus()

    def menu(self) -> QMenu:
        """What can be done at the caret, in words."""
        menu = QMenu(self)
        for do in keys.PAGE_MENU:
            if do:
                key = keys.of(do)
                action = menu.addAction(f"{keys.words(key)}\t{keys.cap(key.keys[0])}", partial(self.do, key.do))
                action.setEnabled(self._can(do))
            else:
                menu.addSeparator()
        return menu

    def copy(self) -> None:
        """Copy what is selected on the page."""
        self.page.copy()

    # ---- how an edit is made

    def _edit(self, *edits: Edit) -> bool:
        """Lay edits over the page as one step and show what became of it."""
        if self.work is None or self._goes_in():
            return False
        done = self.work.do(edits)
        if done:
            self._renew()
            self.changed.emit()
        else:
            self.said.emit(self.tr("这样改没有变化，页面还是原样。"))
        return done

    def _joined(self, one: int, other: int) -> Join:
        """One article behind the other: the one without a title behind the one that has one, else as printed."""
        articles, desk = self._articles(), self._desk_now()
        titled = bool(articles[one].title.strip()), bool(articles[other].title.strip())
        if titled[0] == titled[1]:
            first = one if desk.anchor(one) < desk.anchor(other) else other
        else:
            first = one if titled[0] else other
        return self._behind(other if first == one else one, first)

    def _behind(self, second: int, first: int) -> Join:
        desk = self._desk_now()
        return Join(desk.anchor(second), desk.anchor(first))

    def _moved(self, start: int, end: int, pick: Pick) -> list[Edit]:
        body = self._pieces.body(pick.article) if self._pieces else []
        following = pick.behind + 1 if pick.behind >= 0 else len(body)
        before = body[following].start if following < len(body) else None
        inside = next((s.start for s in body if not start <= s.start < end), self._desk_now().anchor(pick.article))
        return [Move(start, end, inside, before)]

    def _ask_article(self, source: int, placed: bool, words: str, edits: Callable[[Pick], Sequence[Edit]]) -> None:
        """Let a person pick another article; what is done with it follows."""
        self._pending = edits
        self.strip.ask(words)
        self.page.setFocus()
        self.page.start_pick(source, placed)

    def _give_up_pick(self) -> None:
        self.page.stop_pick()
        self._take_pick(None)

    def _take_pick(self, pick: Pick | None) -> None:
        self.strip.ask("")
        pending, self._pending = self._pending, None
        if pick is not None and pending is not None:
            self._edit(*pending(pick))

    def _take_correction(self, typed: str) -> None:
        start, end = self._correcting
        self.page.setFocus()
        if self.work is None:
            return
        known, text = self.work.desk.corrections, self._text()
        new = corrections_of(start, [known.get(at, text[at]) for at in range(start, end)], typed)
        if new:
            self._edit(*new)

    def _goes_in(self) -> bool:
        """Whether the page goes into the library now, so that nothing is changed on it; says so."""
        goes_in = self.work is not None and self.work.goes_in
        if goes_in:
            self.said.emit(self.tr("这一页正在收进案例库，不能再改。"))
        return goes_in

    def _say_step(self, edit: Edit | None, words: str) -> None:
        if self._goes_in():
            return
        if edit is None:
            self.said.emit(self.tr("这一页没有可以撤销或重做的了。"))
            return
        self._renew()
        self.changed.emit()
        self.said.emit(words.format(EDIT_WORDS[type(edit)]))

    # ---- setting what the panel says

    def _set(self, edit_of: Callable[[int], Edit]) -> None:
        if self._article >= 0:
            self._edit(edit_of(self._desk_now().anchor(self._article)))

    def _set_title(self, title: str) -> None:
        self._set(lambda at: SetTitle(at, title))

    def _set_kind(self, kind: Any) -> None:
        self._set(lambda at: SetKind(at, kind))

    def _set_place(self, place: Any) -> None:
        self._set(lambda at: SetPlace(at, place))
        self.page.setFocus()

    def _set_themes(self, themes: Any) -> None:
        self._set(lambda at: SetThemes(at, tuple(themes)))

    def _light(self, metric: Any) -> None:
        span = metric.span if metric is not None else None
        self.page.light([span] if span is not None else [])

    # ---- where it is

    def _desk_now(self) -> Any:
        assert self.work is not None
        return self.work.desk

    def _articles(self) -> Sequence[Any]:
        return self.work.desk.articles if self.work else ()

    def _text(self) -> str:
        return self.work.desk.page.text if self.work else ""

    def _span(self) -> Any:
        return self._pieces.span_of(*self.page.selection()) if self._pieces else None

    def _article_here(self) -> int:
        """The article at the caret, else the one that the panel shows."""
        piece = self._pieces.near(self.page.caret()) if self._pieces else None
        return piece.article if piece else self._article

    def _printed_from(self, at: int) -> int:
        """The first printed character from a place on."""
        text = self._text()
        while at < len(text) - 1 and text[at].isspace():
            at += 1
        return at

    def _can(self, do: str) -> bool:
        here, count = self._article_here(), len(self._articles())
        return {
            "join": count > 1 and here >= 0,
            "move": count > 1,
            "join_previous": here > 0,
            "join_next": 0 <= here < count - 1,
            "confirm": (self._doubt or self._doubt_at(self.page.caret())) is not None,
        }.get(do, True)

    # ---- showing

    def _renew(self, fresh: bool = False) -> None:
        """Show the page as it stands after an edit."""
        assert self.work is not None
        desk, at = self.work.desk, self.page.caret()
        self._pieces = Pieces(desk)
        self._colors, self.work.colors = colors_of(desk, self.work.colors, len(HUES))
        self.page.show_pieces(self._pieces, self._colors, desk.corrections, fresh)
        self._doubt = self._doubt_at(self._doubt.at) if self._doubt else None
        if not fresh:
            self._article = -1
            self._take_caret(at)

    def _take_caret(self, at: int) -> None:
        """The caret is there now: show the article that it stands in."""
        if self._pieces is None:
            return
        piece = self._pieces.near(at)
        kept = self._article if 0 <= self._article < len(self._articles()) else (0 if self._articles() else -1)
        article = piece.article if piece is not None else kept
        if self._doubt is not None and self._doubt.at != at:
            self._doubt = None
        if article != self._article:
            self._article = article
            self._show_article()
        self.page.choose(article)
        self._show_doubts()

    def _show_article(self) -> None:
        articles, desk = self._articles(), self._desk_now()
        shown = articles[self._article] if self._article >= 0 else None
        color = self._colors[self._article] if shown else 0
        self.page.light([])
        self.panel.show_article(shown, self._article, len(articles), color, self._text(), desk.corrections)

    def _show_doubts(self) -> None:
        doubts = self._pieces.doubts if self._pieces else []
        self.doubt_line.show_doubts(doubts, self._doubt, self._text())
        self._show_choices()

    def _show_choices(self) -> None:
        """Where else the text before the seam that is looked at may go on; worked out when it is first asked for."""
        seam = self._doubt.seam if self._doubt else None
        if seam is not None and self.work is not None and self.work.offers is None:
            self.offers_wanted.emit(self.work)
        known = self.work.offers if self.work is not None else None
        self._choices = choices(self._desk_now(), seam, known) if seam is not None and known else []
        pieces = [self._pieces.at(offer.start) if self._pieces else None for offer in self._choices]
        homes = [piece.article if piece else 0 for piece in pieces]
        self.choice_line.show_choices(self._choices, self._text(), homes)

    def _choose(self, number: int) -> None:
        seam = self._doubt.seam if self._doubt else None
        if seam is None or self.work is None or number >= len(self._choices):
            self.said.emit(self.tr("这里没有别的接法可选；按 Tab 到一处存疑的接缝。"))
            return
        at, before = self._choices[number].start, len(self._articles())
        if self._edit(*go_on(self.work.desk, seam, at, self.work.offers or {})):
            alone = len(self._articles()) > before
            rest = self.tr("原来接着的一段另成一篇") if alone else self.tr("原来接着的一段换到了另一处")
            self.said.emit(self.tr("已改接，{0}；Ctrl+Z 撤销。").format(rest))
            self._go_on(seam.start)

    def _look_at_choice(self, number: int) -> None:
        """Show on the page the first line of a place that the text may go on at."""
        place = (
            self._pieces.at(self._choices[number].start) if self._pieces and 0 <= number < len(self._choices) else None
        )
        self.page.light([Span(place.start, place.end)] if place else [])

    def _doubt_at(self, at: int) -> Doubt | None:
        """The doubt about the seam or the article that begins there."""
        return next((d for d in (self._pieces.doubts if self._pieces else ()) if d.at == at), None)

    def _step_doubt(self, step: int) -> None:
        doubts = self._pieces.doubts if self._pieces else []
        if not doubts:
            self.said.emit(self.tr("这一页没有存疑的地方了，按 Ctrl+回车 接受。"))
            return
        at = self.page.caret()
        if step > 0:
            following = next((d for d in doubts if d.at > at), doubts[0])
        else:
            following = next((d for d in reversed(doubts) if d.at < at), doubts[-1])
        self._go_to(following)

    def _go_on(self, at: int) -> None:
        """To the next doubt behind a place; where none is left the caret stays."""
        doubts = self._pieces.doubts if self._pieces else []
        if doubts:
            self._go_to(next((d for d in doubts if d.at >= at), doubts[0]))

    def _go_to(self, doubt: Doubt) -> None:
        self._doubt = doubt
        self.page.show_doubt(doubt)
        self._doubt = doubt
        self._take_caret(doubt.at)

    def _step_article(self, step: int) -> None:
        count = len(self._articles())
        if count and self._pieces is not None:
            number = (self._article + step) % count
            at = self._desk_now().anchor(number)
            self.page.set_caret(at)
            self.page.reveal(at, at, at)
            self._take_caret(at)

    def _enter_field(self, field: QWidget) -> None:
        if self._article >= 0:
            field.setFocus()

    def keep_caret(self) -> None:
        """Remember with the page where the caret is."""
        if self.work is not None:
            self.work.caret = self.page.caret()

    # ---- paper, date and page number

    def _show_citation(self) -> None:
        assert self.work is not None
        for name in CITED:
            self._fields[name].setText(getattr(self.work.page, name))
            theme.set_property(self._fields[name], "wrong", False)

    def _keep_citation(self) -> bool:
        """Take over what was typed; False when the date is none."""
        if self.work is None:
            return True
        typed = {name: field.text().strip() for name, field in self._fields.items()}
        published = read_date(typed["published"])
        theme.set_property(self._fields["published"], "wrong", published is None)
        if published is None:
            self.said.emit(self.tr("日期看不懂，请写成 2023-11-22、2023-11 或 2023。"))
            self._fields["published"].setFocus()
            return False
        self.work.cite(paper=typed["paper"], published=published, page_no=typed["page_no"])
        self._show_citation()
        self.changed.emit()
        return True

    def _cite_all(self) -> None:
        if self.work is not None and self._keep_citation():
            self.cited_all.emit({name: getattr(self.work.page, name) for name in CITED[:2]})

    # ---- building

    def _make_acts(self) -> dict[str, Callable[[], object]]:
        """What each key of the table does."""
        acts: dict[str, Callable[[], object]] = {
            f"mark_{role}": partial(self.mark, role)
            for role in ("title", "byline", "section", "caption", "body", "nothing")
        }
        acts["move"] = self.move_text
        return {key.do: acts.get(key.do) or getattr(self, key.do) for key in keys.KEYS}

    def _make(self, find_places: FindPlaces) -> None:
        self.page = PageView()
        self.panel = ArticlePanel(find_places)
        self.strip, self.doubt_line, self.notice = KeyStrip(), DoubtLine(), Notice()
        self.choice_line = ChoiceLine()
        self._correction = _Correction(self)
        self._name = Label()
        self._name.setFont(theme.font("section"))
        self._fields = {name: QLineEdit() for name in CITED}
        for name, words, width in (
            ("paper", self.tr("报名"), 120),
            ("published", self.tr("日期"), 96),
            ("page_no", self.tr("版次"), 52),
        ):
            field = self._fields[name]
            field.setProperty("dense", True)
            field.setPlaceholderText(words)
            field.setAccessibleName(words)
            field.setToolTip(words)
            field.setFixedWidth(width)
            field.editingFinished.connect(self._keep_citation)
        self._all = QPushButton(self.tr("用于全部"))
        self._all.setProperty("kind", "legend")
        self._all.setToolTip(self.tr("别的版面缺报名、日期的，也填成这样"))
        self._accept = QPushButton()
        self._accept.setProperty("kind", "main")
        self._accept.setToolTip(self.tr("收进案例库，标为未核，到下一页 (Ctrl+回车)"))

    def _lay_out(self) -> None:
        left = QWidget()
        column = column_of(left, self.doubt_line, self.choice_line, Line(), self.page)
        column.setStretch(3, 1)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        for widget, size, share in ((left, PAGE_WIDTH, 1), (self.panel, PANEL_WIDTH, 0)):
            split.addWidget(widget)
            split.setStretchFactor(split.count() - 1, share)
            widget.setMinimumWidth(min(size, 264))
        split.setSizes([PAGE_WIDTH, PANEL_WIDTH])
        self._desk = QWidget()
        whole = column_of(self._desk, self._make_head(), Line(), split, Line(), self.strip)
        whole.setStretch(2, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._desk)
        self._stack.addWidget(self.notice)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        if self._queue is not None:
            self._queue.setFixedWidth(QUEUE_WIDTH)
            self._queue_line = Line(upright=True)
            outer.addWidget(self._queue)
            outer.addWidget(self._queue_line)
        outer.addWidget(self._stack, 1)
        self.setFocusProxy(self.page)

    def _make_head(self) -> QWidget:
        head = QWidget()
        head.setProperty("ground", "surface")
        head.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(head)
        row.setContentsMargins(16, 6, 12, 6)
        row.setSpacing(8)
        self._name.setMinimumWidth(40)
        row.addWidget(self._name, 1)
        for field in self._fields.values():
            row.addWidget(field)
        row.addWidget(self._all)
        for name, tip, act in (
            ("undo-2", self.tr("撤销 (Ctrl+Z)"), self.undo),
            ("redo-2", self.tr("重做 (Ctrl+Y)"), self.redo),
            ("chevron-left", self.tr("上一页 (Ctrl+PgUp)"), self.previous_page),
            ("chevron-right", self.tr("下一页 (Ctrl+PgDn)"), self.next_page),
        ):
            button = IconButton(name, tip)
            button.clicked.connect(act)
            row.addWidget(button)
        row.addWidget(self._accept)
        return head

    def _connect(self) -> None:
        self.page.asked.connect(self.do)
        self.page.caret_moved.connect(self._take_caret)
        self.page.picked.connect(self._take_pick)
        self.page.menu_wanted.connect(lambda at: self.menu().popup(at))
        self.strip.asked.connect(self._do_on_page)
        self.strip.given_up.connect(self._give_up_pick)
        self.doubt_line.asked.connect(self._do_on_page)
        self.choice_line.chosen.connect(self._choose)
        self.choice_line.looked_at.connect(self._look_at_choice)
        self._correction.typed.connect(self._take_correction)
        self._accept.clicked.connect(self.accept)
        self._all.clicked.connect(self._cite_all)
        self.panel.title_set.connect(self._set_title)
        self.panel.kind_set.connect(self._set_kind)
        self.panel.place_set.connect(self._set_place)
        self.panel.themes_set.connect(self._set_themes)
        self.panel.figure_chosen.connect(self._light)
        self.panel.stepped.connect(self._step_article)
        self.panel.left.connect(self.page.setFocus)
        self.notice.acted.connect(self.acted)

    def _do_on_page(self, what: str) -> None:
        self.page.setFocus()
        self.do(what)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the queue, and the button that cites all pages, only where the desk is wide."""
        super().resizeEvent(event)
        if self._queue is not None:
            self._queue.setVisible(self.width() >= WIDE)
            self._queue_line.setVisible(self.width() >= WIDE)
        self._all.setVisible(self.width() >= WIDE)

    # ---- keys that are heard wherever the focus is on the desk

    def event(self, event: QEvent) -> bool:
        """Claim the desk's keys before a menu's shortcut takes them."""
        override = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if override and self.work is not None and key_heard(event):  # type: ignore[arg-type]
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what the key stands for on the desk."""
        what = key_heard(event)
        if what and self.work is not None:
            event.accept()
            self.do(what)
        else:
            super().keyPressEvent(event)


def key_heard(event: QKeyEvent) -> str:
    """What a key asks of the desk while the focus is not on the page."""
    return keys.key_pressed(event, False)
