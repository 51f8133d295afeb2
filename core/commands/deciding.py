"""Commands that decide: ``edit`` a field, ``decide`` about anything; ``digest``, one hash over what is said."""

from __future__ import annotations

import argparse
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.commands.common import UsageError, json_or_text, num_of, open_library, print_json

if TYPE_CHECKING:
    from core.decisions import Decision
    from core.library import Library, Wish

VERDICTS = ("accepted", "changed", "rejected", "unsure", "added", "withdrawn")


def register(commands: Any) -> None:
    """Add the commands to the parser of all."""
    edit = _command(commands, "edit", "改一个案例的一项，记作一次决定", _edit)
    edit.add_argument("case", metavar="编号", help="案例编号，或它的开头几位")
    edit.add_argument("field", metavar="项", help="title、place、themes、published……，或 figure/编号、mechanism/编号")
    edit.add_argument("value", metavar="值", help="文字，或 JSON；地区可写地名，标签、主题、署名可用顿号隔开")
    _signed(edit)

    decide = _command(commands, "decide", "对一个案例、一项或一个数据作出决定", _decide)
    target = "编号:项，如 3f2a:figure/9c1e；只写编号就是整个案例；3f2a:figure/ 是添加一个数据；:doubt/编号 是一处待核实"
    decide.add_argument("target", metavar="对象", help=target)
    decide.add_argument("--verdict", required=True, choices=VERDICTS, help="对、改、错、存疑、添加，改回未核")
    decide.add_argument("--value", metavar="JSON", help="定为什么；null 就是去掉")
    _signed(decide)

    _command(commands, "digest", "打印案例库内容的指纹：说的一样，指纹就一样", _digest)


def _command(commands: Any, name: str, words: str, run: Any) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = commands.add_parser(name, help=words, description=words)
    command.add_argument("library", type=Path, metavar="案例库", help="案例库文件")
    command.add_argument("--json", action="store_true", help="打印 JSON")
    command.set_defaults(run=run)
    return command


def _signed(command: argparse.ArgumentParser) -> None:
    command.add_argument("--who", default="", metavar="姓名", help="谁作的决定")
    command.add_argument("--note", default="", metavar="说明")


def _edit(args: argparse.Namespace) -> int:
    from core.library import Wish

    with closing(open_library(args.library)) as library:
        num = num_of(library, args.case)
        return _written(args, library, Wish(num, args.field, "changed", _value_of(args.field, args.value), args.note))


def _value_of(part: str, words: str) -> object:
    """What was written for a field: JSON, a name of a place, names parted by 、."""
    from core.editing.fields import names_in

    value = json_or_text(words) if words[:1] in ("[", "{", '"') or part == "starred" else words
    if not isinstance(value, str):
        return value
    if part == "place":
        return _place_named(value)
    return names_in(value) if part in ("themes", "tags", "byline") else value


def _place_named(name: str) -> list[str]:
    from dataclasses import astuple

    from core.places.gazetteer import gazetteer
    from core.records import Place

    if not name.strip():
        return list(astuple(Place()))
    found = gazetteer().find_places(name, limit=1)
    if not found:
        raise UsageError(f"不认识地名“{name}”，没有改动")
    return list(astuple(found[0].place))


def _decide(args: argparse.Namespace) -> int:
    from core.decisions import target_of
    from core.library import Wish
    from core.library.stamps import new_id

    target = target_of(args.target)
    if target.part in ("figure/", "mechanism/") and args.verdict == "added":
        target = target._replace(part=target.part + new_id())
    with closing(open_library(args.library)) as library:
        library.decisions.reviewer = args.who
        if not target.case and args.verdict in ("accepted", "rejected", "unsure"):
            return _print_made(args, library.decisions.say([target], args.verdict, args.note))
        num = num_of(library, target.case) if target.case else 0
        if args.verdict == "withdrawn":
            whole = target._replace(case=library.cases.rows([num])[0].id) if num else target
            return _print_made(args, library.decisions.set_back([whole]))
        wish = Wish(num, target.part, args.verdict, note=args.note)
        if args.value is not None:
            wish = Wish(num, target.part, args.verdict, json_or_text(args.value), args.note)
        return _written(args, library, wish)


def _written(args: argparse.Namespace, library: Library, wish: Wish) -> int:
    """Decide, and print what was written; code 1 when nothing had to be."""
    from core.decisions import NotAValue

    library.decisions.reviewer = args.who
    try:
        made = library.decisions.decide([wish])
    except NotAValue as error:
        raise UsageError(f"{error}。没有改动") from error
    except KeyError as error:
        raise UsageError(f"这个案例没有“{error.args[0]}”，没有改动") from error
    return _print_made(args, made)


def _print_made(args: argparse.Namespace, made: list[Decision]) -> int:
    """Print what was written; code 1 when nothing had to be."""
    if args.json:
        print_json([_as_json(decision) for decision in made])
    for decision in () if args.json else made:
        print(decision.id, decision.target, decision.verdict, sep="\t")
    return 0 if made else 1


def _as_json(decision: Decision) -> dict[str, object]:
    from dataclasses import asdict

    return {**asdict(decision), "target": str(decision.target)}


def _digest(args: argparse.Namespace) -> int:
    with closing(open_library(args.library)) as library:
        found = library.decisions.digest()
    print_json({"digest": found}) if args.json else print(found)
    return 0
