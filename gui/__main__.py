"""Opens the window: ``python -m gui [--library PATH] [--portable]``."""

from __future__ import annotations

import gc
import os
import re
import sys
from collections.abc import MutableMapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.folders import Folders
    from gui.shell.faults import FaultLog
    from gui.shell.settings import Settings
    from gui.windows import Windows


def main(argv: Sequence[str] | None = None) -> int:
    """Open the window and stay until it is closed."""
    gc.disable()  # a start makes much and throws away little; the event loop begins with it on again
    options = _options(sys.argv[1:] if argv is None else argv)
    from gui.chinese import prepare_dates, speak_chinese

    prepare_input_method(os.environ)
    prepare_dates(os.environ)

    from PySide6.QtGui import QIcon
    from PySide6.QtWidgets import QApplication

    from core.folders import find_folders
    from core.resources import shipped, version
    from gui import theme
    from gui.shell.faults import FaultLog
    from gui.shell.runs import Run, close_when_told
    from gui.shell.settings import Settings

    there = QApplication.instance()
    app = there if isinstance(there, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("anlan")
    app.setApplicationDisplayName("案览")
    app.setApplicationVersion(version())
    app.setDesktopFileName("cn.anlan.app")
    app.setWindowIcon(QIcon(str(shipped("resources", "icons", "anlan-256.png"))))
    speak_chinese(app)
    folders = find_folders(options.portable)
    settings = Settings(folders.settings)
    theme.apply(app, theme.choice_in(settings.text("look/scheme")))
    if options.self_test:
        from gui import self_test

        return self_test.run(app, options.self_test.absolute(), version())
    log = FaultLog(folders.logs)
    log.listen()
    run = Run(folders.logs)
    left = run.begin()
    windows = _windows(folders, settings, log)
    window = windows.make()
    library = options.library or options.file
    if left:
        window.first_painted.connect(lambda: window.helping.tell_of_crash(left))
    window.first_painted.connect(lambda: window.files.open_first(library.absolute() if library else None))
    window.appear()
    app.aboutToQuit.connect(run.end)
    close_when_told(app)
    gc.freeze()  # what every start makes stays to its end
    gc.enable()
    return app.exec()


def prepare_input_method(environment: MutableMapping[str, str]) -> None:
    """Let Chinese be typed under fcitx, for which Qt's wheels bring no plugin: through its ibus portal.

    Measured with fcitx5 on Debian 12, 2026-11.
    """
    if environment.get("QT_IM_MODULE", "").startswith("fcitx"):
        environment["QT_IM_MODULE"] = "ibus"
        environment["IBUS_USE_PORTAL"] = "1"


class Options:
    """What the program was asked for when it was started."""

    file: Path | None = None
    library: Path | None = None
    portable: bool = False
    self_test: Path | None = None


def _options(argv: Sequence[str]) -> Options:
    """Read the arguments; started by a double click it has none, and needs no parser."""
    if not argv:
        return Options()
    import argparse

    parser = argparse.ArgumentParser(prog="anlan", description="案览：离线阅读、查找、核对、比较基层治理案例")
    parser.add_argument("file", type=Path, nargs="?", help="打开这个案例库（双击它的时候）")
    parser.add_argument("--library", type=Path, metavar="PATH", help="打开这个案例库")
    parser.add_argument("--portable", action="store_true", help="案例库和设置放在程序旁边（U 盘）")
    parser.add_argument("--self-test", type=Path, metavar="DIR", help="程序自己点一遍窗口，结果和截图写进 DIR")
    return parser.parse_args(argv, Options())


def _windows(folders: Folders, settings: Settings, log: FaultLog) -> Windows:
    """The windows of the program, with the fault dialog behind them."""
    from gui.shell.faults import Relay, catch_all
    from gui.windows import Windows

    windows = Windows(folders, settings, log)
    relay = Relay(windows)
    relay.caught.connect(windows.say_fault)
    catch_all(log, relay.caught.emit)
    return windows


def read_for_another(argv: Sequence[str]) -> None:
    """Do what the unzipped program asks of itself started again, and end: read pages, or look after the readers.

    Python asks for it by arguments of its own; with any others this does nothing, and a window is opened.
    """
    from multiprocessing import resource_tracker, spawn

    watched = re.fullmatch(r"from multiprocessing\.resource_tracker import main;main\((\d+)\)", argv[-1])
    if watched and "-c" in argv:
        resource_tracker.main(int(watched[1]))
        sys.exit()
    spawn.freeze_support()


if __name__ == "__main__":
    if getattr(sys, "frozen", False) and len(sys.argv) > 1:
        read_for_another(sys.argv)
    sys.exit(main())
