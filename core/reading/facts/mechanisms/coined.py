"""Names of mechanisms without quotation marks: behind a verb of founding, opened, coded, or joined by + or a dot."""

from __future__ import annotations

import re
from collections.abc import Iterator

from core.reading.facts.mechanisms.cues import BOUNDARY, NUMBER, Phrase, cues
from core.text.words import word_model

COINED = 1.5
"""Points of a name that stands behind a verb of founding, before its own words are counted."""

# 支部+合作社+农户
_PLUS = re.compile(r"[\u4e00-\u9fffA-Za-z\dN]{1,8}(?:[+＋][\u4e00-\u9fffA-Za-z\d]{1,8})+")
# 实行一户一档，
_EACH = re.compile(
    r"(?:实行|实施|推行|落实|执行|建立|坚持|做到|推进)(一([\u4e00-\u9fff])一(?!\2)[\u4e00-\u9fff])" + BOUNDARY
)
# ，三级联动机制，, ，多方议事制度，
_LEVELS = re.compile(
    r"(?<![第\u4e00-\u9fff])((?:[二两三四五六七八]级|[三四五六七八九多]方)(?!以上)[\u4e00-\u9fff]{2,8}?"
    r"(机制|体系|模式|制度))" + BOUNDARY
)
# 邻里中心揭牌, 服务站启用
_OPENING = re.compile(r"(?:揭牌|挂牌|启用|落成|投用|开讲)")
# 青春·驿站
_DOTTED = re.compile(r"(?<![“\"‘])[\u4e00-\u9fff]{2,6}·[\u4e00-\u9fff]{2,8}(?![”\"’])")
_ALONE, _HAN = re.compile(BOUNDARY), re.compile("[\u4e00-\u9fff]")
# 3万元, 两个, 一批, 该, 等
_AMOUNT = re.compile(
    rf"[\d.]+[万亿]?元|(?:{NUMBER}+|[多几数])余?[大个家条支份项种名处批套场所座间]"
    "|各[种类项]|成(?=\\d)|为(?!民)|要|等|其|集|该|更|后|下|上|会上|中|不|我|他|在|以|把|将|让"
)


def coined_names(paragraph: int, text: str) -> Iterator[Phrase]:
    """Yield all names of a paragraph that stand without quotation marks, with their points."""
    for find in (_founded, _one_of_a_kind, _joined, _levels, _opened, _campaigns, _dotted):
        yield from find(paragraph, text)


def _founded(paragraph: int, text: str) -> Iterator[Phrase]:
    """Names behind a verb of founding that have words of their own: 成立某某议事会."""
    words = cues()
    for found in words.coined.finditer(text):
        name = _without_verbs(found[1])
        stem = name[: -len(found[2])] if len(found[2]) > 1 else name[:-1]
        own = words.generic.sub("", stem)
        least = 3 if found[2] in words.plain_heads else 2
        if len(own) >= least and not _AMOUNT.match(name) and not _runs_through(name):
            points = COINED + min(0.8, 0.1 * len(own))
            start = found.end(1) - len(name)
            yield Phrase(paragraph, start, found.end(1), name, points, found[2], words.kinds.get(found[2]))


def _one_of_a_kind(paragraph: int, text: str) -> Iterator[Phrase]:
    """One each: 一人一档, 一路一策."""
    for found in _EACH.finditer(text):
        yield Phrase(paragraph, found.start(1), found.end(1), found[1], 2.2, "", "work model")


def _joined(paragraph: int, text: str) -> Iterator[Phrase]:
    """Parts joined by + right before a noun such as 模式."""
    if "+" not in text and "＋" not in text:
        return
    for found in _PLUS.finditer(text):
        behind = cues().head_behind.match(text, found.end())
        quoted = text[found.start() - 1 : found.start()] in ("“", '"', "‘", "「")
        if behind and not quoted and not behind[2]:
            yield Phrase(paragraph, found.start(), found.end(), found[0], 2.4, behind[3] or "", "work model")


def _levels(paragraph: int, text: str) -> Iterator[Phrase]:
    """So many levels or sides: 三级联动机制, 多方议事制度."""
    if "级" not in text and "方" not in text:
        return
    for found in _LEVELS.finditer(text):
        kind = cues().kinds.get(found[2])
        yield Phrase(paragraph, found.start(1), found.end(1), found[1], 1.7, "", kind)


def _opened(paragraph: int, text: str) -> Iterator[Phrase]:
    """Bodies that are opened: 某某服务站揭牌."""
    words = cues()
    for opening in _OPENING.finditer(text):
        first = max(0, opening.start() - 18)
        found = words.opened.search(text[first : opening.start()])
        if found and not _AMOUNT.match(found[1]):
            start = first + found.start(1)
            yield Phrase(paragraph, start, opening.start(), found[1], 1.8, "", words.kinds.get(found[2]))


def _campaigns(paragraph: int, text: str) -> Iterator[Phrase]:
    """Campaigns and the like behind a verb: 实施某某提升工程."""
    words = cues()
    for head in words.campaign.finditer(text):
        found = words.campaigning.match(text[max(0, head.start() - 16) : head.start()])
        if found and not _AMOUNT.match(found[1]):
            start = head.start() - len(found[1])
            yield Phrase(paragraph, start, head.end(), text[start : head.end()], 1.7, "", words.kinds.get(head[0]))


def _dotted(paragraph: int, text: str) -> Iterator[Phrase]:
    """Names of two halves joined by a dot outside quotation marks (青春·驿站); people's names lack the heads."""
    if "·" not in text:
        return
    words = cues()
    for found in _DOTTED.finditer(text):
        head = words.head_at_end.search(found[0])
        behind = words.head_behind.match(text, found.end())
        named = words.cue.search(text, max(0, found.start() - 6), found.start())
        stands = _ALONE.match(text, found.end()) and not (found.start() and _HAN.match(text, found.start() - 1))
        if (head and (named or stands)) or (named and behind and not behind[2]):
            kind = words.kinds[head[0]] if head else "brand"
            yield Phrase(paragraph, found.start(), found.end(), found[0], 1.8, "", kind)


def _runs_through(name: str) -> bool:
    """Whether a sentence runs through what looks like a name: 专员来监督该机制, 功能集合到中心."""
    return any(tag in "pr" or word in ("到", "来") for word, tag in word_model().cut(name)[1:])


def _without_verbs(name: str) -> str:
    """A name without further verbs at its beginning (建立健全…, 探索建立…)."""
    for verb in cues().cue_words:
        if name.startswith(verb) and len(name) > len(verb) + 2:
            return _without_verbs(name[len(verb) :])
    return name.lstrip("了起出的")
