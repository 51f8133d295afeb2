"""Bylines: names on a line of their own, in brackets at the end of the last paragraph, or in the dateline."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from core.text.marks import CLOSING_BRACKETS, OPENING_BRACKETS, SENTENCE_ENDS, any_of, none_of
from core.text.writers import names_of

# 记者, 供稿, 文/图
_ROLE_MARK = re.compile(r"记者|通讯员|作者|撰文|撰稿|供稿|报道|实习生|文/图|图/文|文图|评论员|摄影|摄")
_INSIDE = none_of(OPENING_BRACKETS + CLOSING_BRACKETS + "\n")
_BRACKET = rf"{any_of(OPENING_BRACKETS)}\s*({_INSIDE}{{2,60}}){any_of(CLOSING_BRACKETS)}"
# 都说好。（王一 李二）, 都说好。【王一】。
_TAIL_BRACKET = re.compile(rf"\s*{_BRACKET}\s*[。.]?\s*$")
_ENDS = SENTENCE_ENDS + "…”"
# 都说好。 王一 李二, 都说好。 □王一
_TAIL_BARE = re.compile(
    rf"(?<={any_of(_ENDS)})\s+(?:[□■◎]\s*)?[\u3400-\u9fff·]{{1,8}}(?:[\s、]+[\u3400-\u9fff·]{{1,8}}){{0,5}}$"
)
_TAIL_CREDIT = re.compile(
    rf"(?<={any_of(_ENDS)})\s*(?:[□■◎]\s*)?[\u3400-\u9fff]{{0,6}}(?:记者|通讯员)[\s\u3400-\u9fff·、]{{2,34}}(?:摄影报道|摄影|摄|供图|文/图|图/文)$"
)
"""A credit that runs on behind the last sentence, its role before and what was done behind the names."""
_LONGEST_BARE = 40
# （王一 李二）
_WHOLE_BRACKET = re.compile(rf"^{_BRACKET}\s*$")
# 本报讯, 淳安讯（, 本报淳安11月22日电, 新华社杭州11月22日电
_DATELINE = re.compile(
    r"^\s*(?:本[报网刊]讯|[\u3400-\u9fff]{1,7}[^简短快通资喜音电问审]讯(?=[\s（(])|本报[\u3400-\u9fff]{0,8}\d{0,2}月?\d{0,2}日?[电讯]|新华社[\u3400-\u9fff\d]{2,14}电)\s*"
)
# 本报讯|（记者 王一）
_DATELINE_NAMES = re.compile(r"[（(]([^（()）\n]{2,50})[）)]")
# 记者王一 李二报道, 见习记者
_LOOSE_NAMES = re.compile(
    r"[\u3400-\u9fff]{0,6}(?:记者|通讯员)[^，。,（(“]{2,40}?报道|[\u3400-\u9fff]{0,6}(?:记者|通讯员)"
)
_PIECE = re.compile(r"\s*([\u3400-\u9fff·]{1,12})(?=[\s、])[\s、]*")
# 2023-11-22 10:30, 2023年11月22日
_STAMP = re.compile(r"\d{4}[-年./]\d{1,2}[-月./]\d{1,2}日?(?:\s*\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?")
# 来源：县融媒体中心, 阅读次数：12, 字体：【大 中 小】
_FIELD = re.compile(
    r"(?:文章|信息|稿件)?(?:来源|稿源|发布(?:时间|日期)?|时间|日期|阅读(?:次数|量)?|浏览(?:次数|量)?|点击(?:次数|率|数)?|访问量|评论"
    r"|责任编辑|责编|编辑|审核|校对)\s*[：:]\s*(?!\s*(?:作者|记者|通讯员))[^\s|丨：:]*|字[号体]\s*[：:](?:\s*[【\[]?[大中小][】\]]?(?:\([^)]*\))?)*"
)
"""What stands beside the names in the line below a headline on the web."""
# 作者单位, 作者：
_AUTHOR_NOTE = re.compile(r"作者(?:单位|系|为|：|:)")
LONGEST_LINE = 60
MOST_LINES = 1024
"""Lines that are remembered with their bylines: each is asked several times while its page is read."""
_LONGEST_CREDIT = 120
_WHEN = "\x00"
# 信息来源：, 稿源：
_SOURCE = re.compile(r"(?:文章|信息|稿件)?(?:来源|稿源)\s*[：:]")


@dataclass(frozen=True, slots=True)
class Byline:
    """Names as printed without spaces, and where the whole byline stands in the text it was read from."""

    names: tuple[str, ...]
    start: int
    end: int
    roles: bool
    """Whether a role (记者, 通讯员 …) was printed with the names."""


@lru_cache(maxsize=MOST_LINES)
def own_line(text: str) -> Byline | None:
    """Return a line that is a byline and nothing else, in brackets or not.

    >>> own_line("本报记者 张一凡 通讯员 赵六").names, own_line("（周小舟 林一）").names
    (('张一凡', '赵六'), ('周小舟', '林一'))
    >>> own_line("乡村振兴 共同富裕") is None
    True
    """
    credit = _web_credit(text)
    if credit:
        return credit
    if len(text) > LONGEST_LINE:
        return None
    bracket = _WHOLE_BRACKET.match(text)
    inner = bracket.group(1) if bracket else text
    if re.search(r"[。！？…“”《》\d]|[：:]$", inner):
        return None
    names = names_of(inner)
    roles = bool(_ROLE_MARK.search(inner))
    if names is None or not (names or (bracket and roles)):
        return None
    return Byline(names, 0, len(text), roles)


def _web_credit(text: str) -> Byline | None:
    """The names among source, time and reading count, as the web prints them below a headline."""
    if len(text) > _LONGEST_CREDIT or not ("：" in text or ":" in text):
        return None
    rest = _FIELD.sub(" ", _STAMP.sub(_WHEN, text)).replace(_WHEN, " ")
    if rest == text:
        return None
    names = names_of(rest) if rest.strip() else ()
    if not names and not (names == () and _SOURCE.match(text)):
        return None
    return Byline(names or (), 0, len(text), bool(_ROLE_MARK.search(rest)))


@lru_cache(maxsize=MOST_LINES)
def at_the_end(text: str) -> Byline | None:
    """Return a byline in brackets behind the last sentence of a paragraph; offsets into the text given.

    >>> found = at_the_end("成了群众的好去处。 (李昕俞琳)")
    >>> found.names, found.start
    (('李昕', '俞琳'), 9)
    >>> at_the_end("覆盖三个镇（街道）") is None
    True
    """
    if text[-1:] not in CLOSING_BRACKETS + "。.":
        return _bare_names_at_the_end(text)
    bracket = _TAIL_BRACKET.search(text, max(0, len(text) - LONGEST_LINE - 8))
    if not bracket or not bracket.start():
        return None
    inner = bracket.group(1)
    names = () if _AUTHOR_NOTE.match(inner) else names_of(inner)
    roles = bool(_ROLE_MARK.search(inner))
    closes = text[: bracket.start()].rstrip()[-1:] in tuple(_ENDS)
    if names is None or not (names or roles or closes):
        return None
    return Byline(names, bracket.start(), len(text), roles)


def _bare_names_at_the_end(text: str) -> Byline | None:
    """Names behind the last sentence, set off by a space alone, or a credit set off by nothing."""
    if not text or text[-1] <= "\u3400":
        return None
    start = max(0, len(text) - _LONGEST_BARE)
    found = _TAIL_BARE.search(text, start) or _TAIL_CREDIT.search(text, start)
    names = names_of(found[0]) if found else None
    return Byline(names, found.start(), len(text), bool(_ROLE_MARK.search(found[0]))) if found and names else None


@lru_cache(maxsize=MOST_LINES)
def in_dateline(text: str) -> Byline | None:
    """Return the names in a dateline: 本报讯（记者 …）, 本报讯 记者…报道.

    >>> in_dateline("本报讯(见习记者 刘云 记者 黄大国)近日，记者来到").names
    ('刘云', '黄大国')
    >>> in_dateline("本报讯 近日，全县").names
    ()
    """
    head = _DATELINE.match(text[:40])
    if not head:
        return None
    rest = text[head.end() : head.end() + 80]
    bracket = _DATELINE_NAMES.match(rest)
    if bracket:
        return Byline(names_of(bracket.group(1)) or (), 0, head.end() + bracket.end(), True)
    return _loose_names(rest, head.end())


def _loose_names(rest: str, offset: int) -> Byline:
    """Names without brackets: those up to 报道, or as many set-off pieces as are names."""
    loose = _LOOSE_NAMES.match(rest)
    if not loose:
        return Byline((), 0, offset, False)
    names = list(names_of(loose.group(0)) or ()) if loose.group(0).endswith("报道") else []
    at = loose.end()
    while not loose.group(0).endswith("报道"):
        piece = _PIECE.match(rest, at)
        more = names_of(piece.group(1)) if piece else None
        if not piece or more is None:
            break
        names += more
        at = piece.end()
    return Byline(tuple(names), 0, offset + at, True) if names else Byline((), 0, offset, False)
