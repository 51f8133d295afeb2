"""What the menu of selections does: put cases into a selection, order them, take them out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu

from gui import theme

if TYPE_CHECKING:
    from gui.window import Window


class Collecting(QObject):
    """Changes the selections of the window's library; every change can be undone."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window

    def collect(self) -> None:
        """Put the chosen cases into a selection: ask which."""
        nums = self._window.list.chosen_nums()
        if nums:
            self.menu_for(nums).exec(self._window.list.table.mapToGlobal(QPoint(16, 16)))

    def menu_for(self, nums: Sequence[int]) -> QMenu:
        """The selections to choose from; the first one needs only Enter."""
        menu = QMenu(self._window)
        for row in self._window.library().selections():
            menu.addAction(theme.icon("bookmark"), row.name.replace("&", "&&"), lambda i=row.id: self.add_to(i, nums))
        if menu.actions():
            menu.addSeparator()
        menu.addAction(theme.icon("plus"), self.tr("新建汇编…"), lambda: self.add_to("", nums))
        menu.setActiveAction(menu.actions()[0])
        return menu

    def add_to(self, selection_id: str, nums: Sequence[int]) -> None:
        """Add to the selection, or to a new one where the id is empty."""
        name = "" if selection_id else self._ask_name()
        if selection_id or name:

            def add(library: Any) -> int:
                return int(library.add_to_selection(selection_id or library.add_selection(name), nums))

            self._window.change(add, then=lambda new: self._say_added(new, len(nums) - new))

    def _say_added(self, new: int, old: int) -> None:
        said = self.tr("加入汇编 {n} 例").format(n=new)
        self._window.say(said + (self.tr("，另有 {n} 例已经在里面").format(n=old) if old else ""))

    def new_selection(self) -> None:
        """Begin a selection, unless a person gives up."""
        if name := self._ask_name():
            self._window.change(lambda library: library.add_selection(name))

    def _ask_name(self) -> str:
        from gui.kit import dialogs

        return dialogs.ask_name(self._window, self.tr("新建汇编"), self.tr("汇编的名称："))

    def rename_selection(self) -> None:
        """Let a person type another name for the chosen one."""
        self._window.selections.rename(self._window.selections.chosen_id())

    def rename(self, selection_id: str, name: str) -> None:
        self._window.change(lambda library: library.rename_selection(selection_id, name))

    def remove_selection(self) -> None:
        """Remove the chosen selection."""
        self.remove(self._window.selections.chosen_id())

    def remove(self, selection_id: str) -> None:
        """Remove a selection; its cases stay in the library."""
        if not selection_id:
            return
        if self._window.selection_shown() == selection_id:
            self._window.show_all()
        said = self.tr("已删除汇编，案例还在案例库里。按 Ctrl+Z 撤销。")
        self._window.change(lambda library: library.remove_selection(selection_id), said)

    def drop_out(self) -> None:
        """Take the chosen cases out of the selection that is shown."""
        nums, selection_id = self._window.list.chosen_nums(), self._window.selection_shown()
        said = self.tr("已移出 {n} 例，按 Ctrl+Z 撤销。").format(n=len(nums))
        if selection_id and nums:
            self._window.change(lambda library: library.remove_from_selection(selection_id, nums), said)

    def move_up(self) -> None:
        self._window.list.table.move_by(-1)

    def move_down(self) -> None:
        self._window.list.table.move_by(1)

    def move(self, nums: Sequence[int], at: int) -> None:
        """Move cases before the one that stands at that place of the selection that is shown."""
        if selection_id := self._window.selection_shown():
            self._window.change(lambda library: library.move_in_selection(selection_id, nums, at))
            self._window.show_moved(nums, at)
