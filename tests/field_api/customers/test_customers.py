"""Customers: how deep each role sees, lists, edits, and adding."""

import json
import re
from datetime import date

import pytest
from sqlalchemy import event
from sqlmodel import select

from crm.models import (
    Customer,
    CustomerFact,
    GradeRecord,
    GradingRun,
    KeyPerson,
    Sale,
    Territory,
    UnfitTime,
    Visit,
)
from crm.vocabulary import CustomerStatus, Grade, SourceLevel
from tests.builders import MDINA, VALLETTA, VICTORIA_GOZO, a_customer
from tests.field_api.test_concurrency import COPIES, at_once
from tests.field_api.world import API, NOW, ROLES

URL = f"{API}/customers"
C1 = f"{URL}/C1"
CARD_FIELDS = {
    *("depth", "version", "code", "name", "status", "street", "postcode", "city", "lat", "lon"),
    "place_origin",
    *("contact_name", "contact_phone", "opening_hours", "opening_hours_problem", "unfit_times"),
    *("people", "last_visits", "promises"),
}
NASTY = "<script>alert('x')</script> =1+1 @SUM(A1) 🦊 \u202eمرحبا\u202c ${x} `y` \\ %_'\""


def codes(world, asker, **params):
    answer = world.client(asker).get(URL, params=params)
    assert answer.status_code == 200, answer.text
    return [row["code"] for row in answer.json()["items"]]


@pytest.fixture
def full(world):
    """C1 with everything that a file can hold."""
    with world.database.writing() as session:
        customer = session.exec(select(Customer).where(Customer.code == "C1")).one()
        run = GradingRun(
            policy="sales_percentile",
            sales_from=date(2025, 12, 1),
            sales_to=date(2026, 11, 30),
            run_at=NOW,
        )
        session.add(run)
        session.flush()
        of = {"customer_id": customer.id}
        session.add_all(
            [
                GradeRecord(
                    run_id=run.id,
                    grade=Grade.C,
                    previous=Grade.D,
                    evidence={"sales_cents": 100, "percentile": 71.5},
                    **of,
                ),
                KeyPerson(name="Second", rank=2, notes="shy", **of),
                KeyPerson(name="First", known_by="Maria", **of),
                KeyPerson(name="Gone", removed=True, **of),
                _fact("plans", "Second shop", **of),
                _fact("credit", "45 days", confidential=True, **of),
                _fact("old", "gone", removed=True, **of),
                Sale(date=date(2026, 11, 30), amount_cents=500, **of),
                Sale(date=date(2025, 12, 1), amount_cents=70, **of),
                Sale(date=date(2025, 11, 30), amount_cents=9, **of),
                Sale(date=date(2024, 11, 30), amount_cents=1, **of),
                UnfitTime(weekday=0, from_s=43200, to_s=86400, **of),
                UnfitTime(date=date(2026, 12, 24), from_s=0, to_s=3600, **of),
                *(Visit(date=date(2026, 11, day), **of) for day in range(1, 8)),
            ]
        )
    return world


def _fact(topic, content, **more):
    return CustomerFact(
        topic=topic, content=content, source=SourceLevel.CONTACT, noted_on=date(2026, 11, 1), **more
    )


def test_a_rep_sees_the_operating_card_and_nothing_else(full):
    card = full.client("rep1").get(C1).json()
    assert set(card) == CARD_FIELDS
    assert (card["depth"], card["name"]) == ("operating_card", "Customer C1")
    assert [set(person) for person in card["people"]] == [
        {"number", "version", "name", "post", "phone", "say", "rank"}
    ] * 2
    assert [p["name"] for p in card["people"]] == ["First", "Second"]
    assert [v["date"] for v in card["last_visits"]] == [
        f"2026-11-0{day}" for day in (7, 6, 5, 4, 3)
    ]
    assert [p["code"] for p in card["promises"]] == ["P1"]
    assert card["unfit_times"] == [
        {"weekday": 0, "date": None, "begin": "12:00", "end": "24:00"},
        {"weekday": None, "date": "2026-12-24", "begin": "00:00", "end": "01:00"},
    ]


