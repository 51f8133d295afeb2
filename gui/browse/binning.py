"""The bin: cases go into it, are put back, or are deleted for good; every step can be undone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from core.writing.figure_text import grouped
from gui.browse.views import Views
from gui.shell.shell import Shell

if TYPE_CHECKING:
    from core.editing.whole import Binned
    from gui.browse.bin_page import BinPage


class Binning(QObject):
    """Shows the bin, and changes what lies in it."""

    def __init__(self, shell: Shell, views: Views) -> None:
        super().__init__(shell)
        self._shell, self._views = shell, views
        self._page: BinPage | None = None
        shell.library_changed.connect(self._renew)
        shell.library_opened.connect(self._renew)

    @property
    def page(self) -> BinPage:
        """The page of the bin, made when it is first wanted."""
        if self._page is None:
            from gui.browse.bin_page import BinPage

            self._page = BinPage()
            self._page.put_back.connect(self.put_back)
            self._page.thrown_away.connect(self.throw_away)
            self._shell.add_page(self._page)
        return self._page

    def show(self) -> None:
        """Show the bin in the place of list and case."""
        self._views.choose_none()
        self._shell.show_page(self.page)
        self.page.setFocus()
        self._renew()

    def put_in(self, nums: Sequence[int]) -> None:
        """Move cases into the bin."""
        from core.editing.whole import to_bin

        head = self.tr("正在放进回收站")
        self._shell.change_in_steps(lambda library: to_bin(library, nums), len(nums), head, "", self._say_binned)

    def _say_binned(self, binned: Binned) -> None:
        if binned.count:
            said = self.tr("{n} 例放进了回收站，按 Ctrl+Z 撤销。")
            self._shell.say(said.format(n=grouped(binned.count)))
        if binned.damaged:
            self._ask_about_damaged(binned.damaged)

    def _ask_about_damaged(self, damaged: Mapping[int, str]) -> None:
        """What cannot lie in the bin stays, unless a person wants it gone for good."""
        from gui.kit import dialogs

        head = self.tr("{n} 例有损坏，放不进回收站").format(n=grouped(len(damaged)))
        why = self.tr("回收站里留的是整例，有损坏的留不下。")
        words = self.tr("删除以后，关上这个案例库前还能按 Ctrl+Z 撤销，以后只能从备份里找回。")
        choices = (("", self.tr("留着")), ("go", self.tr("删除")))
        faults = "\n".join(damaged.values())
        if dialogs.ask(self._shell.window, head, why + words, choices, faults) == "go":
            said = self.tr("已删除 {n} 例，按 Ctrl+Z 撤销。").format(n=grouped(len(damaged)))
            self._shell.change(lambda library: library.cases.remove([*damaged]), said)

    def put_back(self, ids: Sequence[str]) -> None:
        """Put cases back where they were."""
        said = self.tr("放回 {n} 例，按 Ctrl+Z 撤销。").format(n=grouped(len(ids)))
        self._shell.change(lambda library: library.decisions.put_back(ids), said)

    def throw_away(self, ids: Sequence[str]) -> None:
        """Delete cases for good, after a person said so."""
        from gui.kit import dialogs

        head = self.tr("彻底删除 {n} 例？").format(n=grouped(len(ids)))
        words = self.tr("删除以后，关上这个案例库前还能按 Ctrl+Z 撤销，以后只能从备份里找回。")
        choices = (("", self.tr("取消")), ("go", self.tr("彻底删除")))
        if dialogs.ask(self._shell.window, head, words, choices) == "go":
            said = self.tr("已彻底删除 {n} 例，按 Ctrl+Z 撤销。").format(n=grouped(len(ids)))
            self._shell.change(lambda library: library.decisions.empty_bin(ids), said)

    def _renew(self) -> None:
        page = self._page
        if page is not None and self._shell.session is not None:

            def show(rows: Any) -> None:
                page.show_rows(rows, self._shell.can_write())

            self._shell.ask(lambda library: library.decisions.binned(), show, "bin")
