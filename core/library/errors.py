"""What can be wrong with a library file, said so that a reader knows what was and what was not done."""

from __future__ import annotations


class LibraryError(Exception):
    """Something is wrong with a library; ``str(error)`` is for the user, ``detail`` is the technical rest."""

    def __init__(self, message: str, detail: str = "") -> None:
        super().__init__(message)
        self.detail = detail


class NotALibrary(LibraryError):  # noqa: N818 - a name for what the file is
    """The file is something else."""


class DamagedLibrary(LibraryError):  # noqa: N818
    """The file was a library and cannot be read as one any more."""


class NewerLibrary(LibraryError):  # noqa: N818
    """The file was written by a newer version of the program."""


class LockedLibrary(LibraryError):  # noqa: N818
    """Another program holds the file."""


class ReadOnlyLibrary(LibraryError):  # noqa: N818
    """A change was asked of a library that is open for reading only."""


class MissingLibrary(LibraryError):  # noqa: N818
    """There is no such file, or it is a folder."""


class SealedPacket(LibraryError):  # noqa: N818
    """The file is opened by a password, and none was given, or another one."""


class AlreadyImported(LibraryError):  # noqa: N818
    """The same text as a page's is in the library already; ``source_id`` says which source it is."""

    reason = "已经导入过，没有重复导入"
    """What is to be said of the page where its name stands beside."""

    def __init__(self, name: str, source_id: str) -> None:
        super().__init__(f"「{name}」的内容{self.reason}。", f"source {source_id}")
        self.source_id = source_id
