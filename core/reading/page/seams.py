"""The strength of a seam between two pieces of text: the word across it, quotes, brackets, figures, dates."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from core.text.marks import COMMAS, PAIRS, PAUSES, STOPS, any_of
from core.text.words import word_model

REACH = 5
"""Characters on either side of a seam that the word model is asked about."""
_HAN_TAIL = re.compile(r"[\u3400-\u9fff]+$")
_HAN_HEAD = re.compile(r"[\u3400-\u9fff]+")
# 2023年|5月, 2023年|底, 11月|26日, 11月|中旬
_DATES = (("年", re.compile(r"\d{1,2}月|[底初末]|[上下]半年")), ("月", re.compile(r"\d{1,2}日|[底初末]|[上中下]旬")))
# 12|万, 30|公里, 5|分钟, 3|成，
_COUNTED = re.compile(
    r"[万亿多余个名家户项次人米元%％年月日时岁条件种座处所场期批支组位]|[公平]?[里斤顷亩]|\d|公顷|平方|[毫厘千]米|[千毫]?克"
    r"|分钟|小时|摄氏度|[千兆]瓦|课时|台|辆|架|艘|套|栋|幢|间|株|棵|头|只|匹|羽|吨|升|页|册|本|份|张|枚|宗|起|例|节|门|届|轮|趟|遍|步"
    r"|道|类|款|口|村|镇|队|级|倍|天|周|秒|层|路|号|字|元|角|毛|分(?=[，。、；）)]|$)|成(?=[，。、；以多]|$)"
)
# %的农户, 万元, 个村
REST_OF_FIGURE = re.compile(
    r"[%％]|[万亿]?[元吨亩斤户]|[万亿](?![\u3400-\u9fff]{0,2}[，、])|(?:个(?![人体别性案])|项(?!目)|名(?![单字额师称牌录义片医校优])|家(?![庭长里园门家乡电住属人中访政具底风事族]))[\u3400-\u9fff]"
)
"""A start that only goes on with a number."""
_OPENER_OF = {closer: opener for opener, closer in PAIRS.items()}
_MARKS = re.compile(any_of("".join([*PAIRS, *_OPENER_OF])))
# 食堂"，, 英才"
_STRAIGHT_CLOSER = re.compile(rf'[^"]{{0,40}}"(?:{any_of(STOPS + "）)")}|$)')
_FAR = 60
_NUMERALS = "数十百千万亿几"
_WORD_ACROSS = 2.0
_COMMON = 20_000


@dataclass(frozen=True, slots=True)
class SeamStrength:
    """The strength of a seam in nats (above 0: likelier together than apart) and why."""

    strength: float
    reason: str


_NOTHING = SeamStrength(0.0, "")
_DATE, _COUNT = SeamStrength(6.0, "日期相接"), SeamStrength(5.0, "数字与量词相接")
_NO_COUNT, _HALF_FIGURE = SeamStrength(-3.5, "数字之后不像量词"), SeamStrength(-3.0, "起首是半截数字")
_MARK, _TWO_MARKS = SeamStrength(2.0, "起首是标点"), SeamStrength(-3.0, "起首是标点")
_TAIL_OF_SENTENCE, _BEHIND_COMMA = SeamStrength(3.0, "起首只剩句尾"), SeamStrength(0.5, "顿逗之后")
_LIKE_THE_LAST, _SAME_WORD = SeamStrength(3.5, "与上一项结构相同"), SeamStrength(1.5, "与上一项用字相同")
_BETWEEN = re.compile(any_of(STOPS + '“”"（）()'))
_PARTS, _SHORTEST_PART, _LONGEST_PART = 24, 3, 10
_SPEECH, _SPEECH_MARKS = SeamStrength(-1.5, "顿逗之后另起引语"), '“"'
_DECIMALS, _HALF_DECIMAL = re.compile(r"[.．]\d"), re.compile(r"\d[.．]$")
_KEPT = 200
"""So many characters on either side of a seam are looked at."""


def weigh_seam(tail: str, head: str, opened: str | None = None, closed: str | None = None) -> SeamStrength:
    """Weigh the seam between the end of one piece and the start of another.

    >>> weigh_seam("鼓励民", "族村和周边乡村").strength > 3 > weigh_seam("鼓励民", "无党派人士队伍").strength
    True
    >>> weigh_seam("并于11月", "26日正式成立").reason
    '日期相接'
    """
    tail, head = tail.rstrip(), head.lstrip()
    if not tail or not head:
        return _NOTHING
    opened = open_mark(tail[-_FAR:]) if opened is None else opened
    closed = stray_closer(head[:_FAR]) if closed is None else closed
    return weigh_sides(_left(tail[-_KEPT:]), _right(head[:_KEPT]), opened, closed)


def left_of(tail: str) -> Left:
    """Return the traits of a text before a seam."""
    return _left(tail.rstrip()[-_KEPT:])


def right_of(head: str) -> Right:
    """Return the traits of a text behind a seam."""
    return _right(head.lstrip()[:_KEPT])


def weigh_sides(left: Left, right: Right, opened: str, closed: str) -> SeamStrength:
    """Weigh the seam between two sides; ``opened`` and ``closed`` are the marks that wait for another across it."""
    strength, told = 0.0, _NOTHING
    weight = 0.0
    for found in (
        _figure(left, right),
        _word(left, right),
        _quotes(opened, closed) if opened or closed else _NOTHING,
        _parallel(left.clause, right.text) if left.clause else _NOTHING,
        _manner(left, right),
    ):
        if found is not _NOTHING:
            strength += found.strength
            if abs(found.strength) > weight:
                weight, told = abs(found.strength), found
    return SeamStrength(strength, told.reason)


def strength_of(left: Left, right: Right, opened: str, closed: str) -> float:
    """Return the strength that ``weigh_sides`` tells, without its reason."""
    figure = _figure(left, right) if left.is_figure else _HALF_FIGURE if right.is_rest else _NOTHING
    return (
        figure.strength
        + (_word_strength(left, right) if left.run and right.run else 0.0)
        + (_quotes(opened, closed).strength if opened or closed else 0.0)
        + (_parallel(left.clause, right.text).strength if left.clause else 0.0)
        + _manner(left, right).strength
    )


@dataclass(frozen=True, slots=True)
class Left:
    """The traits of the text before a seam that its strength is weighed by."""

    last: str
    run: str
    """The Chinese characters at its end, and how likely they are as words; whether they break off inside one."""
    chance: float
    is_loose: bool
    follow: re.Pattern[str] | None
    """What goes on with a date that breaks off here."""
    is_figure: bool
    """Whether it ends with a number or a part of a date or a decimal."""
    is_half_decimal: bool
    """Whether it ends with the point of a decimal."""
    clause: tuple[str, str] | None
    """The last two parts of an enumeration, the last one perhaps cut off."""


@dataclass(frozen=True, slots=True)
class Right:
    """The traits of the text behind a seam that its strength is weighed by."""

    text: str
    run: str
    chance: float
    is_loose: bool
    is_counted: bool
    is_rest: bool
    is_tail: bool
    turns: bool
    manner: SeamStrength


@lru_cache(maxsize=2048)
def _left(tail: str) -> Left:
    found = _HAN_TAIL.search(tail[-REACH:])
    run = found[0] if found else ""
    last = tail[-1]
    dated = (follow for unit, follow in _DATES if last == unit and tail[-2:-1].isdigit())
    follow = next(dated, None)
    is_half_decimal = last in "．." and _HALF_DECIMAL.search(tail[-3:]) is not None
    return Left(
        last,
        run,
        word_model().best(run, len(run)) if run else 0.0,
        bool(run) and _is_loose(run, -1),
        follow,
        follow is not None or is_half_decimal or last.isdigit() or last in _NUMERALS,
        is_half_decimal,
        _last_parts(tail),
    )


@lru_cache(maxsize=2048)
def _right(head: str) -> Right:
    found = _HAN_HEAD.match(head[:REACH])
    run = found[0] if found else ""
    return Right(
        head,
        run,
        word_model().best(run) if run else 0.0,
        bool(run) and _is_loose(run, 0),
        _COUNTED.match(head) is not None,
        REST_OF_FIGURE.match(head) is not None,
        TAIL_ONLY.match(head) is not None,
        _TURNS.match(head) is not None,
        _opening(head),
    )


def _opening(head: str) -> SeamStrength:
    """Return the weight against a start that is commonly that of a paragraph."""
    if _NEWS_OPENERS.match(head):
        return SeamStrength(-8.0, f"起首是另一段：{head[:4]}")
    if _TIMES.match(head):
        return SeamStrength(-2.0, f"起首像时间状语：{head[:4]}")
    if OPENERS.match(head):
        return SeamStrength(-4.5, f"起首像另起一段：{head[:4]}")
    return _NOTHING


def _word(left: Left, right: Right) -> SeamStrength:
    if not left.run or not right.run:
        return _NOTHING
    strength = _word_strength(left, right)
    loose = left.is_loose or right.is_loose
    told = "相接成词" if strength > _WORD_ACROSS else "相接不成词" if loose else "相接"
    return SeamStrength(strength, f"{told}：{left.run[-3:]}｜{right.run[:3]}")


def _word_strength(left: Left, right: Right) -> float:
    """How much likelier the characters at a seam are as words together than apart; above 2 one word lies across it."""
    if not left.run or not right.run:
        return 0.0
    gain = word_model().best(left.run + right.run, len(left.run)) - left.chance - right.chance
    return min(9.0, gain) if gain > _WORD_ACROSS else max(-4.0, gain - 1.5 * (left.is_loose + right.is_loose))


def _is_loose(run: str, side: int) -> bool:
    """Whether the last (-1) or first (0) character of a run is no part of a word there nor a common word itself."""
    model = word_model()
    if model.counts.get(run[side], 0) >= _COMMON:
        return False
    counts = model.counts
    return not any((run[-n:] if side else run[:n]) in counts for n in (2, 3, 4) if n <= len(run))


@lru_cache(maxsize=2048)
def ends_inside_word(text: str) -> bool:
    """Return whether the last Chinese character of a text can hardly be the end of a word.

    >>> ends_inside_word("机关干部和群众积极参与消"), ends_inside_word("小区治理新场景")
    (True, False)
    """
    run = _HAN_TAIL.search(text[-REACH:])
    return bool(run) and _is_loose(run[0], -1) if run else False


def _figure(left: Left, right: Right) -> SeamStrength:
    if left.follow and left.follow.match(right.text):
        return _DATE
    if left.last.isdigit() and _DECIMALS.match(right.text):
        return _COUNT
    if left.is_half_decimal and right.text[0].isdigit():
        return _COUNT
    if left.last.isdigit() or left.last in _NUMERALS:
        if right.is_counted:
            return _COUNT
        if left.last.isdigit():
            return _NO_COUNT
    return _HALF_FIGURE if right.is_rest else _NOTHING


def _quotes(opened: str, closed: str) -> SeamStrength:
    """An opener left open before the seam wants its closer soon after it."""
    if opened and closed and _match(opened, closed):
        return SeamStrength(3.0, f"引号或括号跨缝配对：{opened}…{closed}")
    if opened and closed:
        return SeamStrength(-2.0, "引号不配")
    if opened:
        return SeamStrength(-1.0, f"{opened}没有下文")
    return SeamStrength(-1.0, f"{closed}没有上文") if closed else _NOTHING


def _match(opened: str, closed: str) -> bool:
    return PAIRS.get(opened, opened) == closed


@lru_cache(maxsize=2048)
def open_mark(tail: str) -> str:
    """Return the last opening quote or bracket of a text that it does not close, or nothing; straight ones by parity.

    >>> open_mark("深化“西湖"), open_mark("“一”和"), open_mark('深化"西湖'), open_mark('英才"。布局"近')
    ('“', '', '"', '"')
    """
    stack: list[tuple[str, int]] = []
    for found in _MARKS.finditer(tail):
        mark = found.group()
        if mark in PAIRS:
            stack.append((mark, found.start()))
        elif stack and stack[-1][0] == _OPENER_OF[mark]:
            stack.pop()
    if stack and stack[-1][1] >= len(tail) - _FAR:
        return stack[-1][0]
    if '"' not in tail:
        return ""
    return '"' if (tail.count('"') - (stray_closer(tail[:_FAR]) == '"')) % 2 else ""


@lru_cache(maxsize=2048)
def stray_closer(head: str) -> str:
    """Return the first closing quote or bracket of a text that is not opened in it, or nothing.

    >>> stray_closer("流”高校占"), stray_closer("“一”和"), stray_closer('英才"。布局"近"')
    ('”', '', '"')
    """
    depth = 0
    for mark in _MARKS.findall(head):
        depth += 1 if mark in PAIRS else -1
        if depth < 0:
            return str(mark)
    return '"' if '"' in head and _STRAIGHT_CLOSER.match(head) else ""


def _last_parts(tail: str) -> tuple[str, str] | None:
    parts = _BETWEEN.split(tail[-_PARTS:])
    if len(parts) < 2 or (not parts[-1] and not tail.endswith("、")):
        return None
    fit = len(parts[-2]) > len(parts[-1]) and len(parts[-1]) <= _LONGEST_PART
    return (parts[-2], parts[-1]) if fit else None


def _parallel(parts: tuple[str, str] | None, head: str) -> SeamStrength:
    """A part of an enumeration that was cut in two is made like the one before: 离土不离乡、离地不 | 离股."""
    if not parts:
        return _NOTHING
    if not parts[1]:
        return _SAME_WORD if set(parts[0]) & set(_BETWEEN.split(head[:_PARTS])[0]) else _NOTHING
    model, begun = parts
    rest = _BETWEEN.split(head[: _LONGEST_PART + 1])[0]
    model = model[-len(begun) - len(rest) :]
    if not _SHORTEST_PART <= len(model) == len(begun) + len(rest) or not any(map(str.__eq__, model, begun)):
        return _NOTHING
    return _LIKE_THE_LAST if any(map(str.__eq__, model[len(begun) :], rest)) else _NOTHING


def _manner(left: Left, right: Right) -> SeamStrength:
    """Weigh a mark, the end of a sentence or the start of a paragraph behind a clause that breaks off."""
    if right.text[0] in STOPS:
        return _MARK if left.last not in PAUSES else _TWO_MARKS
    if right.is_tail and left.last not in PAUSES:
        return _TAIL_OF_SENTENCE
    if left.last in COMMAS and not right.turns:
        return _SPEECH if right.manner.strength < 0 and right.text[0] in _SPEECH_MARKS else _BEHIND_COMMA
    return right.manner


# 起来。, 常。（王一）
TAIL_ONLY = re.compile(r"[^，、,。\s]{0,3}。\s*(?:$|[（(])")
"""The last characters of a sentence and nothing else, perhaps with a byline behind them."""
# 近日，, 据悉，, 近年来
_TURNS = re.compile(
    r"(?:近日|日前|目前|此外|同时|下一步|接下来|连日来|据[悉了介统]\w{0,2})[，,]|(?:近年|今年|去年)以来|近年来|本报讯"
)
"""Words that turn to something else even behind a comma."""
# 去年秋天，, 2023年，, 每到周末，
_TIMES = re.compile(
    r"(?:去年|今年|前年|当年|近期|最近|昨[日天]|清晨|凌晨|傍晚|[上下]午|夜幕|周末|岁末|年[初底终]|每[天逢到]|一大早|[早晚]上|\d{4}年)"
    r"[^，,。]{0,8}[，,]"
)
# 日前，, 今年以来, 本报讯
_NEWS_OPENERS = re.compile(r"(?:近日|日前|此外|连日来|据悉|据了解|据介绍)[，,]|(?:近年|今年|去年)以来|近年来|本报讯")
"""Words that only ever begin a paragraph; not behind a clause that has no end."""
# 近年来, 为此，, 在青溪镇，, “路修好了，
OPENERS = re.compile(
    r"(?:近日|日前|目前|此外|同时|下一步|接下来|如今|眼下|为此|为了|于是|然而|随后|其中)[，,]|近年来|近年以来|今年以来|去年以来|连日来|截至目前"
    r"|据[悉了介统]|为[此了]|\d{1,2}月\d{1,2}日[，,上下]|本报讯|随着|走进|在[^，,。]{2,16}[，,]|“[^”]{1,60}[，。！？…,!?]"
    r'|"[^"]{1,60}[，。！？…,!?]'
)
"""How paragraphs commonly begin in the papers."""
