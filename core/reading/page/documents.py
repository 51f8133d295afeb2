"""Documents: pages whose text runs on are parted at their titles and read in the order in which they are printed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from core.reading.page.bylines import Byline, at_the_end, in_dateline
from core.reading.page.cohesion import pairs_of
from core.reading.page.flow import Block, flow_of
from core.reading.page.lines import MARKUP, without_markup
from core.reading.page.parting import Head, heads_of, part
from core.reading.page.surroundings import set_aside
from core.records import Article, Page, Paragraph, Span
from core.text.names import split_names
from core.text.writers import names_of

# 【一线】, [要闻]
_SECTION = re.compile(r"[【〔\[][^【】〔〕\[\]]{2,10}[】〕\]]")
_STARTS, _PARTED = "文件开头", "文件里另起一篇"
_SHORTEST_LINE, _OWN, _LONGEST_NAME = 5, 0.5, 4
"""A line below a much longer one, and the share of its pairs in the text from which on it still is one of the title."""
_ORDER = "文字连续，按原文顺序"


@dataclass(slots=True)
class _Document:
    """The blocks of one document."""

    titles: list[Block] = field(default_factory=list)
    section: str = ""
    bylines: list[Block] = field(default_factory=list)
    body: list[Block] = field(default_factory=list)
    captions: list[Block] = field(default_factory=list)


def read_documents(page: Page) -> list[Article] | None:
    """Return the documents of a page as articles, or None where its text does not run on.

    Every paragraph stays where it is printed; headings inside a document stay headings.
    """
    blocks = flow_of(page)
    if blocks is None:
        return None
    set_aside(blocks)
    heads = heads_of(blocks)
    return [_article(page, document, n) for n, document in enumerate(_documents(blocks, part(blocks, heads)))]


def _documents(blocks: Sequence[Block], titles: Sequence[Head]) -> Iterator[_Document]:
    """The documents between one title and the next; text above the first title is one, too."""
    edges = sorted({0, *(head.first for head in titles), len(blocks)})
    of = {head.first: head for head in titles}
    for start, end in pairwise(edges):
        head = of.get(start)
        text = "".join(block.text for block in blocks[start:end] if block.kind == "body")
        named = _title_lines(blocks, head, text) if head else []
        sections = [i for i in named[:-1] if _SECTION.fullmatch(blocks[i].text)]
        document = _Document([blocks[i] for i in named if i not in sections])
        document.section = " ".join(blocks[i].text for i in sections)
        for i in range(start, end):
            block = blocks[i]
            if block.kind == "byline":
                document.bylines.append(block)
            elif block.kind == "caption":
                document.captions.append(block)
            elif i not in named and block.kind in ("body", "heading"):
                document.body.append(block)
        yield from _told(document)


def _title_lines(blocks: Sequence[Block], head: Head, text: str) -> list[int]:
    """The lines of a title: those above a writer's name, or above a heading that already belongs to the text."""
    for n, i in enumerate(head.lines[1:], 1):
        block = blocks[i]
        if writer := _writer(block.text):
            block.kind, block.byline = "byline", writer
            return head.lines[:n]
        if len(block.text) <= _SHORTEST_LINE < len(blocks[i - 1].text) // 2 and _share(block.text, text) < _OWN:
            return head.lines[:n]
    return head.lines


def _share(words: str, text: str) -> float:
    """Which share of the pairs of characters of some words stands in a text."""
    wanted = pairs_of(words)
    return len(wanted & pairs_of(text)) / len(wanted) if wanted else 0.0


def _writer(text: str) -> Byline | None:
    """A single name, or a body, on a line of its own below a title."""
    names = split_names(text) if 2 <= len(text) <= _LONGEST_NAME else ()
    if len(names) == 1 or names_of(text) == ():
        return Byline(names or (), 0, len(text), False)
    return None


def _told(document: _Document) -> Iterator[_Document]:
    """The document, if it has any text; under a title with pictures alone their words are its text."""
    if not any(block.kind == "body" for block in document.body):
        document.body, document.captions = (
            sorted([*document.body, *document.captions], key=lambda block: block.first.start),
            [],
        )
    if any(block.kind in ("body", "caption") for block in document.body):
        while document.body[-1].kind == "heading":
            document.body.pop()
        yield document


def _article(page: Page, document: _Document, n: int) -> Article:
    bylines = list(_bylines(document))
    names = dict.fromkeys(name for _, byline in bylines for name in byline.names)
    first = document.titles[0].first if document.titles else None
    return Article(
        title=_title(document.titles),
        paragraphs=tuple(_paragraph(page.text, block) for block in document.body),
        section=document.section,
        title_spans=tuple(span for block in document.titles for span in block.spans),
        byline=tuple(names),
        byline_spans=tuple(Span(at, at + b.end - b.start) for at, b in bylines if b.names),
        captions=tuple(span for block in document.captions for span in block.spans),
        reasons={"order": _ORDER, **({"title": _PARTED if n else _STARTS} if first else {})},
    )


def _title(titles: Sequence[Block]) -> str:
    out = ""
    for block in titles:
        line = " ".join(MARKUP.sub("", block.text).split())
        tight = not out or out[-1] in "：:" or line.startswith(("—", "－")) or out.endswith(("—", "－"))
        out += line if tight else " " + line
    return out


def _paragraph(text: str, block: Block) -> Paragraph:
    spans = tuple(part for span in block.spans for part in without_markup(text, span))
    return Paragraph(spans, heading=block.kind == "heading")


def _bylines(document: _Document) -> Iterator[tuple[int, Byline]]:
    """Who wrote: on lines of their own, in a dateline, behind a last sentence; who took the pictures if nobody else."""
    found = [(block.first.start, block.byline) for block in document.bylines if block.byline]
    for block in document.body:
        if len(block.lines) == 1 and block.kind != "heading":
            found += [(block.first.start + b.start, b) for b in (in_dateline(block.text), at_the_end(block.text)) if b]
    if not any(byline.names for _, byline in found):
        found += [(block.first.start, block.byline) for block in document.captions if block.byline]
    yield from found
