"""分发, 交回, 合并 and 合并记录 in the window: what is needed is asked, and done in the library's thread."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from core.writing.figure_text import grouped

if TYPE_CHECKING:
    from core.exchange import Handed, Merge, Preview
    from core.library import Library
    from gui.shell.reviewer import Reviewer
    from gui.shell.shell import Shell

_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\s]+')


class Exchange(QObject):
    """Files to colleagues and from them."""

    library_wanted = Signal(object)
    """A library is to be opened (its path)."""

    def __init__(self, shell: Shell, reviewer: Reviewer) -> None:
        super().__init__(shell)
        self._shell, self._reviewer = shell, reviewer

    # ---- out

    def hand_out(self, nums: Sequence[int] | None, what: str) -> None:
        """Ask to whom these cases go (all of the library when None), and write the file."""
        from gui.exchange.hand_out import HandOutDialog
        from gui.kit import dialogs

        if not self._has_name():
            return
        dialog = HandOutDialog(what, self._shell.window)
        if not dialog.exec():
            return
        to, asked = dialog.given()
        suggested = self._shell.library.path.with_name(self.tr("给{0}.anlan").format(_as_name(to)))
        target = dialogs.file_to_write(self._shell.window, self.tr("分发"), suggested)
        if target is not None:
            self.write_out(nums, target, to, asked)

    def write_out(self, nums: Sequence[int] | None, target: Path, to: str, asked: str) -> None:
        """Write these cases, all when None, into a file for somebody."""

        def do(library: Library) -> object:
            return library.merging.hand_out(_all(library) if nums is None else nums, target, to, asked)

        self._shell.change(do, self.tr("写成了「{0}」，可以交给{1}").format(target.name, to))

    def hand_back(self) -> None:
        """Ask where the file is to lie, and write what was done since the library was handed out."""
        from gui.kit import dialogs

        if not self._has_name():
            return
        name = self.tr("{0}交回.anlan").format(_as_name(self._reviewer.text()))
        target = dialogs.file_to_write(self._shell.window, self.tr("交回"), self._shell.library.path.with_name(name))
        if target is not None:
            self.write_back(target)

    def write_back(self, target: Path) -> None:
        """Write what is handed back: of the last packet that was taken in, where this library is none itself."""

        def do(library: Library) -> bool:
            taken = [row.packet for row in library.merging.all() if row.kind == "in" and not row.withdrawn]
            try:
                library.merging.hand_back(target)
            except KeyError:
                if not taken:
                    return False
                library.merging.hand_back(target, taken[0])
            return True

        def say(done: Any) -> None:
            if done:
                self._shell.say(self.tr("写成了「{0}」，可以交回了").format(target.name))
            else:
                self._shell.say(self.tr("这个案例库不是别人分发的，没有可交回的。"))

        self._shell.change(do, then=say)

    def _has_name(self) -> bool:
        return bool(self._reviewer.text()) or self._reviewer.ask()

    # ---- in

    def offer(self, path: Path) -> None:
        """Ask what is to become of a packet or library that was dropped: opened, taken in, or nothing."""
        from gui.kit import dialogs

        head = self.tr("「{0}」：打开，还是收进来？").format(path.name)
        words = self.tr(
            "打开：它自己就是一个案例库，可以在里面核、改。收进来：先看看它带来什么，再合并进正打开的「{0}」。"
        )
        ways = [("", self.tr("都不")), ("open", self.tr("打开")), ("merge", self.tr("收进来…"))]
        words = words.format(self._shell.library.path.stem)
        answer = dialogs.ask(self._shell.window, head, words, ways[: None if self._shell.can_write() else 2])
        if answer == "open":
            self.library_wanted.emit(path)
        elif answer == "merge":
            self.look(path)

    def merge(self) -> None:
        """Ask for a file, and show what it would bring."""
        from gui.kit import dialogs

        path = dialogs.file_to_open(self._shell.window, self.tr("合并"), self._shell.library.path.parent)
        if path is not None:
            self.look(path)

    def look(self, path: Path, foreign: bool = False) -> None:
        """Show what a file would bring, and merge it when it is said so."""
        from core.library.merging import OtherLibrary

        def find(library: Library) -> object:
            try:
                return library.merging.preview(path, foreign=foreign)
            except OtherLibrary as error:
                return error

        def show(found: Any) -> None:
            self._shell.say_idle()
            if isinstance(found, OtherLibrary):
                self._offer_import(path, found)
            else:
                self._ask(path, found, foreign)

        self._shell.say_busy(self.tr("正在看「{0}」带来什么…").format(path.name))
        self._shell.ask(find, show, "merge")

    def _offer_import(self, path: Path, error: Exception) -> None:
        from gui.kit import dialogs

        ways = [("", self.tr("不收")), ("import", self.tr("作为新案例收进来…"))]
        head = self.tr("「{0}」是另一个案例库的").format(path.name)
        if dialogs.ask(self._shell.window, head, str(error), ways) == "import":
            self.look(path, foreign=True)

    def _ask(self, path: Path, preview: Preview, foreign: bool) -> None:
        from gui.exchange.preview import MergePreview

        dialog = MergePreview(preview, preview.packet.sender or path.stem, self._shell.window)
        if not dialog.exec():
            return
        rule, choices = dialog.chosen_rule(), dialog.chosen()
        who = self._reviewer.text()

        def do(library: Library) -> object:
            library.decisions.reviewer = who
            return library.merging.merge(path, rule, choices, foreign=foreign)

        def say(made: Any) -> None:
            words = self.tr("合并了 {0} 条决定、{1} 个新案例；要撤销，按 Ctrl+Z 或到「合并记录」")
            self._shell.say(words.format(grouped(made.decisions), grouped(len(made.cases))))

        self._shell.change(do, then=say)

    # ---- the list

    def show_merges(self) -> None:
        """Show what was handed out, merged and withdrawn."""

        def find(library: Library) -> tuple[list[Merge], list[Handed]]:
            return library.merging.all(), library.merging.handed()

        def show(found: Any) -> None:
            from gui.exchange.merges import Merges

            rows, handed = found
            Merges(rows, handed, self.withdraw if self._shell.can_write() else None, self._shell.window).exec()

        self._shell.ask(find, show, "merges")

    def withdraw(self, merge: str) -> None:
        """Take a merge back, or the withdrawal of one."""
        said = self.tr("撤销了；「合并记录」里可以恢复")
        self._shell.change(lambda library: library.merging.withdraw(merge), said)


def _all(library: Library) -> list[int]:
    from core.library import Query

    return [int(num) for num in library.search.find(Query()).nums]


def _as_name(words: str) -> str:
    """Words as a part of the name of a file."""
    return _NOT_IN_NAMES.sub("", words)[:40]
