"""Numerals that are part of a name: 陆家湾, 三门核电, 八里庄村, 三十家子镇."""

from __future__ import annotations

import re

from core.places.gazetteer import gazetteer
from core.reading.figures.drafts import Draft

_CAPITALS = frozenset("壹贰叁肆伍陆柒捌玖")
_IN_NAMES = frozenset("里井道台店塘眼斗石塔站桥门口")
_TAIL = re.compile("[\u4e00-\u9fff]?(?:镇|乡(?![亲贤村镇])|村(?![民级集干两庄史务规口办])|港|街道|河(?![流道])|湾|峡)")
# 三家子村, 五间房社区, 六家湾茶农: what lies in the country behind 家, 间, 户 …
_IN_VILLAGES = frozenset("里家户间棵眼面亩角条座")
_VILLAGE = re.compile(
    "[子店湾庄屯沟坡岭桥铺营寨台坪堡岗塘坝山房坑垭嘴树井泉石](?:村(?![民级集干两庄史务规口办])|社区|组)"
)
_FEATURE = re.compile("(?<=[家户])[湾沟岭坪坝岗嘴坡寨屯堡垭坳]|(?<=里)[铺店堡庄屯墩亭营畈坪]")
# 五支渠, 三斗渠: canals have numbers
_CANAL = re.compile("[支斗农干]渠")
_TOWN_AHEAD = re.compile("[\u4e00-\u9fff]{0,3}?(?:镇|乡(?![亲贤村镇])|街道)")
# What is counted by the units that end the name of a county: 三门课程, 三台收割机
_COUNTED = {
    "门": re.compile("[^，。；、]{0,4}(?:课|语|学|技|艺|专业|科|考|炮|亲|生意|必修|选修|手段)"),
    "台": re.compile("[^，。；、]{0,6}(?:机|器|车|床|炉|泵|灯|电脑|设备|空调|仪|屏|戏|晚会)"),
    "枝": re.compile("[^，。；、]{0,3}[花枪笔箭]"),
    "里": re.compile("[地路长远外]"),
    "道": re.compile("[^，。；、]{0,4}(?:题|菜|门|关|墙|防线|工序|程序|坎|沟)"),
}
_PLACE_BEFORE = re.compile("(?:^|[，。；：、“（在到赴从往由向与和及于]|位于|来自|[省市州])$")


def is_in_place_name(text: str, draft: Draft) -> bool:
    """Return whether the number of a figure, which is in numerals, and its unit are part of a place's name."""
    if draft.kind == "money" or draft.number_end - draft.head > 2:
        return False
    printed = text[draft.head : draft.end]
    if printed[0] in _CAPITALS:
        return draft.number_end - draft.head == 1
    unit = printed[-1] if draft.end - draft.number_end == 1 else ""
    return (
        (draft.form == "chinese" and unit in _IN_NAMES and _TAIL.match(text, draft.end) is not None)
        or (draft.form == "chinese" and _CANAL.match(text, draft.number_end) is not None)
        or (unit in _IN_VILLAGES and _is_village(text, draft))
        or (unit in _COUNTED and _is_county(text, draft, printed))
        or _is_town(text, draft)
    )


def _is_village(text: str, draft: Draft) -> bool:
    """三家子村, 六家湾茶农; 六家湾 and 十里铺 need no 村, for nothing is counted so."""
    return (_VILLAGE.match(text, draft.end) or _FEATURE.match(text, draft.end)) is not None


def _is_county(text: str, draft: Draft, printed: str) -> bool:
    """三门核电: a county's short name where a place may stand, before nothing that its unit counts."""
    if _COUNTED[printed[-1]].match(text, draft.end) or not gazetteer().named(printed):
        return False
    before = text[max(0, draft.start - 6) : draft.start]
    stands = _PLACE_BEFORE.search(before)
    return stands is not None or any(n.end == len(before) for n in gazetteer().names_in(before))


def _is_town(text: str, draft: Draft) -> bool:
    """三十家子镇, 七户乡: a town of the gazetteer."""
    ahead = _TOWN_AHEAD.match(text, draft.end)
    towns = gazetteer().towns_in(text, draft.head, ahead.end()) if ahead else ()
    return any(t.start == draft.head and text[t.end : t.end + 1] not in tuple("镇村贤亲级办") for t in towns)
