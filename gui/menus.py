"""The menus of the window as one table: what each entry is called, what it does, and when it can be used."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal, TypeAlias, cast

from PySide6.QtWidgets import QApplication

from core.decisions.log import RULES
from gui import theme
from gui.shell.menu_bar import LINE, Entry

if TYPE_CHECKING:
    from collections.abc import Callable

    from gui.areas import Areas

Entries: TypeAlias = "tuple[Entry, ...]"

LIST_MENU = (
    *("review", "review_cases", "show_proof", "edit", "change_many", "join_cases", "star", "copy_case", ""),
    *("copy", "copy_sentences", "copy_notes", "copy_figures", ""),
    *("collect", "compare", "show_like", "export", ""),
    *("move_up", "move_down", "drop_out", "", "remove"),
)
"""What can be done with the chosen cases."""


def file_menu(on: Areas, open_window: Callable[[], object]) -> Entries:
    """Return the menu of libraries, pages, and files to colleagues and from them."""
    files, browse, exchange = on.files, on.browse, on.exchange
    return (
        Entry("new_library", "新建案例库…", files.new_library, "file-plus"),
        Entry("open_library", "打开…", files.open_library, "folder-open"),
        Entry("recent", "最近打开", files.fill_recent, "history", opens=True),
        LINE,
        Entry("import_files", "导入版面…", lambda: on.importing.import_files(), "upload", "writing"),
        Entry("import_folder", "导入文件夹…", lambda: on.importing.import_folder(), "folder-plus", "writing"),
        Entry("paste_page", "粘贴版面", lambda: on.importing.paste_page(), "newspaper", "writing"),
        Entry("tidy_source", "整理版面…", lambda: on.importing.tidy_source(), "pencil", "writing"),
        Entry("show_import_log", "导入记录…", lambda: on.importing.show_import_log(), "", "library"),
        LINE,
        Entry("export", "导出…", lambda: on.exporting.export(), "file-text", "library"),
        Entry("take_back", "收回表格…", lambda: on.exporting.back.ask(), "download", "writing"),
        Entry("print", "打印…", lambda: on.exporting.print(), "printer", "library"),
        LINE,
        Entry("hand_out", "分发…", lambda: exchange.hand_out(*browse.what_is_chosen()), "upload", "library"),
        Entry("hand_back", "交回…", exchange.hand_back, "", "library"),
        Entry("merge", "合并…", exchange.merge, "download", "writing"),
        Entry("show_merges", "汇总与合并记录", exchange.show_merges, "history", "library"),
        LINE,
        Entry("save_as", "另存为…", files.save_as, "save", "library"),
        Entry("back_up", "备份…", files.back_up, "download", "library"),
        Entry("restore", "从备份恢复…", files.restore, "rotate-ccw", "library"),
        LINE,
        Entry("new_window", "新窗口", open_window),
        Entry("close", "关闭窗口", on.close),
        Entry("quit", "退出", QApplication.closeAllWindows),
    )


def edit_menu(on: Areas, undo: Callable[[], object], redo: Callable[[], object]) -> Entries:
    """Return the menu of changes, copies and searches."""
    frame, browse = on.frame, on.browse
    return (
        Entry("undo", "撤销", undo, "undo-2", "undo"),
        Entry("redo", "重做", redo, "redo-2", "redo"),
        LINE,
        Entry("copy", "复制", frame.copy, "copy"),
        Entry("copy_with_source", "复制并附出处", browse.copy_with_source, "quote", "cases"),
        Entry("copy_sentences", "复制成句子，带出处", browse.quoting.sentences, "", "cases"),
        Entry("copy_notes", "复制成脚注", browse.quoting.notes, "", "cases"),
        Entry("copy_figures", "复制数据表，带出处", browse.quoting.table, "table-2", "cases"),
        Entry("select_all", "全选", frame.select_all),
        LINE,
        Entry("edit", "修改…", browse.editing.edit, "pencil", "writing cases"),
        Entry("add_figure", "添加数据…", browse.editing.figures.add, "plus", "writing cases"),
        Entry("edit_mechanisms", "机制", browse.editing.mechanisms.fill, "workflow", "writing cases", opens=True),
        Entry("star", "加星标、去掉星标", browse.editing.star, "star", "writing cases"),
        Entry("change_many", "批量修改…", browse.editing.change_many, "tag", "writing cases"),
        Entry("join_cases", "合并两个案例…", browse.editing.join_cases, "merge", "writing cases"),
        Entry("copy_case", "复制成新案例", browse.editing.copy_case, "copy", "writing cases"),
        Entry("new_case", "新建案例…", browse.editing.new_case, "file-plus", "writing"),
        Entry("remove", "放进回收站", browse.remove, "trash-2", "writing cases"),
        LINE,
        Entry("show_proof", "查出处…", browse.proving.show, "quote", "case"),
        Entry("find", "查找", frame.to_search, "search"),
        Entry("next_hit", "下一处", lambda: browse.showing.step_hit(1), "chevron-down", "hits"),
        Entry("previous_hit", "上一处", lambda: browse.showing.step_hit(-1), "chevron-up", "hits"),
        Entry("filter", "筛选…", frame.show_filters, "funnel", "library"),
    )


def view_menu(on: Areas) -> Entries:
    """Return the menu of pages, panes and looks."""
    frame, browse, look = on.frame, on.browse, on.look
    choosing = browse.choosing
    return (
        Entry("show_overview", "总览", choosing.show_overview, "layout-dashboard", "library"),
        Entry("show_mechanisms", "机制", choosing.show_mechanisms, "workflow", "library"),
        Entry("show_all", "全部案例", choosing.show_all, "library", "library"),
        Entry("show_bin", "回收站", browse.binning.show, "trash-2", "library"),
        Entry("show_desk", "导入台", lambda: on.importing.show_desk(), "layers", "writing"),
        Entry("swap_tree", "换按地区 / 按主题", choosing.swap_tree, "list-tree", "library"),
        LINE,
        Entry("show_side", "目录栏", frame.show_side, ticked=frame.shows_side),
        Entry("show_detail", "案例正文栏", frame.show_detail, ticked=lambda: frame.wants_detail),
        Entry("show_figures", "数据表", frame.show_figures, ticked=lambda: frame.wants_figures),
        Entry("dense", "一例一行", frame.show_dense, ticked=frame.is_dense),
        LINE,
        *(_scheme(on, name, text) for name, text in SCHEMES),
        LINE,
        Entry("text_larger", "正文放大", look.text_larger, "a-arrow-up"),
        Entry("text_smaller", "正文缩小", look.text_smaller, "a-arrow-down"),
        Entry("text_usual", "正文原来大小", look.text_usual),
    )


SCHEMES = (("system", "随系统明暗"), ("light", "浅色"), ("dark", "深色"))


def _scheme(on: Areas, name: str, text: str) -> Entry:
    choice = cast("theme.Choice", name)
    return Entry(
        f"scheme_{name}",
        text,
        lambda ticked: on.look.dress(choice),
        ticked=lambda: theme.choice() == name,
        group="scheme",
    )


def selection_menu(on: Areas) -> Entries:
    """Return the menu of selections."""
    browse = on.browse
    collecting = browse.collecting
    return (
        Entry("collect", "加入汇编…", collecting.collect, "bookmark", "writing cases"),
        Entry("drop_out", "移出这个汇编", collecting.drop_out, "minus", "writing cases selection"),
        Entry("move_up", "上移", collecting.move_up, "arrow-up", "writing cases selection"),
        Entry("move_down", "下移", collecting.move_down, "arrow-down", "writing cases selection"),
        LINE,
        Entry(
            "arrange", "编排汇编", lambda: on.arranging.show(browse.choosing.selection()), "list", "writing selection"
        ),
        Entry("new_selection", "新建汇编…", collecting.new_selection, "plus", "writing"),
        Entry("rename_selection", "汇编改名…", collecting.rename_selection, "pencil", "writing selection"),
        Entry("remove_selection", "删除汇编", collecting.remove_selection, "trash-2", "writing selection"),
    )


def review_menu(on: Areas) -> Entries:
    """Return the menu of checking figures and cases."""
    browse = on.browse
    return (
        Entry("review", "核对…", lambda: on.reviewing.start(*browse.what_is_chosen()), "check", "writing"),
        Entry("review_cases", "逐例核对…", lambda: _review_cases(on), "", "writing"),
        Entry("review_all", "核对整个案例库", lambda: on.reviewing.start(None, "整个案例库"), "", "writing"),
        Entry("set_back", "改回未核", lambda: _set_back(on), "rotate-ccw", "writing"),
        LINE,
        Entry("show_doubts", "待核实", lambda: on.doubting.show(*browse.what_is_chosen()), "", "library"),
        Entry("show_conflicts", "说法不一", lambda: on.doubting.show(None, "整个案例库", "conflicts"), "", "library"),
        LINE,
        *(_second(on, name, words) for name, words in RULES["second"].items()),
        LINE,
        Entry("name_reviewer", "核对人…", on.reviewer.ask, "users"),
    )


def _review_cases(on: Areas) -> None:
    on.reviewing.start(*on.browse.what_is_chosen(), "case")


def _second(on: Areas, name: str, words: str) -> Entry:
    return Entry(
        f"second_{name}",
        f"第二个人：{words}",
        lambda ticked: on.reviewing.choose_second(name),
        ticked=lambda: on.reviewing.second() == name,
        group="second",
    )


def _set_back(on: Areas) -> None:
    """Take back what was said of the figure that is checked, else of the chosen figures, else of the chosen cases."""
    if on.has("reviewing") and on.reviewing.is_shown():
        on.reviewing.do("unset")
    else:
        on.browse.editing.set_back()


def compare_menu(on: Areas) -> Entries:
    """Return the menu of comparing."""
    return (
        Entry("compare", "比较", lambda: _compare(on), "scale", "several"),
        Entry("compare_places", "按地区比较", lambda: _compare(on, "place"), "", "several"),
        Entry("compare_cell", "比较这一格的案例", lambda: _compare_cell(on), "", "cell"),
        Entry("compare_theme", "比较这个主题的各地", lambda: _compare_theme(on), "", "cell"),
        LINE,
        Entry("show_like", "相近的案例", lambda: on.comparing.show_like(on.browse.showing.num() or 0), "", "case"),
        LINE,
        Entry("show_compare", "回到比较", lambda: on.comparing.show(), "columns-3", "library"),
        Entry("copy_sheet", "复制比较表", lambda: on.comparing.copy_table(), "copy", "sheet"),
        Entry("copy_chart", "复制图", lambda: on.comparing.copy_picture(), "", "sheet"),
    )


def _compare(on: Areas, by: Literal["place"] | None = None) -> None:
    nums, title = on.browse.to_compare()
    on.comparing.compare(nums, title, by)


def _compare_cell(on: Areas) -> None:
    cell = on.browse.cell()
    if cell is not None:
        on.comparing.compare_query(*cell)


def _compare_theme(on: Areas) -> None:
    """The theme of the current cell of the map, a place a column."""
    cell = on.browse.cell()
    if cell is not None:
        theme = replace(cell[0], places=())
        on.comparing.compare_query(theme, "、".join(theme.themes), "place")


def help_menu(on: Areas) -> Entries:
    """Return the menu of help."""
    helping = on.helping
    return (
        Entry("show_manual", "使用手册", helping.show_manual, "book-open"),
        Entry("show_welcome", "第一次使用", helping.show_welcome, "info", "library"),
        Entry("show_shortcuts", "快捷键", helping.show_shortcuts, "keyboard"),
        Entry("check_library", "检查案例库", helping.check_library, "", "library"),
        Entry("show_about", "关于案览", helping.show_about),
    )


def other_keys(on: Areas) -> Entries:
    """Return what is done by keys only."""
    frame = on.frame
    return Entry("next_pane", "到下一栏", frame.next_pane), Entry("previous_pane", "到上一栏", frame.previous_pane)
