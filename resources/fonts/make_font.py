"""Make the program's font out of Noto Sans SC: `python resources/fonts/make_font.py NotoSansSC-Regular.otf`.

The radical blocks go from its character map, because Qt writes a glyph into PDF text under the first character that
has it (里 would come out as the radical ⾥). The changed font bears another name, so that a Noto Sans SC installed on
the same machine is never taken in its stead.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools.ttLib import TTFont

RADICALS = (range(0x2E80, 0x2F00), range(0x2F00, 0x2FE0))
FAMILY = "Anlan Sans"
NAMES = {
    1: FAMILY,
    2: "Regular",
    3: "2.004;ANLAN;AnlanSans-Regular",
    4: FAMILY,
    6: "AnlanSans-Regular",
    10: "Noto Sans SC 2.004 without the CJK and Kangxi radical blocks in its character map.",
}


def make(source: Path, target: Path) -> int:
    """Write the changed font to ``target`` and say how many characters went."""
    font = TTFont(source)
    gone: set[int] = set()
    for table in font["cmap"].tables:
        if table.format == 14:  # variation sequences name no radical
            continue
        ours = {code for code in table.cmap if any(code in block for block in RADICALS)}
        gone |= ours
        for code in ours:
            del table.cmap[code]
    for record in list(font["name"].names):
        if record.nameID in NAMES:
            record.string = NAMES[record.nameID]
    if "DSIG" in font:  # the signature was for the unchanged file
        del font["DSIG"]
    cff = font["CFF "].cff
    cff.fontNames[0] = NAMES[6]
    cff.topDictIndex[0].FullName = FAMILY
    cff.topDictIndex[0].FamilyName = FAMILY
    font["head"].modified = font["head"].created  # the same input gives the same file
    font.recalcTimestamp = False
    font.save(target)
    return len(gone)


if __name__ == "__main__":
    out = Path(__file__).with_name("AnlanSans-Regular.otf")
    print(make(Path(sys.argv[1]), out), "characters taken out,", out.stat().st_size, "bytes written")
