"""What an empty list says: why nothing is here, what to do next, and one button."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QCoreApplication

from core.writing.figure_text import grouped

translate = QCoreApplication.translate


class Empty(NamedTuple):
    """Why a list is empty: what was asked, where, and how many would be found elsewhere."""

    words: str = ""
    filtered: bool = False
    scope: str = "all"
    title: str = ""
    found: int = 0


def notice_for(empty: Empty) -> tuple[str, str, str, str, str]:
    """Icon, what is so, what to do next, the button's words, and what it does."""
    words = empty.words.strip()
    if empty.scope != "all" and empty.found and (words or empty.filtered):
        return (
            "search",
            translate("Notices", "「{name}」里没有").format(name=empty.title),
            translate("Notices", "整个案例库里有 {n} 例符合。").format(n=grouped(empty.found)),
            translate("Notices", "在全部案例里看"),
            "all",
        )
    if words and empty.filtered:
        return (
            "funnel",
            translate("Notices", "没有同时符合的案例"),
            translate("Notices", "查找的字和筛选都要符合。去掉筛选再看看。"),
            translate("Notices", "去掉筛选"),
            "unfilter",
        )
    if words:
        return (
            "search",
            translate("Notices", "没有找到「{words}」").format(words=words),
            _other_words(words),
            translate("Notices", "清空查找"),
            "clear",
        )
    if empty.filtered:
        return (
            "funnel",
            translate("Notices", "没有符合筛选的案例"),
            translate("Notices", "几个条件要同时符合。去掉一两个再看看。"),
            translate("Notices", "去掉筛选"),
            "unfilter",
        )
    return _nothing_there(empty)


def _other_words(words: str) -> str:
    if len(words.split()) > 1:
        return translate("Notices", "几个词要在同一例里都有才算。少写一个词再试。")
    return translate("Notices", "标题、正文、机制和数据里都没有这几个字。换个说法，或少写几个字再试。")


def notice_apart(words: str, apart: str, found: int) -> tuple[str, str, str, str, str]:
    """Said when the words of a run that stands nowhere are found one by one."""
    return (
        "search",
        translate("Notices", "没有连着写成「{words}」的").format(words=words.strip()),
        translate("Notices", "拆成「{apart}」，几个词都有的有 {n} 例。").format(apart=apart, n=grouped(found)),
        translate("Notices", "拆开找"),
        "apart",
    )


def _nothing_there(empty: Empty) -> tuple[str, str, str, str, str]:
    if empty.scope == "selection":
        return (
            "bookmark",
            translate("Notices", "这个汇编还是空的"),
            translate("Notices", "把案例拖到左边的汇编上，或选中案例按 Ctrl+D。"),
            translate("Notices", "去选案例"),
            "all",
        )
    if empty.scope != "all":
        return (
            "library",
            translate("Notices", "「{name}」里没有案例").format(name=empty.title),
            translate("Notices", "看看别处。"),
            translate("Notices", "看全部案例"),
            "all",
        )
    return (
        "library",
        translate("Notices", "这个案例库还是空的"),
        translate("Notices", "把版面文件或文件夹拖到窗口里，或按 Ctrl+Shift+V 粘贴一个版面。"),
        translate("Notices", "导入版面…"),
        "import",
    )


def no_library() -> tuple[str, str, str, str, str]:
    """Said when no library could be opened."""
    return (
        "library",
        translate("Notices", "还没有打开案例库"),
        translate("Notices", "打开一个案例库，或从默认案例库开始。"),
        translate("Notices", "打开默认案例库"),
        "default",
    )
