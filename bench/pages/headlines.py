"""Headlines and headings in the forms that county papers and offices print, made of an article's own words."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

from bench.pages.clauses import clauses_of, equal_clauses, fours_in, place_in, stands_alone, terse
from bench.pages.names import new_names, printed
from bench.pages.records import Paragraph, Words

_NUMERALS = "一二三四五六七八九十"
_ASKS = ("如何", "怎样", "怎么", "为什么要")
_FORMS = (
    "fours",
    "fours",
    "numbered",
    "bracketed",
    "digits",
    "question",
    "sentence",
    "equal",
    "plain",
    "square",
    "nested",
)
"""Forms of headings that are made; ``fours`` are 四字 四字."""
_LABELS = ("镜头", "故事", "现场", "片段", "案例", "做法", "场景", "人物", "样本")
"""What may stand above each heading, with its number, on a line of its own."""
_LABELLED, _SIGNED = 0.12, 0.15
"""Shares of articles with made headings that have labels above them, and names of writers below."""
_BETWEEN = (" ", "　", "", "  ", "，")


def headline(titles: Sequence[str], text: str, county: bool, rnd: random.Random) -> list[Words]:
    """The lines of a headline: as the corpus has it, or in a county paper's manner."""
    lines = [Words(t, "title", _role(t, i, len(titles))) for i, t in enumerate(titles)]
    if county and rnd.random() < 0.6:
        made = _county(titles, text, rnd)
        lines = made or lines
    if len(lines) == 1 and len(lines[0].text) > 14 and rnd.random() < 0.35:
        lines = _broken(lines[0].text, rnd)
    return lines


def _role(title: str, at: int, of: int) -> str:
    if title.startswith(("——", "—", "--")):
        return "deck"
    return "kicker" if of > 1 and at == 0 else "headline"


def _county(titles: Sequence[str], text: str, rnd: random.Random) -> list[Words] | None:
    """地名：…, 四字 四字, 引题 and 副题 put to the headline; None where the article has no words for the form."""
    main = max(titles, key=len) if len(titles) > 1 else titles[0]
    place, fours = place_in(text), fours_in(text)
    clauses = [terse(c, rnd) for c in clauses_of(text)[:60] if stands_alone(c, 8, 20) and c not in main]
    between = rnd.choice(_BETWEEN[:4])
    colon = rnd.choice(("：", "：", ":", "： "))
    form = rnd.choice(("place", "place_line", "fours", "place_fours", "three_fours", "kicker", "deck", "three"))
    if form == "place" and place and "：" not in main:
        return [Words(f"{place}{colon}{main}", "title", "headline")]
    if form == "place_line" and place and "：" not in main:
        return [Words(f"{place}{colon.strip()}", "title", "kicker"), Words(main, "title", "headline")]
    if form == "fours" and len(fours) > 1:
        return [Words(between.join(rnd.sample(fours, 2)), "title", "headline")]
    if form == "place_fours" and place and len(fours) > 1:
        return [Words(f"{place}{colon}{between.join(rnd.sample(fours, 2))}", "title", "headline")]
    if form == "three_fours" and len(fours) > 2:
        return [Words((between or " ").join(rnd.sample(fours, 3)), "title", "headline")]
    if form in ("kicker", "three") and clauses:
        lines = [Words(rnd.choice(clauses), "title", "kicker"), Words(main, "title", "headline")]
        if form == "three" and len(clauses) > 1:
            lines.append(Words("——" + rnd.choice(clauses), "title", "deck"))
        return lines
    if form == "deck" and clauses:
        return [
            Words(main, "title", "headline"),
            Words(rnd.choice(("——", "—", "")) + rnd.choice(clauses), "title", "deck"),
        ]
    return None


def _broken(title: str, rnd: random.Random) -> list[Words]:
    """A long headline set in two printed lines, at a mark or a space where it has one."""
    marks = [m.end() for m in re.finditer(r"[ 　，：、]+", title) if 4 <= m.end() <= len(title) - 4]
    at = rnd.choice(marks) if marks else len(title) // 2 + rnd.randint(-2, 2)
    return [Words(title[:at].rstrip(" 　"), "title", "headline"), Words(title[at:].lstrip(" 　"), "title", "headline")]


