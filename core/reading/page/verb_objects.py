"""Verbs of official prose and their usual objects: a clause that stops behind its verb wants one of them.

The table is our own, from general usage (发挥…作用, 提供…支撑), not from any page.
"""

from __future__ import annotations

import re

from core.text.marks import STOPS, any_of

_TABLE = """
发挥 作用 优势 职能 力量 效应 功能 潜力 特长 余热
提供 支撑 保障 服务 支持 平台 帮助 参考 指导 便利 依据 岗位 动力 场所
推动 发展 建设 落地 落实 改革 工作 转型 升级 融合 形成 见效
推进 发展 建设 落地 落实 改革 工作 进程 治理 实施 项目
促进 发展 增收 就业 融合 和谐 提升 稳定 繁荣 交流
形成 格局 合力 机制 局面 氛围 体系 模式 链条 闭环 共识 经验
打造 品牌 平台 高地 样板 示范 阵地 体系 特色 亮点 集群 标杆 环境
激发 活力 动力 热情 潜能 积极性 内生
提升 水平 能力 质量 质效 效能 素质 满意度 形象 效率 服务 品质
提高 水平 能力 质量 效率 素质 积极性 收入 覆盖率 知晓率
解决 问题 难题 困难 矛盾 纠纷 诉求
破解 难题 瓶颈 问题 困境 堵点
化解 矛盾 纠纷 风险 难题 隐患
建立 机制 制度 体系 台账 队伍 档案 平台 关系 清单
健全 机制 制度 体系 网络 体制
完善 机制 制度 体系 设施 功能 政策 网络 服务
构建 体系 格局 机制 模式 网络 共同体 平台 生态
开展 活动 工作 行动 培训 服务 整治 宣传 调研 合作 试点 检查 讲座
组织 活动 开展 培训 群众 党员 力量 学习
实施 工程 计划 项目 行动 战略 方案 办法
凝聚 力量 共识 合力 人心
汇聚 力量 合力 资源 智慧 人才
满足 需求 需要 要求
营造 氛围 环境 风气
优化 环境 服务 布局 结构 流程 配置
增强 意识 能力 本领 获得感 凝聚力 信心 动力 活力 功能
强化 意识 责任 管理 监督 保障 服务 引领 队伍
落实 措施 责任 政策 制度 要求 任务 部署
注入 活力 动力 力量
贡献 力量 智慧
奠定 基础
夯实 基础 根基 责任
畅通 渠道 通道 环节
搭建 平台 桥梁 舞台 阵地 载体
拓宽 渠道 销路 路径 领域 视野
拓展 空间 渠道 领域 市场 业务 功能
整合 资源 力量 资金 平台
培育 人才 产业 主体 品牌 队伍 企业
吸引 人才 游客 企业 投资 群众 青年
带动 就业 增收 发展 农户 村民 致富 消费
保障 安全 权益 供应 运行 民生
创造 条件 价值 机会 环境 就业
加强 管理 建设 监督 领导 合作 培训 沟通 宣传 治理 保护
探索 模式 机制 路径 新路 做法 经验
实现 目标 发展 增收 覆盖 突破 共赢 增长 转变 共享 融合
"""
OBJECTS = {row.split()[0]: tuple(row.split()[1:]) for row in _TABLE.strip().splitlines()}
_VERB = re.compile("|".join(OBJECTS))
_BREAK = re.compile(any_of(STOPS + '“”"（('))
_REACH = 22


def object_wanted(tail: str) -> tuple[str, ...]:
    """Return the objects that the last clause of a text still wants for its verb, or nothing.

    >>> "优势" in object_wanted("深入实施战略，发挥"), object_wanted("充分发挥了作用并")
    (True, ())
    """
    clause = _BREAK.split(tail[-_REACH:])[-1]
    verbs = list(_VERB.finditer(clause))
    if not verbs:
        return ()
    wanted = OBJECTS[verbs[-1].group()]
    return () if any(o in clause[verbs[-1].end() :] for o in wanted) else wanted


def object_given(head: str, wanted: tuple[str, ...]) -> str:
    """Return the first wanted object in the first clause of a text, not behind a verb of its own, or nothing.

    >>> object_given("全区东部的区位优势，深化改革", ("作用", "优势")), object_given("合力破解难题", ("难题",))
    ('优势', '')
    """
    clause = _BREAK.split(head[:_REACH])[0]
    verb = _VERB.search(clause)
    before = clause[: verb.start()] if verb else clause
    return next((o for o in wanted if o in before), "")
