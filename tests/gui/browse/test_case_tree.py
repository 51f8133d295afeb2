"""The tree: fixed rows, counts, children that come later, what stays open and chosen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.library import Query, TreeNode
from core.library.answers import Progress
from gui.browse.case_tree import ALL, MECHANISMS, OVERVIEW, STARRED, CaseTree, CaseTreeModel, count_text

TIP = Qt.ItemDataRole.ToolTipRole
CITY, OTHER, COUNTY, THEME = ("city", "邢台"), ("city", "潍坊"), ("county", "清河"), ("theme", "基层治理", "清河")


def node(key: tuple[str, ...], total: int = 1, hits: int | None = None, children: bool = True) -> TreeNode:
    return TreeNode(key, key[1], total, hits, Query(places=(key[1],)), children)


@pytest.fixture
def tree(qtbot: QtBot, dressed: QApplication) -> CaseTree:
    tree = CaseTree()
    qtbot.addWidget(tree)
    tree.resize(260, 500)
    tree.show()
    tree.show_tree([(node(CITY, 3), None), (node(OTHER, 2), None)], 5, None, 7)
    return tree


def labels(tree: CaseTree) -> list[str]:
    """The rows in sight as text, indented."""
    out, index = [], tree.model.index(0, 0)
    while index.isValid():
        depth = len(tree.model.path_to(index)) - 1
        out.append("  " * depth + index.data(Qt.ItemDataRole.AccessibleTextRole))
        index = tree.view.indexBelow(index)
    return out


def open_city(tree: CaseTree) -> None:
    tree.view.expand(tree.model.index_of(CITY))
    tree.show_children(CITY, [node(COUNTY, 3)])


def test_the_fixed_rows_stand_first(tree: CaseTree) -> None:
    assert labels(tree) == ["总览", "机制 7", "全部案例 5", "星标", "邢台 3", "潍坊 2"]


def test_qt_finds_nothing_wrong_with_the_model(
    dressed: QApplication, model_faults: Callable[[QAbstractItemModel], list[str]]
) -> None:
    model = CaseTreeModel()
    faults = model_faults(model)
    model.show_branches([(node(CITY, 3), [(node(COUNTY, 3), None)]), (node(OTHER, 2), None)])
    model.show_children(COUNTY, [node(THEME, 1, children=False)])
    model.show_branches([(node(CITY, 4), [(node(COUNTY, 4), [(node(THEME, 1, children=False), None)])])])
    model.show_branches([])
    assert faults == []


def test_children_are_asked_for_once_when_a_node_opens(qtbot: QtBot, tree: CaseTree) -> None:
    with qtbot.waitSignal(tree.children_wanted) as wanted:
        tree.view.expand(tree.model.index_of(CITY))
    assert wanted.args == [CITY]
    with qtbot.assertNotEmitted(tree.children_wanted):
        tree.view.collapse(tree.model.index_of(CITY))
        tree.view.expand(tree.model.index_of(CITY))


def test_children_come_under_their_node(tree: CaseTree) -> None:
    open_city(tree)
    assert labels(tree) == ["总览", "机制 7", "全部案例 5", "星标", "邢台 3", "  清河 3", "潍坊 2"]


def test_children_of_a_node_that_is_gone_do_no_harm(tree: CaseTree) -> None:
    tree.show_children(("city", "不在"), [node(COUNTY)])
    assert len(labels(tree)) == 6


@pytest.mark.parametrize(
    ("total", "hits", "text"), [(41, None, "41"), (41, 3, "3 / 41"), (12345, 0, "0 / 12\u2005345")]
)
def test_counts(total: int, hits: int | None, text: str) -> None:
    assert count_text(node(CITY, total, hits)) == text


def test_a_search_hides_branches_without_hits_but_not_the_chosen_one(tree: CaseTree) -> None:
    tree.choose(OTHER)
    tree.show_tree([(node(CITY, 3, 0), None), (node(OTHER, 2, 0), None)], 5, 0, 7)
    assert labels(tree) == ["总览", "机制 7", "全部案例 0 / 5", "星标", "潍坊 0 / 2"]


def test_what_is_open_and_chosen_survives_a_refresh(qtbot: QtBot, tree: CaseTree) -> None:
    open_city(tree)
    tree.choose(COUNTY)
    assert tree.fetched_keys() == {CITY, COUNTY}
    with qtbot.assertNotEmitted(tree.node_chosen):
        tree.show_tree([(node(OTHER, 2), None), (node(CITY, 4), [(node(COUNTY, 4), [])])], 6, None, 7)
    assert labels(tree)[4:] == ["潍坊 2", "邢台 4", "  清河 4"]
    assert tree.chosen_title() == "邢台 · 清河"


def test_new_counts_alone_do_not_reset_the_tree(qtbot: QtBot, tree: CaseTree) -> None:
    with qtbot.assertNotEmitted(tree.model.modelReset):
        tree.show_tree([(node(CITY, 3, 1), None), (node(OTHER, 2, 1), None)], 5, 2, 7)
    assert labels(tree)[4:] == ["邢台 1 / 3", "潍坊 1 / 2"]


def test_choosing_by_key_says_which_node(qtbot: QtBot, tree: CaseTree) -> None:
    tree.choose(STARRED)
    with qtbot.waitSignal(tree.node_chosen) as chosen:
        qtbot.keyClick(tree.view, Qt.Key.Key_Down)
    assert chosen.args[0].key == CITY


@pytest.mark.parametrize("key", [OVERVIEW, MECHANISMS, ALL])
def test_fixed_rows_can_be_chosen_without_saying_so(qtbot: QtBot, tree: CaseTree, key: tuple[str, ...]) -> None:
    with qtbot.assertNotEmitted(tree.node_chosen):
        assert tree.choose(key)
    assert tree.chosen_key() == key


def test_enter_goes_on_to_the_list(qtbot: QtBot, tree: CaseTree) -> None:
    with qtbot.waitSignal(tree.entered):
        qtbot.keyClick(tree.view, Qt.Key.Key_Return)


def test_the_switch_works_by_mouse_and_by_keys(qtbot: QtBot, tree: CaseTree) -> None:
    with qtbot.waitSignal(tree.by_chosen) as chosen:
        tree.segments._group.button(1).click()
    assert chosen.args == ["theme"] == [tree.by()]
    with qtbot.waitSignal(tree.by_chosen) as chosen:
        qtbot.keyClick(tree.segments._group.button(1), Qt.Key.Key_Left)
    assert chosen.args == ["place"]


def test_the_state_is_remembered_and_nonsense_is_not_taken(tree: CaseTree) -> None:
    open_city(tree)
    tree.choose(COUNTY)
    state = tree.state()
    tree.restore_state("nonsense")
    tree.restore_state([1, 2])
    assert tree.state() == state == [[list(CITY)], [list(CITY), list(COUNTY)]]


@pytest.mark.parametrize(
    ("progress", "said"),
    [
        (Progress(), "都还没有核对"),
        (Progress(3, 0, 0), "已核 3 / 3"),
        (Progress(1, 1, 0), "已核 1 / 3，存疑 1"),
        (Progress(0, 0, 2), "已核 0 / 3，有误 2"),
    ],
)
def test_a_node_says_how_far_its_cases_are_checked(tree: CaseTree, progress: Progress, said: str) -> None:
    tree.show_tree([(replace(node(CITY, 3), progress=progress), None)], 5, None, 7, progress, (2, None))
    for key in (CITY, ALL):
        assert said.replace("/ 3", "/ 5" if key == ALL else "/ 3") in tree.model.index_of(key).data(TIP)
    assert "星标 2" in labels(tree)
    spoken = tree.model.index_of(CITY).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == ("邢台 3" if said.startswith("都") else f"邢台 3，{said}")
