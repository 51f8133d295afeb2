"""The house rules that a machine can hold: who imports whom, where SQL lives, and that nothing opens a socket."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
MODULES = sorted([*ROOT.glob("core/**/*.py"), *ROOT.glob("gui/**/*.py")])
THE_WINDOW = {"__init__", "__main__", "window", "frame", "browsing", "collecting", "library_files", "importing"}
THE_WINDOW |= {"helping", "self_test"}
SHARED_BY_VIEWS = {"jobs", "shortcuts", "settings", "widgets", "dialogs"}
VIEWS = sorted(p.stem for p in ROOT.glob("gui/*.py") if p.stem not in THE_WINDOW)
SQL = re.compile(
    r"\b(SELECT\s.+\sFROM|INSERT\s+(OR\s+\w+\s+)?INTO|DELETE\s+FROM|UPDATE\s+\w+\s+SET|CREATE\s+(TABLE|VIEW|INDEX))\b",
    re.S,
)
NETWORK = {"socket", "ssl", "http", "urllib.request", "ftplib", "smtplib", "asyncio", "requests", "PySide6.QtNetwork"}


@cache
def imports_of(path: Path) -> set[str]:
    """The modules that a file imports, in full, relative ones made absolute."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = ".".join((*path.relative_to(ROOT).parts[: -node.level], *([node.module] if node.module else [])))
            module = base if node.level else node.module or ""
            found |= {module, *(f"{module}.{alias.name}" for alias in node.names)}
    return found


def under(module: str, *packages: str) -> bool:
    return any(module == p or module.startswith(p + ".") for p in packages)


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


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


@pytest.mark.parametrize(
    ("package", "strangers"),
    [
        ("core/sources", ("core.reading", "core.library", "core.writing", "core.intake")),
        ("core/reading", ("core.sources", "core.library", "core.writing", "core.intake")),
        ("core/library", ("core.reading", "core.sources", "core.writing", "core.intake")),
        ("core/writing", ("core.reading", "core.sources", "core.intake")),
    ],
)
def test_parts_of_the_core_keep_apart(package: str, strangers: tuple[str, ...]) -> None:
    found = {name_of(p): {m for m in imports_of(p) if under(m, *strangers)} for p in (ROOT / package).glob("**/*.py")}
    assert not {name: modules for name, modules in found.items() if modules}


@pytest.mark.parametrize("view", [v for v in VIEWS if v not in SHARED_BY_VIEWS])
def test_views_do_not_import_each_other(view: str) -> None:
    others = [f"gui.{v}" for v in {*VIEWS, *THE_WINDOW} - {view, "__init__"} - SHARED_BY_VIEWS]
    assert not {m for m in imports_of(ROOT / "gui" / f"{view}.py") if under(m, *others)}


def test_the_top_level_is_fixed() -> None:
    known = "gui core resources seeds tests bench docs build.spec README.md CHANGELOG.md LICENSE"
    known += " pyproject.toml Makefile"
    made = "build dist shots anlan.egg-info"
    assert {p.name for p in ROOT.iterdir() if not p.name.startswith(".")} <= {*known.split(), *made.split()}
