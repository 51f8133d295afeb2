"""The places of China by code and by name: official, short, former, and typed in pinyin.

The tables and their source stand in ``resources/places`` (README there); each is loaded when first needed.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path

from core.places.breaks import is_in_a_person, stands
from core.records import Place
from core.resources import shipped
from core.text.lexicon import Lexicon

FOLDER = shipped("resources", "places")
PROVINCE, CITY, COUNTY, TOWN = 1, 2, 3, 4
MUNICIPALITIES = {"11": "北京市", "12": "天津市", "31": "上海市", "50": "重庆市"}
OLDEST_SHORT = "1995"
"""Short forms of names given up before this year are no longer looked for in running text."""
FORMER_WORTH = 0.9
_MOST_RECENT = 256
"""Texts whose names are remembered: those of a page."""
NEIGHBOURS = 12
"""Code points apart at which two characters share their radical and nearly all strokes (鄞 for 鄣)."""

_ZONE_TAIL = re.compile(
    r"(?:(?!市级|国家|全省|全市|各地|[的和与及等、，]).){0,6}?(?:新区|开发区|高新区|工业园区|合作区|保税区|度假区|试验区|实验区|风景区|港区)"
)
_TYPED_NOISE = re.compile(r"[\s/、,，.。·・\-—|>＞›→'’]+")
_TOWN_END = re.compile(r"街道|镇|乡|苏木")
_NOT_A_DISTRICT = frozenset("域位块间级别划")
_SEAT_KINDS = (("自治州", "州"), ("自治县", "县"), ("自治旗", "旗"))


@dataclass(frozen=True, slots=True)
class Division:
    """A province, city or county, in force or former.

    ``since`` and ``until`` are years as text, empty where unknown or still in force; ``now`` is the code of the
    division in force that a former one went into (its own code when it is in force itself).
    """

    code: str
    level: int
    name: str
    short: str
    pinyin: str
    province: str
    city: str
    since: str = ""
    until: str = ""
    now: str = ""
    brief: str = ""
    """A short form with its kind that the rule does not give: 前郭县; empty where there is none."""

    @property
    def place(self) -> Place:
        """The division as a place, with the names of its time."""
        if self.level == PROVINCE:
            return Place(self.code, self.name, MUNICIPALITIES.get(self.code[:2], ""))
        if self.level == CITY:
            return Place(self.code, self.province, self.name)
        return Place(self.code, self.province, self.city, self.name)

    @property
    def prefix(self) -> str:
        """The digits that all codes inside this division begin with."""
        return self.code[: 2 * self.level]

    def holds(self, other: Division) -> bool:
        """Return whether the other division lies in this one (by its own code or by the one that it is under now)."""
        return other.level > self.level and (other.code.startswith(self.prefix) or other.now.startswith(self.prefix))

    @property
    def dates(self) -> str:
        """Return the years of a name that is no longer in force: （1996—2017）."""
        return f"（{self.since}—{self.until}）" if self.until else ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One place that a typed query may mean; ``note`` tells what became of a former name."""

    place: Place
    score: float
    note: str = ""


@dataclass(slots=True)
class Named:
    """A name that stands in a text (half open) and the divisions that bear it.

    ``full`` when it has its 市, 县 …; ``word`` when it is also an ordinary word and settles nothing by itself;
    ``zone`` is the whole printed name of a development zone named after a city (its divisions are then the city).
    """

    start: int
    end: int
    name: str
    divisions: tuple[Division, ...]
    full: bool
    word: bool = False
    zone: str = ""


@dataclass(frozen=True, slots=True)
class NamedTown:
    """A town's name that stands in a text (half open), with the nine-digit codes of all towns that bear it."""

    start: int
    end: int
    name: str
    codes: tuple[str, ...]


