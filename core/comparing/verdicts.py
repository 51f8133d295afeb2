"""Whether two figures may be compared, and if not, by which words: the questions of ``docs/comparing.md`` in order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from core.comparing.indicators import (
    Meaning,
    amount_and_ratio,
    difference,
    meaning_of,
    of_one_thing,
    same_thing,
    says_more,
    without_each,
)
from core.comparing.sheet import QUALITY_WORDS, Reason
from core.comparing.subjects import is_somebody, kind_of, kind_of_place, name_of_place, of_one_kind
from core.comparing.times import When, in_words, is_ahead, is_part_of_what_so_far, same_period, same_state, when
from core.comparing.units import is_vessel
from core.comparing.wording import is_bare, only_in
from core.records import Metric, Place
from core.resources import load_table

_SUM = re.compile("累计|累积|总共|历年|先后|合计|陆续|至今|一共")
_RHYTHM = re.compile("(?:每|平均每)?[年月日天周季](?:均|度)?")
_WHOLE = re.compile("全(?:省|市|县|区|镇|乡|村|街道)")
NOT_TOLD = "没有写明"
NOWHERE = Place()


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with all that a verdict asks of it."""

    metric: Metric
    meaning: Meaning
    time: When
    subject: str
    kind: str
    """Of which kind its subject is; empty where that is not known."""
    flows: bool = False
    """Whether the figure that it is compared with shows that it is of something that is done."""

    @property
    def nature(self) -> Literal["sum", "flow", "stock"]:
        """What came together up to a day, what a period brought, or what there is."""
        return _nature(self, self.flows)


def figure_of(metric: Metric, place: Place = NOWHERE, published: str = "") -> Figure:
    """Return a figure as a verdict asks for it; ``place`` and ``published`` are those of its case."""
    places = [form for name in place.names for form in (name, _short(name))]
    subject = metric.subject.strip() or _whole(metric) or name_of_place(place)
    subject = subject if is_somebody(subject) else ""
    own = [metric.subject, _short(metric.subject)] if metric.subject else []
    kind = kind_of(subject) or (kind_of_place(place) if subject in places else "")
    meaning, time = meaning_of(metric, [*places, *own]), when(metric.period, published)
    if not meaning.plan and is_ahead(time, published):
        meaning = replace(meaning, plan=metric.period)
    return Figure(metric, meaning, time, subject, kind)


def _short(name: str) -> str:
    return re.sub("(?:自治[州县旗]|[省市县区镇乡村]|街道|社区)$", "", name)


def _whole(metric: Metric) -> str:
    """全县 in the quote of a figure that has no other subject."""
    found = _WHOLE.search(metric.quote)
    return found[0] if found else ""


def _nature(figure: Figure, flows: bool = False) -> Literal["sum", "flow", "stock"]:
    """``flows``: another figure of the same thing is what a period brought, so this one is not what there is."""
    time = figure.time
    if figure.meaning.quality == "new":
        return "sum" if _is_summed(figure) and (time.is_long or time.kind in ("at", "")) else "flow"
    if figure.meaning.quality == "growth":
        return "flow"
    if figure.meaning.quality in ("share", "rank", "change"):
        return "stock"
    if not (flows or _flows(figure)):
        return "sum" if time.kind == "since" and time.is_long else "stock"
    if _is_summed(figure) and (time.is_long or time.kind in ("at", "since", "")):
        return "sum"
    return "sum" if time.kind == "at" else "flow"


def _is_summed(figure: Figure) -> bool:
    """Whether words say that it came together: 累计, 先后, 2019年以来."""
    return bool(_SUM.search(figure.metric.indicator + figure.metric.quote)) or figure.time.kind == "since"


