"""Files of one's own, with Chinese headings, from a country that is not the sample's: every
command as a process of its own."""

import json
import os
import subprocess
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from tests.support.serving import CALLCYCLE

HERE = Path(__file__).parent / "liechtenstein"
TODAY = ("--today", "2026-11-27")
CUSTOMERS = 60


@pytest.fixture(scope="module")
def call(tmp_path_factory):
    """Call the command in a folder of its own; answers the finished process."""
    folder = tmp_path_factory.mktemp("liechtenstein")
    kept = {k: v for k, v in os.environ.items() if not k.startswith("CALLCYCLE_")}

    def run(*arguments: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            [*CALLCYCLE, *arguments],
            cwd=folder,
            env=kept | {"CALLCYCLE_LANG": "zh", "PYTHONUTF8": "1"},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    run.folder = folder
    return run


def write_sales(path: Path) -> None:
    """A few customers buy much, most little, and some nothing."""
    lines = ["客户编码,销售日期,金额"]
    for number in range(1, CUSTOMERS - 5):
        lines.append(f"LI{number:03d},2026-10-05,{90000 / number:.2f}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8-sig")


def test_from_own_files_to_a_checked_plan(call):
    write_sales(call.folder / "sales.csv")
    sources = {
        "reps": HERE / "reps.csv",
        "territories": HERE / "territories.csv",
        "customers": HERE / "customers.csv",
        "sales": call.folder / "sales.csv",
    }
    for kind, path in sources.items():
        done = call("import", str(path), "--kind", kind, *TODAY)
        assert done.returncode == 0, done.stdout + done.stderr
    done = call("grade", *TODAY)
    assert (done.returncode, done.stderr) == (0, "")
    done = call("territories")
    assert "列支敦士登" in done.stdout
    done = call("plan", *TODAY, "--work", "20")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "李晓明" in done.stdout
    assert "全部通过检查器" in done.stdout
    done = call("check")
    assert done.returncode == 0
    assert "FL1/2026-11-30/2026-12-27" in done.stdout
    assert "违规 0 处" in done.stdout
    done = call("export")
    assert done.returncode == 0, done.stderr
    document = json.loads((call.folder / "export" / "plan.json").read_text(encoding="utf-8"))
    (pair,) = document["problems"]
    days = {route["date"] for route in pair["plan"]["routes"]}
    assert days
    assert not days & {"2026-12-08", "2026-12-25"}  # public holidays of Liechtenstein
    assert {c["id"] for c in pair["problem"]["customers"]} <= {
        f"LI{number:03d}" for number in range(1, CUSTOMERS + 1)
    }
    book = CalamineWorkbook.from_path(str(call.folder / "export" / "visit-table.xlsx"))
    visits = book.get_sheet_by_name("拜访表").to_python()
    assert len(visits) - 1 == sum(len(route["stops"]) for route in pair["plan"]["routes"])
    done = call("check", "export/plan.json")
    assert done.returncode == 0
    done = call("map")
    assert done.returncode == 0, done.stderr
    assert "张地图" in done.stdout
    index = (call.folder / "maps-out" / "index.html").read_text(encoding="utf-8")
    assert "拜访周期" in index
    routes = (call.folder / "maps-out" / "routes.html").read_text(encoding="utf-8")
    assert "李晓明" in routes
    assert "Restaurant Rössle" in routes


def test_without_any_file_there_is_nothing_to_plan(call):
    done = call("plan", "--db", "sqlite:///empty.db", *TODAY)
    assert done.returncode == 3
    assert "请先导入" in done.stderr
