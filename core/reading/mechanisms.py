"""The named ways of working of an article: quoted or coined names of systems, platforms and work models.

Not every quoted phrase is one: slogans, quoted speech, honours and words used with irony are left out. What speaks
for and against a name stands in ``resources/mechanisms.toml``.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import exp
from pathlib import Path

from core.overlay import Repaired
from core.reading.mechanism_parts import find_parts
from core.records import Mechanism, MechanismKind, Span

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

TABLE = Path(__file__).resolve().parents[2] / "resources" / "mechanisms.toml"
THRESHOLD = 1.6
"""Points from which a phrase counts as a mechanism."""
LONG = 16
QUOTED = 0.5
"""Points of a short phrase for being quoted at all."""
MOST = 60
"""Names kept for one article, the best; real ones have under thirty."""
COUNTED, MOST_COUNTED = 20_000, 1_000
"""Code points in which names are counted, and names counted: more than any real article has."""
LIST_LOSS = 0.3
"""Points less for a phrase that stands in one list with a better one."""
LONGEST_TAIL = 6
LONGEST = 30
COINED = 1.5
"""Points of a name without quotation marks that stands behind a verb of founding."""

_NUM = r"[一二三四五六七八九十两双百千万\d]"
_CODE = re.compile(
    rf"(?:{_NUM}+[\u4e00-\u9fff]{{1,2}}[、，,·]?){{2,}}[\u4e00-\u9fffA-Z]{{0,3}}|\d{{3,5}}|.*\d[+＋].*"
    rf"|{_NUM}+[核心][\u4e00-\u9fff]{{2,6}}"
)
_COUNTED = re.compile(rf"{_NUM}+(?:大|种|个|项|条|类|方面|难|年|月|日)[\u4e00-\u9fff]{{0,6}}")
_SHORT_CODE = re.compile(rf"{_NUM}[\u4e00-\u9fff]{{1,3}}")
_CURLY = re.compile(r"“([^“”]{1,60})”|「([^「」]{1,60})」")
_INNER = re.compile(r"‘([^‘’]{2,20})’|(?<!\w)'([^']{2,20})'")
_ENDED = re.compile(r"[。！？!?…;；]|\.\d")
_SPEECH_BEFORE = re.compile(r"(?:说|道|表示|介绍|告诉[^，。]{0,6}|指出|感慨|坦言|提到|强调)[，,：:]?$|[：:]$")
_HONOUR = re.compile(
    r"^(?:最美|优秀|先进|十佳|十大|模范|全国|全省|省级|国家级|百强|第[\u4e00-\u9fff\d]{1,2}批)"
    r"|(?:先进集体|先进个人|标兵|模范|称号|奖|共青团员|之星)$"
)
_SENTENCE_LIKE = re.compile(r"^(?:打造|构建|推动|让|把|为|以[^+＋]{8,}|做好|建设|争做|争当|共建|深入)[^社室站]{4,}")
_SPOKEN = re.compile(r"(?:说|指出|表示|认为|感叹|坦言|感慨|写道|强调|提出)[，,：:]$")
_SPEECH_AFTER = re.compile(r"[，,]?[^，。“”]{0,25}?(?:说|表示|介绍|告诉记者|感慨|坦言|赞不绝口|笑道|回忆)")
_CLAUSE = re.compile(r"[。；！？，,;：:“”\"、]")
_LINK = re.compile(r"[、和与及或暨]?")
_BOUNDARY = r"(?=[+＋，。、；：！？,;:（(“”\"\s]|等|的|和|与|及|暨|后|来|中|进|为|作|在|是|运|正|上|\d|$)"
_PLUS = re.compile(r"[\u4e00-\u9fffA-Za-z\dN]{1,8}(?:[+＋][\u4e00-\u9fffA-Za-z\d]{1,8})+")
_EACH = re.compile(
    r"(?:实行|实施|推行|落实|执行|建立|坚持|做到|推进)(一([\u4e00-\u9fff])一(?!\2)[\u4e00-\u9fff])" + _BOUNDARY
)
_PLAIN = re.compile(r"[\u4e00-\u9fffA-Za-z\d]+")
_COUNTED_BEHIND = re.compile(r"\d+余?[个名家处支条场张份间座项]")
_STEPS = re.compile(r"(?:[\u4e00-\u9fff]{4}[、，,]){1,4}[\u4e00-\u9fff]{4}")
_LEVELS = re.compile(
    r"(?<![第\u4e00-\u9fff])((?:[二两三四五六七八]级|[三四五六七八九多]方)(?!以上)[\u4e00-\u9fff]{2,8}?"
    r"(机制|体系|模式|制度))"
    + _BOUNDARY
)
_OPENING = re.compile(r"(?:正式|今日|近日)?(?:揭牌|挂牌|启用|落成|投用|开讲)")
_DOTTED = re.compile(r"(?<![“\"‘])[\u4e00-\u9fff]{2,6}·[\u4e00-\u9fff]{2,8}(?![”\"’])")
_AMOUNT = re.compile(
    rf"(?:{_NUM}+|[多几数])余?[大个家条支份项种名处批套场所座间]"
    "|要|等|其|集|该|更|后|下|上|会上|中|不|我|他|在|以|把|将|让"
)


@dataclass(frozen=True, slots=True)
class _Cues:
    """The tables of words as patterns."""

    kinds: dict[str, MechanismKind]
    head_behind: re.Pattern[str]
    head_at_end: re.Pattern[str]
    cue: re.Pattern[str]
    cue_words: tuple[str, ...]
    slogan: re.Pattern[str]
    honour: re.Pattern[str]
    support: re.Pattern[str]
    speech: re.Pattern[str]
    figurative: frozenset[str]
    generic: re.Pattern[str]
    coined: re.Pattern[str]
    opened: re.Pattern[str]
    campaign: re.Pattern[str]
    campaigning: re.Pattern[str]
    plain_heads: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A phrase at its place in a paragraph (−1: the title), with its points and the head noun behind or in it."""

    paragraph: int
    start: int
    end: int
    name: str
    points: float
    head: str
    kind: MechanismKind | None
    tail: str = ""
    """What stands between a phrase and its head noun, with the noun: 工作 + 体系."""
    barred: bool = False
    """It is quoted speech, a figure of speech or the like: its neighbours lend it nothing."""
    slogan: bool = False
    """What follows calls it an aim, an honour or the like, and with it the whole list that it ends."""


