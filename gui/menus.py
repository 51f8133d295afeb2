"""The menus of the window as one table: what each entry is called, what it does, and when it can be used."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal, cast

from PySide6.QtWidgets import QApplication

from core.decisions.log import RULES
from gui import theme
from gui.shell.menu_bar import LINE, Entry, Menu

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from gui.browse.browse import Browse
    from gui.compare.comparing import Comparing
    from gui.desk.importing import Importing
    from gui.exchange.exchange import Exchange
    from gui.frame import Frame
    from gui.help.helping import Helping
    from gui.library_files import LibraryFiles
    from gui.review.doubting import Doubting
    from gui.review.reviewing import Reviewing
    from gui.shell.look import Look
    from gui.shell.reviewer import Reviewer
    from gui.writing.arranging import Arranging
    from gui.writing.exporting import Exporting

LIST_MENU = (
    *("review", "review_cases", "show_proof", "edit", "change_many", "join_cases", "star", "copy_case", ""),
    *("copy", "copy_sentences", "copy_notes", "copy_figures", ""),
    *("collect", "compare", "show_like", "export", ""),
    *("move_up", "move_down", "drop_out", "", "remove"),
)
"""What can be done with the chosen cases."""


def file_menu(
    files: LibraryFiles,
    importing: Importing,
    exporting: Exporting,
    exchange: Sequence[Entry],
    open_window: Callable[[], object],
    close: Callable[[], object],
) -> Menu:
    """Return the menu of libraries and pages."""
    return Menu(
        "文件(&F)",
        (
            Entry("new_library", "新建案例库…", files.new_library, "file-plus"),
            Entry("open_library", "打开…", files.open_library, "folder-open"),
            Entry("recent", "最近打开", files.fill_recent, "history", opens=True),
            LINE,
            Entry("import_files", "导入版面…", importing.import_files, "upload", "writing"),
            Entry("import_folder", "导入文件夹…", importing.import_folder, "folder-plus", "writing"),
            Entry("paste_page", "粘贴版面", importing.paste_page, "newspaper", "writing"),
            Entry("tidy_source", "整理版面…", importing.tidy_source, "pencil", "writing"),
            Entry("show_import_log", "导入记录…", importing.show_import_log, "", "library"),
            LINE,
            Entry("export", "导出…", lambda: exporting.export(), "file-text", "library"),
            Entry("take_back", "收回表格…", exporting.back.ask, "download", "writing"),
            Entry("print", "打印…", exporting.print, "printer", "library"),
            LINE,
            *exchange,
            LINE,
            Entry("save_as", "另存为…", files.save_as, "save", "library"),
            Entry("back_up", "备份…", files.back_up, "download", "library"),
            Entry("restore", "从备份恢复…", files.restore, "rotate-ccw", "library"),
            LINE,
            Entry("new_window", "新窗口", open_window),
            Entry("close", "关闭窗口", close),
            Entry("quit", "退出", QApplication.closeAllWindows),
        ),
    )


def exchange_entries(browse: Browse, exchange: Exchange) -> Sequence[Entry]:
    """Return what is done with files to colleagues and from them."""
    return (
        Entry("hand_out", "分发…", lambda: exchange.hand_out(*browse.what_is_chosen()), "upload", "library"),
        Entry("hand_back", "交回…", exchange.hand_back, "", "library"),
        Entry("merge", "合并…", exchange.merge, "download", "writing"),
        Entry("show_merges", "汇总与合并记录", exchange.show_merges, "history", "library"),
    )


def edit_menu(frame: Frame, browse: Browse, undo: Callable[[], object], redo: Callable[[], object]) -> Menu:
    """Return the menu of changes, copies and searches."""
    return Menu(
        "编辑(&E)",
        (
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
        ),
    )


def view_menu(frame: Frame, browse: Browse, importing: Importing, look: Look) -> Menu:
    """Return the menu of pages, panes and looks."""
    choosing = browse.choosing
    return Menu(
        "查看(&V)",
        (
            Entry("show_overview", "总览", choosing.show_overview, "layout-dashboard", "library"),
            Entry("show_mechanisms", "机制", choosing.show_mechanisms, "workflow", "library"),
            Entry("show_all", "全部案例", choosing.show_all, "library", "library"),
            Entry("show_bin", "回收站", browse.binning.show, "trash-2", "library"),
            Entry("show_desk", "导入台", importing.show_desk, "layers", "writing"),
            Entry("swap_tree", "换按地区 / 按主题", choosing.swap_tree, "list-tree", "library"),
            LINE,
            Entry("show_side", "目录栏", frame.show_side, ticked=frame.shows_side),
            Entry("show_detail", "案例正文栏", frame.show_detail, ticked=lambda: frame.wants_detail),
            Entry("show_figures", "数据表", frame.show_figures, ticked=lambda: frame.wants_figures),
            Entry("dense", "一例一行", frame.show_dense, ticked=frame.is_dense),
            LINE,
            *(_scheme(look, name, text) for name, text in SCHEMES),
            LINE,
            Entry("text_larger", "正文放大", look.text_larger, "a-arrow-up"),
            Entry("text_smaller", "正文缩小", look.text_smaller, "a-arrow-down"),
            Entry("text_usual", "正文原来大小", look.text_usual),
        ),
    )


SCHEMES = (("system", "随系统明暗"), ("light", "浅色"), ("dark", "深色"))


def _scheme(look: Look, name: str, text: str) -> Entry:
    choice = cast("theme.Choice", name)
    return Entry(
        f"scheme_{name}",
        text,
        lambda on: look.dress(choice),
        ticked=lambda: theme.choice() == name,
        group="scheme",
    )


def selection_menu(browse: Browse, arranging: Arranging) -> Menu:
    """Return the menu of selections."""
    collecting = browse.collecting
    return Menu(
        "汇编(&S)",
        (
            Entry("collect", "加入汇编…", collecting.collect, "bookmark", "writing cases"),
            Entry("drop_out", "移出这个汇编", collecting.drop_out, "minus", "writing cases selection"),
            Entry("move_up", "上移", collecting.move_up, "arrow-up", "writing cases selection"),
            Entry("move_down", "下移", collecting.move_down, "arrow-down", "writing cases selection"),
            LINE,
            Entry(
                "arrange", "编排汇编", lambda: arranging.show(browse.choosing.selection()), "list", "writing selection"
            ),
            Entry("new_selection", "新建汇编…", collecting.new_selection, "plus", "writing"),
            Entry("rename_selection", "汇编改名…", collecting.rename_selection, "pencil", "writing selection"),
            Entry("remove_selection", "删除汇编", collecting.remove_selection, "trash-2", "writing selection"),
        ),
    )


def review_menu(browse: Browse, reviewing: Reviewing, doubting: Doubting, reviewer: Reviewer) -> Menu:
    """Return the menu of checking figures and cases."""
    return Menu(
        "核对(&R)",
        (
            Entry("review", "核对…", lambda: reviewing.start(*browse.what_is_chosen()), "check", "writing"),
            Entry("review_cases", "逐例核对…", lambda: _review_cases(browse, reviewing), "", "writing"),
            Entry("review_all", "核对整个案例库", lambda: reviewing.start(None, "整个案例库"), "", "writing"),
            Entry("set_back", "改回未核", lambda: _set_back(browse, reviewing), "rotate-ccw", "writing"),
            LINE,
            Entry("show_doubts", "待核实", lambda: doubting.show(*browse.what_is_chosen()), "", "library"),
            Entry("show_conflicts", "说法不一", lambda: doubting.show(None, "整个案例库", "conflicts"), "", "library"),
            LINE,
            *(_second(reviewing, name, words) for name, words in RULES["second"].items()),
            LINE,
            Entry("name_reviewer", "核对人…", reviewer.ask, "users"),
        ),
    )


def _review_cases(browse: Browse, reviewing: Reviewing) -> None:
    reviewing.start(*browse.what_is_chosen(), "case")


def _second(reviewing: Reviewing, name: str, words: str) -> Entry:
    return Entry(
        f"second_{name}",
        f"第二个人：{words}",
        lambda on: reviewing.choose_second(name),
        ticked=lambda: reviewing.second() == name,
        group="second",
    )


def _set_back(browse: Browse, reviewing: Reviewing) -> None:
    """Take back what was said of the figure that is checked, else of the chosen figures, else of the chosen cases."""
    if reviewing.is_shown():
        reviewing.do("unset")
    else:
        browse.editing.set_back()


def compare_menu(browse: Browse, comparing: Comparing) -> Menu:
    """Return the menu of comparing."""
    return Menu(
        "比较(&C)",
        (
            Entry("compare", "比较", lambda: _compare(browse, comparing), "scale", "several"),
            Entry("compare_places", "按地区比较", lambda: _compare(browse, comparing, "place"), "", "several"),
            Entry("compare_cell", "比较这一格的案例", lambda: _compare_cell(browse, comparing), "", "cell"),
            Entry("compare_theme", "比较这个主题的各地", lambda: _compare_theme(browse, comparing), "", "cell"),
            LINE,
            Entry("show_like", "相近的案例", lambda: comparing.show_like(browse.showing.num() or 0), "", "case"),
            LINE,
            Entry("show_compare", "回到比较", comparing.show, "columns-3", "library"),
            Entry("copy_sheet", "复制比较表", comparing.copy_table, "copy", "sheet"),
            Entry("copy_chart", "复制图", comparing.copy_picture, "", "sheet"),
        ),
    )


def _compare(browse: Browse, comparing: Comparing, by: Literal["place"] | None = None) -> None:
    nums, title = browse.to_compare()
    comparing.compare(nums, title, by)


def _compare_cell(browse: Browse, comparing: Comparing) -> None:
    cell = browse.cell()
    if cell is not None:
        comparing.compare_query(*cell)


def _compare_theme(browse: Browse, comparing: Comparing) -> None:
    """The theme of the current cell of the map, a place a column."""
    cell = browse.cell()
    if cell is not None:
        theme = replace(cell[0], places=())
        comparing.compare_query(theme, "、".join(theme.themes), "place")


def help_menu(helping: Helping) -> Menu:
    """Return the menu of help."""
    return Menu(
        "帮助(&H)",
        (
            Entry("show_manual", "使用手册", helping.show_manual, "book-open"),
            Entry("show_welcome", "第一次使用", helping.show_welcome, "info", "library"),
            Entry("show_shortcuts", "快捷键", helping.show_shortcuts, "keyboard"),
            Entry("check_library", "检查案例库", helping.check_library, "", "library"),
            Entry("show_about", "关于案览", helping.show_about),
        ),
    )


def other_keys(frame: Frame) -> tuple[Entry, ...]:
    """Return what is done by keys only."""
    return Entry("next_pane", "到下一栏", frame.next_pane), Entry("previous_pane", "到上一栏", frame.previous_pane)
