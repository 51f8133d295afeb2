"""The words of a name of an indicator, and whether what two names have more than each other makes them two things.

A name is cut into the words of ``resources/naming.toml`` and of the program's word list. Words that mean the same are
paired off, in whatever order they stand; what only says that something was done or is there falls away. What is left
tells: words of one list of which each name has another part the two, and so does one that narrows (富硒, 初次) or a
noun that only one name has; a verb that only one has does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from core.resources import load_table
from core.text.folding import fold
from core.text.words import word_model

_LONGEST = 8
_OTHER_LETTERS = re.compile(r"[a-z0-9.&+%]+")
_HEADS = frozenset("员人户队站店校生品量率额费站点所园厂场馆库会")
"""Characters that make another word of the one before them: 网格 and 网格员."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of ``resources/naming.toml``."""

    groups: Mapping[str, frozenset[int]]
    """The groups of words for one thing that a word is in."""
    light: frozenset[str]
    families: tuple[tuple[str, ...], ...]
    narrow: frozenset[str]
    owned: frozenset[str]
    """Words that narrow a short name only: 残疾人就业 is of less than 就业, 残疾人家庭无障碍改造 is not."""
    topical: frozenset[str]
    """Words for a field, a place or an owner: beside two other telling words they say nothing more."""
    heads: frozenset[str]
    """Words for what is measured, which a word list may take for verbs: 收入."""
    words: frozenset[str]


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """Return the words of the table, read once."""
    table = load_table("naming.toml")
    groups: dict[str, set[int]] = {}
    for number, line in enumerate(table["alike"].strip().splitlines()):
        for word in map(fold, line.split()):
            groups.setdefault(word, set()).add(number)
    light, narrow, owned, topical, heads = (
        frozenset(map(fold, table[key].split())) for key in ("light", "narrow", "owned", "topical", "heads")
    )
    families = tuple(tuple(map(fold, line.split())) for line in table["families"].strip().splitlines())
    words = frozenset(groups) | light | narrow | owned | topical | heads | frozenset(word for family in families for word in family)
    return Lexicon({word: frozenset(ids) for word, ids in groups.items()}, light, families, narrow, owned, topical, heads, words)


