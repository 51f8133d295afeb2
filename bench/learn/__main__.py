"""``python -m bench.learn --corpus DIR`` (``make learn CORPUS=DIR``) makes all that the reader has learnt anew.

Counts the n-grams of the corpus, makes pages with known answers from it, learns the kinds of lines and the steps
between them, and writes ``resources/order``: ``ngrams.bin``, ``trees.json`` and ``SOURCE.md``. The same corpus and seed
give the same files. What later models learn from earlier ones comes from models that saw nothing of the page's day
(two halves of the days), and what a page teaches is seen with n-grams counted in the other half.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import Pool
from pathlib import Path
from typing import Any

import numpy as np

from bench.learn import ngrams
from bench.learn.fit import chances, fit, fit_headings, fit_kinds, fit_steps, sums_of
from bench.learn.material import Steps, Taught
from bench.learn.texts import (
    AS_PRINTED,
    HALVES,
    KEPT_APART,
    NEVER_LEARNT,
    SHARES,
    TRIED_ON,
    half_of,
    learnt_pages,
    texts,
)
from bench.pages.gold import Labels
from core.reading.page.lines import KINDS
from core.reading.page.order import FIRM, assign

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "order"
MOST_NGRAMS = 1_900_000
TEXTS = ("rmrb", "xwlb", "crud")
_Rows = tuple[Any, Any]


def main() -> int:
    """Learn, and write what was learnt."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--part", type=float, default=1.0, help="learn from fewer pages, to try the command")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1, help="how much is done at once")
    parser.add_argument("--with-tried", action="store_true", help="learn from the pages kept for trying, too")
    parser.add_argument("--out", type=Path, default=FOLDER)
    parser.add_argument("--keep-ngrams", action="store_true", help="take the table of n-grams as it is")
    parser.add_argument("--tables", type=Path, help="where the tables of the two halves are kept, once counted")
    options = parser.parse_args()
    if not options.corpus.is_dir():
        print(f"no folder: {options.corpus}", file=sys.stderr)
        return 2
    options.out.mkdir(parents=True, exist_ok=True)
    if not options.keep_ngrams:
        _count(options.out / "ngrams.bin", options.corpus, options.with_tried)
    with tempfile.TemporaryDirectory() as kept:
        tables = [(options.tables or Path(kept)) / f"ngrams-{half}.bin" for half in range(HALVES)]
        for half, table in enumerate(tables):
            if not table.exists():
                _count(table, options.corpus, options.with_tried, half)
        drawn = learnt_pages(options.corpus, options.seed, options.part, options.with_tried)
        pages = [Taught(text, gold, tables[_half_of(gold)]) for text, gold in drawn]
        with Workers(options.processes) as workers:
            learner = _Learner(pages, workers.work, options.processes)
            sums = learner.learn()
    (options.out / "trees.json").write_text(json.dumps({"sums": sums}, separators=(",", ":")) + "\n", "utf-8")
    (options.out / "SOURCE.md").write_text(_source(options.out, options.seed, learner.told), "utf-8")
    return 0


def _count(path: Path, corpus: Path, with_tried: bool, without: int | None = None) -> None:
    """Write the table of n-grams of the texts, without a half of them where one is named."""
    chars, found = ngrams.count(texts(corpus, TEXTS, with_tried, without))
    ngrams.write(path, chars, ngrams.prune(found, MOST_NGRAMS), int(found[0][1].sum()))


def _half_of(gold: Labels) -> int:
    """The half that a page belongs to: that of its day, or of its issue where no day is known."""
    return half_of(gold["date"] or gold["source"])


class Workers:
    """A process a processor; each always gets the same pages, so that it need mark them only once."""

    def __init__(self, count: int) -> None:
        self._count = count

    def __enter__(self) -> Workers:
        self._pools = [Pool(1) for _ in range(self._count)]
        return self

    def __exit__(self, *_: object) -> None:
        for pool in self._pools:
            pool.terminate()

    def work(self, job: Callable[..., Any], items: Sequence[tuple[Any, ...]]) -> list[Any]:
        """Return what a job makes of each item."""
        count = len(self._pools)
        asked = [pool.starmap_async(job, items[k::count], chunksize=8) for k, pool in enumerate(self._pools)]
        out: list[Any] = [None] * len(items)
        for k, found in enumerate(asked):
            out[k::count] = found.get()
        return out


