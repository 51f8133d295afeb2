"""Work handed out, handed back and merged by files: what a packet is, how two logs stand to each other, who wins."""

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
