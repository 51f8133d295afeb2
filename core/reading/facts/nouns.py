"""Noun phrases beside a figure: what its measure word counts, and the head before it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from core.places.gazetteer import gazetteer
from core.reading.figures.find import Figure
from core.resources import load_table
from core.text.clauses import CLAUSE_END, PHRASE_END
from core.text.words import LETTER, word_model

# 18-34岁人口, 60周岁及以上老年人, 六十岁以上老人: an age group is a part of the name of those who are in it
_AGE = r"(?:\d{1,3}|[一二三四五六七八九十百零]{1,4})"
# 村规民约, “幸福食堂”, 《公约》, 5G
_QUOTED = re.compile(
    rf"经开区|规[上下]|限[上下](?=[\u4e00-\u9fff])|{_AGE}(?:[-—–~～至到]{{1,2}}{_AGE}周?岁|周?岁(?:及?以[上下]|以内))(?=[\u4e00-\u9fff]|$)"
    r"|每[千万]人口?(?=[\u4e00-\u9fff])|[千万]人(?=病床|床位|[^，。；、\d]{0,10}(?:[拥保]有量|专利)|[^，。；、\d]{0,6}[拥保]有)|初中(?![的间止])|社会组织|[党团]组织|村规民约|[\u4e00-\u9fff]{0,2}公约|易地扶贫搬迁|易地搬迁|占比|被[困害骗盗毁淹埋](?=[\u4e00-\u9fff])|[到在][岗位账课会]率|在[园校岗册建读](?=[\u4e00-\u9fff])"
    r"|“[^“”，。]{1,20}”|\"[^\"，。]{1,20}\"|‘[^‘’，。]{1,20}’|《[^《》]{1,30}》|\d?[A-Za-z][A-Za-z0-9.]*"
)
# 大棚村里有36座: where they are is no part of what is counted
_WHERE = re.compile("(?:[村镇县乡市省街城山店校园厂队社][上里]|[村街]口|街头|路边)$")
_ACTOR = "合作社|公司|学校|医院|支部|社区|街道(?:办(?:事处)?)?|[村镇乡县市区师旗]"
_DIVISION = re.compile(f"(?:{_ACTOR})[里上]?")
_TOWN = re.compile("[\u4e00-\u9fff]{1,4}?(?:镇|乡|街道)(?=[\u4e00-\u9fff]{2})")
_WHOSE = re.compile(f"(?:^|[某该我本])(?:{_ACTOR})[里上]?$")
# 服务中心 and 改造项目 are things, 调解纠纷 is done
_THING = re.compile("(?:中心|项目|平台|基地|工程|机构|场所|设施|人员|队伍|活动|体系|工作)$")
# 食堂（含村级）
_BRACKETED = re.compile(r"[（(][^（）()]{0,30}[）)]")
# （含村级服务点）
_LONG_BRACKET = re.compile(r"[（(][^（）()]{5,40}[）)]")
# 5类|食堂、超市等便民设施
_KINDS_OF = re.compile(r"[^，。；和与及]{1,30}?等([^，。；]{2,})")
# 返乡青年|和留守妇女
_AND_NOUN = re.compile("[和与及](?![在对从])")
# 计划新建|, 年内将再增|
_PLANNED = re.compile("(?:计划|拟|预计|力争|年内|将)(?:再|新)?[建增招设开培引]$")
# 黑色|的大棚, 新型|的合作社: what it is like is not what it is
_ATTRIBUTES = ("色", "型", "式", "状", "级", "性", "类")
# 面向毕业生的|岗位, 专门针对老人的|服务, 含冰雪项目在内的|赛事: for whom it is and what is in it is not what it is
_AIMED_AT = re.compile(
    "(?:专门)?(?:面向|针对|专为)[^，。；、的]{1,16}的|(?:包括|包含|含)[^，。；、]{1,16}在内的(?:各[类种])?"
)
# 主导产业|产值: what is measured of those that are counted
_MEASURED_OF = ("产值", "增加值", "收入", "面积", "产量", "销售额", "营收", "利润", "税收", "总量", "销量")
# 不|戴头盔, 未|登记, 无|牌电动车: what is not so must not be said to be
_NOT = frozenset("不 未 无 没 非 没有 尚未 未经 未能 无法".split())
# 三, 万
_NUMBER_WORD = re.compile("[一二三四五六七八九十百千万亿两\\d]")
# 去年, 上午, 目前
_TIME_WORD = re.compile(
    "(?<![青少中老童成])年$|[月日时天周]$|季度|上午|下午|^[今昨如]|昨|目前|现在|正在|当初|最初|起初|近"
)
# 小区试点, 家庭全覆盖
_ACT_TAIL = re.compile("(?:全覆盖|试点|入驻|就业|创业|落户|一体|进驻|参展|参加|参与)$")
# 水费每吨|, 租金每亩|
_EACH_TAIL = re.compile(
    "(?<=.)每(?:斤|公斤|千克|吨|亩|公顷|平方米|平米|立方米|升|度|人|户|头|只|箱|件|盒|袋|瓶|棵|株|餐|次|月|年|天|日|周|小时)$"
)
_STOP_CLASSES = frozenset("pcurdtmyeohfq")
_BY = frozenset("用 以 靠 凭 让 使 借 经".split())
_ONE_PLACE = frozenset("村县镇乡市省区国校企院街")
# 省重点项目, 校安工程: of a province, of schools
_OF_A_KIND = frozenset("省市国校企院")
_NOMINAL = ("noun", "nominal")
# 全街道|设了12个: all of a place is where, not what
_WHOLE_AREA = re.compile("[全该本](?:[省市县区镇乡村旗]|街道|社区)")
# What statistics put behind each kind of animal, crop or household
_MEASURE = re.compile(
    "(?:[人户亩年]均)?(?:可支配|净|纯|播种|种植|栽培)?(?:收入|产量|产值|增加值|面积|人口|床位|用[电水气]量?)$|[出存]栏量?$|存笼量?$"
)
_GENERIC = frozenset(
    "当中 其中 者 方面 情况 时间 左右 以上 部分 其他 其它 余 多 内 中 上 下 里 外 前 后 处 地 人 数"
    " 大关 关口 台阶".split()
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


def cut(text: str) -> list[tuple[str, str]]:
    """Return a short text as its likeliest words with their classes; quoted names are one noun each."""
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
    return tuple(word_model().cut(text))


def noun_after(after: str, *, in_phrase: bool = False, persons: bool = False) -> str:
    """Return the noun phrase that the measure word counts: 12支|教授团队|共计…, 50项|符合…的科技成果.

    ``in_phrase``: the figure stands after a preposition (在185个|小区|试点), so the phrase ends before a verb.
    ``persons``: the measure word is one for people, who are what it counts (46名|人士|分享了他的故事).
    """
    text = CLAUSE_END.split(_LONG_BRACKET.sub("", after))[0][:36]
    if (match := _KINDS_OF.match(text)) and (found := noun_after(match[1])):
        return found
    return _coordinated(text, in_phrase, persons)


def _coordinated(text: str, in_phrase: bool, persons: bool) -> str:
    """The noun phrase up to 、, and what 、 joins to it: 乡镇、村(社)书记."""
    pieces = text.split("、")
    first = _phrase_of(pieces[0], in_phrase, persons)
    if len(pieces) == 1:
        return _joined_by_and(text, first, in_phrase)
    if not first or not pieces[0].endswith(first):
        return first
    second = _phrase_of(pieces[1], in_phrase, persons)
    return f"{first}、{second}" if second else first


def _joined_by_and(text: str, first: str, in_phrase: bool) -> str:
    """返乡青年和留守妇女: what 和 joins to a noun phrase."""
    match = _AND_NOUN.match(text, len(first)) if first and text.startswith(first) else None
    second = _noun_run(cut(text[match.end() :]), in_phrase) if match else ""
    joins = second and len(second) < 8 and not second.endswith("产") and second[:2] not in ("年产", "日产")
    return f"{first}{match[0]}{second}" if match and joins else first


def _phrase_of(text: str, in_phrase: bool, persons: bool) -> str:
    """A noun phrase with its 的: 功能的党群服务圈 counts 功能, 符合发展的科技成果 counts 成果."""
    text = text.removeprefix("的")
    aimed = _AIMED_AT.match(text)
    text = text[aimed.end() :] if aimed else text
    if not text or text.startswith("时间"):
        return ""
    words = cut(text)
    first = _noun_run(words, in_phrase, persons)
    at = text.find("的")
    if at < 1 or at == len(text) - 1:
        return first
    if first and text.startswith(first) and len(first) >= at:
        tags = [tag for _, tag in cut(first)]
        does = persons and tags[0] in "va" and not first.endswith(_words().persons)
        likened = len(first) > 1 and (first.endswith(_ATTRIBUTES) or all(tag in "azilb" for tag in tags))
        attribute = len(first) == at and (likened or does)
        return (_noun_run(cut(text[at + 1 :]), in_phrase) if attribute else "") or first
    if first and (persons or in_phrase) and text.startswith(first):
        return first
    if (
        first
        and text.startswith(first)
        and words[-1][0] != first
        and not text[len(first) : at].endswith(("化", "性", "级", "型"))
    ):
        verb = cut(text[len(first) : at])
        if len(first) >= 4 and verb and verb[0][1] not in "vp":
            return first
        if _is_finite(text[len(first) : at]):
            return first
    rest = text[text.rfind("的", 0, 30) + 1 :]
    return _noun_run(cut(rest), in_phrase) or first


def _is_finite(words: str) -> bool:
    """Whether a sentence goes on here rather than a modifier: 群众在…, 团队先后来…."""
    found = cut(words)
    return bool(found) and (found[0][1] in "dpfc" or found[0][0] in _words().plain)


def _noun_run(words: Sequence[tuple[str, str]], in_phrase: bool = False, persons: bool = False) -> str:
    """The noun phrase at the beginning of some words, up to the verb that follows it."""
    tables = _words()
    taken: list[tuple[str, str]] = []
    for i, (word, tag) in enumerate(words):
        following = words[i + 1] if i + 1 < len(words) else ("", "")
        sort = _sort(word, tag)
        if sort == "stop" and not (not taken and tag in "dft" and following[0]):
            break
        if persons and sort == "nominal" and taken and taken[-1][0].endswith(tables.persons):
            break
        if (
            sort == "verb"
            and taken
            and not _is_inside_noun(word, following)
            and not ((_only_modifies(words[:i]) or _likens(taken[-1][0])) and _sort(*following) == "noun")
            and not (_sort(*following) == "noun" and i + 2 == len(words) and all(s == "nominal" for _, s in taken))
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
        and LETTER.match(taken[1][0])
        and taken[1][0] not in tables.of_a_village
        and not (taken[0][0] in _OF_A_KIND and taken[1][1] == "noun")
    ):
        taken = taken[:1]
    phrase = "".join(word for word, _ in taken)
    phrase = _ACT_TAIL.sub("", phrase) if len(phrase) > 4 else phrase
    has_noun = any(sort in ("noun", "nominal") and LETTER.search(word) for word, sort in taken)
    return phrase if has_noun and phrase not in _GENERIC else ""


def _only_modifies(words: Sequence[tuple[str, str]]) -> bool:
    """国内 in 国内知名社会组织: nothing yet that could be counted."""
    return all(tag in "sbadf" for _, tag in words)


def _likens(word: str) -> bool:
    """Whether a word only says what something is like: 经营性, 新型."""
    return len(word) > 1 and word.endswith(_ATTRIBUTES)


def _is_inside_noun(word: str, following: tuple[str, str]) -> bool:
    """服务 in 服务圈, 务工 in 务工人员: a verb with a noun on it."""
    return following[0] in _words().ends or (word[-1:] in "性化型式制" and _sort(*following) == "noun")


def _sort(word: str, tag: str) -> str:
    """Return the part of a word in a noun phrase: noun, nominal (a verb used as one), verb, stop."""
    tables = _words()
    if word in tables.plain or word.isdigit():
        return "stop"
    if word in tables.nominal:
        return "nominal"
    if tag == "w":
        return "noun" if word in "·（）()" else "stop"
    if tag == "v":
        return "noun" if word in tables.ends else "verb"
    if tag in ("m", "q", "z", "k") and len(word) == 1:
        return "noun" if not _NUMBER_WORD.match(word) else "stop"
    if tag == "t":
        return "stop" if _TIME_WORD.search(word) else "noun"
    return "stop" if tag in _STOP_CLASSES else "noun"


@lru_cache(maxsize=1024)
def noun_before(before: str) -> str:
    """Return the head at the end of the words before a figure: 新增上市公司|11家, 志愿服务时长|达6.2万小时."""
    words = cut(_without_bearer(PHRASE_END.split(_EACH_TAIL.sub("", _BRACKETED.sub("", before)))[-1])[-28:])
    if _PLANNED.search(before):
        return ""
    words = _joined_short(_without_tail(words))
    if not words:
        return ""
    if len(words) > 1 and words[-2][0] in ("把", "将") and len(words[-1][0]) == 1:
        return words[-1][0]
    measured = words[-1][0].endswith(_words().quantities)
    taken: list[tuple[str, str]] = []
    for at in range(len(words) - 1, -1, -1):
        word, tag = words[at]
        sort = _inner_sort(word, tag, taken)
        if word in _NOT and taken:
            taken.insert(0, (word, "noun"))
            break
        if taken and len(word) == 1 and at and words[at - 1][0] == "每":
            break
        if measured and taken and word in _BY:
            if taken[0][0][0] in '“"‘《' and len(taken) > 1:
                taken.pop(0)
            break
        if sort == "stop" or sum(len(w) for w, _ in taken) > 14:
            break
        if sort == "verb" and taken and not measured and not _takes_verb(taken):
            taken.insert(0, (word, sort))
            if at and words[at - 1][0] in _NOT:
                taken.insert(0, (words[at - 1][0], "noun"))
            break
        taken.insert(0, (word, sort))
    verb = ""
    while (
        len("".join(word for word, _ in taken[1:])) > 1
        and taken[0][1] == "verb"
        and not measured
        and not _is_telling(taken[0][0])
        and taken[1][0] not in _words().ends
    ):
        verb = taken.pop(0)[0]
    passable = _words().passable
    while (
        len(taken) > 1
        and taken[-1][1] == "verb"
        and (taken[-2][1] == "noun" or is_quantity(taken[-2][0]))
        and len(taken[-1][0]) < 3
    ):
        if taken[-2][0] in passable or taken[-2][0] in ("计划", "次"):
            return ""
        taken.pop()
    while len(taken) > 1 and taken[0][0] in ("可", "用", "来", "去", "只"):
        taken.pop(0)
    phrase = _WHERE.sub("", "".join(word for word, _ in taken))
    if _WHOLE_AREA.fullmatch(phrase):
        return ""
    if (phrase in _GENERIC or phrase == "问题") and len(verb) > 1:
        return verb + phrase
    has_noun = any(sort in ("noun", "nominal") for _, sort in taken)
    return phrase if has_noun and len(phrase) > 1 and phrase not in _GENERIC else ""


def _without_bearer(clause: str) -> str:
    """玉山镇某社区|调解纠纷, 石河子市|新建学校: the words of a clause behind the place that acts."""
    for division in reversed(list(_DIVISION.finditer(clause))):
        if _acts(clause[division.end() :]) and _is_bearer(clause[: division.end()]):
            return clause[division.end() :]
    return clause[_address_end(clause) :]


def _address_end(clause: str) -> int:
    """Where 浙江省台州市仙居县白塔镇| ends: two names or more in a row, and the town behind them; 0 without them."""
    end = count = 0
    for name in gazetteer().names_in(clause):
        if name.start != end or not name.full:
            break
        end, count = name.end, count + 1
    town = _TOWN.match(clause, end) if count > 1 else None
    return 0 if count < 2 or end == len(clause) else town.end() if town else end


def _acts(words: str) -> bool:
    """Whether words begin with a verb and its object: 调解纠纷, 新建学校, not 服务站."""
    found = cut(words[:12])
    if len(found) < 2 or len(found[0][0]) < 2 or len(found[1][0]) < 2:
        return False
    (verb, tag), thing = found[0], found[1]
    is_verb = (tag == "v" or _is_telling(verb)) and not (verb in _words().nominal and _THING.search(thing[0]))
    return is_verb and verb not in _words().plain and thing[0] not in _words().ends and _sort(*thing) in _NOMINAL


def _is_bearer(head: str) -> bool:
    """Whether words are a place by name (清风镇, 江苏省…某社区), not a sort of place (老旧小区, 美丽乡村)."""
    if _WHOSE.search(head):
        return True
    if any(n.full and (not n.start or n.end == len(head)) for n in gazetteer().names_in(head)):
        return True
    words = cut(head)
    return len(head) < 7 and len(words[-1][0]) == 1 and len(words) > 1 and all(t not in "vpaducm" for _, t in words)


def _joined_short(words: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """海漂 + 垃圾, 县办 + 企业: a noun and a verb of one character each before a noun are one noun."""
    out: list[tuple[str, str]] = []
    for i, (word, tag) in enumerate(words):
        last = out[-1] if out else ("", "")
        joins = len(word) == len(last[0]) == 1 and tag == "v" and _sort(word, tag) == "verb" and last[1][:1] in "nsgz"
        if joins and last[1] and i + 1 < len(words) and len(words[i + 1][0]) > 1 and LETTER.match(last[0]):
            out[-1] = (last[0] + word, "n")
        else:
            out.append((word, tag))
    return out


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
    """Return the same for a phrase read backwards: 以上 in 大专以上学历 and 可 in 可支配收入 don't end it."""
    if taken and (word in _words().passable or word in ("以上", "以下", "以内")):
        return "noun"
    if word in _words().changes and taken:
        return "verb"
    if taken and tag == "m" and word in ("亿元", "万元", "千亿", "百亿"):
        return "noun"
    sort = _sort(word, tag)
    if sort == "stop" and len(taken) == 1 and len(taken[0][0]) == 1 and tag in "fvdm" and len(word) == 1:
        return "noun"
    return sort


