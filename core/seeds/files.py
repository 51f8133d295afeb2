"""One seed, one TOML file, read into a case."""

from __future__ import annotations

import sys
import uuid
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from core.records import Case, Citation, Mechanism, Metric, Part, Place

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

Table = dict[str, Any]


class SeedError(Exception):
    """A seed that cannot be read; its text is the sentence for the user and names the file."""


def read_seed(path: Path) -> Case:
    """Read one seed as a case without body and without spans.

    The ids of its figures and mechanisms follow from its own id, so that every library that starts with it agrees on
    them. Raises ``SeedError`` when the file cannot be read as a seed.
    """
    return read_printed_seed(path)[0]


def read_printed_seed(path: Path) -> tuple[Case, tuple[str, ...]]:
    """Read one seed as ``read_seed`` does, with the printed words that name its place and its mechanisms."""
    table = read_table(path)
    try:
        named = [table.get("place", {}), *table.get("mechanisms", ())]
        return _case_of(table), tuple(dict.fromkeys(item["quote"] for item in named if item.get("quote")))
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        raise SeedError(f"种子 {path.name} 的内容不合格式，没有读入（python -m core check 指出是哪个字段）") from error


def read_seeds(folder: Path) -> list[Case]:
    """Read all seeds of a folder in the order of their file names."""
    return [read_seed(path) for path in sorted(folder.glob("*.toml"))]


def read_table(path: Path) -> Table:
    """Return the table that a seed's file holds; raises ``SeedError`` when it holds none."""
    try:
        table: Table = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise SeedError(f"种子 {path.name} 不是 UTF-8 文字，没有读入") from error
    except (ValueError, RecursionError) as error:
        raise SeedError(f"种子 {path.name} 不是合格的 TOML，没有读入：{error}") from error
    except OSError as error:
        raise SeedError(f"种子 {path.name} 打不开，没有读入：{error.strerror}") from error
    return table


def _case_of(table: Table) -> Case:
    citation = Citation(**table["citation"])
    byline = tuple(table.get("byline", ()))
    citation = replace(citation, byline=byline)
    key = uuid.UUID(table["id"])
    return Case(
        id=table["id"],
        title=table["title"],
        kind=table["kind"],
        section=table.get("section", ""),
        byline=byline,
        place=Place(**{level: name for level, name in table.get("place", {}).items() if level != "quote"}),
        themes=tuple(table["themes"]),
        summary=table["summary"].strip(),
        background=table.get("background", "").strip(),
        practice=table.get("practice", "").strip(),
        result=table.get("result", "").strip(),
        published=citation.published,
        citations=(citation,),
        mechanisms=tuple(_mechanism_of(key, item) for item in table.get("mechanisms", ())),
        metrics=tuple(_metric_of(key, item) for item in table.get("figures", ())),
    )


def _mechanism_of(case: uuid.UUID, table: Table) -> Mechanism:
    return Mechanism(
        id=str(uuid.uuid5(case, table["name"])),
        name=table["name"],
        kind=table.get("kind"),
        parts=tuple(Part(**part) for part in table.get("parts", ())),
        participants=tuple(table.get("participants", ())),
        note=table.get("note", ""),
    )


def _metric_of(case: uuid.UUID, table: Table) -> Metric:
    given = {k: v for k, v in table.items() if k not in ("value", "value_max")}
    upper = table.get("value_max")
    return Metric(
        **given,
        id=str(uuid.uuid5(case, "\n".join(identity(table)))),
        value=Decimal(table["value"]),
        value_max=Decimal(upper) if upper else None,
    )


def identity(figure: Table) -> tuple[str, ...]:
    """Return what tells one figure of a case from another."""
    return tuple(str(figure.get(k, "")) for k in ("subject", "period", "indicator", "printed"))
