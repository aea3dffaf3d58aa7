"""The rep's day, as published."""

from datetime import date
from uuid import uuid4

import pytest
from sqlmodel import select

from crm.models import Customer, CyclePlan, PlannedDay, Rep, UnfitTime, Visit
from crm.rules.coordinates import to_gcj02
from crm.vocabulary import PlanState, Transport
from tests.field_api.world import API, NOW, REPORT, a_report

MY = f"{API}/my/days/2026-11-30"


def test_a_day_in_order_with_what_to_know(world):
    with world.database.writing() as session:
        customer = session.exec(select(Customer).where(Customer.code == "C1")).one()
        customer.opening_hours, customer.contact_name = "Mo-Fr 08:00-12:00", "Ms Borg"
        for weekday, on in ((0, None), (1, None), (None, date(2026, 11, 30))):
            values = {"customer_id": customer.id, "weekday": weekday, "date": on}
            session.add(UnfitTime(from_s=43200 if on else 28800, to_s=46800, **values))
        for day in (date(2026, 11, 2), date(2026, 11, 23), date(2026, 11, 30)):
            session.add(Visit(customer_id=customer.id, date=day))
    day = world.client("rep1").get(MY).json()
    assert (day["rep_code"], day["timezone"], day["reason"]) == ("R1", "Europe/Malta", None)
    assert (day["leave"], day["back"], day["lunch"]) == ("08:30", "10:00", None)
    assert (day["travel_back_s"], day["travel_back_m"]) == (660, 2900)
    (stop,) = day["stops"]
    assert (stop["planned_visit_id"], stop["position"], stop["purpose"]) == ("C1/1", 1, "key_care")
    assert (stop["begin"], stop["begin_s"], stop["end"]) == ("08:45", 31500, "09:25")
    card = stop["customer"]
    assert (card["code"], card["contact_name"]) == ("C1", "Ms Borg")
    assert card["opening_hours"] == "Mo-Fr 08:00-12:00"
    assert [t["begin"] for t in card["unfit_times"]] == ["08:00", "12:00"]
    assert card["last_visit_on"] == "2026-11-23"
    assert [(p["code"], p["standing"]) for p in stop["promises"]] == [("P1", "due_soon")]


def test_each_stop_opens_in_a_map_application(world):
    (stop,) = world.client("rep1").get(MY).json()["stops"]
    card = stop["customer"]
    at = f"{card['lat']:.6f},{card['lon']:.6f}"
    assert set(stop["links"]) == {"amap", "baidu", "google", "apple", "geo"}
    assert stop["links"]["geo"].startswith(f"geo:{at}?")
    assert "mode=car" in stop["links"]["amap"]


def test_the_applications_of_china_get_the_coordinates_they_draw_in(world):
    lat, lon = 36.6512, 117.1201
    with world.database.writing() as session:
        customer = session.exec(select(Customer).where(Customer.code == "C1")).one()
        customer.name, customer.lat, customer.lon = "济南 & 百货", lat, lon
        session.exec(select(Rep).where(Rep.code == "R1")).one().transport = Transport.FOOT
    (stop,) = world.client("rep1").get(MY).json()["stops"]
    links = stop["links"]
    assert links["geo"].startswith(f"geo:{lat:.6f},{lon:.6f}?")
    shifted_lat, shifted_lon = to_gcj02(lat, lon)
    assert f"{shifted_lon:.6f}%2C{shifted_lat:.6f}%2C%E6%B5%8E" in links["amap"]
    assert "mode=walk" in links["amap"]
    assert "%20%26%20" in links["amap"]  # a name stays one


def test_the_card_is_for_operating_only(world):
    card = world.client("rep1").get(MY).json()["stops"][0]["customer"]
    assert set(card) == {
        *("code", "name", "street", "postcode", "city", "lat", "lon", "contact_name"),
        *("contact_phone", "opening_hours", "opening_hours_problem", "unfit_times", "grade"),
        "last_visit_on",
    }


def test_what_is_reported_is_marked(world):
    client = world.client("rep1")
    client.put(f"{API}/visit-reports/{REPORT}", json=a_report())
    day = client.get(MY).json()
    assert [r["id"] for r in day["stops"][0]["reports"]] == [str(REPORT)]
    assert day["other_reports"] == []


def test_a_visit_made_on_another_day_is_marked_on_its_stop(world):
    client = world.client("rep1")
    tuesday = {"checked_in_at": "2026-12-01T08:00:00Z", "checked_out_at": "2026-12-01T08:20:00Z"}
    client.put(f"{API}/visit-reports/{REPORT}", json=a_report(**tuesday))
    assert client.get(MY).json()["stops"][0]["reports"][0]["visited_on"] == "2026-12-01"
    other = client.get(f"{API}/my/days/2026-12-01").json()
    assert [r["customer_code"] for r in other["other_reports"]] == ["C1"]


@pytest.mark.parametrize(
    ("day", "reason"),
    [("2026-11-29", "no_published_plan"), ("2026-12-01", "nothing_planned")],
)
def test_a_day_without_a_route_says_why(world, day, reason):
    answer = world.client("rep1").get(f"{API}/my/days/{day}")
    assert (answer.status_code, answer.json()["reason"]) == (200, reason)
    assert answer.json()["stops"] == []
    assert answer.json()["message"]


