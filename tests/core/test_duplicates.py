"""An article that is in the library already is found, compared, and joined as one more source of its case."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from core.decisions import pair_target
from core.decisions.log import PAIR
from core.desk import Other, Same
from core.desk.work import Accepted
from core.intake.desk import Arrived, put_in
from core.intake.duplicates import Duplicate, differences, duplicates
from core.intake.importing import import_files
from core.library import Library, Query, checking
from core.library.articles import case_of
from core.reading import read_page
from core.records import Page

HEAD = "{paper}  2024年5月{day}日  第{no}版\n\n"
BODY = """村头开起共享菜园

清河县在村头开出共享菜园12块，村民按号认领，一年收菜3吨，送到镇上的老人食堂去。

管菜园的是村里的老支书，他把水渠修到地头，又请农技员每月来两回，讲怎么堆肥、怎么治虫。

到了周末，城里的孩子也来认一块地，学着翻土、下种，村里的小卖部跟着热闹起来。
"""
MORE = "\n今年春天，邻近的三个村也照着办起菜园，县里出钱给每个村修了一座放农具的屋子。\n"
NUMBERS = BODY.replace("12块", "15块")
QUITE_OTHER = """小巷里的修补铺

青州市老街上的修补铺重新开张，三位师傅轮流坐班，补锅、修伞、配钥匙，价钱写在墙上，老街坊都说方便。

