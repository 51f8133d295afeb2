"""The job without a window: what is printed, where, and with which exit code."""

from __future__ import annotations

import csv
import io
import json
import lzma
import os
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from core.__main__ import main
from core.library import Library
from core.records import Case
from core.seeds import read_seeds

Run = Callable[..., tuple[int, str, str]]
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("library") / "默认.anlan"
    with Library.create(path) as made:
        made.cases.add(read_seeds(ROOT / "seeds"))
    return str(path)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*words: str) -> tuple[int, str, str]:
        code = main(words)
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run


def test_search_prints_ids_titles_and_snippets(run: Run, library: str) -> None:
    code, out, err = run("search", "一核三化", "--library", library)
    assert code == 0
    assert "【一核三化】多元" in out
    assert err == "共 1 例\n"


def test_search_as_json(run: Run, library: str) -> None:
    code, out, _ = run("search", "志愿", "--json", "--library", library, "--limit", "2")
    answer = json.loads(out)
    assert code == 0
    assert answer["total"] >= len(answer["hits"]) == 2
    assert set(answer["hits"][0]) == {"id", "title", "place", "snippet"}


@pytest.mark.parametrize("place", ["常山", "常山县", "changshan", "衢州常山"])
def test_a_place_is_known_by_its_short_and_pinyin_names(run: Run, library: str, place: str) -> None:
    code, out, _ = run("search", "--place", place, "--json", "--library", library)
    assert code == 0
    assert {hit["place"] for hit in json.loads(out)["hits"]} == {"衢州市 · 常山县"}


def test_figures_narrow_a_search(run: Run, library: str) -> None:
    words = ("search", "--indicator", "社会组织", "--min", "500", "--max", "600", "--unit", "家", "--library", library)
    code, _, err = run(*words)
    assert (code, err) == (0, "共 1 例\n")


def test_nothing_found_is_code_1(run: Run, library: str) -> None:
    assert run("search", "查无此词甲乙丙", "--library", library) == (1, "", "共 0 例\n")


def test_show_by_the_beginning_of_an_id(run: Run, library: str) -> None:
    _, out, _ = run("search", "一核三化", "--json", "--library", library)
    [hit] = json.loads(out)["hits"]
    code, out, _ = run("show", hit["id"][:8], "--library", library)
    assert code == 0
    assert out.startswith(hit["title"])
    assert all(head in out for head in ("背景", "做法", "机制", "数据"))


def test_the_beginning_of_several_ids_is_no_case(run: Run, tmp_path: Path) -> None:
    with Library.create(tmp_path / "库.anlan") as made:
        made.cases.add(
            [Case(f"12a{n}", f"第{n}例") for n in range(7)] + [Case("12a", "开头就是编号"), Case("13", "别的")]
        )
    library = ("--library", str(tmp_path / "库.anlan"))
    code, out, err = run("show", "12", *library)
    assert (code, out) == (2, "")
    assert err.splitlines() == [
        "有几个案例的编号这样开头：12", "12a\t开头就是编号", *(f"12a{n}\t第{n}例" for n in range(4)), "……",
    ]  # fmt: skip
    assert run("show", "12a", *library)[1].startswith("开头就是编号")
    assert run("show", "12a6", *library)[1].startswith("第6例")
    assert run("show", "12b", *library)[2] == "没有这个编号的案例：12b\n"


PAGE = "清河县办起村民食堂\n\n本报讯（记者 李明）今年以来，清河县在柳林镇等地办起村民食堂36个，服务老人1200余人。\n"


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """A folder with a good page, and an empty library beside it."""
    (tmp_path / "版面").mkdir()
    (tmp_path / "版面" / "一版.txt").write_text(PAGE, "utf-8")
    Library.create(tmp_path / "库.anlan").close()
    return tmp_path / "版面"


