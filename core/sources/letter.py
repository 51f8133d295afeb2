"""Letters (.eml) and web pages saved as one file (.mht): the part that a person reads, with the letter's subject."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message

from core.records import Page
from core.sources.errors import PASTE, SourceError
from core.sources.hypertext import ENCODINGS, read_hypertext
from core.sources.plain import decode, read_plain

_MOST_PARTS, _DEEPEST = 2000, 50
_ENDLESS = re.compile(rb"^content-[\w-]{1,40}:(?:[^\r\n]|\r?\n[ \t]){4000}", re.IGNORECASE | re.MULTILINE)
"""A head that says of a part more than anybody would; taking it apart costs the square of its length."""
_BOUNDARY = re.compile(rb"boundary\s*=", re.IGNORECASE)
_NOTHING = f"里没有正文；{PASTE}"


def read_letter(raw: bytes, name: str) -> Page:
    """Return the text of a letter under its subject, or of a web page; raises ``SourceError`` where there is none."""
    if len(_BOUNDARY.findall(raw)) > _DEEPEST or _ENDLESS.search(raw):
        raise SourceError(name, f"不像正常的邮件或网页；{PASTE}")
    letter = message_from_bytes(raw)
    whole = _is_web_page(letter)
    page = _read(_body_of(letter, name, whole), name)
    digest = hashlib.sha256(raw).hexdigest()
    if whole:
        return replace(page, sha256=digest, format="mht")
    subject = " ".join(_header(letter, "subject").split())
    head = f"{subject}\n\n" if subject else ""
    return replace(
        page, text=head + page.text, sha256=digest, format="eml", headings=(), tables=(), breaks=(), lines=()
    )


def _is_web_page(letter: Message) -> bool:
    """Whether a browser saved it: a page with what it shows, from nobody to nobody."""
    return letter.get_content_type() in ("multipart/related", "text/html") and not letter["to"]


def _header(letter: Message, name: str) -> str:
    try:
        return str(make_header(decode_header(letter[name] or "")))
    except Exception:  # the parser of heads gives up in many ways on what is none
        return ""


def _body_of(letter: Message, name: str, whole: bool) -> Message:
    """The part that is read: of a web page its first page, of a letter the plain text before the HTML."""
    wanted = ("text/html",) if whole else ("text/plain", "text/html")
    parts = [part for part in _parts(letter) if part.get_content_disposition() != "attachment"]
    for kind in wanted:
        for part in parts:
            if part.get_content_type() == kind and _payload(part).strip():
                return part
    raise SourceError(name, _NOTHING)


def _parts(letter: Message) -> list[Message]:
    out: list[Message] = []
    for part in letter.walk():
        if not part.is_multipart():
            out.append(part)
        if len(out) >= _MOST_PARTS:
            break
    return out


def _payload(part: Message) -> bytes:
    found = part.get_payload(decode=True)
    return found if isinstance(found, bytes) else b""


def _read(part: Message, name: str) -> Page:
    raw = _payload(part)
    said = str(part.get_content_charset() or "").lower()
    declared = ENCODINGS.get(said, "")
    if part.get_content_type() == "text/plain":
        return read_plain(raw, name, [declared] if declared else [])
    text = decode(raw, name, [declared])[1] if declared else None
    return read_hypertext(raw if text is None else text.encode("utf-8-sig", "replace"), name)
