"""Letters and web pages saved as one file: the part that a person reads, whatever it is packed in."""

from __future__ import annotations

import base64
import quopri
from email.message import EmailMessage
from pathlib import Path

import pytest

from core.sources import SourceError, read_file
from tests.answers import answer_of

BODY = "村里开会46场，办结297条。"
PAGE = f'<html><head><meta charset="gb2312"><title>x</title></head><body><h1>灯下会</h1><p>{BODY}</p></body></html>'


def read(folder: Path, raw: bytes, name: str = "a.eml") -> str:
    (folder / name).write_bytes(raw)
    [page] = read_file(folder / name)
    assert page.format == Path(name).suffix[1:]
    return page.text


def letter(subject: str = "灯下会开到村口") -> EmailMessage:
    out = EmailMessage()
    out["From"], out["To"], out["Subject"] = "a@example.org", "b@example.org", subject
    return out


def web_page(encoding: str = "quoted-printable", charset: str = "gb2312") -> bytes:
    raw = PAGE.encode(charset)
    packed = quopri.encodestring(raw) if encoding == "quoted-printable" else base64.encodebytes(raw)
    head = 'From: <Saved>\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="B"\r\n\r\n'
    part = f'--B\r\nContent-Type: text/html; charset="{charset}"\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n'
    return (head + part).encode() + packed + b"\r\n--B\r\nContent-Type: image/png\r\n\r\n\x89PNG\r\n--B--\r\n"


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64"])
@pytest.mark.parametrize("charset", ["gb2312", "utf-8"])
def test_a_web_page_saved_as_one_file(tmp_path: Path, encoding: str, charset: str) -> None:
    (tmp_path / "a.mht").write_bytes(web_page(encoding, charset))
    [page] = read_file(tmp_path / "a.mht")
    assert page.text == f"灯下会\n\n{BODY}\n"
    assert [page.text[h.span.start : h.span.end] for h in page.headings] == ["灯下会"]


def test_a_web_page_saved_by_word_under_its_name(tmp_path: Path) -> None:
    (tmp_path / "a.doc").write_bytes(web_page())
    [page] = read_file(tmp_path / "a.doc")
    assert BODY in page.text


def test_a_letter_is_read_under_its_subject(tmp_path: Path) -> None:
    message = letter()
    message.set_content(BODY, charset="gb18030")
    message.add_alternative(PAGE, subtype="html")
    message.add_attachment(b"...", maintype="text", subtype="plain", filename="a.txt")
    assert read(tmp_path, bytes(message)) == f"灯下会开到村口\n\n{BODY}\n"


def test_a_letter_of_html_alone(tmp_path: Path) -> None:
    message = letter()
    message.set_content(PAGE.replace("gb2312", "utf-8"), subtype="html")
    assert read(tmp_path, bytes(message)) == f"灯下会开到村口\n\n灯下会\n\n{BODY}\n"


def test_a_letter_that_brings_only_files(tmp_path: Path) -> None:
    message = letter()
    message.add_attachment(b"...", maintype="application", subtype="pdf", filename="a.pdf")
    with pytest.raises(SourceError, match="里没有正文"):
        read(tmp_path, bytes(message))


HEAD = b"MIME-Version: 1.0\r\nSubject: x\r\n"
INSIDE = b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n'
STRANGE = {
    "parts inside parts": HEAD + b"".join(INSIDE % (n, n) for n in range(900)),
    "a boundary at every line": HEAD + b'Content-Type: multipart/mixed; boundary="a"\r\n\r\n' + b"--a\r\n" * 200_000,
    "a head without end": HEAD + b"X: y\r\n" * 300_000,
    "a line without end": HEAD + b"Content-Type: text/plain; " + b"a=b; " * 300_000 + b"\r\n\r\n" + b"x",
    "a subject without end": HEAD + b"Subject: " + b"=?gb2312?B?tOU=?= " * 100_000 + b"\r\n\r\nx",
    "an unknown encoding": HEAD + b"Content-Type: text/plain; charset=hex\r\n\r\n" + BODY.encode(),
    "an encoding with a hole": HEAD + b'Content-Type: text/plain; charset="utf\0-8"\r\n\r\n' + BODY.encode(),
    "an unknown packing": HEAD + b"Content-Transfer-Encoding: uuencode\r\n\r\nbegin 1 a\r\n!!!\r\n",
    "lies about its packing": HEAD + b"Content-Transfer-Encoding: base64\r\n\r\n" + BODY.encode(),
}  # fmt: skip


@pytest.mark.parametrize("what", STRANGE)
def test_strange_letters_end(tmp_path: Path, what: str) -> None:
    (tmp_path / "a.eml").write_bytes(STRANGE[what])
    assert answer_of(tmp_path / "a.eml")


@pytest.mark.parametrize("text", ["From: 甲地\n寄来的信", "Date: 今天\n\nSubject: 明天", "记者: 李明\nMIME 是什么"])
def test_a_text_that_looks_like_a_letter(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.txt").write_text(text, "utf-8")
    assert read_file(tmp_path / "a.txt")[0].text == text
