"""A page that was read wrongly is put right by a few edits, each undone by one undo, whatever the reader says later."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.desk import (
    Confirm,
    Correct,
    Cut,
    Desk,
    Edit,
    Join,
    Mark,
    Move,
    SetKind,
    SetPlace,
    SetThemes,
    SetTitle,
    edit_as_json,
    edit_of_json,
)
from core.records import Article, Page, Paragraph, Place, Span
from core.text.repair import repair

LINES = (
    "清河县办起村民食堂",  # 0 title
    "李明",  # 1 byline
    "清河县在三十个村办起食堂，",  # 2
    "老人一餐只付五元。",  # 3
    "柳林镇修通产业路",  # 4 the next title, read as body
    "柳林镇修通十公里产业路，果子",  # 5
    "本版编辑 王芳",  # 6
    "好卖了。",  # 7 the end of 5
)
TEXT = "\n".join(LINES)
AT = [TEXT.index(line) for line in LINES]


def span(line: int) -> Span:
    return Span(AT[line], AT[line] + len(LINES[line]))


def article(*paragraphs: tuple[int, ...], title: int | None = None, byline: int | None = None) -> Article:
    return Article(
        title=LINES[title] if title is not None else "",
        paragraphs=tuple(Paragraph(tuple(span(n) for n in p), 0.5, ("接得上",) * (len(p) - 1)) for p in paragraphs),
        title_spans=(span(title),) if title is not None else (),
        byline=(LINES[byline],) if byline is not None else (),
        byline_spans=(span(byline),) if byline is not None else (),
    )


GLUED = (article((2, 3), (4,), (5, 7), title=0, byline=1),)
APART = (article((2,), title=0, byline=1), article((3,), title=4), article((5, 7)))


def find_facts(page: Page, settled: Article, fixed: Mapping[int, str]) -> Article:
    return settled


def desk(articles: tuple[Article, ...] = GLUED, *edits: Edit) -> Desk:
    return Desk(Page(text=TEXT, name="a.txt"), articles, find_facts, edits)


def told(one: Desk) -> list[tuple[str, list[str]]]:
    """Titles and paragraphs as a reader sees them."""
    texts = [[repair(TEXT, p.spans, one.corrections).text for p in a.paragraphs] for a in one.articles]
    return [(a.title, paragraphs) for a, paragraphs in zip(one.articles, texts, strict=True)]


def test_a_title_inside_a_body_begins_a_new_article() -> None:
    one = desk()
    assert one.do(Mark(AT[4], AT[4] + len(LINES[4]), "title"))
    assert told(one) == [
        (LINES[0], [LINES[2] + LINES[3]]),
        (LINES[4], [LINES[5] + LINES[7]]),
    ]


def test_cut_and_join_are_each_other_s_undoing() -> None:
    one = desk()
    assert one.do(Cut(AT[4]))
    assert len(one.articles) == 2
    assert one.do(Join(AT[4], AT[0]))
    assert told(one) == told(desk())


def test_join_goes_on_in_mid_sentence() -> None:
    one = desk((article((2,), title=0), article((3,))))
    assert one.do(Join(AT[3], AT[2]))
    assert told(one) == [(LINES[0], [LINES[2] + LINES[3]])]


def test_a_second_title_becomes_a_heading() -> None:
    one = desk(APART)
    assert one.do(Join(AT[3], AT[2]))
    assert told(one)[0] == (LINES[0], [LINES[2], LINES[4], LINES[3]])


def test_move_puts_a_paragraph_where_it_belongs() -> None:
    one = desk(APART)
    assert one.do(Move(AT[3], AT[3] + len(LINES[3]), to=AT[2]))
    assert told(one)[0] == (LINES[0], [LINES[2] + LINES[3]])


def test_what_a_person_sets_stays() -> None:
    place = Place("130500", "河北省", "邢台市", "清河县")
    one = desk(
        GLUED, SetPlace(AT[2], place), SetThemes(AT[2], ("民生服务",)), SetTitle(AT[2], "新题"), SetKind(AT[2], "news")
    )
    [first] = one.articles
    assert (first.place, first.themes, first.title, first.kind) == (place, ("民生服务",), "新题", "news")


def test_a_corrected_character_keeps_every_anchor() -> None:
    one = desk()
    spans = [p.spans for a in one.articles for p in a.paragraphs]
    assert one.do(Correct(AT[2], "青"))
    assert told(one)[0][1][0].startswith("青河县在三十个村")
    assert [p.spans for a in one.articles for p in a.paragraphs] == spans
    assert one.page.text == TEXT


def test_marks_fill_byline_caption_and_nothing() -> None:
    one = desk((article((0, 1), (2, 3)),))
    assert one.do(Mark(AT[0], AT[0] + len(LINES[0]), "title"))
    assert one.do(Mark(AT[1], AT[1] + len(LINES[1]), "byline"))
    assert one.do(Mark(AT[3], AT[3] + len(LINES[3]), "nothing"))
    assert (one.articles[0].title, one.articles[0].byline) == (LINES[0], ("李明",))
    assert told(one)[0][1] == [LINES[2]]
    assert span(3) in one.left_over()


def test_the_spaces_inside_a_title_stay() -> None:
    text = "一碗热乎饭  暖了老人心\n全县办起食堂。"
    page = Page(text=text, name="a.txt")
    one = Desk(page, [Article("", (Paragraph((Span(0, len(text)),)),))], find_facts)
    assert one.do(Mark(0, 12, "title"))
    assert one.articles[0].title == "一碗热乎饭 暖了老人心"


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("（本报记者 陈 默 通讯员 陈大文）", ("陈默", "陈大文")),
        ("李昕俞琳/文", ("李昕", "俞琳")),
        ("县委宣传部 供稿", ("县委宣传部",)),
        ("记者", ()),
    ],
)
def test_a_line_marked_as_byline_names_its_writers(line: str, names: tuple[str, ...]) -> None:
    text = f"全县办起食堂。\n{line}"
    one = Desk(Page(text=text, name="a.txt"), [Article("", (Paragraph((Span(0, len(text)),)),))], find_facts)
    assert one.do(Mark(8, len(text), "byline"))
    assert one.articles[0].byline == names


@pytest.mark.parametrize(
    ("end", "paragraphs"),
    [("食堂", 1), ("食堂，", 1), ("食堂。", 2), ("食堂（含村级）", 2), ("三项做法：", 2), ("好。’", 2)],
)
def test_a_joined_article_goes_on_in_a_sentence_that_breaks_off(end: str, paragraphs: int) -> None:
    text = f"全县办起{end}\n老人都说好。"
    first, rest = Span(0, text.index("\n")), Span(text.index("\n") + 1, len(text))
    one = Desk(Page(text=text, name="a.txt"), [Article("", (Paragraph((s,)),)) for s in (first, rest)], find_facts)
    assert one.do(Join(rest.start, 0))
    assert [len(a.paragraphs) for a in one.articles] == [paragraphs]


def test_doubtful_seams_come_first_until_confirmed() -> None:
    one = desk()
    assert [seam.start for seam in one.seams()] == [AT[3], AT[7]]
    assert one.do(Confirm(AT[3]))
    assert [(seam.start, seam.is_doubtful) for seam in one.seams()] == [(AT[7], True), (AT[3], False)]


def test_an_edit_that_changes_nothing_is_not_kept() -> None:
    one = desk()
    assert not one.do(Cut(AT[6]))
    assert not one.do(Join(AT[2], AT[3]))
    assert one.edits == ()


def test_edits_lie_over_a_later_reading() -> None:
    edits = (Mark(AT[4], AT[4] + len(LINES[4]), "title"), SetThemes(AT[5], ("城市交通",)))
    later = (article((2, 3), title=0, byline=1), article((5, 7), title=4))
    assert told(desk(later, *edits)) == told(desk(GLUED, *edits))
    assert desk(later, *edits).articles[1].themes == ("城市交通",)


OFFSETS = st.integers(0, len(TEXT) - 1)
EDITS = st.one_of(
    st.builds(Cut, OFFSETS),
    st.builds(Join, OFFSETS, OFFSETS, st.booleans()),
    st.builds(Move, OFFSETS, OFFSETS, OFFSETS, st.none() | OFFSETS),
    st.builds(Mark, OFFSETS, OFFSETS, st.sampled_from(["title", "section", "byline", "caption", "body", "nothing"])),
    st.builds(Correct, OFFSETS, st.sampled_from("甲乙")),
    st.builds(SetThemes, OFFSETS, st.just(("民生服务",))),
    st.builds(SetPlace, OFFSETS, st.just(Place("", "河北省"))),
    st.builds(Confirm, OFFSETS),
)


@pytest.mark.parametrize("start", [GLUED, APART])
@given(edits=st.lists(EDITS, max_size=8))
def test_any_edits_keep_every_character_once_and_can_be_undone(start: tuple[Article, ...], edits: list[Edit]) -> None:
    one = desk(start)
    before = told(one)
    done = sum(one.do(edit) for edit in edits)
    spans = [s for d in one._drafts for s in d.spans()]
    taken = [i for s in spans for i in range(s.start, s.end)]
    assert len(taken) == len(set(taken))
    assert desk(start, *(edit_of_json(edit_as_json(e)) for e in one.edits)).articles == one.articles
    for _ in range(done):
        assert one.undo() is not None
    assert told(one) == before


WRITTEN: list[tuple[Edit, str]] = [
    (Cut(3), '{"do": "cut", "at": 3}'),
    (Join(3, 9), '{"do": "join", "at": 3, "to": 9, "before": false}'),
    (Move(3, 5, 9), '{"do": "move", "start": 3, "end": 5, "to": 9, "before": null}'),
    (Mark(3, 5, "byline"), '{"do": "mark", "start": 3, "end": 5, "role": "byline"}'),
    (Confirm(3), '{"do": "confirm", "at": 3}'),
    (Correct(3, "交"), '{"do": "correct", "at": 3, "char": "交"}'),
    (SetThemes(3, ("民生服务",)), '{"do": "themes", "at": 3, "themes": ["民生服务"]}'),
    (SetTitle(3, "题"), '{"do": "title", "at": 3, "title": "题"}'),
    (SetKind(3, "news"), '{"do": "kind", "at": 3, "kind": "news"}'),
    (
        SetPlace(3, Place("", "湖南省")),
        '{"do": "place", "at": 3, "place": {"code": "", "province": "湖南省", "city": "", "county": "", "town": "",'
        ' "village": ""}}',
    ),
]
"""How libraries hold the edits: never to be changed without a step of the tables."""


@pytest.mark.parametrize(("edit", "text"), WRITTEN, ids=lambda value: type(value).__name__)
def test_how_an_edit_is_written_down(edit: Edit, text: str) -> None:
    assert json.dumps(edit_as_json(edit), ensure_ascii=False) == text
    assert edit_of_json(json.loads(text)) == edit


@pytest.mark.parametrize(
    "value", [{}, {"do": "burn"}, {"do": "cut"}, {"do": "cut", "at": 1, "x": 2}, {"do": "Cut", "at": 1}]
)
def test_no_such_edit(value: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="no such edit"):
        edit_of_json(value)
