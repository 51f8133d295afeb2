"""Scores what the reader finds on labelled pages, label by label, so that a change shows what it gains and loses.

``python -m tests.score`` prints the figures of every set and what changed since they were kept;
``python -m tests.score --keep`` keeps them anew; ``--pages FOLDER --labels FOLDER`` scores other labelled pages beside,
``--corpus FOLDER`` pages that are made of papers and months that nothing was learnt from.

A label that was found is a *hit*; one that was not is a *miss*; what was found without a label is an *extra*. Each has
an id that names page, measure and the printed words, so that it stays the same when labels are added. ``recall`` is
hits / (hits + misses), ``precision`` hits / (hits + extras).

| measure | a label is |
|---|---|
| article | an article of running text; found when half of the characters of both bodies together are in both |
| chars | a character of a body; found when it landed in the article that is paired with its own |
| order | a place where the true text jumps on the page; found when the reader takes the same step |
| title | the headline, whole or a run of its printed lines, at 0.8 likeness |
| byline, mechanism | a name; a mechanism also where one name of four characters or more holds the other |
| place | province, city and county, all three |
| theme | the reader's first theme is one of the first two labelled |
| themes | the first theme labelled is one of the reader's first three |
| metric | value, upper value and unit, at that place of the page, wherever its article landed |
| indicator, period | of the figures found: the name at 0.5 likeness or one holding the other; the period at 0.6 |
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any, NamedTuple

from core.reading import articles_of, read_page
from core.records import Article, Metric, Page, Span
from core.sources import read_file

FOLDER = Path(__file__).resolve().parent / "pages"
KEPT = FOLDER / "scores.json"
MADE = ("clean", "mild", "seed", "harsh", "county")
"""Levels of damage of the pages that are made of what nothing was learnt from (``docs/reading-evidence.md``)."""
MEASURES = tuple("article chars order title byline place theme themes mechanism metric indicator period".split())
PRECISE = ("article", "byline", "metric")
"""Measures in which something may be found that no label has."""
_KEPT_CHAR = re.compile(r"[0-9A-Za-z\u3400-\u9fff]")
Label = Mapping[str, Any]


@dataclass
class Score:
    """Ids of what was found, missed and found without a label, by measure; characters are only counted."""

    hits: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    misses: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    extras: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    chars: tuple[int, int] = (0, 0)

    def mark(self, measure: str, label: str, found: bool) -> None:
        """Count a label."""
        (self.hits if found else self.misses)[measure].append(label)

    def recall(self, measure: str) -> float | None:
        """Return the share of the labels that was found; None where there is none."""
        hits, misses = len(self.hits[measure]), len(self.misses[measure])
        if measure == "chars":
            hits, misses = self.chars[0], self.chars[1] - self.chars[0]
        return hits / (hits + misses) if hits + misses else None

    def precision(self, measure: str) -> float | None:
        """Return the share of what was found that has a label; None where nothing was found."""
        hits, extras = len(self.hits[measure]), len(self.extras[measure])
        return hits / (hits + extras) if hits + extras else None

    def add(self, other: Score) -> None:
        """Take in the score of another page."""
        for mine, more in ((self.hits, other.hits), (self.misses, other.misses), (self.extras, other.extras)):
            for measure, ids in more.items():
                mine[measure] += ids
        self.chars = (self.chars[0] + other.chars[0], self.chars[1] + other.chars[1])


class Body(NamedTuple):
    """An article's body as offsets of its letters, digits and Chinese characters on the page, in reading order."""

    chars: list[int]
    among: frozenset[int]


# ---- one page


def score_page(name: str, text: str, labels: Sequence[Label], articles: Sequence[Article]) -> Score:
    """Compare the articles that were read from a page with its labels."""
    out = Score()
    starts = _line_starts(text)
    wanted = [(label, _body(text, _labelled(label, text, starts))) for label in labels if label["kind"] != "caption"]
    found = [(a, _body(text, [s for p in a.paragraphs for s in p.spans])) for a in articles if a.kind != "caption"]
    wanted, found = [w for w in wanted if w[1].chars], [f for f in found if f[1].chars]
    pairs = _pairs([body for _, body in wanted], [body for _, body in found])
    good = {w: f for share, w, f in pairs if share >= 0.5}
    for w, (label, body) in enumerate(wanted):
        out.mark("article", _id(name, _called(label)), w in good)
        out.chars = (out.chars[0], out.chars[1] + len(body.chars))
        if w in good:
            _score_fields(out, name, label, found[good[w]][0], text, starts)
    out.extras["article"] = [_id(name, a.title or "无题") for f, (a, _) in enumerate(found) if f not in good.values()]
    for _, w, f in pairs:
        out.chars = (out.chars[0] + len(wanted[w][1].among & found[f][1].among), out.chars[1])
        _score_order(out, name, text, wanted[w][1], found[f][1])
    _score_metrics(out, name, text, labels, [m for a in articles for m in a.metrics])
    return out


