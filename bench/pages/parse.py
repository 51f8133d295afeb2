"""An article out of its lines: which are running text, headings inside it, captions, bylines, and who wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from bench.pages.records import Article, Paragraph

HAN = "\u3400-\u9fff"
_NAME = rf"[{HAN}]{{2,4}}(?:·[{HAN}]{{2,4}})?|[{HAN}][ \u3000]{{1,2}}[{HAN}]"
_ROLE = r"(?:本报|本社)?(?:全媒体|见习|特约|首席|实习)?(?:记者|通讯员|实习生|特派员)"
_BYLINE = re.compile(
    rf"(?:■|□|◎|本报|新华社)?\s*{_ROLE}[ \u3000:：/丨]*(?:(?:{_NAME})|[ \u3000、，]|{_ROLE}|(?:文|图|摄影|报道|/))+$"
)
_SIGNED = re.compile(rf"[（(]\s*{_ROLE}[ \u3000:：]*((?:(?:{_NAME})|[ \u3000、，]|{_ROLE})+)[）)]")
_CAPTION = re.compile(
    r"(?:摄影报道|摄影|摄|供图|制图)\s*(?:[（(][^（）()]{2,10}[）)])?\s*[）)]?[。.]?$"
    r"|^(?:[上下左右]?图(?:为|[①②③④⑤]?[：:])|图[①②③④⑤]|[▲△▼])|图为"
)
_SHEET = re.compile(
    r"^(?:责编|责任编辑|编辑[：:]|版式|本版|制图|数据来源|策划|统筹|监制|邮箱|电话|期待您|我们的|来源[：:]|（?原标题|原载|[（(]视频编辑)"
    r"|版式设计|@|https?:|扫码|二维码|版\s*权\s*所\s*有|版权|Copyright|客户端下载|获取更多|^(?:编导|包装|配音|海报|剪辑|文案|校对)[^，。：]{0,4}[：:]"
    r"|^[^，。：]{2,16}(?:制作|出品|供稿)$|^联合制作$|^——编\s*者$|^[一二三四五六七八]版责编"
)
_FACT = re.compile(r"[：:]\s*\d|\d{6}|电话|邮编|@")
_SOURCE_LINE = re.compile(
    r"(?:返回搜狐|查看更多|举报/反馈|新闻线索报料通道|更多精彩资讯|[（(]?(?:转自|来源|原标题)[：:]|[（(]完[）)]|[（(]责任?编辑?[：:]).*$"
)
"""What web copies hang on to the end of a line."""
_ENDS = "。！？…；：”）)』」》!?;:"
_OPENS = ("“", "——", "（", "(", "●", "■")
_QUOTED = re.compile("“[^“”。！？]+”")
_QUESTION = re.compile(r"[^“”。，]{5,20}[？?]")


def kind_of(line: str) -> str:
    """The kind of a line of an article's text.

    >>> [kind_of(x) for x in ("图为村民在采茶。", "■记者 王小明", "让村子活起来", "村里修了路，人都回来了。")]
    ['caption', 'byline', 'subhead', 'body']
    """
    if len(line) < 60 and _SHEET.search(line):
        return "sheet"
    if len(line) < 50 and _BYLINE.match(line):
        return "byline"
    if len(line) < 160 and _CAPTION.search(line):
        return "caption"
    if 2 <= len(line) <= 32 and line[-1] not in _ENDS and not line.startswith(_OPENS):
        return "body" if _FACT.search(line) else "subhead"
    return "subhead" if len(line) <= 24 and _QUOTED.fullmatch(line) else "body"


def names_in(text: str) -> list[str]:
    """The names in a byline; a name set apart (王　明) is one name.

    >>> names_in("记者 王　明 李小红、通讯员 赵大力")
    ['王明', '李小红', '赵大力']
    """
    bare = re.sub(rf"{_ROLE}|摄影|报道|[■□◎（）()：:/丨]|(?<![{HAN}])[文图](?![{HAN}])", " ", text)
    joined = re.sub(rf"(?<![{HAN}])([{HAN}])[ \u3000]{{1,2}}([{HAN}])(?![{HAN}])", r"\1\2", bare)
    return [word for word in re.split(r"[ \u3000、，]+", joined) if 2 <= len(word) <= 9]


def parse(
    key: str, paper: str, date: str, titles: Sequence[str], lines: Iterable[str], byline: Sequence[str] = ()
) -> Article | None:
    """An article, or None where it is no running text: a list, verses, a table, too short, the paper's own imprint or
    without a headline.
    """
    heads = tuple(t for t in (_clear(title) for title in titles) if t)
    texts = [t for t in (_clear(line) for line in lines) if t]
    if not heads or len(heads) > 4 or any(len(t) > 60 or _SHEET.search(t) for t in heads) or not texts:
        return None
    paragraphs = _sequence([Paragraph(kind_of(t), t) for t in texts])
    bodies = [p for p in paragraphs if p.kind == "body"]
    subheads = sum(p.kind == "subhead" for p in paragraphs)
    size = sum(len(p.text) for p in bodies)
    if size < 60 or subheads > len(bodies) or size < 25 * len(bodies):
        return None
    names = [*byline, *_signers(paragraphs)]
    article = Article(key, paper, date, heads, tuple(paragraphs), tuple(dict.fromkeys(names)))
    pictured = any(p.kind == "caption" for p in paragraphs) and article.size <= 260
    return replace(article, picture=pictured)


def _clear(line: str) -> str:
    line = _SOURCE_LINE.sub("", line) if len(line) > 24 else line
    return re.sub(r"[\ufeff\u200b\u00ad\t\r\v\f]", "", line).replace("\u00a0", " ").strip(" \u3000")


def _sequence(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """Headings that nothing follows, or that stand in a row of three, are text; a question between long paragraphs is
    a heading.
    """
    out = list(paragraphs)
    for i in range(1, len(out) - 1):
        long = all(out[j].kind == "body" and len(out[j].text) > 40 for j in (i - 1, i + 1))
        if long and out[i].kind == "body" and _QUESTION.fullmatch(out[i].text):
            out[i] = Paragraph("subhead", out[i].text)
    running = [i for i, p in enumerate(out) if p.kind in ("body", "subhead")]
    for at, i in enumerate(running):
        rest = [out[j].kind for j in running[at + 1 : at + 3]]
        if out[i].kind == "subhead" and (not rest or rest == ["subhead", "subhead"]):
            out[i] = Paragraph("body", out[i].text)
    return out


def _signers(paragraphs: Sequence[Paragraph]) -> list[str]:
    bodies = [p.text for p in paragraphs if p.kind == "body"]
    found = [m[1] for m in (_SIGNED.search(t) for t in (bodies[0][:60], bodies[-1][-40:])) if m] if bodies else []
    lines = [p.text for p in paragraphs if p.kind == "byline"]
    return [name for text in (*lines, *found) for name in names_in(text)]
