"""One change of many customers: previewed, made, asked for, taken back."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from crm.models import Approval, AuditEntry, BulkChange, Customer, FieldChange, Territory
from crm.vocabulary import ApprovalState, CustomerStatus
from tests.builders import a_customer
from tests.field_api.world import API
from tests.support.desk_pages import statements

CHANGES = "/desk/customers/all/changes"


@pytest.fixture
def many(world):
    """Twelve customers of rep1's."""
    with world.database.writing() as session:
        territory = session.exec(select(Territory).where(Territory.code == "T1")).one()
        for n in range(12):
            row = a_customer(
                f"A{n:02}", territory_id=territory.id, channel="bar" if n else "retail"
            )
            session.add(row)
    return [f"A{n:02}" for n in range(12)]


def previewed(client, **form):
    answer = client.post(CHANGES, data=form)
    assert answer.status_code == 204, answer.text
    return answer.headers["hx-trigger"].split(CHANGES + "/")[1].split('"')[0]


def values(world, field):
    with world.database.reading() as session:
        rows = session.exec(select(Customer).order_by(col(Customer.code))).all()
        return {row.code: getattr(row, field) for row in rows}


def test_nothing_changes_before_it_is_seen_and_all_of_it_after(world, many):
    client = world.client("malta")
    number = previewed(client, kind="channel", value="retail", everything="true", filters="q=A")
    assert set(values(world, "channel").values()) == {"", "bar", "retail"}
    page = client.get(f"{CHANGES}/{number}").text
    assert "Change 11 customers" in page
    assert "is so already" in page
    assert client.post(f"{CHANGES}/{number}/apply").status_code == 204
    after = values(world, "channel")
    assert {after[code] for code in many} == {"retail"}
    assert after["C1"] == after["C3"] == ""
    with world.database.reading() as session:
        entry = session.exec(select(AuditEntry).where(AuditEntry.action == "bulk_change")).one()
        noted = session.exec(select(FieldChange).where(FieldChange.entry_id == entry.id)).all()
    assert entry.actor == "Malta"
    assert [(one.field, one.before, one.after) for one in noted] == [
        ("channel", "bar", "retail")
    ] * 11
    assert client.post(f"{CHANGES}/{number}/apply").status_code == 409


def test_who_was_changed_since_the_preview_is_left_out_and_told(world, many):
    client = world.client("malta")
    number = previewed(client, kind="trade", value="café", code=many)
    other = world.client("south")
    path = f"{API}/customers/A03"
    etag = other.get(path).headers["etag"]
    other.patch(path, json={"city": "x"}, headers={"If-Match": etag})
    client.post(f"{CHANGES}/{number}/apply")
    trades = values(world, "trade")
    assert trades["A03"] == ""
    assert [code for code in many if trades[code] == "café"] == [c for c in many if c != "A03"]
    assert "was changed by somebody meanwhile" in client.get(f"{CHANGES}/{number}").text


def test_it_is_undone_where_nothing_changed_since(world, many):
    client = world.client("malta")
    number = previewed(client, kind="channel", value="x", code=many)
    client.post(f"{CHANGES}/{number}/apply")
    path = f"{API}/customers/A05"
    client.patch(path, json={"channel": "mine"}, headers={"If-Match": "*"})
    answer = client.post(f"{CHANGES}/{number}/undo")
    assert "Taken back for 11 customers; 1 were changed since" in answer.headers["hx-trigger"]
    after = values(world, "channel")
    assert after["A00"] == "retail"
    assert after["A05"] == "mine"
    assert {after[code] for code in many[1:] if code != "A05"} == {"bar"}
    assert client.post(f"{CHANGES}/{number}/undo").status_code == 409


def test_only_the_last_is_undone(world, many):
    client = world.client("malta")
    first = previewed(client, kind="channel", value="x", code=many)
    client.post(f"{CHANGES}/{first}/apply")
    world.now += timedelta(minutes=1)
    second = previewed(client, kind="trade", value="y", code=many)
    client.post(f"{CHANGES}/{second}/apply")
    assert client.post(f"{CHANGES}/{first}/undo").status_code == 409
    assert client.post(f"{CHANGES}/{second}/undo").status_code == 204


