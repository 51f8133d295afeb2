"""Names of indicators brought together: what is measured, without the words that only this or that text adds.

Growth, share, cumulative and per-head figures of one thing keep the thing and differ in their quality. Whether two
names mean the same is never decided here alone: a person may join or part them, and ``joined`` does as was ruled.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations, product
from typing import NamedTuple

from core.comparing.lexicon import ends_with_word
from core.comparing.naming import Parted, parted, say_the_same, share_words
from core.comparing.sheet import Quality, Way
from core.comparing.units import measure
from core.comparing.wording import idle_between, only_in, parted_in_print, printed_beside, telling
from core.records import Metric, State
from core.resources import load_table
from core.text.folding import fold

ALIKE = 0.6
"""Two names share so much at least, and their end, before they are offered as one."""
NEAR = 0.5
"""So much at least two names share of which no words say that they are two."""
_QUOTES = re.compile("[“”\"‘’「」『』《》'、，,\\-—·()\\[\\]（）]")
_RANK = re.compile("排名|位次|名次|位列|位居")
_CHANGE = re.compile(
    "(?:提高|提升|上升|增加|下降|降低|减少)?幅度|(?:提高|提升|上升|下降|降低|高于|低于|高出).*$"
    "|年?(?:增收额?|增加额|增长额)$"
)
_GROWTH = re.compile(
    "(?:同比|环比|比上年|较上年|比去年|较去年)?"
    "(?:(?:增长率|增长速度|增速|增幅|降幅|涨幅|增长|下降|减少|上升|提高|提升)(?:率|幅度)?"
    "|(?:压缩|缩短|压减|精简|提速|节约|节省|上涨|回落|下跌|降低)(?:了|幅度|比例|率)?)$"
)
_BASIS = re.compile("同比|环比|名义|实际(?!利用)|可比价|不变价|两年平均")
_SHARE = re.compile("(?:占.*?)?(?:占比|比重|比例|百分比)$|^占|所占")
_TIMES = re.compile("(?:与|和|跟)[^，]*?之比$|(?:是|为|相当于)[^，]*?的?倍数?$")
_AVERAGE = re.compile(
    "[人户亩村日月生师班校床站车劳地店企镇县]均|平均每|亩产|单产|单位(?:面积|产值|产品|耕地|建筑|GDP)"
    "|每[万千百亿]?(?:名|人|户|亩|村|公顷|平方公里|平方米|标准箱|头|家|所|个?村)(?!次)"
)
_EACH = re.compile("每[万千百亿](?:名|人口|人|户)?(?:[^，]{0,6}?(?:人口|居民|群众|老年人?))?(?:拥有|的)?(?=..)")
_YIELD = re.compile("(?:平均)?(?:亩产|单产)(?:量|$)")
_FILLER = re.compile("的|(?<=.)各[类级种项](?=.)|(?<=..)了(?!解)")
"""Words inside a name that change nothing: 调解各类纠纷, 培训了农民."""
_WHEN = re.compile(
    "^(?:(?:1[89]|20)\\d\\d年度?|[今去本当前上]年度?|全年|[上下]半年|前三季度|第?[一二三四]季度|\\d{1,2}(?:[-—至]\\d{1,2})?月份?|截至?目前|目前)"
    "(?:以来|底|末)?(?=..)"
)
_EVENT = re.compile(
    "^(?:春节|五一|国庆|端午|中秋|清明|元旦|元宵|暑期|寒假|暑假|汛期|春季|夏季|秋季|冬季|黄金周|小长假|双节|春运)+"
    "(?:假期|节假日|长假|小长假|学期|期间|黄金周|节)*(?=..)"
)
"""What is told for a holiday is told for a time."""
_TOTAL = re.compile("总(?=[量额数收支人户用投成供需规])")
_AMOUNT = re.compile("[产销存流容重含]量$")
"""Words of two characters that say what is measured; behind others 量 only says that it is."""
_SAID_AS_GROWTH = re.compile(
    "(?:同比|环比|比上年|较上年|比去年)?(?:增长|下降|增加|减少|上升|提高|提升|增|降|压缩|缩短|压减|精简|提速|上涨)"
    "(?:了|约|近|超过?|达)?$"
)
_SAID_AS_CHANGE = re.compile(
    "(?:提高|提升|上升|增加|增长|下降|降低|减少|压缩|缩短|压减|节省|节约|上调|下调|上涨)(?:了|约|近|超过?|逾|达)*$"
)
"""Before a figure that is by how much something changed; 提高到 and 压缩至 say what became of it."""
_SAID_AS_SHARE = re.compile("占[^，。；]{1,16}$")
_NEW = re.compile(
    "^新(?:增加?|建成?|开|添|(?=引进|成立|认定|打造|发展|培育|注册|招|设|签|改建|创建|入驻|登记|投用|聘|评|施划))"
    "|净增|新增|增加数$"
)
_PLANNED = re.compile(
    "预计|计划(?!生育)|(?<![虚模])拟|力争|目标|预期(?!寿命)|规划|可望|有望|将(?:达|增|新|建|实现|带动|完成|突破)|未来|今后"
    "|(?:建成|投产|投用|完工|达产|竣工|全部实施)后"
)
_REACH = re.compile("率$")
_A_HEAD = re.compile("[人户亩村日月年]均")
_YEARLY = re.compile("^年(?![龄轻限级货报金均画夜内初末底])(?=..)")
_FOR_WHOM = re.compile("^[为给][^，]{1,8}?(?:带来|增加|节省|节约|创造)")
_MEASURES = re.compile("(?:面积|人数|户数|件数|用户|覆盖|普及|完成|总额|金额|资金|里程|长度|完好|达标)")
_NOW_AND_THEN = re.compile("(?:原有|原来|处理前|处理后|改造前|改造后)")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a figure is of: the thing, in which quality, and words that settle the rest.

    ``thing`` is the bare name; two with the same characters in any order are the same. ``basis`` are 同比, 环比 …,
    ``plan`` the word that says that it is not yet so.
    """

    thing: str
    quality: Quality
    dimension: str
    basis: tuple[str, ...] = ()
    plan: str = ""
    beside: str = ""
    """What the sentence prints around the figure."""

    @property
    def is_ratio(self) -> bool:
        """Whether it is so much of something else, and no amount."""
        return self.quality in ("share", "growth", "average")