def _takes_verb(taken: Sequence[tuple[str, str]]) -> bool:
    """Whether a verb before these words is part of the phrase: 服务|圈, 增加|收入."""
    first = taken[0][0]
    return first in _words().ends or len("".join(w for w, _ in taken)) == 1 or all(sort != "noun" for _, sort in taken)


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


def starts_plainly(words: str) -> bool:
    """Return whether words begin with a function word or a verb that says nothing of itself."""
    word, tag = cut(words)[0]
    return word in _words().plain or tag in "ucp"


def last_verb(before: str) -> str:
    """Return the verb right before a figure when it says how the counted things came about."""
    words = cut(before[-6:])
    if not words or words[-1][1] != "v" or words[-1][0] in _words().plain or len(words[-1][0]) < 2:
        return ""
    return words[-1][0] if _is_telling(words[-1][0]) else ""


def bare_verb(before: str) -> str:
    """Return the verb before a figure that no noun goes with: 累计下沉|80多天."""
    words = cut(PHRASE_END.split(before)[-1][-10:])
    while words and _sort(*words[-1]) == "stop":
        words.pop()
    return words[-1][0] if words and _sort(*words[-1]) == "verb" and len(words[-1][0]) > 1 else ""


def verbs_before(before: str) -> str:
    """Return the verbs in a row before a figure: 累计|拆除违建|320万平方米."""
    words = _without_tail(cut(PHRASE_END.split(before)[-1][-12:]))
    taken: list[str] = []
    while words and _sort(*words[-1]) in ("verb", "nominal"):
        taken.insert(0, words.pop()[0])
    return "".join(taken)


