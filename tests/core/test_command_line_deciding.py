"""Decisions made without a window: what is written, what is printed, and what is refused without a change."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from core.__main__ import main
from core.library import Library
from core.records import Case, Metric

Run = Callable[..., tuple[int, str, str]]
CASE = Case(
    "7d3a0001", "议事亭", themes=("基层治理",), published="2024-05",
    metrics=(Metric("议事", Decimal(12), "场", printed="12场", id="m1"),),
)  # fmt: skip


@pytest.fixture
def library(tmp_path: Path) -> str:
    path = tmp_path / "库.anlan"
    with Library.create(path) as made:
        made.cases.add([CASE])
    return str(path)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Iterator[Run]:
    def run(*words: str) -> tuple[int, str, str]:
        try:
            code = main(words)
        except SystemExit as ended:
            code = int(ended.code or 0)
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run


def case_in(path: str) -> Case:
    with Library.open(Path(path)) as library:
        return library.cases.load(1)


@pytest.mark.parametrize(
    ("field", "value", "now"),
    [
        ("title", "村口的议事亭", "村口的议事亭"),
        ("title", '"[旧]"', "[旧]"),
        ("themes", "民生服务、基层治理", ("民生服务", "基层治理")),
        ("tags", '["待补照片"]', ("待补照片",)),
        ("published", "2024-05-06", "2024-05-06"),
        ("starred", "true", True),
    ],
)
def test_a_field_is_edited(run: Run, library: str, field: str, value: str, now: object) -> None:
    code, out, _ = run("edit", library, "7d3a", field, value, "--who", "王芳", "--note", "问过")
    assert code == 0
    assert f"7d3a0001:{field}\tchanged" in out
    assert getattr(case_in(library), field) == now
    with Library.open(Path(library)) as opened:
        [decision] = opened.decisions.all()
    assert (decision.who, decision.note) == ("王芳", "问过")


def test_a_place_is_edited_by_its_name(run: Run, library: str) -> None:
    assert run("edit", library, "7d3a", "place", "衢州常山")[0] == 0
    assert case_in(library).place.names == ("浙江省", "衢州市", "常山县")


def test_what_is_so_already_is_not_decided(run: Run, library: str) -> None:
    assert run("edit", library, "7d3a", "title", "议事亭") == (1, "", "")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("edit", "7d3a", "title", " "), "标题不能空着"),
        (("edit", "7d3a", "published", "昨天"), "不是日期"),
        (("edit", "7d3a", "place", "查无此地甲"), "不认识地名"),
        (("edit", "7d3a", "颜色", "红"), "没有「颜色」这一项"),
        (("edit", "ffff", "title", "甲"), "没有这个编号的案例"),
        (("decide", "7d3a:figure/m9", "--verdict", "accepted"), "没有“figure/m9”"),
        (("decide", "7d3a:figure/m1", "--verdict", "changed", "--value", '{"indicator": "议事"}'), "不是数"),
    ],
)
def test_what_cannot_be_is_said_and_changes_nothing(run: Run, library: str, words: tuple[str, ...], said: str) -> None:
    code, out, err = run(words[0], library, *words[1:])
    assert (code, out) == (2, "")
    assert said in err
    assert (case_in(library).title, case_in(library).published) == (CASE.title, CASE.published)
    with Library.open(Path(library)) as opened:
        assert opened.decisions.all() == []


def test_a_file_that_is_no_library_is_said(run: Run, tmp_path: Path) -> None:
    code, _, err = run("digest", str(tmp_path / "没有.anlan"))
    assert code == 2
    assert "没有.anlan" in err


def test_a_figure_is_judged_changed_added_and_removed(run: Run, library: str) -> None:
    assert run("decide", library, "7d3a:figure/m1", "--verdict", "accepted", "--who", "王芳")[0] == 0
    assert case_in(library).metrics[0].state == "checked"
    value = json.dumps({"indicator": "议事", "value": "13", "unit": "场"})
    assert run("decide", library, "7d3a:figure/m1", "--verdict", "changed", "--value", value)[0] == 0
    assert case_in(library).metrics[0].value == 13
    value = json.dumps({"indicator": "参加的人", "value": "600", "unit": "人"})
    code, out, _ = run("decide", library, "7d3a:figure/", "--verdict", "added", "--value", value, "--json")
    assert code == 0
    assert json.loads(out)[0]["verdict"] == "added"
    assert [m.indicator for m in case_in(library).metrics] == ["议事", "参加的人"]
    assert run("decide", library, "7d3a:figure/m1", "--verdict", "rejected", "--value", "null")[0] == 0
    assert [m.indicator for m in case_in(library).metrics] == ["参加的人"]


def test_the_digest_tells_whether_two_libraries_say_the_same(run: Run, library: str) -> None:
    _, before, _ = run("digest", library)
    assert len(before.strip()) == 64
    run("edit", library, "7d3a", "title", "另一个题目")
    _, after, _ = run("digest", library, "--json")
    assert json.loads(after)["digest"] != before.strip()


def test_a_verdict_goes_back_to_unchecked_and_a_doubt_is_put_aside(run: Run, library: str) -> None:
    run("decide", library, "7d3a:figure/m1", "--verdict", "changed", "--value", '{"indicator": "议事", "value": "13"}')
    assert (case_in(library).metrics[0].value, case_in(library).metrics[0].state) == (13, "checked")
    code, out, _ = run("decide", library, "7d3a:figure/m1", "--verdict", "withdrawn", "--who", "王", "--json")
    assert (code, [row["verdict"] for row in json.loads(out)]) == (0, ["withdrawn"])
    assert (case_in(library).metrics[0].value, case_in(library).metrics[0].state) == (12, "unchecked")
    assert run("decide", library, "7d3a:figure/m1", "--verdict", "withdrawn")[0] == 1
    code, out, _ = run("decide", library, ":doubt/d1", "--verdict", "rejected", "--note", "口径不同", "--who", "王")
    assert (code, out.split("\t")[1:]) == (0, [":doubt/d1", "rejected\n"])
    with Library.open(Path(library)) as opened:
        assert opened.decisions.said_of("doubt/") == {"d1": "wrong"}


def test_review_lists_cases_second_readings_and_differences(run: Run, library: str) -> None:
    code, out, err = run("review", library, "--next", "--unit", "case", "--json")
    assert (code, [row["case"] for row in json.loads(out)]) == (0, ["7d3a0001"])
    assert err == "还有 1 例没有核\n"
    run("decide", library, "7d3a", "--verdict", "accepted", "--who", "王")
    assert run("review", library, "--next", "--unit", "case")[0] == 1
    told = json.loads(run("review", library, "--progress", "--unit", "case", "--json")[1])
    assert (told["cases"], told["decided"], told["people"]) == (1, 1, {"王": 1})
    run("decide", library, "7d3a:figure/m1", "--verdict", "accepted", "--who", "王")
    for who, second, code in (("李", "needed", 1), ("李", "twice", 0), ("李", "never", 1), ("王", "twice", 1)):
        assert run("review", library, "--next", "--who", who, "--second", second)[0] == code
    assert run("review", library, "--conflicts", "--json")[1] == "[]\n"