@dataclass(frozen=True, slots=True)
class Ruling:
    """What persons decided of names: each pair of names (as printed, in either order) one (True) or two (False)."""

    pairs: Mapping[frozenset[str], bool] = field(default_factory=dict)

    @classmethod
    def of_pairs(cls, said: Iterable[tuple[Sequence[str], State]]) -> Ruling:
        """Return the ruling of pairs of names with their states; what a person was unsure of is as if unsaid."""
        return cls({frozenset(map(kept, pair)): state == "checked" for pair, state in said if state in _DECIDED})

    def of(self, a: str, b: str) -> bool | None:
        """Return what was decided of two names; None where nothing was."""
        return self.pairs.get(frozenset((kept(a), kept(b))))


_DECIDED = ("checked", "wrong")


def kept(name: str) -> str:
    """Return a name as a ruling keeps it: without the slash that parts two names there."""
    return name.replace("/", "／")


NO_RULING = Ruling()


@dataclass(frozen=True, slots=True)
class Table:
    """The words of ``resources/comparing.toml`` that names are told apart by."""

    front: tuple[str, ...]
    back: tuple[str, ...]


@lru_cache(maxsize=1)
def _table() -> Table:
    tables = load_table("comparing.toml")
    return Table(
        tuple(sorted(tables["strip"]["front"].split(), key=len, reverse=True)),
        tuple(sorted(tables["strip"]["back"].split(), key=len, reverse=True)),
    )


def meaning_of(metric: Metric, places: Iterable[str] = ()) -> Meaning:
    """Return what a figure is of; ``places`` are the names that say only where (with their short forms)."""
    own = () if metric.indicator.startswith(("“", "‘", "《", '"')) else places  # “大邑工匠” is a title
    printed = _WHEN.sub("", _QUOTES.sub("", fold(metric.indicator)))
    if metric.period:
        printed = _EVENT.sub("", printed)
    name = _TOTAL.sub("", _FILLER.sub("", _without_places(printed, own)))
    quality = _quality(metric, name)
    plan = _PLANNED.search(name + metric.period) or _PLANNED.search(_before(metric))
    basis = tuple(dict.fromkeys(_BASIS.findall(name + ("" if quality != "growth" else fold(metric.quote)))))
    thing = _bare(_PLANNED.sub("", name), quality, metric.unit)
    dimension = measure(metric.unit, thing).dimension if metric.unit else ""
    beside = printed_beside(metric.quote, metric.printed)
    return Meaning(
        thing,
        quality,
        dimension,
        basis if quality == "growth" else (),
        plan[0] if plan else "",
        beside,
    )