def test_import_tells_each_file_and_prints_the_new_cases(run: Run, pages: Path) -> None:
    library = pages.parent / "库.anlan"
    code, out, err = run("import", str(pages), "--library", str(library))
    assert (code, err.splitlines()) == (0, ["1/1 《一版.txt》收进 1 例", "收进 1 例"])
    with Library.open(library) as opened:
        [row] = opened.cases.rows([1])
        assert out == f"{row.id}\t清河县办起村民食堂\t邢台市 · 清河县\n"
        assert [(entry.outcome, entry.cases) for entry in opened.log.rows()] == [("added", 1)]
        assert len(opened.backups.all()) == 1


def test_import_goes_on_past_a_file_that_fails(run: Run, pages: Path) -> None:
    (pages / "空.txt").write_bytes(b"")
    (pages / "再来.txt").write_text(PAGE, "utf-8")
    code, out, err = run("import", str(pages), "--json", "--library", str(pages.parent / "库.anlan"))
    told = {Path(step["file"]).name: (step["outcome"], len(step["cases"])) for step in json.loads(out)}
    assert (code, told) == (1, {"一版.txt": ("added", 1), "再来.txt": ("known", 0), "空.txt": ("failed", 0)})
    assert "空.txt" in err


def test_what_is_there_already_is_no_fault(run: Run, pages: Path) -> None:
    words = ("import", str(pages / "一版.txt"), "--library", str(pages.parent / "库.anlan"))
    assert [run(*words)[:2] == (0, "") for _ in range(2)] == [False, True]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("import", "{pages}/没有.txt", "--library", "{pages}/../库.anlan"), 1, "没有.txt"),
        (("import", "{pages}/空", "--library", "{pages}/../库.anlan"), 1, "没有找到版面"),
        (("import", "{pages}", "--library", "{pages}/没有.anlan"), 2, "找不到案例库文件「没有.anlan」"),
        (("import", "{pages}", "--library", "{pages}/一版.txt"), 2, "不是案例库文件"),
    ],
)
def test_import_that_cannot_be(run: Run, pages: Path, words: tuple[str, ...], code: int, said: str) -> None:
    (pages / "空").mkdir()
    got, out, err = run(*(word.format(pages=pages) for word in words))
    assert (got, out) == (code, "")
    assert said in err


def test_tree_counts_the_whole_library(run: Run, library: str) -> None:
    code, out, _ = run("tree", "--json", "--library", library)
    with Library.open(Path(library)) as opened:
        assert (code, sum(node["total"] for node in json.loads(out))) == (0, opened.cases.count())


def test_a_zone_without_a_code_stands_under_its_city(run: Run, library: str) -> None:
    _, out, _ = run("tree", "--json", "--library", library)
    [ningbo] = [node for node in json.loads(out) if node["label"] == "宁波市"]
    assert [child["label"] for child in ningbo["children"]] == ["宁波前湾新区"]


def test_export_holds_every_case_and_figure(run: Run, library: str, tmp_path: Path) -> None:
    seeds = read_seeds(ROOT / "seeds")
    _, out, _ = run("export", "--json", "--library", library)
    exported = json.loads(out)
    assert {c["id"] for c in exported} == {c.id for c in seeds}
    assert sum(len(c["metrics"]) for c in exported) == sum(len(c.metrics) for c in seeds)
    assert run("export", "--csv", "-o", str(tmp_path / "案例.csv"), "--library", library)[0] == 0
    rows = list(csv.reader(io.StringIO((tmp_path / "案例.csv").read_text("utf-8-sig"), newline="")))
    assert len(rows) == len(seeds) + 1
    _, out, _ = run("export", "--figures", "--library", library)
    assert len(list(csv.reader(io.StringIO(out)))) == sum(len(c.metrics) for c in seeds) + 1


def test_check_names_file_and_field(run: Run, tmp_path: Path) -> None:
    assert run("check", str(ROOT / "seeds"))[0] == 0
    (tmp_path / "坏.toml").write_text('id = "x"\ntitle = ""\n', "utf-8")
    code, out, _ = run("check", str(tmp_path))
    assert code == 1
    assert "坏.toml\tid\t" in out


