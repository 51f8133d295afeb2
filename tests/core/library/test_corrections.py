"""Misread characters put right on several laptops come together like decisions; quotes stay where they are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.decisions import TEXT, Target
from core.desk import Correct, edit_as_json
from core.exchange import Choice, Item, Rule, rule_of
from core.library import Library, LibraryError, Query, Wish, corrections, packets, sums
from core.library.checking import check, rebuild
from core.library.literal import _was_at
from core.library.rewording import NOTE
from core.records import Article, Metric, Page, Paragraph, Place, Span
from core.reviewing.differing import differences, settle, side_words
from core.text.repair import repair

PAGE = Page(
    "石桥乡修起晾谷场\n"
    "石桥乡今年新修晾谷汤16处，惠及农户24O户。村里又土成一条路。\n"
    "乡里还给每处装了照明灯30盏，\n"
    "夜里也能晒谷。\n"
    "柳河镇开出夜间公交\n"
    "柳河镇从九月起开出夜间公父4条，每晚载客900人。\n",
    "第五版.txt",
    paper="江滨晨报",
    published="2024-09-12",
)
NUMS = {"16处": ("晾谷场", "16"), "24O户": ("农户", "24"), "30盏": ("照明灯", "30"), "4条": ("夜间公交", "4")}


def span(words: str) -> Span:
    at = PAGE.text.index(words)
    return Span(at, at + len(words))


def line(words: str) -> Span:
    at = PAGE.text.index(words)
    return Span(at, PAGE.text.index("\n", at))


def metric(words: str, fixed: dict[int, str], value: str = "") -> Metric:
    """A figure as a reader finds it: its words and those of its line as they read now."""
    name, number = NUMS[words]
    of = span(words)
    at = PAGE.text.rindex("\n", 0, of.start) + 1
    whole = Span(at, PAGE.text.index("\n", at))
    printed, quote = (repair(PAGE.text, [one], fixed).text for one in (of, whole))
    return Metric(name, Decimal(value or number), words[-1], printed=printed, span=of, quote=quote, quote_span=whole)


def articles(fixed: dict[int, str], **values: str) -> list[Article]:
    """The two articles of the page, read with these characters put right; ``values`` are other numbers read there."""

    def figures(*words: str) -> tuple[Metric, ...]:
        return tuple(metric(one, fixed, values.get(one, "")) for one in words)

    first = Article(
        "石桥乡修起晾谷场",
        (Paragraph((line("石桥乡今年"),)), Paragraph((line("乡里还给"), line("夜里也")))),
        title_spans=(span("石桥乡修起晾谷场"),),
        summary=(line("石桥乡今年"),),
        metrics=figures("16处", "24O户", "30盏"),
    )
    second = Article(
        "柳河镇开出夜间公交",
        (Paragraph((line("柳河镇从"),)),),
        title_spans=(line("柳河镇开出"),),
        metrics=figures("4条"),
    )
    return [first, second]


def put_right(library: Library, fixed: dict[int, str], read: list[Article] | None = None) -> None:
    """Put the page right so and no otherwise, as the desk hands it in."""
    edits = [edit_as_json(Correct(at, char)) for at, char in sorted(fixed.items())]
    library.pages.replace(library.pages.id_of(PAGE), read or articles(fixed), edits)


def at(words: str, char: str) -> int:
    return span(words).start + words.index(char)


YARD = {at("晾谷汤", "汤"): "场"}
BUS = {at("公父", "父"): "交"}
FAMILIES = {at("24O", "O"): "0"}
ROAD = {at("土成", "土"): "土地"}


@pytest.fixture
def laptops(tmp_path: Path) -> Iterator[list[Library]]:
    """The library of one, and what two others got of it."""
    with ExitStack() as open_ones:
        home = open_ones.enter_context(Library.create(tmp_path / "库.anlan"))
        home.decisions.reviewer = "汇总"
        home.pages.add(PAGE, articles({}))
        made = [home]
        for name in ("王芳", "李敏"):
            packet, own = tmp_path / "包.anlan", tmp_path / f"{name}.anlan"
            home.merging.hand_out([1, 2], packet, name)
            packets.unpack(packet, own)
            made.append(open_ones.enter_context(Library.open(own)))
            made[-1].decisions.reviewer = name
        yield made


def come_together(laptops: list[Library], folder: Path, rule: str = "seen") -> None:
    """Everybody hands back to everybody, until nobody has anything new."""
    for _ in range(2):
        for one in laptops:
            for other in laptops:
                if one is not other:
                    hand(one, other, folder, rule_of(rule))


def hand(
    one: Library, other: Library, folder: Path, rule: Rule | None = None, choices: dict[Target, Choice] | None = None
) -> str:
    """Hand over what one has to another; the id of the merge."""
    file = folder / "交.anlan"
    one.backups.copy_to(file)
    made = other.merging.merge(file, rule, choices)
    file.unlink()
    return made.id


def stretches(library: Library, other: Library, folder: Path) -> list[Item]:
    """What another laptop would bring of words put right."""
    other.backups.copy_to(folder / "看.anlan")
    preview = library.merging.preview(folder / "看.anlan")
    assert preview.read_differently == () == preview.pages
    (folder / "看.anlan").unlink()
    return [item for item in preview.items if item.target.part.startswith(TEXT)]


def sound(*libraries: Library) -> bool:
    return all(not check(library.path).findings for library in libraries)


def kept(library: Library) -> dict[int, str]:
    return {edit["at"]: edit["char"] for edit in library.pages.edits(library.pages.id_of(PAGE))}


def found(library: Library, words: str) -> list[int]:
    return [*library.search.find(Query(words=words)).nums]


def one_digest(laptops: list[Library]) -> bool:
    return len({library.decisions.digest() for library in laptops}) == 1


def test_a_correction_comes_back_with_all_that_shows_it(laptops: list[Library], tmp_path: Path) -> None:
    home, hers, _ = laptops
    put_right(hers, YARD)
    [item] = stretches(home, hers, tmp_path)
    [row] = item.fresh
    assert (item.title, item.standing, row.who) == ("第五版.txt", "new", "王芳")
    assert (row.before["words"], row.after["words"]) == (
        "石桥乡今年新修晾谷汤16处，惠及农户24O户。", "石桥乡今年新修晾谷场16处，惠及农户24O户。",
    )  # fmt: skip
    made = hand(hers, home, tmp_path)
    case = home.cases.load(1)
    assert kept(home) == YARD
    assert "晾谷场16处" in case.body[0]
    assert case.summary == case.body[0]
    assert [m.quote for m in case.metrics][:2] == [case.body[0]] * 2
    assert found(home, "新修晾谷场") == [1]
    assert found(home, "晾谷汤") == []
    assert one_digest([home, hers])
    assert sound(home, hers)
    assert stretches(home, hers, tmp_path) == []
    gone = home.merging.withdraw(made)
    assert kept(home) == {}
    assert "晾谷汤" in home.cases.load(1).body[0]
    assert found(home, "晾谷汤") == [1]
    assert sound(home)
    home.merging.withdraw(gone.id)
    assert kept(home) == YARD
    assert one_digest([home, hers])
    assert sound(home)


def test_left_out_it_stays_as_it_is_here_and_she_hears_of_it(laptops: list[Library], tmp_path: Path) -> None:
    home, hers, _ = laptops
    put_right(hers, YARD | BUS)
    first, second = (Target(item.target.case, item.target.part) for item in stretches(home, hers, tmp_path))
    hand(hers, home, tmp_path, choices={first: "leave"})
    assert kept(home) == BUS
    assert sound(home)
    assert stretches(home, hers, tmp_path) == []  # it is not asked again
    hand(home, hers, tmp_path)
    assert kept(hers) == BUS
    assert one_digest([home, hers])
    assert sound(hers)
    assert second.case == first.case
    [lost] = hers.colleagues.overruled("王芳")
    assert (lost.title, lost.mine.after["words"], lost.now.who) == (
        "第五版.txt", "石桥乡今年新修晾谷场16处，惠及农户24O户。", "汇总",
    )  # fmt: skip
    assert home.pages.of_stretch(lost.target) == ("第五版.txt", [1, 2])


def test_two_who_put_one_stretch_right_otherwise_are_asked_for(laptops: list[Library], tmp_path: Path) -> None:
    home, hers, his = laptops
    start = at("土成", "土")
    put_right(hers, {start: "土地"})
    put_right(his, {start + 1: "地承"})
    hand(hers, home, tmp_path)
    [item] = stretches(home, his, tmp_path)
    assert item.differ
    assert {head.after["words"] for head in item.becomes.heads} == {"村里又土地成一条路。", "村里又土地承一条路。"}
    hand(his, home, tmp_path)
    assert kept(home) == {}
    assert sound(home)
    assert home.decisions.marked() == [item.target]
    come_together(laptops, tmp_path)
    assert one_digest(laptops)
    assert kept(hers) == {}
    put_right(home, {start: "土地"})
    come_together(laptops, tmp_path)
    assert [kept(one) for one in laptops] == [{start: "土地"}] * 3
    assert one_digest(laptops)
    assert sound(*laptops)
    assert home.decisions.marked() == []


@pytest.mark.parametrize(("choice", "words"), [("ours", "土地成"), ("theirs", "土地承"), ("unsure", "土成")])
def test_a_conflict_is_decided_in_the_merge(laptops: list[Library], tmp_path: Path, choice: Choice, words: str) -> None:
    home, _hers, his = laptops
    start = at("土成", "土")
    put_right(home, {start: "土地"})
    put_right(his, {start + 1: "地承"})
    [item] = stretches(home, his, tmp_path)
    hand(his, home, tmp_path, choices={item.target: choice})
    assert f"又{words}一" in home.cases.load(1).body[0]
    assert home.decisions.marked() == []
    come_together(laptops, tmp_path)
    assert all(f"又{words}一" in one.cases.load(1).body[0] for one in laptops)
    assert one_digest(laptops)
    assert sound(*laptops)


@pytest.mark.parametrize(("choice", "words"), [(0, "土地成"), (1, "土地承"), (None, "土成")])
def test_a_conflict_is_settled_later(laptops: list[Library], tmp_path: Path, choice: int | None, words: str) -> None:
    home, hers, his = laptops
    start = at("土成", "土")
    put_right(hers, {start: "土地"} | YARD)
    put_right(his, {start + 1: "地承"})
    come_together(laptops, tmp_path)
    [one] = differences(home, [1])
    assert [*differences(home, [99])] == []
    assert (one.title, one.part, one.now, one.num) == ("第五版.txt", "版面上的字", "村里又土成一条路。", 0)
    said = sorted(enumerate(one.sides), key=lambda pair: side_words(pair[1]))
    assert [side_words(side) for _, side in said] == ["改为 村里又土地成一条路。", "改为 村里又土地承一条路。"]
    settle(home, one, None if choice is None else said[choice][0])
    assert [*differences(home)] == []
    assert f"又{words}一" in home.cases.load(1).body[0]
    home.undo()
    assert len([*differences(home)]) == 1
    home.redo()
    come_together(laptops, tmp_path)
    assert all(f"又{words}一" in library.cases.load(1).body[0] for library in laptops)
    assert one_digest(laptops)
    assert sound(*laptops)


def test_the_same_correction_of_two_is_no_conflict(laptops: list[Library], tmp_path: Path) -> None:
    home, hers, his = laptops
    put_right(hers, BUS)
    put_right(his, BUS | ROAD)
    hand(hers, home, tmp_path)
    assert [item.standing for item in stretches(home, his, tmp_path)] == ["new", "agreed"]
    hand(his, home, tmp_path)
    assert kept(home) == BUS | ROAD
    assert home.decisions.marked() == []


def test_a_figure_that_is_read_otherwise_comes_with_its_words_and_is_unsure(
    laptops: list[Library], tmp_path: Path
) -> None:
    home, hers, _ = laptops
    put_right(hers, FAMILIES, articles(FAMILIES, **{"24O户": "240"}))
    hand(hers, home, tmp_path)
    for library in (home, hers):
        found = {m.indicator: m for m in library.cases.load(1).metrics}
        assert (found["农户"].value, found["农户"].printed, found["农户"].state) == (240, "240户", "unsure")
        assert {m.state for m in found.values() if m.indicator != "农户"} == {"unchecked"}
    [row] = [row for row in home.decisions.all() if row.note]
    assert (row.verdict, row.note, row.who) == ("unsure", NOTE, "王芳")
    assert one_digest([home, hers])
    assert sound(home, hers)


def test_a_figure_that_is_new_or_gone_comes_with_the_words(laptops: list[Library], tmp_path: Path) -> None:
    home, hers, _ = laptops
    first, second = articles(YARD | BUS)
    new = replace(metric("4条", BUS), indicator="车", printed="900人", span=span("900人"))
    read = [replace(first, metrics=first.metrics[1:]), replace(second, metrics=(*second.metrics, new))]
    put_right(hers, YARD | BUS, read)
    hand(hers, home, tmp_path)
    assert [m.indicator for m in home.cases.load(1).metrics] == ["农户", "照明灯"]
    assert {(m.indicator, m.state) for m in home.cases.load(2).metrics} == {("夜间公交", "unchecked"), ("车", "unsure")}
    assert one_digest([home, hers])
    assert sound(home, hers)


def test_what_others_decided_stands_and_is_to_be_looked_at_again(laptops: list[Library], tmp_path: Path) -> None:
    _home, hers, his = laptops
    yards = his.cases.load(1).metrics[0].id
    his.decisions.figure(1, yards, "accepted")
    his.decisions.decide([Wish(1, "summary", "changed", "他写的摘要")])
    put_right(hers, YARD | FAMILIES, articles(YARD | FAMILIES, **{"16处": "17", "24O户": "240"}))
    come_together(laptops, tmp_path)
    for library in laptops:
        case = library.cases.load(1)
        found = {m.indicator: m for m in case.metrics}
        assert case.summary == "他写的摘要"
        assert "晾谷场16处" in case.body[0]
        assert found["晾谷场"].state == "unsure"  # she read 17 there, not knowing that he had said 16
        assert library.decisions.marks(case.id)[f"figure/{yards}"] == "conflict"
    assert one_digest(laptops)
    assert sound(*laptops)


def test_a_quote_that_was_decided_on_stays_a_quote(laptops: list[Library], tmp_path: Path) -> None:
    _home, hers, his = laptops
    figure = his.cases.load(2).metrics[0].id
    his.decisions.figure(2, figure, "accepted")
    put_right(hers, BUS)
    come_together(laptops, tmp_path)
    for library in laptops:
        [bus] = library.cases.load(2).metrics
        assert (bus.quote, bus.state) == (repair(PAGE.text, [line("柳河镇从")]).text, "checked")
        assert library.decisions.marks(library.cases.load(2).id) == {f"figure/{figure}": "stale"}
    assert one_digest(laptops)
    assert sound(*laptops)


def test_place_and_title_come_with_the_words(laptops: list[Library], tmp_path: Path) -> None:
    home, hers, _ = laptops
    fixed = {line("柳河镇开出").start: "杨", at("公父", "父"): "交"}
    first, second = articles(fixed)
    read = [first, replace(second, title="杨河镇开出夜间公交", place=Place("", "湖南省"))]
    put_right(hers, fixed, read)
    hand(hers, home, tmp_path)
    case = home.cases.load(2)
    assert (case.title, case.citations[0].headline, case.place.province) == (
        "杨河镇开出夜间公交", "杨河镇开出夜间公交", "湖南省",
    )  # fmt: skip
    assert one_digest([home, hers])
    assert sound(home, hers)


def test_a_case_in_the_bin_follows(laptops: list[Library], tmp_path: Path) -> None:
    home, hers, _ = laptops
    home.decisions.put_in_bin([1])
    put_right(hers, YARD)
    hand(hers, home, tmp_path)
    assert sound(home)
    home.decisions.put_back([row.id for row in home.decisions.binned()])
    assert "晾谷场16处" in home.cases.load(1).body[0]
    assert sound(home)


SINCE: list[tuple[dict[int, str], dict[int, str]]] = [
    ({}, YARD | BUS),
    (ROAD, YARD | BUS | ROAD),
    (FAMILIES, BUS | FAMILIES),
]
"""What is typed meanwhile, and what is put right then: of a sentence that both put right the later word counts."""


@pytest.mark.parametrize(("typed", "kept_then"), SINCE)
def test_who_had_the_page_on_the_desk_leaves_other_sentences_alone(
    laptops: list[Library], tmp_path: Path, typed: dict[int, str], kept_then: dict[int, str]
) -> None:
    home, hers, _ = laptops
    put_right(home, BUS)
    hand(home, hers, tmp_path)
    put_right(hers, BUS | YARD)
    known = home.pages.edits(home.pages.id_of(PAGE))
    hand(hers, home, tmp_path)  # while the page lies on the desk
    own = BUS | typed
    edits = [edit_as_json(Correct(*spot)) for spot in own.items()]
    home.pages.replace(home.pages.id_of(PAGE), articles(own), edits, known)
    assert kept(home) == kept_then
    assert home.cases.load(1).body == tuple(
        repair(PAGE.text, paragraph.spans, kept_then).text for paragraph in articles({})[0].paragraphs
    )
    assert home.pages.has(home.pages.id_of(PAGE), edits)
    assert sound(home)
    hand(home, hers, tmp_path)
    assert kept(hers) == kept_then
    assert one_digest([home, hers])


def test_undone_it_is_as_it_was(laptops: list[Library], tmp_path: Path, dump_of: Callable[..., object]) -> None:
    home, hers, _ = laptops
    put_right(home, YARD)
    before = dump_of(home)
    put_right(home, BUS)
    home.undo()
    assert dump_of(home) == before
    assert kept(home) == YARD
    home.redo()
    assert kept(home) == BUS
    home.undo()
    hand(home, hers, tmp_path)
    assert kept(hers) == YARD
    assert one_digest([home, hers])
    assert sound(home, hers)


def test_a_page_that_is_not_here_comes_as_it_is_there(laptops: list[Library], tmp_path: Path) -> None:
    _, hers, _ = laptops
    put_right(hers, YARD)
    with Library.create(tmp_path / "别的.anlan") as another:
        hers.merging.hand_back(tmp_path / "交.anlan")
        assert another.merging.preview(tmp_path / "交.anlan", foreign=True).items == ()
        made = another.merging.merge(tmp_path / "交.anlan", foreign=True)
        assert kept(another) == YARD
        assert "晾谷场16处" in another.cases.load(1).body[0]
        assert another.decisions.digest() == hers.decisions.digest()
        assert sound(another)
        another.merging.withdraw(made.id)
        assert sound(another)


def test_a_page_that_both_took_in_reads_alike(tmp_path: Path) -> None:
    with Library.create(tmp_path / "一.anlan") as one, Library.create(tmp_path / "二.anlan") as two:
        for library in (one, two):
            library.decisions.reviewer = library.path.stem
            library.pages.add(PAGE, articles({}))
        put_right(two, YARD | BUS)
        two.backups.copy_to(tmp_path / "交.anlan")
        [item, _] = one.merging.preview(tmp_path / "交.anlan", foreign=True).items[-2:]
        one.merging.merge(tmp_path / "交.anlan", choices={item.target: "leave"}, foreign=True)
        assert kept(one) == BUS
        assert [f.text for f in check(one.path).findings] == []
        assert [one.cases.load(num).body[0].count("晾谷汤") for num in (1, 3)] == [1, 1]
        assert [one.cases.load(num).body[0].count("公交") for num in (2, 4)] == [1, 1]


def test_a_page_that_is_taken_in_again_reads_as_was_decided(tmp_path: Path) -> None:
    with Library.create(tmp_path / "一.anlan") as one, Library.create(tmp_path / "二.anlan") as two:
        for library in (one, two):
            library.decisions.reviewer = library.path.stem
            nums = library.pages.add(PAGE, articles({}))
        put_right(two, YARD | BUS)
        two.backups.copy_to(tmp_path / "交.anlan")
        one.merging.merge(tmp_path / "交.anlan", foreign=True, cases=())
        assert kept(one) == YARD | BUS
        one.cases.remove(nums)
        assert one.pages.id_of(PAGE) == ""
        other = {min(BUS): "车"}
        one.pages.add(PAGE, articles(other), [edit_as_json(Correct(*spot)) for spot in other.items()])
        assert kept(one) == YARD | other
        assert found(one, "新修晾谷场") == found(one, "石桥乡修起")
        assert sound(one)
        two.merging.merge(one.path, foreign=True, cases=())
        assert kept(two) == YARD | other
        assert sound(two)


WORDS = st.text(st.sampled_from("土地场交0"), max_size=2)
FIXED = st.dictionaries(st.sampled_from([*range(9, 45), *range(72, 100)]), WORDS, max_size=4)
RULES = ("seen", "ours", "theirs", "unsure")
ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("put right"), st.integers(0, 2), FIXED),
        st.tuples(st.just("accept"), st.integers(0, 2), st.integers(0, 3)),
        st.tuples(st.just("hand"), st.integers(0, 2), st.integers(0, 2), st.sampled_from(RULES)),
        st.tuples(st.just("leave"), st.integers(0, 2), st.integers(0, 2)),
        st.tuples(st.just("withdraw"), st.integers(0, 2), st.integers(0, 9)),
        st.tuples(st.just("bin"), st.integers(0, 2), st.integers(1, 2)),
        st.tuples(st.just("undo"), st.integers(0, 2)),
    ),
    min_size=2,
    max_size=10,
)  # fmt: skip


def act(laptops: list[Library], folder: Path, what: str, who: int, *rest: object) -> None:
    library = laptops[who]
    match what, rest:
        case "put right", [dict() as fixed]:
            put_right(library, {spot: text for spot, text in fixed.items() if PAGE.text[spot] not in ("\n", text)})
        case "accept", [int() as n]:
            nums = [num for (num,) in library._db.execute("SELECT num FROM cases ORDER BY num")]
            rows = [(num, m.id) for num in nums for m in library.cases.load(num).metrics]
            if rows:
                library.decisions.figure(*rows[n % len(rows)], "accepted")
        case "hand", [int() as other, str() as rule]:
            if other != who:
                hand(library, laptops[other], folder, rule_of(rule))
        case "leave", [int() as other]:
            if other != who:
                library.backups.copy_to(folder / "看.anlan")
                items = laptops[other].merging.preview(folder / "看.anlan").items
                (folder / "看.anlan").unlink()
                hand(library, laptops[other], folder, None, dict.fromkeys((i.target for i in items), "leave"))
        case "withdraw", [int() as n]:
            rows = [row for row in library.merging.all() if row.kind != "out" and not row.withdrawn]
            if rows:
                library.merging.withdraw(rows[n % len(rows)].id)
        case "bin", [int() as num]:
            library.decisions.put_in_bin([num])
        case "undo", [] if not library.undo_text.startswith("导入"):
            library.undo()


@given(ACTS)
@settings(max_examples=8, deadline=None)
def test_whatever_the_order_all_say_the_same(tmp_path_factory: pytest.TempPathFactory, acts: list[tuple]) -> None:  # type: ignore[type-arg]
    folder = tmp_path_factory.mktemp("laptops")
    with ExitStack() as open_ones:
        home = open_ones.enter_context(Library.create(folder / "0.anlan"))
        home.pages.add(PAGE, articles({}))
        made = [home]
        for n in (1, 2):
            home.merging.hand_out([1, 2], folder / "包.anlan", str(n))
            packets.unpack(folder / "包.anlan", folder / f"{n}.anlan")
            made.append(open_ones.enter_context(Library.open(folder / f"{n}.anlan")))
        for n, library in enumerate(made):
            library.decisions.reviewer = str(n)
        for one in acts:
            act(made, folder, *one)
        assert sound(*made)
        come_together(made, folder)
        assert one_digest(made)
        assert sound(*made)
        assert len({frozenset(kept(one).items()) for one in made}) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"words": "别的话", "fixed": [[20, "场"]]},
        {"words": "石桥乡修起晾谷场", "fixed": [[3, 4]]},
        {"words": "x", "fixed": [[5, "a"], [4, "b"]]},
        {"fixed": []},
    ],
)
def test_words_that_no_program_of_ours_wrote_are_refused(
    laptops: list[Library], tmp_path: Path, wrong: dict[str, object]
) -> None:
    home, hers, _ = laptops
    put_right(hers, YARD)
    [row] = [row for row in hers.decisions.all() if row.target.part.startswith(TEXT)]
    with hers._file.transaction():
        hers._file.decide([replace(row, id="forged", after=wrong)])
    with pytest.raises(LibraryError, match="不合规矩"):
        hand(hers, home, tmp_path)
    assert kept(home) == {}


@pytest.mark.parametrize("part", ["x", "-1", "９", "10", "09", "99999", "9" * 5000, ""])
def test_a_stretch_that_is_none_is_refused(laptops: list[Library], tmp_path: Path, part: str) -> None:
    home, hers, _ = laptops
    put_right(hers, YARD)
    [row] = [row for row in hers.decisions.all() if row.target.part.startswith(TEXT)]
    with hers._file.transaction():
        hers._file.decide([replace(row, id="forged", target=Target(row.target.case, TEXT + part))])
    with pytest.raises(LibraryError, match="不合规矩"):
        hand(hers, home, tmp_path)
    assert kept(home) == {}
    assert sound(home)


def test_a_stretch_is_a_sentence_of_a_printed_line() -> None:
    text = PAGE.text
    spans = {corrections.stretch(text, one) for one in range(len(text))}
    assert sum(one.end - one.start for one in spans) == len(text)
    assert all(corrections.stretch(text, one.start) == one == corrections.stretch(text, one.end - 1) for one in spans)
    assert value_at(text, min(ROAD)) == "村里又土成一条路。"


def value_at(text: str, spot: int) -> str:
    return str(corrections.value_of(text, corrections.stretch(text, spot), {})["words"])


def test_what_is_kept_of_a_page_follows_from_the_log_or_is_mended(laptops: list[Library]) -> None:
    home = laptops[0]
    put_right(home, YARD)
    [source] = [num for (num,) in home._db.execute("SELECT num FROM sources")]
    with home._file.transaction():
        home._db.execute("DELETE FROM page_edits")
        sums.renew(home._db, {"page_edits": [source]})
    words = [finding.text for finding in check(home.path).findings]
    assert words[0] == "版面上改的字有 1 处不对"
    home.close()
    assert "版面上改的字" in rebuild(home.path)
    with Library.open(home.path) as again:
        assert kept(again) == YARD
        assert found(again, "新修晾谷场") == [1]
    assert check(home.path).findings == ()


def test_damaged_edits_of_a_page_are_told_and_left(laptops: list[Library]) -> None:
    home = laptops[0]
    put_right(home, YARD)
    with home._file.transaction():
        home._db.execute("DELETE FROM page_edits")
    assert "第 1 号版面上的改动和存下时不一样。" in [finding.text for finding in check(home.path).findings]
    assert all(not finding.rebuilds for finding in check(home.path).findings)


WAYS = [
    ("晾谷场16处", True),
    ("晾谷汤16处", True),
    ("晾谷十六处", False),
    ("又修晾谷场16处，惠及", True),
    ("今年新修晾谷场16处，惠及农户二百多户人家", False),
    ("", False),
]


@pytest.mark.parametrize(("words", "proven"), WAYS)
def test_words_are_proven_as_they_are_printed_or_were_put_right(words: str, proven: bool) -> None:
    """A part of no less than a third of the words is enough, as where a column break cuts a quote."""
    assert _was_at(words, span("晾谷汤16处"), PAGE.text, {min(YARD): {"场"}}) is proven


def test_many_ways_to_put_characters_right_take_no_longer() -> None:
    ever = {at: {"", "谷", "谷谷"} for at in range(9, 60)}
    assert _was_at("谷" * 80, Span(9, 60), PAGE.text, ever)
    assert not _was_at("完" * 400 + "谷" * 80, Span(9, 60), PAGE.text, ever)
