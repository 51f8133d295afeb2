"""Figures with everything that makes them worth quoting: of what, whose, when, and the words that hold them."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from core.overlay import Repaired
from core.reading.figures import Figure, find_figures
from core.reading.periods import Period, find_periods, period_of
from core.reading.units import load_table
from core.reading.words import LONGEST, Words, word_model
from core.records import Metric, Place, Span

__all__ = ["Figure", "find_figures", "find_metrics"]

_QUOTE_LENGTH = 40
_CLAUSE_END = re.compile(r"[，。；：！？,;!?\n]")
_SENTENCE_END = re.compile(r"[。！？!?\n]")
_QUOTED = re.compile(r"“[^“”，。]{1,20}”|\"[^\"，。]{1,20}\"|‘[^‘’，。]{1,20}’|《[^《》]{1,30}》")
_BRACKETED = re.compile(r"[（(][^（）()]{0,30}[）)]")
_HAN = re.compile(r"[\u3400-\u9fffA-Za-z0-9]")
_GROWTH = re.compile(
    r"(?P<base>[^，。；：]*?)(?P<mark>(?:同比|环比|比上年|较上年|比去年|较去年|年均|累计|平均|分别|实际|名义|净|共)*"
    r"(?:增长率?|增速|增幅|增加|上升|上涨|提高|提升|下降|降低|减少|回落|下滑|压缩|缩短|跃升|攀升|高于|低于|快于|高出|增|降)(?:了|达到?|为|至|幅度)*(?P<than>[^，。；：]*?))$"
)
_SHARE = re.compile(r"(?P<base>[^，。；：]*?)(?:约|仅|已)?占(?:比)?(?:达到?|为|了|约|超)?(?P<whole>[^，。；：]*?)的?(?:约|近|超)?$")
_CHANGE_FROM = re.compile(r"[从由][^，。；、]*$")
_LEVEL = re.compile(r"(?:国家|省|市|县|区|乡|镇|部|世界|全国|全省)级?$|[一二三四五]级$|[男女]性?$|[男女]生$")
_REFERS = re.compile(r"^(?:其中|其|占比|分别|均|也|都)*$")
_AND = re.compile(r"[、和与及以]+")
_ORG = re.compile(
    r"[\u4e00-\u9fffA-Za-z·]{2,16}?(?:有限公司|股份公司|公司|集团|合作社|研究院|研究所|大学|学院|中学|小学|医院|大队|支队|分局|派出所|管委会|联盟|服务中心|街道|社区|村(?![民级里集委干务]))"
)
_WHOLE_AREA = re.compile(r"(?:全|我|本|该)([省市县区镇乡村])")
_TOWN = re.compile(r"[\u4e00-\u9fff]{2,6}(?:街道|镇|乡|社区|村)(?![民级里集委干务镇])")
_LEAD = re.compile(r"^(?:在|由|为|对|向|近日|目前|如今|同时|此外|其中|如|以|从|当地|位于|来自|组织|推动|通过|截至目前)+")
_STOP_CLASSES = frozenset("pcurdtmyeoh")
_NOUN_CLASSES = frozenset("nbajlsgixzqk")
_GENERIC = frozenset("者 方面 情况 问题 时间 左右 以上 部分 其他 其它 余 多 内 中 上 下 里 外 前 后 处 地 人 数".split())


@dataclass(frozen=True, slots=True)
class _Words:
    """The word tables for indicators."""

    plain: frozenset[str]
    nominal: frozenset[str]
    ends: frozenset[str]
    quantities: tuple[str, ...]
    suffix: dict[str, str]


@lru_cache(maxsize=1)
def _words() -> _Words:
    table = load_table("indicators.toml")
    return _Words(
        frozenset(table["plain"].split()),
        frozenset(table["nominal"].split()),
        frozenset(table["ends"].split()),
        tuple(table["quantities"].split()),
        table["suffix"],
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
    for paragraph in paragraphs:
        metrics.extend(_Paragraph(paragraph, place, title).metrics())
    return metrics


class _Paragraph:
    """Reads the figures of one paragraph; each may lean on those before it."""

    def __init__(self, paragraph: Repaired, place: Place, title: str) -> None:
        self.repaired = paragraph
        self.text = paragraph.text
        self.place = place
        self.title = title
        self.figures = [f for f in find_figures(paragraph.text) if f.unit or f.kind == "number" and abs(f.value) >= 10000]
        self.periods: list[Period] = find_periods(paragraph.text) if self.figures else []
        self.named: list[_Named] = []

    def metrics(self) -> list[Metric]:
        """The metrics in order."""
        found = []
        for i, figure in enumerate(self.figures):
            named = self._name(i)
            self.named.append(named)
            found.append(self._metric(i, figure, named))
        return found

    def _metric(self, i: int, figure: Figure, named: _Named) -> Metric:
        period, came = period_of(figure.start, figure.end, self.periods, self.text)
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
        start = max((m.end() for m in _CLAUSE_END.finditer(self.text, max(0, at - 120), at) if not _in_number(self.text, m.start())), default=max(0, at - 120))
        ends = (m.start() for m in _CLAUSE_END.finditer(self.text, at) if not _in_number(self.text, m.start()))
        return start, next(ends, len(self.text))

    # ---- of what ----

    def _name(self, i: int) -> _Named:
        """The indicator of a figure: what its measure word counts, or the head before it."""
        figure = self.figures[i]
        before, after = self._around(i)
        if figure.kind == "rank":
            return self._rank(i, before)
        if figure.kind in ("ratio", "growth") or figure.unit == "百分点":
            return self._ratio(i, before)
        if figure.unit in ("倍", "番", "成"):
            return self._ratio(i, before)
        noun_after = _noun_after(after)
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
        for period in self.periods:
            if start < period.end <= figure.start and period.start >= start:
                start = period.end if self.text[period.end : period.end + 1] != "的" else start
        return self.text[start : figure.start], self.text[figure.end : max(end, figure.end)]

    def _count(self, i: int, before: str, after: str, noun_after: str) -> _Named:
        figure = self.figures[i]
        if figure.unit.startswith("次/"):
            noun = noun_after or _noun_before(before)
            return _Named(noun, f"{noun}频次", "after")
        if noun_after and not (_head_before(before) and _starts_with_verb(after)):
            verb = _last_verb(before)
            return _Named(noun_after, _with_suffix(verb + noun_after, figure), "after")
        noun = _noun_before(before)
        if _LEVEL.search(noun) or _LEVEL.search(before) and not _HAN.search(noun[:-2]):
            base = self._last_base("count")
            return _Named(base, _with_suffix(noun + base if base and base not in noun else noun or base, figure), "before")
        if not noun:
            return self._fallback(i, before, after)
        if figure.unit in ("村", "镇", "乡", "县", "市", "省", "区", "街道", "社区", "人口") and not noun.endswith(figure.unit):
            noun += figure.unit
        return _Named(noun, _with_suffix(noun, figure), "before")

    def _measured(self, i: int, before: str, after: str, noun_after: str) -> _Named:
        """Money, time, area, mass …: the head before the figure, else what follows it."""
        figure = self.figures[i]
        if self._is_second_of_change(i, before):
            base = self.named[i - 1].base
            return _Named(base, base, "before")
        if before.endswith("连续") and figure.kind == "duration":
            phrase = re.split(r"[，。；、]", after)[0][:24]
            noun = _noun_before(before[:-2])
            return _Named(noun or phrase, f"{noun}连续{phrase}年数" if noun else f"连续{phrase}年数", "after")
        if _CHANGE_FROM.search(before):
            before = before[: max(before.rfind("从"), before.rfind("由"))]
        noun = _noun_before(before)
        if noun_after and (not noun or not after.startswith("的") and not _starts_with_verb(after)):
            if figure.kind in ("money", "area", "volume", "mass", "length", "energy") and after.startswith("的") and noun:
                return _Named(noun, noun, "before")
            verb = _last_verb(before) if not noun else ""
            name = noun or noun_after
            if not after.startswith("的"):
                name = noun_after
            return _Named(name, _measured_name(verb + name, figure), "after")
        if noun:
            return _Named(noun, _measured_name(noun, figure), "before")
        return self._fallback(i, before, after)

    def _is_second_of_change(self, i: int, before: str) -> bool:
        """提高到6小时 after 由平均2小时."""
        if i == 0 or self.figures[i - 1].unit.split("/")[0] != self.figures[i].unit.split("/")[0]:
            return False
        return bool(re.search(r"^(?:的)?(?:提高|增加|增长|上升|提升|下降|降低|降|减少|缩短|扩大|扩展|延长|发展|拓展|升|增|跃升|压缩|缩减|改)?(?:到|至|为)了?$", before.strip()))

    def _ratio(self, i: int, before: str) -> _Named:
        """Shares, rates, growth; two of a list share out the heads before 分别."""
        figure = self.figures[i]
        if self._is_second_of_change(i, before) and self.named:
            base = self.named[i - 1].base
            return _Named(base, self.named[i - 1].indicator, self.named[i - 1].way)
        if shared := self._shared_out(i):
            return shared
        clause = before
        match = _GROWTH.search(clause)
        if match:
            base = _noun_before(match["base"]) or self._base_of_growth(i, match["base"])
            than = _noun_before(match["than"]) if match["mark"].lstrip("分别").startswith(("高", "低", "快")) else ""
            mark = "下降" if re.search("下降|降低|减少|回落|下滑|压缩|缩短|降$", match["mark"]) else "增长"
            year = "同比" if "同比" in match["mark"] else ""
            tail = f"高于{than}" if than else "占比提高幅度" if base.endswith("占比") else f"{year}增速" if mark == "增长" else f"{year}降幅"
            return _Named(base, f"{base}{tail}", "growth")
        match = _SHARE.search(clause)
        if match and "占" in clause:
            base = _noun_before(match["base"])
            whole = _noun_before(match["whole"])
            if not base:
                base = self._previous_base(i)
            return _Named(base, f"{base}占{whole}比重" if whole else f"{base}占比", "share")
        if _CHANGE_FROM.search(clause):
            clause = clause[: max(clause.rfind("从"), clause.rfind("由"))]
        noun = _noun_before(clause)
        if noun:
            return _Named(noun, noun if figure.unit in ("倍", "番") or _is_quantity(noun) else f"{noun}占比", "before")
        return self._fallback(i, before, "")

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
            base = _noun_before(head[:at]) or self._base_of_growth(first, "")
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
        while last + 1 < len(self.figures) and _AND.fullmatch(self.text[self.figures[last].end : self.figures[last + 1].start]):
            last += 1
        return first, last

    def _base_of_growth(self, i: int, words: str) -> str:
        """同比增长5.4% after 地区生产总值40.2亿元: of that value."""
        return self._previous_base(i)

    def _previous_base(self, i: int) -> str:
        for k in range(min(i, len(self.named)) - 1, -1, -1):
            if self.named[k].way != "growth" and self.named[k].base:
                return self.named[k].base
        return ""

    def _last_base(self, kind: str) -> str:
        for k in range(len(self.named) - 1, -1, -1):
            if self.figures[k].kind == kind and self.named[k].base and not _LEVEL.search(self.named[k].base):
                return self.named[k].base
        return ""

    def _rank(self, i: int, before: str) -> _Named:
        """数量居全市之首 → 数量全市排名."""
        match = re.search(r"(?P<base>.*?)(?:稳?居|位列|位居|排名?|名列|列|跃居|跃升至?|升至)?(?P<among>(?:全[国省市县区州球]|[^，。；]{0,6}?[省市县区])?)(?:前列)?$", before)
        base = _noun_before(match["base"]) if match else ""
        among = match["among"] if match else ""
        base = base or self._previous_base(i) or self._head_of_clause_before(i)
        return _Named(base, f"{base}{among}排名", "before")

    def _head_of_clause_before(self, i: int) -> str:
        """The subject of the clause before: 村集体经济收入连年增收，今年已突破50万元."""
        start, _ = self._clause(self.figures[i].start)
        sentence = max((m.end() for m in _SENTENCE_END.finditer(self.text, 0, start)), default=0)
        clauses = [c for c in _CLAUSE_END.split(self.text[sentence : max(sentence, start - 1)]) if c]
        for clause in reversed(clauses[-2:]):
            if noun := _subject_of(clause):
                return noun
        return ""

    def _fallback(self, i: int, before: str, after: str) -> _Named:
        """Nothing in the clause says it: the figure before, the subject of the clause before, the words that follow."""
        figure = self.figures[i]
        start, _ = self._clause(figure.start)
        base = self._previous_base(i) if i and self.figures[i - 1].end > start else ""
        base = base or self._head_of_clause_before(i) or _noun_after(after) or self._previous_base(i)
        if not base:
            base = "".join(c for c in re.split(r"[，。；、]", after)[0][:10] if _HAN.match(c))
        return _Named(base, _with_suffix(base, figure) if figure.kind == "count" else _measured_name(base, figure), "guess")

    # ---- whose ----

    def _subject(self, figure: Figure) -> str:
        """The place or body named in the sentence before the figure, else the article's place."""
        sentence = max((m.end() for m in _SENTENCE_END.finditer(self.text, 0, figure.start)), default=0)
        window = self.text[max(sentence, figure.start - 60) : figure.start]
        own = _own_name(self.place)
        named = [m for m in _ORG.finditer(window)] + [m for m in _TOWN.finditer(window)]
        if named and not _WHOLE_AREA.search(window[max(m.end() for m in named) :]):
            return _LEAD.sub("", max(named, key=lambda m: m.end())[0])
        return own


