"""When: the expressions of time in a text, and which of them a figure belongs to."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from core.text.clauses import CLAUSE_END, SENTENCE_END
from core.text.lexicon import either

_C = "一二三四五六七八九十"
_TO = r"[-—–~～至到]{1,2}"
# 2023年, 二〇二三年, 今年
_YEAR = (
    r"(?:(?:1[89]|20)\d\d年(?:度(?!过|假))?|[二一][〇○零一二三四五六七八九]{3}年"
    r"|今年|去年|前年|明年|上年|本年度?|当年|同年|次年|翌年)"
)
# 22日, 二十二日
_DAY = r"(?:\d{1,2}[日号]|[一二三]?十?[一二三四五六七八九]?日)"
# 10月底, 十月份, 5月上旬
_MONTH = rf"(?:\d{{1,2}}月|十[一二]?月|[{_C[:9]}]月)(?:份|底|初|末|[上中下]旬)?"
_COUNT = rf"(?:\d{{1,3}}|[{_C}两几数半]{{1,3}})"
# 前两个月, 头三个月, 最后一个季度, 首月: a part at one end of a year or of a time that goes on
_AT_AN_END = rf"(?:前|头|最后|最初|(?<![之以此然前先背身])后)(?:的)?{_COUNT}(?:个?月|个?季度|个?星期|周|旬)|首[月季周]"
_PART = (
    rf"(?:第?[一二三四1-4]季度|[上下]半年|前三季度|{_AT_AN_END}|最后{_COUNT}天"
    r"|[寒暑]假|年?初|年?底|年?末|全年|首季|春节|暑期|汛期|[春夏秋冬]季|[秋春]后|秋收后)"
)
# 以来, 之前, 期间
_SINCE = r"(?:以来|起(?![步点始来草初])|开始|之后|以后|后|之前|以前|前|期间)"
# 2018年7月30日|试运行以来, 去年5月|投用后，: what happened then
_SINCE_IT = r"[\u4e00-\u9fff]{2,8}?(?:以来|之后|后(?=，))"
# 全年|目标, 年度|任务: of the whole year is only what was planned
_PLANNED = "(?!的?(?:目标|任务|计划|指标|预算))"
_SPAN_OF_YEARS = (
    rf"(?:(?:近|最近|过去|未来|今后|此后)?的?(?:\d{{1,3}}|[{_C}两几数]{{1,3}})[多余]?(?:个多|个)?[年月天周][多余]?"
    r"(?:的?时间)?(?:以来|来(?![到自])|里|间(?!隔)|内)|近?半(?:年|个月)多?(?:以来|来(?![到自])))"
)
# 上一季度, 本季度, 上上个月, 次月; not 村上|一年, 以上|一季度
_BESIDE_NOW = (
    r"(?:(?<![以晚早网线路身村镇会手桌地车山海墙街岗基])上上?|(?<![以线地乡楼山台])下|本|这)(?:一个?|个)"
    r"(?:季度|年度|月|星期|学期|学年|旬|(?<=上一)年)"
    r"|(?<!以)上(?:年度|学年|一周(?![一二三四五六日末]))|上上个?[月周]"
    r"|本(?:季度|月|周|旬|学年)|(?<!以)[上下]半月|[次当同]月(?![份饼球])"
)
# 半年前, 十多年前, 两个月后: so long before or after, good for its own sentence only
_AGO = (
    rf"(?<!第){_COUNT}[多余]?(?:年|个多?月|周|天|个?星期|个?季度)多?(?:以|之)?"
    "(?:前(?![期任沿端景后往来置提])|后(?![期续勤备代任方]))"
)
_WORDS = """
去冬今春 今春 今夏 今秋 今冬 去春 去夏 去秋 去冬 上个月 上月 上星期 上学期 本学期 前些年 早些年 早年 前几年 最初 以前
近年来 近些年来 近些年 近几年来 近几年 多年来 历年来 历年 连年来 连年 常年来 常年
一直以来 长期以来 今年来 这些年来 这些年 这几年来 这几年 往年
近期 近来 近段时间
连日来 前不久 不久前 日前 近日 此前 目前 眼下 如今 现在 当前 现已 迄今 至今
原来 原先 原本 当初 过去 以往
每年 每月 每天 每日 每周 每季度 每学期
开业以来 成立以来 启动以来 实施以来 运行以来 开展以来 建成以来 投用以来 上线以来
"""

_PATTERNS = (
    _BESIDE_NOW,
    _AGO,
    # 整治首日, 今年国庆首日
    r"(?:今年|去年)?(?:国庆|春节|五一|端午|中秋|清明|元旦|双节|整治|行动|活动|开[展业园馆放学工]|上[线市]|试运行|实施|启用)?"
    r"(?:小长假|长假|假期|节日|行动|活动)?首日(?!封)",
    # 截至目前, 到现在为止, 至今
    r"(?:截至|截止到?|到|至)(?:目前|今(?![年天日春夏秋冬])|现在|当前)(?:为止)?",
    # 2023年, 今年1—9月, 截至2023年底, 2022年以来, 今年5月至7月
    rf"(?:截至|截止到?|自|从|到|至)?{_YEAR}(?:的?(?:{_PART}|\d{{1,2}}(?:{_TO}|、)\d{{1,2}}月|{_MONTH}(?:{_DAY})?))?(?:{_TO}(?:{_YEAR})?(?:{_PART}|{_MONTH})?(?:{_DAY})?)?(?:{_SINCE}|来(?![到自])|{_SINCE_IT})?",
    # 截至10月底, 3月份, 7月以来, 5月12日起
    rf"(?:截至|截止到?|自|从|到|至)?{_MONTH}(?:{_DAY})?(?:{_TO}(?:{_MONTH})?(?:{_DAY})?)?(?:{_SINCE}|{_SINCE_IT})?",
    # 1—9月, 3、4月份
    rf"\d{{1,2}}(?:{_TO}|、)\d{{1,2}}月(?:份)?",
    # 5至7日, 昨日, 活动当天
    rf"(?:(?:截至|截止到?)?\d{{1,2}}(?:{_TO}\d{{1,2}})?日(?:\d{{1,2}}时(?![间代]))?|[前昨今当]日|[昨今当]天|昨晚|今晨|活动当天|当日)(?!常)",
    # 三年来, 近5年多时间里, 两个多月以来
    _SPAN_OF_YEARS,
    # 近三年, 过去5年, 未来半年
    rf"(?:最近|近|过去|未来|今后)(?:的)?(?:\d{{1,2}}|[{_C}两几半]{{1,2}})(?:年|个月|天|周)",
    # “十四五”期间, 十三五末
    r"“?[“‘]?十[三四五六二]五[”’]?(?:规划)?(?:期间|以来|时期|末|初)",
    # 前三季度, 上半年以来, 前10个月
    rf"(?:第?[一二三四]季度|前三季度|[上下]半年|(?<![以之此目年日当节]){_AT_AN_END})(?:以来)?",
    # 到明年年底, 今年年初, 年内, 岁末
    r"(?:到|至)?(?:明年|今年|去年)?(?:年初|年中|年末|年底前?|(?<![半一二三四五六七八九十两几\d个])年内|岁末)",
    # 上月底, 截至上个月底
    r"(?:截至|截止到?)?上个?月[底末初中]?",
    # 入夏以来
    r"入[春夏秋冬汛伏]以来",
    # 三年下来, 不到半年时间，, 三个月间
    rf"(?:不到)?(?:\d{{1,2}}|[{_C}两几半])(?:年|个月|个多月)多?(?:下来|时间(?=，)|间(?!隔))",
    # 开业三个月, 上线5天来
    rf"(?:开店|开业|开张|上线|运行|成立|投用|实施|开通|推行)(?:\d{{1,3}}|[{_C}两半]{{1,3}})(?:个多?月|年|天|周)多?(?:以来|来|里|间)?",
    # 夏收期间, 试运行以来, 改造前的
    r"(?:夏收|秋收|春耕|三夏|三秋|双抢|采收季?|收获季|春运|改造|整治|试运行|上线)(?:期间|以来|之初|时(?=的)|前(?=的)|后(?=，))",
    # 全年, and not 完成全年目标的
    rf"全年{_PLANNED}",
    # 第一周, 第3天, 第二学期
    rf"(?<=在)第(?:\d{{1,2}}|[{_C}]{{1,3}})(?:周|个月|学期|学年)(?![期岁])|(?<![\u4e00-\u9fff])第(?:\d{{1,2}}|[{_C}]{{1,3}})(?:周|年|个月|学期|学年)(?=，)",
    # 三年|累计, 两年|平均
    rf"(?:\d{{1,2}}|[{_C}两几]{{1,2}})年(?=累计|合计|总计|平均|年均)",
    # 上周五
    r"上周[一二三四五六日末]?",
    # 年来，, 之前，
    r"年来(?=，)|之前(?=，)",
    # 近年来, 目前, 每年
    either(_WORDS.split()),
    # 国庆黄金周, 春节期间, 疫情以来
    r"(?:国庆|春节|五一|端午|中秋|清明|元旦|双节|暑假|寒假|暑期|寒暑假|小?长假|假期|汛期|假日|疫情|活动|会议|展会|博览会|论坛|节日)"
    r"(?:(?:黄金周|小长假|假期|长假)(?:期间)?|期间|以来)",
)
_FIRST_CHARACTERS = "".join(sorted({word[0] for word in _WORDS.split()})) + (
    "截到至今去前明上本当同次翌自从最未后第十一二三四五六七八九两几数昨年岁国春端中清元双暑寒汛假疫活会展博论节之入不半夏秋开成运投实推三采收改整试下这头首近过全行假长启"
)
_PERIOD = re.compile(rf"(?=[\d“‘{_FIRST_CHARACTERS}])(?:" + "|".join(f"(?:{p})" for p in _PATTERNS) + ")")
# 今年|村民运动会期间
_EVENT_TAIL = re.compile(r"[^，。；：、！？\d“”]{2,14}?(?:召开|举办|举行)?期间")
# 执法行动|期间，, 项目全部建成|后，: the whole beginning of a clause that says when
_WHOLE_CLAUSE = re.compile(
    r"(?<![^\s，。；：！？])(?:在|待|于|等|特别是|尤其是)?"
    r"(?P<when>[\u4e00-\u9fff]{2,8}(?:期间|以来)(?=，)|[\u4e00-\u9fff]{0,6}?(?:建成|完工|竣工|[投达]产|投用|投运|投入使用|投入运营)"
    r"(?:[投达]产|投用|运营|投入使用)?后)(?=[，将可能])"
)
_CLAUSE_MARKS = ("期间，", "以来，", "后，", "后将", "后可", "后能")
_TILL_NOW = re.compile("[到至](?:今$|目)")
_RATES = frozenset("每年 每月 每天 每日 每周 每季度 每学期".split())
_WEAK = _RATES | frozenset(
    "近日 日前 连日来 前不久 不久前 原来 原先 当初 过去 以往 此前 当天 当日 昨天 昨日 近期 近来"
    " 最初 以前 前些年 早年 上个月 这个月 当月 次月 同月 前几天 前两天".split()
)
_THAT_DAY = frozenset("当天 当日 活动当天".split())
_LONG_AGO = re.compile(_AGO)
# 2021年|的23.2%, 去年|同期的
_OF = re.compile("(?:同期)?的")
# 与去年|同期相比, 同上年|相比
_LIKE_THEN = re.compile("(?:的?同期|同一?时期)?(?:水平)?(?:相比|同比)")
# 与会人员分|3组, |3项成果现场签约: what goes on at an event whose day a sentence before named
_OF_THE_EVENT = re.compile(
    "与会|会议(?:传达|听取|要求|指出|强调)|会上|会后|现场(?:签|观摩|会)|观摩|当场签|仪式上|活动中"
)
# 新华社呼和浩特5月27日|电: when it was written
_DATELINE = re.compile("[电讯](?=[\\s（(]|$)")
_FURTHEST = 300
"""No sentence is looked at further back than this from its figure."""
_DATED = re.compile(r"\d[日号]$")
_DAY_ANYWHERE = re.compile(r"\d[日号]")


@dataclass(slots=True)
class Period:
    """An expression of time: where it stands (half open) and its words."""

    start: int
    end: int
    text: str
    alone: bool = False
    """It is good for its own sentence only: 项目建成后, 住院期间."""


def find_periods(text: str) -> list[Period]:
    """Return the expressions of time in a text, in order.

    >>> [p.text for p in find_periods("截至目前，全县共有12家；2022年以来新增3家。")]
    ['截至目前', '2022年以来']
    """
    found = []
    at = 0
    while (match := _PERIOD.search(text, at)) is not None:
        end = max(match.end(), match.start() + 1)
        tail = _EVENT_TAIL.match(text, end) if match[0] in ("今年", "去年") or match[0].endswith("年") else None
        end = tail.end() if tail else end
        words = text[match.start() : end]
        start = match.start() + (words[0] in "到至" and not _TILL_NOW.match(words))
        words = text[start:end]
        if words and not _is_inside_word(text, start, words):
            found.append(Period(start, end, words))
        at = end
    return _with_whole_clauses(text, found) if any(mark in text for mark in _CLAUSE_MARKS) else found


def _with_whole_clauses(text: str, found: list[Period]) -> list[Period]:
    """The expressions with those that are the whole beginning of a clause and hold no other."""
    whole = [Period(*m.span("when"), m["when"], alone=True) for m in _WHOLE_CLAUSE.finditer(text)]
    whole = [w for w in whole if not any(w.start < p.end and p.start < w.end for p in found)]
    return sorted([*found, *whole], key=lambda p: p.start)


def _is_inside_word(text: str, start: int, words: str) -> bool:
    """过去 in 走过去; 去年 in 比去年 and 达到去年2.5倍 is what is compared with."""
    before = text[start - 1 : start] if start else ""
    lasts = before == "到" and text[start - 2 : start - 1] != "达" and text.startswith("的", start + len(words))
    if (
        before in ("比", "较")
        or _LIKE_THEN.match(text, start + len(words))
        or (
            before in ("达", "到", "是", "于")
            and not lasts
            and words in ("去年", "上年", "前年", "往年", "原来", "过去", "以往")
        )
    ):
        return True
    return (words in ("过去", "当日", "现在") and before in tuple("走跑开送拿实体展")) or (
        words in ("至今", "到目前") and not before
    )


def period_of(at: int, periods: Sequence[Period], text: str, day: str = "") -> tuple[str, str]:
    """Return the period of a figure that begins at ``at``, and how it was come by: ``sentence``, ``carried`` or empty.

    ``day``: the last day that the article named, which 当天 means.
    """
    sentence = _last_end(SENTENCE_END, text, at)
    clause = _last_end(CLAUSE_END, text, at)
    near = [
        p
        for p in periods
        if sentence <= p.start and p.end <= at and not _is_attached(p, at, text) and not _DATELINE.match(text, p.end)
    ]
    if chosen := _best(near, clause, at):
        if chosen.text in _THAT_DAY:
            named = [p.text for p in periods if p.end <= at and _DATED.search(p.text)]
            return (named[-1] if named else day or chosen.text), "sentence"
        return chosen.text, "sentence"
    told = _OF_THE_EVENT.search(text, sentence, at + 60) is not None
    for period in reversed([p for p in periods if p.end <= sentence and p.text not in _WEAK]):
        if (
            period.alone
            or (_DATED.search(period.text) and not told)
            or period.text.endswith("内")
            or _LONG_AGO.fullmatch(period.text)
        ):
            continue
        if not _is_attached(period, at, text):
            return period.text, "carried"
    return "", ""


def _best(near: Sequence[Period], clause: int, at: int) -> Period | None:
    """The nearest one; 每年 counts only in the figure's own clause, 近日 and 每月 only when nothing better is there."""
    if near and near[-1].end + 1 >= at and (near[-1].text not in _RATES or near[-1].text == "每年"):
        return near[-1]
    usable = [p for p in near if p.text not in _RATES or p.start >= clause]
    strong = [p for p in usable if (p.text not in _WEAK or p.text == "每年") and not _is_far_ago(p, clause)]
    lasting = [p for p in strong if not p.text.endswith("内")]
    return (lasting or strong or usable or [None])[-1]  # type: ignore[list-item]


