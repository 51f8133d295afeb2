"""Fuzzing of what reads strangers' files; not part of the tests."""
