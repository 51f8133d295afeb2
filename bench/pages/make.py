"""One page from an issue: composed, set, copied out, written down with its labels."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from bench.pages import frames, sheet
from bench.pages.compose import stories_of
from bench.pages.extract import copied
from bench.pages.gold import Labels, Printer, labels
from bench.pages.habits import Level, Style, draw
from bench.pages.pictures import Pool
from bench.pages.records import Article, Block, Piece, Story, Words
from bench.pages.typeset import Setter, place
from bench.pages.wear import mark


def make_page(articles: Sequence[Article], level_name: str, seed: str, pool: Pool) -> tuple[str, Labels, list[Story]]:
    """The text of a page, its labels, and the stories as they were composed. The same arguments give the same page."""
    rnd = random.Random(seed)
    level, style = draw(rnd, level_name)
    stories, date = stories_of(articles, level, style, pool, rnd)
    damage: Counter[str] = Counter()
    setter = Setter(level, style, rnd, damage, {})
    blocks = [setter.blocks_of(i, story) for i, story in enumerate(stories)]
    place(blocks, style.columns, rnd)
    flat = copied(blocks, level, style, rnd, damage)
    _furnish(flat, stories, date, level, style, pool, rnd)
    mark(flat, style, rnd)
    printer = Printer(style, rnd)
    text = printer.text_of(flat)
    return text, labels(printer, stories, setter.lost, damage), stories


def _furnish(
    flat: list[Block],
    stories: Sequence[Story],
    date: str,
    level: Level,
    style: Style,
    pool: Pool,
    rnd: random.Random,
) -> None:
    """What belongs to the sheet and no story, at the page's head, foot and between columns."""
    if style.level == "document":
        _number_pages(flat, rnd)
        flat.insert(0, _block(frames.brief_head(rnd, date, [" ".join(s.titles) for s in stories])))
        flat.append(_block(frames.brief_foot(rnd, date)))
    elif style.level == "web":
        above, below = frames.web_head(rnd, date, stories[0].byline, stories[0].titles[0])
        head = next(i for i, b in enumerate(flat) if b.kind == "title")
        for words in below:
            flat[head].lines.append(
                [Piece(words.text, words.kind, 0 if words.kind == "byline" else None, role=words.role)]
            )
        _picture_links(flat, rnd)
        flat.insert(0, _block(above))
        flat.append(_block(frames.web_foot(rnd, date, pool.titles)))
    elif rnd.random() < level.furniture:
        lines = sheet.furniture(rnd, date)
        at = rnd.choice((0, len(lines), rnd.randint(0, len(lines))))
        flat.insert(0, _block(lines[:at]))
        flat.append(_block(lines[at:]))
        if pool.titles and rnd.random() < level.guide:
            flat.insert(rnd.randint(0, len(flat)), _block(sheet.guide(rnd, pool.titles)))
        if rnd.random() < 0.15:
            flat.insert(rnd.randint(0, len(flat)), _block([sheet.notice(rnd, date)]))
    if rnd.random() < level.page_numbers:
        number = rnd.randint(1, 24)
        for at in sorted(rnd.sample(range(len(flat) + 1), min(3, len(flat))), reverse=True):
            flat.insert(at, _block([Words(str(number), "sheet", "page number")]))
            number += 1


def _number_pages(flat: list[Block], rnd: random.Random) -> None:
    """Page numbers (and a running head) where a document's text goes on over the page border."""
    form = rnd.choice(("— {} —", "- {} -", "{}", "第{}页", "－{}－"))
    head = rnd.choice(("", "", frames.running_head(rnd)))
    number = rnd.randint(1, 3)
    borders = [i for i, (a, b) in enumerate(pairwise(flat), 1) if a.kind == b.kind == "body" and a.article == b.article]
    for count, at in reversed(list(enumerate(borders))):
        lines = [Words(form.format(number + count), "sheet", "page number")]
        flat.insert(at, _block([*lines, *([Words(head, "sheet", "masthead")] if head else [])]))


def _picture_links(flat: list[Block], rnd: random.Random) -> None:
    """Links to pictures between paragraphs, as a page saved in Markdown has them."""
    if rnd.random() > 0.2:
        return
    for block in [b for b in flat if b.kind == "body"]:
        for at in sorted(rnd.sample(range(len(block.lines) + 1), min(2, len(block.lines))), reverse=True):
            words = rnd.choice(("![图片](images/{}.jpg)", "![](https://example.com/{}.png)", "[图片]")).format(
                rnd.randint(1, 99)
            )
            block.lines.insert(at, [Piece(words, "sheet", role="picture")])


def _block(words: Sequence[Words]) -> Block:
    return Block(None, 0, [[Piece(w.text, w.kind, role=w.role)] for w in words], "sheet")
