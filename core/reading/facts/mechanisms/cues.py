"""Cues for and against the name of a mechanism: the tables of ``resources/mechanisms.toml`` as patterns."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from core.records import MechanismKind
from core.resources import load_table
from core.text.lexicon import either

NUMBER = r"[一二三四五六七八九十两双百千万\d]"
# 一核三化, 1551, 1+3+X
CODE = re.compile(
    rf"(?:{NUMBER}+[\u4e00-\u9fff]{{1,2}}[、，,·]?){{2,}}[\u4e00-\u9fffA-Z]{{0,3}}|\d{{3,5}}|.*\d[+＋].*"
    rf"|{NUMBER}+[核心][\u4e00-\u9fff]{{2,6}}"
)
# 五个方面, 三年行动
COUNTED = re.compile(rf"{NUMBER}+(?:大|种|个|项|条|类|方面|难|年|月|日)[\u4e00-\u9fff]{{0,6}}")
# 三化, 四清单
SHORT_CODE = re.compile(rf"{NUMBER}[\u4e00-\u9fff]{{1,3}}")
BOUNDARY = r"(?=[+＋，。、；：！？,;:（(“”\"\s]|等|的|和|与|及|暨|后|来|中|进|为|作|在|是|运|正|上|\d|$)"
"""What may follow a name that stands without quotation marks."""


@dataclass(frozen=True, slots=True)
class Cues:
    """The tables of words as patterns."""

    kinds: dict[str, MechanismKind]
    head_behind: re.Pattern[str]  # “邻里议事”|机制, “码上办”|的服务平台
    head_at_end: re.Pattern[str]  # 邻里议事会, 码上办小程序
    cue: re.Pattern[str]  # 推行|, 打造|
    cue_words: tuple[str, ...]
    slogan: re.Pattern[str]  # “共建共享”|的理念, “家风”|主题
    honour: re.Pattern[str]  # 荣获|, 被评为|
    support: re.Pattern[str]  # “邻里通”|成为常态, “邻里通”|为抓手
    speech: re.Pattern[str]  # 我想, 大家, 为什么
    figurative: frozenset[str]
    national: frozenset[str]
    generic: re.Pattern[str]
    coined: re.Pattern[str]  # 成立邻里议事会, 上线服务平台
    opened: re.Pattern[str]  # 邻里服务中心|
    campaign: re.Pattern[str]  # 专项行动, 提升工程
    campaigning: re.Pattern[str]  # 实施庭院|
    plain_heads: frozenset[str]


@dataclass(slots=True)
class Phrase:
    """A phrase at its place in a paragraph (−1: the title), with its points and the head noun behind or in it."""

    paragraph: int
    start: int
    end: int
    name: str
    points: float
    head: str
    kind: MechanismKind | None
    tail: str = ""
    """What stands between a phrase and its head noun, with the noun: 工作 + 体系."""
    barred: bool = False
    """It is quoted speech, a figure of speech or the like: its neighbours lend it nothing."""
    slogan: bool = False
    """What follows calls it an aim, an honour or the like, and with it the whole list that it ends."""


@lru_cache(maxsize=1)
def cues() -> Cues:
    """Return the tables, read once."""
    table = load_table("mechanisms.toml")
    kinds: dict[str, MechanismKind] = {w: kind for kind, words in table["heads"].items() for w in words.split()}
    cue = table["cues"]
    long_heads, short_heads = [h for h in kinds if len(h) > 1], [h for h in kinds if len(h) == 1]
    gap = r"[^，。、；：“”\"（）,;\s]"
    behind = rf"(?:(等?的?)({gap}{{0,12}}?)({either(long_heads)})|()()({either(short_heads)}){BOUNDARY})"
    verbs = tuple(sorted(cue["before"].split(), key=len, reverse=True))
    long_coined = [h for h in cue["coined_heads"].split() if len(h) > 2]
    founding = [v for v in verbs if v not in cue["only_quoted"].split()]
    founded = (
        rf"(?:{either(founding)})(?![区者商下期])(?:了|起|出|全[国省市县区]首[个家批]|的|“)?"
        r"((?:(?![的了和与等这那])[\u4e00-\u9fffA-Za-z\d·]){2,14}?"
        rf"({either(cue['coined_heads'].split())}|(?<=[\u4e00-\u9fff]{{2}}长)制)){BOUNDARY}"
    )
    return Cues(
        kinds,
        re.compile(behind),
        re.compile(rf"(?:{either(kinds)})$"),
        re.compile(rf"(?:{either(verbs)})"),
        verbs,
        re.compile(rf"(?:{either(cue['slogan_after'].split())}|主题(?!活动|实践|党日|宣讲|沙龙|公园|讲座))"),
        re.compile(rf"(?:{either(cue['honour_before'].split())})(?:了|的|出|好|起)?$"),
        re.compile(rf"(?:{either(cue['support_after'].split())})"),
        re.compile(rf"(?:{either(cue['speech_marks'].split())})"),
        frozenset(cue["figurative"].split()),
        frozenset(cue["national"].split()),
        re.compile(rf"(?:{either(table['generic']['words'].split())})"),
        re.compile(founded),
        re.compile(
            rf"(?:^|[^\u4e00-\u9fff])([\u4e00-\u9fff]{{3,16}}?({either(long_coined)}|中心|学院))(?:正式|今日|近日)?$"
        ),
        re.compile(rf"(?:{either(cue['campaigns'].split())}){BOUNDARY}"),
        re.compile(rf".*(?:{either(verbs)})(?![区者商下期])((?:(?![的了和与等这那以])[\u4e00-\u9fff\d]){{2,12}})$"),
        frozenset(cue["plain_heads"].split()),
    )
