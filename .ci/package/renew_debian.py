"""Writes the locks of Debian's files: the packages of the old system for each architecture, and CPython's source.

``python3 renew_debian.py .ci/package`` asks the mirrors that fetch.py asks, checks signatures, and keeps apt's state in
a folder of its own; this machine's packages are not touched.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import unquote

from fetch import mirrors

Suites = tuple[tuple[str, str], ...]
SUITES: Suites = (("debian", "bullseye"), ("debian-security", "bullseye-security"))
SOURCES: Suites = (("debian", "bookworm"),)
"""The main archive of a release that gets no point release any more: what lies there stays there."""
KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg"
ARCHITECTURES = ("amd64", "arm64")
CPYTHON = "python3.11"


class Apt:
    """apt with a state of its own, for one architecture."""

    def __init__(self, folder: Path, kind: str, base: str, suites: Suites, architecture: str) -> None:
        for part in ("lists/partial", "cache/archives/partial"):
            (folder / part).mkdir(parents=True)
        lines = [f"{kind} [signed-by={KEYRING}] {base}/{archive} {suite} main" for archive, suite in suites]
        (folder / "sources.list").write_text("\n".join(lines) + "\n", "utf-8")
        (folder / "status").touch()
        settings = {
            "Dir::Etc::sourcelist": folder / "sources.list",
            "Dir::Etc::sourceparts": "/dev/null",
            "Dir::State::lists": folder / "lists",
            "Dir::State::status": folder / "status",
            "Dir::Cache": folder / "cache",
            "APT::Architecture": architecture,
            "APT::Architectures": architecture,
            "APT::Sandbox::User": "root",
        }
        self.options = [word for name, value in settings.items() for word in ("-o", f"{name}={value}")]
        self.run("apt-get", "-qq", "update")

    def run(self, command: str, *words: str) -> str:
        """What a command of apt's prints."""
        result = subprocess.run([command, *self.options, *words], capture_output=True, text=True)
        if result.returncode:
            raise SystemExit(f"{command} {words[-1]}: {result.stderr.strip()}")
        return result.stdout


def paragraphs(text: str) -> list[dict[str, str]]:
    """The paragraphs of a list of Debian's, each with its fields of one line."""
    return [dict(re.findall(r"^([\w-]+): (.*)$", part, re.M)) for part in text.split("\n\n") if part.strip()]


def archive_of(path: str) -> str:
    """The archive that a path in a pool belongs to."""
    return "debian-security" if path.startswith("pool/updates/") else "debian"


def wanted_in(text: str) -> list[str]:
    """The names in a list of packages, one a line."""
    return [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]


def packages(apt: Apt, names: list[str]) -> list[str]:
    """Lines of a lock: the required packages, those named, and all that they depend on."""
    known = {Path(p["Filename"]).name: p for p in paragraphs(apt.run("apt-cache", "dumpavail"))}
    required = [p["Package"] for p in known.values() if p.get("Priority") == "required"]
    listing = apt.run("apt-get", "-qq", "--print-uris", "--no-install-recommends", "install", *required, *names)
    files = [Path(unquote(address)).name for address in re.findall(r"^'([^']+)'", listing, re.M)]
    rows = [known[name] for name in sorted(files)]
    return [f"{row['SHA256']} {row['Size']} {archive_of(row['Filename'])}/{row['Filename']}" for row in rows]


def source(apt: Apt) -> list[str]:
    """Lines of a lock: the files that CPython's source package is made of."""
    [text] = [t for t in apt.run("apt-cache", "showsrc", "--only-source", CPYTHON).split("\n\n") if t.strip()]
    place = re.search(r"^Directory: (.*)$", text, re.M)
    sums = re.search(r"^Checksums-Sha256:\s*\n((?: .*\n?)+)", text, re.M)
    assert place
    assert sums
    rows = (line.split() for line in sums[1].splitlines())
    return [
        f"{sha256} {size} {archive_of(place[1])}/{place[1]}/{name}"
        for sha256, size, name in rows
        if not name.endswith(".asc")
    ]


def write(path: Path, about: str, lines: list[str]) -> None:
    """Write a lock with its heading."""
    path.write_text(
        "\n".join([f"# {about}", "# SHA-256, bytes, place in the archive; written by renew-locks.", *lines]) + "\n",
        "utf-8",
    )


def main() -> int:
    """Write all locks of Debian's files."""
    here = Path(sys.argv[1])
    base = mirrors()[0]
    names = wanted_in((here / "debian-11.packages").read_text("utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        for architecture in ARCHITECTURES:
            apt = Apt(Path(folder, architecture), "deb", base, SUITES, architecture)
            write(
                here / "locks" / f"debian-{architecture}.txt", f"The old system, {architecture}.", packages(apt, names)
            )
        apt = Apt(Path(folder, "source"), "deb-src", base, SOURCES, ARCHITECTURES[0])
        write(here / "locks" / "cpython.txt", "CPython: the source, and Debian's patches.", source(apt))
    return 0


if __name__ == "__main__":
    sys.exit(main())
