"""One quantity at one place of a text: number and unit, ranges, lists with one unit, 三元五角, 半小时."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from core.reading.figures.not_figures import is_time
from core.reading.figures.numerals import MAGNITUDES, NUMERALS, SCALES, Number, number_at
from core.reading.figures.units import Unit, inventory, sign_at, unit_at
from core.records import Approx

# 12|、15, 0.3|和1.8
_LIST_MARK = re.compile(r"[、和与及](?=\d)|[,，](?=\d)")
# 30|—40, 3|至5
_RANGE_MARK = re.compile(r"\s?(?:-{1,2}|—{1,2}|–|－|~{1,2}|～{1,2}|〜|至|到)\s?")
_COMMA_MARK = re.compile("、")
# 分别为|, 依次增长|
_SHARED = re.compile(r"(?:分别|依次|各)[^。；]{0,60}$")
# 从|, 由每户|
_FROM = re.compile(r"[从由自][^，。；、]{0,8}$")
# 5万, 3千
_TRAILING_SCALE = re.compile(r"[百千万亿]+$")
# 半小时, 半个月
_HALF = re.compile(r"半个?(小时|月|年|天|日|学期|斤|公斤|亩|吨|公里|里|分钟|钟头|世纪|米|克|升|打|杯|碗|桶)")
# 32路|视频, 12路|监控
_FED = re.compile("(?:视频|摄像|监控|高清|探头|感知|信号|镜头|传感)")
# 一刻钟, 半个钟
_HALF_CLOCK = re.compile("半个?钟(?!头)|([一二两三])刻钟(?![^，。；]{0,8}圈)")
# 一半, 过半, 半数
_HALVES = re.compile(r"(?:一半|半数|过半)(?![身路山球])")
# 占|, 减少|, 将近|
_HALVES_BEFORE = re.compile(r"(?:占|超过?|近|逾|约|达|过|不足|将近|的|减少|下降|降低|提高|缩短)$")
_HALF_OF_WORD = frozenset("上下前后大多过一小各夜东西南北")
_HALVED = frozenset(("duration", "mass", "length", "area", "money"))
# 门牌10万块 are pieces
_PIECES = re.compile("[牌匾板砖石碑屏田地表疤]$|[牌匾板砖石碑屏表]”$")
_PARTS = frozenset(
    "厘 分钟 分 秒 秒钟 角 毛 分钱 角钱 毛钱 两 厘米 公分 寸 尺 英寸 米 公斤 千克 克 盎司 个月 月".split()
)
_IN_PARTS = {"分": "分钟", "秒钟": "秒", "月": "个月"}
# 15|k, 3|W
_SHORT_SCALE = re.compile(r"[kKwW](?![A-Za-z0-9])")
# 六块|五, 三十九度|五
_TENTH = re.compile(rf"[一二三四五六七八九](?![{NUMERALS}个度])")
# 1米|7
_LAST_DIGIT = re.compile(r"[1-9](?![\d.]|\w)")
_WITH_PIECES = frozenset("月 个月 小时 星期 钟头".split())
_ENDS_WORD = "，。；、的！？）) 多以左了高长宽深厚"
_ENDS_HALF = "，。；、的后前内以左多！？）)到至时来"
_NOT_COUNTED_BIG = "会型量大师爷家学多小批，。；、”》"
_NO_SHARE = frozenset(("count", "ratio", "other", "temperature", "data"))
_BEFORE_MINUS = "为是至到达温约从低间"


@dataclass(frozen=True, slots=True)
class Draft:
    """A figure while it is read; ``head``–``number_end`` is its number, ``form`` how it is written (see ``Number``)."""

    start: int
    head: int
    number_end: int
    end: int
    value: Decimal
    unit: str
    kind: str
    form: str
    value_max: Decimal | None = None
    approx: Approx = "exact"


def _draft(at: int, head: int, number: Number, unit: Unit | None) -> Draft:
    """A draft of a number with its unit."""
    end, name, kind = (unit.end, unit.name, unit.kind) if unit else (number.end, "", "number")
    return Draft(at, head, number.end, end, number.value, name, kind, number.form, number.value_max, number.approx)


def quantities_at(text: str, at: int) -> list[Draft]:
    """Return the quantity that begins at a place, or all of a list with one unit; nothing is left out yet."""
    if half := _half(text, at) or _quarters(text, at):
        return [half]
    if signed := sign_at(text, at):
        return _signed(text, at, *signed)
    head, negative = _past_minus(text, at)
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
        dash = before and ((before.isalnum() and before not in _BEFORE_MINUS) or before in "%）)")
        return (len(text), False) if dash else (at + 1, True)
    return (at + 2, True) if text.startswith("零下", at) else (at, False)


def _signed(text: str, at: int, unit: str, end: int) -> list[Draft]:
    """￥12, $3.5万, 人民币100元, US$5-8."""
    head = end + (text[end : end + 1] == " ")
    number = number_at(text, head)
    if number is None or number.is_percent:
        return []
    after = unit_at(text, number.end)
    printed = after if after and after.kind == "money" else None
    name = printed.name if printed and unit == "元" else unit
    draft = replace(_draft(at, head, number, printed), unit=name, kind="money")
    mark = _RANGE_MARK.match(text, draft.end)
    upper = number_at(text, mark.end() + (text[mark.end() : mark.end() + 1] in ("¥", "$", "€", "£"))) if mark else None
    if upper and upper.value > number.value and number.value_max is None:
        return [replace(draft, end=upper.end, value_max=upper.value)]
    return [draft]


def _half(text: str, at: int) -> Draft | None:
    """半小时, 半年; 占一半, 过半, 半数以上 are 50 %."""
    if text[at] not in "半一":
        return None
    before = text[max(0, at - 3) : at]
    if match := _HALVES.match(text, at):
        counts = at == 0 or _HALVES_BEFORE.search(before) or text.startswith("以上", match.end())
        return Draft(at, at, match.end(), match.end(), Decimal(50), "%", "ratio", "fraction") if counts else None
    if text[at] != "半" or before[-1:] in _HALF_OF_WORD:
        return None
    if match := _HALF.match(text, at):
        unit = unit_at(text, match.start(1))
        name = "个月" if match[0] == "半个月" else match[1]
        kind = unit.kind if unit else "duration"
        return Draft(at, at, at + 1, match.end(), Decimal("0.5"), name, kind, "half")
    return None


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
        return replace(_draft(at, head, number, unit), value=value)
    return _draft(at, head, number, Unit("%", "ratio", number.end, "%"))


def _with_unit(text: str, at: int, head: int, number: Number) -> list[Draft]:
    """Number and unit, with ranges and lists."""
    unit = _unit_of(text, number)
    if unit is None:
        return (
            _listed(text, at, head, number) or _range(text, at, head, number) or [_without_unit(text, at, head, number)]
        )
    draft = _named_degrees(text, _draft(at, head, number, unit))
    return [_range_of_units(text, draft) or _compound(text, _as_money(text, draft))]


def _named_degrees(text: str, draft: Draft) -> Draft:
    """摄氏20度, 华氏98度; 八五折 is 8.5."""
    if draft.unit == "折" and draft.form == "digits" and draft.value < 100:
        return replace(draft, value=draft.value / 10)
    scale = text[max(0, draft.start - 2) : draft.start] if draft.unit == "度" else ""
    return replace(draft, start=draft.start - 2, unit=f"{scale}度") if scale in ("摄氏", "华氏") else draft


def _unit_of(text: str, number: Number) -> Unit | None:
    """The unit after a number: also 大 (两大产业 → 个) and 个多月."""
    at = number.end + (text[number.end : number.end + 1] == " ")
    if text.startswith("大类", at):
        return Unit("类", "count", at + 2, "大类")
    if text.startswith("路", at) and _FED.match(text, at + 1) and number.value >= 2:
        return Unit("路", "count", at + 1, "路")
    if text.startswith("大", at) and _counts_with_big(text[at + 1 : at + 2], number):
        return Unit("个", "count", at + 1, "大")
    if text.startswith(("个多", "个半"), at) and (unit := unit_at(text, at + 2)) and unit.kind == "duration":
        return replace(unit, name="个月" if unit.name == "月" else unit.name)
    digits = number.form in ("arabic", "float", "mixed") or (number.form == "digits" and number.value >= 10)
    unit = unit_at(text, at, digits=digits)
    scales = unit is not None and unit.name == "个" and text.startswith(("亿", "万"), unit.end)
    return None if scales or (unit and number.end < at and not text[at].isascii()) else unit


def _counts_with_big(follows: str, number: Number) -> bool:
    """两大主导产业: 大 before a noun counts like 个."""
    if not 2 <= number.value <= (30 if number.form == "arabic" else 100):
        return False
    return follows == "“" or ("\u3400" <= follows <= "\u9fff" and follows not in _NOT_COUNTED_BIG)


def _without_unit(text: str, at: int, head: int, number: Number) -> Draft:
    """A bare number; 5个亿, 3个亿元 and 15k are scaled."""
    draft = _draft(at, head, number, None)
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


# ---- ranges and lists ----


def _is_change(text: str, start: int, mark: str) -> bool:
    """从A到B is a change from one to the other, two figures."""
    return mark.strip() in ("至", "到") and _FROM.search(text[max(0, start - 10) : start]) is not None


def _further(text: str, at: int) -> Number | None:
    """The next number of a range or list; a date is none."""
    return None if is_time(text[at : at + 16]) else number_at(text, at)


def _range_of_units(text: str, draft: Draft) -> Draft | None:
    """7万元至8万元, 10%-15%, 30岁到40岁."""
    mark = _RANGE_MARK.match(text, draft.end)
    if mark is None or draft.value_max is not None:
        return None
    upper = _further(text, mark.end())
    if upper is None or upper.value <= draft.value or (upper.is_percent and draft.unit != "%"):
        return None
    unit = _unit_of(text, upper)
    if unit is None or unit.name != draft.unit:
        return None
    if _is_change(text, draft.start, mark[0]) and not text.startswith(("不等", "之间"), unit.end):
        return None
    return replace(draft, end=unit.end, value_max=upper.value_max or upper.value, number_end=upper.end)


def _range(text: str, at: int, head: int, number: Number) -> list[Draft]:
    """3至5个, 30—40岁, 3-5万元, 五、六个; 从3到5个 are two."""
    comma = _COMMA_MARK.match(text, number.end)
    mark = _RANGE_MARK.match(text, number.end) or comma
    upper = _further(text, mark.end()) if mark and number.value_max is None else None
    if mark and upper and upper.is_percent and text[upper.end - 1] == "成" and not comma:
        tenths = replace(number, value=number.value * 10, value_max=upper.value, end=upper.end)
        fits = 0 < number.value < 10 and tenths.value < upper.value and upper.value_max is None
        return [_fraction(text, at, head, tenths)] if fits else []
    if mark is None or upper is None or upper.is_percent or upper.value_max is not None:
        return []
    unit = _unit_of(text, upper) or (None if comma else Unit("", "number", upper.end, ""))
    if unit is None or (comma and not (upper.value == number.value + 1 and upper.value < 10)):
        return []
    low = _draft(at, head, replace(number, value=_shared_scale(text, head, number, mark.end(), upper)), unit)
    high = _draft(mark.end(), mark.end(), upper, unit)
    if _is_change(text, at, mark[0]) and not text.startswith(("不等", "之间"), unit.end):
        return [replace(low, end=number.end), high]
    if low.value >= high.value:
        return []
    form = "arabic" if comma else number.form
    return [replace(low, value_max=high.value, approx=high.approx, form=form, number_end=upper.end)]


def _shared_scale(text: str, head: int, number: Number, upper_at: int, upper: Number) -> Decimal:
    """3-5万元: both are 万."""
    scale = _TRAILING_SCALE.search(text[upper_at : upper.end])
    if scale is None or len(scale[0]) == upper.end - upper_at or any(c in SCALES for c in text[head : number.end]):
        return number.value
    scaled = number.value.scaleb(sum(MAGNITUDES[c] for c in scale[0]))
    if scaled >= upper.value:
        return number.value
    return Decimal(int(scaled)) if scaled == int(scaled) else scaled


def _listed(text: str, at: int, head: int, number: Number) -> list[Draft]:
    """0.3和1.8个百分点, 分别为12、15和18家: numbers that share the last one's unit; the last one's span holds it."""
    numbers, unit = _numbers_of_list(text, at, head, number)
    if unit is None or any(n.form == "bare" for _, _, n in numbers):
        return []
    shared = _SHARED.search(text[max(0, at - 70) : at]) is not None
    if not shared and (unit.kind == "count" or text[number.end] in ",，" or _are_neighbours(numbers)):
        return []
    last_at, _, last = numbers[-1]
    drafts = []
    for start, first, each in numbers[:-1]:
        value = _shared_scale(text, first, each, last_at, last) if unit.kind == "money" else each.value
        drafts.append(replace(_draft(start, first, each, unit), value=value, end=each.end))
    return [*drafts, _draft(last_at, last_at, last, unit)]


def _numbers_of_list(
    text: str, at: int, head: int, number: Number
) -> tuple[list[tuple[int, int, Number]], Unit | None]:
    """The numbers that 、和 join, up to the one with a unit: a dozen at most."""
    numbers = [(at, head, number)]
    while len(numbers) < 12 and (mark := _LIST_MARK.match(text, numbers[-1][2].end)):
        following = _further(text, mark.end())
        if following is None or following.is_percent:
            break
        numbers.append((mark.end(), mark.end(), following))
        if unit := _unit_of(text, following):
            return numbers, unit
    return numbers, None


def _are_neighbours(numbers: list[tuple[int, int, Number]]) -> bool:
    """5、6个: a range in speech, not a list."""
    return len(numbers) == 2 and numbers[0][2].value + 1 == numbers[1][2].value and numbers[0][2].value < 9


# ---- units in two pieces ----


def _as_money(text: str, draft: Draft) -> Draft:
    """3块。 and 六块五 are money, 三块地 is not."""
    if text[draft.number_end : draft.end].strip() != "块":
        return draft
    tenth = _TENTH.match(text, draft.end)
    money = tenth and unit_at(text, draft.end + 1, digits=False) is None
    money = money or text[draft.end : draft.end + 1] in ("", *"，。；、左以多的）")
    if money and not _PIECES.search(text[: draft.start][-2:]):
        return replace(draft, unit="元", kind="money")
    follows = text[draft.end : draft.end + 1]
    goes_on = follows.isdigit() or (follows and follows in NUMERALS + "零又半")
    return replace(draft, kind="money") if goes_on else replace(draft, unit="块", kind="count")


def _compound(text: str, draft: Draft) -> Draft:
    """三元五角, 六块五, 一小时三十分, 1米75, 两斤三两, 三年半, 三十九度五."""
    if pieces := _half_pieces(text, draft):
        return pieces
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
    if unit and unit.printed in _PARTS:
        return _joined(text, draft, lesser.value, replace(unit, name=unit.name if unit.name in parts else unit.printed))
    return draft if unit else _with_short_tail(text, draft, lesser)


def _half_pieces(text: str, draft: Draft) -> Draft | None:
    """三年半, 两个半小时 and 三个多小时."""
    pieces = text[draft.number_end : draft.number_end + 2] if draft.unit in _WITH_PIECES else ""
    if pieces == "个多":
        return replace(draft, approx="over")
    if pieces == "个半":
        return replace(draft, value=draft.value + Decimal("0.5"))
    follows = text[draft.end + 1 : draft.end + 2]
    ends = text.startswith("半", draft.end) and (not follows or follows in _ENDS_HALF)
    if ends and (draft.unit == "岁" or draft.kind in _HALVED):
        return replace(draft, value=draft.value + Decimal("0.5"), end=draft.end + 1)
    return None


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
