"""The costs of steps of the reading order: from piece to piece, from a headline to its body, from or to nothing."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from core.reading.page.cohesion import Cohesion, pairs_of
from core.reading.page.pieces import Piece
from core.reading.page.seams import SeamStrength, weigh_sides
from core.text.marks import PAUSES

# Costs in nats, set by judgement on pages of our own and kept round; small changes move nothing.
LOST_END = 5.0  # a piece stops in mid-sentence for good
QUIET_END = 2.0  # an article ends without a headline, a byline or a picture behind it
NO_HEADLINE = 4.5  # a piece begins that belongs to no headline
NO_HEADLINE_OPEN = 7.0  # … and begins in mid-sentence
EMPTY_HEADLINE = 4.0  # a headline without a body
EMPTY_PLAIN = 1.0  # … a short one without any sign of an article of its own, among others that have one
PLAIN_WITH_BODY = 2.0  # … but with a body, whose words it does not share
EMPTY_SIGNED = 8.0  # … with the writers' names below it
PLAIN_ELSEWHERE = 3.0  # … that does not stand right below it
TOPIC = 3.0  # a new paragraph that shares no words with the one above it
STACKED_HEADLINE = 0.5  # … where another headline follows at once (a headline over several articles)
JUMP = 1.2  # going on elsewhere than below
OVER_HEADLINE = 0.6  # … with a headline in between, each
BACKWARDS = 1.0  # … upwards
FAR = 0.04  # … for each piece in between
AFTER_BYLINE = 7.0  # going on behind the closing byline
BARE_SUBHEAD = 6.0  # nothing comes below a heading inside an article
CLEAN_START = 2.5  # going on in mid-sentence in a piece that begins a paragraph well behind one that ends well
CLEAN_BEHIND_COMMA = 0.5  # … of that where a comma stands before it, behind which every clause begins well
OWN_WORDS = 4.0  # all words of a headline stand in the paragraphs below it
BODY_ABOVE = 2.0  # a headline's body begins elsewhere than right below
STRANGE_START = 1.0  # weight of a start's doubt where a paragraph should begin
SAME_COLUMN, OTHER_COLUMN = 0.5, 1.5  # going on in a column of the same width, or of another one
TALKS_ON = 1.0  # going on elsewhere in a paragraph that points back at one before it
STRENGTH = 0.7  # weight of a seam's own strength
RUN_ON = -2.0  # weakest seam between neighbours that raises no doubt by itself
FIRM = 1.0  # weakest seam between neighbours that is not asked again around a doubtful place
NEAR = 3  # pieces of one article that only changed places lie within so many
HARD_START = 2.5  # from this doubt on a piece surely goes on with another
STRIP = 8  # lines of one column that were scattered lie within so many pieces
USUAL_FROM = 24  # pairs of neighbours from which a page's usual likeness is taken
IN_TURN = 1.3  # columns cut off together that go on in the same turn
FEWEST_PAIRS = 24  # with fewer pairs of characters than that nothing is said about a topic
OTHER_TOPIC = 0.35  # below this likeness a weak seam between neighbours is in doubt
MOST_ALIKE = 2.0  # more likeness than so many times the usual tells no more
OTHER_TITLE, SAME_TITLE = 2.0, 0.7  # going on in a piece with the words of another headline, or of the same
OWNED, CLEARLY = 0.2, 0.15  # a headline owns a piece that has so many of its words, and of no other's as many
NAMED = 0.25  # … and it names the place that the headline names
NEXT_POINT = 2.0  # going on with the next of some numbered points
POINTS_ABOVE = 6  # pieces above in which the point before is looked for
TITLE_PULL = 4.0  # weight of a headline's words beside the likeness to the neighbour
STRANGE = 0.1  # below this sum a paragraph is strange where it stands
TITLES_AROUND = 40  # pieces within which headlines are asked for their words
FEWEST_TITLE_PAIRS = 5  # with fewer pairs of characters a headline's words tell nothing
WINDOW = 3  # pieces on either side whose words tell whether the topic goes on


@dataclass(frozen=True, slots=True)
class Material:
    """What the order is found from: body pieces, headlines, and where each stands among the other."""

    pieces: Sequence[Piece]
    titles: Sequence[str]
    headline_before: Sequence[int]
    """For each headline the number of the first piece below it."""
    signed: Sequence[bool]
    """For each headline whether names stand right below it."""
    plain: Sequence[bool]
    """For each headline whether it may as well be a section heading."""
    closed: frozenset[int]
    """Pieces behind which a byline on a line of its own closes the article."""
    cohesion: Cohesion

    def headlines_between(self, a: int, b: int) -> int:
        """Return how many headlines stand between two pieces."""
        return abs(bisect_right(self.headline_before, b) - bisect_right(self.headline_before, a))

    def headlines_above(self) -> dict[int, int]:
        """For each piece right below a headline that headline, the last one where several stand together."""
        return {at: h for h, at in enumerate(self.headline_before) if at < len(self.pieces)}


class Costs:
    """Judges single steps of a page's reading order; each seam is asked for once."""

    def __init__(self, material: Material) -> None:
        self.material = material
        self._seams: dict[tuple[int, int], SeamStrength] = {}
        self._windows: dict[tuple[int, int], tuple[int, ...]] = {}
        self._usual: tuple[float, float] | None = None
        self._headed = frozenset(material.headline_before)
        own = {p.number for p in material.pieces if p.closes is not None and not p.is_tail}
        self._ends = own | material.closed
        self._headlines_up_to = [bisect_right(material.headline_before, i) for i in range(len(material.pieces))]
        self._owners: dict[int, int | None] = {}
        self._telling = [h for h, title in enumerate(material.titles) if len(pairs_of(title)) >= FEWEST_TITLE_PAIRS]
        self._shares_of: dict[int, list[tuple[float, int]]] = {}
        self._at_home: dict[int, float] = {}
        self._places = {h: _places_in(material.titles[h]) for h in self._telling}
        self._telling_at = [material.headline_before[h] for h in self._telling]

    def seam(self, a: int, b: int) -> SeamStrength:
        """Return the strength of the seam between two pieces, weighed once."""
        key = (a, b)
        if key not in self._seams:
            one, other = self.material.pieces[a], self.material.pieces[b]
            self._seams[key] = weigh_sides(one.left, other.right, one.opened, other.stray)
        return self._seams[key]

    def owner(self, i: int) -> int | None:
        """Return the headline that has clearly more words in common with a piece than any other headline around."""
        if i not in self._owners:
            self._owners[i] = self._find_owner(i)
        return self._owners[i]

    def _find_owner(self, i: int) -> int | None:
        shares = self._shares(i)
        if not shares or shares[-1][0] < OWNED or (len(shares) > 1 and shares[-1][0] - shares[-2][0] < CLEARLY):
            return None
        return shares[-1][1]

    def _shares(self, i: int) -> list[tuple[float, int]]:
        """How much of the words of each headline around a piece has, least first."""
        if i not in self._shares_of:
            low = bisect_left(self._telling_at, i - TITLES_AROUND)
            high = bisect_right(self._telling_at, i + TITLES_AROUND)
            text, titles, cohesion = self.material.pieces[i].text, self.material.titles, self.material.cohesion
            self._shares_of[i] = sorted(
                [
                    (cohesion.covered(titles[h], (i,)) + NAMED * any(p in text for p in self._places[h]), h)
                    for h in self._telling[low:high]
                ]
            )
        return self._shares_of[i]

    def at_home(self, b: int) -> float:
        """Return how much a piece talks of its neighbour and the headline above, and not of another headline."""
        if b not in self._at_home:
            self._at_home[b] = self._finds_at_home(b)
        return self._at_home[b]

    def _finds_at_home(self, b: int) -> float:
        home = self._headlines_up_to[b - 1] - 1 if b else -1
        if home < 0 or b in self._headed or self.material.pieces[b].subhead or self.material.pieces[b - 1].subhead:
            return 1.0
        shares = self._shares(b)
        own = next((share for share, h in shares if h == home), None)
        other = next((share for share, h in reversed(shares) if h != home), 0.0)
        if own is None or not other:
            return 1.0
        return self.likeness(b - 1, b) + TITLE_PULL * (own - other)

    def of_other_titles(self, a: int, b: int) -> bool:
        """Return whether two pieces have the words of two different headlines."""
        one, other = self.owner(a), self.owner(b)
        return one is not None and other is not None and one != other

    def is_end(self, i: int) -> bool:
        """Return whether an article is closed by a byline behind the piece."""
        return i in self._ends

    def start_is_doubtful(self, i: int, headed: bool) -> bool:
        """Return whether a piece hardly begins a paragraph; below a headline less doubt is enough."""
        return self.material.pieces[i].start_doubt >= (1.5 if headed else 2.5)

    def neighbours(self, i: int, headed: bool) -> str:
        """Return whether a piece goes ``on`` in the next, ends there (``end``), or that is in ``doubt``."""
        piece, after = self.material.pieces[i], self.material.pieces[i + 1]
        if headed:
            return "doubt" if piece.ends_open or self.start_is_doubtful(i + 1, headed) else "end"
        if self.is_end(i):
            return "doubt"
        if piece.subhead or after.subhead:
            return "doubt" if piece.ends_open else "on"
        if not piece.ends_open:
            strange = self.of_other_titles(i, i + 1) or self.lacks_point_before(i + 1)
            return "doubt" if strange or self.start_is_doubtful(i + 1, False) else "on"
        if piece.cut_short or piece.in_column_of(after) is False:
            return "doubt"
        if after.glued:
            return "on"
        strength = self.seam(i, i + 1).strength
        return "doubt" if strength < RUN_ON or (strength < FIRM and self.likeness(i, i + 1) < OTHER_TOPIC) else "on"

    def is_weak(self, a: int) -> bool:
        """Return whether a piece breaks off and the one below is no clear continuation."""
        piece, after = self.material.pieces[a], self.material.pieces[a + 1]
        return piece.ends_open and not after.glued and (piece.cut_short or self.seam(a, a + 1).strength < FIRM)

    def is_displaced(self, a: int) -> bool:
        """Return whether a piece is surely the rest of another that does not stand right above it."""
        return self.material.pieces[a].start_doubt >= HARD_START

    def _is_no_start(self, b: int) -> bool:
        return self.is_displaced(b) or self.lacks_point_before(b)

    def step_below(self, a: int, b: int, limit: float) -> float | None:
        """Return the cost of going on from one piece in another, or None where it is no less than a limit."""
        fit = self._fit(a, b)
        if fit - TOPIC * (MOST_ALIKE - 1.0) >= limit:
            return None
        cost = self._way(a, b) + fit
        return cost if cost < limit else None

    def _fit(self, a: int, b: int) -> float:
        """The part of a step's cost that is told by both pieces' ends, headlines and numbers."""
        told = self._titles(a, b) + self._points(a, b) + (AFTER_BYLINE if self.is_end(a) else 0.0)
        return self._join(a, b) + told

    def _points(self, a: int, b: int) -> float:
        """Return the cost that the numbers of listed points make: 三是 goes on behind 二是."""
        point = self.material.pieces[b].begins_with_point
        if point < 2:
            return 0.0
        if point - 1 in self.material.pieces[a].counts:
            return -NEXT_POINT
        return NEXT_POINT if self.lacks_point_before(b) else 0.0

    def lacks_point_before(self, b: int) -> bool:
        """Return whether a piece goes on with a list of points that nothing above it in the article begins."""
        point = self.material.pieces[b].begins_with_point
        if point < 2:
            return False
        for i in range(b - 1, max(-1, b - POINTS_ABOVE), -1):
            if i + 1 in self._headed or self.is_end(i):
                return True
            if point - 1 in self.material.pieces[i].counts:
                return False
        return True

    def _titles(self, a: int, b: int) -> float:
        """Return the cost of two pieces' having the words of two headlines, below 0 for those of one."""
        one = self.owner(a)
        other = None if one is None else self.owner(b)
        if other is None:
            return 0.0
        if one == other:
            return 0.0 if self._is_close(a, b) else -SAME_TITLE
        return OTHER_TITLE

    def _way(self, a: int, b: int) -> float:
        """How far it is from one piece to the other, on the page and in what they talk of."""
        near, back, between = b == a + 1, b < a, abs(b - a - 1)
        if self._is_scattered(a, b):
            return 0.3 * (not near) + 0.3 * back + FAR * between
        topic = TOPIC * (1.0 - self.likeness(a, b))
        if self._is_close(a, b):
            return topic + 0.5 * (not near) + 0.5 * back
        headlines = min(3, self._headlines_between(a, b))
        return topic + JUMP + OVER_HEADLINE * headlines + FAR * between + BACKWARDS * back

    def _is_scattered(self, a: int, b: int) -> bool:
        """Whether two pieces are lines of one column that lost their places."""
        pieces = self.material.pieces
        strips = abs(a - b) <= STRIP and pieces[a].is_strip and pieces[b].is_strip
        return strips and not self._headlines_between(a, b)

    def _is_close(self, a: int, b: int) -> bool:
        return abs(b - a) <= NEAR and not self._headlines_between(a, b)

    def _headlines_between(self, a: int, b: int) -> int:
        return abs(self._headlines_up_to[b] - self._headlines_up_to[a])

    def _join(self, a: int, b: int) -> float:
        """How badly the end of one piece fits the beginning of the other."""
        one, other = self.material.pieces[a], self.material.pieces[b]
        near = b == a + 1
        alike = one.in_column_of(other)
        set_alike = 0.0 if alike is None else -SAME_COLUMN if alike else OTHER_COLUMN
        if one.subhead or other.subhead:
            return 2.0 * one.ends_open + set_alike
        if one.ends_open:
            clean = 0.0 if near else CLEAN_START * self._begins_cleanly(b)
            clean *= CLEAN_BEHIND_COMMA if one.left.last in PAUSES else 1.0
            return set_alike + clean - STRENGTH * self.seam(a, b).strength
        if self._is_scattered(a, b) or self._is_close(a, b):
            return set_alike + STRANGE_START * other.start_doubt + 0.5 * (not near)
        return set_alike + STRANGE_START * other.start_doubt + 1.5 - TALKS_ON * _talks_on(other.text)

    def _begins_cleanly(self, b: int) -> float:
        """How surely a piece begins a paragraph behind one that ends well: 0 to 1."""
        if b and (b in self._headed or self.material.pieces[b - 1].ends_open):
            return 0.0
        return max(0.0, 1.0 - self.material.pieces[b].start_doubt / HARD_START)

    def likeness(self, a: int, b: int) -> float:
        """Return how much two pieces and those around them talk of the same thing, by what is usual (1.0)."""
        if not self._usual:
            self._usual = self._usual_likeness()
        alone, around = self._likeness(a, b)
        usually_alone, usually_around = self._usual
        return 0.5 * (min(MOST_ALIKE, alone / usually_alone) + min(MOST_ALIKE, around / usually_around))

    def _likeness(self, a: int, b: int) -> tuple[float, float]:
        """The likeness of the two pieces alone, and of the pieces up to one and those from the other on."""
        one, other = self._window(a, -1), self._window(b, 1)
        left, right = one, other
        if abs(a - b) < 2 * WINDOW and not set(one).isdisjoint(other):
            left = tuple([i for i in one if i not in other])
            right = tuple([i for i in other if i not in one])
        return self._alike((a,), (b,), 0), self._alike(left, right, 1)

    def _alike(self, one: tuple[int, ...], other: tuple[int, ...], kind: int) -> float:
        found = self.material.cohesion.likeness_if_long(one, other, FEWEST_PAIRS)
        if found is None:
            return self._usual[kind] if self._usual else 0.0
        return found

    def _window(self, i: int, way: int) -> tuple[int, ...]:
        """A piece and some before (-1) or after it (1), not beyond a headline."""
        if (i, way) in self._windows:
            return self._windows[i, way]
        inside = [i]
        while len(inside) < WINDOW and 0 <= inside[-1] + way < len(self.material.pieces):
            edge = inside[-1] if way < 0 else inside[-1] + 1
            if edge in self._headed or self.is_end(edge - 1):
                break
            inside.append(inside[-1] + way)
        self._windows[i, way] = tuple(inside)
        return self._windows[i, way]

    def _usual_likeness(self) -> tuple[float, float]:
        """How alike neighbouring pieces of this page commonly are."""
        count = len(self.material.pieces)
        near = range(0, count - 1, max(1, count // USUAL_FROM))
        found = [self._likeness(i, i + 1) for i in near if i + 1 not in self._headed]
        alone, around = ([n[k] for n in found if n[k]] for k in (0, 1))
        return max(0.015, _middle(alone)), max(0.02, _middle(around))

    def end(self, i: int, headed: bool) -> float:
        """Return the cost of nothing coming after a piece."""
        if self.material.pieces[i].ends_open:
            return LOST_END
        if self.material.pieces[i].subhead and not headed:
            return BARE_SUBHEAD
        below = i + 1
        while below < len(self.material.pieces) and not headed and self._is_no_start(below):
            below += 1  # the rest of another piece, thrown in between
            headed = below in self._headed
        return 0.0 if headed or below == len(self.material.pieces) or self.is_end(below - 1) else QUIET_END

    def begin(self, i: int) -> float:
        """Return the cost of a piece that begins an article without a headline."""
        piece = self.material.pieces[i]
        if i == 0 and i not in self._headed:
            return 1.0 + 0.5 * piece.start_doubt
        fresh = self.is_end(i - 1) and not piece.start_doubt and i not in self._headed and not _talks_on(piece.text)
        return 1.5 if fresh else NO_HEADLINE + min(NO_HEADLINE_OPEN - NO_HEADLINE, piece.start_doubt)

    def bare(self, headline: int) -> float:
        """Return the cost of a headline without a body."""
        if self.material.signed[headline]:
            return EMPTY_SIGNED
        if self.material.plain[headline]:
            return EMPTY_PLAIN
        headlines = self.material.headline_before
        stacked = headline + 1 < len(headlines) and headlines[headline + 1] == headlines[headline]
        return STACKED_HEADLINE if stacked else EMPTY_HEADLINE

    def under(self, headline: int, i: int) -> float:
        """Return the cost of a piece being the beginning of a headline's body."""
        piece = self.material.pieces[i]
        cost = STRANGE_START * piece.start_doubt + (4.0 if piece.subhead else 0.0)
        first = self.material.headline_before[headline]
        body = [j for j in (i, i + 1) if j < len(self.material.pieces)]
        covered = self.material.cohesion.covered(self.material.titles[headline], body)
        cost -= OWN_WORDS * covered
        cost += max(0.0, PLAIN_WITH_BODY - OWN_WORDS * covered) if self.material.plain[headline] else 0.0
        owner = self.owner(i)
        cost += OTHER_TITLE * (owner is not None and owner != headline)
        if i == first:
            return cost
        if i and not self.is_end(i - 1):
            cost += _talks_on(piece.text)
        cost += PLAIN_ELSEWHERE * self.material.plain[headline]
        return cost + BODY_ABOVE + FAR * abs(i - first)


# 淳安县：, 青溪：
_PLACE_FIRST = re.compile(r"^([\u3400-\u9fff]{2,3}?)[省市县区旗镇乡]?[：:]")
# 青溪镇, 淳安县, 临安区
_PLACE_INSIDE = re.compile(r"[\u3400-\u9fff]{2}(?:[市县旗镇乡]|(?<![小社园地景山牧城校老辖片])区)")


def _places_in(title: str) -> list[str]:
    """The places that a headline names: the one before its colon, and others by their last character."""
    first = _PLACE_FIRST.match(title)
    return [*([first[1]] if first else []), *_PLACE_INSIDE.findall(title)]


_ANAPHORA = tuple("这 此 同时 目前 其 另 为此 下一步 截至 该 他 她 如今 接下来 通过 据".split())


def _middle(values: Sequence[float]) -> float:
    return sorted(values)[len(values) // 2] if values else 0.04


def _talks_on(text: str) -> float:
    """1 where the first words of a paragraph point back at one before it."""
    return 1.0 if text.startswith(_ANAPHORA) else 0.0
