"""Lets Qt's own menus, buttons, keys and file dialogs speak Chinese, whatever the language of the system is."""

from __future__ import annotations

from collections.abc import MutableMapping

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

KEY_NAMES = {
    "Return": "回车",
    "Enter": "Enter",
    "Up": "↑",
    "Down": "↓",
    "Del": "Delete",
    "Ins": "Insert",
    "Space": "空格",
    "Backspace": "退格",
}
"""What keys are called on Chinese keyboards and in Chinese software, where Qt says it otherwise."""


class _Words(QTranslator):
    """Qt's Chinese, also where Qt asks for it under a name that its translation does not know."""

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str | None:  # type: ignore[override]
        """Return the Chinese, None where Qt has none; kinds of files are known as words of the file dialog."""
        if context == "QShortcut" and source in KEY_NAMES:
            return KEY_NAMES[source]
        context = "QFileDialog" if "FileIconProvider" in context else context
        said = super().translate(context, source, disambiguation, n)
        return said.replace("撤消", "撤销") or None  # an empty text would be shown


def prepare_dates(environment: MutableMapping[str, str]) -> None:
    """Have Qt's file dialog write dates as in Chinese; call it before the application is made.

    The dialog takes no locale but the one of the system, which Qt reads from here once.
    """
    if whole := environment.pop("LC_ALL", ""):  # it would hold for dates, too
        environment["LANG"] = whole
    environment["LC_TIME"] = "zh_CN.UTF-8"


def speak_chinese(app: QCoreApplication) -> None:
    """Have Qt's own texts in Chinese; call it before the first widget is made."""
    if app.findChild(_Words) is not None:
        return
    words = _Words(app)
    words.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    app.installTranslator(words)
    QLocale.setDefault(QLocale("zh_CN"))
