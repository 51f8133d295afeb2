"""What the menu of selections does: put cases into a selection, order them, take them out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu

from core.writing.figure_text import grouped
from gui import theme
from gui.kit.plain import entry

if TYPE_CHECKING:
    from core.library import Library
    from gui.browse.asking import Asking
    from gui.browse.choosing import Choosing
    from gui.browse.views import Views
    from gui.shell.shell import Shell


class Collecting(QObject):
    """Changes the selections of the library; every change can be undone."""

    def __init__(self, shell: Shell, views: Views, asking: Asking, choosing: Choosing) -> None:
        super().__init__(shell)
        self._shell, self._views, self._asking, self._choosing = shell, views, asking, choosing
        views.panes_made.connect(lambda panes: panes.list.moved.connect(self.move))
        views.selections.adding.connect(self.new_selection)
        views.selections.renaming.connect(self.ask_rename)
        views.selections.removed.connect(self.remove)
        views.selections.dropped.connect(self.add_to)

    def collect(self) -> None:
        """Put the chosen cases into a selection: ask which."""
        nums = self._views.list.chosen_nums()
        if nums:
            self.menu_for(nums).exec(self._views.list.table.mapToGlobal(QPoint(16, 16)))

    def menu_for(self, nums: Sequence[int]) -> QMenu:
        """The selections to choose from; the first one needs only Enter."""
        menu = QMenu(self._shell.window)
        for row in self._shell.library.selections.rows():
            menu.addAction(theme.icon("bookmark"), entry(row.name), lambda i=row.id: self.add_to(i, nums))
        if menu.actions():
            menu.addSeparator()
        menu.addAction(theme.icon("plus"), self.tr("新建汇编…"), lambda: self.add_to("", nums))
        menu.setActiveAction(menu.actions()[0])
        return menu

    def add_to(self, selection_id: str, nums: Sequence[int]) -> None:
        """Add to the selection, or to a new one where the id is empty."""
        name = "" if selection_id else self._ask_name()
        if selection_id or name:

            def add(library: Library) -> int:
                return library.selections.put(selection_id or library.selections.add(name), nums)

            self._shell.change(add, then=lambda new: self._say_added(new, len(nums) - new))

    def _say_added(self, new: int, old: int) -> None:
        said = self.tr("加入汇编 {n} 例").format(n=grouped(new))
        self._shell.say(said + (self.tr("，另有 {n} 例已经在里面").format(n=grouped(old)) if old else ""))

    def new_selection(self) -> None:
        """Begin a selection, unless a person gives up."""
        if name := self._ask_name():
            self._shell.change(lambda library: library.selections.add(name))

    def _ask_name(self) -> str:
        from gui.kit import dialogs

        return dialogs.ask_name(self._shell.window, self.tr("新建汇编"), self.tr("新建"), self._refuse_name)

    def _refuse_name(self, name: str, renamed: str = "") -> str:
        """What is wrong with a name: another selection than the renamed one has it."""
        rows = self._shell.library.selections.rows()
        taken = any(row.name == name and row.id != renamed for row in rows)
        return self.tr("已经有叫「{name}」的汇编了，请换一个名称。").format(name=name) if taken else ""

    def rename_selection(self) -> None:
        """Ask for another name for the chosen one."""
        self.ask_rename(self._views.selections.chosen_id())

    def ask_rename(self, selection_id: str) -> None:
        """Ask for another name for a selection."""
        from gui.kit import dialogs

        row = next((row for row in self._shell.library.selections.rows() if row.id == selection_id), None)
        if row is not None:
            refuse = lambda name: self._refuse_name(name, row.id)  # noqa: E731
            name = dialogs.ask_name(self._shell.window, self.tr("汇编改名"), self.tr("改名"), refuse, row.name)
            if name and name != row.name:
                self._shell.change(lambda library: library.selections.rename(selection_id, name))

    def remove_selection(self) -> None:
        """Remove the chosen selection."""
        self.remove(self._views.selections.chosen_id())

    def remove(self, selection_id: str) -> None:
        """Remove a selection; its cases stay in the library."""
        if not selection_id:
            return
        if self._choosing.selection() == selection_id:
            self._choosing.show_all()
        said = self.tr("已删除汇编，案例还在案例库里。按 Ctrl+Z 撤销。")
        self._shell.change(lambda library: library.selections.remove(selection_id), said)

    def drop_out(self) -> None:
        """Take the chosen cases out of the selection that is shown."""
        nums, selection_id = self._views.list.chosen_nums(), self._choosing.selection()
        said = self.tr("已移出 {n} 例，按 Ctrl+Z 撤销。").format(n=grouped(len(nums)))
        if selection_id and nums:
            self._shell.change(lambda library: library.selections.take(selection_id, nums), said)

    def move_up(self) -> None:
        """Move the chosen cases up in the selection."""
        self._views.list.table.move_by(-1)

    def move_down(self) -> None:
        """Move the chosen cases down in the selection."""
        self._views.list.table.move_by(1)

    def move(self, nums: Sequence[int], at: int) -> None:
        """Move cases before the one that stands at that place of the selection that is shown."""
        if selection_id := self._choosing.selection():
            self._shell.change(lambda library: library.selections.move(selection_id, nums, at))
            self._asking.show_moved(nums, at)
