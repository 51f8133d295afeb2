"""How text is made equal before it is compared, and where a folded word stands in the text as it is."""

from __future__ import annotations

import re
import sys
import unicodedata
from array import array
from collections.abc import Iterable, Sequence
from functools import lru_cache

from core.resources import shipped
from core.text.values import VALUE_EDGE, value_form, value_places

# White space, controls, and what has no ink of its own: zero-width, direction marks, variation selectors, soft hyphens.
# Middle dots too: 共享社·幸福里 is also written with • or ‧, or with none.
_DROPPED_SET = (
    "\u00b7\u0387\u2022\u2027\u2219\u22c5\u30fb\uff65"
    "\\s\x00-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e0fff"
)
_DROPPED = re.compile(f"[{_DROPPED_SET}]+")
_GAP = f"[{_DROPPED_SET}]*"
_WIDE = {c: c + 0xFEE0 for c in range(0x21, 0x7F)}
_NARROW = re.compile("[!-~]+")
_OFTEN_WIDE = [(mark, unicodedata.normalize("NFKC", mark)) for mark in "，：；？！（）％…"]
_CODE, _UTF32 = "I", f"utf-32-{sys.byteorder[0]}e"
"""Characters as numbers."""
_ACROSS = re.compile(f"{VALUE_EDGE}. ")
"""The pair of a field's end and the next field's first character."""


def fold(text: str) -> str:
    """NFKC, case folded, simplified, without white space, middle dots and what is invisible: 「Ａ B」 is 「ab」.

    A word stands in a field as ``stands_in`` says; the index promises exactly that. Whoever changes what is folded
    gives ``library.index.TOKENS`` another number.

    >>> fold("共同\\n 富裕 ＡＢ"), fold("社區•治理")
    ('共同富裕ab', '社区治理')
    """
    plain = unicodedata.normalize("NFKC", text if text.isascii() else _narrowed(text))
    folded = plain.casefold()
    if folded != plain:
        folded = unicodedata.normalize("NFKC", folded)
    folded = _DROPPED.sub("", folded)
    return folded if _is_simplified(folded) else folded.translate(_simplified())


def _narrowed(text: str) -> str:
    """The text with some of what NFKC replaces already replaced: where nothing is left to do it is 30 times as fast."""
    for wide, narrow in _OFTEN_WIDE:
        text = text.replace(wide, narrow)
    return text


def _is_simplified(folded: str) -> bool:
    """Whether a folded text has no traditional character; most texts are told by what a codec takes, in no time."""
    try:
        folded.replace(_BETWEEN, "").replace("—", "").encode("gb2312")
    except UnicodeEncodeError:
        return not _any_traditional().search(folded)
    return not any(char in folded for char in _in_both())


@lru_cache(maxsize=1)
def _in_both() -> str:
    """The traditional characters that the codec takes, too."""
    return "".join(map(chr, _simplified())).encode("gb2312", "ignore").decode("gb2312")


@lru_cache(maxsize=1)
def _any_traditional() -> re.Pattern[str]:
    return re.compile(f"[{''.join(map(re.escape, map(chr, _simplified())))}]")


_BETWEEN = "\ue000"
"""A character that belongs to no script: nothing melts into it, and it stays as it is."""


def fold_each(texts: Sequence[str]) -> list[str]:
    """Return each text folded, many short ones in a fraction of the time.

    >>> fold_each(["社區", "", "Ａ B"])
    ['社区', '', 'ab']
    """
    if len(texts) < 2 or any(_BETWEEN in text for text in texts):
        return [*map(fold, texts)]
    return fold(_BETWEEN.join(texts)).split(_BETWEEN)


@lru_cache(maxsize=1)
def _simplified() -> dict[int, str]:
    """Traditional characters → simplified ones, one for one."""
    lines = shipped("resources", "characters", "traditional.tsv").read_text("utf-8").splitlines()
    return {ord(char): plain for char, plain in (line.split("\t") for line in lines)}


@lru_cache(maxsize=1)
def _traditional() -> dict[str, str]:
    """Simplified characters → the traditional ones that become them."""
    out: dict[str, str] = {}
    for code, plain in _simplified().items():
        out[plain] = out.get(plain, "") + chr(code)
    return out


def stands_in(word: str, folded: str) -> bool:
    """Return whether a folded word stands in a folded field, letter by letter or as the same number.

    >>> stands_in("1326000元", "筹资132.6万元"), stands_in("2万", "约12万"), stands_in("20000", "约12万")
    (True, True, False)
    """
    return word in folded or any(True for _ in value_places(folded, word))


