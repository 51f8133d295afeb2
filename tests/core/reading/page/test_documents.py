"""Documents: texts that run on stay in one piece and in order, are parted at their titles, lose what surrounds them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.reading import articles_of
from core.records import Article, Heading, Page, Span

LEAD = "安徽省池州市青阳县竹岭村开办时间账本，村民参加志愿服务可以积分，目前已有会员126名，累计服务老人3600小时。"
SHOP = "村民服务满1小时就记一笔，积分可以到村里的小店兑换日用品，小店由合作社经营，货架上共有86种商品。"
RULES = "账本由村里的3名监督员保管，每月公布一次，谁家有意见都可以当场提出，一年来共收到意见21条。"
TEA = "贵州省遵义市湄潭县新桥村今年新栽茶树860亩，引来加工企业3家，茶农人均增收1200元，厂房里机器整天响个不停。"
FACTORY = "企业与茶农签订收购合同，鲜叶当天采摘当天结算，最忙的时候每天收鲜叶12吨，带动周边3个村一起种茶。"


def texts(page: Page, article: Article) -> list[str]:
    return ["".join(page.text[s.start : s.end] for s in p.spans) for p in article.paragraphs]


def read(text: str, **more: object) -> list[tuple[str, list[str]]]:
    page = Page(text=text, name="a.txt", **more)  # type: ignore[arg-type]
    return [(article.title, texts(page, article)) for article in articles_of(page)]


@pytest.mark.parametrize(
    "heads",
    [
        ("存得进", "取得出"),
        ("激发产业发展新动能", "探索联农带农新路子"),
        ("从“没人管”到“抢着管”", "从“单打独斗”到“众人拾柴”"),
        ("一、建立账本", "二、公开账本"),
        ("（一）强化制度保障", "（二）强化监督问效"),
        ("钱从哪里来？", "账由谁来管？"),
    ],
)
@pytest.mark.parametrize("gap", ["\n", "\n\n", "\n　　"])
def test_headings_inside_a_document_do_not_cut_it(heads: tuple[str, str], gap: str) -> None:
    body = [LEAD, heads[0], SHOP, heads[1], RULES]
    page = Page(text=gap.join(["竹岭村有了时间账本", *body]) + "\n", name="a.txt")
    (article,) = articles_of(page)
    assert article.title == "竹岭村有了时间账本"
    assert texts(page, article) == body
    assert [p.heading for p in article.paragraphs] == [False, True, False, True, False]


def test_documents_bound_together_are_parted_at_their_titles() -> None:
    one, other = "竹岭村有了时间账本", "新桥村走出茶叶致富路"
    text = f"{one}\n\n　　{LEAD}\n　　存得进\n　　{SHOP}\n\n\n{other}\n\n　　{TEA}\n　　当天结算\n　　{FACTORY}\n"
    assert read(text) == [(one, [LEAD, "存得进", SHOP]), (other, [TEA, "当天结算", FACTORY])]


def test_counted_cases_are_parted_and_their_numbered_headings_are_not() -> None:
    text = f"案例一：竹岭村有了时间账本\n{LEAD}\n一、存得进\n{SHOP}\n案例二：新桥村的茶\n{TEA}\n一、收得快\n{FACTORY}\n"
    assert [title for title, _ in read(text)] == ["案例一：竹岭村有了时间账本", "案例二：新桥村的茶"]


def test_what_the_file_calls_a_lower_heading_begins_no_document() -> None:
    text = f"竹岭村有了时间账本\n{LEAD}\n新桥村走出茶叶致富路\n{TEA}\n"
    at = text.index("新桥村走出")
    headings = (Heading(Span(0, 9), 1), Heading(Span(at, at + 10), 2))
    assert len(read(text, headings=headings)) == 1


def test_lines_broken_at_the_edge_of_the_paper_are_joined() -> None:
    lines = [LEAD[i : i + 28] for i in range(0, len(LEAD), 28)], [SHOP[i : i + 28] for i in range(0, len(SHOP), 28)]
    text = "竹岭村有了时间账本\n\n" + "".join("　　" + "\n".join(paragraph) + "\n" for paragraph in lines)
    assert read(text) == [("竹岭村有了时间账本", [LEAD, SHOP])]


@pytest.mark.parametrize(
    ("foot", "top", "joined"),
    [
        (
            "安徽省池州市青阳县清风镇把收支、工程、低保三本账晒上墙，今年公布收支360笔，群",
            "众咨询86次，整改问题12个。",
            True,
        ),
        ("今年公布收支360笔，整改问题12个，", "群众咨询86次。", True),
        ("安徽省池州市青阳县清风镇把收支、工程、低保三本账晒上墙。", "群众咨询86次，整改问题12个。", False),
        (
            "安徽省池州市青阳县清风镇把收支、工程、低保三本账晒上墙，今年公布收支360笔，整改问题12个",
            "一、晒出来",
            False,
        ),
    ],
)
def test_a_paragraph_goes_on_over_the_border_of_a_printed_page(foot: str, top: str, joined: bool) -> None:
    text = f"清风镇把三本账晒上墙\n{foot}\n{top}\n镇里请退休教师当监督员，查账46次。\n"
    [(title, words)] = read(text, breaks=(text.index(top),))
    assert title == "清风镇把三本账晒上墙"
    assert words[:1] == ([foot + top] if joined else [foot])


def test_contents_are_not_told_twice() -> None:
    one, other = "竹岭村有了时间账本", "新桥村走出茶叶路"
    contents = f"山乡改革简报\n◆{one}\n◆{other}\n\n"
    text = f"{contents}{one}\n\n{LEAD}\n{SHOP}\n\n\n{other}\n\n{TEA}\n{FACTORY}\n"
    assert [words for _, words in read(text)] == [[LEAD, SHOP], [TEA, FACTORY]]


@pytest.mark.parametrize(
    ("above", "below"),
    [
        (
            "本期  首页 -我要投稿 -往日报纸 -使用帮助\n  站内搜索:\n",
            "\n 网友留言    留言(0)  查看全部\n留言读取中...\n 我来说两句\n",
        ),
        ("首页 > 新闻 > 要闻\n", "上一篇：别村的事\n下一篇：又一件事\n扫一扫在手机打开当前页\n"),
        ("要闻\n", "新闻推荐\n近日,在一处文化市场,古玩摆满摊位。各色...\n"),
        (
            "网站首页 | 政务公开 | 办事服务 | 互动交流\n",
            "责任编辑：李明\n【打印】【关闭】\n相关链接\n县里办起老年学堂\n邻县修好三条路\n",
        ),
    ],
)
def test_what_a_page_of_the_web_prints_around_an_article_is_left_out(above: str, below: str) -> None:
    assert read(f"{above}竹岭村有了时间账本\n{LEAD}\n{SHOP}\n{below}") == [("竹岭村有了时间账本", [LEAD, SHOP])]


def test_a_last_paragraph_that_ends_in_dots_stays() -> None:
    last = "夜深了，村里的灯一盏盏熄了，只有小店的灯还亮着……"
    assert read(f"竹岭村有了时间账本\n{LEAD}\n存得进\n{last}\n")[0][1][-1] == last


@pytest.mark.parametrize("left", ["亿元\n%", "单位：万人", "图1　2018—2022年会员数", "2019 2020 2021"])
def test_what_is_left_of_a_chart_is_neither_title_nor_text(left: str) -> None:
    assert read(f"竹岭村有了时间账本\n{LEAD}\n{left}\n{SHOP}\n") == [("竹岭村有了时间账本", [LEAD, SHOP])]


@pytest.mark.parametrize(
    ("credit", "names"),
    [
        ("\n（全媒体记者 王小明 通讯员 李大山 摄）", ("王小明", "李大山")),
        ("\n记者 王小明 摄", ("王小明",)),
        ("山里媒体记者 王小明 李大山 摄", ("王小明", "李大山")),
    ],
)
def test_who_took_the_pictures_of_a_story_signed_by_nobody_else_wrote_it(credit: str, names: tuple[str, ...]) -> None:
    page = Page(text=f"竹岭村有了时间账本\n{LEAD}{credit}\n", name="a.txt")
    (article,) = articles_of(page)
    assert (article.title, article.byline) == ("竹岭村有了时间账本", names)


def test_a_page_in_broken_columns_is_no_document() -> None:
    torn = [LEAD[:20], TEA[:23], LEAD[20:], TEA[23:]]
    page = Page(text="\n".join(["竹岭村有了时间账本", *torn, "新桥村走出茶叶路"]), name="a.txt")
    assert all("文字连续" not in article.reasons["order"] for article in articles_of(page))


SENTENCES = st.lists(st.sampled_from([LEAD, SHOP, RULES, TEA, FACTORY]), min_size=1, max_size=6)


@given(st.lists(st.tuples(st.sampled_from(["存得进", "取得出", "一、管好账", ""]), SENTENCES), min_size=1, max_size=6))
def test_nothing_of_a_text_that_runs_on_is_lost_or_moved(parts: list[tuple[str, list[str]]]) -> None:
    body = [text for head, texts in parts for text in ([head] if head else []) + texts]
    page = Page(text="\n".join(["竹岭村有了时间账本", *body]) + "\n", name="a.txt")
    spans = [s for article in articles_of(page) for p in article.paragraphs for s in p.spans]
    assert spans == sorted(spans, key=lambda s: s.start)
    printed = [page.text[s.start : s.end] for s in spans]
    assert [text for text in printed if len(text) > 10] == [text for text in body if len(text) > 10]
