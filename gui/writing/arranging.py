"""编排: a 汇编 is put in order on a page of its own; every change is one of the library, and can be undone."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from gui.writing.scope import Scope

if TYPE_CHECKING:
    from core.library import Library, Outline
    from core.records import Case
    from gui.shell.shell import Shell
    from gui.writing.outline_page import OutlinePage


class Arranging(QObject):
    """Shows one 汇编 with its headings, notes and chosen figures, and changes it."""

    case_wanted = Signal(int)
    """A case is to be seen where it is read."""
    cases_wanted = Signal()
    """All cases are to be listed."""
    shown = Signal()

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._shell = shell
        self._page: OutlinePage | None = None
        self._selection = ""
        self._chosen: list[int | str] = []
        """The lines that a change was made of, to be chosen when it is there."""
        shell.library_changed.connect(self.renew)
        shell.library_closing.connect(self._forget)

    def show(self, selection_id: str) -> None:
        """Show that 汇编; the one before again where none is named."""
        self.commit()
        self._selection = selection_id or self._selection
        if self._selection:
            self._fetch(lambda outline: self._show(outline))

    def is_shown(self) -> bool:
        """Whether the page is what is shown."""
        return self._shell.is_shown(self._page)

    def commit(self) -> None:
        """Write what was typed and is not written yet."""
        if self._page is not None and self._page.outline is not None:
            self._page.commit()

    def scope(self) -> Scope | None:
        """Return what an export of the page takes; None where it is not shown."""
        page = self._page if self.is_shown() else None
        if page is None or page.outline is None:
            return None
        outline = page.outline
        words = self.tr("汇编「{name}」").format(name=outline.name)
        return Scope("selection", words, outline.name, outline.nums, 0, outline.id, page.title.text().strip())

    def renew(self) -> None:
        """Show it as it is now, where it is in sight."""
        if self._selection and self.is_shown():
            self._fetch(self._renew)

    # ---- inside

    @property
    def page(self) -> OutlinePage:
        """The page, made when it is first wanted."""
        if self._page is None:
            from gui.writing.outline_page import OutlinePage

            self._page = OutlinePage()
            self._shell.add_page(self._page)
            self._join(self._page)
        return self._page

    def _join(self, page: OutlinePage) -> None:
        page.entitled.connect(lambda title: self._change(lambda s, i: s.entitle(i, title)))
        page.moved.connect(lambda keys, at: self._change(lambda s, i: s.move_lines(i, keys, at), keys))
        page.taken.connect(self._take)
        page.written.connect(self._write)
        page.rewritten.connect(lambda key, text: self._change(lambda s, i: s.rewrite(i, key, text)))
        page.annotated.connect(lambda num, text: self._change(lambda s, i: s.annotate(i, num, text)))
        page.chosen.connect(lambda num, ids: self._change(lambda s, i: s.choose_figures(i, num, ids)))
        page.case_needed.connect(self._fetch_case)
        page.case_wanted.connect(self.case_wanted)
        page.cases_wanted.connect(self.cases_wanted)

    def _change(self, do: Callable[[Any, str], object], keys: list[int | str] | None = None, said: str = "") -> None:
        """Change the 汇编 that is shown; these lines are chosen then."""
        selection = self._selection
        self._chosen = keys or []
        self._shell.change(lambda library: do(library.selections, selection), said)

    def _write(self, kind: str, text: str, at: int) -> None:
        selection = self._selection

        def chosen(text_id: str) -> None:
            self._chosen = [text_id]

        self._shell.change(lambda library: library.selections.write(selection, kind, text, at), then=chosen)  # type: ignore[arg-type]

    def _take(self, keys: list[int | str]) -> None:
        cases = sum(isinstance(key, int) for key in keys)
        said = self.tr("已移出 {n} 行，按 Ctrl+Z 撤销。").format(n=len(keys))
        if cases:
            said = self.tr("已移出 {n} 例，案例还在案例库里，按 Ctrl+Z 撤销。").format(n=cases)
        self._change(lambda s, i: s.take(i, keys), said=said)

    def _fetch(self, show: Callable[[Outline | None], None]) -> None:
        selection = self._selection

        def find(library: Library) -> Outline | None:
            try:
                return library.selections.outline(selection)
            except KeyError:
                return None  # it was removed meanwhile

        self._shell.ask(find, show, "outline")

    def _fetch_case(self, num: int) -> None:
        page = self.page

        def find(library: Library) -> Case | None:
            try:
                return library.cases.load(num)
            except KeyError:
                return None

        def show(case: Case | None) -> None:
            if case is not None and page.editor.num() == num:
                page.editor.show_case(case)

        self._shell.ask(find, show, "outline case")

    def _show(self, outline: Outline | None) -> None:
        if outline is None:
            return
        self.page.show_outline(outline)
        self._shell.show_page(self.page)
        self.page.setFocus()
        self.shown.emit()

    def _renew(self, outline: Outline | None) -> None:
        if outline is None:
            self._selection = ""
            self.cases_wanted.emit()
        else:
            keys, self._chosen = self._chosen, []
            self.page.show_outline(outline, keys)

    def _forget(self) -> None:
        """Another library is opened: what was typed is written, the page is empty."""
        self.commit()
        self._selection = ""