def with_headings(paragraphs: Sequence[Paragraph], rnd: random.Random) -> list[Paragraph]:
    """Paragraphs with two to five headings between them, all of one form; unchanged where they are too few."""
    bodies = [p for p in paragraphs if p.kind == "body"]
    if len(bodies) < 5 or len(bodies) != len(paragraphs):
        return list(paragraphs)
    count = min(rnd.randint(2, 5), (len(bodies) - 1) // 2)
    starts = sorted(rnd.sample(range(1, len(bodies)), count))
    ends = [*starts[1:], len(bodies)]
    parts = ["".join(p.text for p in bodies[a:b]) for a, b in zip(starts, ends, strict=True)]
    heads = dict(zip(starts, _set_off(_headings(parts, rnd), rnd), strict=True))
    return [out for i, paragraph in enumerate(paragraphs) for out in (*heads.get(i, ()), paragraph)]


def _set_off(headings: Sequence[Sequence[str]], rnd: random.Random) -> list[list[Paragraph]]:
    """Headings with a numbered label above each now and then, or with the names of those who wrote the parts."""
    label = rnd.choice(_LABELS) if rnd.random() < _LABELLED else ""
    signed = rnd.random() < _SIGNED
    out: list[list[Paragraph]] = []
    for n, heads in enumerate(headings):
        own = [Paragraph("subhead", head) for head in heads]
        if own and label:
            own.insert(0, Paragraph("subhead", f"{label}{_NUMERALS[n]}"))
        if own and signed:
            names = printed(new_names(rnd, rnd.choice((1, 2, 2))), rnd, rnd.random() < 0.35)
            own.append(Paragraph("byline", rnd.choice(("本报记者 {}", "记者 {}", "{}", "通讯员 {}")).format(names)))
        out.append(own)
    return out


def _headings(parts: Sequence[str], rnd: random.Random) -> list[list[str]]:
    """The headings above each part; of two ranks where the form is ``nested``."""
    form = rnd.choice(_FORMS)
    if form == "equal":
        same = equal_clauses(parts)
        if same:
            return [[head] for head in same]
        form = "plain"
    between = rnd.choice(_BETWEEN)
    if form == "nested":
        return _nested(parts, between, rnd)
    made = [_heading(form, i, part, between, rnd) for i, part in enumerate(parts)]
    return [[head] if head else [] for head in made]


def _nested(parts: Sequence[str], between: str, rnd: random.Random) -> list[list[str]]:
    out: list[list[str]] = []
    upper = lower = 0
    for part in parts:
        begins = not out or rnd.random() < 0.5
        lower = 0 if begins else lower
        heads = [_heading("numbered", upper, part, between, rnd)] if begins else []
        heads.append(_heading("bracketed", lower, part, between, rnd))
        upper, lower = upper + begins, lower + 1
        out.append([head for head in heads if head])
    return out


def _heading(form: str, number: int, part: str, between: str, rnd: random.Random) -> str | None:
    fours = fours_in(part)
    clauses = [terse(c, rnd) for c in clauses_of(part)[:12] if stands_alone(c, 5, 16)]
    if form == "fours" and len(fours) > 1:
        return between.join(rnd.sample(fours, 2))
    if form == "question" and fours:
        return f"{rnd.choice(_ASKS)}{rnd.choice(fours)}？"
    if not clauses:
        return None
    clause = rnd.choice(clauses[:4])
    numeral = _NUMERALS[number]
    return {
        "numbered": f"{numeral}、{clause}",
        "bracketed": f"（{numeral}）{clause}",
        "digits": f"{number + 1}{rnd.choice(('.', '．', '、'))}{clause}",
        "sentence": f"{clause}，{rnd.choice(clauses[:6])}",
        "square": f"{rnd.choice('■◆●')}{clause}",
    }.get(form, clause)


def with_run_in_heads(paragraphs: Sequence[Paragraph], rnd: random.Random) -> list[Paragraph]:
    """Most paragraphs with a short sentence of their own words before them, in the same line; no heading lines."""
    bodies = [i for i, p in enumerate(paragraphs) if p.kind == "body"]
    form = rnd.choice(
        (
            "{head}。",
            "{head}。",
            "{n}是{head}。",
            "（{n}）{head}。",
            "{n}、{head}。",
            "——{head}。",
            "{head}：",
            "**{head}。**",
        )
    )
    out = list(paragraphs)
    number = 0
    for i in bodies[1:]:
        fours = fours_in(out[i].text)
        clauses = [c for c in clauses_of(out[i].text) if stands_alone(c, 6, 12)]
        head = "".join(rnd.sample(fours, 2)) if len(fours) > 1 and rnd.random() < 0.5 else next(iter(clauses), None)
        if head and number < len(_NUMERALS) and rnd.random() < 0.8:
            out[i] = Paragraph("body", form.format(head=head, n=_NUMERALS[number]) + out[i].text)
            number += 1
    return out


def renumbered(paragraphs: Sequence[Paragraph], rnd: random.Random) -> list[Paragraph]:
    """The headings that an article has, with numbers before them, now and then."""
    heads = [i for i, p in enumerate(paragraphs) if p.kind == "subhead"]
    if (
        not 2 <= len(heads) <= 9
        or rnd.random() > 0.25
        or any(re.match(r"[（(]?[一二三四五六七八九\d]", paragraphs[i].text) for i in heads)
    ):
        return list(paragraphs)
    form = rnd.choice(("{}、", "（{}）", "之{}：", "第{}，"))
    out = list(paragraphs)
    for n, i in enumerate(heads):
        out[i] = Paragraph("subhead", form.format(_NUMERALS[n]) + out[i].text)
    return out
