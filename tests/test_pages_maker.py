"""The page maker: what it prints is what the corpus has, each character once and in order, and its labels say so."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import subprocess
import sys
import unicodedata
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.pages.__main__ import pages
from bench.pages.clauses import paragraphs_of
from bench.pages.habits import LEVELS, draw
from bench.pages.make import make_page
from bench.pages.ours import as_ours
from bench.pages.parse import names_in, parse
from bench.pages.pictures import pool_of
from bench.pages.records import KINDS, Article, Paragraph, Story
from bench.pages.sources import is_reserved, issues_of
from bench.pages.typeset import printed_lines
from bench.pages.wear import worn

_WHO = ("安吉县", "鄣吴镇的干部", "村民代表", "合作社", "网格员", "返乡青年", "老党员", "供销社的人")
_DID = (
    "把山路修到了家门口",
    "办起夜校",
    "一户一户上门算账",
    "清点了去年的3 860亩竹林",
    "围坐在院子里议事",
    "盘活闲置房屋27间",
)
_AND = ("群众满意", "大家都说好", "账目上墙", "收入增加了12.6%", "强基固本", "共建共享", "心里有了底", "矛盾少了一半")


def article(n: int, rnd: random.Random) -> Article:
    """An article of our own invention."""
    lines = [
        "，".join((rnd.choice(_WHO) + rnd.choice(_DID), *rnd.sample(_AND, 3))) + "。" for _ in range(rnd.randint(8, 24))
    ]
    body = ["".join(lines[i : i + 2]) for i in range(0, len(lines), 2)]
    if n % 3 == 0 and len(body) > 4:
        body.insert(2, "让账目见光")
    if n % 4 == 1:
        body.append("图为村民在院子里议事。王小明 摄")
    if n % 5 == 2:
        body[0] = "本报讯（记者 李大江）" + body[0]
    made = parse(f"own-{n}", "自编", "20200208", [f"第{n}个村子的路修通了"], body)
    assert made
    return made


ARTICLES = [article(n, random.Random(n)) for n in range(24)]
POOL = pool_of(ARTICLES)
CASES = [(level, seed) for level in LEVELS for seed in range(12)]


def page(level: str, seed: int) -> tuple[str, dict[str, Any], list[Story]]:
    own = random.Random(seed).sample(ARTICLES, 7)
    return make_page(own, level, f"{level}/{seed}", POOL)


def bare(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def as_composed(story: Story, lost: list[list[int]]) -> str:
    """A story's text without what was lost at its cuts, and without names on a line of their own."""
    gone = {(p, i) for p, start, end in lost for i in range(start, end)}
    text = [(p, par.text) for p, par in enumerate(story.paragraphs) if par.kind != "byline"]
    return "".join(c for p, words in text for i, c in enumerate(words) if (p, i) not in gone)


@pytest.mark.parametrize(("level", "seed"), CASES)
def test_every_character_of_a_story_is_printed_once_and_in_order(level: str, seed: int) -> None:
    text, gold, stories = page(level, seed)
    assert len(gold["articles"]) == len(stories)
    for label, story in zip(gold["articles"], stories, strict=True):
        printed = bare("".join(text[a:b] for a, b in label["spans"]))
        if story.kind == "caption":
            assert not label["spans"]
            continue
        expected = bare(as_composed(story, label["lost"]))
        assert len(printed) == len(expected)
        alike = sum(a == b for a, b in zip(printed, expected, strict=True))
        worn = any(gold["style"][x] for x in ("straight", "misread", "radicals", "half"))
        assert alike == len(expected) if not worn else alike > 0.85 * len(expected)


@pytest.mark.parametrize(("level", "seed"), CASES)
def test_spans_of_a_page_do_not_overlap(level: str, seed: int) -> None:
    _, gold, _ = page(level, seed)
    spans = sorted((a, b) for label in gold["articles"] for a, b in label["spans"])
    assert all(b <= c for (_, b), (c, _) in pairwise(spans))