def _own_name(place: Place) -> str:
    names = place.names
    return names[-1] if names else ""


def _in_number(text: str, at: int) -> bool:
    """Whether a comma is one of 1,200."""
    return text[at] in ",，:" and text[at - 1 : at].isdigit() and text[at + 1 : at + 4].isdigit() and len(text[at + 1 : at + 4]) == 3


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


def _noun_after(after: str) -> str:
    """The noun phrase that the measure word counts: 12支|教授团队|共计…, 50项|符合…的科技成果."""
    text = _BRACKETED.sub("", after)
    text = re.split(r"[，。；：、！？,;!?\n]", text)[0][:32]
    if not text or text[0] in "的" and len(text) < 3:
        return ""
    text = text.removeprefix("的")
    at = text.rfind("的", 0, 24)
    if 0 < at < len(text) - 1 and not re.match(r"[^的]{0,4}(?:在|把|将)", text[at + 1 :]):
        head = _noun_run(_cut(text[at + 1 :]))
        first = _noun_run(_cut(text[:at]))
        return head if head and (not first or _cut(text)[0][1] in "vpr" or text.startswith(first + "的") or len(first) < 2) else first or head
    return _noun_run(_cut(text))


def _noun_run(words: Sequence[tuple[str, str]]) -> str:
    """The noun phrase at the beginning of some words, up to the verb that follows it."""
    tables = _words()
    taken: list[str] = []
    has_noun = False
    for i, (word, tag) in enumerate(words):
        following = words[i + 1] if i + 1 < len(words) else ("", "")
        if word in tables.plain or tag in _STOP_CLASSES and not (tag == "r" and not taken) or tag == "w" and word not in "·":
            break
        if tag == "v" and word not in tables.nominal:
            fits = following[1] == "n" and not has_noun or following[0] in tables.ends and len(word) > 1
            if has_noun and not fits or not has_noun and not following[0]:
                break
        elif tag == "v" and has_noun and following[1] not in ("n", "v", "g", "") and following[0]:
            taken.append(word)
            break
        taken.append(word)
        has_noun = has_noun or tag in "nbjg" or word in tables.nominal
    phrase = "".join(taken) if has_noun else ""
    return phrase if phrase not in _GENERIC else ""


