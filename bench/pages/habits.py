"""How often a page has each habit: of its paper, of its columns, of whoever copied its text out."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

Shares = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Level:
    """Shares of pages, articles or columns that have something; tables are weights of one choice a page."""

    # the paper
    county_heads: float = 0.0
    """Pages whose headlines take forms of county papers (地名：…, 四字 四字, two and three lines)."""
    ours: float = 0.0
    """Articles whose county or city is called 我县, 我市, 本县."""
    made_subheads: float = 0.0
    """Long articles without headings that are given some."""
    section: float = 0.0
    """Pages with a column head over some articles."""
    section_lead: float = 0.0
    """Of these, with a lead under the head."""
    alike: float = 0.0
    """Pages whose articles are all on one subject."""
    label: float = 0.0
    """Articles with the name of a column above their headline, each its own."""
    round_up: float = 0.0
    """Pages with news in brief."""
    run_in: float = 0.0
    """Long articles whose paragraphs begin with a heading of their own, in the same line."""
    picture: float = 0.0
    """Pages with news of a picture: words to it, under a headline or none."""
    guide: float = 0.0
    """Pages with a guide to the headlines inside the paper."""
    room: tuple[int, int] = (12000, 12000)
    """Characters of running text that a page holds."""
    continued: float = 0.0
    """Articles of which the page holds only the beginning or the end."""
    byline: Shares = field(default_factory=lambda: {"none": 1.0})
    signed: float = 0.9
    """Articles without names of their own that are given some, where the page has a form for them."""
    caption: float = 0.0
    """Captions a column of text, set anywhere into its article."""
    plain_caption: float = 0.5
    """Captions that nothing but their sentence tells from the text."""
    furniture: float = 0.0
    # the columns
    columns: tuple[int, int] = (9999, 9999)
    """Printed lines of a column; more than 999 for one column an article."""
    snap: float = 0.15
    """Columns that end with the paragraph, where one ends within two lines of the border."""
    free_cut: float = 0.0
    """Columns that end in the middle of a printed line."""
    lost: float = 0.0
    """Open cuts at which some characters are lost."""
    printed: float = 0.0
    """Pages that keep the printed line breaks."""
    merge: float = 0.0
    """Paragraph breaks that are lost."""
    # the copying
    order: Shares = field(default_factory=lambda: {"frames": 1.0})
    """Article by article, some columns elsewhere, block by block of two or three articles, or column by column."""
    strays: tuple[int, int] = (1, 2)
    title_late: float = 0.0
    title_last: float = 0.3
    backwards: float = 0.0
    tail_away: float = 0.0
    """Articles whose end stands behind the foot, another headline or at the end of the page."""
    alternating: float = 0.0
    side_by_side: float = 0.0
    """Pages with a stretch of two columns in one physical line."""
    blank: Shares = field(default_factory=lambda: {"all": 1.0})
    indent: Shares = field(default_factory=lambda: {"lost": 1.0})
    marks: Shares = field(default_factory=lambda: {"none": 1.0})
    """Markdown marks: none, on titles, on everything large, or also wrong ones on the text."""
    split_title: float = 0.0
    title_spaces: float = 0.5
    page_numbers: float = 0.0
    page_breaks: float = 0.0
    """Documents of several pages, with the number of each between."""
    # the characters
    half_width: float = 0.0
    straight_quotes: float = 0.0
    full_digits: float = 0.0
    radicals: float = 0.0
    misread: float = 0.0
    inner_spaces: float = 0.0


BYLINES: Shares = {
    "none": 0.1, "under": 0.34, "role": 0.12, "square": 0.06, "closing": 0.1, "dateline": 0.1, "foot": 0.06,
    "media": 0.06, "between": 0.06,
}  # fmt: skip
"""Where and how the writers are named: see ``bylines``."""
MARKS: Shares = {"none": 0.82, "titles": 0.08, "large": 0.07, "wrong": 0.03}
INDENT: Shares = {"kept": 0.3, "lost": 0.55, "some": 0.15}

_PAGE_LINES = (24, 44)
"""Printed lines of a document's page."""
_PAPER = Level(
    county_heads=0.3, ours=0.15, made_subheads=0.25, run_in=0.08, picture=0.12, guide=0.05,
    section=0.2, section_lead=0.3, round_up=0.12, continued=0.05,
    byline=BYLINES, caption=0.06, furniture=0.55, blank={"all": 1.0}, indent=INDENT, marks=MARKS,
    order={"frames": 1.0},
)  # fmt: skip

