"""The facts that the whole program passes around: frozen records without files, SQL or Qt.

A span is a pair of code points into the text of a source, half open, after line ends were made ``\\n``.
A value is a ``Decimal`` in the printed unit with 万 and 亿 multiplied out (6.2万小时 → 62000 小时).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

ArticleKind = Literal["case", "news", "caption"]
Approx = Literal["exact", "over", "about", "nearly", "under"]
State = Literal["unchecked", "checked", "unsure", "wrong"]
MechanismKind = Literal["platform", "work model", "organisation", "activity", "policy", "brand"]

THEMES: tuple[str, ...] = (
    "党建引领",
    "统一战线",
    "基层治理",
    "社会组织与志愿服务",
    "人才工作",
    "营商环境",
    "产业发展",
    "乡村振兴与共同富裕",
    "民生服务",
    "公共安全",
    "城市交通",
    "生态环境",
    "科技创新",
    "文化教育",
    "数字化改革",
    "廉政监督",
)
MECHANISM_KINDS: dict[MechanismKind, str] = {
    "platform": "平台",
    "work model": "工作模式",
    "organisation": "组织",
    "activity": "活动",
    "policy": "政策",
    "brand": "品牌",
}
APPROX_WORDS: dict[Approx, str] = {"exact": "", "over": "超", "about": "约", "nearly": "近", "under": "不足"}
STATE_WORDS: dict[State, str] = {"unchecked": "未核", "checked": "已核", "unsure": "存疑", "wrong": "有误"}


@dataclass(frozen=True, slots=True)
class Span:
    """A run of code points in a source's text, half open."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Offer:
    """A place of a page where a text may go on (the offset of its first character), and the chance of it, 0 to 1."""

    start: int
    chance: float


@dataclass(frozen=True, slots=True)
class Place:
    """Where a case belongs, in full official names; an empty name where the text supports no more.

    ``code`` is the six-digit code of the finest known division down to the county (nine digits for a town,
    empty when unknown); in a municipality the city bears the municipality's name.
    """

    code: str = ""
    province: str = ""
    city: str = ""
    county: str = ""
    town: str = ""
    village: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The known names from province to village, without a name said twice in a row."""
        known = [n for n in (self.province, self.city, self.county, self.town, self.village) if n]
        return tuple(n for i, n in enumerate(known) if i == 0 or known[i - 1] != n)


@dataclass(frozen=True, slots=True)
class Heading:
    """A line, or several, that the file itself calls a heading: level 1 is the highest, 0 the document's title."""

    span: Span
    level: int


@dataclass(frozen=True, slots=True)
class Box:
    """Where the characters of a span are printed: points from the lower left corner of a page of the file."""

    span: Span
    page: int
    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Page:
    """The text of one imported file as found; only line ends were made ``\\n``."""

    text: str
    name: str
    sha256: str = ""
    encoding: str = "utf-8"
    format: str = "txt"
    paper: str = ""
    published: str = ""
    """ISO date as far as known: 2023, 2023-11 or 2023-11-22."""
    page_no: str = ""
    notes: tuple[str, ...] = ()
    """What a reader of the file should know, in the user's words (some bytes could not be read …)."""
    headings: tuple[Heading, ...] = ()
    tables: tuple[Span, ...] = ()
    """The tables whose rows are lines and whose cells stand between tabs."""
    breaks: tuple[int, ...] = ()
    """Where a printed page of the file begins behind another."""
    lines: tuple[Box, ...] = ()
    """The printed lines with their places, where the file has them; like the three above not kept in the library."""


@dataclass(frozen=True, slots=True)
class Part:
    """One of the things that a coded name stands for: 一核 = …, 三化 = …."""

    label: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Mechanism:
    """A named way of working, as one case tells it."""

    name: str
    kind: MechanismKind | None = None
    parts: tuple[Part, ...] = ()
    participants: tuple[str, ...] = ()
    note: str = ""
    spans: tuple[Span, ...] = ()
    confidence: float = 1.0
    id: str = ""


