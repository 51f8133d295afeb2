"""Random histories on up to five laptops: afterwards all say the same, and nobody is asked where nobody differs.

``python -m bench.merging.histories [--number 1000] [--seed 1] [--steps 25]``
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
from pathlib import Path
from random import Random

from bench.merging.laptops import Laptops, make_template, what_differs, wrong_clocks
from core.decisions import heads
from core.exchange import rule_of
from core.library.checking import check

RULES = ("seen", "seen", "ours", "theirs", "unsure", "person:王芳")


def main() -> int:
    """Run histories; print what was wrong, and how many of everything there was."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--number", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--steps", type=int, default=25)
    options = parser.parse_args()
    began, wrong, acts, conflicts = time.perf_counter(), 0, 0, 0
    base = "/dev/shm" if Path("/dev/shm").is_dir() else None
    with tempfile.TemporaryDirectory(dir=base) as place:
        folder = Path(place)
        (folder / "template").mkdir()
        template = make_template(folder / "template", 5)
        for n in range(options.number):
            source = Random(f"{options.seed} {n}")
            own = folder / str(n)
            faults, done, marked = history(own, template[: source.randint(2, 5)], source, options.steps)
            acts, conflicts = acts + done, conflicts + marked
            if faults:
                wrong += 1
                print(f"history {n}: {faults}", flush=True)
            shutil.rmtree(own)
    took = time.perf_counter() - began
    print(f"{options.number} histories, {acts} acts, {conflicts} conflicts left, {wrong} wrong; {took:.0f} s")
    return bool(wrong)


def history(folder: Path, template: list[Path], source: Random, steps: int) -> tuple[list[str], int, int]:
    """Run one history; what was wrong in the end, how much was done, how many conflicts were left."""
    laptops = Laptops(folder, template, agreeing=source.random() < 0.2)
    try:
        with wrong_clocks(source):
            for _ in range(source.randint(3, steps)):
                act(laptops, source)
            laptops.come_together()
        return _faults(laptops), steps, len(laptops.libraries[0].decisions.marked())
    finally:
        laptops.close()


def act(laptops: Laptops, source: Random) -> None:
    """Do one thing on one laptop."""
    who = source.randrange(len(laptops.libraries))
    what = source.random()
    if what < 0.45:
        laptops.decide(who, source.randrange)
    elif what < 0.5 and not laptops.agreeing:
        laptops.put_back(who)
    elif what < 0.55:
        laptops.add(who)
    elif what < 0.6:
        laptops.undo(who)
    elif what < 0.75:
        laptops.hand_over(who)
    elif what < 0.93:
        rule = "seen" if laptops.agreeing else source.choice(RULES)
        laptops.take_in(who, source.randrange(1 << 30), rule_of(rule))
    else:
        laptops.withdraw(who, source.randrange(1 << 30))


def _faults(laptops: Laptops) -> list[str]:
    out = []
    if len(laptops.digests()) != 1:
        out.append("they do not say the same")
    for library in laptops.libraries:
        out += [finding.text for finding in check(library.path).findings]
        marked = library.decisions.marked()
        if laptops.agreeing and marked:
            out.append(f"asked where nobody differs: {marked}")
        out += [f"no conflict: {t}" for t in marked if what_differs(heads(library.decisions.on(t))) < 2]
    return out


if __name__ == "__main__":
    raise SystemExit(main())