def _score_fields(out: Score, name: str, label: Label, article: Article, text: str, starts: Sequence[int]) -> None:
    called = _called(label)
    if label.get("title"):
        titles = _titles(label, text, starts)
        out.mark("title", _id(name, called), any(likeness(t, article.title) >= 0.8 for t in titles))
    names, given = {fold(x) for x in label["byline"]}, {fold(x) for x in article.byline}
    for byline in sorted(names):
        out.mark("byline", _id(name, called, byline), byline in given)
    out.extras["byline"] += [_id(name, called, byline) for byline in sorted(given - names)]
    place = label["place"]
    same = all((place.get(k) or "") == getattr(article.place, k) for k in ("province", "city", "county"))
    out.mark("place", _id(name, called), same)
    if label["kind"] == "case":
        out.mark("theme", _id(name, called), bool(set(article.themes[:1]) & set(label["themes"][:2])))
        out.mark("themes", _id(name, called), label["themes"][0] in article.themes[:3])
    mechanisms = [fold(m.name) for m in article.mechanisms]
    for mechanism in label["mechanisms"]:
        out.mark("mechanism", _id(name, called, mechanism), any(_holds(fold(mechanism), m) for m in mechanisms))


def _score_order(out: Score, name: str, text: str, wanted: Body, found: Body) -> None:
    following = dict(zip(found.chars, found.chars[1:], strict=False))
    for here, then in zip(wanted.chars, wanted.chars[1:], strict=False):
        jumps = then < here or any(_KEPT_CHAR.match(text[k]) for k in range(here + 1, min(then, here + 400)))
        if jumps:
            words = f"{text[max(0, here - 5) : here + 1]}|{text[then : then + 6]}"
            out.mark("order", _id(name, words), following.get(here) == then)


def _score_metrics(out: Score, name: str, text: str, labels: Sequence[Label], found: Sequence[Metric]) -> None:
    left = list(found)
    for label in (m for article in labels for m in article["metrics"]):
        span = _place_of(text, label)
        here = [m for m in left if m.span and m.span.start < span.end and m.span.end > span.start]
        same = [m for m in here if same_quantity(label, m)]
        best = max(same, key=lambda m: likeness(label["indicator"], m.indicator), default=None)
        called = _id(name, f"L{label['line']}", label["quote"], _number(label["value"]))
        out.mark("metric", called, best is not None)
        if best is not None:
            left = [m for m in left if m is not best]
            out.mark("indicator", called, names_alike(label["indicator"], best.indicator))
            if label.get("period"):
                out.mark("period", called, likeness(label["period"], best.period) >= 0.6)
    soft = [s for article in labels for s in _soft_spans(text, article)]
    for metric in left:
        span = metric.span
        if span is None or not any(span.start < s.end and span.end > s.start for s in soft):
            line = text.count("\n", 0, span.start) + 1 if span else 0
            out.extras["metric"].append(_id(name, f"L{line}", metric.printed))


# ---- what counts as the same


def fold(text: str | None) -> str:
    """Return the letters, digits and Chinese characters of a text, in one width."""
    return "".join(_KEPT_CHAR.findall(unicodedata.normalize("NFKC", text or "")))


def likeness(one: str | None, other: str | None) -> float:
    """Return how much of two texts is the same in order, 0 to 1."""
    one, other = fold(one), fold(other)
    return SequenceMatcher(None, one, other, autojunk=False).ratio() if one and other else 0.0


def names_alike(wanted: str, given: str) -> bool:
    """Whether two names of an indicator say the same to a reader of a table.

    >>> names_alike("海上网格数", "网格数"), names_alike("降幅", "户数"), names_alike("户均增收额", "额")
    (True, False, False)
    """
    one, other = fold(wanted), fold(given)
    return likeness(wanted, given) >= 0.5 or (len(other) > 1 and (other in one or one in other))


