"""The kind of an article: a case (how a place does something, with what result), news, or a picture's caption."""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import exp

from core.records import ArticleKind

LONGEST_CAPTION = 320
SHORTEST_CASE = 180
"""Code points: a text shorter than this is an introduction or a notice, unless it says how something is done."""
BIAS = 1.0
"""Points that an article must have before it counts as a case."""

# A pattern whose words begin in few ways says so in front: (?=[…]) passes by all other characters at once.
# 图为, 王一 摄, （摄）
_CAPTION = re.compile(r"图为|[\u4e00-\u9fff]\s*(?:摄|/摄|文/图)|(?:画面|照片)中|\(摄\)|（摄）|供图")
# 赴淳安调研, 动员会议召开
_TITLE_NEWS = re.compile(
    r"赴|调研|考察|视察|慰问|座谈|会议|召开|开幕|闭幕|出席|会见|督导|督查|检查|签约|揭牌|举行|举办|启动|动员|部署|会上|致辞|来访|"
    r"颁奖|表彰|圆满|落幕|开赛|讲话|精神宣讲|专题学习|中心组|常委会|全会|两会|通报|公告|招聘|讣告|任免|天气|社论|评论|时评"
)
# “幸福食堂”激活乡村治理, 青溪镇：小积分撬动大治理
_TITLE_CASE = re.compile(
    r"模式|机制|打造|创新|探索|引领|赋能|激活|治理|新路|品牌|建设|推动|助力|托起|绘就|织密|撬动|破解|点亮|：|:"
)
# 县委书记王一主持, 副县长李二陪同
_LEADER = re.compile(
    r"(?=[市县区省党副书主常])(?:市委|县委|区委|省委|党组|党委)?(?:副?书记|副?市长|副?县长|副?区长|副?省长|主任|主席|常委)[、\u4e00-\u9fff]{0,12}"
    r"(?:指出|强调|要求|主持|出席|参加|讲话|调研|陪同|带队)"
)
# 会议强调, 他指出, 听取工作汇报
_STRESS = re.compile(
    r"(?=[他她会大座仪听])"
    r"(?:(?:他|她|会议|大家)(?:强调|指出|要求|表示)|(?:会议|座谈会|大会|仪式)(?:上|指出|强调|要求|认为)|听取.{0,12}汇报)"
)
# 。要提高站位，, 切实加强领导，
_MUST = re.compile(
    r"(?=[。；要必切再奋坚学])"
    r"(?:[。；]?(?:要|必须|切实)[\u4e00-\u9fff]{2,8}(?:，|。|、)|再上新台阶|奋力|坚决贯彻|学习贯彻)"
)
# 活动当天, 开幕式上, 11月22日上午
_EVENT = re.compile(
    r"(?=[活仪比大论峰演晚展开当\d现])"
    r"(?:活动(?:当天|现场|期间|中)|(?:仪式|比赛|大赛|论坛|峰会|演出|晚会|展览|开幕式)(?:在|上|举行|现场)|当天[，,]|当日[，,]|"
    r"\d{1,2}月\d{1,2}日(?:上午|下午|晚|至|，|,)|现场气氛|大家(?:纷纷|齐动手|一起))"
)
_FIGURE = re.compile(r"(?<!\d)\d{1,12}(?:\.\d{1,6})?[%％万亿\u4e00-\u9fff]")
# 不妨, 归根结底, 不是一阵风而是
_ESSAY = re.compile(
    r"应当|不能只|不妨|须知|归根结底|说到底|笔者|试想|诚然|岂能|何以|唯有|倘若|不等于|不应|才是|才能|莫让|切莫|别让|何尝|值得深思|"
    r"不能(?:让|把|成为)|不是[^，。]{1,12}而是|与其[^，。]{1,12}不如"
)
# 建立, 工作法, 清单
_PRACTICE = re.compile(
    r"建立|推行|创新|打造|探索|构建|出台|搭建|组建|制定|整合|实行|完善|健全|推出|创设|成立|设立|试点|聘任|聚焦|针对|一是|"
    r"工作法|模式|机制|制度|平台|体系|清单|培育|引进|合作|指导"
)
# 近年来, 累计, 提高到
_LASTING = re.compile(
    r"(?=[近今去\d年截目累已共覆同下接以满增连突达提降])"
    r"(?:近年来|今年以来|去年以来|\d{4}年以来|年来|截至|目前|累计|已有|共有|已建成|覆盖率|同比|下一步|接下来|以来[，,]|满意率|增收|"
    r"连续\d|突破|达到?\d|提高到|下降到|降到|下降了|增加到|增至)"
)


def find_kind(title: str, paragraphs: Sequence[str]) -> tuple[ArticleKind, float, str]:
    """Return case, news or caption, with how sure that is (0–1) and why."""
    text = "\n".join(paragraphs)
    if not title.strip() and len(text) <= LONGEST_CAPTION and len(paragraphs) <= 2:
        sure = bool(_CAPTION.search(text))
        return "caption", 0.95 if sure else 0.7, "没有标题的短文" + ("，有摄影署名或“图为”" if sure else "")
    points, reasons = _points(title, text)
    kind: ArticleKind = "case" if points >= 0 else "news"
    return kind, round(1 / (1 + exp(-abs(points) / 2)), 2), "、".join(reasons)


def _points(title: str, text: str) -> tuple[float, list[str]]:
    """Points for a case (news below nought), and what they come from; counts are per thousand characters."""
    per = 1000 / max(len(text), 400)
    practice, lasting = len(_PRACTICE.findall(text)) * per, len(_LASTING.findall(text)) * per
    event = len(_EVENT.findall(text)) * per
    meeting = (2 * len(_LEADER.findall(text)) + len(_STRESS.findall(text)) + 0.5 * len(_MUST.findall(text))) * per
    figures = len(_FIGURE.findall(text)) * per
    essay = len(_ESSAY.findall(text)) * per
    shares = (
        (2.0 * len(_TITLE_CASE.findall(title)) if not _TITLE_NEWS.search(title) else 0.0, "标题像做法"),
        (-2.5 * len(_TITLE_NEWS.findall(title)), "标题像会议或活动消息"),
        (min(0.35 * practice, 6.0), "写机制、做法的词多"),
        (min(0.6 * lasting, 4.0), "有一段时期的成效"),
        (min(0.08 * figures, 1.5) if figures else -1.5, "有数据" if figures else "没有一个数字"),
        (-min(0.9 * event, 5.0), "记一次活动"),
        (-min(0.8 * meeting, 7.0), "记领导讲话、会议"),
        (-min(0.8 * essay, 5.0), "像评论"),
        (-4.0 if len(text) < SHORTEST_CASE else 0.0, "篇幅短，只是引言或简讯"),
    )
    total = sum(share for share, _ in shares) - BIAS
    side = 1 if total >= 0 else -1
    return total, [why for share, why in shares if side * share >= 1.0]
