"""Reprints are found, strangers are not."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text.likeness import LIKE, bands, likeness, sketch

LETTERS = "县镇村社区居民干部服务平台建设机制工作群众企业治理发展项目产业活动中心组织党员志愿网格调解环境文化"


def article(seed: int, length: int = 900) -> str:
    rng = random.Random(seed)
    return "".join(rng.choice(LETTERS) for _ in range(length))


def edited(text: str, share: float) -> str:
    """The text with that share of its sentences' worth of characters cut out in runs, as an editor shortens."""
    rng = random.Random(1)
    for _ in range(int(share * 10)):
        at = rng.randrange(len(text) - 80)
        text = text[:at] + text[at + len(text) // 12 :]
    return text


@pytest.mark.parametrize("share", [0.0, 0.1, 0.2, 0.3])
def test_a_shortened_reprint_is_alike_and_shares_a_band(share: float) -> None:
    whole = sketch(article(1))
    copy = sketch("转载：" + edited(article(1), share))
    assert likeness(whole, copy) >= LIKE
    assert set(bands(whole)) & set(bands(copy))


@pytest.mark.parametrize("seed", range(2, 12))
def test_strangers_are_not_alike(seed: int) -> None:
    assert likeness(sketch(article(1)), sketch(article(seed))) < LIKE / 2


def test_line_breaks_and_punctuation_do_not_count() -> None:
    text = article(3)
    broken = "，\n\n".join(text[i : i + 30] for i in range(0, len(text), 30))
    assert sketch(broken) == sketch(text)


@given(st.text(max_size=200))
def test_any_text_has_a_sketch_or_none(text: str) -> None:
    assert likeness(sketch(text), sketch(text)) in (0.0, 1.0)


def test_short_texts_have_no_sketch() -> None:
    assert sketch("图为活动现场。") == ()
