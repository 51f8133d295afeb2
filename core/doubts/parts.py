"""A part that is larger than its whole: 共54个，其中国家级60个."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from core.doubts.printed import Printed
from core.doubts.records import Doubt, doubt
from core.doubts.values import range_of

_ADDS_UP = frozenset(("count", "money", "area", "mass", "volume", "length"))
"""Kinds of figures whose parts are not larger than the whole; of rates and times they may be."""
# |，其中国家级, |（其中女性
# 比上年末增加|467万人: what there is more of it is no whole
_MORE = re.compile("(?:增|减|多|少|新|升|涨|降)[^，。；、]{0,4}$")
_OF_WHICH = re.compile("[^。；]{0,24}其中[^。；，]{0,20}")


def parts(figures: Sequence[Printed]) -> Iterator[Doubt]:
    """Yield a figure and the one right behind it, of the same unit, that is a part of it (其中) and larger."""
    for whole, part in pairwise(figures):
        a, b = whole.metric, part.metric
        if (a.kind, a.unit) != (b.kind, b.unit) or a.kind not in _ADDS_UP or not whole.same_sentence(part):
            continue
        of_which = _OF_WHICH.fullmatch(whole.up_to(part)) and not _MORE.search(whole.head)
        if of_which and range_of(b).low > range_of(a).high:
            words = f"「{b.indicator}」{part.said} 是其中的一部分，却大于「{a.indicator}」{whole.said}"
            pair = (whole, part)
            yield doubt("part", [p.target for p in pair], [p.value for p in pair], words, [p.quote for p in pair])
