"""案览，不开窗口：python -m core 命令。

退出码：0 成功；1 没有找到，或有文件出错；2 用法不对，或案例库打不开。
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.causes import NotDone, cause_of
from core.commands import arguments, deciding, exchange
from core.commands.common import UsageError, num_of, print_json

if TYPE_CHECKING:
    from core.intake.importing import Progress
    from core.library import CaseRow, Library, Query
    from core.records import Case

Command = Callable[[argparse.Namespace], int]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; what goes wrong in the world is said on standard error, in words."""
    from core.library import LibraryError
    from core.sources import SourceError

    _speak_utf8()
    args = _parser().parse_args(argv)
    run: Command = args.run
    try:
        return run(args)
    except (UsageError, SourceError, LibraryError, NotDone) as error:
        print(error, file=sys.stderr)
    except BrokenPipeError:
        sys.stderr.close()  # whoever read our output has seen enough
    except OSError as error:
        path = Path(error.filename) if isinstance(error.filename, str) else None
        print(f"{path or ''}：{cause_of(error, path)}", file=sys.stderr)
    return 2


def _speak_utf8() -> None:
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m core", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="命令")

    search = _command(commands, "search", "查找案例，打印编号、标题和片段", _search)
    search.add_argument("words", nargs="*", metavar="词", help="所有的词都要有；“引号”里的是一整句")
    search.add_argument("--limit", type=int, default=50, metavar="N", help="最多打印几例（默认 50）")
    _filters(search)

    add = _command(commands, "import", "把版面读进案例库，打印新的案例；每个文件的结果记入导入记录", _import)
    add.add_argument("paths", type=Path, metavar="文件", nargs="+", help="版面文件，或放版面的文件夹")

    show = _command(commands, "show", "打印一个案例的全部内容", _show)
    show.add_argument("id", metavar="编号", help="案例编号，或它的开头几位")

    tree = _command(commands, "tree", "打印案例树和例数", _tree)
    tree.add_argument("--by", choices=("place", "theme"), default="place", help="按地区（默认）或按主题")
    tree.add_argument("words", nargs="*", metavar="词", help="同时打印含有这些词的例数")

    compare = _command(commands, "compare", "把几个案例或几个地区并排比较：做法、机制、数据，能不能相比", _compare)
    arguments.add_to_compare(compare)

    export = _command(commands, "export", "导出案例：整个案例库，或其中一部分", _export)
    arguments.add_to_export(export)
    _filters(export)

    back = _command(commands, "take-back", "把改过的 .xlsx 和案例库对比，列出改动", _take_back)
    back.add_argument("path", type=Path, metavar="文件", help="由案览导出、在 Excel 或 WPS 里改过的 .xlsx")
    how = back.add_mutually_exclusive_group()
    how.add_argument("--preview", action="store_true", help="只列出，不改（不写也是这样）")
    how.add_argument("--apply", action="store_true", help="列出的改动全部收下，记为决定")

    check = _command(commands, "check", "检查种子文件夹，或检查案例库文件是否完好", _check, library=False)
    check.add_argument("path", nargs="?", type=Path, metavar="文件夹或案例库", help="旧版本的备份也能查，不升级它")
    check.add_argument("--rebuild", action="store_true", help="把能由内容重新算出的（索引、条数……）重建")

    doubts = _command(commands, "doubts", "列出待核实之处：互相矛盾、说不通、没有把握的数据", _doubts, library=False)
    doubts.add_argument("library", nargs="?", type=Path, metavar="案例库", help="案例库文件（不写就是默认案例库）")
    doubts.add_argument("--all", action="store_true", help="说明过不是问题的也列出来")
    review = _command(commands, "review", "核对到哪里了，接下来该核哪些数据", _review, library=False)
    review.add_argument("library", nargs="?", type=Path, metavar="案例库", help="案例库文件（不写就是默认案例库）")
    review.add_argument("--next", type=int, nargs="?", const=10, metavar="N", help="打印接下来的几个（默认 10）")
    review.add_argument("--progress", action="store_true", help="打印核了多少，谁核了多少")
    review.add_argument("--conflicts", action="store_true", help="打印说法不一的：两边各是谁、怎么说")
    review.add_argument("--unit", choices=("figure", "case"), default="figure", help="逐个数据，还是逐个案例")
    review.add_argument("--who", default="", metavar="姓名", help="谁来核：别人核过而要再看一遍的也列出来")
    how_often = "never 不复核，needed 只复核改过、判错、存疑、矛盾的，twice 正文一遍、数据两遍（不写就照案例库里定的）"
    review.add_argument("--second", choices=("needed", "twice", "never"), help=how_often)

    read = _command(commands, "read", "读一个版面，打印其中的文章", _read, library=False)
    read.add_argument("page", type=Path, metavar="版面", nargs="+")
    read.add_argument("--explain", action="store_true", help="说明每个判断的理由和把握")

    figures = commands.add_parser("figures", help="从标准输入逐行读文字，逐行打印其中的数据（JSON）")
    figures.set_defaults(run=_figures)

    deciding.register(commands)
    exchange.register(commands)
    return parser


