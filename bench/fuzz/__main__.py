"""``python -m bench.fuzz files|pages|figures|words [CORPUS …] [-max_total_time=150 …]``: fuzzing with atheris.

Needs ``pip install atheris`` (Linux and macOS). What it finds is kept as a case in ``tests/cases/finds.json``.
"""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["core"]):
    from bench.fuzz.properties import PROPERTIES


def main() -> None:
    """Fuzz one property until something falls or the time is over."""
    what = sys.argv.pop(1) if len(sys.argv) > 1 else ""
    if what not in PROPERTIES:
        sys.exit(__doc__)
    atheris.Setup(sys.argv, PROPERTIES[what])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
