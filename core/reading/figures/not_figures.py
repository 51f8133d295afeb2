"""Lookalikes of figures: dates, clock times, ordinals, codes, fixed words, quoted names."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from functools import lru_cache

from core.reading.figures.numerals import DIGITS, NUMERALS
from core.reading.figures.units import unit_at
from core.resources import load_table
from core.text.lexicon import by_first_two
from core.text.marks import SENTENCE_ENDS, any_of

_N = rf"[{NUMERALS}]"
_YEAR = r"(?:1[5-9]|20|21)\d\d"
_TO = r"[-—–－~～至到]{1,2}"
_TENTHS = "(?:份|[上中下]旬|底|初|末)"
_CN_DAY = "(?:[一二三]?十?[一二三四五六七八九]?[日号])"
# 1300多年历史 and 300年树龄 last; 2023年 is a date.
_LASTING = "[多余]|以上|左右|的?历史|之久|树?龄|前"
_LENGTH = "(?:[毫厘分]?米|公分|尺|cm|mm|m(?![a-z²³]))"

_DATES = (
    # 2021—2023年, 2022/2023年度
    rf"{_YEAR}年?(?:{_TO}|、|/){_YEAR}(?:年度?|学年|赛季)?(?!\d)",
    # 2023-11-22, 2023.11; and not 1980.5公里
    rf"{_YEAR}[-/.]\d{{1,2}}(?:[-/.]\d{{1,2}})?(?![\d.万亿%个元亩吨倍户]|[千公]|平方|立方|小时|人次)",
    # 2023年11月22日, 2023年底, 2022年5月至7月, 2023年第三季度
    rf"{_YEAR}[财学]?年(?!{_LASTING})(?:度|末|底|初|版|级|第?[一二三四]季度|[上下]半年)?(?:\d{{1,2}}月{_TENTHS}?)?"
    rf"(?:{_TO}(?:\d{{1,2}}月)?)?(?:\d{{1,2}}[日号])?(?:{_TO}\d{{1,2}}[日号])?",
    # 10月底, 5月12日, 5月至7月中旬
    rf"\d{{1,2}}月(?!个){_TENTHS}?(?:{_TO}(?:\d{{1,2}}月{_TENTHS}?)?)?(?:\d{{1,2}}[日号])?"
    rf"(?:{_TO}(?:\d{{1,2}}月)?\d{{1,2}}[日号])?",
    # 1—9月, 3、4月份
    rf"\d{{1,2}}(?:(?:{_TO}|、)\d{{1,2}}){{0,11}}月(?!龄)份?",
    # 5至7日, 12日
    rf"\d{{1,2}}(?:(?:{_TO}|、)\d{{1,2}}){{0,11}}日(?!内|以内|之内|游|龄|均|夜)",
    # 22/11/2023
    r"\d{1,2}/\d{1,2}/\d{4}",
    # 90年代, 95后，
    r"\d{2}(?:年代|后(?=[、，。的青年干创党员大学村选]|$))",
    # 二〇二三年十一月二十二日
    rf"[二一][零〇○一二三四五六七八九]{{3}}年(?:十?[一二三四五六七八九十]月)?{_CN_DAY}?",
    # 十月底, 九月
    rf"(?:十[一二]?|[一二三四五六七八九])月(?:{_TENTHS}|{_CN_DAY})?(?![个龄])",
    # 二十二日, 廿三日
    r"(?:[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九]|廿[一二三四五六七八九]?)[日号](?!内|以内|之内|夜|游)",
    # 一季度, 3季度
    r"[一二三四1234]季度",
    # 21世纪, 二十一世纪
    r"[1-9]\d?世纪|(?:二?十[一二三四五六七八九]?|[一二三四五六七八九])世纪",
    # 八十年代, 九零后，
    r"[二三四五六七八九]十年代|[零一二三四五六七八九]{1,2}后(?=[、，。的青年])",
)
_CLOCKS = (
    # 9:30, 9:30—11:00
    rf"\d{{1,2}}[:：]\d{{2}}(?:[:：]\d{{2}})?(?:{_TO}\d{{1,2}}[:：]\d{{2}})?",
    # 9时30分许, 14时
    r"\d{1,2}时(?![间代])(?:\d{1,2}分)?(?:\d{1,2}秒)?(?:许|左右|整)?",
    # 9点半, 3点钟
    r"\d{1,2}点(?:\d{1,2}分|半|整|钟|许|多|左右)?(?![\d一二三四五六七八九零]|击|位|赞)",
    # 三点钟, 八点一刻
    rf"[一二三四五六七八九十两]{{1,3}}点(?:钟|整|半|许|多|左右|一刻|三刻|{_N}{{1,3}}分|(?![{DIGITS}十]))",
    # 九时三十分
    rf"[一二三四五六七八九十]{{1,3}}时(?![间代])(?:{_N}{{1,3}}分)?",
)
_CODES = (
    # 1.0.3, 2.1.1.4
    r"\d+(?:\.\d+){2,}",
    # 1+3+X
    r"\d+(?:\+[\dA-ZＮNX]+)+",
    # 13912345678, 0571-12345678, 400-123-4567
    r"1[3-9]\d{9}(?!\d)|(?:0\d{2,3}|400|800)-\d{3,8}(?:-\d{3,4})?|\d+(?:-\d+){2,}|\d{15,}[Xx]?(?!\d)",
    # 3号, 5幢2单元, 十二号
    r"\d+(?:-\d+)?号(?!召)(?:\d+[幢栋座号])?|\d+[幢栋座]\d+(?:单元|室|号)?|[一二三四五六七八九十百零〇]+号(?!召)",
    # 3#, 201室, 2标段, 101国道, 12345热线
    r"\d+(?:[#＃弄军]|室(?!外)|单元|[国省县乡]道|高速|热线|路公交|路车|版(?![权本块面图])|高地|频道|航班|信箱|街区|地块|标段|工区)",
    # 7×24小时 and 4×100米接力; 50×30米 is a size
    r"\d[×xX*]\d+00米(?![宽长高])",
    rf"\d+(?:[×xX*]\d+)+(?!\^)(?!\.?\d|{_LENGTH})(?:小时|米)?",
    # 1:3, 9：1
    r"\d+[:：]\d+",
    # 500强, 百强
    r"\d{2,3}强|[百十]强",
    # 12·4, 3·15
    r"\d+[·•]\d+(?!亿|万|%|元)",
    # sessions: 十五届四次全会, 人大三次会议, 十五届五次会议, 三届二次职代会
    rf"(?<=[届大委协会])(?:{_N}{{1,3}}|\d{{1,2}})次(?=会议|全会|全体|全委|扩大|[职工妇团]代|代表|委员|[理监]事)",
    # 十五届四次全会, 八次全会
    rf"{_N}+(?:届|次)(?:{_N}+次)?(?:全会|全委|全体会议|中全会|人代会|党代会|代表大会|政协)",
    # 十五届人大, 八届市委
    rf"(?:{_N}{{1,4}}|\d{{1,2}})届(?=[{NUMERALS}\d]|人大|政协|党代|[市省县]委|中央|全国|代表)",
    # 三中全会, 二十大精神
    r"[一二三四五六七八九两]中全会|[一二三四五六七八九十]+大(?=精神|报告|以来|代表|召开|闭幕|开幕|提出|部署|胜利|之后|和)",
    # 一村一, 一户一
    r"一([^\d，。、；：\s一个])一",
    # 三个一
    r"[两二三四五六七八九十]个一",
    # 一、加强, 二、发展
    r"[一二三四五六七八九十]、(?=[^\d一二三四五六七八九十])",
    # phases: 二期工程, 水厂三期, 园区2期; 举办三期 and 培训三期 are counted
    r"[一二三四五六七八九1-9]期(?=工程|项目|建设|规划|地块|厂房|改?扩|改造|技改|[投达]产|投[用入]|[完竣开动]工|主体|[用占征]地|厂区|园区"
    r"|车间|装置|机组|电站|标段|安置|小区|投资|总投资)|[一二三四五六七八九]期(?=、|和)",
    r"(?<=[厂园区站馆城路线桥港库场地程目网心厦寓镇坝楼盘])[一二三四五六1-6]期(?!培训|课|班|学员|活动|讲|节目)",
    # systems and formats: 十二年一贯制, 三班倒, 四开四版
    rf"(?:{_N}{{1,3}}|\d{{1,2}})(?:学?年|天|日|[班级轮审])(?:一贯|工作|学|轮[换班])?制(?![造定作成约止])",
    rf"(?:{_N}{{1,2}}|\d{{1,2}})年(?:(?:义务|免费)教育|一贯)|{_N}班倒|(?<=开)(?:{_N}{{1,2}}|\d{{1,2}})版",
    # 两级, 三级
    r"[一二两三四五六]级(?![地风台]|强风|大风)",
    # 三年级
    r"[一二三四五六七八九十]年级",
    # 三产, 二三产业
    r"[一二三四五六]产(?!品)|[一二三]{2,3}产业?",
    # 二、三、四层: three in a row are an order
    r"[一二三四五六七八九](?:、[一二三四五六七八九]){2,}[层级期类号]",
    # 四轮车, 三、四轮电动车
    r"[二三四六八](?:、[二三四六八])*轮(?=[车电货卡摩驱拖]|汽车)",
    # 三大队, 四中队, 秘书七处主任, 搜查三部检察官; 三支队伍 are counted
    rf"{_N}{{1,2}}(?:[大中支分]队(?!伍)|[处部科室](?=副?[处部科室]长|副?主任|科员|民警|检察官|法官|书记|警长))",
    # 老两口, 年近六旬
    r"(?<=[老小])两口|[四五六七八九]旬",
    # 24小时值守, 24小时无死角: the whole day, not how long; 24小时不到 and 24小时不止 last
    r"(?<![近超达需满到约足用时耗])24小时(?=无|全|值[班守]|自助|智能|待命|营业|热线|监|轮|守|巡|看[护守]|在[线岗]|服务|开[放门]|不(?![到足止超满]))",
    # 千亩方, 百亩方
    r"[百千]亩方(?!米)",
    # 三楼, 12楼
    r"[一二三四五六七八九]楼|\d+楼(?!盘)",
    # 一是建, 二是修
    r"[一二三四五六七八九十]+是(?=[^\d])",
    # 二等奖, 一等
    r"[一二三四]等(?:奖|功|舱|座)?",
    # 七座及以下小型客车, 5座轿车
    r"(?:[2-9]|[二五七九])座(?=(?:及?以[上下])?的?(?:小型|大型|[客轿货]车|汽车|车型|SUV))",
    # 三类医疗
    r"[一二三]类(?=医疗|器械|疫苗|水质|工业用地|汽修)",
    # 两头
    r"两头(?![^，。；]{0,3}[牛猪羊驴马骡象])",
    # 零, 零距离
    r"零(?![下点一二三四五六七八九]|\d)",
)
_HOW_MANY = re.compile(r"\{[\d,]+\}")
_BEGINS_IN_DIGITS, _BEGINS_IN_NUMERALS = re.compile(r"\\d|\d"), re.compile(f"[{NUMERALS}]")


def _any_of(patterns: Iterable[str], begins: re.Pattern[str]) -> re.Pattern[str]:
    """One pattern of those that may begin with a digit, or with a numeral: half as many to try at each place."""
    return re.compile("|".join(f"(?:{p})" for p in patterns if begins.search(_HOW_MANY.sub("", p))))


_DATE = _any_of(_DATES + _CLOCKS, _BEGINS_IN_DIGITS), _any_of(_DATES + _CLOCKS, _BEGINS_IN_NUMERALS)
_CODE = _any_of(_CODES, _BEGINS_IN_DIGITS), _any_of(_CODES, _BEGINS_IN_NUMERALS)
_DIGITS = re.compile(r"\d+")
_GO_ON = frozenset(
    "年财学至到-—–－~～、/.月日号后季世:：时点"
    "+幢栋座#＃弄军室单国省县乡高热路版频航信街地标工×xX*强·•次届期天班级轮审小楼"
)
"""What may stand right behind the first digits of a date or a code; 36个 and 1200元 are plainly neither."""
_LENGTH_OF_PHONE, _LENGTH_OF_CODE = 11, 15
# A12, 1.0.3, COVID-19
_TOKEN = re.compile(r"[0-9A-Za-z][0-9A-Za-z._+\-·]*")
# 第十五, 第3名, 第一、第二
_ORDINAL = re.compile(rf"第?(?:\d+|{_N}+)(?:(?:{_TO}|、)第?(?:\d+|{_N}+))?(?:位|名)?")
# 95分, 8.5分
_SCORE = re.compile(r"\d+(?:\.\d+)?分")
# 统一, 同一, 万一, 周一, 初三, 之一: the number belongs to the word before it.
_WORD_BEFORE = frozenset("第统同唯单专如合逐不归之周期初高划")
_ONLY_WITH_ONE = frozenset("同不如合高期划单专之")
# “123”, 《2025规划》
_NAME = re.compile(
    r"“([^“”]{1,24})”|‘([^‘’]{1,24})’|《[^《》]{1,60}》|\"([^\"\n]*)\"|「[^「」]{1,24}」|『[^『』]{1,24}』"
)
# “修了路，真好”; names have 、 and ： too: “4、5、6”
_SPEECH = re.compile(any_of(SENTENCE_ENDS + "，；,;…"))


@lru_cache(maxsize=1)
def _fixed_words() -> dict[str, tuple[str, ...]]:
    """Idioms and names that begin with a numeral, by their first two characters."""
    return by_first_two(load_table("figures.toml")["fixed"].split())


def is_time(text: str) -> bool:
    """Return whether a text begins with a date or a clock time (95分 is a score)."""
    return _DATE[not text[:1].isascii()].match(text) is not None and _SCORE.match(text) is None


def lookalike_end(text: str, at: int) -> int:
    """Return the end of what begins here and is no figure, or 0: 2023年11月, 第十五届, 统|一, 1+3+X, 百花齐放."""
    char, before = text[at], text[at - 1] if at else ""
    if char == "第":
        match = _ORDINAL.match(text, at)
        return match.end() if match else at + 1
    if char == "首" or (char in "伍陆" and before in ("队", "落", "入", "退", "大")):
        return at + 1
    if char.isascii() and before and before.isascii() and (before.isalnum() or before in "_@#/."):
        return number_run_end(text, at)
    if before in _WORD_BEFORE and not char.isascii() and not _stands_alone(text, at, before):
        return number_run_end(text, at)
    for word in _fixed_words().get(text[at : at + 2], ()):
        if text.startswith(word, at) and not _is_measured(text, at, at + len(word)):
            return at + len(word)
    written = not char.isascii()
    if not (written or _may_be_date_or_code(text, at)):
        return 0
    match = _DATE[written].match(text, at) or _CODE[written].match(text, at)
    return match.end() if match else 0


def _may_be_date_or_code(text: str, at: int) -> bool:
    """Whether what begins with digits may be a date or a code, by how many they are and what stands behind them."""
    digits = _DIGITS.match(text, at)
    if digits is None:
        return False
    end = digits.end()
    return text[end : end + 1] in _GO_ON or end - at == _LENGTH_OF_PHONE or end - at >= _LENGTH_OF_CODE


def _is_measured(text: str, at: int, end: int) -> bool:
    """三公里, 十分钟, 四起事故: a number and a unit that a fixed word (三公, 十分, 四起) only begins."""
    if end - at != 2 or text[at] in "百千万":
        return False
    unit = unit_at(text, at + 1, digits=False)
    return unit is not None and unit.end > end


def _stands_alone(text: str, at: int, before: str) -> bool:
    """不一 and 统一 are words, 不三十天 and 每周三场 are not; 身高一米 and 提高一倍 neither."""
    if text[at - 2 : at] == "每周" or (before == "高" and text[at - 2 : at - 1] in tuple("提升增抬拔调")):
        return True
    if text[at] != "一":
        return before in _ONLY_WITH_ONE
    unit = unit_at(text, at + 1, digits=False)
    return before == "高" and unit is not None and unit.kind == "length"


def number_run_end(text: str, at: int) -> int:
    """Return the place past a run of letters and digits, or of numerals."""
    token = _TOKEN.match(text, at)
    if token:
        return token.end()
    end = at + 1
    while end < len(text) and text[end] in NUMERALS:
        end += 1
    return end


class Names:
    """The quoted names of a text and its titles in 《》; quoted speech has punctuation inside and is none."""

    def __init__(self, text: str) -> None:
        self._spans = [m.span() for m in _NAME.finditer(text) if _is_name(m)]
        self._starts = [start for start, _ in self._spans]

    def holds(self, at: int) -> bool:
        """Return whether a place is inside a name."""
        i = bisect_right(self._starts, at) - 1
        return i >= 0 and at < self._spans[i][1]


def _is_name(match: re.Match[str]) -> bool:
    inner = match[1] or match[2] or match[3]
    if inner is None:
        return match[0][0] != '"'
    return 0 < len(inner) <= 24 and not _SPEECH.search(inner)
