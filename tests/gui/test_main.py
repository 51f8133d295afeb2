"""How the program is started: input methods, options, first paint before everything else."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import pytest

from gui.__main__ import prepare_input_method

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"QT_IM_MODULE": "fcitx"}, {"QT_IM_MODULE": "ibus", "IBUS_USE_PORTAL": "1"}),
        ({"QT_IM_MODULE": "fcitx5"}, {"QT_IM_MODULE": "ibus", "IBUS_USE_PORTAL": "1"}),
        ({"QT_IM_MODULE": "ibus"}, {"QT_IM_MODULE": "ibus"}),
        ({}, {}),
    ],
)
def test_fcitx_goes_through_its_portal(before: dict[str, str], after: dict[str, str]) -> None:
    prepare_input_method(before)
    assert before == after


def run_python(
    code: str, *options: str, environment: Mapping[str, str] = MappingProxyType({})
) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", **environment}
    command = [sys.executable, "-c", code, *options]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False)


def test_the_window_starts_without_network_and_what_only_some_need(tmp_path: Path) -> None:
    unneeded = ("jieba", "lxml", "pypdfium2", "PySide6.QtNetwork", "ssl", "gui.browse.panes", "core.places.gazetteer")
    out = run_python(f"import sys, gui.windows, core.intake; print([m for m in {unneeded} if m in sys.modules])")
    assert out.stdout.strip() == "[]"


def test_the_first_window_loads_nothing_that_reads_a_library(tmp_path: Path) -> None:
    later = ("core.library.library", "core.library.search", "core.exchange", "core.writing.xlsx", "core.exporting")
    out = run_python(f"import sys, gui.windows; print([m for m in {later} if m in sys.modules])")
    assert out.stdout.strip() == "[]"


def test_the_first_frame_is_made_of_few_modules_and_of_no_enum_of_qt(tmp_path: Path) -> None:
    code = """if True:
        import enum, sys
        made, make = [], enum.EnumMeta.__new__
        def noted(cls, name, *rest, **more):
            made.append(name)
            return make(cls, name, *rest, **more)
        enum.EnumMeta.__new__ = noted
        import os
        from PySide6.QtWidgets import QApplication
        def look(*_):
            frame = next(w for w in QApplication.topLevelWidgets() if w.isVisible())
            frame.grab()
            ours = [m for m in sys.modules if m.split(".")[0] in ("core", "gui")]
            print(frame._painted, len(ours), "GlobalColor" in made, flush=True)
            os._exit(0)
        QApplication.exec = look
        from gui.__main__ import main
        main([])
    """
    xdg = {f"XDG_{name}_HOME": str(tmp_path) for name in ("DATA", "CONFIG", "CACHE", "STATE")}
    out = run_python(code, environment=xdg)
    painted, ours, makes_enums = out.stdout.split()
    assert (painted, makes_enums) == ("True", "False")
    assert int(ours) <= 32


READ = "import sys; from gui.__main__ import read_for_another; read_for_another(sys.argv); print('a window')"


def test_a_copy_looks_after_the_readers_until_the_program_is_gone() -> None:
    reading, writing = os.pipe()
    asked = ["-B", "-S", "-I", "-c", f"from multiprocessing.resource_tracker import main;main({reading})"]
    copy = subprocess.Popen([sys.executable, "-c", READ, *asked], cwd=ROOT, stdout=subprocess.PIPE, pass_fds=[reading])
    os.close(reading)
    with pytest.raises(subprocess.TimeoutExpired):
        copy.wait(1)
    os.close(writing)
    assert copy.communicate(timeout=30)[0] == b""
    assert copy.returncode == 0


@pytest.mark.parametrize(
    "asked", [["案例.anlan"], ["--library", "x"], ["-c", "from multiprocessing.resource_tracker import main"]]
)
def test_a_copy_that_is_asked_for_anything_else_opens_a_window(asked: list[str]) -> None:
    assert run_python(READ, *asked).stdout == "a window\n"


def test_help_names_the_options() -> None:
    out = run_python("from gui.__main__ import main; main(['--help'])")
    assert "--library" in out.stdout
    assert "--portable" in out.stdout
