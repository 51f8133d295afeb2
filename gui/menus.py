"""The menus of the window as one table: what each entry is called, its icon, and when it can be used."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QT_TRANSLATE_NOOP


class Entry(NamedTuple):
    """One entry of a menu.

    ``do`` names what the window does, and its keys in ``gui.shortcuts``; ``opens`` a menu that the window fills.
    """

    do: str
    text: str
    icon: str = ""
    checkable: bool = False
    opens: bool = False
    group: str = ""
    needs: str = ""
    """When it can be used: "library", "writing" (a library that can be changed), "cases" (chosen), "selection"."""


LINE = Entry("", "")

MENUS: tuple[tuple[str, tuple[Entry, ...]], ...] = (
    (
        QT_TRANSLATE_NOOP("Menus", "文件(&F)"),
        (
            Entry("new_library", QT_TRANSLATE_NOOP("Menus", "新建案例库…"), "file-plus"),
            Entry("open_library", QT_TRANSLATE_NOOP("Menus", "打开…"), "folder-open"),
            Entry("recent", QT_TRANSLATE_NOOP("Menus", "最近打开"), "history", opens=True),
            LINE,
            Entry("import_files", QT_TRANSLATE_NOOP("Menus", "导入版面…"), "upload", needs="writing"),
            Entry("import_folder", QT_TRANSLATE_NOOP("Menus", "导入文件夹…"), "folder-plus", needs="writing"),
            Entry("paste_page", QT_TRANSLATE_NOOP("Menus", "粘贴版面"), "newspaper", needs="writing"),
            Entry("tidy_source", QT_TRANSLATE_NOOP("Menus", "整理版面…"), "pencil", needs="writing"),
            Entry("show_import_log", QT_TRANSLATE_NOOP("Menus", "导入记录…"), needs="library"),
            LINE,
            Entry("save_as", QT_TRANSLATE_NOOP("Menus", "另存为…"), "save", needs="library"),
            Entry("back_up", QT_TRANSLATE_NOOP("Menus", "备份…"), "download", needs="library"),
            Entry("restore", QT_TRANSLATE_NOOP("Menus", "从备份恢复…"), "rotate-ccw", needs="library"),
            LINE,
            Entry("close", QT_TRANSLATE_NOOP("Menus", "退出"), ""),
        ),
    ),
    (
        QT_TRANSLATE_NOOP("Menus", "编辑(&E)"),
        (
            Entry("undo", QT_TRANSLATE_NOOP("Menus", "撤销"), "undo-2", needs="undo"),
            Entry("redo", QT_TRANSLATE_NOOP("Menus", "重做"), "redo-2", needs="redo"),
            LINE,
            Entry("copy", QT_TRANSLATE_NOOP("Menus", "复制"), "copy"),
            Entry("copy_with_source", QT_TRANSLATE_NOOP("Menus", "复制并附出处"), "quote", needs="cases"),
            Entry("select_all", QT_TRANSLATE_NOOP("Menus", "全选"), ""),
            LINE,
            Entry("remove", QT_TRANSLATE_NOOP("Menus", "删除案例"), "trash-2", needs="writing cases"),
            LINE,
            Entry("find", QT_TRANSLATE_NOOP("Menus", "搜索"), "search"),
            Entry("filter", QT_TRANSLATE_NOOP("Menus", "筛选…"), "funnel", needs="library"),
        ),
    ),
    (
        QT_TRANSLATE_NOOP("Menus", "查看(&V)"),
        (
            Entry("show_overview", QT_TRANSLATE_NOOP("Menus", "总览"), "layout-dashboard", needs="library"),
            Entry("show_mechanisms", QT_TRANSLATE_NOOP("Menus", "机制"), "workflow", needs="library"),
            Entry("show_desk", QT_TRANSLATE_NOOP("Menus", "导入台"), "layers", needs="writing"),
            Entry("show_all", QT_TRANSLATE_NOOP("Menus", "全部案例"), "library", needs="library"),
            Entry("swap_tree", QT_TRANSLATE_NOOP("Menus", "换按地区 / 按主题"), "list-tree", needs="library"),
            LINE,
            Entry("show_side", QT_TRANSLATE_NOOP("Menus", "目录栏"), "panel-left", checkable=True),
            Entry("show_detail", QT_TRANSLATE_NOOP("Menus", "案例正文栏"), "panel-right", checkable=True),
            Entry("show_figures", QT_TRANSLATE_NOOP("Menus", "数据表"), "panel-bottom", checkable=True),
            Entry("dense", QT_TRANSLATE_NOOP("Menus", "一例一行"), "list", checkable=True),
            LINE,
            Entry("scheme_system", QT_TRANSLATE_NOOP("Menus", "随系统明暗"), "monitor", checkable=True, group="scheme"),
            Entry("scheme_light", QT_TRANSLATE_NOOP("Menus", "浅色"), "sun", checkable=True, group="scheme"),
            Entry("scheme_dark", QT_TRANSLATE_NOOP("Menus", "深色"), "moon", checkable=True, group="scheme"),
            LINE,
            Entry("text_larger", QT_TRANSLATE_NOOP("Menus", "正文放大"), "a-arrow-up"),
            Entry("text_smaller", QT_TRANSLATE_NOOP("Menus", "正文缩小"), "a-arrow-down"),
            Entry("text_usual", QT_TRANSLATE_NOOP("Menus", "正文原来大小"), ""),
        ),
    ),
    (
        QT_TRANSLATE_NOOP("Menus", "汇编(&S)"),
        (
            Entry("collect", QT_TRANSLATE_NOOP("Menus", "加入汇编…"), "bookmark", needs="writing cases"),
            Entry(
                "drop_out",
                QT_TRANSLATE_NOOP("Menus", "移出这个汇编"),
                "minus",
                needs="writing cases selection",
            ),
            Entry("move_up", QT_TRANSLATE_NOOP("Menus", "上移"), "arrow-up", needs="writing cases selection"),
            Entry("move_down", QT_TRANSLATE_NOOP("Menus", "下移"), "arrow-down", needs="writing cases selection"),
            LINE,
            Entry("new_selection", QT_TRANSLATE_NOOP("Menus", "新建汇编…"), "plus", needs="writing"),
            Entry("rename_selection", QT_TRANSLATE_NOOP("Menus", "汇编改名"), "pencil", needs="writing selection"),
            Entry("remove_selection", QT_TRANSLATE_NOOP("Menus", "删除汇编"), "trash-2", needs="writing selection"),
        ),
    ),
    (
        QT_TRANSLATE_NOOP("Menus", "帮助(&H)"),
        (
            Entry("show_manual", QT_TRANSLATE_NOOP("Menus", "使用手册"), "book-open"),
            Entry("show_welcome", QT_TRANSLATE_NOOP("Menus", "第一次使用"), "info", needs="library"),
            Entry("show_shortcuts", QT_TRANSLATE_NOOP("Menus", "快捷键"), "keyboard"),
            Entry("show_about", QT_TRANSLATE_NOOP("Menus", "关于案览"), ""),
        ),
    ),
)
OTHER_KEYS: tuple[Entry, ...] = (
    Entry("next_pane", QT_TRANSLATE_NOOP("Menus", "到下一栏")),
    Entry("previous_pane", QT_TRANSLATE_NOOP("Menus", "到上一栏")),
)


def entries_of_menus() -> list[Entry]:
    """Every entry that does something."""
    return [entry for _, entries in MENUS for entry in entries if entry is not LINE and not entry.opens]
