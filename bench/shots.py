"""Screenshots of the window in every state that a designer looks at: ``python -m bench.shots [FOLDER]``.

The real window on the default library, built afresh from the seeds; nobody's own folders are touched. Sizes: a small
laptop (1280×800), a large screen (1920×1080), and 200 % on 1366×768 in a process of its own. Light and dark.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from core.default_library import build_library
from core.folders import Folders
from core.library import Library, Query
from core.records import Case, Metric, Place
from core.resources import shipped
from gui import theme
from gui.chinese import speak_chinese
from gui.shell.settings import Settings
from gui.window import Window

if TYPE_CHECKING:
    from gui.exchange.preview import MergePreview

QUIET_MS = 250
LONG = "把群众的小事当作自己的大事：一座山区小城用八年时间把议事亭、夜校、流动窗口连成一张网的六十字标题究竟放不放得下"


class Stage:
    """A window with a library, and a folder for its pictures."""

    first = False
    """Whether this is a first start, which says its first words."""

    def __init__(self, folder: Path, scheme: str, size: tuple[int, int], path: Path, home: Path | None = None) -> None:
        self.folder, self.scheme, self.size = folder, scheme, size
        self.home = home = home or Path(tempfile.mkdtemp())
        settings = Settings(home / "anlan.ini")
        settings.keep("help/welcomed", not self.first)
        self.window = Window(Folders(home, home, home, home), settings)
        self.window.resize(*size)
        self.window.show()
        self.window.files.open(path)
        self.settle()

    def settle(self, quiet: int = QUIET_MS) -> None:
        """Wait until the window has answered and painted."""
        loop = QEventLoop()
        QTimer.singleShot(quiet, loop.quit)
        loop.exec()

    def shoot(self, name: str, what: QWidget | None = None) -> None:
        """Save a picture of the window, or of a dialog."""
        self.settle()
        file = self.folder / f"{name}-{self.scheme}-{self.size[0]}x{self.size[1]}.png"
        (what or self.window).grab().save(str(file))
        print(file)

    def shoot_dialog(self, name: str, open_it: Callable[[], object]) -> None:
        """Open a dialog, save its picture, close it."""

        def take() -> None:
            dialog = QApplication.activeModalWidget()
            if isinstance(dialog, QDialog):
                self.shoot(name, dialog)
                dialog.reject()

        QTimer.singleShot(2 * QUIET_MS, take)
        open_it()
        self.settle(3 * QUIET_MS)  # a dialog may have to ask the library first


def browse(stage: Stage) -> None:
    """Overview, list, a case with its figures, the tree by theme, the mechanisms."""
    window = stage.window
    stage.shoot("overview")
    window.browse.choosing.show_all()
    stage.settle()
    _choose_richest(stage)
    stage.shoot("case")
    window.views.metrics.setFocus()
    case = window.shell.library.cases.load(window.views.list.chosen_num() or 0)
    if case.metrics:
        window.views.metrics.choose(case.metrics[min(2, len(case.metrics) - 1)].id)
        window.views.pane.light_up(case.metrics[min(2, len(case.metrics) - 1)])
    stage.shoot("figure")
    _open_branches(stage)
    stage.shoot("tree")
    window.browse.choosing.swap_tree()
    stage.shoot("themes")
    window.browse.choosing.swap_tree()
    window.browse.choosing.show_mechanisms()
    stage.settle()
    window.browse.choosing.show_mechanism(window.shell.library.mechanisms.rows()[0].name)
    stage.shoot("mechanisms")


def find(stage: Stage) -> None:
    """A search in two lines and in one, filters, chips, nothing found."""
    window = stage.window
    window.browse.choosing.show_all()
    window.views.search.set_words("志愿")
    stage.shoot("search")
    window.menus.actions["dense"].trigger()
    stage.shoot("search-dense")
    window.menus.actions["dense"].trigger()
    window.frame.show_filters()
    window.views.sheet._place.setText("quzhou")
    window.browse.asking.find_places("quzhou")
    stage.shoot("filter")
    window.views.sheet.close_sheet()
    window.browse.asking.take_query(Query(words="社会", places=("330800",), themes=("统一战线", "基层治理")))
    stage.shoot("chips")
    window.views.search.set_words("绝无此词")
    stage.shoot("nothing-found")
    window.browse.asking.take_query(Query())
    window.views.search.set_words("")
    stage.settle()


def collect(stage: Stage) -> None:
    """A selection with cases, several chosen, sources unfolded."""
    window = stage.window
    made: list[str] = []
    window.shell.change(lambda library: library.selections.add("三季度专报：基层治理的几种做法"), then=made.append)
    while not made:
        stage.settle()
    [selection] = made
    window.views.list.table.select_rows(0, range(5))
    stage.shoot("several")
    window.browse.collecting.add_to(selection, window.views.list.chosen_nums())
    window.shell.change(lambda library: library.selections.add("待核"))
    window.views.selections.choose(selection)
    window.views.selections.selection_chosen.emit(selection)
    window.views.sources.set_folded(False)
    stage.shoot("selection")
    window.views.sources.set_folded(True)


def compare(stage: Stage) -> None:
    """Cases side by side: figures with each chart, what they tell, cases like one, too few to compare."""
    window, comparing = stage.window, stage.window.comparing
    nums = window.shell.library.search.find(Query(words="志愿")).nums.tolist()
    for name, chosen in (("compare-none", nums[:1]), ("compare-places", nums), ("compare", nums[:4])):
        comparing.compare(chosen)
        stage.settle(8 * QUIET_MS)
        stage.shoot(name)
    for kind in ("changes", "times", "heat", "bars"):
        comparing.page.kinds.choose(kind)
        comparing.page.draw()
        stage.shoot(f"compare-{kind}")
    comparing.page.views.choose("side")
    comparing.page.show_view()
    stage.shoot("compare-side")
    comparing.show_like(nums[0])
    stage.settle(8 * QUIET_MS)
    stage.shoot("compare-like")
    window.browse.choosing.show_all()
    stage.settle()


def tidy(stage: Stage) -> None:
    """The desk: empty, doubts, picking, a figure lit up, a correction, a long page, failures, all accepted."""
    window, importing = stage.window, stage.window.importing
    importing.show_desk()
    stage.shoot("desk-empty")
    folder = _damaged_pages(Path(tempfile.mkdtemp()))
    importing.take([folder])
    queue = importing.queue()
    while len(queue.model.rows) < 2 or queue.count("waiting"):
        stage.settle()
    desk, names = importing.desk(), [row.name for row in queue.model.rows]

    def show(name: str) -> None:
        queue.view.setCurrentIndex(queue.model.index(names.index(name)))
        stage.settle()

    show("江苏.txt")
    stage.shoot("desk-doubt")
    desk.do("next_doubt")
    desk.do("next_doubt")
    stage.shoot("desk-jump")
    desk.do("join")
    stage.shoot("desk-join")
    desk.page.stop_pick()
    desk.strip.ask("")
    show("广东.txt")
    desk.panel.figures.selectRow(1)
    stage.shoot("desk-figure")
    desk.do("correct")
    stage.shoot("desk-correct")
    desk.page.setFocus()
    show("很长的版面.txt")
    stage.shoot("desk-long")
    show("空的.txt")
    stage.shoot("desk-failed")
    show("福建.txt")
    desk.do("mark_byline")
    desk.accept()
    stage.shoot("desk-accepted")
    asked: list[str] = []

    def answer() -> None:
        """Pages that are like one another are asked about, each in its turn."""
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QDialog):
            if not asked:
                stage.shoot("desk-known", dialog)
            asked.append(dialog.windowTitle())
            dialog.accept()

    asking = QTimer(window, interval=QUIET_MS)
    asking.timeout.connect(answer)
    asking.start()
    queue.accept_all_wanted.emit()
    while queue.count("ready"):
        stage.settle()
    asking.stop()
    stage.shoot("desk-done")
    window.browse.choosing.show_all()
    stage.settle()


def check(stage: Stage) -> None:
    """Figures being checked: some decided, one put right, the end of a few."""
    reviewing = stage.window.reviewing
    stage.window.reviewer.take("王芳", "安远县委办")
    reviewing.start(None, "整个案例库")
    for decision in ("accepted", "rejected", "accepted", "unsure", "accepted"):
        while reviewing.current() is None:
            stage.settle(20)
        reviewing.do(decision)
    stage.shoot("review")
    reviewing.do("changed")
    stage.shoot("review-form")
    reviewing.leave()
    stage.settle()


def put_right(stage: Stage) -> None:
    """The forms of a case, a figure, many cases and a new one; the bin."""
    browse, views = stage.window.browse, stage.window.views
    browse.choosing.show_all()
    stage.settle()
    _choose_richest(stage)
    editing = browse.editing
    stage.shoot_dialog("edit-case", editing.edit_case)
    views.metrics.view.setFocus()
    views.metrics.view.choose(1)
    stage.shoot_dialog("edit-figure", editing.figures.edit)
    stage.shoot_dialog("edit-new", editing.new_case)
    views.list.table.setFocus()
    views.list.table.selectAll()
    stage.shoot_dialog("edit-many", editing.change_many)
    browse.binning.show()
    stage.shoot("bin-empty")
    browse.binning.put_in([1, 2])
    stage.shoot("bin")
    browse.undo()
    stage.settle()


def hand_on(stage: Stage) -> None:
    """What leaves the window: export, a file to a colleague, and the list of what came and went."""
    window = stage.window
    window.browse.choosing.show_all()
    stage.settle()
    stage.shoot_dialog("export", window.exporting.export)
    window.reviewer.take("王芳", "安远县委办")
    stage.shoot_dialog("hand-out", lambda: window.exchange.hand_out(None, "整个案例库"))
    window.exchange.show_merges()
    stage.shoot("together-empty")
    come_together(stage, stage.shoot)


def come_together(stage: Stage, shoot: Callable[..., object]) -> None:
    """Two colleagues hand back: what each brings, new cases, a password, and the page of who works together."""
    from bench.colleagues import hand_backs, overrule
    from gui.edit.join_form import JoinForm
    from gui.exchange import password

    window, folder = stage.window, Path(tempfile.mkdtemp())
    window.reviewer.take("陈立", "县委办")
    made: list[list[Path]] = []
    window.shell.change(lambda library: hand_backs(library, folder), then=made.append)
    while not made:
        stage.settle()

    def first(dialog: MergePreview) -> None:
        dialog.show_part("cases")
        shoot("merge-cases", dialog)
        dialog.choose_case("join")
        stage.settle()
        for form in dialog.findChildren(JoinForm):
            shoot("merge-join", form)
            form.save()

    def second(dialog: MergePreview) -> None:
        dialog.choose("ours")
        dialog.choose("theirs")
        shoot("merge", dialog)

    for path, do in zip(made[0], (first, second), strict=True):
        _merge(stage, path, do)
    shoot("password", password.PasswordDialog("李强交回.anlan", True, window))
    window.shell.change(lambda library: overrule(library, "陈立·县委办"))
    window.exchange.show_merges()
    while not window.exchange.page.missing.model().rowCount():
        stage.settle()
    for part in ("handed", "pairs", "overruled", "merges"):
        window.exchange.page.show_part(part)
        shoot(f"together-{part}")


def _merge(stage: Stage, path: Path, do: Callable[[MergePreview], object]) -> None:
    """Do something in the preview of a file, and merge it."""
    from gui.exchange.preview import MergePreview

    done: list[bool] = []

    def take() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, MergePreview):
            stage.settle()
            do(dialog)
            dialog.accept()
            done.append(True)
        else:
            QTimer.singleShot(QUIET_MS, take)

    QTimer.singleShot(QUIET_MS, take)
    stage.window.exchange.look(path)
    while not done:
        stage.settle()
    stage.settle(4 * QUIET_MS)


def leave(stage: Stage) -> None:
    """What is left on the desk: the menu of its list, what was taken off, and how the next start says it."""
    importing, path = stage.window.importing, stage.window.shell.library.path
    importing.take([_damaged_pages(Path(tempfile.mkdtemp()))])
    queue = importing.queue()
    while len(queue.model.rows) < 7 or queue.count("waiting"):
        stage.settle()
    queue.view.selectAll()
    menu = queue.menu()
    menu.popup(queue.view.viewport().mapToGlobal(queue.view.viewport().rect().center()))
    stage.shoot("desk-menu", menu)
    menu.close()
    queue.to_next_failure()
    queue.removal_wanted.emit(queue.chosen_rows())
    stage.shoot("desk-taken-off")
    stage.window.close()
    again = Stage(stage.folder, stage.scheme, stage.size, path, stage.home)
    again.settle(4 * QUIET_MS)
    again.shoot("desk-left-start")
    again.window.importing.show_desk()
    again.settle(4 * QUIET_MS)
    again.shoot("desk-left")
    again.window.close()


def _damaged_pages(folder: Path) -> Path:
    """Our own damaged pages, a long one, and two that cannot be read."""
    pages = Path(__file__).resolve().parents[1] / "tests" / "pages" / "learnt" / "first"
    names = {"jiangsu": "江苏.txt", "guangdong": "广东.txt", "fujian": "福建.txt", "shandong": "山东.txt"}
    for name, shown in names.items():
        [page] = pages.glob(f"{name}*.txt")
        (folder / shown).write_bytes(page.read_bytes())
    whole = [page.read_text("utf-8") for page in sorted(pages.glob("*.txt"))]
    (folder / "很长的版面.txt").write_text("\n".join(whole * 6), "utf-8")
    (folder / "空的.txt").write_text("", "utf-8")
    (folder / "扫描件.pdf").write_bytes(b"%PDF-1.4 nothing")
    return folder


def talk(stage: Stage) -> None:
    """The dialogs."""
    window = stage.window
    stage.shoot_dialog("shortcuts", window.helping.show_shortcuts)
    stage.shoot_dialog("about", window.helping.show_about)
    stage.shoot_dialog(
        "fault", lambda: window.reports.show_fault("Traceback (most recent call last):\n  …\nValueError: x")
    )
    stage.shoot_dialog("restore", window.files.restore)


def _choose_richest(stage: Stage) -> None:
    """Choose the case with the most figures."""
    window = stage.window
    rows = window.shell.library.cases.rows(window.views.list.model.nums)
    if rows:
        window.views.list.choose(max(rows, key=lambda row: row.figures).num, focus=True)
    stage.settle()


def _open_branches(stage: Stage) -> None:
    tree = stage.window.views.tree
    for depth in range(2):
        for at in range(tree.model.rowCount()):
            index = tree.model.index(at, 0)
            tree.view.expand(index if depth == 0 else tree.model.index(0, 0, index))
        stage.settle()


def odd_library(path: Path) -> None:
    """Long titles, no place, no date, every state, and ninety figures in one case."""
    library = Library.create(path)
    seeds = Library.open(_built(path.with_name("种子.anlan")))
    cases = [seeds.cases.load(num) for num in seeds.search.find(Query()).nums]
    many = tuple(metric for case in cases for metric in case.metrics)[:90]
    library.cases.add(_odd(case, at, many) for at, case in enumerate(cases))
    library.close()
    seeds.close()


def _odd(case: Case, at: int, many: tuple[Metric, ...]) -> Case:
    title, metrics = LONG if at % 2 else case.title, many if at == 1 else ()
    place, citations = Place() if at % 3 == 0 else case.place, () if at % 4 == 0 else case.citations
    return replace(case, id=case.id[:-2] + f"{at:02}", title=title, metrics=metrics, place=place, citations=citations)


def _built(path: Path) -> Path:
    build_library(path, shipped("seeds"))
    return path


STATES: tuple[Callable[[Stage], None], ...] = (
    browse,
    find,
    collect,
    compare,
    check,
    put_right,
    hand_on,
    tidy,
    talk,
    leave,
)


def shoot_all(folder: Path, sizes: list[tuple[int, int]], schemes: tuple[str, ...]) -> None:
    """Every state in every size and both schemes, then an odd and an empty library."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    speak_chinese(app)
    home = Path(tempfile.mkdtemp())
    for scheme in schemes:
        for at, size in enumerate(sizes):
            theme.apply(app, scheme)  # type: ignore[arg-type]
            path = _built(home / f"{scheme}{at}" / "默认案例库.anlan")
            stage = Stage(folder, scheme, size, path)
            for state in STATES if at == 0 else (browse,):
                state(stage)
            stage.window.close()
            if at == 0:
                _shoot_contradictions(folder, scheme, size, home / f"{scheme} 对不上.anlan")
    _shoot_odd(folder, schemes[-1], sizes[0], home)


