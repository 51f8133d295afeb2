"""What stands in a document, whatever kind of file it is written as."""

from core.writing.compilation import Choices, Compilation
from core.writing.content.cases import Cases
from core.writing.content.listing import Listing
from core.writing.content.text import Text


def body_of(text: Text, compilation: Compilation, choices: Choices) -> Cases | Listing:
    """Return what writes the cases of a compilation one after the other."""
    return Listing(text, choices) if choices.kind == "figures" else Cases(text, choices, compilation.headed)
