"""What two names of indicators say that the other does not, word by word, and whether it makes them two things.

A word of the one name that the other has not is no difference when it only dresses the name (各类, 群众), when the
head already says it (农村 of 危房改造, 面积 of so many 亩), or when the sentence of the other prints it beside its
figure. What is left narrows one of the two (富硒), or says another thing. Equal names are two things where their
sentences print words that part them: 户籍 and 常住, 受理 and 办结, 60岁 and 65岁.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from core.resources import load_table
from core.text.folding import fold

_LEAST = 2
"""So many characters in a row are a piece that two names share; single ones stand in many words."""
_BOUND = re.compile(
    r"(?:\d+(?:\.\d+)?|[一二三四五六七八九十百]+)[万千亿]?(?:周?岁|[元亩人户分级吨](?=(?:及|或)?以[上下内]|以内|左右的))"
)
"""A bound that is a part of a name: 60岁 and over, villages of 10万元 and more."""
_BARE = re.compile(
    "^(?:群众|居民|村民|服务|工作|平均|回访)?"
    "(?:满意|办结|整改|完成|合格|达标|覆盖|成功|知晓|到位|好评|回访|准确|普及|利用|使用|响应|兑现|处置|化解|调解|处理|参与|达成|执行)(?:率|度)$"
    "|^(?:平均)?(?:效率|成本|时间|收入|销量|产量|产值|客流|订单|业务|营收)$"
)
_BECAME = re.compile(
    "(?:提高|提升|上升|增加|增长|扩大|增|升|下降|降低|减少|压缩|缩短|压减|精简|减|降)(?:到|至|为)$|由$|从$"
)
"""Before what became of a figure: it is no part of a name."""
_AROUND = re.compile("[。；！？;!?]")
_EARLIER = re.compile(r"\d(?:[\d.,]*)[^，,。；\d]{0,10}[，,、]")


@dataclass(frozen=True, slots=True)
class Dress:
    """The words of ``resources/comparing.toml`` that say nothing, or that say for certain that two things differ."""

    idle: frozenset[str]
    implied: tuple[tuple[str, tuple[str, ...]], ...]
    """A word and the heads that say it already."""
    contrasts: tuple[tuple[str, ...], ...]
    measured: Mapping[str, frozenset[str]]
    """By dimension, the words that a unit says already: the area of so many 亩."""


@lru_cache(maxsize=1)
def _dress() -> Dress:
    tables = load_table("comparing.toml")
    table = tables["names"]
    pairs = (line.split("=") for line in table["implied"].strip().splitlines())
    return Dress(
        frozenset(table["idle"].split()),
        tuple((words.strip(), tuple(heads.split())) for words, heads in pairs),
        tuple(tuple(line.split()) for line in table["contrasts"].strip().splitlines()),
        {dimension: frozenset(words.split()) for dimension, words in tables["measured"].items()},
    )


def printed_beside(quote: str, printed: str) -> str:
    """Return what a quote prints around a figure: its sentence, from the figure before it to the mark behind it.

    >>> printed_beside("全县户籍人口52万人，常住人口41万人，城镇化率62%。", "41万人")
    '常住人口'
    """
    quote, printed = fold(quote), fold(printed)
    at = quote.find(printed) if printed else -1
    if at < 0:
        return quote if len(quote) < 40 else ""
    before = _AROUND.split(quote[:at])[-1]
    if "分别" in before:  # several names, then several figures
        return ""
    before = _BECAME.sub("", before)
    earlier = [m.end() for m in _EARLIER.finditer(before)]
    behind = _BECAME.sub("", re.split(r"[，。；！？,;、\d]", quote[at + len(printed) :])[0])
    return before[earlier[-1] :] + behind if earlier else before + behind


def only_in(a: str, b: str) -> tuple[str, ...]:
    """Return the pieces of a name that another has not, in their order there.

    >>> only_in("城乡居民基本医保参保率", "居民医保参保率"), only_in("游客接待", "接待游客")
    (('城乡', '基本'), ())
    """
    return tuple(_pieces(a, b)[0])


@lru_cache(maxsize=65536)
def _pieces(a: str, b: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What remains of both when the longest shared pieces are taken out, one after the other."""
    left, right = [a], [b]
    while found := _longest(left, right):
        left, right = (list(_without(pieces, found)) for pieces in (left, right))
    if Counter("".join(left)) == Counter("".join(right)):
        return (), ()
    if len(left) == len(right) == 1:
        return _whole_words(a, left[0], b, right[0])
    return tuple(left), tuple(right)


