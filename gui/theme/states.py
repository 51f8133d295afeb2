"""The four states of a case or a figure, each told by a shape, a colour and a word."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6 import QtCore
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFont, QIcon, QPainter, QPen, QPixmap

from gui.theme.colours import color, scheme

if TYPE_CHECKING:
    from core.records import State

ROLES: dict[State, str] = {"unchecked": "text-3", "checked": "success", "unsure": "warning", "wrong": "danger"}


def paint_state(painter: QPainter, box: QRectF, state: State) -> None:
    """Draw a state's shape into a square box: hollow dot, green tick, amber question mark, red stroke."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _SHAPES[state](painter, box)
    painter.restore()


def state_icon(state: State) -> QIcon:
    """A state's shape as an icon of 16 pixels in the colours of now."""
    return _icon(state, scheme())


@lru_cache(maxsize=16)
def _icon(state: State, scheme: str) -> QIcon:
    out = QIcon()
    for scale in (1, 2, 3):
        drawn = QPixmap(16 * scale, 16 * scale)
        drawn.fill(QtCore.Qt.GlobalColor.transparent)
        painter = QPainter(drawn)
        paint_state(painter, QRectF(0, 0, 16 * scale, 16 * scale), state)
        painter.end()
        out.addPixmap(drawn)
    return out


def _disc(box: QRectF, share: float) -> QRectF:
    side = box.width() * share
    return QRectF(box.center().x() - side / 2, box.center().y() - side / 2, side, side)


def _line(painter: QPainter, role: str, width: float) -> None:
    cap, join = QtCore.Qt.PenCapStyle.RoundCap, QtCore.Qt.PenJoinStyle.RoundJoin
    painter.setPen(QPen(color(role), width, QtCore.Qt.PenStyle.SolidLine, cap, join))
    painter.setBrush(QtCore.Qt.BrushStyle.NoBrush)


def _fill(painter: QPainter, role: str, box: QRectF) -> None:
    painter.setPen(QtCore.Qt.PenStyle.NoPen)
    painter.setBrush(color(role))
    painter.drawEllipse(box)


def _hollow(painter: QPainter, box: QRectF) -> None:
    _line(painter, ROLES["unchecked"], box.width() * 0.09)
    painter.drawEllipse(_disc(box, 0.58))


def _tick(painter: QPainter, box: QRectF) -> None:
    _fill(painter, ROLES["checked"], _disc(box, 0.84))
    _line(painter, "surface", box.width() * 0.11)
    points = ((0.32, 0.52), (0.45, 0.65), (0.68, 0.38))
    painter.drawPolyline([QPointF(box.x() + x * box.width(), box.y() + y * box.height()) for x, y in points])


def _question(painter: QPainter, box: QRectF) -> None:
    _line(painter, ROLES["unsure"], box.width() * 0.09)
    painter.drawEllipse(_disc(box, 0.78))
    font = QFont(painter.font())
    font.setPixelSize(max(6, round(box.width() * 0.58)))
    font.setBold(True)
    painter.setFont(font)
    painter.drawText(box, QtCore.Qt.AlignmentFlag.AlignCenter, "?")


def _struck(painter: QPainter, box: QRectF) -> None:
    _line(painter, ROLES["wrong"], box.width() * 0.09)
    inner = _disc(box, 0.78)
    painter.drawEllipse(inner)
    reach = inner.width() * 0.354
    middle = inner.center()
    painter.drawLine(middle + QPointF(-reach, reach), middle + QPointF(reach, -reach))


_SHAPES = {"unchecked": _hollow, "checked": _tick, "unsure": _question, "wrong": _struck}
