"""Headlines with all their lines and bylines, and which of them are only headings inside an article."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from core.reading.page.bylines import Byline, at_the_end, in_dateline
from core.reading.page.cohesion import pairs_of
from core.reading.page.lines import LIST_NUMBER, Item
from core.reading.page.seams import OPENERS, weigh_seam
from core.text.clauses import breaks_off
from core.text.marks import OPENING_BRACKETS

MOST_LINES = 5
EVEN_LIKENESS = 0.019
"""Half-way between the usual likeness across two articles (0.010) and across a heading inside one (0.033)."""
_WEIGHTS = {
    "byline": 4.0,  # 记者 王一 below it
    "closed": 3.0,  # （王一 李二） above it
    "dateline": 3.0,  # 本报讯（记者 王一） below it
    "first": 3.0,  # nothing above it
    "place": 1.5,  # 淳安县：食堂暖人心
    "opens": 0.7,  # 近年来, 走进 below it
    "cut": 1.0,  # 全村老少齐上 above it
    "number": -6.0,  # 一、修路, （二）修桥
}
_WORDS = {
    "byline": "下有署名",
    "closed": "上篇已署名收尾",
    "dateline": "下接电头",
    "first": "版面开头",
    "place": "以地名起头",
    "opens": "下段另起",
    "cut": "上段断在句中",
    "number": "带序号",
}
_STRONG = {"byline", "closed", "dateline", "first"}
# 【一线】, [要闻]
_SECTION = re.compile(r"[【〔\[][^【】〔〕\[\]]{2,10}[】〕\]]")
# 淳安县：, 青溪镇下姜村：
_PLACE = re.compile(r"^[\u3400-\u9fff]{2,12}[：:]")


@dataclass(slots=True)
class Headline:
    """Headline lines that stand together, with the byline below them; numbers are those of the page's items."""

    lines: list[int]
    bylines: list[int]
    title: bool = True
    """False for a heading inside an article."""
    reason: str = ""
    demoted: bool = False
    """True for a line that only looked like a heading: it goes on with a sentence that the line above breaks off."""

    @property
    def first(self) -> int:
        """Return the number of its first line."""
        return self.lines[0]

    @property
    def last(self) -> int:
        """Return the number of the last line that belongs to it, bylines included."""
        return max(self.lines[-1], *self.bylines, -1)


def headlines_of(items: Sequence[Item]) -> list[Headline]:
    """Return the headlines of a page, each with all its lines and the byline right below it."""
    headlines: list[Headline] = []
    for i, item in enumerate(items):
        if item.kind == "headline":
            if i and items[i - 1].kind == "headline" and not _starts_anew(items, headlines[-1].lines, i):
                headlines[-1].lines.append(i)
            else:
                headlines.append(Headline([i], []))
        elif item.kind == "byline" and headlines and headlines[-1].last == i - 1:
            headlines[-1].bylines += [i] if item.text[0] not in OPENING_BRACKETS else []
    return headlines


def _starts_anew(items: Sequence[Item], lines: Sequence[int], i: int) -> bool:
    """A numbered heading under a headline is not part of it, nor is a headline part of the section's name above it."""
    above, text = items[lines[-1]].text, items[i].text
    section = _SECTION.fullmatch(above) or _SECTION.fullmatch(text)
    return bool(LIST_NUMBER.match(text)) or len(lines) >= MOST_LINES or bool(section)


def judge_headlines(items: Sequence[Item], headlines: Sequence[Headline], likeness: Sequence[float]) -> None:
    """Decide which headlines begin an article and which are headings inside one.

    ``likeness`` tells for each headline how much the text before it and the text after it talk of the same thing.
    """
    signs = [_signs(items, headline) for headline in headlines]
    manners = _Manners(items, headlines, signs)
    scores: list[float] = []
    for headline, sign, alike in zip(headlines, signs, likeness, strict=True):
        first = items[headline.first]
        score = 1.0 + sum(_WEIGHTS[name] for name in sign)
        score += 0.0 if _STRONG & set(sign) else manners.points(first) + _other_topic(alike)
        scores.append(score)
        set_off = bool(first.line.marks) or len(first.text.split()) > 1
        headline.title = score > 0 or bool(_SECTION.fullmatch(first.text))
        headline.demoted = not headline.title and "cut" in sign and not set_off and _goes_on(items, headline)
        headline.reason = "、".join(_WORDS[name] for name in sign) or ("行文相异" if headline.title else "与上下文同题")
    _begin_signed_articles(items, headlines, signs, scores)


