"""OFD, the fixed-layout format of GB/T 33190: the text of each page in the order in which it is read.

A page is a part of the zip that places every run of characters in millimetres from its upper left corner.
"""

from __future__ import annotations

import logging
import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence

from core.records import Page
from core.sources.errors import SourceError
from core.sources.parts import PartReader, Parts, local_name
from core.sources.plain import MAX_CHARS, VISIBLE
from core.sources.printed import AGAIN, BROKEN, SCANNED, TOO_MUCH, Print, Run, check_count, laid_out, pages_of

_POINTS = 72 / 25.4
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?", re.IGNORECASE)
_SIZE = 4.0
"""Millimetres of a character whose size is not said."""
_MAX_RUNS = 20_000
"""Runs of characters on one page beyond which it is no page of text."""
_LOG = logging.getLogger(__name__)


def read_fixed(raw: bytes, name: str) -> list[Page]:
    """Return the pages of an OFD file that have text; raises ``SourceError`` for damage, traps and scans."""
    parts = Parts(raw, name, "OFD 文件", AGAIN)
    root = _Root()
    parts.parse("OFD.xml", root)
    places = [place for document in root.documents for place in _pages_of(parts, document)]
    check_count(len(places), name)
    return pages_of([_print_of(parts, own, n) for n, own in enumerate(places, 1)], raw, name, "ofd")


def _pages_of(parts: Parts, document: str) -> Iterator[Sequence[str]]:
    """The parts that each page of a document is printed from: its templates, then its own."""
    found = _Document()
    parts.parse(document, found)
    folder = posixpath.dirname(document)
    for place in found.pages:
        own = _there(folder, place)
        yield [_there(folder, found.templates[t]) for t in _templates_of(parts, own) if t in found.templates] + [own]


def _templates_of(parts: Parts, page: str) -> Sequence[str]:
    found = _Templates()
    try:
        parts.parse(page, found)
    except SourceError:  # said when its text is read
        return ()
    return found.used


def _print_of(parts: Parts, places: Sequence[str], n: int) -> Print:
    """A page's text, or what is wrong with it."""
    runs = _Runs()
    try:
        for place in places:
            parts.parse(place, runs)
    except SourceError as error:
        _LOG.info("page %d could not be read: %s", n, error.detail)
        return Print(fault=BROKEN, detail=error.detail)
    if len(runs.made) > _MAX_RUNS or sum(len(run.text) for run in runs.made) > MAX_CHARS:
        return Print(fault=TOO_MUCH)
    text, lines = laid_out(runs.made, n) if runs.made else ("", ())
    return Print(text, lines) if VISIBLE.search(text) else Print(fault=SCANNED)


def _there(folder: str, place: str) -> str:
    """A part that is named from a folder, or from the root where the name begins with a slash."""
    return posixpath.normpath(posixpath.join("/", folder, place.strip()))[1:]


class _Root(PartReader):
    """``OFD.xml``: where the documents of the file begin."""

    def __init__(self) -> None:
        self.documents: list[str] = []
        self._inside = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._inside = local_name(tag) == "DocRoot"
        if self._inside:
            self.documents.append("")

    def end(self, tag: str) -> None:
        if self._inside:
            self.documents[-1] = _there("", self.documents[-1])
            self._inside = False

    def data(self, text: str) -> None:
        if self._inside:
            self.documents[-1] += text


class _Document(PartReader):
    """``Document.xml``: the pages in their order, and what lies under them."""

    def __init__(self) -> None:
        self.pages: list[str] = []
        self.templates: dict[str, str] = {}

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if local_name(tag) == "Page" and "BaseLoc" in attributes:
            self.pages.append(attributes["BaseLoc"])
        elif local_name(tag) == "TemplatePage" and "BaseLoc" in attributes:
            self.templates[attributes.get("ID", "")] = attributes["BaseLoc"]


class _Templates(PartReader):
    """Which templates a page uses."""

    def __init__(self) -> None:
        self.used: list[str] = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if local_name(tag) == "Template":
            self.used.append(attributes.get("TemplateID", ""))


class _Runs(PartReader):
    """The runs of characters of a page with their places in points, upwards from the upper edge."""

    def __init__(self) -> None:
        self.made: list[Run] = []
        self._object: Mapping[str, str] = {}
        self._code: Mapping[str, str] | None = None
        self._text: list[str] = []
        self._at = (0.0, 0.0)

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if local_name(tag) == "TextObject":
            self._object, self._at = dict(attributes), (0.0, 0.0)
        elif local_name(tag) == "TextCode":
            self._code = dict(attributes)
            self._text.clear()

    def data(self, text: str) -> None:
        if self._code is not None:
            self._text.append(text)

    def end(self, tag: str) -> None:
        if local_name(tag) == "TextCode" and self._code is not None:
            self._add(self._code, "".join(self._text))
            self._code = None

    def _add(self, code: Mapping[str, str], text: str) -> None:
        if not text.strip() or self._object.get("Visible") == "false" or len(self.made) > _MAX_RUNS:
            return
        size = (_numbers(self._object.get("Size", "")) or [_SIZE])[0]
        x, y = (_first(code.get(axis, ""), before) for axis, before in zip("XY", self._at, strict=True))
        self._at = (x, y)
        across, down = (sum(_steps(code.get(f"Delta{axis}", ""), len(text) - 1)) for axis in "XY")
        if not across and not down:
            across = size * (len(text) - 1)
        corners = [(x, y - size), (x + across + size, y + down)]
        left, top, right, bottom = self._placed(corners)
        self.made.append(Run(left, -bottom, right, -top, " ".join(text.split())))

    def _placed(self, corners: Sequence[tuple[float, float]]) -> tuple[float, float, float, float]:
        """Corners of the object's own plane as left, top, right, bottom of the page in points, downwards."""
        a, b, c, d, e, f = _six(self._object.get("CTM", ""))
        box = _numbers(self._object.get("Boundary", ""))
        x0, y0 = (box[0], box[1]) if len(box) >= 2 else (0.0, 0.0)
        xs = [(x * a + y * c + e + x0) * _POINTS for x, y in corners]
        ys = [(x * b + y * d + f + y0) * _POINTS for x, y in corners]
        return min(xs), min(ys), max(xs), max(ys)


def _numbers(text: str) -> list[float]:
    return [_bounded(float(number)) for number in _NUMBER.findall(text[:100_000])]


def _bounded(number: float) -> float:
    """No paper is a kilometre long; what claims to be is kept within it, so that sums stay numbers."""
    return max(-1e6, min(1e6, number))


def _first(text: str, default: float) -> float:
    return (_numbers(text) or [default])[0]


def _six(text: str) -> tuple[float, float, float, float, float, float]:
    found = _numbers(text)
    return (found[0], found[1], found[2], found[3], found[4], found[5]) if len(found) >= 6 else (1, 0, 0, 1, 0, 0)


def _steps(text: str, count: int) -> list[float]:
    """How far each character stands from the one before, at most ``count`` of them: ``g 3 4.2`` is 4.2 three times."""
    out: list[float] = []
    words = iter(text[:100_000].split())
    for word in words:
        if len(out) >= count:
            break
        times = 1
        if word == "g":
            times, word = max(0, min(int(_first(next(words, ""), 0)), count)), next(words, "")
        out += [_first(word, 0.0)] * times
    return out[: max(0, count)]
