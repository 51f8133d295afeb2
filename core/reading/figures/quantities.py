"""One quantity at one place of a text: number and unit, ranges, lists with one unit, 三元五角, 半小时."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from core.reading.figures.drafts import Draft, draft_of, unit_of
from core.reading.figures.numerals import MAGNITUDES, NUMERALS, Number, number_at
from core.reading.figures.sharing import RANGE_MARK, changed_to, numbers_that_share, range_of_units
from core.reading.figures.units import Unit, inventory, per_at, sign_at, unit_at
from core.records import Approx
from core.text.words import word_model

# 半小时, 半个月
_HALF = re.compile(r"半个?(小时|月|年(?!均)|天|日|学期|斤|公斤|亩|吨|公里|里|分钟|钟头|世纪|米|克|升|打|杯|碗|桶)")
# 一刻钟, 半个钟
_HALF_CLOCK = re.compile("半个?钟(?!头)|([一二两三])刻钟(?![^，。；]{0,8}圈)")
# 半小时, 一半, 三刻钟, 过半, 翻番: quantities that words say without a number and a unit begin so
_IN_WORDS = frozenset("半一二两三过近翻")
# 一半, 过半, 半数
_HALVES = re.compile(r"(?:一半|半数)(?![身路山球])")
# 过半村民, 人数过半, 过半数, 占比近半; not 年过半百, 过半年, 经过半天, 最近半桶
_ABOUT_HALF = re.compile(r"(?:过半数?|近半(?!数))(?![百年天个小辈生夜夏场山路月里公分星斤亩米世载秒])")
_BEFORE_HALF = {"过": tuple("经通超度路走越跳翻胜不太难放错"), "近": tuple("最附邻就靠临亲远")}
"""What makes another word of 过 or 近 before 半."""
# 占|, 减少|, 将近|
_HALVES_BEFORE = re.compile(r"(?:占|超过?|近|逾|约|达|过|不足|将近|的|减少|下降|降低|提高|缩短)$")
_HALF_OF_WORD = frozenset("上下前后大多过一小各夜东西南北个")
_HALVED = frozenset(("duration", "mass", "length", "area", "volume", "money"))
_HALVED_UNITS = frozenset(
    "岁 周岁 倍 度 个 块 桶 袋 箱 筐 篮 车 船 缸 罐 盆 盒 瓶 壶 杯 碗 盘 勺 捆 垛 间 圈 节".split()
)
# 半成品, 半地下室, 半失能老人, 半价: words that begin with 半
_HALF_WORD = re.compile(
    "半(?:成品|导体|自[动理]|失能|脱产|封闭|开放|挂|截|边|壁|岛|空|夜|途|程|价|数|径|生|路|坡|山(?!路)|身|载|球|场|决赛|干|固[定态]"
    "|.半|音|野生|机械|永久|人工|免费|托管|日制|熟|透明|地下|公[开益]|专业|职业|军事|官方|农半|工半|耕半|读)"
)
# What may stand between a thing and its number: 展板约36块, “公开栏”6块
_TO_NUMBER = re.compile("[”’」》]?(?:[约近超共计合已有了达]|累计|总共|超过|大约)*$")
_PRICE = re.compile("(?:价|钱|费|成本|票|薪|金|款|租|税|饭|餐|补贴|利润|红包)$")
_PUT_UP = re.compile("^(?:新?[装挂立换铺钉划]|安装|设置|设立|悬挂|张贴|更换|制作|竖立|竖起|铺设|换装|新增|平整|复垦)$")
_PARTS = frozenset(
    "厘 分钟 分 秒 秒钟 角 毛 分钱 角钱 毛钱 两 厘米 公分 寸 尺 英寸 米 公斤 千克 克 盎司 个月 月".split()
)
_IN_PARTS = {"分": "分钟", "秒钟": "秒", "月": "个月"}
# 15|k, 3|W
_SHORT_SCALE = re.compile(r"[kKwW](?![A-Za-z0-9])")
# 六块|五, 三十九度|五
_TENTH = re.compile(rf"[一二三四五六七八九](?![{NUMERALS}个度])")
# 两块五一斤: five tenths, and what they are per
_TENTH_PER = re.compile("[一二三四五六七八九1-9][一每]")
# 1米|7
_LAST_DIGIT = re.compile(r"[1-9](?![\d.]|\w)")
_WITH_PIECES = frozenset("月 个月 小时 星期 礼拜 钟头 季度 学期 世纪".split())
_ENDS_WORD = "，。；、的！？）) 多以左了高长宽深厚"
_NO_SHARE = frozenset(("count", "ratio", "other", "temperature", "data"))
_BEFORE_MINUS = "为是至到达温约从低间"
# 同比-12.5%, 增速-2.1%: behind a word for a change a dash is a sign
_CHANGE_BEFORE_MINUS = re.compile(
    "(?:[同环]比|[比较][上去前]?[年月期](?:同期|同月)?|增[速幅长量]率?|[涨跌降]幅|变[化动]|差[额值]|利润)$"
)


def quantities_at(text: str, at: int) -> list[Draft]:
    """Return the quantity that begins at a place, or all of a list with one unit; nothing is left out yet."""
    if text[at] in _IN_WORDS and (said := _half(text, at) or _quarters(text, at) or _doubled(text, at)):
        return [said]
    if not text[at].isdigit() and (signed := sign_at(text, at)):
        return _signed(text, at, *signed)
    head, negative = (at, False) if text[at].isdigit() else _past_minus(text, at)
    number = number_at(text, head)
    if number is None:
        return []
    if negative:
        number = replace(number, value=-number.value)
    return [_fraction(text, at, head, number)] if number.is_percent else _with_unit(text, at, head, number)


def _past_minus(text: str, at: int) -> tuple[int, bool]:
    """Return the place past a sign, 负 or 零下, and whether it is one; past everything when it is a dash."""
    before = text[at - 1 : at]
    if text[at] == "+":
        return (at + 1, False) if not before or before in " （(为是" else (len(text), False)
    if text[at] == "负":
        return at + 1, True
    if text[at] in "-−":
        return (len(text), False) if _is_dash(text, at, before) else (at + 1, True)
    return (at + 2, True) if text.startswith("零下", at) else (at, False)


def _is_dash(text: str, at: int, before: str) -> bool:
    """A dash joins to what is before it; a sign stands by itself, or behind 为, 气温, 同比."""
    if not before or not (before.isalnum() or before in "%）)"):
        return False
    return before not in _BEFORE_MINUS and not _CHANGE_BEFORE_MINUS.search(text[max(0, at - 8) : at])


def _signed(text: str, at: int, unit: str, end: int) -> list[Draft]:
    """￥12, $3.5万, 人民币100元, US$5-8."""
    head = end + (text[end : end + 1] == " ")
    number = number_at(text, head)
    if number is None or number.is_percent:
        return []
    after = unit_at(text, number.end)
    printed = after if after and after.kind == "money" else None
    name = printed.name if printed and unit == "元" else unit
    draft = replace(draft_of(at, head, number, printed), unit=name, kind="money")
    mark = RANGE_MARK.match(text, draft.end)
    upper = number_at(text, mark.end() + (text[mark.end() : mark.end() + 1] in ("¥", "$", "€", "£"))) if mark else None
    if upper and upper.value > number.value and number.value_max is None:
        return [replace(draft, end=upper.end, value_max=upper.value)]
    return [draft]


def _half(text: str, at: int) -> Draft | None:
    """半小时, 半年; 占一半, 过半, 近半, 半数以上 are 50 %."""
    if match := _ABOUT_HALF.match(text, at):
        near = text[at] == "近"
        other = text[at - 1 : at] in _BEFORE_HALF[text[at]] if at else False
        if other or (near and _begins_half(text, at + 1)):
            return None
        approx: Approx = "nearly" if near else "over"
        return Draft(at, at, match.end(), match.end(), Decimal(50), "%", "ratio", "fraction", None, approx)
    if text[at] not in "半一":
        return None
    before = text[max(0, at - 3) : at]
    if match := _HALVES.match(text, at):
        counts = at == 0 or _HALVES_BEFORE.search(before) or text.startswith("以上", match.end())
        return Draft(at, at, match.end(), match.end(), Decimal(50), "%", "ratio", "fraction") if counts else None
    if text[at] != "半" or (before[-1:] in _HALF_OF_WORD and not before.endswith("超过")):
        return None
    if match := _HALF.match(text, at):
        unit = unit_at(text, match.start(1))
        name = "个月" if match[0] == "半个月" else match[1]
        kind = unit.kind if unit else "duration"
        return Draft(at, at, at + 1, match.end(), Decimal("0.5"), name, kind, "half")
    return None


def _doubled(text: str, at: int) -> Draft | None:
    """翻番 without a number is once."""
    if not text.startswith("翻番", at):
        return None
    return Draft(at, at, at + 1, at + 2, Decimal(1), "番", "ratio", "half")


def _quarters(text: str, at: int) -> Draft | None:
    """一刻钟 is 15 minutes, 半个钟 half an hour."""
    match = _HALF_CLOCK.match(text, at)
    if match is None or text[at - 1 : at] in ("点", "时"):
        return None
    if match[1]:
        value = 15 * _digit(match[1])
        return Draft(at, at, at + 1, match.end(), value, "分钟", "duration", "half")
    return Draft(at, at, at + 1, match.end(), Decimal("0.5"), "小时", "duration", "half")


def _fraction(text: str, at: int, head: int, number: Number) -> Draft:
    """三分之二 in per cent; 三分之二公里 in its unit."""
    unit = unit_at(text, number.end, digits=False)
    if unit and unit.kind not in _NO_SHARE and number.value_max is None:
        value = (number.value / 100).quantize(Decimal("0.0001")).normalize()
        return replace(draft_of(at, head, number, unit), value=value)
    return draft_of(at, head, number, Unit("%", "ratio", number.end, "%"))


def _with_unit(text: str, at: int, head: int, number: Number) -> list[Draft]:
    """Number and unit, with ranges, lists and changes."""
    unit = unit_of(text, number)
    if unit is None:
        return numbers_that_share(text, at, head, number) or [_without_unit(text, at, head, number)]
    draft = _named_degrees(text, draft_of(at, head, number, unit))
    if ranged := range_of_units(text, draft):
        return [ranged]
    draft = _compound(text, _as_money(text, draft))
    return [draft, *changed_to(text, draft)]


def _named_degrees(text: str, draft: Draft) -> Draft:
    """摄氏20度, 华氏98度; 八五折 is 8.5."""
    if draft.unit == "折" and draft.form == "digits" and draft.value < 100:
        return replace(draft, value=draft.value / 10)
    scale = text[max(0, draft.start - 2) : draft.start] if draft.unit == "度" else ""
    return replace(draft, start=draft.start - 2, unit=f"{scale}度") if scale in ("摄氏", "华氏") else draft


def _without_unit(text: str, at: int, head: int, number: Number) -> Draft:
    """A bare number; 5个亿, 3个亿元 and 15k are scaled."""
    draft = draft_of(at, head, number, None)
    if _SHORT_SCALE.match(text, number.end):
        power = 3 if text[number.end] in "kK" else 4
        return replace(draft, value=number.value.scaleb(power), end=number.end + 1)
    if not text.startswith(("个亿", "个万"), number.end):
        return draft
    value = number.value.scaleb(MAGNITUDES[text[number.end + 1]])
    unit = unit_at(text, number.end + 2)
    if unit and unit.kind == "money":
        return replace(draft, end=unit.end, value=value, unit=unit.name, kind="money")
    return replace(draft, end=number.end + 2, value=value)


# ---- units in two pieces ----


def _as_money(text: str, draft: Draft) -> Draft:
    """3块。 and 六块五 are money, 三块地 and 公开栏36块 are not."""
    if text[draft.number_end : draft.end].strip() != "块":
        return draft
    follows = text[draft.end : draft.end + 1]
    tenth = _TENTH.match(text, draft.end) and unit_at(text, draft.end + 1, digits=False) is None
    if (tenth or follows in ("", *"，。；、左以多的）")) and not _counts_pieces(text[: draft.start]):
        return replace(draft, unit="元", kind="money")
    goes_on = follows.isdigit() or (follows and follows in NUMERALS + "零又半")
    return replace(draft, kind="money") if goes_on else replace(draft, unit="块", kind="count")


def _counts_pieces(before: str) -> bool:
    """公开栏36块, 展板安装了6块: a thing before the number that isn't a price, nor itself so many (一碗面12块)."""
    words = word_model().cut(_TO_NUMBER.sub("", before[-12:]))
    if not words or any(tag == "m" and word[0] in NUMERALS + "每" for word, tag in words[-3:]):
        return False
    word, tag = words[-1]
    return _PUT_UP.search(word) is not None or (tag.startswith("n") and not _PRICE.search(word))


