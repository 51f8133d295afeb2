"""The themes of an article among the fixed ones: weighted words of each field, the title's most of all.

The words stand in ``resources/themes.toml``.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import sqrt

from core.records import THEMES
from core.resources import load_table
from core.text.lexicon import Lexicon

TITLE_WEIGHT, SECTION_WEIGHT, LEAD_WEIGHT, BODY_WEIGHT = 4.0, 2.0, 1.5, 1.0
SHOWN_WORDS = 5
WORTH_NAMING = 0.25


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    """The words of all themes and what each is worth to which theme."""

    lexicon: Lexicon
    worth: dict[str, tuple[tuple[str, float], ...]]


@lru_cache(maxsize=1)
def _vocabulary() -> _Vocabulary:
    """The table of words, read once."""
    table: dict[str, dict[str, str]] = load_table("themes.toml")
    worth: defaultdict[str, list[tuple[str, float]]] = defaultdict(list)
    for theme in THEMES:
        for weight, words in table[theme].items():
            for word in dict.fromkeys(words.split()):
                worth[word].append((theme, float(weight)))
    return _Vocabulary(Lexicon(w for w in worth if len(w) > 1), {w: tuple(found) for w, found in worth.items()})


def rank_themes(title: str, section: str, paragraphs: Sequence[str]) -> list[tuple[str, float, str]]:
    """Return the themes of an article, likeliest first: theme, share of all evidence (0–1), the words for it."""
    seen: defaultdict[str, float] = defaultdict(float)
    lexicon = _vocabulary().lexicon
    for text, weight in _weighed(title, section, paragraphs):
        for word, times in Counter(w for _, w in lexicon.find(text)).items():
            seen[word] += weight * weight * times
    scores, reasons = _scores(seen)
    total = sum(scores.values())
    ranked = sorted(scores, key=lambda t: (-scores[t], THEMES.index(t)))
    return [(theme, round(scores[theme] / total, 3), _said(reasons[theme])) for theme in ranked]


def main_themes(ranked: Sequence[tuple[str, float, str]], limit: int = 3) -> tuple[str, ...]:
    """Return the themes to give an article: the likeliest, and up to two more that weigh at least a quarter of it."""
    return tuple(theme for theme, share, _ in ranked[:limit] if share >= WORTH_NAMING * ranked[0][1])


def _weighed(title: str, section: str, paragraphs: Sequence[str]) -> list[tuple[str, float]]:
    """The parts of an article with what a word in each is worth."""
    lead, rest = "".join(paragraphs[:1]), "\n".join(paragraphs[1:])
    return [(title, TITLE_WEIGHT), (section, SECTION_WEIGHT), (lead, LEAD_WEIGHT), (rest, BODY_WEIGHT)]


def _scores(seen: dict[str, float]) -> tuple[dict[str, float], dict[str, dict[str, float]]]:
    """Each theme's evidence, and how much of it comes from which word; a word said again counts less each time."""
    scores: defaultdict[str, float] = defaultdict(float)
    reasons: defaultdict[str, dict[str, float]] = defaultdict(dict)
    worth = _vocabulary().worth
    for word, times in seen.items():
        shared = worth[word]
        for theme, weight in shared:
            evidence = weight * weight * sqrt(times) / sqrt(len(shared))
            scores[theme] += evidence
            reasons[theme][word] = evidence
    return scores, reasons


def _said(words: dict[str, float]) -> str:
    """The words that speak most for a theme."""
    return "、".join(sorted(words, key=lambda w: -words[w])[:SHOWN_WORDS])
