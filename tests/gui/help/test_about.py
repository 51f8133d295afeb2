"""About: the version, the promise to stay offline, and a licence for every component."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from core.resources import version
from gui.help.about import COMPONENTS, AboutDialog, Component, licence_text, version_of

PROJECT = Path(__file__).resolve().parents[3] / "pyproject.toml"


def named(name: str) -> Component:
    return next(c for c in COMPONENTS if c.name.startswith(name))


def test_every_dependency_is_named_with_its_licence() -> None:
    block = PROJECT.read_text("utf-8").split("dependencies = [")[1].split("]")[0]
    needed = {m.lower() for m in re.findall(r'"([A-Za-z0-9-]+)', block)} - {"shiboken6", "tomli", "python"}
    assert needed <= {c.package.lower() for c in COMPONENTS}
    assert all(c.licence for c in COMPONENTS)


@pytest.mark.parametrize(("name", "words"), [("Anlan Sans", "SIL OPEN FONT LICENSE"), ("Lucide", "ISC License")])
def test_what_we_carry_comes_with_its_licence(name: str, words: str) -> None:
    assert words in licence_text(named(name))


def test_a_component_that_is_not_installed_breaks_nothing() -> None:
    gone = Component("不在", "MIT", "无", "no-such-package-anywhere")
    assert (version_of(gone), licence_text(gone)) == ("", "MIT")


def test_the_dialog_promises_and_shows_licences(qtbot) -> None:
    about = AboutDialog()
    qtbot.addWidget(about)
    about.show()
    said = " ".join(label.text() for label in about.findChildren(QLabel))
    assert "不打开任何网络连接" in said
    assert f"版本 {version()}" in said
    about.table.setCurrentCell(COMPONENTS.index(named("Lucide")), 0)
    assert "ISC License" in about.text.toPlainText()