CLEAN = replace(
    _PAPER, county_heads=0.25, ours=0.1, furniture=0.2, caption=0.05, section=0.15, round_up=0.1,
    continued=0.0, blank={"all": 0.4, "block": 0.35, "none": 0.25}, indent={"kept": 0.6, "lost": 0.4},
)  # fmt: skip
MILD = replace(
    _PAPER, alike=0.2, label=0.1,
    columns=(10, 30), free_cut=0.2, order={"frames": 0.8, "stray": 0.17, "zip": 0.03}, strays=(1, 1),
    title_late=0.03, backwards=0.02, tail_away=0.03, printed=0.1, merge=0.01, split_title=0.1,
    blank={"all": 0.4, "block": 0.35, "none": 0.15, "some": 0.1}, half_width=0.12, straight_quotes=0.1,
    radicals=0.03, inner_spaces=0.08, full_digits=0.04,
)  # fmt: skip
SEED = replace(
    MILD, label=0.15, columns=(6, 20), free_cut=0.25, lost=0.04,
    order={"frames": 0.5, "stray": 0.38, "zip": 0.07, "columns": 0.05},
    strays=(1, 2), title_late=0.1, backwards=0.06, tail_away=0.08, alternating=0.06, side_by_side=0.06, printed=0.12,
    merge=0.02, caption=0.1, blank={"all": 0.62, "block": 0.23, "none": 0.05, "some": 0.1}, half_width=0.2,
    straight_quotes=0.2, radicals=0.06, misread=0.08, inner_spaces=0.15,
)  # fmt: skip
HARSH = replace(
    SEED, label=0.3, columns=(8, 26), free_cut=0.3, lost=0.12,
    order={"stray": 0.2, "zip": 0.35, "columns": 0.45}, strays=(3, 7),
    title_late=0.2, title_last=0.4, backwards=0.15, tail_away=0.15, alternating=0.22, side_by_side=0.25, printed=0.35,
    merge=0.08, caption=0.2, split_title=0.3, blank={"all": 0.35, "block": 0.25, "none": 0.25, "some": 0.15},
    half_width=0.3, straight_quotes=0.3, radicals=0.15, misread=0.2, inner_spaces=0.25, page_numbers=0.15,
)  # fmt: skip
SMALL = replace(
    SEED, room=(400, 4200), columns=(3, 14), furniture=0.3, picture=0.08, guide=0.0, section=0.1, round_up=0.03,
    continued=0.02,
)  # fmt: skip
"""A cutting, or a page of one to three short articles."""
COUNTY = replace(
    SEED, county_heads=0.9, ours=0.6, made_subheads=0.5, run_in=0.2, picture=0.2,
    order={"frames": 0.3, "stray": 0.4, "zip": 0.2, "columns": 0.1}, strays=(1, 4), alternating=0.15, tail_away=0.12,
    side_by_side=0.08, page_numbers=0.05, section=0.4, round_up=0.25, plain_caption=0.75,
    marks={"none": 0.55, "titles": 0.2, "large": 0.17, "wrong": 0.08}, furniture=0.7, continued=0.08,
)  # fmt: skip
DOCUMENT = replace(
    CLEAN, made_subheads=0.7, run_in=0.35, page_breaks=0.35, printed=0.25, picture=0.0, guide=0.0, furniture=0.0,
    round_up=0.0, caption=0.0, section=0.0,
    blank={"all": 0.35, "block": 0.2, "none": 0.45}, marks={"none": 0.75, "titles": 0.05, "large": 0.2},
)  # fmt: skip
WEB = replace(
    DOCUMENT,
    made_subheads=0.3,
    page_breaks=0.0,
    printed=0.0,
    caption=0.08,
    marks={"none": 0.7, "titles": 0.15, "large": 0.15},
)


def _as_printed(level: Level) -> Level:
    """A level whose articles have the headlines and headings that the corpus prints, and no others."""
    return replace(
        level, county_heads=0.0, ours=0.0, made_subheads=0.0, run_in=0.0, picture=0.05, guide=0.0, section=0.03,
        round_up=0.0, continued=0.0, marks={"none": 0.97, "titles": 0.03},
    )  # fmt: skip


PLAIN = replace(
    _as_printed(CLEAN), furniture=0.0, caption=0.0, byline={"none": 0.8, "under": 0.1, "closing": 0.1}, signed=0.3,
    blank={"all": 0.45, "block": 0.45, "none": 0.1}, indent={"kept": 0.8, "lost": 0.2},
)  # fmt: skip
"""Articles as they are, one below the other: what is typed, or copied from a whole issue."""
TORN = _as_printed(SEED)
"""The same in columns, with the damage of real pages."""
ROUGH = _as_printed(HARSH)
"""The same with the damage of harsh pages."""

LEVELS: Mapping[str, Level] = {
    "clean": CLEAN, "mild": MILD, "seed": SEED, "harsh": HARSH, "county": COUNTY, "small": SMALL, "document": DOCUMENT,
    "web": WEB, "plain": PLAIN, "torn": TORN, "rough": ROUGH,
}  # fmt: skip
MIXED: Shares = {
    "clean": 0.1, "mild": 0.2, "seed": 0.24, "harsh": 0.14, "county": 0.2, "document": 0.06, "web": 0.06,
}  # fmt: skip
"""What ``mixed`` draws from, page by page."""


@dataclass(frozen=True, slots=True)
class Style:
    """What a page does throughout, drawn once."""

    level: str
    width: int
    columns: int
    order: str
    blank: str
    indent: str
    marks: str
    byline: str
    printed: bool
    county: bool
    half: bool
    straight: bool
    digits: bool
    radicals: bool
    misread: bool
    spaces: bool


def pick(rnd: random.Random, table: Shares) -> str:
    """One key of a table of weights."""
    return rnd.choices(list(table), list(table.values()))[0]


def draw(rnd: random.Random, name: str) -> tuple[Level, Style]:
    """A level by its name, and a page's own habits."""
    level = LEVELS[name]
    if rnd.random() < level.page_breaks:
        level = replace(level, columns=_PAGE_LINES)

    def has(share: float) -> bool:
        return rnd.random() < share

    style = Style(
        level=name,
        width=rnd.choice((10, 12, 13, 14, 15, 16, 17, 18, 18, 20, 22, 24)),
        columns=rnd.choice((4, 5, 5, 6)),
        order=pick(rnd, level.order),
        blank=pick(rnd, level.blank),
        indent=pick(rnd, level.indent),
        marks=pick(rnd, level.marks),
        byline=pick(rnd, level.byline),
        printed=has(level.printed),
        county=has(level.county_heads),
        half=has(level.half_width),
        straight=has(level.straight_quotes),
        digits=has(level.full_digits),
        radicals=has(level.radicals),
        misread=has(level.misread),
        spaces=has(level.inner_spaces),
    )
    return level, style
