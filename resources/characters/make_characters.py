"""Make ``traditional.tsv`` anew: ``python make_characters.py TSCharacters.txt``, OpenCC's table of characters.

Kept are traditional characters that stand for one simplified character and are none themselves: 著 is also a simplified
character (著名), so it is left as it is.
"""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).parent


def pairs(table: str) -> dict[str, str]:
    """Traditional characters and what they become; the table has one a line, its forms parted by blanks."""
    found: dict[str, str] = {}
    for line in table.splitlines():
        char, _, forms = line.partition("\t")
        plain = forms.split()
        if plain and len(char) == len(plain[0]) == 1 and char not in plain:
            found[char] = plain[0]
    return {char: found.get(plain, plain) for char, plain in found.items() if found.get(plain, plain) != char}


def main() -> None:
    """Write the table, sorted."""
    found = pairs(Path(sys.argv[1]).read_text("utf-8"))
    lines = (f"{char}\t{plain}\n" for char, plain in sorted(found.items()))
    (HERE / "traditional.tsv").write_text("".join(lines), "utf-8")


if __name__ == "__main__":
    main()
