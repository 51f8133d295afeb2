"""``python -m bench.pages.gather --mirror DIR --corpus DIR`` fills a corpus folder from copies of public repositories.

``--mirror`` holds git directories ``OWNER+NAME/repo`` or ``OWNER+NAME`` of caspiankexin/people-daily-crawler-date,
china-data/xwlb, IAAR-Shanghai/CRUD_RAG, exposir/RSS and zxykuangfeng/guomeicms; needs py7zr. Written are ``rmrb``
(articles of the newspaper, a file each), ``xwlb.jsonl``, ``crud`` (web news), ``xinhua.jsonl``, ``rmrb2026.jsonl``,
``guangming.jsonl``, ``jiemian.jsonl``, ``cctvnews.jsonl`` and ``gov.jsonl``, as ``sources`` reads them. What is
reserved for examination is left out there. The same copies give the same bytes. **None of it is ever committed.**
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

from bench.pages.sources import is_reserved

MONTHS = ("201902", "202001", "202002")
_ARCHIVES = "d3f8f1444b45855502443207187996f858516c74"
"""A state of the newspaper's repository in which the months still lie."""
_LARGEST = 4 << 20
FEEDS = {
    "xinhua": "xinhua",
    "people-daily": "rmrb2026",
    "guangming": "guangming",
    "jiemian": "jiemian",
    "cctv": "cctvnews",
}
"""Feeds by the name that their articles get."""
_MONTH = re.compile(r"(\d{4})年(\d{1,2})月\.7z$")
_SHEET = re.compile(r"^\d\d版[^-]*-\s*")
_BREAK = re.compile(r"(?i)</?(?:p|div|br|section|h\d|li|tr|table|td|blockquote|ul|ol)\b[^>]*>")
_MARKUP = re.compile(r"<[^>]*>")
_HIDDEN = re.compile(r"(?is)<(script|style|figcaption)\b.*?</\1>|<!--.*?-->|<!\[CDATA\[|\]\]>")
_ROW = re.compile(r"(?:INSERT|REPLACE) INTO `(p8_\w+_item_\w+?)(_addon|_)` VALUES \((.*?)\);\r?\n", re.DOTALL)
_CELL = re.compile(r"'((?:[^'\\]|\\.|'')*)'|NULL")


