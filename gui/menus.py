"""The menus of the window as one table: what each entry is called, its keys and its icon."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QT_TRANSLATE_NOOP

_M = "Menus"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a menu; ``do`` names what the window does, ``opens`` a menu that the window fills."""

    do: str
    text: str
    icon: str = ""
    keys: tuple[str, ...] = ()
    checkable: bool = False
    opens: bool = False
    group: str = ""
    needs: str = ""
    """When it can be used: "library", "writing" (a library that can be changed), "cases" (chosen), "selection"."""


LINE = Entry("", "")

MENUS: tuple[tuple[str, tuple[Entry, ...]], ...] = (
    (
        QT_TRANSLATE_NOOP(_M, "文件(&F)"),
        (
            Entry("new_library", QT_TRANSLATE_NOOP(_M, "新建案例库…"), "file-plus", ("Ctrl+N",)),
            Entry("open_library", QT_TRANSLATE_NOOP(_M, "打开…"), "folder-open", ("Ctrl+O",)),
            Entry("recent", QT_TRANSLATE_NOOP(_M, "最近打开"), "history", opens=True),
            LINE,
            Entry("save_as", QT_TRANSLATE_NOOP(_M, "另存为…"), "save", ("Ctrl+Shift+S",), needs="library"),
            Entry("back_up", QT_TRANSLATE_NOOP(_M, "备份…"), "download", needs="library"),
            Entry("restore", QT_TRANSLATE_NOOP(_M, "从备份恢复…"), "rotate-ccw", needs="library"),
            LINE,
            Entry("close", QT_TRANSLATE_NOOP(_M, "退出"), "", ("Ctrl+Q",)),
        ),
    ),
    (
        QT_TRANSLATE_NOOP(_M, "编辑(&E)"),
        (
            Entry("undo", QT_TRANSLATE_NOOP(_M, "撤销"), "undo-2", ("Ctrl+Z",), needs="undo"),
            Entry("redo", QT_TRANSLATE_NOOP(_M, "重做"), "redo-2", ("Ctrl+Y", "Ctrl+Shift+Z"), needs="redo"),
            LINE,
            Entry("copy", QT_TRANSLATE_NOOP(_M, "复制"), "copy", ("Ctrl+C",)),
            Entry("copy_with_source", QT_TRANSLATE_NOOP(_M, "复制并附出处"), "quote", ("Ctrl+Shift+C",), needs="cases"),
            Entry("select_all", QT_TRANSLATE_NOOP(_M, "全选"), "", ("Ctrl+A",)),
            LINE,
            Entry("remove", QT_TRANSLATE_NOOP(_M, "删除案例"), "trash-2", ("Del",), needs="writing cases"),
            LINE,
            Entry("find", QT_TRANSLATE_NOOP(_M, "搜索"), "search", ("Ctrl+F",)),
            Entry("filter", QT_TRANSLATE_NOOP(_M, "筛选…"), "funnel", ("Ctrl+Shift+F",), needs="library"),
        ),
    ),
    (
        QT_TRANSLATE_NOOP(_M, "查看(&V)"),
        (
            Entry("show_overview", QT_TRANSLATE_NOOP(_M, "总览"), "layout-dashboard", ("Ctrl+1",), needs="library"),
            Entry("show_mechanisms", QT_TRANSLATE_NOOP(_M, "机制"), "workflow", ("Ctrl+2",), needs="library"),
            Entry("show_all", QT_TRANSLATE_NOOP(_M, "全部案例"), "library", ("Ctrl+3",), needs="library"),
            Entry("swap_tree", QT_TRANSLATE_NOOP(_M, "换按地区 / 按主题"), "list-tree", ("Ctrl+T",), needs="library"),
            LINE,
            Entry("show_side", QT_TRANSLATE_NOOP(_M, "目录"), "panel-left", ("F9",), checkable=True),
            Entry("show_detail", QT_TRANSLATE_NOOP(_M, "案例正文"), "panel-right", ("F10",), checkable=True),
            Entry("show_figures", QT_TRANSLATE_NOOP(_M, "数据表"), "panel-bottom", ("F11",), checkable=True),
            Entry("dense", QT_TRANSLATE_NOOP(_M, "一例一行"), "list", ("Ctrl+L",), checkable=True),
            LINE,
            Entry("scheme_system", QT_TRANSLATE_NOOP(_M, "随系统明暗"), "monitor", checkable=True, group="scheme"),
            Entry("scheme_light", QT_TRANSLATE_NOOP(_M, "浅色"), "sun", checkable=True, group="scheme"),
            Entry("scheme_dark", QT_TRANSLATE_NOOP(_M, "深色"), "moon", checkable=True, group="scheme"),
            LINE,
            Entry("text_larger", QT_TRANSLATE_NOOP(_M, "正文放大"), "a-arrow-up", ("Ctrl++", "Ctrl+=")),
            Entry("text_smaller", QT_TRANSLATE_NOOP(_M, "正文缩小"), "a-arrow-down", ("Ctrl+-",)),
            Entry("text_usual", QT_TRANSLATE_NOOP(_M, "正文原来大小"), "", ("Ctrl+0",)),
        ),
    ),
    (
        QT_TRANSLATE_NOOP(_M, "汇编(&S)"),
        (
            Entry("collect", QT_TRANSLATE_NOOP(_M, "加入汇编…"), "bookmark", ("Ctrl+D",), needs="writing cases"),
            Entry(
                "drop_out",
                QT_TRANSLATE_NOOP(_M, "移出这个汇编"),
                "minus",
                ("Ctrl+Shift+D",),
                needs="writing cases selection",
            ),
            Entry("move_up", QT_TRANSLATE_NOOP(_M, "上移"), "arrow-up", ("Alt+Up",), needs="writing cases selection"),
            Entry(
                "move_down", QT_TRANSLATE_NOOP(_M, "下移"), "arrow-down", ("Alt+Down",), needs="writing cases selection"
            ),
            LINE,
            Entry("new_selection", QT_TRANSLATE_NOOP(_M, "新建汇编…"), "plus", ("Ctrl+Shift+N",), needs="writing"),
            Entry("rename_selection", QT_TRANSLATE_NOOP(_M, "汇编改名"), "pencil", needs="writing selection"),
            Entry("remove_selection", QT_TRANSLATE_NOOP(_M, "删除汇编"), "trash-2", needs="writing selection"),
        ),
    ),
    (
        QT_TRANSLATE_NOOP(_M, "帮助(&H)"),
        (
            Entry("show_shortcuts", QT_TRANSLATE_NOOP(_M, "快捷键"), "keyboard", ("F1",)),
            Entry("show_about", QT_TRANSLATE_NOOP(_M, "关于案览"), "info"),
        ),
    ),
)
OTHER_KEYS: tuple[Entry, ...] = (
    Entry("next_pane", QT_TRANSLATE_NOOP(_M, "到下一栏"), keys=("F6",)),
    Entry("previous_pane", QT_TRANSLATE_NOOP(_M, "到上一栏"), keys=("Shift+F6",)),
)
