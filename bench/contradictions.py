"""A small library in which figures contradict each other and two people differ, for pictures of what is checked."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from bench.shots import Stage
from core.decisions import Decision, Target, figure_part, figure_value
from core.library import Library, Wish, deciding
from core.library.stamps import new_id, now
from core.reading import read_page
from core.records import Article, Metric, Page, Paragraph, Place, Span
from core.sources import read_file

PAGES = Path(__file__).resolve().parents[1] / "tests" / "pages" / "learnt" / "first"
COUNTY = Place("360726", "江西省", "赣州市", "安远县")
TOLD = (
    ("赣南日报", "2024-03-05", "安远：议事亭里话家常", 561, "全县已建成议事亭561座，", "办理群众诉求3200件。"),
    ("江西日报", "2024-03-19", "老区有了连心亭", 651, "安远县全县已建成议事亭651座，", "村村都有说事的地方。"),
)


def build(path: Path, pages: int = 6) -> Path:
    """Lay the library: some of our own pages, two that contradict each other, one figure that two people put right."""
    with Library.create(path) as library:
        for file in sorted(PAGES.glob("*.txt"))[:pages]:
            for page in read_file(file):
                library.pages.add(page, read_page(page))
        nums = [num for told in TOLD for num in library.pages.add(*_told(*told))]
        _differ(library, nums[1])
    return path


def _told(paper: str, day: str, title: str, value: int, quote: str, rest: str) -> tuple[Page, list[Article]]:
    text = f"{title}\n本报讯 {quote}{rest}\n"
    at, printed = text.index(quote), f"{value}座"
    figure = text.index(printed)
    metric = Metric(
        "议事亭数量", Decimal(value), "座", subject="安远县", period="2023年", printed=printed, quote=quote[:-1],
        span=Span(figure, figure + len(printed)), quote_span=Span(at, at + len(quote) - 1), confidence=0.9,
    )  # fmt: skip
    body = Paragraph((Span(len(title) + 1, len(text) - 1),))
    spans = (Span(0, len(title)),)
    article = Article(title, (body,), title_spans=spans, place=COUNTY, themes=("基层治理",), metrics=(metric,))
    return Page(text, f"{title}.txt", paper=paper, published=day, page_no="2"), [article]


def _differ(library: Library, num: int) -> None:
    """Two people put the first figure of a case right, neither knowing of the other."""
    case = library.cases.load(num)
    metric = case.metrics[0]
    target, value = Target(case.id, figure_part(metric.id)), figure_value(metric)
    library.decisions.reviewer = "王芳·安远县委办"
    library.decisions.decide([Wish(num, target.part, "changed", {**value, "value": "561"})])
    other = {**value, "period": "截至2024年2月"}
    row = Decision(new_id(), target, "changed", "李强·赣州市委改革办", now(), value, other, value, "电话问过县里")

    def merge() -> None:
        library._file.decide([row])
        deciding.settle(library._db, [target])

    library._file.change("合并", merge, [num])


def shoot(stage: Stage, names: tuple[str, str, str] = ("review-case", "doubts", "conflicts")) -> None:
    """Show a case that is checked as a whole, the list of doubts, and what people say differently."""
    window = stage.window
    window.reviewer.take("王芳", "安远县委办")
    window.reviewing.start(None, "整个案例库", "case")
    for decision in ("accepted", "unsure", "accepted"):
        while window.reviewing.current() is None:
            stage.settle(20)
        window.reviewing.do(decision)
    stage.settle(800)
    stage.shoot(names[0])
    window.reviewing.leave()
    window.doubting.show(None, "整个案例库")
    while window.doubting.page().stop.isVisibleTo(window):
        stage.settle(50)
    stage.settle(800)
    stage.shoot(names[1])
    window.doubting.show(None, "整个案例库", "conflicts")
    stage.settle(1200)
    stage.shoot(names[2])
    window.doubting.leave()
    stage.settle()
