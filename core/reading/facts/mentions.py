"""The places that a text names: each name resolved by its parents to one division, with what it weighs there."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from core.places.breaks import is_in_a_person, stands
from core.places.gazetteer import CITY, COUNTY, MUNICIPALITIES, PROVINCE, Division, Gazetteer, Named, NamedTown
from core.records import Place
from core.text.marks import CLAUSE_ENDS
from core.text.words import word_model

TITLE_WEIGHT, SECTION_WEIGHT, LEAD_WEIGHT, FIRST_WEIGHT, BODY_WEIGHT = 6.0, 2.5, 3.0, 2.0, 1.0
DATELINE_WEIGHT = 0.0
"""A dateline tells where the reporter sat: it helps to tell places of one name apart, and settles none."""
SHORTEST_LEAD = 20
"""Code points below which what stands over the first paragraph is a number, a heading or a list of contents."""
LEAD_LENGTH, FIRST_LENGTH = 70, 200
"""Code points at the beginning of the first paragraph that may hold the first subject, and that still are the head."""
ROUND_UP, OPENING = 3, 3
"""So many counties at the beginning of paragraphs make a round-up; a name begins one within so many characters."""
REMEMBERED = 3
"""Years for which a short name that was given up is still printed alone."""
# 销往|, 毕业于|, 对口|
_ABROAD_BEFORE = re.compile(
    r"(?:来自|销往|远销|赴|前往|奔赴|寓外|籍贯|祖籍|出生于|毕业于|邀请|运往|发往|支援|对口|结对|借鉴|学习|对标)$"
)
# 走进|, 位于|
_HERE_BEFORE = re.compile(r"(?:在|位于|落户|落地|来到|走进|记者从|记者在)$")
# 淳安|籍, 淳安|客商, 杭州|等地
_GUEST_AFTER = re.compile(r"(?:籍|人(?=[，。、])|客商|游客|商人|务工|老板|专家|考察团|代表团|等(?:地|省|市|先进地区))")
# 青溪村|并非个例, 青溪村|成为一个窗口
_WHOLE_AFTER = re.compile(
    r"[^。市县区镇是]{0,20}?(?:缩影|生动写照|生动实践|一个窗口|并非个例|不是个例|还有很多|还有不少|比比皆是)"
)
# 杭州|银行, 浙江|农林大学
_OWNED = "大学|学院|中学|小学|校区|分校|有限|公司|集团|银行|日报|晚报|研究院|出版社|设计院"
_OWNED_AFTER = re.compile(rf"[\u4e00-\u9fff]{{0,6}}?(?:{_OWNED})")
_RUNS_ON = re.compile(
    rf"(?:{_OWNED}|[东西南北中]?(?:路|大道|街(?!道)|大街)|大桥|国际机场|江(?=[^\u4e00-\u9fff]|畔|边|流域|大桥)|话|菜(?!篮)"
    r"|村|镇|乡|街道|社区(?!矫正|教育)|小区|新村|广场|酒店|寺|庙)"
)
"""Behind a short name: it is a school's, a street's, a river's, an airport's, a dish's or a town's."""
_CAPITAL = "北京"
_HELD_AFTER = re.compile(r"时间|[^，。；]{0,30}?(?:会见|会谈|举行|召开|开幕|闭幕|举办|发布|出席|印发)")
"""Behind the capital's bare name: what is told there is of the whole country."""
# 各省和|新疆|生产建设兵团: what the whole country has
_CORPS_AFTER, _AND_BEFORE = "生产建设兵团", ("和", "及", "、", "与")
_OFFICE_AFTER = re.compile(
    r"(?:市|县|区|旗)?(?:人民)?(?:公安|警方|民警|刑警|交警|消防|法院|检察|司法|市场监管|人社|民政|城管|分局|派出所|政协|人大|融媒)"
)
_NAMED_AFTER = re.compile(r"(?:山(?!区)|河(?!长)|湖(?!区)|湾|岛|港(?!区))")
# 本报杭州3月2日电 （记者王一 李二）
_DATELINE = re.compile(
    r"^\s*(?:原标题[：:])?[^，。；：！？\n]{0,28}?[电讯](?=[\s（(])(?:\s*[（(](?:[^（()）\n]{0,12}记者|通讯员)[^（()）\n]{1,40}[）)])?"
)
# 杭州|等地, 杭州|等先进地区
_ENUMERATED = re.compile(r"(?:、|和|及|与|—|-|~)?[\u4e00-\u9fff]{0,4}等(?:地|省|市|先进|城市|国家|周边)")
# 我县, 本市
OURS = re.compile(r"(?<!自)[我本](县|市|区|省|州|旗|镇|乡)(?!场|民|域|间|别)")
_LEVEL_OF = dict.fromkeys("县区旗镇乡", COUNTY) | dict.fromkeys("市州", CITY) | {"省": PROVINCE}
# 在青溪镇, ，城关街道
_TOWN_AT_START = re.compile(r"(?:^|[^\u4e00-\u9fff]|在|的)([\u4e00-\u9fff]{2,3}(?:镇|街道))")
# 淳安县|清溪镇
_MISREAD_TOWN = re.compile(r"([\u4e00-\u9fff]{1,4}?(?:镇|乡|街道))")
# 杭州市|醇安县
_MISREAD_COUNTY = re.compile(r"([\u4e00-\u9fff]{1,4}?[县区市旗])")


