"""A rep's figures by month, reckoned from what happened."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlmodel import select

from crm.models import Promise
from tests.field_api import day_world
from tests.field_api.day_world import stops
from tests.field_api.world import API, MONDAY, NOW, a_report

URL = f"{API}/my/figures"


def report(world, stop, **changes):
    body = a_report(
        customer_code=stop["customer"]["code"],
        planned_visit_id=stop["planned_visit_id"],
        promises=[],
        next_visit=None,
    )
    answer = world.client("rep1").put(f"{API}/visit-reports/{uuid4()}", json=body | changes)
    assert answer.status_code == 201, answer.text


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


def test_frequency_is_reckoned_by_customer(world):
    day_world.plan(world)
    world.now = NOW + timedelta(days=9)  # the weekly ones were due once, the other customer not
    (month,) = months(world, before=0)
    assert month["frequency_attainment"] == {"numerator": 0, "denominator": 40, "value": 0.0}


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
