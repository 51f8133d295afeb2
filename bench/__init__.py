"""Repeatable measurements, each against a peer or a limit."""
