"""Writes the locks of Python packages: for each system what is shipped, and what it is built with, with SHA-256.

``python renew_python.py .ci/package`` runs in the environment that .ci/package/tools makes (pip, packaging, setuptools
as locked). pip resolves for the target's platform; what only the target's markers ask for is added until nothing is
missing. Locked versions are kept where pyproject.toml allows them; with NEWEST=1 they are not looked at.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PYTHON = "3.11"
OTHER_PYTHONS = ("3.12", "3.13")
"""Also locked, so that ``make package ARGS=--here`` works with them."""
SOURCE_ONLY = {"jieba"}
"""What its authors publish as source only; built here with the locked setuptools."""
TOOLS = ["pip", "setuptools", "packaging"]
"""What the build itself needs beside the project's optional dependencies ``package``."""
LINE = re.compile(r"^([\w.-]+)==(\S+)", re.M)


@dataclass(frozen=True)
class System:
    """A system that the program is built for."""

    name: str
    platforms: list[str]
    markers: dict[str, str]


def manylinux(machine: str, newest: int) -> list[str]:
    """The tags of wheels that run on a glibc 2.``newest``."""
    return [f"manylinux_2_{minor}_{machine}" for minor in range(newest, 4, -1)] + [f"manylinux2014_{machine}"]


def markers(machine: str, platform: str, system: str, name: str) -> dict[str, str]:
    """The environment that the markers of requirements are judged in."""
    return {
        "python_version": PYTHON, "python_full_version": f"{PYTHON}.0", "implementation_name": "cpython",
        "platform_python_implementation": "CPython", "sys_platform": platform, "platform_system": system,
        "platform_machine": machine, "os_name": name, "extra": "",
    }  # fmt: skip


SYSTEMS = (
    System("x86_64", manylinux("x86_64", 28), markers("x86_64", "linux", "Linux", "posix")),
    System("aarch64", manylinux("aarch64", 31), markers("aarch64", "linux", "Linux", "posix")),
    System("windows", ["win_amd64"], markers("AMD64", "win32", "Windows", "nt")),
)


@dataclass
class Lock:
    """Packages with their versions and the SHA-256 of their files."""

    versions: dict[str, str] = field(default_factory=dict)
    hashes: dict[str, set[str]] = field(default_factory=dict)
    asks: dict[str, list[str]] = field(default_factory=dict)

    def add(self, report: list[dict[str, Any]]) -> None:
        """Take over what pip would install."""
        for item in report:
            name = canonicalize_name(item["metadata"]["name"])
            self.versions[name] = item["metadata"]["version"]
            self.hashes.setdefault(name, set()).add(item["download_info"]["archive_info"]["hashes"]["sha256"])
            self.asks[name] = item["metadata"].get("requires_dist", [])

    def missing(self, environment: dict[str, str]) -> list[str]:
        """What the packages ask for in that environment and is not among them."""
        wanted = (Requirement(text) for texts in self.asks.values() for text in texts)
        asked = (w for w in wanted if not w.marker or w.marker.evaluate(environment))
        return sorted({str(w.name) for w in asked if canonicalize_name(w.name) not in self.versions})

    def text(self) -> str:
        """The lock as pip reads it."""
        lines = []
        for name, version in sorted(self.versions.items()):
            lines.append(
                " \\\n    ".join([f"{name}=={version}", *(f"--hash=sha256:{h}" for h in sorted(self.hashes[name]))])
            )
        return "\n".join(lines) + "\n"


def ask_pip(*words: str) -> list[dict[str, Any]]:
    """What pip would install."""
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--dry-run", "--ignore-installed", "--report", "-"]
    result = subprocess.run([*command, *words], capture_output=True, text=True)
    if result.returncode:
        raise SystemExit(
            f"{result.stderr.strip()}\n(只有源码的包要写进 SOURCE_ONLY / source-only packages belong into SOURCE_ONLY)"
        )
    found: list[dict[str, Any]] = json.loads(result.stdout)["install"]
    return found


def wheels(system: System, python: str, constraints: Path, requirements: list[str], *more: str) -> list[dict[str, Any]]:
    """What pip would install on that system of wheels alone."""
    tags = [word for platform in system.platforms for word in ("--platform", platform)]
    return ask_pip(
        "--only-binary=:all:",
        "--implementation",
        "cp",
        "--python-version",
        python,
        *tags,
        "-c",
        str(constraints),
        *more,
        *requirements,
    )


def is_source_only(requirement: str) -> bool:
    """Whether there is no wheel of what is required."""
    return canonicalize_name(Requirement(requirement).name) in SOURCE_ONLY


def sources(requirements: list[str], constraints: Path) -> Lock:
    """What is published as source only, with the SHA-256 of the source."""
    lock = Lock()
    found = ask_pip("--no-deps", "--no-build-isolation", "--no-binary=:all:", "-c", str(constraints), *requirements)
    lock.add(found)
    return lock


def resolve(system: System, requirements: list[str], constraints: Path) -> Lock:
    """The packages that the requirements come to on a system."""
    lock = Lock()
    wanted = [Requirement(text) for text in requirements]
    named = [str(w) for w in wanted if not w.marker or w.marker.evaluate(system.markers)]
    binary = [text for text in named if not is_source_only(text)]
    while binary:
        lock.add(wheels(system, PYTHON, constraints, binary))
        more = lock.missing(system.markers)
        binary = [*binary, *more] if more else []
    exact = [f"{name}=={version}" for name, version in lock.versions.items()]
    for python in OTHER_PYTHONS:
        lock.add(wheels(system, python, constraints, exact, "--no-deps"))
    return lock


def constraints_of(texts: list[str], project: list[str]) -> str:
    """The locked versions that the project still allows, as constraints."""
    allowed = {canonicalize_name(r.name): r.specifier for r in map(Requirement, project)}
    rows = {name: version for text in texts for name, version in LINE.findall(text)}
    kept = {n: v for n, v in rows.items() if canonicalize_name(n) not in allowed or v in allowed[canonicalize_name(n)]}
    return "".join(f"{name}=={version}\n" for name, version in kept.items())


def old(*paths: Path) -> list[str]:
    """The text of locks that are there, unless the newest versions are wanted."""
    return [path.read_text("utf-8") for path in paths if path.exists() and not os.environ.get("NEWEST")]


def renew(path: Path, about: str, requirements: list[str], *with_them: Path, system: System | None = None) -> None:
    """Write a lock; what stands in the locks installed with it keeps its version."""
    kept = constraints_of([*old(path), *(p.read_text("utf-8") for p in with_them)], requirements)
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write(kept)
        file.flush()
        lock = resolve(system, requirements, Path(file.name)) if system else sources(requirements, Path(file.name))
    path.write_text(f"# {about}; written by renew-locks.\n{lock.text()}", "utf-8")


def main() -> int:
    """Write all locks of Python packages."""
    import tomllib

    here = Path(sys.argv[1])
    project = tomllib.loads((here.parents[1] / "pyproject.toml").read_text("utf-8"))["project"]
    shipped, tools = project["dependencies"], [*TOOLS, *project["optional-dependencies"]["package"]]
    renew(
        here / "locks" / "python-source.txt",
        "Shipped, published as source only",
        [t for t in shipped if is_source_only(t)],
    )
    for system in SYSTEMS:
        run, build = (here / "locks" / f"{kind}-{system.name}.txt" for kind in ("python", "build"))
        renew(run, f"{system.name}: what the program is shipped with", shipped, system=system)
        renew(build, f"{system.name}: what it is built with", tools, run, system=system)
    return 0


if __name__ == "__main__":
    sys.exit(main())
