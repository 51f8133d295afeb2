"""Random histories on up to five laptops: afterwards all say the same, and nobody is asked where nobody differs.

``python -m bench.merging.histories [NUMBER [SEED]] [--first 0] [--steps 12] [--seconds S]`` prints a line of
JSON. A history is known by its seed and number, so runs over other numbers add up, and one that failed is played again
by ``1 SEED --first N``. Files come in any order, twice, or never; clocks tell anything; merges and withdrawals are
killed at a write; files of older versions are among them; merges are withdrawn after later ones and done again.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path
from random import Random

from bench.merging.laptops import Laptops, drawn_ids, make_template, what_differs, wrong_clocks
from core.decisions import heads
from core.exchange import Rule, rule_of
from core.library.checking import check

RULES = ("seen", "seen", "ours", "theirs", "unsure", "person:王芳")
_OLD = (2, 3, 4, 5, 6, 7)
"""Versions of kept libraries; the one of version 1 was written by hand, with a figure as no program wrote it."""


def main() -> int:
    """Run histories; print what was wrong, and how many of everything there was."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("number", type=int, nargs="?", default=1000)
    parser.add_argument("seed", type=int, nargs="?", default=1)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--steps", type=int, default=12)
    parser.add_argument("--seconds", type=float, default=float("inf"), help="start no history after so long")
    options = parser.parse_args()
    began, told, wrong = time.perf_counter(), Counter[str](), list[str]()
    base = "/dev/shm" if Path("/dev/shm").is_dir() else None
    with tempfile.TemporaryDirectory(dir=base) as place:
        folder = Path(place)
        (folder / "template").mkdir()
        with drawn_ids(Random("template")):
            template = make_template(folder / "template", 5)
        done = 0
        for n in range(options.first, options.first + options.number):
            if time.perf_counter() - began > options.seconds:
                break
            source = Random(f"{options.seed} {n}")
            own = folder / str(n)
            with drawn_ids(Random(f"ids {options.seed} {n}")):
                faults = history(own, template[: source.randint(2, 5)], source, options.steps, told)
            if faults:
                wrong.append(f"history {n}: {faults}")
                print(wrong[-1], file=sys.stderr, flush=True)
            shutil.rmtree(own)
            done += 1
    line = {"test": "histories", "n": done, "failures": len(wrong), "seed": options.seed, "first": options.first}
    line |= {**told, "seconds": round(time.perf_counter() - began)}
    print(json.dumps(line | ({"first failures": wrong[:5]} if wrong else {}), ensure_ascii=False), flush=True)
    return bool(wrong)


def history(folder: Path, template: list[Path], source: Random, steps: int, told: Counter[str]) -> list[str]:
    """Run one history; what was wrong in the end. ``told`` counts what was done."""
    laptops = Laptops(folder, template, agreeing=source.random() < 0.2)
    try:
        with wrong_clocks(source):
            if source.random() < 0.06:
                laptops.old_file(source.choice(_OLD))
                told["with files of older versions"] += 1
            faults = []
            for _ in range(source.randint(4, steps)):
                faults += act(laptops, source, told)
                told["acts"] += 1
            laptops.come_together()
            if source.random() < 0.5:
                faults += _again(laptops, source, told)
        told["conflicts left"] += len(laptops.libraries[0].decisions.marked())
        return faults + _faults(laptops, source)
    except Exception:
        return [traceback.format_exc()[-2000:]]
    finally:
        laptops.close()


def act(laptops: Laptops, source: Random, told: Counter[str]) -> list[str]:
    """Do one thing on one laptop; what was wrong."""
    who = source.randrange(len(laptops.libraries))
    what = source.random()
    if what < 0.34:
        laptops.decide(who, source.randrange, source.randint(1, 5))
    elif what < 0.37 and not laptops.agreeing:
        laptops.put_back(who)
    elif what < 0.41:
        laptops.add(who)
    elif what < 0.44:
        laptops.undo(who)
    elif what < 0.47:
        laptops.read_page(who, source.randrange(3))
    elif what < 0.49 and not laptops.agreeing:
        laptops.say_of_two(who, source.randrange)
    elif what < 0.55 and not laptops.agreeing:
        laptops.put_right(who, source.randrange)
        told["pages put right"] += 1
    elif what < 0.66:
        laptops.hand_over(who)
    elif what < 0.86:
        laptops.take_in(who, source.randrange(1 << 30), _rule(laptops, source))
    elif what < 0.91:
        was, fault = laptops.killed(who, source.randrange(1 << 30), source.randint(1, 90), _rule(laptops, source))
        told["kills"] += was
        return [fault] if fault else []
    else:
        laptops.withdraw(who, source.randrange(1 << 30))
        told["withdrawals"] += 1
    return []


def _rule(laptops: Laptops, source: Random) -> Rule:
    return rule_of("seen" if laptops.agreeing else source.choice(RULES))


def _again(laptops: Laptops, source: Random, told: Counter[str]) -> list[str]:
    """Withdraw an earlier merge on one laptop and do it again; the others hear of it."""
    who = source.randrange(len(laptops.libraries))
    said = laptops.withdraw_and_redo(who, source.randrange(1 << 30))
    if said == "-":
        return []
    told["done again after two later ones"] += 1
    laptops.come_together()
    return [said] if said else []


def _faults(laptops: Laptops, source: Random) -> list[str]:
    out = []
    if len(laptops.digests()) != 1:
        out.append("they do not say the same")
    looked = laptops.libraries if source.random() < 0.2 else [source.choice(laptops.libraries)]
    for library in laptops.libraries:
        if library in looked:
            out += [finding.text for finding in check(library.path).findings]
        marked = library.decisions.marked()
        if laptops.agreeing and marked:
            out.append(f"asked where nobody differs: {marked}")
        out += [f"no conflict: {t}" for t in marked if what_differs(heads(library.decisions.on(t))) < 2]
    return out


if __name__ == "__main__":
    raise SystemExit(main())
