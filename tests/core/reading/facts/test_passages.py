"""Background, practice, result and summary by an article's own sentences."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from core.reading import find_facts
from core.reading.facts.passages import Divided, divide
from core.records import Article, Page, Paragraph, Span
from core.text.repair import Repaired, repair
from core.writing.reading_json import reading_as_json

SOURCE = (
    "针对老旧小区停车难、物业管理薄弱等问题，石桥街道面临不少难题。\n"
    "街道建立“三方议事”机制，组织业主、物业、社区定期协商，制定车位共享办法。\n\n“停车不用再绕圈了。”居民吴阿姨说。\n"
    "截至目前，累计新增车位420个，化解纠纷86起，居民满意率提升至96%。下一步，街道将继续推广。"
)


def _read(text: str) -> list[Repaired]:
    out, at = [], 0
    for line in text.split("\n"):
        if line:
            out.append(repair(text, [Span(at, at + len(line))]))
        at += len(line) + 1
    return out


def _divided() -> Divided:
    return divide(_read(SOURCE))


def test_background() -> None:
    assert _divided().background.text.startswith("针对老旧小区")


def test_practice() -> None:
    assert _divided().practice.text.startswith("街道建立“三方议事”机制")


def test_result_without_what_is_still_to_come() -> None:
    assert _divided().result.text == "截至目前，累计新增车位420个，化解纠纷86起，居民满意率提升至96%。"


def test_speech_is_in_none() -> None:
    divided = _divided()
    assert "绕圈" not in divided.background.text + divided.practice.text + divided.result.text


def test_summary_is_practice_and_result() -> None:
    summary = _divided().summary.text.split("\n")
    assert [line[:4] for line in summary] == ["街道建立", "截至目前"]


def test_an_article_and_its_explanation_have_the_summary() -> None:
    page = Page(SOURCE, "页")
    lines = (Span(m.start(), m.end()) for m in re.finditer(".+", SOURCE))
    article = find_facts(page, Article("题", tuple(Paragraph((span,)) for span in lines)))
    assert article.summary == _divided().summary.spans
    (told,) = reading_as_json(page, [article])["articles"]
    assert "".join(SOURCE[start:end] for start, end in told["summary"]) == _divided().summary.text.replace("\n", "")


def test_empty_article() -> None:
    assert divide([]) == Divided()


@given(st.text(alphabet="针对问题建立机制目前达1。！？”“\n，", max_size=120))
def test_passages_are_printed(text: str) -> None:
    divided = divide(_read(text))
    for passage in (divided.background, divided.practice, divided.result, divided.summary):
        printed = "".join(text[s.start : s.end] for s in passage.spans)
        assert passage.text.replace("\n", "") == printed.replace("\n", "")
