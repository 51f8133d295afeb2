"""What is done to a library while the program is killed, and what must hold afterwards whenever that was.

``python -m bench.reliability.acts NAME FOLDER`` does one of them in a world that lies in FOLDER.
"""

from __future__ import annotations

import lzma
import random
import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from pathlib import Path

from bench.corpus import generate
from bench.reliability.state import digest_of, faults_beside, faults_of, version_of
from core import edit_tags
from core.decisions import CASE, Target, doubt_target, figure_value
from core.library import Library, Query, Wish, backups, opening, packets, restore
from core.library.checking import check
from core.records import Article, Case, Page, Paragraph, Place, Span

ROOT = Path(__file__).resolve().parents[2]
PAGES = ROOT / "tests" / "pages" / "learnt" / "first"
Tell = Callable[[str], object]
Told = Sequence[str]
LIBRARY, TWIN = "库.anlan", "另一份/库.anlan"


@dataclass(frozen=True, slots=True)
class Act:
    """A name; what is done, telling how far it is; and what is wrong afterwards, given what was told."""

    name: str
    do: Callable[[Path, Tell], None]
    faults: Callable[[Path, Told], list[str]]
    prepare: Callable[[Path], None] = lambda folder: None
    """Changes the world before."""


# ---- the world


def make_world(folder: Path, small: bool = False) -> None:
    """Lay a library of eight short cases, a page and a selection, twice, with a backup of an earlier state.

    A small one has no page, so that fewer calls write it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / LIBRARY
    with Library.create(path) as library:
        library.cases.add(replace(case, body=("短。",), metrics=case.metrics[:1]) for case in generate(8, 5))
        if not small:
            library.pages.add(*read("guizhou-brief"))
        library.backups.keep_when_due()
        library.selections.put(library.selections.add("专报"), [1, 2, 3])
        library.cases.set_title(1, "备份以后改的")
    (folder / TWIN).parent.mkdir()
    shutil.copy(path, folder / TWIN)


@cache
def read(name: str) -> tuple[Page, Sequence[Article]]:
    """One of our own pages, and its articles."""
    from core.reading import read_page
    from core.sources import read_file

    [page] = read_file(PAGES / f"{name}.txt")
    return page, read_page(page)


def _backup_in(folder: Path) -> Path:
    return min((folder / "备份").glob("库 ????-??-?? ??????.anlan"))


# ---- changes of a library, each followed by what it must have come to


Edit = Callable[[Library, random.Random], None]


def _title(library: Library, source: random.Random) -> None:
    library.cases.set_title(source.randint(1, 8), f"标题{source.random()}")


def _place(library: Library, source: random.Random) -> None:
    places = [Place("130534", "河北省", "邢台市", "清河县"), Place("", "某省", "某市", f"第{source.randint(1, 99)}县")]
    library.cases.set_place([source.randint(1, 8), 8], source.choice(places))


def _themes(library: Library, source: random.Random) -> None:
    library.cases.set_themes([source.randint(1, 8)], source.sample(["基层治理", "人才工作", "民生服务"], 2))


def _import(library: Library, source: random.Random) -> None:
    page, articles = read("chongqing-markdown")
    unlike = Page(f"{page.text}\n{source.random()}", f"{source.random()}.txt")
    library.pages.add(unlike, articles)


def _accept(library: Library, source: random.Random) -> None:
    page, articles = read("chongqing-markdown")
    unlike = Page(f"{page.text}\n{source.random()}", f"{source.random()}.txt")
    edits = [{"do": "title", "at": articles[0].title_spans[0].start, "title": f"桌上改的{source.random()}"}]
    library.pages.add(unlike, articles, edits)


def _replace(library: Library, source: random.Random) -> None:
    page = next((row.id for row in library.pages.rows() if row.kind == "page"), "")
    if not page:  # a small world has none
        _title(library, source)
        return
    _, articles = read("guizhou-brief")
    edits = [{"do": "title", "at": articles[0].title_spans[0].start, "title": f"整理时改的{source.random()}"}]
    library.pages.replace(page, articles[source.randint(0, 1) :], edits)


def _select(library: Library, source: random.Random) -> None:
    rows = library.selections.rows()
    what = source.randint(0, 4)
    if what == 0 or not rows:
        library.selections.add(f"汇编{source.random()}")
        return
    chosen = source.choice(rows).id
    if what == 1:
        library.selections.put(chosen, source.sample(range(1, 9), 3), 0)
    elif what == 2:
        library.selections.take(chosen, [source.randint(1, 8)])
    elif what == 3:
        library.selections.rename(chosen, f"改名{source.random()}")
    else:
        library.selections.remove(chosen)


def _remove(library: Library, source: random.Random) -> None:
    if library.cases.count() > 2:
        library.cases.remove([source.randint(1, 8), source.randint(1, 8)])
    else:
        library.undo()


def _back_and_forth(library: Library, source: random.Random) -> None:
    do = source.choice((library.undo, library.undo, library.redo, None))
    if do:
        do()
    else:
        source.choice((_title, _themes, _select, _remove, _replace))(library, source)


def _all_of_it(library: Library, source: random.Random) -> None:
    source.choice((*EDITS.values(), _back_and_forth))(library, source)


def _decide(library: Library, source: random.Random) -> None:
    """Decide on a field or a figure, add, remove, say of the case, take back: whatever a person who checks does."""
    there = sorted(library.search.find(Query()).nums)
    if not there:
        library.undo()
        return
    num = source.choice(there)
    case = library.cases.load(num)
    figure = source.choice([metric.id for metric in case.metrics] or [""])
    what = source.choice(("field", "judge", "value", "add", "gone", "whole", "back", "doubt"))
    if what in ("judge", "value", "gone") and not figure:
        what = "add"
    if what == "field":
        part = source.choice(("summary", "note", "background", "result"))
        library.decisions.decide([Wish(num, part, "changed", f"改的{source.random()}")])
    elif what == "judge":
        library.decisions.figure(num, figure, source.choice(("accepted", "rejected", "unsure")))
    elif what == "value":
        value = figure_value(next(metric for metric in case.metrics if metric.id == figure))
        library.decisions.figure(num, figure, "changed", {**value, "value": str(source.randint(1, 10**6))})
    elif what == "add":
        library.decisions.add_figure(num, {"indicator": "手添", "value": str(source.randint(1, 999)), "unit": "个"})
    elif what == "gone":
        library.decisions.figure(num, figure, "rejected", None)
    elif what == "whole":
        library.decisions.decide([Wish(num, CASE, source.choice(("accepted", "rejected", "unsure")))])
    elif what == "back":
        library.decisions.set_back([Target(case.id, part) for part in sorted(library.decisions.of_case(num))])
    else:
        library.decisions.say([doubt_target(f"{source.random()}")], "rejected", "口径不同")


EDITS: dict[str, Edit] = {
    "title": _title,
    "place": _place,
    "themes": _themes,
    "import": _import,
    "accept": _accept,
    "replace page": _replace,
    "selections": _select,
    "remove": _remove,
    "decide": _decide,
}
_ROUNDS = 6


def _edits(name: str, edit: Edit) -> Act:
    """Some changes one after the other; each is done to a twin first, which tells what it has to come to."""

    def do(folder: Path, tell: Tell) -> None:
        with Library.open(folder / LIBRARY) as library, Library.open(folder / TWIN) as twin:
            for library_ in (library, twin):  # so that there is something to undo
                _title(library_, random.Random(name))
            tell(f"done {digest_of(folder / TWIN)}")
            seed = random.Random(folder.name)
            for _ in range(_ROUNDS):
                at = seed.random()
                edit(twin, random.Random(at))
                tell(f"next {digest_of(folder / TWIN)}")
                edit(library, random.Random(at))
                tell("done")

    def faults(folder: Path, told: Told) -> list[str]:
        wrong = faults_of(folder / LIBRARY)
        return wrong or _not_one_of(folder / LIBRARY, _allowed(told))

    return Act(name, do, faults)


def _allowed(told: Told) -> set[str]:
    """The states in which the library may be: the last that was acknowledged, or the one that was being made."""
    last, coming = "", ""
    for line in told:
        what, _, digest = line.partition(" ")
        if what == "next":
            coming = digest
        elif what == "done":
            last, coming = digest or coming, ""
    return {last, coming} - {""}


def _not_one_of(path: Path, allowed: set[str]) -> list[str]:
    found = digest_of(path)
    return [] if not allowed or found in allowed else [f"{path.name} is in no state that was ever acknowledged"]


# ---- whole files


def _whole(folder: Path, told: Told, path: Path | None = None) -> list[str]:
    """The library is as it was told last, nothing beside it is half there."""
    path = path or folder / LIBRARY
    wrong = faults_of(path)
    wrong = wrong or _not_one_of(path, {line.partition(" ")[2] for line in told if line.startswith("state")})
    return [*wrong, *faults_beside(folder), *(faults_beside(folder / "备份") if (folder / "备份").is_dir() else [])]


def _may_be(folder: Path, tell: Tell, *paths: Path) -> None:
    for path in (folder / LIBRARY, *paths):
        tell(f"state {digest_of(path)}")


def _copy_out(folder: Path, tell: Tell) -> None:
    _may_be(folder, tell)
    with Library.open(folder / LIBRARY) as library:
        library.backups.copy_to(folder / "别处" / "副本.anlan")
        tell("copied")


def _copied(folder: Path, told: Told) -> list[str]:
    target = folder / "别处" / "副本.anlan"
    if not target.exists():
        return _whole(folder, told) + (["the copy is gone"] if "copied" in told else [])
    return _whole(folder, told) + faults_beside(target.parent) + _not_one_of(target, {told[0].partition(" ")[2]})


def _save_over(folder: Path, tell: Tell) -> None:
    _may_be(folder, tell, _backup_in(folder))
    with Library.open(folder / LIBRARY) as library:
        library.backups.copy_to(folder / "另存.anlan")
        tell("copied")


def _saved_over(folder: Path, told: Told) -> list[str]:
    target, states = folder / "另存.anlan", [line.partition(" ")[2] for line in told if line.startswith("state")]
    if len(states) < 2:  # killed before it began
        return _whole(folder, told)
    wrong = faults_of(target) or _not_one_of(target, {states[0]} if "copied" in told else set(states))
    return wrong + _whole(folder, [line for line in told if line != f"state {states[1]}"])


def _daily(folder: Path, tell: Tell) -> None:
    _may_be(folder, tell)
    now = [backups.clock()]
    backups.clock = lambda: now[0]  # this process ends with the act
    with Library.open(folder / LIBRARY) as library:
        for _ in range(8):
            now[0] += timedelta(days=1)
            library._db.execute("UPDATE library SET revision = revision + 1")
            if library.backups.keep_when_due() is None:
                raise AssertionError("a copy was due")
            tell(f"kept {len(library.backups.all())}")


def _kept(folder: Path, told: Told) -> list[str]:
    counts = [int(line.partition(" ")[2]) for line in told if line.startswith("kept")]
    there = len(backups.of_library(folder / LIBRARY))
    wrong = _whole(folder, told)
    return wrong + ([f"{there} backups of {counts[-1]} are left"] if counts and there < counts[-1] - 1 else [])


def _restore(folder: Path, tell: Tell) -> None:
    _may_be(folder, tell, _backup_in(folder))
    restore(_backup_in(folder), folder / LIBRARY)
    tell("restored")


def _restored(folder: Path, told: Told) -> list[str]:
    """Before, the old state with all that was acknowledged; afterwards the old one is kept beside, whole."""
    states = [line.partition(" ")[2] for line in told if line.startswith("state")]
    path = folder / LIBRARY
    if not path.exists():
        return ["no library at its path"]
    wrong = faults_of(path)
    found = "" if wrong else digest_of(path)
    if not wrong and len(states) == 2:
        kept = list((folder / "备份").glob("[!.]*恢复前*.anlan"))
        if found not in ({states[1]} if "restored" in told else set(states)):
            wrong.append("in neither state")
        if found == states[1] and states[0] not in map(digest_of, kept):
            wrong.append("what was replaced is not kept")
    return wrong + faults_beside(folder) + faults_beside(folder / "备份")


def _leave_a_log(folder: Path) -> None:
    """The last change is still in the log, as a program that was killed leaves it."""
    path = folder / LIBRARY
    db = opening.connect_raw(path, "rw")
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("UPDATE cases SET published = '2020-02-02' WHERE num = 2")
    log = path.with_name(path.name + "-wal").read_bytes()
    db.close()
    path.with_name(path.name + "-wal").write_bytes(log)


def _restore_with_log(folder: Path, tell: Tell) -> None:
    twin = folder / "另一份" / "有日志.anlan"
    for tail in ("", "-wal"):
        shutil.copy(folder / (LIBRARY + tail), twin.with_name(twin.name + tail))
    tell(f"state {digest_of(twin)}")
    tell(f"state {digest_of(_backup_in(folder))}")
    restore(_backup_in(folder), folder / LIBRARY)
    tell("restored")


def _rebuild(folder: Path, tell: Tell) -> None:
    _may_be(folder, tell)
    db = opening.connect_raw(folder / LIBRARY, "rw")
    db.execute("UPDATE library SET tokens = 0")
    db.close()
    Library.open(folder / LIBRARY).close()
    tell("rebuilt")


def _lay_old(folder: Path) -> None:
    old = lzma.decompress((ROOT / "tests" / "libraries" / "schema-1.anlan.xz").read_bytes())
    for name in ("旧.anlan", "另一份/旧.anlan"):
        (folder / name).write_bytes(old)


def _migrate(folder: Path, tell: Tell) -> None:
    Library.open(folder / "另一份" / "旧.anlan").close()
    tell(f"state {digest_of(folder / '另一份' / '旧.anlan')}")
    Library.open(folder / "旧.anlan").close()
    tell("migrated")


def _migrated(folder: Path, told: Told) -> list[str]:
    path = folder / "旧.anlan"
    before = version_of(path)
    if before not in ((opening.VERSION,) if "migrated" in told else (1, opening.VERSION)):
        return [f"version {before}"]
    if before == opening.VERSION and not backups.of_library(path):
        return ["brought up without a backup"]
    return _whole(folder, told, path)


def _create(folder: Path, tell: Tell) -> None:
    Library.create(folder / "新的.anlan").close()
    tell("created")


def _build(folder: Path, tell: Tell) -> None:
    from core.default_library import build_library

    seeds = folder / "种子"
    seeds.mkdir()
    for file in sorted((ROOT / "seeds").glob("*.toml"))[:3]:
        shutil.copy(file, seeds)
    build_library(folder / "新的.anlan", seeds)
    tell("created")


def _created(folder: Path, told: Told) -> list[str]:
    path = folder / "新的.anlan"
    if not path.exists():
        return faults_beside(folder) + (["it is gone"] if "created" in told else [])
    return faults_of(path) + faults_beside(folder)


def _lay_target(folder: Path) -> None:
    shutil.copy(_backup_in(folder), folder / "另存.anlan")


FILES = (
    Act("backup", _copy_out, _copied),
    Act("save as", _save_over, _saved_over, _lay_target),
    Act("daily backup", _daily, _kept),
    Act("restore", _restore, _restored),
    Act("restore with a log", _restore_with_log, _restored, _leave_a_log),
    Act("index rebuild", _rebuild, _whole),
    Act("migrate", _migrate, _migrated, _lay_old),
    Act("create", _create, _created),
    Act("build", _build, _created),
)
# ---- a file of a colleague


_BACK = "交回.anlan"


_PAGE = "土地承包到户\n村里把土地成包到户，三年修渠八条。渠水进了田。"


def _put_right(library: Library, *fixed: tuple[str, str]) -> None:
    """Put characters right on the one page: the first of each, and what stands in its place."""
    page = next(row.id for row in library.pages.rows() if row.kind == "page")
    edits = [{"do": edit_tags.CORRECT, "at": _PAGE.index(char, 7), "char": right} for char, right in fixed]
    library.pages.replace(page, [_ARTICLE], edits)


_ARTICLE = Article(
    title=_PAGE[:6],
    title_spans=(Span(0, 6),),
    paragraphs=(Paragraph((Span(7, len(_PAGE)),)),),
)


def _lay_a_file(folder: Path) -> None:
    """What a colleague hands back: figures and fields decided, a case in the bin, a case of her own, words put right.

    Of a figure and of a sentence of a page she says something else than is said here.
    """
    other, packet = folder / "同事.anlan", folder / "给同事.anlan"
    with Library.open(folder / LIBRARY) as library:
        library.decisions.reviewer = "汇总"
        of_page = library.pages.add(Page(_PAGE, "承包.txt"), [_ARTICLE])
        library.merging.hand_out([*range(1, 7), *of_page], packet, "王芳")
        _put_right(library, ("八", "入"))
        figures = [library.cases.load(num).metrics[0].id for num in range(1, 7)]
        library.decisions.figure(1, figures[0], "rejected")
    shutil.copy(folder / LIBRARY, folder / TWIN)
    packets.unpack(packet, other)
    with Library.open(other) as library:
        library.decisions.reviewer = "王芳"
        library.decisions.decide([Wish(num, f"figure/{figures[num - 1]}", "accepted") for num in range(1, 6)])
        library.decisions.decide(
            [Wish(2, "title", "changed", "同事改的题"), Wish(3, "themes", "changed", ["基层治理"])]
        )
        library.decisions.put_in_bin([4])
        _put_right(library, ("成", "承"), ("田", "甲"))
        library.decisions.add_case(Case("", "同事写的例子", body=("晾谷场修好了。",)))
        library.merging.hand_back(folder / _BACK)
    for path in (other, packet):
        path.unlink()


def _lay_a_merge(folder: Path) -> None:
    """The file is taken in already."""
    _lay_a_file(folder)
    with Library.open(folder / LIBRARY) as library:
        library.merging.merge(folder / _BACK)
    shutil.copy(folder / LIBRARY, folder / TWIN)


def _take_in(library: Library, folder: Path) -> None:
    library.merging.merge(folder / _BACK)


def _withdraw(library: Library, folder: Path) -> None:
    """Withdraw the last merge, or the last withdrawal."""
    library.merging.withdraw(next(row.id for row in library.merging.all() if row.kind != "out"))


def _each(*steps: Callable[[Library, Path], None]) -> Callable[[Path, Tell], None]:
    """Some steps, each done to a twin first, which tells what it has to come to."""

    def do(folder: Path, tell: Tell) -> None:
        with Library.open(folder / LIBRARY) as library, Library.open(folder / TWIN) as twin:
            tell(f"done {digest_of(folder / TWIN)}")
            for step in steps:
                step(twin, folder)
                tell(f"next {digest_of(folder / TWIN)}")
                step(library, folder)
                tell("done")

    return do


def _taken(folder: Path, told: Told) -> list[str]:
    wrong = faults_of(folder / LIBRARY) or [f.text for f in check(folder / LIBRARY).findings]
    return wrong or _not_one_of(folder / LIBRARY, _allowed(told))


MERGES = (
    Act("merge", _each(_take_in), _taken, _lay_a_file),
    Act("withdraw a merge", _each(_withdraw), _taken, _lay_a_merge),
    Act("merge, withdraw, do again", _each(_take_in, _withdraw, _withdraw), _taken, _lay_a_file),
)
ACTS = {
    act.name: act
    for act in (
        *(_edits(name, edit) for name, edit in EDITS.items()),
        _edits("undo", _back_and_forth),
        _edits("mix", _all_of_it),
        *FILES,
        *MERGES,
    )
}


def main(argv: Sequence[str]) -> None:
    """Do one act, telling on standard output how far it is."""
    name, folder = argv
    ACTS[name].do(Path(folder), lambda line: print(line, flush=True))


if __name__ == "__main__":
    main(sys.argv[1:])
