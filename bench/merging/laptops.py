"""Some laptops without a network: what people do on them, and files that go from one to another in any order."""

from __future__ import annotations

import lzma
import os
import shutil
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from itertools import count
from pathlib import Path
from random import Random
from unittest import mock

from core.decisions import PARTS, Decision, figure_value
from core.exchange import Merge, Rule
from core.library import AlreadyImported, Library, Wish, packets
from core.library.stamps import new_id
from core.records import Article, Case, Metric, Page, Paragraph, Place, Span
from core.text.repair import repair

NAMES = ("汇总", "王芳", "李敏", "赵强", "周宁")
_WORDS = ("议事亭", "晾谷场", "夜间公交", "老街巷", "共富账本")
_CLOCKS = (
    "core.library.corrections core.library.decisions core.library.log_rows core.library.merging core.library.pages"
    " core.library.rewording core.library.taking"
)
_KEPT = Path(__file__).resolve().parents[2] / "tests" / "libraries"
_PAGES = tuple(
    f"{title}\n{title}，方便{n}户农户晒谷，还把旧仓库腾出来做了会议室，村里人天天来议事，隔壁乡也来看。\n"
    for n, title in enumerate(("石桥乡又修晾谷场3处", "云岭乡新开夜间公交5路", "白沙镇老街巷改造2里"), 240)
)
"""Pages that anybody may import, so that one page is a case of its own on several laptops."""


class Everything:
    """Holds whatever it is asked for: all new cases are to be taken."""

    def __contains__(self, one: object) -> bool:
        return True


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

    def decide(self, who: int, pick: Callable[[int], int], times: int = 1) -> None:
        """Say something of some figures or fields, in one change; ``pick`` gives a number below another one."""
        library = self.libraries[who]
        nums = self._nums(library)
        wishes: dict[tuple[int, str], Wish] = {}
        for _ in range(times if nums else 0):
            wish = self._wish(library.cases.load(nums[pick(len(nums))]), who, pick)
            if wish is not None:
                wishes.setdefault((wish.num, wish.part), wish)
        if wishes:
            library.decisions.decide(wishes.values())

    def _wish(self, case: Case, who: int, pick: Callable[[int], int]) -> Wish | None:
        num, what = case.num, 0 if self.agreeing else pick(8)
        if what < 4 and case.metrics:
            metric = case.metrics[pick(len(case.metrics))]
            part = f"figure/{metric.id}"
            if self.agreeing:
                return Wish(num, part, "accepted")
            if what == 0:
                return Wish(num, part, ("accepted", "unsure", "rejected")[pick(3)])
            if what == 1:
                return Wish(num, part, "rejected", None)
            # What an older version took for a figure without a name is given one: without it nobody may change it.
            field = ("value", "indicator")[pick(2)] if metric.indicator else "indicator"
            value = {**figure_value(metric), field: str(pick(4))}
            return Wish(num, part, "changed", value)
        if what == 4:
            return Wish(num, "bin", "changed", True)
        if what == 5:
            value = {"indicator": f"手添{pick(3)}", "value": "1", "unit": "个"}
            return Wish(num, f"figure/{new_id()}", "added", value)
        if what == 6:
            words = f"{NAMES[who]}写的{next(self._numbers)}"
            return Wish(num, ("title", "note", "summary")[pick(3)], "changed", words)
        return None if self.agreeing else Wish(num, "case", ("accepted", "unsure", "rejected")[pick(3)])

    def put_back(self, who: int) -> None:
        """Put everything back from the bin."""
        decisions = self.libraries[who].decisions
        decisions.put_back([row.id for row in decisions.binned()])

    def add(self, who: int) -> None:
        """Write a case by hand."""
        [case] = cases(f"{NAMES[who]}{next(self._numbers)}-", 1)
        self.libraries[who].decisions.add_case(case)

    def read_page(self, who: int, which: int) -> None:
        """Import one of the pages that others may import, too."""
        text = _PAGES[which % len(_PAGES)]
        article = _article(text, {})
        with suppress(AlreadyImported):
            self.libraries[who].pages.add(Page(text, f"页{which % len(_PAGES)}.txt"), [article])

    def put_right(self, who: int, pick: Callable[[int], int]) -> None:
        """Put some misread characters of a page right, or back as they are printed."""
        library = self.libraries[who]
        self.read_page(who, pick(len(_PAGES)))
        pages = [row.id for row in library.pages.rows() if row.name.startswith("页") and row.name != "页.txt"]
        source = pages[pick(len(pages))]
        page, had = library.pages.load(source), library.pages.edits(source)
        fixed = {edit["at"]: edit["char"] for edit in had}
        for _ in range(pick(3) + 1):
            at = pick(page.text.index("\n") + 12)
            if page.text[at] != "\n":
                fixed[at] = ("", "共", page.text[at] + "富", page.text[at])[pick(4)]
        edits = [{"do": "correct", "at": at, "char": char} for at, char in fixed.items() if char != page.text[at]]
        library.pages.replace(source, [_article(page.text, fixed)], edits)

    def say_of_two(self, who: int, pick: Callable[[int], int]) -> None:
        """Say of two cases that they are one, or that they are not."""
        library = self.libraries[who]
        nums = self._nums(library)
        if len(nums) > 1:
            one, other = (library.cases.load(nums[n]).id for n in (pick(len(nums) - 1), len(nums) - 1))
            if one != other and pick(2):
                library.merging.join(one, other, ["summary"])
            elif one != other:
                library.merging.apart(one, other)

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

    def old_file(self, version: int) -> None:
        """Lay a library beside the files that an older version of the program wrote."""
        target = self.folder / f"旧{version}.anlan"
        target.write_bytes(lzma.decompress((_KEPT / f"schema-{version}.anlan.xz").read_bytes()))
        self.files.append(target)

    def take_in(self, who: int, file: int, rule: Rule | None = None) -> None:
        """Merge one of the files."""
        if self.files:
            self._merge(self.libraries[who], self.files[file % len(self.files)], rule)

    def _merge(self, library: Library, path: Path, rule: Rule | None) -> None:
        library.merging.merge(path, rule, foreign=path.name.startswith("旧"))

    def withdraw(self, who: int, which: int) -> None:
        """Withdraw a merge, or the withdrawal of one."""
        if rows := self._standing(who):
            self.libraries[who].merging.withdraw(rows[which % len(rows)].id)

    def _standing(self, who: int) -> list[Merge]:
        """What may be withdrawn, the last first."""
        return [row for row in self.libraries[who].merging.all() if row.kind != "out" and not row.withdrawn]

    def withdraw_and_redo(self, who: int, which: int) -> str:
        """Withdraw a merge after which at least two others came, and do it again; what was wrong, empty for nothing.

        Nothing is done where there is none; then ``-`` is returned.
        """
        library = self.libraries[who]
        rows = [row for row in self._standing(who)[2:] if row.kind == "in"]
        if not rows:
            return "-"
        before = library.decisions.digest()
        gone = library.merging.withdraw(rows[which % len(rows)].id)
        library.merging.withdraw(gone.id)
        return "" if library.decisions.digest() == before else f"a merge done again is another one on {NAMES[who]}'s"

    def killed(self, who: int, which: int, at: int, rule: Rule | None = None) -> tuple[bool, str]:
        """Let a process merge a file, or withdraw a merge, and kill it at its so-manieth write.

        Whether it was killed, and what was wrong then: the library is as it was before, or as it should be after.
        """
        rows, files = self._standing(who), self.files
        if not files or not hasattr(os, "fork"):
            return False, ""
        library = self.libraries[who]
        path, before = library.path, library.decisions.digest()
        merge = rows[which % len(rows)].id if rows and which % 3 == 0 else ""
        library.close()

        def do(own: Library) -> None:
            if merge:
                own.merging.withdraw(merge)
            else:
                self._merge(own, files[which % len(files)], rule)

        ended = in_a_process_that_dies(path, NAMES[who], at, do)
        self.libraries[who] = library = Library.open(path)
        library.decisions.reviewer = NAMES[who]
        if ended == "failed":
            return False, f"it could not be done on {NAMES[who]}'s"
        if ended == "killed" and library.decisions.digest() != before:
            return True, f"half of it is there on {NAMES[who]}'s, killed at write {at}"
        return ended == "killed", ""

    def come_together(self) -> None:
        """Let everybody hear of everything: all to the first, and the first to all."""
        first, *others = self.libraries
        for library in others:
            first.merging.merge(library.path, cases=Everything())  # type: ignore[arg-type]
        for library in others:
            library.merging.merge(first.path, cases=Everything())  # type: ignore[arg-type]

    def digests(self) -> set[str]:
        """Return what they say, each once."""
        return {library.decisions.digest() for library in self.libraries}

    def _nums(self, library: Library) -> list[int]:
        return [num for (num,) in library._db.execute("SELECT num FROM cases ORDER BY id")]


