"""The bin: cases go into it, are put back, or are deleted for good; every step can be undone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from core.writing.figure_text import grouped
from gui.browse.views import Views
from gui.shell.shell import Shell

if TYPE_CHECKING:
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

        self._shell.change(lambda library: to_bin(library, nums), self.tr("{what}，按 Ctrl+Z 撤销。"))

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