def _command(commands: Any, name: str, words: str, run: Command, library: bool = True) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = commands.add_parser(name, help=words, description=words)
    command.add_argument("--json", action="store_true", help="打印 JSON")
    if library:
        command.add_argument("--library", type=Path, metavar="文件", help="案例库文件（不写就是默认案例库）")
    command.set_defaults(run=run)
    return command


def _filters(command: argparse.ArgumentParser) -> None:
    from core.records import STATE_WORDS

    command.add_argument("--place", action="append", default=[], metavar="地区", help="地名、旧名、简称或拼音")
    command.add_argument("--theme", action="append", default=[], metavar="主题")
    command.add_argument("--mechanism", action="append", default=[], metavar="机制")
    command.add_argument("--since", default="", metavar="日期")
    command.add_argument("--until", default="", metavar="日期")
    command.add_argument("--indicator", default="", metavar="指标", help="指标里含有的字")
    command.add_argument("--min", default="", metavar="数值")
    command.add_argument("--max", default="", metavar="数值")
    command.add_argument("--unit", default="", metavar="单位")
    command.add_argument("--state", action="append", default=[], choices=[*STATE_WORDS.values()], help="核对的状态")
    command.add_argument("--tag", action="append", default=[], metavar="标签", help="自己加的标签")
    command.add_argument("--starred", action="store_true", help="只要加了星标的")


def _open(args: argparse.Namespace, *, backup: bool = False) -> Library:
    from core.default_library import ensure_library
    from core.folders import find_folders
    from core.library import Library

    return Library.open(args.library or ensure_library(find_folders()), backup=backup)


def _query(args: argparse.Namespace) -> Query:
    from core.library import Query
    from core.records import STATE_WORDS

    return Query(
        words=" ".join(args.words),
        places=tuple(_place_code(name) for name in args.place),
        themes=tuple(args.theme),
        mechanisms=tuple(args.mechanism),
        since=args.since,
        until=args.until,
        indicator=args.indicator,
        value_min=_number(args.min),
        value_max=_number(args.max),
        unit=args.unit,
        states=tuple(state for state, word in STATE_WORDS.items() if word in args.state),
        tags=tuple(args.tag),
        starred=args.starred,
    )


def _place_code(name: str) -> str:
    from core.places.gazetteer import gazetteer

    found = gazetteer().find_places(name, limit=1)
    if not found:
        raise UsageError(f"不认识地名“{name}”")
    return found[0].place.code


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text) if text else None
    except InvalidOperation:
        raise UsageError(f"“{text}”不是数值") from None


