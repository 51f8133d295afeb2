"""Lines of a newspaper's sheet that belong to no article: mastheads, page numbers, editors, notices."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

from bench.pages.names import new_names
from bench.pages.records import Words

SECTIONS = (
    "要闻", "综合新闻", "基层动态", "一线传真", "经验交流", "记者走基层", "县域观察", "专题报道", "视点",
    "乡镇之窗", "党建引领", "民生关注", "三农天地", "部门动态", "亮点工作", "基层治理", "文明实践", "特别关注",
    "深度报道", "创新案例",
)  # fmt: skip
BRIEFS = ("简讯", "短讯", "短波", "一句话新闻", "新闻快览", "要闻速览", "乡镇短讯", "部门快讯", "集萃", "快讯")
_PAPERS = ("清河", "安宁", "平远", "东山", "云溪", "南屏", "长乐", "桃源", "永丰", "金水")
_PAPER_KINDS = ("日报", "报", "晚报", "周刊", "新闻", "社区报", "农村报", "党建")
_MASTHEAD = (
    "{paper}", "第{n}版 {section}", "{n}版", "{n}", "A{n:02d}", "{y}年{m}月{d}日　星期{w}",
    "{y}年{m}月{d}日 星期{w}", "{y}-{m:02d}-{d:02d}", "责任编辑：{a} 版式：{b}", "责编 {a} 版式 {b} 校对 {c}",
    "本版责编：{a} {b}", "编辑：{a}　美编：{b}　校对：{c}", "■ 责编：{a} ■ 校对：{b}",
    "电子邮箱：news{k}@example.com", "新闻热线：0{k}-{k2}", "国内统一刊号 CN{k}-00{n:02d}", "总第{k2}期",
    "今日{n}版", "投稿邮箱：{paper}@example.com", "扫描二维码 关注{paper}", "农历{nl}月{nd}",
    "主办：{place}融媒体中心", "网址：www.example.com", "值班编委：{a}", "统筹：{a} {b}",
)  # fmt: skip
_NOTICES = (
    "公益广告：讲文明 树新风", "广告热线：0{k}-{k2}", "遗失声明：{a}遗失身份证一张，声明作废。",
    "天气预报：明天多云到晴，{n}到{n2}℃", "广告", "节约用水 人人有责",
    "停电公告：因检修需要，{m}月{d}日停电。", "招租：沿街商铺{n}间，联系电话{k}{k2}",
)  # fmt: skip


def facts(rnd: random.Random, date: str) -> Mapping[str, object]:
    """What the forms of lines are filled with: a day (the page's own where it has one), names, numbers, a place."""
    digits = date.replace("-", "")
    known = len(digits) >= 8
    a, b, c = new_names(rnd, 3)
    place = rnd.choice(_PAPERS)
    return {
        "y": digits[:4] if known else str(rnd.randint(2015, 2025)),
        "m": int(digits[4:6]) if known else rnd.randint(1, 12),
        "d": int(digits[6:8]) if known else rnd.randint(1, 28),
        "w": rnd.choice("一二三四五六日"),
        "n": rnd.randint(1, 12),
        "n2": rnd.randint(13, 34),
        "k": rnd.randint(310, 998),
        "k2": rnd.randint(2000000, 8999999),
        "a": a,
        "b": b,
        "c": c,
        "place": place,
        "paper": place + rnd.choice(_PAPER_KINDS),
        "section": rnd.choice(SECTIONS),
        "nl": rnd.choice("正二三四五六七八九十"),
        "nd": rnd.choice(("初三", "初八", "十五", "廿二")),
    }


def furniture(rnd: random.Random, date: str) -> list[Words]:
    """One to five lines of a masthead or foot, of one page and day."""
    known = facts(rnd, date)
    forms = rnd.sample(_MASTHEAD, rnd.choice((1, 2, 2, 3, 4, 5)))
    lines = [Words(form.format(**known), "sheet", "masthead") for form in forms]
    if len(lines) > 2 and rnd.random() < 0.3:
        lines[:2] = [Words(f"{lines[0].text}　{lines[1].text}", "sheet", "masthead")]
    return lines


def notice(rnd: random.Random, date: str) -> Words:
    """An advertisement or notice."""
    return Words(rnd.choice(_NOTICES).format(**facts(rnd, date)), "sheet", "notice")


def guide(rnd: random.Random, titles: Sequence[str]) -> list[Words]:
    """A guide to what stands on other pages: headlines with their page."""
    form = rnd.choice(("{title} {n}版", "▶{title} 详见第{n}版", "{title}（{n}版）", "{title}……{n}", "●{title}"))
    chosen = rnd.sample(list(titles), min(len(titles), rnd.randint(2, 5)))
    lines = [form.format(title=title, n=rnd.randint(2, 8)) for title in chosen]
    return [
        Words(line, "sheet", "guide") for line in (rnd.choice(("导读", "今日导读", "要闻导读", "本期导读")), *lines)
    ]
