"""The library that a first start builds from the seeds."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from core.folders import Folders
from core.library import Library
from core.records import Case
from core.resources import shipped
from core.seeds import read_seeds


def build_library(path: Path, seeds: Path) -> None:
    """Make a library from a folder of seeds: it appears under its name only when it is whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{os.urandom(8).hex()}.anlan")
    try:
        library = Library.create(unfinished)
        try:
            library.cases.add(_with_codes(read_seeds(seeds)))
        finally:
            library.close()
        os.replace(unfinished, path)
    finally:
        for left in path.parent.glob(unfinished.name + "*"):
            left.unlink(missing_ok=True)


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
