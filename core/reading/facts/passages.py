"""Background, practice and result of an article, and a summary, all by its own sentences; nothing is written anew."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from core.records import Span
from core.text.marks import CLOSING, SENTENCE_ENDS, STRAIGHT_QUOTES, any_of, none_of
from core.text.repair import Repaired

Role = Literal["background", "practice", "result"]
SHORTEST, LONGEST = 18, 160
"""Code points of a sentence that may serve as a summary."""

_WITHIN, _END = none_of(SENTENCE_ENDS), any_of(SENTENCE_ENDS)
_CLOSERS = CLOSING + STRAIGHT_QUOTES
_SENTENCE = re.compile(rf"{_WITHIN}*{_END}+{any_of(_CLOSERS)}*|{_WITHIN}+$")
_CUES: dict[Role, re.Pattern[str]] = {
    "background": re.compile(
        r"针对|为了|为(?:进一步|充分|解决|破解|推动|贯彻|落实|深入|有效|加强|提高)|面临|面对|随着|曾经|过去|以前|以往|长期以来|由于|难题|短板|"
        r"痛点|堵点|困扰|不足|滞后|问题|如何|缺乏|薄弱|位于|地处|素有|是全[国省市县]|背景|一直以来|年久|矛盾突出|难以|不够"
    ),
    "practice": re.compile(
        r"建立|推行|创新|打造|探索|开展|组建|搭建|制定|出台|实施|整合|一是|二是|三是|首先|其次|通过|推出|设立|明确|落实|组织|邀请|引导|"
        r"构建|完善|健全|采取|依托|按照|坚持|成立|实行|创设|培育|深化|统筹|推动|聘请|聘任|划分|定期|引入|选派|发动|编制|开发|上线"
    ),
    "result": re.compile(
        r"目前|截至|累计|共有|已有|已建成|已(?:经)?[\u4e00-\u9fff]{2,4}\d|提高到|提升至|增长|下降|同比|惠及|化解|满意[率度]|获评|荣获|带动|"
        r"增收|成效|据统计|覆盖率|突破|达到?\d|以来[，,][^。]*\d|实现[^。]*\d|变成了|明显|显著|好转|受益|减少|缩短|解决了|推广|被列为|"
        r"点赞|称赞|方便多了|越来越|不再"
    ),
}
_FIGURE = re.compile(r"\d")
# 下一步, 今后
_NEXT = re.compile(r"^(?:下一步|接下来|今后|未来|下阶段)")
# “路修好了, 王一说：, 李二介绍，
_SPEECH = re.compile(r"^[“\"‘]|(?:说|介绍|表示|告诉记者|感慨)[，,：:。]")
_ALONE = re.compile(_SPEECH.pattern + "|" + _NEXT.pattern)
# 近日, 11月22日, 走进
_SCENE = re.compile(r"^(?:近日|日前|昨日|\d{1,2}月\d{1,2}日|走进|记者)")
# 青溪镇坚持, 幸福社区创新推行
_SUBJECT = re.compile(
    r"(?:省|市|县|区|镇|乡|街道|村|社区|局|支队|大队)[^，。]{0,8}(?:坚持|创新|探索|推行|打造|建立|聚焦|以|通过|开展|实施)"
)


@dataclass(frozen=True, slots=True)
class Passage:
    """Some sentences of an article: as read, and where they were printed."""

    text: str = ""
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Divided:
    """An article's own sentences by what they tell; a sentence that tells none of it is in none."""

    background: Passage = Passage()
    practice: Passage = Passage()
    result: Passage = Passage()
    summary: Passage = Passage()


@dataclass(slots=True)
class _Sentence:
    """A sentence at its place, with how far down the article it stands (0–1)."""

    paragraph: int
    start: int
    end: int
    text: str
    depth: float


def divide(paragraphs: Sequence[Repaired]) -> Divided:
    """Divide an article into background, practice and result, and pick one or two sentences that sum it up."""
    sentences = [*_sentences(paragraphs)]
    roles = _roles(sentences)
    passages = {
        role: _passage((s for s, r in zip(sentences, roles, strict=True) if r == role), paragraphs)
        for role in ("background", "practice", "result")
    }
    return Divided(**passages, summary=_passage(_summary(sentences, roles), paragraphs))


