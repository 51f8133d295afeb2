"""Step 7 of a writer's ten minutes by real keys, as ``bench.steps`` plays it: so many, and no more."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from bench.steps import Hand, export_list, print_list
from gui.window import Window


@pytest.mark.parametrize(("step", "most"), [(export_list, 3), (print_list, 1)])
def test_a_step_is_done_within_its_keys(
    qtbot: QtBot, window: Window, tmp_path: Path, step: Callable[[Hand, Path], None], most: int
) -> None:
    folder = tmp_path / "文稿"
    folder.mkdir()
    window._settings.keep("export/folder", str(folder))
    window.views.list.choose_first()
    window.views.list.table.setFocus()
    hand = Hand(window)
    step(hand, folder)
    assert 0 < hand.keys <= most
