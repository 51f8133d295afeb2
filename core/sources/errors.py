"""What can be wrong with a file, and what helps, in the user's words."""

from __future__ import annotations

PASTE = "请把要的文字复制后粘贴进来"
RECOGNISE = "请先用扫描软件识别成文字，再导入"
"""What helps where the words cannot be read from the file, or are a picture."""


def refusal(name: str, reason: str) -> str:
    """Return the sentence that says of a file why nothing of it was imported.

    >>> refusal("空.txt", "是空的")
    '《空.txt》没有导入：是空的'
    """
    return f"《{name}》没有导入：{reason}"


class SourceError(Exception):
    """A file that gives no page; ``str`` is a sentence for the user that names the file.

    Nothing of the file was imported when it is raised. ``reason`` is why, without the name, for a list that has it
    beside; ``detail`` holds what a developer wants to know.
    """

    def __init__(self, name: str, reason: str, detail: str = "") -> None:
        super().__init__(refusal(name, reason))
        self.name = name
        self.reason = reason
        self.detail = detail

    def __reduce__(self) -> tuple[type[SourceError], tuple[str, str, str]]:
        """Goes through a process pool whole."""
        return type(self), (self.name, self.reason, self.detail)
