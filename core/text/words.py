"""How likely a run of Chinese characters is as words, from a small word list with word classes.

The list and the tables come from jieba's dictionary (``resources/words/README.md``); no newspaper page was used. They
are read on first need (0.1 s, 20 MB).
"""

from __future__ import annotations

import gzip
import json
import math
import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from core import compiled
from core.resources import shipped

if TYPE_CHECKING:
    from core.compiled import _compiled

LONGEST = 4
MOST_RUNS = 50_000
MOST_STARTS = 2_000
_Lattice = tuple[list[float], list[dict[str, float]]]
_ANY: dict[str, float] = {}
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
    lattice: _compiled.Lattice | None = field(default=None, compare=False, repr=False)
    """The same compiled, where there is a compiler."""
    _known_runs: dict[str, float] = field(default_factory=dict, compare=False, repr=False)
    _known_starts: dict[str, _Lattice] = field(default_factory=dict, compare=False, repr=False)

    def best(self, text: str, known: int = 0) -> float:
        """Return the log chance of the likeliest cut of a short run into words, with the classes' fit between them.

        ``known`` is how many of its first characters are a run that is asked about again and again.
        """
        if self.lattice:
            return self.lattice.best(text, self.rarest)
        found = self._known_runs.get(text)
        if found is None:
            if len(self._known_runs) > MOST_RUNS:
                self._known_runs.clear()
            lattice = self._lattice_from(self._start_of(text[:known]), text, known)
            found = self._known_runs[text] = lattice[0][-1]
        return found

    def _start_of(self, text: str) -> _Lattice:
        """The lattice of a run that others begin with."""
        found = self._known_starts.get(text)
        if found is None:
            if len(self._known_starts) > MOST_STARTS:
                self._known_starts.clear()
            found = self._known_starts[text] = self._lattice_from(([0.0], [{}]), text, 0)
        return found

    def cut(self, text: str) -> list[tuple[str, str]]:
        """Return the likeliest words of a text with their classes: ``g`` for other letters and digits, ``w`` for marks.

        The classes' fit is left out: in running prose the counts alone cut better.
        """
        if self.lattice:
            found = self.lattice.words(text, self.rarest + _RARER)
            tag_of = self.tags.get
            return [(word, tag_of(word) or ("g" if LETTER.match(word) else "w")) for word in found]
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

    def crosses(self, text: str, at: int) -> bool:
        """Return whether any word of the list lies across a place of a text."""
        if self.lattice:
            return self.lattice.crosses(text, at)
        for start in range(max(0, at - LONGEST + 1), at):
            for stop in range(at + 1, start + LONGEST + 1):
                if text[start:stop] in self.chances:
                    return True
        return False

    def counted(self, times: float) -> float:
        """Return the log chance of a word seen so many times."""
        return self.rarest + math.log(2 * times)

    def _by_counts(self, text: str) -> tuple[list[float], list[int]]:
        """For each place of a text the log chance of the best cut up to it, and where its last word begins."""
        chance_of, unseen = self.chances.get, self.rarest + _RARER
        if self.lattice:
            return self.lattice.by_counts(text, unseen)
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

    def _lattice_from(self, start: _Lattice, text: str, known: int) -> _Lattice:
        """The lattice of a run whose first characters have a known one.

        For each place of the run it has the log chance of the best cut up to it, with how well one class follows
        another (Viterbi), and how well classes follow the last word of that cut.
        """
        chance_of, tags, unseen = self.chances.get, self.tags, self.rarest
        scores, ends = [*start[0]], [*start[1]]
        for stop in range(known + 1, len(text) + 1):
            last = text[stop - 1]
            tag = tag_at_top = tags.get(last, "g")
            top = scores[-1] + chance_of(last, unseen) + ends[-1].get(tag, 0.0)
            for at in range(stop - LONGEST if stop > LONGEST else 0, stop - 1):
                word = text[at:stop]
                chance = chance_of(word)
                if chance is not None:
                    tag = tags[word]
                    score = scores[at] + chance + ends[at].get(tag, 0.0)
                    if score > top:
                        top, tag_at_top = score, tag
            scores.append(top)
            ends.append(self.pair.get(tag_at_top, _ANY))
        return scores, ends


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
    return Words(
        counts, tags, tables["pair"], chances, math.log(0.5) - total, _lattice_of(chances, tags, tables["pair"])
    )


def _lattice_of(
    chances: dict[str, float], tags: dict[str, str], pair: dict[str, dict[str, float]]
) -> _compiled.Lattice | None:
    """The words for the compiled module, classes by their numbers."""
    if compiled.Lattice is None:
        return None
    classes = sorted({*tags.values(), "g"})
    fits = [pair.get(one, _ANY).get(other, 0.0) for one in classes for other in classes]
    number = {tag: n for n, tag in enumerate(classes)}
    numbers = {word: number[tag] for word, tag in tags.items()}
    return compiled.Lattice(chances, numbers, [*fits, *[0.0] * len(classes)], len(classes), number["g"])