def _noun_before(before: str) -> str:
    """The head at the end of the words before a figure: 新增上市公司|11家, 志愿服务时长|达6.2万小时."""
    text = _BRACKETED.sub("", before)
    text = re.split(r"[，。；：、！？,;!?\n]", text)[-1][-28:]
    words = _cut(text)
    tables = _words()
    while words and (words[-1][0] in tables.plain or words[-1][1] in "dpcuyt" and words[-1][0] not in tables.nominal or words[-1][1] == "w"):
        words.pop()
    taken: list[str] = []
    has_noun = False
    for k in range(len(words) - 1, -1, -1):
        word, tag = words[k]
        if word in tables.plain or tag in _STOP_CLASSES or tag == "w" and word not in "·":
            break
        if tag == "v" and word not in tables.nominal and has_noun:
            if taken[0] in tables.ends or taken[0] in tables.nominal:
                taken.insert(0, word)
                continue
            if k == 0 or words[k - 1][0] in tables.plain or words[k - 1][1] in "dpctmw":
                taken.insert(0, word)
            break
        taken.insert(0, word)
        has_noun = has_noun or tag in "nbjlsgv" and len("".join(taken)) > 1
        if sum(map(len, taken)) > 14:
            break
    phrase = "".join(taken)
    return phrase if len(phrase) > 1 and phrase not in _GENERIC else ""


