"""The words that stand in a large part of all cases, with the cases that have them, in a file of the cache.

The index tells the cases of a word one by one, which takes long for a word that stands in most of them. So the sets of
such words are kept. They are made behind the opening of a library, are never part of it, and can be thrown away. What
they say of a case counts only while the case has the check sums that it had then; all others are asked in the index.
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import zlib
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from pyroaring import BitMap

from core.library import index, parts
from core.library.errors import LibraryError
from core.library.stopping import Stop
from core.text.folding import fold, phrase_of
from core.text.values import value_form

LEAST_CASES = 4000
"""In a smaller library the index is fast enough for every word."""
_SHARE = 4
"""A word that stands in one of so many cases is kept."""
_SAMPLE = 400
_LONGEST = 8
"""Characters of a word that is kept."""
_FEW = 200
"""So many cases that changed are asked in the index by themselves."""
_FORMAT = 1
_SUFFIX = ".words"
_SUMS = (
    f"SELECT num, sum(sum) & 0xFFFFFFFF FROM sums WHERE part IN ({', '.join(repr(part) for part in parts.OF_A_CASE)})"
    " GROUP BY num"
)


class _Kept(NamedTuple):
    """Where the sets of a word lie in the file: a byte offset and, for each table of the index, a length."""

    at: int
    lengths: tuple[int, ...]
    sum: int


class Frequent:
    """The sets of the frequent words of one library; of the cases that ``changed`` they say nothing true."""

    def __init__(self, path: Path, words: Mapping[str, _Kept], changed: BitMap, revision: int) -> None:
        self._path = path
        self._words = words
        self.changed = changed
        self._revision = revision

    def __len__(self) -> int:
        return len(self._words)

    def cases(self, db: sqlite3.Connection, word: str) -> Sequence[BitMap] | None:
        """Return the cases that have a folded word, for each table of the index; None where that is not kept."""
        kept = self._words.get(word)
        if kept is None or len(self.changed) > _FEW or (sets := self._read(kept)) is None:
            return None
        if not self.changed:
            return sets
        asked = (index.matching(db, table, phrase_of(word), self.changed) for table in index.TABLES)
        return [(cases - self.changed) | now for cases, now in zip(sets, asked, strict=True)]

    def follow(self, db: sqlite3.Connection, revision: int) -> None:
        """Take note of the cases that were changed or removed up to a revision."""
        if revision != self._revision:
            for sql in ("SELECT num FROM cases WHERE revision > ?", "SELECT case_num FROM removed WHERE revision > ?"):
                self.changed |= BitMap(num for (num,) in db.execute(sql, (self._revision,)) if _is_number(num))
            self._revision = revision

    def _read(self, kept: _Kept) -> list[BitMap] | None:
        try:
            with self._path.open("rb") as file:
                file.seek(kept.at)
                blob = file.read(sum(kept.lengths))
        except OSError:
            return None
        if zlib.crc32(blob) != kept.sum:
            return None
        ends = [*accumulate(kept.lengths)]
        parts = (blob[end - length : end] for end, length in zip(ends, kept.lengths, strict=True))
        return [BitMap.deserialize(part) if part else BitMap() for part in parts]


def ready(
    db: sqlite3.Connection, folder: Path, stop: Stop, least: int = LEAST_CASES, sample: int = _SAMPLE
) -> Frequent | None:
    """Return the frequent words of a library, from the cache where they are nearly new, else made now.

    None for a small library, and where nothing can be written. ``stop`` gives it up with Stopped.
    """
    with stop.working_on(db):
        library, revision, tokens = db.execute("SELECT id, revision, tokens FROM library").fetchone()
        sums = {num: crc for num, crc in db.execute(_SUMS) if _is_number(num)}
        if len(sums) < least or tokens != index.TOKENS:
            return None
        stem = f"{zlib.crc32(str(library).encode()):08x}"
        for path in sorted(folder.glob(f"{stem}-*{_SUFFIX}")):
            if (found := _load(path, str(library), sums)) and len(found[1]) <= _FEW:
                return Frequent(path, *found, revision)
        there = BitMap(array("I", sums))
        words = _frequent_words(db, there, sample, stop)
        try:
            return _written(db, folder, stem, str(library), words, sums, revision, stop)
        except OSError:
            return None


def _is_number(num: object) -> bool:
    return isinstance(num, int) and 0 < num < 1 << 32


def _frequent_words(db: sqlite3.Connection, there: BitMap, sample: int, stop: Stop) -> list[str]:
    """The words that seem to stand in many cases, from some of them."""
    nums = [there[at] for at in range(0, len(there), max(1, len(there) // sample))]
    counts: Counter[str] = Counter()
    read = 0
    for num in nums:
        stop.look()
        with contextlib.suppress(LibraryError):
            for fields in index.stored_fields(db, [num]).values():
                counts.update(_pieces(fold(text) for texts in fields for text in texts))
                read += 1
    return sorted(word for word, count in counts.items() if count * _SHARE >= read and not value_form(word))


def _pieces(folded: Iterable[str]) -> set[str]:
    """Every run of up to so many characters."""
    return {
        text[at : at + length]
        for text in folded
        for length in range(1, _LONGEST + 1)
        for at in range(len(text) - length + 1)
    }


def _written(
    db: sqlite3.Connection,
    folder: Path,
    stem: str,
    library: str,
    words: Sequence[str],
    sums: Mapping[int, int],
    revision: int,
    stop: Stop,
) -> Frequent:
    """Ask the index for the sets of the words, and put them into a new file in place of those of the same library.

    Others may write meanwhile: no sums are kept of what they change.
    """
    there = BitMap(array("I", sums))
    head = {"format": _FORMAT, "tokens": index.TOKENS, "library": library}
    folder.mkdir(parents=True, exist_ok=True)
    new = folder / f"{stem}-{revision:x}-{os.getpid():x}{_SUFFIX}"
    unfinished = new.with_suffix(".new")
    kept: dict[str, _Kept] = {}
    try:
        with unfinished.open("wb") as file:
            for word in words:
                stop.look()
                sets = [index.matching(db, table, phrase_of(word)) & there for table in index.TABLES]
                blobs = [cases.serialize() if cases else b"" for cases in sets]
                blob = b"".join(blobs)
                kept[word] = _Kept(file.tell(), tuple(map(len, blobs)), zlib.crc32(blob))
                file.write(blob)
            found = Frequent(new, kept, BitMap(), revision)
            found.follow(db, int(db.execute("SELECT revision FROM library").fetchone()[0]))
            sums = {num: crc for num, crc in sums.items() if num not in found.changed}
            nums = array("I", sums)
            body = json.dumps([head, kept], ensure_ascii=False).encode()
            tail = zlib.compress(nums.tobytes() + array("I", sums.values()).tobytes(), 1)
            at = file.tell()
            file.write(body + tail)
            for number in (at, len(body), len(tail), zlib.crc32(body + tail)):
                file.write(number.to_bytes(8, "little"))
        old = list(folder.glob(f"{stem}-*{_SUFFIX}"))
        unfinished.replace(new)
    finally:
        unfinished.unlink(missing_ok=True)
    for path in old:
        if path != new:
            with contextlib.suppress(OSError):
                path.unlink()
    return found


def _load(path: Path, library: str, sums: Mapping[int, int]) -> tuple[dict[str, _Kept], BitMap] | None:
    """The words of a file of the cache, and the cases that are not as they were; None where it cannot be read."""
    try:
        with path.open("rb") as file:
            file.seek(-32, os.SEEK_END)
            at, body, tail, crc = (int.from_bytes(file.read(8), "little") for _ in range(4))
            file.seek(at)
            text = file.read(body + tail)
        if zlib.crc32(text) != crc:
            return None
        head, kept = json.loads(text[:body])
        if head != {"format": _FORMAT, "tokens": index.TOKENS, "library": library}:
            return None
        both = array("I", zlib.decompress(text[body:]))
    except (OSError, ValueError, zlib.error):
        return None
    half = len(both) // 2
    had = dict(zip(both[:half], both[half:], strict=True))
    changed = [num for num, crc in sums.items() if had.get(num) != crc]
    gone = [num for num in had if num not in sums]
    words = {word: _Kept(at, tuple(lengths), crc) for word, (at, lengths, crc) in kept.items()}
    return words, BitMap([*changed, *gone])
