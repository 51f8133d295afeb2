"""Figures in running text: number × approximation × unit, with what only looks like one left out.

White space that layout left inside a figure is read through; every figure's span is literal in the text given.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from core.reading.numerals import DIGITS, NUMERALS, SCALES, Number, number_at
from core.reading.units import Unit, inventory, load_table, sign_at, unit_at
from core.records import Approx

_WIDE = "\u2e80-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’…—"
_TOUCHES = re.compile(f"[{_WIDE}]")
_BLANK = re.compile("\\s+|[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]+")
_TO_FOLD = re.compile("[０-９Ａ-Ｚａ-ｚ％．＋－＄￥\u2f00-\u2fdf\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_FOLDED = {code: code - 0xFEE0 for code in range(0xFF10, 0xFF5B)} | {
    ord("％"): "%",
    ord("．"): ".",
    ord("＋"): "+",
    ord("－"): "-",
    ord("＄"): "$",
    ord("￥"): "¥",
}
_FOLDED |= {
    0x2F00: "一",
    0x2F06: "二",
    0x2F0B: "八",
    0x2F17: "十",
    0x2F08: "人",
    0x2F47: "日",
    0x2F49: "月",
    0x2F26: "子",
}

_N = rf"[{NUMERALS}]"
_YEAR = r"(?:1[5-9]|20|21)\d\d"
_TO = r"[-—–－~～至到]{1,2}"
_START = re.compile(
    rf"[\d零〇半负第首几数{NUMERALS}]|[-+](?=\d)|[−－](?=\d)|[￥¥$€£₩₽₹฿](?=\s?\d)|(?:RMB|CNY|USD|EUR|GBP|HKD|JPY|US\$|HK\$)(?=\s?\d)|人民币(?=\d)"
)

# What begins with a number and is a date, a clock time, a code, a version: read over as a whole.
_DATES = (
    rf"{_YEAR}(?:年)?(?:{_TO}|、|/){_YEAR}(?:年度?|学年|赛季)?(?!\d)",
    rf"{_YEAR}[-/.]\d{{1,2}}(?:[-/.]\d{{1,2}})?(?![\d.万亿%个元])",
    rf"{_YEAR}(?:财|学)?年(?![多余]|以上|左右|历史|的历史|之久|龄|树龄|前)(?:度|末|底|初|版|级|第?[一二三四]季度|[上下]半年)?(?:\d{{1,2}}月(?:份|[上中下]旬|底|初|末)?)?"
    rf"(?:{_TO}(?:\d{{1,2}}月)?)?(?:\d{{1,2}}[日号])?(?:{_TO}\d{{1,2}}[日号])?",
    rf"\d{{1,2}}月(?!个)(?:份|底|初|末|[上中下]旬|中旬)?(?:{_TO}(?:\d{{1,2}}月(?:份|底|初|末|[上中下]旬)?)?)?(?:\d{{1,2}}[日号])?(?:{_TO}(?:\d{{1,2}}月)?\d{{1,2}}[日号])?",
    rf"\d{{1,2}}(?:(?:{_TO}|、)\d{{1,2}}){{0,11}}月(?!龄)(?:份)?",
    rf"\d{{1,2}}(?:(?:{_TO}|、)\d{{1,2}}){{0,11}}日(?!内|以内|之内|游|龄|均|夜)",
    r"\d{1,2}/\d{1,2}/\d{4}",
    r"[‘’']?\d{2}(?:年代|后(?=[、，。的青年干创党员大学村选]|$))",
    r"[二一][零〇○一二三四五六七八九]{3}年(?:十[一二]?月|[一二三四五六七八九]月)?(?:[一二三]?十?[一二三四五六七八九]?[日号])?",
    r"(?:十[一二]?|[一二三四五六七八九])月(?:份|底|初|末|[上中下]旬|[一二三]?十?[一二三四五六七八九]?[日号])?(?![个龄])",
    r"(?:[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九]|廿[一二三四五六七八九]?)[日号](?!内|以内|之内|夜|游)",
    r"[一二三四1234]季度",
    r"[1-9]\d?世纪|(?:二?十[一二三四五六七八九]?|[一二三四五六七八九])世纪",
    r"[二三四五六七八九]十年代|[零一二三四五六七八九]{1,2}后(?=[、，。的青年])",
)
_CLOCKS = (
    r"\d{1,2}[:：]\d{2}(?:[:：]\d{2})?(?:{0}\d{{1,2}}[:：]\d{{2}})?".replace("{0}", _TO)
    .replace("{{", "{")
    .replace("}}", "}"),
    r"\d{1,2}时(?![间代])(?:\d{1,2}分)?(?:\d{1,2}秒)?(?:许|左右|整)?",
    r"\d{1,2}点(?:\d{1,2}分|半|整|钟|许|多|左右)?(?![\d一二三四五六七八九零]|击|位|赞)",
    rf"[一二三四五六七八九十两]{{1,3}}点(?:钟|整|半|许|多|左右|一刻|三刻|{_N}{{1,3}}分|(?![{DIGITS}十]))",
    rf"[一二三四五六七八九十]{{1,3}}时(?![间代])(?:{_N}{{1,3}}分)?",
)
_CODES = (
    r"\d+(?:\.\d+){2,}",
    r"\d+(?:\+[\dA-ZＮNX]+)+",
    r"1[3-9]\d{9}(?!\d)|(?:0\d{2,3}|400|800)-\d{3,8}(?:-\d{3,4})?|\d+(?:-\d+){2,}|\d{15,}[Xx]?(?!\d)",
    r"\d+(?:-\d+)?号(?!召)(?:\d+[幢栋座号])?|\d+[幢栋座]\d+(?:单元|室|号)?|[一二三四五六七八九十百零〇]+号(?!召)",
    r"\d+[#＃]|\d+(?:弄|室(?!外)|单元|国道|省道|县道|乡道|高速|热线|路公交|路车|版(?![权本块面图])|高地|军|频道|航班|信箱|街区|地块|标段|工区)",
    r"\d+(?:[×xX*]\d+)+(?!\^)(?:小时|米)?",
    r"\d+[:：]\d+",
    r"\d{2,3}强|[百十]强",
    r"\d+[·•]\d+(?!亿|万|%|元)",
    r"[〔\[【（(]\d{4}[〕\]】）)]第?\d*号?",
    rf"[{NUMERALS}]+(?:十|百)?(?:届|次)(?:[{NUMERALS}]+次)?(?:全会|全委|全体会议|中全会|人代会|党代会|代表大会|政协)",
    rf"{_N}{{1,4}}届(?=[{NUMERALS}\d]|人大|政协|党代|市委|省委|县委|中央|全国|代表)",
    r"\d{1,2}届(?=[一二三四五六七八九十\d]|人大|政协|党代|中央|全国)",
    r"[一二三四五六七八九两]中全会|[一二三四五六七八九十]+大(?=精神|报告|以来|代表|召开|闭幕|开幕|提出|部署|胜利|之后|和)",
    r"一([^\d，。、；：\s一个])一",
    r"[两二三四五六七八九十]个一",
    r"[一二三四五六七八九十]、(?=[^\d一二三四五六七八九十])",
    r"[一二三四五六七八九]期(?=工程|项目|建设|规划|地块|厂房|、|和)",
    r"[一二两三四五六]级(?![地风台]|强风|大风)",
    r"[一二三四五六七八九十]年级",
    r"[一二三四五六]产(?!品)|[一二三]{2,3}产业|[一二三]{2,3}产",
    r"[一二三四五六七八九]楼|\d+楼(?!盘)",
    r"[一二三四五六七八九十]+是(?=[^\d])",
    r"[一二三四五六七八九十两]+(?:两|三|四|五|六|七|八|九|十)?[一二三四五六七八九]等奖|[一二三四]等(?:奖|功|舱|座)?",
    r"零(?![下点一二三四五六七八九]|\d)",
)
_DATE = re.compile("|".join(f"(?:{p})" for p in _DATES + _CLOCKS))
_CODE = re.compile("|".join(f"(?:{p})" for p in _CODES))
_TOKEN = re.compile(r"[0-9A-Za-z][0-9A-Za-z._+\-·]*")
_ORDINAL = re.compile(rf"第?(?:\d+|[{NUMERALS}]+)(?:(?:{_TO}|、)第?(?:\d+|[{NUMERALS}]+))?(?:位|名)?")
_RANK_BEFORE = re.compile(
    r"(?:居|列|排|名次|跃升|上升|升至|晋升|稳占|获得?|全[国省市县区州球]|世界|亚洲|浙江|行业|同类|[省市县区])[^，。；、：\s]{0,9}$"
)
_RANKED = re.compile(rf"第(\d+|[{NUMERALS}]+)(?:[位名]|(?=[，。；、！）)和并且\s]|$|的(?:好成绩|位次)))")
_FIRST = re.compile(r"之首|榜首|首位|首(?=[，。；、]|$)")
_FIRST_BEFORE = re.compile(r"(?:居|列|排|占|位)[^，。；、]{0,12}$")

_NOT_AFTER = frozenset("第统同唯单专如合逐不归之周期初高划")
_LIST_MARK = re.compile(r"[、和与及](?=[\d])|[,，](?=\d)")
_RANGE_MARK = re.compile(r"\s?(?:-{1,2}|—{1,2}|–|－|~{1,2}|～{1,2}|〜|至|到)\s?")
_SHARED = re.compile(r"(?:分别|依次|各)[^。；]{0,60}$")
_FROM = re.compile(r"[从由自][^，。；、]{0,8}$")
_TRAILING_SCALE = re.compile(r"[百千万亿]+$")
_ADVERB_AFTER = re.compile(
    r"(?:多|余)?(?:的?时间)?(?:以来|来(?![到自])|之?间(?!隔|距)|[以之]前|前(?![往来期景沿端])|[以之]后|后(?![勤续期代备])|里(?![面程])|之?中(?![国央心标])|外(?![地来]))"
    r"|(?:多|余)?(?:的)?时间(?=里|内|，|。)|如一日|一度|一次(?!性)|(?:的)?(?:今天|昨天)"
)
_ADVERB_BEFORE = re.compile(r"(?:过去的?|未来|今后|最近|此后|其后|前|头|这|那|随后|接下来的?|往后|再过|近|每隔|隔)$")
_CLAUSE_START = re.compile(r"(?:^|[，。；：、！？“”（\s在])(?:最)?近$")
_ONE_COUNTED = re.compile(
    r"(?:共有?|仅有?|只有?|为期|历时|连续|不到|缩短|延长|提前|推迟|需|用时|耗时|满|缩减|至|到|每人|各|唯有)$"
)
_HALF = re.compile(r"半(?:个)?(小时|月|年|天|日|学期|斤|公斤|亩|吨|公里|里|分钟|钟头|世纪|米|克|升|打|里|杯|碗|桶)")
_HALVES = re.compile(r"(?:一半|半数|过半)(?![身路山球])")
_HALVES_BEFORE = re.compile(r"(?:占|超过?|近|逾|约|达|过|不足|将近|的|减少|下降|降低|提高|缩短)$")
_TIMES = "小时|分钟|天|日|周|星期|月|季度|季|学期|年|半年|两周|两年|两月|班"
_EVERY = re.compile(rf"每(?:一|个|一个)?({_TIMES})[^，。；、\d]{{0,8}}$|(?<![\d{NUMERALS}第])一({_TIMES})$")
_PER_WHAT = re.compile(
    r"每(千克|公斤|100克|百克|克|升|毫升|立方米|平方米|吨|斤|株|亩|公顷|人|户|个|件|小时|天|月|年|公里|平米|度|方|头|只|台|套|次|位|名)(?P<gap>[^，。；、]{0,24}?)$"
)
_FINE = frozenset("mg 毫克 μg ug 微克 ng 纳克 g 克 毫摩尔 mmol 微摩尔".split())
_NAME = re.compile(
    r"“([^“”]{1,24})”|‘([^‘’]{1,24})’|《[^《》]{1,60}》|\"([^\"\n]*)\"|「[^「」]{1,24}」|『[^『』]{1,24}』"
)
_SPEECH = re.compile(r"[，。！？；,!?;…]")
_STOP_PHRASE = re.compile(r"[^，。；：、！？“”‘’《》（）()\s的在和与并将已向对从由\d]{1,12}")
_REAL = re.compile(
    r"小?组|队|团|中心|基地|项目|平台|企业|产业|人群|群体|课题|学校|单位|部门|人才|人员|农产品|产品|业|户|村|镇|乡|市|县|厂|园|家|站|点|员|库|资金|商"
)
_STRENGTH = re.compile("[风震浪潮]|烈度|伤残|残疾")
_AGE_MARK = re.compile(r"[（(][^（）()]{0,10}$|[男女][，,、]?(?:现年|今年)?$")
_HALVED = frozenset(("duration", "mass", "length", "area", "money"))
_LESSER = frozenset("分钟 分 秒 秒钟 角 毛 分钱 角钱 毛钱 两 厘米 公分 寸 尺 英寸 米 公斤 千克 克 盎司 个月 月".split())
_BIG = frozenset("人亩名户吨")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure and where it stands: span in code points (half open), value in the printed unit, 万 and 亿 multiplied out.

    ``kind``: count · money · ratio · growth · rank · duration · length · area · volume · mass · content · speed · energy
    · temperature · data · pressure · number (no unit printed) · other.
    """

    start: int
    end: int
    value: Decimal
    value_max: Decimal | None
    unit: str
    approx: Approx
    kind: str
    printed: str


