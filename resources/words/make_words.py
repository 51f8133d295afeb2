"""Make ``words.txt.gz`` and ``tags.json`` anew from the installed jieba: its dictionary, its tables of word classes."""

from __future__ import annotations

import gzip
import json
import math
import runpy
from collections import Counter, defaultdict
from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).parent
LONGEST, RAREST, TINY = 4, 8, -1e50


def _read_words(folder: Path) -> tuple[dict[str, tuple[int, str]], Counter[str]]:
    words: dict[str, tuple[int, str]] = {}
    mass: Counter[str] = Counter()
    for line in (folder / "dict.txt").open(encoding="utf-8"):
        word, count, tag = line.split()
        mass[tag] += int(count)
        if len(word) <= LONGEST and int(count) >= RAREST and all("\u3400" <= c <= "\u9fff" for c in word):
            words[word] = (int(count), tag[0])
    return words, mass


def _tag_pairs(folder: Path, mass: Counter[str]) -> dict[str, dict[str, float]]:
    trans = runpy.run_path(str(folder / "posseg" / "prob_trans.py"))["P"]
    follow: dict[str, Counter[str]] = defaultdict(Counter)
    for (state, tag), row in trans.items():
        after = {key[1]: math.exp(lp) for key, lp in row.items() if key[0] in "BS" and lp > TINY}
        whole = sum(after.values())
        for second, chance in after.items() if state in "ES" and mass[tag] else ():
            follow[tag[0]][second[0]] += mass[tag] * chance / whole
    base: Counter[str] = Counter()
    for row in follow.values():
        base.update(row)
    everything = sum(base.values())
    common = {tag for tag in base if base[tag] / everything > 0.0005}
    return {
        a: {b: round(math.log(v / sum(row.values()) / base[b] * everything), 2) for b, v in sorted(row.items()) if v}
        for a, row in sorted(follow.items())
        if a in common
    }


def make() -> None:
    """Write both files next to this one."""
    spec = find_spec("jieba")
    if spec is None or spec.origin is None:
        raise SystemExit("jieba is not installed")
    folder = Path(spec.origin).parent
    words, mass = _read_words(folder)
    rows = "\n".join(f"{word} {count} {tag}" for word, (count, tag) in sorted(words.items()))
    (HERE / "words.txt.gz").write_bytes(gzip.compress(rows.encode(), 9, mtime=0))
    tables = {"total": sum(mass.values()), "pair": _tag_pairs(folder, mass)}
    (HERE / "tags.json").write_text(json.dumps(tables, separators=(",", ":")) + "\n", "utf-8")


if __name__ == "__main__":
    make()
