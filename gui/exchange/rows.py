"""Lines of the preview of a merge: decisions beside ours, new cases, and what a person chose for each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from PySide6.QtCore import QCoreApplication

from core.exchange import CHOICES, STANDINGS, Choice, Double, Item, Preview
from gui.exchange.words import part_words, said_words
from gui.kit.columns import Column
from gui.kit.plain import level
from gui.kit.words import QT_TRANSLATE_NOOP

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
    fields: dict[str, str] = field(default_factory=dict)
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


COLUMNS: tuple[Column[Row], ...] = (
    Column("title", QT_TRANSLATE_NOOP(M, "案例"), lambda r: level(r.item.title), least=120, most=300, ink="text"),
    Column("part", QT_TRANSLATE_NOOP(M, "哪一项"), lambda r: level(part_words(r.item)), least=96, most=200),
    Column("standing", QT_TRANSLATE_NOOP(M, "情况"), Row.standing, "whole",
           key=lambda r: (not r.item.differ, r.item.standing),
           ink=lambda r: "warning" if r.item.differ else "text-2"),
    Column("ours", QT_TRANSLATE_NOOP(M, "本机"), lambda r: level(said_words(r.item.ours)), least=110, most=320),
    Column("theirs", QT_TRANSLATE_NOOP(M, "对方"), lambda r: level(said_words(r.item.theirs)), least=110, most=320),
    Column("choice", QT_TRANSLATE_NOOP(M, "处理"), Row.chosen, "whole", ink="text"),
)  # fmt: skip
CASE_COLUMNS: tuple[Column[NewCase], ...] = (
    Column("title", QT_TRANSLATE_NOOP(M, "新案例"), lambda r: level(r.title), least=160, most=420, ink="text"),
    Column("standing", QT_TRANSLATE_NOOP(M, "情况"), lambda r: level(r.standing()), least=160, most=520, weight=2,
           ink=lambda r: "warning" if r.double or r.returned else "text-2"),
    Column("choice", QT_TRANSLATE_NOOP(M, "处理"), NewCase.chosen, "whole", ink="text"),
)  # fmt: skip


def rows_of(preview: Preview) -> tuple[list[Row], list[Row], list[NewCase]]:
    """Return the lines of a preview: where people differ, the other decisions, the new cases, those alike first."""
    differ = [Row(item) for item in preview.items if item.differ]
    rest = [Row(item) for item in preview.items if not item.differ]
    doubles = {double.theirs: double for double in preview.doubles}
    cases = [
        NewCase(id_, title, doubles.get(id_), id_ in preview.returned, "leave" if id_ in preview.returned else "take")
        for id_, title in preview.new_cases
    ]
    return differ, rest, sorted(cases, key=lambda one: (one.double is None, not one.returned))


def taken(cases: Iterable[NewCase]) -> list[str]:
    """Return the ids of the new cases that are to be taken."""
    return [one.id for one in cases if one.choice != "leave"]


def people_in(items: Sequence[Item]) -> list[str]:
    """Return whose word stands against another's."""
    return [*dict.fromkeys(head.who for item in items for head in item.becomes.heads if head.who)]


def tr(text: str) -> str:
    """Return a text of the preview in the language of the window."""
    return QCoreApplication.translate(M, text)
