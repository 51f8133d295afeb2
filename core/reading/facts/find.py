"""All facts of an article whose text is settled: place, themes, mechanisms, figures, kind and parts."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TypeVar

from core.reading.facts.kinds import find_kind
from core.reading.facts.mechanisms.find import find_mechanisms
from core.reading.facts.metrics import find_metrics
from core.reading.facts.passages import Divided, divide
from core.reading.facts.place import Found, find_page_place, find_place
from core.reading.facts.themes import main_themes, rank_themes
from core.records import Article, ArticleKind, Page, Place
from core.text.repair import repair

SURE_CAPTION = 0.9
"""Below this confidence the words alone do not make a caption."""
_NOT_CORRECTED: Mapping[int, str] = {}
_LOG = logging.getLogger(__name__)
_T = TypeVar("_T")


@dataclass(slots=True)
class _Steps:
    """The steps that read one article: one that fails leaves its own field empty and is told, the others go on."""

    title: str
    failed: dict[str, str] = field(default_factory=dict)
    """Step → what it was given up for, in the user's words."""

    def take(self, step: str, find: Callable[[], _T], empty: _T) -> _T:
        """Return what a step finds, or the empty value when it raises; want of memory is not caught."""
        try:
            return find()
        except MemoryError:
            raise
        except Exception as error:
            _LOG.exception("the %s of “%s” could not be read", step, self.title)
            self.failed[step] = f"程序出了错，没有读出（{type(error).__name__}）"
            return empty


@lru_cache(maxsize=8)
def _page_place(text: str, name: str, published: str, paper: str) -> Found:
    return find_page_place(text, name, published, paper)


def find_facts(page: Page, article: Article, corrections: Mapping[int, str] = _NOT_CORRECTED) -> Article:
    """Return the article with all that its words tell; ``corrections`` are misread characters put right by a person.

    A step that fails leaves its field empty, with the reason in ``reasons`` and in the log.
    """
    steps = _Steps(article.title)
    paragraphs = [repair(page.text, p.spans, corrections) for p in article.paragraphs]
    captions = [repair(page.text, [span], corrections) for span in article.captions]
    texts = [p.text for p in paragraphs]
    home = steps.take("home", lambda: _page_place(page.text, page.name, page.published, page.paper).place, Place())
    place = steps.take("place", lambda: _place(page, article, texts, home), Found())
    ranked: list[tuple[str, float, str]] = steps.take(
        "themes", lambda: rank_themes(article.title, article.section, texts), []
    )
    kind, why = steps.take("kind", lambda: _kind(article, texts), (article.kind, ""))
    divided = steps.take("passages", lambda: divide(paragraphs), Divided())
    return replace(
        article,
        kind=kind,
        summary=divided.summary.spans,
        background=divided.background.spans,
        practice=divided.practice.spans,
        result=divided.result.spans,
        place=place.place,
        themes=main_themes(ranked),
        mechanisms=steps.take("mechanisms", lambda: tuple(find_mechanisms(paragraphs, title=article.title)), ()),
        metrics=steps.take("metrics", lambda: tuple(find_metrics([*paragraphs, *captions], place=place.place)), ()),
        reasons={
            **article.reasons,
            "kind": why,
            "place": f"{place.reason}（{place.confidence:.2f}）",
            "themes": "；".join(f"{theme} {score:.1f}：{reason}" for theme, score, reason in ranked[:3]),
            **steps.failed,
        },
    )


def _place(page: Page, article: Article, texts: Sequence[str], home: Place) -> Found:
    return find_place(article.title, article.section, texts, page_place=home, published=page.published)


def _kind(article: Article, texts: Sequence[str]) -> tuple[ArticleKind, str]:
    """Case or news by the words; a caption by the layout, or when its words leave no doubt."""
    if article.kind == "caption":
        return "caption", article.reasons.get("kind", "")
    kind, confidence, why = find_kind(article.title, texts)
    doubtful = kind == "caption" and confidence < SURE_CAPTION
    return ("news" if doubtful else kind), f"{why}（{confidence:.2f}）"
