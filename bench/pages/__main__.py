"""``python -m bench.pages --corpus DIR --out DIR --level LEVEL --count N --seed S [--paper NAME …]`` makes pages.

Writes ``NNNN.txt`` and ``NNNN.json``; the same corpus and arguments give the same bytes. Without ``--out`` it lists the
papers of the corpus.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from bench.pages.gold import Labels
from bench.pages.habits import LEVELS, MIXED, pick
from bench.pages.make import make_page
from bench.pages.pictures import Pool, pool_of
from bench.pages.records import Article
from bench.pages.sources import Issue, issues_of
from core.reading.page.cohesion import pairs_of

_POOL = 60
"""Issues that lend captions, sentences and headlines."""
_FEWEST = 3
"""Articles that a page of a paper needs at least."""
_AROUND, _MOST_ALIKE = 6, 6
"""Issues before and behind one in which articles on its subject are looked for; how many of them a page takes."""
_MOST_WEIGHT = 900
"""Issues of a source beyond which it is drawn no more often."""


def main() -> int:
    """Make the pages and say what they are like."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--level", choices=[*LEVELS, "mixed"], default="mixed")
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--paper", nargs="*", default=[], help="papers or sources to take, all when none is named")
    options = parser.parse_args()
    try:
        issues = issues_of(options.corpus, options.paper)
    except FileNotFoundError as error:
        print(error, file=sys.stderr)
        return 2
    if not options.out:
        for (source, paper), number in sorted(Counter((i.source, i.paper) for i in issues).items()):
            print(f"{source:16} {number:6} issues  {paper}")
        return 0
    options.out.mkdir(parents=True, exist_ok=True)
    total: Counter[str] = Counter()
    for number, (text, gold) in enumerate(pages(issues, options.level, options.count, options.seed), 1):
        gold["doc"] = f"{number:04d}.txt"
        (options.out / gold["doc"]).write_text(text, "utf-8", newline="\n")
        (options.out / f"{number:04d}.json").write_text(json.dumps(gold, ensure_ascii=False) + "\n", "utf-8")
        total += counts(text, gold)
    print(summary(total))
    return 0


def pages(issues: Sequence[Issue], level: str, count: int, seed: int) -> Iterator[tuple[str, Labels]]:
    """Pages of issues drawn by chance: a source first, by the root of its size, then one of its issues."""
    rnd = random.Random(f"{seed}/{level}")
    papers = _by_source(i for i in issues if not i.whole)
    documents = _by_source(issues)
    pool = _pool([i for own in papers.values() for i in own] or list(issues), rnd)
    made = 0
    for turn in range(20 * count):
        if made >= count:
            return
        name = pick(rnd, MIXED) if level == "mixed" else level
        by_source = documents if name == "document" else papers
        if not by_source:
            continue
        weights = [min(len(own), _MOST_WEIGHT) ** 0.5 for own in by_source.values()]
        own = rnd.choices(list(by_source.values()), weights)[0]
        issue = rnd.choice(own)
        fewest = 1 if name in ("document", "web", "small") else _FEWEST
        articles = _several(issue, own, fewest)
        if len(articles) > 1 and rnd.random() < LEVELS[name].alike:
            articles = _alike(rnd.choice(articles), issue, own)
        if len(articles) < fewest:
            continue
        text, gold, _ = make_page(articles, name, f"{seed}/{level}/{turn}/{issue.key}", pool)
        made += 1
        gold["source"], gold["paper"], gold["date"] = issue.key, issue.paper, articles[0].date
        yield text, gold


def _by_source(issues: Iterable[Issue]) -> dict[str, list[Issue]]:
    out: dict[str, list[Issue]] = {}
    for issue in issues:
        out.setdefault(issue.source, []).append(issue)
    return dict(sorted(out.items()))


def _several(issue: Issue, siblings: Sequence[Issue], fewest: int) -> list[Article]:
    """The articles of an issue, with those of the next of its paper where it has few or short ones."""
    articles = issue.load()
    if fewest > 1 and (len(articles) < _FEWEST + 1 or sum(a.size for a in articles) < 2500):
        own = [i for i in siblings if i.paper == issue.paper]
        at = own.index(issue)
        for other in own[at + 1 : at + 3]:
            articles += other.load()
    return articles


def _alike(first: Article, issue: Issue, siblings: Sequence[Issue]) -> list[Article]:
    """An article and those of the day, or of the issues around, that share most words with it."""
    own = [i for i in siblings if i.paper == issue.paper]
    at = own.index(issue)
    near = [a for other in own[max(0, at - _AROUND) : at + _AROUND + 1] for a in other.load() if a.key != first.key]
    same_day = [a for a in near if a.date == first.date]
    words = pairs_of(_words_of(first))

    def shared(article: Article) -> float:
        others = pairs_of(_words_of(article))
        return len(words & others) / math.sqrt(max(1, len(others)))

    near = sorted(same_day if len(same_day) >= 2 * _MOST_ALIKE else near, key=shared, reverse=True)
    return [first, *near[:_MOST_ALIKE]]


def _words_of(article: Article) -> str:
    return "\n".join((*article.titles, *(p.text for p in article.paragraphs)))


def _pool(issues: Sequence[Issue], rnd: random.Random) -> Pool:
    chosen = rnd.sample(list(issues), min(_POOL, len(issues)))
    return pool_of(article for issue in chosen for article in issue.load())


def counts(text: str, gold: Labels) -> Counter[str]:
    """What tells how like real pages a set is."""
    out: Counter[str] = Counter(pages=1, characters=len(text), **{f"level {gold['style']['level']}": 1})
    for kind in gold["line_kinds"].values():
        out[f"lines {kind}"] += 1
    for article in gold["articles"]:
        out["articles"] += 1
        lines = [line for first, last in article["paragraphs"] for line in range(first, last + 1)]
        jumps = [b for a, b in pairwise(lines) if b < a or any(n in gold["line_kinds"] for n in range(a + 1, b))]
        out["jumps"] += len(jumps)
        out["body above its title"] += bool(lines and article["title_lines"] and lines[0] < article["title_lines"][0])
    out.update({f"damage {what}": 1 for what in gold["damage"]})
    return out


def summary(total: Counter[str]) -> str:
    """The counts of a set of pages in a few lines."""
    number, articles = total["pages"] or 1, total["articles"] or 1
    head = (
        f"{number} pages, {total['characters'] / number:.0f} characters and {articles / number:.1f} articles a page, "
        f"{total['jumps'] / articles:.2f} jumps an article, {total['body above its title'] / articles:.2f} late titles"
    )
    rest = ", ".join(f"{k} {n}" for k, n in sorted(total.items()) if k.startswith(("level", "lines", "damage")))
    return f"{head}\n{rest}"


if __name__ == "__main__":
    sys.exit(main())
