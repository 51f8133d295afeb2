"""What a person should look at in a library (待核实): figures that contradict each other, or themselves."""

from __future__ import annotations

from core.doubts.find import Finder, find
from core.doubts.records import KIND_WORDS, Doubt, Kind, Quote

__all__ = ["KIND_WORDS", "Doubt", "Finder", "Kind", "Quote", "find"]