def same_quantity(label: Label, metric: Metric) -> bool:
    """Whether value, upper value and unit are the same; 克 may be given for 克/个."""
    units = [unicodedata.normalize("NFKC", unit or "") for unit in (label["unit"], metric.unit)]
    if sum("/" in unit for unit in units) == 1:
        units = [unit.split("/")[0] for unit in units]
    return (
        units[0] == units[1]
        and _close(label["value"], metric.value)
        and _close(label.get("value_max"), metric.value_max)
    )


def _close(one: Any, other: Any) -> bool:
    if one is None or other is None:
        return one is None and other is None
    return abs(float(one) - float(other)) <= 1e-6 * max(1.0, abs(float(one)))


def _holds(wanted: str, given: str) -> bool:
    return wanted == given or (len(wanted) > 3 and (wanted in given or given in wanted))


# ---- where labels stand


def _line_starts(text: str) -> list[int]:
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    return starts


def _labelled(label: Label, text: str, starts: Sequence[int]) -> list[Span]:
    return [Span(starts[a - 1], min(starts[b] - 1, len(text))) for a, b in label["paragraphs"]]


def _body(text: str, spans: Iterable[Span]) -> Body:
    chars = [i for s in spans for i in range(max(0, s.start), min(s.end, len(text))) if _KEPT_CHAR.match(text[i])]
    return Body(chars, frozenset(chars))


def _pairs(wanted: Sequence[Body], found: Sequence[Body]) -> list[tuple[float, int, int]]:
    """Pair bodies, those that share the most of their characters first: (share, wanted, found)."""
    shares = [
        (len(one.among & other.among) / len(one.among | other.among), w, f)
        for w, one in enumerate(wanted)
        for f, other in enumerate(found)
        if one.among & other.among
    ]
    out: list[tuple[float, int, int]] = []
    for share, w, f in sorted(shares, reverse=True):
        if all(w != a and f != b for _, a, b in out):
            out.append((share, w, f))
    return out


def _titles(label: Label, text: str, starts: Sequence[int]) -> list[str]:
    """The headline as labelled, and every run of its printed lines (引题, 主题 and 副题 may be kept apart)."""
    lines = label.get("title_lines") or []
    numbers = [n for a, b in lines for n in range(a, b + 1)] if lines and isinstance(lines[0], list) else lines
    printed = [text[starts[n - 1] : starts[n] - 1] for n in numbers]
    runs = ("".join(printed[i:j]) for i in range(len(printed)) for j in range(i + 1, len(printed) + 1))
    return [label["title"], *(run for run in runs if len(fold(run)) >= 4)]


def _place_of(text: str, label: Label) -> Span:
    """Where the quote of a labelled figure is printed: in its line, over line breaks; the line when it is not there."""
    starts = _line_starts(text)
    first, last = starts[label["line"] - 1], starts[label["line"]]
    spans = _printed(text, label["quote"])
    return next((s for s in spans if s.start < last and s.end > first), Span(first, last))


def _printed(text: str, quote: str) -> Iterator[Span]:
    """Every place where words are printed, white space aside."""
    bare = re.sub(r"\s", "", quote)
    flat = re.sub(r"\s", "", text)
    where = [i for i, char in enumerate(text) if not char.isspace()]
    for found in re.finditer(re.escape(bare), flat) if bare else ():
        yield Span(where[found.start()], where[found.end() - 1] + 1)


def _soft_spans(text: str, label: Label) -> Iterator[Span]:
    """Numbers about which one may differ: neither asked for nor wrong."""
    for soft in label.get("soft", ()):
        yield from list(_printed(text, soft if isinstance(soft, str) else soft.get("quote", "")))[:1]


def _called(label: Label) -> str:
    return str(label.get("title") or label["id"])[:20]


def _id(*parts: str) -> str:
    return " · ".join(re.sub(r"\s", "", part) for part in parts)


def _number(value: Any) -> str:
    return f"{float(value):g}"


# ---- sets of pages


def sets() -> dict[str, Path]:
    """Return our own sets of labelled pages; all were looked at, so all are learnt."""
    return {f"learnt/{folder.name}": folder for folder in sorted((FOLDER / "learnt").iterdir()) if folder.is_dir()}


