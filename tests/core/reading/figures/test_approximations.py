"""The words around a quantity: those that make it about, over or under so much, and what it is per."""

from __future__ import annotations

import pytest

from core.reading.figures.approximations import with_marks
from core.reading.figures.drafts import Draft
from core.reading.figures.quantities import quantities_at


def marked(text: str, number: str, floor: int = 0) -> Draft:
    [draft] = quantities_at(text, text.index(number))
    return with_marks(text, draft, floor)


@pytest.mark.parametrize(
    ("text", "number", "printed", "approx"),
    [
        ("办起约12家", "12", "约12家", "about"),
        ("来了近3万人", "3", "近3万人", "nearly"),
        ("惠及超过200户", "200", "超过200户", "over"),
        ("只占不足5%", "5", "不足5%", "under"),
        ("走了12公里左右", "12", "12公里左右", "about"),
        ("开了12家以上", "12", "12家以上", "over"),
        ("干了三年多", "三", "三年多", "over"),
        ("涨了10倍多", "10", "10倍多", "over"),
        ("15分钟内赶到", "15", "15分钟内", "under"),
        ("种了上千亩", "千", "上千亩", "over"),
        ("来了近12人左右", "12", "近12人左右", "nearly"),
    ],
)
def test_marks_belong_to_the_figure(text: str, number: str, printed: str, approx: str) -> None:
    draft = marked(text, number)
    assert (text[draft.start : draft.end], draft.approx) == (printed, approx)


@pytest.mark.parametrize(
    ("text", "number", "printed"),
    [
        ("最近3天", "3", "3天"),
        ("节约12万元", "12", "12万元"),
        ("赶超3家", "3", "3家"),
        ("网上千家", "千", "千家"),
        ("管道5公里内部", "5", "5公里"),
        ("12名多面手", "12", "12名"),
        ("共12家", "12", "12家"),
    ],
)
def test_the_tail_or_head_of_another_word_is_no_mark(text: str, number: str, printed: str) -> None:
    draft = marked(text, number)
    assert (text[draft.start : draft.end], draft.approx) == (printed, "exact")


def test_a_mark_of_the_figure_before_is_not_taken_again() -> None:
    assert marked("约12家", "12", floor=1).approx == "exact"


@pytest.mark.parametrize(
    ("text", "number", "unit", "kind"),
    [
        ("每周3次", "3", "次/周", "other"),
        ("一天2次", "2", "次/天", "other"),
        ("每吨3000元", "3000", "元/吨", "money"),
        ("每千克含锌30毫克", "30", "毫克/千克", "content"),
        ("每村3个", "3", "个", "count"),
        ("周周3次", "3", "次", "count"),
    ],
)
def test_what_it_is_per(text: str, number: str, unit: str, kind: str) -> None:
    draft = marked(text, number)
    assert (draft.unit, draft.kind) == (unit, kind)
