"""What comes with the program, in a checkout and in a package, and the version that is written once."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from core.resources import shipped, version

ROOT = Path(__file__).resolve().parents[2]


def test_what_is_shipped_is_found_from_any_folder(tmp_path: Path) -> None:
    code = "from core.resources import load_table, shipped; load_table('units.toml'); print(shipped('seeds').is_dir())"
    path = {**os.environ, "PYTHONPATH": str(ROOT)}
    out = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=path, capture_output=True, text=True)
    assert out.stdout == "True\n", out.stderr


def test_a_package_reads_its_own_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "anlan"\nversion = "9.8.7"\n', "utf-8")
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert (version(), shipped("seeds")) == ("9.8.7", tmp_path / "seeds")


def test_the_version_is_written_in_the_project_file_alone() -> None:
    sources = [*ROOT.glob("core/**/*.py"), *ROOT.glob("gui/**/*.py"), ROOT / "build.spec"]
    assert not [path.name for path in sources if f'"{version()}"' in path.read_text("utf-8")]
