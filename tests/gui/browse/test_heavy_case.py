"""A case with thousands of figures, or a million characters in one paragraph: open at once, whole a little later."""

from __future__ import annotations

import gc
import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from core.folders import Folders
from core.library import Library
from core.records import Case, Metric, Page, Span
from core.writing.figure_text import grouped
from gui.browse.case_page import LONGEST_STRETCH, stretches
from gui.browse.showing import MANY_FIGURES
from gui.shell.settings import Settings
from gui.window import Window
from tests.gui.conftest import open_in

ITEMS = MANY_FIGURES + 500
WORDS = [f"第{n}村修好水渠{n + 3}条。" for n in range(ITEMS)]
TEXT = "".join(WORDS)


def _figure(n: int) -> Metric:
    at = TEXT.index(WORDS[n]) + WORDS[n].index("修好")
    quote = Span(at, at + len(f"修好水渠{n + 3}条"))
    printed = f"{n + 3}条"
    span = Span(quote.end - len(printed), quote.end)
    return Metric(
        "修好水渠", Decimal(n + 3), "条", printed=printed, span=span, quote=f"修好水渠{printed}", quote_span=quote
    )


HEAVY = Case(
    id="00000000-0000-4000-8000-000000000077",
    title="千村修渠",
    body=(TEXT,),
    body_spans=((Span(0, len(TEXT)),),),
    metrics=tuple(_figure(n) for n in range(ITEMS)),
)


@pytest.fixture
def heavy_path(tmp_path: Path) -> Path:
    """A library of one heavy case and a light one."""
    path = tmp_path / "重.anlan"
    library = Library.create(path)
    library.cases.add([HEAVY], Page(TEXT, name="修渠.txt"))
    library.cases.add([Case(id="00000000-0000-4000-8000-000000000078", title="一村修桥", summary="修桥一座。")])
    library.close()
    return path


@pytest.fixture
def heavy(qtbot: QtBot, new_window: Callable[[], Window], heavy_path: Path) -> Window:
    window = new_window()
    open_in(qtbot, window, heavy_path)
    with qtbot.waitSignal(window.browse.settled):
        window.browse.choosing.show_all()
    return window


def choose(window: Window, title: str) -> None:
    model = window.views.list.model
    row = next(row for row in range(model.rowCount()) if model.index(row, 0).data() == title)
    window.views.list.table.selectRow(row)


def wait_until_whole(qtbot: QtBot, window: Window) -> None:
    qtbot.waitUntil(lambda: WORDS[-1] in window.views.pane.page.plain_text(), timeout=30000)


def test_it_is_there_from_the_first_to_the_last_word(qtbot: QtBot, heavy: Window) -> None:
    choose(heavy, HEAVY.title)
    assert heavy.views.pane._nothing.words() == "正在打开…\n千村修渠"
    qtbot.waitUntil(lambda: WORDS[0] in heavy.views.pane.page.plain_text())
    assert heavy.views.metrics.model.counts() == (ITEMS, ITEMS)
    wait_until_whole(qtbot, heavy)
    assert heavy.views.pane.page.plain_text().replace("\n", "").count(TEXT) == 1


def test_the_words_of_a_figure_far_below_shine_when_they_are_there(qtbot: QtBot, heavy: Window) -> None:
    choose(heavy, HEAVY.title)
    qtbot.waitUntil(lambda: heavy.views.pane.shows(HEAVY.id))
    last = heavy.views.pane._case.metrics[-1]  # type: ignore[union-attr]
    heavy.views.metrics.choose(last.id)
    qtbot.waitUntil(lambda: heavy.views.pane.page.lit() == [last.quote, last.printed], timeout=30000)
    assert not heavy.views.pane._missing.isVisible()


def test_another_case_chosen_meanwhile_is_what_stays(qtbot: QtBot, heavy: Window) -> None:
    choose(heavy, HEAVY.title)
    choose(heavy, "一村修桥")
    qtbot.wait(1000)
    assert "修桥一座。" in heavy.views.pane.page.plain_text()
    assert heavy.views.metrics.model.counts() == (0, 0)


def test_the_whole_is_copied_also_while_it_is_being_set(qtbot: QtBot, heavy: Window) -> None:
    choose(heavy, HEAVY.title)
    qtbot.waitUntil(lambda: heavy.views.pane.shows(HEAVY.id))
    heavy.views.pane.copy_with_source()
    assert WORDS[-1] in QGuiApplication.clipboard().text()


