"""What waits on the import desk: whose it is, what outlives its desk, and what of the library it leaves alone."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from core.library import Library, ReadOnlyLibrary
from core.library.answers import DeskRow
from core.library.desk_owner import DeskOwner
from core.records import Article, Page, Paragraph, Span

ROOT = Path(__file__).resolve().parents[3]
PAGE = Page("村口议事亭\n建成12座。", "议事亭.txt")
ARTICLES = (Article("村口议事亭", (Paragraph((Span(6, 12),)),), title_spans=(Span(0, 5),)),)


def row(at: int, state: str = "waiting", **more: object) -> DeskRow:
    return DeskRow(f"行{at}", f"{at}.txt", state, file=f"/纸/{at}.txt", **more)  # type: ignore[arg-type]


def named(rows: list[DeskRow]) -> list[str]:
    return [f"{r.id} {r.state}" for r in rows]


def nobody(owner: str) -> bool:
    return False


def test_rows_come_back_as_they_were_put_in(library: Library) -> None:
    rows = [
        row(1),
        row(2, "failed", note="是空的"),
        row(3, "ready", articles=2, figures=7, doubts=1, hand="{}", source="s"),
    ]
    library.desk.add("甲", rows, {"行3": "页面"})
    assert library.desk.rows("甲") == rows
    assert (library.desk.page("行3"), library.desk.page("行1")) == ("页面", "")
    assert library.desk.any()
    with pytest.raises(KeyError):
        library.desk.page("行9")


@pytest.mark.parametrize("text", ["坏\udcff名.txt", "零\0.txt", "🀄" * 9])
def test_any_name_of_a_file_is_kept(library: Library, text: str) -> None:
    strange = DeskRow("一", text, file=f"/夹/{text}", note=text, hand=text)
    library.desk.add("甲", [strange], {"一": text})
    assert library.desk.rows("甲") == [strange]
    assert library.desk.page("一") == text


def test_the_pages_of_a_file_stand_in_its_place(library: Library) -> None:
    library.desk.add("甲", [row(1), row(2)])
    pages = [(row(1, "ready"), "一"), (row(11, "ready"), "二"), (row(12, "ready"), "三")]
    library.desk.put("甲", "行1", pages)
    library.desk.add("甲", [row(3)])
    assert named(library.desk.rows("甲")) == ["行1 ready", "行11 ready", "行12 ready", "行2 waiting", "行3 waiting"]
    assert [library.desk.page(r.id) for r, _ in pages] == ["一", "二", "三"]


def test_what_another_desk_has_is_not_touched(library: Library) -> None:
    library.desk.add("甲", [row(1)])
    library.desk.put("乙", "行1", [(row(1, "ready"), "页面")])
    library.desk.turn("乙", ["行1"], "failed", "错")
    library.desk.remove("乙", ["行1"])
    library.desk.keep("乙", [row(1, hand="别的")])
    assert library.desk.rows("甲") == [row(1)]
    assert library.desk.rows("乙") == []


def test_only_what_no_living_desk_has_is_taken_over(library: Library) -> None:
    for at, owner in enumerate(("死", "活", ""), 1):
        library.desk.add(owner, [row(at)])
    library.desk.add("新", [row(4)])
    assert named(library.desk.take_over("新", "活".__eq__)) == ["行1 waiting", "行3 waiting"]
    assert named(library.desk.rows("新")) == ["行1 waiting", "行3 waiting", "行4 waiting"]
    assert named(library.desk.rows("活")) == ["行2 waiting"]
    assert library.desk.take_over("新", "活".__eq__) == []


def test_what_is_done_is_not_handed_on(library: Library) -> None:
    library.pages.add(PAGE, ARTICLES)
    rows = [row(1), row(2, "ready"), row(3, "failed"), row(4, "known"), row(5, "ready"), row(6), row(7, "added")]
    library.desk.add("甲", [*rows, row(8, "added", came_as="从来没有的")])
    library.desk.accept("行5", library.pages.id_of(PAGE), len(ARTICLES))
    library.desk.remove("甲", ["行6"])
    library.desk.leave("甲")
    assert library.desk.rows("甲") == []
    left = library.desk.take_over("乙", nobody)
    assert named(left) == ["行1 waiting", "行2 ready", "行3 failed", "行8 ready"]  # 行8 is not in the library after all


def test_what_was_taken_off_can_be_put_back_until_the_desk_is_left(library: Library) -> None:
    library.desk.add("甲", [row(1), row(2)])
    library.desk.remove("甲", ["行1"])
    assert named(library.desk.rows("甲")) == ["行2 waiting"]
    library.desk.remove("甲", ["行1"], removed=False)
    assert named(library.desk.rows("甲")) == ["行1 waiting", "行2 waiting"]


def test_a_page_leaves_the_desk_in_the_transaction_that_brings_it_in(library: Library) -> None:
    library.desk.add("甲", [row(1, "ready")])

    def accept() -> None:
        with library.together():
            library.pages.add(PAGE, ARTICLES)
            library.desk.accept("行1", library.pages.id_of(PAGE), len(ARTICLES))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        accept()
    assert named(library.desk.rows("甲")) == ["行1 ready"]
    assert (library.cases.count(), library.undo_text, library.undo()) == (4, "导入 4 例", "导入 4 例")


def test_the_rest_of_the_library_does_not_notice(library: Library, path: Path, dump_of: Callable[..., object]) -> None:
    library.cases.set_title(1, "新题")
    with Library.open(path) as beside:
        library.backups.keep_when_due()
        before = (dump_of(library), library.changed, library.others, library.undo_text, beside.others)
        library.desk.add("甲", [row(1), row(2)], {"行1": "页面"})
        library.desk.put("甲", "行1", [(row(1, "ready"), "页面")])
        library.desk.turn("甲", ["行2"], "failed", "是空的")
        library.desk.remove("甲", ["行2"])
        library.desk.take_over("乙", nobody)
        library.desk.leave("乙")
        assert (dump_of(library), library.changed, library.others, library.undo_text, beside.others) == before
        assert library.backups.keep_when_due() is None
        assert library.undo()
        assert library.redo()


def retitle_and_fail(library: Library) -> None:
    with library.together():
        library.cases.set_title(1, "乙")
        raise KeyError


def test_others_are_told_from_oneself(library: Library, path: Path) -> None:
    with Library.open(path) as beside:
        mine, theirs = library.others, beside.others
        library.cases.set_title(1, "甲")
        library.undo()
        assert library.others == mine
        assert beside.others != theirs
        with pytest.raises(KeyError):
            retitle_and_fail(library)
        assert library.others == mine
        beside.cases.set_title(2, "丙")
        assert library.others != mine


def test_a_library_that_is_only_read_takes_nothing(library: Library, path: Path) -> None:
    library.desk.add("甲", [row(1)])
    library.close()
    with Library.open(path, read_only=True) as only_read:
        assert only_read.desk.any()
        for change in (lambda desk: desk.add("乙", [row(2)]), lambda desk: desk.take_over("乙", nobody)):
            with pytest.raises(ReadOnlyLibrary):
                change(only_read.desk)
        assert named(only_read.desk.rows("甲")) == ["行1 waiting"]


# ---- who works at a desk


def test_a_desk_lives_until_it_is_left(path: Path) -> None:
    one, other = DeskOwner(path), DeskOwner(path)
    assert other.is_alive(one.id)
    assert one.is_alive(other.id)
    one.close()
    assert not other.is_alive(one.id)
    other.close()
    assert list(path.parent.iterdir()) == []


HOLDING = """
import sys, pathlib
from core.library.desk_owner import DeskOwner
owner = DeskOwner(pathlib.Path(sys.argv[1]))
print(owner.id, flush=True)
input()
"""


def test_a_desk_that_is_killed_lives_no_more(path: Path) -> None:
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [sys.executable, "-c", HOLDING, str(path)], cwd=ROOT, stdin=pipe, stdout=pipe, text=True
    ) as child:
        assert child.stdout is not None
        there = child.stdout.readline().strip()
        own = DeskOwner(path)
        assert own.is_alive(there)
        child.kill()
        child.wait()
        assert not own.is_alive(there)
        own.close()
    assert list(path.parent.iterdir()) == []  # nothing of a dead desk stays beside the library


@pytest.mark.parametrize("strange", ["", "x", "../../etc/passwd", "A" * 32, "0" * 999])
def test_what_no_desk_is_called_does_not_live(path: Path, strange: str) -> None:
    own = DeskOwner(path)
    assert not own.is_alive(strange)
    own.close()


BUSY = """
import sys, pathlib
from core.library import Library
from core.library.answers import DeskRow
name = sys.argv[2]
with Library.open(pathlib.Path(sys.argv[1])) as library:
    sys.stdin.readline()  # until all are ready
    for at in range(150):
        library.desk.add(name, [DeskRow(f"{name}{at}", "页.txt")])
        library.log.write([])
"""


def test_desks_that_write_at_the_same_time_wait_for_each_other(library: Library, path: Path) -> None:
    pipe = subprocess.PIPE
    command = [sys.executable, "-c", BUSY, str(path)]
    desks = [subprocess.Popen([*command, name], cwd=ROOT, stdin=pipe, stderr=pipe, text=True) for name in "甲乙丙"]
    for desk in desks:
        assert desk.stdin is not None
        desk.stdin.write("\n")
        desk.stdin.flush()
    assert [desk.communicate(timeout=120)[1] for desk in desks] == ["", "", ""]
    assert [len(library.desk.rows(name)) for name in "甲乙丙"] == [150] * 3
