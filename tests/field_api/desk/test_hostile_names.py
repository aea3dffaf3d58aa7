"""A customer, a rep and a promise with a hostile name: in no page, map, spreadsheet, print or feed
is it more than a text."""

import csv
import re
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook
from sqlmodel import select

from crm.models import Customer, Promise, Rep
from tests.field_api.world import API, REPORT, a_report

SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>"
HOSTILE = (
    f'"\'>{SCRIPT}',
    "`${alert(1)}` \\u003cscript\\u003e </script>{{7*7}}{% raw %} {0} %s",
    "=cmd|' /C calc'!A0",
    "＝HYPERLINK(\"http://evil.example\")",
    "@SUM(1)\t\x01\x0b\x1f",
    "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:forged",
    "\u202egnp.exe\u2066 \u200f مرحبا 😀👩‍👩‍👧 \ufffe",
    "长" * 200,
)  # fmt: skip
PAGES = (
    "/desk",
    "/desk/today",
    "/desk/customers?rep=R1",
    "/desk/customers/C1",
    "/desk/plans",
    "/desk/plans/R1",
    "/desk/plans/R1/hand-over",
    "/desk/promises/P1",
    f"/desk/reports/{REPORT}",
    "/desk/coverage",
    "/desk/analysis",
    "/desk/territories",
    "/desk/administration/audit",
    "/desk/administration/calendars?country=MT",
)
MAPS = (
    "/desk/today/map",
    "/desk/customers/all/map",
    "/desk/customers/C1/place",
    "/desk/coverage/map",
    "/desk/territories/map",
    "/desk/territories/history/map",
    f"/desk/reports/{REPORT}/map",
)
LISTS = (
    "/desk?form=",
    "/desk/today?form=",
    "/desk/plans/R1/visit-table?form=",
    "/desk/promises/download?form=",
    "/desk/reports/download?form=",
    "/desk/coverage?form=",
    "/desk/coverage/overdue?form=",
    "/desk/analysis?form=",
    "/desk/analysis/sales?form=",
    "/desk/administration/audit/download?form=",
    "/desk/decisions/download?form=",
)
FORMULA = re.compile(r"\s*[=@＝＋－＠]|[+-](?![\d.]+$)")
LONGEST_LINE_BYTES = 75  # of a calendar, without its end


@pytest.fixture(params=range(len(HOSTILE)))
def named(world, request):
    """The world, with what is R1's named so, and the name."""
    name = HOSTILE[request.param]
    with world.database.writing() as session:
        customer = session.exec(select(Customer).where(Customer.code == "C1")).one()
        customer.name = customer.street = customer.city = customer.trade = name[:100]
        customer.contact_name = name[:100]
        session.exec(select(Rep).where(Rep.code == "R1")).one().name = name
        session.exec(select(Promise).where(Promise.code == "P1")).one().what = name
    body = a_report(notes=name.replace("\x01", "")) | {"promises": []}
    assert world.client("rep1").put(f"{API}/visit-reports/{REPORT}", json=body).status_code == 201
    return world, name


@pytest.mark.one_database
def test_wherever_it_is_shown_or_leaves_the_house_it_is_a_text(named):
    world, _ = named
    client = world.client("malta")
    for path in (*PAGES, *MAPS):
        answer = client.get(path, headers={"accept": "text/html"})
        assert answer.status_code == 200, (path, answer.text)
        never = ("<script>alert", "<img src=x", "</script>{{")
        assert not [one for one in never if one in answer.text], path
    for path in LISTS:
        taken = client.get(f"{path}xlsx")
        assert taken.status_code == 200, (path, taken.text)
        for sheet in load_workbook(BytesIO(taken.content)):
            for cell in (cell for row in sheet.iter_rows() for cell in row):
                assert cell.data_type != "f", (path, cell.value)
        if "visit-table" in path:
            printed = client.get(f"{path}pdf")
            assert (printed.status_code, printed.content[:5]) == (200, b"%PDF-"), path
            continue
        taken = client.get(f"{path}csv")
        assert taken.status_code == 200, path
        for line in csv.reader(StringIO(taken.content.decode("utf-8-sig"), newline="")):
            assert not [cell for cell in line if FORMULA.match(cell)], (path, line)
        assert "evil" not in taken.headers["content-disposition"]


@pytest.mark.one_database
def test_a_calendar_holds_no_line_of_another(named):
    world, _ = named
    rep = world.client("rep1")
    feed = rep.get(rep.post(f"{API}/my/calendar-feed").json()["url"])
    assert feed.status_code == 200
    lines = feed.content.decode().split("\r\n")
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == 1
    assert not [line for line in lines if line.startswith("SUMMARY:forged")]
    assert max(len(line.encode()) for line in lines) <= LONGEST_LINE_BYTES
    assert not re.search(r"[\x00-\x09\x0b\x0c\x0e-\x1f]", feed.text)
