"""One machine at a time writes to a library that lies on the network or in a synced folder.

A small file beside the library says which machine that is. Its programs renew the file while they have the library
open; who finds that of another machine reads only, and may take over when it was not renewed for some minutes. All
programs of one machine share its right: they tell each other by the locks of SQLite. On a disk of this machine there is
no such file.
"""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from core import machine, scratch
from core.causes import cause_of
from core.library import media
from core.library.errors import LibraryError, LockedLibrary, ReadOnlyLibrary

PACE: dict[media.Sharing, tuple[float, float]] = {"network": (20, 180), "synced": (120, 900)}
"""So often a machine renews its file, and not renewed for so long it counts as dead, in seconds by the clock of the
medium. What is kept in step arrives later, and each time a file is sent."""
_COUNT = 10
"""Digits of the number that is counted up; in the place of the old one, so that nothing else of the file changes."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who writes to a library: on which machine, which program, since when (local time there)."""

    host: str
    computer: str
    person: str
    pid: int
    birth: str
    since: str
    token: str

    def words(self) -> str:
        """Return who that is and since when: 李明（电脑「SW-03」）从 11月29日 9:12 起."""
        who = f"{self.person}（电脑「{self.computer}」）" if self.person else f"电脑「{self.computer}」"
        with suppress(ValueError):
            at = datetime.fromisoformat(self.since)
            return f"{who}从 {at.month}月{at.day}日 {at.hour}:{at.minute:02} 起"
        return who


_UNKNOWN = Holder("", "别的电脑", "", 0, "", "", "")
"""Whoever wrote a file that cannot be read."""


def file_of(path: Path) -> Path:
    """Return the file that says who writes to a library."""
    name = path.name.encode("utf-8", "surrogateescape")[:240].decode("utf-8", "ignore")
    return path.with_name(f".{name}.lock")


class Hold:
    """This machine's right to write to one library, or the knowledge who has it."""

    def __init__(self, path: Path) -> None:
        self.path, self.file = path, file_of(path)
        self._beat, self._dead = PACE[media.sharing(path) or "network"]
        self.holder: Holder | None = None
        """The other machine that writes; None when this one may."""
        self.dead = False
        """Whether the other machine was not heard of for some minutes."""
        self.users = 0
        self._end = threading.Event()

    def take(self, over: bool = False) -> None:
        """Try to get the right; ``over`` takes it from a dead machine. ``holder`` says who has it else."""
        for _ in range(5):
            if self._make():
                self.holder, self.dead = None, False
                return
            found = _read(self.file)
            if found is None:
                continue
            ours = found.host == machine.host()
            self.holder, self.dead = (None, False) if ours else (found, self._is_dead())
            if not (over and self.dead):
                return
            self._remove(found)

    def make_sure(self) -> None:
        """ReadOnlyLibrary when the right has passed to another machine; LibraryError when that cannot be told."""
        try:
            self.take()
        except OSError as error:
            why = cause_of(error, self.path)
            raise LibraryError(f"「{self.path.name}」写不了：{why}。案例库没有改动。", str(error)) from error
        if self.holder:
            raise ReadOnlyLibrary(refusal(self.path, self.holder), str(self.file))

    def begin(self) -> None:
        """Renew the file from time to time, in a thread, until the end."""
        threading.Thread(target=self._go_on, name="library-host", daemon=True).start()

    def end(self) -> None:
        """Give the right back, unless another program of this machine has it, too."""
        self._end.set()
        with suppress(OSError):
            found = _read(self.file)
            if found and found.host == machine.host() and not _is_another_s(found):
                self.file.unlink(missing_ok=True)

    def _go_on(self) -> None:
        while not self._end.wait(self._beat):
            with suppress(OSError):
                self.beat()

    def beat(self) -> None:
        """Say that this machine is still there, if it is this machine's file; made again where it is gone."""
        if self.holder:
            return
        found = _read(self.file)
        if found is None:
            self._make()
        elif found.host == machine.host():
            with self.file.open("r+b") as stream:
                count = stream.read(_COUNT)
                stream.seek(0)
                stream.write(b"%0*d" % (_COUNT, (int(count) + 1 if count.isdigit() else 1) % 10**_COUNT))

    def _make(self) -> bool:
        """Make the file; False when there is one."""
        began = datetime.now().isoformat(timespec="minutes")
        birth = machine.birth_of(os.getpid()) or ""
        own = Holder(
            machine.host(), machine.computer(), machine.person(), os.getpid(), birth, began, os.urandom(8).hex()
        )
        try:
            handle = os.open(self.file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666)
        except FileExistsError:
            return False
        with os.fdopen(handle, "wb") as stream:
            stream.write(b"0" * _COUNT + b"\n" + json.dumps(asdict(own), ensure_ascii=False).encode())
        return True

    def _is_dead(self) -> bool:
        """Whether the file was not renewed for long: by the clock of the medium, which all machines share."""
        with scratch.unfinished(self.file) as probe:
            probe.write_bytes(b".")
            return probe.stat().st_mtime - self.file.stat().st_mtime > self._dead

    def _remove(self, found: Holder) -> None:
        """Take the file of a dead machine away, unless it is another one by now."""
        with scratch.unfinished(self.file) as aside, suppress(FileNotFoundError):
            os.rename(self.file, aside)
            if _read(aside) != found:
                with suppress(FileExistsError):
                    os.link(aside, self.file)


