"""Customers with an address and no coordinates: found, doubted, settled, and lost nowhere."""

from dataclasses import replace
from uuid import UUID

import pytest
from sqlmodel import select

from crm.models import AuditEntry, Customer, DoubtfulPlace, FieldChange, GeocodingAnswer
from crm.rules.access import OPERATOR
from crm.vocabulary import CoordinateSystem, PlaceOrigin
from field_api.services import geocoding
from field_api.services.geocoding import GeocoderRefuses, Outcome
from field_api.services.imports import undo_last_import
from field_api.services.territories import overview
from maps.geocoding.ask import Geocoder, Patience
from maps.geocoding.providers import Access
from tests.builders import VALLETTA
from tests.field_api.import_files import bring
from tests.field_api.world import API, NOW
from tests.support import geocoders
from tests.support.geocoders import Spot

HEADING = "code,name,street,city,lat,lon"
HOUSE = Spot(name="12 Merchants Street", town="Valletta", lat=35.8985, lon=14.5133)
THREE = [
    Spot(name="3 Church Street", town=town, lat=lat, lon=lon)
    for town, lat, lon in (
        ("Qormi", 35.8761, 14.4721),
        ("Valletta", 35.8971, 14.5121),
        ("Victoria", 36.0441, 14.2391),
    )
]
ANY = {"If-Match": "*"}


@pytest.fixture
def fake():
    with geocoders.running() as fake:
        fake.gazetteer |= {"Merchants": [HOUSE], "Church": THREE}
        yield fake


def a_geocoder(fake, provider="nominatim", **changes) -> Geocoder:
    access = replace(Access(url=fake.url, key="k", timeout_s=5), **changes)
    return Geocoder(provider, access, pause_s=0, patience=Patience(retries=0, retry_wait_s=0))


def bring_customers(world, tmp_path, *rows):
    text = "\n".join([HEADING, *rows]) + "\n"
    return bring(world.database, tmp_path, "customers", text)


def geocode(world, fake, provider="nominatim", limit=None):
    """What came of each customer, by code."""
    results = {}
    geocoder = a_geocoder(fake, provider)
    wanted = geocoding.due(world.database, OPERATOR, geocoder.provider)[:limit]

    def hear(result):
        results[result.due.code] = result.outcome

    try:
        geocoding.run(world.database, geocoder, OPERATOR, wanted, clock=lambda: NOW, on_result=hear)
    except GeocoderRefuses as refuses:
        results["refused"] = refuses
    return results


def the(world, code) -> Customer:
    with world.database.reading() as session:
        return session.exec(select(Customer).where(Customer.code == code)).one()


def queue(world, username="info"):
    answer = world.client(username).get(f"{API}/places/doubtful")
    assert answer.status_code == 200, answer.text
    return {row["customer_code"]: row for row in answer.json()["items"]}


def test_a_row_with_an_address_only_is_taken_in_and_waits(world, tmp_path):
    outcome = bring_customers(world, tmp_path, "W1,Café,12 Merchants Street,Valletta,,")
    assert (outcome.added, outcome.rejected_rows) == (1, 0)
    assert [w.column for w in outcome.warnings] == ["lat"]
    found = the(world, "W1")
    assert (found.placed, found.territory_id) == (False, None)
    row = queue(world)["W1"]
    assert (row["doubts"], row["candidates"]) == (["not_asked"], [])
    assert row["address"] == "12 Merchants Street, Valletta"


def test_what_cannot_be_found_by_anything_is_refused(world, tmp_path):
    outcome = bring_customers(
        world, tmp_path, "W1,Café,,,,", "W2,Café,1 Street,Valletta,35.9,", "W3,Café,,Qormi,,14.5"
    )
    assert outcome.refused
    assert [(f.line, f.column) for f in outcome.rejected] == [(2, "lat"), (3, "lon"), (4, "lat")]


def test_a_known_customer_without_coordinates_in_the_file_stays_where_it_is(world, tmp_path):
    bring_customers(world, tmp_path, "C1,Other name,1 Strait Street,Valletta,,")
    found = the(world, "C1")
    assert (found.name, found.lat, found.lon) == ("Other name", *VALLETTA)
    assert found.territory_id is not None


