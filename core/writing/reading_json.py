"""A reading as plain JSON values: spans are code points into the page's text, half open."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from core.records import Article, Mechanism, Metric, Page, Paragraph, Place


def reading_as_json(page: Page, articles: Sequence[Article], *, explain: bool = False) -> dict[str, Any]:
    """One object a page; ``explain`` adds confidences and the reasons for what was decided."""
    head = {"name": page.name, "paper": page.paper, "published": page.published, "page_no": page.page_no}
    return {"page": head, "articles": [_article(article, explain) for article in articles]}


def _article(article: Article, explain: bool) -> dict[str, Any]:
    out: dict[str, Any] = {
        "title": article.title or None,
        "section": article.section or None,
        "byline": list(article.byline),
        "kind": article.kind,
        "paragraphs": [_paragraph(p, explain) for p in article.paragraphs if not p.heading],
        "headings": [[s.start, s.end] for p in article.paragraphs if p.heading for s in p.spans],
        "captions": [[s.start, s.end] for s in article.captions],
        "place": _place(article.place),
        "themes": list(article.themes),
        "mechanisms": [_mechanism(m) for m in article.mechanisms] if explain else [m.name for m in article.mechanisms],
        "metrics": [_metric(m, explain) for m in article.metrics],
        "summary": [[s.start, s.end] for s in article.summary],
        "background": [[s.start, s.end] for s in article.background],
        "practice": [[s.start, s.end] for s in article.practice],
        "result": [[s.start, s.end] for s in article.result],
    }
    if explain:
        out |= {"confidence": round(article.confidence, 3), "reasons": dict(article.reasons)}
    return out


def _paragraph(paragraph: Paragraph, explain: bool) -> dict[str, Any]:
    out: dict[str, Any] = {"spans": [[s.start, s.end] for s in paragraph.spans]}
    if explain:
        out |= {"confidence": round(paragraph.confidence, 3), "reasons": list(paragraph.reasons)}
        out["seams"] = [round(sure, 3) for sure in paragraph.seams]
    return out


def _place(place: Place) -> dict[str, str | None]:
    return {level: getattr(place, level) or None for level in ("province", "city", "county", "town")}


def _mechanism(mechanism: Mechanism) -> dict[str, Any]:
    return {
        "name": mechanism.name,
        "kind": mechanism.kind,
        "parts": {part.label: part.meaning for part in mechanism.parts},
        "participants": list(mechanism.participants),
        "confidence": round(mechanism.confidence, 3),
    }


def _metric(metric: Metric, explain: bool) -> dict[str, Any]:
    span = metric.span
    out: dict[str, Any] = {
        "indicator": metric.indicator,
        "value": _number(metric.value),
        "value_max": None if metric.value_max is None else _number(metric.value_max),
        "unit": metric.unit,
        "approx": metric.approx,
        "subject": metric.subject or None,
        "period": metric.period or None,
        "kind": metric.kind,
        "start": span.start if span else None,
        "end": span.end if span else None,
    }
    if explain:
        out |= {"printed": metric.printed, "confidence": round(metric.confidence, 3), "reason": metric.reason}
    return out


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)
