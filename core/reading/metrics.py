"""Figures with everything that makes them worth quoting: of what, whose, when, and the words that hold them."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from core.overlay import Repaired
from core.reading.figures import Figure, find_figures
from core.reading.periods import Period, find_periods, is_rate, last_day, period_of
from core.reading.units import load_table
from core.reading.words import LONGEST, Words, word_model
from core.records import Metric, Place, Span

__all__ = ["Figure", "find_figures", "find_metrics"]

_QUOTE_LENGTH = 40
_REACH = 120
"""No clause is looked at further than this from its figure."""
_CLAUSE_END = re.compile(r"[，。；：！？,;!?\n]")
_SENTENCE_END = re.compile(r"[。！？!?\n]")
_QUOTED = re.compile(r"“[^“”，。]{1,20}”|\"[^\"，。]{1,20}\"|‘[^‘’，。]{1,20}’|《[^《》]{1,30}》|[A-Za-z][A-Za-z0-9.]*")
_BRACKETED = re.compile(r"[（(][^（）()]{0,30}[）)]")
_LONG_BRACKET = re.compile(r"[（(][^（）()]{5,40}[）)]")
_KINDS_OF = re.compile(r"[^，。；和与及]{1,30}?等([^，。；]{2,})")
_NUMBER_WORD = re.compile("[一二三四五六七八九十百千万亿两\\d]")
_TIME_WORD = re.compile("(?<![青少中老童成])年$|[月日时天周]$|季度|上午|下午|^今|昨|目前|现在|近")
_ACT_TAIL = re.compile("(?:全覆盖|试点|入驻|就业|创业|落户|一体|进驻|参展|参加|参与)$")
_TERM = re.compile("[^，。；、的]{0,14}?(?:计划|规划|方案|合同|协议|许可|保修|期限|有效期|合作)(?![^，。；、的]{2})")
_EACH_TAIL = re.compile(
    "(?<=.)每(?:斤|公斤|千克|吨|亩|公顷|平方米|平米|立方米|升|度|人|户|头|只|箱|件|盒|袋|瓶|棵|株|餐|次|月|年|天|日|周|小时)$"
)
_MORE_OR_LESS = re.compile(
    "(?:同?比|较)[^，。；]{1,10}?(增加|增长|减少|提高|降低|下降|高出|上涨|多|少|增|减|降)了?$|^(?:也|又|再|还)?(增加|减少|提高|降低|下降|高出|上涨|上升)了?$"
)
_PREPOSITION = re.compile(
    "(?:[在于从对向为供将把由给与和让使]|覆盖|惠及|涉及|联合|来自|带动|吸引|帮助|组织)(?:了)?(?:周边|当地|本地|全[省市县区镇乡村]|沿线|辖区|附近|其他|这)?(?:约|近|超过?|共)?$"
)
_HAN = re.compile(r"[\u3400-\u9fffA-Za-z0-9]")
_GROWTH = re.compile(
    r"(?P<base>[^，。；：]*)(?P<mark>增长率?|增速|增幅|降幅|涨幅|增加(?!值)|上升|上涨|提高|提升|下降|降低|减少|回落|下滑|压缩|缩短|下调|上调|收窄|精简|压减|跃升|攀升|高于|低于|快于|高出|增(?!加值|[量值资收])|降|涨)"
    r"(?:了|达到?|为|至|到|幅度)*(?P<than>[^，。；：]*?)$"
)
_COMPARED = re.compile(
    "(?:同比|环比|比上年同期|比上年|较上年同期|较上年|比去年同期|比去年|较去年|较年初|年均|累计|平均|分别|实际|名义|净|共|最高|最低)+$"
)
_SHARE = re.compile(
    r"(?P<base>[^，。；：]*?)(?:约|仅|已)?占(?:比)?(?:达到?|为|了|约|超)?(?P<whole>[^，。；：]*?)的?(?:约|近|超)?$"
)
_RANKING = re.compile(
    r"(?P<base>[^，。；]*?)(?:稳?居|位列|位居|排名?|名列|列|跃居|跃升至?|升至|上升至?到?|由|从)*在?(?P<among>全[国省市县区州球镇乡]|[\u4e00-\u9fff]{2,3}[省市县区])?(?:前列)?$"
)
_CHANGE_FROM = re.compile(r"[从由][^，。；、]*$")
_LEVEL = re.compile(r"(?:国家|省|市|县|区|乡|镇|部|世界|全国|全省)级(?:以上)?$|[一二三四五]级$|[男女]性?$|[男女]生$")
_AND = re.compile(r"[、和与及以]+")
_NAME_START = r"(?:^|[，。；：、“（\s]|[在由为对向如与和以]|当地|位于|来自|近日|目前|[省市县区镇乡道])"
_ORG = re.compile(
    _NAME_START
    + r"(?P<name>[\u4e00-\u9fffA-Za-z·]{2,16}?(?:有限公司|股份公司|公司|集团|合作社|研究院|研究所|大学|学院|中学|小学|医院|大队|支队|分局|派出所|管委会|联盟|服务中心))"
)
_TOWN = re.compile(
    _NAME_START + r"(?P<name>[\u4e00-\u9fff]{2,4}?(?:街道|镇|乡|社区|村)(?![民级里集委干务镇组落庄容情规史企居区]))"
)
_NO_NAME = re.compile(
    "[的了个新各每全以农该本我这那等多几和与及共有将把被已为在]|[一二三四五六七八九十两]|工作|建设|组织|服务|建成|成立|打造|推动|开展"
)
_WHOLE_AREA = re.compile(r"(?:全|我|本|该)([省市县区镇乡村])")
_STOP_CLASSES = frozenset("pcurdtmyeohfq")
_PERSONS = frozenset("人 名 位 户 人次 户次 对".split())
_ONE_PLACE = frozenset("村县镇乡市省区国校企院街")
_PLACES = frozenset("村 镇 乡 县 市 省 区 街道 社区".split())
_GENERIC = frozenset(
    "者 方面 情况 问题 时间 左右 以上 部分 其他 其它 余 多 内 中 上 下 里 外 前 后 处 地 人 数".split()
)


@dataclass(frozen=True, slots=True)
class _Words:
    """The word tables for indicators."""

    plain: frozenset[str]
    nominal: frozenset[str]
    ends: frozenset[str]
    quantities: tuple[str, ...]
    suffix: dict[str, str]
    acts: frozenset[str]
    passable: frozenset[str]
    changes: frozenset[str]
    persons: tuple[str, ...]
    of_a_village: frozenset[str]


@lru_cache(maxsize=1)
def _words() -> _Words:
    table = load_table("indicators.toml")
    return _Words(
        frozenset(table["plain"].split()),
        frozenset(table["nominal"].split()),
        frozenset(table["ends"].split()),
        tuple(table["quantities"].split()),
        table["suffix"],
        frozenset(table["acts"].split()),
        frozenset(table["passable"].split()),
        frozenset(table["changes"].split()),
        tuple(table["persons"].split()),
        frozenset(table["of_a_village"].split()) | frozenset(table["ends"].split()),
    )


@dataclass(frozen=True, slots=True)
class _Named:
    """What a figure is of: the bare noun, the whole indicator, and how it was come by."""

    base: str
    indicator: str
    way: str


def find_metrics(paragraphs: Sequence[Repaired], *, place: Place, title: str) -> list[Metric]:
    """The figures of an article's paragraphs, each with indicator, subject, period, quote and spans in the source."""
    metrics: list[Metric] = []
    day = ""
    for paragraph in paragraphs:
        reader = _Paragraph(paragraph, place, title, day)
        metrics.extend(reader.metrics())
        day = last_day(reader.periods) or day
    return metrics


