"""Very many cases changed at once in the real window: told how far it is, stopped, undone, and never half done."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from core.library import Library, Query
from gui.edit.batch_form import BatchForm
from gui.kit.banner import Banner
from gui.shell import long
from gui.window import Window


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """One case at a time, and the bar at once."""
    monkeypatch.setattr("core.library.decisions.AT_ONCE", 1)
    monkeypatch.setattr(long, "BAR_AFTER_MS", 0)


def tagged(window: Window) -> int:
    return len(window.shell.library.search.find(Query(tags=("B7",))).nums)


def batch_form(qtbot: QtBot, window: Window) -> BatchForm:
    window.activateWindow()
    window.views.list.table.selectAll()
    window.browse.editing.change_many()
    qtbot.waitUntil(lambda: isinstance(window.browse.editing.form, BatchForm))
    form = window.browse.editing.form
    assert isinstance(form, BatchForm)
    qtbot.keyClicks(form.rows["add_tags"].editor.line, "B7")
    qtbot.waitUntil(form.save_button.isEnabled)
    return form


@pytest.mark.usefixtures("slow")
def test_the_form_tells_how_far_it_is(qtbot: QtBot, window: Window) -> None:
    form = batch_form(qtbot, window)
    told: list[str] = []
    form.save()
    form._change.stepped.connect(told.append)
    with qtbot.waitSignal(window.shell.library_changed):
        pass
    assert told[-1].startswith(f"{tagged(window)} / ")
    assert tagged(window) > 1
    qtbot.waitUntil(lambda: window.browse.editing.form is None)
    with qtbot.waitSignal(window.shell.library_changed):
        window.undo()
    assert tagged(window) == 0


@pytest.mark.usefixtures("slow")
def test_what_is_stopped_is_not_done_and_the_form_stays(qtbot: QtBot, window: Window) -> None:
    form = batch_form(qtbot, window)
    form.save()
    form.reject()
    qtbot.waitUntil(form.save_button.isEnabled)
    assert form.isVisible()
    assert tagged(window) == 0
    assert window.status.said() == "已取消，没有改动。"
    form.save()
    with qtbot.waitSignal(window.shell.library_changed):
        pass
    assert tagged(window) > 1


@pytest.mark.usefixtures("slow")
def test_undo_is_stopped_in_a_bar(qtbot: QtBot, window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    form = batch_form(qtbot, window)
    with qtbot.waitSignal(window.shell.library_changed):
        form.save()
    before, bars = tagged(window), []
    window.shell.bar_made.connect(bars.append)
    steps = Library.undo_in_steps

    def waiting(library: Library) -> Iterator[int]:
        work = steps(library)
        yield next(work)
        while not bars:
            yield 1
        yield from work

    monkeypatch.setattr(Library, "undo_in_steps", waiting)
    window.undo()
    qtbot.waitUntil(lambda: bool(bars))
    bar = bars[0]
    assert isinstance(bar, Banner)
    assert bar.accessibleName() == "正在撤销"
    window.findChild(long.LongChange).stop()
    qtbot.waitUntil(lambda: window.status.said() == "已取消，没有改动。" or tagged(window) == 0)
    assert tagged(window) in (0, before)