def _compound(text: str, draft: Draft) -> Draft:
    """三元五角, 六块五, 一小时三十分, 1米75, 两斤三两, 三年半, 三十九度五."""
    if pieces := _half_pieces(text, draft):
        return pieces
    if draft.kind == "money" and _TENTH_PER.match(text, draft.end) and (per := per_at(text, draft.end + 1, draft.kind)):
        return replace(
            draft, value=draft.value + _digit(text[draft.end]) / 10, unit=f"{draft.unit}/{per[0]}", end=per[1]
        )
    if draft.unit == "度" and (tenth := _TENTH.match(text, draft.end) or _LAST_DIGIT.match(text, draft.end)):
        return replace(draft, value=draft.value + _digit(tenth[0]) / 10, end=tenth.end())
    parts = inventory().parts.get(draft.unit)
    if not parts or draft.value_max is not None:
        return draft
    at = draft.end + (text[draft.end : draft.end + 1] in ("零", "又") and draft.kind in ("money", "duration"))
    lesser = number_at(text, at)
    if lesser is None or lesser.form == "bare" or lesser.value_max is not None or lesser.is_percent:
        return draft
    unit = unit_at(text, lesser.end)
    if unit and (part := _part_of(unit, parts)):
        return _with_per(text, _joined(text, draft, lesser.value, part))
    return draft if unit else _with_per(text, _with_short_tail(text, draft, lesser))


