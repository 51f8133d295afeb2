"""On what a library lies: a disk of this machine, a folder on the network, or one that a program keeps in step."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

Sharing = Literal["", "network", "synced"]
_NETWORK_TYPES = {
    "nfs",
    "nfs4",
    "cifs",
    "smb3",
    "smbfs",
    "ncpfs",
    "afs",
    "ceph",
    "9p",
    "davfs",
    "glusterfs",
    "lustre",
    "vboxsf",
    "vmhgfs",
    "virtiofs",
}
_NETWORK_FUSE = ("gvfsd", "sshfs", "smbnetfs", "davfs", "rclone", "glusterfs", "vmhgfs", "ceph", "s3fs", "curlftpfs")
_SYNCED_NAMES = (
    "onedrive",
    "dropbox",
    "nutstore",
    "我的坚果云",
    "坚果云",
    "baidusyncdisk",
    "百度网盘同步空间",
    "wpsdrive",
    "wps云盘",
    "wps 云盘",
    "nextcloud",
    "owncloud",
    "seafile",
    "synologydrive",
    "google drive",
    "my drive",
    "mobile documents",
    "微云同步助手",
)
"""Names of the folders that such programs make, small letters; ``OneDrive - 单位`` and ``Nutstore Files`` begin so."""
_SYNCED_BEGINNINGS = tuple(name + sign for name in _SYNCED_NAMES for sign in (" ", "(", "（"))
_SYNCED_MARKS = (
    ".stfolder",
    ".dropbox",
    ".owncloudsync.log",
    ".nutstore",
    ".SynologyWorkingDirectory",
    ".seafile-data",
)
_SYNCED_VARIABLES = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")


def sharing(path: Path) -> Sharing:
    """Return how a file may be open on another machine at the same time; empty on a disk of this one."""
    folder = os.path.realpath(path.parent)
    if _is_on_network(folder):
        return "network"
    return "synced" if _is_synced(folder) else ""


def _is_on_network(folder: str) -> bool:
    if sys.platform == "win32":
        drive = os.path.splitdrive(folder)[0]
        if drive.startswith("\\\\"):
            return True
        import ctypes

        return bool(ctypes.windll.kernel32.GetDriveTypeW(drive + "\\") == 4)  # DRIVE_REMOTE
    return is_of_network(_type_of_mount(folder))


def is_of_network(kind: str) -> bool:
    """Whether a file system of this type is shared by machines, as Linux names it: ``nfs4``, ``fuse.sshfs``."""
    return kind in _NETWORK_TYPES or (kind.startswith("fuse") and any(name in kind for name in _NETWORK_FUSE))


def _type_of_mount(path: str) -> str:
    """The type of the file system that a path lies on; empty where the system does not tell."""
    found, longest = "", -1
    for point, kind in mounts(_mount_table()):
        if len(point) > longest and (path + "/").startswith(point.rstrip("/") + "/"):
            found, longest = kind, len(point)
    return found


def _mount_table() -> str:
    try:
        return Path("/proc/self/mountinfo").read_text("utf-8", "surrogateescape")
    except OSError:
        return ""


def mounts(table: str) -> Iterator[tuple[str, str]]:
    """Mount point and type of each line of ``/proc/self/mountinfo``, the last one on a point at the end."""
    for line in reversed(table.splitlines()):
        fields = line.split(" ")
        if "-" in fields[6:]:
            at = fields.index("-", 6)
            yield _unescaped(fields[4]), fields[at + 1]


def _unescaped(text: str) -> str:
    r"""Undo what the kernel does to spaces: ``\040``."""
    for code in ("040", "011", "012", "134") if "\\" in text else ():
        text = text.replace("\\" + code, chr(int(code, 8)))
    return text


def _is_synced(folder: str) -> bool:
    roots = [root for name in _SYNCED_VARIABLES if (root := os.environ.get(name))]
    if any((folder + os.sep).startswith(root.rstrip(os.sep) + os.sep) for root in roots):
        return True
    while (above := os.path.dirname(folder)) != folder:
        name = os.path.basename(folder).lower()
        if name in _SYNCED_NAMES or name.startswith(_SYNCED_BEGINNINGS):
            return True
        if any(os.path.lexists(os.path.join(folder, mark)) for mark in _SYNCED_MARKS):
            return True
        folder = above
    return False
