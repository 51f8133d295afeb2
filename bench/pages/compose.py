"""An issue's articles as a page will print them: headlines, headings, names, column heads, news in brief, captions."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from bench.pages import sheet
from bench.pages.bylines import sign
from bench.pages.clauses import fours_in, place_in
from bench.pages.habits import Level, Style
from bench.pages.headlines import headline, renumbered, with_headings, with_run_in_heads
from bench.pages.ours import as_ours
from bench.pages.parse import names_in
from bench.pages.pictures import Pool, caption, split_credit
from bench.pages.records import Article, Paragraph, Story, Words

_BULLETS = ("●", "▲", "■", "◆", "○", "★", "▶", "·")


def stories_of(
    articles: Sequence[Article], level: Level, style: Style, pool: Pool, rnd: random.Random
) -> tuple[list[Story], str]:
    """The stories of a page in the order of the sheet, and the page's date."""
    chosen = _fitting(articles, level, style, rnd)
    briefs: list[Article] = []
    if rnd.random() < level.round_up and len(chosen) > 4:
        briefs = sorted(chosen, key=lambda a: a.size)[: rnd.randint(3, min(5, len(chosen) - 2))]
        chosen = [a for a in chosen if a not in briefs]
    stories = [_story(a, level, style, pool, rnd) for a in chosen]
    if rnd.random() < level.section and len(stories) > 2:
        stories = _under_a_head(stories, level, style, pool, rnd)
    if briefs:
        at = rnd.randint(0, len(stories))
        stories[at:at] = _round_up(briefs, style, rnd)
    if rnd.random() < level.picture and pool.sentences:
        stories.insert(rnd.randint(0, len(stories)), _picture(articles[0].key, pool, rnd))
    return stories, articles[0].date


def _picture(key: str, pool: Pool, rnd: random.Random) -> Story:
    """News of a picture: its words, under a short headline or none."""
    words = caption(pool, rnd.random() < 0.5, rnd)
    fours = fours_in("".join(pool.sentences[:400]))
    title = " ".join(rnd.sample(fours, 2)) if len(fours) > 1 and rnd.random() < 0.6 else ""
    head = [Words(title, "title", "headline")] if title else []
    return Story(f"{key}-picture", [title] if title else [], head, [], captions=[words], kind="caption")


def _fitting(articles: Sequence[Article], level: Level, style: Style, rnd: random.Random) -> list[Article]:
    """As many articles as the page has room for; one to three where it is a document, a web page or a small one."""
    most = {"document": rnd.choice((1, 1, 1, 2, 3)), "web": 1}.get(style.level, 12)
    least, largest = level.room
    room = largest if least == largest else rnd.randint(least, largest)
    if style.level == "small":
        most = rnd.choice((1, 1, 2, 2, 3))
        articles = rnd.sample(list(articles), len(articles))
        articles = sorted(articles, key=lambda a: a.size > room) if any(a.size <= room for a in articles) else articles
    out: list[Article] = []
    for article in articles:
        if len(out) < most and (article.size <= room or not out):
            out.append(article)
            room -= article.size
    return out


