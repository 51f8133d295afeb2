"""Selections (汇编): named, ordered lists of cases to be written up, with headings, notes and chosen figures."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Literal, TypeVar

from core.library import outlines
from core.library.answers import Outline, SelectionRow
from core.library.conform import shown
from core.library.file import LibraryPart, in_one_snapshot, said_in_words
from core.library.outlines import Key, row_of
from core.library.rows import insert
from core.library.stamps import new_id, now
from core.text.storable import storable

T = TypeVar("T")
_WORDS = {"heading": "小标题", "note": "说明"}


class Selections(LibraryPart):
    """Selections by their ids; KeyError where one is gone."""

    @in_one_snapshot
    def rows(self) -> list[SelectionRow]:
        """Return the selections in the order they were made."""
        query = (
            "SELECT s.id, s.name, count(i.num) FROM selections s LEFT JOIN selection_items i ON i.selection = s.num"
            " GROUP BY s.num ORDER BY s.num"
        )
        return [SelectionRow(shown(id_), shown(name), count) for id_, name, count in self._db.execute(query)]

    @in_one_snapshot
    def outline(self, selection_id: str) -> Outline:
        """Return what is written up: its own title, its cases, headings and notes in their order."""
        return outlines.outline(self._db, selection_id)

    def title(self, selection_id: str) -> str:
        """Return the title of its own that stands on what is written; empty for none."""
        return outlines.title_of(self._db, selection_id)

    def add(self, name: str) -> str:
        """Make a new, empty selection; its id."""
        name = storable(name)
        return self._file.change(f"新建汇编「{name}」", lambda: self._add(name))

    def _add(self, name: str) -> str:
        selection = new_id()
        insert(self._db, "selections", {"id": selection, "name": name, "created": now()})
        return selection

    def rename(self, selection_id: str, name: str) -> None:
        """Give a selection another name."""
        name = storable(name)
        rename = "UPDATE selections SET name = ? WHERE num = ?"
        self._change(selection_id, f"汇编改名为「{name}」", lambda row: self._db.execute(rename, (name, row)))

    @said_in_words
    def remove(self, selection_id: str) -> None:
        """Remove a selection; its cases stay in the library."""
        num, name = row_of(self._db, selection_id)
        remove = "DELETE FROM selections WHERE num = ?"
        self._file.change(f"删除汇编「{name}」", lambda: self._db.execute(remove, (num,)))

    # ---- its cases, as a list of cases shows them

    def put(self, selection_id: str, nums: Sequence[int], at: int | None = None) -> int:
        """Add cases before the ``at``-th one, at the end when None; how many were new. Others stay where they are."""
        put = lambda row: outlines.put_cases(self._db, row, nums, at)  # noqa: E731
        return self._change(selection_id, f"加入汇编 {len(nums)} 例", put)

    def take(self, selection_id: str, lines: Collection[Key]) -> None:
        """Take cases out of a selection, and headings and notes away."""
        nums = sum(isinstance(key, int) for key in lines)
        text = f"移出汇编 {nums} 例" if nums else f"删去汇编里的文字 {len(lines)} 处"
        self._change(selection_id, text, lambda row: outlines.take(self._db, row, lines))

    def move(self, selection_id: str, nums: Sequence[int], at: int) -> None:
        """Move cases, in the order given, before the one that is the ``at``-th now; headings stay where they are."""
        move = lambda row: outlines.move_cases(self._db, row, nums, at)  # noqa: E731
        self._change(selection_id, f"调整汇编顺序 {len(nums)} 例", move)

    # ---- its lines, as they are written up

    def move_lines(self, selection_id: str, lines: Sequence[Key], at: int) -> None:
        """Move lines of any kind, in the order given, before the one that stands at place ``at`` now."""
        move = lambda row: outlines.move(self._db, row, lines, at)  # noqa: E731
        self._change(selection_id, f"调整汇编顺序 {len(lines)} 行", move)

    def write(self, selection_id: str, kind: Literal["heading", "note"], text: str, at: int | None = None) -> str:
        """Write a heading or a note before the line at place ``at``, at the end when None; its id."""
        write = lambda row: outlines.write(self._db, row, kind, storable(text), at)  # noqa: E731
        return self._change(selection_id, f"汇编里添{_WORDS[kind]}", write)

    def rewrite(self, selection_id: str, text_id: str, text: str) -> None:
        """Give a heading or a note other words."""
        rewrite = lambda row: outlines.rewrite(self._db, row, text_id, storable(text))  # noqa: E731
        self._change(selection_id, "改汇编里的文字", rewrite)

    def entitle(self, selection_id: str, title: str) -> None:
        """Give it a title of its own, which stands on what is written; none where it is empty."""
        entitle = lambda row: outlines.entitle(self._db, row, storable(title).strip())  # noqa: E731
        self._change(selection_id, "改汇编的标题", entitle)

    def annotate(self, selection_id: str, num: int, note: str) -> None:
        """Write the note that stands with a case."""
        annotate = lambda row: outlines.annotate(self._db, row, num, storable(note))  # noqa: E731
        self._change(selection_id, "写汇编里的按语", annotate)

    def choose_figures(self, selection_id: str, num: int, figures: Iterable[str] | None) -> None:
        """Say which figures of a case are written, by their ids; all, those that come later too, for None."""
        choose = lambda row: outlines.choose(self._db, row, num, figures)  # noqa: E731
        self._change(selection_id, "选汇编里的数据", choose)

    def _change(self, selection_id: str, text: str, do: Callable[[int], T]) -> T:
        return self._file.change(text, lambda: do(row_of(self._db, selection_id)[0]))
