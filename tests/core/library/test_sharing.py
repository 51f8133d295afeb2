"""Two programs of one machine on one library: each sees what the other wrote, and nothing is lost."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from core.library import Library, LibraryError

ROOT = Path(__file__).resolve().parents[3]
OTHER = """
import sys, pathlib
from core.library import Library
with Library.open(pathlib.Path(sys.argv[1])) as library:
    library.cases.set_title(2, sys.argv[2])
    print([library.cases.load(num).title for num in (1, 2)])
"""


def other_program(path: Path, title: str) -> str:
    """Another program opens the library, gives the second case a title and closes; the titles that it sees."""
    command = [sys.executable, "-c", OTHER, str(path), title]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, encoding="utf-8").stdout


def refuse(path: Path) -> None:
    """Something opens the same file and does not like what it finds."""
    with pytest.raises(LibraryError):
        Library.create(path)


@pytest.mark.parametrize(
    "also",
    [lambda p: Library.open(p).close(), lambda p: Library.open(p, read_only=True, foreign=True).close(), refuse],
    ids=["opened twice", "checked", "refused"],
)
def test_what_a_program_opens_besides_does_not_part_it_from_others(library: Library, path: Path, also: object) -> None:
    library.cases.set_title(1, "先写的")
    also(path)  # type: ignore[operator]
    other_program(path, "别的程序写的")
    assert path.with_name(path.name + "-wal").exists()
    library.cases.set_title(1, "后写的")
    assert "后写的" in other_program(path, "又写的")
    assert [library.cases.load(num).title for num in (1, 2)] == ["后写的", "又写的"]