def test_a_frequency_is_asked_for_and_withdrawn(world, many):
    with world.database.writing() as session:
        session.exec(select(Customer).where(Customer.code == "A01")).one().interval_days = 9
    client = world.client("malta")
    form = {"kind": "frequency", "value": "14", "reason": "season"}
    number = previewed(client, code=many, **form)
    assert "has a frequency of its own" in client.get(f"{CHANGES}/{number}").text
    client.post(f"{CHANGES}/{number}/apply")
    assert set(values(world, "interval_days").values()) == {None, 9}
    with world.database.reading() as session:
        approval = session.exec(select(Approval)).one()
    assert len(approval.payload["intervals"]) == 11
    assert client.post(f"{CHANGES}/{number}/undo").status_code == 204
    with world.database.reading() as session:
        assert session.exec(select(Approval)).one().state is ApprovalState.WITHDRAWN


def test_whole_territories_pass_to_another_rep(world):
    client = world.client("malta")
    form = {"kind": "rep", "value": "R2", "reason": "R1 moves"}
    number = previewed(client, code=["C1", "C2"], **form)
    page = client.get(f"{CHANGES}/{number}").text
    assert "Territory T1" in page
    assert client.post(f"{CHANGES}/{number}/apply").status_code == 204
    with world.database.reading() as session:
        approval = session.exec(select(Approval)).one()
        assert session.exec(select(Territory.rep_id).where(Territory.code == "T1")).one() == 1
    assert [one["code"] for one in approval.payload["territories"]] == ["T1"]


def test_a_rep_of_another_district_takes_nobody_over(world):
    number = previewed(
        world.client("general"), kind="rep", value="R3", reason="x", code=["C1", "C3"]
    )
    page = world.client("general").get(f"{CHANGES}/{number}").text
    assert "lies in another district than the rep" in page
    assert world.client("general").post(f"{CHANGES}/{number}/apply").status_code == 409


def test_a_standing_is_for_its_roles_to_change(world, many):
    with world.database.writing() as session:
        rows = session.exec(select(Customer).where(col(Customer.code).in_(many))).all()
        rows[0].status, rows[1].status = CustomerStatus.BLACKLISTED, CustomerStatus.STRUCK_OUT
    form = {"kind": "status", "value": "active", "reason": "x", "code": many[:3]}
    number = previewed(world.client("malta"), **form)
    page = world.client("malta").get(f"{CHANGES}/{number}").text
    assert "Change 1 customers" in page
    assert "is for others to decide" in page


@pytest.mark.parametrize(
    "form",
    [
        {"kind": "channel", "value": "", "code": ["C1"]},
        {"kind": "channel", "value": "x" * 101, "code": ["C1"]},
        {"kind": "channel", "value": "x"},
        {"kind": "channel", "value": "x", "code": ["C3"]},
        {"kind": "status", "value": "blacklisted", "reason": "x", "code": ["C1"]},
        {"kind": "status", "value": "prospect", "code": ["C1"]},
        {"kind": "frequency", "value": "0", "reason": "x", "code": ["C1"]},
        {"kind": "frequency", "value": "٣", "reason": "x", "code": ["C1"]},
        {"kind": "frequency", "value": "9" * 50, "reason": "x", "code": ["C1"]},
        {"kind": "nothing", "value": "x", "code": ["C1"]},
        {"kind": "trade", "value": "x", "everything": "true", "filters": "grade=Z"},
    ],
)
def test_what_makes_no_sense_is_refused(world, form):
    assert world.client("malta").post(CHANGES, data=form).status_code == 422
    with world.database.reading() as session:
        assert session.exec(select(BulkChange)).all() == []


def test_another_rep_that_nobody_knows(world):
    form = {"kind": "rep", "value": "R9", "reason": "x", "code": ["C1"]}
    assert world.client("malta").post(CHANGES, data=form).status_code == 404


def test_more_than_fit_are_refused_with_the_remedy(world, many, monkeypatch):
    monkeypatch.setattr("field_api.services.customers.bulk_changes.MOST_AT_ONCE", 5)
    form = {"kind": "trade", "value": "x", "everything": "true"}
    answer = world.client("malta").post(CHANGES, data=form)
    assert answer.status_code == 422
    assert "narrow the filters" in answer.json()["detail"]


def test_the_number_of_queries_does_not_grow(world, many):
    client = world.client("malta")
    asked = []
    for codes in (many[:2], many):
        number = previewed(client, kind="channel", value="new", code=codes)
        with statements(world.database) as shown:
            client.get(f"{CHANGES}/{number}")
        with statements(world.database) as made:
            client.post(f"{CHANGES}/{number}/apply")
        asked.append((len(shown), len(made)))
        client.post(f"{CHANGES}/{number}/undo")
    assert asked[0] == asked[1]
