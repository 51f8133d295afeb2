"""Makes libraries of any size for measurements: seeded, varied, of words of our own; nothing in them is true."""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import accumulate

from core.records import THEMES, Case, Citation, Mechanism, MechanismKind, Metric, Page, Part, Place, Span

# Real provinces and cities with their codes; the counties below them are made up (codes from …81 on up, names by rule).
_CITIES = (
    ("河北省", "邯郸市", "1304"),
    ("山西省", "晋城市", "1405"),
    ("辽宁省", "铁岭市", "2112"),
    ("江苏省", "盐城市", "3209"),
    ("浙江省", "丽水市", "3311"),
    ("安徽省", "宣城市", "3418"),
    ("福建省", "三明市", "3504"),
    ("江西省", "吉安市", "3608"),
    ("山东省", "临沂市", "3713"),
    ("河南省", "信阳市", "4115"),
    ("湖北省", "恩施土家族苗族自治州", "4228"),
    ("湖南省", "怀化市", "4312"),
    ("广东省", "梅州市", "4414"),
    ("广西壮族自治区", "河池市", "4512"),
    ("重庆市", "重庆市", "5001"),
    ("四川省", "广元市", "5108"),
    ("贵州省", "铜仁市", "5206"),
    ("云南省", "普洱市", "5308"),
    ("陕西省", "安康市", "6109"),
    ("甘肃省", "陇南市", "6212"),
)
_FIRST = (
    "云石青白龙凤金银松竹梅兰桂柳荷莲溪江湖潭泉沙岩岭峰坪原野"
    "东西南北上下大小新古安宁和平永福寿康乐丰盛兴旺仁义礼信文武清明春秋"
)
_SECOND = "山水河口桥头湾塘坑坞坪岗坡岭沟田园林场庄屯堡寨集镇店铺埠渡浦港洲岛屿门关城台楼亭寺塔院井泉池潭溪沙石村"
_ACTORS = (
    "县委社会工作部 街道党工委 乡镇综合服务站 社区居委会 村党支部 物业公司 业主委员会 "
    "商会联合会 志愿服务队 行业协会 派出所 司法所 农技推广站 供销社 妇联执委 青年人才驿站 "
    "乡贤议事会 网格长 楼栋长 退休教师 返乡青年 种植大户 快递小哥 民营企业家"
).split()
_VERBS = (
    "牵头成立 探索推行 全面铺开 联合建立 率先试行 持续优化 主动上门 定期召开 统筹整合 "
    "分类指导 精准对接 现场办理 集中攻坚 跟踪问效 公开晾晒 逐户走访 统一调度 滚动更新 "
    "闭环管理 双向认领 错时开放 代办帮办"
).split()
_THINGS = (
    "民情议事厅 矛盾调解室 积分超市 助企服务专班 邻里食堂 共享菜园 流动办事车 数字管理平台 "
    "帮扶车间 冷链仓储中心 电商直播基地 红色物业联盟 银龄讲堂 儿童之家 便民服务圈 信用评价办法 "
    "人才公寓 技能培训班 河道巡查队 垃圾分类驿站 充电车棚 应急小分队 文化礼堂 农家书屋 "
    "产业联合体 飞地园区 土地托管 集体经济账本 廉情监督员 交通劝导点"
).split()
_EFFECTS = (
    "群众满意度明显提高 矛盾纠纷就地化解 村集体收入稳步增长 企业办事少跑腿 困难家庭得到照应 "
    "环境面貌焕然一新 办事时间大幅缩短 青年愿意留下来 老人吃上热乎饭 产业链条不断延伸 "
    "基层负担切实减轻 邻里关系更加融洽"
).split()
_LINKS = (
    "同时， 此外， 为此， 随后， 与此同时， 针对这一情况， 在此基础上， 据了解， 今年以来， 截至目前， 接下来， 当地"
).split()
_INDICATORS = (
    ("服务群众", "人次", "count"),
    ("化解纠纷", "件", "count"),
    ("新增就业岗位", "个", "count"),
    ("带动增收", "万元", "money"),
    ("流转土地", "亩", "area"),
    ("建成站点", "处", "count"),
    ("志愿服务时长", "小时", "duration"),
    ("办结率", "%", "share"),
    ("集体经济收入", "元", "money"),
    ("培训学员", "名", "count"),
    ("收集意见", "条", "count"),
    ("走访企业", "家", "count"),
    ("种植面积", "公顷", "area"),
    ("整治道路", "公里", "length"),
)
_PAPERS = ("山城晚报", "江畔日报", "乡村周刊", "今日河谷")
_COUNTED = ("核", "心", "化", "制", "网", "库", "联", "员", "链", "单")
_KINDS: tuple[MechanismKind, ...] = ("platform", "work model", "organisation", "activity", "policy", "brand")


