"""Dates as people type them become ISO dates; what the calendar does not have, and rubbish, is refused."""

from __future__ import annotations

import json
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.dates import clock_time, read_date

FORMS = ("{0}-{1}-{2}", "{0}.{1}.{2}", "{0}/{1}/{2}", "{0}年{1}月{2}日", "{0}{1:02}{2:02}")
CASES = json.loads((Path(__file__).parents[1] / "cases" / "dates.json").read_text("utf-8"))


@pytest.mark.parametrize(("typed", "iso"), CASES["dates"])
def test_dates_as_people_type_them(typed: str, iso: str) -> None:
    assert read_date(typed) == iso


@pytest.mark.parametrize("typed", CASES["none"])
def test_what_is_no_date_is_refused(typed: str) -> None:
    assert read_date(typed) is None


@given(st.dates(date(1000, 1, 1)), st.sampled_from(FORMS))
def test_every_day_is_read_in_every_form(day: date, form: str) -> None:
    assert read_date(form.format(day.year, day.month, day.day)) == day.isoformat()


@given(st.text(max_size=12))
def test_what_comes_out_reads_as_itself(typed: str) -> None:
    found = read_date(typed)
    assert found is None or read_date(found) == found


@pytest.mark.parametrize("when", ["", "昨天"])
def test_what_is_no_time_stays(when: str) -> None:
    assert clock_time(when) == when


def test_a_time_is_shown_to_the_minute_by_the_clock_on_the_wall(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    time.tzset()
    try:
        assert clock_time("2024-05-01T20:30:59Z") == "2024-05-02 04:30"
        assert clock_time("2024-05-01T20:30:59Z", "%Y-%m-%d") == "2024-05-02"
    finally:
        monkeypatch.undo()
        time.tzset()