def _part_of(unit: Unit, parts: Mapping[str, Decimal]) -> Unit | None:
    """The smaller unit of 三元五角 without what 角 is per; None where it is no part of the larger one."""
    end = unit.per_at or unit.end
    name, printed = unit.name.split("/")[0], unit.printed[: len(unit.printed) - (unit.end - end)]
    return replace(unit, name=name if name in parts else printed, end=end) if printed in _PARTS else None


def _with_per(text: str, draft: Draft) -> Draft:
    """2元5角一斤, 两块五一斤: what the whole price is per."""
    per = per_at(text, draft.end, draft.kind) if draft.kind == "money" and "/" not in draft.unit else None
    return replace(draft, unit=f"{draft.unit}/{per[0]}", end=per[1]) if per else draft


def _half_pieces(text: str, draft: Draft) -> Draft | None:
    """三年半, 两个半小时, 两亩半地, and 三个多小时."""
    pieces = text[draft.number_end : draft.number_end + 2] if draft.unit in _WITH_PIECES else ""
    if pieces == "个多":
        return replace(draft, approx="over")
    if pieces == "个半":
        return replace(draft, value=draft.value + Decimal("0.5"))
    if text.startswith("半", draft.end) and _is_halved(draft) and not _begins_with_half(text, draft):
        unit = f"{draft.unit}钟" if text.startswith("半钟", draft.end) else draft.unit
        return replace(draft, value=draft.value + Decimal("0.5"), unit=unit, end=draft.end + 1 + (unit != draft.unit))
    return None


