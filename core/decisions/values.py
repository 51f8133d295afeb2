"""Values of fields, figures and mechanisms as the log holds them (JSON), made, read and checked.

=============  ==========================================================================================
part           value
=============  ==========================================================================================
title, note …  a text
themes, tags   a list of texts; ``byline`` too
place          the six of ``Place``: code, province, city, county, town, village
kind           ``case``, ``news`` or ``caption``
published      2023, 2023-11, 2023-11-22 or nothing
starred, bin   true or false
citations      a list of [paper, published, page_no, headline, [names]]
figure/ID      an object: every field of ``Metric`` that a person can say; a field left out is as by default
mechanism/ID   an object: name, kind, parts [[label, meaning]], participants, note, spans
case, pair/ID  nothing: only the verdict counts
rule/NAME      one of the words of that rule
text/START     an object: ``words``, as they are to be read, and ``fixed``, a list of [offset in the page, text]
=============  ==========================================================================================
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import astuple
from decimal import Decimal, InvalidOperation
from typing import Any, get_args

from core.decisions.log import BIN, CASE, DOUBT, FIGURE, INDICATOR, MECHANISM, PAIR, PARTS, RULE, RULES, TEXT
from core.records import (
    APPROX_WORDS,
    MECHANISM_KINDS,
    ArticleKind,
    Case,
    Citation,
    Mechanism,
    Metric,
    Part,
    Place,
    Span,
)
from core.text.storable import storable

_PLAIN = ("title", "section", "summary", "background", "practice", "result", "note")
_LISTS = ("themes", "byline", "tags")
_DATE = re.compile(r"(\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?)?", re.ASCII)
_DIGITS = 400
"""A number with more digits before or behind its point is none that was printed."""
_TEXTS_OF_A_FIGURE = ("indicator", "unit", "subject", "period", "kind", "printed", "quote")
_SPANS_OF_A_FIGURE = ("span", "quote_span")


class NotAValue(ValueError):  # noqa: N818 - a name for what happened
    """What was given is no value of this part; ``str(error)`` says why, in the user's words."""


# ---- figures


def figure_value(metric: Metric) -> dict[str, Any]:
    """Return what a figure says, without its id, its state and how sure the reading was."""
    out: dict[str, Any] = {"indicator": metric.indicator, "value": f"{metric.value:f}", "unit": metric.unit}
    if metric.value_max is not None:
        out["value_max"] = f"{metric.value_max:f}"
    if metric.approx != "exact":
        out["approx"] = metric.approx
    out |= {name: text for name in ("subject", "period") if (text := getattr(metric, name))}
    if metric.kind != "count":
        out["kind"] = metric.kind
    out |= {name: text for name in ("printed", "quote") if (text := getattr(metric, name))}
    out |= {name: [at.start, at.end] for name in _SPANS_OF_A_FIGURE if (at := getattr(metric, name))}
    return out


def figure_of(value: Mapping[str, Any], **rest: Any) -> Metric:
    """Return the figure that a checked value says; ``rest`` are the other fields of the record."""
    own = {name: value[name] for name in ("indicator", "unit", "approx", *_TEXTS_OF_A_FIGURE) if name in value}
    own |= {name: Span(*value[name]) for name in _SPANS_OF_A_FIGURE if value.get(name)}
    most = value.get("value_max")
    return Metric(value=Decimal(value["value"]), value_max=None if most is None else Decimal(most), **own, **rest)


def _figure(given: Any) -> dict[str, Any]:
    if not isinstance(given, Mapping):
        raise NotAValue("数据要写成「名称：值」的一组")
    known = {"indicator", "value", "unit", "value_max", "approx", *_TEXTS_OF_A_FIGURE, *_SPANS_OF_A_FIGURE}
    if strange := sorted(map(str, given.keys() - known)):
        raise NotAValue(f"数据没有这一项：{'、'.join(strange)}")
    out: dict[str, Any] = {name: _text(given.get(name, "")) for name in ("indicator", *_TEXTS_OF_A_FIGURE)}
    if not out["indicator"]:
        raise NotAValue("数据要有指标")
    out["value"] = _number(given.get("value"))
    if given.get("value_max") not in (None, ""):
        out["value_max"] = _number(given["value_max"])
        if Decimal(out["value_max"]) < Decimal(out["value"]):
            raise NotAValue("数值上限比数值小")
    out["approx"] = given.get("approx") or "exact"
    if out["approx"] not in APPROX_WORDS:
        raise NotAValue(f"约数只能是 {'、'.join(APPROX_WORDS)}")
    out["kind"] = out["kind"] or "count"
    for name in _SPANS_OF_A_FIGURE:
        if given.get(name) is not None:
            out[name] = _pair(given[name])
    return figure_value(figure_of(out))


def _number(given: Any) -> str:
    try:
        number = Decimal(str(given).strip().replace(",", "").replace("，", ""))
    except (InvalidOperation, ValueError):
        number = Decimal("NaN")
    if not number.is_finite() or abs(number.adjusted()) >= _DIGITS or isinstance(given, bool):
        raise NotAValue(f"「{_text(str(given))[:40]}」不是数")
    return f"{number:f}"


# ---- mechanisms


def mechanism_value(mechanism: Mechanism) -> dict[str, Any]:
    """Return what a mechanism is, without its id and how sure the reading was."""
    return {
        "name": mechanism.name,
        "kind": mechanism.kind,
        "parts": [[part.label, part.meaning] for part in mechanism.parts],
        "participants": list(mechanism.participants),
        "note": mechanism.note,
        "spans": [[span.start, span.end] for span in mechanism.spans],
    }


