"""导出 in the real window: three keys to a document, what is shown goes out, a cancelled one leaves what was there."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.exporting import Wanted
from core.library import Library, Query
from core.records import Case
from core.writing.compilation import Choices, Compilation, Entry, Passage
from gui.window import Window
from gui.writing import pdf
from gui.writing.bookmarks import add_bookmarks
from gui.writing.dialog import FORMS, ExportDialog
from gui.writing.form import free_name
from gui.writing.scope import Scope


def texts(path: Path) -> str:
    with zipfile.ZipFile(path) as made:
        return made.read("word/document.xml").decode()


def press_enter_in_dialog(look: Callable[[ExportDialog], object] = lambda dialog: None) -> None:
    def press() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, ExportDialog)
        look(dialog)
        dialog._go.click()

    QTimer.singleShot(0, press)


def test_two_keys_write_what_the_list_shows(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    window._settings.keep("export/folder", str(tmp_path))
    shown = list(window.views.list.model.nums)
    press_enter_in_dialog()
    with qtbot.waitSignal(window.exporting.written) as written:
        window.menus.actions["export"].trigger()
    path = written.args[0]
    assert path == tmp_path / "清河案例典型案例汇编.docx"
    document = texts(path)
    titles = [window.shell.library.cases.load(num).title for num in shown]
    places = [document.index(f">{title}<") for title in titles]
    assert places == sorted(places)


def test_only_the_chosen_cases_go_out(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    window._settings.keep("export/folder", str(tmp_path))
    window.views.list.table.selectAll()
    window.views.list.table.clearSelection()
    model = window.views.list.table.selectionModel()
    for row in (1, 3):
        model.select(window.views.list.model.index(row, 0), model.SelectionFlag.Select | model.SelectionFlag.Rows)
    scope = window._scopes()[0]
    assert (scope.id, list(scope.nums or ())) == ("chosen", window.views.list.model.nums_at((1, 3)))


def test_what_was_chosen_is_there_the_next_time(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    def choose(dialog: ExportDialog) -> None:
        dialog.form.setCurrentIndex(list(FORMS).index("html"))
        dialog.sources.setCurrentIndex(1)
        dialog.states.setChecked(False)

    window._settings.keep("export/folder", str(tmp_path))
    press_enter_in_dialog(choose)
    with qtbot.waitSignal(window.exporting.written) as written:
        window.exporting.export()
    assert written.args[0].suffix == ".html"
    again = ExportDialog(window, window._scopes(), window._settings, "库")
    qtbot.addWidget(again)
    asked = again.asked()
    assert (asked.form, asked.wanted.choices.sources, asked.wanted.choices.states) == ("html", "list", False)
    assert asked.target.parent == tmp_path


def test_a_file_that_is_there_is_not_written_over_unasked(tmp_path: Path) -> None:
    (tmp_path / "题.docx").touch()
    (tmp_path / "题-2.docx").touch()
    assert free_name(tmp_path, "题", ".docx").name == "题-3.docx"
    assert free_name(tmp_path, 'a/b:c"d', ".docx").name == "a b c d.docx"
    assert free_name(tmp_path, "字" * 300, ".docx").name == "字" * 60 + ".docx"


def test_a_cancelled_export_leaves_what_was_there(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    target = tmp_path / "出.docx"
    target.write_text("从前的")
    scope = Scope("all", "", "", None, 5)
    window.exporting.begin(scope, Wanted((), "题"), "docx", target)
    window.exporting.cancel()
    done: list[object] = []
    window.shell.ask(lambda library: 1, done.append)
    qtbot.waitUntil(lambda: bool(done))
    qtbot.waitUntil(lambda: [p.name for p in tmp_path.glob(".*.anlan-new")] == [])
    assert target.read_text() == "从前的"
    assert window.exporting.bar is None


def test_a_file_that_is_open_elsewhere_is_said_and_left(
    qtbot: QtBot, window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "出.docx"
    target.write_text("从前的")
    (tmp_path / ".~出.docx").touch()
    said: list[str] = []
    monkeypatch.setattr(window.reports, "_tell", lambda head, words, detail: said.append(words))
    window.exporting.begin(Scope("all", "", "", None, 5), Wanted((), "题"), "docx", target)
    qtbot.waitUntil(lambda: bool(said))
    assert "WPS" in said[0]
    assert target.read_text() == "从前的"


def test_printing_opens_pages(qtbot: QtBot, window: Window) -> None:
    opened: list[Path] = []
    window.exporting.open_file = opened.append
    window.views.list.table.setFocus()
    with qtbot.waitSignal(window.exporting.written, timeout=20_000):
        qtbot.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert [path.suffix for path in opened] == [".pdf"]
    assert len(pypdfium2.PdfDocument(opened[0])) >= 5


def test_a_pdf_has_all_text_numbers_and_bookmarks(dressed: QApplication, library: Library, tmp_path: Path) -> None:
    path = tmp_path / "出.pdf"
    cases = [library.cases.load(num) for num in library.search.find(Query()).nums]
    assert list(pdf.write(path, Compilation("汇编", map(Entry, cases), 5), Choices())) == [1, 2, 3, 4, 5]
    with pypdfium2.PdfDocument(path) as made:
        toc = [(mark.get_title(), mark.get_dest().get_index()) for mark in made.get_toc()]
        pages = [page.get_textpage().get_text_bounded() for page in made]
    assert [title for title, _ in toc] == [*(case.title for case in cases), "未核数据与来源"]
    for title, at in toc[:-1]:
        assert title in pages[at].replace("\r\n", "")
    assert all(f"— {number} —" in text for number, text in enumerate(pages, 1))


def test_a_pdf_of_nothing_has_a_page(dressed: QApplication, tmp_path: Path) -> None:
    for kind in ("cases", "figures"):
        path = tmp_path / f"{kind}.pdf"
        assert list(pdf.write(path, Compilation("空", (), 0), Choices(kind=kind))) == []
        assert len(pypdfium2.PdfDocument(path)) == 1


def test_a_long_text_is_set_to_its_last_page(dressed: QApplication, tmp_path: Path) -> None:
    path = tmp_path / "长.pdf"
    case = Case("1", "长文", body=tuple(f"第{n}段，" + "字" * 80 for n in range(400)))
    list(pdf.write(path, Compilation("汇编", [Entry(case)] * 2, 2), Choices()))
    with pypdfium2.PdfDocument(path) as made:
        text = "".join(page.get_textpage().get_text_bounded() for page in made)
    assert text.count("第399段") == 2


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4 no end", b"%PDF\nstartxref\n0\n%%EOF\ntrailer <<>>"])
def test_a_file_of_another_making_gets_no_bookmarks(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "别的.pdf"
    path.write_bytes(data)
    add_bookmarks(path, [("题", 0)])
    assert path.read_bytes() == data


def test_the_dialog_can_be_read_in_every_form(qtbot: QtBot, window: Window) -> None:
    dialog = ExportDialog(window, window._scopes(), window._settings, "长" * 60)
    qtbot.addWidget(dialog)
    dialog.show()
    for at in range(dialog.form.count()):
        dialog.form.setCurrentIndex(at)
        assert dialog.width() <= 700
        assert dialog.height() <= dialog.screen().availableSize().height()
        assert dialog._go.text() == FORMS[dialog.form.currentData()][1]
        assert dialog.title.isVisible() == (dialog.form.currentData() in ("docx", "pdf", "html"))


def test_a_pdf_has_the_lines_and_sizes_of_the_standard(dressed: QApplication, tmp_path: Path) -> None:
    path = tmp_path / "出.pdf"
    case = Case("1", "题", practice="段落文字" * 60)
    list(pdf.write(path, Compilation("大题目", [Passage("heading", "小标题"), Entry(case)], 1), Choices()))
    with pypdfium2.PdfDocument(path) as made:
        text = made[0].get_textpage()
        words = text.get_text_range()
        boxes = [text.get_charbox(at, loose=True) for at in range(text.count_chars())]
        assert [mark.get_title() for mark in made.get_toc()] == ["小标题", "题"]
    wide = {c: boxes[words.index(c)][2] - boxes[words.index(c)][0] for c in "大段"}
    assert wide["大"] > 1.2 * wide["段"]
    lines = sorted({round(box[1]) for at, box in enumerate(boxes) if words[at] == "段"}, reverse=True)
    assert {a - b for a, b in pairwise(lines)} <= {27, 28, 29}


def test_a_list_of_figures_in_parts(dressed: QApplication, library: Library, tmp_path: Path) -> None:
    path = tmp_path / "清单.pdf"
    cases = [Entry(library.cases.load(num)) for num in library.search.find(Query()).nums]
    parts = [Passage("heading", "甲"), *cases[:2], Passage("heading", "乙"), Passage("note", "说明文字"), *cases[2:]]
    assert list(pdf.write(path, Compilation("清单", parts, 5), Choices(kind="figures"))) == [1, 2, 3, 4, 5]
    with pypdfium2.PdfDocument(path) as made:
        told = "".join(page.get_textpage().get_text_bounded() for page in made)
        assert [mark.get_title() for mark in made.get_toc()] == ["甲", "乙"]
    figures = [metric for entry in cases for metric in entry.metrics]
    assert all(metric.indicator in told for metric in figures)
    assert told.count("指标") >= 2
    assert "说明文字" in told
