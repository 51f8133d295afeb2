"""What goes into a cell of a spreadsheet: a number stays a number, and a text stays the text that it is.

Excel, WPS and Calc read a cell of a CSV file, or of a text that is pasted, as if it were typed: what begins with ``=``
becomes a formula, 3-5 the fifth of March, 0012 twelve. A text that would be read so has an apostrophe put before it.
"""

from __future__ import annotations

import re

_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d{1,14})?")
"""No zeros in front, and no more digits than a spreadsheet keeps."""
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠\t\r]")
_WHOLE_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
"""A date that every spreadsheet takes for the very day that it is."""
_MISREAD = re.compile(
    r"""\s*(?:
    \d{1,4}\s*[-/:：]\s*\d{1,4}(?:\s*[-/:：.]\s*\d{1,4})*(?:\s*[ap]m?)?   # 3-5, 1/3, 2024-05, 5:30
    | \d{1,4}(?:\.\d{1,4}){2,}                                           # 3.5.2024
    | (?:\d{2,4}年)?\d{1,2}月(?:\d{1,2}[日号]?)? | \d{1,2}[时点]\d{1,2}分?  # 1月3日, 2023年11月, 1时30分
    | \d{1,2}[\s-]*(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*(?:[\s-]*\d{2,4})?
    | (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[\s-]*\d{1,4}
    | \d+(?:\.\d*)?e[+-]?\d+                                             # 1E5
    | 0\d+(?:\.\d+)? | \d{16,}(?:\.\d+)?                                 # 0012, a number too long to be kept
    | true | false
    )\s*""",
    re.IGNORECASE | re.VERBOSE,
)


def is_number(text: str) -> bool:
    """Return whether a spreadsheet takes a text for the number that it is, with every digit.

    >>> [is_number(t) for t in ("42", "-0.5", "0012", "60余", "3-5")]
    [True, True, False, False, False]
    """
    return _NUMBER.fullmatch(text) is not None


def not_a_formula(text: str) -> str:
    """Return a text as a cell that no spreadsheet takes for a formula.

    >>> not_a_formula("=HYPERLINK(1)"), not_a_formula("-5"), not_a_formula("- 五")
    ("'=HYPERLINK(1)", '-5', "'- 五")
    """
    return f"'{text}" if _FORMULA.match(text) and not is_number(text) else text


def cell(text: str) -> str:
    """Return a text as a cell that no spreadsheet takes for a formula, a date or another number.

    >>> cell("3-5"), cell("2024-05"), cell("42"), cell("2024-05-03"), cell("3-5个")
    ("'3-5", "'2024-05", '42', '2024-05-03', '3-5个')
    """
    if is_number(text) or _WHOLE_DATE.fullmatch(text):
        return text
    return f"'{text}" if _FORMULA.match(text) or _MISREAD.fullmatch(text) else text