def mechanism_of(value: Mapping[str, Any], **rest: Any) -> Mechanism:
    """Return the mechanism that a checked value says."""
    return Mechanism(
        name=value["name"],
        kind=value["kind"],
        parts=tuple(Part(*part) for part in value["parts"]),
        participants=tuple(value["participants"]),
        note=value["note"],
        spans=tuple(Span(*span) for span in value["spans"]),
        **rest,
    )


def _mechanism(given: Any) -> dict[str, Any]:
    if not isinstance(given, Mapping) or not _text(given.get("name", "")).strip():
        raise NotAValue("机制要有名称")
    kind = given.get("kind") or None
    if kind is not None and kind not in MECHANISM_KINDS:
        raise NotAValue(f"机制的类别只能是 {'、'.join(MECHANISM_KINDS)}")
    parts = [[_text(one) for one in _row(part, 2)] for part in _row(given.get("parts", ()))]
    return {
        "name": _text(given["name"]).strip(),
        "kind": kind,
        "parts": parts,
        "participants": _texts(given.get("participants", ())),
        "note": _text(given.get("note", "")),
        "spans": [_pair(span) for span in _row(given.get("spans", ()))],
    }


# ---- fields


def value_of_field(case: Case, part: str) -> Any:
    """Return the value that a case has in a field."""
    found = getattr(case, part)
    if isinstance(found, Place):
        return list(astuple(found))
    if part == "citations":
        return [[c.paper, c.published, c.page_no, c.headline, list(c.byline)] for c in found]
    return list(found) if isinstance(found, tuple) else found


def field_of(part: str, value: Any) -> Any:
    """Return a checked value as the record holds it."""
    if part == "place":
        return Place(*value)
    if part == "citations":
        return tuple(
            Citation(paper, published, page_no, headline, tuple(names))
            for paper, published, page_no, headline, names in value
        )
    return tuple(value) if isinstance(value, list) else value


def _rule(part: str, given: Any) -> str:
    words = RULES.get(part.removeprefix(RULE), {})
    if not isinstance(given, str) or given not in words:
        raise NotAValue(f"「{str(given)[:40]}」不能选，可以选：{'、'.join(words) or '（没有这一项）'}")
    return given


def _put_right(given: Any) -> dict[str, Any]:
    if not isinstance(given, Mapping) or given.keys() != {"words", "fixed"}:
        raise NotAValue("要有改好的原文，和改了哪几个字")
    fixed = [_row(one, 2) for one in _row(given["fixed"])]
    places = [at for at, _ in fixed]
    if any(type(at) is not int or at < 0 for at in places) or places != sorted({*places}):
        raise NotAValue("改的字要按位置排，一处一个")
    return {"words": _text(given["words"]), "fixed": [[at, _text(text)] for at, text in fixed]}


def checked(part: str, given: Any) -> Any:
    """Return a value as the log holds it; NotAValue where it is none of this part, or there is no such part."""
    if part.startswith(FIGURE):
        return _figure(given)
    if part.startswith(MECHANISM):
        return _mechanism(given)
    if part == CASE or part.startswith((DOUBT, INDICATOR, PAIR)):
        return None
    if part.startswith(RULE):
        return _rule(part, given)
    if part.startswith(TEXT):
        return _put_right(given)
    check = _CHECKS.get(part)
    if check is None:
        raise NotAValue(f"没有「{part[:40]}」这一项，可以改的有：{'、'.join(PARTS)}")
    return check(given)


def _text(given: Any) -> str:
    if not isinstance(given, str):
        raise NotAValue(f"「{str(given)[:40]}」不是文字")
    return storable(given)


def _title(given: Any) -> str:
    if not (text := _text(given).strip()):
        raise NotAValue("标题不能空着")
    return text


def _row(given: Any, length: int | None = None) -> Sequence[Any]:
    if isinstance(given, (str, bytes)) or not isinstance(given, Sequence) or length not in (None, len(given)):
        raise NotAValue(f"「{str(given)[:40]}」不是所要的一列")
    return given


def _texts(given: Any) -> list[str]:
    return list(dict.fromkeys(text for one in _row(given) if (text := _text(one).strip())))


def _pair(given: Any) -> list[int]:
    start, end = _row(given, 2)
    if type(start) is not int or type(end) is not int or not 0 <= start <= end < 1 << 31:
        raise NotAValue(f"「{str(given)[:40]}」不是原文里的一段")
    return [start, end]


def _place(given: Any) -> list[str]:
    return [_text(one).strip() for one in _row(given, 6)]


def _kind(given: Any) -> str:
    if given not in get_args(ArticleKind):
        raise NotAValue(f"类别只能是 {'、'.join(get_args(ArticleKind))}")
    return str(given)


def _date(given: Any) -> str:
    if not _DATE.fullmatch(_text(given)):
        raise NotAValue(f"「{given[:40]}」不是日期，要写成 2023、2023-11 或 2023-11-22")
    return str(given)


def _flag(given: Any) -> bool:
    if not isinstance(given, bool):
        raise NotAValue("只能是 true 或 false")
    return given


def _citations(given: Any) -> list[list[Any]]:
    out = []
    for *texts, names in (_row(one, 5) for one in _row(given)):
        paper, published, page_no, headline = map(_text, texts)
        out.append([paper, _date(published), page_no, headline, _texts(names)])
    return out


_CHECKS: Mapping[str, Callable[[Any], Any]] = {
    **dict.fromkeys(_PLAIN, _text),
    **dict.fromkeys(_LISTS, _texts),
    "title": _title,
    "place": _place,
    "kind": _kind,
    "published": _date,
    "starred": _flag,
    BIN: _flag,
    "citations": _citations,
}
