"""The queue of the import desk goes on where it was: after closing, after a kill, in another desk's hands."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from core.desk import SetTitle
from core.desk.saved import NOTHING_DONE, Hand, NotKept, hand_as_json, hand_of, page_as_json
from core.desk.work import Accepted, Work
from core.intake import importing
from core.intake.desk import put_in, read_pages, work_of
from core.intake.importing import import_waiting
from core.intake.queue import ELSEWHERE, DeskQueue
from core.intake.reading import ReadingPool, read_one
from core.library import Library, LockedLibrary
from core.library.answers import DeskRow
from core.reading import read_page
from core.records import Page

ROOT = Path(__file__).resolve().parents[2]
TEXT = (
    "清河日报  2024年5月3日  第3版\n\n村头开起共享菜园\n\n清河县在村头开出共享菜园{0}块，村民按号认领，一年收菜3吨。\n"
)
PAGE = Page(TEXT.format(12), "菜园.txt")
PRETTIER = SetTitle(TEXT.index("村头"), "村头的菜园")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    Library.create(tmp_path / "库.anlan").close()
    return tmp_path / "库.anlan"


@pytest.fixture
def open_desk(path: Path) -> Iterator[Callable[..., DeskQueue]]:
    """Opens desks on one library; those that a test left open are closed."""
    made: list[DeskQueue] = []

    def make(secret: str = "我的") -> DeskQueue:
        made.append(DeskQueue(path, secret))
        return made[-1]

    yield make
    for desk in made:
        with contextlib.suppress(Exception):
            desk.close()


def row(at: int, **more: object) -> DeskRow:
    return DeskRow(f"行{at}", f"{at}.txt", file=f"/纸/{at}.txt", **more)  # type: ignore[arg-type]


def put_right() -> tuple[Work, Hand]:
    """A page with a title of its own."""
    work = work_of(PAGE, read_page(PAGE))
    work.do([PRETTIER])
    work.cite(paper="清河晚报")
    work.caret = 31
    return work, hand_of(work, 7)


def leave_page(desk: DeskQueue) -> Work:
    """One page that was put right, and one file that was not read, are left on a desk."""
    work, hand = put_right()
    desk.add([row(1), row(2)])
    desk.put("行1", [(row(1, state="ready", articles=1), PAGE, NOTHING_DONE)])
    desk.keep([(row(1, articles=1), hand)])
    desk.close()
    return work


def test_the_next_desk_has_what_the_last_one_had(open_desk: Callable[..., DeskQueue]) -> None:
    before = leave_page(open_desk())
    desk = open_desk()
    page, file = desk.take_over()
    assert [(r.id, r.state) for r in (page, file)] == [("行1", "ready"), ("行2", "waiting")]
    after = desk.work(page)
    assert (after.page, after.desk.articles, after.desk.edits) == (before.page, before.desk.articles, before.desk.edits)
    assert (after.caret, after.desk.articles[0].title) == (31, "村头的菜园")
    assert desk.again(file) is None


def test_two_desks_share_nothing(open_desk: Callable[..., DeskQueue]) -> None:
    one, other = open_desk(), open_desk()
    one.add([row(1)])
    assert other.take_over() == []
    one.close()
    assert [r.id for r in other.take_over()] == ["行1"]


def test_a_file_that_another_person_named_is_not_read_unasked(open_desk: Callable[..., DeskQueue]) -> None:
    one = open_desk("别人的")
    one.add([row(1), row(2, direct=True), DeskRow("贴", "粘贴的版面")], {"贴": "文字"})
    one.close()
    two = open_desk("我的")
    taken = two.take_over()
    assert [(r.id, r.state, r.note, r.direct) for r in taken] == [
        ("行1", "failed", ELSEWHERE, False),
        ("行2", "failed", ELSEWHERE, False),
        ("贴", "waiting", "", False),  # a text names no file
    ]
    two.retry(taken[:1])
    two.close()
    first, *_ = open_desk("我的").take_over()
    assert (first.id, first.state) == ("行1", "waiting")


def test_a_seal_is_good_for_its_own_file_only(open_desk: Callable[..., DeskQueue], path: Path) -> None:
    one = open_desk()
    one.add([row(1)])
    one.close()
    with Library.open(path) as library:
        library._db.execute("UPDATE desk_rows SET file = '//他人/共享/x.txt'")
    assert open_desk().take_over()[0].state == "failed"


def test_a_folder_that_was_not_looked_through_becomes_its_files(
    open_desk: Callable[..., DeskQueue], tmp_path: Path
) -> None:
    files = write_pages(tmp_path / "页", 3)
    (tmp_path / "空夹").mkdir()
    one = open_desk()
    one.add([row(1), *(DeskRow(name, name, file=str(tmp_path / name)) for name in ("页", "空夹")), row(2)])
    one.close()
    two = open_desk()
    taken = two.take_over()
    assert [r.file for r in taken] == ["/纸/1.txt", *map(str, files), "/纸/2.txt"]
    two.close()
    three = open_desk()
    again = three.take_over(most=2)
    assert [(r.file, r.state, r.direct) for r in again] == [(r.file, "waiting", False) for r in taken]


def test_very_many_files_of_a_folder_are_not_listed(open_desk: Callable[..., DeskQueue], tmp_path: Path) -> None:
    write_pages(tmp_path / "页", 3)
    one = open_desk()
    one.add([DeskRow("页", "页", file=str(tmp_path / "页"))])
    one.close()
    assert [r.direct for r in open_desk().take_over(most=2)] == [True] * 3


def test_a_pasted_text_is_there_again(open_desk: Callable[..., DeskQueue]) -> None:
    one = open_desk()
    one.add([DeskRow("贴", "粘贴的版面")], {"贴": "一段\n文字\udcff"})
    one.close()
    two = open_desk()
    assert two.again(two.take_over()[0]) == "一段\n文字\udcff"


@pytest.mark.parametrize(
    ("page", "hand"),
    [
        ("{", ""),
        (page_as_json(PAGE), "{"),
        (page_as_json(PAGE), hand_as_json(NOTHING_DONE).replace('"form":1', '"form":2')),
        (page_as_json(PAGE), '{"form":1,"cited":{},"edits":[{"do":"cut","at":"x"}],"caret":0,"seen":0}'),
    ],
)
def test_what_cannot_be_read_again_is_said_and_stays(
    open_desk: Callable[..., DeskQueue], path: Path, page: str, hand: str
) -> None:
    with Library.open(path) as library:
        library.desk.add("", [row(1, state="ready", hand=hand)], {"行1": page})
    desk = open_desk()
    [broken] = desk.take_over()
    for read in (desk.work, desk.again):
        with pytest.raises(NotKept):
            read(broken)
    desk.close()
    with Library.open(path) as library:
        assert (library.desk.page("行1"), library.desk.rows("")[0].hand) == (page, hand)


def test_paper_and_date_of_pages_that_nobody_looks_at(open_desk: Callable[..., DeskQueue]) -> None:
    desk = open_desk()
    desk.add([row(1), row(2)])
    for at, page in ((1, PAGE), (2, replace(PAGE, paper="清河日报"))):
        desk.put(f"行{at}", [(row(at, state="ready"), page, NOTHING_DONE)])
    known = {"paper": "晨报", "published": "2024-03"}
    cited = desk.cite([row(1, state="ready"), row(2, state="ready")], known)
    assert [desk.work(r).page.paper for r in cited] == ["晨报", "清河日报"]
    assert [desk.work(r).page.published for r in cited] == ["2024-03", "2024-03"]


def test_undo_of_the_library_gives_a_page_back_to_the_desk(open_desk: Callable[..., DeskQueue], path: Path) -> None:
    desk = open_desk()
    work, hand = put_right()
    desk.add([row(1)])
    desk.put("行1", [(row(1, state="ready"), PAGE, hand)])
    with Library.open(path) as library:
        put_in(library, Accepted(work.page, work.desk.articles, work.desk.edits), "行1")
        assert desk.came_back() == []
        library.undo()
        [back] = desk.came_back()
        assert (back.id, back.state) == ("行1", "ready")
        assert desk.work(back).desk.edits == work.desk.edits
        library.redo()
        assert [r.state for r in desk.came_back()] == ["added"]
        assert desk.came_back() == []


def test_what_was_accepted_stays_so_whatever_is_written_later(open_desk: Callable[..., DeskQueue], path: Path) -> None:
    desk = open_desk()
    desk.add([row(1)])
    with Library.open(path) as library:
        put_in(library, Accepted(PAGE, read_page(PAGE), ()), "行1")
        desk.put("行1", [(row(1, state="ready"), PAGE, NOTHING_DONE)])
        assert library.desk.rows(desk._owner.id)[0].state == "added"
    desk.close()
    assert open_desk().take_over() == []


def test_a_row_whose_edits_cannot_be_read_is_not_taken_for_one_that_is_in(
    open_desk: Callable[..., DeskQueue], path: Path
) -> None:
    desk = open_desk()
    desk.add([row(1)])
    with Library.open(path) as library:
        desk.put("行1", [(row(1, state="ready"), PAGE, NOTHING_DONE)])
        put_in(library, Accepted(PAGE, read_page(PAGE), ()), "行1")
        library._db.execute("UPDATE desk_rows SET hand = '{'")
        assert [r.state for r in desk.came_back()] == ["ready"]


def test_undo_of_a_later_tidying_leaves_the_first_row(open_desk: Callable[..., DeskQueue], path: Path) -> None:
    desk = open_desk()
    work, hand = put_right()
    desk.add([row(1), row(2)])
    desk.put("行1", [(row(1, state="ready"), PAGE, NOTHING_DONE)])
    with Library.open(path) as library:
        source = put_in(library, Accepted(PAGE, read_page(PAGE)[:1], ()), "行1").source_id
        desk.put("行2", [(row(2, state="ready", source=source), PAGE, hand)])
        put_in(library, Accepted(PAGE, work.desk.articles, work.desk.edits, source), "行2")
        assert desk.came_back() == []
        library.undo()
        assert [(r.id, r.state) for r in desk.came_back()] == [("行2", "ready")]


# ---- files that go into the library as soon as they are read


def write_pages(folder: Path, count: int) -> list[Path]:
    folder.mkdir()
    files = [folder / f"{at:03}.txt" for at in range(count)]
    for at, file in enumerate(files):
        file.write_text(TEXT.format(at + 2), "utf-8")
    return files


def test_a_file_leaves_the_desk_as_its_pages_come_in(path: Path, tmp_path: Path) -> None:
    files = write_pages(tmp_path / "页", 3)
    files[1].write_text("", "utf-8")
    rows = [DeskRow(f"行{at}", file.name, file=str(file), direct=True) for at, file in enumerate(files)]
    with Library.open(path) as library:
        library.desk.add("甲", rows)
        steps = [s for s in import_waiting(library, files, [r.id for r in rows]) if s]
        assert [s.outcome for s in steps] == ["added", "failed", "added"]
        assert [(r.id, r.state, r.note, r.direct) for r in library.desk.rows("甲")] == [
            ("行1", "failed", "是空的", False)
        ]


def test_an_import_waits_for_another_program_that_writes(path: Path, tmp_path: Path) -> None:
    [file] = write_pages(tmp_path / "页", 1)
    with Library.open(path) as library, Library.open(path) as other:
        library._db.set_authorizer(None)  # an open library lets nobody change how it waits
        library._db.execute("PRAGMA busy_timeout = 1")
        other._db.execute("BEGIN IMMEDIATE")
        step = importing._take_in(library, read_one(file), 1, importing._Counts(), "")
        assert [next(step), next(step), next(step)] == [None] * 3
        other._db.execute("COMMIT")
        with pytest.raises(StopIteration) as end:
            next(step)
        assert end.value.value.outcome == "added"


def test_a_turn_that_fails_is_not_counted(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A library on a network folder may be locked at the last word of a change, too."""
    [file] = write_pages(tmp_path / "页", 1)
    with Library.open(path) as library:
        counts, failures = importing._Counts(), iter([LockedLibrary("忙"), LockedLibrary("忙")])
        leave = importing._leave_desk

        def leave_or_fail(*args: object) -> None:
            for failure in failures:
                raise failure
            leave(*args)  # type: ignore[arg-type]

        monkeypatch.setattr(importing, "_leave_desk", leave_or_fail)
        step = importing._take_in(library, read_one(file), 1, counts, "")
        assert [next(step), next(step)] == [None, None]
        assert (counts.done, library.cases.count(), library.log.rows()) == (0, 0, [])
        with pytest.raises(StopIteration) as end:
            next(step)
        assert (end.value.value.outcome, counts.done, counts.pages, len(library.log.rows())) == ("added", 1, 1, 1)


