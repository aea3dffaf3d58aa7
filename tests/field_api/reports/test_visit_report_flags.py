"""Late reports are kept and flagged; what else a report can hold."""

import json
from datetime import date, timedelta

import pytest
from sqlmodel import select

from crm.models import Customer, CyclePlan, PlannedVisit, Rep, Territory, VisitReport
from crm.vocabulary import CustomerStatus, PlanState
from tests.field_api.world import API, MONDAY, NOW, REPORT, a_report, publish

URL = f"{API}/visit-reports/{REPORT}"
CORRECTIONS = f"{URL}/corrections"
BODY_OF_AN_OLDER_CLIENT = {
    "customer_code": "C1",
    "planned_visit_id": "C1/1",
    "checked_in_at": "2026-11-30T09:05:00+01:00",
    "checked_out_at": "2026-11-30T09:31:00+01:00",
    "outcome": "met",
    "next_visit": {"date": "2026-12-07", "note": "after ten"},
}
DIGEST_OF_IT = "9e20966a8c63e0b8ad1a0692047a55bb7e698e13a0c17cc31279fbbbb252e2df"


def plans(world):
    with world.database.reading() as session:
        found = session.exec(select(CyclePlan).order_by(CyclePlan.id)).all()
        session.expunge_all()
        return found


def another_plan(world, on=MONDAY, **changes):
    """Another plan of rep1, and the first one as `changes` say."""
    with world.database.writing() as session:
        first = session.exec(select(CyclePlan)).one()
        for name, value in changes.items():
            setattr(first, name, value)
        visit = session.exec(select(PlannedVisit)).one()
        new = publish(session, first.rep_id, visit.customer_id, on)
        new.created_at = NOW + timedelta(minutes=1)
        new.first_day = min(on, MONDAY + timedelta(days=1)) if changes.get("last_day") else MONDAY
        return first.id, new.id


def flags(world, **changes):
    answer = world.client("rep1").put(URL, json=a_report(**changes))
    assert answer.status_code == 201, answer.text
    return answer.json()["flags"]


def test_a_report_on_the_plan_in_force_has_nothing_to_tell(world):
    (plan,) = plans(world)
    kept = world.client("rep1").put(URL, json=a_report(plan_id=plan.id)).json()
    assert (kept["flags"], kept["plan_in_force_id"]) == ([], plan.id)
    assert kept["report"]["plan_id"] == plan.id


def test_a_plan_replaced_since_is_flagged_with_the_one_in_force(world):
    old, new = another_plan(world, state=PlanState.REPLACED)
    kept = world.client("rep1").put(URL, json=a_report(plan_id=old)).json()
    assert (kept["flags"], kept["plan_in_force_id"]) == (["plan_replaced"], new)


def test_a_visit_that_is_on_another_day_now(world):
    old, new = another_plan(world, on=date(2026, 12, 2), state=PlanState.REPLACED)
    kept = world.client("rep1").put(URL, json=a_report(plan_id=old)).json()
    assert kept["flags"] == ["plan_replaced", "on_another_day"]
    assert kept["plan_in_force_id"] == new


def test_a_plan_that_ends_early_still_has_the_visits_of_its_days(world):
    old, new = another_plan(world, on=date(2026, 12, 2), last_day=MONDAY)
    body = a_report(plan_id=old, planned_visit_id="C1/1")
    tuesday = {"checked_in_at": "2026-12-01T08:00:00Z", "checked_out_at": "2026-12-01T08:20:00Z"}
    kept = world.client("rep1").put(URL, json=body | tuesday).json()
    assert kept["flags"] == ["plan_replaced", "on_another_day"]
    assert kept["plan_in_force_id"] == new


def test_a_visit_that_no_plan_holds_any_more(world):
    assert flags(world, planned_visit_id="C1/9") == ["not_in_plan"]


def test_a_day_without_a_plan_has_none_to_refer_to(world):
    world.client("rep1").put(
        URL, json=a_report(checked_in_at="2026-11-20T08:00:00Z", checked_out_at=None)
    )
    kept = world.client("rep1").get(URL).json()
    assert (kept["flags"], kept["plan_in_force_id"]) == ([], None)


@pytest.mark.parametrize("whose", ["R2", None])
def test_a_plan_that_is_not_the_reps_reads_like_none(world, whose):
    number = 2**31 - 1
    if whose:
        with world.database.writing() as session:
            rep = session.exec(select(Rep).where(Rep.code == whose)).one()
            number = publish(session, rep.id, 2).id
    assert flags(world, plan_id=number) == ["plan_unknown"]
    with world.database.reading() as session:
        assert session.exec(select(VisitReport)).one().plan_id is None