def test_all_hits_are_counted(qtbot: QtBot, heavy: Window) -> None:
    with qtbot.waitSignal(heavy.browse.settled):
        heavy.views.search.box.setText("修好水渠")
    qtbot.waitUntil(lambda: heavy.views.pane.hits.words() == f"1/{grouped(ITEMS)}", timeout=30000)


def test_a_start_that_did_not_end_is_not_repeated(
    qtbot: QtBot, heavy: Window, heavy_path: Path, new_window: Callable[[], Window], folders: Folders
) -> None:
    choose(heavy, HEAVY.title)
    qtbot.waitUntil(lambda: heavy.views.pane.shows(HEAVY.id))
    library_id = heavy.shell.library.id
    heavy.close()
    settings = Settings(folders.settings)
    assert json.loads(settings.text(f"places/{library_id}"))["case"] == HEAVY.id
    settings.keep("places/returning", HEAVY.id)  # as a start leaves it that was killed while it opened the case
    settings.write()
    again = new_window()
    open_in(qtbot, again, heavy_path)
    assert "没有自动打开" in again.status.said()
    assert not again.browse.showing.has_case()
    again.close()
    third = new_window()
    open_in(qtbot, third, heavy_path)
    third.browse.choosing.show_all()
    qtbot.wait(300)
    assert "没有自动打开" not in third.status.said()


@pytest.mark.parametrize("text", ["", "短。", "字" * 9000, "一句话。" * 3000, ("长" * 3000 + "。」") * 4])
def test_stretches_are_the_whole_paragraph_in_order(text: str) -> None:
    found = stretches(text)
    assert "".join(text[start:end] for start, end in found) == text
    assert all(end - start <= LONGEST_STRETCH for start, end in found)
    assert all(text[end - 1] in "。」" for start, end in found[:-1] if "。" in text[start:end])


def test_a_reader_who_went_elsewhere_stays_there_when_the_look_changes(qtbot: QtBot, heavy: Window) -> None:
    with qtbot.waitSignal(heavy.browse.settled):
        heavy.views.search.box.setText(f"第{ITEMS - 1}村")
    bar = heavy.views.pane.page.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.value() > 0, timeout=30000)
    bar.setValue(0)
    heavy.menus.actions["scheme_dark"].trigger()
    wait_until_whole(qtbot, heavy)
    assert heavy.views.pane.hits.words() == "1/1"
    assert bar.value() == 0


def test_a_page_read_far_from_its_beginning_stays_until_the_other_look_is_set(qtbot: QtBot, heavy: Window) -> None:
    choose(heavy, "千村修渠")
    wait_until_whole(qtbot, heavy)
    page, pane = heavy.views.pane.page, heavy.views.pane
    bar = page.verticalScrollBar()
    bar.setValue(bar.maximum())
    place, before = bar.value(), page.plain_text()
    heavy.menus.actions["scheme_dark"].trigger()
    assert not pane.is_set()
    assert (page.plain_text(), bar.value()) == (before, place)
    qtbot.waitUntil(pane.is_set, timeout=30000)
    assert (page.plain_text(), bar.value()) == (before, place)
    heavy.menus.actions["scheme_light"].trigger()
    assert pane.copy_with_source().startswith(before.strip()[:20])


def test_the_figure_that_shines_shines_on_in_the_other_look(qtbot: QtBot, heavy: Window) -> None:
    choose(heavy, "千村修渠")
    wait_until_whole(qtbot, heavy)
    heavy.views.pane.light_up(heavy.views.metrics.model.records[-1])
    lit = heavy.views.pane.page.lit()
    heavy.menus.actions["scheme_dark"].trigger()
    qtbot.waitUntil(heavy.views.pane.is_set, timeout=30000)
    assert heavy.views.pane.page.lit() == lit != []


def test_the_collector_leaves_a_heavy_case_alone_until_its_library_is_closed(qtbot: QtBot, heavy: Window) -> None:
    gc.unfreeze()
    choose(heavy, "一村修桥")
    qtbot.waitUntil(lambda: "修桥一座" in heavy.views.pane.page.plain_text())
    assert gc.get_freeze_count() == 0
    choose(heavy, HEAVY.title)
    wait_until_whole(qtbot, heavy)
    assert gc.get_freeze_count() > ITEMS
    assert gc.isenabled()
    heavy.close()
    assert gc.get_freeze_count() == 0
