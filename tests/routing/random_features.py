"""What a small random problem has beside one rep: colleagues, calendars, loads, joint visits."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import strategies as st

from routing.problem import Customer, Peak, Problem, Rep, Visit
from tests.routing.builders import at

CREW = ("rep", "ben", "carl")
AWAY = (None, None, at("02:00"), at("05:30"))
LOADS = (0, 0, 1, 4, 11)
HOLDS = (None, 5, 10)
EDGES = tuple(
    at(clock) for clock in ("00:00", "08:00", "08:45", "09:30", "12:00", "12:40", "17:00")
)

sometimes = st.sampled_from((False, False, True))


@st.composite
def enriched(draw, problem: Problem, joint: bool) -> Problem:
    """The problem with one to three reps who share customers, and every further rule in it;
    with `joint` some visits are accompanied by another rep."""
    crew = CREW[: draw(st.integers(1, len(CREW)))]
    visits = [draw(_visit(visit, crew)) for visit in problem.visits]
    dates = [day.date for day in problem.reps[0].workdays]
    customers = []
    for customer in problem.customers:
        count = sum(visit.customer_id == customer.id for visit in visits)
        customers.append(draw(_customer(customer, crew, dates, count)))
    if joint:
        whose = {customer.id: customer for customer in customers}
        visits += [
            second
            for visit in visits
            for second in draw(_company(visit, whose[visit.customer_id], crew))
        ]
    return replace(
        problem,
        reps=tuple(draw(_rep(problem.reps[0], name)) for name in crew),
        customers=tuple(customers),
        visits=tuple(visits),
        travel_s={**problem.travel_s, "bike": problem.travel_s["car"] * 2},
        travel_m={**problem.travel_m, "bike": problem.travel_m["car"]},
    )


@st.composite
def rushed(draw, problem: Problem) -> Problem:
    """The problem with peaks on the days of its reps, most of them at times that matter."""
    return replace(
        problem,
        reps=tuple(
            replace(rep, workdays=tuple(replace(d, peaks=draw(peaks())) for d in rep.workdays))
            for rep in problem.reps
        ),
    )


@st.composite
def peaks(draw, most: int = 4) -> tuple[Peak, ...]:
    """Up to so many peaks of a day, some of which follow each other at once."""
    moments = st.sampled_from(EDGES) | st.integers(0, at("24:00"))
    edges = sorted(draw(st.sets(moments, max_size=2 * most)))
    spans = list(pairwise(edges))[:: draw(st.sampled_from((1, 2)))]
    percents = st.sampled_from((50, 70, 100, 130, 150, 175, 333, 400))
    return tuple(Peak(from_s=a, to_s=b, percent=draw(percents)) for a, b in spans)


@st.composite
def _rep(draw, like: Rep, name: str) -> Rep:
    days = like.workdays
    if name != like.id:
        days = tuple(day for day in days if not draw(sometimes))
    away = draw(st.sampled_from(AWAY))
    return replace(
        like,
        id=name,
        transport=draw(st.sampled_from(("car", "car", "bike"))),
        workdays=tuple(replace(day, max_duration_s=away) for day in days),
        max_load=draw(st.sampled_from(HOLDS)),
        cents_per_km=draw(st.sampled_from((0, 0, 30))),
    )


@st.composite
def _customer(draw, customer: Customer, crew, dates: list[date], count: int) -> Customer:
    rep_ids = draw(st.sets(st.sampled_from((*crew, "elsewhere")), min_size=1))
    weekdays = st.none() | st.sets(st.integers(0, 4), min_size=1, max_size=3).map(frozenset)
    pattern = st.lists(st.sampled_from(dates), unique=True, min_size=count, max_size=count)
    patterns = st.lists(pattern.map(lambda days: tuple(sorted(days))), min_size=1, max_size=3)
    some_patterns = st.none() | patterns.map(tuple) if count <= len(dates) else st.none()
    after = draw(st.sampled_from((None, None, 1, 3, 9)))
    return replace(
        customer,
        rep_ids=frozenset(rep_ids),
        owner_id=draw(st.none() | st.sampled_from(sorted(rep_ids))),
        weekdays=draw(st.none() | weekdays),
        patterns=draw(st.none() | some_patterns),
        next_visit=None if after is None else dates[-1] + timedelta(days=after),
    )


@st.composite
def _visit(draw, visit: Visit, crew) -> Visit:
    return replace(
        visit,
        load=draw(st.sampled_from(LOADS)),
        pinned_rep_id=draw(st.sampled_from((None, None, None, *crew))),
        service_s=draw(st.sampled_from((visit.service_s,) * 5 + (0,))),
    )


@st.composite
def _company(draw, visit: Visit, customer: Customer, crew) -> list[Visit]:
    """Seldom a visit by somebody else who accompanies this one, for as long or not so long."""
    first = {visit.pinned_rep_id} if visit.pinned_rep_id else customer.rep_ids
    others = [name for name in crew if first != {name}]
    if not others or not draw(sometimes):
        return []
    name = draw(st.sampled_from(others))
    return [
        replace(
            visit,
            id=f"{visit.id}+{name}",
            accompanies=visit.id,
            pinned_rep_id=name,
            service_s=draw(st.sampled_from((visit.service_s, 600))),
            load=0,
        )
    ]