class Gazetteer:
    """China's divisions, read from a folder of tables."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._folder = folder
        self._children: dict[str, tuple[Division, ...]] = {}
        self._recent: dict[str, tuple[Named, ...]] = {}
        """The names of the paragraphs just read: several questions are asked of each."""

    # ---- the tables

    def _rows(self, name: str) -> Iterator[list[str]]:
        lines = (self._folder / name).read_text("utf-8").splitlines()
        return (line.split("\t") for line in lines[1:])

    @cached_property
    def _current(self) -> dict[str, Division]:
        """Code → division in force."""
        out: dict[str, Division] = {}
        briefs = dict(self._rows("briefs.tsv"))
        for code, level, name, short, pinyin, parent, since in self._rows("divisions.tsv"):
            above = out.get(parent)
            city = above.name if above and above.level == CITY else MUNICIPALITIES.get(code[:2], "")
            province = above.province or above.name if above else ""
            brief = briefs.get(code, "")
            out[code] = Division(code, int(level), name, short, pinyin, province, city, since, "", code, brief)
        return out

    @cached_property
    def _former(self) -> tuple[Division, ...]:
        """Names no longer in force, the latest first."""
        rows = [
            Division(code, int(level), name, short, pinyin, province, city, since, until, now)
            for code, level, name, short, pinyin, province, city, since, until, now in self._rows("former.tsv")
        ]
        return tuple(sorted(rows, key=lambda d: d.until, reverse=True))

    @cached_property
    def _former_by_code(self) -> dict[str, Division]:
        return {d.code: d for d in reversed(self._former)}

    @cached_property
    def _towns(self) -> dict[str, str]:
        """Town's name → comma-separated codes of all towns of that name."""
        return {row[0]: row[1] for row in self._rows("towns.tsv")}

    @cached_property
    def _town_names(self) -> list[str]:
        return sorted(self._towns)

    @cached_property
    def _zones(self) -> dict[str, str]:
        """Zone's name → code of its city."""
        return {name: city for name, city, _note in self._rows("zones.tsv")}

    @cached_property
    def _words(self) -> frozenset[str]:
        lines = (self._folder / "words.txt").read_text("utf-8").splitlines()
        return frozenset(word for line in lines if not line.startswith("#") for word in line.split())

    @cached_property
    def _alike(self) -> dict[str, str]:
        """Character → characters of names that it is easily misread for."""
        return {row[0]: row[1] for row in self._rows("lookalikes.tsv")}

    # ---- by code

    def division(self, code: str) -> Division | None:
        """Return the division of a six-digit code (of a town's nine digits the county), in force or former."""
        return self._current.get(code[:6]) or self._former_by_code.get(code[:6])

    def place(self, code: str) -> Place:
        """Return the place of a six-digit code (nine digits: a town), empty when nobody bears it."""
        found = self.division(code)
        if found is None:
            return Place()
        town = self._town_by_code.get(code, "") if len(code) == 9 else ""
        return self._town_place(town, code) if town else found.place

    def _town_place(self, town: str, code: str) -> Place:
        """The place of a town whose name and code are known."""
        county = self.division(code)
        return replace(county.place, code=code, town=town) if county else Place(code, town=town)

    @cached_property
    def _town_by_code(self) -> dict[str, str]:
        return {code: name for name, codes in self._towns.items() for code in codes.split(",")}

    def children(self, code: str) -> tuple[Division, ...]:
        """Return the divisions in force that lie directly or deeper inside this one, in the order of their codes."""
        if code not in self._children:
            above = self.division(code)
            self._children[code] = tuple(d for d in self._current.values() if above and above.holds(d))
        return self._children[code]

    # ---- by name

    @cached_property
    def _by_name(self) -> dict[str, tuple[Division, ...]]:
        """Every printed form → the divisions that bear it: in force first, higher ones first."""
        out: dict[str, list[Division]] = {}
        for division in (*self._current.values(), *self._former):
            for form in _printed_forms(division):
                out.setdefault(form, []).append(division)
        return {form: tuple(sorted(found, key=_rank)) for form, found in out.items()}

    @cached_property
    def _lexicon(self) -> Lexicon:
        """All printed forms and zones, for looking them up in running text."""
        return Lexicon((*self._by_name, *self._zones))

    @property
    def printed_forms(self) -> frozenset[str]:
        """Return every form in which a province, city, county or zone is printed."""
        return frozenset((*self._by_name, *self._zones))

    @property
    def provinces(self) -> tuple[Division, ...]:
        """Return the provinces in the order of their codes."""
        return tuple(d for d in self._current.values() if d.level == PROVINCE)

    def named(self, name: str) -> tuple[Division, ...]:
        """Return the divisions that bear this name, short or full, in force first."""
        return self._by_name.get(name, ())

    def is_word(self, name: str) -> bool:
        """Return whether the name is also an ordinary word; a county of two characters can end one (现代 + 县)."""
        return name in self._words or (len(name) == 2 and name[1] in "县区旗市")

    def names_in(self, text: str) -> tuple[Named, ...]:
        """Return the names of provinces, cities, counties and zones in a text, the longest at each place; linear.

        A name counts only where the sentence breaks around it, and where it is not part of a person's; whether a short
        name that is an ordinary word stands for a place there is left to who asks.
        """
        found = self._recent.get(text)
        if found is None:
            if len(self._recent) >= _MOST_RECENT:
                self._recent.clear()
            found = self._recent[text] = tuple(self._find_names(text))
        return found

    def _find_names(self, text: str) -> Iterator[Named]:
        lexicon, free = self._lexicon, 0
        for i in lexicon.starts(text):
            found = self._named_at(text, i, lexicon.sizes(text, i)) if i >= free else None
            if found:
                yield found
                free = found.end

    def _named_at(self, text: str, start: int, sizes: Iterable[int]) -> Named | None:
        for size in sizes:
            name = text[start : start + size]
            end = start + len(name)
            if name in self._zones:
                return Named(start, end, name, (self._current[self._zones[name]],), True, zone=name)
            divisions = self._by_name.get(name)
            if not divisions or (name[-1] == "区" and text[end : end + 1] in _NOT_A_DISTRICT and end < len(text)):
                continue
            zone = self._zone_at(text, start, end, divisions[0])
            if zone:
                return Named(start, start + len(zone), zone, divisions[:1], True, zone=zone)
            full = any(name != d.short or name == d.name for d in divisions)
            named = Named(start, end, name, divisions, full, self.is_word(name))
            if (named.word and not full) or self._is_name_at(text, start, end, full):
                return named
        return None

    def _is_name_at(self, text: str, start: int, end: int, full: bool) -> bool:
        """Whether the sentence breaks around a name; 常山县 is one in 常山县委, too, since 常山 is."""
        if full:
            bare = text[start : end - 1] in self._by_name
            return stands(text, start, end) or (bare and stands(text, start, end - 1))
        return stands(text, start, end) and not is_in_a_person(text, start, end)

    def _zone_at(self, text: str, start: int, end: int, division: Division) -> str:
        """The whole name of a zone that begins with a city's name (宁波 + 前湾新区), or nothing."""
        if division.level != CITY:
            return ""
        tail = _ZONE_TAIL.match(text, end)
        if not tail or any(tail[0][i : i + n] in self._by_name for n in (2, 3, 4) for i in range(len(tail[0]) - n)):
            return ""
        return text[start : tail.end()]

    def towns_in(self, text: str, start: int = 0, end: int | None = None) -> Iterator[NamedTown]:
        """Yield the names of towns in a text, the longest that ends at each 街道, 镇, 乡."""
        stop = len(text) if end is None else end
        for tail in _TOWN_END.finditer(text, start, stop):
            for first in range(max(start, tail.end() - 12), tail.start()):
                name = text[first : tail.end()]
                codes = self._towns.get(name)
                if codes and (stands(text, first, tail.end()) or stands(text, first, tail.start())):
                    yield NamedTown(first, tail.end(), name, tuple(codes.split(",")))
                    break

    def knows_towns_of(self, city: str) -> bool:
        """Return whether the towns of every county of a city (its leading digits) are known: then none is missing."""
        counties = [d for d in self.children(city.ljust(6, "0")) if d.level == COUNTY]
        return bool(counties) and all(self.towns_of(county.code) for county in counties)

    def towns_of(self, code: str) -> dict[str, str]:
        """Return the names and codes of the towns of one county."""
        return self._towns_by_county.get(code[:6], {})

    @cached_property
    def _towns_by_county(self) -> dict[str, dict[str, str]]:
        out: dict[str, dict[str, str]] = {}
        for code, name in self._town_by_code.items():
            out.setdefault(code[:6], {})[name] = code
        return out

    def misread(self, name: str, right: Iterable[str]) -> str:
        """Return the one right name that differs from a misread one in a single character, or nothing.

        A name of four or more characters may differ anywhere before its last one, a shorter one only in look-alikes.
        """
        near = [r for r in right if len(r) == len(name) and sum(a != b for a, b in zip(r, name, strict=True)) == 1]
        if len(name) < 4:
            near = [r for r in near if any(self._looks_like(a, b) for a, b in zip(r, name, strict=True) if a != b)]
        near = [r for r in near if r[-1] == name[-1]]
        return near[0] if len(near) == 1 else ""

    def _looks_like(self, right: str, wrong: str) -> bool:
        """Whether two characters look alike: by the table, or neighbours in Unicode's order by radical and strokes."""
        return right in self._alike.get(wrong, "") or abs(ord(right) - ord(wrong)) <= NEIGHBOURS

    def place_code(self, place: Place) -> str:
        """Return the code for names as they stand in a case: of the finest division that is known, or nothing."""
        found = self._division_of(place)
        if found is None:
            return ""
        if place.town and found.level == (COUNTY if place.county else CITY):
            return self.towns_of(found.code).get(place.town, found.code)
        return found.code

    def _division_of(self, place: Place) -> Division | None:
        """The division that the names mean, the finest that is known."""
        for name in (place.county, place.city, place.province):
            fits = [d for d in self.named(name) if d.name == name and _agrees(d, place)] if name else []
            if fits:
                return fits[0]
        return None

    # ---- as typed

    @cached_property
    def _typed_forms(self) -> tuple[tuple[Division, tuple[tuple[str, float], ...]], ...]:
        """Every division with the forms that may be typed for it and what a hit on each is worth."""
        return tuple((d, tuple(_typed_forms_of(d).items())) for d in (*self._current.values(), *self._former))

    def find_places(self, text: str, limit: int = 20) -> list[Candidate]:
        """Return the places that a typed query may mean, best first.

        Full, short and former names, pinyin (``changshan``), initials (``cs``), the beginning of any of them, and
        several levels run together or parted by spaces (浙江衢州常山, zhejiang changshan).
        """
        query = _TYPED_NOISE.sub("", text).lower().replace("ü", "v")
        if not query:
            return []
        best: dict[str, tuple[float, Division]] = {}
        for score, division in self._matches(query, self._typed_forms, 0):
            key = division.code + division.name
            if score > best.get(key, (0.0, division))[0]:
                best[key] = (score, division)
        ranked = sorted(best.values(), key=lambda hit: (-round(hit[0], 3), hit[1].until, hit[1].level, hit[1].code))
        found = [Candidate(d.place, score, self._note(d)) for score, d in ranked[:limit]] + self._typed_zones(text)
        if not found or query[-1] in "镇乡街道":
            found += self._typed_towns(query)
        return found[:limit]

    def _matches(
        self, query: str, forms: Iterable[tuple[Division, tuple[tuple[str, float], ...]]], depth: int
    ) -> Iterator[tuple[float, Division]]:
        """Divisions whose form the query begins, and those inside a division that the query begins with."""
        inside: list[tuple[str, Division]] = []
        for division, typed in forms:
            aged = FORMER_WORTH if division.until else 1.0
            for form, worth in typed:
                if form.startswith(query):
                    yield aged * worth * (0.6 + 0.4 * len(query) / len(form)), division
                elif worth >= 0.8 and depth < 3 and query.startswith(form):
                    inside.append((query[len(form) :], division))
        for rest, above in inside:
            below = [f for f in self._typed_forms if above.holds(f[0])]
            yield from ((0.99 * score, d) for score, d in self._matches(rest, below, depth + 1))

    def _typed_zones(self, text: str) -> list[Candidate]:
        """Development zones that the query names whole."""
        zones = [n for n in self.names_in(text) if n.zone]
        return [Candidate(replace(n.divisions[0].place, county=n.zone), 0.9) for n in zones]

    def _typed_towns(self, query: str) -> list[Candidate]:
        """Towns whose name the query begins (two characters or more)."""
        if len(query) < 2 or query.isascii():
            return []
        names = self._town_names
        out: list[Candidate] = []
        for i in range(bisect_left(names, query), len(names)):
            if not names[i].startswith(query):
                break
            score = 0.5 * len(query) / len(names[i])
            out.extend(Candidate(self._town_place(names[i], code), score) for code in self._towns[names[i]].split(","))
        return sorted(out, key=lambda c: (-c.score, c.place.code))

    def _note(self, division: Division) -> str:
        if not division.until:
            return ""
        return f"{division.name}{division.dates}，今属" + "".join(self.place(division.now).names[-2:])


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """Return the gazetteer of the program, loaded once."""
    return Gazetteer()


