"""A county's own paper says 我县: the name of an article's county or city gives way to it throughout."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable

from bench.pages.clauses import full_names_in


def chief_place(text: str) -> str | None:
    """The full name of a county, city or district that a text names most, twice at least."""
    best = Counter(full_names_in(text)).most_common(1)
    return best[0][0] if best and best[0][1] > 1 else None


def as_ours(text: str, rnd: random.Random) -> Callable[[str], str] | None:
    """What turns the article's sentences into its own paper's: its chief place, with what stands above it, as 我县.

    >>> as_ours("清河县修了路。河北省清河县的路通了。", random.Random(2))("河北省清河县的路通了。")
    '我县的路通了。'
    """
    name = chief_place(text)
    if not name:
        return None
    ours = rnd.choice(("我", "我", "我", "本", "全")) + name[-1]
    above = rf"(?:[\u4e00-\u9fff]{{2,8}}?(?:省|自治区))?(?:(?!{name})[\u4e00-\u9fff]{{2,4}}市)?"
    pattern = re.compile(rf"(?:(?<=[，。、“（：；])|^|(?<=在)|(?<=从)|(?<=日)){above}{name}|{name}")
    return lambda part: pattern.sub(ours, part)