@dataclass(frozen=True, slots=True)
class _Draft:
    """A figure while it is read; ``head`` is where its number begins, ``form`` how the number is written."""

    start: int
    head: int
    end: int
    value: Decimal
    value_max: Decimal | None
    unit: str
    kind: str
    approx: Approx
    form: str
    number_end: int


def find_figures(text: str) -> list[Figure]:
    """The figures of one running text, in order and without overlap."""
    clear, gone = _without_layout(text)
    drafts = list(_Reader(clear).drafts())
    return [_finished(d, text, gone) for d in drafts]


def _finished(draft: _Draft, text: str, gone: list[tuple[int, int]]) -> Figure:
    """The figure with its span in the text as given."""
    start, end = _back(draft.start, gone), _back(draft.end - 1, gone) + 1
    return Figure(start, end, draft.value, draft.value_max, draft.unit, draft.approx, draft.kind, text[start:end])


def _without_layout(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The text with full-width digits folded and layout spaces gone: (place in the clear text, characters gone so far)."""
    if _TO_FOLD.search(text):
        text = text.translate(_FOLDED)
    gone: list[tuple[int, int]] = []
    pieces: list[str] = []
    last = total = 0
    for match in _BLANK.finditer(text):
        if not _is_layout(text, match):
            continue
        pieces.append(text[last : match.start()])
        total += match.end() - match.start()
        last = match.end()
        gone.append((last - total, total))
    if not gone:
        return text, gone
    pieces.append(text[last:])
    return "".join(pieces), gone


def _is_layout(text: str, blank: re.Match[str]) -> bool:
    """Whether a blank came from laying out the page: beside a Chinese character, or inside a number."""
    start, end = blank.span()
    before, after = text[start - 1 : start], text[end : end + 1]
    if not before or not after or not blank[0][0].isspace():
        return True
    if _TOUCHES.match(before) or _TOUCHES.match(after) or after in "%℃°":
        return True
    if not (before.isdigit() or before in ".,") or not (after.isdigit() or after in ".,"):
        return False
    return "\n" in blank[0] or (end - start == 1 and _is_inside_number(text, start, end))


def _is_inside_number(text: str, start: int, end: int) -> bool:
    """3 . 5万, 5 0 0人, 1 200元: single spaces that justified a line or group the thousands."""
    before, after = text[max(0, start - 3) : start], text[end : end + 4]
    if after[0] == "." or before[-1] == ".":
        return after.lstrip(". ")[:1].isdigit()
    if not (before[-1].isdigit() and after[0].isdigit()):
        return False
    single = not before[-2:-1].isdigit() and not after[1:2].isdigit()
    grouped = after[:3].isdigit() and not after[3:].isdigit() and not re.fullmatch(r"\d{3}|.*[\d.,]\d", before[-3:])
    return (
        single or grouped or (after[:3].isdigit() and not after[3:].isdigit() and len(before) < 3 and before.isdigit())
    )


def _back(at: int, gone: list[tuple[int, int]]) -> int:
    """Where a character of the clear text stands in the text as given."""
    i = bisect_right(gone, (at, 1 << 62))
    return at + (gone[i - 1][1] if i else 0)


@lru_cache(maxsize=1)
def _tables() -> _Tables:
    """The word tables of figures, read once."""
    table = load_table("figures.toml")
    fixed: dict[str, list[str]] = {}
    for word in table["fixed"].split():
        fixed.setdefault(word[0], []).append(word)
    before = {word: approx for approx, words in table["before"].items() for word in words.split()}
    after = {word: approx for approx, words in table["after"].items() for word in words.split()}
    passing = [w for w, approx in before.items() if approx == "passing"]
    marks = [w for w, approx in before.items() if approx != "passing"]
    return _Tables(
        {c: tuple(sorted(words, key=len, reverse=True)) for c, words in fixed.items()},
        re.compile(rf"({_either(marks)})(?:{_either(passing)})?$"),
        before,
        re.compile(rf"({_either(list(after))})"),
        after,
        re.compile(_either(table["soft_nouns"].split())),
    )


@dataclass(frozen=True, slots=True)
class _Tables:
    fixed: dict[str, tuple[str, ...]]
    before: re.Pattern[str]
    before_approx: dict[str, str]
    after: re.Pattern[str]
    after_approx: dict[str, str]
    soft: re.Pattern[str]


def _either(words: list[str]) -> str:
    return "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))


class _Reader:
    """Reads one clear text from left to right."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tables = _tables()
        self.names = list(_name_spans(text))
        self.name_starts = [s for s, _ in self.names]
        self.floor = 0
        """No figure may begin before this place: where the last one ended."""

    def drafts(self) -> Iterator[_Draft]:
        """The figures in order."""
        whole = self._whole()
        if whole is not None:
            yield whole
            return
        at = 0
        while (match := _START.search(self.text, at)) is not None:
            at, found = self._step(match.start())
            for draft in found:
                self.floor = draft.end
                yield draft

    def _whole(self) -> _Draft | None:
        """The figure that the whole text is; then nothing around it can speak against it."""
        text = self.text.rstrip("。.，,！!？? ")
        if len(text) > 30 or not text or (_DATE.match(text) and not re.match(r"\d+(?:\.\d+)?分", text)):
            return None
        drafts = self._read(0)
        if len(drafts) == 1 and drafts[0].end >= len(text):
            return drafts[0]
        return None

    def _step(self, at: int) -> tuple[int, list[_Draft]]:
        """What stands at a place where a figure may begin: where to go on, and the figures found."""
        text = self.text
        over = self._not_a_figure(at)
        if over:
            ranked = self._rank(at) if text[at] in "第首" else None
            return (ranked.end, [ranked]) if ranked else (over, [])
        drafts = self._read(at)
        if not drafts:
            return self._past_number(at), []
        kept = [self._as_about(d) for d in drafts if self._is_figure(d)]
        return max(drafts[-1].end, at + 1), kept

    def _as_about(self, draft: _Draft) -> _Draft:
        """千人大会 has about a thousand."""
        return replace(draft, approx="about") if draft.form == "bare" and draft.approx == "exact" else draft

    def _past_number(self, at: int) -> int:
        """Where to go on after a number that is no figure."""
        token = _TOKEN.match(self.text, at)
        return token.end() if token else self._end_of_numerals(at)

    def _not_a_figure(self, at: int) -> int:
        """The end of what begins here and only looks like a figure, or 0."""
        text = self.text
        char = text[at]
        if char == "第":
            match = _ORDINAL.match(text, at)
            return match.end() if match else at + 1
        if char == "首":
            return at + 1
        before = text[at - 1 : at]
        if before.isascii() and (before.isalnum() or before in "_@#/.") and char.isascii() and before:
            token = _TOKEN.match(text, at)
            return token.end() if token else at + 1
        if not char.isascii() and before in _NOT_AFTER and before and not self._follows_really(at, before):
            return self._end_of_numerals(at)
        for word in self.tables.fixed.get(char, ()):
            if text.startswith(word, at):
                return at + len(word)
        if match := _DATE.match(text, at):
            return match.end()
        if match := _CODE.match(text, at):
            return match.end()
        return 0

    def _follows_really(self, at: int, before: str) -> bool:
        """不一 and 统一 are words, 不三十天 and 同三家企业 are not: only a lone 一 belongs to the word before it."""
        if before == "周" and self.text[at - 2 : at - 1] == "每":
            return True
        if self.text[at] != "一":
            return before in "同不如合高期划单专之"
        unit = unit_at(self.text, at + 1, digits=False)
        return before in "高" and unit is not None and unit.kind == "length"

    def _end_of_numerals(self, at: int) -> int:
        end = at + 1
        while end < len(self.text) and self.text[end] in NUMERALS:
            end += 1
        return end

    def _rank(self, at: int) -> _Draft | None:
        """全省第3位, 居全市之首: a place in an order is a figure."""
        text = self.text
        window = text[max(0, at - 14) : at]
        if text[at] == "第":
            match = _RANKED.match(text, at)
            number = number_at(text, at + 1) if match else None
            if match is None or number is None or not _RANK_BEFORE.search(window) or self._is_named(at):
                return None
            return _Draft(at, at + 1, match.end(), number.value, None, "位", "rank", "exact", number.form, match.end())
        start = at - 1 if text[at - 1 : at] in ("之", "榜") and at else at
        match = _FIRST.match(text, start)
        if match is None or not _FIRST_BEFORE.search(text[max(0, start - 14) : start]) or start < self.floor:
            return None
        return _Draft(start, start, match.end(), Decimal(1), None, "位", "rank", "exact", "chinese", match.end())

    # ---- reading ----

    def _read(self, at: int) -> list[_Draft]:
        """The figure, or the figures of a list with one unit, that begin here; nothing is left out yet."""
        text = self.text
        if half := self._half(at):
            return [half]
        signed = sign_at(text, at)
        if signed:
            return self._read_signed(at, *signed)
        head, negative = self._sign(at)
        number = number_at(text, head)
        if number is None:
            return []
        if negative:
            number = replace(number, value=-number.value)
        if number.is_percent:
            return [self._with_marks(self._fraction(at, head, number))]
        return self._with_unit(at, head, number)

    def _sign(self, at: int) -> tuple[int, bool]:
        """Past a minus sign, 负 or 零下."""
        text = self.text
        if text[at] == "+":
            return (at + 1, False) if not at or text[at - 1] in " （(为是" else (len(text), False)
        if text[at] in "-−－负":
            before = text[at - 1 : at]
            if (
                text[at] != "负"
                and before
                and ((before.isalnum() and before not in "为是至到达温约从低间") or before in "%）)")
            ):
                return len(text), False
            return at + 1, True
        if text.startswith("零下", at):
            return at + 2, True
        return at, False

    def _read_signed(self, at: int, unit: str, end: int) -> list[_Draft]:
        """￥12, $3.5万, 人民币100元, US$5-8."""
        text = self.text
        head = end + (text[end : end + 1] == " ")
        number = number_at(text, head)
        if number is None or number.is_percent:
            return []
        after = unit_at(text, number.end)
        end = number.end
        if after and after.kind == "money":
            end, unit = after.end, unit if unit != "元" else after.name
        draft = _Draft(
            at, head, end, number.value, number.value_max, unit, "money", number.approx, number.form, number.end
        )
        mark = _RANGE_MARK.match(text, end)
        upper = (
            number_at(text, mark.end() + (text[mark.end()] in "¥$€£" if mark.end() < len(text) else 0))
            if mark
            else None
        )
        if upper and upper.value > number.value and number.value_max is None:
            draft = replace(draft, end=upper.end, value_max=upper.value)
        return [self._with_marks(draft)]

    def _half(self, at: int) -> _Draft | None:
        """半小时, 半年; 占一半, 过半, 半数以上 are 50 %."""
        text = self.text
        if text[at] not in "半一过":
            return None
        if match := _HALVES.match(text, at):
            start = at
            if start == 0 or _HALVES_BEFORE.search(text[max(0, at - 3) : at]) or text.startswith("以上", match.end()):
                draft = _Draft(
                    start, start, match.end(), Decimal(50), None, "%", "ratio", "exact", "fraction", match.end()
                )
                return self._with_marks(draft)
            return None
        if text[at] != "半" or (text[at - 1 : at] in tuple("上下前后大多过一小各夜东西南北") and at):
            return None
        if match := _HALF.match(text, at):
            unit = unit_at(text, match.start(1), digits=True)
            name = "个月" if match[1] == "月" and text[at + 1] == "个" else match[1]
            kind = unit.kind if unit else "duration"
            return self._with_marks(
                _Draft(at, at, match.end(), Decimal("0.5"), None, name, kind, "exact", "half", at + 1)
            )
        return None

    def _fraction(self, at: int, head: int, number: Number) -> _Draft:
        """三分之二 in per cent; 三分之二公里 in its unit."""
        unit = unit_at(self.text, number.end, digits=False)
        if unit and unit.kind not in ("count", "ratio", "other", "temperature", "data") and number.value_max is None:
            value = (number.value / 100).quantize(Decimal("0.0001")).normalize()
            return _Draft(at, head, unit.end, value, None, unit.name, unit.kind, number.approx, "fraction", number.end)
        return _Draft(
            at, head, number.end, number.value, number.value_max, "%", "ratio", number.approx, "fraction", number.end
        )

    def _with_unit(self, at: int, head: int, number: Number) -> list[_Draft]:
        """Number and unit, with ranges and lists."""
        unit = self._unit(number)
        if unit is None:
            listed = self._list(at, head, number)
            return listed or self._range_without_unit(at, head, number) or self._bare(at, head, number)
        draft = _Draft(
            at,
            head,
            unit.end,
            number.value,
            number.value_max,
            unit.name,
            unit.kind,
            number.approx,
            number.form,
            number.end,
        )
        if ranged := self._range_with_unit(draft):
            return [self._with_marks(ranged)]
        draft = self._compound(self._as_money(draft))
        return [self._with_marks(draft)]

    def _as_money(self, draft: _Draft) -> _Draft:
        """3块。 and 六块五 are money, 三块地 is not."""
        text, end = self.text, draft.end
        if draft.unit != "块":
            return draft
        short = re.match(r"[一二三四五六七八九]", text[end:]) and unit_at(text, end + 1, digits=False) is None
        if short or text[end : end + 1] in ("", "，", "。", "；", "、", "左", "以", "多", "的", "）"):
            return replace(draft, unit="元", kind="money")
        return draft

    def _unit(self, number: Number) -> Unit | None:
        """The unit after a number: also 个亿 (which scales), 大 (两大产业 → 个) and 个多月."""
        text, at = self.text, number.end
        if text[at : at + 1] == " ":
            at += 1
        digits = number.form in ("arabic", "float", "mixed") or (number.form == "digits" and number.value >= 10)
        if text.startswith("大", at) and self._is_big(at, number):
            return Unit("个", "count", at + 1, "大")
        for middle in ("个多", "个半"):
            if text.startswith(middle, at) and (unit := unit_at(text, at + 2)) and unit.kind == "duration":
                return replace(unit, name="个月" if unit.name == "月" else unit.name)
        unit = unit_at(text, at, digits=digits)
        if unit and unit.kind == "count" and unit.name == "个" and text.startswith(("亿", "万"), unit.end):
            return None
        if unit and number.end < at and not text[at].isascii():
            return None
        return unit

    def _is_big(self, at: int, number: Number) -> bool:
        """两大主导产业: 大 before a noun counts like 个."""
        if number.value > 100 or number.value < 2 or (number.form == "arabic" and number.value > 30):
            return False
        follows = self.text[at + 1 : at + 3]
        return (
            bool(follows)
            and follows[0] not in "会型量大师爷家学多小批型，。；、、”》"
            and "\u3400" <= follows[0] <= "\u9fff"
        ) or follows[:1] == "“"

    def _range_with_unit(self, draft: _Draft) -> _Draft | None:
        """7万元至8万元, 10%-15%, 30岁到40岁."""
        text = self.text
        mark = _RANGE_MARK.match(text, draft.end)
        if mark is None or self._is_change(draft.start, mark[0]):
            return None
        upper = number_at(text, mark.end())
        if (
            upper is None
            or (upper.is_percent and draft.unit != "%")
            or upper.value <= draft.value
            or draft.value_max is not None
        ):
            return None
        unit = self._unit(upper)
        if unit is None or unit.name != draft.unit:
            return None
        return replace(draft, end=unit.end, value_max=upper.value_max or upper.value, number_end=upper.end)

    def _is_change(self, start: int, mark: str) -> bool:
        """从A到B is a change from one to the other, two figures."""
        return mark.strip() in ("至", "到") and _FROM.search(self.text[max(0, start - 10) : start]) is not None

    def _range_without_unit(self, at: int, head: int, number: Number) -> list[_Draft]:
        """3至5个, 30—40岁, 3-5万元, 五、六个; 从3到5个 are two."""
        text = self.text
        mark = _RANGE_MARK.match(text, number.end)
        colloquial = False
        if mark is None and text[number.end : number.end + 1] == "、":
            mark, colloquial = re.compile("、").match(text, number.end), True
        if mark is None or number.value_max is not None:
            return []
        upper = number_at(text, mark.end())
        if upper is None or upper.is_percent or upper.value_max is not None:
            return []
        unit = self._unit(upper)
        if unit is None or (colloquial and not (upper.value == number.value + 1 and upper.value < 10)):
            return []
        low = self._sharing_scale(head, number, mark.end(), upper)
        if self._is_change(at, mark[0]):
            first = _Draft(
                at, head, number.end, low, None, unit.name, unit.kind, number.approx, number.form, number.end
            )
            start = mark.end()
            second = _Draft(
                start, start, unit.end, upper.value, None, unit.name, unit.kind, upper.approx, upper.form, upper.end
            )
            return [self._with_marks(first), self._with_marks(second)]
        if low >= upper.value:
            return []
        draft = _Draft(
            at,
            head,
            unit.end,
            low,
            upper.value,
            unit.name,
            unit.kind,
            upper.approx,
            "arabic" if colloquial else number.form,
            upper.end,
        )
        return [self._with_marks(draft)]

    def _sharing_scale(self, head: int, number: Number, upper_at: int, upper: Number) -> Decimal:
        """3-5万元: both are 万."""
        text = self.text
        scale = _TRAILING_SCALE.search(text[upper_at : upper.end])
        own = any(c in SCALES for c in text[head : number.end])
        if scale is None or own or len(scale[0]) == upper.end - upper_at:
            return number.value
        power = {"百": 2, "千": 3, "万": 4, "亿": 8}
        scaled = number.value.scaleb(sum(power[c] for c in scale[0]))
        return (
            Decimal(int(scaled))
            if scaled == int(scaled) and scaled < upper.value
            else scaled
            if scaled < upper.value
            else number.value
        )

    def _list(self, at: int, head: int, number: Number) -> list[_Draft]:
        """0.3和1.3个百分点, 分别为12、15和18家: numbers that share the last one's unit."""
        text = self.text
        numbers, ends = [(at, head, number)], [number.end]
        unit: Unit | None = None
        while unit is None and len(numbers) < 12 and (mark := _LIST_MARK.match(text, ends[-1])):
            following = number_at(text, mark.end())
            if following is None or following.is_percent:
                return []
            numbers.append((mark.end(), mark.end(), following))
            unit = self._unit(following)
            ends.append(following.end)
        if unit is None or len(numbers) < 2:
            return []
        shared = bool(_SHARED.search(text[max(0, at - 70) : at]))
        if (not shared and (unit.kind == "count" or text[ends[0]] in ",，")) or any(
            n.form == "bare" for _, _, n in numbers
        ):
            return []
        if not shared and len(numbers) == 2 and number.value + 1 == numbers[1][2].value and number.value < 9:
            return []
        return self._listed(numbers, unit)

    def _listed(self, numbers: list[tuple[int, int, Number]], unit: Unit) -> list[_Draft]:
        """The figures of a list, each with the shared unit; the last one's span holds it."""
        last_at, _, last = numbers[-1]
        drafts = []
        for at, head, number in numbers:
            is_last = at == last_at
            value = (
                number.value
                if is_last
                else self._sharing_scale(head, number, last_at, last)
                if unit.kind == "money"
                else number.value
            )
            end = unit.end if is_last else number.end
            drafts.append(
                _Draft(
                    at, head, end, value, number.value_max, unit.name, unit.kind, number.approx, number.form, number.end
                )
            )
        drafts[0] = self._with_marks(drafts[0], right=False)
        drafts[-1] = self._with_marks(drafts[-1])
        return drafts

    def _bare(self, at: int, head: int, number: Number) -> list[_Draft]:
        """A number without a unit: kept only when nothing can follow it as one (1.2亿。 一百二十三)."""
        text, end = self.text, number.end
        if text.startswith(("个亿", "个万"), end):
            scale = Decimal(10**8 if text[end + 1] == "亿" else 10**4)
            unit = unit_at(text, end + 2)
            name, kind, stop = (
                (unit.name, unit.kind, unit.end) if unit and unit.kind == "money" else ("", "number", end + 2)
            )
            draft = _Draft(at, head, stop, number.value * scale, None, name, kind, number.approx, number.form, end)
            return [self._with_marks(draft)]
        draft = _Draft(at, head, end, number.value, number.value_max, "", "number", number.approx, number.form, end)
        return [self._with_marks(draft)]

    def _compound(self, draft: _Draft) -> _Draft:
        """三元五角, 六块五, 一小时三十分, 1米75, 两斤三两, 三年半."""
        text = self.text
        parts = inventory().parts.get(draft.unit)
        if (
            text.startswith("半", draft.end)
            and (draft.unit == "岁" or draft.kind in _HALVED)
            and self._ends_half(draft)
        ):
            return replace(draft, value=draft.value + Decimal("0.5"), end=draft.end + 1)
        if (
            draft.unit in ("月", "个月", "小时", "星期", "钟头")
            and text[draft.number_end : draft.number_end + 2] == "个半"
        ):
            return replace(draft, value=draft.value + Decimal("0.5"))
        if (
            draft.unit in ("月", "个月", "小时", "星期", "钟头")
            and text[draft.number_end : draft.number_end + 2] == "个多"
        ):
            return replace(draft, approx="over")
        at = draft.end + (text[draft.end : draft.end + 1] in ("零", "又") and draft.kind in ("money", "duration"))
        lesser = number_at(text, at) if parts and draft.value_max is None else None
        if draft.unit == "度" and (
            match := re.compile(r"[一二三四五六七八九](?![一二三四五六七八九十百千万个度])").match(text, draft.end)
        ):
            return replace(draft, value=draft.value + number_at(match[0], 0).value / 10, end=match.end())  # type: ignore[union-attr]
        if not parts or lesser is None or lesser.form == "bare" or lesser.value_max is not None or lesser.is_percent:
            return draft
        unit = unit_at(text, lesser.end)
        if unit and unit.printed in _LESSER:
            name = unit.name if unit.name in parts else unit.printed
            return self._joined(draft, lesser.value, name, unit.end, parts)
        printed = text[draft.end : lesser.end]
        if (
            draft.unit in ("元", "米")
            and unit is None
            and len(printed) <= 2
            and printed.isalnum()
            and "十" not in printed
        ):
            money = draft.unit == "元"
            if (money and text[draft.number_end : draft.number_end + 1] != "块") or (
                not money and not self._ends_word(lesser.end)
            ):
                return draft
            return replace(draft, value=draft.value + lesser.value.scaleb(-len(printed)), end=lesser.end)
        return draft

    def _ends_half(self, draft: _Draft) -> bool:
        """三年半, but not 三年半封闭; 一个半 is no half of the unit 个."""
        follows = self.text[draft.end + 1 : draft.end + 2]
        return not follows or follows in "，。；、的后前内以左多！？）)到至时来"

    def _ends_word(self, at: int) -> bool:
        follows = self.text[at : at + 1]
        return not follows or follows in "，。；、的！？）) 多以左了高长宽"

    def _joined(self, draft: _Draft, lesser: Decimal, name: str, end: int, parts: dict[str, Decimal]) -> _Draft:
        """One value of a larger and a smaller unit: in the smaller one for times, in the larger one else."""
        share = parts.get(name)
        if share is None or lesser >= share:
            return draft
        if draft.kind == "duration":
            unit = {"分": "分钟", "秒钟": "秒", "月": "个月"}.get(name, name)
            return replace(draft, value=draft.value * share + lesser, unit=unit, end=end)
        joined = replace(draft, value=draft.value + (lesser / share).quantize(Decimal("0.0001")).normalize(), end=end)
        if draft.unit == "元" and name in ("角", "毛"):
            cents = number_at(self.text, end)
            unit = unit_at(self.text, cents.end) if cents and cents.value < 10 else None
            if cents and unit and unit.printed in ("分", "分钱"):
                return replace(joined, value=joined.value + cents.value / 100, end=unit.end)
            cent = re.compile("[一二三四五六七八九](?![十百千万])").match(self.text, end)
            if cent and unit is None and cents:
                return replace(joined, value=joined.value + cents.value / 100, end=cent.end())
        return joined

    # ---- approximation and what it is per ----

    def _with_marks(self, draft: _Draft, right: bool = True) -> _Draft:
        """近, 约, 超, 不足 before; 以上, 左右, 多 after; 次/周 and 毫克/千克 from the clause."""
        start, left = self._left_mark(draft)
        end, after = self._right_mark(draft) if right else (draft.end, "")
        approx = left or (draft.approx if draft.approx != "exact" else "") or after or "exact"
        draft = replace(draft, start=start, end=end, approx=approx)
        return self._per(draft)

    def _left_mark(self, draft: _Draft) -> tuple[int, str]:
        text = self.text
        low = max(self.floor, draft.start - 9)
        window = text[low : draft.start]
        if not window:
            return draft.start, ""
        match = self.tables.before.search(window)
        if (
            match is None
            and draft.form == "bare"
            and window[-1] in "上过破成"
            and window[-2:-1] not in tuple("网线以通超不路")
        ):
            return draft.start - 1, "over"
        if match is None or self._is_other_word(match[1], window[: match.start()]):
            return draft.start, ""
        return low + match.start(), self.tables.before_approx[match[1]]

    def _is_other_word(self, mark: str, before: str) -> bool:
        """最近, 节约, 赶超: the mark is the tail of another word."""
        tails = {"近": "最附邻就靠临亲远", "约": "节条合预签契违公制大集简", "超": "赶反高", "几乎": "", "不足": "补弥"}
        return bool(before) and before[-1] in tails.get(mark, "")

    def _right_mark(self, draft: _Draft) -> tuple[int, str]:
        text, end = self.text, draft.end
        follows = text[end : end + 1]
        if not follows:
            return end, ""
        if match := self.tables.after.match(text, end):
            return match.end(), self.tables.after_approx[match[1]] if self.tables.after_approx[
                match[1]
            ] != "exact" else ""
        if (
            follows in "多余"
            and draft.unit
            and (draft.unit == "倍" or draft.kind not in ("count", "ratio", "rank", "other"))
            and text[end + 1 : end + 2] not in tuple("样元方次种项部门层维点功地数热")
        ):
            return end + 1, "over"
        if (
            follows == "内"
            and draft.kind in ("duration", "length")
            and text[end + 1 : end + 2] not in tuple("部容外需涵生在")
        ):
            return end + 1, "under"
        return end, ""

    def _per(self, draft: _Draft) -> _Draft:
        text = self.text
        window = text[max(0, draft.start - 32) : draft.start]
        if draft.unit == "次" and (match := _EVERY.search(window)):
            return replace(draft, unit=f"次/{match[1] or match[2]}", kind="other")
        if "每" not in window or "/" in draft.unit or not draft.unit:
            return draft
        match = _PER_WHAT.search(window)
        if match is None:
            return draft
        if draft.unit in _FINE and match[1] in (
            "千克",
            "公斤",
            "100克",
            "百克",
            "克",
            "升",
            "毫升",
            "立方米",
            "斤",
            "吨",
        ):
            return replace(draft, unit=f"{draft.unit}/{match[1]}", kind="content")
        if (
            not match["gap"]
            and draft.kind in ("money", "mass", "length", "energy", "volume")
            and match[1] not in ("年", "月", "天")
        ):
            return replace(draft, unit=f"{draft.unit}/{match[1]}")
        return draft

    # ---- what is left out ----

    def _is_figure(self, draft: _Draft) -> bool:
        """Whether a figure that was read is one: not a name, an adverbial of time, an article, a heading of a list."""
        if not draft.unit and not self._is_good_bare(draft):
            return False
        if draft.form == "bare" and not self._is_good_magnitude(draft):
            return False
        text, before = self.text, self.text[draft.head - 1 : draft.head] if draft.head else ""
        if before == "每" or (before in ("第", "“") and draft.form == "digits") or self._is_named(draft.head):
            return False
        if draft.kind == "duration" and self._is_adverbial(draft):
            return False
        if text[draft.head : draft.number_end] == "一" and draft.head < draft.number_end and self._is_article(draft):
            return False
        if text[draft.head : draft.number_end] == "二" and draft.kind in ("count", "other"):
            return False
        if draft.unit in ("岁", "周岁") and _AGE_MARK.search(text[max(0, draft.start - 12) : draft.start]):
            return False
        if draft.form == "digits" and draft.kind in ("count", "other") and draft.value_max is None:
            return False
        return not self._announces(draft) and not self._is_label(draft)

    def _is_named(self, at: int) -> bool:
        """Whether a place is inside a quoted name or a title in 《》."""
        i = bisect_right(self.name_starts, at) - 1
        return i >= 0 and at < self.names[i][1]

    def _is_good_bare(self, draft: _Draft) -> bool:
        """A number without a unit is a figure when it is written out with 万 or 亿, or a decimal that nothing explains away."""
        text = self.text
        follows = text[draft.end : draft.end + 1]
        if follows and (follows.isalnum() or follows in "-—+/~·") and follows not in "的了吗呢吧":
            return False
        printed = text[draft.head : draft.end]
        if draft.form == "bare":
            return draft.approx == "over"
        if draft.form in ("float", "mixed"):
            return True
        if draft.form == "arabic":
            return printed[-1] in "万亿千百" or "," in printed or draft.value < 0
        return draft.form == "chinese" and len(printed) > 1 and any(c in "百千万亿" for c in printed)

    def _is_good_magnitude(self, draft: _Draft) -> bool:
        """近万人, 上千亩, 千余名; 千人大会 too, but not 百姓, 万元户, 百年."""
        if draft.approx != "exact":
            return True
        before, after = self.text[draft.head - 1 : draft.head], self.text[draft.end : draft.end + 1]
        return draft.unit in _BIG and before != "每" and "\u3400" <= after <= "\u9fff" and after not in "级均计以奖"

    def _is_adverbial(self, draft: _Draft) -> bool:
        """6年来, 两年多时间里, 过去5年, 近三年(，): the period of other figures."""
        text = self.text
        if _ADVERB_AFTER.match(text, draft.end) and not text[draft.start : draft.head].startswith(("将近", "接近")):
            return True
        if (
            draft.approx == "over"
            and text[draft.end - 1 : draft.end] in "多余"
            and _ADVERB_AFTER.match(text, draft.end)
        ):
            return True
        head = text[max(0, draft.start - 4) : draft.start]
        if text[draft.start : draft.head] == "近":
            return _CLAUSE_START.search(text[max(0, draft.start - 3) : draft.head]) is not None and draft.unit in (
                "年",
                "个月",
                "天",
                "周",
            )
        if draft.unit.endswith("周年") or text.startswith("周年", draft.number_end):
            return True
        return _ADVERB_BEFORE.search(head) is not None

    def _is_article(self, draft: _Draft) -> bool:
        """一个, 一名, 一年: one as an article or an idiom."""
        text = self.text
        before = text[max(0, draft.head - 4) : draft.head]
        if "/" in draft.unit or draft.approx != "exact" or _ONE_COUNTED.search(before):
            return text.startswith("批", draft.number_end) or "最后" in before
        if draft.kind in ("count", "other", "ratio", "data", "energy", "pressure", "temperature", "volume"):
            return True
        if draft.kind == "duration":
            return True
        return before.endswith(("最后", "最先", "最初", "多", "单", "统", "这", "那", "每", "另"))

    def _announces(self, draft: _Draft) -> bool:
        """五大行动, 三个方面: a number over the writer's own structure."""
        text = self.text
        if (
            draft.value > 12
            or draft.kind != "count"
            or draft.unit not in ("个", "项", "类", "种", "条", "张", "块", "道", "步")
        ):
            return False
        if draft.form == "arabic" and text[draft.number_end : draft.number_end + 1] != "大":
            phrase = text[draft.end : draft.end + 2]
            return phrase in ("方面", "维度", "层面", "环节")
        if draft.value > 10:
            return False
        phrase_match = _STOP_PHRASE.match(text, draft.end)
        if phrase_match is None:
            return False
        phrase = phrase_match[0]
        return any(
            not _REAL.match(phrase, m.end()) and not _REAL.search(phrase[: m.start()])
            for m in self.tables.soft.finditer(phrase[:10])
        )

    def _is_label(self, draft: _Draft) -> bool:
        """5期工程, 3班, 2组 after a name; 全国十大品牌: a name, not a count."""
        text = self.text
        if text[draft.number_end : draft.end] == "大" and draft.unit == "个":
            return text[max(0, draft.head - 2) : draft.head] in ("全国", "中国", "世界", "全球", "国家", "年度")
        if draft.unit == "级":
            return (
                _STRENGTH.search(text[max(0, draft.start - 8) : draft.start] + text[draft.end : draft.end + 3]) is None
            )
        if draft.unit in ("A", "V", "B", "K"):
            return draft.unit == "K" or text[draft.end : draft.end + 1] in tuple("级景网套站型股轮")
        return False


def _name_spans(text: str) -> Iterator[tuple[int, int]]:
    """Quoted names and titles in 《》; quoted speech has punctuation inside and is none."""
    for match in _NAME.finditer(text):
        inner = match[1] or match[2] or match[3]
        if (inner is None and match[0][0] != '"') or (inner and len(inner) <= 24 and not _SPEECH.search(inner)):
            yield match.span()