def _story(article: Article, level: Level, style: Style, pool: Pool, rnd: random.Random) -> Story:
    paragraphs = _text_of(article)
    if len(paragraphs) > 60:
        paragraphs = paragraphs[:60]
    titles = list(article.titles)
    ours = as_ours("".join(p.text for p in paragraphs), rnd) if rnd.random() < level.ours else None
    if ours:
        paragraphs = [replace(p, text=ours(p.text)) for p in paragraphs]
        titles = [ours(t) for t in titles] if rnd.random() < 0.6 else titles
    text = "".join(p.text for p in paragraphs)
    paragraphs = renumbered(paragraphs, rnd)
    if article.size > 600 and rnd.random() < level.made_subheads:
        paragraphs = with_headings(paragraphs, rnd)
    if article.size > 600 and rnd.random() < level.run_in:
        paragraphs = with_run_in_heads(paragraphs, rnd)
    head = headline(_spaced(titles, level, rnd), text, style.county, rnd)
    if len(head) == 2 and len(head[0].text + head[1].text) <= 40 and rnd.random() < level.split_title:
        head = [Words(f"{head[0].text} {head[1].text}", "title", "headline")]
    story = Story(article.key, [w.text for w in head], head, paragraphs)
    story.kind = "caption" if article.picture else "case"
    if rnd.random() < level.label:
        story.section = rnd.choice(sheet.SECTIONS)
        story.head.insert(0, Words(story.section, "sheet", "section"))
    _name(story, article, level, style, rnd)
    story.captions = [split_credit(p.text, rnd) for p in article.paragraphs if p.kind == "caption"]
    for _ in range(max(1, article.size // 500)):
        if story.kind == "case" and rnd.random() < level.caption:
            story.captions.append(caption(pool, rnd.random() < level.plain_caption, rnd))
    if story.kind == "case" and article.size > 500 and rnd.random() < level.continued:
        _cut_off(story, rnd)
        story.byline = _printed_names(story, story.byline)
    return story


def _text_of(article: Article) -> list[Paragraph]:
    """The running text with its headings, and the names of those who wrote its parts where they stand inside it."""
    text = [p for p in article.paragraphs if p.kind in ("body", "subhead", "byline")]
    first = next((i for i, p in enumerate(text) if p.kind == "body"), 0)
    return [p for i, p in enumerate(text) if i >= first or p.kind != "byline"]


def _name(story: Story, article: Article, level: Level, style: Style, rnd: random.Random) -> None:
    """The writers as the corpus prints them, or named in the page's own form."""
    above = takewhile(lambda p: p.kind != "body", article.paragraphs)
    story.head += [Words(p.text, "byline") for p in above if p.kind == "byline"][:2]
    inside = [name for p in story.paragraphs if p.kind == "byline" for name in names_in(p.text)]
    story.byline = _printed_names(story, list(dict.fromkeys([*article.byline, *inside])))
    unprinted = [name for name in article.byline if name not in story.byline]
    form = style.byline
    if unprinted:
        sign(story, "under" if form == "none" else form, rnd, unprinted[:4])
    elif not story.byline and story.kind == "case" and article.size > 180 and rnd.random() < level.signed:
        sign(story, form, rnd)


def _printed_names(story: Story, names: Sequence[str]) -> list[str]:
    """Those of some names that a story prints anywhere."""
    lines = [w.text for w in (*story.head, *story.foot)] + [p.text for p in story.paragraphs]
    flat = re.sub(r"\s", "", "".join(lines))
    return [name for name in names if name in flat]


def _spaced(titles: Sequence[str], level: Level, rnd: random.Random) -> list[str]:
    """Headlines with their layout spaces kept, narrowed or gone."""
    return [t if rnd.random() < level.title_spaces else re.sub(r"[ \u3000]+", rnd.choice(("", " ")), t) for t in titles]


def _cut_off(story: Story, rnd: random.Random) -> None:
    """Leave only the beginning or the end of a story on the page, with the word where the rest stands."""
    bodies = [i for i, p in enumerate(story.paragraphs) if p.kind == "body" and len(p.text) > 30]
    if not bodies:
        return
    at = rnd.choice(bodies)
    text = story.paragraphs[at].text
    cut = rnd.randint(10, len(text) - 10)
    page = rnd.choice(("一", "二", "三", "四", "1", "2", "4", "5", "8", "A4"))
    if rnd.random() < 0.5:
        story.paragraphs = [*story.paragraphs[:at], Paragraph("body", text[:cut])]
        words = rnd.choice(
            (f"（下转第{page}版）", f"下转第{page}版", f"（下转{page}版）", f"▶▶下转第{page}版", f"(下转第{page}版)")
        )
        story.foot.append(Words(words, "sheet", rnd.choice(("continued", "continued inline"))))
        story.ends_elsewhere = True
    else:
        story.paragraphs = [Paragraph("body", text[cut:]), *story.paragraphs[at + 1 :]]
        words = rnd.choice((f"（上接第{page}版）", f"上接第{page}版", f"（上接{page}版）", f"◀◀上接第{page}版"))
        story.head.append(Words(words, "sheet", "continued"))
        story.begins_elsewhere = True


def _under_a_head(stories: list[Story], level: Level, style: Style, pool: Pool, rnd: random.Random) -> list[Story]:
    """A column head over two to four neighbours, with a lead of its own or without."""
    count = min(rnd.randint(2, 4), len(stories))
    at = rnd.randint(0, len(stories) - count)
    members = stories[at : at + count]
    lead = rnd.random() < level.section_lead and bool(pool.sentences)
    name = rnd.choice(sheet.SECTIONS)
    if lead:
        fours = fours_in("".join(p.text for s in members for p in s.paragraphs))
        place = place_in(members[0].paragraphs[0].text) if members[0].paragraphs else None
        if len(fours) > 1:
            name = (f"{place}：" if place and rnd.random() < 0.5 else "") + " ".join(rnd.sample(fours, 2))
        text = "".join(rnd.sample(pool.sentences, min(len(pool.sentences), rnd.randint(2, 4))))
        opening = rnd.choice(("编者按：", "编者按 ", "【编者按】", "开栏的话：", "", ""))
        head = [Words(name, "title", "section")]
        lead_story = Story(
            f"{members[0].key}-lead", [name], head, [Paragraph("body", opening + text)], role="section_lead"
        )
        for story in members:
            story.section = name
        return [*stories[:at], lead_story, *stories[at:]]
    members[0].head.insert(
        0, Words(rnd.choice(("{}", "{}", "【{}】", "■{}", "● {}", "▌{}")).format(name), "sheet", "section")
    )
    for story in members:
        story.section = name
    return stories


def _round_up(articles: Sequence[Article], style: Style, rnd: random.Random) -> list[Story]:
    """News in brief: one story with a paragraph an item, or a story an item below a common head."""
    name = rnd.choice(sheet.BRIEFS)
    items = [(a, _brief(a)) for a in articles]
    if rnd.random() < 0.5:
        bullet = rnd.choice(_BULLETS)
        form = rnd.choice(
            (
                "{bullet}{text}",
                "{bullet} {text}",
                "【{place}】{text}",
                "{bullet}{place}：{text}",
                "**{place}**　{text}",
                "{place}：{text}",
            )
        )
        texts = [form.format(bullet=bullet, place=place_in(t) or "本报讯", text=t) for _, t in items]
        head = [Words(name, "title", "headline")]
        return [Story(f"{articles[0].key}-briefs", [name], head, [Paragraph("body", t) for t in texts])]
    stories = []
    for article, text in items:
        title = max(article.titles, key=len)
        byline = [n for n in article.byline if n in text]
        stories.append(
            Story(article.key, [title], [Words(title, "title", "headline")], [Paragraph("body", text)], byline=byline)
        )
        stories[-1].section = name
    stories[0].head.insert(0, Words(rnd.choice(("{}", "■ {}", "【{}】", "□{}")).format(name), "sheet", "section"))
    return stories


def _brief(article: Article) -> str:
    """The first sentences of an article, 60 to 220 characters."""
    text = "".join(p.text for p in article.paragraphs if p.kind == "body")
    out = ""
    for sentence in re.findall(r".+?(?:[。！？][”’）]*|$)", text):
        out += sentence
        if len(out) >= 60 and out.count("“") == out.count("”"):
            break
    return out[:220]