def _before(metric: Metric, most: int = 12) -> str:
    """The printed words before the figure, in which 预计 may stand; no further back than a clause."""
    at = metric.quote.find(metric.printed) if metric.printed else -1
    return re.split("[，。；！？]", metric.quote[max(0, at - most) : at])[-1] if at > 0 else ""


def _quality(metric: Metric, name: str) -> Quality:
    """By the unit first, for a number of percent is no amount; then by the name."""
    dimension = measure(metric.unit).dimension if metric.unit else ""
    if metric.kind == "rank" or _RANK.search(name):
        return "rank"
    if dimension == "points":
        return "change"
    if dimension in ("ratio", "unit:倍", "unit:成", "unit:折", "unit:番"):
        if "幅度" in name and not _GROWTH.search(name.replace("幅度", "")):
            return "change"
        if _SHARE.search(re.sub("(?:提高|提升|下降|增加)幅度?$", "", name)) and re.search("幅度$|提高$|提升$", name):
            return "change"
        if metric.kind == "growth" or _is_growth(metric, name):
            return "growth"
        return "change" if _SAID_AS_CHANGE.search(_before(metric)) else "share"
    if dimension == "time" and _SAID_AS_CHANGE.search(_before(metric)):
        return "change"
    if _GROWTH.search(name) and dimension not in ("money",) and "增长" in name:
        return "growth" if dimension == "" else "change"
    if _AVERAGE.search(name) or ("/" in metric.unit and not dimension.endswith("/calendar")):
        return "average"
    if dimension.partition("/")[0] in ("money", "mass", "") and re.search("增收额?$|增加额$|增长额$", name):
        return "average" if _AVERAGE.search(_before(metric)) else "change"
    return "new" if _NEW.search(name) and dimension not in ("time", "unit:工作日", "ratio") else "amount"


def _is_growth(metric: Metric, name: str) -> bool:
    """Whether a ratio is by how much something grew: by its name, and where that is silent by the words before it."""
    if _GROWTH.search(name):
        return True
    if _SHARE.search(name) or _REACH.search(name) or _is_times(metric.unit):
        return False
    said = _before(metric)
    return bool(_SAID_AS_GROWTH.search(said)) and not _SAID_AS_SHARE.search(said)


def _is_times(unit: str) -> bool:
    """Whether a unit says how many times as much: 倍, 番, 折."""
    return unit in ("倍", "番", "折")


def _without_places(name: str, places: Iterable[str]) -> str:
    for place in sorted(places, key=len, reverse=True):
        if len(place) > 1 and name.startswith(fold(place)):
            name = name[len(place) :].removeprefix("的")
    return name


def _bare(name: str, quality: Quality, unit: str = "") -> str:
    """The name without quality, leading verbs and scopes, and the words that only say that it is a number."""
    if quality == "growth":
        name = _BASIS.sub("", _GROWTH.sub("", name))
    elif quality == "share":
        name = _TIMES.sub("", name)
        name = re.sub("^占|(?:所)?占比$|(?:占)?(?:比重|比例|百分比)$|占$", "", name)
    elif quality == "change":
        name = _CHANGE.sub("", name)
    elif quality == "rank":
        name = re.sub("(?:数量?|全[省市县国区])*(?:排名|位次|名次)$", "", name)
    elif quality == "new":
        name = _NEW.sub("", name, count=1)
    elif quality == "average":
        name = _EACH.sub("", name)
    while True:
        shorter = _stripped(name, unit)
        if shorter == name:
            return name
        name = shorter


def _stripped(name: str, unit: str = "") -> str:
    table = _table()
    name = _FOR_WHOM.sub("", _YEARLY.sub("", name))
    if unit and name.endswith(f"{unit}数") and len(name) - len(unit) > 2 and ends_with_word(name, f"{unit}数"):
        return name[: -len(unit) - 1].removesuffix("的")
    for word in table.front:
        if name.startswith(word) and len(name) - len(word) > 1:
            return name[len(word) :].removeprefix("了")
    for word in (*table.back, "" if _AMOUNT.search(name) else "量"):
        if word and name.endswith(word) and len(name) - len(word) > 1 and ends_with_word(name, word):
            return name[: -len(word)].removesuffix("的")
    return name


# ---- two names


