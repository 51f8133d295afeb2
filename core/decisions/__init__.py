"""What people decided about cases, fields and figures: rows that are only added, and what follows from them."""

from core.decisions.log import (
    BIN,
    CASE,
    EDITS,
    PARTS,
    VERDICT_WORDS,
    Decision,
    Target,
    Verdict,
    doubt_target,
    figure_part,
    indicator_target,
    mechanism_part,
    pair_target,
    target_of,
)
from core.decisions.state import Ruling, behind, frontier, heads, live, ruling
from core.decisions.values import NotAValue, checked, figure_of, figure_value, value_of_field

__all__ = [
    "BIN",
    "CASE",
    "EDITS",
    "PARTS",
    "VERDICT_WORDS",
    "Decision",
    "NotAValue",
    "Ruling",
    "Target",
    "Verdict",
    "behind",
    "checked",
    "doubt_target",
    "figure_of",
    "figure_part",
    "figure_value",
    "frontier",
    "heads",
    "indicator_target",
    "live",
    "mechanism_part",
    "pair_target",
    "ruling",
    "target_of",
    "value_of_field",
]
