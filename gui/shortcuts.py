"""The keys of the program as one table."""

from __future__ import annotations

from gui.desk.keys import KEYS as DESK_KEYS
from gui.kit.keys import Shortcut
from gui.kit.words import QT_TRANSLATE_NOOP
from gui.review.keys import KEYS as REVIEW_KEYS

_S = "Shortcuts"


FIND = QT_TRANSLATE_NOOP(_S, "查找")
MOVE = QT_TRANSLATE_NOOP(_S, "浏览")
CASE = QT_TRANSLATE_NOOP(_S, "案例与数据")
COLLECT = QT_TRANSLATE_NOOP(_S, "汇编")
COMPARE = QT_TRANSLATE_NOOP(_S, "比较")
FILE = QT_TRANSLATE_NOOP(_S, "案例库")
VIEW = QT_TRANSLATE_NOOP(_S, "查看")
DESK = QT_TRANSLATE_NOOP(_S, "导入台")
REVIEW = QT_TRANSLATE_NOOP(_S, "核对")

SHORTCUTS: tuple[Shortcut, ...] = (
    Shortcut("find", ("Ctrl+F",), QT_TRANSLATE_NOOP(_S, "查找"), FIND),
    Shortcut("filter", ("Ctrl+Shift+F",), QT_TRANSLATE_NOOP(_S, "筛选"), FIND),
    Shortcut("to_hits", ("Down",), QT_TRANSLATE_NOOP(_S, "从查找框到列表"), FIND),
    Shortcut("next_hit", ("F3",), QT_TRANSLATE_NOOP(_S, "案例里的下一处；在正文里按回车也行"), FIND),
    Shortcut("previous_hit", ("Shift+F3",), QT_TRANSLATE_NOOP(_S, "案例里的上一处"), FIND),
    Shortcut("clear_find", ("Esc",), QT_TRANSLATE_NOOP(_S, "清空查找框"), FIND),
    Shortcut("next_pane", ("F6",), QT_TRANSLATE_NOOP(_S, "到下一栏"), MOVE),
    Shortcut("previous_pane", ("Shift+F6",), QT_TRANSLATE_NOOP(_S, "到上一栏"), MOVE),
    Shortcut("show_overview", ("Ctrl+1",), QT_TRANSLATE_NOOP(_S, "总览"), MOVE),
    Shortcut("show_mechanisms", ("Ctrl+2",), QT_TRANSLATE_NOOP(_S, "机制"), MOVE),
    Shortcut("show_all", ("Ctrl+3",), QT_TRANSLATE_NOOP(_S, "全部案例"), MOVE),
    Shortcut("show_desk", ("Ctrl+4",), QT_TRANSLATE_NOOP(_S, "导入台"), MOVE),
    Shortcut("show_bin", ("Ctrl+6",), QT_TRANSLATE_NOOP(_S, "回收站"), MOVE),
    Shortcut("swap_tree", ("Ctrl+T",), QT_TRANSLATE_NOOP(_S, "目录换按地区、按主题"), MOVE),
    Shortcut("next_row", ("Down", "Up"), QT_TRANSLATE_NOOP(_S, "下一行、上一行"), MOVE),
    Shortcut("next_link", ("Tab", "Shift+Tab"), QT_TRANSLATE_NOOP(_S, "下一个、上一个数字或机制"), MOVE),
    Shortcut("follow", ("Return",), QT_TRANSLATE_NOOP(_S, "打开，展开"), MOVE),
    Shortcut("copy", ("Ctrl+C",), QT_TRANSLATE_NOOP(_S, "复制；表格复制为单元格"), CASE),
    Shortcut("copy_with_source", ("Ctrl+Shift+C",), QT_TRANSLATE_NOOP(_S, "复制并附出处"), CASE),
    Shortcut("select_all", ("Ctrl+A",), QT_TRANSLATE_NOOP(_S, "全选"), CASE),
    Shortcut("show_proof", ("F8",), QT_TRANSLATE_NOOP(_S, "查出处：标题、地区、主题、机制、数据各印在哪里"), CASE),
    Shortcut("undo", ("Ctrl+Z",), QT_TRANSLATE_NOOP(_S, "撤销"), CASE),
    Shortcut("redo", ("Ctrl+Y", "Ctrl+Shift+Z"), QT_TRANSLATE_NOOP(_S, "重做"), CASE),
    Shortcut("edit", ("F2",), QT_TRANSLATE_NOOP(_S, "修改案例或数据；在汇编里改名"), CASE),
    Shortcut("add_figure", ("Ins",), QT_TRANSLATE_NOOP(_S, "添加数据，从正文里选中的文字读出"), CASE),
    Shortcut("change_many", ("Shift+F2",), QT_TRANSLATE_NOOP(_S, "批量修改选中的案例"), CASE),
    Shortcut("new_case", ("Ctrl+Alt+C",), QT_TRANSLATE_NOOP(_S, "新建案例"), CASE),
    Shortcut("star", ("Ctrl+B",), QT_TRANSLATE_NOOP(_S, "加星标、去掉星标"), CASE),
    Shortcut("remove", ("Del",), QT_TRANSLATE_NOOP(_S, "把案例放进回收站，删除数据"), CASE),
    Shortcut("collect", ("Ctrl+D",), QT_TRANSLATE_NOOP(_S, "加入汇编"), COLLECT),
    Shortcut("drop_out", ("Ctrl+Shift+D",), QT_TRANSLATE_NOOP(_S, "移出汇编"), COLLECT),
    Shortcut("move_up", ("Alt+Up",), QT_TRANSLATE_NOOP(_S, "在汇编里上移"), COLLECT),
    Shortcut("move_down", ("Alt+Down",), QT_TRANSLATE_NOOP(_S, "在汇编里下移"), COLLECT),
    Shortcut("arrange", ("Ctrl+7",), QT_TRANSLATE_NOOP(_S, "编排汇编：次序、小标题、说明、按语、数据"), COLLECT),
    Shortcut("new_selection", ("Ctrl+Shift+N",), QT_TRANSLATE_NOOP(_S, "新建汇编"), COLLECT),
    Shortcut("compare", ("Ctrl+M",), QT_TRANSLATE_NOOP(_S, "比较选中的，或列出的案例"), COMPARE),
    Shortcut("show_compare", ("Ctrl+5",), QT_TRANSLATE_NOOP(_S, "回到比较"), COMPARE),
    Shortcut("show_like", ("Ctrl+Shift+M",), QT_TRANSLATE_NOOP(_S, "相近的案例"), COMPARE),
    Shortcut("import_files", ("Ctrl+I",), QT_TRANSLATE_NOOP(_S, "导入版面"), FILE),
    Shortcut("paste_page", ("Ctrl+Shift+V",), QT_TRANSLATE_NOOP(_S, "粘贴版面"), FILE),
    Shortcut("tidy_source", ("Ctrl+E",), QT_TRANSLATE_NOOP(_S, "整理版面"), FILE),
    Shortcut("new_library", ("Ctrl+N",), QT_TRANSLATE_NOOP(_S, "新建案例库"), FILE),
    Shortcut("open_library", ("Ctrl+O",), QT_TRANSLATE_NOOP(_S, "打开案例库"), FILE),
    Shortcut("save_as", ("Ctrl+Shift+S",), QT_TRANSLATE_NOOP(_S, "另存为"), FILE),
    Shortcut("export", ("Ctrl+Shift+E",), QT_TRANSLATE_NOOP(_S, "导出；再按回车就写"), FILE),
    Shortcut("print", ("Ctrl+P",), QT_TRANSLATE_NOOP(_S, "打印：排成 PDF，在阅读器里看和印"), FILE),
    Shortcut("new_window", ("Ctrl+Alt+N",), QT_TRANSLATE_NOOP(_S, "新窗口"), FILE),
    Shortcut("close", ("Ctrl+W",), QT_TRANSLATE_NOOP(_S, "关闭窗口"), FILE),
    Shortcut("quit", ("Ctrl+Q",), QT_TRANSLATE_NOOP(_S, "退出"), FILE),
    Shortcut("show_side", ("F9",), QT_TRANSLATE_NOOP(_S, "显示或收起目录"), VIEW),
    Shortcut("show_detail", ("F10",), QT_TRANSLATE_NOOP(_S, "显示或收起案例正文"), VIEW),
    Shortcut("show_figures", ("F11",), QT_TRANSLATE_NOOP(_S, "显示或收起数据表"), VIEW),
    Shortcut("dense", ("Ctrl+L",), QT_TRANSLATE_NOOP(_S, "一例一行或两行"), VIEW),
    Shortcut("text_larger", ("Ctrl++", "Ctrl+="), QT_TRANSLATE_NOOP(_S, "正文放大"), VIEW),
    Shortcut("text_smaller", ("Ctrl+-",), QT_TRANSLATE_NOOP(_S, "正文缩小"), VIEW),
    Shortcut("text_usual", ("Ctrl+0",), QT_TRANSLATE_NOOP(_S, "正文原来大小"), VIEW),
    Shortcut("show_shortcuts", ("F1",), QT_TRANSLATE_NOOP(_S, "快捷键"), VIEW),
    Shortcut("review", ("F7",), QT_TRANSLATE_NOOP(_S, "核对选中或列出的案例里的数据"), REVIEW),
    Shortcut("review_cases", ("Shift+F7",), QT_TRANSLATE_NOOP(_S, "逐例核对选中或列出的案例"), REVIEW),
    Shortcut("show_doubts", ("Ctrl+7",), QT_TRANSLATE_NOOP(_S, "待核实"), REVIEW),
    Shortcut("show_conflicts", ("Ctrl+8",), QT_TRANSLATE_NOOP(_S, "说法不一"), REVIEW),
    *(Shortcut(f"review_{key.do}", key.keys, key.words, REVIEW) for key in REVIEW_KEYS),
    *(Shortcut(f"desk_{key.do}", key.keys, key.words, DESK) for key in DESK_KEYS),
    Shortcut("desk_take_off", ("Del",), QT_TRANSLATE_NOOP(_S, "在清单里：移出导入台"), DESK),
)


def keys_of(shortcut_id: str) -> tuple[str, ...]:
    """The keys of one thing that is done; KeyError when it has none."""
    found = next((s for s in SHORTCUTS if s.id == shortcut_id), None)
    if found is None:
        raise KeyError(shortcut_id)
    return found.keys