@dataclass(slots=True)
class Piece:
    """A stretch of the article with what a name in it weighs."""

    text: str
    weight: float
    where: str


@dataclass(slots=True)
class Mention:
    """A name resolved to one division, with its weight and the town or zone printed behind it."""

    division: Division
    weight: float
    where: str
    printed: str
    town: str = ""
    zone: str = ""
    note: str = ""
    opens: bool = False
    """It is the first word of a paragraph."""
    town_printed: str = ""
    """How a misread town was printed."""
    chained: bool = False
    """Its city or province stands right before it."""
    certain: bool = False
    """It is printed in full, with a town of its own, or with an office that only a place has behind it."""

    @property
    def key(self) -> str:
        """Return what weight is counted under: the division's digits, a zone or a former name apart from them."""
        if self.zone:
            return self.division.prefix + "zone:" + self.zone
        key = self.division.prefix if self.division.level < COUNTY else self.division.code
        return f"{key}:{self.division.name}" if self.division.until else key


@dataclass(slots=True)
class _Line:
    """A piece with the names in it, and its towns by where they stand."""

    piece: Piece
    named: list[Named]
    towns: dict[int, NamedTown]


def pieces_of(title: str, section: str, paragraphs: Sequence[str]) -> list[Piece]:
    """Return the title, section, the beginning of the first paragraph, its rest, and the other paragraphs."""
    out = [Piece(title, TITLE_WEIGHT, "标题"), Piece(section, SECTION_WEIGHT, "栏目")]
    lead = next((i for i, text in enumerate(paragraphs) if len(text) >= SHORTEST_LEAD), 0)
    for i, text in enumerate(paragraphs):
        if i < lead:
            out.append(Piece(text, FIRST_WEIGHT, "首段"))
        elif i == lead:
            dateline = _DATELINE.match(text)
            out.append(Piece(dateline[0] if dateline else "", DATELINE_WEIGHT, "电头"))
            text = text[dateline.end() :] if dateline else text
            cut = text.find("。", LEAD_LENGTH // 2, 2 * LEAD_LENGTH)
            cut = cut + 1 if cut > 0 else LEAD_LENGTH
            out += [Piece(text[:cut], LEAD_WEIGHT, "开头"), Piece(text[cut:FIRST_LENGTH], FIRST_WEIGHT, "首段")]
            out.append(Piece(text[max(cut, FIRST_LENGTH) :], BODY_WEIGHT, "正文"))
        else:
            out.append(Piece(text, BODY_WEIGHT, "正文"))
    return [p for p in out if p.text]


def lines_of(page_text: str) -> list[Piece]:
    """Return the lines of a page, each parted from its dateline, which weighs less: it helps, but settles no home."""
    out = []
    for line in page_text.splitlines():
        dateline = _DATELINE.match(line)
        end = dateline.end() if dateline else 0
        out += [Piece(line[:end], BODY_WEIGHT / 2, "电头"), Piece(line[end:], BODY_WEIGHT, "版面")]
    return [p for p in out if p.text.strip()]


def mentions_of(pieces: Sequence[Piece], home: Place, names: Gazetteer, year: str = "") -> list[Mention]:
    """Return the names of the pieces, each resolved to one division or left out; ``year`` is the page's."""
    lines = [_line(piece, names, year) for piece in pieces]
    context = _context(lines, home, names)
    out: list[Mention] = []
    for line in lines:
        out += _mentions_of_line(line, context, names)
    return out


def _line(piece: Piece, names: Gazetteer, year: str) -> _Line:
    """The names of a piece that are no part of another thing's, each with its divisions of that year."""
    printed = names.names_in(piece.text)
    ends = {n.end for n in printed}
    own = (n for n in printed if n.start in ends or not _runs_over(piece.text, n))
    named = (_of_its_time(n, year) for n in own if not _is_anothers(piece.text, n))
    return _Line(piece, [n for n in named if n.divisions], {t.start: t for t in names.towns_in(piece.text)})


def _of_its_time(name: Named, year: str) -> Named:
    """The name with the divisions that bore it in a year; a short name given up long before means none (宣武医院)."""
    if not year:
        return name
    fits = tuple(d for d in name.divisions if (d.since or year) <= year <= (d.until or year))
    if fits:
        return replace(name, divisions=fits)
    gone = year.isdigit() and not name.full and all(d.until for d in name.divisions)
    last = max(d.until for d in name.divisions)
    return replace(name, divisions=()) if gone and int(year) - int(last) > REMEMBERED else name


def _context(lines: Iterable[_Line], home: Place, names: Gazetteer) -> dict[str, float]:
    """Code prefixes of provinces, cities and counties that the article names without doubt → their weight."""
    out: defaultdict[str, float] = defaultdict(float)
    for line in lines:
        for name in line.named:
            division = _sure(name, line.towns.get(name.end))
            if division:
                _support(out, division.code, line.piece.weight or BODY_WEIGHT)
    code = names.place_code(home)
    if code:
        _support(out, code, 3.0)
    return out


def _sure(name: Named, town: NamedTown | None) -> Division | None:
    """The division that a name means without doubt: the only one in force, or the one whose town stands behind it."""
    current = [d for d in name.divisions if not d.until] or list(name.divisions[:1])
    if town:
        with_town = [d for d in current if d.level == COUNTY and any(code.startswith(d.code) for code in town.codes)]
        if len(with_town) == 1:
            return with_town[0]
    return current[0] if not name.word and len({d.code for d in current}) == 1 else None


def levelled(mentions: list[Mention]) -> list[Mention]:
    """Return the mentions with those of a round-up, whose paragraphs each begin with a county, weighing alike."""
    openers = {m.key for m in mentions if m.opens and m.where != "标题" and m.division.level == COUNTY}
    if len(openers) < ROUND_UP:
        return mentions
    return [replace(m, weight=min(m.weight, 1.5 * BODY_WEIGHT)) if m.where == "开头" else m for m in mentions]


def _support(context: dict[str, float], code: str, weight: float) -> None:
    """Add weight to a division's prefix and to those of the divisions above it."""
    for digits in (2, 4, 6):
        if digits == 2 or code[digits - 2 : digits] != "00":
            context[code[:digits]] += weight


def _mentions_of_line(line: _Line, context: dict[str, float], names: Gazetteer) -> Iterator[Mention]:
    """The mentions of one piece: chains such as 省市县镇 count once, for the finest of them."""
    piece, named, towns = line.piece, line.named, line.towns
    taken: set[int] = set()
    above: Division | None = None
    above_end = -1
    for i, name in enumerate(named):
        parent = above if above_end == name.start else None
        division = _resolve(name, parent, context)
        if division is None or (name.word and not name.full and _is_no_name(piece.text, name)):
            continue
        chained = i + 1 < len(named) and named[i + 1].start == name.end and not name.zone
        if chained and any(division.holds(d) for d in named[i + 1].divisions):
            above, above_end = division, name.end
            continue
        above = None
        town, note, division, printed = _behind(piece.text, name, division, towns, names)
        if town:
            taken.add(name.end)
        weight, opens = piece.weight * _worth(piece.text, name), name.start < OPENING
        chain, certain = parent is not None, name.full or bool(town) or bool(_OFFICE_AFTER.match(piece.text, name.end))
        if weight > 0:
            yield Mention(
                division, weight, piece.where, name.name, town, name.zone, note, opens, printed, chain, certain
            )
    yield from _lone_towns(piece, [t for t in towns.values() if t.start not in taken], context, names)


def _resolve(name: Named, parent: Division | None, context: dict[str, float]) -> Division | None:
    """The one division that a name means here, or None when it is likelier an ordinary word."""
    if parent:
        inside = [d for d in name.divisions if parent.holds(d)]
        if inside:
            return inside[0]
    if not name.full and name.divisions[0].level == PROVINCE:
        return name.divisions[0]
    best = max(name.divisions, key=lambda d: _likely(d, context))
    if name.word and not name.zone:
        wanted = best.code if best.level == COUNTY else best.prefix
        near = context[best.prefix[:4]] > 0 if name.full else context[wanted] > 0
        return best if near else None
    return best


def _likely(division: Division, context: dict[str, float]) -> float:
    """How well a candidate fits the other names of the article."""
    score = 3.0 * context[division.prefix] + context[division.code[:4]] + 0.5 * context[division.code[:2]]
    return score + (0.0 if division.until else 0.4) - 0.1 * division.level


def _behind(
    text: str, name: Named, division: Division, towns: dict[int, NamedTown], names: Gazetteer
) -> tuple[str, str, Division, str]:
    """The town printed right behind a division, a note on a misread name, the division itself, the misread name."""
    if name.zone or division.level == PROVINCE:
        return "", "", division, ""
    if division.level == CITY:
        county, note = _misread_county(text, name.end, division, names)
        return "", note, county or division, ""
    town = towns.get(name.end)
    if town and any(code.startswith(division.code) for code in town.codes):
        return town.name, "", division, ""
    guess = _MISREAD_TOWN.match(text, name.end)
    right = names.misread(guess[1], names.towns_of(division.code)) if guess else ""
    if guess and right:
        return right, f"“{guess[1]}”应为“{right}”", division, guess[1]
    return "", "", division, ""


def _misread_county(text: str, end: int, city: Division, names: Gazetteer) -> tuple[Division | None, str]:
    """The county of this city whose name is printed with one wrong character directly behind it."""
    guess = _MISREAD_COUNTY.match(text, end)
    if not guess or names.named(guess[1]) or guess[1] in ("城区", "市区", "各县", "全市", "全区"):
        return None, ""
    counties = {d.name: d for d in names.children(city.code) if d.level == COUNTY}
    right = names.misread(guess[1], counties) if len(guess[1]) > 2 else ""
    return (counties[right], f"“{guess[1]}”应为“{right}”") if right else (None, "")


def _worth(text: str, name: Named) -> float:
    """Return the worth of a name by the words around it: a subject more, a guest's or a company's home less."""
    before, after = text[max(0, name.start - 6) : name.start], text[name.end : name.end + 12]
    if not name.full and _NAMED_AFTER.match(after):
        return 0.1
    if _OWNED_AFTER.match(after):
        return 0.4 if name.full else 0.1
    if _ABROAD_BEFORE.search(before) or _ENUMERATED.match(after) or re.match(r"、[\u4e00-\u9fff]{2,4}、", after):
        return 0.15
    if name.name == _CAPITAL and _HELD_AFTER.match(text, name.end):
        return 0.0
    if after.startswith(_CORPS_AFTER) and before.endswith(_AND_BEFORE):
        return 0.0
    if _GUEST_AFTER.match(after):
        return 0.25
    worth = 1.0 if name.full else 0.8
    if _WHOLE_AFTER.match(text, name.end):
        worth *= 3.0
    if _HERE_BEFORE.search(before):
        worth *= 1.5
    if not before or before[-1] in CLAUSE_ENDS + ':“" \u3000':
        worth *= 1.4
    return worth


def _is_anothers(text: str, name: Named) -> bool:
    """Whether a short name is a part of the name of a school, a street, a dish, a book, a play or a paper."""
    if name.full:
        return False
    return bool(_RUNS_ON.match(text, name.end)) or _is_in_a_work(text, name.start)


def _runs_over(text: str, name: Named) -> bool:
    """Whether a full name is two words run together: 放宽|城区, 以西|郊区."""
    counts, at = word_model().counts, name.start
    return (
        name.full
        and at > 0
        and name.end - at == 3
        and text[at - 1 : at + 1] in counts
        and text[at + 1 : name.end] in counts
    )


def _is_no_name(text: str, name: Named) -> bool:
    """Whether an ordinary word that could mean a place runs into its neighbours here, or into a person's name."""
    return not stands(text, name.start, name.end) or is_in_a_person(text, name.start, name.end)


def _is_in_a_work(text: str, at: int) -> bool:
    """Whether a place of a text stands in the title of a book, a play or a paper."""
    return text.rfind("《", 0, at) > text.rfind("》", 0, at)


def _lone_towns(
    piece: Piece, towns: Iterable[NamedTown], context: dict[str, float], names: Gazetteer
) -> Iterator[Mention]:
    """Towns that stand alone speak for a county that the article names, or for the only one of a named city."""
    for town in towns:
        county = _county_of(town, context, names)
        division = names.division(county) if county else None
        if division:
            yield Mention(division, 0.5 * piece.weight, piece.where, town.name, town.name, certain=True)


def _county_of(town: NamedTown, context: dict[str, float], names: Gazetteer) -> str:
    """The county whose town is meant, or nothing: a town alone may be one of many, or the list may lack its like."""
    counties = sorted({code[:6] for code in town.codes})
    named = [c for c in counties if context[c] > 0]
    if named:
        return max(named, key=lambda c: context[c])
    near = [c for c in counties if context[_city_of(c)] > 0]
    return near[0] if len(near) == 1 and names.knows_towns_of(_city_of(near[0])) else ""


def _city_of(county: str) -> str:
    """The digits of a county's city; a municipality is its own."""
    return county[:2] if county[:2] in MUNICIPALITIES else county[:4]


def ours_of(pieces: Sequence[Piece], home: Place, names: Gazetteer) -> Iterator[Mention]:
    """Yield what 我县 and 本区 mention: the page's own place, where it is known to that depth."""
    for piece in pieces:
        for ours in OURS.finditer(piece.text) if "我" in piece.text or "本" in piece.text else ():
            level = _LEVEL_OF[ours[1]]
            here = names.division(names.place_code(upper(home, names, level)))
            if here and (here.level == level or (ours[1] == "市" and here.name.endswith("市"))):
                yield Mention(here, piece.weight, piece.where, ours[0])
    yield from _towns_of_home(pieces, home, names)


def _towns_of_home(pieces: Iterable[Piece], home: Place, names: Gazetteer) -> Iterator[Mention]:
    """Towns speak for a home city without counties (东莞, 中山 …), whose towns the gazetteer does not know."""
    city = names.division(names.place_code(home))
    if city is None or city.level != CITY or names.children(city.code):
        return
    for piece in pieces:
        for town in _TOWN_AT_START.finditer(piece.text):
            if piece.weight > BODY_WEIGHT:
                yield Mention(city, piece.weight, piece.where, town[1])


def upper(place: Place, names: Gazetteer, level: int) -> Place:
    """Return the place cut off below a level; a county-level city stays, since it calls itself 市 too."""
    if level == PROVINCE:
        return Place("", place.province)
    if level == CITY and place.county and not place.county.endswith("市"):
        cut = Place("", place.province, place.city)
        return replace(cut, code=names.place_code(cut))
    return replace(place, code=place.code[:6], town="", village="")