@lru_cache(maxsize=1)
def _cues() -> _Cues:
    """The tables, read once."""
    table = tomllib.loads(TABLE.read_text("utf-8"))
    kinds: dict[str, MechanismKind] = {w: kind for kind, words in table["heads"].items() for w in words.split()}
    cue = table["cues"]
    long_heads, short_heads = [h for h in kinds if len(h) > 1], [h for h in kinds if len(h) == 1]
    gap = r"[^，。、；：“”\"（）,;\s]"
    behind = rf"(?:(等?的?)({gap}{{0,12}}?)({_any(long_heads)})|()()({_any(short_heads)}){_BOUNDARY})"
    verbs = tuple(sorted(cue["before"].split(), key=len, reverse=True))
    long_coined = [h for h in cue["coined_heads"].split() if len(h) > 2]
    founding = [v for v in verbs if v not in cue["only_quoted"].split()]
    founded = (
        rf"(?:{_any(founding)})(?![区者商下期])(?:了|起|出|全[国省市县区]首[个家批]|的|“)?"
        r"((?:(?![的了和与等这那])[\u4e00-\u9fffA-Za-z\d·]){2,14}?"
        rf"({_any(cue['coined_heads'].split())}|(?<=[\u4e00-\u9fff]{{2}}长)制)){_BOUNDARY}"
    )
    return _Cues(
        kinds,
        re.compile(behind),
        re.compile(rf"(?:{_any(kinds)})$"),
        re.compile(rf"(?:{_any(verbs)})"),
        verbs,
        re.compile(rf"(?:{_any(cue['slogan_after'].split())}|主题(?!活动|实践|党日|宣讲|沙龙|公园|讲座))"),
        re.compile(rf"(?:{_any(cue['honour_before'].split())})(?:了|的|出|好|起)?$"),
        re.compile(rf"(?:{_any(cue['support_after'].split())})"),
        re.compile(rf"(?:{_any(cue['speech_marks'].split())})"),
        frozenset(cue["figurative"].split()),
        re.compile(rf"(?:{_any(table['generic']['words'].split())})"),
        re.compile(founded),
        re.compile(rf"(?:^|[^\u4e00-\u9fff])([\u4e00-\u9fff]{{3,16}}?({_any(long_coined)}|中心|学院))$"),
        re.compile(rf"(?:{_any(cue['campaigns'].split())}){_BOUNDARY}"),
        re.compile(rf".*(?:{_any(verbs)})(?![区者商下期])((?:(?![的了和与等这那以])[\u4e00-\u9fff\d]){{2,12}})$"),
        frozenset(cue["plain_heads"].split()),
    )


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))


