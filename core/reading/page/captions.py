"""Lines that belong to a picture or to the sheet itself: captions, photo credits, mastheads, page numbers, editors."""

from __future__ import annotations

import re
from functools import lru_cache

# A pattern whose words begin in few ways says so in front: (?=[…]) passes by all other characters at once.
_CREDIT = re.compile(
    r"(?=[摄供图资制绘（(照])(?:"
    # 王一 摄, 王一 摄影报道, 资料图片
    r"(?:摄影报道|摄影|供图|摄|图片来源|资料图片?|制图|绘图)\s*[）)】]?[。.]?$"
    # （图片由县融媒体中心提供）, （王一 供图）
    r"|[（(](?:图片由|照片由|图由|资料图|资料照片|[^（）()]{0,16}(?:摄|供图))[^（）()]{0,30}[）)]?$"
    # 照片由县农业农村局提供
    r"|(?:图片?|照片)由.{2,30}提供[）)]?$"
    r")"
)
# 图为, 左图：, 组图
_SHOWS = re.compile(r"(?=[图左右上下组])(?:图为|图[①②③④⑤一二三四五]?[：:]|[左右上下][上下]?图(?:为|[：:])|组图)")
_DATE = r"(?:\d{4}|[〇○零一二三四五六七八九]{4})年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日"
_SHEET = re.compile(
    r"(?:^|(?=[本责值执美编主校版排组设审监统扫二打关I零今社]))(?:"
    # 责任编辑：, 校对/, 版式
    r"(?:本版|责任|值班|执行|美术)?(?:责编|编辑|主编|校对|版式|美编|版面|排版|组版|设计|审核|监制|统筹)\s*[：:/丨| ]"
    # 第3版, A03版, B2, 12, 第三版, 版权所有
    r"|^第?\s*[A-Za-z]?\d{1,3}\s*版|^[A-Za-z]\d{1,2}\b|^\d{1,3}$|^第[一二三四五六七八九十]{1,3}版|版权所有"
    # 国内统一刊号, 星期三
    r"|^国内统一(?:连续出版物|刊)号|^星期[一二三四五六日]"
    # 淳安报 2023年11月22日 星期三, 2023年11月22日
    rf"|^.{{0,12}}{_DATE}(?=.*(?:星期|农历|第\s*[A-Za-z\d]|[A-Za-z]?\d\s*版|报))|^{_DATE}$"
    # 新闻热线：, 邮箱：, ------, 扫码关注, 二维码
    r"|^(?:邮编|邮箱|电话|热线|新闻热线|投稿|网址|电子邮箱|E-?mail)[：:]|^[-—_=*·\s]{3,}$|扫(?:一扫|码)[，,]?(?:二维码|关注|阅读|观看|下载|看|查看)|二维码$"
    # 2023-11-22 星期三, 3 要闻
    r"|^\d{4}[.\-/]\d{1,2}[.\-/]\d{1,2}(?=.*(?:星期|版|编))|^\d{1,2}\s+[\u3400-\u9fff]{2,6}$"
    # 新村日报 3版, 新村周刊 A2版
    r"|^[\u3400-\u9fff]{2,10}(?:报|报社|周刊|网)[^，。]{0,10}\s[A-Za-z]?\d{1,2}\s*版?$"
    # 新村日报·要闻, 新村网|综合
    r"|^[\u3400-\u9fff]{2,10}[报网]\s*[·|丨]\s*[\u3400-\u9fff]{2,8}$"
    # 来源：县融媒体中心 发布时间, 上一篇：, ICP备, 零售1元, 今日8版
    r"|^(?:来源|发布时间)[：:].*(?:发布|时间|阅读|点击|字号|作者)|^(?:上|下)一篇[：:]|打印本页|关闭窗口|ICP备|零售.{0,6}元|今日\d+版"
    # 本报地址, 广告热线, 社址
    r"|^(?:本报地址|广告热线|投稿邮箱|投稿热线|广告经营许可证|印刷)|社(?:出版|址)"
    # 本期导读, 要目：, （总第12期）
    r"|^[【〔\[]?(?:本[期版报刊]|今日|要闻|重点|内容)?(?:要目|导读|目录|提要|提示|看点)[】〕\]]?[：:]?$|^[（(]?(?:总第|第)\s*\d+\s*期[）)]?$"
    # 中共淳安县委办公室 2023年11月22日印发
    rf"|^[\u3400-\u9fff]{{4,24}}(?:办公室|委员会|领导小组|[部局厅处编办])\s+{_DATE}(?:印发?)?$"
    # https://, （下转第3版）, （本版图片由王一提供）
    r"|^https?://|^www\.|^[（(]?(?:上接|下转).{1,12}[版）)]$|^[（(]?本版(?:稿件|文字|图片|摄影).{0,30}[）)]?$"
    r")"
)
_FURNITURE = re.compile(
    r"(?:^|(?=[>＞»/公]))(?:"
    # 分享到：, 相关阅读, 热点回顾：
    r"^分享(?:到|至)?[：:]?$|^(?:相关|延伸|推荐|更多|热门|猜你喜欢|往期|热点)(?:阅读|链接|推荐|新闻|文章|专题|稿件|资讯|回顾)[：:]?$"
    # 微信 微博 QQ空间
    r"|^(?:[-•·|/、]?\s*(?:微信好友|微信|新浪微博|微博|QQ空间|QQ好友|QQ|朋友圈|复制链接|打印|收藏|点赞|评论|分享|海报|举报|纠错|字号)\s*[-•·|/、]?\s*){2,}$"
    # 首页 >, > 正文, 公众号, 客户端下载, 返回顶部
    r"|^(?:首页|当前位置|您(?:当前)?的?位置|您现在的位置)\s*[：:>＞»/]|[>＞»/]\s*正文$|公众号$|^(?:客户端|手机)(?:下载|阅读)|^(?:返回|回到)(?:首页|顶部)"
    # 打开新村客户端, 下载APP
    r"|^(?:下载|打开).{0,8}(?:客户端|APP|App)$"
    r")"
)
# 抄送：县委组织部、县民政局
_ROUTED = re.compile(r"(?:报|送|发|主送|抄送|抄报|联系人)[：:].{4,}")
"""To whom a briefing goes, printed at its foot."""
# 修路（图为修路现场）
_IN_BRACKETS = re.compile(r"(?<=.)[（(](?:图为|[左右上下]?图[：:])[^（）()]{2,80}[）)]")
_FEWEST_AROUND = 60
"""From so many characters on around a caption in brackets a line is text that holds one."""
# 路修好了。左图：修路现场
_SHOWS_LAST = re.compile(r"[左右上下]?图(?:为|[①②③④⑤]?[：:])[^。]{2,80}(?:。[^，。]{0,24})?$")
LONGEST_CAPTION = 220
_LONGEST_BARE_CAPTION = 90
_LONGEST_SHEET = 80
MOST_LINES = 1024
"""Lines that are remembered with what they are: each is asked several times while its page is read."""


