"""The style sheet of the program, filled with the colours of a theme."""

from __future__ import annotations

import re

from gui.theme.colours import COLOURS, color, scheme

_SHEET = """
* { outline: 0; }
QToolTip { background: @raised; color: @text; border: 1px solid @border; padding: 4px 8px; }
QMainWindow, QDialog { background: @window; }
QMainWindow::separator { background: @border; width: 1px; height: 1px; }
QSplitter::handle { background: @border; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QSplitter::handle:hover, QSplitter::handle:pressed { background: @accent; }

QLabel[role="title"] { font-size: 20px; font-weight: bold; color: @text; }
QLabel[role="section"] { font-weight: bold; color: @text; }
QLabel[role="figure"] { font-size: 24px; color: @text; }
QLabel[role="secondary"] { font-size: 12px; color: @text-2; }
QLabel[role="faint"] { font-size: 12px; color: @text-3; }
QLabel[role="danger"] { color: @danger; }
QLabel[role="differs"] { font-size: 20px; font-weight: bold; color: @danger; text-decoration: underline; }
QLabel[role="doubt"] { font-size: 12px; color: @warning; }
QLabel[role="key"] { font-size: 12px; color: @text-2; background: @raised; border: 1px solid @border;
    border-radius: 4px; padding: 1px 6px; }
QLabel[role="missing"] { background: @raised; color: @warning; border-top: 1px solid @border; padding: 8px 28px; }
*[ground="surface"] { background: @surface; }
*[ground="window"] { background: @window; }
*[ground="border"] { background: @border; }
*[ground="raised"] { background: @raised; }
*[ground="welcome"] { background: @accent-soft; border-radius: 6px; }

QLineEdit, QComboBox, QSpinBox, QDoubleSpinBox, QDateEdit {
    background: @surface; color: @text; border: 1px solid @control; border-radius: 6px; padding: 0 8px;
    min-height: 30px; selection-background-color: @accent; selection-color: @on-accent;
    placeholder-text-color: @text-3; }
QLineEdit[dense="true"], QComboBox[dense="true"] { min-height: 24px; border-radius: 4px; }
QLineEdit:hover, QComboBox:hover, QSpinBox:hover { border-color: @text-3; }
QLineEdit:focus, QComboBox:focus, QSpinBox:focus, QDoubleSpinBox:focus, QDateEdit:focus { border: 1px solid @accent; }
QLineEdit[wrong="true"] { border-color: @danger; }
QLineEdit:disabled, QComboBox:disabled, QSpinBox:disabled { background: @window; color: @text-3;
    border-color: @border; }
QComboBox::drop-down { border: 0; width: 24px; }
QComboBox::down-arrow { image: url(anlanicons:sheet-down.svg); width: 12px; height: 12px; }
QComboBox QAbstractItemView { background: @surface; border: 1px solid @border; padding: 4px; }

QPushButton { background: @surface; color: @text; border: 1px solid @control; border-radius: 6px; padding: 0 16px;
    min-height: 30px; }
QPushButton:hover { border-color: @accent; color: @accent; }
QPushButton:pressed { background: @accent-soft; }
QPushButton:focus { border: 1px solid @accent; }
QPushButton:disabled { color: @text-3; background: @window; border-color: @border; }
QPushButton[kind="main"], QPushButton:default { background: @accent; color: @on-accent; border-color: @accent; }
QPushButton[kind="main"]:hover, QPushButton:default:hover { color: @on-accent; }
QPushButton[kind="main"]:focus, QPushButton:default:focus { border: 2px solid @text; }
QPushButton[kind="main"]:disabled, QPushButton:default:disabled { background: @raised; color: @text-3;
    border-color: @border; }
QPushButton[kind="flat"] { background: transparent; border-color: transparent; color: @accent; padding: 0 8px; }
QPushButton[kind="flat"]:hover { background: @accent-soft; }
QPushButton[kind="flat"]:focus { border-color: @accent; }

QPushButton[kind="legend"] { background: transparent; border-color: transparent; color: @text-2; padding: 0 8px 0 4px;
    min-height: 24px; font-size: 12px; }
QPushButton[kind="legend"]:hover { background: @raised; color: @text; }
QPushButton[kind="legend"]:focus { border-color: @accent; }
QPushButton[kind="legend"]:disabled { color: @text-3; }

QToolButton { background: transparent; color: @text-2; border: 1px solid transparent; border-radius: 6px;
    padding: 3px; }
QToolButton:hover { background: @raised; color: @text; }
QToolButton:pressed { background: @accent-soft; }
QToolButton:checked { background: @accent-soft; color: @accent; }
QToolButton:focus { border-color: @accent; }
QToolButton:disabled { color: @text-3; }
QToolButton[popupMode="1"] { padding-right: 20px; }
QToolButton::menu-button { border: 0; width: 16px; }
QToolButton::menu-indicator { image: none; }
QToolButton::menu-arrow { image: url(anlanicons:sheet-down.svg); width: 10px; height: 10px; }
QToolButton[pill="true"] { border: 1px solid @control; border-radius: 12px; padding: 0 10px; color: @text;
    min-height: 22px; font-size: 13px; }
QToolButton[pill="true"]:checked { border-color: @accent; color: @accent; background: @accent-soft; }
QToolButton[pill="true"]:focus { border-color: @accent; }
QToolButton[mark="true"] { font-size: 12px; padding: 2px 6px; border-radius: 4px; color: @text-2; }
QToolButton[ink="success"] { color: @success; }
QToolButton[ink="warning"] { color: @warning; }
QToolButton[ink="accent"] { color: @accent; }
QToolBar { background: @surface; border: 0; border-bottom: 1px solid @border; spacing: 4px; padding: 4px 8px; }

QAbstractItemView { background: @surface; alternate-background-color: @surface; color: @text; border: 0;
    selection-background-color: @selection; selection-color: @text; gridline-color: @border; }
QAbstractItemView::item { border: 0; }
QAbstractItemView::item:hover { background: @window; }
QAbstractItemView::item:selected { background: @selection-pale; color: @text; }
QAbstractItemView::item:selected:active { background: @selection; color: @text; }
QAbstractItemView::item:selected:!focus { background: @selection-pale; }
QHeaderView { background: @surface; border: 0; }
QHeaderView::section { background: @surface; color: @text-2; font-size: 12px; border: 0;
    border-bottom: 1px solid @border; padding: 0 8px; min-height: 27px; }
QHeaderView::section:hover { color: @text; background: @window; }
QHeaderView[kind="rows"]::section { border: 0; padding: 0 12px 0 0; font-size: 14px; color: @text; }
QHeaderView[kind="columns"]::section { border: 0; padding: 0 2px; }
QHeaderView[kind="rows"]::section:hover, QHeaderView[kind="columns"]::section:hover { color: @accent; }
QHeaderView::up-arrow { image: url(anlanicons:sheet-up.svg); width: 10px; height: 10px; }
QHeaderView::down-arrow { image: url(anlanicons:sheet-down.svg); width: 10px; height: 10px; }
QTableCornerButton::section { background: @surface; border: 0; }
QTreeView::branch { background: @surface; }
QTreeView::branch:has-children:closed { image: url(anlanicons:sheet-right.svg); }
QTreeView::branch:has-children:open { image: url(anlanicons:sheet-down.svg); }
QTextEdit, QTextBrowser, QPlainTextEdit { background: @surface; color: @text; border: 0;
    selection-background-color: @accent; selection-color: @on-accent; }
QPlainTextEdit[field="true"], QListWidget[field="true"] { border: 1px solid @control; border-radius: 6px;
    padding: 4px; }
QListWidget[field="true"]::item { padding: 4px 8px; }
QPlainTextEdit[field="true"]:focus { border: 1px solid @accent; }
QScrollArea { border: 0; background: transparent; }

QMenuBar { background: @surface; color: @text; border-bottom: 1px solid @border; padding: 2px 4px; }
QMenuBar::item { background: transparent; padding: 4px 10px; border-radius: 4px; }
QMenuBar::item:selected { background: @raised; }
QMenu { background: @surface; color: @text; border: 1px solid @border; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 8px; border-radius: 4px; }
QMenu::item:selected { background: @accent-soft; color: @text; }
QMenu::item:disabled { color: @text-3; }
QMenu::separator { height: 1px; background: @border; margin: 4px 8px; }
QMenu::icon { padding-left: 8px; }
QStatusBar { background: @surface; color: @text-2; border-top: 1px solid @border; }
QStatusBar::item { border: 0; }
QStatusBar QLabel { font-size: 12px; color: @text-2; }
QTabBar { background: transparent; }
QTabBar::tab { background: transparent; color: @text-2; border: 0; border-bottom: 2px solid transparent;
    padding: 6px 12px; }
QTabBar::tab:hover { color: @text; }
QTabBar::tab:selected { color: @accent; border-bottom: 2px solid @accent; }
QTabBar::tab:focus { color: @accent; background: @accent-soft; }
QTabWidget::pane { border: 0; border-top: 1px solid @border; }
QProgressBar { background: @raised; border: 0; border-radius: 2px; max-height: 4px; text-align: center; }
QProgressBar::chunk { background: @accent; border-radius: 2px; }
QGroupBox { border: 0; border-top: 1px solid @border; margin-top: 12px; padding-top: 12px; font-weight: bold; }
QGroupBox::title { subcontrol-origin: margin; left: 0; padding-right: 8px; }

QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: @control; border-radius: 3px; margin: 3px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: @text-3; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QAbstractScrollArea::corner { background: @surface; }

QCheckBox, QRadioButton { spacing: 8px; color: @text; }
QCheckBox::indicator, QRadioButton::indicator, QAbstractItemView::indicator { width: 14px; height: 14px;
    background: @surface; border: 1px solid @text-3; border-radius: 4px; }
QRadioButton::indicator { border-radius: 8px; }
QCheckBox::indicator:hover, QRadioButton::indicator:hover, QCheckBox::indicator:focus, QRadioButton::indicator:focus {
    border-color: @accent; }
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked { background: @accent; border-color: @accent;
    image: url(anlanicons:sheet-tick-%scheme.svg); }
QRadioButton::indicator:checked { background: @surface; border: 5px solid @accent; width: 6px; height: 6px; }
"""


def style_sheet() -> str:
    """The sheet in the colours of the theme that holds now."""
    filled = re.sub(r"@([a-z0-9-]+)", lambda m: _named(m.group(1)), _SHEET)
    return filled.replace("%scheme", scheme())


def _named(role: str) -> str:
    if role not in COLOURS:
        raise KeyError(f"the style sheet names no known colour: {role}")
    return color(role).name()