def _flows(figure: Figure) -> bool:
    """Whether it is of something that is done, by its name and its unit."""
    words = _flow_table()
    if figure.meaning.dimension == "time":
        return words.worked.search(figure.metric.indicator) is not None
    said = f"{figure.meaning.thing}，{figure.metric.indicator}"
    done = max((m.end() for m in words.done.finditer(said)), default=-1)
    there = max((m.end() for m in words.there.finditer(said)), default=-1)
    if words.on.search(said):
        return True
    if there > done:
        return False
    return done >= 0 or figure.meaning.dimension.partition("/")[0] in words.dimensions


def _is_of_a_part_of_a_year(figure: Figure) -> bool:
    """Whether a count is told for some months, a holiday, or each year: what there is would be told for a day."""
    time = figure.time
    if figure.meaning.quality != "amount" or _flow_table().there.search(figure.meaning.thing):
        return False
    if time.kind == "each" or time.event:
        return True
    return time.kind == "during" and time.start is not None and time.end is not None and 1 < time.end - time.start < 12


@dataclass(frozen=True, slots=True)
class _Flow:
    """The words that tell what is done from what there is."""

    done: re.Pattern[str]
    there: re.Pattern[str]
    on: re.Pattern[str]
    """Something done to what there is: 追回工资, 清偿债务."""
    worked: re.Pattern[str]
    """Of so many hours, that they were spent on something; others are how long it takes."""
    adding: re.Pattern[str]
    """What makes that there is more: 招募, 安装."""
    dimensions: frozenset[str]


@lru_cache(maxsize=1)
def _flow_table() -> _Flow:
    table = load_table("comparing.toml")["flow"]
    kinds = ("words", "stock", "places", "objects", "worked", "adding")
    done, there, places, objects, worked, adding = ("|".join(table[key].split()) for key in kinds)
    return _Flow(
        re.compile(f"(?:{done})(?!{places})"),
        re.compile(f"{there}|{objects}"),
        re.compile(f"(?:{done})(?:{objects})"),
        re.compile(worked),
        re.compile(f"(?:{adding})+"),
        frozenset(table["dimensions"].split()),
    )


def verdict(a: Figure, b: Figure, *, one: bool = False) -> tuple[Reason, ...]:
    """Return what parts two figures, the first of which is the verdict; nothing where they may be compared.

    ``one``: a person said that the two names are one indicator.
    """
    if not _is_told(a) or not _is_told(b):
        return (Reason("unknown", *(_what_lacks(f) for f in (a, b))),)
    shares = list(_share(a, b, one))
    found = (shares or list(_definition(a, b, one)))[:1]
    if found and found[0].verdict == "definition" and not _is_near(a, b):
        return tuple(found)
    # Words that the one name has more may be another wording only: what is certain comes before them.
    worded = [] if shares or one else list(_of_words(a, b))
    if worded and (certain := [reason for reason in _otherwise_defined(a, b) if reason.verdict == "definition"]):
        found, worded = certain[:1], []
    if _is_of_a_part_of_a_year(a) or _is_of_a_part_of_a_year(b):
        a, b = replace(a, flows=True), replace(b, flows=True)
    found += [*_subject(a, b), *_cumulative(a, b), *_time(a, b)]
    if worded:
        found = [*found[1:], found[0]]
    return tuple(sorted(found, key=lambda reason: reason.verdict == "unknown"))


def _is_told(figure: Figure) -> bool:
    return bool(figure.meaning.thing and (figure.metric.unit or figure.meaning.quality == "rank"))


def _what_lacks(figure: Figure) -> str:
    if not figure.meaning.thing:
        return "没有读出指标"
    return "" if _is_told(figure) else "没有印出单位"


def _is_near(a: Figure, b: Figure) -> bool:
    """Whether two things are near enough for their subjects and times to matter."""
    words = difference(a.meaning, b.meaning)
    return words is None or words.kind == "more" or of_one_thing(a.meaning, b.meaning)


