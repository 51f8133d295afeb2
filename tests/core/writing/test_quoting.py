"""Sentences, notes and rows that go into a text elsewhere: each names where it was printed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.records import Case
from core.writing.quoting import (
    FIGURE_HEADS,
    case_note,
    case_sentence,
    figure_notes,
    figure_rows,
    figure_sentence,
    sentence,
    text_note,
)
from tests.core.writing.test_docx import CASE

SOURCE = "《“一张清单”管到底》，《江州日报》2023年11月22日第3版"
NO_SOURCE = replace(CASE, citations=())


@pytest.mark.parametrize(
    ("said", "wanted"),
    [(sentence("设助餐点12个。", CASE), f"设助餐点12个（{SOURCE}）。"),
     (sentence("一行\n二行！", CASE), f"一行 二行（{SOURCE}）。"),
     (sentence("设助餐点12个", NO_SOURCE), "设助餐点12个（《“一张清单”管到底》，出处未录）。"),
     (figure_sentence(CASE, CASE.metrics[1]), f"办结率98.5%（{SOURCE}）。"),
     (figure_sentence(CASE, CASE.metrics[2]), f"设助餐点12个〔存疑〕（{SOURCE}）。"),
     (figure_sentence(CASE, replace(CASE.metrics[1], quote="")), f"办结率98.5%（{SOURCE}）。"),
     (case_sentence(CASE), f"衢州市常山县《“一张清单”管到底》：服务老人1200余人次，办结率98.5%（{SOURCE}）。"),
     (case_sentence(Case("1", "题")), "《题》（《题》，出处未录）。"),
     (text_note("设助餐点12个", CASE), f"{SOURCE}，原文：设助餐点12个。"),
     (case_note(CASE), f"{SOURCE}。"), (case_note(NO_SOURCE), "《“一张清单”管到底》，出处未录。")],
)  # fmt: skip
def test_every_sentence_and_note_names_its_source(said: str, wanted: str) -> None:
    assert said == wanted


def test_notes_of_one_quote_are_one() -> None:
    assert figure_notes(CASE, [*CASE.metrics, CASE.metrics[2]]) == [
        f"{SOURCE}，原文：{metric.quote}。" for metric in CASE.metrics
    ]


def test_rows_have_a_cell_for_each_head() -> None:
    rows = figure_rows(CASE, CASE.metrics)
    assert {len(row) for row in rows} == {len(FIGURE_HEADS)}
    assert rows[2][2:4] == ("助餐点", "12个")
    assert rows[2][-2:] == ("存疑", SOURCE)
