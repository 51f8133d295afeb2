"""What the program remembers of a person: the window, the columns, the last library, the last searches."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QSettings

RECENT_LIBRARIES = 8
RECENT_SEARCHES = 20


class Settings:
    """A settings file; every value has a type and a default here."""

    def __init__(self, path: Path) -> None:
        self._file = QSettings(str(path), QSettings.Format.IniFormat)

    def text(self, key: str, default: str = "") -> str:
        """Return a text; the default when it was never kept."""
        return str(self._file.value(key, default))

    def flag(self, key: str, default: bool) -> bool:
        """A flag; the default when somebody wrote something else into the file."""
        return {"1": True, "true": True, "0": False, "false": False}.get(self.text(key), default)

    def number(self, key: str, default: int) -> int:
        """A whole number; the default when somebody wrote something else into the file."""
        try:
            return int(self.text(key, str(default)))
        except ValueError:
            return default

    def texts(self, key: str) -> list[str]:
        """A list of texts; empty when the file holds something else."""
        import json

        try:
            found = json.loads(self.text(key, "[]"))
        except ValueError:
            return []
        return [x for x in found if isinstance(x, str)] if isinstance(found, list) else []

    def bytes(self, key: str) -> QByteArray:
        """Return the kept state of a widget; empty when the file holds something else."""
        found = self._file.value(key)
        return found if isinstance(found, QByteArray) else QByteArray()

    def keep(self, key: str, value: Any) -> None:
        """Remember a text, a flag, a number, a list of texts or the state of a widget."""
        import json

        if isinstance(value, bool):
            value = "1" if value else "0"
        elif isinstance(value, (list, tuple)):
            value = json.dumps(list(value), ensure_ascii=False)
        self._file.setValue(key, value)

    def keep_first(self, key: str, value: str, most: int) -> list[str]:
        """Put the text at the head of a remembered list, once."""
        kept = [value, *(x for x in self.texts(key) if x != value)][:most]
        self.keep(key, kept)
        return kept

    def forget(self, key: str, value: str) -> None:
        """Take the text out of a remembered list."""
        self.keep(key, [x for x in self.texts(key) if x != value])

    def recent_libraries(self) -> Sequence[Path]:
        """The last libraries that still exist, newest first."""
        return [Path(x) for x in self.texts("libraries/recent") if Path(x).exists()]

    def write(self) -> None:
        """Write everything to the file now."""
        self._file.sync()
