"""A screen of its own for a process that tests windows: an X server that nobody sees, and a window manager."""

from __future__ import annotations

import os
import subprocess

SIZE = "1920x1080x24"


class Screen:
    """An Xvfb with openbox; without a window manager no window is ever the active one."""

    def __init__(self) -> None:
        ours, theirs = os.pipe()
        server = ["Xvfb", "-displayfd", str(theirs), "-screen", "0", SIZE, "-nolisten", "tcp", "-ac"]
        self._programs = [subprocess.Popen(server, pass_fds=[theirs], stderr=subprocess.DEVNULL)]
        os.close(theirs)
        with os.fdopen(ours) as told:
            number = told.readline().strip()
        if not number:
            raise RuntimeError("Xvfb ended before it had a screen")
        self.name = f":{number}"
        manager = ["openbox", "--sm-disable"]
        self._programs.append(subprocess.Popen(manager, env={**os.environ, "DISPLAY": self.name}))

    def close(self) -> None:
        """Take the screen away, the window manager first."""
        for program in reversed(self._programs):
            program.terminate()
            program.wait()
