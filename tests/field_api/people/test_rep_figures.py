"""A rep's figures by month, reckoned from what happened."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlmodel import select

from crm.models import Promise, Rep
from crm.store.customers import care_spells
from crm.store.month_counts import territory_months
from tests.field_api import day_world
from tests.field_api.day_world import stops
from tests.field_api.world import API, MONDAY, NOW, a_report

URL = f"{API}/my/figures"
DECEMBER = date(2026, 12, 1)
TEN_PAST = "2026-12-02T10:10:00Z"


def report(world, stop, **changes):
    body = a_report(
        customer_code=stop["customer"]["code"],
        planned_visit_id=stop["planned_visit_id"],
        promises=[],
        next_visit=None,
    )
    answer = world.client("rep1").put(f"{API}/visit-reports/{uuid4()}", json=body | changes)
    assert answer.status_code == 201, answer.text


def rep_of(session, code):
    return session.exec(select(Rep.id).where(Rep.code == code)).one()


def months(world, **asked) -> list[dict]:
    answer = world.client("rep1").get(URL, params=asked)
    assert answer.status_code == 200, answer.text
    return answer.json()["months"]


def test_a_day_that_is_over_counts(world):
    day_world.plan(world)
    planned = stops(world)
    report(world, planned[0])
    report(world, planned[1], outcome="closed")
    assert months(world)[0]["plan_adherence"]["denominator"] == 0  # today is not over
    world.now = NOW + timedelta(days=1)
    (december, november) = months(world, before=1)
    assert (december["month"], december["plan_adherence"]["value"]) == ("2026-12", None)
    assert november["plan_adherence"] == {
        "numerator": 1,
        "denominator": len(planned) - 1,
        "value": round(1 / (len(planned) - 1), 3),
    }
    travel = november["travel_share"]
    assert travel["numerator"] == world.client("rep1").get(
        f"{API}/my/days/{MONDAY}"
    ).json()["travel_s"]  # fmt: skip
    assert 0 < travel["value"] < 1


def test_frequency_is_reckoned_as_at_the_desk(world):
    day_world.plan(world)
    with world.database.writing() as session:
        care_spells.note(session, MONDAY)
    first, second = stops(world)[:2]
    world.now = NOW + timedelta(days=9)  # eight days of December are over
    report(world, first, checked_in_at="2026-12-02T09:00:00Z", checked_out_at=None)
    report(world, second, checked_in_at="2026-12-02T10:00:00Z", checked_out_at=TEN_PAST)
    (month,) = months(world, before=0)
    with world.database.reading() as session:
        counted = list(
            territory_months.reckoned(session, DECEMBER, DECEMBER + timedelta(days=7), at=NOW)
        )
        own = [one for one in counted if one.rep_id == rep_of(session, "R1")]
    found = month["frequency_attainment"]
    assert found["numerator"] == sum(one.attained for one in own) == 1
    assert found["denominator"] == sum(one.required for one in own) == 40


@pytest.mark.parametrize(("kept_after_days", "kept"), [(0, 1), (3, 0)])
def test_promises_kept_by_their_day(world, kept_after_days, kept):
    world.now = NOW + timedelta(days=kept_after_days)
    path = f"{API}/promises/P1/keep"
    assert world.client("rep1").post(path, json={"evidence": "x"}).status_code == 200
    world.now = NOW + timedelta(days=5)
    (month,) = months(world, month="2026-12", before=0)
    assert month["promises_kept"]["numerator"] == kept
    assert month["promises_kept"]["denominator"] == 1


def test_a_promise_taken_back_is_left_out(world):
    with world.database.writing() as session:
        session.exec(select(Promise).where(Promise.code == "P1")).one().state = "withdrawn"
    world.now = NOW + timedelta(days=5)
    assert months(world, before=0)[0]["promises_kept"]["denominator"] == 0


@pytest.mark.parametrize("asked", [{"month": "2026-13"}, {"month": "x"}, {"before": 13}])
def test_no_such_month(world, asked):
    assert world.client("rep1").get(URL, params=asked).status_code == 422


def test_a_month_to_come_is_empty(world):
    (month,) = months(world, month="2027-05", before=0)
    assert {month[name]["value"] for name in month if isinstance(month[name], dict)} == {None}
