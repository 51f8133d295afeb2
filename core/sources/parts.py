"""The parts of a zipped document (.docx, .ofd): found by how they relate, unpacked and parsed within bounds."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Mapping

from lxml import etree

from core.sources.errors import PASTE, SourceError

MAX_XML = 64 << 20
"""The body of a book has some 5 MB of XML; what unpacks to more is a trap."""
MAX_ALL = 256 << 20
"""All parts that are read of one file together."""
_RATIO = 400


def local_name(tag: str) -> str:
    """Return the name of an element without its namespace."""
    return tag.rpartition("}")[2]


class PartReader:
    """What the parser calls, element by element, as it goes through a part; no tree is built."""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """A beginning tag."""

    def end(self, tag: str) -> None:
        """An ending tag."""

    def data(self, text: str) -> None:
        """Text."""

    def doctype(self, *_: object) -> None:
        """No part has a document type: whoever declares one wants entities expanded or files fetched."""
        raise _DoctypeError

    def close(self) -> None:
        """The end of the part."""


class Parts:
    """The parts of one file; raises ``SourceError`` for damage and traps."""

    def __init__(self, raw: bytes, name: str, kind: str, helps: str) -> None:
        """``kind`` is what such a file is called, ``helps`` what a person can do about a damaged one."""
        self._name, self._kind, self._helps = name, kind, helps
        self._left = MAX_ALL
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(raw))
        except Exception as error:  # a broken archive makes zipfile raise nearly anything
            raise self._damaged(error) from error

    def related(self, part: str = "") -> dict[str, str]:
        """Return the parts that a part refers to, by the last word of what they are to it (``styles``).

        The file as a whole, the part without a name, refers to its ``officeDocument``.
        """
        folder, file = posixpath.split(part)
        where = posixpath.join(folder, "_rels", f"{file}.rels")
        found = _Relations()
        if where in self._archive.namelist():
            self.parse(where, found)
        return {kind: posixpath.normpath(posixpath.join("/", folder, to))[1:] for kind, to in found.targets.items()}

    def parse(self, part: str, reader: PartReader) -> None:
        """Send a reader through a part."""
        parser = etree.XMLParser(target=reader, resolve_entities=False, load_dtd=False, no_network=True, huge_tree=True)
        try:
            parser.feed(self._unpacked(part))
            parser.close()
        except _DoctypeError as error:
            raise SourceError(self._name, f"带有外部引用，不是正常的 {self._kind}；{self._helps}") from error
        except etree.LxmlError as error:
            raise SourceError(self._name, f"已损坏；{self._helps}", str(error)) from error

    def _unpacked(self, part: str) -> bytes:
        try:
            entry = self._archive.getinfo(part)
            packed, unpacked = max(entry.compress_size, 1), entry.file_size
            if unpacked <= min(MAX_XML, self._left, _RATIO * packed):
                self._left -= unpacked
                return self._archive.read(entry)
        except Exception as error:
            raise self._damaged(error) from error
        raise SourceError(self._name, f"解开后大得不正常；{PASTE}", f"{packed} → {unpacked} bytes")

    def _damaged(self, error: Exception) -> SourceError:
        return SourceError(self._name, f"已损坏或不是 {self._kind}；{self._helps}", repr(error))


class _DoctypeError(Exception):
    """Raised out of the parser before it reads any declaration."""


class _Relations(PartReader):
    def __init__(self) -> None:
        self.targets: dict[str, str] = {}

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if attributes.get("TargetMode") != "External" and "Target" in attributes:
            self.targets.setdefault(attributes.get("Type", "").rpartition("/")[2], attributes["Target"])
