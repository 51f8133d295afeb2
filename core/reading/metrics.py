"""Figures with everything that makes them worth quoting: of what, whose, when, and the words that hold them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from core.overlay import Repaired
from core.reading.clauses import Clauses
from core.reading.figures import Figure, find_figures
from core.reading.indicators import Indicators, Named
from core.reading.periods import find_periods, last_day, period_of
from core.records import Metric, Place, Span

__all__ = ["Figure", "find_figures", "find_metrics"]

_QUOTE_LENGTH = 40
_NEAR = 12
"""So many expressions of time before a figure are looked at."""
_LEAST_BARE = 10_000
"""A number without a unit is worth keeping from here on (产值突破3000万)."""
_WHO_IS_COUNTED = re.compile("(?!之间|左右)[的及\u3400-\u9fff]")
_NAME_START = (
    r"(?:(?:^|[，。；：、“（\s])(?:[在由为对向如与和以]|当地|位于|来自|近日|目前)?"
    r"|[在由对向于]|位于|来自|[省市县区镇乡道])"
)
_BODIES = (
    "有限公司|股份公司|公司|集团|合作社|研究院|研究所|大学|学院|中学|小学|医院|大队|支队|分局|派出所"
    "|管委会|联盟|服务中心"
)
_ORG = re.compile(rf"{_NAME_START}(?P<name>[\u4e00-\u9fffA-Za-z·]{{2,16}}?(?:{_BODIES}))")
_TOWN = re.compile(
    _NAME_START + r"(?P<name>[\u4e00-\u9fff]{2,4}?(?:街道|镇|乡|社区|村)(?![民级里集委干务镇组落庄容情规史企居区]))"
)
_NO_NAME = re.compile(
    "^城$|[其的了个新各每全以农该本我这那等多几和与及共有将把被已为在]|[一二三四五六七八九十两]|工作|建设|组织|服务|建成|成立|打造|推动|开展"
)
_WHOLE_AREA = re.compile(r"(?:全|我|本|该)([省市县区镇乡村])")


def find_metrics(paragraphs: Sequence[Repaired], *, place: Place, title: str) -> list[Metric]:
    """The figures of an article's paragraphs, each with indicator, subject, period, quote and spans in the source.

    ``place`` is the article's own; a figure whose sentence names another place or body is that one's. ``title`` is
    there for readers that need it to tell whose figure it is; the words of the paragraphs have sufficed so far.
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
        self.place = place
        self.day = day
        self.figures = [f for f in find_figures(self.text) if self._is_metric(f)]
        self.periods = find_periods(self.text)
        self.period_ends = [p.end for p in self.periods]
        self.clauses = Clauses(self.text)

    def _is_metric(self, figure: Figure) -> bool:
        """Not a small bare number, nor an age that only says who is counted (65岁以上老人|5600人)."""
        if not figure.unit:
            return abs(figure.value) >= _LEAST_BARE
        return not (figure.unit == "岁" and _WHO_IS_COUNTED.match(self.text, figure.end))

    def metrics(self) -> list[Metric]:
        """The metrics in order."""
        names = Indicators(self.text, self.figures, self.periods, self.clauses).all()
        return [self._metric(figure, named) for figure, named in zip(self.figures, names, strict=True)]

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
            subject=self._subject(figure),
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
        offsets = self.repaired.offsets[start:end]
        runs: list[list[int]] = [[offsets[0]]]
        for at in offsets[1:]:
            if 0 < at - runs[-1][-1] <= 12:
                runs[-1].append(at)
            else:
                runs.append([at])
        best = max(runs, key=len)
        return Span(best[0], best[-1] + 1), len(runs) == 1

    def _quote(self, figure: Figure) -> tuple[int, int]:
        """The clause that holds the figure, cut to about forty characters."""
        start, end = self.clauses.clause(figure.start)
        if end - start > _QUOTE_LENGTH:
            room = _QUOTE_LENGTH - (figure.end - figure.start)
            start = max(start, figure.start - room * 2 // 3)
            end = min(end, max(figure.end, start + _QUOTE_LENGTH))
        return start, max(end, figure.end)

    def _subject(self, figure: Figure) -> str:
        """The place or body named in the sentence before the figure, else the article's place."""
        sentence = self.clauses.sentence(figure.start)
        window = self.text[max(sentence, figure.start - 60) : figure.start]
        own = _own_name(self.place)
        named = [m for m in (*_ORG.finditer(window), *_TOWN.finditer(window)) if _is_own_name(m, window)]
        if not named:
            return own
        last = max(named, key=lambda m: m.end())
        return own if _WHOLE_AREA.search(window, last.end()) else last["name"]


def _is_own_name(match: re.Match[str], window: str) -> bool:
    """Whether a body's name is one, and not what is being counted (社区卫生服务中心47个)."""
    return not _NO_NAME.search(match["name"][:-1]) and match.end() < len(window) - 1


def _own_name(place: Place) -> str:
    names = place.names
    return names[-1] if names else ""


def _confidence(figure: Figure, named: Named, came: str) -> tuple[float, str]:
    """How sure a metric is and why, in words."""
    words = {
        "after": "指标取量词后面的名词",
        "before": "指标取数前的中心词",
        "share": "指标取“占”前面的词",
        "growth": "指标取增减的对象",
        "guess": "指标从邻近的话推得",
    }
    sure = {"after": 0.9, "before": 0.9, "share": 0.85, "growth": 0.85, "guess": 0.55}[named.way]
    if not figure.unit:
        return min(sure, 0.4), f"{words[named.way]}；没有印出单位"
    if not named.indicator:
        return 0.3, "没有读出指标"
    when = {"sentence": "时间在同一句", "carried": "时间承前文", "": "没有写明时间"}[came]
    return sure * (0.95 if came == "carried" else 1.0), f"{words[named.way]}；{when}"
