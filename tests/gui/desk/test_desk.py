"""The desk in its own window, with pages of our own as the reader reads them, by keys and mouse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QSize, Qt
from PySide6.QtGui import QColor, QInputMethodEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from core.desk import Desk, Join
from core.desk.work import Work
from core.intake.reading import read_one
from core.reading import find_facts, read_page
from core.reading.page.offers import offers_on
from core.records import THEMES, Article, Page
from core.text.repair import repair
from gui import theme
from gui.desk import keys
from gui.desk.article import ArticlePanel
from gui.desk.desk import ImportDesk
from gui.desk.importing import find_places
from gui.desk.page import PageView
from gui.desk.queue import ImportQueue
from gui.desk.queue_rows import QueueRow
from gui.theme.hues import HUES, article_color

PAGES = Path(__file__).resolve().parents[2] / "pages" / "learnt" / "first"
PLAIN = Qt.KeyboardModifier.NoModifier
CLEAN, JUMPS, TORN = "heilongjiang-clean.txt", "jiangsu-column-jumps.txt", "fujian-lookalikes.txt"


@cache
def read(name: str) -> tuple[Page, tuple[Article, ...]]:
    [page] = read_one(PAGES / name).pages
    return page


def text_of(desk: Desk, article: Article) -> str:
    return "".join(repair(desk.page.text, p.spans, desk.corrections).text for p in article.paragraphs)


def titles(articles: Sequence[Article]) -> list[str]:
    """Without the spaces that the reader keeps between the halves of a title."""
    return ["".join(article.title.split()) for article in articles]


@pytest.fixture
def desk(qtbot: QtBot, dressed: QApplication) -> ImportDesk:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)  # the desks of earlier tests
    out = ImportDesk(find_places, ImportQueue())
    qtbot.addWidget(out)
    out.resize(1280, 740)
    out.show()
    return out


@pytest.fixture
def clean(desk: ImportDesk) -> ImportDesk:
    """A page of several articles that has nothing jumping about."""
    desk.show_work(Work(Desk(*read(CLEAN), find_facts)), CLEAN)
    desk.page.setFocus()
    return desk


@pytest.fixture
def glued(desk: ImportDesk) -> tuple[ImportDesk, tuple[Article, ...]]:
    """The same page with its second and third article read as one, and how it should have been read."""
    page, articles = read(CLEAN)
    wrong = Desk(page, articles, find_facts)
    wrong.do(Join(wrong.anchor(2), wrong.anchor(1)))
    desk.show_work(Work(Desk(page, wrong.articles, find_facts)), CLEAN)
    desk.page.setFocus()
    return desk, articles


def focus_of(desk: ImportDesk) -> QWidget:
    """Where keys go in the desk's window, also when no window manager makes that window the active one."""
    return desk.window().focusWidget() or desk.page


def press(qtbot: QtBot, desk: ImportDesk, *pressed: Qt.Key, held: Qt.KeyboardModifier = PLAIN) -> None:
    for key in pressed:
        qtbot.keyClick(focus_of(desk), key, held)