def test_coordinates_that_are_taken_back_leave_the_customer_waiting_again(world, tmp_path):
    bring_customers(world, tmp_path, "W1,Café,12 Merchants Street,Valletta,,")
    bring_customers(world, tmp_path, "W1,Café,12 Merchants Street,Valletta,35.9,14.5")
    assert the(world, "W1").territory_id is not None
    undo_last_import(world.database, now=NOW)
    found = the(world, "W1")
    assert (found.placed, found.territory_id) == (False, None)
    assert list(queue(world)) == ["W1"]


def test_nobody_is_shown_at_the_middle_of_the_atlantic(world, tmp_path):
    bring_customers(world, tmp_path, "W1,Café,12 Merchants Street,Valletta,,")
    client = world.client("info")
    [row] = client.get(f"{API}/customers?q=W1").json()["items"]
    assert (row["lat"], row["lon"]) == (None, None)
    card = client.get(f"{API}/customers/W1").json()
    assert (card["lat"], card["source_lat"], card["place_origin"]) == (None, None, "missing")


def test_an_unplaced_customer_is_named_and_keeps_nobody_from_planning(planning, tmp_path):
    bring_customers(planning, tmp_path, "X1,Café,12 Merchants Street,Valletta,,")
    _, problems = overview(planning.database)
    assert problems.without_place == ("X1",)
    assert not problems.gaps
    assert not problems.block_planning
    [note] = [n for n in planning.plan().notes if "nobody knows their place" in n.text]
    assert note.params == {"count": 1, "codes": "X1"}


@pytest.mark.parametrize("provider", ["nominatim", "photon", "baidu", "amap"])
def test_a_sure_place_is_given_by_the_way_of_all_edits(world, tmp_path, fake, provider):
    bring_customers(world, tmp_path, "W1,Café,12 Merchants Street,Valletta,,")
    assert geocode(world, fake, provider) == {"W1": Outcome.PLACED}
    found = the(world, "W1")
    assert (found.lat, found.lon) == pytest.approx((HOUSE.lat, HOUSE.lon), abs=2e-6)
    assert found.place_origin is PlaceOrigin.FOUND
    assert found.territory_id == the(world, "C1").territory_id
    assert found.version == 2
    with world.database.reading() as session:
        entry = session.exec(select(AuditEntry).where(AuditEntry.key == "W1")).all()[-1]
        fields = set(
            session.exec(select(FieldChange.field).where(FieldChange.entry_id == entry.id))
        )
    assert entry.reason.startswith(f"{provider}: ")
    assert {"lat", "lon", "place_origin", "territory_id"} <= fields
    assert queue(world) == {}


def test_the_system_that_a_place_came_in_is_kept(world, tmp_path, fake):
    jinan = Spot(name="经十路1号", town="济南市", lat=36.6512, lon=117.1201, country="CN")
    fake.gazetteer = {"经十路": [jinan]}
    bring_customers(world, tmp_path, "W1,济南一店,经十路1号,济南市,,")
    assert geocode(world, fake, "amap") == {"W1": Outcome.DOUBTFUL}  # in no territory of Malta
    client = world.client("info")
    answer = client.post(f"{API}/places/W1/settle", json={"candidate": 1}, headers=ANY)
    assert answer.status_code == 200, answer.text
    found = the(world, "W1")
    assert found.source_system is CoordinateSystem.GCJ02
    assert abs(found.source_lon - found.lon) > 0.004
    assert (found.lat, found.lon) == pytest.approx((jinan.lat, jinan.lon), abs=2e-6)


def test_an_address_that_matches_three_towns_waits_for_a_person(world, tmp_path, fake):
    bring_customers(world, tmp_path, "W1,Café,3 Church Street,,,")
    assert geocode(world, fake) == {"W1": Outcome.DOUBTFUL}
    row = queue(world)["W1"]
    assert row["doubts"] == ["several"]
    assert [c["number"] for c in row["candidates"]] == [1, 2, 3]
    assert row["provider"] == "nominatim"
    client = world.client("info")
    path = f"{API}/places/W1/settle"
    stale = client.post(path, json={"candidate": 2}, headers={"If-Match": '"v9"'})
    assert stale.status_code == 412
    settled = client.post(path, json={"candidate": 2}, headers={"If-Match": f'"v{row["version"]}"'})
    assert settled.json() == {
        "customer_code": "W1",
        "version": 2,
        "lat": 35.8971,
        "lon": 14.5121,
        "territory_code": "T1",
    }
    assert settled.headers["etag"] == '"v2"'
    assert the(world, "W1").place_origin is PlaceOrigin.GIVEN
    assert queue(world) == {}
    again = client.post(path, json={"candidate": 1}, headers=ANY)
    assert (again.status_code, again.json()["code"]) == (409, "place_known")
    with world.database.reading() as session:
        [entry] = session.exec(select(AuditEntry).where(AuditEntry.action == "settle")).all()
        assert session.exec(select(DoubtfulPlace)).all() == []
    assert entry.details["doubts"] == ["several"]


