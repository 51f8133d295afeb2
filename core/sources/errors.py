"""What can be wrong with a file, in the user's words."""

from __future__ import annotations


class SourceError(Exception):
    """A file that gives no page; ``str`` is a sentence for the user that names the file.

    Nothing of the file was imported when it is raised. ``detail`` holds what a developer wants to know.
    """

    def __init__(self, name: str, what: str, detail: str = "") -> None:
        super().__init__(f"《{name}》{what}，没有导入")
        self.name = name
        self.what = what
        self.detail = detail

    def __reduce__(self) -> tuple[type[SourceError], tuple[str, str, str]]:
        """Goes through a process pool whole."""
        return type(self), (self.name, self.what, self.detail)
