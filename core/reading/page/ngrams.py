"""How often runs of up to five characters stand in the press: what goes on across a seam, begins or ends a paragraph.

The table (``resources/order/ngrams.bin``, made by ``bench.learn``) holds a hash and a rounded logarithm of the count of
each n-gram, no text; n-grams that were seen fewer than ten times are not in it.
"""

from __future__ import annotations

import math
import mmap
import re
import struct
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core import compiled
from core.resources import shipped

if TYPE_CHECKING:
    from core.compiled import _compiled

ORDER = 5
MAGIC = b"ANLNGRM1"
STEP = 8.0
"""Counts are kept as ``round(STEP * log(count))``."""
BACK_OFF = math.log(0.4)
MULTIPLIER = 0x9E3779B97F4A7C15
MASK = (1 << 64) - 1
UNKNOWN = -1.0
MOST_KNOWN = 100_000
"""N-grams that are remembered: a page asks for some three thousand new ones, and for many of them again."""
MOST_SEAMS = 10_000
"""Seams and their sides that are remembered: a page asks for some hundreds of them, each more than once."""
_HEAD = "<8sIIQ"
EDGE = "\n"
"""Stands before and behind each paragraph."""
_HALF = {
    **dict(zip(",;:?!()", "，；：？！（）", strict=True)),
    **{chr(c): "0" for c in range(0x30, 0x3A)},
    **{chr(c): "a" for c in (*range(0x41, 0x5B), *range(0x61, 0x7B))},
    "‘": "“", "’": "”", "\u3000": None, " ": None, "\t": None, "\xa0": None,
}  # fmt: skip
_FOLDED = str.maketrans(_HALF)
_TO_FOLD = re.compile(f"[{re.escape(''.join(_HALF))}]")


def fold(text: str) -> str:
    """Return a text as it is counted: full-width marks, every digit 0, every letter a, no spaces.

    >>> fold("2023年, 全县GDP")
    '0000年，全县aaa'
    """
    return text.translate(_FOLDED) if _TO_FOLD.search(text) else text


def code_of(char: str) -> int:
    """Return the number that a character is hashed by."""
    return (ord(char) * 0xD6E8FEB86659FD93 + 0x632BE59BD9B4E019) & MASK


Side = tuple[str, list[float]]
"""The characters beside a seam, and what is known of them."""