def test_a_person_may_know_the_place_better(world, tmp_path):
    bring_customers(world, tmp_path, "W1,Café,3 Church Street,,,")
    client = world.client("general")
    answer = client.post(
        f"{API}/places/W1/settle", json={"lat": 35.8990, "lon": 14.5140}, headers=ANY
    )
    assert answer.json()["territory_code"] == "T1"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"candidate": 0},
        {"candidate": 2**70},
        {"candidate": 1, "lat": 35.9, "lon": 14.5},
        {"lat": 35.9},
        {"lat": 0, "lon": 0},
        {"lat": 95, "lon": 14},
        {"candidate": 1},  # of none
    ],
)
def test_a_word_that_settles_nothing_is_refused(world, tmp_path, body):
    bring_customers(world, tmp_path, "W1,Café,3 Church Street,,,")
    answer = world.client("info").post(f"{API}/places/W1/settle", json=body, headers=ANY)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_input")
    assert not the(world, "W1").placed


def test_nobody_is_asked_twice_and_a_run_goes_on_where_it_ended(world, tmp_path, fake):
    bring_customers(
        world,
        tmp_path,
        "W1,A,12 Merchants Street,Valletta,,",
        "W2,B,12  merchants street,VALLETTA,,",
        "W3,C,nowhere,Valletta,,",
        "W4,D,3 Church Street,Qormi,,",
    )
    assert geocode(world, fake, limit=1) == {"W1": Outcome.PLACED}
    rest = geocode(world, fake)
    assert rest == {
        "W2": Outcome.PLACED,
        "W3": Outcome.NOT_FOUND,
        "W4": Outcome.PLACED,  # one of three, and the address names its town
    }
    assert len(fake.asked) == 3  # W2's address was known
    assert geocode(world, fake) == {}
    assert queue(world)["W3"]["doubts"] == ["not_found"]
    bring_customers(world, tmp_path, "W3,C,12 Merchants Street,Valletta,,")
    assert geocode(world, fake) == {"W3": Outcome.PLACED}  # the card says another address now


def test_a_used_up_quota_ends_the_run_and_loses_nothing(world, tmp_path, fake):
    rows = [f"W{n},A,{n} Merchants Street,Valletta,," for n in range(1, 5)]
    bring_customers(world, tmp_path, *rows)
    fake.goes_wrong(body={"status": "0", "info": "DAILY_QUERY_OVER_LIMIT", "infocode": "10003"})
    fake.after = 2
    ended = geocode(world, fake, "amap")
    assert "answers no more for now" in ended.pop("refused").text
    assert ended == {
        "W1": Outcome.PLACED,
        "W2": Outcome.PLACED,
        "W3": Outcome.UNANSWERED,
    }
    assert len(fake.asked) == 3
    fake.mishap = None
    assert geocode(world, fake, "amap") == {"W3": Outcome.PLACED, "W4": Outcome.PLACED}
    with world.database.reading() as session:
        assert len(session.exec(select(GeocodingAnswer)).all()) == 4  # no failure is remembered


def test_wrong_answers_one_after_another_end_the_run(world, tmp_path, fake):
    rows = [f"W{n},A,{n} Merchants Street,Valletta,," for n in range(1, 7)]
    bring_customers(world, tmp_path, *rows)
    fake.goes_wrong(body=b"<html>")
    ended = geocode(world, fake)
    assert "cannot be read" in ended.pop("refused").text
    assert len(ended) == len(fake.asked) == 3


def test_a_place_settled_meanwhile_is_not_overwritten(world, tmp_path, fake):
    bring_customers(world, tmp_path, "W1,Café,12 Merchants Street,Valletta,,")
    geocoder = a_geocoder(fake)
    wanted = geocoding.due(world.database, OPERATOR, "nominatim")
    world.client("info").post(
        f"{API}/places/W1/settle", json={"lat": 35.8990, "lon": 14.5140}, headers=ANY
    )
    heard = []
    geocoding.run(
        world.database, geocoder, OPERATOR, wanted, clock=lambda: NOW, on_result=heard.append
    )
    assert [one.outcome for one in heard] == [Outcome.OVERTAKEN]
    assert the(world, "W1").lat == 35.8990


