"""The theme: contrast over the whole table, icons in its colours, the font, and the style sheet without leftovers."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontMetricsF, QGuiApplication
from PySide6.QtWidgets import QApplication, QToolButton

from gui import theme
from gui.theme.colours import COLOURS, GROUNDS, set_scheme

PAIRS = [(which, ink, ground, least) for which in (0, 1) for ink, grounds, least in GROUNDS for ground in grounds]


@pytest.fixture(autouse=True)
def _light_again(qapp: QApplication):
    yield
    theme.apply(qapp, "light")


@pytest.mark.parametrize(("which", "ink", "ground", "least"), PAIRS)
def test_text_stands_out_from_its_ground(which: int, ink: str, ground: str, least: float) -> None:
    assert theme.contrast(QColor(COLOURS[ink][which]), QColor(COLOURS[ground][which])) >= least


def test_contrast_is_that_of_the_standard() -> None:
    assert theme.contrast(QColor("#000000"), QColor("#FFFFFF")) == pytest.approx(21)
    assert theme.contrast(QColor("#777777"), QColor("#FFFFFF")) == pytest.approx(4.48, abs=0.01)


def test_a_choice_dresses_everything_and_tells_it(qapp: QApplication, qtbot) -> None:
    with qtbot.waitSignal(theme.notifier.changed):
        theme.apply(qapp, "dark")
    assert qapp.palette().window().color().name().upper() == COLOURS["window"][1]
    assert theme.color("text").name().upper() == COLOURS["text"][1]
    assert COLOURS["surface"][1].lower() in qapp.styleSheet()


def test_the_system_is_followed_until_a_person_chooses(qapp: QApplication, qtbot) -> None:
    asked = QGuiApplication.styleHints().colorSchemeChanged
    theme.apply(qapp, "system")
    with qtbot.waitSignal(theme.notifier.changed):
        asked.emit(Qt.ColorScheme.Dark)
    theme.apply(qapp, "dark")
    with qtbot.assertNotEmitted(theme.notifier.changed):
        asked.emit(Qt.ColorScheme.Light)
    assert (theme.choice(), theme.scheme()) == ("dark", "dark")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_sheet_has_no_gap(qapp: QApplication, scheme: str) -> None:
    theme.apply(qapp, scheme)
    assert "@" not in qapp.styleSheet()
    assert "%scheme" not in qapp.styleSheet()


@pytest.mark.parametrize("name", sorted(p.stem for p in (theme.RESOURCES / "icons").glob("*.svg")))
def test_every_icon_draws_something(qapp: QApplication, name: str) -> None:
    drawn = theme.pixmap(name, "text-2", 20).toImage()
    assert any(drawn.pixelColor(x, y).alpha() > 100 for x in range(20) for y in range(20))


def test_icons_follow_the_theme(qapp: QApplication, qtbot) -> None:
    button = QToolButton()
    qtbot.addWidget(button)
    theme.apply(qapp, "light")
    theme.set_icon(button, "search")
    before = button.icon().pixmap(16).toImage()
    theme.apply(qapp, "dark")
    assert button.icon().pixmap(16).toImage() != before


def test_an_unknown_role_or_icon_is_an_error(qapp: QApplication) -> None:
    with pytest.raises(KeyError):
        theme.color("pink")
    with pytest.raises(KeyError):
        theme.icon("no-such-drawing")


def test_the_font_is_ours_and_its_figures_are_of_one_width(qapp: QApplication) -> None:
    assert theme.load_fonts() == "Anlan Sans"
    widths = {round(QFontMetricsF(theme.font("interface")).horizontalAdvance(d), 3) for d in "0123456789"}
    assert len(widths) == 1


def test_reading_size_stays_within_limits(qapp: QApplication) -> None:
    theme.set_reading_size(400)
    assert theme.reading_size() == theme.font("reading").pixelSize() == 32
    theme.set_reading_size(16)
    assert theme.font("reading").pixelSize() == 16


def test_the_scheme_table_has_two_colours_a_role() -> None:
    set_scheme("light")
    assert all(QColor(c).isValid() for pair in COLOURS.values() for c in pair)
    assert {"window", "surface", "raised", "border", "text", "text-2", "text-3", "accent", "accent-soft", "selection",
            "hit", "proof", "success", "warning", "danger"} <= set(COLOURS)  # fmt: skip
