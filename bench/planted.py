"""Wrong figures planted in a library, and what the page of checking makes visible of each.

``python -m bench planted``. The figures of the default library are made wrong in one part each, every eighth is left
as it is. Each is then brought up in the real window (1280×800) and looked at: are the printed words lit and in sight,
does what was read stand beside them in sight, is the part that is wrong told apart (in words and colour), is it at
least said that the sentence does not say it. Nothing but the screen is asked.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QEventLoop, QPoint, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from core.folders import Folders
from core.library import Library
from core.records import Case, Metric
from core.resources import shipped
from core.reviewing import PART_WORDS, Shown
from core.seeds import read_seeds
from core.writing.figure_text import grouped
from gui import theme
from gui.chinese import speak_chinese
from gui.review.page import ReviewPage
from gui.shell.settings import Settings
from gui.window import Window

SIZE = (1280, 800)
TOLD, UNSAID, SIDE = "told apart", "said not to stand there", "side by side in sight"


def _tenfold(metric: Metric, case: Case) -> Metric:
    return replace(metric, value=metric.value * 10, value_max=metric.value_max and metric.value_max * 10)


def _one_more(metric: Metric, case: Case) -> Metric:
    return replace(metric, value=metric.value + 1, value_max=metric.value_max and metric.value_max + 1)


def _other_unit(metric: Metric, case: Case) -> Metric:
    return replace(metric, unit="户" if metric.unit != "户" else "人")


def _other_approx(metric: Metric, case: Case) -> Metric:
    return replace(metric, approx="exact" if metric.approx != "exact" else "nearly")


def _range(metric: Metric, case: Case) -> Metric:
    return replace(metric, value_max=None if metric.value_max is not None else metric.value * 2 + 1)


def _other_period(metric: Metric, case: Case) -> Metric:
    return replace(metric, period="2017年" if metric.period != "2017年" else "2018年")


def _other_indicator(metric: Metric, case: Case) -> Metric:
    """The indicator of another figure of the case, as a wrong reading would take it."""
    others = [m.indicator for m in case.metrics if m.indicator != metric.indicator]
    return replace(metric, indicator=others[len(metric.id) % len(others)] if others else "村民小组长年龄")


PLANTS: dict[str, tuple[str, Callable[[Metric, Case], Metric]]] = {
    "ten times": ("value", _tenfold),
    "one more": ("value", _one_more),
    "a range or none": ("value", _range),
    "another unit": ("unit", _other_unit),
    "another approximation": ("approx", _other_approx),
    "another period": ("period", _other_period),
    "another indicator": ("indicator", _other_indicator),
    "nothing": ("", lambda metric, case: metric),
}


def planted(cases: list[Case]) -> tuple[list[Case], dict[str, str]]:
    """Return the cases with one thing wrong in most figures, and which in which, by id."""
    kinds: dict[str, str] = {}
    names, out = list(PLANTS), []
    for case in cases:
        metrics = []
        for metric in case.metrics:
            kinds[metric.id] = kind = names[len(kinds) % len(names)]
            metrics.append(PLANTS[kind][1](metric, case))
        out.append(replace(case, metrics=tuple(metrics)))
    return out, kinds


def _settle(ms: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()


def _until(what: Callable[[], bool]) -> None:
    while not what():
        _settle(5)


def _in_sight(widget: QWidget, page: QWidget) -> bool:
    """Whether all of a widget can be seen on the page."""
    corner = widget.mapTo(page, QPoint(0, 0))
    shown = widget.isVisibleTo(page) and not widget.visibleRegion().isEmpty()
    return shown and corner.y() >= 0 and corner.y() + widget.height() <= page.height()


def _lit_in_sight(page: ReviewPage, metric: Metric) -> bool:
    printed = page.originals.printed.page
    for ground in printed._lit:
        if ground.kind == "proof":
            boxes = printed.boxes(ground.start, ground.end)
            top = printed.verticalScrollBar().value()
            return bool(boxes) and top <= boxes[0].top() <= boxes[-1].bottom() <= top + printed.viewport().height()
    return False


def looked_at(page: ReviewPage, metric: Metric, part: str) -> Iterator[str]:
    """Yield what the page makes visible of a figure in whose part something may be wrong."""
    cells = page.card._cells
    value = [cell for cell in cells if cell.text().startswith(grouped(metric.value, metric.unit))]
    if value and _in_sight(value[0], page) and _lit_in_sight(page, metric):
        yield SIDE
    differing = [cell for cell in cells if cell.property("role") == "differs" and _in_sight(cell, page)]
    if differing if not part else [c for c in differing if PART_WORDS[part] in page.card._wrong.text()]:  # type: ignore[index]
        yield TOLD
    rows = {name.text(): cells[at + 2].text() for at, name in enumerate(cells) if name.text() in PART_WORDS.values()}
    if part and rows.get(PART_WORDS[part]) == page.card.tr("句里没写"):  # type: ignore[index]
        yield UNSAID


def main() -> None:
    """Print of each kind of fault how many were planted, and of how many what is seen."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    speak_chinese(app)
    theme.apply(app, "light")
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        cases, kinds = planted(list(read_seeds(shipped("seeds"))))
        with Library.create(home / "种下错误.anlan") as library:
            library.cases.add(cases)
        window = Window(Folders(home, home, home, home), Settings(home / "anlan.ini"))
        window.resize(*SIZE)
        window.show()
        window.reviewer.take("甲", "")
        settled: list[bool] = []
        window.browse.settled.connect(lambda: settled.append(True))
        window.files.open(home / "种下错误.anlan")
        _until(lambda: bool(settled))
        _settle(500)
        window.reviewing.start(None, "种下错误")
        _report(window, kinds)
        window.close()


def _report(window: Window, kinds: dict[str, str]) -> None:
    counts: dict[str, Counter[str]] = {kind: Counter() for kind in PLANTS}
    page, reviewing = window.reviewing.page(), window.reviewing
    for _ in kinds:
        _until(lambda: reviewing.current() is not None)
        shown = reviewing.current()
        assert isinstance(shown, Shown)
        _until(lambda: page.card._cells[-1].isVisible() and page.card._cells[-1].x() > 0)
        _settle(5)
        kind = kinds[shown.metric.id]
        counts[kind]["planted"] += 1
        counts[kind].update(looked_at(page, shown.metric, PLANTS[kind][0]))
        reviewing.do("skip")
    print(f"{'planted':24}{'n':>5}{SIDE:>24}{TOLD:>14}{UNSAID:>26}")
    for kind, found in counts.items():
        print(f"{kind:24}{found['planted']:5}{found[SIDE]:24}{found[TOLD]:14}{found[UNSAID]:26}")


if __name__ == "__main__":
    main()
