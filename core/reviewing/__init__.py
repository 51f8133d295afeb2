"""Checking figures one after the other: in which order, how far one is, and what does not agree with its print."""

from core.reviewing.asking import Counted, Looked, doubts_of, doubts_then_queue, own_share, queue_of
from core.reviewing.fetching import Fetching, Passage, Shown, shown_of
from core.reviewing.matching import PART_WORDS, Compared, compare, disagreements
from core.reviewing.queue import UNSURE_BELOW, Arranging, Doubted, Queue
from core.reviewing.typed import typed_value, value_field
from core.reviewing.walk import Step, Walk, minutes_left

__all__ = [
    "PART_WORDS",
    "UNSURE_BELOW",
    "Arranging",
    "Compared",
    "Counted",
    "Doubted",
    "Fetching",
    "Looked",
    "Passage",
    "Queue",
    "Shown",
    "Step",
    "Walk",
    "compare",
    "disagreements",
    "doubts_of",
    "doubts_then_queue",
    "minutes_left",
    "own_share",
    "queue_of",
    "shown_of",
    "typed_value",
    "value_field",
]
