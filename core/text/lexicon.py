"""Finds the words of a fixed list in running text: the longest at each place, in time linear in the text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import compress
from operator import add
from typing import TYPE_CHECKING

from core import compiled

if TYPE_CHECKING:
    from core.compiled import _compiled


class Lexicon:
    """A list of words of two or more characters, looked up by their first two."""

    def __init__(self, words: Iterable[str], heads: type[_compiled.Heads] | None = compiled.Heads) -> None:
        sizes: dict[str, set[int]] = {}
        self._words = frozenset(words)
        for word in self._words:
            sizes.setdefault(word[:2], set()).add(len(word))
        self._sizes = {head: tuple(sorted(found, reverse=True)) for head, found in sizes.items()}
        self._heads = heads([head for head in self._sizes if len(head) == 2]) if heads else None

    def starts(self, text: str) -> list[int]:
        """Return the places where two characters stand that begin a word; most begin none and cost next to nothing."""
        if self._heads:
            return self._heads.starts(text)
        return list(compress(range(len(text)), map(self._sizes.__contains__, map(add, text, text[1:]))))

    def sizes(self, text: str, at: int) -> tuple[int, ...]:
        """Return the lengths of the words that may begin at such a place, longest first."""
        return self._sizes[text[at : at + 2]]

    def find(self, text: str) -> Iterator[tuple[int, str]]:
        """Yield where a word stands and the word; none overlaps the one before it."""
        words, free = self._words, 0
        for i in self.starts(text):
            if i < free:
                continue
            for size in self.sizes(text, i):
                word = text[i : i + size]
                if word in words:
                    yield i, word
                    free = i + len(word)
                    break


def by_first_character(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return the words by their first character, the longest first: for a list that is asked at one place only."""
    groups: dict[str, list[str]] = {}
    for word in words:
        groups.setdefault(word[0], []).append(word)
    return {char: tuple(sorted(group, key=len, reverse=True)) for char, group in groups.items()}


def by_first_two(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return words of two or more characters by their first two, the longest first: where many begin with one."""
    groups: dict[str, list[str]] = {}
    for word in words:
        groups.setdefault(word[:2], []).append(word)
    return {head: tuple(sorted(group, key=len, reverse=True)) for head, group in groups.items()}


def either(words: Iterable[str]) -> str:
    """Return a pattern for any of some words, the longest first.

    >>> either(("近", "接近", "(约)"))
    '\\\\(约\\\\)|接近|近'
    """
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
