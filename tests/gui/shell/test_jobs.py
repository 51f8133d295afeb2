"""Jobs: what a generator yields arrives in order, the latest of a kind wins, a cancelled one is silent."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from gui.shell.jobs import LibraryThread


class Shelf:
    """Something to be opened in a thread and closed in the same."""

    def __init__(self) -> None:
        self.opened_in, self.closed_in = threading.get_ident(), 0

    def close(self) -> None:
        self.closed_in = threading.get_ident()


@pytest.fixture
def shelves() -> list[Shelf]:
    return []


@pytest.fixture
def thread(qtbot: QtBot, shelves: list[Shelf]) -> Iterator[LibraryThread]:
    thread = LibraryThread(lambda: shelves.append(Shelf()) or shelves[-1])
    thread.start()
    yield thread
    thread.stop()


def test_steps_arrive_in_order_and_then_the_end(qtbot: QtBot, thread: LibraryThread) -> None:
    heard: list[object] = []
    job = thread.begin(lambda shelf: iter([1, 2, 3]))
    job.stepped.connect(heard.append)
    with qtbot.waitSignal(job.finished):
        pass
    assert heard == [1, 2, 3]


def test_what_must_be_done_is_done_before_the_end(qtbot: QtBot, thread: LibraryThread) -> None:
    done: list[str] = []
    for name, kept in (("search", False), ("change", True), ("change again", True)):
        thread.begin(lambda shelf, name=name: iter((done.append(name),)), kept=kept)
    thread.stop()
    assert done[-2:] == ["change", "change again"]


def test_the_latest_of_a_kind_wins(qtbot: QtBot, thread: LibraryThread) -> None:
    heard: list[object] = []
    jobs = [thread.begin(lambda shelf, at=at: iter([at]), "search") for at in range(5)]
    for job in jobs:
        job.stepped.connect(heard.append)
    with qtbot.waitSignal(jobs[-1].finished):
        pass
    assert heard == [4]


def test_a_cancelled_generator_is_closed_in_its_own_thread(qtbot: QtBot, thread: LibraryThread) -> None:
    closed_in: list[int] = []

    def endless(shelf: Shelf) -> Iterator[int]:
        try:
            while True:
                yield threading.get_ident()
        finally:
            closed_in.append(threading.get_ident())

    job = thread.begin(endless)
    with qtbot.waitSignal(job.stepped) as step:
        pass
    job.cancel()
    qtbot.waitUntil(lambda: bool(closed_in))
    assert closed_in == step.args != [threading.get_ident()]


def test_a_failure_is_handed_over_and_the_next_job_goes_on(qtbot: QtBot, thread: LibraryThread) -> None:
    def broken(shelf: Shelf) -> Iterator[int]:
        yield 1 // 0

    with qtbot.waitSignal(thread.begin(broken).failed) as failure:
        pass
    with qtbot.waitSignal(thread.begin(lambda shelf: iter([7])).stepped) as step:
        pass
    assert isinstance(failure.args[0], ZeroDivisionError)
    assert step.args == [7]


def test_the_library_is_opened_and_closed_in_one_thread(
    qtbot: QtBot, thread: LibraryThread, shelves: list[Shelf]
) -> None:
    with qtbot.waitSignal(thread.begin(lambda shelf: iter(())).finished):
        pass
    thread.stop()
    assert shelves[0].opened_in == shelves[0].closed_in != threading.get_ident()


def test_a_library_that_cannot_be_opened_fails_the_job(qtbot: QtBot) -> None:
    def refuse() -> Shelf:
        raise OSError("gone")

    thread = LibraryThread(refuse)
    thread.start()
    with qtbot.waitSignal(thread.begin(lambda shelf: iter(())).failed) as failure:
        pass
    thread.stop()
    assert str(failure.args[0]) == "gone"


def test_a_patient_job_lets_others_in_between_its_steps(qtbot: QtBot, thread: LibraryThread) -> None:
    order: list[str] = []
    asked = threading.Event()

    def long(shelf: object) -> Iterator[str]:
        for at in range(3):
            order.append(f"step {at}")
            asked.wait(10)
            yield str(at)

    job = thread.begin(long, patient=True)
    thread.begin(lambda shelf: iter((order.append("search"),)))
    asked.set()
    with qtbot.waitSignal(job.finished):
        pass
    assert order == ["step 0", "search", "step 1", "step 2"]


def test_a_patient_job_is_closed_in_its_thread_when_that_stops(qtbot: QtBot, thread: LibraryThread) -> None:
    closed_in: list[int] = []

    def endless(shelf: object) -> Iterator[int]:
        try:
            while True:
                yield 1
        finally:
            closed_in.append(threading.get_ident())

    job = thread.begin(endless, patient=True)
    with qtbot.waitSignal(job.stepped):
        pass
    thread.stop()
    assert len(closed_in) == 1
    assert closed_in[0] != threading.get_ident()