def _search(args: argparse.Namespace) -> int:
    query = _query(args)
    with closing(_open(args)) as library:
        hits = library.search.find(query)
        nums = hits.nums[: args.limit].tolist()
        snippets = library.search.snippets(nums, query)
        rows = [(row, snippets.get(row.num)) for row in library.cases.rows(nums)]
    if args.json:
        found = [
            {"id": row.id, "title": row.title, "place": row.place, "snippet": snippet.text if snippet else ""}
            for row, snippet in rows
        ]
        print_json({"total": len(hits), "hits": found})
    else:
        for row, snippet in rows:
            print(row.id, row.title, row.place, sep="\t")
            if snippet:
                print(f"\t{_marked(snippet.text, snippet.marks)}")
        print(f"共 {len(hits)} 例", file=sys.stderr)
    return 0 if len(hits) else 1


def _marked(text: str, marks: Sequence[tuple[int, int]]) -> str:
    """Hits in 【】, which show in any terminal."""
    for start, end in sorted(marks, reverse=True):
        text = f"{text[:start]}【{text[start:end]}】{text[end:]}"
    return text.replace("\n", " ")


def _import(args: argparse.Namespace) -> int:
    from core.intake.importing import import_logged

    with closing(_open(args, backup=True)) as library:
        if library.backups.failed:
            print(library.backups.failed, file=sys.stderr)
        steps = []
        for step in import_logged(library, args.paths):
            print(f"{step.done}/{step.total} {_told(step)}", file=sys.stderr, flush=True)
            steps.append(step)
        added = [library.cases.rows(step.added) for step in steps]
    if args.json:
        print_json([_step_as_json(step, rows) for step, rows in zip(steps, added, strict=True)])
    else:
        for row in (row for rows in added for row in rows):
            print(row.id, row.title, row.place, sep="\t")
        print(f"收进 {steps[-1].cases} 例" if steps else "没有找到版面", file=sys.stderr)
    return 0 if steps and not any(step.outcome == "failed" for step in steps) else 1


def _told(step: Progress) -> str:
    """Return the line that says what became of a file."""
    said = step.problem or f"《{step.path.name}》收进 {len(step.added)} 例"
    return "；".join((said, *step.notes))


def _step_as_json(step: Progress, rows: Sequence[CaseRow]) -> dict[str, object]:
    return {
        "file": str(step.path),
        "outcome": step.outcome,
        "cases": [{"id": row.id, "title": row.title, "place": row.place, "figures": row.figures} for row in rows],
        "reason": step.problem,
        "notes": list(step.notes),
    }


def _show(args: argparse.Namespace) -> int:
    from core.writing.case_json import case_as_json

    with closing(_open(args)) as library:
        case = library.cases.load_for_writing(num_of(library, args.id))
    if args.json:
        print_json(case_as_json(case))
    else:
        print("\n".join(_case_lines(case)))
    return 0


def _case_lines(case: Case) -> Iterator[str]:
    from core.places.areas import full_label
    from core.records import MECHANISM_KINDS

    yield case.title
    yield full_label(case.place) + "  " + "、".join(case.themes)
    yield from (citation.text() for citation in case.citations)
    parts = (("", case.summary), ("背景", case.background), ("做法", case.practice), ("成效", case.result))
    for head, text in parts:
        if text:
            yield f"\n{head}\n{text}" if head else f"\n{text}"
    yield from (f"\n{paragraph}" for paragraph in case.body)
    if case.mechanisms:
        yield "\n机制"
    for mechanism in case.mechanisms:
        kind = f"（{MECHANISM_KINDS[mechanism.kind]}）" if mechanism.kind else ""
        yield f"  {mechanism.name}{kind}" + (f"：{mechanism.note}" if mechanism.note else "")
        yield from (f"    {part.label} = {part.meaning}" for part in mechanism.parts)
    if case.metrics:
        yield "\n数据"
    for metric in case.metrics:
        scope = "，".join(x for x in (metric.subject, metric.period) if x)
        yield f"  {metric.indicator}\t{metric.printed}\t{scope}\t“{metric.quote}”"


def _compare(args: argparse.Namespace) -> int:
    from core.commands.comparing import run_compare

    with closing(_open(args)) as library:
        return run_compare(library, args, _place_code)