def find_mechanisms(paragraphs: Sequence[Repaired], *, title: str) -> list[Mechanism]:
    """The mechanisms of an article in the order of their first mention, with their spans in the source and parts.

    A name that stands in the title only has no spans.
    """
    texts = [p.text for p in paragraphs]
    said = _Said(title, texts)
    phrases: list[_Phrase] = []
    for i, text in ((-1, title), *enumerate(texts)):
        phrases += _lent(text, [*_quoted(i, text, said)])
        phrases += _coined(i, text) if i >= 0 else ()
    return [_mechanism(name, found, paragraphs, texts) for name, found in _grouped(phrases).items()]


# ---- quoted phrases


class _Said:
    """How often an article says a name; long texts are counted in part, each name once."""

    def __init__(self, title: str, texts: Sequence[str]) -> None:
        self.title = title
        self._text = "\n".join(texts)[:COUNTED]
        self._times: dict[str, int] = {}

    def times(self, name: str) -> int:
        """How often the name stands in the text (at least once when it is one of too many)."""
        if name not in self._times:
            self._times[name] = self._text.count(name) if len(self._times) < MOST_COUNTED else 1
        return self._times[name]


def _quoted(paragraph: int, text: str, said: _Said) -> Iterator[_Phrase]:
    """Every quoted phrase of a paragraph with its points."""
    for start, end in _quotes(text):
        name = text[start + 1 : end - 1].strip("，,。. 　")
        if 2 <= len(name) <= LONGEST:
            yield _judged(paragraph, text, start, end, name, said)


def _quotes(text: str) -> list[tuple[int, int]]:
    """Where quoted phrases stand, marks included: curly ones, straight ones in pairs, and those inside longer ones."""
    found = [m.span() for m in _CURLY.finditer(text)] + _straight(text)
    inner = [m.span() for m in _INNER.finditer(text)]
    return sorted({*found, *inner})


def _straight(text: str) -> list[tuple[int, int]]:
    """Pairs of straight marks; a pair whose inside begins with a stop was a closing mark and an opening one."""
    at = [m.start() for m in re.finditer('["＂]', text)]
    out, i = [], 0
    while i + 1 < len(at):
        inside = text[at[i] + 1 : at[i + 1]]
        if inside and inside[0] in "，。、；：,;:）)！？":
            i += 1
            continue
        out.append((at[i], at[i + 1] + 1))
        i += 2
    return out


