"""Files become cases of a library, a page at a time; what fails is said, and the rest goes on."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import core.reading
from core.intake import desk, reading
from core.intake.importing import Progress, import_files
from core.intake.reading import ReadingPool, find_pages, read_one
from core.library import Library
from core.records import Page

PAGE = """清河县办起村民食堂

本报讯（记者 李明）今年以来，清河县在柳林镇、枣园乡等地办起村民食堂36个，服务老人1200余人，每餐只收5元。

县民政局牵头，村里出场地，企业捐桌椅，志愿者轮流掌勺，“一元助餐”模式很快在全县推开。

第{n}期简报记下了这件事。
"""


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with closing(Library.create(tmp_path / "a.anlan")) as made:
        yield made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three good pages, one of them in a folder below, an empty file and one that is no page at all."""
    pages = tmp_path / "版面 一"
    (pages / "下").mkdir(parents=True)
    for n, name in enumerate(("a.txt", "b.txt", "下/c.txt"), 1):
        (pages / name).write_text(PAGE.format(n=n), "utf-8")
    (pages / "空.txt").write_bytes(b"")
    (pages / "照片.jpg").write_bytes(b"\xff\xd8")
    return pages


def told(steps: list[Progress]) -> list[tuple[str, bool, bool]]:
    return [(step.path.name, bool(step.added), bool(step.problem)) for step in steps]


EXPECTED = [("a.txt", True, False), ("b.txt", True, False), ("c.txt", True, False), ("空.txt", False, True)]


def test_a_folder_comes_in_and_its_faults_are_named(library: Library, folder: Path) -> None:
    steps = list(import_files(library, [folder]))
    assert told(steps) == EXPECTED
    assert (steps[-1].done, steps[-1].total, steps[-1].pages) == (4, 4, 3)
    assert (steps[-1].problem, steps[-1].reason) == ("《空.txt》没有导入：是空的", "是空的")
    assert library.cases.count() == steps[-1].cases == 3
    assert steps[-1].figures > 0


def test_what_came_in_is_unchecked_and_can_be_traced(library: Library, folder: Path) -> None:
    [step] = import_files(library, [folder / "a.txt"])
    case = library.cases.load(step.added[0])
    assert case.state == "unchecked"
    text = library.pages.text(case.source_id)
    assert text == (folder / "a.txt").read_text("utf-8")
    assert all(m.span and text[m.span.start : m.span.end].replace("\n", "") == m.printed for m in case.metrics)


def test_a_page_that_cannot_be_read_leaves_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = [Page(PAGE, f"a.pdf 第{n}页") for n in (1, 2, 3)]
    read_page = core.reading.read_page
    monkeypatch.setattr(reading, "read_file", lambda _: pages)
    monkeypatch.setattr(core.reading, "read_page", lambda page: 1 / 0 if page is pages[1] else read_page(page))
    found = read_one(tmp_path / "a.pdf")
    assert (found.problem, [page.name for page, _ in found.pages]) == ("", ["a.pdf 第1页", "a.pdf 第3页"])
    assert found.pages[0][0].notes == ("《a.pdf 第2页》读到一半出了错，未导入",)
    assert all(articles for _, articles in found.pages)


def test_a_file_of_which_no_page_can_be_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text(PAGE, "utf-8")
    monkeypatch.setattr(core.reading, "read_page", lambda page: 1 / 0)
    assert read_one(tmp_path / "a.txt").problem == "《a.txt》没有导入：读到一半出了错"


def test_the_same_page_is_not_taken_twice(library: Library, folder: Path) -> None:
    list(import_files(library, [folder / "a.txt"]))
    (folder / "copy.txt").write_bytes((folder / "a.txt").read_bytes())
    [again] = import_files(library, [folder / "copy.txt"])
    assert again.known
    assert not again.added
    assert library.cases.count() == 1


def test_a_cancelled_import_leaves_whole_pages(library: Library, folder: Path) -> None:
    steps = import_files(library, [folder])
    first = next(steps)
    steps.close()
    assert library.cases.count() == len(first.added) == 1


def test_a_person_can_fill_in_what_the_page_does_not_say(library: Library, folder: Path) -> None:
    [step] = import_files(library, [folder / "a.txt"], fill=lambda page: replace(page, paper="清河日报"))
    assert library.cases.load(step.added[0]).citations[0].paper == "清河日报"


def test_folders_are_searched_in_order_and_files_taken_once(folder: Path) -> None:
    found = find_pages([folder / "b.txt", folder, folder / "照片.jpg"])
    assert [p.name for p in found] == ["b.txt", "a.txt", "c.txt", "空.txt", "照片.jpg"]


def test_reading_never_raises(tmp_path: Path) -> None:
    assert "找不到" in read_one(tmp_path / "没有.txt").problem


@pytest.mark.parametrize("pool", [lambda: ThreadPoolExecutor(2), lambda: ReadingPool(2)], ids=["threads", "processes"])
def test_any_executor_gives_the_same_library(library: Library, folder: Path, pool: Any) -> None:
    with pool() as executor:
        assert told(list(import_files(library, [folder], executor))) == EXPECTED


def test_a_cluster_gives_the_same_library(library: Library, folder: Path) -> None:
    distributed = pytest.importorskip("distributed")
    with distributed.Client(processes=False, dashboard_address=None, n_workers=1, threads_per_worker=2) as client:
        assert told(list(import_files(library, [folder], client.get_executor()))) == EXPECTED


class DyingPool(Executor):
    """A pool whose second job kills its process, as a bad PDF may."""

    jobs = 0

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        self.jobs += 1
        future: Future[Any] = Future()
        if self.jobs == 2:
            future.set_exception(BrokenExecutor("killed"))
        else:
            future.set_result(fn(*args, **kwargs))
        return future


def test_a_page_that_kills_its_reader_is_named_and_the_rest_goes_on(library: Library, folder: Path) -> None:
    steps = list(import_files(library, [folder], DyingPool()))
    assert [bool(step.problem) for step in steps] == [False, True, False, True]
    assert "b.txt" in steps[1].problem


def test_a_pool_is_renewed_when_a_job_kills_its_process() -> None:
    with ReadingPool(1) as pool:
        with pytest.raises(BrokenExecutor):
            pool.submit(os._exit, 1).result(60)
        assert pool.submit(len, "好的").result(60) == 2


def test_a_file_whose_reader_died_is_read_alone(folder: Path) -> None:
    with ReadingPool(1) as pool, pool.again(folder / "a.txt") as alone:
        assert alone.result(60).pages


class SlowPool(ReadingPool):
    """Processes that are never there."""

    def start(self) -> Future[Any]:
        return Future()

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        raise AssertionError("no process was there yet")


def test_short_pages_wait_for_no_process(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk, "ReadingPool", SlowPool)
    files = find_pages([folder])
    assert len(files) > desk.FEW_FILES
    read = list(desk.read_pages(files))
    assert [(reading.path, bool(works)) for reading, works in read] == [(p, p.name != "空.txt") for p in files]


def test_what_is_long_or_read_in_c_is_read_by_a_process(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk, "ReadingPool", SlowPool)
    (folder / "0.docx").write_bytes(b"PK\x03\x04")
    with pytest.raises(AssertionError, match="no process"):
        next(desk.read_pages(find_pages([folder])))


def test_a_pool_that_is_asked_to_start_can_read() -> None:
    with ReadingPool(1) as pool:
        pool.start().result(60)
        assert pool.submit(len, "好的").result(60) == 2
