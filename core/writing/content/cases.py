"""A case as it stands in a document: heading, place, 背景 / 做法 / 成效, mechanisms, figures, source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from core.places.areas import NO_PLACE
from core.records import MECHANISM_KINDS, STATE_WORDS, Case, Mechanism, Metric, date_text
from core.writing.case_table import figure_words
from core.writing.citations import figure_note, reference, source_line
from core.writing.compilation import Choices, Entry, Passage, state_mark
from core.writing.content.text import Text
from core.writing.figure_text import scope_text
from core.writing.prose import Finder, paragraphs, parts_of

_HEADS = ("指标", "数据", "口径", "核对")
_SHARES, _WITHOUT_STATE = (33, 22, 34, 11), (37, 24, 39)
_OPEN_HEADS = ("案例", "指标", "数据", "核对")
_OPEN_SHARES = (38, 30, 20, 12)


class Cases:
    """Writes cases one after the other, and remembers what is listed at the end."""

    def __init__(self, text: Text, choices: Choices, headed: bool) -> None:
        self._text, self._choices = text, choices
        self._level = 2 if headed else 1
        self._references: dict[str, int] = {}
        self._open: list[tuple[str, str, str, str]] = []
        """Title, indicator, figure and state of what nobody has checked, in order."""

    def of(self, entry: Entry | Passage) -> Iterator[str]:
        """Return the paragraphs and tables of a case, or those of a passage, piece by piece."""
        return passage(self._text, entry) if isinstance(entry, Passage) else self._case(entry)

    def _case(self, entry: Entry) -> Iterator[str]:
        text, case, metrics = self._text, entry.case, entry.metrics
        heads = Finder(metrics)
        yield self._heading(f"（有损坏）{case.title}" if case.fault else case.title, self._level)
        yield text.paragraph(text.run(_facts(case), role="second"), "CaseFacts")
        for at, paragraph in enumerate(paragraphs(entry.note)):
            yield text.paragraph(text.run(paragraph if at else f"按：{paragraph}", role="second"), "OwnNote")
        for head, parts in parts_of(case):
            if head:
                yield self._heading(head, self._level + 1)
            for paragraph in parts:
                yield text.paragraph("".join(self._prose(paragraph, case, heads)))
        yield from self._mechanisms(case.mechanisms)
        if self._choices.figures and metrics:
            yield from self._figures(case, metrics, heads.found)
        yield from self._source(case)
        yield text.notes()
        if self._choices.states:
            self._open += [
                (case.title, m.indicator, figure_words(m), state_mark(m)[1:-1]) for m in metrics if m.state != "checked"
            ]

    def end(self) -> Iterator[str]:
        """Return what stands behind all cases: figures that nobody has checked, and the list of sources."""
        text = self._text
        if self._open:
            yield self._heading("未核数据清单", 1)
            said = f"以下 {len(self._open)} 个数据还没有核对，或存疑、有误，引用前请核对。"
            yield text.paragraph(text.run(said))
            yield text.table_start(_OPEN_HEADS, _OPEN_SHARES)
            for row in self._open:
                yield text.row([text.paragraph(text.run(cell), "CellText") for cell in row], _OPEN_SHARES)
            yield text.table_end()
            yield text.paragraph("", "CellText")
        if self._references:
            yield self._heading("来源", 1)
            yield from (text.reference(number, said) for said, number in self._references.items())

    def _heading(self, words: str, level: int) -> str:
        return heading(self._text, words, level)

    def _prose(self, paragraph: str, case: Case, finder: Finder) -> Iterator[str]:
        for piece, found in finder.pieces(paragraph):
            if not found:
                yield self._text.run(piece)
            for metric in found:
                lead = piece[: -len(metric.printed)]
                yield self._text.run(lead) + self._figure(metric, metric.printed) + self._proof(case, metric)

    def _figure(self, metric: Metric, words: str) -> str:
        mark = state_mark(metric) if self._choices.states else ""
        return self._text.marked(self._text.run(words), metric.id) + self._text.run(mark, "Unchecked")

    def _proof(self, case: Case, metric: Metric) -> str:
        if self._choices.sources == "footnotes":
            return self._text.note(figure_note(case, metric))
        return "".join(map(self._text.to_reference, self._numbers(case))) if self._choices.sources == "list" else ""

    def _numbers(self, case: Case) -> list[int]:
        """The numbers of a case's sources in the list at the end."""
        said = [text for text in map(reference, case.citations) if text]
        return [self._references.setdefault(text, len(self._references) + 1) for text in said]

    def _mechanisms(self, mechanisms: Sequence[Mechanism]) -> Iterator[str]:
        if mechanisms:
            yield self._heading("机制", self._level + 1)
        for mechanism in mechanisms:
            kind = f"（{MECHANISM_KINDS[mechanism.kind]}）" if mechanism.kind else ""
            parts = "；".join(f"{part.label}：{part.meaning}" for part in mechanism.parts)
            rest = "。".join(x.rstrip("。") for x in (parts, mechanism.note) if x)
            name = self._text.run(mechanism.name, "MechanismName")
            yield self._text.paragraph(name + self._text.run(f"{kind}：{rest}。" if rest else kind), "Mechanism")

    def _figures(self, case: Case, metrics: Sequence[Metric], noted: set[str]) -> Iterator[str]:
        text = self._text
        yield text.paragraph(text.run("主要数据", role="head"), "Caption")
        shares = _SHARES if self._choices.states else _WITHOUT_STATE
        yield text.table_start(_HEADS[: len(shares)], shares)
        for metric in metrics:
            proof = "" if metric.id in noted else self._proof(case, metric)
            value = text.marked(text.run(figure_words(metric)), metric.id) + proof
            cells = (
                (text.run(metric.indicator), "CellText"),
                (value, "CellNumber"),
                (text.run(scope_text(metric)), "CellText"),
                (text.run(STATE_WORDS[metric.state]), "CellText"),
            )
            yield text.row([text.paragraph(inside, style) for inside, style in cells[: len(shares)]], shares)
        yield text.table_end()

    def _source(self, case: Case) -> Iterator[str]:
        line = source_line(case)
        if line and self._choices.sources != "none":
            refer = self._numbers(case) if self._choices.sources == "list" else []
            inside = self._text.run(f"出处：{line}。", role="second") + "".join(map(self._text.to_reference, refer))
            yield self._text.paragraph(inside, "Source")


def heading(text: Text, words: str, level: int) -> str:
    """Return a heading of a level from 1 to 3 in one line."""
    role = ("head", "second", "text")[level - 1]
    return text.paragraph(text.run(" ".join(words.split()), role=role), f"Heading{level}")


def passage(text: Text, written: Passage) -> Iterator[str]:
    """Return what a person wrote between cases."""
    if written.kind == "heading":
        if written.text.strip():
            yield heading(text, written.text, 1)
        return
    for paragraph in paragraphs(written.text):
        yield text.paragraph(text.run(paragraph))


def _facts(case: Case) -> str:
    known = ("".join(case.place.names) or NO_PLACE, "、".join(case.themes), date_text(case.published))
    return "　".join(x for x in known if x)
