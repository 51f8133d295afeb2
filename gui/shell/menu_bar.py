"""Makes the menus of a window out of a table, and offers only what can be done now."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from gui import theme


class Entry(NamedTuple):
    """One entry of a menu: what it is called, what it does, and when it can be used.

    ``do`` of an entry with ``ticked`` takes whether it is ticked now; ``do`` of one that ``opens`` a menu takes that
    menu and fills it. ``needs`` are words for what must be there, e.g. ``"writing cases"``.
    """

    id: str
    text: str
    do: Callable[..., object]
    icon: str = ""
    needs: str = ""
    ticked: Callable[[], bool] | None = None
    group: str = ""
    opens: bool = False


LINE = Entry("", "", lambda: None)


class MenuBar(QObject):
    """The actions of a window by their ids, in the menus and with their keys."""

    def __init__(
        self,
        window: QMainWindow,
        menus: Sequence[tuple[QMenu, Sequence[Entry]]],
        keys: Mapping[str, Sequence[str]],
        holds: Callable[[], Mapping[str, bool]],
        texts: Callable[[], Mapping[str, str]],
    ) -> None:
        """``menus`` are those of the bar, to be filled, each with its entries.

        ``holds`` says which needs are met now; ``texts`` which entries are called otherwise now."""
        super().__init__(window)
        self._window, self._keys, self._holds, self._texts = window, keys, holds, texts
        self.actions: dict[str, QAction] = {}
        self._entries: dict[str, Entry] = {}
        self._groups: dict[str, QActionGroup] = {}
        self._undressed: list[tuple[Any, str]] = []
        for menu, entries in menus:
            self._add_menu(menu, entries)

    def add_keys(self, entries: Sequence[Entry]) -> None:
        """Add what is done by keys only."""
        for entry in entries:
            self._window.addAction(self._action(entry))

    def renew(self) -> None:
        """Offer only what can be done now, by the names that it has now."""
        holds, texts = self._holds(), self._texts()
        for name, action in self.actions.items():
            entry = self._entries[name]
            action.setEnabled(all(holds[need] for need in entry.needs.split()))
            action.setText(texts.get(name, entry.text))
            if entry.ticked is not None:
                action.setChecked(entry.ticked())

    def menu_of(self, names: Sequence[str]) -> QMenu:
        """Return a menu of some of the entries that can be used now; an empty name is a line."""
        menu = QMenu(self._window)
        self._dress()
        self.renew()
        for name in names:
            if not name:
                menu.addSeparator()
            elif self.actions[name].isEnabled():
                menu.addAction(self.actions[name])
        return menu

    def _add_menu(self, made: QMenu, entries: Sequence[Entry]) -> None:
        made.aboutToShow.connect(self.renew)
        made.aboutToShow.connect(self._dress)
        for entry in entries:
            if entry is LINE:
                made.addSeparator()
            elif entry.opens:
                self._add_inner(made, entry)
            else:
                made.addAction(self._action(entry))

    def _add_inner(self, menu: QMenu, entry: Entry) -> None:
        inner = menu.addMenu(entry.text)
        self._undressed.append((inner, entry.icon))
        inner.setToolTipsVisible(True)
        inner.aboutToShow.connect(lambda: entry.do(inner))

    def _action(self, entry: Entry) -> QAction:
        action = self.actions[entry.id] = QAction(entry.text, self._window)
        self._entries[entry.id] = entry
        action.setShortcuts([QKeySequence(keys) for keys in self._keys.get(entry.id, ())])
        action.setCheckable(entry.ticked is not None)
        if entry.icon and entry.ticked is None:
            self._undressed.append((action, entry.icon))
        if entry.group:
            self._groups.setdefault(entry.group, QActionGroup(self._window)).addAction(action)
        do = entry.do
        action.triggered.connect(do if entry.ticked is not None else lambda on=False: do())
        return action

    def _dress(self) -> None:
        """Draw the icons when the first menu opens, not at the start."""
        while self._undressed:
            theme.set_icon(*self._undressed.pop())
