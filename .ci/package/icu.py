"""Makes ICU's data small: of the 32 MB that come with Qt, what Chinese and English need.

``python3.11 icu.py FOLDER`` changes ``libicudata.so.NN`` in the built folder; needs icupkg (Debian: icu-devtools), gcc.
Qt asks ICU to sort text, for time zones and for encodings; names of currencies, units and regions in six hundred
languages are never asked for. Locales that are left out fall back to the root's rules, as ICU does by itself.
"""

from __future__ import annotations

import re
import shutil
import struct
import subprocess
import sys
import tempfile
from pathlib import Path

LOCALE = re.compile(r"[a-z]{2,3}(_[A-Z][a-z]{3})?(_([A-Z]{2}|\d{3}))?(_[A-Z_]*)?\.res")
SPOKEN = re.compile(r"(zh|en)(_(Hans|Hant|CN|HK|MO|SG|TW|US|GB|001))*\.res")
WITHOUT = re.compile(r"(rbnf|brkitr|translit)/.*|.*\.spp")
ENCODINGS = re.compile(r"(gb18030|ibm-1386_P100-2001|ibm-1373_P100-2002|windows-9(36|50)-2000)\.cnv")
HEAD = b"CmnD"
"""What ICU's package of data begins with, two sizes and two marks into it."""


def is_wanted(item: str) -> bool:
    """Whether an item of the package stays."""
    name = item.rpartition("/")[2]
    if WITHOUT.fullmatch(item):
        return False
    if name.endswith(".cnv"):
        return bool(ENCODINGS.fullmatch(name))
    return not LOCALE.fullmatch(name) or name in ("root.res", "pool.res") or bool(SPOKEN.fullmatch(name))


def symbol_of(library: Path) -> tuple[str, int, int]:
    """The name, place in the file and length of the data in the library."""
    listing = subprocess.run(["objdump", "-T", str(library)], capture_output=True, text=True, check=True).stdout
    found = re.search(r"^([0-9a-f]+) g +DO (\.\w+)\s+([0-9a-f]+)\s+(?:\S+\s+)?(icudt\d+_dat)$", listing, re.M)
    if not found:
        raise SystemExit(f"{library.name}: no data of ICU in it")
    heads = subprocess.run(["objdump", "-h", str(library)], capture_output=True, text=True, check=True).stdout
    section = re.search(rf"^ *\d+ {re.escape(found[2])} +\S+ +(\S+) +\S+ +(\S+)", heads, re.M)
    assert section
    return found[4], int(found[1], 16) - int(section[1], 16) + int(section[2], 16), int(found[3], 16)


def make_small(library: Path) -> None:
    """Replace the library by one of the same name with less in it."""
    symbol, at, length = symbol_of(library)
    data = library.read_bytes()[at : at + length]
    head_size = struct.unpack_from("<H", data)[0]
    if data[2:4] != b"\xda\x27" or HEAD not in data[:head_size]:
        raise SystemExit(f"{library.name}: not ICU's package of data")
    soname = library.name
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        # icupkg names the items after the file that it writes, and ICU finds them by that name only
        whole, small, drop = work / f"{symbol[:-4]}l.dat", work / "small" / f"{symbol[:-4]}l.dat", work / "drop.txt"
        small.parent.mkdir()
        whole.write_bytes(data)
        items = subprocess.run(["icupkg", "-l", str(whole)], capture_output=True, text=True, check=True).stdout.split()
        drop.write_text("\n".join(item for item in items if not is_wanted(item)) + "\n", "utf-8")
        subprocess.run(["icupkg", "-r", str(drop), str(whole), str(small)], check=True)
        source = work / "data.s"
        source.write_text(
            f'.section .rodata\n.balign 16\n.globl {symbol}\n.type {symbol}, %object\n{symbol}:\n.incbin "{small}"\n'
            f'.size {symbol}, .-{symbol}\n.section .note.GNU-stack,"",%progbits\n',
            "utf-8",
        )
        made = work / soname
        subprocess.run(
            ["gcc", "-shared", "-nostdlib", "-s", f"-Wl,-soname,{soname}", "-o", str(made), str(source)], check=True
        )
        print(f"{soname}: {library.stat().st_size / 1e6:.1f} MB to {made.stat().st_size / 1e6:.1f} MB")
        shutil.copyfile(made, library)


if __name__ == "__main__":
    for found in sorted(Path(sys.argv[1]).rglob("libicudata.so.*")):
        if not found.is_symlink():
            make_small(found)
