"""Verbs of official prose that still want their usual object, and whether the next words give it."""

from __future__ import annotations

import pytest

from core.reading.page.verb_objects import OBJECTS, object_given, object_wanted


@pytest.mark.parametrize(
    ("tail", "verb"),
    [
        ("村里的老党员带头发挥", "发挥"),
        ("这些办法有效破解", "破解"),
        ("先搭建平台再注入", "注入"),
        ("大家一起解决村民的", "解决"),
        ("充分发挥了作用并", ""),
        ("发挥，大家都", ""),
        ("村里的老党员", ""),
        ("", ""),
    ],
)
def test_what_the_last_clause_wants(tail: str, verb: str) -> None:
    assert object_wanted(tail) == OBJECTS.get(verb, ())


@pytest.mark.parametrize(
    ("head", "found"),
    [
        ("带头作用，村里人跟着干", "作用"),
        ("自身的优势和特长", "优势"),
        ("，作用不小", ""),
        ("合力解决难题，优势互补", ""),
        ("修路的钱", ""),
    ],
)
def test_what_the_first_clause_gives(head: str, found: str) -> None:
    assert object_given(head, ("作用", "优势", "难题")) == found