@lru_cache(maxsize=16384)
def words_of(name: str) -> tuple[str, ...]:
    """Return the words of a bare name: the fewest, those of the table before others.

    >>> words_of("社区老年助餐点"), words_of("5g基站")
    (('社区', '老年', '助餐点'), ('5g', '基站'))
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
    if _OTHER_LETTERS.fullmatch(word):
        return 1.0
    if word in known:
        return 1.0 if len(word) > 1 else 1.2
    if len(word) == 1:
        return 1.5
    return 0.7 * len(word) + 0.1 if word in common else None


def ends_with_word(name: str, ending: str) -> bool:
    """Return whether an ending of a name is cut off between two words: 数 of 志愿者数, not 项数 of 事项数.

    >>> ends_with_word("进驻事项数", "项数"), ends_with_word("公益诉讼件数", "件数"), ends_with_word("网格工作力量", "量")
    (False, True, False)
    """
    for text in (name, name.removesuffix("数")):
        at = len(text)
        for word in reversed(words_of(text)):
            at -= len(word)
            if at == len(name) - len(ending):
                return True
            if at < len(name) - len(ending):
                break
    return False


def are_near(a: str, b: str) -> bool:
    """Return whether two words say the same in a name."""
    if a == b:
        return True
    groups = lexicon().groups
    return bool(groups.get(a, frozenset()) & groups.get(b, frozenset()))


class Parted(NamedTuple):
    """What parts two names: the words of each, and how sure that is."""

    left: str
    right: str
    kind: Literal["narrowed", "other", "more", "unsure"] = "other"
    """``narrowed``: words of the table say so; ``more``: only one says more, which may be another wording;
    ``unsure``: whether another thing is meant cannot be told."""


def parted(a: str, b: str, beside_a: str = "", beside_b: str = "", idle: Iterable[str] = ()) -> Parted | None:
    """Return what parts two bare names; None where they may be one.

    ``beside_a`` and ``beside_b`` are what the sentences print around the figures, ``idle`` words that say nothing
    here.
    """
    one, other = words_of(a), words_of(b)
    left, right = _unpaired(one, other, a, b)
    if found := _of_one_family(left, right, a, b):
        return Parted(*found, "narrowed")
    idle = frozenset(idle) | lexicon().light
    shared = min(_telling_words(one, left, idle), _telling_words(other, right, idle))
    left, right = (
        [word for word in words if not _says_nothing(word, idle, beside, name[-1])]
        for words, beside, name in ((left, beside_b, one), (right, beside_a, other))
    )
    kind = _kind(left, right, (one, other), shared)
    return Parted("".join(left), "".join(right), kind) if kind else None


def _kind(
    left: list[str], right: list[str], names: tuple[tuple[str, ...], tuple[str, ...]], shared: int
) -> Literal["narrowed", "other", "more", "unsure", ""]:
    """How what each name has more parts the two, which have so many telling words in common; empty where it does not."""
    table = lexicon()
    if any(word in table.narrow for word in (*left, *right)):
        return "narrowed"
    if shared < 2 and any(word in table.owned for word in (*left, *right)):
        return "other"
    left, right = _without_alike(left, right)
    if _is_head(left, names[0]) or _is_head(right, names[1]):
        return "other"
    if shared >= 2 or (not left and not right):
        return ""
    if left and right:
        return _of_both(left, right, ("".join(names[0]), "".join(names[1])), shared)
    if shared and all(word in table.topical or _is_verb(word) for word in left or right):
        return ""
    return "more" if shared else "other"


def _of_both(left: list[str], right: list[str], names: tuple[str, str], shared: int) -> Literal["other", "unsure", ""]:
    """The same where both names have words that the other has not: one run of them in the place of another is told."""
    if not shared:
        return "" if _is_cut_short("".join(left), "".join(right)) else "other"
    if _is_reworded(left, right):
        return ""
    return "other" if all("".join(words) in name for words, name in zip((left, right), names, strict=True)) else "unsure"


def _is_reworded(left: list[str], right: list[str]) -> bool:
    """Whether what each name has more is one thing in other words: several words with a character in common.

    A single word in the place of a single word is another thing: 雨水 and 污水.
    """
    if all(word in lexicon().topical for word in (*left, *right)):
        return True
    if _is_cut_short("".join(left), "".join(right)):
        return True
    return len(left) + len(right) > 2 and bool(set("".join(left)) & set("".join(right)))


def _is_cut_short(a: str, b: str) -> bool:
    """Whether one of two words has some characters of the other, in their order: 村医 of 乡村医生."""
    short, long = sorted((a, b), key=len)
    rest = iter(long)
    return len(short) >= 2 and all(character in rest for character in short)


def _is_head(left: list[str], words: tuple[str, ...]) -> bool:
    """Whether what a name has more is a thing at its end: it is the name of that thing."""
    return bool(left) and left[-1] == words[-1] and not _is_verb(left[-1]) and left[-1] not in lexicon().topical


def _without_alike(left: list[str], right: list[str]) -> tuple[list[str], list[str]]:
    """Without actions that share a character: 破获 and 侦破, 用餐 and 就餐."""
    for word in list(left):
        partner = next((w for w in right if set(w) & set(word) and (_is_verb(w) or _is_verb(word))), None)
        if partner is not None:
            left, right = [w for w in left if w != word], [w for w in right if w != partner]
    return left, right


def say_the_same(a: str, b: str) -> bool:
    """Return whether each word of two bare names has a partner in the other: 长者食堂 and 老年食堂."""
    return _unpaired(words_of(a), words_of(b), a, b) == ([], [])


def share_words(a: str, b: str) -> bool:
    """Return whether two bare names have a telling word in common, and none that parts them."""
    one, other = words_of(a), words_of(b)
    left, right = _unpaired(one, other, a, b)
    return _of_one_family(left, right, a, b) is None and _telling_words(one, left, lexicon().light) > 0


def _telling_words(words: tuple[str, ...], unpaired: list[str], idle: frozenset[str]) -> int:
    """How many words of a name that say something are in the other as well."""
    left = "".join(unpaired)
    return sum(word not in idle and len(word) > 1 and word not in left and _parts_of(word)[0] not in left for word in words)


def _is_verb(word: str) -> bool:
    return word not in lexicon().heads and word_model().tags.get(word, "n") == "v"


def _unpaired(a: tuple[str, ...], b: tuple[str, ...], name: str, other: str) -> tuple[list[str], list[str]]:
    """The words of each that have no partner in the other."""
    left, right = _paired_off(list(a), list(b))
    if left and right:
        left, right = _paired_off(*([part for word in words for part in _parts_of(word)] for words in (left, right)))
    left = [word for word in left if not (len(word) > 1 and other.count(word) >= name.count(word))]
    right = [word for word in right if not (len(word) > 1 and name.count(word) >= other.count(word))]
    if sorted("".join(left)) == sorted("".join(right)):
        return [], []
    return left, right


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
            if end is not None:
                words[i] = word.removesuffix(end)
                others.remove(end)
    return left, right


@lru_cache(maxsize=16384)
def _parts_of(word: str) -> tuple[str, ...]:
    """A long word of the table as the words that it is made of: 审批时间 as 审批 and 时间."""
    if len(word) < 3:
        return (word,)
    known = lexicon().words
    cut = next((i for i in (2, 3, len(word) - 2, 1) if word[:i] in known and word[i:] in known), None)
    return (word,) if cut is None else (word[:cut], word[cut:])


def _is_within(a: str, b: str) -> bool:
    """Whether one word is the other with something before it that does not narrow: 产品 and 农产品, not 公路 and 高速公路."""
    short, long = sorted((a, b), key=len)
    if not long.endswith(short) or (len(short) < 2 and len(long) < 3):
        return False
    table, more = lexicon(), long.removesuffix(short)
    if more in table.narrow or any(more in family for family in table.families):
        return False
    return len(more) == 1 or len(short) == 1 or more in table.topical or more in table.light


def _of_one_family(left: list[str], right: list[str], a: str, b: str) -> tuple[str, str] | None:
    for family in lexicon().families:
        here, there = ([w for w in words if w in family] for words in (left, right))
        if here and there and here[0] != there[0] and not (here[0] in b or there[0] in a):
            return here[0], there[0]
    return None


def _says_nothing(word: str, idle: frozenset[str], beside: str, last: str) -> bool:
    """Whether a word is idle, or the other sentence prints it, or prints another word for it where it is not the last."""
    if word in idle or (len(word) > 1 and word in beside):
        return True
    if len(word) < 2 or word == last:
        return False
    return any(w in beside for w in _others(word) if len(w) > 1)


@lru_cache(maxsize=4096)
def _others(word: str) -> tuple[str, ...]:
    """The other words for what a word says."""
    groups = lexicon().groups
    mine = groups.get(word, frozenset())
    return tuple(w for w, ids in groups.items() if mine & ids) if mine else ()
