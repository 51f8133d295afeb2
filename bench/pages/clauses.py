"""Headlines, headings and paragraphs out of running text, for articles that came without."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from functools import cache

from core.places.gazetteer import Gazetteer

_DATELINE = re.compile(
    r"^(?:[^。]{0,40}?(?:讯|电)\s*(?:[（(][^（）()]{1,40}[）)])?|[^，。]{0,24}?(?:记者|通讯员)[^，。]{0,16}?[）)])\s*"
)
_WHEN = re.compile(
    r"^(?:近日|日前|近年来|近期|连日来|今年以来|昨日|昨天|今天|今日|当日|目前|去年|今年|据悉|据了解|随着|"
    r"(?:\d{4}年)?\d{1,2}月\d{1,2}日(?:[上下晚]午?|晚间|至\d{1,2}日|[清凌]晨)?|(?:\d{4}年)?\d{1,2}月(?:份|以来|底|初)?|为[^，]{4,30})[，,]?\s*"
)
_FOUR = re.compile("(?<=[，、。；：“])([\u4e00-\u9fff]{4})(?=[，、。；”])")
_SUFFIX = re.compile("[县市区旗]")
_LONGEST = 8
_TOWN = re.compile("(?:(?<=[，。、；：“（县市区旗日在])|^)([\u4e00-\u9fff]{2}(?:镇|乡|村|街道|社区))")
_WEAK = re.compile(
    "^(?:的|了|和|与|并|而|但|也|就|都|还|又|则|在|从|对|把|被|让|使|于|是|有|其中|此外|同时|另外|其|这|那|他|她|它|我们|大家|记者|以及|如果)"
    "|(?:的|了|和|与|并|在|从|对|把|被|让|使|于|说|称|表示|介绍|道|时|后|前|中|上|下|等)$"
    "|[“”‘’（）()《》【】：:；;、\"']|表示|介绍说|记者|认为|强调|指出|会议|返回"
)


@cache
def _full_names() -> frozenset[str]:
    names = Gazetteer().printed_forms
    return frozenset(name for name in names if len(name) > 2 and _SUFFIX.match(name[-1]))


def full_names_in(text: str) -> Iterator[str]:
    """The full names of counties, cities and districts in a text, the longest at each place.

    >>> list(full_names_in("浙江省安吉县和德清县"))
    ['安吉县', '德清县']
    """
    for match in _SUFFIX.finditer(text):
        starts = range(max(0, match.end() - _LONGEST), match.end() - 2)
        found = next((text[s : match.end()] for s in starts if text[s : match.end()] in _full_names()), None)
        if found:
            yield found


def clauses_of(text: str) -> list[str]:
    """The clauses of a text, without what stands between their marks.

    >>> clauses_of("近日，清河村修了路。人都回来了！")
    ['近日', '清河村修了路', '人都回来了']
    """
    return [c for c in re.split(r"[，。！？；,!?;]+", text) if c]


def stands_alone(clause: str, shortest: int = 6, longest: int = 22) -> bool:
    """Whether a clause could be printed as a headline."""
    return shortest <= len(clause) <= longest and not _WEAK.search(clause)


def headline_of(text: str, rnd: random.Random) -> str | None:
    """A headline from the first clause of the lead that can stand alone, without dateline and day."""
    lead = _WHEN.sub("", _DATELINE.sub("", text[:400]))
    fit = [c for c in (_WHEN.sub("", c) for c in clauses_of(lead)[:5]) if stands_alone(c, 8, 26)]
    return terse(fit[0], rnd) if fit else None


def terse(clause: str, rnd: random.Random) -> str:
    """A clause in the manner of a headline, so that headline and text are seldom the same words."""
    return re.sub("的|了|着|已经?|正在|进行", "", clause) if len(clause) > 7 and rnd.random() < 0.75 else clause


def place_in(text: str) -> str | None:
    """What a headline may call the place: the first county, city, district, town or village that a text names.

    >>> place_in("记者从浙江省安吉县鄣吴镇了解到")
    '安吉县'
    """
    full = next((name for name in full_names_in(text)), None)
    town = _TOWN.search(text)
    return full or (town[1] if town else None)


def fours_in(text: str) -> list[str]:
    """Clauses of four characters, of which county headlines are made.

    >>> fours_in("坚持党建引领，强基固本，群众满意。")
    ['强基固本', '群众满意']
    """
    return list(dict.fromkeys(f for f in _FOUR.findall(text) if not _WEAK.search(f) and not _WHEN.match(f)))


def paragraphs_of(text: str, rnd: random.Random) -> list[str]:
    """Running text cut into paragraphs at ends of sentences, of lengths such as papers print."""
    out, now, wish = [], "", rnd.choice((60, 90, 120, 160))
    for sentence in re.findall(r".+?(?:[。！？](?:[”’」）)]+)?|$)", text):
        now += sentence
        if len(now) >= wish and now.count("“") == now.count("”"):
            out.append(now.strip())
            now, wish = "", rnd.choice((40, 70, 90, 120, 160, 200, 260, 320))
    if now.strip():
        if out and len(now) < 25:
            out[-1] += now.strip()
        else:
            out.append(now.strip())
    return out


def equal_clauses(parts: Sequence[str]) -> list[str] | None:
    """A clause of each part, all of one length, or None where there is none."""
    by_part = [{len(c): c for c in reversed(clauses_of(p)) if stands_alone(c, 5, 14)} for p in parts]
    common = set.intersection(*(set(own) for own in by_part)) if by_part else set()
    size = max(common, default=0)
    return [own[size] for own in by_part] if size else None