@pytest.mark.parametrize(("level", "seed"), CASES)
def test_lines_have_one_kind_and_one_article(level: str, seed: int) -> None:
    text, gold, _ = page(level, seed)
    lines = text.split("\n")
    kinds = gold["line_kinds"]
    assert {n for n, line in enumerate(lines, 1) if line.strip()} == set(kinds)
    assert set(kinds.values()) <= set(KINDS)
    listed = Counter(
        n
        for label in gold["articles"]
        for first, last in label["paragraphs"]
        for n in range(first, last + 1)
        if n in kinds
    )
    assert set(listed.values()) <= {1}
    assert set(listed) == {n for n, kind in kinds.items() if kind in ("body", "subhead")}
    for number, label in enumerate(gold["articles"]):
        own = [n for first, last in label["paragraphs"] for n in range(first, last + 1) if n in kinds]
        assert all(gold["line_articles"][n] == number for n in own)
        assert all(i + 1 < len(label["paragraphs"]) for i in label["continues"])
        assert all(
            n in label["title_lines"]
            for n, kind in kinds.items()
            if kind == "title" and gold["line_articles"][n] == number
        )


@pytest.mark.parametrize("level", LEVELS)
def test_lines_of_two_articles_say_which_words_are_whose(level: str) -> None:
    for seed in range(30):
        text, gold, _ = page(level, seed)
        for n, pieces in gold["shared_lines"].items():
            line = text.split("\n")[n - 1]
            start = sum(len(x) + 1 for x in text.split("\n")[: n - 1])
            assert bare("".join(text[a:b] for a, b, _, _ in pieces)) == bare(re.sub(r"^#+ |\*\*", "", line))
            assert all(start <= a <= b <= start + len(line) for a, b, _, _ in pieces)


def test_harsh_pages_have_the_damage_that_they_are_for() -> None:
    found: Counter[str] = Counter()
    for seed in range(60):
        found.update(page("harsh", seed)[1]["damage"])
        found.update(page("county", seed)[1]["damage"])
    assert {
        "columns in one line",
        "columns alternating",
        "columns backwards",
        "tail elsewhere",
        "body above its title",
    } <= set(found)
    assert {"characters lost", "paragraphs merged", "cut inside a printed line", "order zip", "order columns"} <= set(
        found
    )


@pytest.mark.parametrize("level", ["clean", "document", "web"])
def test_an_undamaged_page_is_in_reading_order(level: str) -> None:
    for seed in range(12):
        _, gold, _ = page(level, seed)
        for label in gold["articles"]:
            assert label["spans"] == sorted(label["spans"])


def test_a_small_page_has_one_to_three_articles() -> None:
    sizes = [len([s for s in page("small", seed)[2] if s.kind != "caption"]) for seed in range(12)]
    assert {1, 2} <= set(sizes) <= {1, 2, 3}


def test_an_article_cut_off_says_so() -> None:
    cut = [
        (label, gold, text)
        for seed in range(80)
        for text, gold, _ in [page("county", seed)]
        for label in gold["articles"]
        if label["begins_elsewhere"] or label["ends_elsewhere"]
    ]
    assert cut
    assert all(re.search("[下上][转接]", text) for _, _, text in cut)


def test_names_are_labelled_as_they_are_printed() -> None:
    for seed in range(20):
        text, gold, _ = page("mild", seed)
        flat = bare(text)
        for label in gold["articles"]:
            if not gold["style"]["misread"] and not gold["style"]["radicals"]:
                assert all(name in flat for name in label["byline"])


def corpus(folder: Path) -> Path:
    """A corpus of our own articles in all its forms."""
    rows = [
        {
            "paper": f"纸{n % 2}",
            "date": "20200208",
            "titles": list(a.titles),
            "paragraphs": [p.text for p in a.paragraphs],
        }
        for n, a in enumerate(ARTICLES)
    ]
    reserved = {**rows[0], "date": "20200207", "titles": ["留作考试的一天"]}
    (folder / "papers.jsonl").write_text(
        "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in [*rows, reserved]), "utf-8"
    )
    spoken = [
        {
            "date": "20200208",
            "title": f"[视频]{a.titles[0]}",
            "text": "央视网消息（新闻联播）：" + "\r\n".join(p.text for p in a.paragraphs),
        }
        for a in ARTICLES
    ]
    (folder / "spoken.jsonl").write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in spoken), "utf-8")
    daily = folder / "daily" / "202002"
    daily.mkdir(parents=True)
    for n, a in enumerate(ARTICLES[:8]):
        text = a.titles[0] + "\n\n" + "\n".join("　　" + p.text for p in a.paragraphs)
        (daily / f"20200208-01-{n:02d}.txt").write_text(text, "utf-8")
        (daily / f"20200209-01-{n:02d}.txt").write_text(text, "utf-8")
    (folder / "web").mkdir()
    web = ["2023-08-08 10:00，正文：近日，" + "".join(p.text for p in a.paragraphs) for a in ARTICLES]
    (folder / "web" / "part").write_text("\n".join(web), "utf-8")
    return folder