class _Paragraph:
    """Reads the figures of one paragraph; each may lean on those before it."""

    def __init__(self, paragraph: Repaired, place: Place, title: str, day: str = "") -> None:
        self.repaired = paragraph
        self.text = paragraph.text
        self.place = place
        self.title = title
        self.day = day
        self.figures = [
            f for f in find_figures(paragraph.text) if f.unit or (f.kind == "number" and abs(f.value) >= 10000)
        ]
        self.periods: list[Period] = find_periods(paragraph.text)
        self.named: list[_Named] = []
        self.clause_ends = _ends(_CLAUSE_END, self.text)
        self.sentence_ends = _ends(_SENTENCE_END, self.text)
        self.period_ends = [p.end for p in self.periods]

    def metrics(self) -> list[Metric]:
        """The metrics in order."""
        found = []
        for i, figure in enumerate(self.figures):
            named = self._name(i)
            self.named.append(named)
            found.append(self._metric(i, figure, named))
        return found

    def _metric(self, i: int, figure: Figure, named: _Named) -> Metric:
        period, came = period_of(figure.start, self._near_periods(figure.start), self.text, self.day)
        kind = "growth" if figure.kind == "ratio" and named.way == "growth" else figure.kind
        confidence, reason = _confidence(figure, named, came)
        quote = self._quote(figure)
        span, whole = self._source_span(figure.start, figure.end)
        quote_span, _ = self._source_span(*quote)
        return Metric(
            indicator=named.indicator,
            value=figure.value,
            unit=figure.unit,
            value_max=figure.value_max,
            approx=figure.approx,
            subject=self._subject(figure),
            period=period,
            kind=kind,
            printed=figure.printed,
            span=span,
            quote=self.text[quote[0] : quote[1]],
            quote_span=quote_span,
            confidence=round(confidence * (1.0 if whole else 0.8), 2),
            reason=reason if whole else f"{reason}；数据印在断开的两处",
        )

    def _near_periods(self, at: int) -> list[Period]:
        """The expressions of time before a place, the last dozen."""
        last = bisect_right(self.period_ends, at)
        return self.periods[max(0, last - 12) : last]

    # ---- where ----

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
        start, end = self._clause(figure.start)
        if end - start > _QUOTE_LENGTH:
            room = _QUOTE_LENGTH - (figure.end - figure.start)
            start = max(start, figure.start - room * 2 // 3)
            end = min(end, max(figure.end, start + _QUOTE_LENGTH))
        return start, max(end, figure.end)

    def _clause(self, at: int) -> tuple[int, int]:
        i = bisect_right(self.clause_ends, at)
        start = self.clause_ends[i - 1] if i else 0
        end = self.clause_ends[i] - 1 if i < len(self.clause_ends) else len(self.text)
        return max(start, at - _REACH), min(end, at + _REACH)

    def _sentence(self, at: int) -> int:
        """Where the sentence that holds a place begins."""
        i = bisect_right(self.sentence_ends, at)
        return max(self.sentence_ends[i - 1] if i else 0, at - 2 * _REACH)

    # ---- of what ----

    def _name(self, i: int) -> _Named:
        """The indicator of a figure: what its measure word counts, or the head before it."""
        figure = self.figures[i]
        before, after = self._around(i)
        if figure.kind == "rank":
            return self._rank(i, before)
        if figure.kind in ("ratio", "growth") or figure.unit == "百分点":
            return self._ratio(i, before, after)
        if figure.unit in ("倍", "番", "成"):
            return self._ratio(i, before, after)
        noun_after = _noun_after(
            after, in_phrase=_PREPOSITION.search(before) is not None, persons=figure.unit in _PERSONS
        )
        if figure.kind in ("count", "other", "number"):
            return self._count(i, before, after, noun_after)
        return self._measured(i, before, after, noun_after)

    def _around(self, i: int) -> tuple[str, str]:
        """The text of the clause before and after a figure, up to the neighbouring figures."""
        figure = self.figures[i]
        start, end = self._clause(figure.start)
        if i and self.figures[i - 1].end > start:
            start = self.figures[i - 1].end
        if i + 1 < len(self.figures):
            end = min(end, self.figures[i + 1].start)
        last = bisect_right(self.period_ends, figure.start)
        for period in self.periods[max(0, last - 4) : last]:
            if start < period.end <= figure.start and period.start >= start and not is_rate(period):
                start = period.end if self.text[period.end : period.end + 1] != "的" else start
        return self.text[start : figure.start], self.text[figure.end : max(end, figure.end)]

    def _count(self, i: int, before: str, after: str, noun_after: str) -> _Named:
        figure = self.figures[i]
        if figure.unit.startswith("次/"):
            noun = noun_after or _noun_before(before)
            return _Named(noun, f"{noun}频次", "after")
        listing = before.endswith("等") or re.search("等(?:共|约|近)?$", before) is not None
        if noun_after and (listing or "的" in after[:30] or not (_noun_before(before) and _starts_with_verb(after))):
            verb = _last_verb(before)
            return _Named(noun_after, _with_suffix(verb + noun_after, figure), "after")
        noun = _noun_before(before)
        if _LEVEL.search(noun) or (not noun and _LEVEL.search(before)):
            base = self._last_base("count")
            level = noun or (_LEVEL.search(before) or [""])[0]
            return _Named(base, _with_suffix(level + base, figure), "before")
        if figure.unit in _PLACES and not noun:
            near = _cut(before)[-1:] if before else []
            where = near[0][0] if near and near[0][1] in "fs" else ""
            return _Named(figure.unit, f"{where}{figure.unit}数", "before")
        if not noun and (ahead := self._noun_ahead(i, after)):
            return _Named(ahead, _with_suffix(ahead, figure), "after")
        if not noun:
            return self._fallback(i, before, after)
        if figure.unit in _PLACES and not noun.endswith(figure.unit):
            noun += figure.unit
        return _Named(noun, _with_suffix(noun, figure), "before")

    def _noun_ahead(self, i: int, after: str) -> str:
        """近50名、共11支…创客团队, 229处共9.97万平方米国有房产: the noun stands after the next figure."""
        if i + 1 >= len(self.figures) or not re.fullmatch(r"[、，]?(?:共计?|约|合计|和)?", after.strip()):
            return ""
        _, further = self._around(i + 1)
        return _noun_after(further)

    def _measured(self, i: int, before: str, after: str, noun_after: str) -> _Named:
        """Money, time, area, mass …: the head before the figure, else what follows it."""
        figure = self.figures[i]
        if self._is_second_of_change(i, before):
            base = self.named[i - 1].base
            return _Named(base, base, "before")
        if match := _MORE_OR_LESS.search(before.strip()):
            base = _noun_before(before[: match.start()]) or self._previous_base(i) or self._head_of_clause_before(i)
            return _Named(
                base,
                f"{base}{match[1] or match[2]}额" if figure.kind == "money" else f"{base}{match[1] or match[2]}量",
                "growth",
            )
        if figure.kind == "duration" and (named := self._lasting(before, after, figure)):
            return named
        if _CHANGE_FROM.search(before):
            before = before[: max(before.rfind("从"), before.rfind("由"))]
        noun = _noun_before(before)
        if noun_after and not after.startswith("的") and (not noun or not _starts_with_verb(after)):
            verb = _last_verb(before) if not noun else ""
            return _Named(noun_after, _measured_name(verb + noun_after, figure), "after")
        if noun:
            return _Named(noun, _measured_name(noun, figure), "before")
        if noun_after and not _bare_verb(before):
            return _Named(noun_after, _measured_name(noun_after, figure), "after")
        return self._fallback(i, before, after)

    def _lasting(self, before: str, after: str, figure: Figure) -> _Named | None:
        """连续3年通过认证, 3年的时间去试验, 一个月以内办结, 居民15分钟到达: what lasts is said by a verb."""
        if match := re.search("连续$|连着(?:上演|举办|开展)?$", before):
            act = re.split(r"[，。；、]", after)[0][:30]
            words = _cut(act)
            verb = words[0][0] if words and words[0][1] in "vp" else ""
            noun = _noun_after(act[len(verb) :]) if verb else ""
            lead = _noun_before(before[: match.start()]) if match[0] == "连续" and not noun else ""
            stem = match[0].removeprefix("连着")
            return _Named(
                noun or verb or lead,
                f"{lead}{stem}{verb}{noun}{'天数' if figure.unit == '天' else '年数' if figure.unit == '年' else '时长'}",
                "after",
            )
        if match := _TERM.match(after):
            return _Named(match[0], f"{match[0]}期限", "after")
        if match := re.match(r"(?:的)?时间(?:里)?(?:去|来|用于|用来|内)?(.{2,12})", re.split(r"[，。；、]", after)[0]):
            verb = _cut(match[1])[0][0]
            return _Named(verb, f"{verb}时长", "after")
        act = re.split(r"[，。；、\s]", after)[0]
        if (
            act.endswith(("到", "至", "为", "了"))
            or not 2 <= len(act) <= 4
            or not _HAN.match(act)
            or _starts_plainly(act)
        ):
            return None
        if figure.approx == "under":
            return _Named(act, f"{act}时限", "after")
        noun = _noun_before(before)
        is_act = _cut(act)[0][1] in "vg"
        return _Named(noun, f"{noun}{act}时间", "before") if noun and is_act and not _is_quantity(noun) else None

    def _is_second_of_change(self, i: int, before: str) -> bool:
        """提高到6小时 after 由平均2小时."""
        if i == 0 or self.figures[i - 1].unit.split("/")[0] != self.figures[i].unit.split("/")[0]:
            return False
        return bool(
            re.search(
                r"^(?:的)?(?:提高|增加|增长|上升|提升|下降|降低|降|减少|缩短|扩大|扩展|延长|发展|拓展|升|增|涨|跌|跃升|压缩|缩减|精简|优化|回落|下调|上调|改)?(?:到|至|为)了?$",
                before.strip(),
            )
        )

    def _ratio(self, i: int, before: str, after: str) -> _Named:
        """Shares, rates, growth; two of a list share out the heads before 分别."""
        figure = self.figures[i]
        if self._is_second_of_change(i, before) and self.named:
            base = self.named[i - 1].base
            return _Named(base, self.named[i - 1].indicator, self.named[i - 1].way)
        if shared := self._shared_out(i):
            return shared
        clause = before
        if _CHANGE_FROM.search(clause):
            clause = clause[: max(clause.rfind("从"), clause.rfind("由"))]
        if after.startswith("的") and not _noun_before(clause) and (noun := _noun_after(after)):
            return _Named(noun, f"{noun}占比", "after")
        share = _SHARE.search(clause)
        if share and "占" in clause and not re.search("增|降|升|提高", share["whole"]):
            return self._share(i, share)
        if match := _GROWTH.search(clause):
            return self._growth(i, match)
        noun = _noun_before(clause)
        if noun:
            return _Named(noun, noun if figure.unit in ("倍", "番") or _is_quantity(noun) else f"{noun}占比", "before")
        return self._fallback(i, before, "")

    def _growth(self, i: int, match: re.Match[str]) -> _Named:
        """同比增长5.4%, 下降53%, 高于全国平均水平2.1个百分点."""
        mark, words = match["mark"], match["base"]
        compared = _COMPARED.search(words)
        head = words[: compared.start()] if compared else words
        base = _noun_before(head) or self._previous_base(i) or self._head_of_clause_before(i)
        if mark.startswith(("高", "低", "快")):
            than = match["than"].strip("了的")[-10:]
            last = self.named[i - 1] if i else None
            rate = "增速" if last and last.way == "growth" and last.base == base else ""
            return _Named(base, f"{base}{rate}{mark}{than}", "growth")
        if base.endswith(("占比", "比重", "率", "比例")):
            return _Named(base, f"{base}{'下降' if mark in _DOWN else '提高'}幅度", "growth")
        same = "同比" if compared and "同比" in compared[0] else ""
        return _Named(base, f"{base}{same}{'降幅' if mark in _DOWN else '增速'}", "growth")

    def _share(self, i: int, match: re.Match[str]) -> _Named:
        """党员占34%, 占耕地总面积的61.67%."""
        base = _noun_before(match["base"]) or self._previous_base(i)
        whole = _noun_before(match["whole"]) or match["whole"][-6:]
        return _Named(base, f"{base}占{whole}比重" if whole else f"{base}占比", "share")

    def _shared_out(self, i: int) -> _Named | None:
        """A和B分别增长x和y: the heads and the figures of one list, one to one."""
        first, last = self._list_around(i)
        if last == first:
            return None
        start, _ = self._clause(self.figures[first].start)
        head = self.text[start : self.figures[first].start]
        at = max(head.rfind("分别"), head.rfind("依次"))
        if at < 0:
            return None
        count = last - first + 1
        mark = head[at + 2 :]
        growth = _GROWTH.search(mark)
        way = "growth" if growth or self.figures[i].unit == "百分点" else "before"
        heads = _split_heads(head[:at], count)
        if not heads and first >= count and len(self.named) >= first:
            heads = [n.indicator for n in self.named[first - count : first]]
        compared = _split_heads(re.sub(r"^.*?[高低快]于", "", mark), count) if re.search("[高低快]于", mark) else []
        if compared:
            base = _noun_before(head[:at]) or self._previous_base(first)
            return _Named(base, f"{base}增速高于{compared[i - first]}", "growth")
        if not heads:
            return None
        base = heads[i - first]
        tail = "" if way == "before" else "提高幅度" if base.endswith(("占比", "率", "比重", "比例")) else "增速"
        return _Named(base, base + tail, way)

    def _list_around(self, i: int) -> tuple[int, int]:
        """First and last figure of the list that a figure is in: nothing but 、和与 stands between them."""
        first = last = i
        while first and _AND.fullmatch(self.text[self.figures[first - 1].end : self.figures[first].start]):
            first -= 1
        while last + 1 < len(self.figures) and _AND.fullmatch(
            self.text[self.figures[last].end : self.figures[last + 1].start]
        ):
            last += 1
        return first, last

    def _previous_base(self, i: int) -> str:
        for k in range(min(i, len(self.named)) - 1, -1, -1):
            if self.named[k].base:
                return self.named[k].base
        return ""

    def _last_base(self, kind: str) -> str:
        for k in range(len(self.named) - 1, -1, -1):
            if self.figures[k].kind == kind and self.named[k].base and not _LEVEL.search(self.named[k].base):
                return self.named[k].base
        return ""

    def _rank(self, i: int, before: str) -> _Named:
        """数量居全市之首 → 数量全市排名."""
        match = _RANKING.search(before)
        base = _noun_before(match["base"]) if match else ""
        among = (match["among"] or "") if match else ""
        base = base or self._previous_base(i) or self._head_of_clause_before(i)
        return _Named(base, f"{base}{among}排名", "before")

    def _head_of_clause_before(self, i: int) -> str:
        """The subject of the clause before: 村集体经济收入连年增收，今年已突破50万元."""
        start, _ = self._clause(self.figures[i].start)
        sentence = self._sentence(start - 1) if start else 0
        clauses = [
            re.split(r"\d", c)[0] for c in _CLAUSE_END.split(self.text[sentence : max(sentence, start - 1)]) if c
        ]
        for clause in reversed(clauses[-2:]):
            if noun := _subject_of(clause):
                return noun
        return ""

    def _fallback(self, i: int, before: str, after: str) -> _Named:
        """Nothing in the clause says it: the figure before, the subject of the clause before, the words that follow."""
        figure = self.figures[i]
        if (
            i
            and figure.kind == "count"
            and self.figures[i - 1].unit == figure.unit
            and self._same_sentence(i)
            and not _bare_verb(before)
        ):
            base = self.named[i - 1].base
            return _Named(base, _with_suffix(base, figure), "guess")
        if figure.kind == "count" and _bare_verb(before) and (last := self._last_base("count")):
            return _Named(last, _with_suffix(last, figure), "guess")
        start, _ = self._clause(figure.start)
        base = self._previous_base(i) if i and self.figures[i - 1].end > start else ""
        base = (
            base or _bare_verb(before) or self._head_of_clause_before(i) or _noun_after(after) or self._previous_base(i)
        )
        if not base:
            base = "".join(c for c in re.split(r"[，。；、]", after)[0][:10] if _HAN.match(c))
        return _Named(
            base, _with_suffix(base, figure) if figure.kind == "count" else _measured_name(base, figure), "guess"
        )

    def _same_sentence(self, i: int) -> bool:
        return not _SENTENCE_END.search(self.text, self.figures[i - 1].end, self.figures[i].start)

    # ---- whose ----

    def _subject(self, figure: Figure) -> str:
        """The place or body named in the sentence before the figure, else the article's place."""
        sentence = self._sentence(figure.start)
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


_DOWN = frozenset("下降 降低 减少 回落 下滑 压缩 缩短 降 降幅 下调 收窄 精简 压减".split())


def _own_name(place: Place) -> str:
    names = place.names
    return names[-1] if names else ""


def _ends(pattern: re.Pattern[str], text: str) -> list[int]:
    """Where the clauses or sentences of a text end, the comma of 1,200 apart."""
    return [m.end() for m in pattern.finditer(text) if not _in_number(text, m.start())]


def _in_number(text: str, at: int) -> bool:
    """Whether a comma is one of 1,200."""
    return (
        text[at] in ",，:"
        and text[at - 1 : at].isdigit()
        and text[at + 1 : at + 4].isdigit()
        and len(text[at + 1 : at + 4]) == 3
    )


def _confidence(figure: Figure, named: _Named, came: str) -> tuple[float, str]:
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


# ---- words and noun phrases ----


def _cut(text: str) -> list[tuple[str, str]]:
    """A short text as its likeliest words with their classes; quoted names are one noun each."""
    found: list[tuple[str, str]] = []
    last = 0
    for match in _QUOTED.finditer(text):
        found.extend(_cut_plain(text[last : match.start()]))
        found.append((match[0], "n"))
        last = match.end()
    found.extend(_cut_plain(text[last:]))
    return found


@lru_cache(maxsize=4096)
def _cut_plain(text: str) -> tuple[tuple[str, str], ...]:
    model: Words = word_model()
    counts, tags = model.counts, model.tags
    unseen = -model.total_log - 1.0
    scores: list[tuple[float, int]] = [(0.0, 0)]
    for stop in range(1, len(text) + 1):
        options = []
        for start in range(max(0, stop - LONGEST), stop):
            count = counts.get(text[start:stop])
            if count is not None:
                options.append((scores[start][0] + math.log(count) - model.total_log, start))
            elif stop - start == 1:
                options.append((scores[start][0] + unseen, start))
        scores.append(max(options))
    words: list[tuple[str, str]] = []
    stop = len(text)
    while stop:
        start = scores[stop][1]
        word = text[start:stop]
        words.append((word, tags.get(word, "g" if _HAN.match(word) else "w")))
        stop = start
    return tuple(reversed(words))


def _noun_after(after: str, *, in_phrase: bool = False, persons: bool = False) -> str:
    """The noun phrase that the measure word counts: 12支|教授团队|共计…, 50项|符合…的科技成果.

    ``in_phrase``: the figure stands after a preposition (在185个|小区|试点), so the phrase ends before a verb.
    ``persons``: the measure word is one for people, who are what it counts (46名|人士|分享了他的故事).
    """
    text = re.split(r"[，。；：！？,;!?\n]", _LONG_BRACKET.sub("", after))[0][:36]
    if match := _KINDS_OF.match(text):
        if found := _noun_after(match[1]):
            return found
    return _coordinated(text, in_phrase, persons)


def _coordinated(text: str, in_phrase: bool, persons: bool) -> str:
    """The noun phrase up to 、, and what 、 joins to it: 乡镇、村(社)书记."""
    pieces = text.split("、")
    first = _phrase_of(pieces[0], in_phrase, persons)
    if len(pieces) == 1 or not first or not pieces[0].endswith(first):
        return first
    second = _phrase_of(pieces[1], in_phrase, persons)
    return f"{first}、{second}" if second else first


def _phrase_of(text: str, in_phrase: bool, persons: bool) -> str:
    """A noun phrase with its 的: 功能的党群服务圈 counts 功能, 符合发展的科技成果 counts 成果."""
    text = text.removeprefix("的")
    if not text or text.startswith("时间"):
        return ""
    words = _cut(text)
    first = _noun_run(words, in_phrase)
    at = text.find("的")
    if at < 1 or at == len(text) - 1:
        return first
    if first and text.startswith(first) and len(first) >= at:
        return first
    if first and persons:
        return first
    if (
        first
        and text.startswith(first)
        and words[-1][0] != first
        and not text[len(first) : at].endswith(("化", "性", "级", "型"))
    ):
        verb = _cut(text[len(first) : at])
        if len(first) >= 4 and verb and verb[0][1] not in "vp":
            return first
        if _is_finite(text[len(first) : at]):
            return first
    rest = text[text.rfind("的", 0, 30) + 1 :]
    return _noun_run(_cut(rest), in_phrase) or first


def _is_finite(words: str) -> bool:
    """Whether a sentence goes on here rather than a modifier: 群众在…, 团队先后来…."""
    cut = _cut(words)
    return bool(cut) and (cut[0][1] in "dp" or cut[0][0] in _words().plain)


def _noun_run(words: Sequence[tuple[str, str]], in_phrase: bool = False) -> str:
    """The noun phrase at the beginning of some words, up to the verb that follows it."""
    tables = _words()
    taken: list[tuple[str, str]] = []
    for i, (word, tag) in enumerate(words):
        following = words[i + 1] if i + 1 < len(words) else ("", "")
        sort = _sort(word, tag)
        if sort == "stop" and not (not taken and tag in "d" and following[0]):
            break
        if (
            sort == "verb"
            and taken
            and not _is_inside_noun(word, following)
            and not (_only_modifies(words[:i]) and _sort(*following) == "noun")
        ):
            break
        if sort == "verb" and not taken and not following[0]:
            break
        taken.append((word, sort))
        if sort == "nominal" and len(taken) > 1 and _sort(*following) in ("verb",) and following[0]:
            break
    while taken and taken[-1][1] in ("verb", "stop"):
        taken.pop()
    if in_phrase and len(taken) > 1 and (taken[-1][1] == "nominal" or taken[-1][0] in tables.acts):
        taken.pop()
    if len(taken) > 1 and taken[-1][1] == "nominal" and taken[-2][0].endswith(tables.persons):
        taken.pop()
    if (
        len(taken) > 1
        and taken[0][0] in _ONE_PLACE
        and _HAN.match(taken[1][0])
        and taken[1][0] not in tables.of_a_village
    ):
        taken = taken[:1]
    phrase = "".join(word for word, _ in taken)
    phrase = _ACT_TAIL.sub("", phrase) if len(phrase) > 4 else phrase
    has_noun = any(sort in ("noun", "nominal") for _, sort in taken)
    return phrase if has_noun and phrase not in _GENERIC else ""


def _only_modifies(words: Sequence[tuple[str, str]]) -> bool:
    """国内 in 国内知名社会组织: nothing yet that could be counted."""
    return all(tag in "sbadf" for _, tag in words)


def _is_inside_noun(word: str, following: tuple[str, str]) -> bool:
    """服务 in 服务圈, 务工 in 务工人员: a verb with a noun on it."""
    return following[0] in _words().ends or (word[-1:] in "性化型式制" and _sort(*following) == "noun")


def _sort(word: str, tag: str) -> str:
    """What a word can be in a noun phrase: noun, nominal (a verb used as one), verb, stop."""
    tables = _words()
    if word in tables.plain:
        return "stop"
    if word in tables.nominal:
        return "nominal"
    if tag == "w":
        return "noun" if word in "·（）()" else "stop"
    if tag == "v":
        return "verb"
    if tag in ("m", "q", "z", "k") and len(word) == 1:
        return "noun" if not _NUMBER_WORD.match(word) else "stop"
    if tag == "t":
        return "stop" if _TIME_WORD.search(word) else "noun"
    return "stop" if tag in _STOP_CLASSES else "noun"


def _noun_before(before: str) -> str:
    """The head at the end of the words before a figure: 新增上市公司|11家, 志愿服务时长|达6.2万小时."""
    words = _cut(re.split(r"[，。；：、！？,;!?\n]", _EACH_TAIL.sub("", _BRACKETED.sub("", before)))[-1][-28:])
    words = _without_tail(words)
    if not words:
        return ""
    measured = words[-1][0].endswith(_words().quantities)
    taken: list[tuple[str, str]] = []
    for word, tag in reversed(words):
        sort = _inner_sort(word, tag, taken)
        if sort == "stop" or sum(len(w) for w, _ in taken) > 14:
            break
        if sort == "verb" and taken and not measured and not _takes_verb(taken):
            taken.insert(0, (word, sort))
            break
        taken.insert(0, (word, sort))
    while (
        len(taken) > 1
        and taken[0][1] == "verb"
        and not measured
        and not _is_telling(taken[0][0])
        and taken[1][0] not in _words().ends
    ):
        taken.pop(0)
    while len(taken) > 1 and taken[0][0] in ("可", "用", "来", "去", "只"):
        taken.pop(0)
    phrase = "".join(word for word, _ in taken)
    has_noun = any(sort in ("noun", "nominal") for _, sort in taken)
    return phrase if has_noun and len(phrase) > 1 and phrase not in _GENERIC else ""


def _without_tail(words: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The words without the verb and adverbs that lead to the figure: 达, 为, 共, 缩短至."""
    words = list(words)
    reached = False
    while words:
        word, tag = words[-1]
        if not (
            _sort(word, tag) == "stop" or (tag == "f" and len(words) > 1) or (reached and word in _words().changes)
        ):
            break
        reached = reached or word in ("到", "至", "为", "达", "达到")
        words.pop()
    return words


def _inner_sort(word: str, tag: str, taken: Sequence[tuple[str, str]]) -> str:
    """What a word is inside a phrase that is read backwards: 以上 in 大专以上学历 and 可 in 可支配收入 don't end it."""
    if taken and (word in _words().passable or word in ("以上", "以下", "以内")):
        return "noun"
    if word in _words().changes and taken:
        return "verb"
    sort = _sort(word, tag)
    if sort == "stop" and len(taken) == 1 and len(taken[0][0]) == 1 and tag in "fvdm" and len(word) == 1:
        return "noun"
    return sort


def _takes_verb(taken: Sequence[tuple[str, str]]) -> bool:
    """Whether a verb before these words is part of the phrase: 服务|圈, 增加|收入."""
    return taken[0][0] in _words().ends or all(sort != "noun" for _, sort in taken)


def _is_telling(verb: str) -> bool:
    """A verb that says how the counted things came about: 新增, 培训, 入选; not 打造 or 举办."""
    return verb.startswith(
        (
            "新",
            "入",
            "签",
            "培",
            "增",
            "减",
            "帮",
            "救",
            "查",
            "调",
            "办",
            "流",
            "惠",
            "带",
            "募",
            "覆",
            "登",
            "受",
            "挽",
            "节",
        )
    )


def _starts_plainly(words: str) -> bool:
    cut = _cut(words)
    return cut[0][0] in _words().plain or cut[0][1] in "ucp"


def _last_verb(before: str) -> str:
    """The verb right before a figure when it says how the counted things came about."""
    words = _cut(before[-6:])
    if not words or words[-1][1] != "v" or words[-1][0] in _words().plain or len(words[-1][0]) < 2:
        return ""
    return words[-1][0] if _is_telling(words[-1][0]) else ""


def _bare_verb(before: str) -> str:
    """The verb before a figure that no noun goes with: 累计下沉|80多天."""
    words = _cut(re.split(r"[，。；：、！？,;!?\n]", before)[-1][-10:])
    while words and _sort(*words[-1]) == "stop":
        words.pop()
    return words[-1][0] if words and _sort(*words[-1]) == "verb" and len(words[-1][0]) > 1 else ""


def _starts_with_verb(after: str) -> bool:
    """Whether what follows a figure goes on with a verb rather than the noun it counts."""
    words = _cut(after[:30])
    if not words or words[0][1] == "w":
        return True
    sort = _sort(*words[0])
    following = _sort(*words[1]) if len(words) > 1 else "stop"
    return (sort == "stop" and words[0][1] not in "d") or (sort == "verb" and following not in ("noun", "nominal"))


def _subject_of(clause: str) -> str:
    """The noun phrase that a clause begins with."""
    words = _cut(clause[:30])
    while words and (words[0][1] in "dptcr" or words[0][0] in _words().plain):
        words.pop(0)
    return _noun_run(words)


def _split_heads(head: str, count: int) -> list[str]:
    """The heads of a list, A、B和C → three; none when there are not as many as asked for."""
    text = re.split(r"[，。；：]", head)[-1]
    pieces = [p for p in re.split(r"、|和(?![谐平睦])|(?<!参)与|以及|及(?!时)", text) if p]
    if len(pieces) < count:
        return []
    heads = [_noun_before(p) or p[-12:] for p in pieces[-count:]]
    return heads if all(heads) else []


def _is_quantity(noun: str) -> bool:
    return noun.endswith(_words().quantities)


def _with_suffix(noun: str, figure: Figure) -> str:
    """上市公司 counted in 家 → 上市公司数."""
    if figure.kind not in ("count", "number"):
        return noun if not noun or figure.unit not in ("岁", "周岁") or _is_quantity(noun) else noun + "年龄"
    suffix = _words().suffix.get(figure.unit, "数")
    if suffix in ("人次", "人数") and noun.endswith(("流量", "人口", "总量", "规模", "客量")):
        return noun
    if suffix.endswith("人次") and noun.endswith(("人数", "人次")):
        return noun[:-2] + suffix
    if not noun or noun.endswith((suffix, "数")) or (_is_quantity(noun) and suffix == "数"):
        return noun
    if suffix.endswith("数") and noun.endswith(figure.unit) and len(figure.unit) == 1 and suffix != "数":
        return noun + "数"
    return noun + suffix


def _measured_name(noun: str, figure: Figure) -> str:
    """计划 lasting three years → 计划期限; 房产 in 平方米 → 房产面积."""
    tails = {"money": "金额", "area": "面积", "duration": "时长", "length": "长度", "mass": "重量"}
    if not noun or _is_quantity(noun) or figure.kind not in tails:
        return noun
    if figure.kind == "duration" and noun.endswith(("计划", "方案", "许可", "合同", "协议")):
        return noun + "期限"
    if figure.kind == "duration":
        return noun + {"天": "天数", "年": "年限"}.get(figure.unit, "时长")
    return noun + tails[figure.kind] if figure.kind == "area" else noun