def same_thing(a: str, b: str) -> bool:
    """Return whether two bare names are of the same characters: 接待游客, 游客接待."""
    return bool(a) and Counter(a) == Counter(b)


def left_over(a: str, b: str) -> tuple[str, str]:
    """Return what only the one and only the other of two names says, in the order in which it stands there.

    >>> left_over("富硒胡柚产量", "胡柚产量")
    ('富硒', '')
    """
    return _rest(a, b), _rest(b, a)


def _rest(a: str, b: str) -> str:
    left = Counter(b)
    out = []
    for c in reversed(a):
        if left[c]:
            left[c] -= 1
        else:
            out.append(c)
    return "".join(reversed(out))


@lru_cache(maxsize=65536)
def likeness(a: str, b: str) -> float:
    """Return how much two bare names share, 0 to 1: twice the characters of both by the characters of each (Dice)."""
    shared = sum((Counter(a) & Counter(b)).values())
    return 2 * shared / (len(a) + len(b)) if a and b else 0.0


def says_more(a: Meaning, b: Meaning) -> bool:
    """Return whether a name says more than the other in words that neither tables nor the other's sentence cover."""
    dimension = a.dimension if a.dimension == b.dimension else ""
    left = telling(a.thing, b.thing, b.beside, dimension)
    right = telling(b.thing, a.thing, a.beside, dimension)
    two = only_in(a.thing, b.thing) and only_in(b.thing, a.thing)
    if two and ((left and _is_printed_as(a, left, b)) or (right and _is_printed_as(b, right, a))):
        return False
    return bool(left or right)


def difference(a: Meaning, b: Meaning) -> Parted | None:
    """Return the words of each that make two names two things; None where no words do."""
    dimension = a.dimension if a.dimension == b.dimension else ""
    found = parted(a.thing, b.thing, a.beside, b.beside, idle_between(a.thing, b.thing, dimension))
    if found and (found.kind == "narrowed" or says_more(a, b)):
        return found
    printed = parted_in_print(a.beside, b.beside)
    return Parted(*printed) if printed else None


def _is_printed_as(a: Meaning, words: str, b: Meaning) -> bool:
    """Whether the sentence of a figure prints the other's name, and not what its own name says more."""
    return b.thing in a.beside and words not in a.beside


def brought_together(a: Meaning, b: Meaning) -> tuple[Way, float] | None:
    """Return by what two names may be one indicator, and how sure that is; None where they are two."""
    if a.basis and b.basis and a.basis != b.basis:
        return None
    if same_thing(a.thing, b.thing):
        return "same", 1.0
    if say_the_same(a.thing, b.thing):
        return "synonym", 0.9
    like = likeness(a.thing, b.thing)
    if like >= NEAR and difference(a, b) is None:
        return "alike", 0.8
    ends = a.thing[-2:] == b.thing[-2:] and len(a.thing) > 1 and len(b.thing) > 1
    if like >= ALIKE and ends and "" in left_over(a.thing, b.thing):
        return "alike", round(like * 0.9, 2)
    return None


def without_each(thing: str) -> str:
    """Return a bare name without of how many it is told: 每千名老人养老床位 → 养老床位."""
    return _EACH.sub("", thing)


def of_one_thing(a: Meaning, b: Meaning) -> bool:
    """Return whether an amount and a ratio are of one thing: 土地流转面积 and 土地流转率, 森林面积 and 森林覆盖率."""
    one, other = root_of(a.thing), root_of(b.thing)
    if not one or not other:
        return False
    if "" in left_over(one, other) or likeness(one, other) >= 0.75:
        return True
    if not telling(one, other, b.beside, a.dimension) or not telling(other, one, a.beside, b.dimension):
        return True
    return parted(one, other, a.beside, b.beside, idle_between(one, other, "")) is None


def amount_and_ratio(a: Meaning, b: Meaning) -> bool:
    """Return whether an amount and a ratio are of one thing, for all that the sentences say: a ratio names more."""
    return of_one_thing(a, b) or share_words(root_of(a.thing), root_of(b.thing))


@lru_cache(maxsize=8192)
def root_of(thing: str) -> str:
    """Return what a bare name is of, whether it is told as an amount or as a ratio: 土地流转 of 土地流转面积."""
    bare = _YIELD.sub("产量", _A_HEAD.sub("", _REACH.sub("", without_each(thing))))
    return _MEASURES.sub("", bare) or bare


