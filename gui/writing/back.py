"""收回表格: reads a sheet that was changed elsewhere, and decides what a person accepts of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QFileDialog

from core.writing.figure_text import grouped

if TYPE_CHECKING:
    from core.library import Library
    from core.writing.xlsx.back import Change, NewFigure, TakenBack
    from gui.shell.settings import Settings
    from gui.shell.shell import Shell

translate = QCoreApplication.translate


class TakingBack(QObject):
    """Reads a sheet in the library's thread, shows what it proposes, and decides what was ticked."""

    def __init__(self, shell: Shell, settings: Settings) -> None:
        super().__init__(shell)
        self._shell, self._settings = shell, settings

    def ask(self) -> None:
        """Ask which file, and read it."""
        folder = self._settings.text("export/folder") or str(Path.home())
        title = translate("TakingBack", "收回表格")
        name, _ = QFileDialog.getOpenFileName(self._shell.window, title, folder, "Excel (*.xlsx)")
        if name:
            self.read(Path(name))

    def read(self, path: Path) -> None:
        """Read a file, and show what it has otherwise."""
        job = self._shell.begin(lambda library: _read(library, path), "take-back", patient=True)
        if job is not None:
            found: list[TakenBack] = []
            job.stepped.connect(lambda step: self._say(found, step))
            job.failed.connect(lambda error: self._shell.say_idle())
            job.finished.connect(lambda: self._show(path, found))

    def _say(self, found: list[TakenBack], step: TakenBack) -> None:
        found[:] = [step]
        self._shell.say_busy(translate("TakingBack", "正在看第 {n} 行…").format(n=grouped(step.rows)))

    def _show(self, path: Path, read: Sequence[TakenBack]) -> None:
        self._shell.say_idle()
        if not read:
            return
        found = read[0]
        if not (found.changes or found.new or found.unmatched):
            self._shell.say(translate("TakingBack", "「{name}」和案例库一样，没有改动。").format(name=path.name))
            return
        foreign = bool(found.library_id) and found.library_id != self._shell.library.id
        from gui.writing.taking_back import TakeBackDialog

        dialog = TakeBackDialog(self._shell.window, path.name, found, foreign)
        if dialog.exec():
            self.take(*dialog.model.chosen(), path.name)

    def take(self, changes: Sequence[Change], new: Sequence[NewFigure], note: str) -> None:
        """Decide what was accepted, as one change."""
        from core.taking_back import take

        said = translate("TakingBack", "收下 {n} 处，按 Ctrl+Z 撤销。").format(n=grouped(len(changes) + len(new)))
        self._shell.change(lambda library: take(library, changes, new, note), said)


def _read(library: Library, path: Path) -> Iterator[TakenBack]:
    from core.taking_back import finder
    from core.writing.xlsx.back import take_back

    yield from take_back(path, finder(library))
