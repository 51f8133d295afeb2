"""A time after the paper's own day, for something that the words tell as done."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from core.doubts.moments import first_day, last_day_of
from core.doubts.printed import Printed
from core.doubts.records import Doubt, Quote, doubt
from core.records import date_text

_AHEAD = re.compile(
    "将|会|要|达到|超过|不低于|不少于|可|能|力争|计划|规划|预[计测期]|估计|目标|拟|届时|有望|确保|应|需|[^今去]年底前|打算|提出|如果"
)
"""Words of a sentence that speaks of what is to come."""
_DONE = re.compile("已|了")


def dates(figures: Sequence[Printed]) -> Iterator[Doubt]:
    """Yield figures whose time begins after the paper was printed, in a sentence without a word of what is to come.

    The time stands in another sentence, or the clause says that it is done: a plan says neither.
    """
    for figure in figures:
        metric, printed = figure.metric, last_day_of(figure.case.published)
        begins = first_day(metric.period, figure.case.published) if printed and metric.state != "checked" else None
        if begins is None or printed is None or begins <= printed or _AHEAD.search(figure.whole_sentence):
            continue
        far = metric.period not in figure.whole_sentence and figure.place >= 0
        if far or _DONE.search(figure.text, figure.clause, figure.clause_end):
            day = date_text(figure.case.published)
            words = f"「{metric.indicator}」{figure.said} 的时间是「{metric.period}」，晚于登报的 {day}"
            paper = Quote(figure.case.id, "", day)
            yield doubt("date", [figure.target], [metric.period], words, [figure.quote, paper])