CHILD = """
import sys, pathlib
from core.intake import importing
from core.intake.importing import import_waiting
from core.intake.queue import DeskQueue
from core.library import Library
from core.library.answers import DeskRow

if __name__ == "__main__":
    path, folder = map(pathlib.Path, sys.argv[1:3])
    desk = DeskQueue(path, "secret")
    rows = [row for row in desk.take_over() if row.direct]
    if sys.argv[3:] == ["first"]:
        files = sorted(folder.iterdir())
        rows = [DeskRow(file.name, file.name, file=str(file), direct=True) for file in files]
        desk.add(rows)
    with Library.open(path) as library:
        for step in import_waiting(library, [pathlib.Path(row.file) for row in rows], [row.id for row in rows]):
            if step:
                print(step.done, step.outcome, flush=True)
    desk.close()
    print("end", flush=True)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
def test_an_import_that_is_killed_again_and_again_loses_nothing(path: Path, tmp_path: Path) -> None:
    count = len(write_pages(tmp_path / "页", 40))
    script = tmp_path / "child.py"
    script.write_text(CHILD, "utf-8")
    outcomes: list[str] = []
    for steps in (1, 4, 7, 10, 999):
        with subprocess.Popen(
            [sys.executable, str(script), str(path), str(tmp_path / "页"), *(["first"] if steps == 1 else [])],
            cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, text=True,
        ) as child:  # fmt: skip
            assert child.stdout is not None
            for at, line in enumerate(child.stdout, 1):
                outcomes.append(line.strip())
                if at == steps:
                    time.sleep(0.003 * steps)
                    child.kill()
                    break
    assert outcomes[-1] == "end"
    assert {line.split()[1] for line in outcomes if " " in line} == {"added"}  # none is read again that was in
    with Library.open(path, foreign=True) as library:
        assert len(library.pages.rows()) == count
        assert not library.desk.any()
        assert {r.outcome for r in library.log.rows()} == {"added"}
        assert len(library.log.rows()) == count
    assert list(tmp_path.glob(".*desk*")) == []


READING = """
import os, sys, time
from core.intake.reading import ReadingPool, read_one

