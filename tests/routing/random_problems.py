"""Small problems at random, with every rule in them: one strategy for all property tests."""

from datetime import timedelta

import numpy as np
from hypothesis import strategies as st

from routing.plan import Plan
from routing.problem import Problem, PublishedStop
from routing.validate import validate
from tests.routing.builders import (
    METRES_A_SECOND,
    MON,
    Due,
    Shop,
    a_problem,
    due,
    lunch,
    opens,
    shop,
    unfit,
)
from tests.routing.random_features import enriched, rushed

HOURS = ("08:00-17:30", "09:00-13:00", "07:45-12:30", "10:00-18:00")
OPEN = (
    ("09:00-12:00",),
    ("08:00-10:30", "13:00-17:00"),
    ("11:30-14:00",),
    ("06:00-08:40",),
    ("16:00-24:00",),
    (),
)
UNFIT = ("12:00-13:30", "00:00-10:00", "14:00-24:00", "09:15-09:20")
APPOINTMENTS = ("09:00", "11:50", "12:30", "16:45")


@st.composite
def problems(
    draw,
    days: int = 4,
    shops: int = 6,
    *,
    full: bool = False,
    joint: bool = False,
    peaks: bool = False,
) -> Problem:
    """One rep with up to so many working days and customers; sound, often hard.

    `full` adds colleagues who share customers, weekdays, patterns, loads, longest times away and
    reps fixed by a person; `joint` adds all that and visits that another rep accompanies; `peaks`
    adds hours at which driving is slower or quicker.
    """
    count = draw(st.integers(1, shops))
    dates = [MON + timedelta(days=n) for n in range(draw(st.integers(1, days)))]
    items = [draw(_shop(f"s{n}", dates)) for n in range(count)]
    problem = a_problem(
        *items,
        days=dates,
        hours=draw(st.sampled_from(HOURS)),
        rest=draw(st.sampled_from((None, lunch("11:30-12:30"), lunch("12:00-12:00", 30)))),
        max_visits_a_day=draw(st.sampled_from((None, None, 1, 3))),
        max_driving_s_a_day=draw(st.sampled_from((None, None, 3600, 9000))),
    )
    seconds = draw(_matrix(count + 1))
    travel = {"travel_s": {"car": seconds}, "travel_m": {"car": seconds * METRES_A_SECOND}}
    problem = Problem(**{**vars(problem), **travel})
    if full or joint:
        problem = draw(enriched(problem, joint))
    if peaks:
        problem = draw(rushed(problem))
    assert validate(problem) == ()
    return problem


@st.composite
def published(draw, problem: Problem, plan: Plan) -> Problem:
    """The same problem with a plan in force: the given one with days and reps exchanged at
    random."""
    workdays = [day.date for day in problem.reps[0].workdays]
    reps = [rep.id for rep in problem.reps]
    stops = [
        PublishedStop(
            visit_id=stop.visit_id,
            rep_id=draw(st.sampled_from((route.rep_id, *reps))),
            date=draw(st.sampled_from((route.date, *workdays))),
            order=order,
        )
        for route in plan.routes
        for order, stop in enumerate(route.stops, start=1)
    ]
    return Problem(**{**vars(problem), "published": tuple(stops)})


@st.composite
def _shop(draw, name: str, dates) -> Shop:
    visits = tuple(draw(_due(dates)) for _ in range(draw(st.sampled_from((1, 1, 1, 2, 3)))))
    times = st.sampled_from(UNFIT)
    at = st.one_of(st.integers(0, 4), st.sampled_from(dates))
    least = draw(st.sampled_from((1, 1, 2, 3)))
    most = draw(st.sampled_from((None, None, least, least + 1, 9)))
    fields = {
        "grade": draw(st.sampled_from("ABCDE")),
        "open_hours": draw(st.one_of(st.none(), st.sampled_from(OPEN).map(lambda o: opens(*o)))),
        "unfit_times": tuple(
            unfit(draw(times), draw(at)) for _ in range(draw(st.sampled_from((0, 0, 0, 1, 2))))
        ),
        "closed_dates": draw(st.frozensets(st.sampled_from(dates), max_size=1)),
        "window_holds_for": draw(st.sampled_from(("visit", "visit", "start"))),
        "min_gap_days": least,
        "max_gap_days": most,
        "last_visit": draw(st.sampled_from((None, None, *(MON - timedelta(d) for d in (1, 3, 9))))),
        "status": draw(st.sampled_from(("active",) * 9 + ("blacklisted",))),
    }
    return shop(name, *visits, **fields)


@st.composite
def _due(draw, dates) -> Due:
    minutes = draw(st.sampled_from((5, 20, 45, 90, 200)))
    kind = draw(st.sampled_from(("plain",) * 5 + ("appointment", "promise", "pinned")))
    if kind == "appointment":
        return due(minutes, on=draw(st.sampled_from(dates)), appointment=draw(_times))
    if kind == "pinned":
        return due(minutes, pinned=draw(st.sampled_from(dates)))
    first = draw(st.integers(0, len(dates) - 1))
    last = draw(st.integers(first, len(dates) - 1))
    return due(minutes, (dates[first], dates[last]), promise=kind == "promise")


_times = st.sampled_from(APPOINTMENTS)


@st.composite
def _matrix(draw, size: int):
    """Seconds on roads: neither symmetric nor, in one case of two, keeping the triangle
    inequality; often whole five minutes, so that days fit by no second more."""
    seed = draw(st.integers(0, 2**16))
    rng = np.random.default_rng(seed)
    seconds = rng.integers(0, draw(st.sampled_from((600, 2400, 7200))), (size, size))
    if draw(st.booleans()):
        seconds = seconds // 300 * 300
    if draw(st.booleans()):
        for middle in range(size):
            through = seconds[:, middle, None] + seconds[None, middle, :]
            seconds = np.minimum(seconds, through)
    np.fill_diagonal(seconds, 0)
    return seconds.astype(np.int32)