def test_check_of_a_library(run: Run, library: str, tmp_path: Path) -> None:
    assert run("check", library)[0] == 0
    (tmp_path / "坏.anlan").write_bytes(b"not a library" * 100)
    code, out, err = run("check", str(tmp_path / "坏.anlan"))
    assert (code, out) == (2, "")
    assert "坏.anlan" in err


def test_check_names_what_is_wrong_and_rebuilds_what_it_can(run: Run, library: str, tmp_path: Path) -> None:
    copy = tmp_path / "副本.anlan"
    copy.write_bytes(Path(library).read_bytes())
    with closing(sqlite3.connect(copy)) as db:
        db.execute("UPDATE cases SET figures = 99 WHERE num = 1")
        db.execute("UPDATE cases SET confidence = 0.123 WHERE num = 2")
        db.commit()
    code, out, err = run("check", str(copy))
    assert code == 1
    assert all(words in out + err for words in ("第 2 号案例", "案例的数据条数有 1 处不对", "其中 1 处可以重建"))
    code, out, _ = run("check", str(copy), "--rebuild", "--json")
    told = json.loads(out)
    assert (code, told["rebuilt"], [f["case"] for f in told["findings"]]) == (1, ["案例的数据条数"], [2])
    _, out, _ = run("export", "--csv", "--library", str(copy))
    assert out.count("（有损坏）") == 1
    _, out, _ = run("export", "--json", "--library", str(copy))
    assert ["fault" in case for case in json.loads(out)].count(True) == 1


def test_check_of_an_older_library(run: Run, tmp_path: Path) -> None:
    old = tmp_path / "旧.anlan"
    old.write_bytes(lzma.decompress((ROOT / "tests" / "libraries" / "schema-2.anlan.xz").read_bytes()))
    before = old.read_bytes()
    code, out, _ = run("check", str(old))
    assert (code, out) == (0, "完好：3 例（第 2 版的文件，没有升级它）\n")
    assert old.read_bytes() == before


def test_a_text_that_cannot_be_read_is_found_and_stops_no_export(run: Run, tmp_path: Path) -> None:
    path, out = tmp_path / "库.anlan", tmp_path / "出.json"
    with Library.create(path) as made:
        made.cases.add([Case("", "题"), Case("", "另一题"), Case("", "第三题")])
        made._db.execute("UPDATE case_texts SET body = '[\"半' WHERE num = 1")
        made._db.execute("""UPDATE case_texts SET body = '["\\ud800半"]' WHERE num = 2""")
    code, found, _ = run("check", str(path))
    assert code == 1
    assert all(f"「{title}」" in found for title in ("题", "另一题"))
    assert run("export", "--library", str(path), "-o", str(out))[0] == 0
    told = {case["title"]: case.get("fault", "") for case in json.loads(out.read_text("utf-8"))}
    assert [bool(told[title]) for title in ("题", "另一题", "第三题")] == [True, True, False]
    assert run("export", "--csv", "--library", str(path), "-o", str(out))[0] == 0
    assert out.read_text("utf-8-sig").count("（有损坏）") == 2


