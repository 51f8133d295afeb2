"""Looks into the built folder: which glibc it needs, that nothing in it speaks to a network, and its size.

``python .ci/package/check.py FOLDER [--glibc 2.28] [--megabytes 130]`` prints one line of JSON and fails when the
glibc needed is newer, the folder larger, or something is in it that should not be.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

UNWANTED = re.compile(
    r"QtNetwork|Qt6Network|(^|/)_ssl\b|libssl|libcrypto|QtQml|Qt6Qml|QtQuick|Qt6Quick|QtOpenGL|tkinter|_tkinter|libtk|libtcl"
    r"|libgtk|plugins/tls|plugins/networkinformation|qtwebengine|lac_small|setuptools|/pip/",
    re.IGNORECASE,
)
NEEDED = re.compile(r"GLIBC_(\d+)\.(\d+)(?:\.\d+)?")
Version = tuple[int, int]


def versions_in(listing: str) -> set[Version]:
    """The versions of glibc that ``objdump -T`` names beside undefined symbols."""
    lines = (line for line in listing.splitlines() if "*UND*" in line)
    return {(int(m[1]), int(m[2])) for line in lines for m in NEEDED.finditer(line)}


def unwanted_in(names: Iterable[str]) -> list[str]:
    """The names of files that must not be in the folder."""
    return sorted(name for name in names if UNWANTED.search(name))


def binaries_in(folder: Path) -> Iterator[Path]:
    """Programs and libraries, each once."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                if file.read(4) == b"\x7fELF":
                    yield path


def glibc_of(folder: Path) -> tuple[Version, list[str]]:
    """The newest version of glibc that is asked for, and by which files."""
    asked: dict[Version, list[str]] = {}
    for path in binaries_in(folder):
        # not check=True: objdump fails on a library without a dynamic symbol table, which asks for nothing
        listing = subprocess.run(["objdump", "-T", str(path)], capture_output=True, text=True).stdout
        for version in versions_in(listing):
            asked.setdefault(version, []).append(str(path.relative_to(folder)))
    newest = max(asked, default=(0, 0))
    return newest, asked.get(newest, [])


def main() -> int:
    """Print what was found; 1 when a limit is broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--glibc", help="newest glibc that may be needed, as 2.28")
    parser.add_argument("--megabytes", type=float, default=130)
    options = parser.parse_args()
    files = [p for p in options.folder.rglob("*") if p.is_file() and not p.is_symlink()]
    newest, askers = glibc_of(options.folder)
    size = sum(p.stat().st_size for p in files) / 1e6
    unwanted = unwanted_in(p.relative_to(options.folder).as_posix() for p in files)
    report = {
        "glibc": ".".join(map(str, newest)), "asked_by": askers[:8], "megabytes": round(size, 1), "files": len(files),
        "unwanted": unwanted,
    }  # fmt: skip
    print(json.dumps(report, ensure_ascii=False))
    faults = [f"不该在里面 / must not be there: {name}" for name in unwanted]
    if size > options.megabytes:
        faults.append(f"{size:.0f} MB，上限 / limit {options.megabytes:.0f} MB")
    if options.glibc and newest > tuple(map(int, options.glibc.split("."))):
        faults.append(f"需要 / needs glibc {report['glibc']}，上限 / limit {options.glibc}：{', '.join(askers)}")
    print("\n".join(faults), file=sys.stderr, end="\n" if faults else "")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
