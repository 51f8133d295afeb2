"""PDF files without a window: what ``python -m core export --pdf`` asks for by name, as core knows nothing of Qt."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from PySide6.QtGui import QFontDatabase, QGuiApplication

from core.exporting import Write
from core.writing.compilation import Fonts, fonts_from
from gui.theme.fonts import load_fonts
from gui.writing.pdf import write


def pdf_writer() -> tuple[Write, Fonts, Sequence[str]]:
    """Return what writes a PDF file, the fonts of this machine by role, and those of the standard that it lacks.

    On Linux no screen is asked for; elsewhere the system's own platform is wanted, as it knows the fonts.
    """
    if QGuiApplication.instance() is None:
        if sys.platform.startswith("linux"):
            os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        _Kept.app = QGuiApplication(sys.argv[:1])
        load_fonts()
    fonts, missing = fonts_from(QFontDatabase.families())
    return write, fonts, missing


class _Kept:
    """Qt must live as long as the process."""

    app: QGuiApplication | None = None