@pytest.mark.parametrize("asker", ["malta", "south", "general", "chairman"])
def test_managers_see_the_working_copy_without_the_confidential_part(full, asker):
    answer = full.client(asker).get(C1)
    copy = answer.json()
    assert (copy["depth"], answer.headers["etag"]) == ("working_copy", '"v1"')
    assert [fact["content"] for fact in copy["facts"]] == ["Second shop"]
    assert "45 days" not in answer.text
    assert [(p["name"], p["notes"]) for p in copy["people"]] == [("First", ""), ("Second", "shy")]
    sales = copy["sales"]
    assert (sales["first_day"], sales["last_day"]) == ("2025-12-01", "2026-11-30")
    assert (sales["amount_cents"], sales["previous_cents"]) == (570, 9)
    assert copy["grading"]["evidence"] == {"sales_cents": 100, "percentile": 71.5}
    assert (copy["territory_code"], copy["rep_code"], copy["grade"]) == ("T1", "R1", "C")
    assert len(copy["last_visits"]) == 5
    assert [p["code"] for p in copy["promises"]] == ["P1"]


def test_the_information_admin_sees_master_data_only(full):
    copy = full.client("info").get(C1).json()
    assert (copy["sales"], copy["last_visits"], copy["promises"]) == (None, None, None)
    assert copy["grading"]["evidence"] == {"percentile": 71.5}
    assert [fact["topic"] for fact in copy["facts"]] == ["plans"]


def test_what_a_file_lacks_is_empty(world):
    with world.database.writing() as session:
        customer = session.exec(select(Customer).where(Customer.code == "C1")).one()
        customer.territory_id = customer.grade = None
    copy = world.client("general").get(C1).json()
    assert (copy["territory_code"], copy["rep_code"], copy["grading"]) == ("", "", None)
    frequency = copy["frequency"]
    assert (frequency["interval_days"], frequency["own"]) == (84, False)
    assert (frequency["least_gap_days"], frequency["most_gap_days"]) == (63, 105)
    with world.database.writing() as session:
        session.exec(select(Territory).where(Territory.code == "T2")).one().rep_id = None
    assert world.client("general").get(f"{URL}/C2").json()["rep_code"] == ""


def test_each_role_lists_its_own(world):
    seen = {asker: codes(world, asker) for asker in ROLES}
    everything = ["C1", "C2", "C3"]
    assert seen == {
        "rep1": ["C1"],
        "rep2": ["C2"],
        "rep3": ["C3"],
        "malta": ["C1", "C2"],
        "gozo": ["C3"],
        "south": ["C1", "C2"],
        "north": ["C3"],
        "general": everything,
        "chairman": everything,
        "info": everything,
    }


def test_filters(world):
    with world.database.writing() as session:
        first, second, third = session.exec(select(Customer).order_by(Customer.code)).all()
        first.name, first.city, first.trade = "Café 100 % Zuñiga", "Valletta", "café"
        second.status, second.grade = CustomerStatus.PROSPECT, Grade.A
        third.name = "under_score"
    ask = lambda **params: codes(world, "general", **params)  # noqa: E731
    assert ask(q="caf") == ask(q="CAFÉ") == ask(q="zuÑiga") == ask(q="100 %") == ["C1"]
    assert ask(q="c2") == ["C2"]
    assert ask(q="_") == ["C3"]
    assert ask(q="\\") == []
    assert ask(status="prospect") == ask(grade="A") == ["C2"]
    assert ask(territory="T3") == ask(rep="R3") == ["C3"]
    assert ask(city="Valletta", trade="café") == ["C1"]
    assert ask(city="Valletta", trade="bar") == ask(rep="R9") == []
    assert codes(world, "rep1", rep="R2") == []


def test_reps_filter_by_what_their_card_shows(world):
    client = world.client("rep1")
    for params in ({"grade": "A"}, {"due": "true"}):
        answer = client.get(URL, params=params)
        assert (answer.status_code, answer.json()["code"]) == (403, "role_not_allowed")
    (row,) = client.get(URL).json()["items"]
    assert row["file"] is None
    (row,) = world.client("malta").get(URL, params={"rep": "R1"}).json()["items"]
    assert row["file"] == {
        "trade": "",
        "channel": "",
        "grade": "C",
        "territory_code": "T1",
        "rep_code": "R1",
        "interval_days": None,
        "verified_on": None,
        "due_for_verification": True,
    }


def test_the_list_goes_on_from_its_cursor(world):
    with world.database.writing() as session:
        session.add_all(a_customer(f"D{n}", status=CustomerStatus.STRUCK_OUT) for n in range(3))
    client, found, cursor = world.client("info"), [], None
    for _ in range(3):
        params = {"limit": 2} | ({"cursor": cursor} if cursor else {})
        page = client.get(URL, params=params).json()
        found += [row["code"] for row in page["items"]]
        cursor = page["next_cursor"]
    assert (found, cursor) == (["C1", "C2", "C3", "D0", "D1", "D2"], None)
    for nonsense in ("x", "WyJcdWQ4MDAiLCAiIl0", "WyJhXHUwMDAwIiwgIiJd"):  # lone surrogate, NUL
        assert client.get(URL, params={"cursor": nonsense}).status_code == 422