def test_a_pdf_is_set_without_a_screen(library: str, tmp_path: Path) -> None:
    target = tmp_path / "出.pdf"
    words = [
        sys.executable,
        "-m",
        "core",
        "export",
        "--pdf",
        "--search",
        "一核三化",
        "-o",
        str(target),
        "--library",
        library,
    ]
    env = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "QT_QPA_PLATFORM")}
    run = subprocess.run(words, cwd=ROOT, env=env, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    assert target.read_bytes()[:5] == b"%PDF-"


def test_a_pdf_without_the_window_is_refused_in_words(
    run: Run, library: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "gui.writing.headless", None)
    code, _, err = run("export", "--pdf", "-o", str(tmp_path / "出.pdf"), "--library", library)
    assert (code, list(tmp_path.iterdir())) == (2, [])
    assert "PySide6" in err


EXPORTS = [
    ("夹", "同名的文件夹"),
    ("没有/出.json", "不在了"),
    ("文件/出.json", "不是文件夹"),
    ("长" * 90 + ".json", "文件名太长"),
    ("库.anlan", "案例库的名字"),
]


@pytest.mark.parametrize(("target", "said"), EXPORTS)
def test_an_export_that_cannot_be_written(run: Run, library: str, tmp_path: Path, target: str, said: str) -> None:
    (tmp_path / "夹").mkdir()
    (tmp_path / "文件").write_text("x")
    code, out, err = run("export", "--library", library, "-o", str(tmp_path / target))
    assert (code, out) == (2, "")
    assert said in err
    assert Path(target).name in err
    assert sorted(p.name for p in tmp_path.iterdir()) == ["夹", "文件"]


def test_an_export_that_finds_no_room(run: Run, library: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    resource = pytest.importorskip("resource")
    had = resource.getrlimit(resource.RLIMIT_FSIZE)
    target = tmp_path / "出.json"
    target.write_text("从前的")
    resource.setrlimit(resource.RLIMIT_FSIZE, (65536, had[1]))
    try:
        code, _, err = run("export", "--library", library, "-o", str(target))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, had)
    assert code == 2
    assert "文件太大" in err
    assert "出.json" in err
    assert target.read_text() == "从前的"
    assert list(tmp_path.iterdir()) == [target]


def test_read_prints_articles_with_reasons(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "版面.txt"
    page.write_text("清河县办起村民食堂\n\n清河县在柳林镇办起村民食堂36个，服务老人1200余人。\n", "utf-8")
    code, out, _ = run("read", str(page), "--explain")
    [article] = json.loads(out)["articles"]
    assert (code, article["title"]) == (0, "清河县办起村民食堂")
    assert article["reasons"]["place"]
    told = [(m["value"], m["unit"], m["approx"]) for m in article["metrics"]]
    assert told == [(36, "个", "exact"), (1200, "人", "over")]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("read", "没有.txt"), "找不到"),
        (("show", "0", "--library", "没有.anlan"), "没有.anlan"),
        (("check", "没有"), "没有"),
        (("search", "--min", "多少", "--library", "x"), "不是数值"),
        (("search", "--place", "没有这个地方", "--library", "x"), "不认识地名"),
    ],
)
def test_faults_are_said_in_words_on_standard_error(run: Run, words: tuple[str, ...], said: str) -> None:
    code, out, err = run(*words)
    assert (code, out) == (2, "")
    assert said in err


def test_figures_answers_line_by_line() -> None:
    command = [sys.executable, "-m", "core", "figures"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin
        assert process.stdout
        for line, expected in (("共有36个", [(36, "个")]), ("没有", []), ("6.2万小时", [(62000, "小时")])):
            process.stdin.write(f"{line}\n".encode())
            process.stdin.flush()
            found = json.loads(process.stdout.readline())
            assert [(f["value"], f["unit"]) for f in found] == expected
        process.stdin.close()


def test_help_is_complete(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0
    printed = capsys.readouterr().out
    assert all(name in printed for name in ("search", "import", "show", "tree", "export", "check", "read", "figures"))


def test_compare_prints_columns_mechanisms_and_what_may_be_compared(run: Run, library: str) -> None:
    code, out, _ = run("compare", "--place", "常山县", "--place", "德清县", "--library", library)
    assert code == 0
    assert "1 衢州市 · 常山县" in out
    assert "机制\t幸福邻里中心\t独有（2）" in out


def test_compare_as_json_keeps_every_printed_form(run: Run, library: str) -> None:
    code, out, _ = run("compare", "24009ad8", "e7416a5f", "--json", "--library", library)
    answer = json.loads(out)
    assert code == 0
    assert [column["cases"][0]["id"][:8] for column in answer["columns"]] == ["24009ad8", "e7416a5f"]
    cells = [cell for row in answer["figures"] for cells in row["cells"] for cell in cells]
    assert {"516家", "6.2万小时"} <= {cell["printed"] for cell in cells}
    assert next(cell["value"] for cell in cells if cell["printed"] == "6.2万小时") == "62000"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["24009ad8"], "至少要有两个案例"),
        ([], "没有说比较什么"),
        (["--selection", "没有的"], "没有叫“没有的”的汇编"),
        (["24009ad8", "ffffffff"], "没有这个编号的案例"),
        (["--like"], "--like 要一个案例编号"),
    ],
)
def test_compare_says_what_it_lacks(run: Run, library: str, words: list[str], said: str) -> None:
    code, out, err = run("compare", *words, "--library", library)
    assert (code, out) == (2, "")
    assert said in err


