"""What a test of reliability found out: how often it tried, and what went wrong."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field


@dataclass(slots=True)
class Outcome:
    """One line of the report; ``told`` are numbers that say what was tried, ``failures`` sentences."""

    test: str
    n: int = 0
    failures: list[str] = field(default_factory=list)
    told: dict[str, object] = field(default_factory=dict)

    def line(self) -> str:
        """Return the line as JSON, with the first few failures in words."""
        told = {"test": self.test, "n": self.n, "failures": len(self.failures), **self.told}
        return json.dumps(told | ({"first": self.failures[:5]} if self.failures else {}), ensure_ascii=False)


Test = Callable[[bool, int], Iterator[Outcome]]
"""Takes whether there is time for the long run, and a seed; yields one outcome after the other."""
