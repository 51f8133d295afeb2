"""What a person says of figures: judged, put right, added out of words that are selected, removed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu

from core.decisions import NotAValue
from core.editing.fields import Opened, opened
from core.editing.figures import joined, parted
from core.library import Wish
from core.records import STATE_WORDS
from core.writing.figure_text import grouped
from gui import theme
from gui.browse.showing import Showing
from gui.browse.views import Views
from gui.shell.shell import Shell

if TYPE_CHECKING:
    from core.decisions import Verdict
    from core.editing.words import Quoted, Words
    from core.library import Library
    from core.records import Metric, State
    from gui.edit.figure_form import FigureForm
    from gui.edit.forms import Form

Write = Callable[["Form", Callable[["Library"], object], str], None]
VERDICTS: tuple[tuple[Verdict, State, str], ...] = (
    ("accepted", "checked", "对"),
    ("unsure", "unsure", "存疑"),
    ("rejected", "wrong", "错"),
)
"""Verdict, the state that follows from it, what the menu calls it."""


class FigureEditing(QObject):
    """Changes the figures of the case that is shown; each call is one step of undo."""

    def __init__(
        self, shell: Shell, views: Views, showing: Showing, show: Callable[[Form], object], write: Write
    ) -> None:
        """``show`` opens a form, ``write`` lets the library write what was saved in it."""
        super().__init__(shell)
        self._shell, self._views, self._showing = shell, views, showing
        self._show_form, self._write = show, write
        views.panes_made.connect(self._join)

    def edit(self) -> None:
        """Open the form of the figure that is chosen."""
        if metrics := self._views.metrics.chosen():
            chosen = metrics[-1]
            where = chosen.quote_span or chosen.span
            self._open(
                lambda words: words.place_of(where), lambda case, words: self._form(case, words, figure=chosen.id)
            )

    def add(self) -> None:
        """Open the form of a new figure, read from the words that are selected in the case."""
        text, printed, line = self._views.pane.selected()

        def find(words: Words) -> tuple[int, int] | None:
            place = words.place_between(*printed) if printed is not None else None
            found = words.quoted(*place) if place else words.find(text, line)
            return (found.start, found.end) if found is not None else None

        def show(case: Opened, words: Words) -> None:
            place = find(words)
            self._form(case, words, words.quoted(*place) if place else None)

        self._open(find, show)

    def judge(self, verdict: Verdict) -> None:
        """Say of the chosen figures that they are right, doubtful or wrong."""
        num, metrics = self._showing.num(), self._views.metrics.chosen()
        word = next(word for v, _, word in VERDICTS if v == verdict)
        if num is not None and metrics and self._shell.can_write():
            wishes = [Wish(num, f"figure/{metric.id}", verdict) for metric in metrics]
            said = self.tr("{n} 个数据定为「{word}」，按 Ctrl+Z 撤销。").format(n=grouped(len(metrics)), word=word)
            self._shell.change(lambda library: library.decisions.decide(wishes), said)

    def remove(self) -> None:
        """Take the chosen figures out of the case."""
        num, metrics = self._showing.num(), self._views.metrics.chosen()
        if num is not None and metrics and self._shell.can_write():
            wishes = [Wish(num, f"figure/{metric.id}", "rejected", None) for metric in metrics]
            words = self.tr("删除数据 {n} 个").format(n=grouped(len(metrics)))
            said = self.tr("已删除 {n} 个数据，按 Ctrl+Z 撤销。").format(n=grouped(len(metrics)))
            self._shell.change(lambda library: library.decisions.decide(wishes, words), said)

    def join(self) -> None:
        """Make the chosen figures one, from the least to the greatest value."""
        self._regroup(lambda num: joined(num, self._views.metrics.chosen()), self.tr("合成一个数据"))

    def part(self) -> None:
        """Make the chosen figure with two values two figures."""
        metrics = self._views.metrics.chosen()
        self._regroup(lambda num: parted(num, metrics[-1]) if metrics else [], self.tr("拆成两个数据"))

    def _regroup(self, wishes_for: Callable[[int], list[Wish]], words: str) -> None:
        num = self._showing.num()
        if num is None or not self._shell.can_write():
            return
        try:
            wishes = wishes_for(num)
        except NotAValue as error:
            self._shell.say(self.tr("{why}。没有改动。").format(why=str(error)))
            return
        said = self.tr("已{what}，按 Ctrl+Z 撤销。").format(what=words)
        self._shell.change(lambda library: library.decisions.decide(wishes, words), said)

    # ---- forms

    def _open(self, find: Callable[[Words], tuple[int, int] | None], show: Callable[[Opened, Words], object]) -> None:
        """Read the case and its words in the library's thread, of a long text those around what is found; show them."""
        num = self._showing.num()
        if num is not None and self._shell.can_write():
            self._shell.ask(lambda library: _read(library, num, find), lambda read: show(*read), "edit")

    def _form(self, case: Opened, words: Words, chosen: Quoted | None = None, figure: str = "") -> None:
        from gui.edit.figure_form import FigureForm

        metric = next((m for m in case.case.metrics if figure and m.id == figure), None)
        if case.case.fault or (figure and metric is None):
            self._shell.say(case.case.fault or self.tr("这个数据已经不在了。"))
            return

        def read(find: Callable[[], Sequence[Metric]], show: Callable[[Sequence[Metric]], object]) -> None:
            self._shell.ask(lambda library: find(), show, "figures")

        form = FigureForm(self._shell.window, case, metric, words, read, chosen)
        form.saved.connect(lambda _: self._save(form))
        self._show_form(form)

    def _save(self, form: FigureForm) -> None:
        num, value, metric = form.case.case.num, form.value(), form.figure
        if metric is None:
            said = self.tr("已添加「{what}」，按 Ctrl+Z 撤销。").format(what=value["indicator"])
            self._write(form, lambda library: library.decisions.add_figure(num, value), said)
        else:
            said = self.tr("已改「{what}」，按 Ctrl+Z 撤销。").format(what=value["indicator"])
            self._write(form, lambda library: library.decisions.figure(num, metric.id, "changed", value), said)

    # ---- menus

    def _join(self, panes: Any) -> None:
        panes.metrics.menu_made.connect(self._fill_menu)
        panes.pane.menu_made.connect(self._offer_adding)
        panes.metrics.view.opened.connect(lambda _: None if panes.detail.is_low() else self.edit())

    def _fill_menu(self, menu: QMenu) -> None:
        """Put what can be done with the chosen figures before the rest."""
        metrics = self._views.metrics.chosen()
        if not metrics or not self._shell.can_write():
            return
        before = menu.actions()[0]
        for verdict, state, word in VERDICTS:
            text = self.tr("定为「{0}」（{1}）").format(word, STATE_WORDS[state])
            action = menu.addAction(theme.state_icon(state), text, lambda verdict=verdict: self.judge(verdict))
            menu.insertAction(before, action)
        menu.insertSeparator(before)
        rest: Sequence[tuple[str, str, Callable[[], object]]] = (
            ("pencil", self.tr("修改数据…") + "\tF2", self.edit),
            ("trash-2", self.tr("删除数据") + "\tDelete", self.remove),
            *([("merge", self.tr("合成一个数据"), self.join)] if len(metrics) > 1 else []),
            *([("columns-3", self.tr("拆成两个数据"), self.part)] if metrics[-1].value_max is not None else []),
        )
        for icon, text, do in rest:
            menu.insertAction(before, menu.addAction(theme.icon(icon), text, do))
        menu.insertSeparator(before)

    def _offer_adding(self, menu: QMenu) -> None:
        if self._showing.has_case() and self._shell.can_write():
            menu.addSeparator()
            menu.addAction(theme.icon("plus"), self.tr("添加数据…") + "\tInsert", self.add)


def _read(library: Library, num: int, find: Callable[[Words], tuple[int, int] | None]) -> tuple[Opened, Words]:
    from core.editing.words import Words

    case = opened(library, num)
    words = Words(case.case, case.source)
    place = find(words)
    return case, words.around(place[0] if place else 0)
