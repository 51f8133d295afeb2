"""The words of names of indicators: cut by ``resources/naming.toml``, and paired off where two names say the same."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from core.resources import load_table
from core.text.folding import fold
from core.text.words import word_model

_LONGEST = 8
_OTHER_LETTERS = re.compile(r"[a-z0-9.&+%]+")
_NOT = frozenset("半非未不无副准次亚")
"""Characters that make another thing of the word behind them: 失能 and 半失能."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of ``resources/naming.toml``, where each list is explained."""

    groups: Mapping[str, frozenset[int]]
    """The groups of words for one thing that a word is in."""
    families: tuple[tuple[str, ...], ...]
    light: frozenset[str]
    narrow: frozenset[str]
    owned: frozenset[str]
    topical: frozenset[str]
    heads: frozenset[str]
    words: frozenset[str]
    """All of them."""


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """Return the words of the table, read once."""
    table = load_table("naming.toml")
    groups: dict[str, set[int]] = {}
    for number, line in enumerate(table["alike"].strip().splitlines()):
        for word in map(fold, line.split()):
            groups.setdefault(word, set()).add(number)
    families = tuple(tuple(map(fold, line.split())) for line in table["families"].strip().splitlines())
    kinds = ("light", "narrow", "owned", "topical", "heads")
    light, narrow, owned, topical, heads = (frozenset(map(fold, table[kind].split())) for kind in kinds)
    words = frozenset(groups).union(*families, light, narrow, owned, topical, heads)
    alike = {word: frozenset(numbers) for word, numbers in groups.items()}
    return Lexicon(alike, families, light, narrow, owned, topical, heads, words)


@lru_cache(maxsize=16384)
def words_of(name: str) -> tuple[str, ...]:
    """Return the words of a bare name: the fewest, those of the table before others.

    >>> words_of("社区老年助餐点"), words_of("5g基站")
    (('社区', '老年助餐点'), ('5g基站',))
    """
    known, common = lexicon().words, word_model().counts
    best: list[tuple[float, tuple[str, ...]]] = [(0.0, ())]
    for stop in range(1, len(name) + 1):
        options = []
        for start in range(max(0, stop - _LONGEST), stop):
            word = name[start:stop]
            cost = _cost(word, known, common)
            if cost is not None:
                options.append((best[start][0] + cost, (*best[start][1], word)))
        best.append(min(options, key=lambda option: option[0]))
    return best[-1][1]


def _cost(word: str, known: frozenset[str], common: Mapping[str, int]) -> float | None:
    """What a word costs in the cheapest cut of a name; None for a run that is no word."""
    if _OTHER_LETTERS.fullmatch(word):
        return 1.0
    if word in known:
        return 1.0 if len(word) > 1 else 1.2
    if len(word) == 1:
        return 1.5
    return 0.7 * len(word) + 0.1 if word in common else None


def ends_with_word(name: str, ending: str) -> bool:
    """Return whether an ending of a name is cut off between two words: 数 of 志愿者数, not 项数 of 事项数.

    >>> [ends_with_word(*pair) for pair in (("进驻事项数", "项数"), ("公益诉讼件数", "件数"), ("网格工作力量", "量"))]
    [False, True, False]
    """
    begin = len(name) - len(ending)
    return any(begin in _cuts(text) for text in (name, name.removesuffix("数")))


def _cuts(text: str) -> set[int]:
    """Where the words of a text begin, and where the last ends."""
    at, cuts = 0, {0}
    for word in words_of(text):
        at += len(word)
        cuts.add(at)
    return cuts


def is_verb(word: str) -> bool:
    """Return whether a word says what is done; 收入 and 投资 are measured."""
    return word not in lexicon().heads and word_model().tags.get(word, "n") == "v"


def are_near(a: str, b: str) -> bool:
    """Return whether two words say the same in a name."""
    groups = lexicon().groups
    return a == b or bool(groups.get(a, frozenset()) & groups.get(b, frozenset()))


@lru_cache(maxsize=4096)
def others_for(word: str) -> tuple[str, ...]:
    """Return the other words for what a word says."""
    groups = lexicon().groups
    mine = groups.get(word, frozenset())
    return tuple(w for w, ids in groups.items() if mine & ids and w != word) if mine else ()


@lru_cache(maxsize=65536)
def unpaired(name: str, other: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the words of each of two bare names that have no partner in the other, in whatever order they stand.

    >>> unpaired("城乡公交线路", "公交专线"), unpaired("接待游客", "游客接待")
    ((('城乡',), ()), ((), ()))
    """
    left, right = _paired_off(list(words_of(name)), list(words_of(other)))
    if left and right:
        left, right = _paired_off(*([part for word in words for part in parts_of(word)] for words in (left, right)))
    left = [word for word in left if not _stands_in(word, name, other)]
    right = [word for word in right if not _stands_in(word, other, name)]
    if sorted("".join(left)) == sorted("".join(right)):
        return (), ()
    return tuple(left), tuple(right)


def _stands_in(word: str, name: str, other: str) -> bool:
    """Whether another name has a word as often, cut in another way there; 半失能 has no 失能."""
    at = other.find(word)
    return len(word) > 1 and other.count(word) >= name.count(word) and other[at - 1 : at] not in _NOT


def _paired_off(left: list[str], right: list[str]) -> tuple[list[str], list[str]]:
    for is_one in (str.__eq__, are_near, _is_within):
        for word in list(left):
            partner = next((w for w in right if is_one(word, w)), None)
            if partner is not None:
                left.remove(word)
                right.remove(partner)
    return _without_ends(left, right)


def _without_ends(left: list[str], right: list[str]) -> tuple[list[str], list[str]]:
    """A word that ends with another leaves what stands before: 民生支出 beside 支出 says 民生 more."""
    for words, others in ((left, right), (right, left)):
        for i, word in enumerate(words):
            end = next((w for w in others if len(w) > 1 and len(word) > len(w) and word.endswith(w)), None)
            if end is not None and word.removesuffix(end) not in _NOT:
                words[i] = word.removesuffix(end)
                others.remove(end)
    return left, right


@lru_cache(maxsize=16384)
def parts_of(word: str) -> tuple[str, ...]:
    """Return a long word of the table as the words that it is made of: 审批时间 as 审批 and 时间."""
    if len(word) < 3:
        return (word,)
    known = lexicon().words
    cut = next((i for i in (2, 3, len(word) - 2, 1) if word[:i] in known and word[i:] in known), None)
    return (word,) if cut is None else (word[:cut], word[cut:])


def _is_within(a: str, b: str) -> bool:
    """Whether one word is the other with something before it that narrows nothing: 农产品, but not 高速公路."""
    short, long = sorted((a, b), key=len)
    if not long.endswith(short) or (len(short) < 2 and len(long) < 3):
        return False
    table, more = lexicon(), long.removesuffix(short)
    if more in _NOT or more in table.narrow or any(more in family for family in table.families):
        return False
    return len(more) == 1 or len(short) == 1 or more in table.topical or more in table.light
