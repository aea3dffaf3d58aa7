"""Changes at random to a random plan: one strategy for all property tests of replanning."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import strategies as st

from routing.plan import Plan
from routing.problem import Problem
from routing.replan import (
    Add,
    Cancel,
    Change,
    Drop,
    Move,
    Pin,
    RepIll,
    RepLeaves,
    RunningLate,
    Swap,
)


@st.composite
def changes(draw, problem: Problem, plan: Plan) -> Change:
    """Any change that names visits, reps and days of the problem; some will be refused."""
    visits = st.sampled_from([visit.id for visit in problem.visits])
    days = st.sampled_from([day.date for rep in problem.reps for day in rep.workdays])
    kinds = [_drop, _add, _pin, _move, _swap, _cancel, _late, _ill, _leave]
    return draw(draw(st.sampled_from(kinds))(problem, plan, visits, days))


def one_visit(problem: Problem):
    """A change that concerns a single visit."""
    visits = st.sampled_from([visit.id for visit in problem.visits])
    days = st.sampled_from([day.date for rep in problem.reps for day in rep.workdays])
    return st.one_of(kind(problem, None, visits, days) for kind in (_drop, _pin, _cancel))


def _drop(problem, plan, visits, days):
    return st.builds(Drop, visit_id=visits)


def _cancel(problem, plan, visits, days):
    return st.builds(Cancel, visit_id=visits, until=st.one_of(st.none(), days))


def _pin(problem, plan, visits, days):
    return st.builds(Pin, visit_id=visits, date=days, rep_id=st.one_of(st.none(), _reps(problem)))


def _move(problem, plan, visits, days):
    return st.builds(Move, visit_id=visits, date=days)


def _swap(problem, plan, visits, days):
    return st.builds(Swap, visit_id=visits, other_id=visits)


@st.composite
def _add(draw, problem, plan, visits, days):
    like = draw(st.sampled_from(problem.visits))
    first, last = sorted((draw(days), draw(days)))
    pinned = draw(st.sampled_from((None, first)))
    new = replace(
        like, id="new", earliest=first, latest=last, ideal=first, pinned=pinned, commitment=None,
        pinned_rep_id=None, accompanies=None,
    )  # fmt: skip
    if draw(st.booleans()):
        return Add(visit=new)
    own = next(c for c in problem.customers if c.id == like.customer_id)
    stranger = replace(own, id="stranger", status="active", patterns=None)
    return Add(visit=replace(new, customer_id="stranger"), customer=stranger)


@st.composite
def _late(draw, problem, plan, visits, days):
    day = draw(days)
    rep_id = draw(_reps(problem))
    route = next((r for r in plan.routes if (r.rep_id, r.date) == (rep_id, day)), None)
    stops = route.stops if route else ()
    made = stops[: draw(st.integers(0, len(stops)))]
    places = {c.id: c.place for c in problem.customers}
    return RunningLate(
        rep_id=rep_id,
        date=day,
        now_s=(made[-1].end_s if made else 8 * 3600) + draw(st.sampled_from((0, 1800, 7200))),
        at=places[made[-1].customer_id] if made else 0,
        done=tuple(stop.visit_id for stop in made),
        lunch_taken=draw(st.booleans()),
    )


@st.composite
def _ill(draw, problem, plan, visits, days):
    first = draw(days)
    others = draw(st.lists(_reps(problem), max_size=2, unique=True))
    return RepIll(
        rep_id=draw(_reps(problem)),
        first_day=first,
        last_day=first + timedelta(days=draw(st.integers(0, 2))),
        stand_ins=tuple(others),
    )


def _leave(problem, plan, visits, days):
    return st.builds(RepLeaves, rep_id=_reps(problem), first_day=days)


def _reps(problem):
    return st.sampled_from([rep.id for rep in problem.reps])
