"""Handed out, handed back, looked over, merged and withdrawn in the real window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from core.exchange import container
from core.library import Library, packets
from gui.exchange import merges, preview
from gui.exchange.hand_out import HandOutDialog
from gui.kit import dialogs
from gui.window import Window


@pytest.fixture
def back(qtbot: QtBot, window: Window, tmp_path: Path) -> Path:
    """What 王芳 hands back: a title of hers, a figure accepted that was called wrong here, a case of hers."""
    window.reviewer.take("陈立", "")
    out, target = tmp_path / "给王芳.anlan", tmp_path / "交回.anlan"
    with qtbot.waitSignal(window.shell.library_changed):
        window.exchange.write_out([1, 2], out, "王芳", "请核对")
    assert container.is_packet(out)
    packets.unpack(out, tmp_path / "她的.anlan")
    with Library.open(tmp_path / "她的.anlan") as hers:
        hers.decisions.reviewer = "王芳"
        hers.cases.set_title(2, "夜校请来好多能手")
        hers.decisions.figure(1, hers.cases.load(1).metrics[0].id, "accepted")
        hers.merging.hand_back(target)
    with qtbot.waitSignal(window.shell.library_changed):
        window.shell.change(lambda lib: lib.decisions.figure(1, lib.cases.load(1).metrics[0].id, "rejected"))
    return target


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[QDialog]:
    """The dialogs of merging that were shown; each is left as ``answer`` says, which is called with it."""
    dialogs_shown: list[QDialog] = []
    for kind in (preview.MergePreview, merges.Merges):

        def run(self: QDialog) -> int:
            dialogs_shown.append(self)
            return 0

        monkeypatch.setattr(kind, "exec", run)
    return dialogs_shown


def looked(qtbot: QtBot, window: Window, shown: list[QDialog], path: Path) -> preview.MergePreview:
    window.exchange.look(path)
    qtbot.waitUntil(lambda: bool(shown))
    dialog = shown.pop()
    assert isinstance(dialog, preview.MergePreview)
    return dialog


def test_the_preview_says_who_says_what_and_writes_nothing(
    qtbot: QtBot, window: Window, back: Path, shown: list[QDialog]
) -> None:
    before = window.shell.library.decisions.digest()
    dialog = looked(qtbot, window, shown, back)
    assert [(row.standing(), row.chosen()) for row in dialog.rows] == [("说法不一", "按规则"), ("新的决定", "收下")]
    said = dialog.detail.toPlainText()
    assert "本机：陈立：错" in said
    assert "对方：王芳：对" in said
    assert "原文：办成100件" in said
    dialog.choose("theirs")
    assert list(dialog.chosen().values()) == ["theirs"]
    assert dialog.rows[0].chosen() == "以对方为准"
    assert window.shell.library.decisions.digest() == before


def test_merged_and_withdrawn(
    qtbot: QtBot, window: Window, back: Path, shown: list[QDialog], monkeypatch: pytest.MonkeyPatch
) -> None:
    def merge(self: preview.MergePreview) -> int:
        self.choose("theirs")  # the first line, where they differ
        return 1

    monkeypatch.setattr(preview.MergePreview, "exec", merge)
    before = window.shell.library.decisions.digest()
    with qtbot.waitSignal(window.shell.library_changed):
        window.exchange.look(back)
    library = window.shell.library
    assert library.cases.load(2).title == "夜校请来好多能手"
    assert library.cases.load(1).metrics[0].state == "checked"
    assert "合并「王芳」" in window.menus.actions["undo"].text()
    window.exchange.show_merges()
    qtbot.waitUntil(lambda: bool(shown))
    [dialog] = shown
    assert isinstance(dialog, merges.Merges)
    dialog.table.selectRow(0)
    assert (dialog.back.text(), dialog.back.isEnabled()) == ("撤销合并", True)
    with qtbot.waitSignal(window.shell.library_changed):
        dialog.withdraw()
    assert library.decisions.digest() == before


def test_nothing_new_says_so(qtbot: QtBot, window: Window, back: Path, shown: list[QDialog]) -> None:
    with qtbot.waitSignal(window.shell.library_changed):
        window.shell.change(lambda library: library.merging.merge(back))
    dialog = looked(qtbot, window, shown, back)
    assert not dialog.rows
    assert not dialog.go.isVisibleTo(dialog)


def test_a_damaged_file_is_refused_in_words(
    qtbot: QtBot, window: Window, back: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    back.write_bytes(back.read_bytes()[:-50])
    said: list[str] = []
    monkeypatch.setattr(dialogs, "say", lambda parent, head, words, *rest: said.append(words))
    monkeypatch.setattr(dialogs, "ask", lambda parent, head, words, *rest: said.append(words) or "")
    before = window.shell.library.decisions.digest()
    window.exchange.look(back)
    qtbot.waitUntil(lambda: bool(said))
    assert "没有复制完整" in said[0]
    assert window.shell.library.decisions.digest() == before


@pytest.mark.parametrize("answer", ["open", "merge", ""])
def test_a_dropped_packet_asks(
    qtbot: QtBot, window: Window, back: Path, shown: list[QDialog], monkeypatch: pytest.MonkeyPatch, answer: str
) -> None:
    monkeypatch.setattr(dialogs, "ask", lambda *rest: answer)
    here = window.shell.library.path
    if answer == "open":
        with qtbot.waitSignal(window.shell.library_opened):
            window.importing.library_wanted.emit(back)
        assert window.shell.library.path.name == "交回（打开的）.anlan"
        assert window.shell.library.cases.count() == 2
    else:
        window.importing.library_wanted.emit(back)
        if answer:
            qtbot.waitUntil(lambda: bool(shown))
        assert window.shell.library.path == here
    assert container.is_packet(back)


def test_a_packet_opens_by_itself(qtbot: QtBot, new_window: Callable[[], Window], window: Window, back: Path) -> None:
    other = new_window()
    with qtbot.waitSignal(other.shell.library_opened):
        other.files.open_first(back)
    assert other.shell.library.cases.count() == 2


def test_to_whom_must_be_said(qtbot: QtBot, window: Window) -> None:
    dialog = HandOutDialog("12 例", window)
    assert not dialog._go.isEnabled()
    dialog.name.setText(" 王芳 ")
    assert dialog._go.isEnabled()
    assert dialog.given() == ("王芳", "请核对数据")
