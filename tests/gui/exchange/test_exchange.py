"""Handed out, handed back, looked over, merged and withdrawn in the real window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from core.exchange import container, sealing
from core.library import Library, packets
from core.records import Article, Case, Page, Paragraph, Span
from gui.edit.join_form import JoinForm
from gui.exchange import password, preview
from gui.exchange.hand_out import HandBackDialog, HandOutDialog
from gui.kit import dialogs
from gui.window import Window

BODY = ("石桥乡修起16处晾谷场，方便240户农户晒谷，还把旧仓库腾出来做了会议室，村里人天天来，都说这样好。",)


@pytest.fixture(autouse=True)
def light_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys are made with less work than in earnest, but as they are."""
    monkeypatch.setattr(sealing, "_WORK", 4)


@pytest.fixture
def back(qtbot: QtBot, window: Window, tmp_path: Path) -> Path:
    """What 王芳 hands back: a title of hers, a figure accepted that was called wrong here, a case of hers."""
    window.reviewer.take("陈立", "")
    out, target = tmp_path / "给王芳.anlan", tmp_path / "交回.anlan"
    with qtbot.waitSignal(window.shell.library_changed):
        window.exchange.write_out([1, 2], out, "王芳", "请核对")
    assert container.is_packet(out)
    packets.unpack(out, tmp_path / "她的.anlan")
    with Library.open(tmp_path / "她的.anlan") as hers:
        hers.decisions.reviewer = "王芳"
        hers.cases.set_title(2, "夜校请来好多能手")
        hers.decisions.figure(1, hers.cases.load(1).metrics[0].id, "accepted")
        hers.merging.hand_back(target)
    with qtbot.waitSignal(window.shell.library_changed):
        window.shell.change(lambda lib: lib.decisions.figure(1, lib.cases.load(1).metrics[0].id, "rejected"))
    return target


@pytest.fixture
def with_cases(qtbot: QtBot, window: Window, back: Path, tmp_path: Path) -> Path:
    """The same, with two cases that she wrote: one that was written here, too, and one that was not."""
    with qtbot.waitSignal(window.shell.library_changed):
        window.shell.change(lambda library: library.cases.add([Case("ours", "修起晾谷场", body=BODY)]))
    target = tmp_path / "又交回.anlan"
    with Library.open(tmp_path / "她的.anlan") as hers:
        hers.decisions.reviewer = "王芳"
        hers.cases.add([Case("hers", "石桥乡的晾谷场", summary="晒谷有了去处。", body=BODY), Case("new", "村口的秤")])
        hers.merging.hand_back(target)
    return target


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[QDialog]:
    """The previews that were shown; each is closed without merging, and kept."""
    out: list[QDialog] = []

    def run(self: QDialog) -> int:
        out.append(self)
        return 0

    monkeypatch.setattr(preview.MergePreview, "exec", run)
    monkeypatch.setattr(preview.MergePreview, "end", lambda self: None)
    return out


def looked(qtbot: QtBot, window: Window, shown: list[QDialog], path: Path) -> preview.MergePreview:
    window.exchange.look(path)
    qtbot.waitUntil(lambda: bool(shown))
    dialog = shown.pop()
    assert isinstance(dialog, preview.MergePreview)
    return dialog


def merged(
    qtbot: QtBot, window: Window, path: Path, monkeypatch: pytest.MonkeyPatch,
    do: Callable[[preview.MergePreview], object],
) -> None:  # fmt: skip
    """Merge a file after something was done in the preview."""

    def run(self: preview.MergePreview) -> int:
        do(self)
        return 1

    monkeypatch.setattr(preview.MergePreview, "exec", run)
    library = window.shell.library
    before = len(library.merging.all())
    window.exchange.look(path)
    qtbot.waitUntil(lambda: len(library.merging.all()) > before, timeout=20_000)
    settled(qtbot, window)


def settled(qtbot: QtBot, window: Window) -> None:
    """Wait until the library's thread has done all that was asked of it."""
    done: list[object] = []
    window.shell.ask(lambda library: 1, done.append)
    qtbot.waitUntil(lambda: bool(done), timeout=20_000)


# ---- the preview