def _shoot_contradictions(folder: Path, scheme: str, size: tuple[int, int], path: Path) -> None:
    from bench import contradictions  # knows a stage

    stage = Stage(folder, scheme, size, contradictions.build(path))
    stage.settle(1000)
    contradictions.shoot(stage)
    stage.window.close()


def _shoot_odd(folder: Path, scheme: str, size: tuple[int, int], home: Path) -> None:
    odd_library(home / "长标题.anlan")
    Library.create(home / "空的案例库.anlan").close()
    for name in ("长标题", "空的案例库"):
        stage = Stage(folder, scheme, size, home / f"{name}.anlan")
        stage.shoot("odd-overview" if name == "长标题" else "empty-overview")
        stage.window.browse.choosing.show_all()
        stage.settle()
        _choose_richest(stage)
        stage.shoot("odd" if name == "长标题" else "empty")
        stage.window.close()


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.shots", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=Path("shots"))
    parser.add_argument("--size", help="only this size, such as 683x384")
    parser.add_argument("--manual", action="store_true", help="the pictures of the manual, into docs/pictures")
    parser.add_argument("--scheme", choices=("light", "dark"), help="only this scheme")
    options = parser.parse_args()
    if options.manual:
        from bench.pictures import shoot_manual

        shoot_manual()
        return 0
    options.folder.mkdir(parents=True, exist_ok=True)
    schemes = (options.scheme,) if options.scheme else ("light", "dark")
    if options.size:
        width, height = options.size.split("x")
        shoot_all(options.folder, [(int(width), int(height))], schemes)
        return 0
    shoot_all(options.folder, [(1280, 800), (1920, 1080)], schemes)
    small = {**os.environ, "QT_SCALE_FACTOR": "2"}
    again = [sys.executable, "-m", "bench.shots", str(options.folder), "--size", "683x384", "--scheme", "light"]
    return subprocess.run(again, env=small, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