def test_cases_like_one_are_printed_with_the_words_that_made_them_near(run: Run, library: str) -> None:
    code, out, _ = run("compare", "--like", "24009ad8", "--library", library)
    assert code == 0
    first = out.splitlines()[0].split("\t")
    assert 0 < float(first[3]) <= 1
    assert first[4]


def test_review_tells_what_comes_next_and_how_far_one_is(run: Run, library: str) -> None:
    code, out, err = run("review", library)
    assert (code, err) == (0, "")
    assert out.startswith("已核 0 / 244\n")
    code, out, _ = run("review", library, "--progress", "--json")
    assert json.loads(out)["states"]["unchecked"] == json.loads(out)["figures"] == 244
    code, out, err = run("review", library, "--next", "3")
    assert (code, len(out.splitlines())) == (0, 3)
    assert err == "还有 244 个没有核\n"
    code, out, _ = run("review", library, "--next", "2", "--json")
    assert [set(row["disagrees"]) for row in json.loads(out)] == [set(), set()]


def test_review_of_a_library_without_figures_is_code_1(run: Run, tmp_path: Path) -> None:
    Library.create(tmp_path / "空.anlan").close()
    code, out, err = run("review", str(tmp_path / "空.anlan"), "--next")
    assert (code, out, err) == (1, "", "还有 0 个没有核\n")


@pytest.mark.parametrize("form", ["docx", "xlsx", "html"])
def test_documents_are_whole_and_hold_what_was_asked_for(run: Run, library: str, tmp_path: Path, form: str) -> None:
    target = tmp_path / f"汇编.{form}"
    target.write_text("从前的")
    code, out, _ = run("export", f"--{form}", "--search", "一核三化", "--library", library, "-o", str(target))
    assert (code, out) == (0, "")
    assert [*tmp_path.iterdir()] == [target]
    data = target.read_bytes()
    if form == "html":
        assert data.count(b"<h2") >= 1
        assert "一核三化" in data.decode()
    else:
        with zipfile.ZipFile(target) as made:
            assert made.testzip() is None
    assert run("export", f"--{form}", "--library", library)[0] == 2


