"""Writes a compilation as a Word document, case by case."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from core.comparing.sheet import Sheet
from core.writing.compilation import Choices, Compilation
from core.writing.content import body_of
from core.writing.content.comparison import comparison
from core.writing.docx import looks, package
from core.writing.docx.text import WordText


def write(out: IO[bytes], compilation: Compilation, choices: Choices) -> Iterator[int]:
    """Write a .docx file, and yield how many cases are written after each; it is whole at the end.

    Raises ``package.TemplateError``.
    """
    parts = _parts(choices, compilation.title, wide=choices.kind == "figures")
    with parts.open(out) as (document, notes):
        marks = looks.MARKS if choices.fonts.latin and choices.template is None else {}
        text = WordText(parts, marks, lambda note: notes.write(note.encode()))
        body = body_of(text, compilation, choices)
        title = text.run(" ".join(compilation.title.split()), role="title")
        document.write(text.paragraph(title, "Title").encode())
        for done, entry in compilation.counted():
            document.write("".join(body.of(entry)).encode())
            yield done
        document.write("".join(body.end()).encode())


def write_comparison(out: IO[bytes], sheet: Sheet, choices: Choices) -> Iterator[None]:
    """Write a comparison as a .docx file on pages turned sideways, yielding as it goes on; it is whole at the end.

    Raises ``package.TemplateError``.
    """
    parts = _parts(choices, sheet.title, wide=True)
    with parts.open(out) as (document, notes):
        marks = looks.MARKS if choices.fonts.latin and choices.template is None else {}
        text = WordText(parts, marks, lambda note: notes.write(note.encode()))
        for piece in comparison(text, sheet, choices):
            document.write(piece.encode())
            yield


def _parts(choices: Choices, title: str, wide: bool) -> package.Package:
    if choices.template is None:
        return package.own(choices.fonts, title, wide)
    return package.from_template(choices.template, choices.fonts, title)