def _article(text: str, fixed: Mapping[int, str]) -> Article:
    """What is read on one of the pages: a title, a paragraph, the figure in it with its words as they are now."""
    end = text.index("\n")
    body = Span(end + 1, len(text) - 1)
    title = repair(text, [Span(0, end)], fixed).text or "题"
    at = text.index("方便", end) + 2
    printed, quote = (repair(text, [span], fixed).text for span in (Span(at, at + 4), Span(end + 1, end + 15)))
    metric = Metric("户数", Decimal(text[at : at + 3]), "户", printed=printed, quote=quote,
                    span=Span(at, at + 4), quote_span=Span(end + 1, end + 15))  # fmt: skip
    return Article(title, (Paragraph((body,)),), title_spans=(Span(0, end),), metrics=(metric,))


def in_a_process_that_dies(path: Path, who: str, at: int, do: Callable[[Library], object]) -> str:
    """Let a forked process open a library, do something, and die without a word at its so-manieth write.

    ``killed``, ``done`` where it had fewer writes, ``failed`` where it raised something.
    """
    own = str(uuid.uuid4())
    child = os.fork()
    if child == 0:
        uuid.uuid4 = partial(_drawn, Random(own))  # what it writes may stay: the parent draws other ids
        left = at

        def count(statement: str) -> None:
            nonlocal left
            if statement.startswith(("INSERT", "UPDATE", "DELETE", "COMMIT")):
                left -= 1
                if left == 0:
                    os._exit(9)

        with suppress(BaseException):
            library = Library.open(path)
            library.decisions.reviewer = who
            library._db.set_trace_callback(count)
            do(library)
            library._db.set_trace_callback(None)
            library.close()
            os._exit(0)
        os._exit(1)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return {0: "done", 9: "killed"}.get(code, "failed")


@contextmanager
def drawn_ids(source: Random) -> Iterator[None]:
    """Let ids follow from a seed, so that a history that failed can be played again."""
    with mock.patch("uuid.uuid4", partial(_drawn, source)):
        yield


def _drawn(source: Random) -> uuid.UUID:
    return uuid.UUID(int=source.getrandbits(128), version=4)


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
