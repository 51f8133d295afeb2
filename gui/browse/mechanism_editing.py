"""What a person says of the mechanisms of a case: put right, added, taken out."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu

from core.editing.fields import Opened, opened
from core.library import Wish
from gui import theme
from gui.browse.showing import Showing
from gui.browse.views import Views
from gui.kit.plain import entry
from gui.shell.shell import Shell

if TYPE_CHECKING:
    from core.library import Library
    from core.records import Mechanism
    from gui.edit.forms import Form
    from gui.edit.mechanism_form import MechanismForm

Write = Callable[["Form", Callable[["Library"], object], str], None]


class MechanismEditing(QObject):
    """Changes the mechanisms of the case that is shown; each call is one step of undo."""

    def __init__(
        self, shell: Shell, views: Views, showing: Showing, show: Callable[[Form], object], write: Write
    ) -> None:
        """``show`` opens a form, ``write`` lets the library write what was saved in it."""
        super().__init__(shell)
        self._shell, self._views, self._showing = shell, views, showing
        self._show_form, self._write = show, write
        views.panes_made.connect(lambda panes: panes.pane.menu_made.connect(self._offer))

    def edit(self, mechanism: str = "") -> None:
        """Open the form of a mechanism by its id; of a new one where it is empty."""
        num = self._showing.num()
        if num is not None and self._shell.can_write():
            self._shell.ask(lambda library: opened(library, num), lambda case: self._open(case, mechanism), "edit")

    def remove(self, mechanism: Mechanism) -> None:
        """Take a mechanism out of the case."""
        num = self._showing.num()
        if num is not None and self._shell.can_write():
            wish = Wish(num, f"mechanism/{mechanism.id}", "rejected", None)
            words = self.tr("去掉机制「{what}」").format(what=mechanism.name)
            said = self.tr("已去掉「{what}」，按 Ctrl+Z 撤销。").format(what=mechanism.name)
            self._shell.change(lambda library: library.decisions.decide([wish], words), said)

    def fill(self, menu: QMenu) -> None:
        """Put what can be done with the mechanisms of the case that is shown into a menu."""
        menu.clear()
        if not self._showing.has_case() or not self._shell.can_write():
            return
        mechanisms = self._views.pane.mechanisms()
        for one in mechanisms:
            text = self.tr("修改「{0}」…").format(entry(one.name))
            menu.addAction(theme.icon("pencil"), text, lambda one=one: self.edit(one.id))
        for one in mechanisms:
            text = self.tr("去掉「{0}」").format(entry(one.name))
            menu.addAction(theme.icon("trash-2"), text, lambda one=one: self.remove(one))
        menu.addSeparator()
        menu.addAction(theme.icon("plus"), self.tr("添加机制…"), self.edit)

    def _offer(self, menu: QMenu) -> None:
        if self._showing.has_case() and self._shell.can_write():
            self.fill(inner := menu.addMenu(theme.icon("workflow"), self.tr("机制")))
            inner.setToolTipsVisible(False)

    def _open(self, case: Opened, mechanism: str) -> None:
        from gui.edit.mechanism_form import MechanismForm

        found = next((one for one in case.case.mechanisms if mechanism and one.id == mechanism), None)
        if case.case.fault or (mechanism and found is None):
            self._shell.say(case.case.fault or self.tr("这个机制已经不在了。"))
            return
        form = MechanismForm(self._shell.window, case, found)
        form.saved.connect(lambda _: self._save(form))
        self._show_form(form)

    def _save(self, form: MechanismForm) -> None:
        from core.editing.mechanisms import part_of_new

        num, value, had = form.case.case.num, form.value(), form.mechanism
        wish = (
            Wish(num, f"mechanism/{had.id}", "changed", value)
            if had is not None
            else Wish(num, part_of_new(), "added", value)
        )
        name = value["name"]
        words = self.tr("机制「{what}」").format(what=name)
        said = (
            self.tr("已改机制「{what}」，按 Ctrl+Z 撤销。")
            if had
            else self.tr("已添加机制「{what}」，按 Ctrl+Z 撤销。")
        )
        self._write(form, lambda library: library.decisions.decide([wish], words), said.format(what=name))
