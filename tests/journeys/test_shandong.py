"""The Chinese sample, cut to two reps: GBK files as a spreadsheet saves them again, and nothing but
Chinese on what comes out."""

import csv
import json
import re
from contextlib import chdir
from io import StringIO

import pytest
from python_calamine import CalamineWorkbook
from typer.testing import CliRunner

from crm.vocabulary import ImportKind as K
from field_api.cli.main import app
from field_api.cli.options import close_opened
from field_api.sample import SHANDONG
from tests.support.pages import browser, page

__all__ = ["browser", "page"]

pytestmark = pytest.mark.slow

REPS, TERRITORIES = ("Y03", "Y06"), ("Q03", "Q06")
CITIES = ("泰安市", "泰安市肥城", "青岛市", "青岛市即墨")
EACH = 12  # customers, and those with a commitment
TODAY = ("--today", SHANDONG.today.isoformat())
# What may be read in Latin letters: names of files and commands, codes, whom to credit.
FOREIGN = re.compile(
    r"\b[\w/.-]+\.(csv|geojson|xlsx|json|html)\b|`callcycle[^`]*`|\w*_\w+|PE|GCJ-02|WGS-84"
    r"|Natural Earth|GeoNames|CC BY|SD\d{4}(@[\w:-]+)?|[YQ]\d\d|CN\d{3}|YY\d{3}|booked|promised"
)
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
ENGLISH = re.compile(r"[A-Za-z]{2,}")


def in_english(text: str) -> list[str]:
    return ENGLISH.findall(FOREIGN.sub("", text))


def rows_of(kind: K) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(SHANDONG.file(kind).read_bytes().decode("gbk"))))


@pytest.fixture(scope="module")
def call(tmp_path_factory):
    """Call the command in a folder of its own, in Chinese; answers what it said."""
    folder = tmp_path_factory.mktemp("shandong")

    def run(*arguments: str) -> str:
        with chdir(folder):
            done = CliRunner().invoke(app, arguments, env={"CALLCYCLE_LANG": "zh"})
            close_opened()
        assert done.exit_code == 0, done.output
        assert done.stderr == ""
        return done.stdout

    run.folder = folder
    return run


@pytest.fixture(scope="module")
def said(call):
    """What the whole way said, from the files to the maps."""
    cut(call.folder)
    told = [
        call("import", file.path.name, "--kind", file.kind.value, *TODAY) for file in SHANDONG.files
    ]
    told += [call("grade", *TODAY), call("territories")]
    told.append(call("plan", "--work", "20", *TODAY))
    told.append(call("check", *TODAY))
    told.append(call("map", "--out", "maps", *TODAY))
    told.append(call("export", "--out", "out", *TODAY))
    return "\n".join(told)


def cut(folder) -> None:
    """The files of two reps, each saved as another program would."""
    document = json.loads(SHANDONG.file(K.TERRITORIES).read_text("utf-8"))
    document["features"] = [
        one for one in document["features"] if one["properties"]["区域编码"] in TERRITORIES
    ]
    text = json.dumps(document, ensure_ascii=False)
    (folder / "territories.geojson").write_text(text, "utf-8")
    committed = {row["客户编码"] for kind in (K.APPOINTMENTS, K.PROMISES) for row in rows_of(kind)}
    left = dict.fromkeys(CITIES, EACH)
    customers = []
    for row in rows_of(K.CUSTOMERS):
        if left.get(row["城市"], 0) > 0 or (row["城市"] in left and row["客户编码"] in committed):
            left[row["城市"]] -= 1
            customers.append(row)
    codes = {row["客户编码"] for row in customers}
    for row in customers:
        row["坐标系"] = "火星坐标"  # another word for the same
        row["拜访时长"] = row["拜访时长"].translate(
            str.maketrans("0123456789", "０１２３４５６７８９")
        )
    saved(folder / "customers.csv", customers, "gb18030", delimiter=";")
    saved(folder / "reps.csv", [r for r in rows_of(K.REPS) if r["人员编码"] in REPS], "gbk")
    sales = [row for row in rows_of(K.SALES) if row["客户编码"] in codes]
    for row in sales:
        year, month, day = row["销售日期"].split("-")
        row["销售日期"] = f"{year}/{int(month)}/{int(day)}"
        row["金额"] = f"{int(row['金额'][:-3]):,}.00"
    saved(folder / "sales.csv", sales, "gbk", delimiter="\t", ends="\r\n")
    saved(folder / "population.csv", rows_of(K.POPULATION), "gb18030")
    for kind, encoding in ((K.VISITS, "gbk"), (K.APPOINTMENTS, "utf-8-sig"), (K.PROMISES, "gbk")):
        kept = [row for row in rows_of(kind) if row["客户编码"] in codes]
        saved(folder / SHANDONG.file(kind).name, kept, encoding)


def saved(path, rows, encoding, *, delimiter=",", ends="\n") -> None:
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=delimiter, lineterminator=ends)
        writer.writeheader()
        writer.writerows(rows)


def test_every_file_is_taken_whatever_saved_it(said):
    assert said.count("拒绝 0") == len(SHANDONG.files)
    assert "拒绝 1" not in said
    assert "坐标系" not in said  # stated, so nothing is asked


def test_the_plan_holds_and_the_checker_agrees(said):
    assert "全部通过检查器" in said
    assert said.count("违规 0 处") == len(REPS)
    shares = [
        float(share) for share in re.findall(r"^Y\d\d .* ([\d.]+) % .* 小时", said, re.MULTILINE)
    ]
    assert len(shares) == len(REPS)
    assert min(shares) > 90


def test_the_console_speaks_chinese(said):
    assert in_english(said) == []


def test_the_visit_table_speaks_chinese(said, call):
    book = CalamineWorkbook.from_path(call.folder / "out" / "visit-table.xlsx")
    assert book.sheet_names == ["拜访表", "应访未排", "营销人员汇总"]
    headings, first, *more = book.get_sheet_by_name("拜访表").to_python()
    assert headings[:3] == ["营销人员", "营销人员姓名", "日期"]
    assert more
    for name in book.sheet_names:
        for row in book.get_sheet_by_name(name).to_python():
            assert in_english(" ".join(map(str, row))) == [], row
    assert str(first[11]).startswith(("泰安市", "青岛市"))  # from the city down to the house


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 360])
def test_the_maps_speak_chinese(said, call, page, width):
    page.set_viewport_size({"width": width, "height": 740})
    pages = sorted((call.folder / "maps").glob("*.html"))
    assert len(pages) == 5 + len(REPS)
    for path in pages:
        page.goto(path.as_uri())
        assert page.locator("html").get_attribute("lang") == "zh-CN"
        assert in_english(page.locator("body").inner_text()) == [], path.name
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.title()
        assert in_english(page.title()) == []


@pytest.mark.browser
def test_the_ground_is_shandong(said, call, page):
    page.goto((call.folder / "maps" / "territories.html").as_uri())
    assert page.locator("path.land").count() >= 1
    assert {"泰安", "青岛"} <= set(page.locator(".place span").all_inner_texts())
    assert "公里" in page.locator(".leaflet-control-scale").inner_text()
