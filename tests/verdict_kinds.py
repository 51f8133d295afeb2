"""Pairs of figures made by kinds of difference, so that what a reader would say of each follows from how it was made.

A figure is made of a thing (what there is, what is done, a rate), told in one of the manners of newspapers; a pair is
two of them that differ in one respect: in words only, in time, in whose they are, and so on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from core.records import Metric

STOCKS = (
    ("志愿者", "人", 2600),
    ("网格", "个", 365),
    ("老年食堂", "家", 26),
    ("充电桩", "个", 980),
    ("茶园面积", "亩", 32000),
    ("常住人口", "人", 320000),
    ("农村公路里程", "公里", 1200),
    ("村卫生室", "个", 186),
    ("养老床位", "张", 3400),
    ("藏书", "册", 86000),
    ("家庭农场", "家", 540),
    ("专职网格员", "名", 720),
    ("农家书屋", "个", 142),
    ("公园", "座", 38),
    ("贷款余额", "元", 8600000000),
    ("生猪存栏", "头", 120000),
    ("党员", "名", 15600),
    ("高新技术企业", "家", 74),
    ("污水处理厂", "座", 12),
    ("公交线路", "条", 46),
    ("在校学生", "人", 42000),
    ("耕地面积", "亩", 460000),
    ("水库库容", "立方米", 9800000),
    ("光伏装机容量", "千瓦", 52000),
)
"""What there is: its name, unit, and a likely number."""
FLOWS = (
    ("粮食产量", "吨", 126000),
    ("接待游客", "人次", 1800000),
    ("调解纠纷", "件", 320),
    ("培训农民", "人次", 3500),
    ("旅游收入", "元", 86000000),
    ("财政投入", "元", 120000000),
    ("发放贷款", "元", 500000000),
    ("改造老旧小区", "个", 26),
    ("植树", "株", 80000),
    ("出口额", "元", 900000000),
    ("用电量", "千瓦时", 98000000),
    ("招引项目", "个", 31),
    ("固定资产投资", "元", 4800000000),
    ("社会消费品零售总额", "元", 6200000000),
    ("一般公共预算收入", "元", 1400000000),
    ("救助困难群众", "人", 310),
    ("办理事项", "件", 1200),
    ("整治隐患", "处", 86),
    ("网络零售额", "元", 420000000),
    ("开展宣讲", "场", 160),
    ("发放补贴", "元", 9300000),
    ("村集体经济收入", "元", 660000),
    ("工业增加值", "元", 3300000000),
    ("转移就业", "人", 5600),
    ("结案", "件", 740),
    ("蔬菜产量", "吨", 53000),
    ("税收", "元", 74000000),
)
"""What a period brings."""
RATES = (
    "森林覆盖率",
    "群众满意度",
    "家庭医生签约率",
    "自来水普及率",
    "垃圾分类准确率",
    "土地流转率",
    "城镇化率",
    "入园率",
    "秸秆综合利用率",
    "机械化率",
    "事项网办率",
    "空气优良天数比例",
    "农村卫生厕所普及率",
)
COUNTIES = ("青禾县", "柳河县", "鹿鸣县", "江山市", "云和县")
OTHERS = (
    ("青禾县", "枫溪镇"),
    ("青禾县", "云岭村"),
    ("柳河县", "桂花社区"),
    ("枫溪镇", "石桥村"),
    ("青禾县", "绿丰农业公司"),
    ("柳河县", "明丰果业合作社"),
    ("衢州市", "常山县"),
    ("浙江省", "德清县"),
    ("栗坪镇", "青禾县第二小学"),
    ("柳河县", "城关街道"),
    ("青禾县", "柳河县人民医院"),
    ("青禾县", "枫溪派出所"),
    ("青禾县", "青禾县经济开发区"),
)
"""Of two kinds."""
OF_ONE_KIND = (
    ("枫溪镇", "栗坪镇"),
    ("枫溪镇", "城关街道"),
    ("云岭村", "桂花社区"),
    ("青禾县", "江山市"),
    ("常山县", "余杭区"),
    ("绿丰农业公司", "金穗集团"),
    ("衢州市", "丽水市"),
    ("浙江省", "江西省"),
    ("枫溪镇", "沐尘畲族乡"),
    ("青禾县实验小学", "柳河县第一中学"),
    ("云岭村", "石桥村"),
)


@dataclass(frozen=True, slots=True)
class Told:
    """A figure with the day on which it was printed."""

    metric: Metric
    published: str = "2023-12"


@dataclass(frozen=True, slots=True)
class Made:
    """Two figures, in what they differ, and what a reader would say."""

    kind: str
    verdict: str
    a: Told
    b: Told


def told(
    name: str,
    unit: str,
    value: int,
    period: str = "",
    subject: str = "青禾县",
    published: str = "2023-12",
    **more: object,
) -> Told:
    """Make a figure with the sentence that tells it."""
    printed = f"{value}{unit}"
    quote = f"{period}{name}{printed}"
    return Told(
        Metric(name, Decimal(value), unit, printed=printed, period=period, quote=quote, subject=subject, **more),  # type: ignore[arg-type]
        published,
    )


def renamed(x: Told, name: str, unit: str = "", kind: str = "") -> Told:
    """The same figure under another name, perhaps in another unit."""
    m = x.metric
    unit = unit or m.unit
    printed = f"{m.value}{unit}"
    new = replace(
        m,
        indicator=name,
        unit=unit,
        printed=printed,
        quote=f"{m.period}{name}{printed}",
        kind=kind or m.kind,  # type: ignore[arg-type]
    )
    return replace(x, metric=new)


def things() -> Iterator[tuple[str, Told, Told]]:
    """Each thing told twice of two counties, comparable as it stands, with what it is."""
    for name, unit, value in STOCKS:
        yield "stock", told(name, unit, value, "目前"), told(name, unit, value + 20, "目前", "柳河县")
    for name, unit, value in FLOWS:
        yield "flow", told(name, unit, value, "2022年"), told(name, unit, value + 20, "2022年", "柳河县")
    for name in RATES:
        yield "rate", told(name, "%", 71, "2022年"), told(name, "%", 66, "2022年", "柳河县")


def timed(x: Told, period: str, published: str = "") -> Told:
    """The same figure of another time."""
    m = x.metric
    quote = f"{period}{m.indicator}{m.printed}"
    return Told(replace(m, period=period, quote=quote), published or x.published)


def of(x: Told, subject: str) -> Told:
    """The same figure of another subject."""
    return replace(x, metric=replace(x.metric, subject=subject))


SAME_TIMES = (
    ("2022年", "去年", "", ""),
    ("2023年", "今年", "2024-01", "2023-12"),
    ("2023年第一季度", "今年1—3月", "", ""),
    ("前三季度", "2023年1—9月", "2023-11", "2023-11"),
    ("今年上半年", "1—6月", "2023-08", "2023-09"),
    ("前5个月", "2023年1至5月", "2023-07", "2023-07"),
    ("2022年全年", "去年全年", "2023-03", "2023-02"),
    ("2023年10月", "10月份", "2023-11", "2023-12"),
    ("2022年度", "2022年", "", ""),
    ("二〇二二年", "2022年", "", ""),
    ("2023年二季度", "2023年4—6月", "", ""),
    ("2023年1-6月", "上半年", "2023-07", "2023-07"),
    ("今年春节期间", "2023年春节", "2023-02", "2023-03"),
    ("2021至2022年", "2021—2022年", "", ""),
)
OTHER_TIMES = (
    ("2022年", "2021年", "", ""),
    ("2022年", "2022年上半年", "", ""),
    ("去年", "去年", "2023-03", "2022-03"),
    ("一季度", "二季度", "2023-08", "2023-08"),
    ("10月", "9月", "2023-11", "2023-11"),
    ("2023年1—6月", "2023年1—9月", "", ""),
    ("今年以来", "今年以来", "2023-04", "2023-11"),
    ("前三季度", "全年", "2023-10", "2024-01"),
    ("2023年春节期间", "2023年国庆期间", "2023-11", "2023-11"),
    ("2023年8月", "2023年", "2023-09", "2024-01"),
    ("2022年下半年", "2023年上半年", "", ""),
    ("2022年第四季度", "2022年", "", ""),
)
SAME_DAYS = (
    ("目前", "截至目前", "", ""),
    ("", "目前", "", ""),
    ("2022年底", "截至2022年末", "", ""),
    ("截至11月底", "目前", "2023-12", "2023-12"),
    ("如今", "现在", "", ""),
    ("2022年", "截至2022年底", "", ""),
    ("2023年", "目前", "2024-01", "2023-12"),
    ("截至2023年6月", "截至2023年10月底", "", ""),
)
OTHER_DAYS = (
    ("目前", "目前", "2021-11", "2023-11"),
    ("2020年", "2022年", "", ""),
    ("2020年底", "目前", "", ""),
    ("截至2021年底", "截至2023年底", "", "2024-01"),
    ("", "", "2020-05", "2023-05"),
    ("十年前", "目前", "", ""),
    ("2010年", "", "", ""),
)
SUMS = (
    "截至目前",
    "2019年以来",
    "近五年",
    "近年来",
    "三年来",
    "成立以来",
    "“十三五”以来",
    "截至10月底",
    "2018年至今",
    "五年间",
    "多年来",
)
CURRENT = ("2023年", "去年", "今年上半年", "10月", "每年", "今年以来", "一季度", "前三季度", "本月", "年均")
SHORTER = (
    ("吨", "公斤", 1000),
    ("亩", "公顷", 1),
    ("公里", "米", 1000),
    ("元", "万元", 1),
    ("千瓦时", "度电", 1),
    ("立方米", "升", 1000),
)


def made() -> Iterator[Made]:
    """Every pair, by every kind of difference that its thing may have."""
    for nature, a, b in things():
        yield from _same_in_other_words(nature, a, b)
        yield from _times(nature, a, b)
        yield from _subjects(a, b)
        yield from _definitions(nature, a, b)
        yield from _ratios(nature, a, b)
        yield from _sums(nature, a, b)
        yield from _unknown(nature, a, b)
    yield from _actions()
    yield from _amounts_and_rates()
    yield from _averages()
    yield from _measures()
    yield from _heads()
    yield from _sums_of_sums()
    yield from _by_the_quote()


def _same_in_other_words(nature: str, a: Told, b: Told) -> Iterator[Made]:
    name = b.metric.indicator
    yield Made("same", "可比", a, b)
    for front in (
        "全县",
        "柳河县",
        "全县各类",
        "累计" if nature == "stock" else "实现" if nature == "flow" else "全县",
    ):
        yield Made(f"front {front}", "可比", a, renamed(b, front + name))
    if nature == "stock" and a.metric.unit in ("人", "名", "个", "家", "座", "条", "张", "册"):
        for front in ("现有", "共有", "已建成" if a.metric.unit in ("个", "家", "座", "条") else "拥有"):
            yield Made(f"front {front}", "可比", a, renamed(b, front + name))
        for back in ("数", "数量", "总数"):
            yield Made(f"back {back}", "可比", a, renamed(b, name + back))
    if nature == "flow" and name.endswith("产量"):
        yield Made("总产量", "可比", a, renamed(b, name.replace("产量", "总产量")))
    for unit, other, _ in SHORTER:
        if a.metric.unit == unit:
            yield Made(f"unit {other}", "可比", a, renamed(b, name, other))
    for one, other in OF_ONE_KIND:
        yield Made("two of one kind", "可比", of(a, one), of(b, other))
    for approx in ("over", "about", "nearly"):
        yield Made("approximation", "可比", a, replace(b, metric=replace(b.metric, approx=approx)))  # type: ignore[arg-type]


def _times(nature: str, a: Told, b: Told) -> Iterator[Made]:
    same, other = (SAME_DAYS, OTHER_DAYS) if nature == "stock" else (SAME_TIMES, OTHER_TIMES)
    for here, there, day, day_b in same:
        yield Made(f"same time {here}/{there}", "可比", timed(a, here, day), timed(b, there, day_b))
    if nature == "rate":
        other = OTHER_DAYS
    for here, there, day, day_b in other:
        yield Made(f"other time {here}/{there}", "时间不同", timed(a, here, day), timed(b, there, day_b))


def _subjects(a: Told, b: Told) -> Iterator[Made]:
    for one, other in OTHERS:
        yield Made(f"subjects {one}/{other}", "主体不同", of(a, one), of(b, other))


NARROWER = (
    "公共",
    "有机",
    "农村",
    "城镇",
    "省级",
    "规模以上",
    "女",
    "外来",
    "示范",
    "小型",
    "国有",
    "重点",
    "智能",
    "乡镇",
    "特色",
    "标准化",
)


def _definitions(nature: str, a: Told, b: Told) -> Iterator[Made]:
    name, unit = b.metric.indicator, b.metric.unit
    for word in NARROWER:
        if not name.startswith(word) and not (word == "农村" and any(c in name for c in "村农耕土")):
            unsaid = name == "群众满意度"  # with what is not told
            said = "不能判断" if unsaid else "定义不同"
            yield Made(f"narrower {word}", said, a, renamed(b, word + name))
    for kind, things_of in (("stock", STOCKS), ("flow", FLOWS)):
        if kind == nature:
            for other, its_unit, value in things_of:
                if other != name and not (set(other) & set(name)):
                    yield Made("another thing", "定义不同", a, told(other, its_unit, value, b.metric.period, "柳河县"))
    if unit in ("人", "名"):
        yield Made("人/人次", "定义不同", a, renamed(b, name, "人次"))
        yield Made("人/户", "定义不同", a, renamed(b, name, "户"))
    if unit == "元":
        yield Made("元/美元", "定义不同", a, renamed(b, name, "美元"))
    if nature != "rate":
        yield Made("place in a ranking", "定义不同", a, renamed(b, name + "排名", "位", "rank"))
        for word in ("预计", "计划", "力争"):
            yield Made(f"planned {word}", "定义不同", a, renamed(b, word + name))
        up = [renamed(x, name + "同比增速", "%", "growth") for x in (a, b)]
        yield Made("同比/环比", "定义不同", up[0], renamed(b, name + "环比增速", "%", "growth"))
        yield Made("growth/share", "定义不同", up[0], renamed(b, name + "占比", "%"))
        yield (
            Made("growth/growth", "可比" if nature == "flow" else "", *up)
            if nature == "flow"
            else Made("same", "可比", a, b)
        )
    else:
        yield Made("rate/points", "定义不同", a, renamed(b, name + "提高幅度", "个百分点"))
        yield Made("rate/growth", "定义不同", a, renamed(b, name + "排名", "位", "rank"))


def _ratios(nature: str, a: Told, b: Told) -> Iterator[Made]:
    name, unit = b.metric.indicator, b.metric.unit
    if nature == "rate":
        return
    for back in (
        "增速",
        "同比增速",
        "增长率",
        "同比增长",
        "增幅",
        "降幅",
        "环比增速",
        "同比增长率",
        "同比下降",
        "年均增速",
    ):
        yield Made(f"growth {back}", "总量与比例", a, renamed(b, name + back, "%", "growth"))
    for back in ("占比", "占全市比重", "比重", "所占比例", "占全省的比重"):
        yield Made(f"share {back}", "总量与比例", a, renamed(b, name + back, "%"))
    for front in ("人均", "户均", "村均"):
        yield Made(f"average {front}", "总量与比例", a, renamed(b, front + name, unit))
    for front in ("每万人", "每千人口"):
        yield Made(f"average {front}", "总量与比例", a, renamed(b, front + name, unit))
    if unit in ("吨", "元"):
        yield Made("average 亩均", "总量与比例", a, renamed(b, "亩均" + name, unit))
    yield Made("times", "总量与比例", a, renamed(b, name + "是上年的倍数", "倍"))


def _sums(nature: str, a: Told, b: Told) -> Iterator[Made]:
    name = b.metric.indicator
    if nature == "stock" and "余额" not in name and name[-2:] not in ("人口", "存栏", "库容", "容量", "面积", "里程"):
        for front in ("新增", "净增", "新建", "今年新增"):
            for period in ("今年", "2023年", "上半年"):
                if front == "新建" and a.metric.unit not in ("个", "家", "座", "条"):
                    continue
                yield Made(f"new {front}", "累计与当期", a, renamed(timed(b, period), front + name))
    if nature == "flow":
        for at, whole in enumerate(SUMS):
            for part in CURRENT[at % 2 :: 2]:
                yield Made(f"sum {whole}/{part}", "累计与当期", timed(a, whole), timed(b, part))
        for part in CURRENT:
            yield Made(f"sum 累计/{part}", "累计与当期", renamed(timed(a, "截至目前"), "累计" + name), timed(b, part))


def _unknown(nature: str, a: Told, b: Told) -> Iterator[Made]:
    yield Made("no indicator", "不能判断", renamed(a, ""), b)
    yield Made("no unit", "不能判断", replace(a, metric=replace(a.metric, unit="", printed=str(a.metric.value))), b)
    yield Made("no subject", "不能判断", of(a, ""), b)
    if nature == "flow":
        yield Made("no time", "不能判断", timed(a, ""), b)
        yield Made("去年 without a day", "不能判断", timed(replace(a, published=""), "去年"), b)
        yield Made("which 期间", "不能判断", timed(a, "活动期间"), b)


ACTIONS = (
    ("培训", "农民", "人次"),
    ("调解", "纠纷", "件"),
    ("改造", "老旧小区", "个"),
    ("发放", "贷款", "元"),
    ("救助", "困难群众", "人"),
    ("清理", "河道", "公里"),
    ("整治", "隐患", "处"),
    ("拆除", "违建", "处"),
    ("抽检", "食品", "批次"),
    ("招引", "项目", "个"),
    ("修建", "公路", "公里"),
    ("帮扶", "困难家庭", "户"),
    ("体检", "老人", "人"),
    ("走访", "群众", "户"),
    ("安装", "路灯", "盏"),
    ("转移", "劳动力", "人"),
    ("检查", "企业", "家"),
    ("办理", "证照", "件"),
    ("放映", "电影", "场"),
    ("配送", "图书", "册"),
)
"""What is done to what, and how it is counted."""


def _actions() -> Iterator[Made]:
    """A thing that is done, with the verb before and behind, and with what only says that it was done."""
    for verb, thing, unit in ACTIONS:
        a = told(verb + thing, unit, 260, "2022年")
        b = told(verb + thing, unit, 320, "2022年", "柳河县")
        for name in (
            thing + verb,
            f"开展{thing}{verb}",
            f"完成{thing}{verb}",
            f"累计{verb}{thing}",
            f"共{verb}{thing}",
            f"成功{verb}{thing}",
            f"{verb}各类{thing}",
            f"{verb}{thing}数",
            f"{thing}{verb}数量",
            f"组织{verb}{thing}",
            f"全年{verb}{thing}",
            f"{verb}{thing}总数",
            f"{verb}了{thing}",
            f"先后{verb}{thing}",
        ):
            yield Made(f"action {name.replace(verb, 'V').replace(thing, 'N')}", "可比", a, renamed(b, name))
        yield Made("action, a part of a year", "时间不同", a, timed(b, "2022年上半年"))
        yield Made("action, no time", "不能判断", a, timed(b, ""))
        for whole in SUMS:
            yield Made(f"action, sum {whole}", "累计与当期", timed(a, whole), timed(b, "2022年"))
        yield Made("action, sum of its own name", "累计与当期", renamed(timed(a, "截至目前"), f"累计{verb}{thing}"), b)
        yield Made("action, growth", "总量与比例", a, renamed(b, f"{verb}{thing}同比增长", "%", "growth"))
        yield Made("action, rate of it", "总量与比例", a, renamed(b, f"{thing}{verb}率", "%"))
        yield Made("action, who does it", "定义不同", a, told(f"{thing}{verb}员", "名", 30, "2022年", "柳河县"))


RATED = (
    ("土地流转面积", "亩", "土地流转率"),
    ("家庭医生签约人数", "人", "家庭医生签约率"),
    ("覆盖小区数", "个", "小区覆盖率"),
    ("参保人数", "人", "参保率"),
    ("毕业生就业人数", "人", "毕业生就业率"),
    ("生活垃圾处理量", "吨", "生活垃圾处理率"),
    ("抽检合格批次", "批次", "抽检合格率"),
    ("森林面积", "亩", "森林覆盖率"),
    ("持证社工数", "人", "社工持证率"),
    ("办结事项数", "件", "事项办结率"),
    ("通硬化路村数", "个", "硬化路通村率"),
    ("党员人数", "名", "党员占比"),
    ("女性干部人数", "名", "女性干部比例"),
    ("秸秆综合利用量", "吨", "秸秆综合利用率"),
    ("入园儿童数", "人", "儿童入园率"),
    ("机收面积", "亩", "机收率"),
    ("回收农膜", "吨", "农膜回收率"),
    ("网上办理件数", "件", "网上办理率"),
)


def _amounts_and_rates() -> Iterator[Made]:
    for amount, unit, rate in RATED:
        a, b = told(amount, unit, 620, "2022年"), told(rate, "%", 68, "2022年", "柳河县")
        yield Made("amount and rate", "总量与比例", a, b)
        yield Made("rate and its rise", "定义不同", b, told(f"{rate}提高幅度", "个百分点", 6, "2022年"))
        yield Made("rate and rate", "可比", told(rate, "%", 71, "2022年"), b)
        yield Made("rate of two years", "时间不同", told(rate, "%", 71, "2020年"), b)
        yield Made("rate and rank", "定义不同", told(f"{rate}排名", "位", 3, "2022年", kind="rank"), b)


AVERAGES = (
    ("水稻产量", "公斤", "水稻亩产"),
    ("茶叶产值", "元", "亩均茶叶产值"),
    ("茶叶产值", "元", "茶叶亩均产值"),
    ("村集体经济收入", "元", "村均集体经济收入"),
    ("可支配收入总额", "元", "人均可支配收入"),
    ("医疗费用", "元", "人均医疗费用"),
    ("公园绿地面积", "平方米", "人均公园绿地面积"),
    ("小麦产量", "公斤", "小麦平均亩产"),
    ("粮食产量", "公斤", "粮食单产"),
    ("养老床位", "张", "每千名老人养老床位"),
    ("执业医师", "人", "每千人口执业医师"),
    ("体育场地面积", "平方米", "人均体育场地面积"),
    ("农户收入", "元", "户均收入"),
    ("工业增加值", "元", "亩均工业增加值"),
    ("税收", "元", "亩均税收"),
    ("教育经费", "元", "生均教育经费"),
)


def _averages() -> Iterator[Made]:
    for amount, unit, average in AVERAGES:
        a, b = told(amount, unit, 62000, "2022年"), told(average, unit, 68, "2022年", "柳河县")
        yield Made("amount and average", "总量与比例", a, b)
        yield Made("average and average", "可比", told(average, unit, 71, "2022年"), b)
        growth = told(f"{average}增速", "%", 6, "2022年", kind="growth")
        yield Made("average and its growth", "总量与比例", growth, b)
        yield Made("growth of average, twice", "可比", growth, of(growth, "柳河县"))


MEASURES = (
    ("老年食堂", "家", "个", True),
    ("老年食堂", "处", "座", True),
    ("志愿者", "人", "名", True),
    ("志愿者", "位", "人", True),
    ("矛盾纠纷", "件", "起", True),
    ("充电桩", "个", "台", True),
    ("茶园面积", "平方公里", "亩", True),
    ("粮食产量", "吨", "斤", True),
    ("平均办理时间", "小时", "分钟", True),
    ("办理时限", "天", "小时", True),
    ("绿道长度", "公里", "米", True),
    ("项目", "项", "个", True),
    ("宣讲活动", "场", "次", True),
    ("用电量", "千瓦时", "度电", True),
    ("水库库容", "立方米", "方", True),
    ("电梯", "部", "台", True),
    ("桥梁", "座", "座", True),
    ("农家乐", "家", "户", True),
    ("经营主体", "户", "家", True),
    ("耕地面积", "亩", "公顷", True),
    ("覆盖村", "个", "个村", True),
    ("培训学员", "人", "人次", False),
    ("低保对象", "户", "人", False),
    ("利用外资", "元", "美元", False),
    ("闲置房产", "处", "平方米", False),
    ("志愿服务", "小时", "人次", False),
    ("茶叶产量", "吨", "元", False),
    ("文艺演出", "场", "人次", False),
    ("林木", "株", "亩", False),
    ("水产养殖", "亩", "立方米", False),
    ("覆盖率提升", "百分点", "%", False),
    ("项目", "个", "元", False),
    ("垃圾处理", "吨", "立方米", False),
    ("服务时长", "小时", "天数", False),
    ("贷款", "笔", "元", False),
    ("路灯", "盏", "公里", False),
)


def _measures() -> Iterator[Made]:
    for name, unit, other, is_one in MEASURES:
        a, b = told(name, unit, 620, "2022年"), told(name, other, 68, "2022年", "柳河县")
        yield Made(f"measure {unit}/{other}", "可比" if is_one else "定义不同", a, b)


HEADS = (
    ("网格", "网格员"),
    ("老年食堂", "老年食堂就餐老人"),
    ("茶园面积", "茶叶产量"),
    ("充电桩", "充电站"),
    ("合作社", "合作社社员"),
    ("学校", "学生"),
    ("医院", "医生"),
    ("村卫生室", "乡村医生"),
    ("民宿", "民宿床位"),
    ("企业", "企业员工"),
    ("志愿者", "志愿服务队"),
    ("贷款余额", "存款余额"),
    ("粮食产量", "粮食产值"),
    ("常住人口", "户籍人口"),
    ("进口额", "出口额"),
    ("农村居民收入", "城镇居民收入"),
    ("省级示范村", "市级示范村"),
    ("中学教师", "小学教师"),
    ("注册志愿者", "活跃志愿者"),
    ("计划投资", "完成投资"),
    ("合同外资", "实到外资"),
    ("旅游收入", "旅游人数"),
    ("种植面积", "收获面积"),
    ("公办幼儿园", "民办幼儿园"),
    ("一般公共预算收入", "一般公共预算支出"),
    ("规上工业增加值", "规上服务业营业收入"),
    ("发明专利授权", "专利申请"),
    ("城镇新增就业", "失业人员再就业"),
)


def _heads() -> Iterator[Made]:
    for one, other in HEADS:
        yield Made("another head", "定义不同", told(one, "个", 62, "2022年"), told(other, "个", 68, "2022年", "柳河县"))


def _sums_of_sums() -> Iterator[Made]:
    """Sums up to a day: from where to where."""
    for name, unit, value in FLOWS:
        a, b = told(name, unit, value, ""), told(name, unit, value + 9, "", "柳河县")
        for here, there, day, said in (
            ("2019年以来", "2019年至今", "2023-12", "可比"),
            ("近五年", "2019年以来", "2023-12", "可比"),
            ("2019年以来", "2021年以来", "2023-12", "时间不同"),
            ("三年来", "五年来", "2023-12", "时间不同"),
            ("截至目前", "截至2023年底", "2023-12", "可比"),
            ("截至目前", "2019年以来", "2023-12", "不能判断"),
            ("近年来", "2019年以来", "2023-12", "不能判断"),
            ("截至2021年底", "截至2023年底", "2023-12", "时间不同"),
            ("2020—2022年", "2020年至2022年", "2023-12", "可比"),
            ("2019年—2021年", "2020—2022年", "2023-12", "时间不同"),
            ("“十三五”期间", "“十四五”期间", "2023-12", "时间不同"),
            ("每年", "每年", "2023-12", "可比"),
            ("“十三五”期间", "2016—2020年", "2023-12", "可比"),
        ):
            yield Made(f"sums {here}/{there}", said, timed(a, here, day), timed(b, there, day))


def _by_the_quote() -> Iterator[Made]:
    """What the name does not say and the sentence does."""
    for name, unit, value in FLOWS:
        a, b = told(name, unit, value, "2022年"), told(name, "%", 12, "2022年", "柳河县")
        for words in ("同比增长", "增长", "比上年增长", "下降", "较上年下降"):
            quote = f"2022年{name}{words}12%"
            yield Made(f"quote {words}", "总量与比例", a, replace(b, metric=replace(b.metric, quote=quote)))
        for words in ("预计", "计划", "力争", "有望达到", "拟"):
            x = told(name, unit, value, "2022年", "柳河县")
            quote = f"2022年{name}{words}{x.metric.printed}"
            yield Made(f"quote {words}", "定义不同", a, replace(x, metric=replace(x.metric, quote=quote)))
        for period in ("2025年", "到2025年", "明年", "未来三年", "“十五五”期间"):
            yield Made(f"ahead {period}", "定义不同", a, timed(told(name, unit, value, "", "柳河县"), period))
        whole = replace(a, metric=replace(a.metric, subject="", quote=f"2022年全县{name}{a.metric.printed}"))
        yield Made("the whole county", "可比", whole, told(name, unit, value, "2022年", "柳河县"))
        yield Made(
            "the whole city",
            "主体不同",
            replace(whole, metric=replace(whole.metric, quote=f"2022年全市{name}{a.metric.printed}")),
            told(name, unit, value, "2022年", "柳河县"),
        )
