"""The parts of the index are merged in small steps, and nothing that is found changes."""

from __future__ import annotations

import pytest

from core.library import Library, Query, index
from core.library.merged import merge
from core.library.stopping import Stop, Stopped
from core.records import Case

WORDS = ("议事亭", "亭", "修路", "第1", "第19回", "没有的")


def answers(library: Library) -> list[list[int]]:
    library.search._found.clear()
    return [list(library.search.find(Query(words=typed)).nums) for typed in WORDS]


def parts(library: Library) -> list[int]:
    sql = "SELECT count(DISTINCT segid) FROM {}_idx"
    return [library._db.execute(sql.format(table)).fetchone()[0] for table in index.TABLES]


@pytest.fixture
def in_parts(library: Library) -> Library:
    """A library that was filled case by case."""
    for number in range(12):
        body = tuple(f"第{number}回说的是{chr(0x4E00 + 400 * number + at)}事。" for at in range(400))
        library.cases.add([Case("", f"第{number}回", body=body)])
    return library


def test_it_is_one_part_then_and_finds_the_same(in_parts: Library) -> None:
    found, had = answers(in_parts), parts(in_parts)
    merge(in_parts._file, Stop(), least=1)
    assert min(had[0], had[-1]) > 1
    assert parts(in_parts) == [1, 1, 1, 1]
    assert answers(in_parts) == found
    in_parts._db.execute("INSERT INTO case_words(case_words) VALUES ('integrity-check')")


def test_what_is_written_between_two_steps_is_found(in_parts: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.library.merged._PAGES", 1)
    others = Library.open(in_parts.path)
    titles = iter(f"新{number}" for number in range(500))
    monkeypatch.setattr("core.library.merged.time.sleep", lambda _: others.cases.set_title(2, next(titles)))
    merge(in_parts._file, Stop(), least=1)
    monkeypatch.undo()
    last = others.cases.load(2).title
    assert last.startswith("新")
    assert list(in_parts.search.find(Query(words=last)).nums) == [2]
    assert not in_parts.undo_text.startswith("合并")
    others.close()


def test_given_up_it_finds_the_same_and_goes_on_later(in_parts: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.library.merged._PAGES", 1)
    found, stop = answers(in_parts), Stop()
    monkeypatch.setattr("core.library.merged.time.sleep", lambda _: stop.ask())
    with pytest.raises(Stopped):
        merge(in_parts._file, stop, least=1)
    assert answers(in_parts) == found
    monkeypatch.undo()
    merge(in_parts._file, Stop(), least=1)
    assert answers(in_parts) == found
    in_parts._db.execute("INSERT INTO case_words(case_words) VALUES ('integrity-check')")


def test_a_small_library_is_not_written_to(in_parts: Library) -> None:
    had, before = parts(in_parts), in_parts._db.total_changes
    in_parts.search.merge_index(Stop())
    assert (parts(in_parts), in_parts._db.total_changes) == (had, before)


def test_a_little_more_does_not_write_all_anew(in_parts: Library) -> None:
    merge(in_parts._file, Stop(), least=1)
    for number in range(3):
        in_parts.cases.add([Case("", f"又{number}", body=("说明。",))])
    largest = "SELECT max(n) FROM (SELECT count(*) AS n FROM case_words_idx GROUP BY segid)"
    had = in_parts._db.execute(largest).fetchone()
    merge(in_parts._file, Stop(), least=1)
    assert in_parts._db.execute(largest).fetchone() == had
    assert parts(in_parts)[-1] > 1