def _sentences(paragraphs: Sequence[Repaired]) -> Iterator[_Sentence]:
    """The sentences of all paragraphs in reading order."""
    total = sum(len(p.text) for p in paragraphs) or 1
    before = 0
    for i, paragraph in enumerate(paragraphs):
        for found in _SENTENCE.finditer(paragraph.text):
            if found[0].strip():
                yield _Sentence(i, found.start(), found.end(), found[0], (before + found.start()) / total)
        before += len(paragraph.text)


def _roles(sentences: Sequence[_Sentence]) -> list[Role | None]:
    """Return the role of each sentence; one without a cue goes with the sentence before it in its paragraph."""
    roles: list[Role | None] = []
    for i, sentence in enumerate(sentences):
        follows = i > 0 and sentences[i - 1].paragraph == sentence.paragraph
        role = _role(sentence)
        if role is None and follows and not _ALONE.search(sentence.text):
            role = roles[-1]
        roles.append(role)
    return roles


def _role(sentence: _Sentence) -> Role | None:
    """Return the role of a sentence by its words and its place: causes come early, results late."""
    if _NEXT.search(sentence.text):
        return None
    points = {role: float(len({*cues.findall(sentence.text)})) for role, cues in _CUES.items()}
    points["background"] += 1.0 - 2.5 * sentence.depth
    points["result"] += 0.8 * sentence.depth + (0.7 if _FIGURE.search(sentence.text) and points["result"] else 0.0)
    aside = 2.0 if _SPEECH.search(sentence.text) else 1.0 if _SCENE.search(sentence.text) else 0.0
    points = {role: p - aside for role, p in points.items()}
    best = max(points, key=lambda role: points[role])
    return best if points[best] >= 1.0 else None


def _summary(sentences: Sequence[_Sentence], roles: Sequence[Role | None]) -> list[_Sentence]:
    """The sentence that says best what is done, and the one that says best what came of it."""
    whole = [(s, r) for s, r in zip(sentences, roles, strict=True) if s.text.rstrip(_CLOSERS).endswith("。")]
    fit = [(s, r) for s, r in whole if SHORTEST <= len(s.text) <= LONGEST]
    done = [s for s, r in fit if r == "practice" and not _SPEECH.search(s.text)]
    got = [s for s, r in fit if r == "result" and not _SPEECH.search(s.text) and _FIGURE.search(s.text)]
    chosen = [max(done, key=_tells_practice)] if done else []
    if got:
        chosen.append(max(got, key=_tells_result))
    return sorted(chosen or [s for s, _ in fit[:1]], key=lambda s: (s.paragraph, s.start))


def _tells_practice(sentence: _Sentence) -> float:
    """How well a sentence says what is done: a subject, a name in quotation marks, verbs of doing, early."""
    points = 2.0 if _SUBJECT.search(sentence.text) else 0.0
    points += 1.5 if re.search('[“"]', sentence.text) else 0.0
    return points + min(3, len(_CUES["practice"].findall(sentence.text))) - 2.0 * sentence.depth


def _tells_result(sentence: _Sentence) -> float:
    """How well a sentence says what came of it: words of result, figures."""
    return len(_CUES["result"].findall(sentence.text)) + min(3, len(re.findall(r"\d+", sentence.text)))


def _passage(sentences: Iterable[_Sentence], paragraphs: Sequence[Repaired]) -> Passage:
    """Sentences as one passage, a line a paragraph, neighbours in one span."""
    texts: list[str] = []
    spans: list[Span] = []
    last = -1
    for s in sentences:
        if s.paragraph == last:
            texts[-1] += s.text
        else:
            texts.append(s.text)
        last = s.paragraph
        spans += paragraphs[s.paragraph].spans(s.start, s.end)
    return Passage("\n".join(t.strip() for t in texts), tuple(_joined(spans)))


def _joined(spans: Iterable[Span]) -> Iterator[Span]:
    """Spans, those that touch made one."""
    held: Span | None = None
    for span in spans:
        if held and span.start == held.end:
            held = Span(held.start, span.end)
            continue
        if held:
            yield held
        held = span
    if held:
        yield held
