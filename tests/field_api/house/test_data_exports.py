"""Tables taken out of the house: asked for, approved by somebody else, marked, logged, expiring."""

import csv
from datetime import date, timedelta
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook
from sqlmodel import select

from crm.models import AuditEntry, Customer, CustomerFact, Territory, UnfitTime, User
from crm.vocabulary import Role, SourceLevel
from tests.field_api.world import API, NOW, REPORT, a_report, build

URL = f"{API}/exports"
WANTED = {"kind": "customers", "reason": "Review with the director"}


def ask(world, asker="malta", **changes):
    return world.client(asker).post(URL, json=WANTED | changes)


def decide(world, asker, approval_id, kind="approve"):
    return world.client(asker).post(
        f"{API}/approvals/{approval_id}/decisions", json={"kind": kind, "comment": "x"}
    )


def fetch(world, export, asker="malta", file_format="csv", **headers):
    url = f"{URL}/{export['id']}/file"
    return world.client(asker).get(url, params={"format": file_format}, headers=headers)


def approved(world, asker="malta", by="south", **changes):
    asked = ask(world, asker, **changes)
    assert asked.status_code == 202, asked.text
    export = asked.json()
    assert decide(world, by, export["approval_id"]).status_code == 200
    return export


def table(answer):
    assert answer.status_code == 200, answer.text
    note, headings, *rows = csv.reader(StringIO(answer.content.decode("utf-8-sig")))
    return note, headings, rows


def change(world, model, code_or_name, naming="code", **values):
    with world.database.writing() as session:
        row = session.exec(select(model).where(getattr(model, naming) == code_or_name)).one()
        for name, value in values.items():
            setattr(row, name, value)


def test_only_an_approved_export_is_fetched_and_only_by_who_asked(world):
    export = ask(world).json()
    assert (export["state"], export["expires_at"]) == ("waiting", None)
    waiting = fetch(world, export)
    assert (waiting.status_code, waiting.json()["code"]) == (409, "export_waiting")
    own = decide(world, "malta", export["approval_id"])
    assert (own.status_code, own.json()["code"]) == (403, "not_yours_to_decide")
    assert decide(world, "south", export["approval_id"]).status_code == 200
    for other in ("south", "general", "rep1"):
        assert fetch(world, export, other).status_code == 404
    assert fetch(world, export).status_code == 200
    (listed,) = world.client("malta").get(URL).json()["items"]
    assert (listed["state"], listed["fetched"]) == ("ready", 1)
    assert listed["expires_at"] == "2026-12-02T09:00:00Z"
    assert world.client("south").get(URL).json()["items"] == []


def test_even_the_general_manager_needs_a_second_person(world):
    export = ask(world, "general").json()
    assert decide(world, "general", export["approval_id"]).status_code == 403
    assert decide(world, "chairman", export["approval_id"]).status_code == 200
    assert fetch(world, export, "general").status_code == 200


@pytest.mark.parametrize(("kind", "code"), [("refuse", "export_refused")])
def test_a_refused_one_is_not_fetched(world, kind, code):
    export = ask(world).json()
    decide(world, "south", export["approval_id"], kind)
    assert fetch(world, export).json()["code"] == code


def test_a_withdrawn_one_is_not_fetched(world):
    export = ask(world).json()
    url = f"{API}/approvals/{export['approval_id']}/withdraw"
    assert world.client("malta").post(url, json={"reason": "x"}).status_code == 200
    assert fetch(world, export).json()["code"] == "export_withdrawn"
    assert world.client("malta").get(URL).json()["items"][0]["state"] == "withdrawn"


def test_it_expires(database):
    world = build(database, export_hours=2)
    export = approved(world)
    world.now = NOW + timedelta(hours=2) - timedelta(seconds=1)
    assert fetch(world, export).status_code == 200
    world.now = NOW + timedelta(hours=2)
    over = fetch(world, export)
    assert (over.status_code, over.json()["code"]) == (410, "export_expired")
    assert world.client("malta").get(URL).json()["items"][0]["state"] == "expired"


def test_each_copy_is_marked_and_logged(world):
    export = approved(world)
    note, headings, rows = table(fetch(world, export))
    taken = "taken out by Malta (malta) on Mon 30 Nov 2026 "
    assert note[0].startswith(f"# Export {export['id']}, {taken}")
    assert headings[-1] == "export / 导出"
    assert {row[-1] for row in rows} == {export["id"]}
    book = load_workbook(BytesIO(fetch(world, export, file_format="xlsx").content))
    sheet = book["customers"]
    assert sheet["A1"].value == note[0]
    assert note[0] in sheet.oddHeader.center.text
    assert note[0] in sheet.oddFooter.center.text
    assert sheet["A2"].value == "code / 客户编码"
    with world.database.reading() as session:
        entries = session.exec(select(AuditEntry).where(AuditEntry.action == "fetch")).all()
        told = [(e.actor, e.key, e.details["format"], e.details["rows"]) for e in entries]
    assert told == [("Malta", export["id"], "csv", 2), ("Malta", export["id"], "xlsx", 2)]


def test_the_file_has_a_name_and_is_kept_by_no_cache(world):
    answer = fetch(world, approved(world), file_format="xlsx")
    assert 'filename="customers-20261130-' in answer.headers["content-disposition"]
    assert answer.headers["cache-control"] == "no-store"


