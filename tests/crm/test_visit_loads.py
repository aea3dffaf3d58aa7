"""What grades and frequencies ask of reps, worked out by hand."""

import pytest

from crm.rules.policy import DEFAULT_POLICY, Frequency, frequency_of
from crm.rules.visit_loads import Client, RepHours, loads
from crm.vocabulary import Grade

TABLE = {
    (Grade.A, ""): Frequency(interval_days=14, service_minutes=30),
    (Grade.A, "bars"): Frequency(interval_days=28, service_minutes=20),
}


def a_client(number=1, **changes):
    given = {"id": number, "rep": "R1", "grade": Grade.A, "channel": "", "interval_days": None,
             "service_minutes": None}  # fmt: skip
    return Client(**(given | changes))


def test_the_channels_own_row_comes_before_everybodys_and_that_before_the_products():
    assert frequency_of(TABLE, Grade.A, "bars").interval_days == 28
    assert frequency_of(TABLE, Grade.A, "shops").interval_days == 14
    assert frequency_of(TABLE, Grade.B, "bars").interval_days == (
        DEFAULT_POLICY[Grade.B].interval_days
    )
    assert frequency_of(TABLE, None, "") == frequency_of({}, Grade.E, "")


def test_visits_and_hours_before_and_after():
    hours = {"R1": RepHours(travel_s_a_visit=600, available_s=36_000)}
    (load,) = loads([a_client()], hours, before={}, after=TABLE, grades={})
    assert (load.visits_before, load.visits_after) == (4, 2)  # every 7 days, every 14
    assert load.seconds_before == pytest.approx(4 * (40 * 60 + 600))
    assert load.seconds_after == pytest.approx(2 * (30 * 60 + 600))
    assert load.added_s == load.seconds_after - load.seconds_before


def test_a_customers_own_interval_and_minutes_stay():
    own = a_client(interval_days=4, service_minutes=10)
    (load,) = loads([own], {}, before={}, after=TABLE, grades={})
    assert load.visits_before == load.visits_after == 7
    assert load.added_s == 0


def test_other_grades_count_for_those_who_move():
    clients = [a_client(1, grade=Grade.E), a_client(2, grade=Grade.E, rep="R2")]
    found = loads(clients, {}, before={}, after={}, grades={1: Grade.A})
    assert [(one.rep, round(one.visits_after, 2)) for one in found] == [("R1", 4), ("R2", 0.33)]
