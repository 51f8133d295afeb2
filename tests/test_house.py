"""The house rules that a machine can hold: who imports whom, where SQL lives, and that nothing opens a socket."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
MODULES = sorted([*ROOT.glob("core/**/*.py"), *ROOT.glob("gui/**/*.py")])
SQL = re.compile(
    r"\b(SELECT\s.+\sFROM|INSERT\s+(OR\s+\w+\s+)?INTO|DELETE\s+FROM|UPDATE\s+\w+\s+SET|CREATE\s+(TABLE|VIEW|INDEX))\b",
    re.S,
)
NETWORK = {"socket", "ssl", "http", "urllib.request", "ftplib", "smtplib", "asyncio", "requests", "PySide6.QtNetwork"}

# The floors of the house, the lowest first: a part may import what stands on floors below its own, and nothing beside
# or above. docs/architecture.md draws the same.
CORE_FLOORS = (
    ("core.records", "core.resources", "core.compiled", "core.edit_tags", "core.causes", "core.machine"),
    ("core.agreement", "core.dates", "core.folders", "core.scratch", "core.text"),
    ("core.places", "core.sources", "core.decisions"),
    ("core.comparing", "core.exchange"),
    ("core.reading", "core.desk", "core.doubts", "core.library", "core.writing", "core.seeds"),
    ("core.exporting",),
    (
        *(
            "core.default_library",
            "core.browsing",
            "core.editing",
            "core.exporting_comparison",
            "core.gathering",
            "core.intake",
        ),
        "core.taking_back",
        "core.reviewing",
    ),
    ("core.commands",),
    ("core.__main__",),
)
READING_FLOORS = (
    ("core.reading.page", "core.reading.figures"),
    ("core.reading.facts",),
    ("core.reading.__init__",),
)
WINDOW_FLOORS = (
    ("gui.theme", "gui.chinese"),
    ("gui.kit",),
    ("gui.shell",),
    ("gui.edit",),
    ("gui.browse", "gui.compare", "gui.desk", "gui.exchange", "gui.help", "gui.review", "gui.writing"),
    ("gui.frame", "gui.library_files", "gui.shortcuts"),
    ("gui.areas",),
    ("gui.menus",),
    ("gui.window",),
    ("gui.self_test", "gui.windows"),
    ("gui.__main__",),
)


def module_of(path: Path) -> str:
    """The dotted name of a file; a package's own file ends in ``__init__``."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


@cache
def imports_of(path: Path) -> frozenset[str]:
    """The modules that a file imports, for type checking too, in full, relative ones made absolute."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = ".".join((*path.relative_to(ROOT).parts[: -node.level], *([node.module] if node.module else [])))
            module = base if node.level else node.module or ""
            found |= {module, *(f"{module}.{alias.name}" for alias in node.names)}
    return frozenset(found)


@cache
def arrows() -> Mapping[str, frozenset[str]]:
    """Module → the modules of the house that it imports; a package stands for its own file where a name is its own."""
    names = {module_of(path) for path in MODULES}

    def inside(imported: frozenset[str]) -> Iterator[str]:
        for name in imported:
            if name in names:
                yield name
            elif f"{name}.__init__" in names and not any(f"{name}.{m}" in imported for m in modules[name]):
                yield f"{name}.__init__"

    modules = {name.removesuffix(".__init__"): set[str]() for name in names if name.endswith(".__init__")}
    for name in names:
        package, _, own = name.rpartition(".")
        modules.setdefault(package, set()).add(own)
    return {module_of(path): frozenset(inside(imports_of(path))) - {module_of(path)} for path in MODULES}


def under(module: str, *packages: str) -> bool:
    return any(module == p or module.startswith(p + ".") for p in packages)


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def part_of(module: str, floors: tuple[tuple[str, ...], ...]) -> tuple[str, int] | None:
    """The part of the house that a module belongs to, and its floor."""
    return next(((part, i) for i, floor in enumerate(floors) for part in floor if under(module, part)), None)


def wrong_arrows(floors: tuple[tuple[str, ...], ...]) -> Iterator[str]:
    """Imports that run up, or into another part of the same floor."""
    for module, imported in arrows().items():
        here = part_of(module, floors)
        for other in sorted(imported):
            there = part_of(other, floors)
            if here and there and here != there and there[1] >= here[1]:
                yield f"{module} → {other}"


def circles() -> Iterator[set[str]]:
    """Groups of modules that import each other, directly or over others."""
    reach = {name: set(imported) for name, imported in arrows().items()}
    changed = True
    while changed:
        changed = False
        for seen in reach.values():
            more = set().union(*(reach[m] for m in seen)) - seen if seen else set()
            seen |= more
            changed |= bool(more)
    yield from ({name} | {m for m in seen if name in reach[m]} for name, seen in reach.items() if name in seen)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_nothing_opens_a_socket(path: Path) -> None:
    assert not {m for m in imports_of(path) if under(m, *NETWORK)}


@pytest.mark.parametrize("path", [p for p in MODULES if name_of(p).startswith("core/")], ids=name_of)
def test_core_knows_no_window(path: Path) -> None:
    assert not {m for m in imports_of(path) if under(m, "PySide6", "shiboken6", "gui")}


@pytest.mark.parametrize("path", [p for p in MODULES if not name_of(p).startswith("core/library/")], ids=name_of)
def test_only_the_library_speaks_sql(path: Path) -> None:
    constants = [n.value for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.Constant)]
    assert not [text for text in constants if isinstance(text, str) and SQL.search(text)]
    assert path.name == "gazetteer.py" or not {m for m in imports_of(path) if under(m, "sqlite3", "sqlite_utils")}


@pytest.mark.parametrize("path", [p for p in MODULES if name_of(p) != "gui/kit/plain.py"], ids=name_of)
def test_labels_and_boxes_that_guess_at_markup_are_not_used(path: Path) -> None:
    guessing = ("QLabel", "QToolTip", "QWhatsThis", "QMessageBox", "QInputDialog", "QProgressDialog", "QErrorMessage")
    assert not {m for m in imports_of(path) if m.rpartition(".")[2] in guessing}


def test_no_modules_import_each_other() -> None:
    assert list(circles()) == []


@pytest.mark.parametrize("floors", [CORE_FLOORS, READING_FLOORS, WINDOW_FLOORS], ids=["core", "reading", "window"])
def test_no_import_runs_up_or_into_a_neighbour(floors: tuple[tuple[str, ...], ...]) -> None:
    assert list(wrong_arrows(floors)) == []


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_every_module_has_its_place(path: Path) -> None:
    module = module_of(path)
    assert module in ("core.__init__", "gui.__init__") or part_of(module, CORE_FLOORS + WINDOW_FLOORS)


def test_the_top_level_is_fixed() -> None:
    known = "gui core resources seeds tests bench docs build.spec README.md CHANGELOG.md CONTRIBUTING.md LICENSE"
    known += " pyproject.toml Makefile"
    made = "build dist shots anlan.egg-info"
    assert {p.name for p in ROOT.iterdir() if not p.name.startswith(".")} <= {*known.split(), *made.split()}


def test_a_commit_passes_the_gates_of_make_and_downloads_nothing() -> None:
    hooks = (ROOT / ".pre-commit-config.yaml").read_text("utf-8")
    lint = (ROOT / "Makefile").read_text("utf-8").partition("\nlint:")[2].partition("\n\n")[0]
    assert re.findall(r"entry: \.ci/python -m (.+)", hooks) == re.findall(r"\$\(BIN\)/(.+)", lint)
    assert set(re.findall(r"repo: (.+)", hooks)) == {"local"}