def _is_halved(draft: Draft) -> bool:
    """Whether 半 behind the unit adds half of one: what is measured, a year of age, a vessel full."""
    return draft.value_max is None and (draft.kind in _HALVED or draft.unit in _HALVED_UNITS)


def _begins_with_half(text: str, draft: Draft) -> bool:
    """半年, 半成品, 半地下室: here 半 begins a word of its own; not behind a measure of another kind (三斤半米)."""
    half = _HALF.match(text, draft.end)
    unit = unit_at(text, half.start(1)) if half else None
    other = unit is not None and draft.kind not in (unit.kind, "count", "money")
    return _begins_half(text, draft.end) and not other


def _begins_half(text: str, at: int) -> bool:
    """Whether a word or a quantity begins with this 半: 半导体, 半吨."""
    return _HALF_WORD.match(text, at) is not None or _HALF.match(text, at) is not None


def _with_short_tail(text: str, draft: Draft, lesser: Number) -> Draft:
    """六块五, 一米八, 1米75: the smaller unit isn't printed."""
    printed, follows = text[draft.end : lesser.end], text[lesser.end : lesser.end + 1]
    if len(printed) > 2 or not printed.isalnum() or "十" in printed:
        return draft
    if draft.unit == "角" and len(printed) == 1 and (not follows or follows in _ENDS_WORD):
        return replace(draft, value=draft.value + lesser.value / 10, end=lesser.end)
    spoken = draft.unit == "元" and text[draft.number_end : draft.end] == "块"
    tall = draft.unit == "米" and (not follows or follows in _ENDS_WORD)
    if not spoken and not tall:
        return draft
    return replace(draft, value=draft.value + lesser.value.scaleb(-len(printed)), end=lesser.end)


def _joined(text: str, draft: Draft, lesser: Decimal, unit: Unit) -> Draft:
    """One value of a larger and a smaller unit: in the smaller one for times, in the larger one else."""
    share = inventory().parts[draft.unit].get(unit.name)
    if share is None or lesser >= share:
        return draft
    if draft.kind == "duration":
        name = _IN_PARTS.get(unit.name, unit.name)
        return replace(draft, value=draft.value * share + lesser, unit=name, end=unit.end)
    joined = replace(draft, value=draft.value + (lesser / share).quantize(Decimal("0.0001")).normalize(), end=unit.end)
    return _with_cents(text, joined) if draft.unit == "元" and unit.name in ("角", "毛") else joined


def _with_cents(text: str, draft: Draft) -> Draft:
    """十二元三角五分, 两块两毛五."""
    cents = number_at(text, draft.end)
    if cents is None or cents.value >= 10 or cents.form == "bare":
        return draft
    unit = unit_at(text, cents.end)
    if unit and unit.printed in ("分", "分钱"):
        return replace(draft, value=draft.value + cents.value / 100, end=unit.end)
    return (
        draft
        if unit or not _TENTH.match(text, draft.end)
        else replace(draft, value=draft.value + cents.value / 100, end=cents.end)
    )


def _digit(char: str) -> Decimal:
    number = number_at(char, 0)
    return number.value if number else Decimal(0)
