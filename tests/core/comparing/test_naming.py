"""The words of names, and what parts two names."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.comparing.lexicon import ends_with_word, lexicon, unpaired, words_of
from core.comparing.naming import parted, say_the_same


@pytest.mark.parametrize(
    ("a", "b", "kind"),
    [
        ("有机茶园面积", "茶园面积", "narrowed"),
        ("受理诉求", "办结诉求", "narrowed"),
        ("高速公路里程", "公路里程", "narrowed"),
        ("失能老人", "半失能老人", "narrowed"),
        ("合作社成员", "合作社", "other"),
        ("网格", "网格员", "other"),
        ("出生人口", "死亡人口", "other"),
        ("胡柚产量", "香柚产量", "other"),
        ("长者食堂", "老年食堂", None),
        ("公交线路", "城乡公交专线", None),
        ("审批用时", "审批时间", None),
        ("村医", "乡村医生", None),
        ("开通5g基站", "5g基站", None),
    ],
)
def test_what_parts_two_names(a: str, b: str, kind: str | None) -> None:
    for found in (parted(a, b), parted(b, a)):
        assert (found.kind if found else None) == kind


def test_what_the_other_sentence_prints_parts_nothing() -> None:
    assert parted("蔬菜产量", "产量") is not None
    assert parted("蔬菜产量", "产量", "", "全县蔬菜产量") is None


def test_an_ending_is_cut_off_between_words_only() -> None:
    assert not ends_with_word("进驻事项数", "项数")
    assert ends_with_word("志愿者数", "数")


def test_a_word_stands_in_one_list_only() -> None:
    table = lexicon()
    kinds = (table.light, table.narrow, table.owned, table.topical)
    assert sum(map(len, kinds)) == len(frozenset().union(*kinds))


NAMES = st.text(st.sampled_from("村级互助养老点富硒胡柚产量全县户籍人口率数办结受理服务"), max_size=9)


@settings(max_examples=80)
@given(NAMES, NAMES)
def test_words_make_up_their_name_and_nothing_parts_a_name_from_itself(a: str, b: str) -> None:
    assert "".join(words_of(a)) == a
    assert unpaired(a, a) == ((), ())
    assert say_the_same(a, a)
    assert parted(a, a) is None
    assert (parted(a, b) is None) == (parted(b, a) is None)