def test_a_selection_goes_out_in_its_order_and_cases_by_their_ids(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "库.anlan"
    with Library.create(path) as made:
        nums = made.cases.add([Case(str(i) * 4, f"第{i}例", summary="甲") for i in range(3)])
        made.selections.put(made.selections.add("养老"), [nums[2], nums[0]])
    titles = lambda out: [case["title"] for case in json.loads(out)]  # noqa: E731
    assert titles(run("export", "--selection", "养老", "--library", str(path))[1]) == ["第2例", "第0例"]
    assert titles(run("export", "--cases", "11", "00", "--library", str(path))[1]) == ["第1例", "第0例"]
    code, _, err = run("export", "--selection", "没有", "--library", str(path))
    assert (code, err) == (2, "没有叫“没有”的汇编\n")


@pytest.mark.parametrize("lock", [".~出.docx", "~$出.docx", ".~lock.出.docx#"])
def test_a_file_that_is_open_elsewhere_is_left(run: Run, library: str, tmp_path: Path, lock: str) -> None:
    (tmp_path / "出.docx").write_text("从前的")
    (tmp_path / lock).write_text("")
    code, _, err = run("export", "--docx", "--library", library, "-o", str(tmp_path / "出.docx"))
    assert code == 2
    assert "打开，请先关闭它" in err
    assert (tmp_path / "出.docx").read_text() == "从前的"


def test_take_back_lists_what_was_changed_and_changes_nothing(run: Run, library: str, tmp_path: Path) -> None:
    import openpyxl

    target = tmp_path / "表.xlsx"
    assert run("export", "--xlsx", "--library", library, "-o", str(target))[0] == 0
    assert run("take-back", str(target), "--library", library)[0] == 0
    book = openpyxl.load_workbook(target)
    book["案例"]["B2"] = "改过的标题"
    book["数据"]["G2"] = "=1+1"
    book.save(target)
    before = Path(library).read_bytes()
    code, out, _ = run("take-back", str(target), "--preview", "--json", "--library", library)
    told = json.loads(out)
    assert code == 1
    assert [(c["field"], c["new"]) for c in told["changes"]] == [("title", "改过的标题")]
    assert ["公式" in one["reason"] for one in told["unmatched"]] == [True]
    assert Path(library).read_bytes() == before
    assert run("take-back", str(tmp_path / "没有.xlsx"), "--library", library)[0] == 2


def test_handed_out_handed_back_merged_and_withdrawn(run: Run, tmp_path: Path) -> None:
    from core.library import Wish, packets

    home, out, back = (str(tmp_path / name) for name in ("库.anlan", "包.anlan", "回.anlan"))
    with Library.create(Path(home)) as library:
        library.cases.add([Case("c1", "一例"), Case("c2", "又一例")])
    code, said, _ = run("packet", home, "--cases", "c1", "--to", "王芳", "-o", out, "--json")
    packet = json.loads(said)
    assert (code, packet["to"]) == (0, "王芳")
    packets.unpack(Path(out), tmp_path / "开.anlan")
    with Library.open(tmp_path / "开.anlan") as other:
        other.decisions.reviewer = "王芳"
        other.decisions.decide([Wish(1, "title", "changed", "改过的题")])
    assert run("packet", str(tmp_path / "开.anlan"), "--back", "-o", back)[0] == 0
    _, before, _ = run("digest", home)
    code, said, _ = run("merge", home, back, "--preview", "--json")
    assert (code, json.loads(said)["people"]) == (0, {"王芳": {"changed": 1}})
    assert run("digest", home)[1] == before
    code, said, _ = run("merge", home, back, "--apply", "--rule", "theirs", "--json")
    assert (code, json.loads(said)["decisions"]) == (0, 1)
    assert run("digest", home)[1] != before
    assert run("unmerge", home, json.loads(said)["id"])[0] == 0
    assert run("digest", home)[1] == before
    assert [row["kind"] for row in json.loads(run("merges", home, "--json")[1])] == ["undone", "in", "out"]


@pytest.fixture
def two_alike(run: Run, tmp_path: Path) -> tuple[str, str]:
    """A library, and a file that says something else of its case and brings two that both have imported."""
    from core.library import Wish, packets

    home, out, back = (str(tmp_path / name) for name in ("库.anlan", "包.anlan", "回.anlan"))
    body = tuple(f"第{n}段说的是议事亭怎么修起来、谁来管、一年开多少次会，旁边的晾谷场又是怎么回事。" for n in range(9))
    with Library.create(Path(home)) as library:
        library.cases.add([Case("c1", "一例", summary="原来的摘要"), Case("d1", "议事亭", body=body, summary="我的")])
    assert run("packet", home, "--cases", "c1", "--to", "王芳", "-o", out)[0] == 0
    packets.unpack(Path(out), tmp_path / "开.anlan")
    with Library.open(tmp_path / "开.anlan") as other:
        other.decisions.reviewer = "王芳"
        other.decisions.decide([Wish(1, "title", "changed", "改过的题"), Wish(1, "summary", "changed", "改过的摘要")])
        for case in (Case("d2", "议事亭修起来了", body=body, summary="她的"), Case("e1", "别的")):
            other.decisions.add_case(case)
    assert run("packet", str(tmp_path / "开.anlan"), "--back", "-o", back)[0] == 0
    return home, back


def test_choices_of_a_file(run: Run, two_alike: tuple[str, str], tmp_path: Path) -> None:
    home, back = two_alike
    given = json.loads(run("merge", home, back, "--preview", "--json")[1])
    [alike] = given["alike"]
    assert (alike["choice"], alike["fields"]["summary"], alike["may"]["summary"]) == (
        "take", "this", ["this", "other", "both"],
    )  # fmt: skip
    for item in given["items"]:
        item["choice"] = "leave" if item["target"] == "c1:title" else item["choice"]
    for case in given["new_cases"]:
        case["choice"] = "leave" if case["title"] == "别的" else "take"
    alike["choice"], alike["fields"]["summary"] = "join", "other"
    file = tmp_path / "选择.json"
    file.write_text(json.dumps(given, ensure_ascii=False), "utf-8-sig")
    before = run("digest", home)[1]
    code, said, _ = run("merge", home, back, "--apply", "--choices", str(file), "--json")
    assert code == 0
    with Library.open(Path(home)) as library:
        cases = {case.id: case for case in map(library.cases.load, (1, 2))}
        assert (cases["c1"].title, cases["c1"].summary) == ("一例", "改过的摘要")
        assert cases["d1"].summary == "她的"
        assert [row.title for row in library.decisions.binned()] == ["议事亭修起来了"]
    assert json.loads(said)["cases"] == [alike["theirs"]]
    assert run("unmerge", home, json.loads(said)["id"])[0] == 0
    assert run("digest", home)[1] != before  # the case that came lies in the bin
    assert json.loads(run("merge", home, back, "--preview", "--json")[1])["new_cases"][-1]["title"] == "别的"


def test_two_that_are_not_the_same_one(run: Run, two_alike: tuple[str, str], tmp_path: Path) -> None:
    home, back = two_alike
    given = json.loads(run("merge", home, back, "--preview", "--json")[1])
    given["alike"][0]["choice"] = "apart"
    (tmp_path / "选.json").write_text(json.dumps({"alike": given["alike"]}), "utf-8")
    assert run("merge", home, back, "--apply", "--choices", str(tmp_path / "选.json"))[0] == 0
    with Library.open(Path(home)) as library:
        assert {library.cases.load(n).title for n in range(1, 5)} >= {"议事亭", "议事亭修起来了", "别的"}
        assert library.cases.siblings(2) == [] or all(
            row.title != "议事亭修起来了" for row, _ in library.cases.siblings(2)
        )


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("[", "不是 --preview --json 写出的 JSON"),
        ("[]", "不是 --preview --json 写出的"),
        ('{"items": 5}', "items 不是一列"),
        ('{"items": [{"choice": "take"}]}', "没有 target"),
        ('{"items": [{"target": "c1:byline"}]}', "没有这一项：c1:byline"),
        ('{"items": [{"target": "c1:title", "choice": "newest"}]}', "没有「newest」这个选择"),
        ('{"items": [{"target": "c1:title", "choice": "ours"}]}', "不能选 ours"),
        ('{"new_cases": [{"id": "zz"}]}', "没有这个新案例：zz"),
        ('{"new_cases": [{"id": "e1", "choice": "join"}]}', "没有「join」这个选择"),
        ('{"alike": [{"theirs": "d2", "ours": "c1"}]}', "没有这两例"),
        ('{"alike": [{"theirs": "d2", "ours": "d1", "choice": "same"}]}', "没有「same」这个选择"),
        ('{"alike": [{"theirs": "d2", "ours": "d1", "choice": "join", "fields": []}]}', "fields 应当是"),
        (
            '{"alike": [{"theirs": "d2", "ours": "d1", "choice": "join", "fields": {"title": "both"}}]}',
            "title 不能选 both",
        ),
        ('{"alike": [{"theirs": "d2", "ours": "d1", "choice": "join", "fields": {"place": "this"}}]}', "没有这一项"),
        (
            '{"new_cases": [{"id": "d2", "choice": "leave"}],'
            ' "alike": [{"theirs": "d2", "ours": "d1", "choice": "join"}]}',
            "不能再选 join",
        ),
    ],
)
def test_choices_that_there_are_not(
    run: Run, two_alike: tuple[str, str], tmp_path: Path, change: str, words: str
) -> None:
    home, back = two_alike
    file = tmp_path / "选择.json"
    file.write_text(change, "utf-8")
    before = run("digest", home)[1]
    code, _, said = run("merge", home, back, "--apply", "--choices", str(file))
    assert code != 0
    assert words in said
    assert "没有合并" in said
    assert run("digest", home)[1] == before


