"""How alike two texts are: sketches that find reprints and near-copies among many without comparing all.

MinHash over runs of five characters (Broder 1997), in one pass with one hash (one permutation hashing, Li, Owen and
Zhang 2012; empty bins borrow from the next, Shrivastava and Li 2014). White space and punctuation do not count, since
a reprint is set anew.
"""

from __future__ import annotations

import re
import zlib

RUN = 5
BINS = 30
BAND = 3
LIKE = 0.5
"""Sketches that agree in at least this share of their bins are of texts that share most of their sentences."""
_KEPT = re.compile(r"[0-9A-Za-z\u3400-\u9fff]+")
_NOTHING = 0xFFFFFFFF


def sketch(text: str) -> tuple[int, ...]:
    """``BINS`` numbers of 32 bits, equal in about as many bins as the texts share runs; empty for a very short text."""
    kept = "".join(_KEPT.findall(text)).encode("utf-16-le")  # two bytes a character: all are in the first plane
    bins = [_NOTHING] * BINS
    crc32 = zlib.crc32
    for i in range(0, len(kept) - 2 * RUN + 2, 2):
        value = crc32(kept[i : i + 2 * RUN])
        at = value % BINS
        if value < bins[at]:
            bins[at] = value
    filled = [value for value in bins if value != _NOTHING]
    if len(filled) < BINS // 2:
        return ()
    return tuple(value if value != _NOTHING else _borrowed(bins, at) for at, value in enumerate(bins))


def _borrowed(bins: list[int], at: int) -> int:
    """The next filled bin's value, mixed with the distance so that two borrowers don't look alike by accident."""
    for step in range(1, BINS):
        value = bins[(at + step) % BINS]
        if value != _NOTHING:
            return (value + step * 0x9E3779B1) & 0xFFFFFFFF
    return _NOTHING


def bands(of: tuple[int, ...]) -> tuple[bytes, ...]:
    """Keys to look candidates up by, each at its place: texts that are alike share at least one, almost surely.

    Each is ``BAND`` numbers of the sketch, four bytes a number; together they are the whole sketch.
    """
    packed = b"".join(value.to_bytes(4, "big") for value in of)
    return tuple(packed[at : at + 4 * BAND] for at in range(0, len(packed), 4 * BAND))


def likeness(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """Return the share of bins that agree, 0.0–1.0: an estimate of the share of runs that two texts have in common."""
    if not one or len(one) != len(other):
        return 0.0
    return sum(a == b for a, b in zip(one, other, strict=True)) / len(one)
