"""Finds the words of a fixed list in running text: the longest at each place, in time linear in the text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import add


class Lexicon:
    """A list of words of two or more characters, looked up by their first two."""

    def __init__(self, words: Iterable[str]) -> None:
        sizes: dict[str, set[int]] = {}
        self._words = frozenset(words)
        for word in self._words:
            sizes.setdefault(word[:2], set()).add(len(word))
        self._sizes = {head: tuple(sorted(found, reverse=True)) for head, found in sizes.items()}

    def find(self, text: str) -> Iterator[tuple[int, str]]:
        """Where a word stands and the word; none overlaps the one before it."""
        sizes, words, free = self._sizes, self._words, 0
        # Most places begin no word: they are sorted out at the speed of C.
        for i in [i for i, head in enumerate(map(add, text, text[1:])) if head in sizes]:
            if i < free:
                continue
            for size in sizes[text[i : i + 2]]:
                word = text[i : i + size]
                if word in words:
                    yield i, word
                    free = i + len(word)
                    break
