"""Names of mechanisms in quotation marks: which quoted phrases are names, by their wording and their neighbours."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from core.reading.facts.mechanisms.cues import CODE, COUNTED, SHORT_CODE, Phrase, cues
from core.records import MechanismKind
from core.text.marks import SENTENCE_ENDS, STOPS, any_of
from core.text.words import word_model

LONG, LONGEST = 16, 30
"""Code points from which a quoted phrase is long for a name, and beyond which it is none."""
QUOTED = 0.5
"""Points of a short phrase for being quoted at all."""
SCANNED, MOST_COUNTED = 20_000, 1_000
"""Code points in which names are counted, and names counted: more than any real article has."""
SUBJECT = 0.7
"""Points of a phrase that begins a clause, as its subject or before its noun."""
ORDINARY = 2.5
"""Points less for a phrase that is an ordinary word: “加油站”, “规划师”."""
LIST_LOSS = 0.3
"""Points less for a phrase that stands in one list with a better one."""

# “邻里议事”, 「邻里议事」
_CURLY = re.compile(r"“([^“”]{1,60})”|「([^「」]{1,60})」")
# ‘邻里通’
_INNER = re.compile(r"‘([^‘’]{2,20})’|(?<!\w)'([^']{2,20})'")
# 路修好了。, 你来吗？, 2.5
_ENDED = re.compile(any_of(SENTENCE_ENDS + "…;；") + r"|\.\d")
# 王一说：|, 他介绍，|
_SPEECH_BEFORE = re.compile(r"(?:说|道|表示|介绍|告诉[^，。]{0,6}|指出|感慨|坦言|提到|强调)[，,：:]?$|[：:]$")
# 最美乡村, 全国文明村, 劳动模范, 治理之星
_HONOUR = re.compile(
    r"^(?:最美|优秀|先进|十佳|十大|模范|全国|全省|省级|国家级|百强|第[\u4e00-\u9fff\d]{1,2}批)"
    r"|(?:先进集体|先进个人|标兵|模范|称号|奖|[奖勋]章|共青团员|之星)$"
)
# 十四五, 十五五规划, 九五期间: a period of the country's plans
_PLAN_PERIOD = re.compile(r"(?:[一二三四六七八九]|十[一二三四五六]?)五(?:规划|计划|时期|期间)?")
# 12·4, 90后, 120: a day, those born in some years, a number to call
_BARE = re.compile(r"[\d.\-—/]{1,2}|\d+[.·•][\d.]+|(?:\d{2}|[零〇五六七八九]{1,2})后|1[12][0-9]")
# 台风|“山竹”, 电影|“山那边”: what storms, ships, films and songs are called
_CALLED_THING_BEFORE = re.compile(
    "(?:台风|飓风|热带风暴|影片|电影|电视剧|纪录片|话剧|歌曲|小说|长诗|歌剧|舞剧|航母|卫星|客轮|邮轮|货轮)$"
)
# “抢夺”|罪
_CRIME_AFTER = re.compile("罪(?![与和恶])")
# 打造宜居乡村新样板, 让群众少跑腿
_SENTENCE_LIKE = re.compile(r"^(?:打造|构建|推动|让|把|为|以[^+＋]{8,}|做好|建设|争做|争当|共建|深入)[^社室站]{4,}")
# 王一表示，|, 报告指出：|
_SPOKEN = re.compile(r"(?:说|指出|表示|认为|感叹|坦言|感慨|写道|强调|提出)[，,：:]$")
# ”|王一说, ”|，老人们赞不绝口
_SPEECH_AFTER = re.compile(r"[，,]?[^，。“”]{0,25}?(?:说|表示|介绍|告诉记者|感慨|坦言|赞不绝口|笑道|回忆)")
_CLAUSE = re.compile(any_of(STOPS + '“”"'))
# 、, 和, 超市、
_LINK = re.compile(r"[、和与及或暨]?|[\u4e00-\u9fff]{1,4}[、和与及]")
_SUBJECT = re.compile(r"[\u4e00-\u9fff]")
_PLAIN = re.compile(r"[\u4e00-\u9fffA-Za-z\d]+")
# “幸福食堂”|12个, “爱心超市”|3家
_COUNTED_BEHIND = re.compile(r"[\d.]+万?余?[个名家处支条场张份间座项趟辆亩本块只台期顶批]")
# 建成12座|, 办起三间村里的|
_COUNTED_BEFORE = re.compile(
    r"(?:\d余?|[一两二三四五六七八九十])[张座本顶支块只间处所名位家辆批套](?:[\u4e00-\u9fff]{1,4}的)?$"
)
# 定为|, 这就是|, 聘为了|
_CALLED = re.compile(
    r"(?:定为|担任|作为|约定的|画[出好了]?|试行|设计[了出]?|聘为|开行|亮明|亮出|这就是|名曰|叫好的是|[家户]有|[民众人员]用)了?$"
)
# 让, 累计, 上线
_ACTS = re.compile(r"让|使|帮|将|把|已|共|累计|上线|推出|运行|覆盖")
# 支部引领、群众参与
_STEPS = re.compile(r"(?:[\u4e00-\u9fff]{4}[、，,]){1,4}[\u4e00-\u9fff]{4}")


def quoted_names(paragraph: int, text: str, said: Said) -> list[Phrase]:
    """Return every quoted phrase of a paragraph with its points; those of one list share the points of the best."""
    return _lent(text, [*_quoted(paragraph, text, said)])


class Said:
    """How often an article says a name; long texts are counted in part, each name once."""

    def __init__(self, title: str, texts: Sequence[str]) -> None:
        self.title = title
        self._text = "\n".join(texts)[:SCANNED]
        self._times: dict[str, int] = {}

    def times(self, name: str) -> int:
        """Return how often the name stands in the text (at least once when it is one of too many)."""
        if name not in self._times:
            self._times[name] = self._text.count(name) if len(self._times) < MOST_COUNTED else 1
        return self._times[name]


def _quoted(paragraph: int, text: str, said: Said) -> Iterator[Phrase]:
    """Every quoted phrase of a paragraph with its points."""
    for start, end in _quotes(text):
        name = text[start + 1 : end - 1].strip("，,. 　")
        if 2 <= len(name) <= LONGEST:
            yield _judged(paragraph, text, start, end, name, said)


def _quotes(text: str) -> list[tuple[int, int]]:
    """Where quoted phrases stand, marks included: curly ones, straight ones in pairs, and those inside longer ones."""
    found = [m.span() for m in _CURLY.finditer(text)] + _straight(text)
    inner = [m.span() for m in _INNER.finditer(text)] if "‘" in text or "'" in text else []
    return sorted({*found, *inner})


def _straight(text: str) -> list[tuple[int, int]]:
    """Pairs of straight marks; a pair whose inside begins with a stop was a closing mark and an opening one."""
    at = [i for i, char in enumerate(text) if char in '"＂'] if '"' in text or "＂" in text else []
    out, i = [], 0
    while i + 1 < len(at):
        inside = text[at[i] + 1 : at[i + 1]]
        if inside and inside[0] in STOPS + "）)":
            i += 1
            continue
        out.append((at[i], at[i + 1] + 1))
        i += 2
    return out


def _judged(paragraph: int, text: str, start: int, end: int, name: str, said: Said) -> Phrase:
    """One quoted phrase with the points that its wording and its neighbours give it."""
    words = cues()
    before, after = text[max(0, start - 14) : start], text[end : end + 20]
    behind = words.head_behind.match(after)
    head, kind, points = _head_points(name, behind)
    tail = (behind[2] or "") + (behind[3] or behind[6] or "") if behind and not behind[1] else ""
    barred = _barred(name, before, after, head, behind)
    clause = _CLAUSE.split(before)[-1]
    points += _verb_points(clause) + _form_points(name) + _count_points(name, said)
    slogan = bool(words.slogan.match(after))
    points -= 4.0 if slogan else 0.0
    if words.support.match(after) or _COUNTED_BEHIND.match(after):
        points += 1.2
    if behind and _STEPS.fullmatch(name):
        points += 0.4 * len(re.findall("[、，,]", name)) + (1.0 if len(name) > LONG else 0.0)
    if not clause and before[-1:] not in ("：", ":", "”", '"') and _SUBJECT.match(after):
        points += SUBJECT + (0.6 if _ACTS.match(after) else 0.0)
    if _COUNTED_BEFORE.search(clause):
        points += 1.3
    elif _CALLED.search(clause):
        points += 1.6
    if words.honour.search(clause):
        points -= 3.0
    return Phrase(paragraph, start, end, name, points - (8.0 if barred else 0.0), head, kind, tail, barred, slogan)


def _head_points(name: str, behind: re.Match[str] | None) -> tuple[str, MechanismKind | None, float]:
    """The head noun right behind a phrase, or at its end, its kind, and what it is worth."""
    words = cues()
    inside = words.head_at_end.search(name)
    own = 0.0
    if inside and len(name) > len(inside[0]) + 1:
        own = 1.8 if len(inside[0]) > 1 else 1.2
    if behind:
        link, gap, head = behind[1] or "", behind[2] or "", behind[3] or behind[6] or ""
        worth = 3.0 - 0.18 * len(gap) - (0.5 if link else 0.0)
        if worth >= own:
            return ("" if link or gap else head), words.kinds[head], worth
    return "", words.kinds[inside[0]] if inside and own else None, own


def _barred(name: str, before: str, after: str, head: str, behind: re.Match[str] | None) -> bool:
    """Whether a phrase is speech, a figure of speech, a bare number, what a whole country says, or a list of words."""
    words = cues()
    if _ENDED.search(name) or _BARE.fullmatch(name) or name in words.national:
        return True
    if _CALLED_THING_BEFORE.search(before) or _CRIME_AFTER.match(after):
        return True
    if _SPOKEN.search(before) or _PLAN_PERIOD.fullmatch(name):
        return True
    if name in words.figurative and words.kinds.get(head, "work model") == "work model":
        return True
    if len(name) > 6 and words.speech.search(name):
        return True
    if len(name) > 14 and not head and (_SPEECH_BEFORE.search(before) or _SPEECH_AFTER.match(after)):
        return True
    items = re.split("[、，,]", name)
    steps = behind is not None and min(map(len, items)) > 2 and words.kinds.get(behind[3] or "") == "work model"
    return len(items) > 3 and not steps and not CODE.fullmatch(name)


def _verb_points(clause: str) -> float:
    """Return the points for a verb of founding before a phrase: most when it stands right before it."""
    verbs = [*cues().cue.finditer(clause)]
    if not verbs:
        return 0.0
    gap = len(clause) - verbs[-1].end()
    return 2.0 if gap <= 1 else 1.6 if gap <= 5 else 1.2


def _form_points(name: str) -> float:
    """Return the points for (above 0) or against a phrase's being a name by its wording."""
    points = QUOTED if 3 <= len(name) <= 8 and _PLAIN.fullmatch(name) else 0.0
    if CODE.fullmatch(name):
        points += 2.5
    elif COUNTED.fullmatch(name):
        points -= 3.0
    elif SHORT_CODE.fullmatch(name):
        points += 1.0
    if re.search(r"[+＋·]", name):
        points += 1.5
    points -= 0.4 * len(re.findall("[，,、；]", name))
    if name.endswith("式"):
        points -= 1.5
    if name in word_model().counts and not SHORT_CODE.fullmatch(name):
        points -= ORDINARY
    if _HONOUR.search(name):
        points -= 3.0
    if _SENTENCE_LIKE.search(name):
        points -= 1.5
    if len(name) > LONG:
        points -= 1.0
    return points - (0.5 if len(name) == 2 else 0.0)


def _count_points(name: str, said: Said) -> float:
    """A name is said again, and it often stands in the title."""
    times = said.times(name)
    return (1.0 if name in said.title else 0.0) + (1.2 if times > 2 else 0.8 if times > 1 else 0.0)


def _lent(text: str, phrases: list[Phrase]) -> list[Phrase]:
    """Phrases of one list (“A”“B”和“C”) share the points of the best of them, but for a little."""
    out: list[Phrase] = []
    run: list[Phrase] = []
    for phrase in phrases:
        if run and not (phrase.start >= run[-1].end and _LINK.fullmatch(text, run[-1].end, phrase.start)):
            out += _levelled(run)
            run = []
        run.append(phrase)
    return out + _levelled(run)


def _levelled(run: list[Phrase]) -> list[Phrase]:
    """One list of phrases with the points of its best shared."""
    if len(run) < 2:
        return run
    if run[-1].slogan:
        return [replace(p, points=p.points - (0.0 if p.slogan else 4.0)) for p in run]
    best = max(run, key=lambda p: p.points)
    floor = best.points - LIST_LOSS
    return [p if p.barred else replace(p, points=max(p.points, floor), kind=p.kind or best.kind) for p in run]
