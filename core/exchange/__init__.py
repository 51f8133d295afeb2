"""Work handed out, handed back and merged by files: what a packet is, how two logs stand to each other, who wins.

Whether a file is a packet is asked of every file before it is opened; the rest is loaded when it is first wanted.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.exchange.comparing import compare, item_of
    from core.exchange.records import (
        CHOICES,
        STANDINGS,
        Choice,
        Double,
        Handed,
        Item,
        Merge,
        Packet,
        Preview,
        Standing,
    )
    from core.exchange.resolving import Rule, resolved, rule_of

__all__ = [
    "CHOICES",
    "STANDINGS",
    "Choice",
    "Double",
    "Handed",
    "Item",
    "Merge",
    "Packet",
    "Preview",
    "Rule",
    "Standing",
    "compare",
    "item_of",
    "resolved",
    "rule_of",
]

_LATER = {
    **dict.fromkeys(("compare", "item_of"), "comparing"),
    **dict.fromkeys(("Rule", "resolved", "rule_of"), "resolving"),
}
"""The modules that hold the names; the others are in ``records``."""


def __getattr__(name: str) -> object:
    """Load the module that holds a name; AttributeError for a name that is not in ``__all__``."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_LATER.get(name, 'records')}"), name)
