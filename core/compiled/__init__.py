"""The loops of reading that are compiled where there is a compiler (``build.py``); what is None is done in Python."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from core.compiled import _compiled

VERSION = 2
"""What this program asks of the module; one that was compiled of another source is not used."""

counted: Callable[[str, tuple[str, ...], int], tuple[int, ...]] | None = None
neighbours: Callable[[str, int], frozenset[str]] | None = None
Grams: type[_compiled.Grams] | None = None
Heads: type[_compiled.Heads] | None = None
Lattice: type[_compiled.Lattice] | None = None
Likes: type[_compiled.Likes] | None = None
Steps: type[_compiled.Steps] | None = None
Sums: type[_compiled.Sums] | None = None


def found() -> Any:
    """The module, if it was compiled and is of this version."""
    try:
        from core.compiled import _compiled
    except ImportError:
        return None
    return _compiled if _compiled.VERSION == VERSION else None


if (module := found()) is not None:
    counted, neighbours = module.counted, module.neighbours
    Grams, Heads, Lattice = module.Grams, module.Heads, module.Lattice
    Likes, Steps, Sums = module.Likes, module.Steps, module.Sums
