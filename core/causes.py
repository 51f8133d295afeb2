"""Why a file could not be written or read, in the words of the person who asked for it."""

from __future__ import annotations

import errno
import os
from pathlib import Path


class NotDone(Exception):  # noqa: N818 - a name for what happened
    """What was asked for was not done; ``str(error)`` says why and what did not change, in the user's words."""


LONGEST_NAME = 255
"""Bytes of a name on the file systems of Linux, UTF-16 units on those of Windows."""
LONGEST_PATH = 504 if os.name != "nt" else 259
"""What SQLite takes on Linux (in bytes, with room for the endings that it adds), what programs take on Windows."""
_BESIDE = 64
"""So long is the name of a file that is still being written, in the same folder."""
_NETWORK = "网络文件夹连不上"
_GONE = "所在的文件夹不在了（可能已移走、改名，或盘已拔出）"
_BY_NUMBER = {
    errno.ENAMETOOLONG: "文件名或路径太长",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "用完了分给您的磁盘空间",
    errno.EFBIG: "文件太大，超出了这个磁盘的限制",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "所在的盘是只读的",
    errno.ENOENT: _GONE,
    errno.ENOTDIR: "路径中间有一段不是文件夹",
    errno.EEXIST: "那里已有同名的文件",
    errno.EISDIR: "那里已有同名的文件夹",
    errno.EBUSY: "正被别的程序占用",
    errno.ETXTBSY: "正被别的程序占用",
    errno.EIO: "磁盘读写出错，盘可能坏了或没接好",
    errno.ENODEV: "盘不在了",
    errno.ENXIO: "盘不在了",
    errno.EMFILE: "程序打开的文件太多",
    errno.ESTALE: _NETWORK,
    errno.ETIMEDOUT: _NETWORK,
    errno.EHOSTDOWN: _NETWORK,
    errno.EHOSTUNREACH: _NETWORK,
    errno.ENOTCONN: _NETWORK,
}
_BY_WINDOWS = {
    3: _GONE,
    19: "所在的盘是只读的",
    21: "盘不在了",
    32: "正被别的程序占用",
    33: "正被别的程序占用",
    39: "磁盘已满",
    53: _NETWORK,
    59: _NETWORK,
    64: _NETWORK,
    67: _NETWORK,
    112: "磁盘已满",
    123: "文件名里有不能用的字符",
    206: "文件名或路径太长",
}


def cause_of(error: OSError, path: Path | None = None) -> str:
    """Return why the system refused, a clause without a full stop; ``path`` tells a long name from a long path."""
    if path is not None and error.errno == errno.ENAMETOOLONG and (said := too_long(path)):
        return said
    by_windows = _BY_WINDOWS.get(getattr(error, "winerror", None) or 0)
    return by_windows or _BY_NUMBER.get(error.errno or 0) or error.strerror or str(error)


def too_long(path: Path) -> str:
    """Why no file can have this path because of its length; empty when it can."""
    whole = path.absolute()
    if _size(whole.name) > LONGEST_NAME:
        return f"文件名太长（汉字至多 {_characters(LONGEST_NAME)} 个）"
    if _size(str(whole)) > LONGEST_PATH:
        return f"路径太长（文件夹和文件名合起来，汉字至多 {_characters(LONGEST_PATH)} 个）"
    return ""


def why_unwritable(path: Path) -> str:
    """Return why nothing can be written at a path, found by trying; empty when it can, and nothing is left behind.

    The file itself is never opened: closing it would give up the locks that this process has on it.
    """
    folder = path.absolute().parent
    if said := too_long(path) or too_long(folder / ("x" * _BESIDE)):
        return said
    probe = folder / f".{os.urandom(8).hex()}"
    try:
        try:
            probe.write_bytes(bytes(65536))
        finally:
            probe.unlink(missing_ok=True)
    except OSError as error:
        return cause_of(error)
    if path.is_dir():
        return _BY_NUMBER[errno.EISDIR]
    if path.exists() and not os.access(path, os.W_OK):
        return "文件是只读的，或没有权限"
    return ""


def _size(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2 if os.name == "nt" else len(os.fsencode(text))


def _characters(size: int) -> int:
    return size if os.name == "nt" else size // 3
