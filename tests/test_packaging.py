"""What is packed and how: versions, limits, launchers, the three branches of build.spec, the program's own test."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import lzma
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
from core.library import Library

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / ".ci" / "package"
CASES = json.loads((ROOT / "tests" / "cases" / "packaging.json").read_text("utf-8"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
SHELL_SCRIPTS = sorted(p.name for p in PACKAGE.iterdir() if p.is_file() and p.read_bytes().startswith(b"#!/bin/sh"))
SYSTEMS = ("x86_64", "aarch64", "windows")
BUNDLE = ROOT / "dist" / "anlan" / "anlan"


def script(name: str) -> ModuleType:
    """A script of the packaging as a module."""
    spec = importlib.util.spec_from_file_location(f"packaging_{name}", PACKAGE / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(PACKAGE)
        spec.loader.exec_module(module)
    return module


def locked(*names: str) -> dict[str, str]:
    """The packages of locks of pip's kind with their versions."""
    texts = [(PACKAGE / "locks" / f"{name}.txt").read_text("utf-8") for name in names]
    return dict(re.findall(r"^([\w.-]+)==(\S+)", "\n".join(texts), re.M))


# ---- versions


@pytest.mark.parametrize("system", SYSTEMS)
def test_lock_is_what_the_project_asks_for(system: str) -> None:
    versions = locked(f"python-{system}", "python-source")
    for asked in (r for r in map(Requirement, PROJECT["dependencies"]) if r.marker is None):
        assert versions[asked.name.lower()] in asked.specifier, f"{asked.name}: .ci/package/renew-locks python"


@pytest.mark.parametrize("system", SYSTEMS)
def test_tools_are_what_the_project_asks_for(system: str) -> None:
    for asked in map(Requirement, PROJECT["optional-dependencies"]["package"]):
        assert locked(f"build-{system}")[asked.name.lower()] in asked.specifier, asked.name


@pytest.mark.parametrize("lock", sorted(p.name for p in (PACKAGE / "locks").glob("*.txt")))
def test_each_pin_has_a_hash(lock: str) -> None:
    text = (PACKAGE / "locks" / lock).read_text("utf-8").replace("\\\n", "")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    assert lines
    assert all(re.search(r"\b[0-9a-f]{64}\b", line) for line in lines)


@pytest.mark.parametrize("system", SYSTEMS)
def test_both_locks_of_a_system_go_into_one_environment(system: str) -> None:
    run, build = locked(f"python-{system}"), locked(f"build-{system}")
    assert not [name for name in run.keys() & build.keys() if run[name] != build[name]]


@pytest.mark.parametrize(("requirement", "kept"), CASES["kept"])
def test_renewing_keeps_what_the_project_still_allows(requirement: str, kept: bool) -> None:
    held = script("renew_python").constraints_of(["alpha==1.5 \\\n    --hash=sha256:00\n"], [requirement])
    assert held == ("alpha==1.5\n" if kept else "")


# ---- files of Debian


def pinned(text: str, path: str) -> Any:
    """A pin of that content at that place of the archive."""
    [pin] = script("fetch").pins_in(f"# lock\n{hashlib.sha256(text.encode()).hexdigest()} {len(text)} {path}\n")
    return pin


@pytest.mark.parametrize(("addresses", "bases"), CASES["mirrors"])
def test_where_archives_lie(addresses: list[str], bases: list[str]) -> None:
    assert script("fetch").bases_in(addresses) == bases


def test_a_file_in_the_cache_is_not_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fetch = script("fetch")
    (tmp_path / "a.deb").write_text("right", "utf-8")
    monkeypatch.setattr(fetch, "ask", lambda *_: pytest.fail("asked"))
    assert fetch.fetch(tmp_path, [pinned("right", "debian/pool/a.deb")], ["x:"]) == []