def test_a_customer_struck_out_or_handed_over_meanwhile(world):
    with world.database.writing() as session:
        customer = session.exec(select(Customer).where(Customer.code == "C1")).one()
        customer.status = CustomerStatus.STRUCK_OUT
        session.exec(select(Territory).where(Territory.code == "T1")).one().rep_id = None
    assert flags(world) == ["customer_not_active", "customer_handed_over"]


@pytest.mark.parametrize("state", [PlanState.DRAFT, PlanState.PROPOSED, PlanState.REFUSED])
def test_a_plan_that_was_never_in_force_shows_no_customer(world, state):
    with world.database.writing() as session:
        session.exec(select(Territory).where(Territory.code == "T1")).one().rep_id = None
        session.exec(select(CyclePlan)).one().state = state
    assert world.client("rep1").put(URL, json=a_report()).status_code == 404


@pytest.mark.parametrize(
    ("position", "leaving", "told"),
    [
        ((35.8989, 14.5146), (35.8989, 14.5146), []),
        ((35.8989, 14.5146), (35.9122, 14.5042), ["far_on_leaving"]),
        ((-35.8989, 14.5146), None, ["place_doubtful"]),
        ((14.5146, 35.8989), None, ["place_doubtful"]),
        (None, (35.8989, -14.5146), ["far_on_leaving", "place_doubtful"]),
        ((35.9122, 14.5042), None, []),
    ],
)
def test_where_the_phone_stood_is_shown_and_flagged(world, position, leaving, told):
    def stood(at):
        return at and {"lat": at[0], "lon": at[1], "accuracy_m": 8}

    body = a_report(position=stood(position), leaving_position=stood(leaving))
    kept = world.client("rep1").put(URL, json=body).json()
    assert kept["flags"] == told
    assert (kept["leaving_distance_m"] is None) == (leaving is None)
    assert kept["far"] == (position not in (None, (35.8989, 14.5146)))


def test_a_correction_is_judged_anew(world):
    client = world.client("rep1")
    client.put(URL, json=a_report(planned_visit_id="C1/9"))
    correction = {"id": f"{1:032x}", "reason": "x", "report": a_report()}
    assert client.post(CORRECTIONS, json=correction).json()["flags"] == []


def test_the_same_body_again_shows_how_it_stood_when_it_came_in(world):
    (plan,) = plans(world)
    client = world.client("rep1")
    client.put(URL, json=a_report(plan_id=plan.id))
    _, new = another_plan(world, state=PlanState.REPLACED)
    again = client.put(URL, json=a_report(plan_id=plan.id))
    assert (again.status_code, again.json()["flags"]) == (200, [])
    assert again.json()["plan_in_force_id"] == new


def test_what_an_older_client_sends_stays_the_same_body(world):
    """What is kept of a body must not gain what the client never said."""
    client = world.client("rep1")
    assert client.put(URL, json=BODY_OF_AN_OLDER_CLIENT).status_code == 201
    said_in_full = BODY_OF_AN_OLDER_CLIENT | {
        "plan_id": None,
        "leaving_position": None,
        "training": [],
        "extra": {},
        "next_visit": {"date": "2026-12-07", "note": "after ten", "time": None, "minutes": 30},
    }
    assert client.put(URL, json=said_in_full).status_code == 200
    with world.database.reading() as session:
        report = session.exec(select(VisitReport)).one()
    assert set(report.body) == set(BODY_OF_AN_OLDER_CLIENT)
    assert report.body_sha256 == DIGEST_OF_IT


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"plan_id": 0}, "body.plan_id"),
        ({"plan_id": 2**31}, "body.plan_id"),
        ({"plan_id": 2**70}, "body.plan_id"),
        ({"plan_id": "7"}, "body.plan_id"),
        ({"training": [{"what": "x", "minutes": 0}]}, "body.training.0.minutes"),
        ({"training": [{"what": "x", "minutes": 1441}]}, "body.training.0.minutes"),
        ({"extra": {"x": ""}}, "body.extra.x"),
        ({"extra": {"x": "\ud800"}}, "body.extra.x"),
        ({"extra": {str(n): "x" for n in range(31)}}, "body.extra"),
        ({"extra": {"x" * 65: "x"}}, f"body.extra.{'x' * 65}.[key]"),
        ({"leaving_position": {"lat": 91, "lon": 0}}, "body.leaving_position.lat"),
        ({"next_visit": {"date": "2026-12-07", "time": "24:00"}}, "body.next_visit.time"),
        ({"next_visit": {"date": "2026-12-07", "time": "9:00"}}, "body.next_visit.time"),
        ({"next_visit": {"date": "2026-12-07", "time": "23:45"}}, "body"),
    ],
)
def test_what_cannot_be_kept_is_named(world, changes, path):
    content = json.dumps(a_report(**changes))
    headers = {"Content-Type": "application/json"}
    answer = world.client("rep1").put(URL, content=content, headers=headers)
    assert answer.status_code == 422, answer.text
    assert path in [error["path"] for error in answer.json()["errors"]]
