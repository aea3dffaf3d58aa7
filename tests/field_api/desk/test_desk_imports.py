"""Imports on the desk: another company's layout is mapped once, rows are mended in place, nothing
is imported before it is asked for, and leaving in the middle loses nothing."""

import json
import re
from datetime import timedelta
from io import BytesIO

import pytest
from openpyxl import Workbook
from sqlmodel import select

from crm.models import AuditEntry, Customer, ImportBatch, ImportDraft, ImportLayout
from field_api.services.house.housekeeping import BEGUN_IMPORTS, tidy
from tests.field_api.world import NOW

HOME = "/desk/imports"
# 客户 file of another company: a title above, its own headings, GCJ-02 unsaid, a wrong latitude
ELSEWHERE = [
    ["客户信息表", None, None, None, None, None],
    ["门店编号", "门店名称", "详细地址", "联系电话", "X", "Y"],
    ["M001", "解放路便利店", "解放路1号", "0531-8000 0001", 117.0009, 36.6758],
    ["M002", "泉城超市", "泉城路2号", "0531-8000 0002", 117.0200, 36.6700],
    ["M003", "大明湖小卖部", "大明湖路3号", "0531-8000 0003", 117.0300, "36.68.1"],
]
MAPPED = {"column-0": "code", "column-1": "name", "column-2": "street",
          "column-3": "contact_phone", "column-4": "lon", "column-5": "lat"}  # fmt: skip


def a_workbook(rows) -> bytes:
    workbook = Workbook()
    for row in rows:
        workbook.active.append(row)
    content = BytesIO()
    workbook.save(content)
    return content.getvalue()


def form(**fields):
    """As a browser sends a form of texts."""
    return {name.replace("__", "-"): (None, str(value)) for name, value in fields.items()}


def told(answer) -> dict:
    return json.loads(answer.headers["hx-trigger"])["notice"]


def begin(client, content, name="客户.xlsx", kind="customers"):
    answer = client.post(HOME, files={"file": (name, content), "kind": (None, kind)})
    assert answer.status_code == 204, answer.text
    return told(answer)["to"]


def version_on(client, page) -> str:
    return re.search(r'name="version" value="(\d+)"', client.get(page).text)[1]


def send(client, page, step, **fields):
    files = form(version=version_on(client, page)) | {
        name: (None, str(value)) for name, value in fields.items()
    }
    return client.post(f"{page}/{step}", files=files)


def codes(world):
    with world.database.reading() as session:
        return sorted(session.exec(select(Customer.code)))


def a_row(world, model):
    with world.database.reading() as session:
        return session.exec(select(model)).one()


def test_another_companys_layout_from_upload_to_undo(world):
    client = world.client("general")
    page = begin(client, a_workbook(ELSEWHERE))
    # the columns are guessed by what other companies call them, with samples beside
    shown = client.get(page).text
    for heading, field in [("门店编号", "code"), ("门店名称", "name"), ("X", "lon")]:
        assert heading in shown
        assert f'<option value="{field}" selected>' in shown
    assert "解放路便利店" in shown
    # which is which; the bad latitude is named, nothing is imported
    assert send(client, page, "columns", **MAPPED, system="GCJ-02").status_code == 204
    shown = client.get(page).text
    assert "36.68.1" in shown
    assert "is no number. </span>" in shown
    assert codes(world) == ["C1", "C2", "C3"]
    refused = send(client, page, "take")
    assert (refused.status_code, refused.json()["code"]) == (422, "rows_refused")
    # mended in place, checked again, looked at on the map
    assert send(client, page, "rows", **{"cell-5-5": "36.6801"}).status_code == 204
    assert "is no number" not in client.get(page).text
    assert "M003" in client.get(f"{page}/map").text
    # taken in, converted, remembered, and taken back
    assert "3 new" in told(send(client, page, "take"))["text"]
    assert codes(world) == ["C1", "C2", "C3", "M001", "M002", "M003"]
    with world.database.reading() as session:
        one = session.exec(select(Customer).where(Customer.code == "M003")).one()
    assert (one.source_lat, one.source_system.value) == (36.6801, "GCJ-02")
    assert abs(one.lat - one.source_lat) > 0.0001
    done = client.get(page).text
    assert "/desk/customers/M003" in done
    number = a_row(world, ImportBatch).id
    assert client.post(f"{HOME}/done/{number}/undo").status_code == 204
    assert codes(world) == ["C1", "C2", "C3"]


