"""A packet under a password: what it holds is sealed in frames, none of which can be read, changed, moved or left out.

The key comes from the password by scrypt with a salt of the packet's own; each frame is sealed by ChaCha20-Poly1305
(RFC 8439) with its number and whether it is the last one as the nonce, as in STREAM (Hoang, Reyhanitabar, Rogaway,
Vizár 2015). What seals is ``pycryptodomex``, loaded when a packet is sealed or opened.
"""

from __future__ import annotations

import secrets
import struct
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from Cryptodome.Cipher.ChaCha20_Poly1305 import ChaCha20Poly1305Cipher

FRAME = 1 << 20
"""So many bytes are sealed at once."""
_TAG, _SALT = 16, 16
_HEAD = struct.Struct(f">B{_SALT}s")
"""How much work a key is, as a power of two, and the salt."""
_WORK, _MOST_WORK = 17, 18
"""2^17 with blocks of 8 (128 MB, half a second) is what OWASP asks of scrypt; a packet that asks for more than
256 MB of memory is none of ours."""
_NONCE = struct.Struct(">3xQB")


class WrongSeal(ValueError):  # noqa: N818 - a name for what it is
    """The password is another one."""


class BrokenSeal(ValueError):  # noqa: N818
    """The password is right, and what it opens is not what was sealed; or nothing of ours."""


def seal(blocks: Iterable[bytes], password: str) -> Iterator[bytes]:
    """Give the blocks sealed under a password, with all that is needed to open them again but that."""
    head = _HEAD.pack(_WORK, secrets.token_bytes(_SALT))
    yield head
    key = _key(head, password)
    at, rest = 0, b""
    for block in blocks:
        rest += block
        while len(rest) > FRAME:
            yield _sealed(key, head, at, rest[:FRAME], last=False)
            at, rest = at + 1, rest[FRAME:]
    yield _sealed(key, head, at, rest, last=True)


def unseal(file: BinaryIO, length: int, password: str) -> Iterator[bytes]:
    """Give what was sealed in the next ``length`` bytes of a file; WrongSeal, BrokenSeal, OSError.

    Nothing is given before it was proved.
    """
    head = file.read(min(length, _HEAD.size))
    if len(head) < _HEAD.size or not 1 <= head[0] <= _MOST_WORK:
        raise BrokenSeal
    key, left, at = _key(head, password), length - _HEAD.size, 0
    while left:
        block = file.read(min(FRAME + _TAG, left))
        left -= len(block)
        cipher = _cipher(key, head, at, last=not left)
        try:
            yield cipher.decrypt_and_verify(block[:-_TAG], block[-_TAG:])
        except ValueError:
            raise BrokenSeal if at else WrongSeal from None
        at += 1
    if not at:
        raise BrokenSeal


def _sealed(key: bytes, head: bytes, at: int, block: bytes, *, last: bool) -> bytes:
    return b"".join(_cipher(key, head, at, last=last).encrypt_and_digest(block))


def _cipher(key: bytes, head: bytes, at: int, *, last: bool) -> ChaCha20Poly1305Cipher:
    from Cryptodome.Cipher import ChaCha20_Poly1305

    cipher = ChaCha20_Poly1305.new(key=key, nonce=_NONCE.pack(at, last))
    cipher.update(head)
    return cipher


@lru_cache(maxsize=2)
def _key(head: bytes, password: str) -> bytes:
    """The key of a packet; a packet is opened when it is looked at, and again when it is merged.

    A password is the same typed in full width, and however its accents are composed.
    """
    from Cryptodome.Protocol.KDF import scrypt

    work, salt = _HEAD.unpack(head)
    words = unicodedata.normalize("NFKC", password).encode()
    out = scrypt(words, salt, 32, 1 << work, 8, 1)  # type: ignore[arg-type]
    return out if isinstance(out, bytes) else out[0]
