"""Cases are checked as a whole by the same keys, put right in their form, set back, and read by a second person."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from core.default_library import build_library
from core.library import Library, Query
from core.records import Article, Page, Paragraph, Place, Span
from core.resources import shipped
from gui.window import Window
from tests.gui.conftest import open_in
from tests.gui.review.test_reviewing import press, settled, shown_item

TEXT = "清河县办起长者食堂\n本报讯 清河县去年办起长者食堂5家，老人吃上热饭。\n另一篇\n别处的话。"
TITLE = Span(0, 9)
BODY = Span(10, TEXT.index("\n另一篇"))
ARTICLE = Article(
    "清河县办起长者食堂",
    (Paragraph((BODY,)),),
    title_spans=(TITLE,),
    place=Place("130534", "河北省", "邢台市", "清河县"),
    themes=("民生服务",),
)


@pytest.fixture
def default_path(tmp_path: Path) -> Path:
    path = tmp_path / "默认案例库.anlan"
    build_library(path, shipped("seeds"))
    return path


def opened(qtbot: QtBot, window: Window, path: Path, who: str = "王芳", do: str = "review_cases") -> Window:
    window.reviewer.take(who, "")
    open_in(qtbot, window, path)
    window.menus.actions[do].trigger()
    shown_item(qtbot, window)
    return window


def whole(path: Path) -> dict[str, int]:
    with Library.open(path, read_only=True) as library:
        return {state: n for state, n in library.decisions.progress_of_cases().items() if n}


def test_ten_cases_in_ten_keys_and_all_of_it_undone_and_done_again(
    qtbot: QtBot, new_window: Callable[[], Window], default_path: Path
) -> None:
    window = opened(qtbot, new_window(), default_path)
    page = window.reviewing.page()
    assert "已核 0 / 31 例" in page.progress()
    begun = time.monotonic()
    press(qtbot, window, *[Qt.Key.Key_1] * 5, *[Qt.Key.Key_Return] * 3, Qt.Key.Key_3, Qt.Key.Key_4)
    shown_item(qtbot, window)
    settled(qtbot, window)
    print(f"\n十个案例，十个键：{time.monotonic() - begun:.2f} 秒")
    done = {"unchecked": 21, "checked": 8, "unsure": 1, "wrong": 1}
    assert whole(default_path) == done
    assert "已核 10 / 31 例　我核过 10　还剩 21" in page.progress()
    for left in range(9, -1, -1):
        qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda n=left: f"已核 {n} / 31 例" in page.progress())
    assert whole(default_path) == {"unchecked": 31}
    for count in range(1, 11):
        qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
        qtbot.waitUntil(lambda n=count: f"已核 {n} / 31 例" in page.progress())
    assert whole(default_path) == done


@pytest.fixture
def read(qtbot: QtBot, new_window: Callable[[], Window], tmp_path: Path) -> Window:
    """The window on a library with one page, its case shown to be checked."""
    path = tmp_path / "一版.anlan"
    with Library.create(path) as library:
        library.pages.add(Page(TEXT, "页.txt", paper="清河日报", published="2024-01-02"), [ARTICLE])
    return opened(qtbot, new_window(), path)


def test_the_printed_words_for_each_field_are_lit_and_stand_beside_it(read: Window) -> None:
    page = read.reviewing.page()
    lit = page.originals.printed.page.lit()
    assert {"清河县办起长者食堂", "清河县", "老人"} <= set(lit)
    texts = page.case_card.texts()
    assert texts[texts.index("地区") : texts.index("地区") + 3] == ["地区", "河北省 · 邢台市 · 清河县", "清河县"]
    assert page.originals.printed.of() == "《清河日报》2024年1月2日"


def test_a_title_that_differs_from_its_print_is_told(
    qtbot: QtBot, new_window: Callable[[], Window], tmp_path: Path
) -> None:
    path = tmp_path / "一版.anlan"
    with Library.create(path) as library:
        library.pages.add(Page(TEXT, "页.txt"), [replace(ARTICLE, title="清河县办起幼儿园", place=Place("", "某省"))])
    page = opened(qtbot, new_window(), path).reviewing.page()
    assert "标题对不上：读作「清河县办起幼儿园」，印的是「清河县办起长者食堂」。" in page.case_card.texts()
    assert "原文里没写" in page.case_card.texts()


def test_a_case_is_put_right_in_its_form_as_one_change(qtbot: QtBot, read: Window) -> None:
    press(qtbot, read, Qt.Key.Key_2)
    qtbot.waitUntil(lambda: read.reviewing.form is not None)
    form = read.reviewing.form
    assert form is not None
    form.rows["title"].editor.line.setText("清河：长者食堂")  # type: ignore[attr-defined]
    form.rows["title"].touch()
    form.save()
    qtbot.waitUntil(lambda: "核到头了" in read.reviewing.page().says())
    settled(qtbot, read)
    library = read.shell.library
    num = library.search.find(Query()).nums[0]
    assert (library.cases.load(num).title, library.decisions.progress_of_cases()["checked"]) == ("清河：长者食堂", 1)
    read.undo()
    qtbot.waitUntil(lambda: read.reviewing.current() is not None)
    assert library.cases.load(num).title == "清河县办起长者食堂"
    assert library.decisions.progress_of_cases()["unchecked"] == 1


def test_a_verdict_is_set_back_to_unchecked_by_a_key(
    qtbot: QtBot, new_window: Callable[[], Window], default_path: Path
) -> None:
    window = opened(qtbot, new_window(), default_path, do="review_all")
    page = window.reviewing.page()
    press(qtbot, window, Qt.Key.Key_0)  # nothing was said of it
    assert "本来就是未核" in window.status.said()
    press(qtbot, window, Qt.Key.Key_3, Qt.Key.Key_Backspace, Qt.Key.Key_0)
    qtbot.waitUntil(lambda: "已核 0 / 244　我核过 0" in page.progress())
    assert "已改回未核" in window.status.said()
    assert page.strip.texts() == []
    shown_item(qtbot, window)
    window.undo()
    qtbot.waitUntil(lambda: "已核 1 / 244　我核过 1" in page.progress())


def test_the_second_reader_gets_what_the_first_doubted(
    qtbot: QtBot, new_window: Callable[[], Window], default_path: Path
) -> None:
    with Library.open(default_path) as library:
        library.decisions.reviewer = "李强"
        nums = library.search.find(Query()).nums
        for num in nums:
            for metric in library.cases.load(num).metrics:
                library.decisions.figure(num, metric.id, "unsure" if metric.id.startswith("0") else "accepted")
        doubted = library.decisions.progress()["unsure"]
    window = new_window()
    window.reviewer.take("王芳", "")
    open_in(qtbot, window, default_path)
    window.menus.actions["review_all"].trigger()
    page = window.reviewing.page()
    if doubted:
        shown_item(qtbot, window)
        assert f"还剩 {doubted}" in page.progress()
        assert any("李强存疑" in text for text in page.card.texts())
    window.menus.actions["second_twice"].trigger()
    qtbot.waitUntil(lambda: "还剩 244" in page.progress())
    window.menus.actions["second_never"].trigger()
    qtbot.waitUntil(lambda: "没有要核的" in page.says() and "未核 0" in page.says())
    window.menus.actions["second_needed"].trigger()