def _begin_signed_articles(
    items: Sequence[Item], headlines: Sequence[Headline], signs: Sequence[Sequence[str]], scores: Sequence[float]
) -> None:
    """An article signed below its headline is not signed again at its end by others: one more begins in between.

    The likeliest of the headings that stand between the two bylines becomes its headline.
    """
    signed: set[str] = set()
    between: list[int] = []
    at = start = 0
    for i, item in enumerate(items):
        if at < len(headlines) and headlines[at].first == i:
            if headlines[at].title:
                signed = {n for k in headlines[at].bylines for n in _names(items[k].byline)}
                between, start = [], headlines[at].last + 1
            elif not {"number", "cut"} & set(signs[at]):
                between.append(at)
            at += 1
        closing = at_the_end(item.text) if item.kind == "text" else None
        if closing and signed and closing.names and signed.isdisjoint(closing.names):
            if between:
                begun = max(between, key=lambda k: scores[k] + _begins(items, headlines[k], start, i))
                headlines[begun].title, headlines[begun].reason = True, "下文另有署名"
            signed, between = set(), []


def _begins(items: Sequence[Item], headline: Headline, low: int, high: int) -> float:
    """How much likelier a heading stands over the text from it to ``high`` than over that from ``low`` to it."""
    wanted = pairs_of("".join(items[i].text for i in headline.lines))
    above = pairs_of("".join(items[i].text for i in range(low, headline.first)))
    below = pairs_of("".join(items[i].text for i in range(headline.last + 1, high + 1)))
    own = len(wanted & below) - len(wanted & above)
    return 4.0 * own / max(1, len(wanted)) + 1.0 * (len(headline.lines) > 1)


def _goes_on(items: Sequence[Item], headline: Headline) -> bool:
    """Whether a line goes on with the text that breaks off above it."""
    above = _neighbour(items, headline.first, -1)
    if above is None or headline.first == 0 or items[headline.first - 1] is above:
        return True
    return weigh_seam(above.text, items[headline.first].text).strength > 0


def _names(byline: Byline | None) -> tuple[str, ...]:
    return byline.names if byline else ()


class _Manners:
    """The manner in which a page sets its headlines: points against a line without any sign of its own."""

    def __init__(self, items: Sequence[Item], headlines: Sequence[Headline], signs: Sequence[Sequence[str]]) -> None:
        told = Counter(name for sign in signs for name in sign)
        self._against = 0.0
        self._against += 2.5 if told["byline"] and len(headlines) > 1 else 0.0
        self._against += 2.0 if told["closed"] >= 2 and not told["byline"] else 0.0
        self._against += 1.0 if told["dateline"] >= 2 else 0.0
        firsts = [items[headline.first] for headline in headlines]
        self._sizes = Counter(len(f.text) for f, sign in zip(firsts, signs, strict=True) if not sign)
        self._marks = {f.line.marks for f, sign in zip(firsts, signs, strict=True) if sign and f.line.marks}
        self._beginnings = Counter(f.text[:2] for f in firsts)

    def points(self, first: Item) -> float:
        """For (above 0) or against a new article under a line, by the manners of the page."""
        size = len(first.text)
        alike = sum(self._sizes[n] for n in (size - 1, size, size + 1)) >= 3
        same = self._beginnings[first.text[:2]] >= 2
        return (2.0 if first.line.marks in self._marks else 0.0) - self._against - 1.0 * alike - 1.0 * same


def _other_topic(likeness: float) -> float:
    """Return the points for a new article by the likeness of the text above and below: 0 where it tells nothing."""
    return max(-3.0, min(2.0, (EVEN_LIKENESS - likeness) * 160)) if likeness >= 0 else 0.0


def _signs(items: Sequence[Item], headline: Headline) -> list[str]:
    """Return the signs around a headline, by the names of the table of weights."""
    text = items[headline.first].text
    found = ["byline"] if headline.bylines else []
    found += [_sign_above(_neighbour(items, headline.first, -1)), _sign_below(_neighbour(items, headline.last, 1))]
    found += ["number"] if LIST_NUMBER.match(text) else []
    found += ["place"] if (len(headline.lines) > 1 and text[-1] in "：:") or _PLACE.match(text) else []
    return [name for name in found if name]


def _neighbour(items: Sequence[Item], i: int, way: int) -> Item | None:
    """The next line above (-1) or below (1) that is neither a caption nor part of the sheet."""
    i += way
    while 0 <= i < len(items) and items[i].kind in ("caption", "sheet"):
        i += way
    return items[i] if 0 <= i < len(items) else None


def _sign_above(above: Item | None) -> str:
    if above is None:
        return "first"
    if above.kind == "byline" or at_the_end(above.text):
        return "closed"
    return "cut" if above.kind == "text" and breaks_off(above.text) else ""


def _sign_below(below: Item | None) -> str:
    if below is None:
        return ""
    if in_dateline(below.text):
        return "dateline"
    return "opens" if OPENERS.match(below.text) else ""
