"""The pictures of the manual and the README: ``python -m bench.shots --manual``, into docs/pictures.

One window on the default library, light, 1280×800, in few colours so that each stays under 150 kB.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from bench import contradictions
from bench.shots import Stage, _built, _damaged_pages, come_together
from core.library import Query
from gui import theme
from gui.chinese import speak_chinese
from gui.help.welcome import Welcome

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "pictures"
SIZE = (1280, 800)
MOST_BYTES = 150_000


class Album(Stage):
    """A stage whose pictures are small files with plain names."""

    first = True

    def shoot(self, name: str, what: QWidget | None = None) -> None:
        self.settle()
        picture = (what or self.window).grab().toImage()
        save_small(picture, self.folder / f"{name}.png")

    def open_branch(self, *names: str) -> None:
        """Choose a place of the tree."""
        tree, index = self.window.views.tree, QModelIndex()
        for name in names:
            rows = (tree.model.index(row, 0, index) for row in range(tree.model.rowCount(index)))
            index = next(row for row in rows if row.data() == name)
            tree.view.expand(index)
            self.settle()
        tree.view.setCurrentIndex(index)
        self.settle()

    def choose(self, words: str) -> None:
        """Open the case with the most figures among those that hold the words."""
        window = self.window
        rows = window.shell.library.cases.rows(window.shell.library.search.find(Query(words=words)).nums)
        window.browse.showing.show_case(max(rows, key=lambda row: row.figures).num)
        self.settle()

    def light_up(self, at: int) -> None:
        """Choose a figure of the case, so that its words light up."""
        window = self.window
        metrics = window.shell.library.cases.load(window.views.list.chosen_num() or 0).metrics
        window.views.metrics.setFocus()
        window.views.metrics.choose(metrics[at].id)
        window.views.pane.light_up(metrics[at])
        self.settle()


def save_small(picture: QImage, path: Path) -> None:
    """Save in its own 256 most frequent colours; a window has few more, at the edges of letters."""
    plain = picture.convertToFormat(QImage.Format.Format_RGB32)
    frequent = Counter(memoryview(plain.constBits()).cast("B").cast("I")).most_common(256)
    table = [colour for colour, _ in frequent]
    few = plain.convertToFormat(QImage.Format.Format_Indexed8, table, Qt.ImageConversionFlag.ThresholdDither)
    few.save(str(path), "PNG", 0)  # type: ignore[call-overload]
    size = path.stat().st_size
    print(f"{path}  {size // 1000} kB")
    if size > MOST_BYTES:
        raise SystemExit(f"{path} is larger than {MOST_BYTES} bytes")


def first_start(album: Album) -> None:
    """The overview with the words of a first start."""
    album.shoot("first-start")
    for welcome in album.window.views.overview.findChildren(Welcome):
        welcome.hide()


def browse(album: Album) -> None:
    """The window with a case and a lit figure; the tree by themes; the mechanisms."""
    window = album.window
    window.browse.choosing.show_all()
    album.settle()
    album.open_branch("衢州市", "常山县")
    album.choose("一核三化")
    album.light_up(1)
    album.shoot("window")
    window.browse.choosing.swap_tree()
    album.shoot("themes")
    window.browse.choosing.swap_tree()
    window.browse.choosing.show_mechanisms()
    album.settle()
    window.browse.choosing.show_mechanism(window.shell.library.mechanisms.rows()[0].name)
    album.shoot("mechanisms")
    window.browse.choosing.show_all()


def find(album: Album) -> None:
    """A search, and the sheet of filters."""
    window = album.window
    window.views.search.set_words("志愿")
    album.shoot("search")
    window.views.search.set_words("")
    album.settle()
    window.browse.asking.take_query(Query(places=("330800",), themes=("基层治理", "统一战线")))
    window.frame.show_filters()
    album.shoot("filter")
    window.views.sheet.close_sheet()
    window.browse.asking.take_query(Query())


def collect(album: Album) -> None:
    """A selection with a few cases."""
    window = album.window
    made: list[str] = []
    window.shell.change(lambda library: library.selections.add("三季度专报"), then=made.append)
    window.browse.choosing.show_all()
    album.settle()
    [selection] = made
    window.views.list.table.select_rows(0, range(5))
    window.browse.collecting.add_to(selection, window.views.list.chosen_nums())
    album.settle()
    window.views.selections.choose(selection)
    window.views.selections.selection_chosen.emit(selection)
    window.views.list.choose_first()
    album.shoot("selection")


def check(album: Album) -> None:
    """Figures being checked, some decided."""
    reviewing = album.window.reviewing
    album.window.reviewer.take("王芳", "安远县委办")
    reviewing.start(None, "整个案例库")
    for decision in ("accepted", "accepted", "rejected", "accepted", "unsure", "accepted", "accepted"):
        while reviewing.current() is None:
            album.settle(20)
        reviewing.do(decision)
    album.shoot("review")
    reviewing.leave()
    album.settle()


def side_by_side(album: Album) -> None:
    """Cases compared: a row that more than one has, and why its figures are on no one scale."""
    comparing, made = album.window.comparing, list[bool]()
    comparing.shown.connect(lambda: made.append(True))
    comparing.compare_query(Query(words="经济效益"))
    while not made:
        album.settle()
    album.shoot("compare")
    album.window.browse.choosing.show_all()


def edit(album: Album) -> None:
    """The forms of a case and of a figure, and where the statements of a case are printed."""
    window, editing = album.window, album.window.browse.editing
    window.browse.choosing.show_all()
    album.settle()
    album.choose("一核三化")
    album.settle()

    def shoot_form(name: str, open_it: Callable[[], object]) -> None:
        open_it()
        while editing.form is None or not editing.form.isVisible():
            album.settle(50)
        album.shoot(name, editing.form)
        editing.form.done(0)

    shoot_form("edit-case", editing.edit_case)
    album.light_up(1)
    window.views.metrics.setFocus()
    shoot_form("edit-figure", editing.figures.edit)
    window.browse.proving.show()
    while window.browse.proving.dialog is None or not window.browse.proving.dialog.isVisible():
        album.settle(50)
    dialog = window.browse.proving.dialog
    dialog.table.choose(dialog.model.row_where(lambda proof: bool(proof.spans)))
    album.shoot("proof", dialog)
    dialog.reject()


def tidy(album: Album) -> None:
    """The desk with a page and a doubt."""
    importing = album.window.importing
    importing.show_desk()
    importing.take([_damaged_pages(Path(tempfile.mkdtemp()))])
    queue = importing.queue()
    while len(queue.model.rows) < 2 or queue.count("waiting"):
        album.settle()
    names = [row.name for row in queue.model.rows]
    queue.view.setCurrentIndex(queue.model.index(names.index("江苏.txt")))
    album.settle()
    importing.desk().do("next_doubt")
    album.shoot("desk")
    album.window.browse.choosing.show_all()


def talk(album: Album) -> None:
    """Going back to a backup, the list of keys, the bar after a crash."""
    window = album.window
    album.shoot_dialog("restore", window.files.restore)
    window.browse.choosing.show_overview()
    window.helping.tell_of_crash([""])
    window.helping._check()
    album.settle()
    album.shoot("crash")


def together(album: Album) -> None:
    """Two colleagues hand back: what a file brings, and who was given what."""
    wanted = {"merge", "merge-cases", "together-handed"}

    def shoot(name: str, what: QWidget | None = None) -> None:
        if name in wanted:
            album.shoot(name, what)

    come_together(album, shoot)


PARTS: tuple[Callable[[Album], None], ...] = (
    *(first_start, browse, find, collect, edit, check),
    *(side_by_side, tidy, talk, together),
)


def shoot_manual(folder: Path = FOLDER) -> None:
    """All pictures of the manual."""
    folder.mkdir(parents=True, exist_ok=True)
    app = QApplication.instance() or QApplication(sys.argv[:1])
    speak_chinese(app)
    theme.apply(app, "light")  # type: ignore[arg-type]
    library = _built(Path(tempfile.mkdtemp(prefix="案览-")) / "默认案例库.anlan")
    album = Album(folder, "light", SIZE, library)
    album.settle(1500)
    for part in PARTS:
        part(album)
    album.window.close()
    more = Album(folder, "light", SIZE, contradictions.build(library.with_name("对不上.anlan")))
    more.settle(1500)
    contradictions.shoot(more)
    more.window.close()
