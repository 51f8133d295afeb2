"""What becomes of characters and lines on the way: widths, look-alikes, misreadings, spaces, heading marks."""

from __future__ import annotations

import random
import re

from bench.pages.habits import Style
from bench.pages.records import Block, Piece

_HALF = str.maketrans("，；：？！（）", ",;:?!()")
_STRAIGHT = str.maketrans("“”‘’", "\"\"''")
_FULL_DIGITS = str.maketrans("0123456789", "０１２３４５６７８９")
_RADICALS = str.maketrans(
    "人工力大小水生行入八儿子山川土日月木火田目石立老衣足走身里金长门马鱼鸟黑",
    "⼈⼯⼒⼤⼩⽔⽣⾏⼊⼋⼉⼦⼭⼮⼟⽇⽉⽊⽕⽥⽬⽯⽴⽼⾐⾜⾛⾝⾥⾦⾧⾨⾺⿂⿃⿊",
)
_MISREAD = dict(
    zip(
        "未末己已土士日曰人入千干田由天夫午牛乌鸟治冶徽微侯候拔拨晴睛折拆住往",
        "末未已己士土曰日入人干千由田夫天牛午鸟乌冶治微徽候侯拨拔睛晴拆折往住",
        strict=True,
    )
)


def worn(text: str, style: Style, rnd: random.Random, digits: bool) -> str:
    """A piece's characters as they arrive: one for one, spaces put in aside."""
    if style.half:
        text = text.translate(_HALF)
    if style.straight:
        text = text.translate(_STRAIGHT)
    if digits:
        text = text.translate(_FULL_DIGITS)
    if style.radicals:
        text = "".join(c.translate(_RADICALS) if rnd.random() < 0.3 else c for c in text)
    if style.misread:
        text = "".join(_MISREAD[c] if c in _MISREAD and rnd.random() < 0.03 else c for c in text)
    if style.spaces and len(text) > 4:
        spots = [rnd.randint(1, len(text) - 1) for _ in range(len(text) // 45 + (rnd.random() < 0.3))]
        for at in sorted(spots, reverse=True):
            text = text[:at] + " " + text[at:]
    return text


def mark(blocks: list[Block], style: Style, rnd: random.Random) -> None:
    """Markdown marks in front of (or around) lines: on titles, on everything large, or also wrong ones on the text."""
    if style.marks == "none":
        return
    bold = rnd.random() < 0.25
    level = rnd.randint(1, 3)
    missed = rnd.choice((0.0, 0.0, 0.15, 0.4))
    for block in blocks:
        for line in block.lines:
            large = line[0].kind == "title" or (
                style.marks in ("large", "wrong") and (line[0].kind == "subhead" or line[0].role == "section")
            )
            wrong = style.marks == "wrong" and line[0].kind in ("body", "caption", "byline") and rnd.random() < 0.04
            if (large and rnd.random() >= missed) or wrong:
                _mark(line, bold, level + (line[0].kind == "subhead") + rnd.choice((0, 0, 0, 1)))


def _mark(line: list[Piece], bold: bool, level: int) -> None:
    if bold:
        line[0].prefix, line[-1].suffix = line[0].prefix + "**", "**"
    else:
        line[0].prefix = re.sub(r"[ \u3000]+$", "", line[0].prefix) + "#" * level + " "
