"""The commands that hand out, hand back, merge and withdraw, without a window."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.commands.common import UsageError, print_json

if TYPE_CHECKING:
    from core.exchange import Item, Preview
    from core.library import Library

_SHOWN = 20


def register(commands: Any) -> None:
    """Add the commands to the parser of all."""

    def command(name: str, words: str, run: Callable[[argparse.Namespace, Library], object]) -> argparse.ArgumentParser:
        parser: argparse.ArgumentParser = commands.add_parser(name, help=words, description=words)
        parser.add_argument("library", type=Path, metavar="案例库")
        parser.add_argument("--json", action="store_true", help="打印 JSON")
        parser.add_argument("--who", default="", metavar="姓名", help="以谁的名义（默认登录名）")

        def done(args: argparse.Namespace) -> int:
            with closing(_open(args)) as library:
                answer = run(args, library)
            print_json(answer) if args.json else _say(answer)
            return 0

        parser.set_defaults(run=done)
        return parser

    packet = command("packet", "把案例连同来源和已有的决定写成一个文件，交给同事；或交回", _packet)
    packet.add_argument("--cases", nargs="+", default=[], metavar="编号", help="案例编号，或它的开头几位；all 是全部")
    packet.add_argument("--to", default="", metavar="姓名", help="给谁")
    packet.add_argument("--ask", default="", metavar="话", help="请他做什么")
    packet.add_argument("--back", nargs="?", const="", metavar="分发包编号", help="交回收到的分发包")
    _take_password(packet, "给文件加密码")
    packet.add_argument("--output", "-o", type=Path, required=True, metavar="文件")
    merge = command("merge", "把同事交来的文件合并进来；不写 --apply 只预览，什么也不改", _merge)
    merge.add_argument("file", type=Path, metavar="文件")
    how = merge.add_mutually_exclusive_group()
    how.add_argument("--preview", action="store_true", help="只看（默认）")
    how.add_argument("--apply", action="store_true", help="合并")
    merge.add_argument("--rule", default="seen", help="说法不一的：seen 留着存疑，ours、theirs、unsure、person:姓名")
    merge.add_argument(
        "--choices",
        type=Path,
        metavar="文件",
        help="--preview --json 写出、改过 choice 的文件：逐项怎么办（配 --apply）",
    )
    merge.add_argument("--import", dest="foreign", action="store_true", help="别的案例库的也收")
    _take_password(merge, "文件的密码")
    unmerge = command("unmerge", "撤销一次合并，以后再合并过别的也可以；撤销的编号再撤销就是恢复", _unmerge)
    unmerge.add_argument("merge", metavar="编号", help="合并的编号，见 merges")
    command("merges", "分发、合并和撤销的记录", _merges)


def _take_password(parser: argparse.ArgumentParser, words: str) -> None:
    """On a command line others would read it."""
    given = parser.add_mutually_exclusive_group()
    given.add_argument("--password", action="store_true", help=f"{words}：运行时问")
    given.add_argument("--password-file", type=Path, metavar="文件", help=f"{words}：写在一个文件的第一行")


def _password(args: argparse.Namespace, *, twice: bool = False) -> str:
    """The password as it was given; empty for none. UsageError where it is empty, or not twice the same."""
    if args.password_file:
        lines = args.password_file.read_text("utf-8-sig").splitlines()
        given = lines[0] if lines else ""
    elif args.password:
        from getpass import getpass

        given = getpass("密码：")
        if twice and given != getpass("再写一遍："):
            raise UsageError("两遍写的密码不一样，没有写文件")
    else:
        return ""
    if not given:
        raise UsageError("密码是空的")
    return given


def _open(args: argparse.Namespace) -> Library:
    from core import machine
    from core.library import Library

    library = Library.open(args.library)
    library.decisions.reviewer = args.who or machine.person()
    return library


def _say(answer: object) -> None:
    for line in _lines(answer):
        print(line)


def _lines(answer: object) -> Iterator[str]:
    if isinstance(answer, dict):
        yield from (f"{name}\t{value}" for name, value in answer.items() if not isinstance(value, (list, dict)))
        for name, value in answer.items():
            if isinstance(value, (list, dict)) and value:
                yield f"{name}："
                rows = value if isinstance(value, list) else [f"{key}\t{one}" for key, one in value.items()]
                yield from (f"  {_line(row)}" for row in rows[:_SHOWN])
                if len(rows) > _SHOWN:
                    yield f"  …… 共 {len(rows)} 条"
    elif isinstance(answer, list):
        yield from map(_line, answer)
    else:
        yield str(answer)


def _line(row: object) -> str:
    return "\t".join(map(str, row.values())) if isinstance(row, dict) else str(row)


def _packet(args: argparse.Namespace, library: Library) -> object:
    password = _password(args, twice=True)
    if args.back is not None:
        try:
            made = library.merging.hand_back(args.output, args.back, password)
        except KeyError:
            raise UsageError("没有收到过这个分发包，不能交回") from None
    else:
        if not args.cases or not args.to:
            raise UsageError("要写明 --cases 和 --to，或 --back")
        made = library.merging.hand_out(_nums(args, library), args.output, args.to, args.ask, password)
    return {"id": made.id, "kind": made.kind, "to": made.recipient, "bytes": args.output.stat().st_size}


def _nums(args: argparse.Namespace, library: Library) -> list[int]:
    from core.library import Query

    if args.cases == ["all"]:
        return [int(num) for num in library.search.find(Query()).nums]
    out = []
    for beginning in args.cases:
        found = library.cases.starting_with(beginning, 2)
        if len(found) != 1:
            raise UsageError(f"没有这个编号的案例，或有几个这样开头：{beginning}")
        out += found
    return out


def _merge(args: argparse.Namespace, library: Library) -> object:
    from core.exchange import rule_of

    try:
        rule = rule_of(args.rule)
    except ValueError as error:
        raise UsageError(str(error)) from error
    given: Any = {"foreign": args.foreign, "password": _password(args)}
    if args.choices and not args.apply:
        raise UsageError("--choices 要和 --apply 一起写")
    if not args.apply or args.choices:
        from core.commands import choices  # late: it loads what joins cases

        preview = library.merging.preview(args.file, **given)
        if not args.apply:
            may = choices.fields_of(preview, library, args.file, given["password"]) if args.json else {}
            return preview_as_json(preview, may)
        chosen = choices.read(args.choices, preview, library, args.file, given["password"])
        given |= {"choices": chosen.choices, "cases": chosen.cases, "pairings": chosen.pairings}
    made = library.merging.merge(args.file, rule, **given)
    print(f"合并了 {made.decisions} 条决定、{len(made.cases)} 个新案例", file=sys.stderr)
    return {"id": made.id, "from": made.name, "decisions": made.decisions, "cases": list(made.cases)}


def preview_as_json(
    preview: Preview, may: Mapping[tuple[str, str], Mapping[str, Sequence[str]]] | None = None
) -> dict[str, object]:
    """Return what a merge would do as JSON has it; ``may`` are the fields of cases that are alike, and what may be
    chosen of each (``core.commands.choices``)."""
    may = may or {}
    return {
        "from": preview.packet.sender,
        "kind": preview.packet.kind,
        "answers": preview.packet.answers,
        "decisions": preview.decisions,
        "conflicts": len(preview.conflicts),
        "withdrawn_before": preview.withdrawn,
        "targets": dict(preview.counts),
        "people": {who or "（没有署名）": dict(counts) for who, counts in preview.by_person().items()},
        "new_cases": [
            {"id": id_, "title": title, "choice": "leave" if id_ in preview.returned else "take"}
            for id_, title in preview.new_cases
        ],
        "alike": [
            {
                "theirs": d.theirs,
                "ours": d.ours,
                "likeness": round(d.likeness, 2),
                "title": d.title,
                "choice": "take",
                "fields": {part: own[0] for part, own in may.get((d.theirs, d.ours), {}).items()},
                "may": {part: list(own) for part, own in may.get((d.theirs, d.ours), {}).items()},
            }
            for d in preview.doubles
        ],
        "read_differently": list(preview.read_differently),
        "pages_not_merged": [{"name": name, "who": who} for name, who in preview.pages],
        "items": [_item(item) for item in preview.items],
    }


def _item(item: Item) -> dict[str, object]:
    def said(rows: Any) -> list[dict[str, object]]:
        return [{"who": row.who, "verdict": row.verdict, "value": row.after, "note": row.note} for row in rows]

    return {
        "target": str(item.target),
        "title": item.title,
        "standing": item.standing,
        "conflict": item.differ,
        "choice": "take",
        "ours": said(item.ours),
        "theirs": said(item.theirs),
    }


def _unmerge(args: argparse.Namespace, library: Library) -> object:
    try:
        made = library.merging.withdraw(args.merge)
    except KeyError:
        raise UsageError(f"没有这次合并：{args.merge}") from None
    return {"id": made.id, "undoes": made.undoes, "decisions": made.decisions}


def _merges(args: argparse.Namespace, library: Library) -> object:
    return [
        {
            "id": row.id, "kind": row.kind, "at": row.at, "who": row.who, "name": row.name, "decisions": row.decisions,
            "cases": len(row.cases), "withdrawn": row.withdrawn,
        }
        for row in library.merging.all()
    ]  # fmt: skip
