"""Very many decisions at once are settled as one by one, and what SQL says of a figure is what Python says."""

from __future__ import annotations

import shutil
import tempfile
from decimal import Decimal
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.decisions import Target, figure_value
from core.library import Library, Query, Wish, log_rows, settling, taking
from core.library.checking import check
from core.records import APPROX_WORDS, Case, Metric, Span

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)
SPANS = st.none() | st.tuples(st.integers(0, 9), st.integers(0, 9)).map(lambda two: Span(two[0], two[0] + two[1]))
NUMBERS = st.decimals(-(10**6), 10**6, places=2)
FIGURES = st.builds(
    Metric, indicator=TEXTS, value=NUMBERS, unit=TEXTS, value_max=st.none() | NUMBERS,
    approx=st.sampled_from([*APPROX_WORDS]), subject=TEXTS, period=TEXTS, kind=st.sampled_from(["count", "money"]),
    printed=TEXTS, quote=TEXTS, span=SPANS, quote_span=SPANS, confidence=st.floats(0, 1), reason=TEXTS,
)  # fmt: skip
PATIENT = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@PATIENT
@given(figure=FIGURES)
def test_a_figure_says_the_same_in_sql(library: Library, figure: Metric) -> None:
    num = library.decisions.add_case(Case("", "一例", body=("文",), metrics=(figure,)))
    [stored] = library.cases.load(num).metrics
    [text] = library._db.execute(f"SELECT {settling.FIGURE_AS_JSON} FROM metrics WHERE case_num = ?", (num,)).fetchone()
    assert text == log_rows.as_json(figure_value(stored))


VALUES = st.sampled_from(["1", "2.5", "7"])
NAMES = st.sampled_from(["议事亭", "晾谷场", "夜间公交"])
WISHES = st.lists(
    st.tuples(
        st.integers(1, 3), st.integers(0, 1),
        st.sampled_from(["accepted", "changed", "rejected", "unsure", "gone", "title", "case", "bin"]), NAMES, VALUES,
    ),
    min_size=1, max_size=6, unique_by=lambda one: (one[0], one[1], one[2] in ("title", "case", "bin") and one[2]),
)  # fmt: skip


def two_figures(prefix: str) -> tuple[Metric, ...]:
    return tuple(
        Metric(f"第{n}项", Decimal(n), "个", id=f"{prefix}{n}", printed=f"{n}个", quote=f"第{n}项{n}个")
        for n in range(2)
    )


@settings(max_examples=15, deadline=None)
@given(wishes=WISHES)
def test_many_at_once_are_as_one_by_one(wishes: list[tuple[int, int, str, str, str]]) -> None:
    """Decided one by one on a library; the same rows are put into the log of a copy and settled at once."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        with Library.create(folder / "一.anlan") as one:
            one.cases.add([Case(f"c{n}", f"第{n}例", body=("文",), metrics=two_figures(f"c{n}m")) for n in (1, 2, 3)])
        shutil.copy(folder / "一.anlan", folder / "二.anlan")
        with Library.open(folder / "一.anlan") as one, Library.open(folder / "二.anlan") as other:
            for num, which, what, name, value in wishes:
                decide(one, num, which, what, name, value)
            rows = one.decisions.all()
            with other._file.transaction() as revision:
                settling.add_rows(other._db, [*map(log_rows.row_of, rows)])
                taking.finish(other._db, settling.settle(other._db, [row.target for row in rows]), revision)
            assert other.decisions.digest() == one.decisions.digest()
            assert not check(folder / "二.anlan").findings
            for word in ("议事亭", "晾谷场", "第1例", "改题"):
                found = [sorted(x.search.find(Query(words=word)).nums.tolist()) for x in (one, other)]
                assert found[0] == found[1]


def decide(library: Library, num: int, which: int, what: str, name: str, value: str) -> None:
    """Say something of a case, where it still is."""
    if library._db.execute("SELECT 1 FROM cases WHERE num = ?", (num,)).fetchone() is None:
        return
    part = f"figure/c{num}m{which}"
    there = {m.id for m in library.cases.load(num).metrics}
    if what in ("title", "case", "bin"):
        said = {"title": ("changed", f"改题{name}"), "case": ("accepted", None), "bin": ("changed", True)}[what]
        library.decisions.decide([Wish(num, what, said[0], said[1])])  # type: ignore[arg-type]
    elif f"c{num}m{which}" in there:
        after = {"indicator": name, "value": value, "unit": "个"}
        wish = Wish(num, part, "rejected", None) if what == "gone" else Wish(num, part, what, after)  # type: ignore[arg-type]
        library.decisions.decide([wish])
        assert library.decisions.on(Target(f"c{num}", part))