def test_a_layout_is_remembered_for_the_next_file_of_it(world):
    client = world.client("general")
    fixed = [*ELSEWHERE[:-1], [*ELSEWHERE[-1][:-1], 36.6801]]
    page = begin(client, a_workbook(fixed))
    send(client, page, "columns", **(MAPPED | {"column-2": ""}), system="BD-09")
    send(client, page, "take")
    assert a_row(world, ImportLayout).system == "BD-09"
    moved = [[row[n] for n in (5, 0, 1, 2, 3, 4)] for row in fixed[1:]]  # another order of columns
    page = begin(client, a_workbook(moved))
    shown = client.get(page).text
    assert 'name="column-0"' not in shown.split("system-asked")[0]  # nothing is asked again
    assert "Everything in this file is known already" in shown
    with world.database.reading() as session:
        newest = session.exec(select(ImportDraft).where(ImportDraft.taken_at.is_(None))).one()
    assert newest.columns["lat"] == 0
    assert "street" not in newest.columns


def test_a_file_with_our_headings_is_checked_at_once_and_shows_each_changed_field(world):
    client = world.client("general")
    content = (
        "code,name,lat,lon\nC1,Another name,35.9,14.5\nN1,<script>alert(1)</script>,35.9,14.5\n"
    )
    shown = client.get(begin(client, content, "ours.csv")).text
    assert "Another name" in shown
    assert "Customer C1" in shown or "was" in shown
    assert "<script>alert(1)</script>" not in shown
    assert "&lt;script&gt;alert(1)" in shown


def test_a_begun_import_is_listed_resumed_dropped_and_forgotten_in_time(world):
    client = world.client("general")
    page = begin(client, a_workbook(ELSEWHERE))
    assert page in world.client("chairman").get(HOME).text
    assert client.post(f"{page}/drop").status_code == 204
    assert client.get(page).status_code == 404
    page = begin(client, a_workbook(ELSEWHERE))
    with world.database.writing() as session:
        tidy(session, world.settings, now=NOW + BEGUN_IMPORTS - timedelta(days=1))
    assert client.get(page).status_code == 200
    with world.database.writing() as session:
        tidy(session, world.settings, now=NOW + BEGUN_IMPORTS + timedelta(days=1))
    assert client.get(page).status_code == 404


def test_two_windows_do_not_overwrite_each_other_and_nothing_is_imported_twice(world):
    one, other = world.client("general"), world.client("chairman")
    page = begin(one, "code,name,lat,lon\nN1,New,35.9,14.5\nN2,Bad,x,14.5\n", "new.csv")
    seen = version_on(other, page)
    assert send(one, page, "rows", **{"cell-3-2": "35.91"}).status_code == 204
    late = other.post(f"{page}/rows", files=form(version=seen, **{"cell__3__2": "35.99"}))
    assert (late.status_code, late.json()["code"]) == (409, "import_draft_changed")
    seen = version_on(other, page)
    assert send(one, page, "take").status_code == 204
    again = other.post(f"{page}/take", files=form(version=seen))
    assert (again.status_code, again.json()["code"]) == (409, "import_draft_taken")
    with world.database.reading() as session:
        assert len(session.exec(select(ImportBatch)).all()) == 1


