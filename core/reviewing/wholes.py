"""A case as a whole, as it is checked: its fields beside the printed words that speak for each, lit in the source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal, NamedTuple

from core.decisions import CASE, PARTS, Decision, Target, heads
from core.decisions.values import value_of_field
from core.places.areas import full_label
from core.reading.facts.themes import rank_themes
from core.records import STATE_WORDS, Case, Page, Span, State
from core.reviewing.fetching import Passage, Place, where_printed
from core.text.repair import Repaired, repair
from core.writing.field_text import told

if TYPE_CHECKING:
    from core.library import Library

LONGEST = 9000
"""So many characters of a page are shown around a case, from its title on."""
BEFORE = 60
"""So many before its first words."""
MOST = 40
"""So many characters of a long passage are named."""
OFTEN = 3
"""So many times a name of the place, or a word of a theme, is lit."""
_PLAIN = ("kind", "published", "byline", "citations", "summary")


class Field(NamedTuple):
    """A field as it is, and the printed words for it (empty where none are); False in ``agrees`` where they differ.

    ``lit`` says whether words for it were looked for.
    """

    name: str
    read: str
    printed: str = ""
    agrees: bool | None = None
    lit: bool = True


@dataclass(frozen=True, slots=True)
class ShownCase:
    """A case to be checked: what is laid beside it, and what was said of it last."""

    unit: ClassVar[Literal["case"]] = "case"
    num: int
    case: Case
    place: str
    printed_where: str
    fields: tuple[Field, ...]
    original: Passage | None
    """The page as printed, from the title on; None without a source."""
    tidied: tuple[Passage, ...]
    said: Decision | None
    state: State = "unchecked"

    @property
    def case_num(self) -> int:
        """The number of the case."""
        return self.num

    @property
    def case_id(self) -> str:
        """The id of the case."""
        return self.case.id

    @property
    def title(self) -> str:
        """The title of the case."""
        return self.case.title


def fetch_case(library: Library, num: int) -> ShownCase | None:
    """Return the case with this number; None when it is gone."""
    try:
        case = library.cases.load(num)
        page = library.pages.load(case.source_id) if case.source_id else None
        titles = library.cases.title_spans(num)
    except KeyError:
        return None
    last = heads(library.decisions.on(Target(case.id, CASE)))
    standing = library.decisions.whole([num])
    state: State = standing[0].state if standing else "unchecked"
    return shown_case(num, case, page, titles, last[-1] if last else None, state)


def shown_case(
    num: int,
    case: Case,
    page: Page | None,
    titles: Sequence[Span] = (),
    said: Decision | None = None,
    state: State = "unchecked",
) -> ShownCase:
    """Return what is shown of a case; ``titles`` is where its title is printed."""
    text = page.text if page else ""
    printed = _Printed(case, text, [span for span in titles if span.end <= len(text)])
    fields = tuple(_fields(case, printed))
    tidied = tuple(_tidied(case))
    return ShownCase(
        num, case, full_label(case.place), where_printed(case, page), fields, printed.passage(), tidied, said, state
    )


CITED = "和出处所载的标题一样"
"""What is said where the printed title is not kept, but its citation is."""


class _Printed:
    """The printed words of a case: its title, its paragraphs and captions, and what of them is to be lit."""

    def __init__(self, case: Case, text: str, titles: Sequence[Span]) -> None:
        self._text = text
        self.title = repair(text, titles)
        runs = [*case.body_spans, *((span,) for span in case.captions)]
        spans = [*titles, *(span for run in runs for span in run)]
        if text and not runs:  # an excerpt: all of it is the case's
            runs, at = [], 0
            for line in text.split("\n"):
                runs.append((Span(at, at + len(line)),))
                at += len(line) + 1
            spans = [Span(0, len(text))]
        whole = [Span(s.start, min(s.end, len(text))) for s in spans if s.start < len(text)]
        self._begin = max(0, text.rfind("\n", 0, max(0, _first(titles, whole) - BEFORE)) + 1)
        end = max((span.end for span in whole), default=0)
        stop = text.find("\n", end)
        self._end = min(len(text) if stop < 0 else stop, self._begin + LONGEST)
        self.parts: list[Repaired] = [self.title, *(repair(text, run) for run in runs)] if text else []
        self._lit: list[Span] = []

    def find(self, words: Sequence[str], often: int = OFTEN) -> str:
        """Light the first of these words that is printed, and return it; empty where none is."""
        for word in words:
            found = 0
            for part in self.parts if word else ():
                at = part.text.find(word)
                while at >= 0 and found < often:
                    self._lit += part.spans(at, at + len(word))
                    found += 1
                    at = part.text.find(word, at + len(word))
            if found:
                return word
        return ""

    def light(self, spans: Sequence[Span]) -> str:
        """Light what is printed there, and return the beginning of it; empty where nothing is."""
        known = [span for span in spans if span.start < span.end <= len(self._text)]
        self._lit += known
        return repair(self._text, known).text[:MOST]

    def passage(self) -> Passage | None:
        """Return the page from the title of the case on, its title the figure, the rest lit beside it."""
        if not self._text:
            return None
        offsets = self.title.offsets
        title = self._place(Span(min(offsets), max(offsets) + 1)) if offsets else None
        lit = sorted({place for span in self._lit if (place := self._place(span)) and place != title})
        return Passage(
            self._text[self._begin : self._end], title, None, self._begin == 0, self._end == len(self._text),
            more=tuple(lit),
        )  # fmt: skip

    def _place(self, span: Span) -> Place | None:
        start, end = max(span.start, self._begin), min(span.end, self._end)
        return (start - self._begin, end - self._begin) if start < end else None


def _first(titles: Sequence[Span], spans: Sequence[Span]) -> int:
    """Where the case begins on its page: at its title."""
    return min((span.start for span in titles or spans), default=0)


def _fields(case: Case, printed: _Printed) -> Iterator[Field]:
    title = printed.title.text
    if not title:
        title = printed.find([case.title], 1)
    agrees = _plain(title) == _plain(case.title) if title else None
    if not title and any(_plain(case.title) == _plain(one.headline) for one in case.citations):
        title = CITED
    yield Field(PARTS["title"], case.title, title, agrees)
    yield Field(PARTS["place"], full_label(case.place), printed.find(_forms(case)))
    yield from _themes(case, printed)
    for mechanism in case.mechanisms:
        there = printed.find([mechanism.name], 1) or printed.light(mechanism.spans)
        yield Field("机制", mechanism.name, there)
    for part in _PLAIN:
        if words := told(part, value_of_field(case, part)):
            yield Field(PARTS[part], words, lit=False)
    if case.metrics:
        states = [m.state for m in case.metrics]
        counts = (f"{word} {states.count(state)}" for state, word in STATE_WORDS.items() if state in states)
        yield Field("数据", f"{len(states)} 个：" + "，".join(counts), lit=False)


def _themes(case: Case, printed: _Printed) -> Iterator[Field]:
    """Each theme with the words that speak for it."""
    texts = case.body or tuple(filter(None, (case.summary, case.background, case.practice, case.result)))
    words = {theme: said.split("、") for theme, _, said in rank_themes(case.title, case.section, texts)}
    for theme in case.themes:
        found = [word for word in words.get(theme, ()) if printed.find([word], 1)]
        yield Field("主题", theme, "、".join(found))


def _forms(case: Case) -> list[str]:
    """How the place may be printed, the finest name first: 安远县, 安远."""
    return [form for name in reversed(case.place.names) for form in (name, name[:-1] if len(name) > 2 else "")]


def _plain(words: str) -> str:
    return "".join(char for char in words if char.isalnum())


def _tidied(case: Case) -> Iterator[Passage]:
    """The paragraphs as they were put together; of a case without a body what is said of it."""
    left = LONGEST
    if not case.body:
        parts = (("", case.summary), ("背景", case.background), ("做法", case.practice), ("成效", case.result))
        yield from (Passage(text[:left], head=head, ended=len(text) <= left) for head, text in parts if text.strip())
        return
    for paragraph in case.body:
        if left <= 0:
            return
        yield Passage(paragraph[:left], ended=len(paragraph) <= left)
        left -= len(paragraph)
