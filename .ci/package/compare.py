"""Says whether two builds are the same, byte for byte: ``python3 compare.py ONE OTHER``, two folders or two archives.

Named are the files that differ or that only one has; of archives (.tar.xz, .deb) also what in them differs. Ends with
1 when anything does.
"""

from __future__ import annotations

import hashlib
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

OPENERS = {".xz": ["tar", "-xJf", "{file}", "-C", "{into}"], ".deb": ["dpkg-deb", "-R", "{file}", "{into}"]}
"""How an archive is opened, by the end of its name."""


def contents(folder: Path) -> dict[str, str]:
    """What lies in a folder: each file with its mode and SHA-256, each link with its target."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder))
        if path.is_symlink():
            found[name] = f"-> {path.readlink()}"
        elif path.is_file():
            found[name] = f"{stat.filemode(path.stat().st_mode)} {hashlib.sha256(path.read_bytes()).hexdigest()}"
        else:
            found[name] = stat.filemode(path.stat().st_mode)
    return found


def differing(one: Path, other: Path) -> list[str]:
    """The names of files that are not the same in two folders."""
    a, b = contents(one), contents(other)
    return sorted(name for name in a.keys() | b.keys() if a.get(name) != b.get(name))


def inside(one: Path, other: Path) -> list[str]:
    """What differs in two archives of the same kind; nothing when only their wrapping does."""
    with tempfile.TemporaryDirectory() as work:
        places = [Path(work, "one"), Path(work, "other")]
        for file, into in zip((one, other), places, strict=True):
            into.mkdir()
            words = {"file": str(file), "into": str(into)}
            subprocess.run([word.format(**words) for word in OPENERS[file.suffix]], check=True)
        return differing(*places)


def main() -> int:
    """Print what differs."""
    one, other = map(Path, sys.argv[1:3])
    names = differing(one, other) if one.is_dir() else inside(one, other)
    for name in names:
        print(f"不同 / differs: {name}")
        if one.is_dir() and (one / name).suffix in OPENERS and (other / name).exists():
            print(*(f"    {inner}" for inner in inside(one / name, other / name)), sep="\n")
    print(f"{len(names)} 处不同 / differ: {one}, {other}")
    return bool(names)


if __name__ == "__main__":
    sys.exit(main())