def _tree(args: argparse.Namespace) -> int:
    from core.library import Query

    with closing(_open(args)) as library:
        hits = library.search.find(Query(words=" ".join(args.words))) if args.words else None

        def nodes(parent: tuple[str, ...]) -> list[dict[str, Any]]:
            return [
                {
                    "label": node.label,
                    "total": node.total,
                    **({"hits": node.hits} if node.hits is not None else {}),
                    "children": nodes(node.key) if node.has_children else [],
                }
                for node in library.contents.tree(args.by, hits, parent)
            ]

        whole = nodes(())
    if args.json:
        print_json(whole)
    else:
        _print_tree(whole)
    return 0


def _print_tree(nodes: Sequence[dict[str, Any]], depth: int = 0) -> None:
    for node in nodes:
        count = f"{node['hits']} / {node['total']}" if "hits" in node else node["total"]
        print(f"{'  ' * depth}{node['label']}\t{count}")
        _print_tree(node["children"], depth + 1)


def _export(args: argparse.Namespace) -> int:
    from core.commands.export import run_export

    with closing(_open(args)) as library:
        nums = None if args.cases is None else [num_of(library, beginning) for beginning in args.cases]
        return run_export(args, library, _query(args), nums)


def _take_back(args: argparse.Namespace) -> int:
    from core.commands.export import run_take_back

    with closing(_open(args)) as library:
        return run_take_back(args, library)


def _check(args: argparse.Namespace) -> int:
    from core.resources import shipped
    from core.seeds.check import check_seeds

    path: Path = args.path or shipped("seeds")
    if not path.exists():
        raise UsageError(f"找不到“{path}”")
    if path.is_file():
        return _check_library(path, args.rebuild, args.json)
    faults = check_seeds(path)
    if args.json:
        print_json([{"file": f.file, "field": f.field, "text": f.text} for f in faults])
    else:
        for fault in faults:
            print(f"{fault.file}\t{fault.field}\t{fault.text}")
        print(f"{len(faults)} 处错误" if faults else "没有错误", file=sys.stderr)
    return 1 if faults else 0


def _check_library(path: Path, rebuild: bool, as_json: bool) -> int:
    from core.library import checking

    made = checking.rebuild(path) if rebuild else ()
    report = checking.check(path)
    if as_json:
        found = [{"text": f.text, "case": f.num or None, "rebuilds": f.rebuilds} for f in report.findings]
        print_json({"version": report.version, "cases": report.cases, "rebuilt": list(made), "findings": found})
        return 1 if found else 0
    if made:
        print(f"重建了：{'、'.join(made)}")
    for finding in report.findings:
        print(finding.text)
    print(report.words(), file=sys.stderr if report.findings else sys.stdout)
    return 1 if report.findings else 0


def _doubts(args: argparse.Namespace) -> int:
    from core.commands.doubts import print_doubts

    with closing(_open(args)) as library:
        return print_doubts(library, args.json, args.all)


def _review(args: argparse.Namespace) -> int:
    from core.commands.review import print_conflicts, print_next, print_progress
    from core.reviewing import READINGS, Asked

    with closing(_open(args)) as library:
        if args.conflicts:
            return print_conflicts(library, args.json)
        if args.next is not None and not args.progress:
            asked = Asked(
                unit=args.unit, who=args.who, reading=READINGS[args.second or library.decisions.rule("second")]
            )
            return print_next(library, args.next, args.json, asked)
        return print_progress(library, args.json, args.unit)


def _read(args: argparse.Namespace) -> int:
    from core.reading import read_page
    from core.sources import read_file
    from core.writing.reading_json import reading_as_json

    pages = [page for path in args.page for page in read_file(path)]
    answers = [reading_as_json(page, read_page(page), explain=args.explain) for page in pages]
    json.dump(answers[0] if len(answers) == 1 else answers, sys.stdout, ensure_ascii=False, indent=1)
    print()
    return 0


def _figures(args: argparse.Namespace) -> int:
    from core.reading.facts.metrics import find_figures

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


if __name__ == "__main__":
    sys.exit(main())
