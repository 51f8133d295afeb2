"""The same job as the window's, without a window: ``python -m core COMMAND``."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path


def _read(args: argparse.Namespace) -> int:
    from core.reading import reading_json
    from core.sources import read_file

    page = read_file(Path(args.page))
    json.dump(reading_json(page), sys.stdout, ensure_ascii=False)
    print()
    return 0


def _figures(args: argparse.Namespace) -> int:
    from core.reading.metrics import find_figures

    for line in sys.stdin:
        found = [
            {
                "start": f.start,
                "end": f.end,
                "value": float(f.value),
                "value_max": None if f.value_max is None else float(f.value_max),
                "unit": f.unit,
                "approx": f.approx,
                "kind": f.kind,
            }
            for f in find_figures(line.rstrip("\n"))
        ]
        print(json.dumps(found, ensure_ascii=False), flush=True)
    return 0


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m core", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    read = commands.add_parser("read")
    read.add_argument("page")
    read.add_argument("--json", action="store_true")
    read.set_defaults(run=_read)
    figures = commands.add_parser("figures")
    figures.set_defaults(run=_figures)
    args = parser.parse_args(argv)
    run: Callable[[argparse.Namespace], int] = args.run
    return run(args)


if __name__ == "__main__":
    sys.exit(main())
