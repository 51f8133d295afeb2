"""Before a page goes in the window says what the library has of it already, and does what a person chooses."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.library import Query
from gui.desk.duplicates import DuplicatesDialog
from gui.window import Window
from tests.core.test_duplicates import BODY, HEAD, MORE, NUMBERS, QUITE_OTHER
from tests.gui.desk.test_importing import drop, states, wait_for

Answer = Callable[[DuplicatesDialog], object]


@pytest.fixture
def files(tmp_path: Path) -> Callable[..., list[Path]]:
    """Writes pages of as many papers."""

    def write(*texts: str) -> list[Path]:
        out = [tmp_path / f"{at}.txt" for at in range(len(texts))]
        for at, (file, text) in enumerate(zip(out, texts, strict=True)):
            file.write_text(HEAD.format(paper=f"{'甲乙丙丁'[at]}县日报", day=at + 1, no=3) + text, "utf-8")
        return out

    return write


@pytest.fixture
def answered(qapp: QApplication) -> Iterator[Callable[[Answer], list[str]]]:
    """Answers every such dialog as a person does; gives what the dialogs said."""
    said: list[str] = []
    timer = QTimer(interval=20)

    def begin(answer: Answer) -> list[str]:
        def look() -> None:
            dialog = QApplication.activeModalWidget()
            if isinstance(dialog, DuplicatesDialog):
                said.append(dialog.words())
                answer(dialog)

        timer.timeout.connect(look)
        timer.start()
        return said

    yield begin
    timer.stop()


def accept_first(qtbot: QtBot, window: Window, files: list[Path]) -> None:
    drop(window, *files)
    wait_for(qtbot, window, *["ready"] * len(files))
    window.importing._show_row(0)
    window.importing.desk().accept()
    wait_for(qtbot, window, "added", *["ready"] * (len(files) - 1))
    assert window.importing.desk().work is window.importing.queue().model.rows[1].work


def test_an_article_that_is_there_is_joined(
    qtbot: QtBot, window: Window, files: Callable[..., list[Path]], answered: Callable[[Answer], list[str]]
) -> None:
    said = answered(lambda dialog: dialog.accept())
    accept_first(qtbot, window, files(BODY, BODY))
    count = window.shell.library.cases.count()
    window.importing.desk().accept()
    wait_for(qtbot, window, "added", "added")
    assert len(said) == 1
    assert "这一版有 1 篇，案例库里已经有了" in said[0]
    assert "《甲县日报》2024年5月1日第3版" in said[0]
    assert "文字和数据都一样。" in said[0]
    assert window.shell.library.cases.count() == count
    model = window.importing.queue().model
    assert model.state_text(model.rows[1]).endswith("，其中合并 1 篇")
    qtbot.waitUntil(lambda: "合并 1 篇" in window.status.said())
    assert "合并 1 篇" in window.importing.desk().notice.words()
    [num] = window.shell.library.search.find(Query(sources=(model.rows[1].came_as,))).nums
    window.importing.cases_wanted.emit([model.rows[1].came_as], "这一版")
    qtbot.waitUntil(lambda: "也登在 1 处" in window.browse.views.pane.page.toPlainText())
    window.browse.views.pane._follow("also-0")
    qtbot.waitUntil(lambda: window.browse.views.sources.chosen_id() == model.rows[1].came_as)
    assert window.shell.library.cases.load(num).title == "村头开起共享菜园"


def test_one_that_brings_something_is_another_case_unless_a_person_says_otherwise(
    qtbot: QtBot, window: Window, files: Callable[..., list[Path]], answered: Callable[[Answer], list[str]]
) -> None:
    said = answered(lambda dialog: dialog.accept())
    accept_first(qtbot, window, files(BODY, NUMBERS + MORE))
    count = window.shell.library.cases.count()
    window.importing.desk().accept()
    wait_for(qtbot, window, "added", "added")
    assert "库里是 12块，这里是 15块" in said[0]
    assert "只有这里有的段落 1 处：「今年春天" in said[0]
    assert window.shell.library.cases.count() == count + 1
    [num] = window.importing.queue().model.rows[1].cases
    assert window.shell.library.cases.siblings(num) == []


def test_a_person_goes_back_to_the_page_and_changes_the_mind(
    qtbot: QtBot, window: Window, files: Callable[..., list[Path]], answered: Callable[[Answer], list[str]]
) -> None:
    answers = iter([lambda d: d.reject(), lambda d: (d.choose(0, True), d.accept())])
    said = answered(lambda dialog: next(answers)(dialog))
    accept_first(qtbot, window, files(BODY, NUMBERS))
    count, desk = window.shell.library.cases.count(), window.importing.desk()
    desk.accept()
    qtbot.waitUntil(lambda: len(said) == 1)
    qtbot.waitUntil(lambda: not desk.work.goes_in)
    assert (states(window), desk.work.desk.edits) == (["added", "ready"], ())
    desk.accept()
    wait_for(qtbot, window, "added", "added")
    assert window.shell.library.cases.count() == count
    window.undo()
    wait_for(qtbot, window, "added", "ready")
    assert window.shell.library.cases.count() == count


def test_all_are_accepted_with_one_question(
    qtbot: QtBot, window: Window, files: Callable[..., list[Path]], answered: Callable[[Answer], list[str]]
) -> None:
    said = answered(lambda dialog: (dialog._all.setChecked(True), dialog.accept()))
    drop(window, *files(BODY, BODY, QUITE_OTHER, BODY))
    wait_for(qtbot, window, *["ready"] * 4)
    count = window.shell.library.cases.count()
    window.importing.queue()._all.click()
    wait_for(qtbot, window, *["added"] * 4)
    assert len(said) == 1
    assert window.shell.library.cases.count() == count + 2
    assert len(window.shell.library.pages.with_case(window.importing.queue().model.rows[0].cases[0])) == 2