def _is_far_ago(period: Period, clause: int) -> bool:
    """半年前 in another clause: the figure's only when nothing else is."""
    return period.start < clause and _LONG_AGO.fullmatch(period.text) is not None


def _is_attached(period: Period, at: int, text: str) -> bool:
    """2021年的23.2%: the period belongs to that figure alone, not to the next one."""
    link = _OF.match(text, period.end)
    if link is None:
        return False
    between = text[link.end() : at]
    return bool(re.match(r"[^，。；]{0,6}\d[\d.]*[^，。；]{1,}", between))


def is_rate(period: Period) -> bool:
    """每年, 每周: how often rather than when."""
    return period.text in _RATES


def names_a_day(text: str) -> bool:
    """Return whether a text may name a day that ``last_day`` tells: others need not be looked through for it."""
    return _DAY_ANYWHERE.search(text) is not None


def last_day(periods: Sequence[Period]) -> str:
    """Return the last day that a paragraph names, or nothing."""
    named = [p.text for p in periods if _DATED.search(p.text)]
    return named[-1] if named else ""


def _last_end(pattern: re.Pattern[str], text: str, at: int) -> int:
    """Where the sentence or clause that holds a place begins."""
    ends, low = _ends(pattern, text), max(0, at - _FURTHEST)
    last = bisect_right(ends, at)
    return max(low, ends[last - 1]) if last else low


@lru_cache(maxsize=8)
def _ends(pattern: re.Pattern[str], text: str) -> list[int]:
    """Where the sentences or clauses of a text end."""
    return [match.end() for match in pattern.finditer(text)]
