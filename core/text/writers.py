"""Who wrote: the names in a byline, without the roles and organisations that are printed with them."""

from __future__ import annotations

import re

from core.text.marks import CLOSING_BRACKETS, OPENING_BRACKETS
from core.text.names import name_cost, split_names
from core.text.words import word_model

# 本报记者, 驻淳安记者, 特约通讯员, 文/图, 王一摄
_ROLE = re.compile(
    r"(?:本报|本网|全媒体|融媒体|融媒|特派|特约|见习|实习|首席|驻[\u3400-\u9fff]{1,4}|报道组|新华社|人民网)*"
    r"(?:记者|通讯员|摄影师|评论员|撰稿人|实习生|撰稿|作者|撰文|整理|供稿|来稿|摄影报道|报道|文字|供图|编辑|摄影)"
    r"|(?<![\u3400-\u9fff])(?:文图|图文|文|图|摄)(?![\u3400-\u9fff])|摄$"
)
_MAY_HOLD_ROLE = re.compile("[者员师人生稿作撰整供来摄报文图编]")
"""Without one of these characters no role stands in a text."""
# ■记者, 县报通讯员, 作者
_BEGINS_WITH_ROLE = re.compile(r"[□■●◆▲\s]*(?:[\u3400-\u9fff]{0,4}(?:记者|通讯员)|作者)")
# 清河融媒|记者, 青山全媒体|记者: glued before the desk is whose it is
_DESK = re.compile(r"(?<![\u3400-\u9fff])[\u3400-\u9fff]{1,8}?(?:全媒体|融媒体?|电视台|台)(?=记者|通讯员)")
_UNUSUAL_NAME = re.compile(r"[\u3400-\u9fff]{2,3}")
_SEPARATOR = re.compile(r"[\s、，,;；/|｜:：■●◆▲□○◎★☆•\-—&和]+")
# 县委宣传部, 青溪镇, 幸福社区
_ORG_ENDS = tuple("部局委办厅院镇乡社报台馆站会县市区村") + tuple("街道 中心 学校 大学 集团 公司 政府".split())
_ORG = re.compile(rf"[\u3400-\u9fff]{{2}}(?:{'|'.join(_ORG_ENDS)})$")
_MEDIA = re.compile(r"(?:[报社网刊]|电视台|电台|新闻|在线|传媒|媒体|客户端|频道)(?:·.*)?$")
"""A paper, an agency or a site, with what it calls its own pages behind a dot."""
_AROUND = OPENING_BRACKETS + CLOSING_BRACKETS + " \u3000"


def writers_of(byline: str) -> tuple[str, ...]:
    """Return who wrote what bears a byline, in brackets or not: the names in it, else its words without the roles.

    >>> writers_of("（本报记者 陈 默 通讯员 陈大文）"), writers_of("县委宣传部 供稿")
    (('陈默', '陈大文'), ('县委宣传部',))
    """
    bare = byline.strip(_AROUND)
    return names_of(bare) or tuple(_words_of(bare))


def names_of(text: str) -> tuple[str, ...] | None:
    """Return the names in a text of nothing but names, roles and organisations; None when anything else is in it.

    >>> names_of("■记者 陈 默 李小满"), names_of("见习记者 刘云 通讯员 张三丰"), names_of("王小明李建国/文")
    (('陈默', '李小满'), ('刘云', '张三丰'), ('王小明', '李建国'))
    >>> names_of("强党性 重实践 建新功") is None, names_of("县委宣传部 供稿")
    (True, ())
    >>> names_of("山海报记者 姜小梓"), names_of("海右晚报·海右一点 通讯员 王小明"), names_of("工作岗位") is None
    (('姜小梓',), ('王小明',), True)
    """
    trusted = bool(_BEGINS_WITH_ROLE.match(text))
    pieces = _words_of(text)
    found: list[str] = []
    at = 0
    while at < len(pieces):
        spaced, taken = _spaced_names(pieces, at)
        if spaced:
            found += spaced
            at += taken
            continue
        names = () if _is_body(pieces[at]) else _names_in(pieces[at])
        if (
            not names
            and trusted
            and not _is_body(pieces[at])
            and _UNUSUAL_NAME.fullmatch(pieces[at])
            and pieces[at] not in word_model().counts
        ):
            names = (pieces[at],)
        if not names and not _is_body(pieces[at]) and not _is_org(pieces[at]):
            return None
        if len(names) == 1 and _is_cut(pieces, at):
            names, at = (pieces[at] + pieces[at + 1],), at + 1
        found += names
        at += 1
    alone = bool(found) and len(pieces) == 1 and not trusted and pieces[0] in word_model().counts
    return None if alone else tuple(dict.fromkeys(found))


def _names_in(piece: str) -> tuple[str, ...]:
    """The names that a word of a byline is made of; one with a dot is a name of another language."""
    return (piece,) if "·" in piece and name_cost(piece) is not None else split_names(piece)


def _is_body(piece: str) -> bool:
    """Whether a word of a byline is a paper, an agency, or a body that the dictionary knows (商务部)."""
    return bool(_MEDIA.search(piece)) or (piece in word_model().counts and _is_org(piece))


def _is_org(piece: str) -> bool:
    """Whether a word of a byline ends as bodies and places do."""
    return piece.endswith(_ORG_ENDS) and _ORG.search(piece) is not None


def _words_of(text: str) -> list[str]:
    """The words of a byline without roles and what parts them."""
    bare = _ROLE.sub(" ", _DESK.sub(" ", text)) if _MAY_HOLD_ROLE.search(text) else text
    return [word for word in _SEPARATOR.split(bare) if word]


def _is_cut(pieces: list[str], at: int) -> bool:
    """Whether the last character of a name of three stands alone behind a space (刘海 兰)."""
    if len(pieces[at]) != 2 or at + 1 >= len(pieces) or len(pieces[at + 1]) != 1:
        return False
    return (at + 2 == len(pieces) or len(pieces[at + 2]) > 1) and name_cost(pieces[at] + pieces[at + 1]) is not None


def _spaced_names(pieces: list[str], at: int) -> tuple[tuple[str, ...], int]:
    """Names set with spaces (孟 航, 陈 小 林, 陈 小林) and their pieces' number: single characters, perhaps a pair."""
    stop = at
    while stop < len(pieces) and len(pieces[stop]) == 1:
        stop += 1
    if stop == at:
        return (), 0
    if stop < len(pieces) and len(pieces[stop]) == 2 and name_cost(pieces[stop - 1] + pieces[stop]) is not None:
        whole = split_names("".join(pieces[at : stop - 1])) if stop - 1 > at else ()
        if whole or stop - 1 == at:
            return (*whole, pieces[stop - 1] + pieces[stop]), stop + 1 - at
    return split_names("".join(pieces[at:stop])), stop - at
