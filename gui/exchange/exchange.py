"""分发, 交回, 合并 and 汇总 in the window: what is needed is asked, and done in the library's thread."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from core.decisions import TEXT, Target
from core.writing.figure_text import grouped

if TYPE_CHECKING:
    from core.exchange import Packet
    from core.library import Library
    from gui.exchange.preview import MergePreview
    from gui.exchange.rows import NewCase, Prepared
    from gui.exchange.together import TogetherPage
    from gui.kit.banner import Banner
    from gui.shell.reviewer import Reviewer
    from gui.shell.shell import Shell

_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\s]+')


class Exchange(QObject):
    """Files to colleagues and from them."""

    library_wanted = Signal(object)
    """A library is to be opened (its path)."""
    case_wanted = Signal(int, str)
    """A case is to be seen (its number), at a figure (its id, or empty)."""
    page_shown = Signal()
    """The page of 汇总 is shown in the place of what was chosen at the left."""
    bar_made = Signal(QWidget)
    """A bar to be shown over all panes: what there is to know of a packet that is open."""

    def __init__(self, shell: Shell, reviewer: Reviewer) -> None:
        super().__init__(shell)
        self._shell, self._reviewer = shell, reviewer
        self._page: TogetherPage | None = None
        self.bar: Banner | None = None
        shell.library_opened.connect(self._greet)
        shell.library_closing.connect(self._take_bar_away)
        for signal in (shell.library_opened, shell.library_changed):
            signal.connect(self._renew)

    # ---- out

    def hand_out(self, nums: Sequence[int] | None, what: str, to: str = "") -> None:
        """Ask to whom these cases go (all of the library when None), and write the file."""
        from gui.exchange.hand_out import HandOutDialog
        from gui.kit import dialogs

        if not self._has_name():
            return
        dialog = HandOutDialog(what, self._shell.window, to)
        if not dialog.exec():
            return
        to, asked = dialog.given()
        suggested = self._shell.library.path.with_name(self.tr("给{0}.anlan").format(_as_name(to)))
        target = dialogs.file_to_write(self._shell.window, self.tr("分发"), suggested)
        if target is not None:
            self.write_out(nums, target, to, asked, dialog.password.password())

    def write_out(self, nums: Sequence[int] | None, target: Path, to: str, asked: str, password: str = "") -> None:
        """Write these cases, all when None, into a file for somebody."""

        def do(library: Library) -> object:
            return library.merging.hand_out(_all(library) if nums is None else nums, target, to, asked, password)

        self._shell.change(do, self.tr("写成了「{0}」，可以交给{1}").format(target.name, to))

    def hand_back(self) -> None:
        """Ask for a password and where the file is to lie, and write what was done since the library was handed out."""
        if self._has_name():
            self._shell.ask(lambda library: library.colleagues.received(), self._ask_back, "hand back")

    def _ask_back(self, received: Packet | None) -> None:
        from gui.exchange.hand_out import HandBackDialog
        from gui.kit import dialogs

        if received is None:
            head, words = self.tr("没有可交回的"), self.tr("这个案例库不是别人分发的，也没有收过分发的文件。")
            dialogs.say(self._shell.window, head, words)
            return
        dialog = HandBackDialog(received.sender, self._shell.window)
        if not dialog.exec():
            return
        name = self.tr("{0}交回.anlan").format(_as_name(self._reviewer.text()))
        target = dialogs.file_to_write(self._shell.window, self.tr("交回"), self._shell.library.path.with_name(name))
        if target is not None:
            self.write_back(target, dialog.password.password())

    def write_back(self, target: Path, password: str = "") -> None:
        """Write what is handed back: of the last packet that was taken in, where this library is none itself."""

        def do(library: Library) -> bool:
            taken = [row.packet for row in library.merging.all() if row.kind == "in" and not row.withdrawn]
            try:
                library.merging.hand_back(target, password=password)
            except KeyError:
                if not taken:
                    return False
                library.merging.hand_back(target, taken[0], password)
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

    def look(self, path: Path, foreign: bool = False, password: str = "") -> None:
        """Show what a file would bring, and merge it when it is said so; a password is asked for where it needs one."""

        def find(library: Library) -> tuple[str, Any]:
            # All that the window will want is loaded here, on the library's thread.
            from core.library import SealedPacket
            from core.library.merging import OtherLibrary
            from gui.exchange import preview, rows

            assert preview
            try:
                return "", rows.prepare(library.merging.preview(path, foreign=foreign, password=password))
            except (OtherLibrary, SealedPacket) as error:
                return "sealed" if isinstance(error, SealedPacket) else "other", error

        def show(found: tuple[str, Any]) -> None:
            why, what = found
            self._shell.say_idle()
            if why == "sealed":
                self._ask_password(path, foreign, bool(password))
            elif why == "other":
                self._offer_import(path, what, password)
            else:
                self._ask(path, what, foreign, password)

        self._shell.say_busy(self.tr("正在看「{0}」带来什么…").format(path.name))
        self._shell.ask(find, show, "merge")

    def _ask_password(self, path: Path, foreign: bool, wrong: bool) -> None:
        from gui.exchange.password import ask_password

        if password := ask_password(path.name, wrong, self._shell.window):
            self.look(path, foreign, password)

    def _offer_import(self, path: Path, error: Exception, password: str) -> None:
        from gui.kit import dialogs

        ways = [("", self.tr("不收")), ("import", self.tr("作为新案例收进来…"))]
        head = self.tr("「{0}」是另一个案例库的").format(path.name)
        if dialogs.ask(self._shell.window, head, str(error), ways) == "import":
            self.look(path, foreign=True, password=password)

    def _ask(self, path: Path, prepared: Prepared, foreign: bool, password: str) -> None:
        from gui.exchange.preview import MergePreview

        name = prepared.preview.packet.sender or path.stem
        dialog = MergePreview(prepared, name, self._shell.window, partial(self._fetch, path, password))
        if dialog.exec():
            self._merge(path, dialog, foreign, password)
        dialog.end()

    def _fetch(self, path: Path, password: str, one: NewCase, show: Callable[[Any, Any], object]) -> None:
        """Give a new case of a file, and the one here that it is much like."""

        def find(library: Library) -> tuple[Any, Any]:
            theirs = library.colleagues.cases_in(path, [one.id], password).get(one.id)
            nums = library.cases.starting_with(one.double.ours, 2) if one.double is not None else []
            return theirs, library.cases.load(nums[0]) if nums else None

        self._shell.ask(find, lambda both: show(*both), "merge case")

    def _merge(self, path: Path, dialog: MergePreview, foreign: bool, password: str) -> None:
        rule, choices = dialog.chosen_rule(), dialog.chosen()
        cases, new, who = dialog.chosen_cases(), dialog.cases, self._reviewer.text()

        def do(library: Library) -> object:
            from gui.exchange.rows import pairings_of

            library.decisions.reviewer = who
            pairings = pairings_of(new)
            return library.merging.merge(
                path, rule, choices, cases=cases, pairings=pairings, foreign=foreign, password=password
            )

        def say(made: Any) -> None:
            self._shell.say_idle()
            words = self.tr("合并了 {0} 条决定、{1} 个新案例；要撤销，按 Ctrl+Z 或到「汇总 → 合并记录」")
            self._shell.say(words.format(grouped(made.decisions), grouped(len(made.cases))))

        self._shell.say_busy(self.tr("正在合并「{0}」…").format(path.name))
        self._shell.change(do, then=say)

    # ---- who works together

    @property
    def page(self) -> TogetherPage:
        """The page of 汇总, made when it is first wanted."""
        if self._page is None:
            from gui.exchange.together import TogetherPage

            page = self._page = TogetherPage()
            page.withdraw_wanted.connect(self.withdraw)
            page.packet_chosen.connect(self._look_for_missing)
            page.num_wanted.connect(lambda num: self.case_wanted.emit(num, ""))
            page.case_wanted.connect(self._show_case)
            page.again_wanted.connect(self._hand_out_again)
            self._shell.add_page(page)
        return self._page

    def show_merges(self, part: str = "") -> None:
        """Show who was given what, who agrees, who was overruled, and the list of merges."""
        self._shell.show_page(self.page)
        self.page_shown.emit()
        if part:
            self.page.show_part(part)
        self.page.segments.setFocus()
        self._renew()

    def withdraw(self, merge: str) -> None:
        """Take a merge back, or the withdrawal of one."""
        said = self.tr("撤销了；「汇总 → 合并记录」里可以恢复")
        self._shell.change(lambda library: library.merging.withdraw(merge), said)

    def _renew(self) -> None:
        """Show it as it is now, as long as it is in sight: of a long log that takes a while at each key of a review."""
        page = self._page
        if page is None or self._shell.session is None or not self._shell.is_shown(page):
            return

        def find(library: Library) -> Any:
            from gui.exchange.together import Shown

            merging, colleagues = library.merging, library.colleagues
            return Shown(merging.all(), merging.handed(), colleagues.pairs(), colleagues.overruled())

        self._shell.ask(find, lambda shown: page.show_all(shown, self._shell.can_write()), "together")

    def _look_for_missing(self, packet: str) -> None:
        page = self._page
        if page is not None:
            self._shell.ask(lambda library: library.colleagues.handed_cases(packet), page.show_missing, "missing")

    def _show_case(self, case: str, figure: str) -> None:
        def find(library: Library) -> list[int]:
            return library.cases.starting_with(case, 2) or library.pages.of_stretch(Target(case, TEXT))[1]

        def show(nums: Any) -> None:
            if nums:
                self.case_wanted.emit(nums[0], figure)
            else:
                self._shell.say(self.tr("这个案例不在库里了，可能在回收站。"))

        self._shell.ask(find, show, "case")

    def _hand_out_again(self, nums: Sequence[int], to: str) -> None:
        self.hand_out(nums, self.tr("没核完的 {n} 例").format(n=grouped(len(nums))), to)

    # ---- what who opens a packet is told

    def _greet(self) -> None:
        """Say in a bar from whom the packet is that was opened, and where the person here was overruled."""
        who = self._reviewer.text()

        def find(library: Library) -> tuple[Packet | None, int]:
            packet = library.colleagues.own_packet()
            return packet, len(library.colleagues.overruled(who)) if packet is not None and who else 0

        self._shell.ask(find, lambda found: self._show_bar(*found), "greet")

    def _show_bar(self, packet: Packet | None, overruled: int) -> None:
        from gui.kit.banner import Banner

        self._take_bar_away()
        if packet is None:
            return
        head = self.tr("{0}分发给{1}的").format(packet.sender or self.tr("同事"), packet.recipient or self.tr("你"))
        words = [packet.asked] if packet.asked else []
        words.append(self.tr("核完、改完，用「交回…」写成文件交给他合并。"))
        actions: list[tuple[str, Callable[[], object]]] = []
        if overruled:
            words.append(self.tr("你以前判的 {0} 处，后来改判了。").format(grouped(overruled)))
            actions.append((self.tr("看改判"), lambda: self.show_merges("overruled")))
        actions.append((self.tr("交回…"), self.hand_back))
        self.bar = Banner(head, "　".join(words), actions)
        self.bar_made.emit(self.bar)

    def _take_bar_away(self) -> None:
        if self.bar is not None:
            self.bar.hide()
            self.bar.deleteLater()
            self.bar = None


def _all(library: Library) -> list[int]:
    from core.library import Query

    return [int(num) for num in library.search.find(Query()).nums]


def _as_name(words: str) -> str:
    """Words as a part of the name of a file."""
    return _NOT_IN_NAMES.sub("", words)[:40]
