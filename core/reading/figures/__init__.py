"""Numerals and units in text → quantities, with the words that were printed."""
