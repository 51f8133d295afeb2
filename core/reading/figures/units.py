"""Units and measure words: what a number counts or measures, as printed.

The inventory stands in ``resources/units.toml``. The unit is read from the text and never assumed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from core.resources import load_table
from core.text.lexicon import by_first_character

# 元|/人, 元|／每平方米
_HAN = re.compile("[\u3400-\u9fffA-Za-z]")
_PER_SIGN = re.compile(r"[/／]\s?(?:每)?")
_LATIN = re.compile(r"[A-Za-z]")


@dataclass(slots=True)
class Unit:
    """A unit as printed, put into one form where it has several (块钱 → 元), with its kind and where it ends."""

    name: str
    kind: str
    end: int
    printed: str
    per_at: int = 0
    """Where what it is per begins; 0 where nothing is."""


@dataclass(frozen=True, slots=True)
class Inventory:
    """The unit tables, by first character and longest first."""

    by_first: dict[str, tuple[str, ...]]
    kinds: dict[str, str]
    same: dict[str, str]
    signs: dict[str, tuple[tuple[str, str], ...]]
    parts: dict[str, dict[str, Decimal]]
    stand_alone: dict[str, tuple[str, ...]]
    not_before: dict[str, frozenset[str]]
    not_before_after_digits: dict[str, frozenset[str]]
    only_after_digits: frozenset[str]


@lru_cache(maxsize=1)
def inventory() -> Inventory:
    """Return the unit tables, read once."""
    tables = load_table("units.toml")
    kinds: dict[str, str] = {}
    for kind, words in tables["kinds"].items():
        for word in words.split():
            kinds.setdefault(word, kind)
    return Inventory(
        by_first_character(kinds),
        kinds,
        tables["same"],
        _by_first(tables["signs"]),
        {unit: _parts(text) for unit, text in tables["part_of"].items()},
        by_first_character(tables["drop"]["stand_alone"].split()),
        {unit: frozenset(chars) for unit, chars in tables["not_before"].items()},
        {unit: frozenset(chars) for unit, chars in tables["not_before_after_digits"].items()},
        frozenset(tables["only_after_digits"]["units"].split()),
    )


def _by_first(signs: dict[str, str]) -> dict[str, tuple[tuple[str, str], ...]]:
    """Signs by first character, the longest first."""
    ordered = sorted(signs.items(), key=lambda pair: -len(pair[0]))
    return {c: tuple(pair for pair in ordered if pair[0][0] == c) for c in {sign[0] for sign in signs}}


def _parts(text: str) -> dict[str, Decimal]:
    """角=10 分=100 → how many of each smaller unit make one."""
    return {name: Decimal(count) for name, count in (pair.split("=") for pair in text.split())}


def unit_at(text: str, at: int, *, digits: bool = True) -> Unit | None:
    """Return the longest unit that begins at a place, with what it is per (元/人, 公里每小时).

    ``digits``: whether the number before it is printed in Arabic digits, after which more is taken as a unit (5村).
    """
    tables = inventory()
    for word in tables.by_first.get(text[at : at + 1], ()):
        if text.startswith(word, at) and _may_be(text, at + len(word), word, tables, digits):
            return _whole_unit(text, at, word, tables)
    return None


def _may_be(text: str, end: int, word: str, tables: Inventory, digits: bool) -> bool:
    """Whether the word stands for itself here, and isn't the beginning of another one."""
    follows = text[end : end + 1]
    if _LATIN.match(word[-1]) or word[-1] in "²³":
        return not (follows.isascii() and follows.isalnum())
    if not digits and word in tables.only_after_digits:
        return False
    if len(word) > 1:
        return not follows or follows not in tables.not_before.get(word, ())
    barred = _barred(word, tables, digits)
    if not follows or follows not in barred:
        return True
    return (word, text[end : end + 2]) in _EXCEPTIONS


def _barred(word: str, tables: Inventory, digits: bool) -> frozenset[str]:
    """Return the characters that may not follow a unit; few after Arabic digits and a measure word."""
    if digits and tables.kinds.get(word) == "count":
        return tables.not_before_after_digits.get(word, frozenset())
    return tables.not_before.get(word, frozenset())


# The second character settles it: 支队伍 is 支 + 队伍, 名医生 is 名 + 医生.
_EXCEPTIONS = frozenset(
    (unit, noun)
    for unit, nouns in {
        "部": "门户",
        "家": "乡镇 乡村 居委 电商 用人 教育 教培 务工 校外 园区",
        "人": "工作 机组",
        "名": "企业 校长 家长 师生 师范 医生 医护 医务 学生 单身 特困 优秀 特警",
        "位": "居民",
        "支": "队伍 部队",
        "台": "风力 风机",
        "条": "文化 例会",
        "座": "位于",
        "项": "目标",
        "户": "主动",
        "种": "类型",
        "场": "地震 面对",
        "辆": "车",
    }.items()
    for noun in nouns.split()
)


def _whole_unit(text: str, at: int, word: str, tables: Inventory) -> Unit:
    """The unit with its 个 dropped where it stands alone, and with its denominator."""
    end = at + len(word)
    name, kind = word, tables.kinds.get(word, "other")
    if word == "个":
        for alone in tables.stand_alone.get(text[end : end + 1], ()):
            if text.startswith(alone, end):
                name, kind, end = alone, tables.kinds.get(alone, "count"), end + len(alone)
                break
    elif word.startswith("个") and word[1:] in tables.stand_alone.get(word[1:2], ()):
        name = word[1:]
    name = tables.same.get(name, name)
    if name == "元" and (currency := _currency_at(text, end, tables)):
        name, end = tables.same.get(currency, currency), end + len(currency)
    per = per_at(text, end, kind)
    if not per:
        return Unit(name, kind, end, text[at:end])
    kind = "content" if kind == "mass" else "speed" if kind == "length" else kind
    return Unit(f"{name}/{per[0]}", kind, per[1], text[at : per[1]], end)


def _currency_at(text: str, at: int, tables: Inventory) -> str | None:
    """The currency behind 元 that says which: 3万元欧元, 200元港币."""
    words = tables.by_first.get(text[at : at + 1], ())
    return next((w for w in words if len(w) > 1 and tables.kinds[w] == "money" and text.startswith(w, at)), None)


def per_at(text: str, at: int, kind: str) -> tuple[str, int] | None:
    """Return the unit that it is per and where that ends: /人, ／平方米, 每小时."""
    tables = inventory()
    sign = _PER_SIGN.match(text, at)
    if sign:
        start = sign.end()
    elif (text.startswith("每", at) and kind not in ("count", "ratio")) or (
        text.startswith("一", at) and kind == "money"
    ):
        start = at + 1
    else:
        return None
    if text.startswith("个", start) and not sign:
        start += 1
        if kind == "money" and not _HAN.match(text, start):
            return "个", start
    for word in tables.by_first.get(text[start : start + 1], ()):
        if text.startswith(word, start) and _may_be(text, start + len(word), word, tables, True):
            further = per_at(text, start + len(word), "count")
            name = tables.same.get(word, word)
            return (f"{name}/{further[0]}", further[1]) if further else (name, start + len(word))
    return None


def sign_at(text: str, at: int) -> tuple[str, int] | None:
    """Return a currency sign or code before a number: ￥, US$, 人民币 → unit and end."""
    for sign, unit in inventory().signs.get(text[at : at + 1], ()):
        if text.startswith(sign, at):
            return unit, at + len(sign)
    return None