def test_a_found_place_goes_out_and_comes_back_as_it_was(world, tmp_path, fake):
    bring_customers(world, tmp_path, "W1,Café,12 Merchants Street,Valletta,,")
    geocode(world, fake)
    outcome = bring_customers(
        world, tmp_path, f"W1,Café,12 Merchants Street,Valletta,{HOUSE.lat},{HOUSE.lon}"
    )
    assert outcome.unchanged == 1
    bring_customers(world, tmp_path, "W1,Café,12 Merchants Street,Valletta,35.9,14.5")
    assert the(world, "W1").place_origin is PlaceOrigin.GIVEN


def test_the_queue_is_shown_to_those_who_keep_files_in_parts(world, tmp_path):
    rows = [f"W{n},A,{n} Merchants Street,Valletta,," for n in range(3)]
    bring_customers(world, tmp_path, *rows)
    client = world.client("info")
    first = client.get(f"{API}/places/doubtful?limit=2").json()
    assert [row["customer_code"] for row in first["items"]] == ["W0", "W1"]
    rest = client.get(f"{API}/places/doubtful?limit=2&cursor={first['next_cursor']}").json()
    assert [row["customer_code"] for row in rest["items"]] == ["W2"]
    assert rest["next_cursor"] is None
    assert queue(world, "malta") == {}  # of no territory, so of no district
    assert world.client("rep1").get(f"{API}/places/doubtful").status_code == 403
    body = {"lat": 35.9, "lon": 14.5}
    answer = world.client("malta").post(f"{API}/places/W0/settle", json=body, headers=ANY)
    assert answer.status_code == 404


CORRECTION = UUID("4f0c2e9a-0a55-4a6e-9d52-0c8f6f7f3b10")


def a_correction(world, **body):
    given = {"changes": {"contact_phone": "1"}, "note": "moved"} | body
    sent = world.client("rep1").put(f"{API}/customers/C1/corrections/{CORRECTION}", json=given)
    assert sent.status_code == 201, sent.text
    return sent.json()["id"]


def with_geocoder(world, fake):
    house = world.app.state.house
    world.app.state.house = replace(house, geocoder=a_geocoder(fake))


def test_who_decides_a_correction_is_told_the_address_there(world, fake):
    with_geocoder(world, fake)
    number = a_correction(
        world, changes={"place": {"lat": 35.8986, "lon": 14.5133, "system": "WGS-84"}}
    )
    path = f"{API}/approvals/{number}/address"
    answer = world.client("malta").get(path).json()
    assert answer == {
        "of": "place",
        "lat": 35.8986,
        "lon": 14.5133,
        "provider": "nominatim",
        "address": "12 Merchants Street, Valletta, Malta",
        "distance_m": 11,
    }
    world.client("malta").get(path)
    assert len(fake.asked) == 1
    assert world.client("gozo").get(path).status_code == 404


def test_the_address_where_the_rep_stood_and_where_there_is_none(world, fake):
    number = a_correction(world, position={"lat": 35.8985, "lon": 14.5133, "accuracy_m": 5})
    path = f"{API}/approvals/{number}/address"
    client = world.client("malta")
    none = client.get(path)
    assert (none.status_code, none.json()["code"]) == (409, "no_geocoder")
    with_geocoder(world, fake)
    assert client.get(path).json()["of"] == "position"
    fake.goes_wrong(status=500)
    assert client.get(path).status_code == 200  # remembered


def test_a_geocoder_that_is_away_is_said_to_be(world, fake):
    number = a_correction(world, position={"lat": 35.8985, "lon": 14.5133, "accuracy_m": 5})
    with_geocoder(world, fake)
    fake.goes_wrong(status=500)
    answer = world.client("malta").get(f"{API}/approvals/{number}/address")
    assert (answer.status_code, answer.json()["code"]) == (503, "geocoder_unavailable")


def test_a_correction_without_a_position_has_no_address(world, fake):
    with_geocoder(world, fake)
    number = a_correction(world)
    answer = world.client("malta").get(f"{API}/approvals/{number}/address")
    assert (answer.status_code, answer.json()["code"]) == (409, "no_position")