def score_set(pages: Path, labels: Path) -> Score:
    """Read every labelled page of a folder and score it."""
    out = Score()
    for file in sorted(labels.glob("*.json")):
        document = json.loads(file.read_text("utf-8"))
        (page,) = read_file(pages / document["doc"])
        out.add(score_page(file.stem, page.text, document["articles"], read_page(page)))
    return out


def score_made(corpus: Path, level: str, count: int = 40, seed: int = 9) -> Score:
    """Read pages that are made of issues that nothing was learnt from, and score articles, order, titles and names."""
    from bench.learn.texts import unlearnt_pages  # late: it is not needed for our own pages

    out = Score()
    for number, (text, gold) in enumerate(unlearnt_pages(corpus, level, count, seed)):
        bare = [{**article, "metrics": [], "themes": [""], "mechanisms": []} for article in gold["articles"]]
        page = Page(name=f"{level}-{number}", text=text)
        read = [replace(article, metrics=(), mechanisms=()) for article in articles_of(page)]
        out.add(score_page(page.name, text, bare, read))
    for measure in MEASURES[MEASURES.index("place") :]:
        out.hits.pop(measure, None), out.misses.pop(measure, None)
    return out


def as_kept(score: Score) -> dict[str, Any]:
    """Return what is kept of a score: its figures, and every miss and extra by id."""
    return {
        "figures": _figures(score),
        "missed": {m: sorted(score.misses[m]) for m in MEASURES if score.misses[m]},
        "extra": {m: sorted(score.extras[m]) for m in PRECISE if score.extras[m]},
    }


def _figures(score: Score) -> dict[str, float | None]:
    out: dict[str, float | None] = {}
    for measure in MEASURES:
        if measure in PRECISE:
            out[f"{measure} precision"] = _rounded(score.precision(measure))
        out[f"{measure} recall" if measure in PRECISE else measure] = _rounded(score.recall(measure))
    return out


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 3)


def changes(kept: Label, now: Label) -> tuple[list[str], list[str]]:
    """Return the gains and the losses of one set since its score was kept, each by measure and id."""
    gains: list[str] = []
    losses: list[str] = []
    for kind in ("missed", "extra"):
        for measure in MEASURES:
            before, after = Counter(kept[kind].get(measure, ())), Counter(now[kind].get(measure, ()))
            gains += [f"{measure} {kind}: {label}" for label in (before - after).elements()]
            losses += [f"{measure} {kind}: {label}" for label in (after - before).elements()]
    return gains, losses


def main(argv: Sequence[str] | None = None) -> int:
    """Print the figures and what changed; 1 when something was lost."""
    parser = argparse.ArgumentParser(prog="python -m tests.score", description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--keep", action="store_true", help="keep the figures as they are now")
    parser.add_argument("--pages", type=Path, help="a folder of other labelled pages")
    parser.add_argument("--labels", type=Path, help="the labels of those pages, when they lie in another folder")
    parser.add_argument("--corpus", type=Path, help="a corpus folder, to score pages made of what is never learnt from")
    options = parser.parse_args(argv)
    scores = {name: score_set(folder, folder) for name, folder in sets().items()}
    if options.corpus:
        scores |= {f"unlearnt/{level}": score_made(options.corpus, level) for level in MADE}
    if options.pages:
        scores[options.pages.name] = score_set(options.pages, options.labels or options.pages)
    _print_table(scores)
    now = {name: as_kept(scores[name]) for name in sets()}
    lost = _print_changes(json.loads(KEPT.read_text("utf-8")) if KEPT.exists() else {}, now)
    if options.keep:
        KEPT.write_text(json.dumps(now, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return 1 if lost and not options.keep else 0


def _print_table(scores: Mapping[str, Score]) -> None:
    print(f"{'':<22}" + "".join(f"{name:>16}" for name in scores))
    rows = {name: _figures(score) for name, score in scores.items()}
    for measure in next(iter(rows.values())):
        cells = (row[measure] for row in rows.values())
        print(f"{measure:<22}" + "".join(f"{'–' if c is None else format(c, '.3f'):>16}" for c in cells))


def _print_changes(kept: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    lost = False
    for name in now:
        gains, losses = changes(kept.get(name, {"missed": {}, "extra": {}}), now[name])
        for sign, found in (("+", gains), ("-", losses)):
            for change in found:
                print(f"{sign} {name} {change}")
        lost = lost or bool(losses)
    return lost


if __name__ == "__main__":
    sys.exit(main())
