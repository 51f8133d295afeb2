"""The steps from one version of the tables to the next, numbered.

A step that was released is never changed, and runs nothing that lives on: SQL and functions stand here as they were.
"""