def test_a_changed_file_is_asked_for_at_each_mirror(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fetch = script("fetch")
    (tmp_path / "a.deb").write_text("wrong", "utf-8")
    asked: list[str] = []
    monkeypatch.setattr(fetch, "ask", lambda base, pins, cache: asked.append(base))
    missing = fetch.fetch(tmp_path, [pinned("right", "debian/pool/a.deb")], ["x:", "y:"])
    assert ([pin.name for pin in missing], asked) == (["a.deb"], ["x:", "y:"])


@pytest.mark.skipif(not Path("/usr/lib/apt/apt-helper").exists(), reason="apt is missing")
def test_what_moved_upstream_ends_the_build_by_name(tmp_path: Path) -> None:
    (tmp_path / "lock.txt").write_text(f"{'0' * 64} 5 debian/pool/main/g/gone/gone_1.0_amd64.deb\n", "utf-8")
    program = [sys.executable, str(PACKAGE / "fetch.py"), str(tmp_path / "cache"), str(tmp_path / "lock.txt")]
    environment = {**os.environ, "MIRROR": tmp_path.as_uri()}
    run = subprocess.run(program, env=environment, capture_output=True, text=True)
    assert run.returncode == 1
    assert "gone_1.0_amd64.deb" in run.stderr
    assert "renew-locks debian" in run.stderr


@pytest.mark.parametrize(("name", "version", "known"), CASES["locked"])
def test_a_library_that_is_not_locked_is_named(name: str, version: str, known: bool) -> None:
    pins = [pinned("x", "debian/pool/main/z/zlib/zlib1g_1.2.11.dfsg-2_amd64.deb")]
    assert script("fetch").unlocked({name: version}, pins) == ([] if known else [f"{name} {version}"])


@pytest.mark.parametrize("architecture", ["amd64", "arm64"])
def test_every_wanted_package_is_locked(architecture: str) -> None:
    names = script("renew_debian").wanted_in((PACKAGE / "debian-11.packages").read_text("utf-8"))
    pins = script("fetch").pins_in((PACKAGE / "locks" / f"debian-{architecture}.txt").read_text("utf-8"))
    assert set(names) <= {pin.name.split("_")[0] for pin in pins}


# ---- the interpreter, and two builds


def test_a_missing_standard_module_is_named() -> None:
    modules = script("modules")
    assert list(modules.missing(["json", "no_such_module"])) == ["no_such_module"]
    assert {"pyexpat", "zlib", "sqlite3", "ctypes"} <= set(modules.wanted())


def test_two_builds_are_compared_file_by_file(tmp_path: Path) -> None:
    for name, text in (("one", "same"), ("other", "same")):
        (tmp_path / name / "in").mkdir(parents=True)
        (tmp_path / name / "in" / "a.txt").write_text(text, "utf-8")
    compare = script("compare")
    assert compare.differing(tmp_path / "one", tmp_path / "other") == []
    (tmp_path / "other" / "in" / "a.txt").chmod(0o700)
    (tmp_path / "other" / "b.txt").touch()
    assert compare.differing(tmp_path / "one", tmp_path / "other") == ["b.txt", "in/a.txt"]


def test_what_differs_in_an_archive_is_named(tmp_path: Path) -> None:
    for name in ("one", "other"):
        (tmp_path / "a.txt").write_text(name, "utf-8")
        (tmp_path / name).mkdir()
        subprocess.run(["tar", "-C", str(tmp_path), "-cJf", str(tmp_path / name / "p.tar.xz"), "a.txt"], check=True)
    program = [sys.executable, str(PACKAGE / "compare.py"), str(tmp_path / "one"), str(tmp_path / "other")]
    run = subprocess.run(program, capture_output=True, text=True)
    assert run.returncode == 1
    assert "p.tar.xz" in run.stdout
    assert "    a.txt" in run.stdout


@pytest.fixture
def opened(tmp_path: Path) -> tuple[Path, Path, Path]:
    """A library of schema 1 as it was, after it was opened in a folder of its own, and a new one."""
    old, same, fresh = tmp_path / "old.anlan", tmp_path / "own" / "same.anlan", tmp_path / "fresh.anlan"
    old.write_bytes(lzma.decompress((ROOT / "tests" / "libraries" / "schema-1.anlan.xz").read_bytes()))
    same.parent.mkdir()
    shutil.copy(old, same)
    Library.open(same).close()
    Library.create(fresh).close()
    return old, same, fresh


def test_an_upgraded_library_is_known(opened: tuple[Path, Path, Path]) -> None:
    assert script("upgraded").faults(*opened) == []


def test_a_library_that_was_not_brought_up_is_known(opened: tuple[Path, Path, Path]) -> None:
    old, same, fresh = opened
    assert script("upgraded").faults(old, old, fresh)
    for backup in same.parent.rglob("*.anlan"):
        _ = backup == same or backup.unlink()
    assert script("upgraded").faults(old, same, fresh) == ["no backup of the old version"]


@pytest.mark.parametrize("name", SHELL_SCRIPTS)
def test_the_shell_can_read_its_scripts(name: str) -> None:
    assert subprocess.run(["sh", "-n", str(PACKAGE / name)]).returncode == 0


def test_no_way_of_building_stands_in_for_the_other(tmp_path: Path) -> None:
    program = ["sh", str(PACKAGE / "make"), str(tmp_path), str(tmp_path), str(tmp_path), "--there"]
    run = subprocess.run(program, capture_output=True, text=True)
    assert (run.returncode, list(tmp_path.iterdir())) == (2, [])
    assert "--there" in run.stderr


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