def starts_with_verb(after: str) -> bool:
    """Return whether what follows a figure goes on with a verb rather than the noun it counts."""
    words = cut(after[:30])
    if not words or words[0][1] == "w":
        return True
    sort = _sort(*words[0])
    following = _sort(*words[1]) if len(words) > 1 else "stop"
    return (sort == "stop" and words[0][1] not in "d") or (sort == "verb" and following not in ("noun", "nominal"))


def subject_of(clause: str) -> str:
    """Return the noun phrase that a clause begins with."""
    words = cut(clause[:30])
    while words and (words[0][1] in "dptcr" or words[0][0] in _words().plain):
        words.pop(0)
    subject = _noun_run(words)
    return "" if _WHOLE_AREA.fullmatch(subject) else subject


def split_heads(head: str, count: int) -> list[str]:
    """Return the heads of a list, A、B和C → three; none when there are not as many as asked for."""
    text = re.split(r"[，。；：]", head)[-1]
    pieces = [p for p in re.split(r"、|和(?![谐平睦])|(?<!参)与|以及|及(?!时|以[上下])", text) if p]
    if len(pieces) < count:
        return []
    heads = [noun_before(p) or p[-12:] for p in pieces[-count:]]
    return heads if all(heads) else []


def is_quantity(noun: str) -> bool:
    """Return whether a noun names a quantity itself: 面积, 产值, 满意度."""
    return noun.endswith(_words().quantities)


