"""A page that is put right keeps what a person did with its cases, and all of it can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from core.decisions import CASE, Verdict
from core.desk import Correct, Cut, SetPlace, SetThemes, SetTitle, edit_as_json
from core.library import Library, LibraryError, Query, Wish, index
from core.records import Article, Mechanism, Metric, Page, Paragraph, Place, Span

Dump = Callable[[Library], dict[str, list[str]]]
TEXT = (
    "石桥乡办起晾谷场\n"
    "石桥乡今年新修晾谷场16处，惠及农户240户。\n"
    "乡里还给每处装了照明灯30盏。\n"
    "柳河镇开出夜间公交\n"
    "柳河镇从九月起开出夜间公父4条，每晚载客900人。\n"
    "图为柳河镇的夜间公父。\n"
)
PAGE = Page(TEXT, "第五版.txt", paper="江滨晨报", published="2024-09-12", page_no="5")
MISREAD = TEXT.index("公父")
CORRECTION = edit_as_json(Correct(MISREAD + 1, "交"))


def span(words: str) -> Span:
    at = TEXT.index(words)
    return Span(at, at + len(words))


def line(start: str) -> Span:
    at = TEXT.index(start)
    return Span(at, TEXT.index("\n", at))


def figure(words: str, indicator: str, value: str) -> Metric:
    found = span(words)
    return Metric(indicator, Decimal(value), words[-1], printed=words, span=found, quote=words, quote_span=found)


YARDS, FAMILIES = figure("16处", "晾谷场", "16"), figure("240户", "农户", "240")
LAMPS, LINES, RIDERS = (
    figure("30盏", "照明灯", "30"), figure("4条", "夜间公交", "4"), figure("900人", "载客", "900"),
)  # fmt: skip
FIRST = Article(
    "石桥乡办起晾谷场",
    (Paragraph((line("石桥乡今年"),)), Paragraph((line("乡里还给"),))),
    title_spans=(line("石桥乡办起"),),
    mechanisms=(Mechanism("一场多用"),),
    metrics=(YARDS, FAMILIES, LAMPS),
    summary=(line("石桥乡今年"),),
)
SECOND = Article(
    "柳河镇开出夜间公交",
    (Paragraph((line("柳河镇从"),)),),
    title_spans=(line("柳河镇开出"),),
    captions=(line("图为"),),
    place=Place("", "湖南省", "岳阳市"),
    metrics=(LINES, RIDERS),
)
LAMPS_ALONE = Article("", (Paragraph((line("乡里还给"),)),), metrics=(LAMPS,))
WITHOUT_LAMPS = replace(FIRST, paragraphs=FIRST.paragraphs[:1], metrics=(YARDS, FAMILIES))


@pytest.fixture
def page(library: Library) -> str:
    """The page with two cases, 5 and 6; its source."""
    assert library.pages.add(PAGE, [FIRST, SECOND]) == [5, 6]
    return library.cases.load(5).source_id


VERDICTS: dict[str, Verdict] = {"checked": "accepted", "unsure": "unsure", "wrong": "rejected"}


def judge(library: Library, num: int, printed: str, state: str) -> None:
    library.decisions.figure(num, ids(library, num)[printed], VERDICTS[state])


def states(library: Library, num: int) -> list[tuple[str, str]]:
    return [(m.printed, m.state) for m in library.cases.load(num).metrics]


def ids(library: Library, num: int) -> dict[str, str]:
    return {m.printed: m.id for m in library.cases.load(num).metrics}


def test_a_page_comes_back_with_its_edits(library: Library) -> None:
    edits = [edit_as_json(SetPlace(0, Place("", "湖南省"))), CORRECTION]
    (num,) = library.pages.add(PAGE, [SECOND], edits)
    source = library.cases.load(num).source_id
    assert replace(library.pages.load(source), sha256="") == PAGE
    assert library.pages.edits(source) == edits


def test_gone_pages_raise(library: Library) -> None:
    pages = library.pages
    for ask in (pages.load, pages.edits, pages.is_whole, lambda s: pages.replace(s, [], []), pages.set_source):
        with pytest.raises(KeyError):
            ask("no-such-source")  # type: ignore[operator]


def test_an_excerpt_cannot_be_put_right(library: Library, page: str) -> None:
    assert library.pages.is_whole(page)
    assert not library.pages.is_whole(library.cases.load(1).source_id)
    with pytest.raises(LibraryError, match="摘录"):
        library.pages.replace(library.cases.load(1).source_id, [], [])


def test_corrected_characters_are_what_is_kept_shown_and_found(library: Library) -> None:
    (num,) = library.pages.add(PAGE, [SECOND], [CORRECTION])
    assert library.cases.load(num).body[0].startswith("柳河镇从九月起开出夜间公交4条")
    assert library.pages.text(library.cases.load(num).source_id) == TEXT
    assert list(library.search.find(Query(words="夜间公交4条")).nums) == [num]


def test_a_corrected_caption_is_found(library: Library, page: str) -> None:
    at = TEXT.index("公父", MISREAD + 2)
    library.pages.replace(page, [FIRST, SECOND], [edit_as_json(Correct(at + 1, "交"))])
    hits = library.search.find(Query(words="镇的夜间公交"))
    assert list(hits.nums) == [6]
    assert "夜间公交" in library.search.snippets(hits.nums, hits.query)[6].text
    assert not library.search.find(Query(words="镇的夜间公父")).nums


def test_the_summary_is_the_pages_own_words(library: Library, page: str) -> None:
    assert library.cases.load(5).summary == "石桥乡今年新修晾谷场16处，惠及农户240户。"


def test_a_cut_page_keeps_the_case_and_adds_one(library: Library, page: str) -> None:
    library.selections.put(library.selections.add("汇编"), [5, 6])
    had, case_id = {**ids(library, 5), **ids(library, 6)}, library.cases.load(5).id
    nums = library.pages.replace(page, [WITHOUT_LAMPS, LAMPS_ALONE, SECOND], [edit_as_json(Cut(line("乡里").start))])
    assert nums == [5, 7, 6]
    assert library.cases.load(5).id == case_id
    assert {**ids(library, 5), **ids(library, 7), **ids(library, 6)} == had
    assert library.selections.rows()[0].cases == 2
    assert [len(library.cases.rows([n])) for n in nums] == [1, 1, 1]
    assert library.cases.rows([5])[0].figures == 2
    assert list(library.search.find(Query(words="照明灯30盏")).nums) == [7]


def test_joined_articles_go_on_under_the_title_that_stays(library: Library, page: str) -> None:
    joined = replace(SECOND, paragraphs=(*SECOND.paragraphs, *FIRST.paragraphs), metrics=(*SECOND.metrics, LAMPS))
    before = ids(library, 5)["30盏"]
    assert library.pages.replace(page, [joined], []) == [6]
    assert ids(library, 6)["30盏"] == before
    assert library.cases.count() == 5
    assert list(library.search.find(Query(words="夜间公交")).nums) == [6]


def test_a_vanished_page_can_be_put_right_once_more(library: Library, page: str) -> None:
    assert library.pages.replace(page, [], []) == []
    assert library.cases.count() == 4
    assert library.pages.replace(page, [FIRST], []) == [7]


SETTINGS: list[tuple[Callable[[Library], object], str, object]] = [
    (lambda b: b.cases.set_title(6, "夜里有车坐"), "title", "夜里有车坐"),
    (lambda b: b.cases.set_place([6], Place("430623", "湖南省", "岳阳市", "华容县")), "place",
     Place("430623", "湖南省", "岳阳市", "华容县")),
    (lambda b: b.cases.set_themes([6], ["城市交通"]), "themes", ("城市交通",)),
]  # fmt: skip


@pytest.mark.parametrize(("decide", "field", "value"), SETTINGS)
def test_what_a_person_set_wins_over_a_reading(
    library: Library, page: str, decide: Callable[[Library], object], field: str, value: object
) -> None:
    decide(library)
    again = replace(SECOND, title="另读的题", place=Place("", "安徽省"), themes=("民生服务",))
    library.pages.replace(page, [FIRST, again], [])
    fields = {"title": "另读的题", "place": Place("", "安徽省"), "themes": ("民生服务",), field: value}
    assert {name: getattr(library.cases.load(6), name) for name in fields} == fields


def test_the_last_word_is_a_persons_later_edit_of_the_page(library: Library, page: str) -> None:
    library.cases.set_title(6, "先改的题")
    edits = [edit_as_json(SetTitle(line("柳河镇从").start, "后改的题"))]
    library.pages.replace(page, [FIRST, replace(SECOND, title="后改的题")], edits)
    assert library.cases.load(6).title == "后改的题"
    library.cases.set_title(6, "最后改的题")
    library.pages.replace(page, [FIRST, replace(SECOND, title="后改的题")], edits)
    assert library.cases.load(6).title == "最后改的题"


def test_what_was_set_and_taken_back_is_not_decided(library: Library, page: str) -> None:
    library.cases.set_title(6, "改了又撤")
    library.undo()
    library.pages.replace(page, [FIRST, replace(SECOND, title="另读的题")], [])
    assert library.cases.load(6).title == "另读的题"


@pytest.mark.parametrize("state", ["checked", "unsure", "wrong"])
def test_a_judged_figure_stays_as_it_was_judged(library: Library, page: str, state: str) -> None:
    judge(library, 5, "16处", state)
    had = library.cases.load(5).metrics[0]
    again = replace(FIRST, metrics=(replace(YARDS, indicator="别的", value=Decimal(1)), FAMILIES))
    library.pages.replace(page, [again, SECOND], [])
    assert library.cases.load(5).metrics[0] == had


def test_an_unjudged_figure_is_what_is_read_now(library: Library, page: str) -> None:
    had = ids(library, 5)["16处"]
    library.pages.replace(page, [replace(FIRST, metrics=(replace(YARDS, indicator="晾谷场数"),)), SECOND], [])
    (metric,) = library.cases.load(5).metrics
    assert (metric.id, metric.indicator, metric.state) == (had, "晾谷场数", "unchecked")


def test_a_judged_figure_that_is_not_found_again_stays(library: Library, page: str) -> None:
    judge(library, 5, "240户", "checked")
    wider = replace(FAMILIES, span=span("农户240户"), printed="农户240户")
    library.pages.replace(page, [replace(FIRST, metrics=(YARDS, wider, LAMPS)), SECOND], [])
    assert states(library, 5) == [("16处", "unchecked"), ("240户", "checked"), ("30盏", "unchecked")]


def test_a_judged_figure_goes_with_its_words(library: Library, page: str) -> None:
    judge(library, 5, "30盏", "checked")
    library.pages.replace(page, [WITHOUT_LAMPS, replace(LAMPS_ALONE, metrics=()), SECOND], [])
    assert (states(library, 5)[-1], states(library, 7)) == (("240户", "unchecked"), [("30盏", "checked")])


def test_what_was_decided_stands_beside_what_is_read_now(library: Library, page: str) -> None:
    judge(library, 6, "4条", "wrong")
    seven = replace(LINES, printed="7条", value=Decimal(7))
    library.pages.replace(page, [FIRST, replace(SECOND, metrics=(seven,))], [])
    (metric,) = library.cases.load(6).metrics
    [standing] = library.decisions.of_case(6).values()
    assert (metric.value, metric.state) == (4, "wrong")
    assert (standing.read["value"], standing.now["value"], standing.mark) == ("7", "4", "stale")
    library.pages.replace(page, [FIRST, SECOND], [])
    assert [standing.mark for standing in library.decisions.of_case(6).values()] == [""]


def test_the_state_of_a_case_and_its_mechanisms_stay(library: Library, page: str) -> None:
    library.decisions.decide([Wish(5, CASE, "accepted")])
    had = library.cases.load(5).mechanisms[0].id
    library.pages.replace(page, [replace(WITHOUT_LAMPS, mechanisms=(Mechanism("一场多用", "platform"),)), SECOND], [])
    assert library.cases.load(5).state == "checked"
    assert [(m.id, m.kind) for m in library.cases.load(5).mechanisms] == [(had, "platform")]


def put_right(library: Library, source: str) -> None:
    edits = [CORRECTION, edit_as_json(SetThemes(0, ("乡村振兴与共同富裕",)))]
    library.pages.replace(source, [WITHOUT_LAMPS, LAMPS_ALONE], edits)


def cite(library: Library, source: str) -> None:
    library.pages.set_source(source, paper="新报", published="2024-10", page_no="8")


CHANGES = [(put_right, "整理版面「第五版.txt」"), (cite, "填写「第五版.txt」的出处")]


@pytest.mark.parametrize(("change", "words"), CHANGES)
def test_one_undo_takes_it_back(
    library: Library, page: str, dump_of: Dump, change: Callable[[Library, str], None], words: str
) -> None:
    library.selections.put(library.selections.add("汇编"), [6])
    before = dump_of(library)
    change(library, page)
    after = dump_of(library)
    index.rebuild(library._db)
    assert dump_of(library) == after
    assert (library.undo(), dump_of(library)) == (words, before)
    assert (library.redo(), dump_of(library)) == (words, after)
    assert library.undo() == words
    for _ in range(3):
        library.undo()
    assert library.cases.count() == 4


def test_nothing_put_right_is_no_step(library: Library, page: str) -> None:
    library.pages.replace(page, [FIRST, SECOND], [])
    assert library.undo_text == "导入 2 例"


def test_edits_that_stay_keep_their_time(library: Library, page: str) -> None:
    library.pages.replace(page, [FIRST, SECOND], [CORRECTION])
    library._db.execute("UPDATE page_edits SET at = '2020'")
    library.pages.replace(page, [FIRST, SECOND], [CORRECTION, edit_as_json(Cut(3))])
    times = [at for (at,) in library._db.execute("SELECT at FROM page_edits ORDER BY position")]
    assert (times[0], times[1] > "2020") == ("2020", True)


def test_where_a_page_was_printed_is_said_of_its_cases(library: Library, page: str) -> None:
    cite(library, page)
    assert library.pages.load(page).paper == "新报"
    assert library.cases.load(5).citations[0].text() == "《石桥乡办起晾谷场》，《新报》2024年10月第8版"
    assert library.cases.rows([6])[0].published == "2024-10"
    assert sorted(library.search.find(Query(words="新报")).nums) == [5, 6]
    assert not library.search.find(Query(words="江滨晨报")).nums


def test_what_is_not_said_of_a_page_stays(library: Library, page: str) -> None:
    library.pages.set_source(page, page_no="")
    assert library.pages.load(page) == replace(library.pages.load(page), paper="江滨晨报", page_no="")
    assert library.cases.load(5).published == "2024-09-12"


def test_other_readers_see_a_page_put_right(library: Library, page: str, path: Path) -> None:
    with Library.open(path) as other:
        assert len(other.search.find(Query(words="晾谷场"))) == 1
        library.pages.replace(page, [LAMPS_ALONE], [])
        assert not other.search.find(Query(words="晾谷场")).nums
        assert [row.num for row in other.cases.rows([5, 6])] == [5]


def test_a_case_that_is_cut_keeps_its_number_where_its_title_is(library: Library, page: str) -> None:
    short = line("石桥乡今年")
    head = replace(FIRST, paragraphs=(Paragraph((Span(short.start, short.start + 6),)),), metrics=())
    tail = replace(LAMPS_ALONE, paragraphs=(Paragraph((Span(short.start + 6, short.end), line("乡里还给"))),))
    nums = library.pages.replace(page, [tail, head, SECOND], [])
    assert nums[1:] == [5, 6]
    assert nums[0] not in (5, 6)
