"""What LibreOffice Calc makes of a file; tests that ask it are left out where it is not installed."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

needs_calc = pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice Calc is not here")


def kinds_in_calc(folder: Path, name: str, text: str, how: str) -> list[tuple[str, bool]]:
    """The kind of each cell that Calc makes of a file, read by the filter ``how``, and whether it is a formula."""
    (folder / name).write_text(text, "utf-8-sig")
    command = ["soffice", f"-env:UserInstallation={(folder / 'office').as_uri()}", "--headless", "--convert-to", "fods"]
    command += [f"--infilter={how}", "--outdir", str(folder), str(folder / name)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    made = (folder / name).with_suffix(".fods").read_text("utf-8")
    cells = re.findall(r"<table:table-cell([^>]*office:value-type[^>]*)>", made)
    return [kind for cell in cells for kind in [_kind(cell)] * _times(cell)]


def _kind(cell: str) -> tuple[str, bool]:
    return re.search(r'office:value-type="(\w+)"', cell)[1], "table:formula" in cell


def _times(cell: str) -> int:
    """How many neighbours are alike and told once."""
    found = re.search(r'table:number-columns-repeated="(\d+)"', cell)
    return int(found[1]) if found else 1
