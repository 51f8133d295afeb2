"""Where and how the writers of an article are named."""

from __future__ import annotations

import random

from bench.pages.names import new_names, printed
from bench.pages.records import Paragraph, Story, Words

_ROLES = ("记者", "本报记者", "通讯员", "本报通讯员", "全媒体记者", "见习记者", "特约记者", "县融媒体中心记者")


def sign(story: Story, form: str, rnd: random.Random, names: list[str] | None = None) -> None:
    """Name the writers of a story in one form of the table ``habits.BYLINES``; the names go into its ``byline``.

    ``under`` puts names alone under the headline, ``role`` with 记者 or 通讯员, ``square`` with a mark, ``media`` with
    文/图; ``between`` above the last line of the headline; ``dateline`` and ``closing`` into the text; ``foot`` on a
    line below the text.
    """
    if form == "none" or not story.paragraphs:
        return
    names = names or new_names(rnd, rnd.choice((1, 1, 2, 2, 2, 3)))
    spaced = rnd.random() < 0.35
    shown = printed(names, rnd, spaced)
    roles = _with_roles(names, rnd, spaced)
    first, last = story.paragraphs[0], story.paragraphs[-1]
    if form == "closing" and last.kind == "body":
        words = rnd.choice((f"（{shown}）", f"（{roles}）", f"({roles})"))
        story.paragraphs[-1] = Paragraph("body", last.text + words)
    elif form == "dateline" and first.kind == "body":
        opening = rnd.choice((f"本报讯（{roles}）", f"本报讯 {roles} ", f"本报讯({roles}) ", f"本报讯（{roles} ）　"))
        story.paragraphs[0] = Paragraph("body", opening + first.text)
    elif form == "foot":
        story.foot.append(Words(rnd.choice((roles, f"（{roles}）", shown, f"({shown})", f"作者：{shown}")), "byline"))
    elif form == "between" and len(story.head) > 1:
        story.head.insert(-1, Words(rnd.choice((roles, shown)), "byline"))
    elif form in ("under", "role", "square", "media", "between"):
        story.head.append(Words(_under(form, shown, roles, rnd), "byline"))
    else:
        return
    story.byline = [*story.byline, *names]


def _under(form: str, shown: str, roles: str, rnd: random.Random) -> str:
    if form == "under":
        return shown
    if form == "square":
        return rnd.choice("■□◎●▲") + rnd.choice(("", " ")) + rnd.choice((roles, f"记者 {shown}", f"{shown} 文/图"))
    if form == "media":
        return rnd.choice((f"文/图 {shown}", f"{shown} 文/图", f"{roles} 文/摄", f"文/{shown}", f"{roles}/文"))
    return roles


def _with_roles(names: list[str], rnd: random.Random, spaced: bool) -> str:
    """``记者 甲 通讯员 乙``: one role for all, or the last names with another."""
    role = rnd.choice(_ROLES)
    colon = rnd.choice((" ", " ", "", "：", "　"))
    if len(names) == 1 or rnd.random() < 0.5:
        return f"{role}{colon}{printed(names, rnd, spaced)}"
    at = rnd.randint(1, len(names) - 1)
    second = "通讯员" if role != "通讯员" else "记者"
    return f"{role}{colon}{printed(names[:at], rnd, spaced)} {second}{colon}{printed(names[at:], rnd, spaced)}"
