"""Cases that are like one: by their themes, the mechanisms that they name, and their words, each said with why."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from core.comparing.keywords import terms, text_of, weights
from core.records import Case
from core.text.folding import fold

SHOWN = 6
"""So many of the words that made two cases near are named."""
LEAST = 0.08
_WORDS, _MECHANISMS, _THEMES = 0.7, 0.2, 0.1
"""What each of the three counts for."""


@dataclass(frozen=True, slots=True)
class Portrait:
    """What a case is compared by; the words' worths have length 1 as a vector."""

    num: int
    words: Mapping[str, float]
    themes: frozenset[str]
    mechanisms: Mapping[str, str]
    """Bare name → name as printed."""


@dataclass(frozen=True, slots=True)
class Near:
    """A case that is like another: how much (0–1), and by which words, themes and mechanisms."""

    num: int
    likeness: float
    words: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    mechanisms: tuple[str, ...] = ()


def bare_name(name: str) -> str:
    """Return a mechanism's name without quotation marks and what else only decorates.

    >>> bare_name("“共享社·幸福里”") == bare_name("共享社幸福里")
    True
    """
    return re.sub(r"[\W_]+", "", fold(name))


def portrait(
    case: Case,
    rare: Mapping[str, float] | None = None,
    cache: Path | None = None,
    beside: Portrait | None = None,
) -> Portrait:
    """Return what a case is compared by; ``rare`` says how rare a word is among the cases at hand (its IDF).

    ``beside`` is the portrait of the one that it will be held against, whose unusual words are looked for.
    """
    worth = weights(terms(text_of(case), cache, None if beside is None else beside.words))
    if rare is not None:
        worth = {word: value * rare.get(word, 1.0) for word, value in worth.items()}
    length = math.sqrt(sum(value * value for value in worth.values())) or 1.0
    return Portrait(
        case.num,
        {word: value / length for word, value in worth.items() if value > 0},
        frozenset(case.themes),
        {bare_name(mechanism.name): mechanism.name for mechanism in case.mechanisms},
    )


def near(own: Portrait, others: Iterable[Portrait], most: int = 10) -> tuple[Near, ...]:
    """Return those that are like a case, the most alike first; none that is hardly like it."""
    found = [_nearness(own, other) for other in others if other.num != own.num]
    return tuple(sorted((n for n in found if n.likeness >= LEAST), key=lambda n: (-n.likeness, n.num))[:most])


def _nearness(own: Portrait, other: Portrait) -> Near:
    shared = {word: worth * other.words[word] for word, worth in own.words.items() if word in other.words}
    named = own.mechanisms.keys() & other.mechanisms.keys()
    themes = own.themes & other.themes
    whole = len(own.themes | other.themes)
    likeness = (
        _WORDS * sum(shared.values()) + _MECHANISMS * bool(named) + (_THEMES * len(themes) / whole if whole else 0.0)
    )
    words = sorted(shared, key=lambda word: (-shared[word], word))[:SHOWN]
    names = tuple(sorted(own.mechanisms[name] for name in named))
    return Near(other.num, round(min(likeness, 1.0), 3), tuple(words), tuple(sorted(themes)), names)
