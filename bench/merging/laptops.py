"""Some laptops without a network: what people do on them, and files that go from one to another in any order."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import count
from pathlib import Path
from random import Random
from unittest import mock

from core.decisions import PARTS, Decision, figure_value
from core.exchange import Rule
from core.library import Library, Wish, packets
from core.records import Case, Metric, Page, Place

NAMES = ("汇总", "王芳", "李敏", "赵强", "周宁")
_WORDS = ("议事亭", "晾谷场", "夜间公交", "老街巷", "共富账本")
_CLOCKS = "core.library.decisions core.library.log_rows core.library.merging"


def cases(prefix: str, number: int) -> list[Case]:
    """Small cases of our own making, with ids that begin so."""
    return [
        Case(
            f"{prefix}{n}",
            f"{_WORDS[n % len(_WORDS)]}怎么办起来（{prefix}{n}）",
            place=Place("330822", "浙江省", "衢州市", "常山县"),
            themes=("基层治理",),
            published=f"2023-0{n % 9 + 1}",
            metrics=tuple(
                Metric(f"第{m}项", Decimal(10 * n + m), "个", id=f"{prefix}{n}m{m}", printed=f"{10 * n + m}个",
                       quote=f"第{m}项有{10 * n + m}个")
                for m in range(2)
            ),
        )
        for n in range(number)
    ]  # fmt: skip


def make_template(folder: Path, laptops: int) -> list[Path]:
    """Write the library of one, and of the others what it handed out to them."""
    home = folder / "0.anlan"
    with Library.create(home) as library:
        library.decisions.reviewer = NAMES[0]
        library.cases.add(cases("c", 3))
        library.pages.add(Page("石桥乡修起晾谷场16处。\n", "页.txt"), [])
        paths = [home]
        for n in range(1, laptops):
            out, own = folder / f"给{n}.anlan", folder / f"{n}.anlan"
            library.merging.hand_out([1, 2, 3], out, NAMES[n], "核数据")
            packets.unpack(out, own)
            Library.open(own).close()  # its index is made once
            paths.append(own)
    return paths


@dataclass
class Laptops:
    """Laptops at work; ``files`` are all files that were ever handed over, each of which may come at any time."""

    folder: Path
    template: Sequence[Path]
    files: list[Path] = field(default_factory=list)
    agreeing: bool = False
    """Whether all say the same of everything."""

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.libraries: list[Library] = []
        self._numbers = count()
        for n, path in enumerate(self.template):
            own = self.folder / path.name
            shutil.copyfile(path, own)
            library = Library.open(own)
            library.decisions.reviewer = NAMES[n]
            self.libraries.append(library)

    def close(self) -> None:
        """Close the libraries."""
        for library in self.libraries:
            library.close()

    # ---- what a person does

    def decide(self, who: int, pick: Callable[[int], int]) -> None:
        """Say something of a figure or a field of a case; ``pick`` gives a number below another one."""
        library = self.libraries[who]
        nums = self._nums(library)
        if not nums:
            return
        num = nums[pick(len(nums))]
        case = library.cases.load(num)
        what = 0 if self.agreeing else pick(8)
        if what < 4 and case.metrics:
            metric = case.metrics[pick(len(case.metrics))]
            part = f"figure/{metric.id}"
            if self.agreeing:
                library.decisions.decide([Wish(num, part, "accepted")])
            elif what == 0:
                library.decisions.decide([Wish(num, part, ("accepted", "unsure", "rejected")[pick(3)])])
            elif what == 1:
                library.decisions.decide([Wish(num, part, "rejected", None)])
            else:
                value = {**figure_value(metric), "value": str(pick(4))}
                library.decisions.decide([Wish(num, part, "changed", value)])
        elif what == 4:
            library.decisions.put_in_bin([num])
        elif what == 5:
            library.decisions.add_figure(num, {"indicator": f"手添{pick(3)}", "value": "1", "unit": "个"})
        elif what == 6:
            words = f"{NAMES[who]}写的{next(self._numbers)}"
            library.decisions.decide([Wish(num, ("title", "note", "summary")[pick(3)], "changed", words)])
        elif not self.agreeing:
            library.decisions.decide([Wish(num, "case", ("accepted", "unsure", "rejected")[pick(3)])])

    def put_back(self, who: int) -> None:
        """Put everything back from the bin."""
        decisions = self.libraries[who].decisions
        decisions.put_back([row.id for row in decisions.binned()])

    def add(self, who: int) -> None:
        """Write a case by hand."""
        [case] = cases(f"{NAMES[who]}{next(self._numbers)}-", 1)
        self.libraries[who].decisions.add_case(case)

    def undo(self, who: int) -> None:
        """Take the last change back, but for a case that was added: others may have it by now."""
        library = self.libraries[who]
        if library.undo_text and not library.undo_text.startswith(("新建案例", "导入")):
            library.undo()

    # ---- files

    def hand_over(self, who: int) -> None:
        """Write a file of everything."""
        library = self.libraries[who]
        target = self.folder / f"交{next(self._numbers)}.anlan"
        if who:
            library.merging.hand_back(target)
        else:
            library.backups.copy_to(target)
        self.files.append(target)

    def take_in(self, who: int, file: int, rule: Rule | None = None) -> None:
        """Merge one of the files."""
        if self.files:
            self.libraries[who].merging.merge(self.files[file % len(self.files)], rule)

    def withdraw(self, who: int, which: int) -> None:
        """Withdraw a merge, or the withdrawal of one."""
        merging = self.libraries[who].merging
        if rows := [row for row in merging.all() if row.kind != "out" and not row.withdrawn]:
            merging.withdraw(rows[which % len(rows)].id)

    def come_together(self) -> None:
        """Let everybody hear of everything: all to the first, and the first to all."""
        first, *others = self.libraries
        for library in others:
            first.merging.merge(library.path, cases=self._all_new(first, library))
        for library in others:
            library.merging.merge(first.path, cases=self._all_new(library, first))

    def _all_new(self, into: Library, other: Library) -> list[str]:
        return [id_ for id_, _ in into.merging.preview(other.path).new_cases]

    def digests(self) -> set[str]:
        """Return what they say, each once."""
        return {library.decisions.digest() for library in self.libraries}

    def _nums(self, library: Library) -> list[int]:
        return [num for (num,) in library._db.execute("SELECT num FROM cases ORDER BY id")]


@contextmanager
def wrong_clocks(source: Random) -> Iterator[None]:
    """Let every clock tell any time."""

    def now() -> str:
        return f"20{source.randrange(10, 40)}-0{source.randrange(1, 10)}-1{source.randrange(10)}T00:00:00Z"

    patches = [mock.patch(f"{module}.now", now) for module in _CLOCKS.split()]
    for patch in patches:
        patch.start()
    try:
        yield
    finally:
        for patch in patches:
            patch.stop()


def what_differs(decisions: Sequence[Decision]) -> int:
    """Return how many different things these decisions say."""
    return len({(d.verdict == "unsure", d.verdict == "rejected", repr(d.after)) for d in decisions})


assert set(PARTS) >= {"title", "note", "summary"}
