"""Damaged pages of our own are put back into their true order."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.reading.page.articles import articles_in
from core.reading.page.seams import weigh_seam
from core.reading.page.structure import Structure
from core.records import Article
from core.text.repair import repair

SEAMS = json.loads((Path(__file__).parents[3] / "cases" / "seams.json").read_text("utf-8"))
POTATO = (
    "近年来，甘肃省定西市临洮县坚持党建引领，把马铃薯产业作为富民强县的主导产业，建成标准化种植基地12万亩，带动1.8万户农户稳定增收。",
    "“过去种洋芋靠天吃饭，现在有了滴灌，一亩地能多收800多斤。”种植户马占海一边装车一边说。去年，他家种的30亩马铃薯卖了11万元。",
    "为解决销售难题，临洮县成立马铃薯产业联合党委，推行订单种植，统一良种、统一技术、统一收购，全县马铃薯订单率达到76%。",
)
CANTEEN = (
    "八里铺镇王家磨村的老年食堂每天中午格外热闹，12张餐桌坐得满满当当，82岁的李桂英老人正和邻居拉家常。",
    "老年食堂由村集体出资8万元建成，60岁以上老人每餐只收3元。志愿者轮流帮厨，党员每月捐菜一次，目前已有40多名老人长期就餐。",
)
POTATO_HEAD, CANTEEN_HEAD = "小土豆长成富民大产业\n\n赵亚军 石磊", "老年食堂暖了民心\n\n杨振华 何玉梅"


SMALL = "两篇、七八行的版面：学来的读法要更多的上下文"
"""Why some orders are missed: on whole pages the same damage is put right more often than not (docs/performance.md)."""


def page(*lines: str) -> str:
    return "\n\n".join(lines) + "\n"


def read_articles(text: str) -> list[Article]:
    """The articles of a page, whatever else it may look like."""
    return articles_in(Structure(text))


def told(text: str) -> dict[str, str]:
    """The body of each article under its title, without breaks."""
    return {a.title: "".join(repair(text, p.spans).text for p in a.paragraphs) for a in read_articles(text)}


def cut(text: str, before: str) -> tuple[str, str]:
    at = text.index(before)
    return text[:at], text[at:]


WHOLE = {"小土豆长成富民大产业": "".join(POTATO), "老年食堂暖了民心": "".join(CANTEEN)}


def test_clean_page() -> None:
    assert told(page(POTATO_HEAD, *POTATO, CANTEEN_HEAD, *CANTEEN)) == WHOLE


@pytest.mark.parametrize("word", ["铃薯产业联合", "术、统一收购", "到76"])
def test_column_jumps_over_another_article(word: str) -> None:
    first, rest = cut(POTATO[2], word)
    assert told(page(POTATO_HEAD, *POTATO[:2], first, CANTEEN_HEAD, *CANTEEN, rest)) == WHOLE


@pytest.mark.xfail(reason=SMALL, strict=True)
def test_bodies_stand_above_their_titles() -> None:
    potato, its_rest = cut(POTATO[1], "灌，一亩")
    canteen, other_rest = cut(CANTEEN[0], "2张餐桌")
    text = page(POTATO[0], potato, canteen, POTATO_HEAD, its_rest, POTATO[2], CANTEEN_HEAD, other_rest, CANTEEN[1])
    assert told(text) == WHOLE


@pytest.mark.xfail(reason=SMALL, strict=True)
def test_tail_of_a_sentence_behind_the_next_paragraph() -> None:
    first, tail = cut(CANTEEN[0], "常。")
    assert told(page(POTATO_HEAD, *POTATO, CANTEEN_HEAD, first, CANTEEN[1], tail)) == WHOLE


@pytest.mark.parametrize("width", [16, 19, 24])
@pytest.mark.xfail(reason=SMALL, strict=True)
def test_two_columns_in_turn(width: int) -> None:
    body = POTATO[0] + POTATO[2]
    lines = [body[i : i + width] for i in range(0, len(body), width)]
    half = len(lines) // 2
    mixed = [line for pair in zip(lines[:half], lines[half:], strict=False) for line in pair] + lines[2 * half :]
    whole = {**WHOLE, "小土豆长成富民大产业": body}
    assert told(page(POTATO_HEAD, "\n".join(mixed), CANTEEN_HEAD, *CANTEEN)) == whole
    assert told(page(POTATO_HEAD, " ".join(mixed), CANTEEN_HEAD, *CANTEEN)) == whole


@pytest.mark.parametrize("indent", ["", "　　"])
def test_lines_of_a_narrow_column_without_empty_lines(indent: str) -> None:
    def wrapped(paragraphs: tuple[str, ...]) -> list[str]:
        return [(indent + p)[i : i + 20] for p in paragraphs for i in range(0, len(indent + p), 20)]

    potato = ["小土豆长成富民大产业", "赵亚军 石磊", *wrapped(POTATO)]
    canteen = ["老年食堂暖了民心", "杨振华 何玉梅", *wrapped(CANTEEN)]
    assert told("\n".join([*potato, *canteen])) == WHOLE


def test_lost_text_is_told_and_not_filled_in() -> None:
    lost = page(POTATO_HEAD, POTATO[0], cut(POTATO[1], "卖了")[0], CANTEEN_HEAD, *CANTEEN)
    article = read_articles(lost)[0]
    assert "未补" in article.reasons["lost"]
    assert told(lost)["小土豆长成富民大产业"] == POTATO[0] + cut(POTATO[1], "卖了")[0]


def test_jumped_seam_is_less_sure_than_a_broken_line() -> None:
    first, rest = cut(POTATO[2], "术、统一收购")
    near = read_articles(page(POTATO_HEAD, *POTATO[:2], first, rest, CANTEEN_HEAD, *CANTEEN))[0]
    far = read_articles(page(POTATO_HEAD, *POTATO[:2], first, CANTEEN_HEAD, *CANTEEN, rest))[0]
    assert far.paragraphs[-1].confidence < near.paragraphs[-1].confidence
    assert "跳栏" in far.paragraphs[-1].reasons[0]


@pytest.mark.parametrize("case", SEAMS, ids=lambda c: c["tail"])
def test_true_rest_fits_better(case: dict[str, str]) -> None:
    assert weigh_seam(case["tail"], case["true"]).strength > weigh_seam(case["tail"], case["false"]).strength


def spans_of(article: Article) -> list[tuple[int, int]]:
    return [(s.start, s.end) for p in article.paragraphs for s in p.spans]


PRINTED = st.text(alphabet="临洮县马铃薯老年食堂，。：“”（）记者王芳\n\n 　#1234567890*<b>", max_size=400)
BODY = st.permutations([*POTATO, *CANTEEN, POTATO_HEAD, CANTEEN_HEAD, "图为村民。 王芳 摄", "（李静）"])


@given(st.one_of(PRINTED, st.text(max_size=200), BODY.map(lambda lines: page(*lines))))
def test_spans_lie_in_the_text_and_no_character_is_told_twice(text: str) -> None:
    spans = sorted(s for a in read_articles(text) for s in spans_of(a))
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))


@given(BODY, st.data())
def test_every_piece_of_body_is_told(lines: list[str], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(lines) - 1))
    broken = [*lines[:at], lines[at][:20], lines[at][20:] or "完。", *lines[at + 1 :]]
    reader = Structure(page(*broken))
    pieces = {(s.start, s.end) for p in reader.pieces for s in p.spans}
    assert pieces <= {s for a in read_articles(page(*broken)) for s in spans_of(a)}


def test_article_that_only_its_closing_byline_tells() -> None:
    canteen = "王家磨村办起老年食堂\n\n每餐三元暖了民心"
    text = page(POTATO_HEAD, *POTATO[:2], "订单签到田埂上", POTATO[2], canteen, CANTEEN[0], CANTEEN[1] + "（何玉梅）")
    found = {a.title: a.byline for a in read_articles(text)}
    assert [names for title, names in found.items() if "暖了民心" in title] == [("何玉梅",)]
    assert found["小土豆长成富民大产业"] == ("赵亚军", "石磊")


def test_list_of_contents_is_no_article() -> None:
    contents = "【本期要目】\n◆小土豆长成富民大产业\n◆老年食堂暖了民心"
    assert told(page(contents, POTATO_HEAD, *POTATO, CANTEEN_HEAD, *CANTEEN)) == WHOLE


def test_section_in_brackets_stands_over_several_articles() -> None:
    articles = read_articles(page("【改革经验】", POTATO_HEAD, *POTATO, CANTEEN_HEAD, *CANTEEN))
    assert [a.section for a in articles] == ["【改革经验】"] * 2


def test_headline_behind_a_cut_article_and_a_picture() -> None:
    picture = "左图：技术员在田里查看长势。\n本报记者 李静 摄"
    canteen = ("老年食堂暖了民心", CANTEEN[0], CANTEEN[1] + "（何玉梅）")
    text = page(POTATO_HEAD, *POTATO[:2], POTATO[2][:30], picture, *canteen)
    assert told(text)["老年食堂暖了民心"] == "".join(CANTEEN) + "（何玉梅）"


def test_caption_in_brackets_stays_in_its_paragraph() -> None:
    first = CANTEEN[0] + "（图为老人们在用餐。）" + CANTEEN[1]
    assert first in told(page(CANTEEN_HEAD, first, POTATO_HEAD, *POTATO))["老年食堂暖了民心"]


def test_article_with_a_strange_paragraph_is_doubtful_and_says_where() -> None:
    strange = "小土豆也长成了村里的富民大产业，家家户户都在地头忙着装车发货。"
    articles = read_articles(page(POTATO_HEAD, *POTATO, CANTEEN_HEAD, CANTEEN[1], strange))
    assert [a.confidence < 0.7 for a in articles] == [False, True]
    assert strange[:6] in articles[1].reasons["seam"]


@pytest.mark.xfail(reason=SMALL, strict=True)
def test_numbered_points_go_on_behind_the_column_of_another_article() -> None:
    points = ("为解决销售难题，多措并举。一是统一良种。二是请专家驻村。", "三是统一收购，签订合同。四是建冷库两座。")
    text = page(POTATO_HEAD, *POTATO[:2], points[0], CANTEEN_HEAD, *CANTEEN, points[1])
    assert told(text)["小土豆长成富民大产业"] == "".join([*POTATO[:2], *points])
