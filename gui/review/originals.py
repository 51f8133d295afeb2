"""The printed page and the tidied text beside each other, the figure's words lit in both."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from core.reviewing.fetching import Passage, Shown
from core.reviewing.wholes import ShownCase
from gui.kit.page import Block, Ground, Page, Style
from gui.kit.plain import Label
from gui.kit.widgets import ElidedLabel, Line, column_of, divide

ROOMY = 640
"""With less width there is room for the printed page alone."""
LINE = Block(below=0, line=1.6, size=0.9375)
TIDIED = Block(below=8, first=2, size=0.9375)
HEAD = Block(above=8, below=2, line=1.8, size=0.8125)
TEXT = Style("text", 0.9375)
DOTS = "……"


class Text(QWidget):
    """A head, what it is of, and the text under it."""

    def __init__(self, head: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.page = Page(head)
        self._proof: Ground | None = None
        self._head, self._of = Label(head), ElidedLabel()
        self._head.setProperty("role", "faint")
        self._of.setProperty("role", "secondary")
        self._missing = Label(self.tr("未找到出处"))
        self._missing.setProperty("role", "missing")
        self._missing.setWordWrap(True)
        self._missing.hide()
        top = QWidget()
        row = QVBoxLayout(top)
        row.setContentsMargins(28, 6, 16, 6)
        row.setSpacing(0)
        row.addWidget(self._head)
        row.addWidget(self._of)
        column_of(self, top, self._missing, Line(), self.page).setStretch(3, 1)
        for widget in (self, top):
            widget.setProperty("ground", "surface")
            widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    def name(self, head: str) -> None:
        """Say what the text is."""
        self._head.setText(head)
        self.page.setAccessibleName(head)

    def show_original(self, shown: Shown) -> None:
        """Show the page of a figure, its words lit and in sight; its quote where no source holds them."""
        self.say_missing("" if shown.original else self.tr("未找到出处：没有原文，或原文里找不到这个数字。"))
        passages = [shown.original] if shown.original else [Passage(shown.metric.quote)] if shown.metric.quote else []
        lit = fill(self.page, passages, LINE)
        self._proof = next((one for one in lit if one.kind == "proof"), None)
        self._reveal()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the words in sight once the page has its new size."""
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._reveal)

    def _reveal(self) -> None:
        if self._proof is not None:
            self.page.reveal(self._proof.start, self._proof.end)

    def say_of(self, text: str) -> None:
        """Say where it was printed, or which case it is."""
        self._of.setText(text)

    def of(self) -> str:
        """Return what stands over the text."""
        return self._of.text()

    def say_missing(self, words: str) -> None:
        """Say over the text that the words are not found; empty when they are."""
        self._missing.setText(words)
        self._missing.setVisible(bool(words))

    def missing(self) -> str:
        """Return what is said to be missing, empty for nothing."""
        return self._missing.text() if not self._missing.isHidden() else ""


