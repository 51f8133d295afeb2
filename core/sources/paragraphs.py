"""Paragraphs, cells and rows as RTF and old Word files tell them, one ending after the other → a composition."""

from __future__ import annotations

from core.sources.composition import Composition

NO_HEADING = 9
"""Outline levels count from 0; 9 says that a paragraph is no heading."""


class Paragraphs:
    """Takes text and what ends it: a paragraph is a line; in a table a row is one, with tabs between its cells."""

    def __init__(self, *, every_empty_line: bool = True) -> None:
        self.made = Composition(every_empty_line=every_empty_line)
        self._boxes: list[Composition] = []
        """Text boxes that were met in the line that is being read; they follow it."""
        self._table = -1
        """Where the table began that is being read."""
        self._parted = False
        """Whether a paragraph ended in this cell, so that what follows is parted from it by a blank."""

    def write(self, text: str) -> None:
        """Go on with the paragraph."""
        if self._parted:
            self.made.write(" ")
            self._parted = False
        self.made.write(text)

    def end_paragraph(self, in_table: bool = False, level: int = NO_HEADING, begins_page: bool = False) -> None:
        """End a paragraph; in a cell the line goes on."""
        if in_table:
            self._parted = True
            return
        self._end_table()
        start, self._parted = self.made.at, False
        if begins_page:
            self.made.break_page(start)
        self.made.end_line()
        if 0 <= level < NO_HEADING:
            self.made.add_heading(start, level + 1)
        self._add_boxes()

    def break_line(self, in_table: bool = False) -> None:
        """Begin a line within a paragraph; in a cell only a blank."""
        if in_table:
            self._parted = True
        else:
            self.made.end_line()

    def end_cell(self) -> None:
        """A tab stands between two cells."""
        self._parted = False
        self.made.write("\t")

    def end_row(self) -> None:
        """A row is a line."""
        self._parted = False
        if self._table < 0:
            self._table = self.made.at
        self.made.end_line()
        self._add_boxes()

    def add_box(self, box: Composition) -> None:
        """Take in a text box; it follows the line that is being read."""
        self._boxes.append(box)

    def break_page(self) -> None:
        """Note that a printed page begins here."""
        self.made.break_page()

    def finish(self) -> Composition:
        """Return all that was taken in."""
        if self.made.is_in_line():
            self.end_paragraph()
        self._end_table()
        self._add_boxes()
        return self.made

    def _add_boxes(self) -> None:
        for box in self._boxes:
            self.made.take(box)
        self._boxes.clear()

    def _end_table(self) -> None:
        if self._table >= 0:
            self.made.add_table(self._table)
            self._table = -1