def test_rows_are_left_out_and_taken_in_again(world):
    client = world.client("general")
    content = "code,name,lat,lon\nN1,New,35.9,14.5\nN2,Bad,x,14.5\nN3,Bad,y,14.5\n"
    page = begin(client, content, "new.csv")
    assert send(client, page, "rows", all_bad=1).status_code == 204
    assert a_row(world, ImportDraft).left_out == [3, 4]
    assert send(client, page, "rows", **{"back-4": 1}).status_code == 204
    assert a_row(world, ImportDraft).left_out == [3]
    assert send(client, page, "rows", **{"out-4": 1}).status_code == 204
    assert send(client, page, "take").status_code == 204
    assert codes(world) == ["C1", "C2", "C3", "N1"]


def test_a_row_of_the_wrong_length_is_written_anew_as_a_whole(world):
    client = world.client("general")
    page = begin(client, "code,name,lat,lon\nN1,Bar, Café and more,35.9,14.5\n", "new.csv")
    shown = client.get(page).text
    assert 'name="cell-2-0"' in shown
    mended = {"cell-2-0": "N1", "cell-2-1": "Bar, Café", "cell-2-2": "35.9", "cell-2-3": "14.5"}
    assert send(client, page, "rows", **mended).status_code == 204
    assert send(client, page, "take").status_code == 204
    assert "N1" in codes(world)


FORMULAS = a_workbook([["code", "name", "lat", "lon"], ["N1", "=A1&B1", 35.9, 14.5]])


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.csv", b"  \n", "is empty"),
        ("picture.png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "neither UTF-8 nor GBK"),
        ("broken.xlsx", b"PK\x03\x04 no workbook", "no workbook that can be opened"),
        ("headings.csv", b"code,name,lat,lon\n", "has headings and no rows"),
        ("formulas.xlsx", FORMULAS, "cells B2 of sheet Sheet hold formulas"),
    ],
)
def test_what_is_no_table_is_refused_with_what_to_do(world, name, content, said):
    files = {"file": (name, content), "kind": (None, "customers")}
    answer = world.client("general").post(HOME, files=files)
    assert answer.status_code == 422
    assert said in answer.json()["detail"]
    with world.database.reading() as session:
        assert session.exec(select(ImportDraft)).all() == []


def test_a_formula_in_a_csv_is_a_row_to_mend(world):
    client = world.client("general")
    page = begin(client, "code,name,lat,lon\nN1,=1+1,35.9,14.5\nN2,#REF!,35.9,14.5\n", "new.csv")
    shown = client.get(page).text
    assert "is a formula, not a value" in shown
    assert "is an error of the spreadsheet program" in shown


def test_who_may_not_import_sees_why_and_who_may(world):
    shown = world.client("malta").get(HOME).text
    assert "Files are imported by the general manager" in shown
    assert "General" in shown
    assert 'type="file"' not in shown
    info = world.client("info").get(HOME).text
    assert 'value="customers"' in info
    assert 'value="reps"' not in info


@pytest.mark.parametrize(
    "fields",
    [
        {"column-0": "code", "column-1": "code"},
        {"column-0": "name"},
        {"column-9999": "code"},
        {"column-99999999999999999999": "code"},
        {"column-x": "code"},
        {"column-0": "no such field"},
        MAPPED | {"system": "MARS-1"},
    ],
)
def test_columns_that_make_no_sense_are_refused(world, fields):
    client = world.client("general")
    page = begin(client, a_workbook(ELSEWHERE))
    assert send(client, page, "columns", **fields).status_code == 422
    assert a_row(world, ImportDraft).columns is None


def test_begin_drop_and_import_stand_in_the_audit_trail(world):
    client = world.client("general")
    client.post(begin(client, a_workbook(ELSEWHERE)) + "/drop")
    page = begin(client, "code,name,lat,lon\nN1,New,35.9,14.5\n", "new.csv")
    send(client, page, "take")
    with world.database.reading() as session:
        told_of = session.exec(select(AuditEntry).order_by(AuditEntry.id)).all()
    told_of = [(e.action, e.noun) for e in told_of if e.noun.startswith("import")]
    assert told_of == [
        ("begin", "import_draft"),
        ("drop", "import_draft"),
        ("begin", "import_draft"),
        ("import", "import"),
    ]
