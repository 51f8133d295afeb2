"""Lines that belong to a picture, to the sheet, or to the page of the web around an article."""

from __future__ import annotations

import pytest

from core.reading.page.captions import is_caption, is_credit, is_furniture, is_sheet

BODY = "近年来，新村把修路作为头等大事，全村老少齐上阵，铺通了出山的水泥路，山货卖到了城里，日子一天天好起来。"


@pytest.mark.parametrize(
    ("text", "caption"),
    [
        ("图为村民在修路。", True),
        ("左图：修路现场", True),
        ("村民在修路。王一 摄", True),
        ("村民在修路（王一 供图）", True),
        ("他拍摄了一张照片。", False),
        ("路是他拍摄。", False),
        (BODY, False),
        (f"{BODY}（图为修路现场）{BODY}", False),
        (f"{BODY * 2}图为修路现场。", True),
        ("图为修路。" * 50, False),
    ],
)
def test_words_to_a_picture(text: str, caption: bool) -> None:
    assert is_caption(text) is caption


@pytest.mark.parametrize(
    ("text", "credit"), [("记者 王一 摄", True), ("图为村民在修路。", False), ("村民" * 20 + "王一摄", False)]
)
def test_a_credit_and_nothing_else(text: str, credit: bool) -> None:
    assert is_credit(text) is credit


@pytest.mark.parametrize(
    "text",
    [
        "责任编辑：王一",
        "校对 李二",
        "第3版",
        "12",
        "2023年11月22日 星期三 第3版",
        "新村周报 3版",
        "（上接第1版）",
        "本版图片由 王一 提供",
        "联系人：王一 电话12345",
        "扫码关注",
        "分享到：",
    ],
)
def test_lines_of_the_sheet(text: str) -> None:
    assert is_sheet(text)


@pytest.mark.parametrize("text", ["新村修路奔小康", "2023年，全县修路3公里。", "12月", "编辑部的故事", BODY])
def test_lines_of_articles(text: str) -> None:
    assert not is_sheet(text)


@pytest.mark.parametrize(
    ("text", "furniture"),
    [
        ("分享到：", True),
        ("相关阅读", True),
        ("微信 微博 QQ空间", True),
        ("首页 > 要闻 > 正文", True),
        ("微信支付进了村", False),
        ("第3版", False),
    ],
)
def test_lines_of_the_web(text: str, furniture: bool) -> None:
    assert is_furniture(text) is furniture