def commit(widget: QWidget, text: str) -> None:
    """Type as an input method does."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


def now(desk: ImportDesk) -> Desk:
    assert desk.work is not None
    return desk.work.desk


# ---- a wrongly joined pair in a few keystrokes


def test_a_wrongly_joined_pair_is_parted_by_one_key_on_the_second_title(qtbot: QtBot, glued) -> None:
    desk, right = glued
    desk.page.select(right[2].title_spans[0].start, right[2].title_spans[-1].end)
    press(qtbot, desk, Qt.Key.Key_T)
    assert titles(now(desk).articles) == titles(right)
    assert [text_of(now(desk), a) for a in now(desk).articles] == [text_of(now(desk), a) for a in right]


def test_cut_and_join_are_undone_and_done_again(qtbot: QtBot, glued) -> None:
    desk, right = glued
    before = now(desk).articles
    desk.page.set_caret(right[2].title_spans[0].start)
    press(qtbot, desk, Qt.Key.Key_X)
    assert len(now(desk).articles) == len(right)
    press(qtbot, desk, Qt.Key.Key_Z, held=Qt.KeyboardModifier.ControlModifier)
    assert now(desk).articles == before
    press(qtbot, desk, Qt.Key.Key_Y, held=Qt.KeyboardModifier.ControlModifier)
    assert len(now(desk).articles) == len(right)
    press(qtbot, desk, Qt.Key.Key_J, held=Qt.KeyboardModifier.AltModifier)
    assert len(now(desk).articles) == len(right) - 1


@pytest.mark.parametrize("chosen", [[Qt.Key.Key_1], [Qt.Key.Key_Up, Qt.Key.Key_Return], [Qt.Key.Key_Return]])
def test_join_with_another_article_by_number_or_arrows(qtbot: QtBot, clean: ImportDesk, chosen: list[Qt.Key]) -> None:
    count = len(now(clean).articles)
    clean.page.set_caret(now(clean).anchor(1))
    press(qtbot, clean, Qt.Key.Key_J)
    assert "拼" in clean.strip.words()
    press(qtbot, clean, *chosen)
    assert len(now(clean).articles) == count - 1
    assert clean.strip.words() == ""


def test_join_by_a_click_on_the_other_article(qtbot: QtBot, clean: ImportDesk) -> None:
    count, at = len(now(clean).articles), now(clean).articles[0].paragraphs[0].spans[0].start
    clean.page.set_caret(now(clean).anchor(1))
    press(qtbot, clean, Qt.Key.Key_J)
    clean.page.reveal(at, at, at)
    qtbot.mouseClick(clean.page.viewport(), Qt.MouseButton.LeftButton, pos=clean.page.box_of(at).center())
    assert len(now(clean).articles) == count - 1


def test_esc_gives_joining_up(qtbot: QtBot, clean: ImportDesk) -> None:
    press(qtbot, clean, Qt.Key.Key_J, Qt.Key.Key_Escape)
    assert now(clean).edits == ()
    assert clean.page.pick() is None


def test_a_paragraph_is_moved_to_where_it_belongs(qtbot: QtBot, clean: ImportDesk) -> None:
    [last] = now(clean).articles[1].paragraphs[-1].spans[-1:]
    clean.page.select(last.start, last.end)
    press(qtbot, clean, Qt.Key.Key_M, Qt.Key.Key_3, Qt.Key.Key_Return)
    assert last in [s for p in now(clean).articles[2].paragraphs for s in p.spans]
    assert last not in [s for p in now(clean).articles[1].paragraphs for s in p.spans]


def test_a_moved_piece_goes_behind_the_piece_that_was_chosen(qtbot: QtBot, clean: ImportDesk) -> None:
    [last] = now(clean).articles[1].paragraphs[-1].spans[-1:]
    clean.page.select(last.start, last.end)
    press(qtbot, clean, Qt.Key.Key_M, Qt.Key.Key_3, Qt.Key.Key_Right, Qt.Key.Key_Return)
    spans = [s for p in now(clean).articles[2].paragraphs for s in p.spans]
    assert spans.index(last) == 1


# ---- marks


@pytest.mark.parametrize(
    ("key", "role"),
    [(Qt.Key.Key_C, "caption"), (Qt.Key.Key_B, "byline"), (Qt.Key.Key_S, "section"), (Qt.Key.Key_N, "")],
)
def test_the_line_at_the_caret_is_marked(qtbot: QtBot, clean: ImportDesk, key: Qt.Key, role: str) -> None:
    span = now(clean).articles[2].paragraphs[-1].spans[-1]
    clean.page.set_caret(span.start)
    press(qtbot, clean, key)
    piece = clean._pieces.at(span.start)
    assert (piece.role if piece else "") == role


def test_what_was_left_over_becomes_body(qtbot: QtBot, clean: ImportDesk) -> None:
    left = now(clean).left_over()[0]
    clean.page.set_caret(left.start)
    press(qtbot, clean, Qt.Key.Key_P)
    assert left not in now(clean).left_over()


def test_a_misread_character_is_put_right_and_the_original_is_told(qtbot: QtBot, clean: ImportDesk) -> None:
    at = now(clean).articles[2].paragraphs[0].spans[0].start
    printed, spans = now(clean).page.text[at], now(clean).articles[2].paragraphs
    clean.page.set_caret(at)
    press(qtbot, clean, Qt.Key.Key_R)
    commit(clean._correction, "龘")
    qtbot.keyClick(clean._correction, Qt.Key.Key_Return)
    assert text_of(now(clean), now(clean).articles[2]).startswith("龘")
    assert now(clean).articles[2].paragraphs == spans
    clean.page.reveal(at, at, at)
    assert printed in clean.page.tip_at(clean.page.box_of(at).center())
    press(qtbot, clean, Qt.Key.Key_Z, held=Qt.KeyboardModifier.ControlModifier)
    assert clean.page.toPlainText() == now(clean).page.text


def test_rare_characters_shift_nothing(qtbot: QtBot, clean: ImportDesk) -> None:
    at = now(clean).articles[0].paragraphs[0].spans[0].start
    clean.page.set_caret(at)
    press(qtbot, clean, Qt.Key.Key_R)
    commit(clean._correction, "𠮷")
    qtbot.keyClick(clean._correction, Qt.Key.Key_Return)
    assert "𠮷" in clean.page.toPlainText()
    later = now(clean).articles[2].title_spans[0].start
    clean.page.set_caret(later)
    assert clean.page.caret() == later
    assert clean.page.document().characterAt(clean.page.textCursor().position()) == now(clean).page.text[later]


# ---- doubts


def test_tab_goes_from_doubt_to_doubt_and_return_confirms(qtbot: QtBot, desk: ImportDesk) -> None:
    desk.show_work(Work(Desk(*read(JUMPS), find_facts)), JUMPS)
    desk.begin()
    doubts = list(desk._pieces.doubts)
    assert len(doubts) > 2
    assert desk.page.caret() == doubts[0].at
    press(qtbot, desk, Qt.Key.Key_Tab)
    assert desk.page.caret() == doubts[1].at
    press(qtbot, desk, Qt.Key.Key_Backtab)
    assert "存疑 1 /" in desk.doubt_line.words()
    press(qtbot, desk, Qt.Key.Key_Return)
    assert desk.doubts() == len(doubts) - 1
    assert desk.page.caret() == doubts[1].at


def test_the_doubt_that_is_looked_at_is_in_sight(qtbot: QtBot, desk: ImportDesk) -> None:
    desk.resize(700, 420)
    page, _ = read(JUMPS)
    text = page.text.replace("\n\n", "　" * 300 + "\n\n", 1)
    wide = replace(page, text=text)
    desk.show_work(Work(Desk(wide, read_page(wide), find_facts)), JUMPS)
    desk.begin()
    for _ in desk._pieces.doubts:
        assert desk.page.viewport().rect().contains(desk.page.box_of(desk.page.caret()).center())
        press(qtbot, desk, Qt.Key.Key_Tab)


def test_all_seams_of_an_article_are_confirmed_and_undone_at_once(qtbot: QtBot, desk: ImportDesk) -> None:
    desk.show_work(Work(Desk(*read(JUMPS), find_facts)), JUMPS)
    desk.begin()
    before = desk.doubts()
    press(qtbot, desk, Qt.Key.Key_Return, held=Qt.KeyboardModifier.ShiftModifier)
    assert desk.doubts() < before
    press(qtbot, desk, Qt.Key.Key_Z, held=Qt.KeyboardModifier.ControlModifier)
    assert desk.doubts() == before


def test_a_page_without_doubts_says_so(qtbot: QtBot, clean: ImportDesk) -> None:
    while clean.doubts():
        press(qtbot, clean, Qt.Key.Key_Tab, Qt.Key.Key_Return)
    assert clean.doubt_line.words() == "没有存疑的地方"


# ---- the article beside it


def test_place_is_typed_in_pinyin_and_stays(qtbot: QtBot, clean: ImportDesk) -> None:
    clean.page.set_caret(now(clean).anchor(1))
    press(qtbot, clean, Qt.Key.Key_G)
    qtbot.keyClicks(focus_of(clean), "mohe")
    press(qtbot, clean, Qt.Key.Key_Return)
    assert now(clean).articles[1].place.county == "漠河市"
    assert focus_of(clean) is clean.page


def parts_in_sight(panel: ArticlePanel) -> list[QWidget]:
    """The chips of the themes and the button behind them, as far as nothing of them is cut."""
    holder = panel._chips
    parts = [panel._flow.itemAt(at).widget() for at in range(panel._flow.count())]
    return [part for part in parts if part.isVisible() and holder.rect().contains(part.geometry())]


@pytest.mark.parametrize("size", [QSize(1280, 740), QSize(683, 300)])
@pytest.mark.parametrize("count", [0, 1, 3, len(THEMES)])
def test_all_themes_stand_there_at_the_first_sight(qtbot: QtBot, desk: ImportDesk, size: QSize, count: int) -> None:
    page, articles = read(CLEAN)
    desk.resize(size)
    desk.show_work(Work(Desk(page, [replace(articles[0], themes=THEMES[:count])], find_facts)), CLEAN)
    panel = desk.panel
    qtbot.waitUntil(lambda: len(parts_in_sight(panel)) == count + 1)
    assert panel._chips.geometry().bottom() < panel._chips.parentWidget().height()
    assert panel.figures.mapTo(panel, QPoint()).y() > panel._chips.mapTo(panel, QPoint()).y()


def test_a_theme_more_takes_the_room_it_needs(qtbot: QtBot, clean: ImportDesk) -> None:
    clean.panel.themes_set.emit(THEMES)
    qtbot.waitUntil(lambda: len(parts_in_sight(clean.panel)) == len(THEMES) + 1)


def test_themes_are_swapped_from_the_menu(clean: ImportDesk) -> None:
    clean.page.set_caret(now(clean).anchor(1))
    menu = clean.panel.offer_themes()
    ticked = [action.text() for action in menu.actions() if action.isChecked()]
    assert set(ticked) == set(now(clean).articles[1].themes)
    next(action for action in menu.actions() if action.text() == "廉政监督").trigger()
    assert now(clean).articles[1].themes[-1] == "廉政监督"


def test_title_and_kind_are_set(qtbot: QtBot, clean: ImportDesk) -> None:
    clean.page.set_caret(now(clean).anchor(1))
    press(qtbot, clean, Qt.Key.Key_K, Qt.Key.Key_E)
    commit(clean.panel.title, "护林人")
    qtbot.keyClick(clean.panel.title, Qt.Key.Key_Return)
    assert (now(clean).articles[1].kind, now(clean).articles[1].title) == ("news", "护林人")


def test_letters_typed_into_a_field_are_no_keys(qtbot: QtBot, clean: ImportDesk) -> None:
    press(qtbot, clean, Qt.Key.Key_E)
    qtbot.keyClicks(clean.panel.title, "xjtn")
    assert now(clean).edits == ()


def test_a_figure_lights_up_its_printed_words(clean: ImportDesk) -> None:
    clean.page.set_caret(now(clean).anchor(2))
    metric = now(clean).articles[2].metrics[0]
    clean.panel.figures.selectRow(0)
    assert clean.page.lit() == [now(clean).page.text[metric.span.start : metric.span.end]]


def test_paper_date_and_page_number_are_typed(qtbot: QtBot, clean: ImportDesk) -> None:
    for name, typed in (("paper", "黑土晨报"), ("published", "2023年8月4日"), ("page_no", "6")):
        clean._fields[name].selectAll()
        commit(clean._fields[name], typed)
        qtbot.keyClick(clean._fields[name], Qt.Key.Key_Return)
    page = now(clean).page
    assert (page.paper, page.published, page.page_no) == ("黑土晨报", "2023-08-04", "6")


@pytest.mark.parametrize("typed", ["去年冬天", "2023-02-31", "2023abc5xyz6"])
def test_a_date_that_is_none_is_not_accepted(qtbot: QtBot, clean: ImportDesk, typed: str) -> None:
    clean._fields["published"].setText(typed)
    with qtbot.assertNotEmitted(clean.accepted), qtbot.waitSignal(clean.said) as said:
        clean.accept()
    assert "日期看不懂" in said.args[0]


def test_accepting_hands_over_articles_and_edits(qtbot: QtBot, glued) -> None:
    desk, right = glued
    desk.page.select(right[2].title_spans[0].start, right[2].title_spans[-1].end)
    press(qtbot, desk, Qt.Key.Key_T)
    with qtbot.waitSignal(desk.accepted) as accepted:
        press(qtbot, desk, Qt.Key.Key_Return, held=Qt.KeyboardModifier.ControlModifier)
    [page] = accepted.args
    assert titles(page.articles) == titles(right)
    assert len(page.edits) == 1


# ---- looks and reach


def test_colours_stay_with_their_articles(qtbot: QtBot, glued) -> None:
    desk, right = glued
    before = dict(zip([a.title for a in now(desk).articles], desk._colors, strict=True))
    desk.page.select(right[2].title_spans[0].start, right[2].title_spans[-1].end)
    press(qtbot, desk, Qt.Key.Key_T)
    after = dict(zip([a.title for a in now(desk).articles], desk._colors, strict=True))
    assert {title: after[title] for title in before} == before
    assert len(set(desk._colors)) == len(right)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("part", ["tint", "strong"])
def test_text_on_every_tint_is_legible(dressed: QApplication, scheme: str, part: str) -> None:
    theme.apply(dressed, scheme)  # type: ignore[arg-type]
    grounds: list[QColor] = [article_color(part, at) for at in range(len(HUES))]
    assert all(theme.contrast(theme.color("text"), ground) >= 7 for ground in grounds)
    assert all(theme.contrast(theme.color("text-2"), ground) >= 4.5 for ground in grounds)
    bars = [(article_color("bar", at), article_color("on-bar", at)) for at in range(len(HUES))]
    assert all(theme.contrast(bar, ink) >= 4 for bar, ink in bars)
    theme.apply(dressed, "light")


def test_tags_number_the_articles_and_the_parts_of_one_that_jumps(desk: ImportDesk) -> None:
    desk.show_work(Work(Desk(*read(TORN), find_facts)), TORN)
    labels = [tag.label for tag in desk._pieces.tags]
    assert {label.split("·")[0] for label in labels} == {str(n + 1) for n in range(len(now(desk).articles))}
    assert any("·2" in label for label in labels)


def test_every_key_of_the_table_does_something(clean: ImportDesk) -> None:
    assert set(clean._acts) == {key.do for key in keys.KEYS}
    assert all(clean.menu().actions())


def test_no_key_is_taken_twice_on_the_desk() -> None:
    taken = [pressed for key in keys.KEYS for pressed in key.keys]
    assert len(taken) == len(set(taken))


def test_whatever_takes_the_focus_has_a_name(clean: ImportDesk) -> None:
    shown = [w for w in clean.findChildren(QWidget) if w.isVisible() and w.focusPolicy() & Qt.FocusPolicy.TabFocus]
    named = [w for w in shown if w.accessibleName() or (isinstance(w, QAbstractButton) and w.text())]
    unnamed = {type(w).__name__ for w in shown} - {type(w).__name__ for w in named}
    assert not unnamed - {"QScrollBar", "QScrollArea", "QHeaderView"}
    assert any(isinstance(w, PageView) for w in named)


def test_a_row_of_the_list_tells_name_state_and_reason(clean: ImportDesk, model_faults) -> None:
    queue = ImportQueue()
    faults = model_faults(queue.model)
    queue.model.add([QueueRow("a.txt"), QueueRow("坏.pdf", "failed", "没有文字层")])
    queue.model.put(0, [QueueRow("a.txt", "ready", articles=2), QueueRow("a.txt 2", "ready", articles=1, doubts=3)])
    said = [queue.model.index(at).data(Qt.ItemDataRole.AccessibleTextRole) for at in range(3)]
    assert said[2] == "坏.pdf 没有读成 没有文字层"
    assert said[1].endswith("1 篇 · 数据 0 · 存疑 3")
    assert faults == []


def test_a_click_at_the_margin_chooses_the_article(qtbot: QtBot, clean: ImportDesk) -> None:
    at = now(clean).articles[0].paragraphs[-1].spans[-1].start
    clean.page.set_caret(now(clean).anchor(3))
    clean.page.reveal(at, at, at)
    y = clean.page.box_of(at).center().y()
    qtbot.mouseClick(clean.page._left, Qt.MouseButton.LeftButton, pos=QPoint(20, y))
    assert clean._article == 0


# ---- where else a text may go on


def test_a_key_takes_the_likelier_continuation_and_undo_takes_it_back(qtbot: QtBot, desk: ImportDesk) -> None:
    page, articles = read(JUMPS)
    work = Work(Desk(page, articles, find_facts))
    with qtbot.waitSignal(desk.offers_wanted) as asked:
        desk.show_work(work, JUMPS)
        desk.begin()
        for _ in range(desk.doubts()):
            if not asked.signal_triggered:  # until a seam is looked at
                press(qtbot, desk, Qt.Key.Key_Tab)
    assert asked.args == [work]
    assert desk.choice_line.words() == []
    work.offers = offers_on(page.text)
    desk.take_offers(work)
    while not desk.choice_line.words():
        press(qtbot, desk, Qt.Key.Key_Tab)
    seam, printed = desk._doubt.seam, page.text
    first = desk._choices[0]
    assert desk.choice_line.words()[0].split()[1].startswith("".join(printed[first.start : first.start + 6].split()))
    before = now(desk).articles
    press(qtbot, desk, Qt.Key.Key_1)
    joined = [s.start for s in now(desk).seams() if s.end == seam.end]
    bodies = [[s for p in article.paragraphs for s in p.spans] for article in now(desk).articles]
    behind = [(a.end, b.start) for body in bodies for a, b in pairwise(body)]
    assert (seam.end, first.start) in behind
    assert joined in ([], [first.start])
    assert {s for body in bodies for s in body} == {s for x in before for p in x.paragraphs for s in p.spans}
    press(qtbot, desk, Qt.Key.Key_Z, held=Qt.KeyboardModifier.ControlModifier)
    assert now(desk).articles == before


def test_where_no_other_place_is_known_the_key_says_so(qtbot: QtBot, clean: ImportDesk) -> None:
    before = now(clean).articles
    with qtbot.waitSignal(clean.said) as said:
        press(qtbot, clean, Qt.Key.Key_1)
    assert "没有别的接法" in said.args[0]
    assert now(clean).articles == before


def test_offers_of_a_page_that_was_left_are_not_shown(qtbot: QtBot, desk: ImportDesk) -> None:
    page, articles = read(JUMPS)
    work = Work(Desk(page, articles, find_facts))
    desk.show_work(work, JUMPS)
    desk.begin()
    desk.show_work(Work(Desk(*read(CLEAN), find_facts)), CLEAN)
    work.offers = offers_on(page.text)
    desk.take_offers(work)
    assert desk.choice_line.words() == []
