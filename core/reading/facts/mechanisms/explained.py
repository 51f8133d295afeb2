"""The parts of a coded name and their meanings, as far as the text gives them: 一核 = …, 三审 = ….

Only the article's own words are given; a name that is not explained has no parts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from core.records import Part

_NUMBERS = {"一": 1, "二": 2, "两": 2, "双": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_WRITTEN = {"2": "两二双", "3": "三", "4": "四", "5": "五", "6": "六", "7": "七", "8": "八", "9": "九"}
# 一核三化, 三审两公开
_SEGMENT = re.compile(
    r"([一二三四五六七八九十两双]|\d)([\u4e00-\u9fff]{1,4}?)(?=[一二三四五六七八九十两双\d多N]|[、，,·]|$)"
)
_MEANS = (
    r"[”\"’]?[^。；，“”]{0,8}?"
    r"(?:是指|指的是|就是|即为|(?<![立随当在])即|分别是|分别为|包括|，即|：|:|——|—|，就是|，即是|，是指)"
)
# ，即党建引领, 是指自治、法治, ：初审、复审
_MEANT = re.compile(rf"{_MEANS}([^。；“]{{2,80}})")
# ”？就是, （
_ANSWER = re.compile(rf"[”\"’）]?(?:？[^。？]{{0,20}}?(?:就是|即|是)|{_MEANS}|（|\()")
# 1551, 1+3+X
_BARE = re.compile(r"[\dNX+＋n]+")
# ”工作体系，即, ：是
_NAMELY = re.compile(r"[”\"’]?[^，。；]{0,14}(?:[。，][^，。；]{0,10}?)?(?:，即|。即|(?<![立随当在])即|：|:)(?:是)?")
# 、, ；, 以及
_ITEMS = re.compile(r"[、；;]|以及|，(?=[\u4e00-\u9fff]{2,12}(?:，|。|$))")
# 初审、复审和终审
_LAST_AND = re.compile(r"和(?=[^、和]{2,12}$)")
# 。, ，推动, ，确保
_STOP = re.compile(r"[。！？]|，(?=(?:推动|构建|实现|填补|进一步|有效|形成|切实|不断|确保|让|为))")
REACH = 220
"""Code points behind a name in which its explanation may stand."""
# 由社区、物业共同, 由镇党委牵头
_PARTICIPANTS = re.compile(r"由([^，。；由]{2,40}?)(?:牵头|主办|承办|参与|组成|共同|联合|担任|负责)")
# 业委会, 物业公司, 志愿者
_BODY = re.compile(
    r"(?:部|局|委|办|会|站|室|组织|单位|公司|学校|高校|医院|企业|银行|队|院|所|中心|社区|物业|支部|党委|政府|镇|街道|村|民警|法官|律师|医生|"
    r"员|代表|干部|党员|乡贤|商户|业主|居民|村民|群众|团队|志愿者|机构|社工)$"
)
# ”，即, ”就是, 实行
_CUE = re.compile(
    r"[”\"’）)]?(?:？[^。；]{0,20}|[^。；]{0,12}?)(?:，(?:即|就是|实行|包括|分别是)|即|就是|：|:|（|\(|——|实行|包括)"
)
# 在镇党委领导下, 吸纳了
_LEADING = re.compile(r"^.*(?:领导下|引领下|的|了|牵头统筹|征集|包括|以及)")
# 联合社区、物业共同, 邀请律师、乡贤参与
_TOGETHER = re.compile(
    r"(?:联合|联动|邀请|吸纳|组织)((?:[^，。；、]{2,12}、)+[^，。；、]{2,12}?)(?:等|参与|共同|，|。|组成|入驻)"
)


def find_parts(name: str, texts: Sequence[str]) -> tuple[tuple[Part, ...], tuple[str, ...]]:
    """Return the parts that the texts explain for a name, and who the sentence that introduces it says takes part."""
    parts: tuple[Part, ...] = ()
    if _BARE.fullmatch(name) or _SEGMENT.search(name):
        for rest in _behind(name, texts):
            parts = parts or _listed(name, rest) or _introduced(name, rest)
        parts = parts or _single(name, texts)
    return parts, next((who for text in texts for who in _who(name, text)), ())


def _behind(name: str, texts: Sequence[str]) -> Iterator[str]:
    """Return the text behind each mention of a name, as far as an explanation may reach."""
    return (text[at : at + REACH] for text in texts for at in _mentions(name, text))


def _segments(name: str) -> list[tuple[int, str]]:
    """The numbers and nouns of a coded name: 三审两公开一备案 → (3, 审), (2, 公开), (1, 备案)."""
    return [(_value(m[1]), m[2]) for m in _SEGMENT.finditer(name)]


def _value(number: str) -> int:
    return int(number) if number.isdigit() else _NUMBERS[number]


def _items(text: str, wanted: int = 0) -> list[str]:
    """The items of a list up to where it ends; its last 和 parts two items only when one is wanted still."""
    end = _STOP.search(text)
    items = _ITEMS.split(text[: end.start()] if end else text)
    if len(items) == wanted - 1:
        items[-1:] = _LAST_AND.split(items[-1])
    finer = re.split("[、；;，,]", text[: end.start()] if end else text) if len(items) < wanted else items
    if len(finer) == wanted:
        items = finer
    return [i.strip('“”"‘’ ，,的') for i in items if i and i.strip('“”"‘’ ，,')]


def _listed(name: str, rest: str) -> tuple[Part, ...]:
    """Parts whose items are listed behind the name, as many as its numbers say, each with the noun it counts."""
    segments = _segments(name)
    total = sum(n for n, _ in segments)
    if len(segments) < 2 or total > 15:
        return ()
    labelled = _by_label(name, segments, rest)
    if labelled:
        return labelled
    items = _items(_after_cue(rest), total)
    if len(items) < total or not _speak_of(segments, items[:total]):
        return ()
    out, at = [], 0
    for number, noun in segments:
        out.append(Part(_label(name, number, noun), "、".join(items[at : at + number])))
        at += number
    return tuple(out)


def _label(name: str, number: int, noun: str) -> str:
    """A segment as the name has it."""
    found = next((m[0] for m in _SEGMENT.finditer(name) if _value(m[1]) == number and m[2] == noun), noun)
    return found.strip("、，,·")


def _speak_of(segments: Sequence[tuple[int, str]], items: Sequence[str]) -> bool:
    """Whether at least half of the items hold a character of the noun that counts them."""
    at, hits = 0, 0
    for number, noun in segments:
        hits += sum(any(c in item for c in noun) for item in items[at : at + number])
        at += number
    return 2 * hits >= len(items)


def _after_cue(rest: str) -> str:
    """The text behind 即, 就是, 实行, a colon … near the beginning, or nothing."""
    cue = _CUE.match(rest)
    return rest[cue.end() :] if cue else ""


def _by_label(name: str, segments: Sequence[tuple[int, str]], rest: str) -> tuple[Part, ...]:
    """Parts that are explained one by one: “一核”即…，“三化”即…."""
    out = []
    for number, noun in segments:
        label = _label(name, number, noun)
        found = next((m for at in _mentions(label, rest) if (m := _MEANT.match(rest, at))), None)
        if found:
            out.append(Part(label, found[1].strip("，, 、")))
    return tuple(out) if len(out) == len(segments) or len(out) > 1 else ()


def _introduced(name: str, rest: str) -> tuple[Part, ...]:
    """The parts of a code without nouns (1551, 1+3+X): clauses behind 即 that begin with a verb, one a number."""
    code = re.findall(r"\d|[NXn]", name) if _BARE.fullmatch(name) else []
    cue = _NAMELY.match(rest)
    if len(code) < 2 or not cue:
        return ()
    told = rest[cue.end() :].split("。")[0]
    clauses = [c.strip() for c in re.split(r"[，；;,]", told) if len(c.strip()) > 3]
    if len(clauses) < len(code) or not all(map(_says, clauses, code)):
        listed = [c.strip() for c in re.split(r"[、，；;,]", told)][: len(code)]
        clauses = listed if len(listed) == len(code) and all(map(_says, listed, code)) else clauses
    out: list[Part] = []
    for digit in code:
        while clauses and not _says(clauses[0], digit):
            del clauses[0]
        if not clauses:
            return ()
        out.append(Part(digit, clauses.pop(0)))
    return tuple(out)


def _says(clause: str, digit: str) -> bool:
    """Whether a clause holds the number that it is to explain; 1 and N need no number."""
    return not digit.isdigit() or digit == "1" or digit in clause or any(c in clause for c in _WRITTEN.get(digit, ""))


def _single(name: str, texts: Sequence[str]) -> tuple[Part, ...]:
    """Segments explained elsewhere in the article (何为“三化”？…就是…), or a short code with its list."""
    segments = _segments(name)
    out = []
    for number, noun in segments:
        label = _label(name, number, noun)
        items = next((i for text in texts for i in _items_of(label, number, text)), [])
        if items:
            out.append(Part(label, "、".join(items)))
    return tuple(out)


def _items_of(label: str, number: int, text: str) -> Iterator[list[str]]:
    """Lists of exactly so many items that explain a label."""
    for at in _mentions(label, text):
        rest = text[at : at + REACH]
        cue = _ANSWER.match(rest)
        if cue:
            items = _items(re.split(r"[。；）)]", rest[cue.end() :])[0], number)
            if len(items) == number or (number == 1 and items):
                yield items[:number] if number > 1 else ["、".join(items)]


def _mentions(label: str, text: str) -> Iterator[int]:
    """Where each mention of a label ends."""
    at = text.find(label)
    while at >= 0:
        yield at + len(label)
        at = text.find(label, at + len(label))


def _who(name: str, text: str) -> Iterator[tuple[str, ...]]:
    """Who the sentence that names it says takes part: 由A、B牵头, 联合A、B."""
    at = text.find(name)
    if at >= 0:
        stop = text.find("。", at)
        start = max(text.rfind("。", 0, at) + 1, at - REACH)
        sentence = text[start : min(stop if stop > 0 else len(text), at + REACH)]
        for pattern in (_PARTICIPANTS, _TOGETHER):
            found = pattern.search(sentence)
            if found:
                listed = (_LEADING.sub("", w) for w in re.split(r"[、和及与]", found[1]))
                bodies = tuple(w for w in listed if _BODY.search(w) and len(w) <= 16)
                if len(bodies) > 1:
                    yield bodies
