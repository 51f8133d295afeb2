"""A whole case as plain JSON values, for other programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, TextIO

from core.records import Case, Citation, Mechanism, Metric, Place
from core.writing.figure_text import plain_number


def case_as_json(case: Case) -> dict[str, Any]:
    """Everything that the library knows of a case; values are decimal text, so that no digit is lost."""
    return {
        "id": case.id,
        "title": case.title,
        "kind": case.kind,
        "state": case.state,
        "said_by": case.said_by,
        "tags": list(case.tags),
        "starred": case.starred,
        "note": case.note,
        "section": case.section,
        "byline": list(case.byline),
        "place": _place(case.place),
        "themes": list(case.themes),
        "published": case.published,
        "summary": case.summary,
        "background": case.background,
        "practice": case.practice,
        "result": case.result,
        "body": list(case.body),
        "mechanisms": [_mechanism(m) for m in case.mechanisms],
        "metrics": [_metric(m) for m in case.metrics],
        "citations": [_citation(c) for c in case.citations],
        **({"fault": case.fault} if case.fault else {}),
    }


def write_cases_json(cases: Iterable[Case], out: TextIO) -> Iterator[int]:
    """Write cases as one array, and yield how many are written after each."""
    out.write("[")
    done = 0
    for done, case in enumerate(cases, 1):
        text = json.dumps(case_as_json(case), ensure_ascii=False, indent=1).replace("\n", "\n ")
        out.write(f"{',' if done > 1 else ''}\n {text}")
        yield done
    out.write("\n]\n" if done else "]\n")


def _place(place: Place) -> dict[str, str]:
    levels = ("code", "province", "city", "county", "town", "village")
    return {level: getattr(place, level) for level in levels if getattr(place, level)}


def _mechanism(mechanism: Mechanism) -> dict[str, Any]:
    return {
        "name": mechanism.name,
        "kind": mechanism.kind,
        "parts": [{"label": part.label, "meaning": part.meaning} for part in mechanism.parts],
        "participants": list(mechanism.participants),
        "note": mechanism.note,
    }


def _metric(metric: Metric) -> dict[str, Any]:
    return {
        "id": metric.id,
        "indicator": metric.indicator,
        "value": plain_number(metric.value),
        "value_max": plain_number(metric.value_max) if metric.value_max is not None else None,
        "unit": metric.unit,
        "approx": metric.approx,
        "subject": metric.subject,
        "period": metric.period,
        "kind": metric.kind,
        "printed": metric.printed,
        "quote": metric.quote,
        "state": metric.state,
        "said_by": metric.said_by,
    }


def _citation(citation: Citation) -> dict[str, Any]:
    return {
        "paper": citation.paper,
        "published": citation.published,
        "page_no": citation.page_no,
        "headline": citation.headline,
        "byline": list(citation.byline),
        "text": citation.text(),
    }