def place(code: str) -> Place:
    """Return the place of a code in the program's gazetteer."""
    return gazetteer().place(code)


def find_places(text: str, limit: int = 20) -> list[Candidate]:
    """Return the places that a typed query may mean, from the program's gazetteer, best first."""
    return gazetteer().find_places(text, limit)


def place_code(place: Place) -> str:
    """Return the code of a place given by names, from the program's gazetteer."""
    return gazetteer().place_code(place)


def _printed_forms(division: Division) -> set[str]:
    """How a division is printed: 恩施土家族苗族自治州, 恩施, 恩施州, 前郭县."""
    forms = {division.name, division.brief or division.name}
    if not division.until or division.until >= OLDEST_SHORT:
        forms.add(division.short)
    forms |= {division.short + brief for kind, brief in _SEAT_KINDS if division.name.endswith(kind)}
    return forms


def _typed_forms_of(division: Division) -> dict[str, float]:
    """Return the forms that may be typed for a division with their worth: names 1, pinyin less, initials least."""
    syllables = division.pinyin.split()
    brief = syllables[: max(2, len(division.short))] if division.name.startswith(division.short) else syllables
    forms = {"".join(s[0] for s in syllables): 0.6, "".join(s[0] for s in brief): 0.62, "".join(syllables): 0.9}
    forms["".join(brief)] = 0.95
    forms |= dict.fromkeys(_printed_forms(division), 0.97)
    forms[division.short] = forms[division.name] = 1.0
    return forms


def _rank(division: Division) -> tuple[bool, int, str]:
    return (bool(division.until), division.level, division.code)


def _agrees(division: Division, place: Place) -> bool:
    """Whether a division lies where the names of a place say, as far as they say anything."""
    if division.level == PROVINCE:
        return division.name == place.province
    if place.province and place.province != division.province:
        return False
    return division.level == CITY or not place.city or place.city == division.city