class NGrams:
    """Counts of n-grams by their hash, read from the shipped table."""

    def __init__(self, data: bytes | mmap.mmap) -> None:
        magic, bits, self.entries, self.total = struct.unpack_from(_HEAD, data)
        if magic != MAGIC:
            raise ValueError("not a table of n-grams")
        self.bits = bits
        buckets = 1 << bits
        self._shift = 64 - bits
        at = struct.calcsize(_HEAD)
        view = memoryview(data)
        self._buckets = view[at : at + 4 * (buckets + 1)].cast("I")
        at += 4 * (buckets + 1)
        self._prints = at
        self._counts = view[at + 2 * self.entries : at + 3 * self.entries]
        self.data = data
        self._find = data.find
        self._codes: dict[str, int] = {}
        self._known: dict[str, float] = {}
        self._pairs: dict[str, float] = {}
        self._ends: dict[str, Side] = {}
        self._starts: dict[str, Side] = {}
        self._seams: dict[tuple[str, str], float] = {}
        self.log_total = math.log(self.total)

    def seen(self, text: str) -> float:
        """Return the logarithm of the count of an n-gram, -1 where it is not known."""
        known = self._pairs.get(text)
        if known is None:
            found = self.table(text, len(text) - 1, len(text))
            _make_room(self._pairs, MOST_KNOWN)
            known = self._pairs[text] = found[-1] if len(found) == len(text) else UNKNOWN
        return known

    @property
    def remembered(self) -> int:
        """Return how many n-grams are remembered."""
        return len(self._known)

    def rarity(self, char: str) -> float:
        """Return how rare a character is, as minus the log of its chance."""
        return self.log_total - max(0.0, self.seen(char))

    def table(self, text: str, end: int, longest: int) -> list[float]:
        """Return the log counts of the n-grams that end with character ``end``, from one character up to ``longest``.

        The list stops where an n-gram is not known: no longer one is.
        """
        known = self._known.get
        out: list[float] = []
        behind, key = end + 1, -1
        for begin in range(end, end - longest if end >= longest else -1, -1):
            gram = text[begin:behind]
            found = known(gram)
            if found is None:
                key = self._key(gram) if key < 0 else self._longer(key, gram[0])
                found = self._look_up(gram, key)
            else:
                key = -1
            if found < 0.0:
                break
            out.append(found)
        return out

    def _key(self, gram: str) -> int:
        """The hash of an n-gram, made from its end on."""
        key = 0
        for char in reversed(gram):
            key = self._longer(key, char)
        return key

    def _longer(self, key: int, char: str) -> int:
        """The hash of what is one character longer at its start."""
        code = self._codes.get(char)
        if code is None:
            code = self._codes[char] = code_of(char)
        key = ((key + code) * MULTIPLIER) & MASK
        return key ^ key >> 29

    def _look_up(self, gram: str, key: int) -> float:
        """Find an n-gram in the file by its hash, and remember it."""
        base, buckets, bucket = self._prints, self._buckets, key >> self._shift
        low, high = base + 2 * buckets[bucket], base + 2 * buckets[bucket + 1]
        want = (key & 0xFFFF).to_bytes(2, "little")
        find = self._find
        at = find(want, low, high)
        while at >= 0 and (at - base) & 1:
            at = find(want, at + 1, high)
        if len(self._known) > MOST_KNOWN:
            self._known.clear()
        found = self._known[gram] = self._counts[(at - base) >> 1] / STEP if at >= 0 else UNKNOWN
        return found

    def chances(self, text: str, known: int = 0) -> list[float]:
        """Return for each character from ``known`` on the log chance that it follows those before it."""
        before: list[float] = [] if not known else self.table(text, known - 1, ORDER - 1)
        out = []
        for end in range(known, len(text)):
            here = self.table(text, end, len(before) + 1)
            out.append(self._chance(here, before))
            before = here[: ORDER - 1]
        return out

    def end(self, text: str) -> Side:
        """Return what ``across`` asks of a text before a seam: its last characters and what is known of them."""
        tail = text[-(ORDER - 1) :]
        known = self._ends.get(tail)
        if known is None:
            _make_room(self._ends, MOST_SEAMS)
            known = self._ends[tail] = tail, self.table(tail, len(tail) - 1, ORDER - 1)
        return known

    def start(self, text: str) -> Side:
        """Return what ``across`` asks of a text behind a seam: its first characters and their own chances."""
        head = text[: ORDER - 1]
        known = self._starts.get(head)
        if known is None:
            _make_room(self._starts, MOST_SEAMS)
            known = self._starts[head] = head, self.chances(head)
        return known

    def closing(self, text: str) -> float:
        """Return the log chance that a paragraph ends behind a text."""
        tail, before = self.end(text)
        return self._chance(self.table(tail + EDGE, len(tail), len(before) + 1), before)

    def opening(self, text: str, size: int) -> float:
        """Return how much likelier a paragraph begins so than text goes on so, in nats.

        ``size`` is how many of its first characters are looked at, fewer than ``ORDER``.
        """
        head = text[:size]
        return sum(self.chances(EDGE + head, 1), 0.0) - sum(self.start(text)[1][:size], 0.0)

    def across(self, end: Side, start: Side) -> float:
        """Return how much likelier a text's first characters are behind a seam than by themselves, in nats."""
        seam = end[0], start[0]
        known = self._seams.get(seam)
        if known is None:
            _make_room(self._seams, MOST_SEAMS)
            known = self._seams[seam] = self._across(end, start)
        return known

    def _across(self, end: Side, start: Side) -> float:
        """The same, not remembered.

        As soon as nothing longer is known than what stands behind the seam, the rest is as likely as by itself.
        """
        text, before = end[0] + start[0], end[1]
        known, total = len(end[0]), 0.0
        if not known:
            return 0.0
        for k, alone in enumerate(start[1]):
            here = self.table(text, known + k, len(before) + 1)
            total += self._chance(here, before) - alone
            if len(here) <= k + 1:
                break
            before = here[: ORDER - 1]
        return total

    def gain(self, tail: str, head: str) -> float:
        """Return how much likelier a text's first characters are behind a tail than by themselves, in nats.

        Both are folded.
        """
        return self.across(self.end(tail), self.start(head))

    def _chance(self, here: list[float], before: list[float]) -> float:
        """Stupid back-off: the longest n-gram known, over its context; 0.4 for every character of context given up.

        ``here`` is at most one n-gram longer than ``before``: beginnings of what is known are known.
        """
        given, length = len(before), len(here)
        if not length:
            return BACK_OFF * (given + 1) - self.log_total
        if length == 1:
            return BACK_OFF * given + here[0] - self.log_total
        ratio = here[-1] - before[length - 2]
        back = BACK_OFF * (given + 1 - length)
        return back + ratio if ratio < 0.0 else back


class CompiledNGrams(NGrams):
    """The same, asked of the compiled module, which is faster than to remember."""

    def __init__(self, data: bytes | mmap.mmap, grams: type[_compiled.Grams]) -> None:
        super().__init__(data)
        at = struct.calcsize(_HEAD)
        self.grams = grams(data, self.bits, at, self.entries, STEP, BACK_OFF, self.log_total)

    def seen(self, text: str) -> float:
        return self.grams.seen(text)

    def table(self, text: str, end: int, longest: int) -> list[float]:
        return self.grams.table(text, end, longest)

    def chances(self, text: str, known: int = 0) -> list[float]:
        return self.grams.chances(text, known, ORDER)

    def end(self, text: str) -> Side:
        tail = text[1 - ORDER :]
        return tail, self.grams.table(tail, len(tail) - 1, ORDER - 1)

    def start(self, text: str) -> Side:
        head = text[: ORDER - 1]
        return head, self.grams.chances(head, 0, ORDER)

    def across(self, end: Side, start: Side) -> float:
        return self.grams.across(*end, *start, ORDER)


def _make_room(remembered: dict[Any, Any], most: int) -> None:
    """Forget everything when it has become too much."""
    if len(remembered) > most:
        remembered.clear()


@lru_cache(maxsize=1)
def ngrams() -> NGrams:
    """Return the shipped table, opened once."""
    return read_ngrams(shipped("resources", "order", "ngrams.bin"))


def read_ngrams(path: Path) -> NGrams:
    """Return the table of a file.

    :raises ValueError: it is no such table.
    """
    with path.open("rb") as file:
        data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    return CompiledNGrams(data, compiled.Grams) if compiled.Grams else NGrams(data)
