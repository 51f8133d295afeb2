"""Imports every module of the standard library that we need; a missing one is named and ends the build.

``python3.11 modules.py`` is run by the interpreter that was just compiled: configure leaves out a module whose library
it does not find, and says so only in passing.
"""

from __future__ import annotations

import importlib
import sys

ABSENT = frozenset(
    # The network's part on purpose; what belongs to terminals, to other systems or to games.
    "ssl _ssl _hashlib asyncio.sslproto tkinter _tkinter turtle turtledemo idlelib curses _curses _curses_panel"
    " readline dbm _dbm _gdbm nis ossaudiodev _uuid ensurepip antigravity this"
    " _msi _overlapped _scproxy _winapi _wmi msilib msvcrt nt winreg winsound _osx_support".split()
)
"""What may be missing, by name; everything else of ``sys.stdlib_module_names`` may not."""


def wanted() -> list[str]:
    """The modules that must be there."""
    return sorted(set(sys.stdlib_module_names) - ABSENT)


def missing(names: list[str]) -> dict[str, str]:
    """The modules that cannot be imported, with the reasons."""
    found = {}
    for name in names:
        try:
            importlib.import_module(name)
        except ImportError as error:
            found[name] = str(error)
    return found


def main() -> int:
    """Tell how many there are; 1 when one is missing."""
    names = wanted()
    faults = missing(names)
    for name, reason in faults.items():
        print(f"缺少标准模块 / standard module missing: {name} ({reason})", file=sys.stderr)
    print(f"{len(names) - len(faults)} 个标准模块 / standard modules, Python {sys.version.split()[0]}")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
