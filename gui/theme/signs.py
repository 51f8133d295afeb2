"""Small signs painted by hand: how much of something is in which state, and a star."""

from __future__ import annotations

from functools import lru_cache
from math import cos, pi, sin
from typing import TYPE_CHECKING

from PySide6 import QtCore
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QIcon, QPainter, QPen, QPixmap, QPolygonF

from gui.theme.colours import color, scheme
from gui.theme.states import ROLES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.records import State


LEAST_SLICE = 0.1
"""So much of the dot is filled by the smallest part, so that it is seen."""


def paint_parts(painter: QPainter, box: QRectF, shares: Mapping[State, float]) -> None:
    """Draw into a square box how much (0–1) of something is checked, doubtful, wrong: a dot that fills like a clock."""
    side = box.width() * 0.8
    disc = QRectF(box.center().x() - side / 2, box.center().y() - side / 2, side, side)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(color("text-3"), box.width() * 0.08))
    painter.setBrush(QtCore.Qt.BrushStyle.NoBrush)
    painter.drawEllipse(disc)
    painter.setPen(QtCore.Qt.PenStyle.NoPen)
    inner, begin = disc.adjusted(side * 0.17, side * 0.17, -side * 0.17, -side * 0.17), 90.0
    for state, share in shares.items():
        sweep = -360 * max(LEAST_SLICE, share) if share > 0 else 0
        painter.setBrush(color(ROLES[state]))
        painter.drawPie(inner, round(begin * 16), round(sweep * 16))
        begin += sweep
    painter.restore()


def paint_star(painter: QPainter, box: QRectF, on: bool) -> None:
    """Draw a star into a square box: filled where it is set, else its outline."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    role = "warning" if on else "text-3"
    painter.setPen(QPen(color(role), box.width() * 0.08, QtCore.Qt.PenStyle.SolidLine, QtCore.Qt.PenCapStyle.RoundCap))
    painter.setBrush(color(role) if on else QtCore.Qt.BrushStyle.NoBrush)
    painter.drawPolygon(_star(box))
    painter.restore()


def star_icon(on: bool) -> QIcon:
    """A star as an icon of 16 pixels in the colours of now; an empty icon where none is set."""
    return _icon(on, scheme()) if on else QIcon()


@lru_cache(maxsize=4)
def _icon(on: bool, scheme: str) -> QIcon:
    out = QIcon()
    for scale in (1, 2, 3):
        drawn = QPixmap(16 * scale, 16 * scale)
        drawn.fill(QtCore.Qt.GlobalColor.transparent)
        with QPainter(drawn) as painter:
            paint_star(painter, QRectF(0, 0, 16 * scale, 16 * scale), on)
        out.addPixmap(drawn)
    return out


def _star(box: QRectF) -> QPolygonF:
    """The ten corners of a star that points up."""
    reach, middle = box.width() * 0.45, box.center() + QPointF(0, box.width() * 0.03)
    corners = []
    for at in range(10):
        radius, angle = reach * (0.45 if at % 2 else 1), pi * at / 5
        corners.append(middle + QPointF(radius * sin(angle), -radius * cos(angle)))
    return QPolygonF(corners)
