"""What is wrong with seeds, field by field; only who writes seeds needs it (``python -m core check``).

Fields are named as they stand in the file, list items counted from 1: ``figures[3].value``.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal, get_args

from core.places.gazetteer import place_code
from core.records import APPROX_WORDS, MECHANISM_KINDS, THEMES, ArticleKind, Place
from core.seeds.files import SeedError, Table, identity, read_table

QUOTE_LIMIT = 20
"""Printed words beyond this many characters are no longer the evidence of a figure but a copied sentence."""

_Found = Iterator[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with one field of one seed; ``field`` is empty when the whole file is meant."""

    file: str
    field: str
    text: str

    def __str__(self) -> str:
        return "：".join(x for x in (self.file, self.field, self.text) if x)


# ---- the form of a seed, as data


@dataclass(frozen=True, slots=True)
class _Field:
    kind: Literal["text", "texts", "table", "tables"] = "text"
    required: bool = False
    one_of: Collection[str] = ()
    form: str = ""


_NEEDED = _Field(required=True)
_TEXT = _Field()
_TEXTS = _Field("texts")

_FORMS: dict[str, dict[str, _Field]] = {
    "case": {
        "id": _NEEDED,
        "title": _NEEDED,
        "kind": _Field(required=True, one_of=get_args(ArticleKind)),
        "section": _TEXT,
        "byline": _TEXTS,
        "themes": _Field("texts", required=True, one_of=THEMES),
        "summary": _NEEDED,
        "background": _TEXT,
        "practice": _TEXT,
        "result": _TEXT,
        "citation": _Field("table", required=True, form="citation"),
        "place": _Field("table", form="place"),
        "mechanisms": _Field("tables", form="mechanism"),
        "figures": _Field("tables", form="figure"),
    },
    "citation": {"paper": _TEXT, "published": _TEXT, "page_no": _TEXT, "headline": _TEXT},
    "place": {
        "code": _TEXT,
        "province": _TEXT,
        "city": _TEXT,
        "county": _TEXT,
        "town": _TEXT,
        "village": _TEXT,
        "quote": _TEXT,
    },
    "mechanism": {
        "name": _NEEDED,
        "kind": _Field(one_of=MECHANISM_KINDS),
        "quote": _TEXT,
        "note": _TEXT,
        "parts": _Field("tables", form="part"),
        "participants": _TEXTS,
    },
    "part": {"label": _NEEDED, "meaning": _NEEDED},
    "figure": {
        "indicator": _NEEDED,
        "value": _NEEDED,
        "value_max": _TEXT,
        "unit": _NEEDED,
        "approx": _Field(one_of=APPROX_WORDS),
        "subject": _TEXT,
        "period": _TEXT,
        "kind": _TEXT,
        "printed": _NEEDED,
        "quote": _NEEDED,
    },
}


# ---- checking


def check_seeds(folder: Path) -> list[Fault]:
    """Everything that is wrong with the seeds of a folder, in the order of files and fields; empty when clean."""
    paths = sorted(folder.glob("*.toml"))
    if not paths:
        return [Fault(str(folder), "", "没有找到种子文件（*.toml）")]
    faults: list[Fault] = []
    owners: dict[str, str] = {}
    for path in paths:
        try:
            table = read_table(path)
        except SeedError as error:
            faults.append(Fault(path.name, "", str(error)))
            continue
        faults += [Fault(path.name, field, text) for field, text in _table_faults(table, "case", "")]
        name = str(table.get("id", ""))
        if name and owners.setdefault(name, path.name) != path.name:
            faults.append(Fault(path.name, "id", f"与 {owners[name]} 的 id 相同"))
    return faults


def _table_faults(table: Table, form: str, where: str) -> _Found:
    """Faults of the fields one by one, then those of the fields together (only where each is of its type)."""
    form_faults = list(_form_faults(table, _FORMS[form], where))
    yield from form_faults
    broken = {field for field, _ in form_faults}
    for rule in _RULES.get(form, ()):
        yield from ((where + field, text) for field, text in rule(table) if where + field not in broken)


def _form_faults(table: Table, form: dict[str, _Field], where: str) -> _Found:
    for name in table:
        if name not in form:
            yield where + name, "没有这个字段"
    for name, field in form.items():
        if name in table:
            yield from _field_faults(table[name], field, where + name)
        elif field.required:
            yield where + name, "缺少这个字段"


def _field_faults(value: object, field: _Field, where: str) -> _Found:
    if not _of_type(value, field.kind):
        yield where, f"应当是{_TYPE_WORDS[field.kind]}"
    elif field.kind == "table":
        yield from _table_faults(_as_table(value), field.form, where + ".")
    elif field.kind == "tables":
        for i, item in enumerate(_as_list(value), 1):
            yield from _table_faults(item, field.form, f"{where}[{i}].")
    elif field.one_of:
        strange = [w for w in (_as_list(value) if field.kind == "texts" else [value]) if w not in field.one_of]
        yield from ((where, f"不认识「{word}」，只能是：{'、'.join(field.one_of)}") for word in strange)


_TYPE_WORDS = {"text": "一段文字（加引号）", "texts": "一列文字", "table": "一个表", "tables": "一列表"}


def _of_type(value: object, kind: str) -> bool:
    if kind in ("text", "table"):
        return isinstance(value, str if kind == "text" else dict)
    return isinstance(value, list) and all(isinstance(item, str if kind == "texts" else dict) for item in value)


