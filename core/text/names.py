"""Chinese personal names in bylines: which run of characters is a name, and where one ends that sticks to the next."""

from __future__ import annotations

import re
from functools import lru_cache

from core.text.words import word_model

# The hundred commonest surnames of the ministry's 2020 report on names, in its order; the others from the old 百家姓
# and later lists of surnames in use.
_COMMON = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚"
    "沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常"
)
_RARER = (
    "褚卫尤施华戚喻柏水窦章云葛奚郎鲁昌苗凤花俞柳酆鲍费廉岑倪汤滕殷毕邬安乐时傅皮卞齐康伍元卜平和穆萧湛祁禹狄米贝"
    "明臧计伏成谈茅庞纪舒屈项祝阮蓝闵席季麻强路娄危童颜梅盛刁骆樊凌霍虞支柯昝管经房裘缪干解应宗宣贲郁单杭洪包诸左"
    "吉钮嵇邢滑裴荣翁荀羊於惠甄曲家封芮羿储靳汲邴糜松井富巫乌焦巴弓牧隗山谷车宓蓬全郗班仰秋仲伊宫宁仇栾暴甘钭厉戎"
    "祖符景詹束幸司韶郜蓟薄印宿怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟贡劳逄姬申扶堵冉宰郦雍郤璩桑桂濮牛"
    "寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容古易慎戈庾终暨居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越"
    "夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公仝佟邸芦苑冼揭麦禤区植睢遆"
    "亓郇牟代旷粟补税辜敬鲜苟蹇庹但晋呼原畅续库撒妥哈喇海拜虎买保折拓种雒楼涂裔练阳衣战由矫隋丛修初慈綦迟丘官上楚"
    "信才盘兰甫银奉仡佬阿央次旦洛尼扎西措娜吾迪力热咎卿佘佴候冶冒凃刚占召同名员商啜嘉团图坚塔多字宛宾密尉岳崖巨帅"
    "帖开弥户操新普木朴来果枚栗格欣正母民沐泉泥法涛淦渠漆潭濯烟爱独玄玛珠琚理磨祈窑竹线罕育胜臣色英茆莎蔄要言词赏"
    "赛逢郄部重钲锁问陕霆青鞏顿风香黑"
)
_DOUBLE = (
    "欧阳 上官 司马 诸葛 东方 尉迟 公孙 慕容 令狐 夏侯 皇甫 宇文 司徒 司空 长孙 端木 闻人 申屠 太史 南宫 东郭 西门 "
    "公羊 轩辕 钟离 鲜于 呼延 拓跋 独孤 第五 澹台 濮阳 赫连 万俟 百里 羊舌 淳于 单于 仲孙 司寇 梁丘 左丘 谷梁"
    " 阿依 买买 艾力 扎西"
)
_TRANSCRIBED = frozenset(
    "阿埃艾爱安昂敖奥巴白班邦宝保毕别宾布策查朝楚次措达代丹德迪东都多额尔恩噶嘎甘高戈格根贡古哈海罕浩呼黑吉加佳嘉江金喀卡坎柯"
    "克肯库拉来兰朗勒力利丽伦罗洛玛麦买满梅美蒙孟米莫木姆那纳娜乃尼宁努诺欧帕皮齐其奇恰强青琼曲热仁日如茹萨赛桑沙山珊什斯苏"
    "索塔坦特提图托娃旺维沃乌吾希西锡夏娅雅彦央耶叶伊依音尤云扎泽占卓朱珠孜宗"
)
"""Characters that names of Mongols, Tibetans, Uygurs and Kazakhs are commonly written with."""
_RARELY_HAN = frozenset("阿敖巴毕布措次卓达都额尔噶嘎格贡哈呼喀克库拉勒玛姆娜努其恰曲热日萨什斯塔特提图乌吾依扎孜")
"""Those among them that Chinese names seldom have."""
_RANK = {c: i for i, c in enumerate(_COMMON)}
_KNOWN = frozenset(_COMMON) | frozenset(_RARER)
_PAIRS = frozenset(_DOUBLE.split())
_HAN_RUN = re.compile(r"[\u3400-\u9fff]+")
_FOREIGN = re.compile(r"[\u3400-\u9fff]{2,6}[·•・．][\u3400-\u9fff·•・．]{2,8}")
_LONGEST_RUN = 16
SHORTEST_WORDS, MOSTLY = 4, 0.6
"""A run of so many characters, of which such a part lies in words of two and more, may be words instead of names."""


