"""The fonts of the program by role: one bundled family, and a reading font whose size and style a person chooses."""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontDatabase

from core.resources import shipped
from gui.theme.colours import notifier

RESOURCES = shipped("resources")
FAMILY = "Anlan Sans"
FALLBACKS = ("Microsoft YaHei UI", "Noto Sans CJK SC", "PingFang SC", "sans-serif")
# Systems bring one of these; none is bundled.
SERIFS = ("思源宋体", "Source Han Serif SC", "Noto Serif CJK SC", "Noto Serif SC", "Songti SC", "STSong", "SimSun")

# role: (pixels, bold)
SIZES: dict[str, tuple[int, bool]] = {
    "interface": (14, False),
    "strong": (14, True),
    "secondary": (12, False),
    "section": (14, True),
    "title": (20, True),
    "figure": (24, False),
    "reading": (16, False),
}
LINE_HEIGHT = 1.7
SMALLEST, LARGEST = 12, 32


class _Reading:
    """How a person wants to read."""

    pixels = SIZES["reading"][0]
    serif = False


def load_fonts() -> str:
    """Make the bundled font known to Qt, once an application exists; the family's name, empty when it is missing."""
    if FAMILY in QFontDatabase.families():
        return FAMILY
    at = QFontDatabase.addApplicationFont(str(RESOURCES / "fonts" / "AnlanSans-Regular.otf"))
    return next(iter(QFontDatabase.applicationFontFamilies(at)), "") if at >= 0 else ""


def font(role: str) -> QFont:
    """The font of a role; its figures are of equal width. KeyError for a role that is not in the table."""
    pixels, bold = SIZES[role]
    out = QFont()
    serif = (system_serif(),) if role == "reading" and _Reading.serif and system_serif() else ()
    out.setFamilies([*serif, FAMILY, *FALLBACKS])
    out.setPixelSize(_Reading.pixels if role == "reading" else pixels)
    out.setBold(bold)
    return out


def system_serif() -> str:
    """The serif that this machine brings for Chinese, empty when there is none."""
    here = set(QFontDatabase.families())
    return next((name for name in SERIFS if name in here), "")


def reading_size() -> int:
    """The size of reading text in pixels."""
    return _Reading.pixels


def set_reading_size(pixels: int) -> None:
    """Read larger or smaller, within limits, and tell the panes."""
    wanted = max(SMALLEST, min(LARGEST, pixels))
    if wanted != _Reading.pixels:
        _Reading.pixels = wanted
        notifier.changed.emit()


def reading_serif() -> bool:
    """Whether a person wants to read in a serif."""
    return _Reading.serif


def set_reading_serif(wanted: bool) -> None:
    """Read in the system's serif, where it has one, or in the program's own font."""
    _Reading.serif = wanted
    notifier.changed.emit()
