"""导出 and 打印: what is asked in the dialog is done in the library's thread, told in a bar, and can be cancelled."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from core.writing.figure_text import grouped
from gui.kit.banner import Banner
from gui.writing.back import TakingBack
from gui.writing.scope import Scope

if TYPE_CHECKING:
    from core.comparing.sheet import Sheet
    from core.exporting import Step, Wanted
    from core.library import Library
    from core.writing.compilation import Choices
    from gui.shell.jobs import Job
    from gui.shell.settings import Settings
    from gui.shell.shell import Shell
    from gui.writing.comparison import Sheets
    from gui.writing.scope import SheetScope

PRINTED = "打印{}.pdf"


class Exporting(QObject):
    """Writes cases to files, one export after the other."""

    bar_made = Signal(QWidget)
    """A bar to be shown over all panes: how far an export is, then where its file lies."""
    written = Signal(object)
    """A file is there (its path)."""

    def __init__(self, shell: Shell, settings: Settings, scopes: Callable[[], list[Scope]], cache: Path) -> None:
        super().__init__(shell)
        self._shell, self._settings, self._scopes, self._cache = shell, settings, scopes, cache
        self.open_file: Callable[[Path], object] = lambda path: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
        """Opens a file in the program that the system has for it."""
        self.back = TakingBack(shell, settings)
        """Sheets that come back."""
        self.sheets: Sheets = tuple
        """What of a comparison is shown, and is exported in the place of cases; nothing where none is."""
        self._job: Job | None = None
        self.bar: Banner | None = None
        """How far the export is, or where its file lies."""
        shell.library_closing.connect(self.cancel)

    def export(self, scopes: Sequence[Scope] = ()) -> None:
        """Ask what is to be written, and how; a second Enter writes it. ``scopes`` are those of what is shown."""
        if not scopes and (sheets := self.sheets()):
            self._export_comparison(sheets)
            return
        from gui.writing.dialog import ExportDialog

        dialog = ExportDialog(
            self._shell.window, scopes or self._scopes(), self._settings, self._shell.library.path.stem
        )
        if dialog.exec():
            asked = dialog.asked()
            self.begin(asked.scope, asked.wanted, asked.form, asked.target)

    def print(self) -> None:
        """Set the cases that an export would take as pages, and open them where they can be looked at and printed."""
        from gui.writing.form import choices_in

        if sheets := self.sheets():
            self._write_comparison(sheets[0].sheet, choices_in(self._settings), "pdf", _printable(self._cache), True)
            return
        scope = self._scopes()[0]
        wanted = self.wanted(scope, choices_in(self._settings))
        self.begin(scope, wanted, "pdf", _printable(self._cache), opens=True)

    def wanted(self, scope: Scope, choices: Any) -> Wanted:
        """Return what is to be written of these cases."""
        from core.exporting import Wanted

        return Wanted(scope.nums or (), scope.own_title or scope.title, choices, scope.selection)

    def begin(self, scope: Scope, wanted: Wanted, form: str, target: Path, opens: bool = False) -> None:
        """Write a file in the library's thread; ``opens`` it when it is there."""

        def work(library: Library) -> Iterator[Step]:
            return _export(library, scope, wanted, form, target)

        self._begin(work, target, opens, self.tr("例"))

    def _export_comparison(self, sheets: Sequence[SheetScope]) -> None:
        from gui.writing.comparison import ComparisonDialog

        dialog = ComparisonDialog(self._shell.window, sheets, self._settings)
        if dialog.exec():
            self._write_comparison(*dialog.asked())

    def _write_comparison(self, sheet: Sheet, choices: Choices, form: str, target: Path, opens: bool = False) -> None:
        from gui.writing.comparison import write

        self._begin(lambda library: write(sheet, choices, form, target), target, opens, self.tr("行"))

    def _begin(self, work: Callable[[Library], Iterator[Step]], target: Path, opens: bool, of: str) -> None:
        """``of``: what the steps count."""
        self.cancel()
        job = self._shell.begin(work, "export", patient=True)
        if job is None:
            return
        self._job = job
        self._show_bar(self.tr("正在写「{name}」").format(name=target.name), "", [(self.tr("取消"), self.cancel)])
        job.stepped.connect(lambda step: self._say_step(step, of))
        job.failed.connect(lambda error: self._end())
        job.finished.connect(lambda: self._finish(target, opens))

    def cancel(self) -> None:
        """Stop what is being written; what was there before stays."""
        if self._job is not None:
            self._job.cancel()
            self._end()
            self._shell.say(self.tr("已取消，原来的文件没有改动。"))

    def close(self) -> None:
        """End with the window."""
        self.cancel()

    def _say_step(self, step: Step, of: str) -> None:
        if self.bar is not None:
            self.bar.say(f"{grouped(step.done)} / {grouped(step.total)} {of}")
        self._shell.say_busy(self.tr("正在导出…"), step.done / max(1, step.total))

    def _finish(self, target: Path, opens: bool) -> None:
        self._end()
        said = self.tr("已写好「{name}」").format(name=target.name)
        if opens:
            self._shell.say(self.tr("已排好版，在阅读器里打印。"))
            self.open_file(target)
        else:
            folder = lambda: self.open_file(target.parent)  # noqa: E731
            actions = [(self.tr("打开"), lambda: self.open_file(target)), (self.tr("打开文件夹"), folder)]
            self._show_bar(said, str(target), actions)
            self._shell.say(said)
        self.written.emit(target)

    def _end(self) -> None:
        self._job = None
        self._shell.say_idle()
        self._take_bar_away()

    def _show_bar(self, head: str, words: str, actions: Sequence[tuple[str, Callable[[], object]]]) -> None:
        self._take_bar_away()
        self.bar = Banner(head, words, actions)
        self.bar_made.emit(self.bar)

    def _take_bar_away(self) -> None:
        if self.bar is not None:
            self.bar.hide()
            self.bar.deleteLater()
            self.bar = None


def _printable(folder: Path) -> Path:
    """A file for pages that are to be printed, other than one that a reader still holds."""
    from core.exporting import why_not

    paths = [folder / PRINTED.format(n or "") for n in range(10)]
    return next((path for path in paths if not why_not(path)), paths[0])


def _export(library: Library, scope: Scope, wanted: Wanted, form: Any, target: Path) -> Iterator[Step]:
    """Write the file; what a library of all cases holds is asked here, in its own thread."""
    from dataclasses import replace

    from core.exporting import export
    from core.library import Query

    if scope.nums is None:
        wanted = replace(wanted, nums=list(library.search.find(Query()).nums))
    if form == "pdf":
        from gui.writing import pdf

        form = pdf.write
    target.parent.mkdir(parents=True, exist_ok=True)
    yield from export(library, wanted, form, target)
