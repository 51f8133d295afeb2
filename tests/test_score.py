"""The reader on our own labelled pages, label by label; and the scorer itself."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from core.records import Article, Metric, Paragraph, Place, Span
from tests.score import FOLDER, KEPT, MEASURES, as_kept, changes, same_quantity, score_page, score_set, sets

TEXT = "甲村修路\n本报记者 王一\n修路三里一百人出工\n乙镇种树\n种树千棵见了成效\n又过一年接着修桥\n"
LABELS: list[dict[str, Any]] = [
    {
        "id": "1",
        "kind": "case",
        "title": "甲村修路",
        "title_lines": [1],
        "byline": ["王一"],
        "paragraphs": [[3, 3], [6, 6]],
        "place": {"province": "甲省", "city": "乙市", "county": "丙县"},
        "themes": ["乡村振兴", "民生服务"],
        "mechanisms": ["三问三办", "连心桥工作法"],
        "metrics": [
            {"line": 3, "quote": "一百人出工", "indicator": "出工人数", "value": 100, "unit": "人", "period": "今年"}
        ],
        "soft": ["三里"],
    },
    {
        "id": "2",
        "kind": "news",
        "title": "乙镇种树",
        "title_lines": [4],
        "byline": [],
        "paragraphs": [[5, 5]],
        "place": {"province": None, "city": None, "county": None},
        "themes": ["生态环境"],
        "mechanisms": [],
        "metrics": [],
    },
]


def line(number: int) -> Span:
    starts = [0]
    for text in TEXT.split("\n"):
        starts.append(starts[-1] + len(text) + 1)
    return Span(starts[number - 1], starts[number] - 1)


def metric(printed: str, value: int, unit: str, **more: Any) -> Metric:
    at = TEXT.index(printed)
    return Metric(more.pop("indicator", ""), Decimal(value), unit, span=Span(at, at + len(printed)), **more)


def article(*lines: int, **fields: Any) -> Article:
    return Article(**{"title": "", "paragraphs": tuple(Paragraph((line(n),)) for n in lines), **fields})


RIGHT = article(
    3,
    6,
    title="甲村修路",
    byline=("王一",),
    place=Place("", "甲省", "乙市", "丙县"),
    themes=("民生服务", "乡村振兴"),
    metrics=(metric("一百人", 100, "人", indicator="出工的人数", period="今年"), metric("三里", 3, "里")),
)
OTHER = article(5, title="乙镇种树")


def test_what_is_right_is_found() -> None:
    score = score_page("页", TEXT, LABELS, [RIGHT, OTHER])
    assert {m: score.recall(m) for m in MEASURES if m != "mechanism"} == dict.fromkeys(set(MEASURES) - {"mechanism"}, 1)
    assert score.misses["mechanism"] == ["页 · 甲村修路 · 三问三办", "页 · 甲村修路 · 连心桥工作法"]
    assert score.precision("metric") == 1.0  # a number about which one may differ is no extra


@pytest.mark.parametrize(
    ("articles", "wrong"),
    [
        ([article(3, 5, 6, title="甲村修路")], {"article": 1}),
        ([article(6, 3, title="甲村修路", byline=("王一",)), OTHER], {"order": 1}),
        ([article(3, 6, title="修路的事"), OTHER], {"title": 1, "byline": 1, "place": 1, "theme": 1, "themes": 1}),
        ([], {"article": 2}),
    ],
)
def test_what_is_wrong_is_missed(articles: list[Article], wrong: dict[str, int]) -> None:
    score = score_page("页", TEXT, LABELS, articles)
    assert {measure: len(score.misses[measure]) for measure in wrong} == wrong


def test_what_nobody_labelled_is_an_extra() -> None:
    more = article(2, title="署名", metrics=(metric("千棵", 1000, "棵"),))
    score = score_page("页", TEXT, LABELS, [RIGHT, OTHER, more])
    assert score.extras["article"] == ["页 · 署名"]
    assert len(score.extras["metric"]) == 1
    assert score.precision("article") == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    ("label", "found", "same"),
    [
        ({"value": 540, "unit": "克/个"}, ("克", 540, None), True),
        ({"value": 540, "unit": "克"}, ("千克", 540, None), False),
        ({"value": 15, "value_max": 20, "unit": "户"}, ("户", 15, 20), True),
        ({"value": 15, "value_max": 20, "unit": "户"}, ("户", 15, None), False),
        ({"value": 15, "unit": "户"}, ("户", 150, None), False),
    ],
)
def test_same_quantity(label: dict[str, Any], found: tuple[str, int, int | None], same: bool) -> None:
    unit, value, upper = found
    most = None if upper is None else Decimal(upper)
    assert same_quantity(label, Metric("", Decimal(value), unit, value_max=most)) is same


def test_gains_and_losses_are_told_by_id() -> None:
    before = {"missed": {"title": ["甲", "乙"]}, "extra": {}}
    after = {"missed": {"title": ["乙"], "order": ["丙"]}, "extra": {"metric": ["丁"]}}
    assert changes(before, after) == (["title missed: 甲"], ["order missed: 丙", "metric extra: 丁"])


@pytest.mark.parametrize("name", list(sets()))
def test_nothing_that_was_read_is_lost(name: str) -> None:
    """``make gold`` keeps the scores anew, where a change gains more than it loses; the table is part of the commit."""
    folder = sets()[name]
    gains, losses = changes(json.loads(KEPT.read_text("utf-8"))[name], as_kept(score_set(folder, folder)))
    assert losses == []
    assert gains == []


def test_every_set_that_was_looked_at_is_called_learnt() -> None:
    labelled = {path.relative_to(FOLDER).parts[0] for path in Path(FOLDER).rglob("*.json") if path != KEPT}
    assert labelled == {"learnt"}
