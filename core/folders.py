"""Where the program keeps its things: libraries, settings, logs and caches of one person."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import NamedTuple

from core.resources import program_folder

NAME = "anlan"
PORTABLE_MARKS = ("portable", "便携")
PORTABLE_FOLDER = "案览数据"
LIBRARY_SUFFIX = ".anlan"
"""What the file of a library ends in."""
DEFAULT_LIBRARY = f"默认案例库{LIBRARY_SUFFIX}"


class Folders(NamedTuple):
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


def find_folders(portable: bool = False, beside: Path | None = None) -> Folders:
    """Return the user's own folders; beside the program when that was asked for or is marked, and can be written."""
    place = beside or program_folder()
    marked = any((place / mark).exists() for mark in PORTABLE_MARKS)
    home = place / PORTABLE_FOLDER
    if (portable or marked) and _is_writable(place):
        return Folders(home, home, home / "日志", home / "缓存", portable=True)
    if sys.platform == "linux":
        return _linux_folders()
    import platformdirs

    return Folders(
        platformdirs.user_data_path(NAME, appauthor=False),
        platformdirs.user_config_path(NAME, appauthor=False),
        platformdirs.user_log_path(NAME, appauthor=False),
        platformdirs.user_cache_path(NAME, appauthor=False),
    )


def _linux_folders() -> Folders:
    """The folders that platformdirs names, without loading it on the way to the first window (tests compare both)."""
    home = Path.home()

    def under(variable: str, *usual: str) -> Path:
        wanted = os.environ.get(variable, "")
        return (Path(wanted) if os.path.isabs(wanted) else home.joinpath(*usual)) / NAME

    return Folders(
        under("XDG_DATA_HOME", ".local", "share"),
        under("XDG_CONFIG_HOME", ".config"),
        under("XDG_STATE_HOME", ".local", "state") / "log",
        under("XDG_CACHE_HOME", ".cache"),
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