def _judged(paragraph: int, text: str, start: int, end: int, name: str, said: _Said) -> _Phrase:
    """One quoted phrase with the points that its wording and its neighbours give it."""
    cues = _cues()
    before, after = text[max(0, start - 14) : start], text[end : end + 20]
    behind = cues.head_behind.match(after)
    head, kind, points = _head_points(name, behind)
    tail = (behind[2] or "") + (behind[3] or behind[6] or "") if behind and not behind[1] else ""
    barred = _barred(name, before, after, head, behind)
    clause = _CLAUSE.split(before)[-1]
    points += _verb_points(clause) + _form_points(name) + _count_points(name, said)
    slogan = bool(cues.slogan.match(after))
    points -= 4.0 if slogan else 0.0
    if cues.support.match(after) or _COUNTED_BEHIND.match(after):
        points += 1.2
    if behind and _STEPS.fullmatch(name):
        points += 0.4 * len(re.findall("[、，,]", name)) + (1.0 if len(name) > LONG else 0.0)
    if cues.honour.search(clause):
        points -= 3.0
    return _Phrase(paragraph, start, end, name, points - (8.0 if barred else 0.0), head, kind, tail, barred, slogan)


def _head_points(name: str, behind: re.Match[str] | None) -> tuple[str, MechanismKind | None, float]:
    """The head noun right behind a phrase, or at its end, its kind, and what it is worth."""
    cues = _cues()
    inside = cues.head_at_end.search(name)
    own = 0.0
    if inside and len(name) > len(inside[0]) + 1:
        own = 1.8 if len(inside[0]) > 1 else 1.2
    if behind:
        link, gap, head = behind[1] or "", behind[2] or "", behind[3] or behind[6] or ""
        worth = 3.0 - 0.18 * len(gap) - (0.5 if link else 0.0)
        if worth >= own:
            return ("" if link or gap else head), cues.kinds[head], worth
    return "", cues.kinds[inside[0]] if inside and own else None, own


def _barred(name: str, before: str, after: str, head: str, behind: re.Match[str] | None) -> bool:
    """Whether a phrase is speech, a common figure of speech, a bare number, or a list of words."""
    cues = _cues()
    if _ENDED.search(name) or re.fullmatch(r"[\d.\-—/]{1,2}|[\d]+\.[\d.]+", name):
        return True
    if _SPOKEN.search(before):
        return True
    if name in cues.figurative and cues.kinds.get(head, "work model") == "work model":
        return True
    if len(name) > 8 and cues.speech.search(name):
        return True
    if len(name) > 14 and not head and (_SPEECH_BEFORE.search(before) or _SPEECH_AFTER.match(after)):
        return True
    items = re.split("[、，,]", name)
    steps = behind is not None and min(map(len, items)) > 2 and cues.kinds.get(behind[3] or "") == "work model"
    return len(items) > 3 and not steps and not _CODE.fullmatch(name)


def _verb_points(clause: str) -> float:
    """What a verb of founding before a phrase is worth: most when it stands right before it."""
    verbs = [*_cues().cue.finditer(clause)]
    if not verbs:
        return 0.0
    gap = len(clause) - verbs[-1].end()
    return 2.0 if gap <= 1 else 1.6 if gap <= 5 else 1.2


def _form_points(name: str) -> float:
    """What the wording of a phrase says for or against its being a name."""
    points = QUOTED if 3 <= len(name) <= 8 and _PLAIN.fullmatch(name) else 0.0
    if _CODE.fullmatch(name):
        points += 2.5
    elif _COUNTED.fullmatch(name):
        points -= 3.0
    elif _SHORT_CODE.fullmatch(name):
        points += 1.0
    if re.search(r"[+＋·]", name):
        points += 1.5
    points -= 0.4 * len(re.findall("[，,、；]", name))
    if name.endswith("式"):
        points -= 1.5
    if _HONOUR.search(name):
        points -= 3.0
    if _SENTENCE_LIKE.search(name):
        points -= 1.5
    if len(name) > LONG:
        points -= 1.0
    return points - (0.5 if len(name) == 2 else 0.0)


def _count_points(name: str, said: _Said) -> float:
    """A name is said again, and it often stands in the title."""
    times = said.times(name)
    return (1.0 if name in said.title else 0.0) + (1.2 if times > 2 else 0.8 if times > 1 else 0.0)


