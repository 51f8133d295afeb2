"""Draws anlan.svg in the sizes that the systems ask for: ``python resources/icons/make_icons.py``.

Writes anlan-16.png … anlan-512.png, anlan.ico (Windows) and anlan.icns (macOS); the last two hold PNG pictures, which
both systems read since Windows Vista and macOS 10.7.
"""

from __future__ import annotations

import struct
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

HERE = Path(__file__).resolve().parent
PNG_SIZES = (16, 24, 32, 48, 64, 128, 256, 512)
ICO_SIZES = (16, 24, 32, 48, 64, 128, 256)
ICNS_TYPES = {"icp4": 16, "icp5": 32, "icp6": 64, "ic07": 128, "ic08": 256, "ic09": 512}


def drawn(size: int) -> bytes:
    """The drawing as a PNG of that size."""
    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(HERE / "anlan.svg")).render(painter, QRectF(0, 0, size, size))
    painter.end()
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(held.data())


def ico(pictures: dict[int, bytes]) -> bytes:
    """The pictures as a Windows icon: a head, an entry of 16 bytes each, then the pictures."""
    head, body = struct.pack("<HHH", 0, 1, len(pictures)), b""
    for size, png in pictures.items():
        at = 6 + 16 * len(pictures) + len(body)
        head += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(png), at)
        body += png
    return head + body


def icns(pictures: dict[str, bytes]) -> bytes:
    """The pictures as a macOS icon: each with its type and length, big-endian."""
    body = b"".join(kind.encode() + struct.pack(">I", len(png) + 8) + png for kind, png in pictures.items())
    return b"icns" + struct.pack(">I", len(body) + 8) + body


def main() -> None:
    """Write them all beside the drawing."""
    application = QGuiApplication(["make_icons", "-platform", "offscreen"])
    pictures = {size: drawn(size) for size in PNG_SIZES}
    for size, png in pictures.items():
        (HERE / f"anlan-{size}.png").write_bytes(png)
    (HERE / "anlan.ico").write_bytes(ico({size: pictures[size] for size in ICO_SIZES}))
    (HERE / "anlan.icns").write_bytes(icns({kind: pictures[size] for kind, size in ICNS_TYPES.items()}))
    application.quit()


if __name__ == "__main__":
    main()
