"""How likely a run of Chinese characters is as words, from a small word list with word classes.

The list and the tables come from jieba's dictionary (``resources/words/README.md``); no newspaper page was used. They
are read on first need (0.1 s, 20 MB).
"""

from __future__ import annotations

import gzip
import json
import math
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_FOLDER = Path(__file__).resolve().parents[2] / "resources" / "words"
LONGEST = 4
_NO_TAG = ""


@dataclass(frozen=True, slots=True)
class Words:
    """Words with their count and class, and how well one class follows another (natural logarithms)."""

    counts: dict[str, int]
    tags: dict[str, str]
    pair: dict[str, dict[str, float]]
    first: dict[str, float]
    total_log: float

    def log_chance(self, word: str) -> float:
        """ln P(word); a character that is no word of its own counts as seen half a time."""
        return math.log(self.counts.get(word, 0.5)) - self.total_log

    def best(self, text: str) -> float:
        """The log chance of the likeliest cut of a short run into words, with the classes' fit between them."""
        counts, tags, pair = self.counts, self.tags, self.pair
        scores: list[float] = [0.0]
        ends: list[str] = [_NO_TAG]
        for stop in range(1, len(text) + 1):
            top, tag_at_top = -math.inf, _NO_TAG
            for start in range(max(0, stop - LONGEST), stop):
                word = text[start:stop]
                count = counts.get(word)
                if count is None:
                    if stop - start > 1:
                        continue
                    count, tag = 0, "g"
                else:
                    tag = tags[word]
                score = scores[start] + math.log(count or 0.5) - self.total_log
                score += pair.get(ends[start], {}).get(tag, 0.0)
                if score > top:
                    top, tag_at_top = score, tag
            scores.append(top)
            ends.append(tag_at_top)
        return scores[-1]

    def starts_well(self, text: str) -> float:
        """How much likelier the longest word at the head of a text is at the start of a sentence than elsewhere."""
        for size in range(min(LONGEST, len(text)), 0, -1):
            if text[:size] in self.counts:
                return self.first.get(self.tags[text[:size]], 0.0)
        return -1.0


@lru_cache(maxsize=1)
def word_model() -> Words:
    """The word list of the program, read once."""
    counts: dict[str, int] = {}
    tags: dict[str, str] = {}
    with gzip.open(_FOLDER / "words.txt.gz", "rt", encoding="utf-8") as rows:
        for row in rows.read().splitlines():
            word, count, tag = row.split(" ")
            counts[word] = int(count)
            tags[word] = tag
    tables = json.loads((_FOLDER / "tags.json").read_text("utf-8"))
    return Words(counts, tags, tables["pair"], tables["first"], math.log(tables["total"]))
