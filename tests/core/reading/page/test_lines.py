"""What a printed line is: headline, byline, caption, part of the sheet, body text."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.reading.page.bylines import at_the_end, in_dateline, own_line
from core.reading.page.lines import physical_lines
from core.reading.page.structure import Structure
from core.text.names import split_names

CASES = Path(__file__).parents[3] / "cases"
BODY = "近年来，全县把马铃薯产业作为富民强县的主导产业，带动农户稳定增收。"


def cases(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((CASES / f"{name}.json").read_text("utf-8"))
    return found


def text_of(case: dict[str, Any]) -> str:
    return str(case["text"])


@pytest.mark.parametrize("case", cases("bylines"), ids=text_of)
def test_byline_on_a_line_of_its_own(case: dict[str, Any]) -> None:
    found = own_line(case["text"])
    assert (list(found.names) if found else None) == case["names"]


@pytest.mark.parametrize("case", cases("closing_bylines"), ids=text_of)
def test_byline_in_brackets_at_the_end(case: dict[str, Any]) -> None:
    found = at_the_end(case["text"])
    assert (list(found.names) if found else None) == case["names"]


@pytest.mark.parametrize("case", cases("datelines"), ids=text_of)
def test_byline_in_the_dateline(case: dict[str, Any]) -> None:
    found = in_dateline(case["text"])
    assert (list(found.names) if found else None) == case["names"]


BARE = "三行不成一版：前后只有一段，学来的读法认不准"
"""Why some lines are told wrongly: pages that were learnt from have many lines."""
HARD = ("深入实施人才战略", "打造“西部", "本报讯 入夏", "该项目位于新区")


def marked(case: dict[str, Any]) -> Any:
    hard = case["text"].startswith(HARD)
    return pytest.param(case, marks=pytest.mark.xfail(reason=BARE, strict=True) if hard else ())


@pytest.mark.parametrize("case", [marked(case) for case in cases("lines")], ids=lambda c: text_of(c))
def test_kind_of_a_line_between_paragraphs(case: dict[str, Any]) -> None:
    page = Structure(f"{BODY}\n\n{case['text']}\n\n{BODY}\n")
    heads = [page.items[piece.item].text for piece in page.pieces if piece.subhead]
    item = page.items[1]
    assert ("headline" if item.text in heads else item.kind) == case["kind"]


@pytest.mark.xfail(reason=BARE, strict=True)
def test_caption_words_inside_a_wrapped_paragraph_stay_there() -> None:
    items = Structure("三名老人教孩子们唱歌，十分热\n闹。图为老人在示范发声。\n").items
    assert [item.kind for item in items] == ["text", "text"]


@pytest.mark.xfail(reason=BARE, strict=True)
def test_paragraph_above_a_photo_credit_is_a_caption() -> None:
    items = Structure(f"{BODY}\n\n10月14日，志愿者在记录候鸟的数量。\n\n本报记者 李静 摄\n").items
    assert [item.kind for item in items] == ["text", "caption", "caption"]


@given(st.text(alphabet="王李张陈明华小静军党建的", max_size=14))
def test_names_are_the_run_that_they_were_found_in(run: str) -> None:
    assert "".join(split_names(run)) in ("", run)


@given(st.text(alphabet="中文，。 \t\u3000\n#*<b>&nbsp;\u200b1a"))
def test_lines_stand_where_they_say(text: str) -> None:
    assert all(text[line.start : line.end] == line.text and line.text.strip() for line in physical_lines(text))


@pytest.mark.xfail(reason=BARE, strict=True)
def test_lines_of_a_caption_above_a_photo_credit() -> None:
    lines = "　　6月3日，临洮县的马铃薯花开成片，来自各村的\n农户在田里除草。图为农户除草归来。\n王芳摄"
    items = Structure(f"　　{BODY}\n{lines}\n　　{BODY}\n").items
    assert [item.kind for item in items] == ["text", "caption", "caption", "caption", "text"]


def test_line_broken_at_the_columns_edge_is_no_headline() -> None:
    column = "去年，村里从熟悉山路、会骑马、有\n威信的农户里挑人，成立“背篓”志愿\n服务队，最初只有6人。\n"
    assert {item.kind for item in Structure(f"　　{BODY}\n　　{column}").items} == {"text"}


def test_paper_s_own_name_at_the_top_is_part_of_the_sheet() -> None:
    items = Structure(f"2 综合新闻\n2023年6月3日 星期六\n陇中晨报\n小土豆长成富民大产业\n　　{BODY}\n").items
    assert [item.kind for item in items] == ["sheet", "sheet", "sheet", "headline", "text"]
