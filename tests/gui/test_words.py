"""One word for one thing, wherever a person reads it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
READ = [*ROOT.glob("gui/**/*.py"), ROOT / "README.md", ROOT / "docs" / "使用手册.md", ROOT / "CHANGELOG.md"]


@pytest.mark.parametrize(("word", "others"), [("查找", "检索|搜索|搜寻")])
def test_one_word_for_one_thing(word: str, others: str) -> None:
    texts = {path.name: path.read_text("utf-8") for path in READ}
    assert any(word in text for text in texts.values())
    assert {name: found for name, text in texts.items() if (found := re.findall(others, text))} == {}