def _share(a: Figure, b: Figure, one: bool) -> Iterator[Reason]:
    """Of one thing the one is an amount and the other so much of something."""
    x, y = a.meaning, b.meaning
    if (
        {x.quality, y.quality} == {"average", "change"}
        and "" not in (x.dimension, y.dimension)
        and x.dimension == y.dimension
    ):
        if amount_and_ratio(x, y):
            yield Reason("share", QUALITY_WORDS[x.quality], QUALITY_WORDS[y.quality])
        return
    if "rank" in (x.quality, y.quality) or "change" in (x.quality, y.quality):
        return
    average = "average" in (x.quality, y.quality) and {x.quality, y.quality} & {"growth", "share"}
    if average and same_thing(without_each(x.thing), without_each(y.thing)):
        yield Reason("share", QUALITY_WORDS[x.quality], QUALITY_WORDS[y.quality])
    if x.is_ratio != y.is_ratio and (one or amount_and_ratio(x, y)):
        yield Reason("share", QUALITY_WORDS[x.quality], QUALITY_WORDS[y.quality])


def _definition(a: Figure, b: Figure, one: bool) -> Iterator[Reason]:
    """What is measured, of what kind it is, and whether it is so already."""
    if not one:
        yield from _of_words(a, b)
    yield from _otherwise_defined(a, b)


def _of_words(a: Figure, b: Figure) -> Iterator[Reason]:
    """What the names, and the sentences around them, say that is not the same."""
    x, y = a.meaning, b.meaning
    words = difference(x, y)
    if not words and _is_unsaid(x, y) and says_more(x, y):
        yield Reason("unknown", x.thing, y.thing)
    if words and not (_is_scope(words[0], a) and _is_scope(words[1], b)) and not _is_added(words[:2], a, b):
        if _is_unsaid(x, y) or _is_of_an_unsaid_span(words[:2]):
            yield Reason("unknown", x.thing, y.thing)
        else:
            yield Reason("definition", words[0] or x.thing, words[1] or y.thing)


def _otherwise_defined(a: Figure, b: Figure) -> Iterator[Reason]:
    """Of what kind two figures are, in which units, on which basis, and whether they are so already."""
    x, y = a.meaning, b.meaning
    ratios = {x.quality, y.quality}
    if len(ratios) > 1 and (ratios & {"share", "growth", "average", "change", "rank"}):
        yield Reason("definition", QUALITY_WORDS[x.quality], QUALITY_WORDS[y.quality])
    if x.dimension != y.dimension and (is_vessel(a.metric.unit) or is_vessel(b.metric.unit)):
        yield Reason("unknown", a.metric.unit, b.metric.unit)
    elif x.dimension != y.dimension and (span := _one_says_the_span(a, b)) is not None:
        yield from () if span else [Reason("unknown", a.metric.unit, b.metric.unit)]
    elif x.dimension != y.dimension:
        yield Reason("definition", a.metric.unit, b.metric.unit)
    if x.basis and y.basis and x.basis != y.basis:
        yield Reason("definition", "、".join(x.basis), "、".join(y.basis))
    if bool(x.plan) != bool(y.plan):
        yield Reason("definition", x.plan or "已有", y.plan or "已有")


def _one_says_the_span(a: Figure, b: Figure) -> bool | None:
    """Whether of 820元 and 790元/月 the first is told by the month as well; None for units that differ in more."""
    for one, other in ((a, b), (b, a)):
        _, slash, span = other.metric.unit.partition("/")
        if slash and other.meaning.dimension == f"{one.meaning.dimension}/calendar":
            return f"每{span.removeprefix('个')}" in one.meaning.beside or f"{span}均" in one.meaning.beside
    return None


def _is_added(words: tuple[str, str], a: Figure, b: Figure) -> bool:
    """Whether the one name only says that what the other counts was added in its time: 招募志愿者 and 志愿者."""
    adding = _flow_table().adding
    return any(
        not had and adding.fullmatch(word) is not None and _is_of_a_period(figure.time)
        for word, had, figure in ((words[0], words[1], a), (words[1], words[0], b))
    )


def _is_of_a_period(time: When) -> bool:
    """Whether it is told for a year or less, or for what each year brings."""
    return time.kind == "each" or (time.kind == "during" and not time.is_long)