def patch(world, asker, body, version="*", code="C1"):
    return world.client(asker).patch(f"{URL}/{code}", json=body, headers={"If-Match": version})


def test_an_edit_changes_what_is_given_and_nothing_else(world):
    body = {
        "name": NASTY,
        "contact_phone": "+356 1",
        "service_minutes": 45,
        "opening_hours": "Mo-Fr 08:00-12:00",
        "unfit_times": [{"weekday": 6, "begin": "00:00", "end": "24:00"}] * 2,
    }
    answer = patch(world, "malta", body, '"v1"')
    assert (answer.status_code, answer.headers["etag"]) == (200, '"v2"')
    found = world.client("info").get(C1).json()
    assert {name: found[name] for name in body} == body | {
        "unfit_times": [{"weekday": 6, "date": None, "begin": "00:00", "end": "24:00"}]
    }
    assert found["grade"] == "C"
    assert patch(world, "info", {"service_minutes": None}).json()["service_minutes"] is None


def test_of_two_edits_of_one_version_the_second_is_refused(world):
    assert patch(world, "malta", {"city": "Sliema"}, '"v1"').status_code == 200
    answer = patch(world, "info", {"city": "Mdina"}, '"v1"')
    assert (answer.status_code, answer.json()["code"]) == (412, "version_changed")
    assert answer.headers["etag"] == '"v2"'
    assert world.client("info").get(C1).json()["city"] == "Sliema"
    answer = world.client("malta").patch(C1, json={"city": "x"})
    assert (answer.status_code, answer.json()["code"]) == (428, "if_match_missing")


def test_an_edit_of_nothing_new_is_no_new_version(world):
    same = {"name": "Customer C1", "unfit_times": []}
    assert patch(world, "malta", same).headers["etag"] == '"v1"'
    times = {"unfit_times": [{"date": "2026-12-24", "begin": "08:00", "end": "09:30"}]}
    assert patch(world, "malta", times).headers["etag"] == '"v2"'
    assert patch(world, "malta", times).headers["etag"] == '"v2"'


IMPOSSIBLE = [
    {},
    {"name": ""},
    {"name": None},
    {"name": "x" * 201},
    {"name": "a\0b"},
    {"city": "\ud800"},
    {"status": "active"},
    {"grade": "A"},
    {"interval_days": 3},
    {"territory_code": "T2"},
    {"lat": 35.9},
    {"colour": "red"},
    {"place": None},
    {"place": {"lat": 0, "lon": 0}},
    {"place": {"lat": 2**70, "lon": 1}},
    {"place": {"lat": 35.9}},
    {"service_minutes": 0},
    {"service_minutes": 2**70},
    {"opening_hours": "whenever"},
    {"unfit_times": [{"begin": "08:00", "end": "09:00"}]},
    {"unfit_times": [{"weekday": 1, "date": "2026-12-24", "begin": "08:00", "end": "09:00"}]},
    {"unfit_times": [{"weekday": 1, "begin": "09:00", "end": "08:00"}]},
    {"unfit_times": [{"weekday": 1, "begin": "09:99", "end": "10:00"}]},
    {"unfit_times": [{"weekday": 7, "begin": "08:00", "end": "09:00"}]},
]


