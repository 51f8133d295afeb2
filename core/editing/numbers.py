"""Numbers as people type them."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation


def number_of(typed: str) -> Decimal | None:
    """Return a number as it was typed, with 万 and 亿; None for nothing. ValueError when it is no number.

    >>> number_of("1.5万"), number_of("3,000"), number_of(" ")
    (Decimal('15000.0'), Decimal('3000'), None)
    """
    text = typed.strip().replace(",", "").replace("，", "").replace(" ", "")
    if not text:
        return None
    scale = 1
    while text[-1:] in {"万", "亿"}:
        scale *= 10_000 if text[-1] == "万" else 100_000_000
        text = text[:-1]
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise ValueError(typed) from None
    if not value.is_finite():
        raise ValueError(typed)
    return value * scale
