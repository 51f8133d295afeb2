"""``python -m bench.reliability [TEST …] [--long] [--seed N]``: tries to lose something. One line of JSON a test.

Ends with 1 when anything was lost, damaged, or not said in words. Without names every test runs.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from importlib import import_module
from importlib.util import find_spec

TESTS = {
    "kills": "bench.reliability.kills",
    "calls": "bench.reliability.calls",
    "machines": "bench.reliability.machines",
    "disk": "bench.reliability.disk",
    "clocks": "bench.reliability.clocks",
    "input": "bench.reliability.hostile",
    "mutants": "bench.mutants",
}
"""Each module has ``run(long, seed)``, which yields outcomes; one that is not there yet is said so."""


def main() -> int:
    """Run the tests that were named; 0 when nothing failed."""
    parser = argparse.ArgumentParser(prog="python -m bench.reliability", description=__doc__)
    parser.add_argument("tests", nargs="*", choices=[*TESTS, []], metavar="TEST", help=", ".join(TESTS))
    parser.add_argument("--long", action="store_true", help="an hour instead of minutes")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    wrong, began = 0, time.monotonic()
    for name in options.tests or TESTS:
        if find_spec(TESTS[name]) is None:
            print(json.dumps({"test": name, "n": 0, "failures": 0, "skipped": "not there"}), flush=True)
            continue
        start = time.monotonic()
        for outcome in import_module(TESTS[name]).run(options.long, options.seed):
            outcome.told["seconds"] = round(time.monotonic() - start)
            print(outcome.line(), flush=True)
            wrong += len(outcome.failures)
            start = time.monotonic()
    print(json.dumps({"test": "all", "failures": wrong, "seconds": round(time.monotonic() - began)}), flush=True)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
