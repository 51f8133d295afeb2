"""Lucide's line drawings in the colours of the theme, and a way to keep them so when the theme changes."""

from __future__ import annotations

import weakref
from collections.abc import Sequence
from functools import lru_cache
from typing import Protocol

from PySide6.QtCore import QByteArray, QSize
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from gui.theme.colours import color, notifier
from gui.theme.fonts import RESOURCES

SIZES = (16, 20, 24)


class _Iconed(Protocol):
    def setIcon(self, icon: QIcon, /) -> None: ...


def icon(name: str, role: str = "text-2", sizes: Sequence[int] = SIZES) -> QIcon:
    """A drawing from resources/icons in a role's colour of now; paler when disabled. KeyError if there is none."""
    out = QIcon()
    for size in _pixels(sizes):
        out.addPixmap(pixmap(name, role, size), QIcon.Mode.Normal)
        out.addPixmap(pixmap(name, "control", size), QIcon.Mode.Disabled)
    return out


def _pixels(sizes: Sequence[int]) -> list[int]:
    """The sizes in device pixels, as the screens that are there need them."""
    ratios = {screen.devicePixelRatio() for screen in QGuiApplication.screens()} or {1.0}
    return sorted({round(size * ratio) for size in sizes for ratio in ratios})


def pixmap(name: str, role: str, pixels: int) -> QPixmap:
    """A drawing as device pixels, for painting by hand."""
    return _drawn(name, color(role).name(), pixels)


def set_icon(target: _Iconed, name: str, role: str = "text-2", sizes: Sequence[int] = SIZES) -> None:
    """Give an action or a button its icon, in the sizes that it is shown in, and renew it when the theme changes."""
    _dressed[target] = (name, role, sizes)
    target.setIcon(icon(name, role, sizes))


_dressed: weakref.WeakKeyDictionary[_Iconed, tuple[str, str, Sequence[int]]] = weakref.WeakKeyDictionary()


def _renew() -> None:
    for target, look in list(_dressed.items()):
        try:
            target.setIcon(icon(*look))
        except RuntimeError:  # Qt's half of it is gone already
            _dressed.pop(target, None)


notifier.changed.connect(_renew)


@lru_cache(maxsize=1024)
def _drawn(name: str, colour: str, pixels: int) -> QPixmap:
    out = QPixmap(QSize(pixels, pixels))
    out.fill(QColor(0, 0, 0, 0))
    painter = QPainter(out)
    _renderer(name, colour).render(painter)
    painter.end()
    return out


@lru_cache(maxsize=64)
def _renderer(name: str, colour: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(_svg(name).replace("currentColor", colour).encode()))


@lru_cache(maxsize=256)
def _svg(name: str) -> str:
    path = RESOURCES / "icons" / f"{name}.svg"
    if not path.is_file():
        raise KeyError(f"no icon {name}")
    return path.read_text(encoding="utf-8")