def _as_table(value: object) -> Table:
    return value if isinstance(value, dict) else {}


def _as_list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(table: Table, name: str) -> str:
    """The field as text without surrounding white space; empty when it is missing or of another type."""
    value = table.get(name)
    return value.strip() if isinstance(value, str) else ""


# ---- what the fields say together


def _unsound_id(case: Table) -> _Found:
    text = _text(case, "id")
    try:
        sound = str(uuid.UUID(text)) == text
    except ValueError:
        sound = False
    if not sound:
        yield "id", f"「{text}」不是 UUID（小写、带连字符）"


def _empty_words(case: Table) -> _Found:
    needed = ("title", "summary", "practice") if case.get("kind") == "case" else ("title",)
    yield from ((name, "不能是空的") for name in needed if not _text(case, name))
    if case.get("kind") == "case" and case.get("themes") == []:
        yield "themes", "案例至少要有一个主题"


def _said_twice(case: Table) -> _Found:
    for name, key in (("mechanisms", lambda m: (m.get("name"),)), ("figures", identity)):
        seen: list[tuple[str, ...]] = []
        for i, item in enumerate(_as_list(case.get(name)), 1):
            mark = key(_as_table(item))
            if mark in seen:
                yield f"{name}[{i}]", f"与第 {seen.index(mark) + 1} 条重复"
            seen.append(mark)


def _unsound_date(citation: Table) -> _Found:
    text = _text(citation, "published")
    if text and not _is_date(text):
        yield "published", f"「{text}」不是日期；应当像 2023、2023-11 或 2023-11-22"


def _is_date(text: str) -> bool:
    if not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", text, re.ASCII):
        return False
    try:
        date.fromisoformat(text + "-01-01"[len(text) - 4 :])
    except ValueError:
        return False
    return True


def _unsound_place(place: Table) -> _Found:
    if not _text(place, "province") and any(_text(place, n) for n in ("city", "county", "town", "village")):
        yield "province", "写了下级地区，没有写省"
    if not (_text(place, "city") or _text(place, "county")) and any(_text(place, n) for n in ("town", "village")):
        yield "city", "写了乡镇或村，没有写市、县"
    known = Place(**{level: _text(place, level) for level in ("province", "city", "county", "town")})
    if _text(place, "code") and _text(place, "code") != place_code(known):
        yield "code", f"与地名不合，应是 {place_code(known) or '空的'}"


def _long_quote(table: Table) -> _Found:
    quote = _text(table, "quote")
    if len(quote) > QUOTE_LIMIT:
        yield "quote", f"有 {len(quote)} 字，不能超过 {QUOTE_LIMIT} 字"


def _empty_name(mechanism: Table) -> _Found:
    if not _text(mechanism, "name"):
        yield "name", "不能是空的"


def _unsound_value(figure: Table) -> _Found:
    value, upper = _text(figure, "value"), _text(figure, "value_max")
    if not value:
        yield "value", "不能是空的"
    for name, text in (("value", value), ("value_max", upper)):
        if text and not _is_decimal(text):
            yield name, f"「{text}」不是精确小数，应当像 516 或 0.0295"
    if _is_decimal(value) and _is_decimal(upper) and Decimal(upper) < Decimal(value):
        yield "value_max", "上限小于 value"


def _is_decimal(text: str) -> bool:
    return re.fullmatch(r"-?\d+(\.\d+)?", text, re.ASCII) is not None


def _unsound_quote(figure: Table) -> _Found:
    printed, quote = _text(figure, "printed"), _text(figure, "quote")
    yield from ((name, "不能是空的") for name in ("indicator", "printed", "quote") if not _text(figure, name))
    yield from _long_quote(figure)
    if printed and quote and printed not in quote:
        yield "printed", f"「{printed}」不在 quote 里"


_NUMBER = re.compile(r"(\d[\d,，]*(?:\.\d+)?)[余多]?(万亿|亿|万)?", re.ASCII)
_MIXED = re.compile(r"[一二三四五六七八九十千]|百(?!分点)|[万亿]\d|分之")
"""Chinese numerals, 3万4000 and fractions are beyond this simple check."""
_SCALES = {"": Decimal(1), "万": Decimal(10**4), "亿": Decimal(10**8), "万亿": Decimal(10**12)}


def _wrong_value(figure: Table) -> _Found:
    printed = _text(figure, "printed")
    held = _values_in(printed)
    if not held or _MIXED.search(printed):
        return
    for name in ("value", "value_max"):
        text = _text(figure, name)
        if _is_decimal(text) and abs(Decimal(text)) not in held:
            yield name, f"「{printed}」里没有 {text}"


def _values_in(printed: str) -> set[Decimal]:
    """The values of the Arabic numerals in printed words; in a range the last 万 or 亿 holds for both (3至5万元)."""
    found = [(Decimal(re.sub("[,，]", "", m[1])), m[2] or "") for m in _NUMBER.finditer(printed)]
    last = found[-1][1] if found else ""
    return {number * _SCALES[scale] for number, own in found for scale in (own, own or last)}


_RULES: dict[str, tuple[Callable[[Table], _Found], ...]] = {
    "case": (_unsound_id, _empty_words, _said_twice),
    "citation": (_unsound_date,),
    "place": (_unsound_place, _long_quote),
    "mechanism": (_empty_name, _long_quote),
    "figure": (_unsound_value, _unsound_quote, _wrong_value),
}
