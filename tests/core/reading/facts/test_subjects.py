"""Whose a figure is: the place or body named before it, else the article's own place."""

from __future__ import annotations

import pytest

from core.reading.facts.subjects import Subjects
from core.reading.figures.find import find_figures
from core.records import Place
from core.text.clauses import Clauses

HANGZHOU = Place("", "浙江省", "杭州市")


def whose(text: str, place: Place = HANGZHOU) -> list[str]:
    """The subject of each figure of a text."""
    subjects, clauses = Subjects(text, place), Clauses(text)
    return [subjects.of(f.start, clauses.sentence(f.start)) for f in find_figures(text)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("今年新建食堂12家。", ["杭州市"]),
        ("临安区新建食堂12家，淳安县新建3家。", ["临安区", "淳安县"]),
        ("淳安县种茶300亩。今年又修路5公里。", ["淳安县", "淳安县"]),
        ("青溪村种茶300亩，收入5万元。", ["青溪村", "青溪村"]),
        ("在幸福社区，新建食堂2家。", ["幸福社区"]),
        ("青溪村种茶300亩。全市种茶3万亩。", ["青溪村", "杭州市"]),
    ],
)
def test_the_name_before_a_figure(text: str, names: list[str]) -> None:
    assert whose(text) == names


def test_a_body_holds_for_its_own_sentence() -> None:
    assert whose("青山合作社收茶3吨，卖了5万元。又修路5公里。") == ["青山合作社", "青山合作社", "杭州市"]


@pytest.mark.parametrize(
    "text", ["江苏的南京市建了3家食堂。", "拓展社区12个。", "该村修路5公里。", "三个村修路5公里。"]
)
def test_other_provinces_and_mere_words_are_no_subject(text: str) -> None:
    assert set(whose(text)) == {"杭州市"}


def test_without_a_place_of_its_own_an_article_names_villages_only() -> None:
    assert whose("淳安县种茶300亩，青溪村种茶20亩。", Place()) == ["", "青溪村"]
