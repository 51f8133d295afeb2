"""The cases of a library: rows for a list, whole cases, and what a person changes in them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, replace
from functools import lru_cache
from types import MappingProxyType

from core.decisions import CASE, pair_target
from core.library import adding, case_reading, case_rows, sketches, standings
from core.library.answers import CaseRow
from core.library.conform import FAULTS, conforms, shown
from core.library.decisions import Decisions, Wish
from core.library.file import LibraryFile, LibraryPart, in_one_snapshot, said_in_words
from core.library.rows import not_found
from core.places.areas import area_label
from core.records import STATE_WORDS, Case, Page, Place, Span, State
from core.text.storable import storable

NOTHING: Mapping[str, Sequence[str]] = MappingProxyType({})


class Cases(LibraryPart):
    """Cases by their numbers, which are never given twice."""

    def __init__(self, file: LibraryFile, decisions: Decisions) -> None:
        super().__init__(file)
        self._decisions = decisions

    @in_one_snapshot
    def count(self) -> int:
        """Return how many there are."""
        return int(self._db.execute("SELECT count(*) FROM cases").fetchone()[0])

    @in_one_snapshot
    def rows(self, nums: Sequence[int]) -> list[CaseRow]:
        """Return what a list shows of these cases, in that order; those that are gone are left out."""
        found = self._db.execute(
            "SELECT c.num, c.id, c.title, c.published, c.figures, c.state, c.kind, c.themes,"
            " k.tags, k.starred, p.province, p.city, p.county FROM cases c LEFT JOIN places p ON p.num = c.place"
            " LEFT JOIN case_marks k ON k.num = c.num"
            f" WHERE c.num IN ({','.join(str(int(num)) for num in nums)})"
        )
        rows = {row[0]: _row_of(*row) for row in found}
        return [rows[num] for num in nums if num in rows]

    @in_one_snapshot
    def load(self, num: int) -> Case:
        """Return a whole case, with what is damaged of it said in its ``fault``; KeyError when it is gone."""
        return case_reading.read(self._db, [num])[num]

    @in_one_snapshot
    def load_for_writing(self, num: int) -> Case:
        """As ``load``, with who says what its state says, and those of its figures."""
        case = self.load(num)
        says = standings.who_says(self._db, case)
        metrics = tuple(replace(m, said_by=says[m.id]) if m.id in says else m for m in case.metrics)
        return replace(case, metrics=metrics, said_by=says.get(CASE, ""))

    @in_one_snapshot
    def faults(self, nums: Sequence[int]) -> dict[int, str]:
        """Return those of the cases that are damaged, each with a sentence that says what of it is."""
        chunks = (nums[at : at + 500] for at in range(0, len(nums), 500))
        found = (case_reading.read(self._db, some) for some in chunks)
        return {num: case.fault for cases in found for num, case in cases.items() if case.fault}

    @in_one_snapshot
    def title_spans(self, num: int) -> tuple[Span, ...]:
        """Return where the title of a case is printed in its source, as it was read; KeyError when it is gone."""
        if not case_rows.existing(self._db, [num]):
            raise KeyError(num)
        return case_rows.title_spans(self._db, num)

    @in_one_snapshot
    def num_of(self, case_id: str) -> int:
        """Return the number of a case in this file; KeyError when it is not here."""
        num = case_rows.num_of(self._db, case_id)
        if num is None:
            raise not_found(self._db, "cases", case_id)
        return num

    @in_one_snapshot
    def nums_of(self, case_ids: Sequence[str]) -> list[int]:
        """Return the numbers of the cases with these ids that are here, in that order."""
        found = (case_rows.num_of(self._db, one) for one in case_ids)
        return [num for num in found if num is not None]

    @in_one_snapshot
    def starting_with(self, prefix: str, limit: int) -> list[int]:
        """Return the numbers of at most ``limit`` cases whose ids begin so, in the order of their ids."""
        query = "SELECT num FROM cases WHERE id >= ?1 AND id < ?1 || char(0x10FFFF) ORDER BY id LIMIT ?2"
        return [num for (num,) in self._db.execute(query, (prefix, limit))]

    @in_one_snapshot
    def siblings(self, num: int) -> list[tuple[CaseRow, float]]:
        """Return reprints and near-copies of a case, the most alike first, with the share of text in common (0–1).

        Without those of which a person said that they are not the same article.
        """
        found = dict(sketches.like(self._db, num))
        rows = self.rows([num, *found]) if found else []
        own = next((row.id for row in rows if row.num == num), "")
        return [(row, found[row.num]) for row in rows if row.num != num and not self._are_two(own, row.id)]

    def _are_two(self, one: str, other: str) -> bool:
        """Whether a person said that these cases are not the same article."""
        query = "SELECT state FROM rulings WHERE case_id = ? AND part = ?"
        return bool(self._db.execute(query, pair_target(one, other)).fetchone() == ("wrong",))

    @in_one_snapshot
    def like(self, body: Sequence[str]) -> list[tuple[int, float]]:
        """Return the cases that a text (its paragraphs) is a reprint or near-copy of, the most alike first.

        Each with the share of text in common (0–1); none for a very short text.
        """
        return sketches.like_packed(self._db, sketches.packed(body))

    # ---- changing: each is one transaction, whole or not there

    def add(
        self, cases: Iterable[Case], page: Page | None = None, quotes: Mapping[str, Sequence[str]] = NOTHING
    ) -> list[int]:
        """Add cases, with ``page`` as their source; their numbers.

        A case whose id is here already is left as it is. One without source and body gets an excerpt (摘录) of the
        printed words of its figures, into which their spans point, and of those that ``quotes`` has under its id.
        """
        with self._file.transaction() as revision:
            source = adding.add_page(self._db, page) if page else None
            nums, new = [], []
            for position, case in enumerate(cases):
                num = case_rows.num_of(self._db, case.id) if case.id else None
                if num is None:
                    num = adding.add_case(self._db, case, source, position, {}, revision, quotes.get(case.id, ()))
                    new.append(num)
                nums.append(num)
            adding.sum_up(self._db, new, source)
            way_back = adding.way_back(self._db, new, source)
        self._file.remember_added(way_back, new, revision)
        return nums

    @said_in_words
    def set_place(self, nums: Sequence[int], place: Place) -> None:
        """Say where cases belong."""
        place = Place(*map(storable, astuple(place)))
        words = f"地区改为{place.names[-1] if place.names else '未定'} {len(nums)} 例"
        self._set("place", list(astuple(place)), nums, words)

    @said_in_words
    def set_themes(self, nums: Sequence[int], themes: Sequence[str]) -> None:
        """Give cases other themes, the main one first."""
        themes = [*map(storable, themes)]
        self._set("themes", themes, nums, f"主题改为{'、'.join(themes) or '未定'} {len(nums)} 例")

    @said_in_words
    def set_title(self, num: int, title: str) -> None:
        """Give a case another title."""
        title = storable(title)
        self._set("title", title, [num], f"标题改为「{title}」")

    def _set(self, part: str, value: object, nums: Sequence[int], text: str) -> None:
        """Decide a field of those of the cases that are here."""
        wishes = [Wish(num, part, "changed", value) for num in case_rows.existing(self._db, nums)]
        self._decisions.decide(wishes, text)

    @said_in_words
    def remove(self, nums: Sequence[int]) -> None:
        """Remove cases, and their sources when nothing else was read from them."""
        self._file.change(f"删除案例 {len(nums)} 例", lambda: case_rows.remove(self._db, nums), nums, for_good=True)


def _row_of(
    num: int, id_: str, title: str, published: str, count: int, state: State, kind: str, themes: str,
    tags: str | None, starred: int | None, *place: str
) -> CaseRow:  # fmt: skip
    try:
        "".join((id_, title, published, kind, *place)).encode()  # each of them is a text, and whole
        if type(count) is int and state in STATE_WORDS:
            where, own = area_label(*place), _names(tags) if tags else ()
            return CaseRow(
                num, id_, title, where, _names(themes), published, count, state, kind, own, starred == 1
            )  # fmt: skip
    except FAULTS:
        pass
    return _damaged_row(num, shown(id_), title, place)


@lru_cache(maxsize=4096)
def _names(cell: str) -> tuple[str, ...]:
    """The themes or tags of a case, of which there are few different sets; ValueError where they cannot be read."""
    names = tuple(json.loads(cell))
    if not conforms(names, tuple[str, ...]):
        raise ValueError(cell)
    return names


def _damaged_row(num: int, id_: str, title: object, place: Sequence[object]) -> CaseRow:
    """What a list shows of a case whose row holds something else than we write."""
    told = f"{title}（有损坏）" if title and conforms(title, str) else f"（第 {num} 号案例，标题读不出）"
    where = area_label(*map(str, place)) if all(conforms(name, str) for name in place) else ""
    return CaseRow(num, id_, told, where, (), "", 0, "unchecked", "case")
