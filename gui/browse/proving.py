"""Shows where what a case says is printed: the statement that is chosen first, all others by the arrow keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from gui.browse.showing import Showing
from gui.browse.views import Views
from gui.shell.shell import Shell

if TYPE_CHECKING:
    from core.editing.proving import Proved
    from core.library import Library
    from gui.browse.panes import Browsing
    from gui.browse.proof_dialog import ProofDialog


class Proving(QObject):
    """Opens 出处 on the case that is shown; nothing is changed in it."""

    def __init__(self, shell: Shell, views: Views, showing: Showing) -> None:
        super().__init__(shell)
        self._shell, self._views, self._showing = shell, views, showing
        self.dialog: ProofDialog | None = None
        """The dialog that is open."""
        views.panes_made.connect(self._join)

    def show(self, part: str = "") -> None:
        """Open it at a statement (``Proof.part``); else at the figure that is chosen, or the title."""
        num = self._showing.num()
        if num is None or not self._views.is_browsing():
            return
        metrics = self._views.metrics
        if not part and metrics.holds_focus() and metrics.chosen():
            part = f"figure/{metrics.chosen()[-1].id}"

        def look(library: Library) -> Proved:
            from core.editing.proving import proved

            return proved(library, num)

        self._shell.ask(look, lambda found: QTimer.singleShot(0, self, lambda: self._open(found, part)), "proof")

    def _open(self, found: Proved, part: str) -> None:
        from gui.browse.proof_dialog import ProofDialog

        if self.dialog is None:
            self.dialog = ProofDialog(self._shell.window, found, part)
            self.dialog.finished.connect(self._forget)
            QTimer.singleShot(0, self.dialog, self.dialog.open)

    def _forget(self) -> None:
        self.dialog = None

    def _join(self, panes: Browsing) -> None:
        panes.pane.proof_wanted.connect(self.show)
        panes.metrics.menu_made.connect(
            lambda menu: menu.addAction(self.tr("查出处…") + "\tF8", self.show) if panes.metrics.chosen() else None
        )