铺子的房租由街道出，师傅们每月给独居老人上门修一次水管，算下来一年有两百多户。
"""


def page(text: str, paper: str = "清河日报", day: int = 3, no: int = 3, name: str = "菜园.txt") -> Page:
    return Page(HEAD.format(paper=paper, day=day, no=no) + text, name, paper=paper, published=f"2024-05-{day:02}")


def accepted(of: Page, *edits: Same | Other) -> Accepted:
    return Accepted(of, tuple(read_page(of)), edits)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with closing(Library.create(tmp_path / "库.anlan")) as made:
        put_in(made, accepted(page(BODY)))
        put_in(made, accepted(page(QUITE_OTHER, name="铺子.txt")))
        yield made


def only(library: Library, of: Page) -> Duplicate:
    [found] = duplicates(library, accepted(of))
    return found


def join(library: Library, of: Page) -> Arrived:
    found = only(library, of)
    return put_in(library, accepted(of, Same(found.at, found.case.id)))


@pytest.mark.parametrize(
    ("text", "titles", "values", "there", "here", "words"),
    [
        (BODY, False, [], 0, 0, False),
        (BODY.replace("村头开起共享菜园\n", "共享菜园开到村头\n"), True, [], 0, 0, False),
        (NUMBERS, False, [("12块", "15块")], 0, 0, True),
        (BODY + MORE, False, [], 0, 1, True),
        (BODY.split("\n\n到了周末")[0] + "\n", False, [], 1, 0, False),
        (BODY.replace("老支书", "老会计"), False, [], 0, 0, True),
    ],
)
def test_what_differs_is_told(
    library: Library, text: str, titles: bool, values: list[tuple[str, str]], there: int, here: int, words: bool
) -> None:
    found = only(library, page(text, "晚报", 9))
    told = found.differences
    assert bool(told.titles) is titles
    assert [(a.printed, b.printed) for a, b in told.values] == values
    assert (len(told.paragraphs_there), len(told.paragraphs_here), told.words_here) == (there, here, words)
    assert found.case.title == "村头开起共享菜园"


def test_a_case_differs_in_nothing_from_itself() -> None:
    of = page(BODY)
    case = case_of(of, read_page(of)[0], {})
    assert not differences(case, case)
    assert not differences(case, case).words_here


def test_other_articles_and_pages_of_the_library_are_no_duplicates(library: Library) -> None:
    assert duplicates(library, accepted(page(BODY.replace("\n\n", "，").replace("菜", "鱼")[:40]))) == []
    source = library.pages.rows()[0].id
    assert duplicates(library, Accepted(page(BODY), tuple(read_page(page(BODY))), (), source)) == []


def test_a_joined_article_is_one_case_with_two_sources(library: Library) -> None:
    arrived = join(library, page(NUMBERS, "晚报", 9))
    assert (arrived.cases, arrived.joined, library.cases.count()) == ((), 1, 2)
    [num] = library.search.find(Query("菜园")).nums
    case = library.cases.load(num)
    assert [(c.paper, c.published) for c in case.citations] == [("清河日报", "2024-05-03"), ("晚报", "2024-05-09")]
    assert library.search.find(Query("晚报")).nums[0] == num
    assert [row.id for row in library.pages.with_case(num)] == [arrived.source_id]
    assert "15块" in library.pages.text(arrived.source_id)
    assert [*library.search.find(Query(sources=(arrived.source_id,))).nums] == [num]
    assert {row.id: row.cases for row in library.pages.rows()}[arrived.source_id] == 1
    assert library.contents.overview().cases == 2
    assert library.contents.overview().sources == 3


def test_joining_is_undone_and_done_again(library: Library) -> None:
    before = library.decisions.digest()
    arrived = join(library, page(BODY, "晚报", 9))
    after = library.decisions.digest()
    assert library.undo() == "导入 0 例，合并 1 例"
    assert library.decisions.digest() == before
    assert arrived.source_id not in [row.id for row in library.pages.rows()]
    library.redo()
    assert library.decisions.digest() == after
    assert [row.id for row in library.pages.with_case(1)] == [arrived.source_id]


def test_the_second_source_outlives_what_is_done_to_the_first(library: Library) -> None:
    arrived = join(library, page(BODY, "晚报", 9))
    first = library.cases.load(1).source_id
    library.pages.replace(first, read_page(page(BODY)), [])
    assert [c.paper for c in library.cases.load(1).citations] == ["清河日报", "晚报"]
    library.pages.set_source(arrived.source_id, paper="清河晚报", page_no="7")
    assert [(c.paper, c.page_no) for c in library.cases.load(1).citations][1] == ("清河晚报", "7")
    assert library.cases.load(1).citations[0].paper == "清河日报"


def test_a_joined_page_that_is_read_again_stays_joined(library: Library) -> None:
    arrived = join(library, page(BODY, "晚报", 9))
    edits = library.pages.edits(arrived.source_id)
    articles = read_page(library.pages.load(arrived.source_id))
    for _ in range(2):
        library.pages.replace(arrived.source_id, articles, edits)
    assert library.cases.count() == 2
    assert len(library.cases.load(1).citations) == 2
    [num] = library.pages.replace(arrived.source_id, articles, [])  # a person took it back
    assert library.cases.count() == 3
    assert len(library.cases.load(1).citations) == 1
    assert library.pages.with_case(1) == []
    assert library.cases.load(num).citations[0].paper == "晚报"


def test_pages_go_with_the_last_case_that_is_printed_on_them(library: Library) -> None:
    arrived = join(library, page(BODY, "晚报", 9))
    library.cases.remove([1])
    assert arrived.source_id not in [row.id for row in library.pages.rows()]
    library.undo()
    assert [row.id for row in library.pages.with_case(1)] == [arrived.source_id]


def test_a_page_stays_as_long_as_a_case_of_another_is_printed_on_it(library: Library) -> None:
    arrived = put_in(library, accepted(page(BODY, "晚报", 9), Same(len(HEAD), library.cases.load(2).id)))
    assert arrived.joined == 1
    library.cases.remove([1])
    assert arrived.source_id in [row.id for row in library.pages.rows()]


def test_what_a_person_called_another_article_is_not_asked_again(library: Library) -> None:
    of = page(NUMBERS, "晚报", 9)
    found = only(library, of)
    edit = Other(found.at, found.case.id)
    assert duplicates(library, accepted(of, edit)) == []
    arrived = put_in(library, accepted(of, edit))
    [num] = arrived.cases
    assert library.cases.siblings(num) == []
    pair = pair_target(library.cases.load(num).id, found.case.id)
    assert [d.verdict for d in library.decisions.on(pair)] == ["rejected"]
    library.undo()
    assert (library.cases.count(), library.decisions.said_of(PAIR)) == (2, {})  # the word is taken back


def test_a_case_that_is_gone_meanwhile_is_no_reason_to_lose_the_article(library: Library) -> None:
    of = page(BODY, "晚报", 9)
    found = only(library, of)
    library.cases.remove([found.case.num])
    arrived = put_in(library, accepted(of, Same(found.at, found.case.id)))
    assert len(arrived.cases) == 1


def test_files_that_nobody_looks_at_are_joined_only_where_nothing_is_lost(library: Library, tmp_path: Path) -> None:
    files = {"同.txt": BODY, "短.txt": BODY.split("\n\n到了周末")[0] + "\n", "数.txt": NUMBERS, "长.txt": BODY + MORE}
    for name, text in files.items():
        (tmp_path / name).write_text(HEAD.format(paper="晚报", day=9, no=len(name + text)) + text, "utf-8")
    steps = {s.path.name: s for s in import_files(library, [tmp_path / name for name in files])}
    assert {name: (len(s.added), s.joined) for name, s in steps.items()} == {
        "同.txt": (0, 1),
        "短.txt": (0, 1),
        "数.txt": (1, 0),
        "长.txt": (1, 0),
    }
    assert library.cases.count() == 4
    assert not any(s.problem for s in steps.values())


def test_the_check_finds_a_library_with_joined_cases_whole(library: Library) -> None:
    join(library, page(BODY, "晚报", 9))
    path = library.path
    library.close()
    assert checking.check(path).findings == ()
