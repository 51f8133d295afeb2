"""The tree counts what a search finds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.corpus import generate
from core.decisions import Verdict
from core.library import Hits, Library, Query, TreeNode, Wish
from core.library.tree import By
from core.records import Case, Place


def walk(library: Library, by: By, hits: Hits | None, parent: tuple[str, ...] = ()) -> Iterator[TreeNode]:
    for node in library.contents.tree(by, hits, parent):
        yield node
        below = list(walk(library, by, hits, node.key)) if node.has_children else []
        assert bool(below) == node.has_children
        yield from below


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    nameless = [
        Case("", "甲", place=Place("", "山西省", "晋城市", "云山县")),
        Case("", "乙", place=Place("", "甘肃省")),
    ]
    direct = [Case("", "丙", place=Place("429004", "湖北省", "", "仙桃市"), themes=("自拟主题",)), Case("", "丁")]
    with Library.create(Path(tmp_path_factory.mktemp("many")) / "多.anlan") as library:
        library.cases.add([*generate(120, 5), *nameless, *direct])
        yield library


@pytest.mark.parametrize("by", ["place", "theme"])
@pytest.mark.parametrize("words", ["", "村", "服务群众", "哪里也没有的话"])
def test_counts_are_those_of_a_search(many: Library, by: By, words: str) -> None:
    hits = many.search.find(Query(words=words)) if words else None
    for node in walk(many, by, hits):
        found = set(many.search.find(node.query).nums)
        assert node.total == len(found)
        assert node.hits == (None if hits is None else len(found & set(hits.nums)))


@pytest.mark.parametrize("by", ["place", "theme"])
def test_a_node_counts_the_states_of_its_cases(many: Library, by: By) -> None:
    for at, num in enumerate(many.search.find(Query()).nums[:40]):
        verdict: Verdict = ("accepted", "unsure", "rejected")[at % 3]  # type: ignore[assignment]
        many.decisions.decide([Wish(num, "case", verdict)])
    state_of = {row.num: row.state for row in many.cases.rows(many.search.find(Query()).nums)}
    for node in walk(many, by, None):
        counts = Counter(state_of[num] for num in many.search.find(node.query).nums)
        assert node.progress == (counts["checked"], counts["unsure"], counts["wrong"])
    assert sum(many.contents.progress()) == 40
    for state in ("unchecked", "checked", "unsure", "wrong"):
        assert {*many.search.find(Query(states=(state,))).nums} == {n for n, s in state_of.items() if s == state}


@pytest.mark.parametrize("by", ["place", "theme"])
def test_keys_are_each_their_own(many: Library, by: By) -> None:
    keys = [node.key for node in walk(many, by, None)]
    assert len(keys) == len(set(keys))


def test_every_case_is_once_under_a_city(many: Library) -> None:
    assert sum(node.total for node in many.contents.tree("place")) == many.cases.count()


def test_labels(library: Library) -> None:
    assert [n.label for n in library.contents.tree("place")] == ["衢州市", "岳阳市", "地区未定"]
    assert [n.label for n in library.contents.tree("place", None, ("city", "330800"))] == ["市本级", "常山县"]
    assert [n.key for n in library.contents.tree("place", None, ("county", "330822"))] == [
        ("theme", "乡村振兴与共同富裕", "330822")
    ]
    assert [n.label for n in library.contents.tree("theme")] == [
        "党建引领", "基层治理", "人才工作", "乡村振兴与共同富裕", "文化教育", "主题未定"
    ]  # fmt: skip
    assert [n.label for n in library.contents.tree("theme", None, ("theme", "人才工作"))] == ["衢州市"]
    assert [n.label for n in library.contents.tree("theme", None, ("city", "330800", "人才工作"))] == ["市本级"]


def test_names_find_the_city_of_the_codes(many: Library) -> None:
    cities = [n.label for n in many.contents.tree("place")]
    assert cities.count("晋城市") == 1
    assert {"仙桃市", "甘肃省（未分市）", "地区未定"} <= set(cities)


def test_the_tree_follows_changes(library: Library) -> None:
    library.cases.set_place([4], library.cases.load(2).place)
    library.cases.set_themes([4], ["公共安全"])
    assert [(n.label, n.total) for n in library.contents.tree("place")] == [("衢州市", 3), ("岳阳市", 1)]
    library.cases.remove([1])
    assert [n.label for n in library.contents.tree("place")] == ["衢州市"]
    library.undo()
    assert [n.label for n in library.contents.tree("place")] == ["衢州市", "岳阳市"]


def test_overview(library: Library) -> None:
    seen = library.contents.overview()
    assert (seen.cases, seen.news, seen.places, seen.themes, seen.mechanisms, seen.figures) == (4, 1, 3, 5, 1, 2)
    assert seen.cities == (("330800", "衢州市"), ("430600", "岳阳市"), ("=", "地区未定"))
    assert seen.heat["430600", "党建引领"] == 1
    assert {(r.metric.indicator, str(r.metric.value)) for r in seen.largest} == {
        ("议事亭数量", "516"),
        ("修路里程", "3.5"),
    }
    assert seen.states == {"unchecked": 4}
    library.cases.remove([1])
    assert library.contents.overview().largest == ()