def main() -> int:
    """Fill the folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mirror", type=Path, required=True)
    parser.add_argument("--corpus", type=Path, required=True)
    options = parser.parse_args()
    options.corpus.mkdir(parents=True, exist_ok=True)
    for repository, write in (
        ("caspiankexin+people-daily-crawler-date", _newspaper),
        ("china-data+xwlb", _broadcast),
        ("IAAR-Shanghai+CRUD_RAG", _web),
        ("exposir+RSS", _feeds),
        ("zxykuangfeng+guomeicms", _offices),
    ):
        folder = options.mirror / repository
        folder = folder / "repo" if (folder / "repo").is_dir() else folder
        if folder.is_dir():
            write(folder, options.corpus)
        else:
            print(f"not there, left out: {folder}", file=sys.stderr)
    return 0


def _newspaper(folder: Path, corpus: Path) -> None:
    import py7zr  # late: only this source needs it

    for path in _paths(folder, _ARCHIVES):
        month = _MONTH.search(path)
        name = month and f"{month[1]}{int(month[2]):02d}"
        if name not in MONTHS:
            continue
        with tempfile.NamedTemporaryFile(suffix=".7z") as packed:
            packed.write(_git(folder, "cat-file", "blob", f"{_ARCHIVES}:{path}"))
            packed.flush()
            with py7zr.SevenZipFile(packed.name) as archive:
                dated = [(n, re.search(r"(\d{8})-\d\d-\d\d\.txt$", n)) for n in archive.getnames()]
                archive.extract(corpus / "rmrb" / name, [n for n, date in dated if date and not is_reserved(date[1])])
    print(sum(1 for _ in (corpus / "rmrb").rglob("*.txt")), "articles in rmrb")


def _broadcast(folder: Path, corpus: Path) -> None:
    rows = []
    for path in _paths(folder, "HEAD", "assets/"):
        if path.endswith(".json"):
            for item in json.loads(_git(folder, "cat-file", "blob", f"HEAD:{path}")).get("videoList") or []:
                text = _MARKUP.sub("", (item.get("video_detail") or {}).get("content") or "")
                if text.strip():
                    rows.append({"date": Path(path).stem, "title": item["video_title"], "text": text})
    _write(corpus / "xwlb.jsonl", rows)


def _web(folder: Path, corpus: Path) -> None:
    (corpus / "crud").mkdir(exist_ok=True)
    for path in _paths(folder, "HEAD", "data/80000_docs/"):
        data = _blob(folder, f"HEAD:{path}")
        if data and len(data) < _LARGEST:
            (corpus / "crud" / Path(path).name).write_bytes(data)
    print(sum(1 for _ in (corpus / "crud").iterdir()), "files in crud")


def _feeds(folder: Path, corpus: Path) -> None:
    """All that every kept state of a feed held, by date; an article that changed as it was first."""
    for feed, name in FEEDS.items():
        states = _git(folder, "log", "--reverse", "--format=%H", "HEAD", "--", f"feeds/{feed}.json").decode().split()
        found: dict[str, dict[str, Any]] = {}
        for state in states:
            data = _blob(folder, f"{state}:feeds/{feed}.json")
            for item in _items(data):
                title = _SHEET.sub("", item.get("title") or "").strip()
                date, paragraphs = str(item.get("date_published") or "")[:10], _lines(item.get("content_html") or "")
                if title and len(paragraphs) > 1:
                    row = {"paper": name, "date": date, "titles": [title], "paragraphs": paragraphs}
                    found.setdefault(title, row)
        _write(corpus / f"{name}.jsonl", sorted(found.values(), key=lambda row: (row["date"], row["titles"])))


def _items(data: bytes) -> list[dict[str, Any]]:
    try:
        return list(json.loads(data)["items"])
    except (ValueError, KeyError):
        return []


def _offices(folder: Path, corpus: Path) -> None:
    """Articles of the offices' sites whose contents lie in a content system as samples."""
    found: dict[str, dict[str, Any]] = {}
    for path in _paths(folder, "HEAD", "install/data/"):
        if not re.search(r"fill_data/(?:cms|sites)\.php$", path):
            continue
        titles: dict[tuple[str, str], tuple[str, str]] = {}
        for table, part, row in _ROW.findall(_blob(folder, f"HEAD:{path}").decode("utf-8", "replace")):
            cells = [re.sub(r"\\r|\\n", "\n", c).replace('\\"', '"').replace("\\'", "'") for c in _CELL.findall(row)]
            if part == "_" and len(cells) > 5:
                made = next((int(c) for c in cells if re.fullmatch(r"1[2-9]\d{8}", c)), 0)
                titles[table, cells[0]] = (unescape(cells[5]).strip(), time.strftime("%Y-%m-%d", time.gmtime(made)))
            elif part == "_addon" and (table, cells[1]) in titles:
                title, date = titles[table, cells[1]]
                paragraphs = _lines(max(cells[2:], key=len))
                if title and len(paragraphs) > 1 and len("".join(paragraphs)) > 150:
                    row = {"paper": "gov", "date": date, "titles": [title], "paragraphs": paragraphs}
                    found.setdefault(title, row)
    _write(corpus / "gov.jsonl", sorted(found.values(), key=lambda row: (row["date"], row["titles"])))


def _lines(html: str) -> list[str]:
    """The paragraphs of a fragment of HTML."""
    text = _MARKUP.sub("", _BREAK.sub("\n", _HIDDEN.sub("", html)))
    lines = (re.sub(r"\s+", " ", unescape(line)).strip(" \u3000\u200b\ufeff") for line in text.split("\n"))
    return [line for line in lines if line and not re.fullmatch(r"\d{4}年\d\d月\d\d日(?: 星期.)?", line)]


def _write(path: Path, rows: list[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    print(len(rows), "articles in", path.stem)


def _paths(folder: Path, state: str, under: str = "") -> Iterator[str]:
    listed = _git(folder, "ls-tree", "-r", "-z", "--name-only", state, *([under] if under else []))
    return (path for path in listed.decode("utf-8", "replace").split("\0") if path)


def _blob(folder: Path, name: str) -> bytes:
    """A file's bytes; empty where the copy lacks it (copies lack the largest files)."""
    try:
        return _git(folder, "cat-file", "blob", name)
    except subprocess.CalledProcessError:
        return b""


def _git(folder: Path, *arguments: str) -> bytes:
    command = ["git", "--git-dir", str(folder), "-c", "core.quotepath=false", *arguments]
    return subprocess.run(command, check=True, capture_output=True).stdout


if __name__ == "__main__":
    sys.exit(main())
