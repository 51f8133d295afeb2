"""Names of figures that a fixed phrasing gives: 最高50万元的…, 完成任务的97.8%, 比…高3400元, 用了19个月拿下…."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from core.reading.facts.nouns import (
    bare_verb,
    cut,
    measured_name,
    noun_after,
    noun_before,
    starts_with_verb,
    subject_of,
)
from core.reading.figures.find import Figure
from core.text.clauses import WORDS_END
from core.text.marks import STOPS, any_of

_LONGEST = 14
_PARTED_BY = re.compile(any_of(STOPS + "!?") + r"|\s")
# 20分钟|就能填完, 3天|内即可
_LEADING = re.compile(
    "^[的，,、：:]*(?:也|都|还|又|再|已|就|便|即|才|可|能|可以|即可|就能|便能|会|要|来|去|内|里|之内|以内|共|约)*"
)
# 只用了|, 前后耗时|, 仅需|
_TAKEN = re.compile(
    "(?:只|仅|又|共|前后|足足|整整)*"
    "(?:用了|用时|花了|耗时|历时|用|仅需|只需|需要|需|仅|只要|不到|才)+(?:不到|近|约|了)?$"
)
# 开展为期|, 历时|: what lasted follows with 的
_LASTS = re.compile("(?:为期|历时|长达)(?:近|约|了)?$")
# 3年|的时间, 3年|时间
_A_TIME = re.compile("的?时间")
# 从报名到领证|，, 从村口到县城平均|
_FROM_TO = re.compile("从[^，。；\\d]{1,8}?到[^，。；\\d]{1,8}?(?=[，。；仅只共用不需]|平均|最快|$)")
# 最高可贷|, 最多不超过|
_MOST = re.compile("(最高|最低|最多|最少)(?:可|能)?(?:达|贷|享受?|给予|获得?|补贴|补助|奖励|不超过|至)*到?$")
# 给予|, 发放了最高|
_GIVEN = re.compile(
    "(?:给予|给|奖励?|补助|补贴|资助|发放|提供|享受|领取)了?(?:每[人户亩个村名位])?(?:每[日天月年次])?(?:最高)?$"
)
# 根据年龄不同分别|给予: by what, not to whom
_ACCORDING = re.compile("(?:根据|按照?|依据?)[^，。；]{1,12}$")
# 5000元|的一次性补贴, 5000元|支持
_GIFT = re.compile(
    "(?:的)?(?:一次性)?([\\u3400-\\u9fff]{0,4}"
    "(?:支持|补助|补贴|奖励|资助|津贴|扶持|资金|奖金|贷款|工资|慰问金))(?![\\u3400-\\u9fff]{2})"
)
# 改管道要花|, 一年得交|
_SPENT = re.compile("([\\u3400-\\u9fff“”]{2,10}?)(?:要|得|需|只|就)*(?:花费?|掏|交|缴)(?:了|掉|上)?$")
# 投资|, 斥资近|
_INVESTED = re.compile("(?:投入|投资|斥资|出资|筹资|耗资)(?:近|约|了)?$")
# 2600万元|新建冷库, 2600万元|，用于修路
_BUILDING = re.compile("^[，,]?(?:用于|新建|建成|建设|改造|打造|实施|建起)了?")
_SPENT_ON = re.compile("(?:斥资|出资|筹资|耗资)(?:近|约|了)?$")
# 9000万元，|投资兴建城东学校
_BUILDS = re.compile("^(?:投资)?(?:用于|新建|兴建|建成|建设|改造|打造|实施|建起|修建)了?(?:[一这该]?[座个条所处])?")
# 1200万元|作为保障经费, 1200万元|专门用于修路
_USED_FOR = re.compile(
    "(?:给[^，。；]{2,12}?)?(?:专项)?(?:资金)?(?:专门)?(?:用于|用作|用来|作为|设立)([^，。；]{2,14})"
)
# 一亩地多挣|, 每户增收了|
_EARNED = re.compile("(?:多挣|多赚|多卖|增收|多收入|多收)了?$")
# “幸福食堂”
QUOTED_NAME = re.compile("“([^“”，。]{2,12})”")
# 排队等了|
_WAITED = re.compile("等(?:了|上|待)?$")
# 3000人|进城, 3000人|到场
_GOING = re.compile("[进到在回上][\u3400-\u9fff]")
# 每斤|, 一顿|
_EACH_ONLY = re.compile("^[一每](?:斤|公斤|吨|箱|盒|袋|瓶|张|晚|餐|顿|份|碗|度|课时)$")
# 一只羊卖|, 茶叶卖到|
_SELLS = re.compile("(?:[一每][只头斤个箱亩条株])?([\u3400-\u9fff]{1,6}?)卖(?:了|到|出|得|价)?(?:近|约)?$")
# 家里种了|
_PLANTS = re.compile("[种栽]了?$")
# 完善了“一网通办”
_QUOTE_AT_END = re.compile("了?“[^”]*”$")
# 用于排队的时间由|
_TIME_OF = re.compile("(?:用于|用来|用在|花在)([\u3400-\u9fff]{2,8}?)上?的时间(?:由|从|为|达|约|是)?(?:平均)?$")
_SHORT = frozenset(("", "前后", "仅", "短短", "仅仅", "前后仅", "前后不", "只"))
# 一家人到手|, 去年亏|, 每月挣到|
_TO_HAND = re.compile("(?:亏损?|赔|到手|净落|净赚|净挣|能挣|挣到?|赚到?|进账|增收入)了?$")
# 每亩多挣|, 每户平均|, 一垧地|
_EACH = re.compile("每([\\u3400-\\u9fff]{1,2}?)(?=[^\\u3400-\\u9fff]|平均|可|能|多|都|里)|一([亩垧户])地?")
# 完成年度任务的|
_DONE = re.compile("完成([^，。；]{0,8}?(?:任务|目标|计划))(?:数|量)?的$")
# 租金比市场价低|, 速度比人工快|
_COMPARED = re.compile(
    "^(.*?)(?:要|都)?(?<![占同环对相])比([^，。；]{2,14}?)(?<![提增])(高|低|快|慢|多|少)(?:出|了)?(?:近|约)?$"
)
# 年产樱桃|
_YEARLY = re.compile("^年产(?![量值])")
# 70%|归村民, 10%|用于养老
_PARTED = re.compile("(?:归|留给|分给|用于|留作|作为|返还|给)[^，。；]{1,8}$")
# 陪诊一天记|, 一次可得|
# 每科满分|, 综合得分为|
_MARKS = re.compile("((?:[\u3400-\u9fff]{1,4})?(?:满分|得分|总分|评分)值?)(?:[为达是]|达到)?(?:约|近)?$")
_SCORE = re.compile("([\u3400-\u9fff（）]{2,10}?)(?:可|就|能)?(?:记|得|计|扣|加|积|奖)$")
# 其中|, 目前仅|, 全县已有|
_SAYING_NOTHING = re.compile(
    "^(?:其中|有|约|近|另有|还有|共|已有|已|目前|仅|全[省市县区镇乡村]|[\u3400-\u9fff]{1,4}[省市县区镇乡村])+"
)
_PERSONS = frozenset("人 人次 户 户次".split())
_RESULTS = {"高": "高于", "低": "低于", "快": "快于", "慢": "慢于", "多": "高于", "少": "低于"}


@dataclass(slots=True)
class Around:
    """A figure and the words around it."""

    figure: Figure
    before: str
    after: str
    """To the next figure or the end of the clause."""
    rest: str
    """The rest of the clause without other figures."""
    next_clause: str
    earlier: str
    """The sentence up to the clause."""
    last: str
    """What the figure before is of."""


def phrased(around: Around) -> tuple[str, str, str] | None:
    """Base, indicator and way when the words have one of the fixed phrasings."""
    for phrasing in _PHRASINGS.get(around.figure.kind, ()):
        if found := phrasing(around):
            return found
    return None


def acted(words: str) -> str:
    """Return what is done, in the words of the text: 就能填完…信息 → 填完…信息."""
    act = _QUOTE_AT_END.sub("", words)
    act = _PARTED_BY.split(_LEADING.sub("", act))[0]
    return act[:_LONGEST].rstrip("的了在与和有")


def _most(around: Around) -> tuple[str, str, str] | None:
    """最高50万元的|某某贷."""
    match = _MOST.search(around.before)
    if match is None:
        return None
    noun = noun_after(around.after) if around.after.startswith("的") else noun_before(around.before[: match.start()])
    noun = noun or next(reversed(QUOTED_NAME.findall(around.earlier)), "")
    limit = "利率" if around.figure.unit == "%" else "额度" if around.figure.kind == "money" else ""
    return (noun, f"{noun}{match[1]}{limit}", "after") if noun else None


def _given(around: Around) -> tuple[str, str, str] | None:
    """每个项目给予5000元|支持."""
    given, gift = _GIVEN.search(around.before), _GIFT.match(around.after)
    if given is None or gift is None:
        return None
    lead = around.before[: given.start()]
    noun = "" if _ACCORDING.search(lead) else noun_before(lead)
    return noun + gift[1], f"{noun}{gift[1]}额", "after"


def _spent(around: Around) -> tuple[str, str, str] | None:
    """改管道要花|3万元."""
    match = _SPENT.search(around.before)
    return (match[1], f"{match[1]}费用", "before") if match else None


def _invested(around: Around) -> tuple[str, str, str] | None:
    """投资2600万元的|某某项目."""
    if not _INVESTED.search(around.before):
        return None
    noun = noun_after(_BUILDING.sub("", around.after))
    built = None if noun or around.after else _BUILDS.match(around.next_clause)
    if built and _SPENT_ON.search(around.before):
        noun = noun_after(around.next_clause[built.end() :])
    return (noun, f"{noun}投资额", "after") if noun else None


def _used_for(around: Around) -> tuple[str, str, str] | None:
    """1200万元作为|楼栋长保障经费."""
    match = _USED_FOR.match(around.after)
    noun = noun_after(match[1]) if match else ""
    if not noun:
        return None
    return noun, noun if noun.endswith(("费", "金", "资", "款", "补贴", "补助")) else f"{noun}资金", "after"


def _earned(around: Around) -> tuple[str, str, str] | None:
    """一垧地多挣|1800元."""
    match = _EARNED.search(around.before)
    if match is None:
        return None
    each = _EACH.search(around.before)
    what = "增收额" if around.figure.kind == "money" else "增产量"
    base = f"每{each[1] or each[2]}" if each else noun_before(around.before[: match.start()])
    return base, base + what, "before"


def _income(around: Around) -> tuple[str, str, str] | None:
    """一家人到手|4.7万元."""
    match = _TO_HAND.search(around.before)
    if match is None:
        return None
    who = noun_before(around.before[: match.start()]) or subject_of(around.earlier[-20:])
    each = re.search("每[月年天]|一年", around.before)
    what = "亏损" if match[0][0] in "亏赔" else "收入"
    return who, f"{who}{each[0] if each else ''}{what}", "before"


def _sold(around: Around) -> tuple[str, str, str] | None:
    """一只羊卖|1500块, 每斤|2块5."""
    if each := _EACH_ONLY.search(around.before):
        return each[0], f"{each[0]}价格", "before"
    match = _SELLS.search(around.before)
    return (match[1], f"{match[1]}售价", "before") if match else None


def _planted(around: Around) -> tuple[str, str, str] | None:
    """家里种了|3亩."""
    match = _PLANTS.search(around.before)
    if match is None or noun_after(around.after):
        return None
    who = noun_before(around.before[: match.start()])
    return who, f"{who}种植面积", "before"


def _done(around: Around) -> tuple[str, str, str] | None:
    """完成年度任务的|103.2%."""
    match = _DONE.search(around.before)
    if match is None:
        return None
    subject = noun_before(around.before[: match.start()])
    return subject + match[1], f"{subject}{match[1]}完成率", "share"


def _compared(around: Around) -> tuple[str, str, str] | None:
    """租金比市场价低|15%."""
    match = _COMPARED.match(around.before)
    if match is None or match[2].startswith(("去年", "上年", "往年", "原来", "以前", "过去", "上月")):
        return None
    base = noun_before(match[1]) or noun_before(around.earlier.rstrip("，,")) or around.last
    if base and match[2].endswith(("时", "前", "后")):
        more = "增加" if match[3] in "高多快" else "减少"
        return base, base + more + ("额" if around.figure.kind == "money" else "幅度"), "growth"
    return (base, f"{base}{_RESULTS[match[3]]}{match[2]}", "growth") if base else None


def _yearly(around: Around) -> tuple[str, str, str] | None:
    """年产樱桃|900吨."""
    noun = noun_before(around.before)
    if not _YEARLY.match(noun):
        return None
    return noun[2:], f"{noun[2:]}年产量", "before"


def _parted(around: Around) -> tuple[str, str, str] | None:
    """收入的70%|归村民."""
    rest, listed = acted(around.rest), around.before.strip() in ("、", "和")
    if not (around.before.endswith("的") or listed) or not _PARTED.match(rest):
        return None
    noun = around.last if listed else noun_before(around.before)
    return (noun, f"{rest}的{noun}比例", "share") if noun else None


def _lasts(around: Around) -> tuple[str, str, str] | None:
    """为期一个月的|隐患排查."""
    what = WORDS_END.split(around.rest)[0]
    if not _LASTS.search(around.before) or not what.startswith("的") or not 2 < len(what) <= _LONGEST:
        return None
    what = what.rsplit("的", 1)[-1].rstrip("中里内外后")
    return (what, measured_name(what, around.figure), "after") if len(what) > 1 else None


def _taken(around: Around) -> tuple[str, str, str] | None:
    """只用了11天, 20分钟就能填完…, 不到三分钟，网格长回复了."""
    figure, before, rest = around.figure, around.before, around.rest
    if match := _TIME_OF.search(before):
        return match[1], f"{match[1]}时间", "before"
    if _A_TIME.match(rest):
        return None
    taken = _TAKEN.search(before)
    steps = _FROM_TO.search(f"{around.earlier}{before}"[-40:])
    if steps and (taken or figure.approx in ("under", "nearly") or not before):
        return steps[0], f"{steps[0]}用时", "before"
    if re.match("(?:就|便|即|才|内就|内便|内即)[能可\\u3400-\\u9fff]", rest) and len(act := acted(rest)) > 1:
        return act, f"{act}{'时限' if figure.approx == 'under' or rest[0] == '内' else '用时'}", "after"
    if taken:
        who = subject_of(before[: taken.start()])
        act = acted(rest) or ("" if who else acted(around.next_clause))
        return (who + act, f"{who}{act}用时", "after") if who or act else None
    if figure.approx == "under" and len(act := acted(rest)) > 3 and figure.printed[-1] == "内":
        return act, f"{act}时限", "after"
    if _WAITED.search(before) and not rest:
        who = noun_before(before[:-1]) or subject_of(around.earlier[-20:])
        return who, f"{who}等待时间", "before"
    if (figure.approx == "under" or before) and before in _SHORT and not rest:
        act = acted(around.next_clause)
        return (act, f"{act}用时", "after") if len(act) > 2 else None
    return None


def _who_acts(around: Around) -> tuple[str, str, str] | None:
    """127人|凭积分落户, 就近吸纳|3860人: those counted are only called persons, what they do names them."""
    unit = around.figure.unit
    if unit not in _PERSONS:
        return None
    act = acted(around.rest)
    suffix = unit if unit.endswith("次") else "户数" if unit == "户" else "人数"
    if _GOING.match(act) and bare_verb(around.before[-6:]):
        act = act.split("的")[0]
    elif "的" in act or len(act) < 2 or not (starts_with_verb(act) or act[0] in "未没不"):
        return None
    if len(_bare(around.before)) < 2:
        return act, act + suffix, "after"
    lead = _PARTED_BY.split(around.before)[-1]
    return (lead, lead + suffix, "before") if bare_verb(lead) and len(lead) <= 6 and not noun_before(lead) else None


def _share_of_those(around: Around) -> tuple[str, str, str] | None:
    """92.4%的村干部|认为负担减轻, 近三成|来自外来务工家庭."""
    if _bare(around.before):
        return None
    if not around.rest.startswith("的"):
        act, noun = acted(around.rest), noun_after(around.rest, in_phrase=True)
        if len(act) > 3 and starts_with_verb(act):
            return act, f"{act}占比", "after"
        does = acted(around.rest[len(noun) :]) if noun and around.rest.startswith(noun) else ""
        told = len(does) > 2 and starts_with_verb(does) and around.figure.printed.endswith("%")
        return (noun, f"{does}的{noun}占比", "after") if told else None
    noun = noun_after(around.rest)
    act = acted(around.rest[1 + len(noun) :]) if noun and around.rest.startswith(noun, 1) else ""
    return (noun, f"{act}的{noun}占比", "after") if len(act) > 2 and cut(act)[0][1] == "v" else None


def _scored(around: Around) -> tuple[str, str, str] | None:
    """陪诊一天记|15分."""
    if around.figure.unit == "分" and (marks := _MARKS.search(around.before)):
        noun = noun_before(around.before[: marks.end(1)]) or marks[1]
        return noun, noun, "before"
    match = _SCORE.search(around.before)
    if around.figure.unit != "分" or match is None:
        return None
    return match[1], f"{match[1]}积分", "before"


def _bare(before: str) -> str:
    """The words before a figure without those that say nothing."""
    return _SAYING_NOTHING.sub("", before.strip())


_Phrasing = Callable[[Around], "tuple[str, str, str] | None"]
_PHRASINGS: dict[str, tuple[_Phrasing, ...]] = {
    "money": (_most, _given, _earned, _income, _sold, _compared, _spent, _invested, _used_for),
    "ratio": (_most, _done, _compared, _parted, _share_of_those),
    "count": (_who_acts,),
    "other": (_scored,),
    "area": (_planted,),
    "mass": (_earned, _compared, _yearly),
    "duration": (_scored, _lasts, _taken),
}
