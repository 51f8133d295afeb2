"""查出处 in the real window: every statement of a case, its printed words lit in both texts, or that there are none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from core.library import Library, Wish
from core.reading import read_page
from core.records import Page
from gui.browse.proof_dialog import ProofDialog
from gui.window import Window
from tests.gui.conftest import open_in

TEXT = (
    "桥头镇里的邻里亭\n"
    "　　本报讯  去年以来，桥头镇在十二个村建起邻里亭，请老党员轮流坐班，听村民说事。\n"
    "　　亭子里全年接待村民3600人次，调解邻里纠纷152件，帮老人代办手续480件。\n"
    "　　常山县把“有事亭里说”作为工作法，村民的满意率提高到98%。\n"
)


@pytest.fixture
def at_page(qtbot: QtBot, new_window: Callable[[], Window], tmp_path: Path) -> Window:
    path = tmp_path / "桥头.anlan"
    with Library.create(path) as library:
        page = Page(TEXT, "桥头.txt", paper="常山报", published="2024-03-05", page_no="2")
        library.pages.add(page, read_page(page))
        library.decisions.decide([Wish(1, "themes", "changed", ["基层治理", "自拟主题"])])
    window = new_window()
    open_in(qtbot, window, path)
    with qtbot.waitSignal(window.browse.settled):
        window.browse.choosing.show_all()
    window.activateWindow()
    window.browse.showing.show_case(1)
    return window


def dialog_of(qtbot: QtBot, window: Window) -> ProofDialog:
    window.menus.actions["show_proof"].trigger()
    qtbot.waitUntil(lambda: window.browse.proving.dialog is not None and window.browse.proving.dialog.isVisible())
    dialog = window.browse.proving.dialog
    assert dialog is not None
    return dialog


def test_each_statement_shines_where_it_is_printed(qtbot: QtBot, at_page: Window) -> None:
    dialog = dialog_of(qtbot, at_page)
    assert dialog.proved.printed_where == "《常山报》2024年3月5日第2版"
    lit: dict[str, list[str]] = {}
    for proof in dialog.proved.proofs:
        record = dialog.table.record()
        assert record == proof
        lit[proof.part] = dialog.printed.lit()
        assert [TEXT[span.start : span.end] for span in proof.spans] == dialog.printed.lit()
        if proof.part != "title":
            shining = ["".join(words.split()) for words in dialog.printed.lit()]
            assert ["".join(words.split()) for words in dialog.tidied.lit()] == shining
        qtbot.keyClick(dialog.table, Qt.Key.Key_Down)
    assert lit["title"] == ["桥头镇里的邻里亭"]
    assert lit["place"][0] in ("桥头镇", "常山县")
    assert "邻里纠纷" in lit["themes/基层治理"]
    assert lit["themes/自拟主题"] == []
    figures = [words for part, words in lit.items() if part.startswith("figure/")]
    assert any("3600人次" in words for [words] in figures)
    dialog.table.choose(dialog.model.row_where(lambda proof: proof.part == "themes/自拟主题"))
    assert "未找到出处" in dialog._told.text()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert at_page.browse.proving.dialog is None


def test_it_begins_at_the_figure_that_is_chosen(qtbot: QtBot, at_page: Window) -> None:
    metric = at_page.shell.library.cases.load(1).metrics[-1]
    at_page.views.metrics.choose(metric.id)
    at_page.views.metrics.view.setFocus()
    dialog = dialog_of(qtbot, at_page)
    record = dialog.table.record()
    assert record is not None
    assert record.part == f"figure/{metric.id}"
    dialog.reject()
