"""What was left on the desk of the open library: found again, said over whatever is shown, and kept from then on."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from core.library import LibraryError
from core.writing.figure_text import grouped

if TYPE_CHECKING:
    from core.library.answers import DeskRow
    from gui.desk.keeping import Keeper
    from gui.kit.banner import Banner
    from gui.shell.settings import Settings
    from gui.shell.shell import Shell

SECRET = "desk/secret"
"""By this the files that a library names are known to have been named here."""


class Left(QObject):
    """The keeper of the open library's queue, which is made when something comes or was left there."""

    found = Signal(object)
    """These rows (a list of ``DeskRow``) were left on the desk, and belong to this window now."""
    bar_made = Signal(QWidget)
    """A bar to be shown over all panes."""

    def __init__(self, shell: Shell, settings: Settings) -> None:
        super().__init__(shell)
        self._shell, self._settings = shell, settings
        self._keeper: Keeper | None = None
        self._asked = False
        self.bar: Banner | None = None

    def keeper(self) -> Keeper:
        """Return what keeps the queue of the open library."""
        if self._keeper is None:
            from gui.desk.keeping import Keeper

            self._keeper = Keeper(self._shell.library.path, self._secret(), self)
            self._keeper.failed.connect(self._say_not_kept)
        return self._keeper

    def look(self, again: bool = False) -> None:
        """Look once, or ``again``, whether something is on the desk of this library that nobody works on."""
        if self._shell.can_write() and (again or not self._asked):
            self._asked = True
            self._shell.ask(lambda library: library.desk.any(), self._take_over)

    def say(self, files: int, pages: int, show_desk: Callable[[], object]) -> None:
        """Say how much it was: 上次还有 12 个文件没读完、3 页没接受，接着读。"""
        from gui.kit.banner import Banner

        parts = [self.tr("{0} 个文件没读完").format(grouped(files))] if files else []
        parts += [self.tr("{0} 页没接受").format(grouped(pages))] if pages else []
        if parts:
            self.drop_bar()
            then = self.tr("接着读。") if files else self.tr("都在导入台上。")
            words = self.tr("上次还有 {0}，{1}").format("、".join(parts), then)
            self.bar = Banner(self.tr("接着上次的导入"), words, [(self.tr("去导入台"), show_desk)])
            self.bar_made.emit(self.bar)

    def drop_bar(self) -> None:
        """Say it no more."""
        if self.bar is not None:
            self.bar.hide()
            self.bar.deleteLater()
            self.bar = None

    def close(self) -> None:
        """Write what is left to write; the desk of this library is free for the next window."""
        self.drop_bar()
        self._asked = False
        if self._keeper is not None:
            self._keeper.close()
            self._keeper.deleteLater()
            self._keeper = None

    def _take_over(self, any_rows: bool) -> None:
        if any_rows and self._shell.can_write():
            self.keeper().take_over(self._tell)

    def _tell(self, rows: Sequence[DeskRow]) -> None:
        if rows:
            self.found.emit(rows)

    def _secret(self) -> str:
        """The secret of this person's program; written at once, since a killed program must know its files again."""
        self._settings.write()  # another window may have made one
        if not self._settings.text(SECRET):
            self._settings.keep(SECRET, secrets.token_hex(16))
            self._settings.write()
        return self._settings.text(SECRET)

    def _say_not_kept(self, error: Exception) -> None:
        if isinstance(error, LibraryError):
            self._shell.say(self.tr("导入台上的改动还没有存下，会再试。{0}").format(error))
        else:
            self._shell.fail(error)
