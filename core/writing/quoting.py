"""What goes from the library into a text that is written elsewhere: sentences with their source, notes, a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from core.records import STATE_WORDS, Case, Metric
from core.writing.case_table import figure_words
from core.writing.citations import figure_note, source_line
from core.writing.compilation import state_mark
from core.writing.figure_text import scope_text
from core.writing.prose import paragraphs

_ENDS = "。！？；，、…"
FIGURE_HEADS = ("案例", "地区", "指标", "数据", "口径", "核对", "出处")
FIGURE_NUMBERS = (False, False, False, True, False, False, False)
"""Which of these columns hold numbers."""


def sentence(text: str, case: Case) -> str:
    """Return words of a case as a sentence that names where they were printed.

    >>> from core.records import Citation
    >>> sentence("设助餐点12个。", Case("1", "题", citations=(Citation("江州日报", "2023-11-22", "3"),)))
    '设助餐点12个（《江州日报》2023年11月22日第3版）。'
    """
    words = " ".join(text.split()).rstrip(_ENDS)
    return f"{words}（{source_line(case) or f'《{case.title}》，出处未录'}）。"


def figure_sentence(case: Case, metric: Metric) -> str:
    """Return a figure as a sentence: the printed words that prove it, with its state and source."""
    told = metric.quote.strip() or f"{metric.subject}{metric.indicator}{figure_words(metric)}"
    return sentence(told.rstrip(_ENDS) + state_mark(metric), case)


def case_sentence(case: Case) -> str:
    """Return a case as a sentence: whose it is, what it is called, what came of it, and its source."""
    place = "".join(case.place.names[-2:])
    told = next(iter(paragraphs(case.result or case.summary or case.practice)), "")
    head = f"{place}《{case.title}》"
    return sentence(f"{head}：{told}" if told else head, case)


def case_note(case: Case) -> str:
    """Return the note of a case as a whole: where it was printed."""
    return f"{source_line(case) or f'《{case.title}》，出处未录'}。"


def text_note(text: str, case: Case) -> str:
    """Return the note of words of a case: where they were printed, and the words."""
    where = source_line(case) or f"《{case.title}》，出处未录"
    words = " ".join(text.split())
    return f"{where}，原文：{words}" + ("" if words[-1:] in _ENDS else "。")


def figure_notes(case: Case, metrics: Iterable[Metric]) -> list[str]:
    """Return the notes of figures, each once."""
    return [*dict.fromkeys(figure_note(case, metric) for metric in metrics)]


def figure_rows(case: Case, metrics: Iterable[Metric]) -> list[Sequence[str]]:
    """Return the cells of figures under ``FIGURE_HEADS``."""
    place, source = "".join(case.place.names), source_line(case)
    return [
        (case.title, place, m.indicator, figure_words(m), scope_text(m), STATE_WORDS[m.state], source) for m in metrics
    ]
