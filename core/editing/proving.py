"""Where what a case says is printed: its title, place, themes, mechanisms and figures, each with its printed words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from core.decisions import figure_part, mechanism_part
from core.editing.words import Words
from core.places.areas import full_label
from core.records import THEMES, Case, Citation, Page, Place, Span
from core.resources import load_table
from core.text.folding import fold, plain_places
from core.text.lexicon import Lexicon
from core.writing.figure_text import told_text

if TYPE_CHECKING:
    from core.library import Library

MOST = 30
"""So many places of the same words are shown; nobody looks at more."""
_QUOTING = "“”‘’\"'「」『』《》〈〉"
LONGEST = 200_000
"""Characters of a source that are looked through while a person waits for a form."""
_KIND_OF_PLACE = re.compile(
    "(?:自治州|自治县|自治旗|街道办事处|街道|社区|新区|地区|林区|省|市|州|盟|县|区|旗|镇|乡|村)$"
)


@dataclass(frozen=True, slots=True)
class Proof:
    """Something that a case says, and where its words are printed in the source (empty: 未找到出处)."""

    part: str
    """``title``, ``place``, ``themes/NAME``, ``mechanism/ID`` or ``figure/ID``."""
    name: str
    said: str
    spans: tuple[Span, ...] = ()
    note: str = ""
    """What of it is not printed, where only some of it is."""
    cited: str = ""
    """The citation that names it, where its printed words are not kept."""


@dataclass(frozen=True, slots=True)
class Proved:
    """A case with the proofs of all that it says, its source as printed and as tidied text."""

    case: Case
    source: str
    words: Words
    printed_where: str
    """Paper, date and page as far as they are known; that the paper is not known is said."""
    proofs: tuple[Proof, ...]
    is_excerpt: bool = False
    """Whether of the source only some words are kept."""

    def tidied(self, proof: Proof) -> list[tuple[int, int]]:
        """Return where the words of a proof stand in the tidied text (half open)."""
        return [place for span in proof.spans if (place := self.words.place_of(span)) is not None]


def proved(library: Library, num: int) -> Proved:
    """Look up what a case says in what was printed; KeyError when the case is gone."""
    case = library.cases.load(num)
    page = library.pages.load(case.source_id) if case.source_id else None
    source = page.text if page else ""
    words, excerpt = Words(case, source), page is not None and page.format == "excerpt"
    return Proved(case, source, words, printed_where(case, page), tuple(proofs(case, source, words)), excerpt)


def printed_where(case: Case, page: Page | None) -> str:
    """Return paper, date and page of a case as a reader writes them; 报名不详 stands for a paper that is not known."""
    own = [Citation(page.paper, page.published, page.page_no)] if page and page.paper else []
    known = [*own, *(replace(one, headline="") for one in case.citations)] or [Citation(published=case.published)]
    texts = ("，".join(x for x in ("" if one.paper else "报名不详", one.text()) if x) for one in known)
    return "；".join(dict.fromkeys(texts))


def proofs(case: Case, source: str, words: Words) -> Iterator[Proof]:
    """Return a proof for everything that a case says, in the order of its page."""
    yield _of_title(case, source)
    if case.place.names:
        yield _of_place(case.place, words, source)
    for theme in case.themes:
        yield _of_theme(theme, words, source)
    for one in case.mechanisms:
        spans = tuple(span for span in one.spans if _stands(span, source)) or _in_words(words, source, [one.name])
        yield Proof(mechanism_part(one.id), "机制", one.name, spans)
    for metric in case.metrics:
        said = f"{metric.indicator}　{told_text(metric)}"
        found = next((span for span in (metric.quote_span, metric.span) if span and _stands(span, source)), None)
        yield Proof(figure_part(metric.id), "数据", said, (found,) if found else ())


def printed_words(case: Case, source: str) -> dict[str, str]:
    """Return the printed words of title, place and themes, for a form that shows them beside what was read.

    Empty texts say that nothing is printed there; of a very long source, which takes long to look through, nothing is
    told.
    """
    if not source or len(source) > LONGEST:
        return {}
    out: dict[str, list[str]] = {}
    for one in proofs(replace(case, mechanisms=(), metrics=()), source, Words(case, source)):
        words = ("".join(source[span.start : span.end].split()) for span in one.spans)
        out.setdefault(one.part.partition("/")[0], []).extend(words)
    return {part: "、".join(dict.fromkeys(words)) for part, words in out.items()}


def _of_title(case: Case, source: str) -> Proof:
    """The title where it is printed, else the citation that has it as its headline."""
    spans, title = _in_source(source, case.title), fold(case.title)
    cited = next((one for one in case.citations if title and title in fold(one.headline)), None)
    if spans or cited is None:
        return Proof("title", "标题", case.title, spans)
    known = replace(cited, headline="").text()
    where = "，".join(filter(None, ("" if cited.paper else "报名不详", known, f"题为「{cited.headline}」")))
    return Proof("title", "标题", case.title, cited=where, note="出处所载的标题就是它；原文里没有留标题的版面。")


def _of_place(place: Place, words: Words, source: str) -> Proof:
    """The finest name of a place that is printed in the case, else on its page; what of it is not so, is said."""
    for inside in (True, False):
        for name in reversed(place.names):
            for form in dict.fromkeys((name, _KIND_OF_PLACE.sub("", name))):
                spans = _in_words(words, source, [form]) if inside else _in_source(source, form)
                if len(form) > 1 and spans:
                    notes = [] if name == place.names[-1] else [f"印的是「{form}」，没有印「{place.names[-1]}」"]
                    notes += [] if inside else ["印在这一版上，不在这个案例的正文里"]
                    return Proof("place", "地区", full_label(place), spans, "；".join(notes))
    return Proof("place", "地区", full_label(place))


def _of_theme(theme: str, words: Words, source: str) -> Proof:
    """The words that speak for a theme; those of its name, where it is one of a person's own."""
    if not source:
        return Proof(f"themes/{theme}", "主题", theme)
    lexicon, themes_of = _theme_words()
    found = ((at, at + len(word)) for at, word in lexicon.find(words.text) if theme in themes_of[word])
    places = sorted({*plain_places(words.text, [fold(theme)]), *found})
    return Proof(f"themes/{theme}", "主题", theme, _printed(words, places))