def test_the_message_is_in_the_readers_language(world):
    client = world.client(
        "rep1",
    )
    answer = client.get(f"{API}/my/days/2026-11-29", headers={"Accept-Language": "zh-CN,en;q=0.5"})
    assert "计划" in answer.json()["message"]


def test_a_draft_is_not_shown_and_the_newest_published_is(world):
    with world.database.writing() as session:
        plan = session.exec(select(CyclePlan)).one()
        for state in (PlanState.DRAFT, PlanState.PUBLISHED):
            session.add(
                CyclePlan(
                    **plan.model_dump(exclude={"id", "state", "created_at"}),
                    state=state,
                    created_at=NOW.replace(hour=8 if state is PlanState.PUBLISHED else 10),
                )
            )
    assert len(world.client("rep1").get(MY).json()["stops"]) == 1


def test_lunch_and_its_length(world):
    with world.database.writing() as session:
        session.exec(select(PlannedDay)).one().lunch_begin_s = 42300
    day = world.client("rep1").get(MY).json()
    assert (day["lunch"], day["lunch_s"], day["lunch_minutes"]) == ("11:45", 42300, 45)


@pytest.mark.parametrize(
    ("asker", "status"),
    [("rep1", 200), ("rep2", 404), ("malta", 200), ("gozo", 404), ("general", 200)],
)
def test_whose_day_may_be_seen(world, asker, status):
    answer = world.client(asker).get(f"{API}/reps/R1/days/2026-11-30")
    assert answer.status_code == status
    if status == 200:
        assert len(answer.json()["stops"]) == 1


def test_a_manager_has_no_day_of_ones_own(world):
    answer = world.client("malta").get(MY)
    assert (answer.status_code, answer.json()["code"]) == (403, "role_not_allowed")


def a_visit(world, day, *, by="rep1", customer="C1", hour=8, **changes):
    """A report of a visit on a day."""
    times = {
        "checked_in_at": f"{day}T{hour:02}:00:00Z",
        "checked_out_at": f"{day}T{hour:02}:20:00Z",
    }
    body = a_report(customer_code=customer, promises=[]) | times | changes
    report = uuid4()
    answer = world.client(by).put(f"{API}/visit-reports/{report}", json=body)
    assert answer.status_code == 201, answer.text
    return str(report)


def test_the_last_visit_at_one_glance(world):
    a_visit(world, "2026-11-02", notes="Older")
    a_visit(world, "2026-11-16", notes="Earlier that day")
    owed = [
        {"code": "b", "what": "Rack", "due": "2026-11-27"},
        {"code": "a", "what": "Sample", "due": "2026-11-20"},
    ]
    told = {"outcome": "met", "notes": "  Shelf is free\nfrom January", "promises": owed}
    last = a_visit(world, "2026-11-16", hour=15, **told)
    a_visit(world, "2026-11-30", notes="Of the day itself")
    a_visit(world, "2026-11-17", by="rep2", customer="C2")
    expected = {
        "id": last,
        "visited_on": "2026-11-16",
        "outcome": "met",
        "first_line": "Shelf is free",
        "promised": ["Sample", "Rack"],
    }
    for asker, path in (("rep1", MY), ("malta", f"{API}/reps/R1/days/2026-11-30")):
        (stop,) = world.client(asker).get(path).json()["stops"]
        assert stop["last_report"] == expected


def test_a_first_visit_has_no_last_one(world):
    a_visit(world, "2026-11-30")
    assert world.client("rep1").get(MY).json()["stops"][0]["last_report"] is None


def test_the_glance_is_of_the_newest_version(world):
    report = a_visit(world, "2026-11-16", notes="Wrong")
    body = a_report(promises=[], notes="Right", outcome="not_met")
    body |= {"checked_in_at": "2026-11-16T08:00:00Z", "checked_out_at": "2026-11-16T08:20:00Z"}
    correction = {"id": str(uuid4()), "reason": "x", "report": body}
    world.client("rep1").post(f"{API}/visit-reports/{report}/corrections", json=correction)
    (stop,) = world.client("rep1").get(MY).json()["stops"]
    glance = stop["last_report"]
    assert (glance["first_line"], glance["outcome"]) == ("Right", "not_met")


def test_what_another_rep_wrote_is_for_those_above(world):
    """After a hand-over the reports stay with who wrote them, and the managers of both."""
    a_visit(world, "2026-11-16")
    with world.database.writing() as session:
        plan = session.exec(select(CyclePlan)).one()
        plan.rep_id = session.exec(select(Rep).where(Rep.code == "R2")).one().id
    (stop,) = world.client("rep2").get(MY).json()["stops"]
    assert stop["last_report"] is None
    (stop,) = world.client("malta").get(f"{API}/reps/R2/days/2026-11-30").json()["stops"]
    assert stop["last_report"]["visited_on"] == "2026-11-16"


def test_days_in_a_row_are_sent_packed_to_those_who_take_it(world):
    url = f"{API}/my/days?from=2026-11-30"
    client = world.client("rep1")
    packed = client.get(url, headers={"accept-encoding": "gzip"})
    plain = client.get(url, headers={"accept-encoding": "identity"})
    assert (packed.headers["content-encoding"], packed.headers["vary"]) == (
        "gzip",
        "Accept-Encoding",
    )
    assert "content-encoding" not in plain.headers
    assert packed.json() == plain.json()