@dataclass(frozen=True, slots=True)
class Metric:
    """One figure with everything that makes it worth quoting.

    ``printed`` is the figure with its unit as it stands (``50多万公斤``), ``span`` where it stands in the source;
    ``quote`` the few printed words that hold it, ``quote_span`` theirs. Spans are None when no source text holds them.
    """

    indicator: str
    value: Decimal
    unit: str
    value_max: Decimal | None = None
    approx: Approx = "exact"
    subject: str = ""
    period: str = ""
    kind: str = "count"
    printed: str = ""
    span: Span | None = None
    quote: str = ""
    quote_span: Span | None = None
    confidence: float = 1.0
    reason: str = ""
    state: State = "unchecked"
    id: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph in reading order; its spans are the pieces of the page that make it up."""

    spans: tuple[Span, ...]
    confidence: float = 1.0
    reasons: tuple[str, ...] = ()
    """One reason a seam between two spans, empty within a printed line."""
    seams: tuple[float, ...] = ()
    """How sure each of these seams is, 0 to 1; ``confidence`` is that of the weakest."""
    heading: bool = False
    """Whether it is a heading inside the article."""


@dataclass(frozen=True, slots=True)
class Article:
    """Anything printed under a title, as read from a page."""

    title: str
    paragraphs: tuple[Paragraph, ...]
    kind: ArticleKind = "case"
    title_spans: tuple[Span, ...] = ()
    section: str = ""
    byline: tuple[str, ...] = ()
    byline_spans: tuple[Span, ...] = ()
    captions: tuple[Span, ...] = ()
    place: Place = Place()
    themes: tuple[str, ...] = ()
    mechanisms: tuple[Mechanism, ...] = ()
    metrics: tuple[Metric, ...] = ()
    summary: tuple[Span, ...] = ()
    background: tuple[Span, ...] = ()
    practice: tuple[Span, ...] = ()
    result: tuple[Span, ...] = ()
    confidence: float = 1.0
    reasons: dict[str, str] = field(default_factory=dict)
    """What was decided → why, for ``--explain``: keys such as ``place``, ``themes``, ``title``, ``kind``."""


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a case was printed, as far as known."""

    paper: str = ""
    published: str = ""
    page_no: str = ""
    headline: str = ""
    byline: tuple[str, ...] = ()

    def text(self) -> str:
        """Return the source line as a reader would write it: 《标题》，《报名》2023年11月22日第3版。"""
        out = f"《{self.headline}》" if self.headline else ""
        where = (f"《{self.paper}》" if self.paper else "") + date_text(self.published)
        where += f"第{self.page_no}版" if self.page_no else ""
        return "，".join(x for x in (out, where) if x)


@dataclass(frozen=True, slots=True)
class Case:
    """A case as the library keeps it.

    ``body`` are its paragraphs as read (repaired text), ``body_spans`` each paragraph's spans in the source; a case
    from the default library has no body, only our own summary parts and the printed words of its figures.
    """

    id: str
    title: str
    kind: ArticleKind = "case"
    section: str = ""
    byline: tuple[str, ...] = ()
    place: Place = Place()
    themes: tuple[str, ...] = ()
    summary: str = ""
    background: str = ""
    practice: str = ""
    result: str = ""
    body: tuple[str, ...] = ()
    body_spans: tuple[tuple[Span, ...], ...] = ()
    captions: tuple[Span, ...] = ()
    published: str = ""
    citations: tuple[Citation, ...] = ()
    mechanisms: tuple[Mechanism, ...] = ()
    metrics: tuple[Metric, ...] = ()
    source_id: str = ""
    state: State = "unchecked"
    confidence: float = 1.0
    note: str = ""
    """What a person wrote down about it; like the two below never read from a page."""
    tags: tuple[str, ...] = ()
    starred: bool = False
    num: int = 0
    """The row of the case in its own file: good within that file only."""
    fault: str = ""
    """What is damaged in it, as a sentence that names it; empty for a case that is as it was saved."""


def date_text(published: str) -> str:
    """2023-11-22 → 2023年11月22日, 2023-11 → 2023年11月, 2023 → 2023年."""
    pieces = [str(int(p)) for p in published.split("-") if p.isdigit()]
    return "".join(p + unit for p, unit in zip(pieces, "年月日", strict=False))
