"""The numbers of headings: 一、 （一） 1. (GB/T 9704-2012, 7.3.3)."""

from __future__ import annotations

import re

_DIGITS = "零一二三四五六七八九"


class Numbering:
    """Counts the headings of three levels as they come."""

    def __init__(self) -> None:
        self._numbers = [0, 0, 0]

    def next(self, level: int) -> str:
        """Return what stands before the next heading of a level from 1 to 3.

        >>> numbering = Numbering()
        >>> [numbering.next(level) for level in (1, 2, 2, 3, 1, 2)]
        ['一、', '（一）', '（二）', '1.', '二、', '（一）']
        """
        at = level - 1
        self._numbers[at] += 1
        self._numbers[at + 1 :] = [0] * (2 - at)
        number = self._numbers[at]
        return (f"{chinese(number)}、", f"（{chinese(number)}）", f"{number}.")[at]


def chinese(number: int) -> str:
    """Return a number below 10 000 as a heading has it, a larger one in digits.

    >>> [chinese(n) for n in (1, 10, 12, 30, 101, 110, 1002)]
    ['一', '十', '十二', '三十', '一百零一', '一百一十', '一千零二']
    """
    if number > 9999:
        return str(number)
    told = ""
    for digit, unit in zip(f"{number:04}", "千百十 ", strict=True):
        told += _DIGITS[int(digit)] + (unit.strip() if digit != "0" else "")
    told = re.sub("零+", "零", told).strip("零")
    return told[1:] if told.startswith("一十") else told
