"""The words that tell a text from others: how often it has them, by how rare they are (TF-IDF), cut by jieba."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from core.records import Case
from core.resources import load_table
from core.text.segment import words_of
from core.text.words import word_model

MOST = 12
_TELLING = frozenset(("n", "nz", "nt", "nl", "vn", "an", "l", "j", "i", "v"))
"""Classes of words that say what a text is about: nouns, verbs used as nouns, set phrases."""
_VERBS = frozenset("v")
_HAN = re.compile("[\u3400-\u9fff]{2,}")
_COMMON = 7.0
"""A word of one in a thousand (ln 1000) tells nothing."""
_UNKNOWN = 11.0
"""How rare a word is that the list does not have: it may be a name, or a wrong cut."""


def text_of(case: Case) -> str:
    """Return everything that a case tells in running words."""
    parts = (case.title, case.summary, case.background, case.practice, case.result, *case.body)
    return "\n".join(part for part in parts if part)


@lru_cache(maxsize=1)
def _idle() -> frozenset[str]:
    """Words of nearly every such text."""
    return frozenset(load_table("comparing.toml")["idle"]["words"].split())


def terms(text: str, cache: Path | None = None, beside: Iterable[str] | None = None) -> Counter[str]:
    """Return the telling words of a text with how often each stands there.

    With the words of another text to be laid ``beside``, those of them that the list of words does not have are looked
    for, and no others are guessed: that is several times as fast.
    """
    tags = word_model().tags
    if beside is not None:
        known = Counter(
            word for word in words_of(text, cache, guess=False) if _HAN.fullmatch(word) and _tells(word, tags)
        )
        return known + Counter({word: text.count(word) for word in beside if word not in word_model().chances})
    return Counter(word for word in words_of(text, cache) if _HAN.fullmatch(word) and _tells(word, tags))


def _tells(word: str, tags: Mapping[str, str]) -> bool:
    tag = tags.get(word)
    if word in _idle():
        return False
    return len(word) > 2 if tag is None else tag in _TELLING and (tag not in _VERBS or len(word) > 2)


def rarity(word: str) -> float:
    """Return how rare a word is in ordinary Chinese, from 0 (common) upwards.

    >>> rarity("社会") < rarity("网格")
    True
    """
    chance = word_model().chances.get(word)
    return max(0.0, (_UNKNOWN if chance is None else -chance) - _COMMON)


def weights(counted: Mapping[str, int]) -> dict[str, float]:
    """Return what each word is worth to its text; an unknown word that stands there only once is worth nothing."""
    known = word_model().chances
    return {word: (1 + math.log(times)) * rarity(word) for word, times in counted.items() if times > 1 or word in known}


def keywords(
    texts: Iterable[str], most: int = MOST, cache: Path | None = None, places: Iterable[str] = ()
) -> tuple[str, ...]:
    """Return the words that say best what texts are about, the most telling first; none that names its own place.

    >>> keywords(["网格员巡查网格，网格议事会化解纠纷，邻里纠纷由网格员调解。"], 2)
    ('网格', '纠纷')
    """
    return most_telling(sum((terms(text, cache) for text in texts), Counter[str]()), most, places)


def most_telling(counted: Mapping[str, int], most: int = MOST, places: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the words that say best what texts are about whose telling words were counted."""
    worth = weights(counted)
    own = tuple(places)
    told = (w for w in worth if worth[w] > 0 and not any(w in name or w.startswith(name) for name in own))
    return tuple(sorted(told, key=lambda word: (-worth[word], word))[:most])


def place_names(cases: Iterable[Case]) -> frozenset[str]:
    """Return the names of the places of cases, and their short forms."""
    names = {name for case in cases for name in case.place.names}
    return frozenset(names | {re.sub("[省市县区镇乡村]$", "", name) for name in names if len(name) > 2})
