"""The running program as a screen reader sees it, and Chinese typed into it; ``.ci/outside/try`` does the looking."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOOLS = ("Xvfb", "xvfb-run", "dbus-run-session", "openbox", "xdotool")
SYSTEM_PYTHON = "/usr/bin/python3"


def missing() -> str:
    """What this machine lacks, empty when it has everything."""
    lacks = [tool for tool in TOOLS if shutil.which(tool) is None]
    asked = [SYSTEM_PYTHON, "-c", "import pyatspi"]
    if not Path(SYSTEM_PYTHON).exists() or subprocess.run(asked, capture_output=True, check=False).returncode:
        lacks.append("python3-pyatspi")
    return " ".join(lacks)


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What was found from outside, looked for once by all processes that test."""
    if lacks := missing():
        pytest.skip(f"needs {lacks} (the packages in .ci/packages.outside)")
    base = tmp_path_factory.getbasetemp()
    report = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "outside.json"
    with report.open("a+", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        if not (text := file.read()):
            text = look()
            file.write(text)
    found: dict[str, Any] = json.loads(text)
    return found


def look() -> str:
    """Run the program and look at it from outside: JSON."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("QT_", "XDG_", "HOME"))}
    kept["PYTHON"] = sys.executable
    command = ["sh", str(ROOT / ".ci" / "outside" / "try")]
    run = subprocess.run(command, env=kept, capture_output=True, text=True, timeout=500, check=False)
    assert run.stdout.startswith("{"), run.stderr
    return run.stdout


@pytest.mark.parametrize(
    "what",
    [
        "tree",
        "place with its count",
        "search box",
        "filter button",
        "choice of the tree",
        "list",
        "row of the list",
        "figures",
        "cell of the figures",
        "text of the case",
    ],
)
def test_is_found_by_role_and_name(seen: dict[str, Any], what: str) -> None:
    assert seen["found"][what]


def test_nothing_is_wrong(seen: dict[str, Any]) -> None:
    assert seen["faults"] == []


def test_the_focus_goes_on_by_tab_and_f6(seen: dict[str, Any]) -> None:
    assert len(seen["tab_stops"]) >= 4


def test_pinyin_becomes_characters_and_filters_the_list(seen: dict[str, Any]) -> None:
    if seen["input"] != "fcitx5":
        pytest.skip("needs fcitx5 fcitx5-chinese-addons")
    assert seen["typed"] == "温州"
    assert "温州" in seen["found"]["row of the list"]