def _read(file: Path) -> Holder | None:
    """Who is written in the file; None when there is none. One that was just made may still be empty: look again."""
    for attempt in range(5):
        try:
            told = file.read_bytes()[_COUNT + 1 :]
        except FileNotFoundError:
            return None
        except PermissionError:
            told = b""  # Windows, while another one writes
        if told:
            try:
                return Holder(**json.loads(told))
            except (ValueError, TypeError):
                return _UNKNOWN
        time.sleep(0.02 * attempt)
    return _UNKNOWN


def _is_another_s(found: Holder) -> bool:
    """Whether another living program of this machine made the file."""
    return found.pid != os.getpid() and machine.is_running(found.pid, found.birth)


def refusal(path: Path, holder: Holder) -> str:
    """Return what is said where a change is asked of a library that another machine writes to."""
    return f"「{path.name}」现在只读：{holder.words()}正在用它。没有改动。"


# ---- the libraries that this program has open

_holds: dict[Path, Hold] = {}
_lock = threading.Lock()


def hold(path: Path, *, take_over: bool = False) -> Hold | None:
    """Get the right to write to a library, or learn who has it; None on a disk of this machine alone.

    Call ``let_go`` once for each. OSError when the medium does not answer.
    """
    path = path.absolute()
    if not (media.sharing(path) or file_of(path).exists()):
        return None
    with _lock:
        found = _holds.get(path) or Hold(path)
        found.take(take_over)
        if found.users == 0:
            _holds[path] = found
            found.begin()
        found.users += 1
    return found


def let_go(found: Hold | None) -> None:
    """Give back what ``hold`` gave."""
    if found is None:
        return
    with _lock:
        found.users -= 1
        if found.users == 0:
            del _holds[found.path]
            found.end()


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Have the right to write for a while; LockedLibrary when another machine has it."""
    found = hold(path)
    try:
        if found and found.holder:
            raise LockedLibrary(refusal(path, found.holder), str(found.file))
        yield
    finally:
        let_go(found)


def refuse_held(path: Path) -> None:
    """LockedLibrary when a program of this or another machine is at work on the library that stands there."""
    found = _read(file_of(path)) if path.exists() else None
    if found and (found.host != machine.host() or machine.is_running(found.pid, found.birth)):
        words = "「{}」正开着：{}。请换个名字，或先关掉它。没有改动任何文件。"
        raise LockedLibrary(words.format(path.name, found.words()), str(path))
