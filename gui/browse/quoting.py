"""复制成句子、脚注、数据表: of the figures, words or cases that are chosen, each with where it was printed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from core.writing.figure_text import grouped

if TYPE_CHECKING:
    from core.library import Library
    from core.records import Case, Metric
    from gui.browse.showing import Showing
    from gui.browse.views import Views
    from gui.shell.shell import Shell

Form = Literal["sentences", "notes", "table"]
_AT_ONCE = 50
"""So many cases are read in one step."""


@dataclass(frozen=True, slots=True)
class _Chosen:
    """What is to be copied: cases, of one of them some figures (their ids) or words."""

    nums: Sequence[int]
    figures: frozenset[str] | None = None
    words: str = ""


class Quoting(QObject):
    """Puts on the clipboard what is chosen where the focus is."""

    def __init__(self, shell: Shell, views: Views, showing: Showing) -> None:
        super().__init__(shell)
        self._shell, self._views, self._showing = shell, views, showing

    def sentences(self) -> None:
        """Copy what is chosen as sentences that name their source."""
        self._copy("sentences")

    def notes(self) -> None:
        """Copy the footnotes of what is chosen, a line each."""
        self._copy("notes")

    def table(self) -> None:
        """Copy the figures of what is chosen as a table with their sources."""
        self._copy("table")

    def _chosen(self) -> _Chosen | None:
        views, num = self._views, self._showing.num()
        if not views.has_panes():
            return None
        if num is not None and views.metrics.holds_focus():
            figures = views.metrics.chosen() or views.metrics.model.records
            return _Chosen([num], frozenset(metric.id for metric in figures))
        focused = QApplication.focusWidget()
        if num is not None and focused is not None and views.pane.isAncestorOf(focused):
            return _Chosen([num], words=views.pane.page.selected_text().strip())
        nums = views.list.chosen_nums() or ([num] if num is not None else [])
        return _Chosen(nums) if nums else None

    def _copy(self, form: Form) -> None:
        chosen = self._chosen()
        if chosen is None:
            return
        parts: list[Any] = []

        def work(library: Library) -> Iterator[list[Any]]:
            for at in range(0, len(chosen.nums), _AT_ONCE):
                yield [*_told(library, chosen, form, at)]

        job = self._shell.begin(work, "copy", patient=True)
        if job is not None:
            job.stepped.connect(parts.extend)
            job.finished.connect(lambda: self._put(form, parts))

    def _put(self, form: Form, parts: Sequence[Any]) -> None:
        if not parts:
            self._shell.say(self.tr("没有可复制的数据"))
            return
        if form == "table":
            from core.writing.quoting import FIGURE_HEADS, FIGURE_NUMBERS
            from gui.kit import cells

            cells.put(FIGURE_HEADS, parts, FIGURE_NUMBERS)
            said = self.tr("已复制 {n} 行，可以粘贴到 Word 和表格里")
        else:
            QGuiApplication.clipboard().setText("\n".join(parts))
            said = self.tr("已复制 {n} 句，带出处") if form == "sentences" else self.tr("已复制 {n} 条脚注")
        self._shell.say(said.format(n=grouped(len(parts))))


def _told(library: Library, chosen: _Chosen, form: Form, at: int) -> Iterator[Any]:
    for num in chosen.nums[at : at + _AT_ONCE]:
        try:
            case = library.cases.load(num)
        except KeyError:
            continue  # it is gone meanwhile
        yield from _FORMS[form](case, chosen)


def _metrics(case: Case, chosen: _Chosen) -> Sequence[Metric]:
    return [m for m in case.metrics if chosen.figures is None or m.id in chosen.figures]


def _sentences(case: Case, chosen: _Chosen) -> Iterator[str]:
    from core.writing import quoting

    if chosen.figures is not None:
        yield from dict.fromkeys(quoting.figure_sentence(case, metric) for metric in _metrics(case, chosen))
    else:
        yield quoting.sentence(chosen.words, case) if chosen.words else quoting.case_sentence(case)


def _notes(case: Case, chosen: _Chosen) -> Iterator[str]:
    from core.writing import quoting

    if chosen.figures is not None:
        yield from quoting.figure_notes(case, _metrics(case, chosen))
    else:
        yield quoting.text_note(chosen.words, case) if chosen.words else quoting.case_note(case)


def _rows(case: Case, chosen: _Chosen) -> Iterator[Sequence[str]]:
    from core.writing import quoting

    yield from quoting.figure_rows(case, _metrics(case, chosen))


_FORMS: dict[Form, Callable[[Case, _Chosen], Iterator[Any]]] = {
    "sentences": _sentences,
    "notes": _notes,
    "table": _rows,
}
