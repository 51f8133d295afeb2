"""Edits by hand against new readings of their pages: after every step each edit stands as it was made, to the letter.

What has to be so is kept in a plain dictionary beside the library, with a stack for undo; nothing of the library's own
log is asked for it. A step is an edit of a field or a figure, one added or removed, a verdict, a whole new reading of a
page (figures lost, renamed, with other values, other titles and places, paragraphs cut otherwise, articles in another
order), undo, redo, a case thrown away or put back, the library closed and opened again.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from bench.reliability.outcome import Outcome
from core.decisions import figure_value
from core.library import Library, Wish
from core.library.checking import check
from core.records import Article, Metric, Page, Paragraph, Place, Span

EDITS, LONG = 1_000, 10_000
HISTORIES = 4
"""The edits are made in so many libraries, one after the other."""
ARTICLES, FIGURES = 5, 4
OFTEN = 25
"""The file is checked as a whole after so many steps."""
TEXTS = ("title", "summary", "background", "practice", "result", "section", "note")
Key = tuple[str, str]
State = dict[Key, Any]
GONE = "gone"


def run(long: bool, seed: int) -> Iterator[Outcome]:
    """Make the edits; one outcome."""
    out = Outcome("edits x new readings", told={"edits": 0, "readings": 0, "undone": 0, "redone": 0, "looked at": 0})
    wanted = (LONG if long else EDITS) // HISTORIES
    for history in range(HISTORIES):
        with tempfile.TemporaryDirectory() as folder:
            _History(Path(folder) / "库.anlan", random.Random(f"{seed}-{history}"), out).play(wanted)
    yield out


class _History:
    """One library with what has to be so of it."""

    def __init__(self, path: Path, source: random.Random, out: Outcome) -> None:
        self.source, self.out, self.path = source, out, path
        self.page, self.articles = _page_and_articles(source)
        self.library = Library.create(path)
        nums = self.library.pages.add(self.page, self.articles)
        self.page_id = self.library.cases.load(nums[0]).source_id
        self.ids = [self.library.cases.load(num).id for num in nums]
        self.so: State = {}
        self.past: list[State] = []
        self.future: list[State] = []
        self.counter = 0

    def play(self, edits: int) -> None:
        """Make so many edits, with everything else between them."""
        made = 0
        while made < edits:
            self.out.n += 1
            what = self.source.choices(
                ("field", "figure", "read", "undo", "redo", "bin", "open"), (30, 40, 14, 8, 6, 2, 2)
            )[0]
            try:
                made += bool(getattr(self, f"_{what}")())
            except Exception as error:
                self.out.failures.append(f"{what}: {error!r}")
                break
            if self.out.n % OFTEN == 0 and (findings := check(self.path).findings):
                self.out.failures.append(f"{what}: {findings[0].text}")
                break
            if fault := self._fault():
                self.out.failures.append(f"{what}: {fault}")
                break
        self._count("edits", made)
        self.library.close()

    # ---- what is done: True for an edit

    def _field(self) -> bool:
        num, case_id = self._case()
        part = self.source.choice((*TEXTS, "place", "themes", "tags", "published", "starred"))
        value = self._value(part)
        return self._decided(num, part, Wish(num, part, "changed", value), (case_id, part), value)

    def _figure(self) -> bool:
        num, case_id = self._case()
        metrics = self.library.cases.load(num).metrics
        what = self.source.choice(("value", "value", "accepted", "rejected", "unsure", "gone", "add"))
        if what == "add" or not metrics:
            self.counter += 1
            value = {"indicator": f"手添{self.counter}", "value": str(self.counter), "unit": "个", "kind": "count"}
            self._remember()
            figure = self.library.decisions.add_figure(num, value)
            self.so[case_id, f"figure/{figure}"] = ("checked", self._now(num, figure))
            return True
        metric = self.source.choice(metrics)
        part, key = f"figure/{metric.id}", (case_id, f"figure/{metric.id}")
        if what == "gone":
            return self._decided(num, part, Wish(num, part, "rejected", None), key, GONE)
        if what == "value":
            self.counter += 1
            value = {**figure_value(metric), "value": str(10**6 + self.counter), "indicator": f"改{self.counter}"}
            return self._decided(num, part, Wish(num, part, "changed", value), key, ("checked", value))
        state = {"accepted": "checked", "rejected": "wrong", "unsure": "unsure"}[what]
        return self._decided(num, part, Wish(num, part, what), key, (state, figure_value(metric)))  # type: ignore[arg-type]

    def _read(self) -> bool:
        """Read the page anew: its articles in another order, each read a little otherwise."""
        articles = [_read_otherwise(article, self.source) for article in self.articles]
        self.source.shuffle(articles)
        had = self.library.undo_text
        self._remember()
        self.library.pages.replace(self.page_id, articles, [])
        if self.library.undo_text == had and not self.library.undo_text:
            self.past.pop()
        self._count("readings", 1)
        return False

    def _undo(self) -> bool:
        if self.past and self.library.undo_text and not self.library.undo_text.startswith("导入"):
            self.future.append(dict(self.so))
            self.so = self.past.pop()
            self.library.undo()
            self._count("undone", 1)
        return False

    def _redo(self) -> bool:
        if self.future and self.library.redo_text:
            self.past.append(dict(self.so))
            self.so = self.future.pop()
            self.library.redo()
            self._count("redone", 1)
        return False

    def _bin(self) -> bool:
        """Throw a case away, read its page without it knowing, and put it back: what was decided of it is there."""
        num, case_id = self._case()
        self.library.decisions.put_in_bin([num])
        self.library.pages.replace(self.page_id, self.articles, [])
        self.library.decisions.put_back([case_id])
        self.past.clear()  # three changes at once: undo of a part of them is another test's
        self.future.clear()
        return False

    def _open(self) -> bool:
        self.library.close()
        self.library = Library.open(self.path)
        self.past.clear()
        self.future.clear()
        return False

    # ---- what has to be so

    def _decided(self, num: int, part: str, wish: Wish, key: Key, so: Any) -> bool:
        self._remember()
        if not self.library.decisions.decide([wish]):
            self.past.pop()
            return False
        self.future.clear()
        self.so[key] = so
        return True

    def _remember(self) -> None:
        self.past.append(dict(self.so))
        self.future.clear()

    def _fault(self) -> str:
        """What does not stand as it was made; empty where all does."""
        for case_id in self.ids:
            case = self.library.cases.load(self.library.cases.num_of(case_id))
            figures = {f"figure/{m.id}": (m.state, figure_value(m)) for m in case.metrics}
            for (owner, part), wanted in self.so.items():
                if owner != case_id:
                    continue
                self._count("looked at", 1)
                found = figures.get(part, GONE) if part.startswith("figure/") else _field_of(case, part)
                if found != wanted:
                    return f"{part} of {case.title}: {found!r} where {wanted!r} was decided"
        return ""

    def _case(self) -> tuple[int, str]:
        case_id = self.source.choice(self.ids)
        return self.library.cases.num_of(case_id), case_id

    def _now(self, num: int, figure: str) -> dict[str, Any]:
        return next(figure_value(m) for m in self.library.cases.load(num).metrics if m.id == figure)

    def _value(self, part: str) -> Any:
        self.counter += 1
        if part == "place":
            return ["", "某省", "某市", f"第{self.counter}县", "", ""]
        if part in ("themes", "tags"):
            return [f"词{self.counter}", "民生服务"]
        if part == "published":
            return f"{2000 + self.counter % 20}-0{1 + self.counter % 9}"
        return self.source.random() < 0.5 if part == "starred" else f"手改{self.counter}"

    def _count(self, what: str, by: int) -> None:
        self.out.told[what] = int(str(self.out.told[what])) + by


def _field_of(case: Any, part: str) -> Any:
    from core.decisions import value_of_field

    return value_of_field(case, part)


def _page_and_articles(source: random.Random) -> tuple[Page, list[Article]]:
    """A page of some articles, each with figures that stand in it."""
    text, articles = "", []
    for number in range(ARTICLES):
        title = f"第{number}个乡镇办起了食堂{source.randrange(10**6)}"
        first = len(text)
        text += title + "\n"
        paragraphs, metrics = [], []
        for at in range(FIGURES):
            quote = f"第{number}镇{'甲乙丙丁'[at]}事办成{100 * number + at + 3}件"
            begin = len(text)
            text += f"{quote}，群众说好，经验在各村推开{source.randrange(10**6)}。\n"
            printed = f"{100 * number + at + 3}件"
            end = begin + len(quote)
            metrics.append(
                Metric(f"{'甲乙丙丁'[at]}事", Decimal(100 * number + at + 3), "件", printed=printed, quote=quote,
                       span=Span(end - len(printed), end), quote_span=Span(begin, end), confidence=0.8)
            )  # fmt: skip
            paragraphs.append(Paragraph((Span(begin, len(text) - 1),)))
        spans = (Span(first, first + len(title)),)
        place = Place("", "某省", "某市", f"读出{number}县")
        facts = {"metrics": tuple(metrics), "place": place, "themes": ("民生服务",)}
        articles.append(Article(title, tuple(paragraphs), title_spans=spans, **facts))  # type: ignore[arg-type]
    return Page(text, "页.txt"), articles


def _read_otherwise(article: Article, source: random.Random) -> Article:
    """The same article as another reader might read it."""
    metrics = [metric for metric in article.metrics if source.random() > 0.2]
    for at, metric in enumerate(metrics):
        what = source.random()
        if what < 0.3:
            metrics[at] = replace(metric, indicator=metric.indicator + "数", confidence=0.5)
        elif what < 0.5:
            metrics[at] = replace(metric, value=metric.value * 10, unit="个")
    title = article.title if source.random() < 0.6 else article.title + "（又读）"
    county = f"又读{source.randrange(99)}县"
    place = article.place if source.random() < 0.6 else Place("", "别省", "别市", county)
    paragraphs = article.paragraphs if source.random() < 0.7 else article.paragraphs[:-1]
    themes = article.themes if source.random() < 0.7 else ("产业发展", "人才工作")
    return replace(article, title=title, place=place, metrics=tuple(metrics), paragraphs=paragraphs, themes=themes)
