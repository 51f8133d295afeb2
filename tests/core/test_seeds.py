"""Seeds: what is read from one, and what the check finds in a bad one."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.records import Citation, Part, Place
from core.seeds import SeedError, read_printed_seed, read_seed, read_seeds
from core.seeds.check import Fault, _values_in, check_seeds

CASES = json.loads((Path(__file__).parents[1] / "cases" / "seeds.json").read_text("utf-8"))
SHIPPED = Path(__file__).parents[2] / "seeds"
SEED = """id = "7d1f6f0e-0f0c-4e53-9d0a-3b0e5a6f1c11"
title = "青石社区的楼道会"
kind = "case"
section = ""
byline = ["林一"]
themes = ["基层治理", "民生服务"]
summary = "楼里的事楼里议。"
practice = "每月一会，当场派单。"
[citation]
published = "2031-05"
headline = "青石社区的楼道会"
[place]
province = "江西省"
city = "九江市"
county = "濂溪区"
[[mechanisms]]
name = "楼道会"
kind = "activity"
parts = [{ label = "会", meaning = "一月一会" }]
[[figures]]
indicator = "办结件数"
value = "1200"
unit = "件"
approx = "over"
printed = "1200余件"
quote = "楼道会办结1200余件"
[[figures]]
indicator = "户均节省"
value = "30000"
value_max = "50000"
unit = "元"
printed = "3至5万元"
quote = "户均节省3至5万元"
"""


def written(folder: Path, text: str | bytes, name: str = "a.toml") -> Path:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


@pytest.mark.parametrize("case", CASES["faults"], ids=lambda case: case["why"])
def test_a_fault_is_found_where_it_is(case: dict[str, str], tmp_path: Path) -> None:
    assert case["old"] in SEED
    written(tmp_path, SEED.replace(case["old"], case["new"], 1))
    fault, *others = check_seeds(tmp_path)
    assert not others
    assert (fault.file, fault.field) == ("a.toml", case["field"])
    assert case["says"] in fault.text


def test_all_faults_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    broken = SEED.replace("民生服务", "天气").replace('"1200"', "1200").replace("2031-05", "五月")
    written(tmp_path, broken)
    assert [fault.field for fault in check_seeds(tmp_path)] == ["themes", "citation.published", "figures[1].value"]


@pytest.mark.parametrize("case", CASES["sound"], ids=lambda case: case["why"])
def test_what_is_allowed_is_no_fault(case: dict[str, str], tmp_path: Path) -> None:
    assert case["old"] in SEED
    written(tmp_path, SEED.replace(case["old"], case["new"], 1))
    assert check_seeds(tmp_path) == []


@pytest.mark.parametrize("case", CASES["numerals"], ids=lambda case: case["printed"])
def test_the_values_of_arabic_numerals(case: dict[str, list[str]]) -> None:
    assert _values_in(str(case["printed"])) == {Decimal(v) for v in case["values"]}


def test_the_shipped_seeds_are_clean_and_readable() -> None:
    assert [str(fault) for fault in check_seeds(SHIPPED)] == []
    assert len(read_seeds(SHIPPED)) == len(list(SHIPPED.glob("*.toml"))) > 0


def test_the_same_id_in_two_files(tmp_path: Path) -> None:
    written(tmp_path, SEED)
    written(tmp_path, SEED, "b.toml")
    assert check_seeds(tmp_path) == [Fault("b.toml", "id", "与 a.toml 的 id 相同")]


@pytest.mark.parametrize("text", [SEED.encode("gb18030"), b"\xff\xfe\x00", b"a = [", b"a = " + b"[" * 9000])
def test_a_file_that_is_no_toml_is_a_fault_that_names_it(text: bytes, tmp_path: Path) -> None:
    path = written(tmp_path, text)
    assert [(f.file, f.field) for f in check_seeds(tmp_path)] == [("a.toml", "")]
    with pytest.raises(SeedError, match=r"a\.toml"):
        read_seed(path)


def test_an_empty_folder_is_a_fault(tmp_path: Path) -> None:
    assert "没有找到" in check_seeds(tmp_path)[0].text


def test_a_case_is_read_whole(tmp_path: Path) -> None:
    case = read_seed(written(tmp_path, SEED))
    assert case.place == Place(province="江西省", city="九江市", county="濂溪区")
    assert case.citations == (Citation(published="2031-05", headline=case.title, byline=("林一",)),)
    assert (case.published, case.body, case.background, case.result) == ("2031-05", (), "", "")
    assert case.mechanisms[0].parts == (Part("会", "一月一会"),)


def test_a_figure_is_read_whole_without_spans(tmp_path: Path) -> None:
    figure = read_seed(written(tmp_path, SEED)).metrics[1]
    assert (figure.value, figure.value_max, figure.unit) == (Decimal(30000), Decimal(50000), "元")
    assert (figure.printed, figure.quote, figure.approx) == ("3至5万元", "户均节省3至5万元", "exact")
    assert (figure.span, figure.quote_span) == (None, None)


def test_the_words_that_name_place_and_mechanism_come_with_it(tmp_path: Path) -> None:
    quoted = SEED.replace('county = "濂溪区"', 'county = "濂溪区"\nquote = "濂溪区办起"').replace(
        'kind = "activity"', 'kind = "activity"\nquote = "青石“楼道会”"'
    )
    case, quotes = read_printed_seed(written(tmp_path, quoted))
    assert quotes == ("濂溪区办起", "青石“楼道会”")
    assert case == read_seed(written(tmp_path, SEED, "b.toml"))
    written(tmp_path, quoted.replace("濂溪区办起", "濂溪区办起" * 5))
    assert [fault.field for fault in check_seeds(tmp_path) if fault.file == "a.toml" and fault.field != "id"] == [
        "place.quote"
    ]


def test_figures_and_mechanisms_keep_their_ids(tmp_path: Path) -> None:
    first, again = (read_seed(written(tmp_path, text)) for text in (SEED, SEED.replace("当场派单", "随后派单")))
    assert [m.id for m in first.metrics] == [m.id for m in again.metrics]
    assert len({first.id, *(m.id for m in first.metrics), *(m.id for m in first.mechanisms)}) == 4


def test_windows_line_ends_and_a_byte_order_mark(tmp_path: Path) -> None:
    windows = written(tmp_path, b"\xef\xbb\xbf" + SEED.replace("\n", "\r\n").encode())
    assert read_seed(windows) == read_seed(written(tmp_path, SEED, "b.toml"))


def test_seeds_come_in_the_order_of_their_names(tmp_path: Path) -> None:
    written(tmp_path, SEED.replace("7d1f", "8d1f"), "b.toml")
    written(tmp_path, SEED)
    assert [case.id[0] for case in read_seeds(tmp_path)] == ["7", "8"]


@given(at=st.integers(0, len(SEED) - 1), text=st.sampled_from(["", '"', "[", "]", "= 1\n", "\0", "\n[place]\n", "九"]))
def test_a_damaged_seed_never_crashes_the_check(at: int, text: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("seeds")
    written(folder, SEED[:at] + text + SEED[at + 1 :])
    assert all(isinstance(fault, Fault) for fault in check_seeds(folder))
