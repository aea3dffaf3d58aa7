"""Files made to harm who reads them: a clear word for each, and the service lives on."""

import json

import pytest
from sqlmodel import select

from crm.models import ImportDraft
from tests.field_api.imports import hostile_workbooks as hostile

DAMAGED, TOO_LARGE = "no workbook that can be opened", "too large to be read once it is unpacked"
LARGEST_PAGE_BYTES = 300_000
ENCRYPTED = (
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500 + "EncryptedPackage".encode("utf-16-le")
)


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("stray.xlsx", hostile.one_stray_cell, TOO_LARGE),
        ("entities.xlsx", hostile.entities, DAMAGED),
        ("empty.xlsx", lambda: hostile.empty_rows(100_000), "has headings and no rows"),
        ("unpacks.xlsx", hostile.unpacks_to_much, DAMAGED),
        ("locked.xlsx", lambda: ENCRYPTED, DAMAGED),
        ("old.xls", lambda: ENCRYPTED[:40], DAMAGED),
        ("marks.csv", lambda: b'code,name\n"' + b"x" * 10_000_000, "quotation mark"),
        ("page.xlsx", lambda: b"<html><table><tr><td>code</td></tr></table>", "no rows"),
    ],
    ids=lambda value: value if isinstance(value, str) and "." in value else "",
)
def test_it_is_refused_with_what_to_do_and_nothing_is_kept(world, name, content, said):
    files = {"file": (name, content()), "kind": (None, "customers")}
    client = world.client("general")
    answer = client.post("/desk/imports", files=files, headers={"accept-language": "en"})
    assert answer.status_code == 422, answer.text
    assert said in answer.json()["detail"]
    assert name in answer.json()["detail"]
    with world.database.reading() as session:
        assert session.exec(select(ImportDraft)).all() == []
    assert client.get("/desk/imports").status_code == 200


@pytest.mark.one_database
def test_a_cell_of_megabytes_makes_no_page_of_megabytes(world):
    content = b"code,name,lat,lon\nN1,A,35.9,14.5\nN2," + b"x" * 10_000_000 + b",35.9,14.5\n"
    client = world.client("general")
    files = {"file": ("line.csv", content), "kind": (None, "customers")}
    answer = client.post("/desk/imports", files=files)
    assert answer.status_code == 204, answer.text
    page = client.get(json.loads(answer.headers["hx-trigger"])["notice"]["to"])
    assert page.status_code == 200
    assert len(page.content) < LARGEST_PAGE_BYTES