def test_the_preview_says_who_says_what_and_writes_nothing(
    qtbot: QtBot, window: Window, back: Path, shown: list[QDialog]
) -> None:
    before = window.shell.library.decisions.digest()
    dialog = looked(qtbot, window, shown, back)
    assert [key for key, _, _ in dialog.parts] == ["differ", "rest"]
    assert [(row.standing, row.chosen()) for row in dialog.differ] == [("说法不一", "按规则")]
    assert [(row.standing, row.chosen()) for row in dialog.rest] == [("新的决定", "收下")]
    said = dialog.sides.text()
    for words in ("陈立：错", "王芳：对", "原文：办成100件"):
        assert words in said
    assert "王芳：对 1、改 1" in "\n".join(dialog._words())
    dialog.choose("theirs")
    assert list(dialog.chosen().values()) == ["theirs"]
    assert dialog.differ[0].chosen() == "以对方为准"
    assert dialog.rule.isHidden()  # all is decided one by one
    assert window.shell.library.decisions.digest() == before


@pytest.fixture
def put_right(qtbot: QtBot, window: Window, tmp_path: Path) -> Path:
    """What 王芳 hands back who put two stretches of a page right, of which one was put right here, too, otherwise."""
    window.reviewer.take("陈立", "")
    text = "石桥乡修起晾谷场\n石桥乡又修晾谷汤，方便农户。村里又土成一条路。\n"
    body = Span(9, len(text) - 1)
    article = Article("石桥乡修起晾谷场", (Paragraph((body,)),), title_spans=(Span(0, 8),))

    def correct(library: Library, fixed: dict[str, str]) -> None:
        edits = [{"do": "correct", "at": text.index(was), "char": char} for was, char in fixed.items()]
        library.pages.replace(library.pages.id_of(page), [article], edits)

    page, out, target = Page(text, "第五版.txt"), tmp_path / "给王芳.anlan", tmp_path / "交回.anlan"
    with qtbot.waitSignal(window.shell.library_changed):
        window.shell.change(lambda library: library.pages.add(page, [article]))
    [(num,)] = window.shell.library._db.execute("SELECT num FROM cases WHERE title = '石桥乡修起晾谷场'").fetchall()
    window.shell.library.merging.hand_out([num], out, "王芳")
    packets.unpack(out, tmp_path / "她的.anlan")
    with Library.open(tmp_path / "她的.anlan") as hers:
        hers.decisions.reviewer = "王芳"
        correct(hers, {"汤": "场", "土": "土地"})
        hers.merging.hand_back(target)
    with qtbot.waitSignal(window.shell.library_changed):
        window.shell.change(lambda library: correct(library, {"土": "建"}))
    return target


