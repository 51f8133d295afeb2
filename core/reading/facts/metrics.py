"""Figures with everything that makes them worth quoting: of what, whose, when, and the words that hold them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property

from core.reading.facts.indicators import Indicators, Named
from core.reading.facts.periods import find_periods, last_day, names_a_day, period_of
from core.reading.facts.subjects import Subjects
from core.reading.figures.find import Figure, find_figures
from core.records import Metric, Place, Span
from core.text.clauses import Clauses
from core.text.repair import Repaired

__all__ = ["Figure", "find_figures", "find_metrics"]

_QUOTE_LENGTH = 40
_NEAR = 12
"""So many expressions of time before a figure are looked at."""
_SAME_PLACE = 12
"""A figure parted by no more characters of layout than this (two line breaks with indents) stands in one place."""
_LEAST_BARE = 10_000
"""A number without a unit is worth keeping from here on (产值突破3000万)."""
_HAS_GROUPS = tuple("村屯寨")
_WAYS = {
    "after": (0.9, "指标取量词后面的名词"),
    "before": (0.9, "指标取数前的中心词"),
    "share": (0.85, "指标取“占”前面的词"),
    "growth": (0.85, "指标取增减的对象"),
    "guess": (0.55, "指标从邻近的话推得"),
}
_WHEN = {"sentence": "时间在同一句", "carried": "时间承前文", "": "没有写明时间"}
# 65岁以上|老人5600人, 60岁|及以上老人
_WHO_IS_COUNTED = re.compile("(?:、[^，。；、]{1,8}岁(?:及?以[上下])?)*(?!之间|左右)[的及\u3400-\u9fff]")
# 10亿元以上|企业, 50亩以上|的种粮大户: which of them are meant, not how much there is
_WHICH_OF_THEM = re.compile(
    "的[\u3400-\u9fff]{0,4}城市|的?(?:[\u3400-\u9fff]{0,6}?)(?:企业|项目|工程|园区|集群|品牌|[大农]户|家庭农场|家庭|客户|城市|单品|订单|合同|[县镇村](?![民里]))"
    "(?=[^\u3400-\u9fff]|[有达为已增超近共约数]|$)"
)
# 78岁|的王一
_PERSON = re.compile("的[\u3400-\u9fff]")


def find_metrics(paragraphs: Sequence[Repaired], *, place: Place) -> list[Metric]:
    """Return the figures of an article's paragraphs, each with indicator, subject, period, quote and its spans.

    ``place`` is the article's own; a figure whose sentence names another place or body is that one's.
    """
    metrics: list[Metric] = []
    day = ""
    for paragraph in paragraphs:
        reader = _Paragraph(paragraph, place, day)
        metrics.extend(reader.metrics())
        day = last_day(reader.periods) or day
    return metrics


class _Paragraph:
    """Reads the figures of one paragraph; each may lean on those before it."""

    def __init__(self, paragraph: Repaired, place: Place, day: str = "") -> None:
        self.repaired = paragraph
        self.text = paragraph.text
        self.day = day
        self.figures = [f for f in find_figures(self.text) if self._is_metric(f)]
        self.periods = find_periods(self.text) if self.figures or names_a_day(self.text) else []
        self.period_ends = [p.end for p in self.periods]
        self.place = place

    @cached_property
    def clauses(self) -> Clauses:
        """The clauses of the paragraph, looked for when there is a figure."""
        return Clauses(self.text)

    @cached_property
    def subjects(self) -> Subjects:
        """The places and bodies of the paragraph, looked for when a figure asks."""
        return Subjects(self.text, self.place)

    def _is_metric(self, figure: Figure) -> bool:
        """Not a small bare number, nor what says who is counted (65岁以上老人|5600人); 78岁的某人 is an age."""
        if not figure.unit:
            return abs(figure.value) >= _LEAST_BARE
        if figure.unit not in ("岁", "周岁"):
            return True
        if figure.approx in ("over", "under") and self.text[figure.end : figure.end + 1].isdigit():
            return False
        if not _WHO_IS_COUNTED.match(self.text, figure.end):
            return True
        return figure.approx == "exact" and _PERSON.match(self.text, figure.end) is not None

    def metrics(self) -> list[Metric]:
        """Return the metrics in order."""
        if not self.figures:
            return []
        names = Indicators(self.text, self.figures, self.periods, self.clauses).all()
        found = zip(self.figures, names, strict=True)
        return [self._metric(figure, named) for figure, named in found if not self._says_which(figure)]

    def _says_which(self, figure: Figure) -> bool:
        """亿元以上企业, 50亩以上的大户, 柳溪村3组: a figure that is a part of the name of what others count."""
        if figure.unit == "组":
            return any(f"{where}{figure.printed}" in self.text for where in _HAS_GROUPS)
        bounds = figure.kind in ("money", "area", "number") and figure.printed.endswith(("以上", "以下"))
        return bounds and _WHICH_OF_THEM.match(self.text, figure.end) is not None

    def _metric(self, figure: Figure, named: Named) -> Metric:
        last = bisect_right(self.period_ends, figure.start)
        period, came = period_of(figure.start, self.periods[max(0, last - _NEAR) : last], self.text, self.day)
        confidence, reason = _confidence(figure, named, came)
        quote = self._quote(figure)
        span, whole = self._source_span(figure.start, figure.end)
        return Metric(
            indicator=named.indicator,
            value=figure.value,
            unit=figure.unit,
            value_max=figure.value_max,
            approx=figure.approx,
            subject=self.subjects.of(figure.start, self.clauses.sentence(figure.start)),
            period=period,
            kind="growth" if figure.kind == "ratio" and named.way == "growth" else figure.kind,
            printed=figure.printed,
            span=span,
            quote=self.text[quote[0] : quote[1]],
            quote_span=self._source_span(*quote)[0],
            confidence=round(confidence * (1.0 if whole else 0.8), 2),
            reason=reason if whole else f"{reason}；数据印在断开的两处",
        )

    def _source_span(self, start: int, end: int) -> tuple[Span, bool]:
        """Where a piece of the text was printed; where a column break cuts it, its longest part."""
        runs = self.repaired.spans(start, end, _SAME_PLACE)
        return (runs[0], True) if len(runs) == 1 else (max(runs, key=lambda run: run.end - run.start), False)

    def _quote(self, figure: Figure) -> tuple[int, int]:
        """The clause that holds the figure, cut to about forty characters."""
        start, end = self.clauses.clause(figure.start)
        if end - start > _QUOTE_LENGTH:
            room = _QUOTE_LENGTH - (figure.end - figure.start)
            start = max(start, figure.start - room * 2 // 3)
            end = min(end, max(figure.end, start + _QUOTE_LENGTH))
        return start, max(end, figure.end)


def _confidence(figure: Figure, named: Named, came: str) -> tuple[float, str]:
    """How sure a metric is and why, in words."""
    sure, words = _WAYS[named.way]
    if not figure.unit:
        return min(sure, 0.4), f"{words}；没有印出单位"
    if not named.indicator:
        return 0.3, "没有读出指标"
    return sure * (0.95 if came == "carried" else 1.0), f"{words}；{_WHEN[came]}"
