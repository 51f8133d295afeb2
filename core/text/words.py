"""How likely a run of Chinese characters is as words, from a small word list with word classes.

The list and the tables come from jieba's dictionary (``resources/words/README.md``); no newspaper page was used. They
are read on first need (0.1 s, 20 MB).
"""

from __future__ import annotations

import gzip
import json
import math
from dataclasses import dataclass, field
from functools import lru_cache

from core.resources import shipped

LONGEST = 4
MOST_RUNS = 50_000


@dataclass(frozen=True, slots=True)
class Words:
    """Words with their count and class, and how well one class follows another (natural logarithms)."""

    counts: dict[str, int]
    tags: dict[str, str]
    pair: dict[str, dict[str, float]]
    chances: dict[str, float]
    """ln P(word)."""
    rarest: float
    """The same for a character that is no word of its own: as if seen half a time."""
    _known_runs: dict[str, float] = field(default_factory=dict, compare=False, repr=False)

    @property
    def total_log(self) -> float:
        """ln of all counts together."""
        return math.log(0.5) - self.rarest

    def best(self, text: str) -> float:
        """The log chance of the likeliest cut of a short run into words, with the classes' fit between them."""
        known = self._known_runs.get(text)
        if known is None:
            if len(self._known_runs) > MOST_RUNS:
                self._known_runs.clear()
            known = self._known_runs[text] = self._cut(text)
        return known

    def _cut(self, text: str) -> float:
        chances, tags, pair = self.chances, self.tags, self.pair
        scores: list[float] = [0.0]
        ends: list[dict[str, float]] = [{}]
        for stop in range(1, len(text) + 1):
            last = text[stop - 1]
            tag = tags.get(last, "g")
            top, tag_at_top = scores[-1] + chances.get(last, self.rarest) + ends[-1].get(tag, 0.0), tag
            for start in range(max(0, stop - LONGEST), stop - 1):
                chance = chances.get(text[start:stop])
                if chance is not None:
                    tag = tags[text[start:stop]]
                    score = scores[start] + chance + ends[start].get(tag, 0.0)
                    if score > top:
                        top, tag_at_top = score, tag
            scores.append(top)
            ends.append(pair.get(tag_at_top, {}))
        return scores[-1]


@lru_cache(maxsize=1)
def word_model() -> Words:
    """The word list of the program, read once."""
    counts: dict[str, int] = {}
    tags: dict[str, str] = {}
    with gzip.open(shipped("resources", "words", "words.txt.gz"), "rt", encoding="utf-8") as rows:
        for row in rows.read().splitlines():
            word, count, tag = row.split(" ")
            counts[word] = int(count)
            tags[word] = tag
    tables = json.loads(shipped("resources", "words", "tags.json").read_text("utf-8"))
    total = math.log(tables["total"])
    chances = {word: math.log(count) - total for word, count in counts.items()}
    return Words(counts, tags, tables["pair"], chances, math.log(0.5) - total)
