"""Of what a figure is: its indicator, read from the words around it and the figures before it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.reading.facts.nouns import (
    bare_verb,
    cut,
    is_quantity,
    last_verb,
    like_before,
    measured_name,
    noun_after,
    noun_before,
    split_heads,
    starts_plainly,
    starts_with_verb,
    subject_of,
    thing_of,
    verbs_before,
    with_suffix,
)
from core.reading.facts.periods import Period, is_rate
from core.reading.facts.phrasings import QUOTED_NAME, Around, phrased
from core.reading.figures.find import Figure
from core.text.clauses import CLAUSE_END, ITEM_END, WORDS_END, Clauses
from core.text.words import LETTER

# 3年|服务期限, 5年|发展规划
_TERM = re.compile("[^，。；、的]{0,14}?(?:计划|规划|方案|合同|协议|许可|保修|期限|有效期|合作)(?![^，。；、的]{2})")
# 比上年增加|, 较上年少|, 又增加了|
_MORE_OR_LESS = re.compile(
    "(?:同?比|较)[^，。；]{1,10}?(增加|增长|减少|提高|降低|下降|高出|上涨|多|少|增|减|降|快|慢|早|晚)了?$|^(?:也|又|再|还)?(增加|减少|提高|降低|下降|高出|上涨|上升)了?$"
)
_ENDS_OF_MORE = tuple("了加长少高低降出升涨多增减快慢早晚")
# 在全市|, 覆盖周边|, 带动当地|
_PREPOSITION = re.compile(
    "(?:[在于从对向为供将把由给与和让使被]|覆盖|惠及|涉及|联合|来自|带动|吸引|帮助|组织)(?:了)?(?:周边|当地|本地|全[省市县区镇乡村]|沿线|辖区|附近|其他|这)?(?:约|近|超过?|共)?$"
)
# 粮食总产量同比增长|, 信访总量下降|, 增速高于全省平均|
_GROWTH = re.compile(
    r"(?P<base>[^，。；：]*)(?P<mark>增长率?|增速|增幅|降幅|涨幅|增加(?!值)|上升|上涨|提高|提升|下降|降低|减少|回落|下滑|压缩|缩短|下调|上调|收窄|精简|压减|跃升|攀升|高于|低于|快于|高出|增(?!加值|[量值资收])|(?<!下)降|(?<!上)涨)(?!率)"
    r"(?:了|达到?|为|至|到|幅度)*(?P<than>[^，。；：]*?)$"
)
_DIMENSIONS = {"长": "长度", "宽": "宽度", "高": "高度", "深": "深度", "厚": "厚度"}
# 路面宽约|, 最深处达|
_DIMENSION = re.compile("(?:最(?=[长宽高深厚]处)|(?<![全总里最长宽]))([长宽高深厚])处?(?:达|为|约|近|超过?|达到)*$")
# 建成了一座|, 拥有|
_MADE = re.compile("(?:[改建变就]?成|建起|建|租下|打造|腾出|拥有|有|是)了?(?:一[座个间片处])?$")
# 食堂累计接待|, 合作社先后吸纳|
_ALREADY = re.compile("(.{2,}?)(?:已经?|共|累计|先后|陆续)+[\u3400-\u9fff]{1,3}$")
# 粮食产量比上年|, 与建站前相比|
_THAN = re.compile("(?:[比较][^，。；]{2,10}|[与同和较比][^，。；]{2,14}(?:相比|同比))[仍也又还均再更都]?$")
# 同比|, 较年初|, 年均|
_COMPARED = re.compile(
    "(?:同比|环比|比上年同期|比上年|较上年同期|较上年|比去年同期|比去年|较去年|较年初|年均|累计|平均|分别|实际|名义|净|共|最高|最低)+$"
)
# 党员约占|, 中药材产值占农业总产值的|
_SHARE = re.compile(
    r"(?P<base>[^，。；：]*?)(?:约|仅|已)?占(?:比)?(?:达到?|为|到|了|约|超)?(?P<whole>[^，。；：]*?)的?(?:约|近|超)?$"
)
# 总量稳居全省|, 满意度排名全市前列|
_RANKING = re.compile(
    r"(?P<base>[^，。；]*?)(?:稳?居|位列|位居|排名?|名列|列|跃居|跃升至?|升至|上升至?到?|由|从)*在?(?P<among>全[国省市县区州球镇乡]|[\u4e00-\u9fff]{2,3}[省市县区])?(?:前列)?$"
)
# 从2015年|不足5万元到2022年
_TILL = re.compile("(?:[^，。；（(]|[（(][^（）()]{1,24}[）)]){1,24}?[到至]")
_ENDS_OF_CHANGE = frozenset("由从自至到")
# 养老金已经发放|
_PAID = re.compile("(.{2,}?)(?:已经?|共|累计)+([\u3400-\u9fff]{2})$")
# 30米|宽, 2米|深的
_HOW_DEEP = re.compile("[长宽高深厚](?![\u3400-\u9fff]{2})")
# 服务站分为|, 服务涵盖|
_COMPRISES = re.compile("(?:涵盖|包括|包含|分为|共分)[^，。；]*$")
# 由65名|党员组成
_BY_WHOM = re.compile("[^。；]{1,40}?(?:组成|构成|牵头|负责|承办|担任|共同)")
# 全长|, 总投资|, 占地面积|
_BARE_MEASURE = re.compile("^[条座个项这该]?(全长|总长|总投资|总面积|占地面积|建筑面积|总建筑面积|投资|占地|总库容)$")
# 日均|, 平均每户|
_AVERAGE = re.compile("(?:日均|月均|年均|户均|亩均|村均|[^同年]?平均每[户亩人村天月年])")
# 每人联系|, 每村|
_EACH_ONE = re.compile("^每[人户名家村][\u3400-\u9fff]{0,4}$")
# 玉米产量比去年高了|, 外出人数较上年少|
_THAN_LAST_YEAR = re.compile(
    "(?P<base>[^，。；：]*?)(?:[比较](?:去年|上年|前年|往年|原来|以前|过去|上月|年初)(?:同期)?)"
    "(?:要|又|还|都)?(?P<mark>[高多快低少慢])(?:出|了)*(?:近|约)?$"
)
# 覆盖率提高到|
_REACHES = re.compile("(?<!达)[到至](?:了|近|约)?$")
# 粮食总产量2022年达4万吨: nothing between the period and the figure could name it
_REACHED = re.compile("(?:已|就|仍|一直)?(?:达到?|为|突破|超过|[升降增]至|(?:保持|稳定|维持)在)(?:约|近)?$")
# 2020年|的, 2020年|的不到
_LEADS = re.compile("的?[^，。；、]{0,4}$")
# 办理时限由|, 从原来的|
_CHANGE_FROM = re.compile(r"(?:从(?![业事而属严此])|(?<!自)由)[^，。；、]*$")
# 国家级|, 省级以上|, 男性|
_LEVEL = re.compile(r"(?:国家|省|市|县|区|乡|镇|部|世界|全国|全省)级(?:以上)?$|[一二三四五]级$|[男女]性?$|[男女]生$")
# 12、|, 3%和|
_AND = re.compile(r"[、和与及以]+")
_OF_THE_ONE_BEFORE = re.compile(
    "的([^，。；、\\d]{1,8}?)，?(?:(?:[全我]?[村镇县乡市省区街](?:道)?(?:[上里]|(?=[已共有就还新]|[建开修办装种设搭盖挖养]))|当地)"
    "|如今|现在|目前|今年|已经?|一?共|总共|还|就|都|新)*(?:有|[建设][有成了]|[开修办装种搭盖添挖养]了)$"
)
_SUCH = re.compile("(?:这样|同样|类似|此类|这[种类些])的?([^，。；、\\d]{2,12})，$")
# Each kind of animal has a unit of its own: 牛900头，羊1200只
_HERD = re.compile("[出存]栏量?$|存笼量?$")
_ITEM = re.compile("[、，,；;](?:其中)?([\u4e00-\u9fff]{1,6})")
_WHERE_ONLY = re.compile("(?:当时|那时|如今)?([村镇县乡市省街店校园厂队社][上里])[^，。；、\\d]{0,6}")
# 仅有|197户630人, 全村|86户320人
_THERE_ARE = re.compile("(?:共有?|现有|仅有?|只有|辖有?|住着|^有|[村组寨屯庄湾]有?)$")
# 5个|村民小组|170户, 3个|自然村|，210户
_SMALL_VILLAGE = re.compile("(?:村民小组|小组|组|自然[村屯寨]|[村屯寨])[、，]?(?:共计?|有|约|近)*")
_THINGS = frozenset("个 家 户 座 处 所 名 人 位".split())
# 新增产值超|亿元|企业达: those that are worth more are counted next
_THRESHOLD = re.compile("的?[\u4e00-\u9fff]{1,8}?(?:[已共现]?[达有为]|增至|增加到|达到)?(?:约|近)?$")
_BEYOND = frozenset(("over", "under", "nearly"))
# （人民币，下同）, and the bracket that a figure stands in ends
_REMARK = re.compile("[（(][^（）()\\d]{0,20}[，,：:][^（）()\\d]{1,20}[）)]")
_CLOSED = re.compile("^[^（(）)]*(?=[）)])")
# 为省下达任务数的|113%
_OF_WHAT = re.compile("(?:约?为|是|相当于|约占)([^，。；]{2,16})的")
# 超时序进度|6.6个百分点
_AHEAD = re.compile("(?:超|高于|快于|慢于|低于|落后于?)(?:序时|时序|计划|预期|目标)?进度$")
# （其中|20亩|为教育用地）
_IS_FOR = re.compile("(?:作?为|是|属于?)(?=[\u4e00-\u9fff]{2})")
_PERSONS = frozenset("人 名 位 户 人次 户次 对".split())
_PLACES = frozenset("村 镇 乡 县 市 省 区 街道 社区".split())
# 过半村民, 三成农户: the words after such a share are whose share it is
_OF_THOSE = ("半", "半数", "一半", "成", "成多", "余成", "以上", "百分百", "分之一", "分之二")
_DOWN = frozenset("下降 降低 减少 回落 下滑 压缩 缩短 降 降幅 下调 收窄 精简 压减".split())


# 连续|, 连着举办|
_ON_AND_ON = re.compile("[连持]续$|连着(?:上演|举办|开展)?$")


@dataclass(slots=True)
class Named:
    """What a figure is of: the bare noun, the whole indicator, and how it was come by."""

    base: str
    indicator: str
    way: str


class Indicators:
    """Names the figures of one paragraph in order; each may lean on those before it."""

    def __init__(self, text: str, figures: Sequence[Figure], periods: Sequence[Period], clauses: Clauses) -> None:
        self.text = text
        self.figures = figures
        self.periods = periods
        self.period_ends = [p.end for p in periods]
        self.clauses = clauses
        self.named: list[Named] = []

    def all(self) -> list[Named]:
        """Return the name of each figure, in their order."""
        for i in range(len(self.figures)):
            self.named.append(self._name(i))
        return self.named

    def _name(self, i: int) -> Named:
        """The indicator of a figure: what its measure word counts, or the head before it."""
        figure = self.figures[i]
        before, after = self._around(i)
        if figure.kind == "rank":
            return self._rank(i, before)
        named = self._named(i, before, after)
        return _with_average(named, before, figure) if named.way in ("before", "after", "guess") else named

    def _named(self, i: int, before: str, after: str) -> Named:
        """The indicator without the 日均 or 每人 that stands before it."""
        figure = self.figures[i]
        if figure.kind != "ratio" and (shared := self._shared_out(i)):
            return shared
        if listed := self._like_the_one_before(i):
            return Named(listed, with_suffix(measured_name(listed, figure), figure), "before")
        if found := phrased(self._phrase_around(i, before, after)):
            return Named(*found)
        if figure.kind == "ratio":
            return self._ratio(i, before, after)
        if figure.unit in ("岁", "周岁") and after.startswith("的"):
            return Named("年龄", "年龄", "after")
        counted = noun_after(after, in_phrase=_PREPOSITION.search(before) is not None, persons=figure.unit in _PERSONS)
        if figure.kind in ("count", "other", "number"):
            return self._count(i, before, after, counted)
        return self._measured(i, before, after, counted)

    def _around(self, i: int) -> tuple[str, str]:
        """The text of the clause before and after a figure, up to the neighbouring figures."""
        figure = self.figures[i]
        start, end = self.clauses.clause(figure.start)
        if i and self.figures[i - 1].end > start:
            start = self.figures[i - 1].end
        if i + 1 < len(self.figures):
            end = min(end, self.figures[i + 1].start)
        before, after = self._without_periods(start, figure.start), self.text[figure.end : max(end, figure.end)]
        if "）" in after or ")" in after or ")" in before or "）" in before:
            before, after = _REMARK.sub("", before), _REMARK.sub("", after)
            inside = _CLOSED.match(after)
            after = inside[0] if inside else after
        return before, after

    def _phrase_around(self, i: int, before: str, after: str) -> Around:
        """The wider words around a figure, for fixed phrasings."""
        figure = self.figures[i]
        start, end = self.clauses.clause(figure.start)
        rest, at = "", figure.end
        for other in self.figures[i + 1 : i + 4]:
            if other.start >= end:
                break
            rest, at = rest + self.text[at : other.start], other.end
        rest += self.text[at:end] if at < end else ""
        following = self.clauses.clause(end + 1)
        further = self.text[end + 1 : following[1]] if self.text[end : end + 1] in ("，", ",") else ""
        earlier = self.text[self.clauses.sentence(figure.start) : start]
        return Around(figure, before, after, rest, further, earlier, self._previous_base(i))

    def _without_periods(self, start: int, end: int) -> str:
        """The words before a figure behind the last expression of time; 由2020年的|320个 keeps what is before it."""
        last = bisect_right(self.period_ends, end)
        for period in self.periods[max(0, last - 4) : last]:
            if period.start < start or is_rate(period):
                continue
            if self.text[period.start] in _ENDS_OF_CHANGE and _TILL.match(self.text, end):
                return self.text[start : period.start + 1] + self.text[period.end : end].removeprefix("的")
            changes = self.text[period.start - 1 : period.start] in _ENDS_OF_CHANGE
            if changes and _LEADS.match(self.text, period.end, end):
                return self.text[start : period.start] + self.text[period.end : end].removeprefix("的")
            if _REACHED.match(self.text, period.end, end):
                return self.text[start : period.start] + self.text[period.end : end]
            if self.text[period.end : period.end + 1] != "的":
                start = period.end
        return self.text[start:end]

    def _count(self, i: int, before: str, after: str, counted: str) -> Named:
        figure = self.figures[i]
        if self._is_second_of_change(i, before):
            return replace(self.named[i - 1], way="before")
        if (match := self._change(i, before)) and noun_before(before[: match.start()]):
            before, counted = before[: match.start()], ""
        if not counted and (match := _more_or_less(before.strip())):
            base = noun_before(before[: match.start()]) or self._previous_base(i)
            return Named(base, f"{base}{match[1] or match[2]}数", "growth")
        if not counted and (topic := self._of_the_one_before(i)):
            return Named(topic, with_suffix(topic, figure), "before")
        if not counted and (found := self._residents(i, before, after)):
            return found
        counted = thing_of(counted) if figure.unit in _THINGS and counted[:1] not in _PLACES else counted
        if figure.unit.startswith("次/"):
            act = WORDS_END.split(after)[0]
            noun = (
                counted
                or (act if 2 <= len(act) <= 6 else "")
                or noun_before(re.sub(r"每\w{1,3}$|^.*每(?:季度|学期|小时|.)", "", before))
            )
            return Named(noun, f"{noun}频次", "after")
        if (
            not counted
            and (match := _COMPRISES.search(before))
            and (noun := self._named_before(i, match.start(), before))
        ):
            return Named(noun, with_suffix(noun, figure), "before")
        listing = before.endswith("等") or re.search("等(?:共|约|近)?$", before) is not None
        if counted and (listing or "的" in after[:30] or not (noun_before(before) and starts_with_verb(after))):
            verb = last_verb(before)
            return Named(counted, with_suffix(verb + counted, figure), "after")
        noun = noun_before(before)
        if _LEVEL.search(noun) or (not noun and _LEVEL.search(before)):
            base = self._last_base("count")
            level = noun or (_LEVEL.search(before) or [""])[0]
            return Named(base, with_suffix(level + base, figure), "before")
        if figure.unit in _PLACES and not noun:
            near = cut(before)[-1:] if before else []
            where = near[0][0] if near and near[0][1] in "fs" else ""
            return Named(figure.unit, f"{where}{figure.unit}数", "before")
        if not noun and (match := _ALREADY.search(before)) and (noun := noun_before(match[1])):
            return Named(noun, with_suffix(noun, figure), "before")
        if not noun and (ahead := self._noun_ahead(i)):
            return Named(ahead, with_suffix(ahead, figure), "after")
        if not noun and (topic := self._topic(i, before)):
            return Named(topic, with_suffix(topic, figure), "before")
        if not noun and figure.unit in ("户", "人") and _WHERE_ONLY.fullmatch(before.strip()):
            return Named(figure.unit, f"{figure.unit}数", "before")
        if not noun:
            return self._fallback(i, before, after)
        if figure.unit in _PLACES and not noun.endswith(figure.unit):
            noun += figure.unit
        return Named(noun, with_suffix(noun, figure), "before")

    def _residents(self, i: int, before: str, after: str) -> Named | None:
        """全村仅有197户630人, 现有1970口人: who lives there."""
        figure = self.figures[i]
        if figure.unit == "口" and after.startswith("人"):
            return Named("人口", "人口", "before")
        last = self.figures[i - 1] if i else None
        ahead = self.figures[i + 1] if i + 1 < len(self.figures) else None
        if figure.unit == "人" and last and last.unit == "户" and last.end == figure.start:
            lived = self.named[i - 1].indicator == "户数"
            return Named("人口", "人口", "before") if lived else None
        if figure.unit == "户" and last and _SMALL_VILLAGE.fullmatch(self.text, last.end, figure.start):
            return Named("户", "户数", "before")
        leads = figure.unit == "户" and ahead is not None and ahead.unit == "人" and figure.end == ahead.start
        return Named("户", "户数", "before") if leads and _THERE_ARE.search(before) else None

    def _like_the_one_before(self, i: int) -> str:
        """猪存栏40头，牛9头: a bare item behind a figure of its kind is measured by the same."""
        kind = self.figures[i].kind
        item = _ITEM.fullmatch(self.text, self.figures[i - 1].end, self.figures[i].start) if i else None
        last = i - 1
        while last >= 0 and self.figures[last].kind == "ratio":
            last -= 1
        if item is None or last < 0 or kind == "ratio" or self.figures[last].kind != kind:
            return ""
        base = self.named[last].base
        alike = self.figures[last].unit == self.figures[i].unit or _HERD.search(base) is not None
        if alike and (listed := like_before(item[1], base)):
            return listed
        alone = len(item[1]) == 1 and kind == "count" and cut(item[1])[0][1] == "n"
        return item[1] if alone else ""

    def _of_the_one_before(self, i: int) -> str:
        """占地20亩的果园，全村有12个: what the figure before is said of."""
        at = self.figures[i].start
        of = _OF_THE_ONE_BEFORE.match(self.text, self.figures[i - 1].end, at) if i else None
        return noun_after(of[1]) if of and "，" in of[0] else ""

    def _topic(self, i: int, before: str) -> str:
        """鸡舍如今镇上有5个, 占地20亩的果园，全村有12个: what is counted stands before where it is."""
        at = self.figures[i].start
        if i and (of := _OF_THE_ONE_BEFORE.match(self.text, self.figures[i - 1].end, at)):
            return noun_after(of[1])
        if not _WHERE_ONLY.fullmatch(before.strip()):
            return ""
        start = max(self.clauses.clause(at)[0], self.figures[i - 1].end if i else 0)
        pointed = _SUCH.search(self.text, self.clauses.sentence(start), start)
        first = next((p.start for p in self.periods if start <= p.start < at), start)
        return noun_before(self.text[start:first]) or (noun_before(pointed[1]) if pointed else "")

    def _named_before(self, i: int, at: int, before: str) -> str:
        """Return the whole of what is counted: the subject of 涵盖, else the noun at the end of the clause before."""
        start, _ = self.clauses.clause(self.figures[i].start)
        earlier = self.text[self.clauses.sentence(max(0, start - 1)) : max(0, start - 1)]
        title = re.search("《[^》]*》$|“[^”]*”$", earlier)
        return noun_before(before[:at]) or (title[0].strip("《》“”") if title else noun_before(earlier))

    def _noun_ahead(self, i: int) -> str:
        """近50名、共11支…创客团队, 229处共9.97万平方米国有房产: the noun stands after the next figure."""
        if i + 1 >= len(self.figures):
            return ""
        between = self.text[self.figures[i].end : self.figures[i + 1].start]
        if not re.fullmatch(r"[、，]?(?:共计?|约|合计|和)?", between.strip()):
            return ""
        _, further = self._around(i + 1)
        return noun_after(further)

    def _measured(self, i: int, before: str, after: str, counted: str) -> Named:
        """Money, time, area, mass …: the head before the figure, else what follows it."""
        figure = self.figures[i]
        if self._is_second_of_change(i, before):
            return replace(self.named[i - 1], way="before")
        if match := _more_or_less(before.strip()):
            base = noun_before(before[: match.start()]) or self._previous_base(i) or self._head_of_clause_before(i)
            what = {"money": "额", "duration": "时长"}.get(figure.kind, "量")
            return Named(base, f"{base}{match[1] or match[2]}{what}", "growth")
        if figure.kind == "duration" and (named := self._lasting(before, after, figure)):
            return named
        if self._bounds_those_counted(i, after) and (noun := noun_before(before)):
            return Named(noun, measured_name(noun, figure), "before")
        if (is_for := _IS_FOR.match(after)) and (noun := noun_after(after[is_for.end() :])) and not noun_before(before):
            return Named(noun, measured_name(noun, figure), "after")
        if match := self._change(i, before):
            before = before[: match.start()]
            counted = "" if noun_before(before) else counted
        if figure.kind == "length" and (match := _DIMENSION.search(before)):
            base = noun_before(before[: match.start()])
            return Named(base or _DIMENSIONS[match[1]], base + _DIMENSIONS[match[1]], "before")
        noun = noun_before(before)
        if figure.kind == "length" and (match := _HOW_DEEP.match(after)):
            return Named(noun or _DIMENSIONS[match[0]], noun + _DIMENSIONS[match[0]], "before")
        if counted and after.startswith("的") and _MADE.search(before):
            return Named(counted, measured_name(counted, figure), "after")
        if counted and after.startswith("的") and (match := _BARE_MEASURE.search(noun)):
            return Named(counted, counted + match[1], "after")
        if counted and not after.startswith("的") and (not noun or not starts_with_verb(after)):
            verb = last_verb(before) if not noun else ""
            return Named(counted, measured_name(verb + counted, figure), "after")
        if noun:
            return Named(noun, measured_name(noun, figure), "before")
        if figure.kind == "money" and (match := _PAID.search(before)) and (noun := noun_before(match[1])):
            return Named(noun, f"{noun}{match[2]}额", "before")
        if counted and not bare_verb(before):
            return Named(counted, measured_name(counted, figure), "after")
        return self._fallback(i, before, after)

    def _bounds_those_counted(self, i: int, after: str) -> bool:
        """产值超|亿元|企业达75家: the figure says of those that the next one counts how much they have."""
        figure, ahead = self.figures[i], self.figures[i + 1] if i + 1 < len(self.figures) else None
        return (
            ahead is not None
            and ahead.kind == "count"
            and figure.approx in _BEYOND
            and _THRESHOLD.fullmatch(self.text, figure.end, ahead.start) is not None
        )

    def _lasting(self, before: str, after: str, figure: Figure) -> Named | None:
        """连续3年通过认证, 3年的时间去试验, 一个月以内办结, 居民15分钟到达: what lasts is said by a verb."""
        if match := _ON_AND_ON.search(before):
            return _lasting_on(before[: match.start()], match[0], after, figure)
        if match := _TERM.match(after):
            return Named(match[0], f"{match[0]}期限", "after")
        if match := re.match(r"(?:的)?时间(?:里)?(?:去|来|用于|用来|内)?(.{2,12})", ITEM_END.split(after)[0]):
            verb = cut(match[1])[0][0]
            return Named(verb, f"{verb}时长", "after")
        act = WORDS_END.split(after)[0]
        if (
            act.endswith(("到", "至", "为", "了"))
            or not 2 <= len(act) <= 4
            or not LETTER.match(act)
            or starts_plainly(act)
        ):
            return None
        if figure.approx == "under":
            return Named(act, f"{act}时限", "after")
        noun = noun_before(before)
        is_act = cut(act)[0][1] in "vg"
        return Named(noun, f"{noun}{act}时间", "before") if noun and is_act and not is_quantity(noun) else None

    def _change(self, i: int, before: str) -> re.Match[str] | None:
        """The 从 or 由 before a figure that changes; 由65名党员组成 is none."""
        match = _CHANGE_FROM.search(before)
        return None if match and _BY_WHOM.match(self.text, self.figures[i].end) else match

    def _is_second_of_change(self, i: int, before: str) -> bool:
        """提高到6小时 after 由平均2小时."""
        if i == 0 or self.figures[i - 1].unit.split("/")[0] != self.figures[i].unit.split("/")[0]:
            return False
        return bool(
            re.search(
                r"^(?:的|则|再|又|已|就|如今|现在|逐步|逐年|一路|直接|很快|一举)*"
                r"(?:提高|增加|增长|上升|提升|下降|降低|降|减少|减|缩短|扩大|扩展|扩|延长|发展|拓展|升|增|涨|跌|跃升|压缩|压减|缩减|精简|优化"
                r"|回落|下调|上调|改|壮大|扩充|攀升|上涨|收窄|砍|翻)?(?:到|至|为)了?$",
                before.strip(),
            )
        )

    def _ratio(self, i: int, before: str, after: str) -> Named:
        """Shares, rates, growth; two of a list share out the heads before 分别."""
        figure = self.figures[i]
        if self._is_second_of_change(i, before) and self.named:
            base = self.named[i - 1].base
            return Named(base, self.named[i - 1].indicator, self.named[i - 1].way)
        if shared := self._shared_out(i):
            return shared
        clause = before
        if _CHANGE_FROM.search(clause):
            clause = clause[: max(clause.rfind("从"), clause.rfind("由"))]
        whose = figure.printed.endswith(_OF_THOSE) and LETTER.match(after) and not _GROWTH.search(clause)
        counts_those = after.startswith("的") or whose
        if counts_those and not noun_before(clause) and (noun := noun_after(after)):
            return Named(noun, f"{noun}占比", "after")
        share = _SHARE.search(clause)
        if share and "占" in clause and not re.search("增|降|升|提高", share["whole"]):
            return self._share(i, share)
        if match := _GROWTH.search(clause):
            return self._growth(i, match)
        if match := _THAN_LAST_YEAR.search(clause):
            base = noun_before(match["base"]) or self._previous_base(i) or self._head_of_clause_before(i)
            return Named(base, base + ("降幅" if match["mark"] in "低少慢" else "增幅"), "growth")
        if (whole := _OF_WHAT.fullmatch(clause)) and (base := self._previous_base(i)) and noun_before(whole[1]):
            return Named(base, f"{base}占{noun_before(whole[1])}比重", "share")
        if ahead := _AHEAD.search(clause):
            return Named("进度", ahead[0], "growth")
        noun = noun_before(clause)
        if not noun and clause.strip() in ("其中", "其中有", "有", "其中约") and (base := self._previous_base(i)):
            return Named(base, f"{base}占比", "guess")
        if noun:
            return Named(noun, noun if figure.unit in ("倍", "番") or is_quantity(noun) else f"{noun}占比", "before")
        return self._fallback(i, before, "")

    def _growth(self, i: int, match: re.Match[str]) -> Named:
        """同比增长5.4%, 下降53%, 高于全国平均水平2.1个百分点."""
        mark, words = match["mark"], match["base"]
        words = _THAN.sub("", words)
        compared = _COMPARED.search(words)
        head = words[: compared.start()] if compared else words
        base = noun_before(head) or ("" if mark.startswith(("高", "低", "快")) else noun_before(match["than"]))
        base = base or self._previous_base(i) or self._head_of_clause_before(i)
        if _REACHES.search(match[0]) and base.endswith(("率", "占比", "比重", "比例", "指数", "覆盖面")):
            return Named(base, base, "before")
        if mark.startswith(("高", "低", "快")):
            than = match["than"].strip("了的")[-10:]
            last = self.named[i - 1] if i else None
            rate = "增速" if last and last.way == "growth" and last.base == base else ""
            return Named(base, f"{base}{rate}{mark}{than}", "growth")
        if base.endswith(("占比", "比重", "率", "比例")):
            return Named(base, f"{base}{'下降' if mark in _DOWN else '提高'}幅度", "growth")
        same = "同比" if compared and "同比" in compared[0] else ""
        return Named(base, f"{base}{same}{'降幅' if mark in _DOWN else '增速'}", "growth")

    def _share(self, i: int, match: re.Match[str]) -> Named:
        """党员占34%, 占耕地总面积的61.67%."""
        base = noun_before(match["base"]) or self._previous_base(i)
        whole = (noun_before(match["whole"]) or match["whole"][-6:]).removesuffix("比重").removesuffix("比例")
        return Named(base, f"{base}占{whole}比重" if whole else f"{base}占比", "share")

    def _shared_out(self, i: int) -> Named | None:
        """A和B分别增长x和y: the heads and the figures of one list, one to one."""
        first, last = self._list_around(i)
        if last == first:
            return None
        start, _ = self.clauses.clause(self.figures[first].start)
        head = self.text[start : self.figures[first].start]
        at = max(head.rfind("分别"), head.rfind("依次"))
        if at < 0:
            return None
        count = last - first + 1
        mark = head[at + 2 :]
        growth = _GROWTH.search(mark)
        way = "growth" if growth or self.figures[i].unit == "百分点" else "before"
        heads = split_heads(_THAN.sub("", head[:at]), count)
        if not heads and first >= count and len(self.named) >= first:
            heads = [n.indicator for n in self.named[first - count : first]]
        compared = split_heads(re.sub(r"^.*?[高低快]于", "", mark), count) if re.search("[高低快]于", mark) else []
        if compared:
            base = noun_before(head[:at]) or self._previous_base(first)
            return Named(base, f"{base}增速高于{compared[i - first]}", "growth")
        if not heads:
            return None
        base = _sharing_tail(heads)[i - first]
        falls = growth is not None and growth["mark"] in _DOWN
        tail = "降幅" if falls else "增速"
        if base.endswith(("占比", "率", "比重", "比例")):
            tail = "下降幅度" if falls else "提高幅度"
        tail = "" if way == "before" else tail
        return Named(base, base + tail, way)

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
        last = min(i, len(self.named))
        for k in range(last - 1, max(-1, last - 40), -1):
            if self.named[k].base:
                return self.named[k].base
        return ""

    def _last_base(self, kind: str) -> str:
        for k in range(len(self.named) - 1, -1, -1):
            if self.figures[k].kind == kind and self.named[k].base and not _LEVEL.search(self.named[k].base):
                return self.named[k].base
        return ""

    def _rank(self, i: int, before: str) -> Named:
        """数量居全市之首 → 数量全市排名."""
        match = _RANKING.search(before)
        base = noun_before(match["base"]) if match else ""
        among = (match["among"] or "") if match else ""
        base = base or self._previous_base(i) or self._head_of_clause_before(i)
        return Named(base, f"{base}{among}排名", "before")

    def _head_of_clause_before(self, i: int) -> str:
        """The subject of the clause before: 村集体经济收入连年增收，今年已突破50万元."""
        start, _ = self.clauses.clause(self.figures[i].start)
        sentence = self.clauses.sentence(start - 1) if start else 0
        clauses = [re.split(r"\d", c)[0] for c in CLAUSE_END.split(self.text[sentence : max(sentence, start - 1)]) if c]
        for clause in reversed(clauses[-2:]):
            if noun := subject_of(clause):
                return noun
        return ""

    def _fallback(self, i: int, before: str, after: str) -> Named:
        """Nothing in the clause says it: the figure before, the subject of the clause before, the words that follow."""
        figure = self.figures[i]
        if (
            i
            and figure.kind == "count"
            and self.figures[i - 1].unit == figure.unit
            and self._same_sentence(i)
            and not bare_verb(before)
        ):
            base = self.named[i - 1].base
            return Named(base, with_suffix(base, figure), "guess")
        if figure.kind == "count" and (act := _long(verbs_before(before))):
            return Named(act, with_suffix(act, figure), "guess")
        if figure.kind == "count" and (verb := bare_verb(before)):
            thing = WORDS_END.split(after)[0]
            if 2 <= len(thing) <= 4 and not starts_with_verb(thing):
                return Named(thing, with_suffix(thing, figure), "after")
            alike = bool(i) and self.figures[i - 1].unit == figure.unit
            last = self._last_base("count") if alike else "" if verb.endswith(figure.unit) else figure.unit
            last = "" if last == "个" else re.sub("^.{2}(?=问题$)", "", last)
            return Named(last if alike and last else verb, with_suffix(f"{verb}{last}", figure), "guess")
        if figure.unit in ("岁", "周岁"):
            return Named("年龄", "年龄", "guess")
        start, _ = self.clauses.clause(figure.start)
        base = self._previous_base(i) if i and self.figures[i - 1].end > start else ""
        base = (
            base
            or _long(verbs_before(before))
            or bare_verb(before)
            or self._head_of_clause_before(i)
            or noun_after(after)
            or self._previous_base(i)
        )
        base = base if len(base) > 1 else ""
        if not base and (named := QUOTED_NAME.findall(self.text[max(0, figure.start - 120) : figure.start])):
            base = named[-1]
        if not base:
            base = "".join(c for c in ITEM_END.split(after)[0][:10] if LETTER.match(c))
        return Named(
            base, with_suffix(base, figure) if figure.kind == "count" else measured_name(base, figure), "guess"
        )

    def _same_sentence(self, i: int) -> bool:
        return self.clauses.sentence(self.figures[i].start) <= self.figures[i - 1].start


def _more_or_less(before: str) -> re.Match[str] | None:
    """比上年增加|10家, 又增加了|3人."""
    return _MORE_OR_LESS.search(before) if before.endswith(_ENDS_OF_MORE) else None


def _long(words: str) -> str:
    """Words that are more than one verb."""
    return words if len(words) > 2 else ""


def _sharing_tail(heads: Sequence[str]) -> list[str]:
    """化肥、农药使用量: the last head says what all are measured by."""
    words = cut(heads[-1])
    tail = "".join(word for word, _ in words[1:])
    shared = tail if len(words) > 1 and is_quantity(tail) else ""
    return [head if is_quantity(head) else head + shared for head in heads]


def _with_average(named: Named, before: str, figure: Figure) -> Named:
    """日均运送|乘客9200人次, 每人联系|30户: what makes it an average is part of its name."""
    last = CLAUSE_END.split(before)[-1]
    if figure.kind == "count" and _EACH_ONE.match(last) and last not in named.indicator:
        return replace(named, indicator=last + named.indicator)
    match = _AVERAGE.search(last)
    if match is None or match[0] in named.indicator or not named.indicator:
        return named
    if named.way == "guess" and "平均" in match[0]:
        return named
    return replace(named, indicator=match[0] + named.indicator)


def _lasting_on(before: str, mark: str, after: str, figure: Figure) -> Named:
    """连续3年通过认证 → 连续通过认证年数."""
    act = ITEM_END.split(after)[0][:30]
    words = cut(act)
    verb = words[0][0] if words and words[0][1] in "vp" else ""
    noun = noun_after(act[len(verb) :]) if verb else ""
    lead = noun_before(before) if mark == "连续" and not noun else ""
    noun = noun or (act[len(verb) :] if verb and len(act) < 10 else "")
    count = {"天": "天数", "年": "年数", "个月": "月数"}.get(figure.unit, "时长")
    return Named(noun or verb or lead, f"{lead}{mark.removeprefix('连着')}{verb}{noun}{count}", "after")
