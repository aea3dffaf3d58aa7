"""Every reason from a problem that a person can see through, and its remedy tried out."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from routing.check import check
from routing.plan import Remedy, Unserved
from routing.problem import Problem, Visit
from routing.reasons import ReasonCode, RemedyCode
from routing.solve import solve
from tests.routing.builders import (
    LAST_FRI,
    MON,
    TUE,
    WED,
    a_problem,
    due,
    opens,
    shop,
    unfit,
)


def missed_in(problem: Problem, visit_id: str) -> Unserved:
    plan = solve(problem, work=20)
    assert check(problem, plan) == ()
    (missed,) = [missed for missed in plan.unserved if missed.visit_id == visit_id]
    return missed


def is_planned(problem: Problem, visit_id: str) -> bool:
    plan = solve(problem, work=20)
    return any(stop.visit_id == visit_id for route in plan.routes for stop in route.stops)


def with_visit(problem: Problem, visit_id: str, **changes) -> Problem:
    visits = (
        replace(visit, **changes) if visit.id == visit_id else visit for visit in problem.visits
    )
    return replace(problem, visits=tuple(visits))


def with_customer(problem: Problem, customer_id: str, **changes) -> Problem:
    customers = (
        replace(customer, **changes) if customer.id == customer_id else customer
        for customer in problem.customers
    )
    return replace(problem, customers=tuple(customers))


def visit_of(problem: Problem, visit_id: str) -> Visit:
    return next(visit for visit in problem.visits if visit.id == visit_id)


# what each remedy means, done to the problem
def overtime(problem, missed, remedy: Remedy) -> Problem:
    day, minutes = date.fromisoformat(remedy.params["date"]), remedy.params["minutes"]
    rep = problem.reps[0]
    workdays = tuple(
        replace(w, end_s=w.end_s + 60 * minutes) if w.date == day else w for w in rep.workdays
    )
    longer = replace(problem, reps=(replace(rep, workdays=workdays),))
    return with_visit(longer, missed.visit_id, pinned=day)


def widen_window(problem, missed, remedy: Remedy) -> Problem:
    day = date.fromisoformat(remedy.params["date"])
    from_s, to_s = remedy.params["from_s"], remedy.params["to_s"]
    customer = next(c for c in problem.customers if c.id == missed.customer_id)
    hours = tuple(
        replace(hours, from_s=from_s, to_s=to_s)
        for hours in opens("00:00-24:00")
        if hours.weekday == day.weekday()
    )
    return with_customer(problem, customer.id, open_hours=hours, unfit_times=())


def other_date(problem, missed, remedy: Remedy) -> Problem:
    day = date.fromisoformat(remedy.params["date"])
    return with_visit(problem, missed.visit_id, earliest=day, latest=day, pinned=None)


def shorten_visit(problem, missed, remedy: Remedy) -> Problem:
    return with_visit(problem, missed.visit_id, service_s=60 * remedy.params["minutes"])


def confirm_status(problem, missed, remedy: Remedy) -> Problem:
    return with_customer(problem, missed.customer_id, status="active")


def extend_promise(problem, missed, remedy: Remedy) -> Problem:
    latest = date.fromisoformat(remedy.params["date"])
    return with_visit(problem, missed.visit_id, latest=latest)


def change_frequency(problem, missed, remedy: Remedy) -> Problem:
    return with_customer(problem, missed.customer_id, min_gap_days=1, max_gap_days=None)


def move_appointment(problem, missed, remedy: Remedy) -> Problem:
    other = visit_of(problem, str(remedy.params["other"]))
    later = replace(other.commitment, begin_s=other.commitment.begin_s + 4 * 3600)
    return with_visit(problem, other.id, commitment=later)


def other_rep(problem, missed, remedy: Remedy) -> Problem:
    return with_customer(problem, missed.customer_id, rep_ids=frozenset({"rep"}))


DONE: dict[str, Callable[[Problem, Unserved, Remedy], Problem]] = {
    RemedyCode.OVERTIME: overtime,
    RemedyCode.WIDEN_WINDOW: widen_window,
    RemedyCode.OTHER_DATE: other_date,
    RemedyCode.SHORTEN_VISIT: shorten_visit,
    RemedyCode.CONFIRM_STATUS: confirm_status,
    RemedyCode.EXTEND_PROMISE: extend_promise,
    RemedyCode.CHANGE_FREQUENCY: change_frequency,
    RemedyCode.MOVE_APPOINTMENT: move_appointment,
    RemedyCode.OTHER_REP: other_rep,
}

evening = shop("bar", open_hours=opens("18:00-24:00"))
closed = shop("bar", open_hours=())
only_unfit = shop("bar", open_hours=opens("12:00-14:00"), unfit_times=(unfit("11:00-15:00", 0),))
full = [shop(f"a{n}", due(120), grade="A") for n in range(4)]
same_hour = (
    shop("first", due(60, on=MON, appointment="10:00"), grade="A"),
    shop("second", due(60, on=MON, appointment="10:30"), grade="E"),
)
both_at_nine = (
    shop("big", due(60), grade="A", open_hours=opens("09:00-10:00")),
    shop("small", due(60), grade="E", open_hours=opens("09:00-10:00")),
)
weekend = (MON, TUE)

CASES = [
    ("bar", ReasonCode.NO_OPEN_HOURS, RemedyCode.WIDEN_WINDOW, a_problem(evening, days=[MON])),
    ("bar", ReasonCode.NO_OPEN_HOURS, RemedyCode.WIDEN_WINDOW, a_problem(closed, days=[MON])),
    ("bar", ReasonCode.NO_OPEN_HOURS, RemedyCode.WIDEN_WINDOW, a_problem(only_unfit, days=[MON])),
    (
        "bar",
        ReasonCode.NO_WORKDAY,
        RemedyCode.OTHER_DATE,
        a_problem(shop("bar", due(on=TUE)), days=[MON, WED]),
    ),
    (
        "bar",
        ReasonCode.NO_WORKDAY,
        RemedyCode.OTHER_REP,
        a_problem(shop("bar", rep_ids=frozenset({"nobody"})), days=[MON]),
    ),
    (
        "bar",
        ReasonCode.TOO_LONG_FOR_WINDOW,
        RemedyCode.SHORTEN_VISIT,
        a_problem(shop("bar", due(180), open_hours=opens("09:00-11:00")), days=[MON]),
    ),
    (
        "bar",
        ReasonCode.TOO_FAR,
        RemedyCode.OVERTIME,
        a_problem(shop("bar", due(60)), days=[MON], drives={("home", "bar"): 270}),
    ),
    (
        "bar2",
        ReasonCode.GAP_IMPOSSIBLE,
        RemedyCode.CHANGE_FREQUENCY,
        a_problem(shop("bar", due(), due(), min_gap_days=5), days=[MON, TUE]),
    ),
    (
        "bar",
        ReasonCode.GAP_IMPOSSIBLE,
        RemedyCode.CHANGE_FREQUENCY,
        a_problem(shop("bar", due(), min_gap_days=9, last_visit=LAST_FRI), days=[MON, TUE]),
    ),
    (
        "bar",
        ReasonCode.DEADLINE_PASSED,
        RemedyCode.EXTEND_PROMISE,
        a_problem(shop("bar", due(between=(LAST_FRI, LAST_FRI), promise=True)), days=[MON]),
    ),
    (
        "second",
        ReasonCode.APPOINTMENT_CLASH,
        RemedyCode.MOVE_APPOINTMENT,
        a_problem(*same_hour, days=[MON]),
    ),
    (
        "bar",
        ReasonCode.NOT_ACTIVE,
        RemedyCode.CONFIRM_STATUS,
        a_problem(shop("bar", status="blacklisted"), days=[MON]),
    ),
    (
        "bar",
        ReasonCode.HOURS_SHORT,
        RemedyCode.OVERTIME,
        a_problem(*full, shop("bar", due(60), grade="E"), days=[MON]),
    ),
    (
        "small",
        ReasonCode.WINDOW_TAKEN,
        RemedyCode.WIDEN_WINDOW,
        a_problem(*both_at_nine, days=[MON]),
    ),
]


@pytest.mark.parametrize(
    ("visit", "reason", "remedy", "problem"), [pytest.param(*c, id=f"{c[1]}-{c[2]}") for c in CASES]
)
def test_the_reason_and_that_its_remedy_lets_the_visit_in(visit, reason, remedy, problem):
    missed = missed_in(problem, visit)
    assert (missed.code, missed.remedy.code) == (reason, remedy)
    assert missed.params.keys() == {"earliest", "latest"}
    mended = DONE[remedy](problem, missed, missed.remedy)
    assert is_planned(mended, visit)


def test_every_reason_has_its_case():
    assert {reason for _, reason, _, _ in CASES} == set(ReasonCode)


def test_overtime_is_as_short_as_can_be():
    """Four visits of two hours with ten minutes between end at 17:10 at home; one more of an hour
    and its ten minutes end at 18:00."""
    problem = a_problem(*full, shop("bar", due(60), grade="E"), days=[MON])
    remedy = missed_in(problem, "bar").remedy
    assert remedy.params == {"minutes": 30, "date": MON.isoformat()}
    workday = problem.reps[0].workdays[0]
    for extra, fits in ((29, False), (30, True)):
        longer = replace(workday, end_s=workday.end_s + 60 * extra)
        rep = replace(problem.reps[0], workdays=(longer,))
        assert is_planned(replace(problem, reps=(rep,)), "bar") == fits


def test_the_shorter_visit_is_as_long_as_the_window():
    problem = a_problem(shop("bar", due(180), open_hours=opens("09:00-11:00")), days=[MON])
    assert missed_in(problem, "bar").remedy.params == {"minutes": 120}


def test_the_nearest_working_day_is_proposed():
    days = [MON, WED, MON + timedelta(days=7)]
    problem = a_problem(shop("bar", due(on=MON + timedelta(days=5))), days=days)
    assert missed_in(problem, "bar").remedy.params == {"date": "2026-12-07"}


def test_a_promise_overdue_is_told_as_such_whatever_else_is_wrong():
    ruin = shop("bar", due(between=(LAST_FRI, LAST_FRI), promise=True), open_hours=())
    assert missed_in(a_problem(ruin, days=[MON]), "bar").code is ReasonCode.DEADLINE_PASSED


def test_an_appointment_that_ends_after_work():
    night = shop("bar", due(60, on=MON, appointment="17:00"))
    missed = missed_in(a_problem(night, days=[MON]), "bar")
    assert missed.code is ReasonCode.TOO_FAR
    assert missed.remedy.params == {"minutes": 40, "date": MON.isoformat()}  # home by 18:10


def test_an_appointment_before_anybody_can_be_there_has_no_remedy_here():
    dawn = shop("bar", due(60, on=MON, appointment="08:05"))
    missed = missed_in(a_problem(dawn, days=[MON]), "bar")
    assert (missed.code, missed.remedy) == (ReasonCode.TOO_FAR, None)


def test_a_visit_is_shortened_to_what_the_way_there_leaves():
    early = shop("bar", due(45), open_hours=opens("06:00-08:40"))  # there at 08:10
    problem = a_problem(early, days=[MON])
    missed = missed_in(problem, "bar")
    assert (missed.code, missed.remedy.params) == (ReasonCode.TOO_LONG_FOR_WINDOW, {"minutes": 30})
    assert is_planned(shorten_visit(problem, missed, missed.remedy), "bar")


def test_a_door_that_closes_before_the_rep_is_there_is_never_open():
    early = shop("bar", due(45), open_hours=opens("06:00-08:10"))
    missed = missed_in(a_problem(early, days=[MON]), "bar")
    assert missed.code is ReasonCode.NO_OPEN_HOURS
    assert missed.remedy.code == RemedyCode.WIDEN_WINDOW
