"""What is packed and how: versions, limits, launchers, the three branches of build.spec, the program's own test."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import quote

import pytest
from packaging.requirements import Requirement

from core.folders import DEFAULT_LIBRARY

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / ".ci" / "package"
CASES = json.loads((ROOT / "tests" / "cases" / "packaging.json").read_text("utf-8"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
BUNDLE = ROOT / "dist" / "anlan" / "anlan"


def script(name: str) -> ModuleType:
    """A script of the packaging as a module."""
    spec = importlib.util.spec_from_file_location(f"packaging_{name}", PACKAGE / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def locked(name: str) -> dict[str, str]:
    """The packages of a lock file with their versions."""
    lines = (PACKAGE / name).read_text("utf-8").splitlines()
    return dict(line.lower().split("==") for line in lines if line and not line.startswith("#"))  # type: ignore[misc]


# ---- versions


@pytest.mark.parametrize("lock", ["lock-x86_64.txt", "lock-aarch64.txt"])
def test_lock_is_what_the_project_asks_for(lock: str) -> None:
    for asked in (r for r in map(Requirement, PROJECT["dependencies"]) if r.marker is None):
        assert locked(lock)[asked.name.lower()] in asked.specifier, asked.name


def test_tools_are_what_the_project_asks_for() -> None:
    for asked in map(Requirement, PROJECT["optional-dependencies"]["package"]):
        assert locked("lock-build.txt")[asked.name.lower()] in asked.specifier, asked.name


def test_both_machines_ship_the_same_packages() -> None:
    assert locked("lock-x86_64.txt").keys() == locked("lock-aarch64.txt").keys()


# ---- limits


@pytest.mark.parametrize(("listing", "versions"), CASES["glibc"])
def test_glibc_asked_for(listing: str, versions: list[list[int]]) -> None:
    assert script("check").versions_in(listing) == set(map(tuple, versions))


@pytest.mark.parametrize(("name", "unwanted"), CASES["unwanted"])
def test_what_must_not_be_packed(name: str, unwanted: bool) -> None:
    assert bool(script("check").unwanted_in([name])) is unwanted


@pytest.mark.parametrize(("item", "wanted"), CASES["icu"])
def test_what_of_icu_stays(item: str, wanted: bool) -> None:
    assert script("icu").is_wanted(item) is wanted


@pytest.mark.skipif(not shutil.which("objdump"), reason="objdump is missing")
def test_glibc_limit_fails_when_it_rises(tmp_path: Path) -> None:
    shutil.copy(Path(sys.executable).resolve(), tmp_path / "python")
    run = [sys.executable, str(PACKAGE / "check.py"), str(tmp_path)]
    assert subprocess.run([*run, "--glibc", "2.99"], capture_output=True).returncode == 0
    assert subprocess.run([*run, "--glibc", "2.1"], capture_output=True).returncode == 1


# ---- build.spec


class Made:
    """What a step of build.spec was asked to make."""

    pure = scripts = ()

    def __init__(self, *given: Any, **options: Any) -> None:
        self.given, self.options = given, options
        self.binaries, self.datas = [], list(options.get("datas", ()))


def read_spec(system: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The names of build.spec after it was read as on that system."""
    monkeypatch.setattr(sys, "platform", system)
    names: dict[str, Any] = dict.fromkeys(("Analysis", "PYZ", "EXE", "COLLECT", "BUNDLE"), Made)
    names |= {"SPECPATH": str(ROOT), "workpath": str(tmp_path)}
    exec(compile((ROOT / "build.spec").read_text("utf-8"), "build.spec", "exec"), names)
    return names


