"""The library: the SQLite file of cases, and the only place that speaks SQL."""

from core.library.answers import (
    CaseRow,
    FigureRow,
    LogRow,
    MechanismRow,
    Overview,
    SelectionRow,
    Snippet,
    SourceRow,
    TreeNode,
)
from core.library.errors import (
    AlreadyImported,
    DamagedLibrary,
    LibraryError,
    LockedLibrary,
    MissingLibrary,
    NewerLibrary,
    NotALibrary,
    ReadOnlyLibrary,
)
from core.library.folding import fold
from core.library.library import Library, restore
from core.library.query import Order, Query, words_of
from core.library.search import Hits

__all__ = [
    "AlreadyImported",
    "CaseRow",
    "DamagedLibrary",
    "FigureRow",
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
    "Overview",
    "Query",
    "ReadOnlyLibrary",
    "SelectionRow",
    "Snippet",
    "SourceRow",
    "TreeNode",
    "fold",
    "restore",
    "words_of",
]