def _is_of_an_unsaid_span(words: tuple[str, str]) -> bool:
    """Whether one says each month or each year, and the other does not say of how long it is."""
    return "" in words and _RHYTHM.fullmatch("".join(words)) is not None


def _is_unsaid(a: Meaning, b: Meaning) -> bool:
    """Whether one of two ratios is of nobody says what, and the other of something, with the same end."""
    if not a.is_ratio or a.thing[-2:] != b.thing[-2:]:
        return False
    return is_bare(a.thing) != is_bare(b.thing)


def _is_scope(words: str, figure: Figure) -> bool:
    """Whether what a name has more than the other only says whose it is, as its subject does."""
    return not words or words in figure.subject


def _cumulative(a: Figure, b: Figure) -> Iterator[Reason]:
    """The one is what there is or came together, the other what a period brought."""
    if is_part_of_what_so_far(a.time, b.time) or is_part_of_what_so_far(b.time, a.time):
        if a.nature == b.nature == "flow":
            yield Reason("cumulative", _manner(a), _manner(b))
        return
    if a.meaning.is_ratio or b.meaning.is_ratio:
        return
    if (_is_whole(a, b) and _is_current(b)) or (_is_whole(b, a) and _is_current(a)):
        yield Reason("cumulative", _manner(a), _manner(b))


def _is_whole(figure: Figure, other: Figure) -> bool:
    """A sum up to a day; or what there is, beside what was newly added."""
    if figure.nature == "sum":
        return True
    here, there = figure.meaning.thing, other.meaning.thing
    words = "".join(only_in(here, there)), "".join(only_in(there, here))
    added = other.meaning.quality == "new" or _is_added(words, figure, other)
    return figure.nature == "stock" and added


def _is_current(figure: Figure) -> bool:
    """What one period of a year or less brought, or what each year brings."""
    if figure.meaning.quality == "new":
        return figure.nature == "flow"
    return figure.nature == "flow" and figure.time.kind in ("during", "each")


def _manner(figure: Figure) -> str:
    """The words that say up to when or within which time."""
    words = _SUM.search(figure.metric.indicator + figure.metric.quote) if figure.nature == "sum" else None
    new = QUALITY_WORDS["new"] if figure.meaning.quality == "new" else ""
    return "".join((figure.metric.period, words[0] if words else new)) or in_words(figure.time) or "现有"


def _subject(a: Figure, b: Figure) -> Iterator[Reason]:
    """Whose they are: of one kind, of two, or nobody says."""
    if not a.subject or not b.subject:
        yield Reason("unknown", a.subject or NOT_TOLD, b.subject or NOT_TOLD)
    elif a.subject != b.subject and (
        not of_one_kind(a.kind, b.kind) or not (a.kind or a.subject[-2:] == b.subject[-2:])
    ):
        yield Reason("subject", a.subject, b.subject)


def _time(a: Figure, b: Figure) -> Iterator[Reason]:
    """When: the year of what there is; the period of what came; where a sum begins and ends."""
    same = _same_time(a, b)
    if same is None:
        yield Reason("unknown", _time_words(a), _time_words(b))
    elif not same:
        yield Reason("time", _time_words(a), _time_words(b))


def _same_time(a: Figure, b: Figure) -> bool | None:
    natures = {a.nature, b.nature}
    if "flow" in natures:
        if a.time.kind == b.time.kind == "each":
            return True
        if any(f.time.kind in ("", "at") and f.nature == "flow" for f in (a, b)):
            return None
        return same_period(a.time, b.time)
    if a.time.year is None or b.time.year is None:
        return None
    if "sum" in natures and a.time.year == b.time.year:
        begun = [f.time.start for f in (a, b)]
        return begun[0] == begun[1] if None not in begun or begun == [None, None] else None
    return same_state(a.time, b.time)


def _time_words(figure: Figure) -> str:
    return figure.metric.period or in_words(figure.time) or NOT_TOLD
