"""Figures in running text: number × approximation × unit, with what only looks like one left out.

White space that layout left inside a figure is read through; every figure's span is literal in the text given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from core.reading.figures.approximations import with_marks
from core.reading.figures.drafts import Draft
from core.reading.figures.names import is_in_place_name
from core.reading.figures.not_figures import Names, is_time, lookalike_end, number_run_end
from core.reading.figures.numerals import LONGEST, NUMERALS, number_at
from core.reading.figures.quantities import quantities_at
from core.records import Approx
from core.resources import load_table
from core.text.clear import Clear, without_layout
from core.text.lexicon import either
from core.text.marks import SENTENCE_ENDS

# 3, 三, -5, $12, 人民币100
_START = re.compile(
    rf"[\d零〇半负第首几数{NUMERALS}]|[过近]半|翻番|[-+−](?=\d)|[¥$€£₩₽₹฿](?=\s?\d)"
    r"|(?:RMB|CNY|USD|EUR|GBP|HKD|JPY|US\$|HK\$)(?=\s?\d)|(?:人民币|新台币|港币|澳门币)(?=\s?\d)"
)
# 居全省|, 跃升至全市|, 排名行业|
_RANK_BEFORE = re.compile(
    r"(?:居|列|排|名次|跃升|上升|升至|晋升|稳占|获得?|全[国省市县区州球]|世界|亚洲|行业|同类|[省市县区])[^，。；、：\s]{0,9}$"
)
# 第3位, 第一，, 第二的好成绩
_RANKED = re.compile(rf"第(\d+|[{NUMERALS}]+)(?:[位名]|(?=[，。；、！）)和并且\s]|$|的(?:好成绩|位次)))")
# 之首, 榜首, 首位
_FIRST = re.compile(r"之首|榜首|首位|首(?=[，。；、]|$)")
# 位居全市|, 列全省|
_FIRST_BEFORE = re.compile(r"(?:居|列|排|占|位)[^，。；、]{0,12}$")
# 6年|来, 3个月|后, 两年|时间里, 十年|如一日
_ADVERB_AFTER = re.compile(
    r"[多余]?(?:的?时间)?(?:以来|来(?![到自])|之?间(?!隔|距)|[以之]前|前(?![往来期景沿端])|[以之]后|后(?![勤续期代备])"
    r"|里(?![面程])|之?中(?![国央心标])|外(?![地来]))|[多余]?的?时间(?=里|内|，|。)|如一日|一度|一次(?!性)|的?(?:今天|昨天)"
    r"|[多余]?(?:累计|合计|总计|平均|年均)"
)
# 过去|, 未来|, 每隔|
_ADVERB_BEFORE = re.compile(
    r"(?:过去的?|未来|今后|最近|此后|其后|最后|最初|前|头|这|那|随后|接下来的?|往后|再过|近|每隔|隔)$"
)
# 由过去的7天缩短到10小时: what was before a change is a figure
_FROM_PAST = re.compile("[由从]过去的?$")
# ，近|, 在最近|
_CLAUSE_START = re.compile(r"(?:^|[，。；：、！？“”（\s在])(?:最)?近$")
# 仅有|, 为期|, 缩短到|, 各|
_ONE_COUNTED = re.compile(
    r"(?:共有?|仅有?|只有?|为期|历时|连续|不到|缩短|延长|提前|推迟|需|用时|耗时|满|缩减|至|到|每人|各|唯有)$"
)
_DOUBLES = re.compile("翻了?$")
_MEASURED = frozenset(("money", "length", "area", "mass", "speed"))
_NO_MEASURE_BEFORE = ("最后", "最先", "最初", "多", "单", "统", "这", "那", "每", "另")
_ITEMS = frozenset("个项类种条张块道步")
_PLAIN_HEADINGS = ("方面", "维度", "层面", "环节")
# 五大|行动
_STOP_PHRASE = re.compile(r"[^，。；：、！？“”‘’《》（）()\s的在和与并将已向对从由\d]{1,12}")
# 合作社小组, 养老中心, 项目
_REAL = re.compile(
    r"小?组|队|团|中心|基地|项目|平台|企业|产业|人群|群体|课题|学校|单位|部门|人才|人员|农产品|产品|业|户|村|镇|乡|市|县|厂|园|家|站|点|员|库|资金|商"
)
# 6级大风, 地震烈度, 十级伤残
_STRENGTH = re.compile("[风震浪潮]|烈度|伤残|残疾")
# 王一（|, 女，现年|
_AGE_MARK = re.compile(r"[（(][^（）()]{0,10}$|[男女][，,、]?(?:现年|今年)?$")
_COUNTED_BY_THE_THOUSAND = frozenset("人亩名户吨")
# 千人病床4.5张, 万人拥有公厕3座, 万人高价值发明专利拥有量: so many to a thousand
_PER_THOUSAND = re.compile(
    "口?(?:[^，。；、\\d]{0,6}拥有|[^，。；、\\d]{0,8}(?:病床|床位|医[生师]|护士|[率数量](?=[达为是\\d]))"
    "|[^，。；、\\d]{0,10}(?:[拥保]有量|专利))"
)
_WRITTEN = ("chinese", "bare")
_IN_ORDER = frozenset("名位家强")
# 目前三名, 此前10家, 赛前: 前 is the tail of another word
_WITH_FRONT = tuple("目此日之以提年当先面眼午从赛会课")
_HEADING = re.compile(r"\d{1,2}\.\d{1,2}")
_PLACES = frozenset("村镇乡县市省区")
# 体现出近两年|蓟州区完善…: a clause goes on, by a place or 我
_SOMEONE_DOES = re.compile("[我该]?[\u4e00-\u9fff]{0,3}?[省市县区镇乡村](?![级域])[\u4e00-\u9fff]{2}")
# 花了|三年, 为期|两年: what lasted so long is said, even where 共 follows
_LASTED = re.compile(r"(?:花|用|费|耗)(?:[时费]了?|了)$|花$|历时$|为期$|仅$|只$")
# 全国|十大, 苏州市|十大, 入选|十大: a title
_TITLE_BEFORE = re.compile(r"(?:[国界省市县区州]|全球|中国|年度|首届|入选|获评|荣获|评为|评选)$")
# 内务部街|27院
_STREET = re.compile("[街路巷弄]$|胡同$")
# 周边5村 and 覆盖8镇 are counted, 山区26县 is a name.
_COUNTED_PLACES = re.compile(
    r"(?:^|[，。；：、和与及（\s]|周边|附近|邻近|相邻|覆盖|辐射|涉及|联合|带动|共|等|全[省市县区镇乡])$"
)
_GRADES = frozenset("级景网套站型股轮")
LONGEST_AROUND = 20
"""Characters that a figure may have beside its number: 人民币约, 立方米/人·年."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure and where it stands: span in code points (half open), value in the printed unit with 万 and 亿 in it.

    ``kind``: count · money · ratio · rank · duration · length · area · volume · mass · content · speed · energy ·
    temperature · data · pressure · number (no unit printed) · other.
    """

    start: int
    end: int
    value: Decimal
    value_max: Decimal | None
    unit: str
    approx: Approx
    kind: str
    printed: str


def find_figures(text: str) -> list[Figure]:
    """Return the figures of one running text, in order and without overlap."""
    clear = without_layout(text)
    return [_finished(draft, text, clear) for draft in _Reader(clear.text).drafts()]


def _finished(draft: Draft, text: str, clear: Clear) -> Figure:
    """The figure with its span in the text as given."""
    start, end = clear.back(draft.start), clear.back(draft.end - 1) + 1
    return Figure(start, end, draft.value, draft.value_max, draft.unit, draft.approx, draft.kind, text[start:end])


@lru_cache(maxsize=1)
def _headings() -> re.Pattern[str]:
    """行动, 机制, 方面 …: what a writer numbers in his own text."""
    return re.compile(either(load_table("figures.toml")["soft_nouns"].split()))


class _Reader:
    """Reads one clear text from left to right."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.names = Names(text)
        self.floor = 0
        """Where the last figure ended."""

    def drafts(self) -> Iterator[Draft]:
        """Yield the figures in order."""
        if whole := self._whole():
            yield whole
            return
        at = 0
        while (match := _START.search(self.text, at)) is not None:
            at, found = self._step(match.start())
            for draft in found:
                self.floor = draft.end
                yield draft

    def _whole(self) -> Draft | None:
        """The figure that the whole text is; then nothing around it can speak against it."""
        text = self.text.rstrip(SENTENCE_ENDS + ".，, ")
        if not text or len(text) > LONGEST + LONGEST_AROUND or is_time(text):
            return None
        drafts = [with_marks(self.text, d, 0) for d in quantities_at(self.text, self._past_mark())]
        return drafts[0] if len(drafts) == 1 and drafts[0].start == 0 and drafts[0].end >= len(text) else None

    def _past_mark(self) -> int:
        """Return the place past the 约 or 超过 that a text begins with."""
        match = _START.search(self.text, 0, 6)
        return match.start() if match else 0

    def _step(self, at: int) -> tuple[int, list[Draft]]:
        """Return where to go on behind a place where a figure may begin, and the figures found there."""
        if over := lookalike_end(self.text, at):
            ranked = self._rank(at) if self.text[at] in "第首" else None
            return (ranked.end, [ranked]) if ranked else (over, [])
        drafts: list[Draft] = []
        floor = self.floor
        for draft in quantities_at(self.text, at):
            drafts.append(with_marks(self.text, draft, floor))
            floor = drafts[-1].end
        if not drafts:
            return number_run_end(self.text, at), []
        drafts = _with_shared_denominator(drafts) if len(drafts) > 1 else drafts
        return max(floor, at + 1), [_as_about(d) for d in drafts if self._is_figure(d)]

    def _rank(self, at: int) -> Draft | None:
        """全省第3位, 居全市之首: a place in an order is a figure; its span holds the order."""
        text, low = self.text, max(self.floor, at - 14)
        if text[at] == "第":
            match, before = _RANKED.match(text, at), _RANK_BEFORE.search(text[low:at])
            number = number_at(text, at + 1) if match and before and not self.names.holds(at) else None
            if match is None or before is None or number is None:
                return None
            return Draft(
                low + before.start(), at + 1, match.end(), match.end(), number.value, "位", "rank", number.form
            )
        at -= at > low and text[at - 1] in "之榜"
        match, before = _FIRST.match(text, at), _FIRST_BEFORE.search(text[low:at])
        if match is None or before is None:
            return None
        return Draft(low + before.start(), at, match.end(), match.end(), Decimal(1), "位", "rank", "chinese")

    # ---- what is left out ----

    def _is_figure(self, draft: Draft) -> bool:
        """Whether what was read is a figure: not a name, an adverbial of time, an article, the heading of a list."""
        if self.names.holds(draft.head) or self._has_wrong_form(draft):
            return False
        if draft.kind == "duration" and self._is_adverbial(draft):
            return False
        number = self.text[draft.head : draft.number_end]
        if number == "一" and draft.value == 1 and self._is_article(draft):
            return False
        if number == "两" and draft.unit == "人" and self._is_pronoun(draft):
            return False
        if (draft.form in _WRITTEN and is_in_place_name(self.text, draft)) or self._is_first_few(draft):
            return False
        if not draft.head and self._is_heading(draft):
            return False
        if number == "二" and draft.kind in ("count", "other"):
            return False
        return not self._announces(draft) and not self._is_label(draft)

    def _has_wrong_form(self, draft: Draft) -> bool:
        """A bare number or magnitude, 每1000人, a string of digits before a measure word."""
        if (not draft.unit and not self._is_good_bare(draft)) or self.text[draft.head - 1 : draft.head] == "每":
            return True
        if draft.form == "bare" and not self._is_good_magnitude(draft):
            return True
        return draft.form == "digits" and draft.kind in ("count", "other") and draft.value_max is None

    def _is_good_bare(self, draft: Draft) -> bool:
        """A number without a unit counts when it is written out with 百, 万 or 亿 and no noun follows it."""
        follows = self.text[draft.end : draft.end + 1]
        if draft.form == "arabic" and "\u3400" <= follows <= "\u9fff" and self.text[draft.end - 1] in "万亿":
            return True
        if follows and (follows.isalnum() or follows in "-—+/~·") and follows not in "的了吗呢吧":
            return False
        printed = self.text[draft.head : draft.end]
        if draft.form == "bare":
            return draft.approx == "over"
        if draft.form == "arabic":
            last = self.text[draft.number_end - 1] + printed[-1]
            return any(c in "万亿千百" for c in last) or "," in printed or draft.value < 0
        return draft.form in ("float", "mixed") or (
            draft.form == "chinese" and len(printed) > 1 and any(c in "百千万亿" for c in printed)
        )

    def _is_good_magnitude(self, draft: Draft) -> bool:
        """近万人, 上千亩, 千余名; 千人大会 too, but not 百姓, 万元户, 百年."""
        if draft.approx != "exact":
            return True
        after = self.text[draft.end : draft.end + 1]
        counts = draft.unit in _COUNTED_BY_THE_THOUSAND and not _PER_THOUSAND.match(self.text, draft.end)
        return counts and "\u3400" <= after <= "\u9fff" and after not in "级均计以奖"

    def _is_adverbial(self, draft: Draft) -> bool:
        """6年来, 两年多时间里, 过去5年, 近三年(，): the period of other figures."""
        text = self.text
        mark = text[draft.start : draft.head]
        tail = draft.end - (text[draft.end - 1] in "多余")
        if _LASTED.search(text[max(0, draft.start - 4) : draft.start]):
            return False
        if mark not in ("将近", "接近") and (_ADVERB_AFTER.match(text, draft.end) or _ADVERB_AFTER.match(text, tail)):
            return True
        if mark == "近":
            if draft.unit not in ("年", "个月", "天", "周"):
                return False
            begins = _CLAUSE_START.search(text[max(0, draft.start - 3) : draft.head]) is not None
            return begins or _SOMEONE_DOES.match(text, draft.end) is not None
        before = text[max(0, draft.start - 5) : draft.start]
        return _ADVERB_BEFORE.search(before) is not None and not _FROM_PAST.search(before)

    def _is_article(self, draft: Draft) -> bool:
        """一个, 一名, 一年: one as an article or an idiom, unless it is counted or measured."""
        before = self.text[max(0, draft.head - 4) : draft.head]
        if "/" in draft.unit or draft.approx != "exact" or _ONE_COUNTED.search(before):
            return draft.unit == "批" or "最后" in before or (draft.unit == "起" and before[-1:] in "到在至聚走坐")
        if draft.unit == "倍" or _DOUBLES.search(before):
            return False
        return draft.kind not in _MEASURED or before.endswith(_NO_MEASURE_BEFORE)

    def _is_pronoun(self, draft: Draft) -> bool:
        """先给两人倒茶: 两人 for those named before, unless it is said that there were two."""
        before, after = self.text[max(0, draft.head - 2) : draft.head], self.text[draft.end : draft.end + 1]
        return before[-1:] not in tuple("有共仅只招了动到致名救") and after not in tuple("死受伤遇获组份以，。、；以")

    def _is_first_few(self, draft: Draft) -> bool:
        """前三名, 前10家, 前五大: who comes first, not how many there are."""
        if not self.text.endswith("前", 0, draft.start) or draft.approx != "exact":
            return False
        in_order = draft.unit in _IN_ORDER or self.text[draft.number_end : draft.end] == "大"
        return in_order and self.text[max(0, draft.start - 2) : draft.start - 1] not in _WITH_FRONT

    def _is_heading(self, draft: Draft) -> bool:
        """2.2本计划…: the number of a heading before a word; what is counted has no decimals at the head of a text."""
        return draft.kind in ("count", "other") and bool(_HEADING.fullmatch(self.text, 0, draft.number_end))

    def _announces(self, draft: Draft) -> bool:
        """五大行动, 三个方面: a number over the writer's own structure."""
        text = self.text
        if draft.value > 10 or draft.kind != "count" or draft.unit not in _ITEMS:
            return False
        if draft.form == "arabic" and text[draft.number_end : draft.number_end + 1] != "大":
            return text.startswith(_PLAIN_HEADINGS, draft.end)
        match = _STOP_PHRASE.match(text, draft.end)
        phrase = match[0] if match else ""
        return any(
            not _REAL.match(phrase, m.end()) and not _REAL.search(phrase[: m.start()])
            for m in _headings().finditer(phrase[:10])
        )

    def _is_label(self, draft: Draft) -> bool:
        """全国十大品牌, 山区26县, 某某街27院, 5A级景区, a person's age in brackets: a name or a grade, not a count."""
        text = self.text
        if text[draft.number_end : draft.end] == "大" and draft.unit == "个":
            return draft.value == 10 and _TITLE_BEFORE.search(text[max(0, draft.head - 2) : draft.head]) is not None
        if draft.unit == "院":
            return _STREET.search(text[max(0, draft.head - 2) : draft.head]) is not None
        if draft.unit in _PLACES:
            return _COUNTED_PLACES.search(text[max(0, draft.start - 4) : draft.start]) is None
        if draft.unit == "级":
            return (
                _STRENGTH.search(text[max(0, draft.start - 8) : draft.start] + text[draft.end : draft.end + 3]) is None
            )
        if draft.unit in ("岁", "周岁"):
            return _AGE_MARK.search(text[max(0, draft.start - 12) : draft.start]) is not None
        return draft.unit == "K" or (draft.unit in ("A", "V", "B") and text[draft.end : draft.end + 1] in _GRADES)


def _with_shared_denominator(drafts: list[Draft]) -> list[Draft]:
    """每亩500、300元: what the first of a list is per, all of it is."""
    first = drafts[0]
    return [replace(d, unit=first.unit) if first.unit.startswith(f"{d.unit}/") else d for d in drafts]


def _as_about(draft: Draft) -> Draft:
    """千人大会 has about a thousand."""
    return replace(draft, approx="about") if draft.form == "bare" and draft.approx == "exact" else draft
