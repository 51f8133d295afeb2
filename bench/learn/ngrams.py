"""Counts n-grams of texts and writes the table that ``core.reading.page.ngrams`` reads."""

from __future__ import annotations

import math
import struct
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from core.reading.page.ngrams import EDGE, MAGIC, MASK, MULTIPLIER, ORDER, STEP, code_of, fold

BITS = 12
"""Bits of a character's number while counting: five fit into 64 bits."""
FEWEST = 10
"""N-grams seen fewer times are dropped, so that no sentence can be read out of the table."""


def count(texts: Iterable[str]) -> tuple[list[str], list[tuple[np.ndarray, np.ndarray]]]:
    """Return the characters by number and, for each length, the n-grams' keys (sorted) and counts, ``FEWEST`` at least.

    Characters that are not among the 4 095 commonest have the number 0; n-grams with them are not counted.
    """
    folded = [EDGE + fold(text) + EDGE for text in texts if text]
    seen: Counter[str] = Counter()
    for text in folded:
        seen.update(text)
    chars = ["", *[c for c, _ in seen.most_common((1 << BITS) - 1)]]
    number = np.zeros(0x110000, dtype=np.uint16)
    for i, char in enumerate(chars):
        if char:
            number[ord(char)] = i
    points = np.frombuffer("".join(folded).encode("utf-32-le"), dtype=np.uint32)
    ids = number[points].astype(np.uint64)
    del points, folded
    found = []
    key = np.zeros_like(ids)
    whole = np.ones(len(ids), dtype=bool)
    for n in range(1, ORDER + 1):
        # the key of the n-gram that ends at each place; an edge may stand only first or last
        if n == 1:
            key = ids.copy()
            whole = ids > 0
        else:
            longer = np.zeros_like(ids)
            longer[n - 1 :] = (ids[: len(ids) - n + 1] << np.uint64(BITS * (n - 1))) | key[n - 1 :]
            ok = np.zeros_like(whole)
            ok[n - 1 :] = whole[n - 1 :] & (ids[: len(ids) - n + 1] > 0)
            # no edge inside: the character before the present one may be an edge only as the first of the n-gram
            edge = ids == number[ord(EDGE)]
            if n >= 3:
                inner = np.zeros_like(whole)
                inner[n - 1 :] = edge[1 : len(ids) - n + 2]
                ok &= ~inner
            key, whole = longer, ok
        keys, counts = np.unique(key[whole], return_counts=True)
        keep = counts >= (FEWEST if n > 1 else 1)
        found.append((keys[keep], counts[keep]))
        print(n, len(keys), int(keep.sum()), flush=True)
    return chars, found


def prune(found: list[tuple[np.ndarray, np.ndarray]], most: int) -> list[tuple[np.ndarray, np.ndarray]]:
    """Return the n-grams that tell most, ``most`` in all; beginnings and ends of kept ones stay."""
    total = float(found[0][1].sum())
    gains = []
    for n in range(2, ORDER + 1):
        keys, counts = found[n - 1]
        prefix, suffix = keys >> np.uint64(BITS), keys & np.uint64((1 << (BITS * (n - 1))) - 1)
        before = _counts_of(found[n - 2], prefix)
        shorter = _counts_of(found[n - 2], suffix)
        if n == 2:
            backed = shorter / total
        else:
            middle = prefix & np.uint64((1 << (BITS * (n - 2))) - 1)
            backed = shorter / np.maximum(_counts_of(found[n - 3], middle), 1)
        told = np.log(counts / np.maximum(before, 1)) - np.log(0.4 * np.maximum(backed, 1e-12))
        gains.append(counts * np.abs(told))
    low, high = 0.0, float(max(g.max() for g in gains))
    kept: list[tuple[np.ndarray, np.ndarray]] = []
    for _ in range(40):
        limit = math.sqrt(max(low, 1.0) * high) if high > 1 else high
        kept = _kept(found, gains, limit)
        size = sum(len(k) for k, _ in kept)
        if size > most:
            low = limit
        else:
            high = limit
        if abs(size - most) < most * 0.003:
            break
    return kept


def _kept(
    found: list[tuple[np.ndarray, np.ndarray]], gains: list[np.ndarray], limit: float
) -> list[tuple[np.ndarray, np.ndarray]]:
    out: list[tuple[np.ndarray, np.ndarray]] = []
    wanted = np.zeros(0, dtype=np.uint64)
    for n in range(ORDER, 0, -1):
        keys, counts = found[n - 1]
        keep = np.ones(len(keys), dtype=bool) if n == 1 else gains[n - 2] >= limit
        if len(wanted):
            keep |= np.isin(keys, wanted, assume_unique=False)
        mine = keys[keep]
        out.append((mine, counts[keep]))
        wanted = np.unique(
            np.concatenate([mine >> np.uint64(BITS), mine & np.uint64((1 << (BITS * max(0, n - 1))) - 1)])
        )
    return out[::-1]


def _counts_of(table: tuple[np.ndarray, np.ndarray], keys: np.ndarray) -> np.ndarray:
    known, counts = table
    at = np.minimum(np.searchsorted(known, keys), len(known) - 1)
    return np.where(known[at] == keys, counts[at], 0).astype(float)


def write(path: Path, chars: list[str], kept: list[tuple[np.ndarray, np.ndarray]], total: int) -> None:
    """Write the table."""
    code = np.array([code_of(c) if c else 0 for c in chars], dtype=np.uint64)
    hashes, logs = [], []
    with np.errstate(over="ignore"):
        for n, (keys, counts) in enumerate(kept, 1):
            key = np.zeros(len(keys), dtype=np.uint64)
            for k in range(n):
                ids = (keys >> np.uint64(BITS * k)) & np.uint64((1 << BITS) - 1)
                key = (key + code[ids.astype(np.int64)]) * np.uint64(MULTIPLIER)
                key ^= key >> np.uint64(29)
            hashes.append(key)
            logs.append(np.minimum(255, np.rint(STEP * np.log(counts))).astype(np.uint8))
    key, log = np.concatenate(hashes), np.concatenate(logs)
    bits = max(1, round(math.log2(len(key) / 6)))
    bucket = (key >> np.uint64(64 - bits)).astype(np.int64)
    order = np.lexsort((key & np.uint64(0xFFFF), bucket))
    starts = np.zeros((1 << bits) + 1, dtype=np.uint32)
    starts[1:] = np.cumsum(np.bincount(bucket, minlength=1 << bits))
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(struct.pack("<8sIIQ", MAGIC, bits, len(key), total))
        file.write(starts.tobytes())
        file.write((key[order] & np.uint64(0xFFFF)).astype("<u2").tobytes())
        file.write(log[order].tobytes())


assert MASK