def generate(n: int, seed: int = 1) -> Iterator[Case]:
    """``n`` cases with bodies of 300 to 3000 characters (1000 in the mean) and 5 to 30 figures each."""
    source = random.Random(seed)
    villages = _Names(source, max(400, n // 20))
    for number in range(n):
        yield _case(source, villages, number)


def heavy_case(figures: int = 36_000) -> tuple[Case, Page]:
    """Return a case of one paragraph with so many figures, and the page that it was read from."""
    words = [f"第{n}村修好水渠{n + 3}条，" for n in range(figures)]
    text, metrics, at = "".join(words), [], 0
    for n, said in enumerate(words):
        printed, start = f"{n + 3}条", at + said.index("修好")
        quote = Span(start, at + len(said) - 1)
        span = Span(quote.end - len(printed), quote.end)
        metrics.append(
            Metric(
                "修好水渠", Decimal(n + 3), "条", printed=printed, span=span, quote=f"修好水渠{printed}",
                quote_span=quote, id=str(uuid.UUID(int=n + 1)),
            )
        )  # fmt: skip
        at += len(said)
    body = Span(0, len(text))
    case_id = str(uuid.UUID(int=36_000 << 64))
    case = Case(case_id, "千村修渠", body=(text,), body_spans=((body,),), metrics=tuple(metrics))
    return case, Page(text, name="修渠.txt")


class _Words:
    """A lexicon strung together at random, as skewed as a language, so that pieces are rare or frequent."""

    def __init__(self, source: random.Random, count: int = 12000) -> None:
        first_level = [
            bytes((row, cell)).decode("gb2312", "ignore") for row in range(176, 216) for cell in range(161, 255)
        ]
        characters = source.sample([c for c in first_level if c], 2500)
        weights = list(accumulate(1 / (rank + 40) for rank in range(len(characters))))
        self._words = [
            "".join(source.choices(characters, cum_weights=weights, k=source.choice((1, 2, 2, 2, 2, 3, 3, 4))))
            for _ in range(count)
        ]
        self._weights = list(accumulate(1 / (rank + 8) for rank in range(count)))

    def run(self, source: random.Random, count: int) -> str:
        """Some words in a row."""
        return "".join(source.choices(self._words, cum_weights=self._weights, k=count))


class _Names:
    """Names of villages and people that do not exist: a few of them frequent, most of them rare."""

    def __init__(self, source: random.Random, count: int) -> None:
        self.words = _Words(source)
        self._names = [self._made(source) for _ in range(count)]
        self._weights = list(accumulate(1 / (rank + 3) for rank in range(count)))

    def _made(self, source: random.Random) -> str:
        name = source.choice(_FIRST) + source.choice(_FIRST + _SECOND)
        return name + (source.choice(_SECOND) if source.random() < 0.6 else "")

    def any(self, source: random.Random) -> str:
        """A name; the first ones come often."""
        return source.choices(self._names, cum_weights=self._weights)[0]


def _case(source: random.Random, villages: _Names, number: int) -> Case:
    place = _place(source, villages)
    metrics = tuple(_metric(source, place, villages) for _ in range(source.randint(5, 30)))
    mechanism = _mechanism(source, villages)
    size = min(3000, max(300, int(source.lognormvariate(6.7, 0.6))))
    body = _body(source, villages, size, [m.quote for m in metrics[: source.randint(0, 8)]])
    published = f"{source.randint(2018, 2025)}-{source.randint(1, 12):02}-{source.randint(1, 28):02}"
    title = f"{place.county or place.city}{villages.any(source)}村：{source.choice(_VERBS)}{source.choice(_THINGS)}"
    return Case(
        id=str(uuid.UUID(int=source.getrandbits(128), version=4)),
        title=title if source.random() < 0.7 else f"“{mechanism.name}”让{source.choice(_EFFECTS)}",
        kind="news" if source.random() < 0.1 else "case",
        place=place,
        themes=tuple(source.sample(THEMES, source.choice((1, 1, 2, 2, 3)))),
        summary=_sentence(source, villages),
        body=tuple(body),
        published=published,
        citations=(Citation(source.choice(_PAPERS), published, str(number % 8 + 1), title),),
        mechanisms=(mechanism,) if source.random() < 0.6 else (),
        metrics=metrics,
    )


def _place(source: random.Random, villages: _Names) -> Place:
    province, city, stem = source.choice(_CITIES)
    which = source.randrange(13)
    if which == 0:
        return Place(stem[:2] + "0000" if city == province else stem + "00", province, city)
    county = f"{_FIRST[(which * 7 + int(stem)) % len(_FIRST)]}{_SECOND[(which * 3 + int(stem)) % len(_SECOND)]}县"
    town = villages.any(source) + "镇" if source.random() < 0.3 else ""
    return Place(f"{stem}{which + 80}", province, city, county, town if len(town) < 4 else "")


def _metric(source: random.Random, place: Place, villages: _Names) -> Metric:
    indicator, unit, kind = source.choice(_INDICATORS)
    value = Decimal(source.randint(1, 99999)) / (10 if source.random() < 0.2 else 1)
    printed = f"{value}余{unit}" if source.random() < 0.2 else f"{value}{unit}"
    return Metric(
        indicator=indicator,
        value=value,
        unit=unit,
        approx="over" if "余" in printed else "exact",
        subject=villages.any(source) + "村" if source.random() < 0.5 else place.county,
        period=f"{source.randint(2018, 2025)}年" if source.random() < 0.5 else "",
        kind=kind,
        printed=printed,
        quote=f"{source.choice(_LINKS)}{indicator}{printed}",
        id=str(uuid.UUID(int=source.getrandbits(128), version=4)),
    )


def _mechanism(source: random.Random, villages: _Names) -> Mechanism:
    numerals = source.sample("一二三四五六七八", 2)
    labels = [numeral + source.choice(_COUNTED) for numeral in numerals]
    name = villages.any(source) + "".join(labels) if source.random() < 0.5 else "".join(labels) + source.choice(_THINGS)
    parts = tuple(Part(label, f"{source.choice(_VERBS)}{source.choice(_THINGS)}") for label in labels)
    return Mechanism(name, source.choice(_KINDS), parts, (source.choice(_ACTORS),), _sentence(source, villages))


def _body(source: random.Random, villages: _Names, size: int, quotes: Sequence[str]) -> list[str]:
    paragraphs, done, left = [], 0, list(quotes)
    while done < size:
        sentences = [_sentence(source, villages) for _ in range(source.randint(2, 6))]
        if left:
            sentences.append(left.pop() + "。")
        paragraphs.append("".join(sentences))
        done += len(paragraphs[-1])
    return paragraphs


def _sentence(source: random.Random, villages: _Names) -> str:
    link = source.choice(_LINKS) if source.random() < 0.1 else ""
    if source.random() < 0.9:
        words = villages.words
        return f"{link}{words.run(source, source.randint(3, 7))}，{words.run(source, source.randint(2, 7))}。"
    where = f"{villages.any(source)}村" if source.random() < 0.5 else ""
    actor, verb, thing = source.choice(_ACTORS), source.choice(_VERBS), source.choice(_THINGS)
    effect = f"，{source.choice(_EFFECTS)}" if source.random() < 0.6 else ""
    return f"{link}{where}{actor}{verb}{thing}{effect}。"
