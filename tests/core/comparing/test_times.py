"""Printed periods as months that can be compared."""

from __future__ import annotations

import pytest

from core.comparing.times import in_words, same_period, when


@pytest.mark.parametrize(
    ("period", "published", "kind", "words"),
    [
        ("2023年", "2024-01", "during", "2023年"),
        ("去年", "2024-01", "during", "2023年"),
        ("二〇二三年", "2024-01", "during", "2023年"),
        ("今年第一季度", "2023-05", "during", "2023年1—3月"),
        ("上半年", "2023-08", "during", "2023年1—6月"),
        ("1—11月", "2023-12", "during", "2023年1—11月"),
        ("10月", "2023-03", "during", "2022年10月"),
        ("今年以来", "2023-11", "during", "2023年1—11月"),
        ("前三季度", "2023-10", "during", "2023年1—9月"),
        ("2019年以来", "2023-11", "since", "2019年起"),
        ("“十三五”以来", "2023-02", "since", "2016年起"),
        ("近五年", "2023-12", "since", "2019年起"),
        ("近年来", "2023-12", "since", "累计到2023年"),
        ("成立以来", "2023-12", "since", "累计到2023年"),
        ("截至目前", "2023-11", "at", "截至2023年"),
        ("截至2023年底", "2024-01", "at", "截至2023年"),
        ("截至10月底", "2023-11", "at", "截至2023年"),
        ("每年", "2023-11", "each", "每年"),
        ("今年春节期间", "2023-02", "during", "2023年春节"),
        ("去年", "", "during", ""),
        ("目前", "", "at", ""),
        ("活动期间", "2023-02", "during", ""),
        ("", "2023-11", "", ""),
    ],
)
def test_periods(period: str, published: str, kind: str, words: str) -> None:
    time = when(period, published)
    assert (time.kind, in_words(time)) == (kind, words)


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        (("去年", "2024-02"), ("2023年", "2023-12"), True),
        (("今年以来", "2023-11"), ("2023年以来", "2023-10"), True),
        (("今年以来", "2023-11"), ("今年以来", "2023-06"), False),
        (("2023年上半年", "2024-02"), ("2023年", "2024-02"), False),
        (("春节期间", "2023-02"), ("今年春节", "2023-03"), True),
        (("春节期间", "2023-02"), ("国庆期间", "2023-10"), False),
        (("去年", ""), ("2022年", "2023-01"), None),
    ],
)
def test_two_periods(a: tuple[str, str], b: tuple[str, str], same: bool | None) -> None:
    assert same_period(when(*a), when(*b)) is same
    assert same_period(when(*b), when(*a)) is same
