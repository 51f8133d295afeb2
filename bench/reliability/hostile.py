"""Hostile texts and files of all kinds through import: each is taken in or refused in words, nothing is half there."""

from __future__ import annotations

import io
import os
import random
import tempfile
import traceback
import zipfile
from collections.abc import Iterator
from pathlib import Path

from bench.fuzz.properties import text_of
from bench.reliability.outcome import Outcome
from bench.reliability.state import digest_of, faults_of
from core.intake.importing import import_files
from core.library import Library, LibraryError, Query
from core.reading import read_page
from core.sources import SourceError, read_pasted

SHORT, LONG = 150, 3000
_ODD = [
    *("\0", "\u202e", "\ud800", "\udfff", "\ufffe", "\U0010ffff", "\u2028", "\x7f", "\x1b[31m", "\r\r\n", "\u0300" * 4),
    *("<b><img src='file:///x'>", "=1+1", "'; DROP TABLE cases;--", "\\", '"', "%s {0}", "﷽", "𠮷", "ÿþ"),
]
_SUFFIXES = (
    *(".txt", ".md", ".html", ".htm", ".docx", ".pdf", ".doc", ".wps", ".xlsx", ".ofd", ".zip", ".jpg", ".png"),
    *(".rtf", ".eml", ".mht", ".csv", ".anlan", ".TXT", ""),
)


def run(long: bool, seed: int) -> Iterator[Outcome]:
    """First texts, then files."""
    source = random.Random(seed)
    yield _texts(LONG if long else SHORT, source)
    yield _files(source, 4 if long else 1)


def _texts(count: int, source: random.Random) -> Outcome:
    out = Outcome("hostile texts", told={"added": 0, "refused": 0})
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "库.anlan"
        Library.create(path).close()
        before = digest_of(path)
        for _ in range(count):
            out.n += 1
            text = text_of(source.randbytes(source.randint(1, 400)))
            for _ in range(source.randint(0, 6)):
                at = source.randint(0, len(text))
                text = text[:at] + source.choice(_ODD) + text[at:]
            try:
                added = _through(path, text)
            except Exception:
                out.failures.append(f"{text[:200]!r}: {traceback.format_exc()[-800:]}")
            else:
                key = "refused" if added is None else "added"
                out.told[key] = int(str(out.told[key])) + 1
        out.failures += faults_of(path)
        if digest_of(path) != before:
            out.failures.append("undoing all left something behind")
    return out


def _through(path: Path, text: str) -> int | None:
    """Paste a text, add it, look at all of it, take it back; how many cases, None when it was refused in words."""
    try:
        page = read_pasted(text, "版面.txt")
    except SourceError:
        return None
    articles = read_page(page)
    with Library.open(path) as library:
        try:
            nums = library.pages.add(page, articles)
        except LibraryError:
            return None
        for num in nums:
            library.cases.load(num)
        library.search.snippets(library.search.find(Query(words="县")).nums[:5].tolist(), Query(words="县"))
        library.undo()
        return len(nums)


def _files(source: random.Random, times: int) -> Outcome:
    out = Outcome("files of all kinds", told={"added": 0, "known": 0, "failed": 0})
    with tempfile.TemporaryDirectory() as place:
        folder, path = Path(place) / "版面", Path(place) / "库.anlan"
        folder.mkdir()
        Library.create(path).close()
        files = [file for at in range(times) for file in _made(folder, source, at)]
        with Library.open(path) as library:
            added, told = 0, set[Path]()
            try:
                for step in import_files(library, files):
                    out.told[step.outcome] = int(str(out.told[step.outcome])) + 1
                    out.n, added = step.done, added + len(step.added)
                    told.add(step.path)
                    if step.outcome == "failed" and (step.path.name not in step.problem or not step.reason):
                        out.failures.append(f"{step.path.name}: {step.problem}")
            except Exception:
                out.failures.append(traceback.format_exc()[-1500:])
            out.failures += [f"{file.name}: nothing said" for file in files if file.is_file() and file not in told]
            if library.cases.count() != added:
                out.failures.append(f"{library.cases.count()} cases of {added} that were told")
        out.failures += faults_of(path)
    return out


def _made(folder: Path, source: random.Random, at: int) -> Iterator[Path]:
    """One file of each suffix with each kind of content, and some that are no files."""
    good = "清河县办起议事亭\n本报讯（记者 李明）去年以来，清河县建成议事亭516座，化解纠纷1200余件。\n" * 3
    contents = {
        "空": b"",
        "乱": source.randbytes(3000),
        "零": bytes(5000),
        "好": f"{at}{good}".encode(),
        "国标": f"{at}{good}国标".encode("gb18030"),
        "宽": f"{at}{good}宽".encode("utf-16"),
        "断": f"{at}{good}断".encode()[:-1],
        "压缩": _zip({"word/document.xml": b"<w:document>", "OFD.xml": b"<x", "../../外面.txt": b"x"}),
        "压缩断": _zip({"word/document.xml": b"<a>" * 5000})[:-40],
        "炸": _zip({"word/document.xml": bytes(30_000_000)}),
        "深": b"<div>" * 20_000 + good.encode(),
        "实体": b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><p>&b;</p>' + good.encode(),
        "版式": b"%PDF-1.7\n" + source.randbytes(2000) + b"\n%%EOF",
        "数据": b"SQLite format 3\0" + source.randbytes(5000),
        "旧文档": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + source.randbytes(5000),
        "长行": ("很长的一行" * 30_000).encode(),
    }
    for suffix in _SUFFIXES:
        for name, content in contents.items():
            file = folder / f"{at}{name}{suffix}"
            file.write_bytes(content)
            yield file
    if hasattr(os, "mkfifo") and at == 0:
        os.mkfifo(folder / "管道.txt")
        (folder / "空指.txt").symlink_to(folder / "不在")
        (folder / "自指.txt").symlink_to(folder / "自指.txt")
        yield from (folder / "管道.txt", folder / "空指.txt", folder / "自指.txt", folder / "没有.txt")


def _zip(entries: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return buffer.getvalue()
