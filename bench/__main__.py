"""``python -m bench [WHAT …]``: runs the measurements named, or all of them, one after the other."""

from __future__ import annotations

import subprocess
import sys

ALL = ("search", "start", "memory", "looking", "reading", "importing", "planted", "writing")


def main(argv: list[str]) -> int:
    """Each measurement runs in a process of its own, so that none warms up or fills the memory of the next."""
    unknown = [what for what in argv if what not in ALL]
    if unknown:
        print(f"no such measurement: {', '.join(unknown)} (there are {', '.join(ALL)})", file=sys.stderr)
        return 2
    codes = []
    for what in argv or ALL:
        print(f"\n== {what}", flush=True)
        codes.append(subprocess.run([sys.executable, "-m", f"bench.{what}"], check=False).returncode)
    return max(codes)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