def test_words_of_a_page_put_right_are_chosen_like_all_others(
    qtbot: QtBot, window: Window, put_right: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []

    def look(dialog: preview.MergePreview) -> None:
        [differ], [rest] = dialog.differ, dialog.rest
        assert (differ.title, differ.part, rest.part) == ("第五版.txt", "版面上的字", "版面上的字")
        said.append(dialog.sides.text())
        assert rest.theirs == "王芳：改 石桥乡又修晾谷场，方便农户。"
        dialog.choose("theirs")
        dialog.show_part("rest")
        said.append(dialog.sides.text())
        dialog.choose("leave")

    [(num,)] = window.shell.library._db.execute("SELECT num FROM cases WHERE title = '石桥乡修起晾谷场'").fetchall()
    merged(qtbot, window, put_right, monkeypatch, look)
    for words in ("原来 村里又土成一条路。", "陈立：改 村里又建成一条路。", "王芳：改 村里又土地成一条路。"):
        assert words in said[0]
    assert "石桥乡又修晾谷汤" in said[1]
    [body] = window.shell.library.cases.load(num).body
    assert "晾谷汤，方便农户。村里又土地成一条路。" in body
    with qtbot.waitSignal(window.shell.library_changed):
        window.undo()
    settled(qtbot, window)
    [body] = window.shell.library.cases.load(num).body
    assert "村里又建成一条路。" in body


def test_what_cannot_be_chosen_is_not_offered(qtbot: QtBot, window: Window, back: Path, shown: list[QDialog]) -> None:
    dialog = looked(qtbot, window, shown, back)
    dialog.show_part("rest")
    assert not dialog.choices["ours"].isEnabled()  # nobody here said anything
    dialog.choose("ours")
    assert dialog.rest[0].choice == "take"


def test_words_narrow_the_lines(qtbot: QtBot, window: Window, back: Path, shown: list[QDialog]) -> None:
    dialog = looked(qtbot, window, shown, back)
    for words, count in (("议事亭", 1), ("夜校", 0), ("", 1)):
        dialog.search.setText(words)
        assert dialog.model.rowCount() == count


def test_new_cases_are_chosen_one_by_one(
    qtbot: QtBot, window: Window, with_cases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def choose(dialog: preview.MergePreview) -> None:
        dialog.show_part("cases")
        assert [(one.title, one.standing(), one.chosen()) for one in dialog.cases] == [
            ("石桥乡的晾谷场", "和本机的「修起晾谷场」是同一篇", "收下"),
            ("村口的秤", "新的", "收下"),
        ]
        qtbot.waitUntil(lambda: "晒谷有了去处" in dialog.sides.text())
        dialog.case_table.choose(1)
        dialog.choose_case("join")  # there is none to be joined with
        assert dialog.cases[1].choice == "take"
        dialog.choose_case("leave")

    merged(qtbot, window, with_cases, monkeypatch, choose)
    library = window.shell.library
    assert library.cases.starting_with("hers", 2)
    assert not library.cases.starting_with("new", 2)


def test_a_case_of_both_is_made_one_field_by_field(
    qtbot: QtBot, window: Window, with_cases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def choose(dialog: preview.MergePreview) -> None:
        before = window.shell.library.decisions.digest()
        dialog.show_part("cases")
        dialog.choose_case("join")
        qtbot.waitUntil(lambda: bool(dialog.findChildren(JoinForm)))
        [form] = dialog.findChildren(JoinForm)
        form.rows["title"].editor.show_value("other")
        form.save()
        assert dialog.cases[0].chosen() == "并为一例"
        assert window.shell.library.decisions.digest() == before

    merged(qtbot, window, with_cases, monkeypatch, choose)
    library = window.shell.library
    joined = library.cases.load(library.cases.starting_with("ours", 2)[0])
    assert (joined.title, joined.summary) == ("石桥乡的晾谷场", "晒谷有了去处。")
    assert [row.id for row in library.decisions.binned()] == ["hers"]
    with qtbot.waitSignal(window.shell.library_changed):
        window.undo()
    assert library.cases.load(joined.num).title == "修起晾谷场"


def test_not_the_same_one_is_remembered(
    qtbot: QtBot, window: Window, with_cases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def choose(dialog: preview.MergePreview) -> None:
        dialog.show_part("cases")
        dialog.choose_case("apart")

    merged(qtbot, window, with_cases, monkeypatch, choose)
    library = window.shell.library
    assert library.decisions.said_of("pair/") == {"hers/ours": "wrong"}
    assert library.cases.starting_with("hers", 2)


def test_nothing_new_says_so(qtbot: QtBot, window: Window, back: Path, shown: list[QDialog]) -> None:
    with qtbot.waitSignal(window.shell.library_changed):
        window.shell.change(lambda library: library.merging.merge(back))
    dialog = looked(qtbot, window, shown, back)
    assert [*dialog.differ, *dialog.rest, *dialog.cases] == []
    assert not dialog.go.isVisibleTo(dialog)


# ---- merged, withdrawn, and who works together


def test_merged_withdrawn_and_done_again(
    qtbot: QtBot, window: Window, back: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = window.shell.library
    before = library.decisions.digest()
    merged(qtbot, window, back, monkeypatch, lambda dialog: dialog.choose("theirs"))
    after = library.decisions.digest()
    assert library.cases.load(2).title == "夜校请来好多能手"
    assert library.cases.load(1).metrics[0].state == "checked"
    assert "合并「王芳」" in window.menus.actions["undo"].text()
    page = window.exchange.page
    window.exchange.show_merges("merges")
    qtbot.waitUntil(lambda: page.merges.model().rowCount() == 2)
    for text, kind, digest in (("撤销合并", "in", before), ("恢复合并", "undone", after)):
        assert page.merges.record().kind == kind
        assert (page.back.text(), page.back.isEnabled()) == (text, True)
        rows = page.merges.model().rowCount()
        page.back.click()
        qtbot.waitUntil(lambda rows=rows: page.merges.model().rowCount() == rows + 1)
        assert library.decisions.digest() == digest
        page.merges.choose(0)


def test_who_was_given_what_agrees_and_was_overruled(
    qtbot: QtBot, window: Window, back: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    merged(qtbot, window, back, monkeypatch, lambda dialog: dialog.choose("ours"))
    page = window.exchange.page
    window.exchange.show_merges()
    qtbot.waitUntil(lambda: page.missing.model().rowCount() == 2)
    [handed] = page.handed.model().records
    assert (handed.name, handed.figures, handed.decided, len(handed.back), handed.overruled) == ("王芳", 3, 1, 1, 1)
    assert [(row.title, row.figures - row.decided) for row in page.missing.model().records] == [
        ("村口办起议事亭", 2),
        ("夜校请来好多能手", 0),
    ]
    assert page._left() == [1]
    [pair] = page.pairs.model().records
    assert ({pair.one, pair.other}, pair.figures, pair.equal) == ({"王芳", "陈立"}, 1, 0)
    [lost] = page.overruled.model().records
    assert (lost.mine.who, lost.mine.verdict, lost.now.who, lost.now.verdict) == (
        "王芳",
        "accepted",
        "陈立",
        "rejected",
    )
    page.show_part("overruled")
    page.overruled.choose(0)
    page.overruled.opened.emit(page.overruled.currentIndex())
    qtbot.waitUntil(lambda: window.browse.showing.num() == 1 and window.views.is_browsing())
    # and she sees it herself, in the next packet
    with qtbot.waitSignal(window.shell.library_changed), qtbot.waitSignal(window.browse.settled):
        window.exchange.write_out([1], tmp_path / "再给.anlan", "王芳", "再看看")
    window.reviewer.take("王芳", "")
    with qtbot.waitSignal(window.shell.library_opened):
        window.files.open_any(tmp_path / "再给.anlan")
    qtbot.waitUntil(lambda: window.exchange.bar is not None)
    assert "1 处，后来改判了" in window.exchange.bar.words()


def test_a_page_out_of_sight_asks_for_nothing(
    qtbot: QtBot, window: Window, back: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.exchange.show_merges()
    page = window.exchange.page
    qtbot.waitUntil(lambda: page.merges.model().rowCount() == 1)
    shown: list[object] = []
    monkeypatch.setattr(page, "show_all", lambda *given: shown.append(given))
    window.browse.choosing.show_all()
    qtbot.waitUntil(window.views.is_browsing)
    settled(qtbot, window)
    shown.clear()
    with qtbot.waitSignal(window.shell.library_changed):
        window.shell.change(lambda library: library.cases.set_title(3, "又一个题"))
    settled(qtbot, window)
    assert shown == []
    window.exchange.show_merges()
    qtbot.waitUntil(lambda: bool(shown))


# ---- passwords


def test_a_password_is_asked_for_until_it_is_right(
    qtbot: QtBot, window: Window, back: Path, shown: list[QDialog], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with Library.open(tmp_path / "她的.anlan") as hers:
        hers.merging.hand_back(back, password="丰收")
    answers, asked = ["不对", "丰收"], []

    def ask(name: str, wrong: bool, parent: object) -> str:
        asked.append((name, wrong))
        return answers.pop(0)

    monkeypatch.setattr(password, "ask_password", ask)
    dialog = looked(qtbot, window, shown, back)
    assert asked == [("交回.anlan", False), ("交回.anlan", True)]
    assert dialog.differ


def test_a_sealed_packet_opens_with_its_password(
    qtbot: QtBot, window: Window, back: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with Library.open(tmp_path / "她的.anlan") as hers:
        hers.merging.hand_back(back, password="丰收")
    answers = ["不对", "丰收"]
    monkeypatch.setattr(password, "ask_password", lambda name, wrong, parent: answers.pop(0))
    with qtbot.waitSignal(window.shell.library_opened):
        window.files.open_any(back)
    assert (answers, window.shell.library.cases.count()) == ([], 2)
    assert not [p.name for p in back.parent.iterdir() if p.name.startswith(".") and p.name.endswith(".tmp")]


def test_a_password_is_typed_twice(qtbot: QtBot, window: Window) -> None:
    for dialog in (HandOutDialog("12 例", window, "王芳"), HandBackDialog("陈立", window)):
        assert dialog._go.isEnabled()
        assert dialog.password.password() == ""
        dialog.password.wanted.setChecked(True)
        assert not dialog._go.isEnabled()
        dialog.password.one.setText("丰收")
        dialog.password.two.setText("丰")
        assert not dialog._go.isEnabled()
        dialog.password.two.setText("丰收")
        assert dialog._go.isEnabled()
        assert dialog.password.password() == "丰收"
        dialog.password.wanted.setChecked(False)
        assert (dialog.password.password(), dialog._go.isEnabled()) == ("", True)


# ---- files that come


def test_a_damaged_file_is_refused_in_words(
    qtbot: QtBot, window: Window, back: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    back.write_bytes(back.read_bytes()[:-50])
    said: list[str] = []
    monkeypatch.setattr(dialogs, "say", lambda parent, head, words, *rest: said.append(words))
    monkeypatch.setattr(dialogs, "ask", lambda parent, head, words, *rest: said.append(words) or "")
    before = window.shell.library.decisions.digest()
    window.exchange.look(back)
    qtbot.waitUntil(lambda: bool(said))
    assert "没有复制完整" in said[0]
    assert window.shell.library.decisions.digest() == before


@pytest.mark.parametrize("answer", ["open", "merge", ""])
def test_a_dropped_packet_asks(
    qtbot: QtBot, window: Window, back: Path, shown: list[QDialog], monkeypatch: pytest.MonkeyPatch, answer: str
) -> None:
    monkeypatch.setattr(dialogs, "ask", lambda *rest: answer)
    here = window.shell.library.path
    if answer == "open":
        with qtbot.waitSignal(window.shell.library_opened):
            window.importing.library_wanted.emit(back)
        assert window.shell.library.path.name == "交回（打开的）.anlan"
        assert window.shell.library.cases.count() == 2
    else:
        window.importing.library_wanted.emit(back)
        if answer:
            qtbot.waitUntil(lambda: bool(shown))
        assert window.shell.library.path == here
    assert container.is_packet(back)


def test_a_packet_opens_by_itself(qtbot: QtBot, new_window: Callable[[], Window], window: Window, back: Path) -> None:
    other = new_window()
    with qtbot.waitSignal(other.shell.library_opened):
        other.files.open_first(back)
    assert other.shell.library.cases.count() == 2


def test_another_library_is_offered_as_new_cases(
    qtbot: QtBot, window: Window, shown: list[QDialog], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with Library.create(tmp_path / "别处.anlan") as other:
        other.cases.add([Case("", "别处的例子")])
    heads: list[str] = []
    monkeypatch.setattr(dialogs, "ask", lambda parent, head, *rest: heads.append(head) or "import")
    dialog = looked(qtbot, window, shown, tmp_path / "别处.anlan")
    assert heads == ["「别处.anlan」是另一个案例库的"]
    assert [one.title for one in dialog.cases] == ["别处的例子"]


def test_to_whom_must_be_said(qtbot: QtBot, window: Window) -> None:
    dialog = HandOutDialog("12 例", window)
    assert not dialog._go.isEnabled()
    dialog.name.setText(" 王芳 ")
    assert dialog._go.isEnabled()
    assert dialog.given() == ("王芳", "请核对数据")


def test_two_cases_are_joined_in_a_form_as_high_as_its_rows(qtbot: QtBot) -> None:
    heights = []
    for texts in (("晒谷有了去处。", ""), ("晒谷有了去处。" * 40, "另写一段。" * 40)):
        values = dict(zip(("summary", "background", "practice", "result"), texts * 2, strict=True))
        form = JoinForm(None, Case("a", "修起晾谷场"), Case("b", "石桥乡的晾谷场", **values))
        qtbot.addWidget(form)
        form.show()
        bar = form.area.verticalScrollBar()
        qtbot.waitUntil(lambda area=form.area: area.height() > 0)  # type: ignore[misc]
        assert bar.maximum() == 0 or form.height() >= min(600, form.screen().availableSize().height() - 48)
        heights.append(form.height())
    assert heights[0] < heights[1]
