"""A run that stands nowhere is taken apart into its words, without a word list in memory before it is needed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from core.text.segment import words_apart

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("老旧小区加装电梯", ("老旧", "小区", "加装", "电梯")),
        (" 数字化改革助力营商环境 ", ("数字化", "改革", "助力", "营商", "环境")),
        ("志愿", ()),
        ("老旧小区 加装电梯", ()),
        ("“老旧小区加装电梯”", ()),
        ("", ()),
        ("，。！？", ()),
    ],
)
def test_words_of_a_run(tmp_path: Path, typed: str, words: tuple[str, ...]) -> None:
    assert words_apart(typed, tmp_path) == words


def test_the_word_list_is_loaded_late_and_kept_in_our_own_folder(tmp_path: Path) -> None:
    code = (
        "import sys, pathlib; import core.text.segment; assert 'jieba' not in sys.modules;"
        f"core.text.segment.words_apart('老旧小区加装电梯', pathlib.Path({str(tmp_path)!r}));"
        "assert 'jieba' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
    assert list(tmp_path.glob("jieba*"))
