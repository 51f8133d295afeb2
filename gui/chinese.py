"""Lets Qt's own menus, buttons and file dialogs speak Chinese, whatever the language of the system is."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QTranslator

MISSING = {
    "Drive": "磁盘",
    "File": "文件",
    "File Folder": "文件夹",
    "Folder": "文件夹",
    "Shortcut": "快捷方式",
    "Alias": "替身",
    "Unknown": "未知",
    "%1 File": "%1 文件",
}
"""What Qt's file dialog says and its Chinese translation lacks."""


class _Missing(QTranslator):
    """Says what Qt's translation has no words for."""

    def isEmpty(self) -> bool:
        return False

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str | None:  # type: ignore[override]
        """Return the Chinese for a kind of file, None for all that others translate."""
        return MISSING.get(source) if "FileIconProvider" in context else None


def speak_chinese(app: QCoreApplication) -> None:
    """Have Qt's own texts in Chinese; call it before the first widget is made."""
    if app.findChild(_Missing) is not None:
        return
    words = QTranslator(app)
    words.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    for translator in (words, _Missing(app)):
        app.installTranslator(translator)
