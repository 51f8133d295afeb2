"""Takes text apart into words: 社会组织参与基层治理 → 社会组织, 参与, 基层, 治理.

The search finds what stands in a text to the letter. Where a long run of characters stands nowhere, its words may; then
jieba cuts it, as it cuts the texts whose keywords are wanted. It is loaded on first need, never at start, with the
program's own small word list.
"""

from __future__ import annotations

import gzip
import logging
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import IO, Any

from core.resources import shipped

SHORTEST = 4
"""A run below this length is one word or two that a person can part with a space."""
_RUN = re.compile(r"[\u3400-\u9fff0-9A-Za-z+·]+")
_WORD = re.compile(r"[\u3400-\u9fff0-9A-Za-z]{2,}")


def words_apart(typed: str, cache: Path | None = None) -> tuple[str, ...]:
    """Return the words of a query that is one run of characters, each once; empty when there are not at least two.

    ``cache`` is a folder of the program's own where jieba keeps its table.
    """
    typed = typed.strip()
    if len(typed) < SHORTEST or not _RUN.fullmatch(typed):
        return ()
    words = tuple(dict.fromkeys(word for word in _tokenizer(cache).cut(typed) if _WORD.fullmatch(word)))
    return words if len(words) > 1 else ()


def words_of(text: str, cache: Path | None = None, guess: bool = True) -> Iterator[str]:
    """Yield the words of a text in order, those of two characters and more; ``cache`` as for ``words_apart``.

    ``guess``: words that the list does not have are guessed as well, which takes several times as long.
    """
    return (word for word in _tokenizer(cache).cut(text, HMM=guess) if _WORD.fullmatch(word))


@lru_cache(maxsize=1)
def _tokenizer(cache: Path | None) -> Any:
    import jieba

    jieba.setLogLevel(logging.WARNING)
    words = shipped("resources", "words", "words.txt.gz")

    class Tokenizer(jieba.Tokenizer):  # type: ignore[misc]
        def get_dict_file(self) -> IO[bytes]:
            return gzip.open(words, "rb")  # type: ignore[return-value]

    tokenizer = Tokenizer(str(words))
    if cache is not None:
        cache.mkdir(parents=True, exist_ok=True)
        tokenizer.tmp_dir = str(cache)
    return tokenizer
