"""Paper, date and page number stand where a paper prints them, and nowhere else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from core.records import Page
from core.sources.masthead import with_masthead

CASES = json.loads((Path(__file__).parents[2] / "cases" / "mastheads.json").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"] + c["text"][:8])
def test_masthead(case: dict[str, str]) -> None:
    page = with_masthead(Page(text=case["text"], name=case["name"]))
    assert (page.paper, page.published, page.page_no) == (case["paper"], case["published"], case["page_no"])


def test_what_is_known_already_stays() -> None:
    page = with_masthead(Page(text="", name="清河日报20231122.txt", paper="江畔晚报", published="2020"))
    assert (page.paper, page.published) == ("江畔晚报", "2020")