@lru_cache(maxsize=MOST_LINES)
def is_caption(text: str) -> bool:
    """Return whether a line tells what a picture shows or who took it.

    >>> is_caption("村民在议事会上提问 张一凡 摄"), is_caption("图为志愿者在包饺子。"), is_caption("他拍摄了一张照片。")
    (True, True, False)
    """
    if len(text) > LONGEST_CAPTION:
        return False
    bracket = _IN_BRACKETS.search(text)
    if bracket and len(text) - (bracket.end() - bracket.start()) > _FEWEST_AROUND:
        return False
    if len(text) > _LONGEST_BARE_CAPTION:
        return bool(_SHOWS_LAST.search(text))
    return bool(_SHOWS.search(text)) or (bool(_CREDIT.search(text)) and not text.endswith(("拍摄", "拍摄。")))


def is_credit(text: str) -> bool:
    """Return whether a line is nothing but a photo credit: 记者 某某 摄."""
    return len(text) <= 40 and bool(_CREDIT.search(text))


@lru_cache(maxsize=MOST_LINES)
def is_sheet(text: str) -> bool:
    """Return whether a line belongs to the sheet and not to what is told on it: page number, date line, editors.

    >>> is_sheet("责任编辑：张三  版式：李四"), is_sheet("某某日报 2023年11月22日 星期三 第3版")
    (True, True)
    >>> is_sheet("2023年，全县"), is_sheet("第3版 要闻"), is_sheet("（本版稿件由 张三 采写）")
    (False, True, True)
    """
    if _ROUTED.match(text) and len(text) <= _LONGEST_SHEET:
        return True
    if len(text) > _LONGEST_SHEET or text.endswith(("。", "”")):
        return False
    return bool(_SHEET.search(text)) or is_furniture(text)


@lru_cache(maxsize=MOST_LINES)
def is_furniture(text: str) -> bool:
    """Return whether a line belongs to a page of the web around an article: where to share it, what else to read.

    >>> [is_furniture(text) for text in ("分享到", "微信 - 微博 - QQ空间", "首页 > 要闻 > 正文", "微信支付")]
    [True, True, True, False]
    """
    return bool(_FURNITURE.search(text))