@lru_cache(maxsize=4096)
def name_cost(word: str) -> float | None:
    """Return how unlike a personal name a word is (0: very like one), or None when it can't be one."""
    if _FOREIGN.fullmatch(word):
        return 0.5
    if is_transcribed(word):
        return 0.5
    if not 2 <= len(word) <= 4 or not _HAN_RUN.fullmatch(word):
        return None
    double = word[:2] in _PAIRS
    if word[0] not in _KNOWN and not double:
        return None
    cost = 0.0 if double or word[0] in _RANK else 1.0
    cost += _RANK.get(word[0], 0) / 60
    given = len(word) - (2 if double and len(word) > 2 else 1)
    cost += {1: 1.0, 2: 0.0, 3: 4.4}.get(given, 6.0)
    if given == 3 and word[1] in _RANK:
        cost -= 1.6  # 廖林梦婷: both parents' surnames
    cost += 3.0 if word[-1] in "省市县区镇乡村州" else 0.0
    return cost + _as_word(word)


def is_transcribed(word: str) -> bool:
    """Return whether a run of four to seven characters is one name of another language, written by its sounds.

    >>> is_transcribed("乌云毕力格"), is_transcribed("陈大文吴小军")
    (True, False)
    """
    return 4 <= len(word) <= 7 and _TRANSCRIBED.issuperset(word) and sum(c in _RARELY_HAN for c in word) >= 2


def _as_word(word: str) -> float:
    """A dictionary word that is no name is rarely a byline."""
    model = word_model()
    tag = model.tags.get(word)
    return 0.0 if tag is None else 1.0 if tag == "n" and len(word) == 3 else 3.0


def split_names(run: str) -> tuple[str, ...]:
    """Return the likeliest names in a run of Chinese characters without a gap, or nothing when it isn't made of names.

    >>> split_names("李昕俞琳"), split_names("陈大文吴小军"), split_names("欧阳明华"), split_names("廖林梦婷")
    (('李昕', '俞琳'), ('陈大文', '吴小军'), ('欧阳明华',), ('廖林梦婷',))
    >>> split_names("金融"), split_names("党建引领"), split_names("韩国外长"), split_names("全面保障供水")
    ((), (), (), ())
    """
    if not 2 <= len(run) <= _LONGEST_RUN:
        return ()
    if is_transcribed(run):
        return (run,)
    best: list[tuple[float, tuple[str, ...]] | None] = [(0.0, ())] + [None] * len(run)
    for stop in range(2, len(run) + 1):
        for size in (2, 3, 4):
            before = best[stop - size] if size <= stop else None
            cost = name_cost(run[stop - size : stop]) if before is not None else None
            if before is None or cost is None:
                continue
            whole = before[0] + cost + (1.2 if before[1] else 0.0)
            if best[stop] is None or whole < (best[stop] or (0.0, ()))[0]:
                best[stop] = (whole, (*before[1], run[stop - size : stop]))
    found = best[len(run)]
    likely = found is not None and found[0] <= max(4.0, 3.5 * len(found[1]))
    return found[1] if found and likely and not _reads_as_words(run, found[1]) else ()


def _reads_as_words(run: str, names: tuple[str, ...]) -> bool:
    """Whether a run is likelier words than names: most of it lies in words, and one of these goes across its names.

    全面|保障|供水 and 韩国|外长 do, 王|建国|李|和平 does not: there each word ends where a name ends.
    """
    if len(run) < SHORTEST_WORDS:
        return False
    ends = {0}
    for name in names:
        ends.add(max(ends) + len(name))
    at = inside = across = 0
    for word, _ in word_model().cut(run):
        stop = at + len(word)
        inside += len(word) if len(word) > 1 else 0
        begins = len(word) > 1 and at in ends and stop not in ends and word not in _PAIRS
        across += begins or any(at < end < stop for end in ends)
        at = stop
    return across > 0 and inside >= MOSTLY * len(run)