@lru_cache(maxsize=1)
def _theme_words() -> tuple[Lexicon, dict[str, set[str]]]:
    """The words that a reader weighs, each with its themes; the reader itself takes a second to load."""
    table: dict[str, dict[str, str]] = load_table("themes.toml")
    themes_of: dict[str, set[str]] = {}
    for theme in THEMES:
        for word in " ".join(table[theme].values()).split():
            if len(word) > 1:
                themes_of.setdefault(word, set()).add(theme)
    return Lexicon(themes_of), themes_of


def _in_words(words: Words, source: str, names: Sequence[str]) -> tuple[Span, ...]:
    """Where names are printed in the text of the case, also across the end of a line."""
    if not source:
        return ()
    places = plain_places(words.text, [folded for name in names if (folded := fold(name))])
    return _printed(words, places or [found.span() for name in names for found in _marked(name).finditer(words.text)])


def _marked(name: str) -> re.Pattern[str]:
    """A name with whatever quotation marks are printed in it: 1241工作体系 as “1241”工作体系."""
    bare = re.sub(f"[{_QUOTING}\\s]", "", name)
    return re.compile(f"[{_QUOTING}\\s]*".join(map(re.escape, bare)) if len(bare) > 1 else r"(?!)")


def _printed(words: Words, places: Sequence[tuple[int, int]]) -> tuple[Span, ...]:
    found = (words.quoted(start, end) for start, end in places[:MOST])
    return tuple(dict.fromkeys(one.span for one in found if one is not None and one.span is not None))


def _in_source(source: str, title: str) -> tuple[Span, ...]:
    """Where a title is printed: it stands over the text, not in it."""
    folded = fold(title)
    places = plain_places(source, [folded]) if source and folded else []
    return tuple(Span(start, end) for start, end in places[:MOST])


def _stands(span: Span, source: str) -> bool:
    return 0 <= span.start < span.end <= len(source)
