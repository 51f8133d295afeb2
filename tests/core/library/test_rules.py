"""How people work in a library is decided there: it goes along in packets, is merged, differed on and settled."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.decisions import NotAValue, rule_target
from core.decisions.log import RULES
from core.library import Library, LibraryError, packets
from core.library.checking import check
from core.reviewing.differing import differences, settle, side_words

SECOND = rule_target("second")


@pytest.fixture
def colleague(library: Library, tmp_path: Path) -> Iterator[Library]:
    library.merging.hand_out([1, 2], tmp_path / "给王芳.anlan", "王芳")
    packets.unpack(tmp_path / "给王芳.anlan", tmp_path / "王芳.anlan")
    with Library.open(tmp_path / "王芳.anlan") as made:
        made.decisions.reviewer = "王芳"
        yield made


def test_it_is_decided_undone_and_done_again(library: Library) -> None:
    assert library.decisions.rule("second") == "needed"
    library.decisions.set_rule("second", "twice")
    assert (library.decisions.rule("second"), library.undo_text) == ("twice", "第二遍：正文一遍，数据两遍")
    library.decisions.set_rule("second", "twice")
    assert len(library.decisions.on(SECOND)) == 1
    library.undo()
    assert library.decisions.rule("second") == "needed"
    library.redo()
    assert library.decisions.rule("second") == "twice"
    assert not check(library.path).findings


@pytest.mark.parametrize(("name", "value"), [("second", "often"), ("second", ""), ("third", "twice")])
def test_there_are_no_others(library: Library, name: str, value: str) -> None:
    with pytest.raises(NotAValue):
        library.decisions.set_rule(name, value)
    assert library.decisions.all() == []


def test_who_takes_a_packet_works_by_it_and_hands_it_back(library: Library, tmp_path: Path) -> None:
    library.decisions.set_rule("second", "twice")
    library.merging.hand_out([1], tmp_path / "包.anlan", "李强")
    packets.unpack(tmp_path / "包.anlan", tmp_path / "李强.anlan")
    with Library.open(tmp_path / "李强.anlan") as other:
        assert other.decisions.rule("second") == "twice"
        other.decisions.set_rule("second", "never")
        other.merging.hand_back(tmp_path / "交回.anlan")
    library.merging.merge(tmp_path / "交回.anlan")
    assert library.decisions.rule("second") == "never"  # it had seen ours
    assert not check(library.path).findings


@pytest.mark.parametrize("choice", [0, 1, None])
def test_where_two_differ_the_old_holds_until_it_is_settled(
    library: Library, colleague: Library, tmp_path: Path, choice: int | None
) -> None:
    library.decisions.set_rule("second", "twice")
    colleague.decisions.set_rule("second", "never")
    colleague.merging.hand_back(tmp_path / "交回.anlan")
    library.merging.merge(tmp_path / "交回.anlan")
    assert library.decisions.rule("second") == "needed"
    [one] = differences(library)
    assert (one.part, {side_words(side) for side in one.sides}) == (
        "第二个人看什么",
        {"改为 正文一遍，数据两遍", "改为 不复核"},
    )
    settle(library, one, choice)
    chosen = "needed" if choice is None else one.sides[choice].after
    assert (library.decisions.rule("second"), library.decisions.marked()) == (chosen, [])
    colleague.merging.merge(library.path)
    assert colleague.decisions.rule("second") == chosen
    assert not check(library.path).findings


def test_a_rule_that_nobody_knows_is_refused(
    library: Library, colleague: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as other_program:
        other_program.setitem(RULES["second"], "hourly", "每小时")
        colleague.decisions.set_rule("second", "hourly")
        colleague.merging.hand_back(tmp_path / "交回.anlan")
    with pytest.raises(LibraryError, match="没有收下"):
        library.merging.merge(tmp_path / "交回.anlan")
    assert library.decisions.rule("second") == "needed"
