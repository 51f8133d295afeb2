"""All facts of an article whose text is settled: place, themes, mechanisms, figures, kind and parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from core.reading.facts.kinds import find_kind
from core.reading.facts.mechanisms.find import find_mechanisms
from core.reading.facts.metrics import find_metrics
from core.reading.facts.passages import divide
from core.reading.facts.place import Found, find_page_place, find_place
from core.reading.facts.themes import main_themes, rank_themes
from core.records import Article, ArticleKind, Page
from core.text.repair import repair

SURE_CAPTION = 0.9
"""Below this confidence the words alone do not make a caption."""
_NOT_CORRECTED: Mapping[int, str] = {}


@lru_cache(maxsize=8)
def _page_place(text: str, name: str) -> Found:
    return find_page_place(text, name)


def find_facts(page: Page, article: Article, corrections: Mapping[int, str] = _NOT_CORRECTED) -> Article:
    """Return the article with all that its words tell; ``corrections`` are misread characters put right by a person."""
    paragraphs = [repair(page.text, p.spans, corrections) for p in article.paragraphs]
    texts = [p.text for p in paragraphs]
    place = find_place(
        article.title, article.section, texts, page_place=_page_place(page.text, page.name).place, page_text=page.text
    )
    ranked = rank_themes(article.title, article.section, texts)
    captions = [repair(page.text, [span], corrections) for span in article.captions]
    kind, why = _kind(article, texts)
    divided = divide(paragraphs)
    return replace(
        article,
        kind=kind,
        summary=divided.summary.spans,
        background=divided.background.spans,
        practice=divided.practice.spans,
        result=divided.result.spans,
        place=place.place,
        themes=main_themes(ranked),
        mechanisms=tuple(find_mechanisms(paragraphs, title=article.title)),
        metrics=tuple(find_metrics([*paragraphs, *captions], place=place.place)),
        reasons={
            **article.reasons,
            "kind": why,
            "place": f"{place.reason}（{place.confidence:.2f}）",
            "themes": "；".join(f"{theme} {score:.1f}：{reason}" for theme, score, reason in ranked[:3]),
        },
    )


def _kind(article: Article, texts: Sequence[str]) -> tuple[ArticleKind, str]:
    """Case or news by the words; a caption by the layout, or when its words leave no doubt."""
    if article.kind == "caption":
        return "caption", article.reasons.get("kind", "")
    kind, confidence, why = find_kind(article.title, texts)
    doubtful = kind == "caption" and confidence < SURE_CAPTION
    return ("news" if doubtful else kind), f"{why}（{confidence:.2f}）"
