"""Whether a record holds what its fields say, all the way down: for what comes from a file that may be damaged."""

from __future__ import annotations

import json
import types
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
    origin = get_origin(hint)
    if origin is Literal:
        return value in get_args(hint)
    if origin in (Union, types.UnionType):
        return any(conforms(value, one) for one in get_args(hint))
    if origin is tuple:
        return isinstance(value, tuple) and all(conforms(item, get_args(hint)[0]) for item in value)
    if hint is None or hint is type(None):
        return value is None
    return _is_plain(value, hint)


def _is_plain(value: object, hint: Any) -> bool:
    if hint is str:
        return isinstance(value, str) and is_whole(value)
    if hint is float:
        return isinstance(value, (int, float)) and isfinite(value)
    if hint is Decimal:
        return isinstance(value, Decimal) and value.is_finite() and abs(value.adjusted()) < _DIGITS
    if not isinstance(value, hint):
        return False
    if isinstance(value, Span):
        return type(value.start) is type(value.end) is int and 0 <= value.start <= value.end < 1 << 31
    return not is_dataclass(value) or all(conforms(getattr(value, name), kind) for name, kind in _fields(hint))


@cache
def _fields(kind: Any) -> tuple[tuple[str, Any], ...]:
    return tuple(get_type_hints(kind).items())


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
