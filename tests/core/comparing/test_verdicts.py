"""Whether two figures may be compared, against the labels of ``tests/cases/pairs.tsv`` (how they are given:
``docs/comparing.md``)."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest

from core.comparing.sheet import VERDICT_WORDS
from core.comparing.verdicts import Figure, figure_of, verdict
from core.reading.figures.find import find_figures
from core.records import Metric, Place

PAIRS = list(
    csv.DictReader(
        (Path(__file__).parents[2] / "cases" / "pairs.tsv").read_text("utf-8").splitlines(),
        delimiter="\t",
        quoting=csv.QUOTE_NONE,
    )
)


def figure(row: Mapping[str, str], side: str) -> Figure:
    printed = row[f"{side}_printed"]
    found = find_figures(printed)
    read = found[0] if found else None
    metric = Metric(
        indicator=row[f"{side}_indicator"],
        value=read.value if read else 0,  # type: ignore[arg-type]
        unit=read.unit if read else "",
        value_max=read.value_max if read else None,
        approx=read.approx if read else "exact",
        subject=row[f"{side}_subject"],
        period=row[f"{side}_period"],
        kind=read.kind if read else "count",
        printed=printed,
        quote=row[f"{side}_quote"],
    )
    return figure_of(metric, Place(), row[f"{side}_published"])


def said(row: Mapping[str, str]) -> str:
    reasons = verdict(figure(row, "a"), figure(row, "b"))
    return VERDICT_WORDS[reasons[0].verdict if reasons else "comparable"]


def wrong(rows: list[dict[str, str]]) -> list[str]:
    out = []
    for row in rows:
        got = said(row)
        if got != row["verdict"]:
            sides = " / ".join("|".join(row[f"{s}_{f}"] for f in ("indicator", "printed", "subject", "period")) for s in "ab")
            out.append(f"{row['verdict']} → {got}: {sides}")
    return out
