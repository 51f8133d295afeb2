"""Units of one dimension, exactly: 15 亩 are 1 公顷, 2 斤 are 1 公斤; 人 never become 人次, nor 元 美元.

The factors stand in ``resources/units.toml`` as whole numbers and fractions. A unit that is in no dimension there is
one of its own, which only the same unit shares.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from core.resources import load_table

SCALES: tuple[tuple[str, int], ...] = (("亿", 10**8), ("万", 10**4))
"""What is written before a unit when the numbers are large."""
_NUMBER_WORDS: tuple[tuple[str, int], ...] = (
    *(("万亿", 10**12), ("千万", 10**7), ("百万", 10**6)),
    *(("亿", 10**8), ("万", 10**4), ("千", 1000), ("百", 100)),
)
_SCALED = frozenset(("money", "mass", "area", "volume", "energy", "power", "person", "visit", "household", "thing"))
"""Dimensions in whose units large numbers are written in 万 and 亿."""


class UnitError(ValueError):
    """Two units that measure different things."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What a unit measures, and how many of the first unit of that dimension make one."""

    dimension: str
    factor: Fraction


@lru_cache(maxsize=1)
def _table() -> tuple[dict[str, Measure], tuple[str, ...]]:
    tables = load_table("units.toml")
    measures = {
        unit: Measure(dimension, Fraction(factor))
        for dimension, words in tables["dimensions"].items()
        for unit, factor in (pair.split("=") for pair in words.split())
    }
    same = tables["same"]
    measures |= {unit: measures[other] for unit, other in same.items() if other in measures and unit not in measures}
    return measures, tuple(tables["traders"]["words"].split())


@lru_cache(maxsize=1024)
def measure(unit: str, counted: str = "") -> Measure:
    """Return what a unit measures; ``counted`` is what is counted, which says whether 户 are households or firms.

    >>> measure("公顷").factor / measure("亩").factor, measure("元/亩").dimension
    (Fraction(15, 1), 'money/area')
    >>> measure("户", "经营主体").dimension, measure("户", "低保户").dimension
    ('thing', 'household')
    >>> measure("万元").factor, measure("村", "覆盖村").dimension, measure("村").dimension
    (Fraction(10000, 1), 'thing', 'unit:村')
    """
    measures, traders = _table()
    above, slash, below = unit.partition("/")
    if slash:
        top, bottom = measure(above), measure(below)
        return Measure(f"{top.dimension}/{bottom.dimension}", top.factor / bottom.factor)
    if unit.endswith("度") and "电" in counted:  # 用电 5亿度
        unit += "电"
    found = measures.get(unit) or _scaled(unit, measures)
    if found is None:
        noun = unit.removeprefix("个")  # 覆盖村 24个村: so many of what is counted
        is_thing = bool(noun) and noun in counted
        return measures["个"] if is_thing else Measure(f"unit:{unit}", Fraction(1))
    if found.dimension == "household" and any(word in counted for word in traders):
        return Measure("thing", found.factor)
    return found


@lru_cache(maxsize=1)
def _vessels() -> frozenset[str]:
    return frozenset(load_table("units.toml")["vessels"]["words"].split())


def is_vessel(unit: str) -> bool:
    """Return whether a unit is of no size that is known: a basket, a box, a cart."""
    return unit in _vessels()


def _scaled(unit: str, measures: Mapping[str, Measure]) -> Measure | None:
    """The measure of a unit that a number word stands before, as a person may type it: 万元, 亿千瓦时."""
    for word, by in _NUMBER_WORDS:
        rest = measures.get(unit.removeprefix(word)) if unit.startswith(word) else None
        if rest is not None:
            return Measure(rest.dimension, rest.factor * by)
    return None


def convert(value: Decimal | Fraction, unit: str, to: str, counted: str = "") -> Fraction:
    """Return a value in another unit, exactly; UnitError when the two measure different things.

    >>> convert(Decimal("1.5"), "公顷", "亩"), convert(Decimal(3), "小时", "分钟")
    (Fraction(45, 2), Fraction(180, 1))
    >>> convert(Decimal(3), "人", "人次")
    Traceback (most recent call last):
        ...
    core.comparing.units.UnitError: 人 → 人次
    """
    had, wanted = measure(unit, counted), measure(to, counted)
    if had.dimension != wanted.dimension:
        raise UnitError(f"{unit} → {to}")
    return Fraction(value) * had.factor / wanted.factor


def is_short(value: Fraction, digits: int = 6) -> bool:
    """Return whether a value is written out with so many places behind the point.

    >>> is_short(Fraction(45, 2)), is_short(Fraction(20, 3))
    (True, False)
    """
    return bool((value * 10**digits).denominator == 1)


def common_unit(values: Iterable[tuple[Decimal, str]], counted: str = "") -> str:
    """Return the unit in which a row is shown: one of those printed, in which all values are short; the commonest.

    >>> common_unit([(Decimal(100), "亩"), (Decimal(2), "公顷"), (Decimal(7), "公顷")])
    '亩'
    """
    pairs = list(values)
    printed = [unit for _, unit in pairs]
    order = sorted(dict.fromkeys(printed), key=lambda unit: (-printed.count(unit), printed.index(unit)))
    return next((to for to in order if all(is_short(convert(v, u, to, counted)) for v, u in pairs)), order[0])


def scale_of(values: Iterable[Fraction], unit: str) -> tuple[str, int]:
    """Return 万 or 亿 with its number where all values of a row are written with it; nothing and 1 otherwise.

    >>> scale_of([Fraction(53_000_000), Fraction(86_000)], "元"), scale_of([Fraction(365), Fraction(41)], "个")
    (('万', 10000), ('', 1))
    """
    whole = [abs(value) for value in values if value]
    if measure(unit).dimension not in _SCALED or not whole:
        return "", 1
    return next(((word, by) for word, by in SCALES if all(v >= by and is_short(v / by, 4) for v in whole)), ("", 1))


def written(value: Fraction) -> str:
    """Return a value as a reader writes it, in groups of three digits; ≈ before one that had to be cut.

    >>> written(Fraction(45, 2)), written(Fraction(20, 3)), written(Fraction(12000)) == f"12{THIN}000"
    ('22.5', '≈6.667', True)
    """
    if is_short(value):
        text = f"{Decimal(value.numerator) / Decimal(value.denominator):,.6f}".rstrip("0").rstrip(".")
        return text.replace(",", THIN)
    return "≈" + f"{float(value):,.3f}".rstrip("0").rstrip(".").replace(",", THIN)


THIN = "\u2005"
"""Between groups of three digits, as ``core.writing.figure_text`` has it."""
