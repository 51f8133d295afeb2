"""Checking figures and cases one after the other: their order, how far one is, what does not agree with its print."""

from core.reviewing.asking import Asked, Counted, Looked, doubts_of, own_share, queue_of
from core.reviewing.fetching import Fetching, Passage, Shown, shown_of
from core.reviewing.line import Line
from core.reviewing.matching import PART_WORDS, Compared, compare, disagreements
from core.reviewing.queue import UNSURE_BELOW, Arranging, Doubted, Queue
from core.reviewing.second import READINGS, Reading
from core.reviewing.typed import typed_value, value_field
from core.reviewing.units import COUNT_WORDS, UNIT_WORDS, Unit, progress_of, standing_of, target_of_unit
from core.reviewing.walk import Step, Walk, minutes_left
from core.reviewing.wholes import Field, ShownCase

__all__ = [
    "COUNT_WORDS",
    "PART_WORDS",
    "READINGS",
    "UNIT_WORDS",
    "UNSURE_BELOW",
    "Arranging",
    "Asked",
    "Compared",
    "Counted",
    "Doubted",
    "Fetching",
    "Field",
    "Line",
    "Looked",
    "Passage",
    "Queue",
    "Reading",
    "Shown",
    "ShownCase",
    "Step",
    "Unit",
    "Walk",
    "compare",
    "disagreements",
    "doubts_of",
    "minutes_left",
    "own_share",
    "progress_of",
    "queue_of",
    "shown_of",
    "standing_of",
    "target_of_unit",
    "typed_value",
    "value_field",
]
