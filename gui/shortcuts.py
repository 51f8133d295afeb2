"""The keys of the program as one table, and the dialog under F1 that lists them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, Qt
from PySide6.QtGui import QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from gui import theme
from gui.desk.keys import KEYS as DESK_KEYS

_S = "Shortcuts"


class Shortcut(NamedTuple):
    """What is done, by which keys (any of them), in words, and where the list shows it."""

    id: str
    keys: tuple[str, ...]
    words: str
    group: str


FIND = QT_TRANSLATE_NOOP(_S, "查找")
MOVE = QT_TRANSLATE_NOOP(_S, "浏览")
CASE = QT_TRANSLATE_NOOP(_S, "案例与数据")
COLLECT = QT_TRANSLATE_NOOP(_S, "汇编")
FILE = QT_TRANSLATE_NOOP(_S, "案例库")
VIEW = QT_TRANSLATE_NOOP(_S, "查看")
DESK = QT_TRANSLATE_NOOP(_S, "导入台")

SHORTCUTS: tuple[Shortcut, ...] = (
    Shortcut("find", ("Ctrl+F",), QT_TRANSLATE_NOOP(_S, "搜索"), FIND),
    Shortcut("filter", ("Ctrl+Shift+F",), QT_TRANSLATE_NOOP(_S, "筛选"), FIND),
    Shortcut("to_hits", ("Down",), QT_TRANSLATE_NOOP(_S, "从搜索框到列表"), FIND),
    Shortcut("clear_find", ("Esc",), QT_TRANSLATE_NOOP(_S, "清空搜索框"), FIND),
    Shortcut("next_pane", ("F6",), QT_TRANSLATE_NOOP(_S, "到下一栏"), MOVE),
    Shortcut("previous_pane", ("Shift+F6",), QT_TRANSLATE_NOOP(_S, "到上一栏"), MOVE),
    Shortcut("show_overview", ("Ctrl+1",), QT_TRANSLATE_NOOP(_S, "总览"), MOVE),
    Shortcut("show_mechanisms", ("Ctrl+2",), QT_TRANSLATE_NOOP(_S, "机制"), MOVE),
    Shortcut("show_all", ("Ctrl+3",), QT_TRANSLATE_NOOP(_S, "全部案例"), MOVE),
    Shortcut("show_desk", ("Ctrl+4",), QT_TRANSLATE_NOOP(_S, "导入台"), MOVE),
    Shortcut("swap_tree", ("Ctrl+T",), QT_TRANSLATE_NOOP(_S, "目录换按地区、按主题"), MOVE),
    Shortcut("next_row", ("Down", "Up"), QT_TRANSLATE_NOOP(_S, "下一行、上一行"), MOVE),
    Shortcut("next_link", ("Tab", "Shift+Tab"), QT_TRANSLATE_NOOP(_S, "下一个、上一个数字或机制"), MOVE),
    Shortcut("follow", ("Return",), QT_TRANSLATE_NOOP(_S, "打开，展开"), MOVE),
    Shortcut("copy", ("Ctrl+C",), QT_TRANSLATE_NOOP(_S, "复制；表格复制为单元格"), CASE),
    Shortcut("copy_with_source", ("Ctrl+Shift+C",), QT_TRANSLATE_NOOP(_S, "复制并附出处"), CASE),
    Shortcut("select_all", ("Ctrl+A",), QT_TRANSLATE_NOOP(_S, "全选"), CASE),
    Shortcut("undo", ("Ctrl+Z",), QT_TRANSLATE_NOOP(_S, "撤销"), CASE),
    Shortcut("redo", ("Ctrl+Y", "Ctrl+Shift+Z"), QT_TRANSLATE_NOOP(_S, "重做"), CASE),
    Shortcut("remove", ("Del",), QT_TRANSLATE_NOOP(_S, "删除案例"), CASE),
    Shortcut("collect", ("Ctrl+D",), QT_TRANSLATE_NOOP(_S, "加入汇编"), COLLECT),
    Shortcut("drop_out", ("Ctrl+Shift+D",), QT_TRANSLATE_NOOP(_S, "移出汇编"), COLLECT),
    Shortcut("move_up", ("Alt+Up",), QT_TRANSLATE_NOOP(_S, "在汇编里上移"), COLLECT),
    Shortcut("move_down", ("Alt+Down",), QT_TRANSLATE_NOOP(_S, "在汇编里下移"), COLLECT),
    Shortcut("new_selection", ("Ctrl+Shift+N",), QT_TRANSLATE_NOOP(_S, "新建汇编"), COLLECT),
    Shortcut("import_files", ("Ctrl+I",), QT_TRANSLATE_NOOP(_S, "导入版面"), FILE),
    Shortcut("paste_page", ("Ctrl+Shift+V",), QT_TRANSLATE_NOOP(_S, "粘贴版面"), FILE),
    Shortcut("tidy_source", ("Ctrl+E",), QT_TRANSLATE_NOOP(_S, "整理版面"), FILE),
    Shortcut("new_library", ("Ctrl+N",), QT_TRANSLATE_NOOP(_S, "新建案例库"), FILE),
    Shortcut("open_library", ("Ctrl+O",), QT_TRANSLATE_NOOP(_S, "打开案例库"), FILE),
    Shortcut("save_as", ("Ctrl+Shift+S",), QT_TRANSLATE_NOOP(_S, "另存为"), FILE),
    Shortcut("close", ("Ctrl+Q",), QT_TRANSLATE_NOOP(_S, "退出"), FILE),
    Shortcut("show_side", ("F9",), QT_TRANSLATE_NOOP(_S, "显示或收起目录"), VIEW),
    Shortcut("show_detail", ("F10",), QT_TRANSLATE_NOOP(_S, "显示或收起案例正文"), VIEW),
    Shortcut("show_figures", ("F11",), QT_TRANSLATE_NOOP(_S, "显示或收起数据表"), VIEW),
    Shortcut("dense", ("Ctrl+L",), QT_TRANSLATE_NOOP(_S, "一例一行或两行"), VIEW),
    Shortcut("text_larger", ("Ctrl++", "Ctrl+="), QT_TRANSLATE_NOOP(_S, "正文放大"), VIEW),
    Shortcut("text_smaller", ("Ctrl+-",), QT_TRANSLATE_NOOP(_S, "正文缩小"), VIEW),
    Shortcut("text_usual", ("Ctrl+0",), QT_TRANSLATE_NOOP(_S, "正文原来大小"), VIEW),
    Shortcut("show_shortcuts", ("F1",), QT_TRANSLATE_NOOP(_S, "快捷键"), VIEW),
    *(Shortcut(f"desk_{key.do}", key.keys, key.words, DESK) for key in DESK_KEYS),
)
# What the keys are called on Chinese keyboards and in Chinese software.
KEY_NAMES = {"Return": "回车", "Up": "↑", "Down": "↓", "Del": "Delete"}


def keys_of(shortcut_id: str) -> tuple[str, ...]:
    """The keys of one thing that is done; KeyError when it has none."""
    found = next((s for s in SHORTCUTS if s.id == shortcut_id), None)
    if found is None:
        raise KeyError(shortcut_id)
    return found.keys


def key_text(key: str) -> str:
    """A key as a user reads it: Ctrl+Shift+C → Ctrl + Shift + C."""
    parts = [p or "+" for p in key.replace("++", "+\0").split("+")]
    return " + ".join(KEY_NAMES.get(p.replace("\0", "+"), p.replace("\0", "+")) for p in parts)


class ShortcutList(QDialog):
    """All keys by group, with a box that narrows them."""

    def __init__(self, parent: QWidget | None = None, shortcuts: Sequence[Shortcut] = SHORTCUTS) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("快捷键"))
        self._shortcuts = tuple(shortcuts)
        self._columns = 0
        self._filter = QLineEdit()
        self._filter.setPlaceholderText(self.tr("找一个操作或按键"))
        self._filter.setAccessibleName(self.tr("找一个操作或按键"))
        self._filter.setClearButtonEnabled(True)
        self._filter.textChanged.connect(self._show)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setAccessibleName(self.tr("快捷键一览"))
        close = QPushButton(self.tr("关闭"))
        close.setAutoDefault(False)
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(theme.GAP_XL,) * 4)
        column.setSpacing(theme.GAP_L)
        column.addWidget(self._filter)
        column.addWidget(self._area, 1)
        column.addLayout(foot)
        self.resize(760, 560)
        self._show()

    def words(self) -> list[str]:
        """What is listed now, a line a shortcut."""
        typed = self._filter.text().lower().split()
        lines = [f"{_tr(s.words)} {' '.join(map(key_text, s.keys))}" for s in self._shortcuts]
        return [line for line in lines if all(t in line.lower().replace(" ", "") for t in typed)]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._columns != self._room():
            self._show()

    def _room(self) -> int:
        return 2 if self.width() >= 680 else 1

    def _show(self) -> None:
        wanted = set(self.words())
        self._columns = self._room()
        sides = [QVBoxLayout() for _ in range(self._columns)]
        heights = [0] * self._columns
        for group in dict.fromkeys(s.group for s in self._shortcuts):
            own = [s for s in self._shortcuts if s.group == group]
            kept = [s for s in own if f"{_tr(s.words)} {' '.join(map(key_text, s.keys))}" in wanted]
            if kept:
                at = heights.index(min(heights))
                sides[at].addWidget(_group(_tr(group), kept))
                heights[at] += len(kept) + 2
        self._area.setWidget(_beside(sides, self.tr("没有这样的操作或按键。") if not wanted else ""))


def _beside(sides: Sequence[QVBoxLayout], instead: str) -> QWidget:
    whole = QWidget()
    row = QHBoxLayout(whole)
    row.setContentsMargins(0, 0, theme.GAP_M, 0)
    row.setSpacing(2 * theme.GAP_XL)
    if instead:
        row.addWidget(QLabel(instead), 0, Qt.AlignmentFlag.AlignTop)
    for side in sides:
        side.setSpacing(theme.GAP_L)
        side.addStretch(1)
        row.addLayout(side, 1)
    return whole


def _group(name: str, shortcuts: Sequence[Shortcut]) -> QWidget:
    whole = QWidget()
    grid = QGridLayout(whole)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setVerticalSpacing(theme.GAP_XS + 2)
    head = QLabel(name)
    head.setProperty("role", "section")
    grid.addWidget(head, 0, 0, 1, 2)
    for i, shortcut in enumerate(shortcuts, 1):
        keys = QHBoxLayout()
        keys.setSpacing(theme.GAP_XS)
        keys.addStretch(1)
        for key in shortcut.keys:
            cap = QLabel(key_text(key))
            cap.setProperty("role", "key")
            keys.addWidget(cap)
        words = QLabel(_tr(shortcut.words))
        words.setAccessibleDescription(QKeySequence(shortcut.keys[0]).toString())
        grid.addWidget(words, i, 0)
        grid.addLayout(keys, i, 1)
    grid.setColumnStretch(0, 1)
    return whole


def _tr(text: str) -> str:
    return QCoreApplication.translate(_S, text)