def _whole_words(a: str, left: str, b: str, right: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """A character before two single ones is of both words: 时间 and 时限, not 间 and 限."""
    i, j = a.rfind(left), b.rfind(right)
    if len(left) == len(right) == 1 and i > 0 and j > 0 and a[i - 1] == b[j - 1]:
        return (a[i - 1 : i + 1],), (b[j - 1 : j + 1],)
    return (left,), (right,)


def _longest(left: list[str], right: list[str]) -> str:
    best = ""
    for piece in left:
        for i in range(len(piece)):
            for j in range(len(piece), i + max(_LEAST, len(best) + 1) - 1, -1):
                if any(piece[i:j] in other for other in right):
                    best = piece[i:j]
                    break
    return best


def _without(pieces: list[str], found: str) -> Iterator[str]:
    gone = False
    for piece in pieces:
        if gone or found not in piece:
            yield piece
            continue
        gone = True
        yield from filter(None, piece.split(found, 1))


def telling(name: str, other: str, beside: str, dimension: str = "") -> str:
    """Return what a name says more than another, without what is idle, implied, or printed beside the other's figure.

    ``dimension`` is that of both figures, whose unit says some words already.

    >>> telling("富硒胡柚产量", "胡柚产量", "全县胡柚产量"), telling("富硒胡柚产量", "胡柚产量", "富硒胡柚产量")
    ('富硒', '')
    """
    left, told, idle = _without_sentence(name, other, dimension)
    if not left or not any(piece[i : i + _LEAST] in beside for piece in left for i in range(len(piece) - 1)):
        return told
    beside = beside.replace(other, " ", 1)
    return _told(left, idle, beside)


def idle_between(name: str, other: str, dimension: str) -> frozenset[str]:
    """Return the words that say nothing in either of two names: what a head or the unit says already."""
    dress = _dress()
    said = {w for w, heads in dress.implied if all(any(h in text for h in heads) for text in (name, other))}
    return dress.idle | said | dress.measured.get(dimension, frozenset())


@lru_cache(maxsize=65536)
def _without_sentence(name: str, other: str, dimension: str) -> tuple[tuple[str, ...], str, frozenset[str]]:
    """The pieces of a name that the tables leave, what would be told of them, and the words that are idle here."""
    dress = _dress()
    pieces = tuple(
        piece for piece in only_in(name, other) if not any(is_short_for(piece, long) for long in only_in(other, name))
    )
    if not pieces:
        return (), "", frozenset()
    extra = {word for word, heads in dress.implied if word in name and any(h in name and h in other for h in heads)}
    extra |= dress.measured.get(dimension, frozenset())
    idle = dress.idle | extra if extra else dress.idle
    told = _told(pieces, idle, "")
    return (pieces if told else ()), told, idle


def _told(pieces: tuple[str, ...], idle: frozenset[str], beside: str) -> str:
    """What no word covers, in whole words: 公共, not 公; empty when single characters cover the rest."""
    if not any(_uncovered(piece, idle, beside) for piece in pieces):
        return ""
    return "".join(_uncovered(piece, idle, beside, _LEAST) or piece for piece in pieces)


def _uncovered(piece: str, idle: frozenset[str], beside: str, least: int = 1) -> str:
    """What no word of so many characters covers of a piece, from the first such character to the last."""
    best: list[tuple[int, ...]] = [()]
    for end in range(1, len(piece) + 1):
        rest = (*best[end - 1], end - 1)
        for start in range(end - least + 1):
            word = piece[start:end]
            if len(best[start]) < len(rest) and (word in idle or (len(word) >= _LEAST and word in beside)):
                rest = best[start]
        best.append(rest)
    left = best[-1]
    return piece[left[0] : left[-1] + 1] if left else ""


def is_short_for(a: str, b: str) -> bool:
    """Return whether one of two words is the other cut short: its first character and some others, in their order.

    A word that is one character longer only is another word: 中学 is not short for 中小学.

    >>> is_short_for("农机", "农业机械"), is_short_for("高等学校", "高校"), is_short_for("中学", "中小学")
    (True, True, False)
    """
    short, long = sorted((a, b), key=len)
    rest = iter(long)
    return (
        len(short) >= _LEAST
        and len(long) >= len(short) + _LEAST
        and short[0] == long[0]
        and all(character in rest for character in short)
    )


def is_bare(name: str) -> bool:
    """Return whether a name is a ratio of nobody says what: 满意度, 办结率; and not 覆盖小区, 森林覆盖率.

    >>> [is_bare(name) for name in ("办结率", "群众满意度", "森林覆盖率", "志愿者")]
    [True, True, False, False]
    """
    return bool(_BARE.search(name))


def parted_in_print(a: str, b: str) -> tuple[str, str] | None:
    """Return the printed words by which two figures of one name are of two things; None where no words say so.

    >>> parted_in_print("全县户籍人口", "全县常住人口"), parted_in_print("60岁以上老人", "65岁以上老人")
    (('户籍', '常住'), ('60岁', '65岁'))
    """
    for words in _dress().contrasts:
        here, there = ([word for word in words if word in text] for text in (a, b))
        if here and there and not set(here) & set(there):
            return here[0], there[0]
    here, there = (_BOUND.findall(text.replace("周岁", "岁")) for text in (a, b))
    return (here[0], there[0]) if here and there and not set(here) & set(there) else None
