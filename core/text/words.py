"""How likely a run of Chinese characters is as words, from a small word list with word classes.

The list and the tables come from jieba's dictionary (``resources/words/README.md``); no newspaper page was used. They
are read on first need (0.1 s, 20 MB).
"""

from __future__ import annotations

import gzip
import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from core.resources import shipped

LONGEST = 4
MOST_RUNS = 50_000
LETTER = re.compile(r"[\u3400-\u9fffA-Za-z0-9]")
"""A character of a word or a number, not a mark."""
_RARER = math.log(2) - 1.0
"""How much less likely than ``rarest`` a character without a count is in prose: there it is a word seen 1/e times."""


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

    def best(self, text: str) -> float:
        """Return the log chance of the likeliest cut of a short run into words, with the classes' fit between them."""
        known = self._known_runs.get(text)
        if known is None:
            if len(self._known_runs) > MOST_RUNS:
                self._known_runs.clear()
            known = self._known_runs[text] = self._lattice(text, self.rarest, self.pair)[0][-1]
        return known

    def cut(self, text: str) -> list[tuple[str, str]]:
        """Return the likeliest words of a text with their classes: ``g`` for other letters and digits, ``w`` for marks.

        The classes' fit is left out: in running prose the counts alone cut better.
        """
        starts = self._by_counts(text)[1]
        words: list[tuple[str, str]] = []
        stop = len(text)
        while stop:
            word = text[starts[stop] : stop]
            words.append((word, self.tags.get(word, "g" if LETTER.match(word) else "w")))
            stop = starts[stop]
        return words[::-1]

    def scores(self, text: str) -> list[float]:
        """Return for each place of a text, its end included, the log chance of the likeliest words up to there."""
        return self._by_counts(text)[0]

    def counted(self, times: float) -> float:
        """Return the log chance of a word seen so many times."""
        return self.rarest + math.log(2 * times)

    def _by_counts(self, text: str) -> tuple[list[float], list[int]]:
        """For each place of a text the log chance of the best cut up to it, and where its last word begins."""
        chance_of, unseen = self.chances.get, self.rarest + _RARER
        scores, starts = [0.0], [0]
        for stop in range(1, len(text) + 1):
            top, begin = scores[-1] + chance_of(text[stop - 1], unseen), stop - 1
            for start in range(stop - LONGEST if stop > LONGEST else 0, begin):
                chance = chance_of(text[start:stop])
                if chance is not None and scores[start] + chance > top:
                    top, begin = scores[start] + chance, start
            scores.append(top)
            starts.append(begin)
        return scores, starts

    def _lattice(self, text: str, unseen: float, pair: Mapping[str, dict[str, float]]) -> tuple[list[float], list[int]]:
        """The same with how well one class follows another (Viterbi).

        ``unseen`` is the log chance of a character that is no word; ``pair`` how well one class follows another.
        """
        chances, tags = self.chances, self.tags
        scores: list[float] = [0.0]
        starts = [0]
        ends: list[dict[str, float]] = [{}]
        for stop in range(1, len(text) + 1):
            last = text[stop - 1]
            tag = tags.get(last, "g")
            top, tag_at_top, begin = scores[-1] + chances.get(last, unseen) + ends[-1].get(tag, 0.0), tag, stop - 1
            for start in range(max(0, stop - LONGEST), stop - 1):
                chance = chances.get(text[start:stop])
                if chance is not None:
                    tag = tags[text[start:stop]]
                    score = scores[start] + chance + ends[start].get(tag, 0.0)
                    if score > top:
                        top, tag_at_top, begin = score, tag, start
            scores.append(top)
            starts.append(begin)
            ends.append(pair.get(tag_at_top, {}))
        return scores, starts


@lru_cache(maxsize=1)
def word_model() -> Words:
    """Return the word list of the program, read once."""
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