@pytest.mark.parametrize(("system", "icon"), [("win32", "anlan.ico"), ("darwin", "anlan.icns")])
def test_spec_of_other_systems(system: str, icon: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    options = read_spec(system, tmp_path, monkeypatch)["program"].options
    assert options["console"] is False
    assert Path(options["icon"]).name == icon
    assert Path(options["icon"]).stat().st_size > 10_000


def test_windows_version_resource(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read_spec("win32", tmp_path, monkeypatch)
    text = (tmp_path / "version.txt").read_text("utf-8")
    compile(text, "version.txt", "eval")
    assert f"'ProductVersion', '{PROJECT['version']}'" in text


def test_spec_packs_what_the_program_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = read_spec("win32", tmp_path, monkeypatch)
    assert {"seeds", "resources"} <= {target for _, target in names["DATA"]}
    assert all(Path(source).exists() for source, _ in names["DATA"])


# ---- launchers and the kind of file


def unquoted(exec_line: str, path: str) -> list[str]:
    """The arguments of an Exec line, by the rules of the Desktop Entry Specification; %k is the entry's own place."""
    text = re.sub(r"\\(.)", r"\1", exec_line)
    parts = re.findall(r'"((?:[^"\\]|\\.)*)"|(\S+)', text)
    plain = [re.sub(r'\\(["`$\\])', r"\1", quoted) if quoted else bare for quoted, bare in parts]
    return [part.replace("%k", path) if part == "%k" else part.replace("%%", "%") for part in plain]


@pytest.mark.skipif(not shutil.which("bash"), reason="bash is missing")
@pytest.mark.parametrize("as_address", [False, True])
@pytest.mark.parametrize("name", CASES["folders"])
def test_launcher_finds_the_program_beside_it(name: str, as_address: bool, tmp_path: Path) -> None:
    folder = tmp_path / name
    folder.mkdir()
    started = folder / "启动案览.sh"
    started.write_text("#!/bin/sh\necho started\n", "utf-8")
    started.chmod(0o755)
    line = re.search(r"^Exec=(.*)$", (PACKAGE / "案览.desktop").read_text("utf-8"), re.M)
    assert line
    place = f"{folder}/案览.desktop"
    command = unquoted(line[1], "file://" + quote(place) if as_address else place)
    assert subprocess.run(command, capture_output=True, text=True).stdout == "started\n"


def test_start_script_tells_the_launcher_its_picture(tmp_path: Path) -> None:
    for name in ("案览.desktop", "启动案览.sh"):
        shutil.copy(PACKAGE / name, tmp_path / name)
    program = tmp_path / "anlan"
    program.write_text('#!/bin/sh\necho "$1"\n', "utf-8")
    program.chmod(0o755)
    run = subprocess.run(["sh", str(tmp_path / "启动案览.sh"), "甲 乙"], capture_output=True, text=True)
    assert run.stdout == "甲 乙\n"
    assert f"Icon={tmp_path}/案览.png" in (tmp_path / "案览.desktop").read_text("utf-8")


def test_double_clicked_files_are_libraries() -> None:
    kinds = ElementTree.parse(PACKAGE / "deb" / "cn.anlan.app.xml").getroot()
    space = "{http://www.freedesktop.org/standards/shared-mime-info}"
    kind = kinds[0].get("type")
    assert kinds[0].find(f"{space}glob").get("pattern") == "*" + Path(DEFAULT_LIBRARY).suffix  # type: ignore[union-attr]
    assert f"MimeType={kind};" in (PACKAGE / "deb" / "cn.anlan.app.desktop").read_text("utf-8")


def test_a_file_as_argument_is_the_library() -> None:
    from gui.__main__ import _options

    assert _options(["三县 对照.anlan"]).file == Path("三县 对照.anlan")


# ---- the program tries itself


def try_itself(folder: Path, before: str = "") -> tuple[int, dict[str, Any]]:
    """Exit code and report of a run in plain Python, after changing ``gui.self_test`` as a line of code says."""
    code = (
        f"import sys, time, gui.self_test as t\n{before}\nfrom gui.__main__ import main\nsys.exit(main(sys.argv[1:]))"
    )
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    run = subprocess.run(
        [sys.executable, "-c", code, "--self-test", str(folder)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
    )
    report = json.loads((folder / "report.json").read_text("utf-8"))
    assert json.loads(run.stdout) == report
    return run.returncode, report


def test_self_test_passes(tmp_path: Path) -> None:
    code, report = try_itself(tmp_path / "自 检")
    assert (code, report["faults"]) == (0, [])
    assert len(list((tmp_path / "自 检").glob("*.png"))) >= 6


def test_self_test_leaves_own_folders_alone(tmp_path: Path, own_folders: Path) -> None:
    before = sorted(own_folders.rglob("*"))
    try_itself(tmp_path / "自检", "t.STEPS = t.STEPS[:1]")
    assert sorted(own_folders.rglob("*")) == before


@pytest.mark.parametrize(
    ("step", "code", "said"),
    [
        ("def bad(test): test.expect(False, '列表是空的')", 1, "列表是空的"),
        ("def bad(test): return 1 // 0", 2, "ZeroDivisionError"),
        ("def bad(test): t.QTimer.singleShot(0, lambda: 1 // 0); test.rest(50)", 2, "ZeroDivisionError"),
        ("def bad(test): time.sleep(60)", 3, "in bad"),
    ],
)
def test_self_test_tells_what_went_wrong(step: str, code: int, said: str, tmp_path: Path) -> None:
    change = f"{step}\nt.STEPS = (*t.STEPS[:1], ('坏的一步', bad)); t.WHOLE_SECONDS = {8 if code == 3 else 240}"
    found, report = try_itself(tmp_path, change)
    assert (found, report["exit"]) == (code, code)
    assert said in "".join(report["faults"])


@pytest.mark.skipif(not BUNDLE.exists(), reason="nothing is packed here (make package)")
def test_packed_program_passes_with_an_empty_environment(tmp_path: Path) -> None:
    environment = {"QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path)}
    run = subprocess.run([str(BUNDLE), "--self-test", str(tmp_path / "自检")], env=environment, capture_output=True)
    assert run.returncode == 0, run.stdout.decode() + run.stderr.decode()
