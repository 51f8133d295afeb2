"""待核实 and 说法不一 in the window: listed, shown from both sides, put aside for a reason, settled, undone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from core.decisions import Decision, Target, figure_part, figure_value
from core.library import Library, deciding
from core.library.stamps import new_id, now
from core.records import Article, Case, Metric, Page, Paragraph, Span
from gui.review.doubts_page import DoubtsPage
from gui.window import Window
from tests.gui.conftest import open_in
from tests.gui.review.test_reviewing import settled, shown_item

FIVE, EIGHT = "清河办食堂\n2023年建成食堂5家，方便老人。", "食堂增多\n2023年建成食堂8家，老人说好。"
ONE = Metric("食堂数量", Decimal(5), "家", period="2023年", subject="清河县", printed="5家")


def article(text: str, printed: str, value: int) -> Article:
    at, end = text.index("2023"), text.index(printed) + len(printed)
    metric = replace(ONE, value=Decimal(value), printed=printed, quote=text[at:end],
                     span=Span(end - len(printed), end), quote_span=Span(at, end))  # fmt: skip
    title = text.index("\n")
    body = Paragraph((Span(title + 1, len(text)),))
    return Article(text[:title], (body,), title_spans=(Span(0, title),), metrics=(metric,))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "两说.anlan"
    with Library.create(path) as library:
        library.pages.add(Page(FIVE, "一.txt", paper="清河日报"), [article(FIVE, "5家", 5)])
        library.pages.add(Page(EIGHT, "二.txt", paper="邢台日报"), [article(EIGHT, "8家", 8)])
        library.cases.add([Case("", "没有关系")])
    return path


@pytest.fixture
def window(qtbot: QtBot, new_window: Callable[[], Window], path: Path) -> Window:
    window = new_window()
    window.reviewer.take("王芳", "")
    open_in(qtbot, window, path)
    return window


def differ(path: Path) -> str:
    """Let two people say different things of the first figure; its id."""
    with Library.open(path) as library:
        case = library.cases.load(1)
        metric = case.metrics[0]
        target, value = Target(case.id, figure_part(metric.id)), figure_value(metric)
        library.decisions.reviewer = "王芳"
        library.decisions.figure(1, metric.id, "changed", {**value, "value": "561"})

        def merge() -> None:
            other = {**value, "value": "651"}
            row = Decision(new_id(), target, "changed", "李强", now(), value, other, value, "问过县里")
            library._file.decide([row])
            deciding.settle(library._db, [target])

        library._file.change("合并", merge, [1])
        assert library.decisions.marked("conflict") == [target]
    return metric.id


def loaded(qtbot: QtBot, window: Window) -> None:
    """Wait until what checking needs is there."""
    done: list[bool] = []
    window.reviewing.loading.then(lambda: done.append(True))
    qtbot.waitUntil(lambda: bool(done))


def listed(qtbot: QtBot, window: Window, tab: str = "show_doubts") -> DoubtsPage:
    loaded(qtbot, window)
    window.menus.actions[tab].trigger()
    page = window.doubting.page()
    qtbot.waitUntil(lambda: not page.stop.isVisibleTo(page))
    settled(qtbot, window)
    return page


def test_a_doubt_is_shown_with_both_its_printed_words(qtbot: QtBot, window: Window) -> None:
    page = listed(qtbot, window)
    [row] = page.chosen()
    assert set(row.titles) == {"清河办食堂", "食堂增多"}
    qtbot.waitUntil(lambda: page.texts[1].isVisibleTo(page))
    lit = [text.page.lit()[-1] for text in page.texts[:2]]
    assert sorted(lit) == ["5家", "8家"]
    assert {text.of().split("　")[1] for text in page.texts[:2]} == {"《清河日报》", "《邢台日报》"}
    assert not page.texts[2].isVisibleTo(page)
    assert page.tabs.isVisible()


def test_it_is_put_aside_for_a_reason_listed_again_and_undone(qtbot: QtBot, window: Window, path: Path) -> None:
    page = listed(qtbot, window)
    page.reason.setCurrentText("口径不同")
    qtbot.keyClick(page, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: "另有 1 处说明过不是问题" in page.says())
    with Library.open(path, read_only=True) as library:
        assert [(d.verdict, d.note, d.who) for d in library.decisions.all()] == [("rejected", "口径不同", "王芳")]
    page = listed(qtbot, window)  # it does not come again
    assert page.says()
    page.every.setChecked(True)
    assert [row.reason for row in page.chosen()] == ["口径不同"]
    page.up.click()
    qtbot.waitUntil(lambda: [row.dismissed for row in page.chosen()] == [False])
    window.undo()
    qtbot.waitUntil(lambda: [row.dismissed for row in page.chosen()] == [True])
    window.undo()
    qtbot.waitUntil(lambda: [row.dismissed for row in page.chosen()] == [False])


def test_enter_checks_its_figures_and_a_correction_ends_the_doubt(qtbot: QtBot, window: Window) -> None:
    page = listed(qtbot, window)
    page.doubts.setFocus()
    qtbot.keyClick(page.doubts, Qt.Key.Key_Return)
    shown_item(qtbot, window)
    review = window.reviewing.page()
    assert "还剩 2" in review.progress()
    assert any("既是" in text for text in review.card.texts())
    qtbot.keyClick(review, Qt.Key.Key_2)
    form = review.card.form
    form.value.setText("8" if form.value.text() == "5" else "5")
    qtbot.keyClick(form.value, Qt.Key.Key_Return)
    shown_item(qtbot, window)
    qtbot.keyClick(review, Qt.Key.Key_Escape)
    assert window.doubting.is_shown()
    qtbot.waitUntil(lambda: "没有待核实的" in page.says() or not page.chosen())


def test_a_search_for_doubts_is_stopped_and_keeps_what_it_found(qtbot: QtBot, window: Window) -> None:
    loaded(qtbot, window)
    window.menus.actions["show_doubts"].trigger()
    page = window.doubting.page()
    page.stop.click()
    assert "停在" in page.progress.text()
    page.again.click()
    qtbot.waitUntil(lambda: len(page.chosen()) == 1)


def test_the_cases_that_were_chosen_are_looked_through(qtbot: QtBot, window: Window) -> None:
    window.doubting.show([1, 3], "选中的 2 例")
    page = window.doubting.page()
    qtbot.waitUntil(lambda: "没有待核实的" in page.says())
    assert page.title.text() == "选中的 2 例"
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert not window.doubting.is_shown()


@pytest.mark.parametrize(("key", "value", "state"), [("1", 561, "checked"), ("2", 651, "checked"), ("4", 5, "unsure")])
def test_what_people_say_differently_is_settled_by_a_key(
    qtbot: QtBot, new_window: Callable[[], Window], path: Path, key: str, value: int, state: str
) -> None:
    figure = differ(path)
    window = new_window()
    window.reviewer.take("赵敏", "")
    open_in(qtbot, window, path)
    qtbot.waitUntil(lambda: window.status.differing() == "说法不一 1")
    window.status.differing_pressed.emit()
    page = window.doubting.page()
    qtbot.waitUntil(lambda: len(page.sides.buttons) == 2)
    said = page.sides.texts()
    for words in ("改为 食堂数量 561家（清河县，2023年）", "改为 食堂数量 651家（清河县，2023年）", "备注：问过县里"):
        assert words in said
    if "561" not in said[1]:  # which side comes first is no matter
        key = {"1": "2", "2": "1"}.get(key, key)
    qtbot.keyClick(page, key)
    qtbot.waitUntil(lambda: "没有说法不一的" in page.says())
    qtbot.waitUntil(lambda: window.status.differing() == "")
    library = window.shell.library
    [metric] = [m for m in library.cases.load(1).metrics if m.id == figure]
    assert (metric.value, metric.state) == (value, state)
    last = library.decisions.on(Target(library.cases.load(1).id, figure_part(figure)))[-1]
    assert (last.who, len(last.seen)) == ("赵敏", 2)
    window.undo()
    qtbot.waitUntil(lambda: window.status.differing() == "说法不一 1")


def test_another_value_settles_it(qtbot: QtBot, new_window: Callable[[], Window], path: Path) -> None:
    differ(path)
    window = new_window()
    window.reviewer.take("赵敏", "")
    open_in(qtbot, window, path)
    page = listed(qtbot, window, "show_conflicts")
    qtbot.waitUntil(lambda: len(page.sides.buttons) == 2)
    qtbot.keyClick(page, "3")
    qtbot.waitUntil(lambda: window.doubting.form is not None)
    form = window.doubting.form
    assert form is not None
    form.rows["value"].editor.line.setText("600")  # type: ignore[attr-defined]
    form.rows["value"].touch()
    form.save()
    qtbot.waitUntil(lambda: "没有说法不一的" in page.says())
    assert window.shell.library.cases.load(1).metrics[0].value == 600
