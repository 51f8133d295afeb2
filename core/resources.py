"""The files that come with the program and are never written: where they lie, in a checkout and in a bundle."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

_VERSION = re.compile(r'^version = "([^"]+)"', re.M)


def program_folder() -> Path:
    """Return the folder that a user sees the program in."""
    return Path(sys.executable).parent if getattr(sys, "frozen", False) else Path(__file__).resolve().parents[1]


def shipped(*names: str) -> Path:
    """Return a file or folder that comes with the program: ``shipped("seeds")``, ``shipped("resources", "words")``."""
    bundled = getattr(sys, "_MEIPASS", None)
    return Path(bundled or Path(__file__).resolve().parents[1]).joinpath(*names)


def load_table(name: str) -> dict[str, Any]:
    """Return one of the TOML tables in ``resources``."""
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib

    table: dict[str, Any] = tomllib.loads(shipped("resources", name).read_text("utf-8"))
    return table


def version() -> str:
    """Return the version of the program, as its project file says it; the file comes with every package."""
    found = _VERSION.search(shipped("pyproject.toml").read_text("utf-8"))  # a start needs no reader of TOML
    if found is None:
        raise ValueError("pyproject.toml names no version")
    return found[1]
