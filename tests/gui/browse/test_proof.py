"""Every figure of the default library lights up where it was printed: the promise of the program, end to end."""

from __future__ import annotations

from pathlib import Path

from core.default_library import build_library
from core.library.library import Library
from core.library.query import Query
from gui.browse.case_pane import CasePane

SEEDS = Path(__file__).resolve().parents[3] / "seeds"


def test_every_figure_of_the_default_library_has_its_proof(qtbot, tmp_path: Path) -> None:
    build_library(tmp_path / "默认.anlan", SEEDS)
    library = Library.open(tmp_path / "默认.anlan")
    pane = CasePane()
    qtbot.addWidget(pane)
    unproven, figures = [], 0
    for num in library.search.find(Query()).nums:
        case = library.cases.load(num)
        source = library.pages.text(case.source_id) if case.source_id else ""  # a case without figures has none
        pane.show_case(case, source, lambda text: [])
        qtbot.waitUntil(lambda num=case.id: pane.is_whole(num))
        for metric in case.metrics:
            pane.light_up(metric)
            figures += 1
            if metric.printed not in pane.page.lit():
                unproven.append((case.title, metric.printed, pane.page.lit()))
    library.close()
    assert not unproven
    assert figures > 200
