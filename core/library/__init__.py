"""The library: the SQLite file of cases, and the only place that speaks SQL.

What opens and reads the file is loaded when it is first wanted: a window is painted before that.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from core.library.errors import (
    AlreadyImported,
    DamagedLibrary,
    LibraryError,
    LockedLibrary,
    MissingLibrary,
    NewerLibrary,
    NotALibrary,
    ReadOnlyLibrary,
    SealedPacket,
)
from core.library.query import Order, Query, Wanted, wanted_of, words_of

if TYPE_CHECKING:
    from core.library.answers import (
        BinRow,
        CaseRow,
        FigureRow,
        FigureStanding,
        LogRow,
        MechanismRow,
        Outline,
        OutlineLine,
        Overview,
        SelectionRow,
        Snippet,
        SourceRow,
        TreeNode,
    )
    from core.library.decisions import AS_IT_IS, Standing, Wish
    from core.library.library import Library
    from core.library.restoring import restore
    from core.library.search import Hits
    from core.library.tree import By

__all__ = [
    "AS_IT_IS",
    "AlreadyImported",
    "BinRow",
    "By",
    "CaseRow",
    "DamagedLibrary",
    "FigureRow",
    "FigureStanding",
    "Hits",
    "Library",
    "LibraryError",
    "LockedLibrary",
    "LogRow",
    "MechanismRow",
    "MissingLibrary",
    "NewerLibrary",
    "NotALibrary",
    "Order",
    "Outline",
    "OutlineLine",
    "Overview",
    "Query",
    "ReadOnlyLibrary",
    "SealedPacket",
    "SelectionRow",
    "Snippet",
    "SourceRow",
    "Standing",
    "TreeNode",
    "Wanted",
    "Wish",
    "restore",
    "wanted_of",
    "words_of",
]

_LATER = {
    "AS_IT_IS": "decisions",
    "BinRow": "answers",
    "By": "tree",
    "CaseRow": "answers",
    "FigureRow": "answers",
    "FigureStanding": "answers",
    "Hits": "search",
    "Library": "library",
    "LogRow": "answers",
    "MechanismRow": "answers",
    "Outline": "answers",
    "OutlineLine": "answers",
    "Overview": "answers",
    "SelectionRow": "answers",
    "Snippet": "answers",
    "SourceRow": "answers",
    "Standing": "decisions",
    "TreeNode": "answers",
    "Wish": "decisions",
    "restore": "restoring",
}


def __getattr__(name: str) -> object:
    """Load the module that holds a name; AttributeError for a name that is not in ``_LATER``."""
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