if __name__ == "__main__":
    pool = ReadingPool(1)
    print(pool.submit(os.getpid).result(60), flush=True)
    pool.submit(time.sleep, 600)
    time.sleep(600)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_reading_processes_end_with_a_program_that_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "reading.py"
    script.write_text(READING, "utf-8")
    with subprocess.Popen(
        [sys.executable, str(script)], env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None
        reader = Path("/proc") / child.stdout.readline().strip()
        assert reader.exists()
        child.kill()
    end = time.monotonic() + 20
    while _runs(reader) and time.monotonic() < end:
        time.sleep(0.05)
    assert not _runs(reader)


def _runs(process: Path) -> bool:
    try:
        return " Z " not in (process / "stat").read_text()
    except OSError:
        return False


def test_a_reading_that_is_stopped_ends_its_processes(tmp_path: Path) -> None:
    (tmp_path / "空.docx").write_bytes(b"PK\x03\x04")
    steps = read_pages([tmp_path / "空.docx"], beside=True)
    assert next(steps) is None  # gives way at once, while processes are started
    steps.close()  # type: ignore[attr-defined]


@pytest.mark.skipif(os.name != "posix", reason="asks for processes as POSIX does")
def test_a_pool_that_is_not_waited_for_is_gone() -> None:
    pool = ReadingPool(1)
    pid = pool.submit(os.getpid).result(60)
    pool.submit(time.sleep, 600)
    pool.shutdown(wait=False)
    end = time.monotonic() + 20
    while time.monotonic() < end:
        try:
            os.kill(pid, 0)
        except OSError:
            return
        with contextlib.suppress(ChildProcessError):
            os.waitpid(pid, os.WNOHANG)
        time.sleep(0.05)
    raise AssertionError("the process goes on")
