"""What the maker works on: an article as the corpus has it, as a page will print it, and the lines of a page."""

from __future__ import annotations

from dataclasses import dataclass, field

KINDS = ("title", "subhead", "body", "caption", "byline", "sheet")
"""The kinds of a line; ``sheet`` is everything that belongs to no article (masthead, column head, navigation …)."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph or heading of an article: its kind (see ``KINDS``) and its text."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Article:
    """An article as the corpus has it. ``picture`` says that it is news of a picture: a caption with a headline."""

    key: str
    paper: str
    date: str
    titles: tuple[str, ...]
    paragraphs: tuple[Paragraph, ...]
    byline: tuple[str, ...] = ()
    picture: bool = False

    @property
    def size(self) -> int:
        """Characters of the running text."""
        return sum(len(p.text) for p in self.paragraphs if p.kind in ("body", "subhead"))


@dataclass(slots=True, eq=False)
class Words:
    """A line of words that no column cuts, its kind, and its part in the page where the kind says too little
    (``kicker``, ``headline``, ``deck``, ``section``, ``credit``, ``masthead``, ``navigation``, ``continued`` …)."""

    text: str
    kind: str
    role: str = ""


@dataclass(slots=True, eq=False)
class Story:
    """An article as the page will print it.

    ``head`` are the lines above the text, the headline and what stands with it; ``paragraphs`` the text itself;
    ``foot`` what follows the text; ``captions`` the words to each picture; ``section`` the column head that it
    stands under; ``kind`` is ``case`` or ``caption``; ``role`` is ``section_lead`` for the head over several articles.
    """

    key: str
    titles: list[str]
    head: list[Words]
    paragraphs: list[Paragraph]
    foot: list[Words] = field(default_factory=list)
    captions: list[list[Words]] = field(default_factory=list)
    byline: list[str] = field(default_factory=list)
    section: str | None = None
    kind: str = "case"
    role: str | None = None
    begins_elsewhere: bool = False
    ends_elsewhere: bool = False


@dataclass(slots=True, eq=False)
class Piece:
    """Words of one article (or of none) inside a physical line.

    ``rank`` is the place in the article's text: paragraph and offset; ``before`` what is printed between the piece
    on the left and this one, ``prefix`` an indent or mark in front of it: neither is part of the text.
    """

    text: str
    kind: str
    article: int | None = None
    rank: tuple[int, int] = (0, 0)
    role: str = ""
    before: str = ""
    prefix: str = ""
    suffix: str = ""


@dataclass(slots=True, eq=False)
class Block:
    """Lines that are copied out together (a headline, a column, a caption), and where they stand on the sheet.

    ``column`` is -1 for a headline, 0, 1 … for the columns of the text and ``LOOSE`` for what may stand anywhere.
    """

    article: int | None
    column: int
    lines: list[list[Piece]]
    kind: str
    x: float = 0.0
    y: float = 0.0


LOOSE = 90
HEAD = -1
FOOT = 80
