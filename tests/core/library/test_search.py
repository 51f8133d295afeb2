"""A search finds what stands in the library, all of it and nothing else, in the right order."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.library import Library, Query, Wish, wanted_of, words_of
from core.library.index import fields_of
from core.records import Case, Mechanism, Metric, Part
from core.text.folding import fold, stands_in

LETTERS = st.text(st.sampled_from('常山县一核的。“”%1２ ab ＡB\n\u200b㎡é𠮷x"*+-(^'), max_size=9)
PIECE = st.one_of(
    LETTERS,
    st.builds(
        "".join,
        st.lists(
            st.sampled_from(["1326000", "132.6万", "1,326,000", "132.60 万", "3", "2万", "20000", "元", "约"]),
            max_size=4,
        ),
    ),
)
SIGN = st.sampled_from([" 或 ", "|", " OR ", " -", " 不含 ", "、", " NOT ", " 不含", "或", "-"])
CASE = st.builds(
    lambda title, name, note, label, indicator, quote, body, summary: Case(
        id="",
        title=title,
        mechanisms=(Mechanism(name, note=note, parts=(Part(label, ""),)),),
        metrics=(Metric(indicator, Decimal(1), "", quote=quote),),
        body=tuple(body),
        summary=summary,
    ),
    *[PIECE] * 6,
    st.lists(PIECE, max_size=3),
    PIECE,
)


def has_words(case: Case, typed: str) -> bool:
    """The promise, by brute force: every word inside one of the fields."""
    fields = [fold(text) for texts in fields_of(case) for text in texts]
    wanted = wanted_of(typed)
    ruled_out = any(stands_in(word, field) for word in wanted.without for field in fields)
    return not ruled_out and all(any(stands_in(w, f) for w in group for f in fields) for group in wanted.groups)


@settings(max_examples=60)
@given(st.lists(CASE, min_size=1, max_size=6), st.lists(PIECE, min_size=1, max_size=12), st.data())
def test_finds_what_a_scan_finds(cases: list[Case], typed: list[str], data: st.DataObject) -> None:
    texts = [text for case in cases for fields in fields_of(case) for text in fields if text] or ["常"]
    for _ in range(12):
        text = data.draw(st.sampled_from(texts))
        start = data.draw(st.integers(0, len(text) - 1))
        word = text[start : data.draw(st.integers(start + 1, len(text)))]
        typed.append(word + data.draw(SIGN) + data.draw(st.sampled_from(typed)) if data.draw(st.booleans()) else word)
    with tempfile.TemporaryDirectory() as folder, Library.create(Path(folder) / "a.anlan") as library:
        nums = library.cases.add(cases)
        for words in typed:
            if wanted_of(words):
                hits = library.search.find(Query(words=words))
                expected = {num for num, case in zip(nums, cases, strict=True) if has_words(case, words)}
                assert set(hits.nums) == expected
                assert len(hits) == len(expected)
                shown = set(library.search.snippets(hits.nums, hits.query))
                assert shown == (expected if words_of(words) else set())


@pytest.mark.parametrize(
    ("typed", "nums"),
    [
        ("议事亭", [4, 1, 2]),
        ("亭", [4, 1, 2]),
        ("建了议事", [1]),
        ("议事亭 修路", [1, 2]),
        ("联 共富", []),
        ("亭有", []),
        ("亭，有", [1]),
        ("茶园 “增收 1.2”", [2]),
        ("洞庭", [1]),
        ("王小川", [1]),
        ("桥头镇", [2]),
        ("常山", [2]),
        ("衢州", [2, 3]),
        ("以支部为核心", [1]),
        ("516座", [1]),
        ("座2023", []),
        ("街道商会", [1]),
        ("公里，人均", [2]),
    ],
)
def test_words(library: Library, typed: str, nums: list[int]) -> None:
    assert list(library.search.find(Query(words=typed)).nums) == nums


@pytest.mark.parametrize(
    ("typed", "groups", "without"),
    [
        ("食堂 或 助餐", [["食堂", "助餐"]], []),
        ("食堂 OR 助餐 或者 送餐 养老", [["食堂", "助餐", "送餐"], ["养老"]], []),
        ("食堂|助餐｜送餐", [["食堂", "助餐", "送餐"]], []),
        ("养老 不含 食堂", [["养老"]], ["食堂"]),
        ("养老 不含食堂 -助餐 NOT 送餐 －志愿", [["养老"]], ["食堂", "助餐", "送餐", "志愿"]),
        ("-“共同 富裕”", [], ["共同富裕"]),
        ("不含 “或”", [], ["或"]),
        ("“食堂 或 助餐” AND 养老", [["食堂或助餐"], ["养老"]], []),
        ("食堂 或", [["食堂"]], []),
        ("或 食堂", [["食堂"]], []),
        ("或", [["或"]], []),
        ("-", [["-"]], []),
        ("-12.5%", [["-12.5%"]], []),
        ("1-2月 或许", [["1-2月"], ["或许"]], []),
        ("食堂 食堂 或 食堂", [["食堂"]], []),
        ("132.6 万元", [["132.6万元"]], []),
        ("and not or", [["and"], ["not"], ["or"]], []),
    ],
)
def test_what_typed_words_ask_for(typed: str, groups: list[list[str]], without: list[str]) -> None:
    wanted = wanted_of(typed)
    assert [list(group) for group in wanted.groups] == groups
    assert list(wanted.without) == without


@pytest.mark.parametrize(
    ("typed", "nums"),
    [
        ("洞庭 或 桥头镇", [2, 1]),
        ("议事亭 不含 修路", [4]),
        ("议事亭 -修路", [4]),
        ("不含 议事亭", [3]),
        ("洞庭|桥头镇 -茶园", [1]),
    ],
)
def test_either_and_without(library: Library, typed: str, nums: list[int]) -> None:
    assert sorted(library.search.find(Query(words=typed)).nums) == sorted(nums)


NUMBERS = (
    "筹资1326000元",
    "筹资132.6万元",
    "筹资1,326,000元",
    "筹资132.6 万元",
    "筹资1132.6万元",
    "电机5千瓦，12万户",
    "2023年",
)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("1326000", [0, 1, 2, 3]),
        ("132.6万", [0, 1, 2, 3, 4]),
        ("132.6 万", [0, 1, 2, 3, 4]),
        ("1,326,000元", [0, 1, 2, 3]),
        ("0.01326亿元", [0, 1, 2, 3]),
        ("132.6万户", []),
        ("5000", []),
        ("20000", []),
        ("120000户", [5]),
        ("2,023", []),
    ],
)
def test_a_number_finds_what_comes_to_the_same(typed: str, found: list[int], tmp_path: Path) -> None:
    with Library.create(tmp_path / "a.anlan") as library:
        nums = library.cases.add([Case(id="", title=f"案例{n}", body=(text,)) for n, text in enumerate(NUMBERS)])
        query = Query(words=typed)
        hits = library.search.find(query)
        assert sorted(nums.index(n) for n in hits.nums) == found
        for num, snippet in library.search.snippets(hits.nums, query).items():
            marked = [NUMBERS[nums.index(num)][a:b] for a, b in library.search.marks(NUMBERS[nums.index(num)], query)]
            assert marked
            assert [snippet.text[a:b] for a, b in snippet.marks] == marked


def test_titles_come_before_mechanisms_figures_and_body(library: Library) -> None:
    word = "风雨桥"
    body = Case(id="", title="丁", published="2025-01-01", body=(f"修{word}。",))
    figure = Case(id="", title="丙", metrics=(Metric("长度", Decimal(3), "座", quote=f"{word}3座"),))
    mechanism = Case(id="", title="乙", mechanisms=(Mechanism(f"{word}工作法"),))
    old, new = (Case(id="", title=f"{word}记", published=f"20{year}") for year in (19, 23))
    nums = library.cases.add([body, figure, mechanism, old, new])
    hits = library.search.find(Query(words=word))
    assert list(hits.nums) == nums[::-1]
    assert [library.search.snippets([n], hits.query)[n].where for n in hits.nums] == [
        "title", "title", "mechanism", "figure", "body"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("query", "nums"),
    [
        (Query(), [2, 1, 3, 4]),
        (Query(descending=True), [4, 3, 1, 2]),
        (Query(order="added"), [1, 2, 3, 4]),
        (Query(order="published"), [4, 3, 1, 2]),
        (Query(order="title"), [4, 2, 3, 1]),
        (Query(order="place"), [3, 2, 1, 4]),
        (Query(order="themes"), [1, 2, 3, 4]),
        (Query(order="figures", descending=True), [1, 4, 3, 2]),
        (Query(words="议事亭", order="added"), [1, 2, 4]),
        (Query(places=("330000",)), [2, 3]),
        (Query(places=("330800",)), [2, 3]),
        (Query(places=("330800=",)), [3]),
        (Query(places=("330822", "430603")), [2, 1]),
        (Query(places=("=",)), [4]),
        (Query(themes=("党建引领", "人才工作")), [1, 3]),
        (Query(themes=("",)), [4]),
        (Query(mechanisms=("一核四联",)), [1]),
        (Query(mechanisms=("没有的",)), []),
        (Query(kinds=("news",)), [2]),
        (Query(states=("checked",)), []),
        (Query(states=("unchecked",), kinds=("case",)), [1, 3, 4]),
        (Query(since="2023"), [2, 1]),
        (Query(since="2023-11-22", until="2023-11-22"), [1]),
        (Query(since="2023-11-23", until="2024-05-02"), [2]),
        (Query(until="2023"), [1, 3]),
        (Query(since="2022-07"), [2, 1, 3]),
        (Query(indicator="里程"), [1]),
        (Query(unit="座", value_min=Decimal(516), value_max=Decimal(516)), [1]),
        (Query(unit="座", value_min=Decimal("516.0000000000000001")), []),
        (Query(unit="公里", value_min=Decimal("5.1")), [1]),
        (Query(unit="公里", value_min=Decimal("5.11")), []),
        (Query(unit="公里", value_max=Decimal("3.5")), [1]),
        (Query(unit="公里", value_max=Decimal("3.4999999999999999999")), []),
        (Query(indicator="亭", unit="公里"), []),
        (Query(words="议事", places=("330000",), themes=("乡村振兴与共同富裕",)), [2]),
    ],
)
def test_orders_and_filters(library: Library, query: Query, nums: list[int]) -> None:
    assert list(library.search.find(query).nums) == nums


def test_a_selection_keeps_its_order_without_words(library: Library) -> None:
    chosen = library.selections.add("汇编")
    library.selections.put(chosen, [4, 1, 2])
    assert list(library.search.find(Query(selection=chosen)).nums) == [4, 1, 2]
    assert list(library.search.find(Query(selection=chosen, order="added")).nums) == [1, 2, 4]
    assert list(library.search.find(Query(selection=chosen, words="修路")).nums) == [1, 2]
    assert list(library.search.find(Query(selection=chosen, kinds=("case",))).nums) == [4, 1]


def test_sources_filter(library: Library) -> None:
    assert list(library.search.find(Query(sources=(library.cases.load(1).source_id,))).nums) == [1]


def test_hundreds_of_words_are_searched_too(library: Library) -> None:
    many = " ".join(f"议事亭{n}" for n in range(400))
    assert list(library.search.find(Query(words=many)).nums) == []
    assert list(library.search.find(Query(words="全县建成议事亭516座" * 1)).nums) == [1]


def test_the_index_stays_in_step_with_the_rows(library: Library) -> None:
    library.cases.set_title(2, "龙潭记事")
    assert list(library.search.find(Query(words="龙潭")).nums) == [2]
    assert list(library.search.find(Query(words="账本")).nums) == []
    library.cases.set_place([4], replace(library.cases.load(2).place, town="石门镇"))
    assert list(library.search.find(Query(words="石门")).nums) == [4]
    library.cases.remove([2])
    assert list(library.search.find(Query(words="龙潭")).nums) == []


def test_marks_are_spans_of_the_text(library: Library) -> None:
    assert library.search.marks("在议 事\n亭，到议事亭里", Query(words="议事亭 里")) == [(1, 6), (8, 12)]


def test_a_snippet_marks_the_words(library: Library) -> None:
    snippet = library.search.snippets([1], Query(words="建了议事"))[1]
    assert [snippet.text[a:b] for a, b in snippet.marks] == ["建了 议事"]


def test_stars_and_tags_narrow_a_search(library: Library) -> None:
    nums = [*library.search.find(Query()).nums]
    library.decisions.decide([Wish(nums[0], "starred", "changed", True), Wish(nums[0], "tags", "changed", ["甲"])])
    library.decisions.decide([Wish(nums[1], "tags", "changed", ["乙", "甲"]), Wish(nums[2], "tags", "changed", ["丙"])])
    found = lambda **asked: {*library.search.find(Query(**asked)).nums}  # noqa: E731
    assert found(starred=True) == {nums[0]}
    assert found(tags=("甲",)) == {nums[0], nums[1]}
    assert found(tags=("乙", "丙")) == {nums[1], nums[2]}
    assert found(tags=("甲",), starred=True) == {nums[0]}
    assert found(tags=("没有的",)) == set()
    assert found(words="甲") >= {nums[0], nums[1]}
    assert library.contents.tags() == [("甲", 2), ("丙", 1), ("乙", 1)]
    assert library.contents.starred() == [nums[0]]
    assert library.search.find(Query(order="starred", descending=True)).nums[0] == nums[0]
    assert [*library.search.find(Query(order="tags")).nums][-1] == nums[3]
    rows = library.cases.rows(nums)
    assert [(row.starred, row.tags) for row in rows[:3]] == [(True, ("甲",)), (False, ("乙", "甲")), (False, ("丙",))]
    library.undo()
    library.undo()
    assert (library.contents.tags(), library.contents.starred()) == ([], [])
