"""``python -m bench.reliability [TEST …] [--long] [--seed N]``: tries to lose something. One line of JSON a test.

Ends with 1 when anything was lost, damaged, or not said in words. Without names every test runs.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from importlib import import_module
from importlib.util import find_spec

TESTS = {
    "kills": "bench.reliability.kills",
    "calls": "bench.reliability.calls",
    "edits": "bench.reliability.edits",
    "machines": "bench.reliability.machines",
    "disk": "bench.reliability.disk",
    "clocks": "bench.reliability.clocks",
    "input": "bench.reliability.hostile",
}
"""Each module has ``run(long, seed)``, which yields outcomes."""
PROGRAMS = {"mutants": ("bench.mutants", "300", "2000"), "histories": ("bench.merging.histories", "200", "2000")}
"""Others print their line themselves and end with 1 on a failure; how often they try in the short and the long run."""


def main() -> int:
    """Run the tests that were named; 0 when nothing failed."""
    parser = argparse.ArgumentParser(prog="python -m bench.reliability", description=__doc__)
    names = [*TESTS, *PROGRAMS]
    parser.add_argument("tests", nargs="*", choices=[*names, []], metavar="TEST", help=", ".join(names))
    parser.add_argument("--long", action="store_true", help="an hour instead of minutes")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    wrong, began = 0, time.monotonic()
    for name in options.tests or names:
        if name in PROGRAMS:
            wrong += _run_program(name, options.long, options.seed)
            continue
        start = time.monotonic()
        for outcome in import_module(TESTS[name]).run(options.long, options.seed):
            outcome.told["seconds"] = round(time.monotonic() - start)
            print(outcome.line(), flush=True)
            wrong += len(outcome.failures)
            start = time.monotonic()
    print(json.dumps({"test": "all", "failures": wrong, "seconds": round(time.monotonic() - began)}), flush=True)
    return 1 if wrong else 0


def _run_program(name: str, long: bool, seed: int) -> int:
    """Let a program print its own line; 1 when it says that something failed."""
    module, few, many = PROGRAMS[name]
    if find_spec(module) is None:
        print(json.dumps({"test": name, "n": 0, "failures": 0, "skipped": "not there"}), flush=True)
        return 0
    # Either takes how many, and a seed.
    return subprocess.run([sys.executable, "-m", module, many if long else few, str(seed)], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
