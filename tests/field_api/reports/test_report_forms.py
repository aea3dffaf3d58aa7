"""What visits are prepared with and asked about, as the company sets it."""

import pytest
from sqlmodel import select

from crm.models import AuditEntry, Customer
from field_api.schemas.report_forms import FIELD, LINE
from tests.field_api.world import API, REPORT, a_report

URL = f"{API}/report-forms"
BODY = {"checklist": [LINE], "fields": [FIELD], "reason": "New range"}


def trade(world, name="bakery") -> None:
    with world.database.writing() as session:
        session.exec(select(Customer).where(Customer.code == "C1")).one().trade = name


def put(world, body=BODY, version='"v0"', of="bakery", who="info"):
    return world.client(who).put(f"{URL}/{of}", json=body, headers={"If-Match": version})


def test_the_shipped_form_holds_until_there_is_another(world):
    shipped = world.client("rep1").get(f"{URL}/bakery").json()
    assert (shipped["own"], shipped["version"]) == (False, 0)
    assert "cards" in [line["label"]["code"] for line in shipped["checklist"]]
    assert world.client("rep1").get(f"{API}/my/report-forms").json() == [shipped | {"trade": "any"}]


def test_a_trade_gets_its_own(world):
    answer = put(world)
    assert (answer.status_code, answer.headers["etag"]) == (200, '"v1"')
    assert answer.json()["fields"] == [FIELD]
    assert [form["trade"] for form in world.client("rep1").get(URL).json()] == ["any", "bakery"]
    with world.database.reading() as session:
        (entry,) = session.exec(select(AuditEntry).where(AuditEntry.noun == "report_form"))
        assert (entry.key, entry.reason) == ("bakery", "New range")


def test_a_phone_gets_those_of_its_customers(world):
    put(world)
    trade(world)
    client = world.client("rep1")
    assert [f["trade"] for f in client.get(f"{API}/my/report-forms").json()] == ["any", "bakery"]
    others = world.client("rep2").get(f"{API}/my/report-forms").json()
    assert [f["trade"] for f in others] == ["any"]


def test_the_form_for_any_trade(world):
    put(world, of="any")
    assert world.client("rep1").get(f"{URL}/kiosk").json()["fields"] == [FIELD]


def test_an_empty_form_gives_the_shipped_one_back(world):
    before = world.client("rep1").get(f"{URL}/bakery").json()
    put(world)
    answer = put(world, {}, '"v1"').json()
    assert answer == before | {"version": 2}


def test_an_edit_names_what_it_edits(world):
    put(world)
    assert put(world).status_code == 412


@pytest.mark.parametrize(
    "changes",
    [
        {"fields": [FIELD, FIELD]},
        {"checklist": [LINE, LINE]},
        {"fields": [FIELD | {"choices": []}]},
        {"fields": [FIELD | {"kind": "text"}]},
        {"fields": [FIELD | {"kind": "date"}]},
        {"checklist": [LINE | {"purposes": ["golf"]}]},
    ],
)
def test_a_form_that_cannot_be_filled_in(world, changes):
    assert put(world, BODY | changes).status_code == 422


@pytest.mark.parametrize(
    ("sent", "flagged"),
    [
        ({"extra": {"oven": "deck"}}, False),
        ({"extra": {"oven": "deck", "of an older form": "x"}}, False),
        ({"extra": {}}, True),
        ({"extra": {"oven": "coal"}}, True),
        ({"extra": {}, "outcome": "closed"}, False),
    ],
)
def test_a_report_is_flagged_and_never_refused(world, sent, flagged):
    put(world)
    trade(world)
    answer = world.client("rep1").put(f"{API}/visit-reports/{REPORT}", json=a_report(**sent))
    assert answer.status_code == 201
    assert ("form_incomplete" in answer.json()["flags"]) is flagged
