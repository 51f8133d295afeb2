"""Numbers as Chinese text writes them: 12,500 · 3万4000 · 十万零五百 · 1.2万亿 · 二三十 · 三分之二 · 九成五.

Text comes in with full-width digits folded and layout spaces gone (``core.reading.figures.find`` does that).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from core.reading.figures.units import unit_at
from core.records import Approx

DIGIT_VALUES = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
MAGNITUDES = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}
# Capital and old forms, as cheques and old texts print them (GB/T 15835 names the capitals).
_PLAIN = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟萬億兩弍貳參陸", "一二三四五六七八九十百千万亿两二二三六")
_JOINED_TENS = {"廿": "二十", "卅": "三十", "卌": "四十"}

DIGITS = "零〇○一二三四五六七八九两壹贰叁肆伍陆柒捌玖兩弍貳參陸"
SCALES = "十百千万亿拾佰仟萬億"
NUMERALS = DIGITS + SCALES + "".join(_JOINED_TENS)

_ARABIC = r"(?:\d{1,3}(?:[,，]\d{3})+(?!\d)|\d+)(?:\.\d+)?"
# 5千米 is 5 千米 and 5百分点 no number of hundreds.
_SCALE_RUN = rf"(?:[{SCALES}](?!分[之点]))+"
_RUN = re.compile(
    rf"{_ARABIC}(?:{_SCALE_RUN}(?:\d+(?![\d.:：年月日时])[{SCALES}]*|[{NUMERALS}]){{0,41}})?|[{NUMERALS}]{{1,41}}"
)
_PLAIN_ARABIC, _SMALL = re.compile(r"\d+(?:\.\d+)?"), re.compile(r"(\d+(?:\.\d+)?)([十百千])")
# 6×10^5, 1.2e6, 3×10⁸
_FLOATING = re.compile(r"\d+(?:\.\d+)?(?:[×xX*]10(?:\^|\*\*)?([-−]?[\d⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+)|[eE]([+-]?\d+))(?![\dA-Za-z])")
# 10的5次方, 二的十次幂
_POWER = re.compile(rf"(\d+|[{NUMERALS}]+)的(\d+|[{NUMERALS}]+)次[方幂]")
# 点五, 点二五万
_POINT = re.compile(rf"点([{DIGITS}]+)(?![十百千刻分半钟])([万亿]*)")
# 多, 几万, 来
_MIDDLE = re.compile(rf"([多余来几])([{SCALES}]*)")
# 1.2万+人次, not 1+3+X
_PLUS = re.compile(r"\+(?=[\u3400-\u9fff%％])")
# 数十, 好几百, 几千
_VAGUE = re.compile(r"(?:好几|[数几])(?=[十百千万亿])")
_KILO = "米克瓦伏卡帕赫焦字吨升安"
# 二两酒 weighs, 一两天 and 三两个 count: then 两 belongs to the number.
_COUNTED_AFTER_TWO = frozenset("天个年次名位家人万千百十亿日月小周元里句条件种项只支点分")
_SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻−", "0123456789--")

LONGEST = 40
"""No number is printed with more characters; longer runs of digits are codes or rubbish."""
LARGEST = Decimal(10) ** 21
"""Nothing that is counted or paid comes to so much; the fastest computers do 百亿亿次 a second."""
_LONGEST_STRING = 8
"""More digits than this in a row, written as characters (二〇二三…), are a code."""
_WINDOW = LONGEST
"""The marks of a fraction or a power stand no further from its beginning."""

# 三分之二, 2又3分之1, 百分之15至20
_FRACTION = re.compile(
    rf"(?:(?P<whole>\d+|[{NUMERALS}]+)又)?(?P<below>\d+|[{NUMERALS}]+)分之"
    rf"(?P<above>{_ARABIC}|百(?![{DIGITS}])|[{NUMERALS}]+(?:点[{DIGITS}]+)?)"
    rf"(?:[-—~～至到](?P<most>{_ARABIC}|[{NUMERALS}]+(?:点[{DIGITS}]+)?))?"
)
# 1/3的村; not 4/5G, 3/5号楼, 100/200/300元
_SLASH = re.compile(
    r"(?<!/)(?:(?P<whole>\d+)(?:又| ))?(?P<above>\d+)/(?P<below>\d+)(?![\d/.A-Za-z万亿号年级期栋幢路楼线班组])"
)
# 九成, 三成五, 八成多
_TENTHS = re.compile(
    rf"(?P<low>\d(?:\.\d+)?|[{DIGITS}]点[{DIGITS}]+|[{DIGITS}十]{{1,2}})(?P<mid>多|余)?成(?P<more>半|(?![两兩])[{DIGITS}])?(?P<tail>[多余](?![样元]))?"
    r"(?![立为功员果效本都长熟分交就了人年绩品片型像群语活因规片千渝新])"
)
# 二〇二三
_DIGIT_STRING = re.compile(r"[零〇○一二三四五六七八九]+")
_SECTION = re.compile(
    r"零?(?:(\d|[一二两三四五六七八九])千)?零?(?:(\d|[一二两三四五六七八九])百)?零?(?:(\d|[一二三四五六七八九])?十)?零?(\d+|[一二两三四五六七八九])?"
)
# 二三十, 七八百
_TWO_DIGITS = re.compile(r"([一两二三四五六七八九])([两二三四五六七八九])(?=[十百千万亿]|$)")


@dataclass(slots=True)
class Number:
    """A number as printed: its value, the upper value of 二三十, the approximation inside it, and where it ends.

    ``form``: arabic · chinese · bare (百, 万: a magnitude without a digit) · digits (二〇二三) · fraction (in per cent)
    · mixed (2又3/4) · float (6×10^5).
    """

    value: Decimal
    end: int
    form: str
    value_max: Decimal | None = None
    approx: Approx = "exact"

    @property
    def is_percent(self) -> bool:
        """Return whether the value is in per cent: 三分之二, 九成五."""
        return self.form == "fraction"


def read_number(text: str) -> Number | None:
    """Return the number that a whole text is, or None when it is none or more than one.

    >>> read_number("十万零五百").value
    Decimal('100500')
    """
    found = number_at(text, 0)
    return found if found and found.end == len(text) else None


def number_at(text: str, at: int) -> Number | None:
    """Return the longest number that begins at a place of the text."""
    found = _fraction_at(text, at) or _special_at(text, at) or _plain_at(text, at)
    return found if found and _is_sensible(found, at) else None


def _is_sensible(found: Number, at: int) -> bool:
    """Whether a number can be a figure at all; a power of ten that is written as one may be as large as it likes."""
    largest = max(abs(found.value), abs(found.value_max or Decimal(0)))
    is_code = found.form == "digits" and found.end - at > _LONGEST_STRING
    return found.form == "float" or (largest < LARGEST and not is_code)


def _fraction_at(text: str, at: int) -> Number | None:
    """三分之二 → 66.67, 百分之零点九 → 0.9, 九成五 → 95: all in per cent; 2又3/4 is 2.75."""
    near = text[at : at + _WINDOW]
    if "分之" in near and (match := _FRACTION.match(text, at)):
        return _read_fraction(match)
    if "/" in near and (match := _SLASH.match(text, at)) and not _are_two(text, match):
        return _read_fraction(match)
    if near.startswith("百分百"):
        return Number(Decimal(100), at + 3, "fraction")
    if "成" in near and (match := _TENTHS.match(text, at)):
        return _read_tenths(match)
    return None


def _are_two(text: str, match: re.Match[str]) -> bool:
    """5/8元 are two prices, 50/80亩 two areas; 1/3公里 and 1/3的村 are shares."""
    unit = unit_at(text, match.end())
    return unit is not None and (unit.kind == "money" or len(match["below"]) > 1)


def _read_fraction(match: re.Match[str]) -> Number | None:
    """The value of a matched fraction; a denominator of nothing, more than any figure has, or 12/31/2023 is none."""
    groups = match.groupdict()
    below, above = _simple(groups["below"]), _simple(groups["above"])
    if not below or above is None:
        return None
    whole = _simple(groups["whole"]) if groups["whole"] else None
    most = _simple(groups["most"]) if groups.get("most") else None
    if max(above, below, whole or above, most or above) >= LARGEST or (match.re is _SLASH and above >= below):
        return None
    if whole is not None:
        return Number(_rounded(whole + above / below, 4), match.end(), "mixed")
    upper = _rounded(most * 100 / below) if most is not None else None
    return Number(_rounded(above * 100 / below), match.end(), "fraction", upper)


def _read_tenths(match: re.Match[str]) -> Number | None:
    """九成五, 近八成, 三四成, 六成多."""
    low = match["low"]
    pair = _TWO_DIGITS.fullmatch(low)
    first = _simple(pair[1] if pair else low)
    if first is None or first > 10:
        return None
    extra = (
        Decimal(5) if match["more"] == "半" else (_simple(match["more"]) or Decimal(0)) if match["more"] else Decimal(0)
    )
    upper = _simple(pair[2]) if pair else None
    return Number(
        first * 10 + extra,
        match.end(),
        "fraction",
        upper * 10 if upper is not None else None,
        "over" if match["mid"] or match["tail"] else "exact",
    )


def _rounded(value: Decimal, places: int = 2) -> Decimal:
    """A value without endless decimals: 66.67, but 12.5."""
    return _trim(value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))


def _trim(value: Decimal) -> Decimal:
    """62000 for 6.2E+4 and 12.5 for 12.50."""
    value = value.normalize()
    return (
        value.quantize(Decimal(1)) if value == value.to_integral_value() and abs(value) < Decimal(10) ** 27 else value
    )


def _simple(text: str) -> Decimal | None:
    """A plain number without approximation: 百, 零点九, 12.5."""
    found = _plain_at(text, 0)
    return found.value if found and found.end == len(text) and found.value_max is None else None


def _special_at(text: str, at: int) -> Number | None:
    """6×10^5, 1.2e6, 10的3次方."""
    if text[at : at + 1].isdigit() and (match := _FLOATING.match(text, at)):
        power = int((match[1] or match[2]).translate(_SUPERSCRIPT))
        head = re.match(r"\d+(?:\.\d+)?", match[0])
        if head and abs(power) <= 30:
            return Number(_trim(Decimal(head[0]).scaleb(power)), match.end(), "float")
    if "次" in text[at : at + _WINDOW] and (match := _POWER.match(text, at)):
        base, power_of = _simple(match[1]), _simple(match[2])
        if base is not None and power_of is not None and base <= 100 and power_of <= 20:
            return Number(base ** int(power_of), match.end(), "float")
    return None


def _plain_at(text: str, at: int) -> Number | None:
    """A cardinal number with what may stand inside it: 好几百, 50多万, 三点一四, 十几."""
    vague = _VAGUE.match(text, at) if text[at : at + 1] in ("好", "数", "几") else None
    start = vague.end() if vague else at
    run = _RUN.match(text, start)
    if run is None:
        return None
    found = _read_run(text, start, run.end())
    if found is None:
        return None
    if vague:
        return replace(found, approx="over", form="chinese")
    if found.form != "digits" or found.end - start == 1:
        found = _with_point(text, found)
    if text[found.end : found.end + 1] == "+" and _PLUS.match(text, found.end) and found.value_max is None:
        return replace(found, end=found.end + 1, approx="over")
    return _with_middle(text, found)


def _read_run(text: str, start: int, end: int) -> Number | None:
    """The value of a run of digits and numerals; the 千 of 5千米 is given back to the unit."""
    if end - start > LONGEST:
        return None
    run = text[start:end]
    if run[-1] in "两兩" and len(run) > 1 and not _counts_after_two(text, end, run):
        end, run = end - 1, run[:-1]
    if run[-1] in "千仟" and end < len(text) and text[end] in _KILO and _is_unit_kilo(run):
        end, run = end - 1, run[:-1]
    if not run:
        return None
    span = _values(run)
    if span is None:
        return None
    low, high, form = span
    return Number(low, end, form, high)


def _counts_after_two(text: str, end: int, run: str) -> bool:
    """一两天, 三两个, 一两趟: 两 is a number; 二两酒 and 三斤二两酒 weigh."""
    return text[end : end + 1] in _COUNTED_AFTER_TWO or (
        run in ("一两", "三两") and unit_at(text, end, digits=False) is not None
    )


def _is_unit_kilo(run: str) -> bool:
    """Whether the last 千 of a run is part of the unit: 五千米, 300万千瓦, but not 两万三千米."""
    rest = run[:-1]
    return not rest or rest[-1] in SCALES or not any(c in "万亿萬億" for c in rest)


def _with_point(text: str, found: Number) -> Number:
    """三点一四, 两点五亿."""
    if not text.startswith("点", found.end) or found.value_max is not None or found.form == "arabic":
        return found
    match = _POINT.match(text, found.end)
    if match is None:
        return found
    digits = "".join(str(DIGIT_VALUES[c]) for c in match[1].translate(_PLAIN))
    value = found.value + Decimal("0." + digits)
    return Number(_scaled(value, match[2]), match.end(), "chinese")


def _with_middle(text: str, found: Number) -> Number:
    """50多万, 十几, 三千余万, 30来."""
    match = _MIDDLE.match(text, found.end) if text[found.end : found.end + 1] in ("多", "余", "来", "几") else None
    if match is None or found.value_max is not None or found.form == "digits":
        return found
    word, scale = match[1], match[2]
    scale, end = _without_kilo(text, scale, match.end())
    if word == "几" and not (text[found.end - 1] in "十0百千万" or scale):
        return found
    if word == "来" and (found.value % 10 != 0 or text[match.end() : match.end() + 1] in set("自到源看说访京往华")):
        return found
    if (
        word in "多余"
        and text[end : end + 1] in set("样元种维")
        and not scale
        and word == "多"
        and text[end : end + 1] != "元"
    ):
        return found
    if word == "多" and not scale and found.value < 10 and found.form != "arabic":
        return found
    form = "chinese" if found.form == "bare" else found.form
    return Number(_scaled(found.value, scale), end, form, None, "about" if word == "来" else "over")


def _without_kilo(text: str, scale: str, end: int) -> tuple[str, int]:
    """50多千克: the 千 belongs to the unit."""
    if scale and scale[-1] in "千仟" and end < len(text) and text[end] in _KILO:
        return scale[:-1], end - 1
    return scale, end


def _scaled(value: Decimal, scale: str) -> Decimal:
    if not scale:
        return value
    power = sum(MAGNITUDES[c] for c in scale.translate(_PLAIN))
    return _trim(value.scaleb(power)) if power else value


def _values(run: str) -> tuple[Decimal, Decimal | None, str] | None:
    """Value, upper value and form of a run."""
    if run.isascii():
        value = _mixed(run.replace(",", ""))
        return None if value is None else (value, None, "arabic")
    run = run.translate(_PLAIN).replace("〇", "零").replace("○", "零")
    for joined, plain in _JOINED_TENS.items():
        run = run.replace(joined, plain)
    if run[0].isdigit():
        value = _mixed(run.replace(",", "").replace("，", ""))
        return None if value is None else (value, None, "arabic")
    if run == "三两":
        return Decimal(2), Decimal(3), "chinese"
    if _DIGIT_STRING.fullmatch(run) and len(run) > 1 and not _is_near_pair(run):
        return Decimal("".join(str(DIGIT_VALUES[c]) for c in run)), None, "digits"
    if pair := _range_inside(run):
        return pair[0], pair[1], "chinese"
    value = _mixed(run)
    if value is None:
        return None
    return value, None, "bare" if run[0] in "百千万亿" else "chinese"


def _is_near_pair(run: str) -> bool:
    """七八, 两三, 三五: two neighbouring digits are a range, not a string."""
    return len(run) == 2 and _are_near(run[0], run[1])


def _are_near(a: str, b: str) -> bool:
    low, high = DIGIT_VALUES[a], DIGIT_VALUES[b]
    return low > 0 and (high == low + 1 or (low, high) == (3, 5))


def _range_inside(run: str) -> tuple[Decimal, Decimal] | None:
    """二三十 → 20 and 30, 十七八 → 17 and 18, 三四百万 → 3 and 4 millions."""
    match = _TWO_DIGITS.search(run)
    if match is None or not _are_near(match[1], match[2]):
        return None
    head, tail = run[: match.start()], run[match.end() :]
    low, high = _mixed(head + match[1] + tail), _mixed(head + match[2] + tail)
    if low is None or high is None or low >= high or (head and head[-1] not in "十百千万亿"):
        return None
    return low, high


def _mixed(run: str) -> Decimal | None:
    """A number of digits and magnitudes, 亿 over 万 over the rest; None when they stand in an impossible order."""
    for big in "亿万":
        at = run.find(big)
        if at >= 0:
            return _split_at(run, at, big)
    if run.isdecimal() or _PLAIN_ARABIC.fullmatch(run):
        return Decimal(run)
    small = _SMALL.fullmatch(run)
    return _scaled(Decimal(small[1]), small[2]) if small else _section(run)


def _split_at(run: str, at: int, big: str) -> Decimal | None:
    """Left of 亿 or 万 times its worth, plus what stands right of it."""
    left_text, right_text = run[:at], run[at + 1 :]
    left = Decimal(1) if not left_text else _mixed(left_text)
    right = _mixed(right_text) if right_text else Decimal(0)
    if left is None or right_text.startswith(("万", "亿")) or right is None or left <= 0:
        return None
    total = _scaled(left, big)
    if _is_short_tail(right_text):
        return total + _scaled(right, big) / 10
    worth = Decimal(10) ** MAGNITUDES[big]
    return total + right if right < worth else None


def _is_short_tail(text: str) -> bool:
    """一万二 = 12 000: a single digit after a magnitude, without 零."""
    return len(text) == 1 and text in "123456789一二三四五六七八九两"


def _section(run: str) -> Decimal | None:
    """A number below ten thousand: 三千五百, 一百零五, 十五, 百, 两百五 (250)."""
    if run == "零":
        return Decimal(0)
    if run[0] in "百千":
        run = "一" + run
    match = _SECTION.fullmatch(run)
    if match is None or (not any(match.groups()) and "十" not in run):
        return None
    thousands, hundreds, tens, ones = match.groups()
    if ones and ones.isdigit() and len(ones) > 1 and (thousands or hundreds or tens):
        return _with_digits(thousands, hundreds, tens, ones)
    total = Decimal(_digit(thousands) * 1000 + _digit(hundreds) * 100)
    if "十" in run:
        total += (_digit(tens) or 1) * 10
    if ones and "零" not in run and "十" not in run and (hundreds or thousands) and len(run) > 1:
        return total + _digit(ones) * (10 if hundreds else 100)
    return total + _digit(ones)


def _with_digits(thousands: str | None, hundreds: str | None, tens: str | None, ones: str) -> Decimal | None:
    """1百23: digits below the last magnitude."""
    total = Decimal(_digit(thousands) * 1000 + _digit(hundreds) * 100)
    fits = not tens and int(ones) < (100 if hundreds else 1000)
    return total + int(ones) if fits else None


def _digit(char: str | None) -> int:
    if not char:
        return 0
    return int(char) if char.isdigit() else DIGIT_VALUES[char]
