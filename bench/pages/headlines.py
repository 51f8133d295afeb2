"""Headlines and headings in the forms that county papers and offices print, made of an article's own words."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

from bench.pages.clauses import clauses_of, equal_clauses, fours_in, place_in, stands_alone
from bench.pages.records import Paragraph, Words

_NUMERALS = "一二三四五六七八九十"
_ASKS = ("如何", "怎样", "怎么", "为什么要")
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
    clauses = [c for c in clauses_of(text) if stands_alone(c, 8, 20) and c not in main]
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
    """Paragraphs with two to four headings between them, all of one form; unchanged where they are too few."""
    bodies = [i for i, p in enumerate(paragraphs) if p.kind == "body"]
    if len(bodies) < 5 or len(bodies) != len(paragraphs):
        return list(paragraphs)
    count = min(rnd.randint(2, 4), (len(bodies) - 1) // 2)
    starts = sorted(rnd.sample(range(1, len(bodies)), count))
    ends = [*starts[1:], len(bodies)]
    parts = ["".join(paragraphs[i].text for i in range(a, b)) for a, b in zip(starts, ends, strict=True)]
    heads = _headings(parts, rnd)
    out = list(paragraphs)
    for at, head in reversed(list(zip(starts, heads, strict=True))):
        if head:
            out.insert(at, Paragraph("subhead", head))
    return out


def _headings(parts: Sequence[str], rnd: random.Random) -> list[str | None]:
    form = rnd.choice(
        ("fours", "fours", "numbered", "bracketed", "digits", "question", "sentence", "equal", "plain", "square")
    )
    if form == "equal":
        same = equal_clauses(parts)
        if same:
            return list(same)
        form = "plain"
    between = rnd.choice(_BETWEEN)
    return [_heading(form, i, part, between, rnd) for i, part in enumerate(parts)]


def _heading(form: str, number: int, part: str, between: str, rnd: random.Random) -> str | None:
    fours = fours_in(part)
    clauses = [c for c in clauses_of(part) if stands_alone(c, 5, 16)]
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