def test_a_corpus_is_read_in_all_its_forms_without_the_reserved_days(tmp_path: Path) -> None:
    issues = issues_of(corpus(tmp_path))
    assert {i.source for i in issues} == {"papers", "spoken", "daily", "web"}
    assert {i.paper for i in issues} == {"纸0", "纸1", "spoken", "daily", "web"}
    articles = [a for i in issues for a in i.load()]
    assert not any(is_reserved(a.date) for a in articles)
    assert not any("[视频]" in t or "留作考试" in t for a in articles for t in a.titles)
    assert {i.paper for i in issues_of(tmp_path, ["纸1", "web"])} == {"纸1", "web"}
    with pytest.raises(FileNotFoundError):
        issues_of(tmp_path, ["没有的报"])


def kept(folder: Path, states: list[dict[str, str]]) -> None:
    """A repository without a work tree, with some states of its files."""
    tree = folder.parent / "tree"
    git = ["git", f"--git-dir={folder}", f"--work-tree={tree}", "-c", "user.name=a", "-c", "user.email=a@b"]
    subprocess.run(["git", "init", "-q", "--bare", str(folder)], check=True)
    for state in states:
        shutil.rmtree(tree, ignore_errors=True)
        for name, text in state.items():
            (tree / name).parent.mkdir(parents=True, exist_ok=True)
            (tree / name).write_text(text, "utf-8")
        subprocess.run([*git, "add", "-A"], check=True)
        subprocess.run([*git, "commit", "-q", "-m", "state"], check=True)


def feed(*titles: str) -> str:
    html = "<div>2026年01月04日 星期日</div><p>　村里修了路。</p><p>山货&amp;药材卖得好。<br/></p>"
    items = [{"title": t, "content_html": html, "date_published": "2026-01-04T01:00:00Z"} for t in titles]
    return json.dumps({"items": items})


def test_the_corpus_is_gathered_from_every_state_that_a_repository_keeps(tmp_path: Path) -> None:
    mirror, into = tmp_path / "mirror", tmp_path / "corpus"
    kept(
        mirror / "exposir+RSS" / "repo",
        [
            {"feeds/xinhua.json": feed("山路通了", "03版要闻 - 食堂开了")},
            {"feeds/xinhua.json": "not json"},
            {"feeds/xinhua.json": feed("食堂开了", "账目上墙")},
        ],
    )
    row = "REPLACE INTO `p8_cms_item_article_{}` VALUES ({});\n"
    cells = "'7','article','2','1','admin','县里开会','','1325462400'"
    told = "'1','7','1','','<p>" + "会上说到山路。" * 30 + "\\r\\n</p><p>散会。</p>'"
    kept(
        mirror / "zxykuangfeng+guomeicms",
        [{"install/data/gov8/fill_data/cms.php": row.format("", cells) + row.format("addon", told)}],
    )
    asked = [sys.executable, "-m", "bench.pages.gather", "--mirror", str(mirror), "--corpus", str(into)]
    done = subprocess.run(asked, capture_output=True, text=True, check=True)
    assert "china-data+xwlb" in done.stderr
    rows = [json.loads(line) for line in (into / "xinhua.jsonl").read_text("utf-8").splitlines()]
    assert [r["titles"] for r in rows] == [["山路通了"], ["账目上墙"], ["食堂开了"]]
    assert {tuple(r["paragraphs"]) for r in rows} == {("村里修了路。", "山货&药材卖得好。")}
    (office,) = [json.loads(line) for line in (into / "gov.jsonl").read_text("utf-8").splitlines()]
    assert (office["date"], office["titles"], len(office["paragraphs"])) == ("2012-01-02", ["县里开会"], 2)


