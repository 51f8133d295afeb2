"""More than all: a share over 100 %."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from core.doubts.printed import Printed
from core.doubts.records import Doubt, doubt
from core.doubts.values import range_of

_SHARES = (
    "占比 比重 比例 覆盖率 覆盖面 普及率 满意率 满意度 知晓率 参与率 参保率 入学率 毕业率 就业率 合格率 达标率 优良率 "
    "优秀率 办结率 化解率 调解率 组建率 到位率 出席率 发生率 治愈率 死亡率 识字率 城镇化率 入住率 持证率 签约率 支持率"
).split()
"""What an indicator ends with that is a part of a whole; 利用率, 完成率, 拨备覆盖率 and the like may be more."""
_MAY_BE_MORE = ("拨备覆盖率",)


def shares(figures: Sequence[Printed]) -> Iterator[Doubt]:
    """Yield shares over 100 %; growth, and rates that may well be over it, are none."""
    for figure in figures:
        metric = figure.metric
        if metric.unit != "%" or metric.state == "checked" or metric.kind == "growth":
            continue
        is_share = metric.indicator.endswith(tuple(_SHARES)) and not metric.indicator.endswith(_MAY_BE_MORE)
        if is_share and range_of(metric).low > 100:
            words = f"「{metric.indicator}」是 {figure.said}，占比、比率不会超过 100 %：数或指标读错了，或者原文如此"
            yield doubt("share", [figure.target], [f"{figure.value}|{metric.indicator}"], words, [figure.quote], 0.9)