def like_before(item: str, before: str) -> str:
    """Return an item of a list with what the one before was measured by, or nothing: 猪存栏 … 牛 → 牛存栏.

    >>> like_before("油料", "粮食产量"), like_before("农村居民", "城镇居民人均可支配收入"), like_before("鱼塘", "大棚")
    ('油料产量', '农村居民人均可支配收入', '')
    """
    if is_quantity(item) or any(_sort(word, tag) != "noun" and tag != "m" for word, tag in cut(item)):
        return ""
    measures = _MEASURE.search(before, 1)
    return item + measures[0] if measures else ""


def thing_of(noun: str) -> str:
    """Return what is counted without what is measured of it: 三大主导产业产值 → 主导产业."""
    words = cut(noun)
    while len(words) > 1 and words[-1][0].endswith(_MEASURED_OF) and _sort(*words[-2]) != "stop":
        words.pop()
    return "".join(word for word, _ in words)


def with_suffix(noun: str, figure: Figure) -> str:
    """上市公司 counted in 家 → 上市公司数."""
    if figure.kind not in ("count", "number"):
        return noun if not noun or figure.unit not in ("岁", "周岁") or is_quantity(noun) else noun + "年龄"
    suffix = _words().suffix.get(figure.unit, "数")
    if suffix in ("人次", "人数") and noun.endswith(("流量", "人口", "总量", "规模", "客量")):
        return noun
    if suffix.endswith("人次") and noun.endswith(("人数", "人次")):
        return noun[:-2] + suffix
    if not noun or noun.endswith((suffix, "数")) or (is_quantity(noun) and suffix == "数"):
        return noun
    if suffix.endswith("数") and noun.endswith(figure.unit) and len(figure.unit) == 1 and suffix != "数":
        return noun + "数"
    return noun + suffix


def measured_name(noun: str, figure: Figure) -> str:
    """计划 lasting three years → 计划期限; 房产 in 平方米 → 房产面积."""
    tails = {"money": "金额", "area": "面积", "duration": "时长", "length": "长度", "mass": "重量", "volume": "容积"}
    if not noun or is_quantity(noun) or figure.kind not in tails:
        return noun
    if figure.kind == "duration" and noun.endswith(("计划", "方案", "许可", "合同", "协议")):
        return noun + "期限"
    if figure.kind == "duration":
        return noun + {"天": "天数", "年": "年限"}.get(figure.unit, "时长")
    return noun + tails[figure.kind] if figure.kind in ("area", "volume") else noun
