"""Calm colours that tell the articles of a page apart, derived for each theme; a number always stands beside them."""

from __future__ import annotations

from PySide6.QtGui import QColor

from gui.theme.colours import Scheme, scheme

# Hues far from those that have a meaning of their own: amber (doubt), teal (proof), red (danger).
HUES = (212, 132, 282, 332, 88, 246, 196, 308)
# part: theme: (saturation, lightness); ``tint`` lies under text, ``strong`` under the article that is being worked on.
_PARTS: dict[str, dict[Scheme, tuple[float, float]]] = {
    "tint": {"light": (0.52, 0.955), "dark": (0.22, 0.175)},
    "strong": {"light": (0.50, 0.915), "dark": (0.26, 0.205)},
    "bar": {"light": (0.45, 0.38), "dark": (0.40, 0.62)},
    "on-bar": {"light": (0.30, 0.985), "dark": (0.40, 0.09)},
}


def article_color(part: str, at: int) -> QColor:
    """The colour of a part of the article with that place in the palette; places beyond the last begin again."""
    saturation, lightness = _PARTS[part][scheme()]
    hue = HUES[at % len(HUES)]
    loud = 0.65 if 60 < hue < 170 else 1.0  # greens look stronger than they measure
    return QColor.fromHslF(hue / 360, saturation * loud, lightness)