def test_pages_are_as_many_as_asked_for(tmp_path: Path) -> None:
    made = list(pages(issues_of(corpus(tmp_path)), "mixed", 15, 3))
    assert len(made) == 15
    assert len({text for text, _ in made}) == 15


def test_the_same_arguments_give_the_same_bytes(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    source = corpus(tmp_path / "corpus")
    outs = []
    for n in range(2):
        out = tmp_path / f"out{n}"
        command = [sys.executable, "-m", "bench.pages", "--corpus", str(source), "--out", str(out), "--count", "8"]
        subprocess.run(command, check=True, capture_output=True, env={**os.environ, "PYTHONHASHSEED": str(n)})
        outs.append({p.name: p.read_bytes() for p in sorted(out.iterdir())})
    assert outs[0] == outs[1]
    assert len(outs[0]) == 16


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("记者 王　明 李小红、通讯员 赵大力", ["王明", "李小红", "赵大力"]),
        ("■本报记者 欧阳志远 文/图", ["欧阳志远"]),
        ("（通讯员：周一鸣 钱江）", ["周一鸣", "钱江"]),
    ],
)
def test_names_in_a_byline(text: str, names: list[str]) -> None:
    assert names_in(text) == names


@pytest.mark.parametrize(
    "lines",
    [["太短了。"], ["一", "二", "三", "四", "五", "六", "七"], []],
)
def test_what_is_no_running_text_is_no_article(lines: list[str]) -> None:
    assert parse("x", "报", "20200208", ["标题"], lines) is None


def test_kinds_of_an_articles_own_lines() -> None:
    long = "村里的路修通以后，合作社的竹笋当天就能送到城里，去年一年卖出的数量是前年的两倍，账目都贴在墙上。"
    short = ["钱从哪里来？", "让账目见光", "“你们信得过吗？”", "●一条要点没有句号", "电话：0572-5021234"]
    lines = [line for own in short for line in (long, own)]
    made = parse("x", "报", "20200208", ["账目上墙"], lines)
    assert made
    assert [p.kind for p in made.paragraphs][1::2] == ["subhead", "subhead", "body", "body", "sheet"]


def test_our_county_replaces_its_name_with_all_above_it() -> None:
    text = "近年来，浙江省湖州市安吉县修了路，安吉县的竹林有人管了。"
    ours = as_ours(text, random.Random(1))
    assert ours
    assert "安吉" not in ours(text)
    assert "湖州" not in ours(text)
    assert as_ours("安吉县修了路。", random.Random(1)) is None


def test_paragraphs_cut_from_running_text_keep_every_character() -> None:
    text = "“路通了。”老王说，“人也回来了！”" * 20
    assert "".join(paragraphs_of(text, random.Random(4))) == text


TEXTS = st.lists(st.text("一二三四五，。“”（）：、 0123%", min_size=1, max_size=80), min_size=1, max_size=6)


@given(TEXTS, st.integers(6, 24))
def test_printed_lines_hold_every_character_once(texts: list[str], width: int) -> None:
    paragraphs = [Paragraph("body", t) for t in texts]
    lines = printed_lines(paragraphs, width)
    assert ["".join(t[a:b] for n, a, b in lines if n == i) for i, t in enumerate(texts)] == texts
    assert all(1 <= b - a <= width + 3 for _, a, b in lines)


@given(st.text("人大水末日，。“”（）123乡村", max_size=120), st.integers(0, 999))
def test_wear_changes_characters_one_for_one(text: str, seed: int) -> None:
    _, style = draw(random.Random(seed), "harsh")
    worn_text = worn(text, style, random.Random(seed), seed % 2 == 0)
    assert len(worn_text.replace(" ", "")) == len(text)


def test_the_command_says_what_a_corpus_holds_and_what_is_missing(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    source = corpus(tmp_path / "corpus")
    command = [sys.executable, "-m", "bench.pages", "--corpus", str(source)]
    listed = subprocess.run(command, check=True, capture_output=True, text=True)
    assert "纸1" in listed.stdout
    failed = subprocess.run([*command, "--paper", "没有的报"], check=False, capture_output=True, text=True)
    assert failed.returncode == 2
    assert "没有的报" in failed.stderr
