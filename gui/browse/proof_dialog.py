"""出处: everything that a case says, and its printed words lit in the source and in the tidied text beside it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QSplitter, QVBoxLayout, QWidget

from core.editing.proving import Proof, Proved
from core.writing.figure_text import grouped
from gui import theme
from gui.edit.lit_text import LitText
from gui.kit.basics import divide
from gui.kit.columns import Column
from gui.kit.plain import Label, level
from gui.kit.records import RecordsModel
from gui.kit.table import RecordsView
from gui.kit.words import QT_TRANSLATE_NOOP

_P = "ProofDialog"


class ProofDialog(QDialog):
    """The statements of a case as a table; the one that is chosen shines in both texts below it."""

    def __init__(self, parent: QWidget | None, proved: Proved, part: str = "") -> None:
        """``part`` is the statement to begin with."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(level(_tr("出处：{0}").format(proved.case.title)))
        self.proved = proved
        self.model: RecordsModel[Proof] = RecordsModel(self._columns(), _P, self)
        self.table = RecordsView(self.model, _tr("案例里的每一项"), self)
        self.printed, self.tidied = LitText(_tr("原文")), LitText(_tr("整理后"))
        self._told = Label()
        self._told.setProperty("role", "missing")
        self._told.setWordWrap(True)
        self._lay_out()
        self.table.chosen.connect(self._show)
        nothing = _tr("这个案例没有原文。")
        self.printed.show_text(proved.source, nothing)
        self.tidied.show_text(proved.words.text, nothing)
        self.table.show_records(proved.proofs)
        row = self.model.row_where(lambda proof: proof.part == part)
        self.table.choose(max(0, row))
        self.table.setFocus()

    def _columns(self) -> tuple[Column[Proof], ...]:
        return (
            Column("name", QT_TRANSLATE_NOOP(_P, "项"), lambda p: p.name, "whole"),
            Column("said", QT_TRANSLATE_NOOP(_P, "案例里写的"), lambda p: p.said, least=160, most=420, ink="text"),
            Column(
                "printed", QT_TRANSLATE_NOOP(_P, "印的原话"), self._words, least=120, grows=True,
                ink=lambda p: "text-2" if p.spans or p.cited else "warning", hint=lambda p: p.note or self._words(p),
            ),
        )  # fmt: skip

    def _words(self, proof: Proof) -> str:
        """The printed words, each once, else the citation, or that there is neither."""
        source = self.proved.source
        texts = dict.fromkeys("".join(source[span.start : span.end].split()) for span in proof.spans)
        if proof.cited and not texts:
            return _tr("出处：{0}").format(proof.cited)
        return "、".join(texts) if texts else _tr("未找到出处")

    def _show(self, proof: Proof) -> None:
        self.printed.light([(span.start, span.end) for span in proof.spans])
        self.tidied.light(self.proved.tidied(proof))
        missing = _tr("未找到出处：原文里没有「{0}」。")
        if self.proved.is_excerpt:
            missing = _tr("未找到出处：这一例只留了原文的摘录，摘录里没有「{0}」。")
        words = "" if proof.spans or proof.cited else missing.format(proof.said)
        told = "　".join(x for x in (words, proof.note) if x)
        self._told.setText(told)
        self._told.setVisible(bool(told))

    def _lay_out(self) -> None:
        where, missing = Label(), sum(not (proof.spans or proof.cited) for proof in self.proved.proofs)
        where.setText(self.proved.printed_where)
        where.setFont(theme.font("section"))
        where.setWordWrap(True)
        count = Label(_tr("{0} 项，{1} 项未找到出处").format(grouped(len(self.proved.proofs)), grouped(missing)))
        count.setProperty("role", "secondary")
        head = QHBoxLayout()
        head.addWidget(where, 1)
        head.addWidget(count)
        texts = QSplitter(Qt.Orientation.Horizontal)
        divide(texts, (self.printed, 500, 1), (self.tidied, 500, 1))
        for text in (self.printed, self.tidied):
            text.layout().setContentsMargins(theme.GAP_S, theme.GAP_S, theme.GAP_S, 0)  # type: ignore[union-attr]
        both = QSplitter(Qt.Orientation.Vertical)
        divide(both, (self.table, 220, 1), (texts, 400, 2))
        close = QPushButton(_tr("关闭"))
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.addWidget(self._told, 1)
        foot.addStretch(0)
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(theme.GAP_S)
        column.addLayout(head)
        column.addWidget(both, 1)
        column.addLayout(foot)
        room = self.screen().availableSize()
        self.resize(min(1100, room.width() - 16), min(720, room.height() - 48))


def _tr(text: str) -> str:
    return QCoreApplication.translate(_P, text)
