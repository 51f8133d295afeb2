"""Word files of 1997 to 2003: one that another program wrote, ones of our own making, and broken ones."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from core.sources import SourceError, read_file
from tests.answers import answer_of
from tests.compound import compound, old_word

FILES = Path(__file__).parent / "files"
TEXT = """晒谷场上开起“灯下会”
本报记者 方禾
六月的夜里，秋口镇亮起一盏灯。𠮷村也来人了。ABC 12.5%
来信看链接为证。
指标\t数值\t说明
开会\t\t上 下
小标题
甲\t乙
丙
第二页的字。
框里的字
"""
"""Without what was deleted, the note at the foot, and the address behind the link."""


def read(folder: Path, raw: bytes, name: str = "a.doc") -> str:
    (folder / name).write_bytes(raw)
    [page] = read_file(folder / name)
    return page.text


def test_a_file_that_another_program_wrote(tmp_path: Path) -> None:
    [page] = read_file(FILES / "灯下会.doc")
    assert page.text.rstrip("\n") + "\n" == TEXT
    assert [(page.text[h.span.start : h.span.end], h.level) for h in page.headings] == [
        ("晒谷场上开起“灯下会”", 1),
        ("小标题", 2),
    ]
    assert [page.text[table.start : table.end] for table in page.tables] == ["指标\t数值\t说明\n开会\t\t上 下"]
    assert [page.text[at : at + 3] for at in page.breaks] == ["第二页"]
    assert (page.format, page.name) == ("doc", "灯下会.doc")


@pytest.mark.parametrize("name", ["a.doc", "a.wps", "a.docx", "a.txt"])
def test_the_bytes_tell_whatever_the_name_is(tmp_path: Path, name: str) -> None:
    assert read(tmp_path, old_word(("村里开会46场。\r", False)), name) == "村里开会46场。\n"


def test_pieces_of_both_kinds_follow_one_another(tmp_path: Path) -> None:
    raw = old_word(("村里有", False), ("WiFi “12.5”\r", True), ("了。\r", False))
    assert read(tmp_path, raw) == "村里有WiFi “12.5”\n了。\n"


def test_instructions_of_fields_are_no_text(tmp_path: Path) -> None:
    raw = old_word(("见\x13 HYPERLINK \x13 X \x14Y\x15 \x14此处\x15。\x01\x08\x1f字\x1e号\r", False))
    assert read(tmp_path, raw) == "见此处。字-号\n"


# what is wrong → bytes, and the beginning of the reason
BAD = {
    "locked": (old_word(("字\r", False), flags=0x0100), "带有打开密码"),
    "locked by a later program": (compound({"EncryptedPackage": b"", "EncryptionInfo": b""}), "带有打开密码"),
    "Word 95": (old_word(("字\r", False), version=0x68), "是 Word 95 或更早的文件"),
    "empty": (old_word(("\r", False)), "没有文字"),
    "no second stream": (compound({"WordDocument": old_word(("字\r", False))[512:2000]}), "已损坏或不是 Word 文件"),
    "cut": (old_word(("字\r" * 9000, False))[:9000], "已损坏"),
    "more characters than there are": (old_word(("字" * 2_500_000, False), counted=1 << 30), "的文字多得不正常"),
    "only a head": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(999), "已损坏或不是 Word 文件"),
}


@pytest.mark.parametrize("what", BAD)
def test_what_cannot_be_read_says_why(tmp_path: Path, what: str) -> None:
    raw, reason = BAD[what]
    (tmp_path / "a.doc").write_bytes(raw)
    with pytest.raises(SourceError) as refused:
        read_file(tmp_path / "a.doc")
    assert refused.value.reason.startswith(reason)
    assert "；" in refused.value.reason


def test_chains_that_bite_their_tails_end(tmp_path: Path) -> None:
    raw = bytearray(old_word(("村里开会。\r" * 2000, False)))
    table = len(raw) - 512
    for sector in range(60):
        raw[table + 4 * sector : table + 4 * sector + 4] = (sector // 2).to_bytes(4, "little")
    (tmp_path / "a.doc").write_bytes(raw)
    with pytest.raises(SourceError, match="已损坏"):
        read_file(tmp_path / "a.doc")


@pytest.mark.parametrize("seed", range(60))
def test_broken_bytes_bring_nothing_down(tmp_path: Path, seed: int) -> None:
    source = random.Random(seed)
    raw = bytearray((FILES / "灯下会.doc").read_bytes())
    for _ in range(source.choice((1, 8, 64))):
        raw[source.randrange(len(raw))] = source.choice((0, 1, 0x7F, 0x80, 0xFF, source.randrange(256)))
    (tmp_path / "a.doc").write_bytes(raw)
    assert answer_of(tmp_path / "a.doc")