def tokens_of(folded: Sequence[str], values: Iterable[str] = ()) -> str:
    """Return the index entry of folded fields: each field's overlapping pairs, the last one with the end, and values.

    So every character begins a pair, and no phrase goes on in the next field. A number as ``values_of`` has it is one
    token, found by how it begins.

    Folded text keeps no full-width ASCII (NFKC narrows it), so widening ASCII makes every character one that
    FTS5's ``ascii`` tokenizer keeps, without ever making two characters the same.
    """
    first = array(_CODE, _wide(VALUE_EDGE.join([*folded, ""])).encode(_UTF32))
    pairs = array(_CODE, bytes(12 * len(first)))
    pairs[0::3] = first
    pairs[1::3] = first[1:] + first[-1:]
    pairs[2::3] = array(_CODE, [0x20]) * len(first)
    return _ACROSS.sub("", pairs.tobytes().decode(_UTF32)) + _wide(" ".join(values))


def _wide(text: str) -> str:
    return _NARROW.sub(lambda found: found[0].translate(_WIDE), text)


def phrase_of(word: str) -> str:
    """Return a folded word in the language of FTS5: a phrase, and what a token begins with where it is a number."""
    wide = _wide(word)
    if len(wide) == 1:
        return f'"{wide}" *'
    phrase = f'"{" ".join(map(str.__add__, wide, wide[1:]))}"'
    return f'({phrase} OR "{_wide(form)}" *)' if (form := value_form(word)) else phrase


@lru_cache(maxsize=256)
def _pattern(word: str) -> re.Pattern[str]:
    """Finds a folded word in text that is written plainly; may miss compatibility forms, never finds too much."""
    return re.compile(_GAP.join(map(_variants, word)))


def _variants(char: str) -> str:
    forms = {char, *char.upper()[:1]} if len(char.upper()) == 1 else {char}
    forms |= {form.translate(_WIDE) for form in forms} | set(_traditional().get(char, ""))
    forms = {form for form in forms if fold(form) == char}
    return re.escape(char) if len(forms) < 2 else "[" + "".join(map(re.escape, sorted(forms))) + "]"


def first_place(text: str, word: str) -> tuple[int, int] | None:
    """Return where a folded word first stands in a text, half open, or None."""
    plain = plain_place(text, word)
    return plain or (next(iter(_exact_places(text, (word,))), None) if stands_in(word, fold(text)) else None)


def plain_place(text: str, word: str) -> tuple[int, int] | None:
    """As ``first_place``, twenty times as fast, but blind to compatibility forms such as ㎡ and to equal numbers."""
    found = _pattern(word).search(text)
    return found.span() if found else None


def plain_places(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """As ``places_of``, faster, but blind to compatibility forms and to equal numbers."""
    return _joined(sorted(found.span() for word in words for found in _pattern(word).finditer(text)))


def places_of(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Return where the folded words stand in a text: half-open spans, in order, touching ones joined."""
    return _joined(sorted(_exact_places(text, words)))


def _exact_places(text: str, words: Sequence[str]) -> Iterable[tuple[int, int]]:
    folded, starts, ends = _folded_with_offsets(text)
    for word in words:
        at = folded.find(word) if word else -1
        while at >= 0:
            yield starts[at], ends[at + len(word) - 1]
            at = folded.find(word, at + 1)
        for first, last in value_places(folded, word):
            yield starts[first], ends[last - 1]


_CLUSTER = re.compile("[\u1100-\u115f\u1161-\u11ff]+")


def _folded_with_offsets(text: str) -> tuple[str, list[int], list[int]]:
    """The folded text and, for each of its characters, where what it came from begins and ends."""
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    while at < len(text):
        end = _cluster_end(text, at)
        folded = _fold_cluster(text[at:end])
        out.append(folded)
        starts.extend([at] * len(folded))
        ends.extend([end] * len(folded))
        at = end
    return "".join(out), starts, ends


@lru_cache(maxsize=16384)
def _fold_cluster(cluster: str) -> str:
    """As ``fold``: few characters come again and again."""
    return fold(cluster)


def _cluster_end(text: str, at: int) -> int:
    """The end of the character at ``at`` with everything that may melt into it (accents, voicing marks, jamo)."""
    end = at + 1
    while end < len(text) and text[end] > "\u02ff" and _melts(text[end]):
        end += 1
    return end


@lru_cache(maxsize=8192)
def _melts(char: str) -> bool:
    return unicodedata.combining(char) != 0 or bool(_CLUSTER.match(char)) or char in "\uff9e\uff9f"


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    for start, end in spans:
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out
