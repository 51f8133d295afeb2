"""Where given printed forms, such as 62.5万元, stand in a text: all of them in one pass."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

BEFORE = ".,，．"
"""Behind one of these, as behind a digit, a form that begins with a digit goes on a longer number: 1.110场."""


class Forms:
    """The printed forms to look for, each with its first place in the list that they came from."""

    def __init__(self, forms: Iterable[str]) -> None:
        self._places: dict[str, int] = {}
        for place, form in enumerate(forms):
            if form:
                self._places.setdefault(form, place)
        lengths: dict[str, set[int]] = {}
        for form in self._places:
            lengths.setdefault(form[0], set()).add(len(form))
        self._lengths = {first: sorted(found) for first, found in lengths.items()}

    def found(self, text: str) -> Iterator[tuple[int, int, int]]:
        """Yield start, end (half open) and place in the list for each form wherever it stands; 16家 not in 516家.

        The cost grows with the text, times the number of different lengths, and not with the number of forms.
        """
        for start, first in enumerate(text):
            for length in self._lengths.get(first, ()):
                end = start + length
                place = self._places.get(text[start:end]) if end <= len(text) else None
                if place is not None and _stands_alone(text, start, end):
                    yield start, end, place


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether a number is not cut out of a longer one."""
    if text[start].isdecimal() and start and (text[start - 1].isdecimal() or text[start - 1] in BEFORE):
        return False
    return not (text[end - 1].isdecimal() and end < len(text) and text[end].isdecimal())