class _Learner:
    """Learns one model after the other, each from what models that did not see a page say of it."""

    def __init__(self, pages: Sequence[Taught], work: Callable[..., list[Any]], at_once: int = 1) -> None:
        self._pages, self._work, self._at_once = pages, work, at_once
        self._half = [_half_of(page.gold) for page in pages]
        self._began = time.time()
        self.told: list[str] = []

    def learn(self) -> dict[str, list[dict[str, Any]]]:
        """Return the tables of all models."""
        pages = [(page,) for page in self._pages]
        rows = [_arrays(*found) for found in self._work(Taught.kind_rows, pages)]
        kinds, whole = self._halves(rows, fit_kinds)
        kind_of = [chances(self._model(kinds, n), rows[n][0]).tolist() for n in range(len(pages))]
        right = [np.mean(np.argmax(p, 1) == answers) for p, (_, answers) in zip(kind_of, rows, strict=True)]
        self._tell(f"{sum(len(a) for _, a in rows)} lines, kinds right {np.mean(right):.4f} a page")
        sums = {"kinds": sums_of(whole, len(KINDS))}
        apart = [r for r, page in zip(rows, self._pages, strict=True) if page.gold["style"]["level"] not in AS_PRINTED]
        sums["few"] = sums_of(fit_kinds(*_together(apart)), len(KINDS))

        jobs: list[Any] = [(page, kind) for page, kind in zip(self._pages, kind_of, strict=True)]
        looked = self._work(Taught.heading_rows, jobs)
        halves, whole = self._halves([_arrays(r, k) for _, r, k in looked], fit_headings)
        for n, (again, r, _) in enumerate(looked):
            for i, p in zip(again, chances(self._model(halves, n), _array(r)).tolist(), strict=True):
                kind_of[n][i] = p
        right = [np.mean(np.argmax(p, 1) == answers) for p, (_, answers) in zip(kind_of, rows, strict=True)]
        sums["headings"] = sums_of(whole, len(KINDS))
        self._tell(
            f"{sum(len(k) for _, _, k in looked)} lines looked at again, kinds right {np.mean(right):.4f} a page"
        )

        rows = [_arrays(*found) for found in self._work(Taught.next_rows, jobs)]
        halves, whole = self._halves(rows, fit)
        sure = [chances(self._model(halves, n), rows[n][0]).tolist() for n in range(len(pages))]
        sums["next"] = sums_of(whole)
        self._tell(f"{sum(len(a) for _, a in rows)} steps to the line below")

        jobs = [(page, kind, s) for page, kind, s in zip(self._pages, kind_of, sure, strict=True)]
        steps: list[Steps] = self._work(Taught.steps, jobs)
        joins, whole = self._halves([_arrays(s.rows, s.true) for s in steps], fit_steps)
        sums["joins"] = sums_of(whole)
        ends, whole = self._halves([_arrays(s.ends, s.is_end) for s in steps], fit)
        sums["ends"] = sums_of(whole)
        starts, whole = self._halves([_arrays(s.starts, s.is_start) for s in steps], fit)
        sums["starts"] = sums_of(whole)
        self._tell(f"{sum(len(s.rows) for s in steps)} steps between stretches")

        jobs = []
        for n, s in enumerate(steps):
            first = chances(self._model(joins, n), s.rows).tolist()
            ended = chances(self._model(ends, n), s.ends).tolist()
            begun = chances(self._model(starts, n), s.starts).tolist()
            found = assign(s.pairs, first, ended, begun)
            firm = [found[a][0] if a in found and found[a][1] > FIRM else None for a in range(len(s.ends))]
            jobs.append((self._pages[n], kind_of[n], sure[n], s, first, firm))
        again = self._work(Taught.again, jobs)
        sums["again"] = sums_of(fit_steps(*_together(again)))
        self._tell(f"{sum(len(true) for _, true in again)} of them asked about again")
        return sums

    def _halves(self, rows: Sequence[_Rows], learn: Callable[[Any, Any], Any]) -> tuple[list[Any], Any]:
        """For each half of the pages the model that learnt from the other; and the model of all."""
        parts = [[r for r, half in zip(rows, self._half, strict=True) if half != k] for k in range(HALVES)]
        with ThreadPoolExecutor(self._at_once) as at_once:
            *models, whole = at_once.map(lambda part: learn(*_together(part)), [*parts, rows])
        return models, whole

    def _model(self, halves: Sequence[Any], page: int) -> Any:
        """The model that did not see a page."""
        return halves[self._half[page]]

    def _tell(self, words: str) -> None:
        self.told.append(words)
        print(f"{time.time() - self._began:6.0f} s  {words}", flush=True)


def _arrays(rows: Sequence[Sequence[float]], answers: Sequence[float]) -> _Rows:
    return _array(rows), np.asarray(answers)


def _array(rows: Any) -> Any:
    return np.asarray(rows, dtype=np.float32)


def _together(parts: Iterable[_Rows]) -> _Rows:
    kept = [(rows, answers) for rows, answers in parts if len(answers)]
    return np.concatenate([rows for rows, _ in kept]), np.concatenate([answers for _, answers in kept])


def _source(folder: Path, seed: int, told: Sequence[str]) -> str:
    """What stands beside the tables: what they are made of, and how."""
    sizes = {name: (folder / name).stat().st_size for name in ("ngrams.bin", "trees.json")}
    files = [f"| {name} | {_digest(folder / name)} | {size:,} |" for name, size in sizes.items()]
    shares = [f"- {share.count} of level {share.level} from {', '.join(share.sources)}" for share in SHARES]
    apart, never, tried = ", ".join(KEPT_APART), ", ".join(NEVER_LEARNT), ", ".join(TRIED_ON)
    return f"""# What the reader has learnt

Made by `make learn` with seed {seed}; how the corpus folder is filled says `docs/reading-evidence.md`.

| file | SHA-256 | bytes |
|---|---|---|
{_rows(files)}

`ngrams.bin` holds hashes (16 bits) and rounded counts of runs of up to five characters in {", ".join(TEXTS)};
those seen fewer than {ngrams.FEWEST} times are not in it, and no text can be read out of it.
`trees.json` holds decision trees over signs of lines and seams, learnt from made pages:

{_rows(shares)}

Left out: the reserved days and months, the months {apart}, the papers {never}. Kept to try
what was learnt: the days {tried} of the newspaper and every eighth issue of the others.

{_rows([f"- {words}" for words in told])}
"""


def _rows(lines: Iterable[str]) -> str:
    return "\n".join(lines)


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    sys.exit(main())
