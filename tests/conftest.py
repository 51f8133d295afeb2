"""What every test stands on: a fixed screen, the bundled font, and folders of its own for settings and libraries."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.screen import Screen

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["QT_SCALE_FACTOR"] = "1"
os.environ["QT_FONT_DPI"] = "96"
os.environ.setdefault("LC_ALL", "C.UTF-8")

settings.register_profile("anlan", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("anlan")

ROOT = Path(__file__).resolve().parents[1]
SCREEN: list[Screen] = []


def pytest_xdist_auto_num_workers() -> int:
    """Twice as many processes as processors: a test of a window waits as long as it works."""
    return min(8, 2 * (os.cpu_count() or 1))


def pytest_configure(config: pytest.Config) -> None:
    """Give each process that tests in real windows its own screen: two of them would fight for the focus on one."""
    if os.environ["QT_QPA_PLATFORM"] == "xcb" and (
        hasattr(config, "workerinput") or not config.getoption("numprocesses", 0)
    ):
        SCREEN.append(Screen())
        os.environ["DISPLAY"] = SCREEN[0].name


def pytest_unconfigure() -> None:
    """Take the screen away again."""
    while SCREEN:
        SCREEN.pop().close()


@pytest.fixture(autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test reads or writes the settings and libraries of the person who runs it."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    for name in ("DATA", "CONFIG", "CACHE", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
    return home