def _head_before(before: str) -> bool:
    return bool(_noun_before(before))


def _starts_with_verb(after: str) -> bool:
    """Whether what follows a figure goes on with a verb rather than the noun it counts."""
    words = _cut(after[:8])
    if not words or words[0][1] == "w":
        return True
    tables = _words()
    return words[0][1] in "dpcut" or words[0][0] in tables.plain or words[0][1] == "v" and words[0][0] not in tables.nominal and (len(words) < 2 or words[1][1] != "n")


def _last_verb(before: str) -> str:
    """A verb that says how the counted things came about: 新增, 培训, 入驻; not 有 or 打造."""
    words = _cut(before[-6:])
    if not words or words[-1][1] != "v" or words[-1][0] in _words().plain or len(words[-1][0]) < 2:
        return ""
    return words[-1][0] if words[-1][0].startswith(("新", "入", "签", "培", "增", "减", "帮", "救", "查", "调")) else ""


def _subject_of(clause: str) -> str:
    """The noun phrase that a clause begins with."""
    words = _cut(clause[:30])
    while words and (words[0][1] in "dptcr" or words[0][0] in _words().plain):
        words.pop(0)
    return _noun_run(words)


def _split_heads(head: str, count: int) -> list[str]:
    """The heads of a list, A、B和C → three; none when there are not as many as asked for."""
    text = re.split(r"[，。；：]", head)[-1]
    pieces = [p for p in re.split(r"、|和|与|以及|及", text) if p]
    if len(pieces) < count:
        return []
    heads = [_noun_before(p) or p[-12:] for p in pieces[-count:]]
    return heads if all(heads) else []


def _is_quantity(noun: str) -> bool:
    return noun.endswith(_words().quantities)


def _with_suffix(noun: str, figure: Figure) -> str:
    """上市公司 counted in 家 → 上市公司数."""
    suffix = _words().suffix.get(figure.unit, "数")
    if not noun or noun.endswith((suffix, "数")) or _is_quantity(noun) and suffix == "数":
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
    return noun + tails[figure.kind] if figure.kind in ("area", "duration") else noun
