"""Where the program keeps its things, and the library that a first start builds."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

if TYPE_CHECKING:
    from core.records import Case

NAME = "anlan"
PORTABLE_MARKS = ("portable", "便携")
PORTABLE_FOLDER = "案览数据"
DEFAULT_LIBRARY = "默认案例库.anlan"


@dataclass(frozen=True, slots=True)
class Folders:
    """The folders of one person, or those on a USB stick."""

    data: Path
    config: Path
    logs: Path
    cache: Path
    portable: bool = False

    @property
    def library(self) -> Path:
        """The library that opens when no other was asked for."""
        return self.data / DEFAULT_LIBRARY

    @property
    def settings(self) -> Path:
        return self.config / "anlan.ini"


def program_folder() -> Path:
    """The folder that a user sees the program in."""
    return Path(sys.executable).parent if getattr(sys, "frozen", False) else Path(__file__).resolve().parents[1]


def reading_folder(name: str) -> Path:
    """A folder that comes with the program and is never written: ``seeds``, ``resources``."""
    bundled = getattr(sys, "_MEIPASS", None)
    return (Path(bundled) if bundled else Path(__file__).resolve().parents[1]) / name


def find_folders(portable: bool = False, beside: Path | None = None) -> Folders:
    """The user's own folders; beside the program when that was asked for or is marked, and can be written."""
    place = beside or program_folder()
    marked = any((place / mark).exists() for mark in PORTABLE_MARKS)
    home = place / PORTABLE_FOLDER
    if (portable or marked) and _is_writable(place):
        return Folders(home, home, home / "日志", home / "缓存", portable=True)
    return Folders(
        platformdirs.user_data_path(NAME, appauthor=False),
        platformdirs.user_config_path(NAME, appauthor=False),
        platformdirs.user_log_path(NAME, appauthor=False),
        platformdirs.user_cache_path(NAME, appauthor=False),
    )


def _random_name() -> str:
    return os.urandom(8).hex()  # the module secrets brings OpenSSL along, on the way to the first window


def _is_writable(folder: Path) -> bool:
    """Whether a file can be made there (Windows answers ``os.access`` wrongly, so try)."""
    probe = folder / f".{_random_name()}"
    try:
        probe.touch(exist_ok=False)
        probe.unlink()
    except OSError:
        return False
    return True


def build_library(path: Path, seeds: Path) -> None:
    """Make a library from a folder of seeds; it appears under its name only when it is whole."""
    from core.library import Library
    from core.seeds import read_seeds

    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{_random_name()}.anlan")
    try:
        library = Library.create(unfinished)
        try:
            library.add_cases(_with_codes(read_seeds(seeds)))
        finally:
            library.close()
        os.replace(unfinished, path)
    finally:
        for left in path.parent.glob(unfinished.name + "*"):
            left.unlink(missing_ok=True)


def _with_codes(cases: Iterable[Case]) -> Iterator[Case]:
    """The cases with the codes of their places, so that every name of a place finds them."""
    from core.gazetteer import place_code

    for case in cases:
        yield replace(case, place=replace(case.place, code=case.place.code or place_code(case.place)))


def ensure_library(folders: Folders) -> Path:
    """The default library, built from the seeds when it isn't there yet."""
    if not folders.library.exists():
        build_library(folders.library, reading_folder("seeds"))
    return folders.library
