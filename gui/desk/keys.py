"""The keys of the desk as one table: what each does, in words, and where it is heard."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from gui.kit.words import QT_TRANSLATE_NOOP

_C = "DeskKeys"


@dataclass(frozen=True, slots=True)
class Key:
    """One thing the desk does: ``keys`` any of which does it, ``short`` for the strip, ``words`` for menus.

    A key with ``page`` is heard only while the page has the focus, so that letters can be typed elsewhere.
    """

    do: str
    keys: tuple[str, ...]
    short: str
    words: str
    page: bool = True
    icon: str = ""
    strip: bool = True


KEYS: tuple[Key, ...] = (
    Key("cut", ("X", "Ctrl+K"), QT_TRANSLATE_NOOP(_C, "剪开"), QT_TRANSLATE_NOOP(_C, "从这里剪开，后面另成一篇")),
    Key("join", ("J",), QT_TRANSLATE_NOOP(_C, "拼接"), QT_TRANSLATE_NOOP(_C, "和另一篇拼起来…")),
    Key("move", ("M",), QT_TRANSLATE_NOOP(_C, "移走"), QT_TRANSLATE_NOOP(_C, "移到另一篇…")),
    Key("mark_title", ("T",), QT_TRANSLATE_NOOP(_C, "标题"), QT_TRANSLATE_NOOP(_C, "标为标题")),
    Key("mark_byline", ("B",), QT_TRANSLATE_NOOP(_C, "署名"), QT_TRANSLATE_NOOP(_C, "标为署名")),
    Key("mark_section", ("S",), QT_TRANSLATE_NOOP(_C, "栏目"), QT_TRANSLATE_NOOP(_C, "标为栏目")),
    Key("mark_caption", ("C",), QT_TRANSLATE_NOOP(_C, "图说"), QT_TRANSLATE_NOOP(_C, "标为图说")),
    Key("mark_body", ("P",), QT_TRANSLATE_NOOP(_C, "正文"), QT_TRANSLATE_NOOP(_C, "标为正文")),
    Key("mark_nothing", ("N", "Del"), QT_TRANSLATE_NOOP(_C, "不是文章"), QT_TRANSLATE_NOOP(_C, "标为不是文章")),
    Key("correct", ("R",), QT_TRANSLATE_NOOP(_C, "改字"), QT_TRANSLATE_NOOP(_C, "改正读错的字…")),
    Key("confirm", ("Return", "Space"), QT_TRANSLATE_NOOP(_C, "没错"), QT_TRANSLATE_NOOP(_C, "确认接缝没错")),
    Key(
        "go_on_first",
        ("1",),
        QT_TRANSLATE_NOOP(_C, "改接"),
        QT_TRANSLATE_NOOP(_C, "改接到第一处可能的地方"),
        strip=False,
    ),
    Key(
        "go_on_second",
        ("2",),
        QT_TRANSLATE_NOOP(_C, "改接"),
        QT_TRANSLATE_NOOP(_C, "改接到第二处可能的地方"),
        strip=False,
    ),
    Key("next_doubt", ("Tab",), QT_TRANSLATE_NOOP(_C, "下一处存疑"), QT_TRANSLATE_NOOP(_C, "到下一处存疑")),
    Key(
        "previous_doubt",
        ("Shift+Tab",),
        QT_TRANSLATE_NOOP(_C, "上一处存疑"),
        QT_TRANSLATE_NOOP(_C, "到上一处存疑"),
        strip=False,
    ),
    Key(
        "confirm_article",
        ("Shift+Return",),
        QT_TRANSLATE_NOOP(_C, "整篇没错"),
        QT_TRANSLATE_NOOP(_C, "这一篇的接缝都没错"),
        strip=False,
    ),
    Key(
        "edit_title",
        ("E",),
        QT_TRANSLATE_NOOP(_C, "改标题"),
        QT_TRANSLATE_NOOP(_C, "改这一篇的标题"),
        strip=False,
    ),
    Key("edit_place", ("G",), QT_TRANSLATE_NOOP(_C, "地区"), QT_TRANSLATE_NOOP(_C, "改这一篇的地区")),
    Key("edit_themes", ("H",), QT_TRANSLATE_NOOP(_C, "主题"), QT_TRANSLATE_NOOP(_C, "改这一篇的主题")),
    Key(
        "swap_kind",
        ("K",),
        QT_TRANSLATE_NOOP(_C, "案例或新闻"),
        QT_TRANSLATE_NOOP(_C, "换成新闻，或换回案例"),
        strip=False,
    ),
    Key(
        "join_previous",
        ("Alt+J",),
        QT_TRANSLATE_NOOP(_C, "拼到上一篇"),
        QT_TRANSLATE_NOOP(_C, "拼到上一篇后面"),
        strip=False,
    ),
    Key(
        "join_next",
        ("Alt+Shift+J",),
        QT_TRANSLATE_NOOP(_C, "拼上下一篇"),
        QT_TRANSLATE_NOOP(_C, "把下一篇拼到后面"),
        strip=False,
    ),
    Key(
        "next_article",
        ("Alt+Down",),
        QT_TRANSLATE_NOOP(_C, "下一篇"),
        QT_TRANSLATE_NOOP(_C, "到下一篇"),
        page=False,
        strip=False,
    ),
    Key(
        "previous_article",
        ("Alt+Up",),
        QT_TRANSLATE_NOOP(_C, "上一篇"),
        QT_TRANSLATE_NOOP(_C, "到上一篇"),
        page=False,
        strip=False,
    ),
    Key("undo", ("Ctrl+Z",), QT_TRANSLATE_NOOP(_C, "撤销"), QT_TRANSLATE_NOOP(_C, "撤销"), page=False, strip=False),
    Key(
        "redo",
        ("Ctrl+Y", "Ctrl+Shift+Z"),
        QT_TRANSLATE_NOOP(_C, "重做"),
        QT_TRANSLATE_NOOP(_C, "重做"),
        page=False,
        strip=False,
    ),
    Key(
        "accept",
        ("Ctrl+Return", "Ctrl+Enter"),
        QT_TRANSLATE_NOOP(_C, "接受本页"),
        QT_TRANSLATE_NOOP(_C, "接受本页，到下一页"),
        page=False,
        strip=False,
    ),
    Key(
        "next_page",
        ("Ctrl+PgDown",),
        QT_TRANSLATE_NOOP(_C, "下一页"),
        QT_TRANSLATE_NOOP(_C, "下一个版面"),
        page=False,
        strip=False,
    ),
    Key(
        "previous_page",
        ("Ctrl+PgUp",),
        QT_TRANSLATE_NOOP(_C, "上一页"),
        QT_TRANSLATE_NOOP(_C, "上一个版面"),
        page=False,
        strip=False,
    ),
    Key(
        "swap_side",
        ("Ctrl+Tab",),
        QT_TRANSLATE_NOOP(_C, "左右换"),
        QT_TRANSLATE_NOOP(_C, "在原文、文章、清单之间换"),
        page=False,
        strip=False,
    ),
)
# The menu of the page, and of its keys those that change an article as a whole.
PAGE_MENU = (
    "cut",
    "join",
    "join_previous",
    "join_next",
    "move",
    "",
    "mark_title",
    "mark_byline",
    "mark_section",
    "mark_caption",
    "mark_body",
    "mark_nothing",
    "",
    "correct",
    "confirm",
    "confirm_article",
    "go_on_first",
    "go_on_second",
    "",
    "edit_title",
    "edit_place",
    "edit_themes",
    "swap_kind",
)
CAPS = {"Return": "回车", "Enter": "回车", "Space": "空格", "Up": "↑", "Down": "↓", "Del": "Delete", "PgDown": "PgDn"}


def key_pressed(event: QKeyEvent, on_page: bool) -> str:
    """What a key press asks of the desk; empty when it is not one of its keys."""
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    key = event.key()
    if key == Qt.Key.Key_Backtab:
        key, modifiers = Qt.Key.Key_Tab, modifiers | Qt.KeyboardModifier.ShiftModifier
    pressed = QKeySequence(modifiers.value | key).toString()
    return _DO.get((pressed, True), "") if on_page and (pressed, True) in _DO else _DO.get((pressed, False), "")


def short(key: Key) -> str:
    """The few words under a key of the strip."""
    return QCoreApplication.translate(_C, key.short)


def words(key: Key) -> str:
    """What the key does, for menus and screen readers."""
    return QCoreApplication.translate(_C, key.words)


def cap(key: str) -> str:
    """What stands on the key: Return → 回车."""
    return "+".join(CAPS.get(part, part) for part in key.split("+"))


def of(do: str) -> Key:
    """The key that does this; KeyError when none does."""
    return _BY_DO[do]


_DO = {(QKeySequence(keys).toString(), key.page): key.do for key in KEYS for keys in key.keys}
_BY_DO = {key.do: key for key in KEYS}
