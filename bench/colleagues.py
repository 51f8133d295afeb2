"""What two colleagues hand back, for pictures: both have checked the same cases, one has written a case, too."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from core.library import Library, Query, packets
from core.records import Case, Metric

PEOPLE = ("王芳·民政局", "李强·信访局")
BODY = ("石桥乡修起16处晾谷场，方便240户农户晒谷，还把旧仓库腾出来做了会议室，村里人天天来，十里八乡都说好。",)
HERE = Case("here", "石桥乡修起晾谷场", body=BODY)
THERE = Case(
    "there", "石桥乡晾谷场的做法", summary="晒谷有了去处，旧仓库成了会议室。", body=BODY,
    metrics=(Metric("晾谷场", Decimal(16), "处", printed="16处", quote="修起16处晾谷场"),),
)  # fmt: skip
NEW = Case("new", "村口办起议事亭", summary="邻里有事到亭子里说。", body=("邻里有事到亭子里说，一年议了120件事。",))
MOST = 30
"""So many cases each has checked."""


def hand_backs(library: Library, folder: Path, password: str = "") -> list[Path]:
    """Hand the library out to both, let them check, and return what they hand back; it gets a case that one has, too.

    The password is the second one's.
    """
    nums = [int(num) for num in library.search.find(Query()).nums]
    outs = []
    for who in PEOPLE:
        outs.append(folder / f"给{who}.anlan")
        library.merging.hand_out(nums, outs[-1], who, "请核对数据")
    library.cases.add([HERE])
    backs = []
    for out, who in zip(outs, PEOPLE, strict=True):
        own, back = folder / f"{who}.anlan", folder / f"{who}交回.anlan"
        packets.unpack(out, own)
        with Library.open(own) as theirs:
            theirs.decisions.reviewer = who
            _check(theirs, [int(num) for num in theirs.search.find(Query()).nums[:MOST]], first=who == PEOPLE[0])
            theirs.merging.hand_back(back, password="" if who == PEOPLE[0] else password)
        backs.append(back)
    return backs


def _check(theirs: Library, nums: list[int], *, first: bool) -> None:
    """One calls some figures unsure, the other some wrong; both leave some."""
    figures = [(num, metric.id) for num in nums for metric in theirs.cases.load(num).metrics]
    for at, (num, figure) in enumerate(figures):
        if first and at % 9 == 0:
            theirs.decisions.figure(num, figure, "unsure")
        elif not first and at % 7 == 0:
            theirs.decisions.figure(num, figure, "rejected", note="原文说的是全县")
        elif at % 3:
            theirs.decisions.figure(num, figure, "accepted")
    if first:
        theirs.cases.add([THERE, NEW])


def overrule(library: Library, who: str, cases: int = 8) -> None:
    """Let somebody call a figure of each of some cases wrong that both called right."""
    library.decisions.reviewer = who
    for num in [int(num) for num in library.search.find(Query()).nums]:
        metric = next((metric for metric in library.cases.load(num).metrics if metric.state == "checked"), None)
        if metric is not None and cases:
            library.decisions.figure(num, metric.id, "rejected", note="和年报对不上")
            cases -= 1
