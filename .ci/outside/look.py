"""Run by ``try`` beside the program: reads it through AT-SPI as a screen reader does, and types into it with xdotool.

Prints one line of JSON; ends with 1 when something that a reader needs is not there.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import pyatspi

WITHOUT_INPUT_METHOD = bool(os.environ.get("WITHOUT_INPUT_METHOD"))
NAMED = {"push button", "toggle button", "check box", "radio button", "combo box", "text", "entry", "table", "menu"}
"""Roles that are nothing to a listener without a name."""
WANTED = {
    "tree": ("tree|tree table", "^案例目录$"),
    "place with its count": ("tree item|table cell|list item", r"^.+[市州].* \d+$"),
    "search box": ("text|entry", "^查找$"),
    "filter button": ("push button", "^筛选"),
    "choice of the tree": ("check box|radio button|toggle button", "^按主题$"),
    "list": ("table|list", "^案例列表$"),
    "row of the list": ("table cell|list item", r".+，.+[市省县区].*，.+未核$"),
    "figures": ("table", "^数据表$"),
    "cell of the figures": ("table cell", "^(?!.*项数据).+，未核$"),
    "text of the case": ("label|text|static|document.*|panel|paragraph", "^案例正文$"),
}
"""What a reader looks for once a search has shown its cases: role and name, as patterns."""


def all_below(node: Any, depth: int = 0) -> Iterator[Any]:
    """The node and everything below it."""
    yield node
    if depth < 30:
        for at in range(min(node.childCount, 400)):
            try:
                child = node.getChildAtIndex(at)
            except Exception:
                continue
            if child is not None:
                yield from all_below(child, depth + 1)


def wait(find: Callable[[], Any], seconds: float = 40) -> Any:
    """What ``find`` gives once it gives something; None when it never does."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            found = find()
        except Exception:
            found = None
        if found:
            return found
        time.sleep(0.3)
    return None


def program() -> Any:
    """Our program among the accessible ones."""
    desktop = pyatspi.Registry.getDesktop(0)
    names = re.compile("anlan|案览|python")
    return next((app for app in desktop if app and app.childCount and names.search(app.name or "")), None)


def showing(node: Any) -> bool:
    return bool(node.getState().contains(pyatspi.STATE_SHOWING))


def keys(*names: str) -> None:
    """Press keys, one after the other."""
    for name in names:
        subprocess.run(["xdotool", "key", "--delay", "60", name], check=True)
        time.sleep(0.15)


def text_of(node: Any) -> str:
    text = node.queryText()
    return str(text.getText(0, text.characterCount))


def typed_plainly(box: Any, word: str) -> str:
    """Characters typed without an input method, and what the box holds then.

    xdotool lends one key to each character that the keyboard lacks and takes it back at once: a program that a busy
    machine lets look later reads another key, or none. So each waits for the one before it and may be typed again.
    """
    for end in range(1, len(word) + 1):
        for _ in range(5):
            keys(*["BackSpace"] * (len(text_of(box)) - end + 1))
            subprocess.run(["xdotool", "type", "--delay", "400", word[end - 1]], check=True)
            if wait(lambda: text_of(box) == word[:end], 5):  # noqa: B023
                break
    return text_of(box)


def main() -> int:
    """Look and type; 1 when something was not there."""
    faults: list[str] = []
    app = wait(program)
    if app is None:
        print(json.dumps({"exit": 1, "faults": ["the program is not to be seen by AT-SPI"]}))
        return 1
    trees = lambda: [n for n in all_below(app) if n.getRoleName() in ("tree", "tree table") and showing(n)]  # noqa: E731
    wait(lambda: any(n.childCount > 3 for n in trees()))
    time.sleep(1)
    seen = [n for n in all_below(app) if showing(n)]
    unnamed = [f"{n.getRoleName()} in {n.parent.name!r}" for n in seen if n.getRoleName() in NAMED and not n.name]
    faults += [f"no name: {what}" for what in unnamed]
    rows = [child.name for tree in trees() for child in tree if child is not None and child.name]
    if not any(re.search(r"[市州].*\d", name) for name in rows):
        faults.append(f"tree without places and counts: {rows[:6]}")
    boxes = [n for n in seen if n.getRoleName() in ("text", "entry") and n.getState().contains(pyatspi.STATE_EDITABLE)]

    subprocess.run(["xdotool", "search", "--sync", "--onlyvisible", "--name", "案览", "windowfocus"], check=False)
    keys("F6", "ctrl+f")
    time.sleep(0.5)
    focused = wait(lambda: next((b for b in boxes if b.getState().contains(pyatspi.STATE_FOCUSED)), None), 5)
    typed = ""
    if focused is None:
        faults.append("Ctrl+F does not put the focus into a search box")
    else:
        if WITHOUT_INPUT_METHOD:
            typed = typed_plainly(focused, "温州")
        else:
            keys(*"wenzhou", "space")
            wait(lambda: text_of(focused) == "温州", 10)
            typed = text_of(focused)
        if typed != "温州":
            faults.append(f"wenzhou and a space gave {typed!r}")
    time.sleep(2)
    tables = [n for n in all_below(app) if n.getRoleName() in ("table", "list") and showing(n)]
    cells = [c.name for t in tables for c in t if c is not None and c.name]
    if typed == "温州" and not any("温州" in cell for cell in cells):
        faults.append(f"the list does not show what was typed: {cells[:4]}")
    everything = [(n.getRoleName(), n.name or "") for n in all_below(app) if showing(n)]
    found = {
        what: next((name for r, name in everything if re.fullmatch(role, r) and re.search(words, name)), "")
        for what, (role, words) in WANTED.items()
    }
    faults += [f"not found: {what}" for what, name in found.items() if not name]
    stops = []
    for _ in range(24):
        keys("Tab" if len(stops) < 12 else "F6")
        # a pane that hands the focus on says that it has it, too: what counts has a name
        focused_now = [n for n in all_below(app) if n.getState().contains(pyatspi.STATE_FOCUSED) and showing(n)]
        stops.append(next((f"{n.getRoleName()} {n.name}" for n in focused_now if n.name), "nothing"))
    if "nothing" in stops:
        faults.append(f"the focus is somewhere that has no name: {stops}")
    report = {
        "exit": int(bool(faults)),
        "faults": faults,
        "seen": len(seen),
        "tree": rows[:8],
        "list": cells[:4],
        "typed": typed,
        "found": found,
        "input": "xdotool" if WITHOUT_INPUT_METHOD else "fcitx5",
        "tab_stops": list(dict.fromkeys(stops)),
    }
    print(json.dumps(report, ensure_ascii=False))
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