@dataclass(frozen=True, slots=True)
class Joined:
    """Names that are one indicator: their places in what was given, the weakest way, and how sure it is."""

    members: tuple[int, ...]
    way: Way
    confidence: float


class _Link(NamedTuple):
    """Two names that may be one, by what, and how sure that is; a person's word goes before any likeness."""

    i: int
    j: int
    way: Way
    sure: float

    @property
    def first(self) -> tuple[int, float, int, int]:
        return {"same": 0, "hand": 1}.get(self.way, 2), -self.sure, self.i, self.j


def joined(meanings: Sequence[Meaning], names: Sequence[str], ruling: Ruling = NO_RULING) -> list[Joined]:
    """Bring names together, first those that are ruled one, then the surest pairs; what was ruled two stays two.

    Only names of one quality and one dimension come together, whoever says otherwise; the order is that of the first
    member.
    """
    groups = _Groups(names, ruling)
    for link in sorted(_links(meanings, names, ruling), key=lambda link: link.first):
        groups.link(link)
    return groups.all()


def _links(meanings: Sequence[Meaning], names: Sequence[str], ruling: Ruling) -> Iterator[_Link]:
    """Each pair that may be one; found by what both have, each name once: a thousand are no million pairs."""
    first: dict[tuple[str, Meaning], int] = {}
    shelves: dict[tuple[str, ...], list[int]] = {}
    by_name: dict[tuple[str, ...], int] = {}
    for i, meaning in enumerate(meanings):
        if not meaning.dimension or not meaning.thing:
            continue
        known = by_name.setdefault((names[i], meaning.quality, meaning.dimension), i)
        if known != i:
            yield _Link(known, i, "same", 1.0)
        if first.setdefault((names[i], meaning), i) != i:
            continue
        thing = meaning.thing
        for kind, label in (("is", "".join(sorted(thing))), ("ends", thing[-2:]), ("begins", thing[:2])):
            shelves.setdefault((meaning.quality, meaning.dimension, kind, label), []).append(i)
    for members in shelves.values():
        for i, j in combinations(members, 2):
            found = brought_together(meanings[i], meanings[j]) if names[i] != names[j] else None
            if found and ruling.of(names[i], names[j]) is None:
                yield _Link(i, j, *found)
    yield from _ruled(meanings, names, ruling)


def _ruled(meanings: Sequence[Meaning], names: Sequence[str], ruling: Ruling) -> Iterator[_Link]:
    places: dict[str, list[int]] = {}
    for i, name in enumerate(names):
        places.setdefault(kept(name), []).append(i)
    for pair, is_one in ruling.pairs.items():
        a, b = sorted(pair) if len(pair) == 2 else ("", "")
        for i, j in product(places.get(a, ()), places.get(b, ())) if is_one else ():
            if (meanings[i].quality, meanings[i].dimension) == (meanings[j].quality, meanings[j].dimension):
                yield _Link(min(i, j), max(i, j), "hand", 1.0)


class _Groups:
    """Names in groups that grow together."""

    def __init__(self, names: Sequence[str], ruling: Ruling) -> None:
        self._names, self._ruling = names, ruling
        self._of = list(range(len(names)))
        self._members = {i: [i] for i in self._of}
        self._by: dict[int, tuple[Way, float]] = {}

    def link(self, link: _Link) -> None:
        """Make two groups one, unless a person parted any two of their names."""
        a, b = sorted((self._of[link.i], self._of[link.j]))
        here, there = self._members[a], self._members[b]
        if a == b or self._are_parted(here, there):
            return
        for k in there:
            self._of[k] = a
        self._members[a] = here + self._members.pop(b)
        known = [self._by.pop(g) for g in (a, b) if g in self._by]
        self._by[a] = min([*known, (link.way, link.sure)], key=_strength)

    def _are_parted(self, here: Sequence[int], there: Sequence[int]) -> bool:
        if not self._ruling.pairs:
            return False
        names = self._names
        return any(self._ruling.of(names[x], names[y]) is False for x, y in product(here, there))

    def all(self) -> list[Joined]:
        """Return the groups, each with its members in order, in the order of their first."""
        groups = sorted(self._members.items())
        return [Joined(tuple(sorted(members)), *self._by.get(g, ("same", 1.0))) for g, members in groups]


def _strength(by: tuple[Way, float]) -> tuple[float, int]:
    return by[1], ("alike", "synonym", "hand", "same").index(by[0])
