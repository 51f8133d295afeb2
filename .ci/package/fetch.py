"""Fetches the pinned files of Debian into a cache: each is what the lock says, by its SHA-256, or the build ends.

``python3 fetch.py CACHE LOCK …``. A line of a lock is ``SHA256 SIZE PATH``; PATH begins with the archive's name, as
``debian/pool/main/…``. Asked is $MIRROR (the address that holds the archives, without their names), else the mirrors
that this machine's apt knows, and debootstrap's own. A file that lies in CACHE with the right SHA-256 is not asked for.
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

HELPER = "/usr/lib/apt/apt-helper"
ARCHIVE = re.compile(r"^(.*)/debian(-security)?/?$")
AT_ONCE = 50
"""So many files a call, as a command line has an end."""


@dataclass(frozen=True)
class Pin:
    """A file of Debian's as it must be."""

    sha256: str
    size: int
    path: str

    @property
    def name(self) -> str:
        """The file's own name, which it has in the cache."""
        return self.path.rpartition("/")[2]


def pins_in(text: str) -> list[Pin]:
    """The files that a lock names."""
    rows = (line.split() for line in text.splitlines() if line and not line.startswith("#"))
    return [Pin(sha256, int(size), path) for sha256, size, path in rows]


def unlocked(versions: dict[str, str], pins: list[Pin]) -> list[str]:
    """The Debian packages of these versions, as ``name version``, whose file is not among the pins."""
    files = {tuple(pin.name.split("_")[:2]) for pin in pins}
    return sorted(f"{name} {v}" for name, v in versions.items() if (name, v.rpartition(":")[2]) not in files)


def is_right(file: Path, pin: Pin) -> bool:
    """Whether the file is there and is the pinned one."""
    return (
        file.is_file()
        and file.stat().st_size == pin.size
        and hashlib.sha256(file.read_bytes()).hexdigest() == pin.sha256
    )


def bases_in(addresses: Iterable[str]) -> list[str]:
    """Where archives lie, each once, of addresses that end in the name of one of Debian's archives."""
    found = (ARCHIVE.match(address) for address in addresses)
    return list(dict.fromkeys(match[1] for match in found if match))


def mirrors() -> list[str]:
    """Where to ask, in order: the place that was named, else those that are known."""
    if given := os.environ.get("MIRROR", "").rstrip("/"):
        return [given]
    asked = ["apt-get", "indextargets", "--format", "$(REPO_URI)", "Created-By: Packages"]
    known = subprocess.run(asked, capture_output=True, text=True).stdout.split()
    debootstrap = Path("/usr/sbin/debootstrap")
    own = re.findall(r'^DEF_MIRROR="(.*)"', debootstrap.read_text("utf-8"), re.M) if debootstrap.exists() else []
    return bases_in([*known, *own])


def ask(base: str, pins: list[Pin], cache: Path) -> None:
    """Fetch what can be had at one place; a file with another SHA-256 is not kept."""
    for start in range(0, len(pins), AT_ONCE):
        parts = [(f"{base}/{p.path}", str(cache / p.name), f"SHA256:{p.sha256}") for p in pins[start : start + AT_ONCE]]
        command = [
            HELPER,
            "-qq",
            "-o",
            "APT::Sandbox::User=root",
            "download-file",
            *(word for part in parts for word in part),
        ]
        subprocess.run(command, capture_output=True)


def fetch(cache: Path, pins: list[Pin], bases: list[str]) -> list[Pin]:
    """Fill the cache; return what could not be had anywhere."""
    missing = [pin for pin in pins if not is_right(cache / pin.name, pin)]
    for base in bases:
        if missing:
            print(f"{len(missing)} 个文件 / files, {sum(p.size for p in missing) / 1e6:.0f} MB: {base}", flush=True)
            ask(base, missing, cache)
            missing = [pin for pin in missing if not is_right(cache / pin.name, pin)]
    return missing


def sentence(pin: Pin, cache: Path) -> str:
    """What to do about a file that is not to be had."""
    other = (cache / f"{pin.name}.FAILED").exists()
    what = "那里的文件不是记下的那个 / what is there is another file" if other else "哪里都没有了 / is nowhere any more"
    return f"{pin.name}：{what} ({pin.path})"


def main() -> int:
    """Fetch what the locks name; 1 and a sentence for each file that cannot be had."""
    cache = Path(sys.argv[1])
    cache.mkdir(parents=True, exist_ok=True)
    pins = [pin for lock in sys.argv[2:] for pin in pins_in(Path(lock).read_text("utf-8"))]
    bases = mirrors()
    missing = fetch(cache, pins, bases)
    if not missing:
        return 0
    print(*(sentence(pin, cache) for pin in missing), sep="\n", file=sys.stderr)
    print(
        f"问过 / asked: {', '.join(bases) or '—'}\n"
        f"换成现在有的版本：.ci/package/renew-locks debian；或者把这个文件放进 {cache}，或者用 MIRROR=别的地址。\n"
        "Renew the locks (.ci/package/renew-locks debian), put the file there, or name another mirror in MIRROR.",
        file=sys.stderr,
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
