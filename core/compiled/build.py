"""Compiles ``_compiled.c`` for the Python at hand: ``python core/compiled/build.py [--must]``.

Where no compiler or no header of Python is, it says so and ends well, since the program runs without; with ``--must``
it fails.
"""

from __future__ import annotations

import shlex
import subprocess
import sys
import sysconfig
from pathlib import Path

HERE = Path(__file__).resolve().parent
MODULE = "_compiled"
FLAGS = ("-O2", "-fPIC", "-ffp-contract=off", "-fno-math-errno", "-Wall", "-Wextra", "-Wno-missing-field-initializers")
"""Without contraction: numbers are multiplied and added one after the other, as Python does. A square root is one
instruction and asks no library, since nobody asks for its error."""


def build() -> Path | None:
    """Compile the module and return where it lies, or None where that cannot be done."""
    headers = Path(sysconfig.get_path("include"))
    linker = shlex.split(sysconfig.get_config_var("LDSHARED") or "")
    if not linker or not (headers / "Python.h").exists():
        return None
    made = HERE / f"{MODULE}{sysconfig.get_config_var('EXT_SUFFIX')}"
    half = made.with_suffix(".half")
    command = [*linker, *FLAGS, f"-I{headers}", str(HERE / f"{MODULE}.c"), "-o", str(half)]
    try:
        subprocess.run(command, check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        print(error, file=sys.stderr)
        return None
    return half.replace(made)


if __name__ == "__main__":
    found = build()
    print(found or "没有 C 编译器或 Python 的头文件，不编译也能运行 / no C compiler or no Python.h: runs without")
    sys.exit(found is None and "--must" in sys.argv)