def test_a_packet_under_a_password(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from core.exchange import container, sealing

    monkeypatch.setattr(sealing, "_WORK", 4)
    home, out, word = str(tmp_path / "库.anlan"), str(tmp_path / "包.anlan"), tmp_path / "密码.txt"
    with Library.create(Path(home)) as library:
        library.cases.add([Case("c1", "一例")])
    word.write_text("丰收\n", "utf-8")
    asked = ["packet", home, "--cases", "all", "--to", "王芳", "-o", out]
    assert run(*asked, "--password-file", str(word))[0] == 0
    assert container.is_sealed(Path(out))
    for wrong in ("别的", "", None):
        given: list[str] = []
        if wrong is not None:
            (tmp_path / "错.txt").write_text(wrong, "utf-8")
            given = ["--password-file", str(tmp_path / "错.txt")]
        code, _, said = run("merge", home, out, *given)
        assert code != 0
        assert "密码" in said
    assert run("merge", home, out, "--password-file", str(word))[0] == 0
    typed = iter(["丰收", "丰", "丰收"])
    monkeypatch.setattr("getpass.getpass", lambda prompt="": next(typed))
    code, _, said = run(*asked, "--password")
    assert code != 0
    assert "两遍" in said
    assert run("merge", home, out, "--password")[0] == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["packet", "LIB", "--to", "王芳", "-o", "x.anlan"], "--cases"),
        (["packet", "LIB", "--cases", "none", "--to", "王芳", "-o", "x.anlan"], "没有这个编号"),
        (["packet", "LIB", "--back", "none", "-o", "x.anlan"], "没有收到过"),
        (["merge", "LIB", "none.anlan"], "none.anlan"),
        (["merge", "LIB", "LIB", "--rule", "newest"], "规则"),
        (["merge", "LIB", "LIB", "--choices", "x.json"], "--apply"),
        (["unmerge", "LIB", "none"], "没有这次合并"),
    ],
)
def test_merging_refuses_in_words(run: Run, library: str, words: list[str], said: str) -> None:
    code, _, err = run(*(library if word == "LIB" else word for word in words))
    assert (code, said in err) == (2, True)


def test_a_comparison_as_a_word_document(run: Run, library: str, tmp_path: Path) -> None:
    import docx

    with closing(Library.open(Path(library))) as opened:
        ids = [row.id for row in opened.cases.rows([1, 2, 3])]
    target = tmp_path / "对比.docx"
    code, out, err = run("compare", *ids, "--docx", str(target), "--library", library)
    assert (code, out, err) == (0, "", "")
    document = docx.Document(str(target))
    heads = [cell.text for cell in document.tables[0].rows[0].cells]
    assert (heads[:2], heads[-1], len(heads)) == (["指标", "单位"], "可否相比", 6)
    assert document.sections[0].page_width > document.sections[0].page_height
    assert "各自的做法" in [p.text for p in document.paragraphs]
