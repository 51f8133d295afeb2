"""Writes a compilation as a Word document, case by case."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from core.writing.compilation import Choices, Compilation
from core.writing.content import body_of
from core.writing.docx import looks, package
from core.writing.docx.text import WordText


def write(out: IO[bytes], compilation: Compilation, choices: Choices) -> Iterator[int]:
    """Write a .docx file, and yield how many cases are written after each; it is whole at the end.

    Raises ``package.TemplateError``.
    """
    if choices.template is None:
        parts = package.own(choices.fonts, compilation.title, wide=choices.kind == "figures")
    else:
        parts = package.from_template(choices.template, choices.fonts, compilation.title)
    with parts.open(out) as (document, notes):
        marks = looks.MARKS if choices.fonts.latin and choices.template is None else {}
        text = WordText(parts, marks, lambda note: notes.write(note.encode()))
        body = body_of(text, compilation, choices)
        title = text.run(" ".join(compilation.title.split()), role="title")
        document.write(text.paragraph(title, "Title").encode())
        for done, entry in enumerate(compilation.entries, 1):
            document.write("".join(body.of(entry)).encode())
            yield done
        document.write("".join(body.end()).encode())