class Originals(QSplitter):
    """原文 and 整理后; in a narrow window 原文 alone, or what there is of the two."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.printed, self.tidied = Text(self.tr("原文")), Text(self.tr("整理后"))
        divide(self, (self.printed, 420, 1), (self.tidied, 420, 1))
        self._lit: list[tuple[Page, Ground]] = []
        self._has_printed = True

    def show_figure(self, shown: Shown) -> None:
        """Set both texts, light up the words and scroll to them."""
        self._has_printed = shown.original is not None
        self._lit = []
        self.printed.say_of(self._where(shown))
        self.printed.say_missing("" if shown.original else self.tr("未找到出处：没有原文，或原文里找不到这个数字。"))
        self.tidied.say_of(f"{shown.title}　{shown.place}".strip())
        self._fill(self.printed.page, [shown.original] if shown.original else [], LINE)
        if shown.original is None and shown.metric.quote:
            self._fill(self.printed.page, [Passage(shown.metric.quote)], LINE)
        self._fill(self.tidied.page, shown.tidied, TIDIED)
        self.tidied.say_missing("" if shown.tidied else self.tr("没有正文，或正文里没有这个数字。"))
        self._fit()
        self.reveal()

    def show_case(self, shown: ShownCase) -> None:
        """Set the page from the title of a case on, light up the words for its fields, and what was made of it."""
        self._has_printed = shown.original is not None
        self._lit = []
        self.printed.say_of(self._where(shown))
        self.printed.say_missing("" if shown.original else self.tr("没有原文。"))
        self.tidied.say_of(f"{shown.title}　{shown.place}".strip())
        self._fill(self.printed.page, [shown.original] if shown.original else [], LINE)
        self._fill(self.tidied.page, shown.tidied, TIDIED)
        self.tidied.say_missing("" if shown.tidied else self.tr("没有正文。"))
        self._fit()
        self.reveal()

    def _where(self, shown: Shown | ShownCase) -> str:
        """Paper, date and page; that no paper is known is said."""
        if "《" in shown.printed_where:
            return shown.printed_where
        return "，".join(filter(None, (self.tr("报名不详"), shown.printed_where)))

    def reveal(self) -> None:
        """Bring the lit words into sight in both texts."""
        for page, ground in self._lit:
            page.reveal(ground.start, ground.end)

    def lit(self) -> list[str]:
        """Return the words that shine in the printed page, then those in the tidied text."""
        return [*self.printed.page.lit(), *self.tidied.page.lit()]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show both where there is room for them, and keep the words in sight."""
        super().resizeEvent(event)
        self._fit()
        self.reveal()

    def _fit(self) -> None:
        roomy = self.width() >= ROOMY
        self.printed.setVisible(roomy or self._has_printed)
        self.tidied.setVisible(roomy or not self._has_printed)

    def _fill(self, page: Page, passages: Sequence[Passage], block: Block) -> None:
        lit = fill(page, passages, block)
        first = [ground for ground in lit if ground.kind == "proof"][:1] or lit[:1]
        self._lit += [(page, ground) for ground in first]


def fill(page: Page, passages: Sequence[Passage], block: Block) -> list[Ground]:
    """Set passages on a page and light up their words; the grounds of those."""
    page.start()
    lit: list[Ground] = []
    for passage in passages:
        if passage.head:
            page.block(HEAD)
            page.say(passage.head, Style("text-2", 0.8125, bold=True))
        lit += _set(page, passage, block)
    page.finish()
    page.light(lit, reveal=False)
    return lit


def show_words(page: Page, words: str) -> None:
    """Show some words alone."""
    fill(page, [Passage(words)], LINE)


def _set(page: Page, passage: Passage, block: Block) -> list[Ground]:
    """Write a passage line by line; the grounds of its quote and its figure."""
    out: list[Ground] = []
    at = 0
    lines = passage.text.split("\n")
    for number, line in enumerate(lines):
        if not line.strip() and block is TIDIED:  # paragraphs are parted by their own room
            at += len(line) + 1
            continue
        page.block(block)
        before = DOTS if number == 0 and not passage.begun else ""
        after = DOTS if number == len(lines) - 1 and not passage.ended else ""
        page.say(before, Style("text-3", 0.9375))
        start, _ = page.say(line, TEXT)
        page.say(after, Style("text-3", 0.9375))
        lights = [(passage.quote, "evidence"), *((place, "evidence") for place in passage.more)]
        for place, kind in (*lights, (passage.figure, "proof")):
            if place and place[0] < at + len(line) and at < place[1]:
                left, right = max(0, place[0] - at), min(len(line), place[1] - at)
                out.append(Ground(start + _units(line, left), start + _units(line, right), kind))  # type: ignore[arg-type]
        at += len(line) + 1
    return out


def _units(text: str, at: int) -> int:
    """Qt counts in UTF-16 units, our spans in code points; they differ for rare characters such as 𠮷."""
    return at + sum(c > "\uffff" for c in text[:at])
