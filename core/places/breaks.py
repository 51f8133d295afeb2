"""Whether a place's name is a word of its sentence: 和政 is one in 来到和政县, none in 党委和政府 or in a person."""

from __future__ import annotations

import re
from functools import lru_cache

from core.text.names import name_cost
from core.text.words import LONGEST, word_model

LONGEST_CHECKED = 3
"""Characters of a name that may arise at the seam of two words; a longer one holds words enough of its own."""
_AROUND = 6
"""Characters on either side that are cut into words with the name."""
_COUNT = 60
"""What a name that the dictionary lacks is counted as: rarer than the words of every day."""
_HAN = re.compile(r"[\u3400-\u9fff]*")
_HAN_BEFORE = re.compile(r"[\u3400-\u9fff]*$")
_NOT_A_SURNAME = frozenset("于任向万曾方和从在原来到对自由以如与及同后经前应将才都")
"""Surnames that stand before a place's name far more often as a word of their own."""
_EVEN = -1e-6
"""Sums of logarithms that should be equal differ by less."""
_ROLE = re.compile(r"(?:记者|通讯员|作者|摄影|书记|主任|教授|老师|同志|队员|医生|民警|[局院校厂店队]长)$")
_SAYS = re.compile(r"说|介绍|告诉|表示|坦言|回忆|感慨|摄(?![影氏制像入取])")


def stands(text: str, start: int, end: int) -> bool:
    """Return whether the sentence breaks on both sides of a name: no likelier cut into words runs across its ends.

    >>> [stands(text, *(text.find("和政") + n for n in (0, 2))) for text in ("记者从和政县获悉", "村党委和政府包片")]
    [True, False]
    """
    if end - start > LONGEST_CHECKED:
        return True
    words = word_model()
    if not (words.crosses(text, start) or words.crosses(text, end)):
        return True
    before = _HAN_BEFORE.search(text[max(0, start - _AROUND) : start])
    after = _HAN.match(text, end, end + _AROUND)
    left, right = before[0] if before else "", after[0] if after else ""
    return _margin(left, text[start:end], right) >= _EVEN


@lru_cache(maxsize=4096)
def _margin(left: str, name: str, right: str) -> float:
    """How much likelier the words are with the name among them than without; 海淀法院 is a word with the name in it."""
    words = word_model()
    scores = words.scores(left + name + right)
    own = max(words.chances.get(name, words.rarest), words.counted(_COUNT))
    onward = [own + words.scores(right)[-1]]
    for size in range(2, 1 + min(LONGEST - len(name), len(right))):
        whole = words.chances.get(name + right[:size]) if right[:size] in words.chances else None
        if whole is not None:
            onward.append(whole + words.scores(right[size:])[-1])
    return scores[len(left)] + max(onward) - scores[-1]


def is_in_a_person(text: str, start: int, end: int) -> bool:
    """Return whether a short name is (part of) a person's: 赵昌平, 记者高平; a word before it has its own end.

    >>> is_in_a_person("老支书赵昌平记下", 4, 6), is_in_a_person("家住昌平的老人", 2, 4)
    (True, False)
    """
    before = text[max(0, start - _AROUND) : start]
    if (_ROLE.search(before) or _SAYS.match(text, end)) and name_cost(text[start:end]) is not None:
        return True
    surname = before[-1:]
    if end - start != 2 or not surname or surname in _NOT_A_SURNAME or name_cost(text[start - 1 : end]) is None:
        return False
    run = _HAN_BEFORE.search(before)
    return run is not None and word_model().cut(run[0])[-1][0] == surname
