"""Whether what two names of indicators have more than each other makes them two things.

Words that mean the same are paired off (``core.comparing.lexicon``), and what only says that something was done or is
there falls away. What is left tells: words of one list of which each name has another part the two, and so does a
word that narrows (富硒, 初次), a thing at the end of only one name, or one word in the place of another. A verb that
only one has does not, nor one more word of a name that says much already.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from core.comparing.lexicon import is_verb, lexicon, others_for, parts_of, unpaired, words_of

Kind = Literal["narrowed", "other", "more"]
"""Words of the table say so; other words say so; only one says more, which may be another wording."""
_PEOPLE = tuple("员人者户民生师工")


class Parted(NamedTuple):
    """What parts two names: the words of each, and how."""

    left: str
    right: str
    kind: Kind = "other"


def parted(a: str, b: str, beside_a: str = "", beside_b: str = "", idle: Iterable[str] = ()) -> Parted | None:
    """Return what parts two bare names; None where they may be one.

    ``beside_a`` and ``beside_b`` are what the sentences print around the figures, ``idle`` words that say nothing
    here.

    >>> parted("有机茶园面积", "茶园面积"), parted("长者食堂", "老年食堂")
    (Parted(left='有机', right='', kind='narrowed'), None)
    """
    all_left, all_right = unpaired(a, b)
    if found := _of_one_family(all_left, all_right, a, b):
        return Parted(*found, "narrowed")
    shared = min(_shared(a, all_left), _shared(b, all_right))
    silent = lexicon().light.union(idle)
    left = [word for word in all_left if not _says_nothing(word, silent, beside_b, a, b)]
    right = [word for word in all_right if not _says_nothing(word, silent, beside_a, b, a)]
    kind = _kind(left, right, (a, b), shared)
    return Parted("".join(left), "".join(right), kind) if kind else None


def say_the_same(a: str, b: str) -> bool:
    """Return whether each word of two bare names has a partner in the other: 长者食堂 and 老年食堂."""
    return unpaired(a, b) == ((), ())


def share_words(a: str, b: str) -> bool:
    """Return whether two bare names have a telling word in common, and no words of one list part them."""
    left, right = unpaired(a, b)
    return _of_one_family(left, right, a, b) is None and _shared(a, left) > 0


def _shared(name: str, left: Sequence[str]) -> int:
    """How many words of a name that say something are in the other as well."""
    alone, light = "".join(left), lexicon().light
    words = [word for word in words_of(name) if len(word) > 1 and word not in light]
    return sum(word not in alone and parts_of(word)[0] not in alone for word in words)


def _of_one_family(left: Sequence[str], right: Sequence[str], a: str, b: str) -> tuple[str, str] | None:
    """The words of one list of which each name has another: 受理 and 办结."""
    for family in lexicon().families:
        here, there = ([w for w in words if w in family] for words in (left, right))
        if here and there and here[0] != there[0] and not (here[0] in b or there[0] in a):
            return here[0], there[0]
    return None


def _says_nothing(word: str, silent: frozenset[str], beside: str, own: str, other: str) -> bool:
    """Whether a word is silent, or the other sentence prints it, or another word for it where it is not the last.

    What the other name itself has is no evidence for a word that narrows.
    """
    if word in silent:
        return True
    if len(word) < 2:
        return False
    if word in lexicon().narrow:
        beside = beside.replace(other, " ", 1)
    if word in beside:
        return True
    return word != words_of(own)[-1] and any(w in beside for w in others_for(word) if len(w) > 1)


def _kind(left: list[str], right: list[str], names: tuple[str, str], shared: int) -> Kind | None:
    """How what each name has more parts the two, which share so many telling words; None where it does not."""
    table = lexicon()
    if any(word in table.narrow for word in (*left, *right)):
        return "narrowed"
    if shared < 2 and any(word in table.owned for word in (*left, *right)):
        return "other"
    left, right = _without_alike(left, right)
    if left and right:
        return _of_both(left, right, names, shared)
    if not left and not right:
        return None
    a, b = names
    return _of_one(left, a, b, shared) if left else _of_one(right, b, a, shared)


def _of_one(words: list[str], own: str, other: str, shared: int) -> Kind | None:
    """The same where only one name says more: somebody, or a thing behind all that the other says, is another thing."""
    is_head = _is_head(words, own)
    if is_head and (not shared or words[-1].endswith(_PEOPLE) or len(words_of(other)) == 1):
        return "other"
    if is_head or shared >= 2:
        return None
    if shared and all(word in lexicon().topical or is_verb(word) for word in words):
        return None
    return "more" if shared else "other"


def _of_both(left: list[str], right: list[str], names: tuple[str, str], shared: int) -> Kind | None:
    """The same where both names have words that the other has not.

    A single word in the place of a single word is another thing (雨水, 污水), and so are names that share nothing;
    several words beside what is shared are one thing in other words.
    """
    if _is_cut_short("".join(left), "".join(right)):
        return None
    if shared and _runs(left) + _runs(right) > 2:
        return None
    if _is_head(left, names[0]) or _is_head(right, names[1]):
        return "other"
    silent = all(word in lexicon().topical for word in (*left, *right))
    return None if shared >= 2 or (shared and silent) else "other"


def _runs(words: list[str]) -> int:
    """How many words they are; single characters in a row are one word that no list has: 扩孔."""
    return sum(len(word) > 1 or i == 0 or len(words[i - 1]) > 1 for i, word in enumerate(words))


def _is_cut_short(a: str, b: str) -> bool:
    """Whether one of two words has some characters of the other, in their order: 村医 of 乡村医生."""
    short, long = sorted((a, b), key=len)
    rest = iter(long)
    return len(short) >= 2 and all(character in rest for character in short)


def _is_head(words: list[str], name: str) -> bool:
    """Whether what a name has more is a thing at its end: it is the name of that thing."""
    if not words or words[-1] != words_of(name)[-1]:
        return False
    return not is_verb(words[-1]) and words[-1] not in lexicon().topical


def _without_alike(left: list[str], right: list[str]) -> tuple[list[str], list[str]]:
    """Without actions that share a character: 破获 and 侦破, 用餐 and 就餐."""
    for word in list(left):
        partner = next((w for w in right if set(w) & set(word) and (is_verb(w) or is_verb(word))), None)
        if partner is not None:
            left, right = [w for w in left if w != word], [w for w in right if w != partner]
    return left, right