def test_what_cannot_be_kept_is_refused_whole(world):
    client = world.client("malta")
    headers = {"If-Match": "*", "Content-Type": "application/json"}
    for body in IMPOSSIBLE:
        answer = client.patch(C1, content=json.dumps(body), headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid_input"), body
    assert client.get(C1).headers["etag"] == '"v1"'


def test_a_field_decided_elsewhere_says_where(world):
    (error,) = patch(world, "malta", {"interval_days": 3}).json()["errors"]
    assert "/frequency" in error["message"]


def test_the_territory_follows_the_place(world):
    lat, lon = VICTORIA_GOZO
    place = {"lat": lat, "lon": lon, "system": "GCJ-02"}  # outside China the same point
    refused = patch(world, "malta", {"place": place})
    assert (refused.status_code, refused.json()["errors"][0]["path"]) == (422, "body.place")
    moved = patch(world, "info", {"place": place}).json()
    assert (moved["territory_code"], moved["rep_code"]) == ("T3", "R3")
    assert (moved["source_system"], moved["lat"]) == ("GCJ-02", lat)
    assert codes(world, "gozo") == ["C1", "C3"]
    back = {"place": {"lat": VALLETTA[0], "lon": VALLETTA[1]}}
    assert patch(world, "malta", back).status_code == 404
    assert patch(world, "north", back).status_code == 422
    assert patch(world, "info", back).json()["territory_code"] == "T1"
    within = {"place": {"lat": MDINA[0], "lon": MDINA[1]}}
    assert patch(world, "malta", within).json()["territory_code"] == "T2"
    nowhere = {"place": {"lat": 10.0, "lon": 10.0}}
    assert patch(world, "malta", nowhere).status_code == 422
    assert patch(world, "info", nowhere).json()["territory_code"] == ""


def test_chinese_coordinates_are_kept_as_they_came_and_in_wgs84(world):
    place = {"lat": 36.65, "lon": 117.12, "system": "BD-09"}
    found = patch(world, "info", {"place": place}).json()
    assert (found["source_lat"], found["source_lon"]) == (36.65, 117.12)
    assert found["lat"] == pytest.approx(36.6436, abs=2e-3)
    assert found["lon"] == pytest.approx(117.1075, abs=2e-3)


def new(world, asker="info", **changes):
    body = {"code": "N-1", "name": NASTY, "place": {"lat": 35.8989, "lon": 14.5146}}
    return world.client(asker).post(URL, json=body | changes)


def test_a_prospect_is_added_where_it_lies(world):
    answer = new(
        world,
        status="prospect",
        opening_hours="Mo-Fr 08:00-12:00",
        unfit_times=[{"weekday": 0, "begin": "08:00", "end": "09:00"}],
    )
    assert (answer.status_code, answer.headers["etag"]) == (201, '"v1"')
    found = answer.json()
    assert (found["name"], found["status"], found["rep_code"]) == (NASTY, "prospect", "R1")
    assert len(found["unfit_times"]) == 1
    assert codes(world, "rep1", status="prospect") == ["N-1"]
    assert new(world, "general", code="N-2").json()["status"] == "active"


def test_a_code_is_given_once(world):
    answer = new(world, code="C3")
    assert (answer.status_code, answer.json()["code"]) == (409, "customer_code_taken")
    assert world.client("info").get(f"{URL}/C3").json()["name"] == "Customer C3"


def test_a_customer_that_makes_no_sense_is_not_added(world):
    for changes in (
        {"code": "a/b"},
        {"status": "blacklisted"},
        {"opening_hours": "x"},
        {"place": None},
    ):
        assert new(world, **changes).status_code == 422, changes
    assert codes(world, "info") == ["C1", "C2", "C3"]


def statements(world, url, asker="general"):
    """What the database is asked for one answer."""
    told = []
    listener = lambda *args: told.append(args[2])  # noqa: E731
    event.listen(world.database.engine, "before_cursor_execute", listener)
    assert world.client(asker).get(url).status_code == 200
    event.remove(world.database.engine, "before_cursor_execute", listener)
    return told


def test_a_list_asks_the_database_as_often_for_many_as_for_one(world):
    with world.database.writing() as session:
        session.add_all(a_customer(f"D{n}") for n in range(30))
    for url in (URL, f"{API}/file-verifications/queue", f"{API}/file-verifications/completions"):
        assert len(statements(world, f"{url}?limit=1")) == len(statements(world, f"{url}?limit=30"))


@pytest.mark.one_database
def test_what_is_due_is_found_by_an_index(world):
    """By the index on the quarter alone, each customer would be looked for among all of it."""
    (query,) = [sql for sql in statements(world, URL) if "file_verification" in sql]
    with world.database.reading() as session:
        names = re.findall(r"\?", query)
        plan = session.connection().exec_driver_sql(
            f"EXPLAIN QUERY PLAN {query}", ("2026-10-01",) * len(names)
        )
        steps = [row[3] for row in plan if "file_verification" in row[3]]
    assert steps
    assert all("ix_file_verification_in_quarter (customer_id=? AND quarter=?)" in s for s in steps)


def test_of_edits_of_one_version_at_one_instant_one_is_taken(world):
    answers = at_once(COPIES, lambda n: patch(world, "malta", {"city": f"City {n}"}, '"v1"'))
    assert sorted(a.status_code for a in answers) == [200] + [412] * (COPIES - 1)
    assert world.client("malta").get(C1).headers["etag"] == '"v2"'
