"""The figures of cases as one long table in a document."""

from __future__ import annotations

from collections.abc import Iterator

from core.places.areas import area_label
from core.records import STATE_WORDS, Case, Metric
from core.writing.case_table import figure_words
from core.writing.citations import figure_note, reference
from core.writing.compilation import Choices, Entry, Passage
from core.writing.content.cases import heading, passage
from core.writing.content.text import Text
from core.writing.figure_text import THIN, normal_told_text, scope_text

_HEADS = ("指标", "数据", "归一值", "口径", "地区", "出处", "核对")
_SHARES, _WITHOUT_STATE = (18, 11, 12, 16, 11, 26, 6), (19, 12, 12, 17, 11, 29)
_NUMBERS = (1, 2)
_FIRM = "\u00a0"
"""A space at which no line ends."""


class Listing:
    """Writes one table with a row for each figure, whose head repeats on each page."""

    def __init__(self, text: Text, choices: Choices) -> None:
        self._text, self._choices = text, choices
        self._shares = _SHARES if choices.states else _WITHOUT_STATE
        self._begun = self._any = False
        self._references: dict[str, int] = {}

    def of(self, entry: Entry | Passage) -> Iterator[str]:
        """Return the rows of a case; a table is begun before the first, and before the first behind a passage."""
        if isinstance(entry, Passage):
            yield from self._close()
            yield from passage(self._text, entry)
        else:
            yield from self._rows(entry)

    def _close(self) -> Iterator[str]:
        if self._begun:
            self._begun = False
            yield self._text.table_end()
            yield self._text.paragraph("", "CellText")

    def _rows(self, entry: Entry) -> Iterator[str]:
        case, place, text = entry.case, entry.case.place, self._text
        for metric in entry.metrics:
            if not self._begun:
                self._begun = self._any = True
                yield text.table_start(_HEADS[: len(self._shares)], self._shares)
            cells = (
                text.run(metric.indicator),
                text.marked(text.run(figure_words(metric)), metric.id),
                text.run(_normal(metric)),
                text.run(scope_text(metric)),
                text.run(area_label(place.province, place.city, place.county)),
                self._where(case, metric),
                text.run(STATE_WORDS[metric.state]),
            )
            yield text.row(
                [
                    text.paragraph(inside, "CellNumber" if i in _NUMBERS else "CellText")
                    for i, inside in enumerate(cells[: len(self._shares)])
                ],
                self._shares,
            )

    def end(self) -> Iterator[str]:
        """Return the end of the table, and the list of sources."""
        text = self._text
        if not self._any:
            yield text.paragraph(text.run("没有数据。"))
        yield from self._close()
        if self._references:
            yield heading(text, "来源", 1)
            yield from (text.reference(number, said) for said, number in self._references.items())

    def _where(self, case: Case, metric: Metric) -> str:
        """Where a figure was printed: in the cell itself, whose row is its note, or as a number of the list."""
        if self._choices.sources == "list":
            said = [text for text in map(reference, case.citations) if text]
            numbers = [self._references.setdefault(text, len(self._references) + 1) for text in said]
            return "".join(map(self._text.to_reference, numbers))
        return self._text.run(figure_note(case, metric) if self._choices.sources == "footnotes" else case.title)


def _normal(metric: Metric) -> str:
    """The true value with its unit, where it is not what is printed."""
    text = normal_told_text(metric).replace(THIN, _FIRM)
    return "" if text.replace(_FIRM, "").replace(" ", "") == figure_words(metric).replace(" ", "") else text
