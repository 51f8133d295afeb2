"""The lower left: selections and sources as lists that say what is chosen."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from PySide6.QtCore import QAbstractItemModel, QMimeData, QModelIndex, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.library import SelectionRow, SourceRow
from gui.browse.selections import Selections, SelectionsModel
from gui.browse.sources import Sources, SourcesModel, source_text
from gui.kit.notices import Empty, notice_for
from gui.kit.widgets import CASES_MIME, CountRole, LabelRole, Segments, TailRole

ROWS = (SelectionRow("a", "三季度专报", 3), SelectionRow("b", "待核", 0))


def source(paper: str = "", published: str = "", page: str = "", name: str = "page.txt") -> SourceRow:
    return SourceRow("s", name, paper, published, page, 4, "page", "2026-01-01")


@pytest.mark.parametrize(
    ("row", "text"),
    [
        (source("清河日报", "2024-05-03", "3"), "清河日报 2024年5月3日第3版"),
        (source("清河日报"), "清河日报"),
        (source("", "2024-05"), "page.txt"),
        (source("", "2024", name=""), "2024年"),
    ],
)
def test_what_a_source_is_called(row: SourceRow, text: str) -> None:
    assert source_text(row) == text


@pytest.mark.parametrize(
    ("row", "label", "tail"),
    [
        (source("清河日报", "2024-05-03", "3"), "清河日报", "2024-05-03 3版"),
        (source("清河日报"), "清河日报", ""),
        (source("", "2024-05", "3"), "page.txt", ""),
    ],
)
def test_date_and_page_stand_apart_from_the_name_that_may_be_cut(row: SourceRow, label: str, tail: str) -> None:
    told = SourcesModel().told(row)
    assert (told[LabelRole], told[TailRole]) == (label, tail)


def test_qt_finds_nothing_wrong_with_the_models(
    dressed: QApplication, model_faults: Callable[[QAbstractItemModel], list[str]]
) -> None:
    selections, sources = SelectionsModel(), SourcesModel()
    faults = [model_faults(selections), model_faults(sources)][0]
    selections.show_rows(ROWS)
    sources.show_rows([source("清河日报"), source("青州晚报")])
    selections.show_rows([])
    assert faults == []


@pytest.fixture
def selections(qtbot: QtBot, dressed: QApplication) -> Selections:
    selections = Selections()
    qtbot.addWidget(selections)
    selections.show()
    selections.show_selections(ROWS)
    return selections


def test_choosing_says_which_and_showing_again_keeps_it(qtbot: QtBot, selections: Selections) -> None:
    with qtbot.waitSignal(selections.selection_chosen) as chosen:
        selections.view.setCurrentIndex(selections.model.index(1))
    assert chosen.args == ["b"]
    with qtbot.assertNotEmitted(selections.selection_chosen):
        selections.show_selections(ROWS[::-1])
    assert selections.chosen_id() == "b"


def test_no_selections_say_what_to_do(selections: Selections) -> None:
    selections.show_selections([])
    assert selections._empty.isVisible()
    assert not selections.view.isVisible()


@pytest.mark.parametrize(("row", "target"), [(0, "a"), (-1, "")])
def test_cases_dropped_on_a_row_or_beside(qtbot: QtBot, selections: Selections, row: int, target: str) -> None:
    mime = QMimeData()
    mime.setData(CASES_MIME, json.dumps([4, 2]).encode())
    parent = selections.model.index(row) if row >= 0 else QModelIndex()
    with qtbot.waitSignal(selections.dropped) as dropped:
        selections.model.dropMimeData(mime, Qt.DropAction.CopyAction, -1, -1, parent)
    assert dropped.args == [target, [4, 2]]


def test_other_things_are_not_taken(qtbot: QtBot, selections: Selections) -> None:
    mime = QMimeData()
    mime.setText("4, 2")
    with qtbot.assertNotEmitted(selections.dropped):
        assert not selections.model.dropMimeData(mime, Qt.DropAction.CopyAction, -1, -1, QModelIndex())


def test_the_delete_key_asks_for_removal(qtbot: QtBot, selections: Selections) -> None:
    selections.choose("a")
    with qtbot.waitSignal(selections.removed) as removed:
        qtbot.keyClick(selections.view, Qt.Key.Key_Delete)
    assert removed.args == ["a"]


def test_sources_unfold_and_say_which(qtbot: QtBot, dressed: QApplication) -> None:
    sources = Sources()
    qtbot.addWidget(sources)
    sources.show()
    sources.show_sources([source("清河日报")])
    assert not sources.view.isVisible()
    sources._fold.click()
    assert sources.view.isVisible()
    assert sources.model.index(0).data(CountRole) == "4"
    with qtbot.waitSignal(sources.source_chosen) as chosen:
        sources.view.setCurrentIndex(sources.model.index(0))
    assert chosen.args == ["s", "清河日报"]


def test_choosing_a_segment_by_program_says_nothing(qtbot: QtBot, dressed: QApplication) -> None:
    segments = Segments((("place", "按地区"), ("theme", "按主题")), "分法")
    qtbot.addWidget(segments)
    with qtbot.assertNotEmitted(segments.chosen):
        segments.choose("theme")
        segments.choose("nonsense")
    assert segments.choice() == "theme"


@pytest.mark.parametrize(
    ("empty", "act"),
    [
        (Empty(), "import"),
        (Empty(scope="selection"), "all"),
        (Empty(scope="source", title="清河日报"), "all"),
        (Empty("字", scope="node", title="邢台市", found=3), "all"),
        (Empty("字", filtered=True), "unfilter"),
        (Empty("字"), "clear"),
        (Empty(filtered=True), "unfilter"),
    ],
)
def test_every_empty_list_offers_one_thing_to_do(empty: Empty, act: str) -> None:
    icon, head, then, button, does = notice_for(empty)
    assert does == act
    assert icon
    assert head
    assert then
    assert button
