"""``python -m bench [WHAT …] [--sizes 1000,10000]``: runs those named, or all, and prints one table."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bench import table

ALL = ("search", "start", "memory", "looking", "reading", "importing", "planted", "writing")


def main() -> int:
    """Each measurement runs in a process of its own, so that none warms up or fills the memory of the next."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", nargs="*", help=", ".join(ALL))
    parser.add_argument("--sizes", default="1000,10000,100000", help="cases of the libraries that are searched")
    parser.add_argument("--folder", help="where these libraries are kept")
    options = parser.parse_args()
    if unknown := [what for what in options.what if what not in ALL]:
        parser.error(f"no such measurement: {', '.join(unknown)} (there are {', '.join(ALL)})")
    given = {"search": ["--sizes", options.sizes, *(["--folder", options.folder] if options.folder else [])]}
    codes = []
    with tempfile.TemporaryDirectory() as spare:
        rows = Path(spare, "rows")
        rows.touch()
        for what in options.what or ALL:
            print(f"\n== {what}", flush=True)
            command = [sys.executable, "-m", f"bench.{what}", *given.get(what, [])]
            codes.append(subprocess.run(command, env={**os.environ, table.GATHERED: str(rows)}, check=False).returncode)
        found = table.gathered(rows)
    if found:
        print("", *table.lines(found), sep="\n")
    return max(codes)


if __name__ == "__main__":
    sys.exit(main())