def _lent(text: str, phrases: list[_Phrase]) -> list[_Phrase]:
    """Phrases of one list (“A”“B”和“C”) share the points of the best of them, but for a little."""
    out: list[_Phrase] = []
    run: list[_Phrase] = []
    for phrase in phrases:
        if run and not (phrase.start >= run[-1].end and _LINK.fullmatch(text, run[-1].end, phrase.start)):
            out += _levelled(run)
            run = []
        run.append(phrase)
    return out + _levelled(run)


def _levelled(run: list[_Phrase]) -> list[_Phrase]:
    """One list of phrases with the points of its best shared."""
    if len(run) < 2:
        return run
    if run[-1].slogan:
        return [replace(p, points=p.points - (0.0 if p.slogan else 4.0)) for p in run]
    best = max(run, key=lambda p: p.points)
    floor = best.points - LIST_LOSS
    return [p if p.barred else replace(p, points=max(p.points, floor), kind=p.kind or best.kind) for p in run]


# ---- names without marks


def _coined(paragraph: int, text: str) -> Iterator[_Phrase]:
    """Names without quotation marks: behind a verb of founding, one of a kind (一人一档), or joined by +."""
    cues = _cues()
    for found in cues.coined.finditer(text):
        name = _without_verbs(found[1])
        rest = cues.generic.sub("", name[: len(name) - len(found[2])] if len(found[2]) > 1 else name[:-1])
        least = 3 if found[2] in cues.plain_heads else 2
        if len(rest) >= least and len(name) <= 16 and not _AMOUNT.match(name):
            start = found.end(1) - len(name)
            kind = cues.kinds.get(found[2])
            yield _Phrase(paragraph, start, found.end(1), name, COINED + _some(rest), found[2], kind)
    for found in _EACH.finditer(text):
        yield _Phrase(paragraph, found.start(1), found.end(1), found[1], 2.2, "", "work model")
    for found in _PLUS.finditer(text):
        head = cues.head_behind.match(text, found.end())
        quoted = text[found.start() - 1 : found.start()] in ("“", '"', "‘", "「")
        if head and not quoted and not head[2]:
            yield _Phrase(paragraph, found.start(), found.end(), found[0], 2.4, head[3] or "", "work model")
    for found in _LEVELS.finditer(text):
        yield _Phrase(paragraph, found.start(1), found.end(1), found[1], 1.7, "", cues.kinds.get(found[2]))
    yield from _opened(paragraph, text)
    yield from _campaigns(paragraph, text)
    yield from _dotted(paragraph, text)


def _opened(paragraph: int, text: str) -> Iterator[_Phrase]:
    """Bodies that are opened: 某某服务站揭牌."""
    cues = _cues()
    for opening in _OPENING.finditer(text):
        first = max(0, opening.start() - 18)
        found = cues.opened.search(text[first : opening.start()])
        if found and not _AMOUNT.match(found[1]):
            start = first + found.start(1)
            yield _Phrase(paragraph, start, opening.start(), found[1], 1.8, "", cues.kinds.get(found[2]))


def _campaigns(paragraph: int, text: str) -> Iterator[_Phrase]:
    """Campaigns and the like behind a verb: 实施某某提升工程."""
    cues = _cues()
    for head in cues.campaign.finditer(text):
        found = cues.campaigning.match(text[max(0, head.start() - 16) : head.start()])
        if found and not _AMOUNT.match(found[1]):
            start = head.start() - len(found[1])
            yield _Phrase(paragraph, start, head.end(), text[start : head.end()], 1.7, "", cues.kinds.get(head[0]))


def _dotted(paragraph: int, text: str) -> Iterator[_Phrase]:
    """Names of two halves joined by a dot outside quotation marks (青春·驿站); people's names lack the heads."""
    cues = _cues()
    for found in _DOTTED.finditer(text):
        head = cues.head_at_end.search(found[0])
        behind = cues.head_behind.match(text, found.end())
        named = cues.cue.search(text, max(0, found.start() - 6), found.start())
        if head or (behind and not behind[2]) or named:
            kind = cues.kinds[head[0]] if head else "brand"
            yield _Phrase(paragraph, found.start(), found.end(), found[0], 1.8, "", kind)


