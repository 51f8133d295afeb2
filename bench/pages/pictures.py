"""Words to pictures: sentences about what they show, with and without a credit, and what a page may borrow."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable
from dataclasses import dataclass

from bench.pages.names import new_name
from bench.pages.records import Article, Words

_SEEN = re.compile(
    "(?:村民|游客|学生|孩子|志愿者|工作人员|民警|农户|工人|老人|居民|师生|干部|队员|医生|技术员)[^，。]{0,8}(?:正?在|忙着|为|给)"
    "|现场|一角|采摘|忙着"
)
_TALK = re.compile(r"[“”%]|表示|认为|说|强调|指出|记者|^(?:而|但|其|这|那|随后|同时|此外|因|如果|也|还|为|我)")
_CREDIT = re.compile(
    r"^(.{8,}?[。）)\s])\s*((?:本报|新华社)?(?:记者|通讯员)?\s*[\u4e00-\u9fff 　]{2,10}[摄文/]{1,3}(?:影报道)?)$"
)
_SHORT, _MOST_LINES = 140, 3
"""News of a picture that is short enough to stand as words to a picture of another article: characters and lines."""
_FORMS = (
    "{} 摄",
    "{}摄",
    "记者 {} 摄",
    "通讯员 {} 摄",
    "{} 供图",
    "摄影：{}",
    "（{} 摄）",
    "图/{}",
    "{}/摄",
    "{} 摄影报道",
)


@dataclass(frozen=True, slots=True)
class Pool:
    """What pages borrow from other issues: captions, sentences that could stand under a picture, headlines."""

    captions: tuple[tuple[str, ...], ...]
    sentences: tuple[str, ...]
    titles: tuple[str, ...]


def pool_of(articles: Iterable[Article]) -> Pool:
    """What some articles lend."""
    captions, sentences, titles = [], [], []
    for article in articles:
        titles += [t for t in article.titles if 8 <= len(t) <= 28]
        own = tuple(p.text for p in article.paragraphs if p.kind == "caption" and 12 <= len(p.text) <= 110)
        if own:
            captions.append(own[:1])
        if article.picture and article.size <= _SHORT and len(article.paragraphs) <= _MOST_LINES:
            captions.append(tuple(p.text for p in article.paragraphs))
        for paragraph in article.paragraphs:
            if paragraph.kind == "body":
                parts = re.findall(r"[^。！？]+。", paragraph.text)
                sentences += [s for s in parts if 14 <= len(s) <= 60 and _SEEN.search(s) and not _TALK.search(s)]
    return Pool(tuple(captions), tuple(sentences), tuple(titles))


def caption(pool: Pool, plain: bool, rnd: random.Random) -> list[Words]:
    """The lines to one picture: ``plain`` ones carry neither 图为 nor 摄 in their sentence."""
    name = new_name(rnd)
    if pool.captions and (not plain or not pool.sentences) and rnd.random() < 0.6:
        *above, last = rnd.choice(pool.captions)
        return [*(Words(text, "caption", "caption") for text in above), *split_credit(last, rnd)]
    sentence = rnd.choice(pool.sentences) if pool.sentences else "活动现场。"
    credit = rnd.choice(_FORMS).format(name)
    if plain:
        lines = [Words(sentence.rstrip("。") if rnd.random() < 0.4 else sentence, "caption", "caption")]
        if rnd.random() < 0.45:
            lines.append(Words(credit, "caption", "credit"))
        return lines
    form = rnd.random()
    if form < 0.4:
        return [Words(f"图为{sentence}" if rnd.random() < 0.5 else f"▲{sentence}", "caption", "caption")]
    return [Words(f"{sentence.rstrip('。')}{rnd.choice(('。', '　', ' ', '。　'))}{credit}", "caption", "caption")]


def split_credit(text: str, rnd: random.Random) -> list[Words]:
    """A printed caption, its photographer on a line of his own now and then."""
    found = _CREDIT.match(text)
    if found and rnd.random() < 0.35:
        return [Words(found[1].strip(), "caption", "caption"), Words(found[2].strip(), "caption", "credit")]
    return [Words(text, "caption", "caption")]
