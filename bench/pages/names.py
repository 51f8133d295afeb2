"""Writers and photographers of our own invention."""

from __future__ import annotations

import random

_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
    "余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
_GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉萍红鹏辉玲建国志新春梅文斌海燕晓波宇浩然子轩雨欣佳"
    "怡嘉豪思远立群少云学义正阳其昌可心若溪一鸣凯悦承志怀谷"
)
_DOUBLE = ("欧阳", "诸葛", "司马", "上官")


def new_name(rnd: random.Random) -> str:
    """A name of two or three characters, seldom four."""
    surname = rnd.choice(_DOUBLE) if rnd.random() < 0.02 else rnd.choice(_SURNAMES)
    return surname + "".join(rnd.choice(_GIVEN) for _ in range(1 if rnd.random() < 0.35 else 2))


def new_names(rnd: random.Random, count: int) -> list[str]:
    """Some names, no two alike."""
    out: list[str] = []
    while len(out) < count:
        name = new_name(rnd)
        if name not in out:
            out.append(name)
    return out


def printed(names: list[str], rnd: random.Random, spaced: bool) -> str:
    """Names as a line prints them: short ones set apart or not, a space, a mark or nothing between."""
    shown = [f"{n[0]}{rnd.choice(' 　')}{n[1]}" if len(n) == 2 and spaced else n for n in names]
    between = rnd.choice(" 　、 ") if spaced or rnd.random() < 0.9 else ""
    return between.join(shown)
