"""Cases come out of the library as they went in."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from core.library import AlreadyImported, Library, LibraryError, Query
from core.records import Article, Case, Mechanism, Metric, Page, Paragraph, Part, Place, Span

TEXT = "桥头镇办起\n茶园夜校\n本报讯 去年以来，桥头镇办\n夜校12所，学员1.5万余人次。\n图为夜校课堂。"
PAGE = Page(TEXT, "第三版.txt", paper="洞庭周报", published="2024-03-05", page_no="3")
ARTICLE = Article(
    "桥头镇办起茶园夜校",
    (Paragraph((Span(11, 24), Span(25, 41)), 0.9, ("行内断开",)),),
    title_spans=(Span(0, 10),),
    captions=(Span(42, 49),),
    place=Place("", "湖南省", "岳阳市", "", "桥头镇"),
    themes=("文化教育",),
    metrics=(
        Metric("夜校", Decimal(12), "所", printed="12所", span=Span(27, 30), quote="夜校12所", quote_span=Span(25, 30)),
    ),
    practice=(Span(25, 30),),
    reasons={"place": "标题"},
)


def test_a_case_comes_back_whole(library: Library) -> None:
    case = Case(
        id="55555555-5555-4555-8555-555555555555",
        title="甲\n乙",
        section="栏目",
        byline=("赵甲", "钱乙"),
        place=Place("110105", "北京市", "北京市", "朝阳区", "", "某村"),
        themes=("公共安全", "基层治理"),
        summary="“引号”",
        background="背\n景",
        body=("一段",),
        body_spans=((Span(1, 2), Span(4, 9)),),
        captions=(),
        mechanisms=(Mechanism("法", "policy", (Part("一", "二"),), ("谁",), "注", (Span(3, 4),), 0.5, "m-1"),),
        metrics=(
            Metric("数", Decimal("0.10"), "%", Decimal("1E+3"), "over", "甲", "今年", "share", "0.10%",
                   Span(1, 3), "数0.10%", Span(0, 3), 0.25, "为何", "unsure", "f-1"),
        ),
        state="checked",
        confidence=0.75,
    )  # fmt: skip
    (num,) = library.cases.add([case])
    assert library.cases.load(num) == replace(case, num=num)
    assert str(library.cases.load(num).metrics[0].value) == "0.10"


def test_an_excerpt_holds_the_printed_words(library: Library) -> None:
    case = library.cases.load(1)
    text = library.pages.text(case.source_id)
    assert text == "全县建成议事亭516座\n修路3.5至5.1公里"
    for metric in case.metrics:
        assert metric.span is not None
        assert text[metric.span.start : metric.span.end] == metric.printed
        assert metric.quote_span is not None
        assert text[metric.quote_span.start : metric.quote_span.end] == metric.quote


def test_a_case_without_quotes_has_no_excerpt(library: Library) -> None:
    assert library.cases.load(3).source_id == ""


def test_a_known_id_is_left_as_it_is(library: Library) -> None:
    assert library.cases.add([replace(library.cases.load(1), title="别的题")]) == [1]
    assert library.cases.count() == 4
    assert library.cases.load(1).title == "云溪县推行“一核四联”"


def test_a_page_is_read_into_repaired_text(library: Library) -> None:
    (num,) = library.pages.add(PAGE, [ARTICLE])
    case = library.cases.load(num)
    assert case.body == ("本报讯去年以来，桥头镇办夜校12所，学员1.5万余人次。",)
    assert case.practice == "夜校12所"
    assert case.citations[0].text() == "《桥头镇办起茶园夜校》，《洞庭周报》2024年3月5日第3版"
    assert library.pages.text(case.source_id) == TEXT
    assert list(library.search.find(Query(words="镇办夜校")).nums) == [num]
    assert list(library.search.find(Query(words="夜校课堂")).nums) == [num]


def test_the_same_page_is_not_imported_twice(library: Library) -> None:
    library.pages.add(PAGE, [ARTICLE])
    with pytest.raises(AlreadyImported) as error:
        library.pages.add(replace(PAGE, name="又一份.txt"), [ARTICLE])
    assert error.value.source_id in {s.id for s in library.pages.rows() if s.kind == "page"}
    assert library.cases.count() == 5


def test_cases_of_a_page_share_its_source(library: Library) -> None:
    nums = library.cases.add([replace(library.cases.load(4), id="", title=t) for t in "甲乙"], PAGE)
    row = next(s for s in library.pages.rows() if s.kind == "page")
    assert row.cases == 2
    assert {library.cases.load(n).source_id for n in nums} == {row.id}


def test_a_failing_case_leaves_nothing_behind(library: Library) -> None:
    before = library.changed
    bad = replace(library.cases.load(4), id="", kind="poem")  # type: ignore[arg-type]
    with pytest.raises(Exception, match="CHECK"):
        library.cases.add([replace(library.cases.load(4), id="", title="好的"), bad], PAGE)
    assert (library.cases.count(), library.changed) == (4, before)
    assert list(library.search.find(Query(words="好的")).nums) == []
    assert not [s for s in library.pages.rows() if s.kind == "page"]


def test_typed_text_that_no_file_holds_is_kept_with_a_sign(library: Library) -> None:
    library.cases.set_title(1, "甲\0乙\ud800")
    library.cases.set_themes([1], ["\udfff"])
    selection = library.selections.add("\0")
    library.selections.rename(selection, "名\0")
    case = library.cases.load(1)
    assert (case.title, case.themes, library.selections.rows()[0].name) == ("甲␀乙\ufffd", ("\ufffd",), "名␀")


def test_a_text_that_cannot_be_kept_is_refused_in_words(library: Library, path: Path) -> None:
    with pytest.raises(LibraryError, match="没有改动") as refused:
        library.cases.add([Case("", "半个\ud800")])
    assert path.name in str(refused.value)
    assert library.cases.count() == 4


def test_rows_in_the_order_asked(library: Library) -> None:
    rows = library.cases.rows([3, 99, 1, 2])
    assert [row.num for row in rows] == [3, 1, 2]
    assert (rows[2].place, rows[2].themes, rows[2].figures) == ("衢州市 · 常山县", ("乡村振兴与共同富裕",), 0)
    assert rows[1].figures == 2


def test_gone_cases_raise(library: Library) -> None:
    with pytest.raises(KeyError):
        library.cases.load(99)
    with pytest.raises(KeyError):
        library.cases.num_of("no-such-id")
    assert library.cases.num_of(library.cases.load(2).id) == 2