def test_what_is_seen_at_that_moment_counts(world):
    export = approved(world)
    assert [row[0] for row in table(fetch(world, export))[2]] == ["C1", "C2"]
    change(world, Territory, "T2", district_id=2)
    assert [row[0] for row in table(fetch(world, export))[2]] == ["C1"]
    change(world, User, "malta", "username", role=Role.REP, rep_id=1)
    assert fetch(world, export).status_code == 403


def test_a_customer_comes_back_as_it_went_out(world):
    change(world, Customer, "C1", opening_hours="Mo-Fr 08:00-18:00", name='=HYPERLINK("x")')
    with world.database.writing() as session:
        number = session.exec(select(Customer.id).where(Customer.code == "C1")).one()
        session.add(UnfitTime(customer_id=number, weekday=0, from_s=43200, to_s=46800))
        session.add(UnfitTime(customer_id=number, date=date(2026, 12, 24), from_s=0, to_s=86400))
    for file_format in ("csv", "xlsx"):
        content = fetch(world, approved(world), file_format=file_format).content
        answer = world.client("general").post(
            f"{API}/imports",
            params={"kind": "customers", "dry_run": True},
            files={"file": (f"c.{file_format}", content)},
        )
        told = answer.json()
        assert answer.status_code == 200, answer.text
        assert (told["unchanged"], told["rejected"], told["changed"]) == (2, [], 0)
        assert "export / 导出" in told["ignored_columns"]


def test_no_cell_is_a_formula_and_nothing_confidential_goes_out(world):
    change(world, Customer, "C1", name="@SUM(A1)", trade="<b>bar</b>", city="-1+1|cmd")
    with world.database.writing() as session:
        for customer in session.exec(select(Customer)):
            session.add(
                CustomerFact(
                    customer_id=customer.id,
                    topic="credit",
                    content="a secret",
                    source=SourceLevel.INSIDER,
                    confidential=True,
                    noted_on=date(2026, 11, 1),
                )
            )
    export = approved(world)
    answer = fetch(world, export)
    assert "secret" not in answer.text
    cells = [cell for row in table(answer)[2] for cell in row]
    assert not [cell for cell in cells if cell[:1] in "=@+" and cell[:1]]
    assert "'-1+1|cmd" in cells
    book = load_workbook(BytesIO(fetch(world, export, file_format="xlsx").content))
    types = {cell.data_type for row in book["customers"].iter_rows() for cell in row}
    assert "f" not in types


def test_reports_promises_and_plans(world):
    url = f"{API}/visit-reports/{REPORT}"
    assert world.client("rep1").put(url, json=a_report(promises=[])).status_code == 201
    expected = {
        "visit_reports": (str(REPORT), "R1"),
        "promises": ("P1", "C1"),
        "plans": ("R1", "Rep R1"),
    }
    for kind, first_cells in expected.items():
        _, headings, rows = table(fetch(world, approved(world, kind=kind)))
        assert len(headings) == len(rows[0])
        assert tuple(rows[0][:2]) == first_cells
        content = fetch(world, approved(world, kind=kind), file_format="xlsx").content
        assert load_workbook(BytesIO(content))[kind].max_row == len(rows) + 2


def test_filters_narrow(world):
    by_rep = approved(world, filters={"rep_code": "R2"})
    assert [row[0] for row in table(fetch(world, by_rep))[2]] == ["C2"]
    by_territory = approved(world, filters={"territory_code": "T1"})
    assert [row[0] for row in table(fetch(world, by_territory))[2]] == ["C1"]
    days = {"first_day": "2026-12-02", "last_day": "2026-12-31"}
    late = approved(world, kind="promises", filters=days)
    assert table(fetch(world, late))[2] == []
    for kind in ("visit_reports", "plans", "promises"):
        narrow = approved(world, kind=kind, filters={"rep_code": "R1", "last_day": "2026-12-01"})
        assert all("R2" not in row for row in table(fetch(world, narrow))[2])


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"filters": {"rep_code": "R3"}}, 404),
        ({"filters": {"territory_code": "T3"}}, 404),
        ({"filters": {"first_day": "2026-01-01"}}, 422),
        ({"kind": "promises", "filters": {"territory_code": "T1"}}, 422),
        (
            {
                "kind": "plans",
                "filters": {"first_day": "2026-12-02", "last_day": "2026-12-01"},
            },
            422,
        ),
        ({"kind": "sales"}, 422),
        ({"reason": " "}, 422),
    ],
)
def test_what_cannot_be_asked_for(world, changes, status):
    assert ask(world, **changes).status_code == status


def test_the_information_admin_takes_out_customers_only(world):
    assert ask(world, "info", kind="plans").status_code == 403
    export = approved(world, "info", by="general")
    assert [row[0] for row in table(fetch(world, export, "info"))[2]] == ["C1", "C2", "C3"]


def test_more_rows_than_a_file_holds(world, monkeypatch):
    monkeypatch.setattr("field_api.services.data_exports.asking.MOST_ROWS", 1)
    answer = ask(world)
    assert (answer.status_code, answer.json()["errors"][0]["path"]) == (422, "body.filters")


def test_lists_in_parts(world):
    for hour in range(3):
        world.now = NOW + timedelta(minutes=hour)
        ask(world)
    client = world.client("malta")
    first = client.get(URL, params={"limit": 2}).json()
    rest = client.get(URL, params={"limit": 2, "cursor": first["next_cursor"]}).json()
    assert len({item["id"] for item in first["items"] + rest["items"]}) == 3
    assert client.get(URL, params={"cursor": "x"}).status_code == 422
