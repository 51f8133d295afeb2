"""Where something was printed, as a line under a text and as an entry of a list (GB/T 7714-2015, newspapers)."""

from __future__ import annotations

from core.records import Case, Citation, Metric

_NAMED = 3
"""So many authors are named before 等 (GB/T 7714-2015, 8.1.2)."""
_END = "。！？…；"


def reference(citation: Citation) -> str:
    """Return an article of a newspaper as GB/T 7714-2015 has it (4.5, 8.8.3): what is not known is left out.

    >>> reference(Citation("江州日报", "2023-11-22", "3", "一张清单管到底", ("甲", "乙", "丙", "丁")))
    '甲, 乙, 丙, 等. 一张清单管到底[N]. 江州日报, 2023-11-22(3).'
    >>> reference(Citation(headline="一张清单管到底", published="2023-11"))
    '一张清单管到底[N]. 2023-11.'
    """
    authors = [name for name in citation.byline if name][:_NAMED]
    if len([name for name in citation.byline if name]) > _NAMED:
        authors.append("等")
    page = f"({citation.page_no})" if citation.page_no else ""
    where = ", ".join(x for x in (citation.paper, citation.published) if x) + page
    parts = (", ".join(authors), f"{citation.headline}[N]" if citation.headline else "", where)
    return "".join(f"{part.rstrip('.')}. " for part in parts if part).rstrip()


def source_line(case: Case) -> str:
    """Return where a case was printed, one after the other; empty where nothing is known."""
    return "；".join(text for text in (c.text() for c in case.citations) if text)


def figure_note(case: Case, metric: Metric) -> str:
    """Return the note that proves a figure: paper, date, page and the printed words."""
    return quoted(source_line(case), case.title, metric)


def quoted(source: str, title: str, metric: Metric) -> str:
    """Return such a note where the source is a line already; the title of the case where nothing is known."""
    where = source or f"《{title}》，出处未录"
    if not metric.quote:
        return f"{where}，未找到出处原文。"
    quote = metric.quote.strip()
    return f"{where}，原文：{quote}{'' if quote[-1:] in _END else '。'}"
