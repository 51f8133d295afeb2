"""This machine, its person and its programs, so that others who share a file with them can tell them apart."""

from __future__ import annotations

import os
import sys
import zlib
from functools import cache
from pathlib import Path


@cache
def host() -> str:
    """Eight hexadecimal digits that another machine does not have: made from its own id and its name."""
    told = f"{_installed()} {computer()}"
    return f"{zlib.crc32(told.encode('utf-8', 'replace')):08x}"


def computer() -> str:
    """Return the name of this machine."""
    return os.uname().nodename if hasattr(os, "uname") else os.environ.get("COMPUTERNAME", "")


def person() -> str:
    """Return the name under which the person is logged in; empty when nobody says."""
    for name in ("USERNAME", "USER", "LOGNAME") if os.name == "nt" else ("LOGNAME", "USER", "USERNAME"):
        if os.environ.get(name):
            return os.environ[name]
    if hasattr(os, "getuid"):
        import pwd

        try:
            return pwd.getpwuid(os.getuid()).pw_name
        except KeyError:
            return ""
    return ""


def is_running(pid: int, birth: str) -> bool:
    """Whether the process of that number, begun then, still runs on this machine; without a ``birth`` any counts."""
    began = birth_of(pid)
    return began is not None and (not birth or not began or began == birth)


def birth_of(pid: int) -> str | None:
    """When a process began, eight hexadecimal digits; None when there is none, empty when the system does not tell."""
    if os.name == "nt":
        return _birth_on_windows(pid)
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return None
    except PermissionError:
        pass
    if sys.platform != "linux":
        return ""
    try:
        fields = Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()
        if fields[0] in (b"Z", b"X"):
            return None
        return f"{zlib.crc32(_boot() + fields[19]):08x}"
    except (OSError, IndexError):
        return ""


@cache
def _boot() -> bytes:
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_bytes()
    except OSError:
        return b""


def _installed() -> str:
    """The id that the system got when it was installed; machines that were cloned may share it."""
    if os.name == "nt":
        return _installed_on_windows()
    for place in ("/etc/machine-id", "/var/lib/dbus/machine-id"):
        try:
            return Path(place).read_text("ascii", "replace").strip()
        except OSError:
            continue
    return ""


if sys.platform == "win32":
    import ctypes

    def _installed_on_windows() -> str:
        import winreg

        try:
            with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, r"SOFTWARE\Microsoft\Cryptography") as key:
                return str(winreg.QueryValueEx(key, "MachineGuid")[0])
        except OSError:
            return ""

    def _birth_on_windows(pid: int) -> str | None:
        kernel = ctypes.windll.kernel32
        kernel.OpenProcess.restype = ctypes.c_void_p
        handle = ctypes.c_void_p(kernel.OpenProcess(0x1000, False, pid))  # may ask for limited information
        if not handle:
            return "" if kernel.GetLastError() == 5 else None  # there is one, and it is somebody else's
        try:
            times = [ctypes.c_ulonglong() for _ in range(4)]
            if not kernel.GetProcessTimes(handle, *map(ctypes.byref, times)):
                return ""
            began, ended = times[0].value, times[1].value
            return None if ended else f"{zlib.crc32(began.to_bytes(8, 'big')):08x}"
        finally:
            kernel.CloseHandle(handle)
else:

    def _installed_on_windows() -> str:
        return ""

    def _birth_on_windows(pid: int) -> str | None:
        return None
