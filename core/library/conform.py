"""Whether a record holds what its fields say, all the way down: for what comes from a file that may be damaged."""

from __future__ import annotations

import json
import types
from collections.abc import Callable
from dataclasses import is_dataclass
from decimal import Decimal
from functools import cache
from math import isfinite
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from core.records import Span
from core.text.storable import is_whole, storable

FAULTS = (ValueError, TypeError, ArithmeticError, LookupError, AttributeError, RecursionError, MemoryError)
"""What reading a cell raises that holds something else than we write: no JSON, no number, no text, bytes, nothing."""
_DIGITS = 400
"""A number with more before or behind its point is none that was printed, and would fill the memory when written."""


def conforms(value: object, hint: Any) -> bool:
    """Return whether a value is of a type as annotations give it; texts must be whole, numbers finite."""
    return _looker(hint)(value)


Looker = Callable[[Any], bool]


@cache
def _looker(hint: Any) -> Looker:
    """What looks whether a value is of a type: made once, since a file may bring a hundred thousand values."""
    origin, args = get_origin(hint), get_args(hint)
    if origin is Literal:
        return lambda value: value in args
    if origin in (Union, types.UnionType):
        kinds = [*map(_looker, args)]
        return lambda value: any(looks(value) for looks in kinds)
    if origin is tuple:
        looks = _looker(args[0])
        return lambda value: isinstance(value, tuple) and all(map(looks, value))
    if hint is None or hint is type(None):
        return lambda value: value is None
    return _PLAIN.get(hint) or (_looker_of_fields(hint) if is_dataclass(hint) else lambda v: isinstance(v, hint))


def _looker_of_fields(kind: Any) -> Looker:
    fields: list[tuple[str, Looker]] = []

    def looks(value: object) -> bool:
        if not isinstance(value, kind):
            return False
        if not fields:  # late: a record may hold others of its kind
            fields.extend((name, _looker(hint)) for name, hint in get_type_hints(kind).items())
        return all(own(getattr(value, name)) for name, own in fields)

    return looks


def _is_span(value: object) -> bool:
    return (
        isinstance(value, Span) and type(value.start) is type(value.end) is int and 0 <= value.start <= value.end < _END
    )


_END = 1 << 31
_PLAIN: dict[Any, Looker] = {
    str: lambda value: isinstance(value, str) and is_whole(value),
    float: lambda value: isinstance(value, (int, float)) and isfinite(value),
    Decimal: lambda value: isinstance(value, Decimal) and value.is_finite() and abs(value.adjusted()) < _DIGITS,
    Span: _is_span,
}


def shown(value: object) -> str:
    """Return a cell that should hold text as a text that can be shown, whatever it holds."""
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    return storable("" if value is None else str(value))


def texts_in(cell: object) -> tuple[str, ...]:
    """Return the texts of a cell that should hold them as JSON; none where it does not."""
    try:
        texts: tuple[str, ...] = tuple(json.loads(cell))  # type: ignore[arg-type]
        "".join(texts).encode()  # each of them is a text, and whole
    except FAULTS:
        return ()
    return texts
