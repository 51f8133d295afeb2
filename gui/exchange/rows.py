"""Lines of the preview of a merge: decisions beside ours, new cases, and what a person chose for each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QCoreApplication

from core.decisions import Decision
from core.exchange import CHOICES, STANDINGS, Choice, Double, Item, Preview
from gui.exchange.words import part_words, said_words
from gui.kit.columns import Column
from gui.kit.plain import level
from gui.kit.records import RecordsModel
from gui.kit.words import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from core.editing.joining import Choice as JoinChoice
    from core.library.pairing import Pairing

M = "MergePreview"
CaseChoice = Literal["take", "leave", "join", "apart"]
CASE_CHOICES: Mapping[CaseChoice, str] = {
    "take": QT_TRANSLATE_NOOP(M, "收下"),
    "leave": QT_TRANSLATE_NOOP(M, "不收"),
    "join": QT_TRANSLATE_NOOP(M, "并为一例"),
    "apart": QT_TRANSLATE_NOOP(M, "不是同一个"),
}
ALIKE = 0.995
"""Texts that have so much in common are called the same."""


@dataclass(slots=True)
class Row:
    """A target on which somebody decided, with what a person chose for it."""

    item: Item
    words: str = ""
    """What a filter looks into."""
    choice: Choice = "take"

    def standing(self) -> str:
        """Return how the two sides stand, as a word."""
        return STANDINGS["forked"] if self.item.differ else STANDINGS[self.item.standing]

    def chosen(self) -> str:
        """Return what will be done."""
        if self.choice == "take" and self.item.differ:
            return tr("按规则")
        return CHOICES[self.choice]


@dataclass(slots=True)
class NewCase:
    """A case that is not here, with what a person chose for it."""

    id: str
    title: str
    double: Double | None = None
    returned: bool = False
    """Whether it was here and was thrown away, or taken back."""
    choice: CaseChoice = "take"
    fields: dict[str, JoinChoice] = field(default_factory=dict)
    """How it is joined, field by field; empty for what is likeliest."""

    def standing(self) -> str:
        """Return what there is to know of it before it is taken."""
        if self.double is not None:
            words = tr("和本机的「{0}」是同一篇") if self.double.likeness >= ALIKE else tr("和本机的「{0}」相像，{1} %")
            return words.format(self.double.our_title, int(self.double.likeness * 100))
        return tr("以前收过，撤销或删除了") if self.returned else tr("新的")

    def chosen(self) -> str:
        """Return what will be done."""
        return tr(CASE_CHOICES[self.choice])


def _order(rows: Sequence[Decision]) -> tuple[str, str]:
    """What a side is sorted by: who, then what kind of word."""
    return (rows[0].who, rows[0].verdict) if rows else ("", "")


COLUMNS: tuple[Column[Row], ...] = (
    Column("title", QT_TRANSLATE_NOOP(M, "案例"), lambda r: level(r.item.title), least=120, most=300, ink="text"),
    Column("part", QT_TRANSLATE_NOOP(M, "哪一项"), lambda r: level(part_words(r.item)), least=96, most=200),
    Column("standing", QT_TRANSLATE_NOOP(M, "情况"), Row.standing, "whole",
           key=lambda r: (not r.item.differ, r.item.standing),
           ink=lambda r: "warning" if r.item.differ else "text-2"),
    Column("ours", QT_TRANSLATE_NOOP(M, "本机"), lambda r: level(said_words(r.item.ours)), least=110, most=320,
           key=lambda r: _order(r.item.ours)),
    Column("theirs", QT_TRANSLATE_NOOP(M, "对方"), lambda r: level(said_words(r.item.theirs)), least=110, most=320,
           key=lambda r: _order(r.item.theirs)),
    Column("choice", QT_TRANSLATE_NOOP(M, "处理"), Row.chosen, "whole", ink="text",
           sample=max(CHOICES.values(), key=len)),
)  # fmt: skip
CASE_COLUMNS: tuple[Column[NewCase], ...] = (
    Column("title", QT_TRANSLATE_NOOP(M, "新案例"), lambda r: level(r.title), least=160, most=420, ink="text"),
    Column("standing", QT_TRANSLATE_NOOP(M, "情况"), lambda r: level(r.standing()), least=160, most=520, weight=2,
           ink=lambda r: "warning" if r.double or r.returned else "text-2"),
    Column("choice", QT_TRANSLATE_NOOP(M, "处理"), NewCase.chosen, "whole", ink="text",
           sample=max(CASE_CHOICES.values(), key=len)),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Prepared:
    """A preview as it is shown; of ten thousand lines it is made in the library's thread."""

    preview: Preview
    differ: list[Row]
    rest: list[Row]
    cases: list[NewCase]
    people: Mapping[str, Counter[str]]
    """Who made how many decisions of each verdict."""
    parted: list[str]
    """Whose word stands against another's."""


def prepare(preview: Preview) -> Prepared:
    """Return the lines of a preview: where people differ, the other decisions, the new cases, those alike first."""
    rows = [Row(item, _words(item)) for item in preview.items]
    differ = [row for row in rows if row.item.differ]
    rest = [row for row in rows if not row.item.differ]
    doubles = {double.theirs: double for double in preview.doubles}
    cases = [
        NewCase(id_, title, doubles.get(id_), id_ in preview.returned, "leave" if id_ in preview.returned else "take")
        for id_, title in preview.new_cases
    ]
    cases.sort(key=lambda one: (one.double is None, not one.returned))
    return Prepared(preview, differ, rest, cases, preview.by_person(), people_in([row.item for row in differ]))


def _words(item: Item) -> str:
    return "\n".join((item.title, part_words(item), *item.people))


class ItemsModel(RecordsModel[Row]):
    """Lines that are filtered by words that were put together before."""

    def searched(self, record: Row) -> str:
        """Return what the filter looks into."""
        return record.words


class CasesModel(RecordsModel[NewCase]):
    """New cases, filtered by their titles and those of ours that they are like."""

    def searched(self, record: NewCase) -> str:
        """Return what the filter looks into."""
        return f"{record.title}\n{record.double.our_title}" if record.double is not None else record.title


def pairings_of(cases: Iterable[NewCase]) -> list[Pairing]:
    """Return what is said of new cases that are much like ours; not on the window's thread, it loads much."""
    from core.editing.joining import joiner
    from core.library.pairing import Pairing

    out = []
    for one in cases:
        if one.double is not None and one.choice in ("join", "apart"):
            how = joiner(one.fields or None) if one.choice == "join" else None
            out.append(Pairing(one.double.ours, one.id, how))
    return out


def taken(cases: Iterable[NewCase]) -> list[str]:
    """Return the ids of the new cases that are to be taken."""
    return [one.id for one in cases if one.choice != "leave"]


def people_in(items: Sequence[Item]) -> list[str]:
    """Return whose word stands against another's."""
    return [*dict.fromkeys(head.who for item in items for head in item.becomes.heads if head.who)]


def tr(text: str) -> str:
    """Return a text of the preview in the language of the window."""
    return QCoreApplication.translate(M, text)
