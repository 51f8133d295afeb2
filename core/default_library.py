"""The library that a first start builds from the seeds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from core import scratch
from core.folders import Folders
from core.library import placing
from core.records import Case
from core.resources import shipped
from core.seeds import read_printed_seed


def build_library(path: Path, seeds: Path) -> None:
    """Make a library from a folder of seeds: it appears under its name only when it is whole.

    One that another program has made there meanwhile stays. Raises LibraryError.
    """
    with _built(path, seeds) as new:
        if not path.exists():
            placing.put(new, path)


def rebuild_library(path: Path, seeds: Path, kept: Path) -> None:
    """Make a library from a folder of seeds in the place of one that cannot be read, which is kept at another path."""
    with _built(path, seeds) as new:
        placing.put_over_ruins(new, path, kept)


@contextmanager
def _built(path: Path, seeds: Path) -> Iterator[Path]:
    """A finished library under a name of its own, in the folder where it is to be."""
    from core.library import Library  # not on the way to the first window

    said = placing.said("建不了案例库「{name}」：{why}。没有留下文件。", path)
    with scratch.unfinished(path) as new, said:
        path.parent.mkdir(parents=True, exist_ok=True)
        with Library.create(new) as library:
            printed = [read_printed_seed(path) for path in sorted(seeds.glob("*.toml"))]
            quotes = {case.id: own for case, own in printed}
            library.cases.add(_with_codes(case for case, _ in printed), quotes=quotes)
        placing.fold(new)
        yield new


def _with_codes(cases: Iterable[Case]) -> Iterator[Case]:
    """The cases with the codes of their places, so that every name of a place finds them."""
    from core.places.gazetteer import place_code  # names of places are wanted at a first start only

    for case in cases:
        yield replace(case, place=replace(case.place, code=case.place.code or place_code(case.place)))


def ensure_library(folders: Folders) -> Path:
    """Return the default library, built from the seeds when it isn't there yet."""
    if not folders.library.exists():
        build_library(folders.library, shipped("seeds"))
    return folders.library
