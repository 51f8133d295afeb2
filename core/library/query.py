"""What a person asks of a library."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from core.text.folding import fold

if TYPE_CHECKING:
    from decimal import Decimal

    from core.records import State

Order = Literal["rank", "title", "place", "themes", "published", "figures", "state", "added", "starred", "tags"]

_TOKEN = re.compile(
    r"(?P<minus>(?<![^\s、，,；;|｜])[-－](?=[“「『\"＂]))?"
    r"(?:“(?P<a>[^”]*)”?|「(?P<b>[^」]*)」?|『(?P<c>[^』]*)』?|[\"＂](?P<d>[^\"＂]*)[\"＂]?"
    r"|(?P<or>[|｜]+)"
    r"|(?P<plain>(?:\d[\d.,，]*\s+(?=[十百千]?[万亿])|[^\s“「『\"＂、，,；;|｜]|(?<=\d)[,，](?=\d))+))"
)
_SEPARATORS = re.compile(r"[、，,；;]+")
_EITHER = frozenset(("或", "或者", "OR"))
_BOTH = frozenset(("AND", "并且"))
_NOT, _WITHOUT = frozenset(("NOT", "不含")), ("不含", "-")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What typed words ask for, folded: of each group one word at least, and none of the words that are ruled out."""

    groups: tuple[tuple[str, ...], ...] = ()
    without: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """The words that may stand in a hit, each once."""
        return tuple(dict.fromkeys(word for group in self.groups for word in group))

    def __bool__(self) -> bool:
        """Return whether anything is asked for."""
        return bool(self.groups or self.without)


@dataclass(frozen=True, slots=True)
class Query:
    """What a person asks of the library; every field that is set narrows the hits.

    ``words`` is as typed, see ``wanted_of``. ``places`` are codes of any level or the keys of tree
    nodes; a key that ends in ``=`` means exactly that place and nothing below it (``330800=`` 市本级, ``=`` 地区未定).
    The theme ``""`` means cases without one. ``since`` and ``until`` are ISO dates, as much of them as is known. A
    figure must fulfil indicator (contains), unit and value together; values are compared as exact numbers, ranges by
    overlap. Of several ``tags``, as of places and themes, one is enough.
    """

    words: str = ""
    places: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    mechanisms: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    selection: str = ""
    since: str = ""
    until: str = ""
    indicator: str = ""
    value_min: Decimal | None = None
    value_max: Decimal | None = None
    unit: str = ""
    states: tuple[State, ...] = ()
    kinds: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    starred: bool = False
    order: Order = "rank"
    descending: bool = False

    @property
    def asks_figures(self) -> bool:
        """Whether a figure has to match, too."""
        return bool(self.indicator or self.unit or self.value_min is not None or self.value_max is not None)


def words_of(typed: str) -> tuple[str, ...]:
    """Return the folded words of what was typed that a hit may have, each once.

    >>> words_of('常山 “共同 富裕” Ab')
    ('常山', '共同富裕', 'ab')
    >>> words_of('养老、食堂，1,326家 不含 志愿')
    ('养老', '食堂', '1,326家')
    """
    return wanted_of(typed).words


def wanted_of(typed: str) -> Wanted:
    """Return what typed words ask for.

    Words parted by white space, commas and semicolons must all stand in a case; of words joined by 或, OR or | one is
    enough; what follows 不含, NOT or a hyphen must not. 「引号」 keep a phrase together, these signs too. A sign with
    nothing to join or to rule out says nothing, unless it is all that was typed.

    >>> wanted_of("食堂 或 助餐 养老 -志愿"), wanted_of("“或” 不含食堂")
    (Wanted(groups=(('食堂', '助餐'), ('养老',)), without=('志愿',)), Wanted(groups=(('或',),), without=('食堂',)))
    """
    groups: list[list[str]] = []
    without: list[str] = []
    either = rules_out = False
    for word, quoted, minus in _tokens(typed):
        sign = "" if quoted else unicodedata.normalize("NFKC", word)
        if sign in _EITHER or sign == "|":
            either = bool(groups)
        elif sign in _NOT:
            rules_out = True
        elif sign not in _BOTH and (folded := fold(word)):
            bare = "" if quoted else _ruled_out(word)
            if minus or rules_out or bare:
                without.append(fold(bare) or folded)
            elif either:
                groups[-1].append(folded)
            else:
                groups.append([folded])
            either = rules_out = False
    if not groups and not without and (folded := fold(_SEPARATORS.sub("", typed))):
        groups.append([folded])
    return Wanted(tuple(dict.fromkeys(tuple(dict.fromkeys(group)) for group in groups)), tuple(dict.fromkeys(without)))


def _tokens(typed: str) -> Iterator[tuple[str, bool, bool]]:
    """What was typed, part by part: the words, whether in quotes, and whether a hyphen rules out what is quoted."""
    for found in _TOKEN.finditer(typed):
        quoted = "".join(filter(None, found.group("a", "b", "c", "d")))
        plain = found["plain"] or (found["or"] and "|") or ""
        if quoted and fold(quoted):
            yield quoted, True, bool(found["minus"])
        else:
            yield plain or found[0], False, False


def _ruled_out(word: str) -> str:
    """The word behind 不含 or a hyphen that is written together with it; a hyphen before a digit is a minus."""
    narrow = unicodedata.normalize("NFKC", word)
    sign = next((sign for sign in _WITHOUT if narrow.startswith(sign)), "")
    rest = narrow[len(sign) :] if sign else ""
    return "" if sign == "-" and not rest[:1].isalpha() else rest