def _some(rest: str) -> float:
    """A little more for a name with more words of its own."""
    return min(0.8, 0.1 * len(rest))


def _without_verbs(name: str) -> str:
    """A name without further verbs at its beginning (建立健全…, 探索建立…)."""
    for verb in _cues().cue_words:
        if name.startswith(verb) and len(name) > len(verb) + 2:
            return _without_verbs(name[len(verb) :])
    return name.lstrip("了起出的")


# ---- putting together


def _grouped(phrases: Iterable[_Phrase]) -> dict[str, list[_Phrase]]:
    """Names that reach the threshold → their phrases, in the order of the first mention."""
    out: dict[str, list[_Phrase]] = {}
    for phrase in phrases:
        out.setdefault(_fold(phrase.name), []).append(phrase)
    good = {key: found for key, found in out.items() if max(p.points for p in found) >= THRESHOLD}
    if len(good) > MOST:
        best = set(sorted(good, key=lambda k: -max(p.points for p in good[k]))[:MOST])
        good = {key: found for key, found in good.items() if key in best}
    good = {k: found for k, found in good.items() if any(p.kind for p in found) or not _segment_of(k, good)}
    inside = {key for key in good if any(key != k and key in k for k in good)}
    titled = {key for key in inside if all(p.paragraph < 0 for p in good[key])}
    return {k: found for k, found in good.items() if k not in titled and not _part_of_other(found[0], good)}


def _segment_of(key: str, keys: Iterable[str]) -> bool:
    """Whether a short code (三化) is one segment of a longer one (一核三化多元)."""
    return bool(_SHORT_CODE.fullmatch(key)) and any(key != k and key in k and _CODE.fullmatch(k) for k in keys)


def _fold(name: str) -> str:
    return re.sub(r"[\s，,、·+＋‘’'\"“”—\-]", "", name)


def _part_of_other(phrase: _Phrase, good: dict[str, list[_Phrase]]) -> bool:
    """Whether a phrase lies inside a longer accepted one at the same place."""
    return any(
        p.paragraph == phrase.paragraph and p.start <= phrase.start and phrase.end <= p.end and p.name != phrase.name
        for found in good.values()
        for p in found
        if len(p.name) > len(phrase.name) and p.points >= THRESHOLD
    )


def _mechanism(key: str, found: Sequence[_Phrase], paragraphs: Sequence[Repaired], texts: Sequence[str]) -> Mechanism:
    """The record of one name from all phrases that hold it."""
    best = max(found, key=lambda p: p.points)
    named = replace(best, tail=next((p.tail for p in found if 0 < len(p.tail) <= LONGEST_TAIL), ""))
    kind = next((p.kind for p in (best, *found) if p.kind), None)
    spans = tuple(s for i, p in enumerate(paragraphs) for s in _spans_of(best.name, p))
    confidence = round(1 / (1 + exp(1.2 - 0.9 * (best.points - THRESHOLD + 1.2))), 2)
    parts, participants = find_parts(best.name, texts)
    return Mechanism(_full_name(named), kind or "work model", parts, participants, "", spans, confidence)


def _full_name(phrase: _Phrase) -> str:
    """A bare code with the noun behind it (1551 → 1551工作体系); other names as they stand."""
    bare = phrase.name.isdigit()
    return phrase.name + phrase.tail if bare else phrase.name


def _spans_of(name: str, paragraph: Repaired) -> Iterator[Span]:
    """Where a name was printed, one span a mention (its first to its last character when it runs on unbroken)."""
    at = paragraph.text.find(name)
    while at >= 0:
        offsets = paragraph.offsets[at : at + len(name)]
        yield from _runs(offsets)
        at = paragraph.text.find(name, at + len(name))


def _runs(offsets: Sequence[int]) -> Iterator[Span]:
    """Printed offsets as spans, parted where the text jumps over more than a line break."""
    start = last = offsets[0]
    for offset in offsets[1:]:
        if not 0 < offset - last <= 4:
            yield Span(start, last + 1)
            start = offset
        last = offset
    yield Span(start, last + 1)
