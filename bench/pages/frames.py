"""What a web page or an office's brief prints around its article."""

from __future__ import annotations

import random
from collections.abc import Sequence

from bench.pages.records import Words
from bench.pages.sheet import facts

_ABOVE = (
    "首页 > 新闻中心 > {section} > 正文",
    "当前位置：首页 >> {section} >> 正文",
    "您当前的位置：网站首页 - {section}",
    "首页 新闻 政务 服务 互动 专题 视频 图片",
    "{paper}网",
    "设为首页 | 加入收藏 | 手机版",
    "登录 注册 无障碍 简体 繁体",
    "分享到：",
    "欢迎访问{place}县人民政府网站",
    "返回首页",
    "{section}",
)
_SOURCE = (
    "来源：{paper} 作者：{author} 发布时间：{y}-{m:02d}-{d:02d} 09:{n2}",
    "发布时间：{y}-{m:02d}-{d:02d}　来源：{paper}　浏览次数：{k}",
    "{y}-{m:02d}-{d:02d} 10:{n2}:12　来源：{paper}网",
    "时间：{y}年{m}月{d}日 来源：{paper} 作者：{author}　【字体：大 中 小】",
    "日期：{y}-{m:02d}-{d:02d} 信息来源：{place}县委办 字号：[大 中 小] 打印 关闭",
    "作者：{author} 来源：{place}发布",
)
_SHARING = ("【字体：大 中 小】", "分享到：微信 微博 QQ空间", "打印本页 关闭窗口")
_BELOW = (
    "责任编辑：{a}",
    "【编辑：{a}】",
    "编辑：{a} 审核：{b}",
    "分享到：微信 微博 QQ空间",
    "扫一扫在手机打开当前页",
    "打印 关闭",
    "点赞 收藏 分享 评论",
)
_READING = ("相关阅读", "推荐阅读", "相关新闻：", "热点推荐", "延伸阅读")
_OWNERS = (
    "版权所有：{place}县人民政府 备案号：ICP备{k2}号",
    "主办：{place}县人民政府办公室",
    "联系电话：0{k}-{k2}",
    "网站地图 | 联系我们 | 关于我们",
)
_BRIEFS = ("工作简报", "信息简报", "情况通报", "改革案例选编", "典型案例", "经验交流材料", "政务信息", "工作动态")
_NUMBERS = ("第{n}期", "（第{n}期）", "〔{y}〕{n}号", "第 {n} 期")
_ISSUERS = (
    "{place}县委办公室",
    "{place}县委政研室",
    "{place}县人民政府办公室",
    "中共{place}县委改革办",
    "{place}县农业农村局",
)
_CONTENTS = ("目 录", "目录", "本期要目", "本期目录")
_FEET = (
    "报：县委、县政府领导。",
    "送：各乡镇（街道），县级各部门。",
    "（共印{k}份）",
    "责任编辑：{a}　　电话：{k2}",
    "签发：{a}",
)


def web_head(rnd: random.Random, date: str, byline: Sequence[str], title: str) -> tuple[list[Words], list[Words]]:
    """What a web page prints above its headline, and between headline and text; the writers stand in the second."""
    known = {**facts(rnd, date), "author": " ".join(byline)}
    above = [form.format(**known) for form in rnd.sample(_ABOVE, rnd.choice((1, 2, 2, 3, 4)))]
    if rnd.random() < 0.1:
        above.append(title)
    source = rnd.choice([form for form in _SOURCE if byline or "author" not in form])
    kind = "byline" if "author" in source else "sheet"
    below = [Words(source.format(**known), kind, "source")]
    below += [Words(x, "sheet", "navigation") for x in _SHARING if rnd.random() < 0.2]
    return _sheet(above, "navigation"), below


def web_foot(rnd: random.Random, date: str, others: Sequence[str]) -> list[Words]:
    """What a web page prints under the text: editor, sharing, neighbours and further reading (of ``others``)."""
    known = facts(rnd, date)
    titles = rnd.sample(list(others), min(len(others), 7))
    out = [form.format(**known) for form in rnd.sample(_BELOW, rnd.choice((1, 2, 2, 3)))]
    if len(titles) > 1 and rnd.random() < 0.6:
        out += [f"上一篇：{titles.pop()}", f"下一篇：{titles.pop()}"]
    if titles and rnd.random() < 0.5:
        mark = rnd.choice(("", "· ", "• ", "●", "- "))
        out += [rnd.choice(_READING), *(mark + title for title in titles)]
    if rnd.random() < 0.5:
        out.append(rnd.choice(_OWNERS).format(**known))
    return _sheet(out, "navigation")


def brief_head(rnd: random.Random, date: str, titles: Sequence[str]) -> list[Words]:
    """The head of an office's brief: name, number and issuer, and its contents where it has several articles."""
    known = facts(rnd, date)
    day = "{y}年{m}月{d}日".format(**known)
    lines = [rnd.choice(_BRIEFS), rnd.choice(_NUMBERS).format(**known)]
    lines.append(rnd.choice(_ISSUERS).format(**known) + rnd.choice(("　　", "    ")) + day)
    lines = lines[: rnd.choice((0, 1, 2, 3, 3))]
    if len(titles) > 1 and rnd.random() < 0.5:
        end = rnd.choice(("", f"……{rnd.randint(1, 9)}", f" {rnd.randint(1, 9)}"))
        lines += [rnd.choice(_CONTENTS), *(title + end for title in titles)]
    return _sheet(lines, "masthead")


def running_head(rnd: random.Random) -> str:
    """What stands at the top of every page of a document."""
    return rnd.choice(("{place}县{brief}", "{brief}", "{place}县委办公室")).format(
        place=facts(rnd, "")["place"], brief=rnd.choice(_BRIEFS)
    )


def brief_foot(rnd: random.Random, date: str) -> list[Words]:
    """The foot of an office's brief."""
    known = facts(rnd, date)
    return _sheet([form.format(**known) for form in rnd.sample(_FEET, rnd.randint(0, 3))], "masthead")


def _sheet(lines: Sequence[str], role: str) -> list[Words]:
    return [Words(line, "sheet", role) for line in lines]
