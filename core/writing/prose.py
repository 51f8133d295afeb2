"""The paragraphs of a case, with its figures found in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from core.records import Case, Metric

PARTS: tuple[tuple[str, str], ...] = (("背景", "background"), ("做法", "practice"), ("成效", "result"))
_PARAGRAPHS = re.compile(r"\s*\n\s*")
_DIGIT_BEFORE, _DIGIT_AFTER = re.compile(r"[\d.．,，]$"), re.compile(r"^[.．,，]?\d")


def parts_of(case: Case) -> list[tuple[str, list[str]]]:
    """Return heading and paragraphs of 背景, 做法 and 成效; of a case without them its body, or its summary."""
    found = [(head, paragraphs(getattr(case, name))) for head, name in PARTS if getattr(case, name).strip()]
    if found:
        return found
    body = [text for paragraph in case.body for text in paragraphs(paragraph)]
    return [("", body or paragraphs(case.summary))]


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a text, without empty ones."""
    return [part for part in _PARAGRAPHS.split(text.strip()) if part]


class Finder:
    """Finds the figures of a case in its paragraphs, each where it first stands."""

    def __init__(self, metrics: Iterable[Metric]) -> None:
        self._left: dict[str, list[Metric]] = {}
        for metric in metrics:
            if metric.printed.strip():
                self._left.setdefault(metric.printed, []).append(metric)
        self.found: set[str] = set()
        """The ids of those that were found so far."""

    def pieces(self, text: str) -> Iterator[tuple[str, Sequence[Metric]]]:
        """Return the text in pieces, each with the figures that its end is the printed form of.

        >>> from decimal import Decimal
        >>> metric = Metric("服务", Decimal(80), "次", printed="80余次", id="m")
        >>> [(piece, len(found)) for piece, found in Finder([metric]).pieces("共180余次，其中80余次上门")]
        [('共180余次，其中80余次', 1), ('上门', 0)]
        """
        at = 0
        for end, printed in self._places(text):
            metric = self._left[printed].pop(0)
            self.found.add(metric.id)
            yield text[at:end], (metric,)
            at = end
        if text[at:] or not at:
            yield text[at:], ()

    def _places(self, text: str) -> list[tuple[int, str]]:
        """Where figures end that stand here, in order, none inside another."""
        taken: list[tuple[int, int, str]] = []
        for printed in sorted(self._left, key=len, reverse=True):
            at, wanted = text.find(printed), len(self._left[printed])
            while at >= 0 and wanted:
                end = at + len(printed)
                if _is_whole(text, at, end) and all(end <= a or at >= b for a, b, _ in taken):
                    taken.append((at, end, printed))
                    wanted -= 1
                at = text.find(printed, end)
        return [(end, printed) for _, end, printed in sorted(taken)]


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether no digit goes on before or behind: 80 is no figure of 180 or 80.5."""
    number_before = text[start : start + 1].isdigit() and _DIGIT_BEFORE.search(text[max(0, start - 2) : start])
    before = number_before and (text[start - 1].isdigit() or text[max(0, start - 2) : start - 1].isdigit())
    after = text[end - 1 : end].isdigit() and _DIGIT_AFTER.search(text[end : end + 2])
    return not before and not after
