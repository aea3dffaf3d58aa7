"""Territories of the sample's main island, proposed for its seven reps and repaired."""

import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlmodel import col

from bench.figure import Figure, at_least, at_most, tell
from bench.sample import sample_database
from crm.database import Database
from crm.models import Territory
from crm.rules.access import OPERATOR
from crm.store.people import organisation
from crm.store.plans import plans
from crm.store.plans.plans import RepFacts
from field_api.sample import MALTA
from field_api.services.planning.cycle import last_day_of
from field_api.services.planning.problem import cycle_task
from field_api.services.territory_proposals import Question, Task, described
from routing.many import processes, solve_many
from routing.territories import Judgement, ProposalOptions, propose, repair
from routing.travel.straight_line import StraightLine

DISTRICT = "MALTA"
WIDEST_GOAL = 0.05  # of the mean
SECONDS_GOAL = 5.0  # for a thousand customers among eight reps
REPAIR_LIMITS = (0.1, 0.08, 0.05)
BY_CUSTOMER = ("unfit_times", "last_visits", "promises", "appointments")


def run(*, work: int, seed: int) -> None:
    """Propose, plan the month by it, repair; print a line for each figure."""
    with sample_database() as database:
        question = Question(
            task=Task.PROPOSE,
            district_code=DISTRICT,
            first_day=MALTA.first_day,
            weeks=MALTA.cycle_weeks,
        )
        with database.reading() as session:
            district = described(session, OPERATOR, question, StraightLine()).district
            session.expunge_all()
        facts = _facts(database)
    today = {one.id: str(one.rep_id) for one in district.customers}
    travel_h = _planned_travel_h(facts, today, work=work, seed=seed)
    tell(Figure(figure="travel of the month's plan today", value=travel_h, unit="h"))
    for name, options in (
        ("proposal", ProposalOptions()),
        ("proposal, whoever has whom today", ProposalOptions(fresh=True)),
    ):
        began = time.process_time()
        found = propose(district, options)
        cpu_s = time.process_time() - began
        if name == "proposal":
            assert found.before is not None
            _tell_balance("today", found.before)
        _tell_balance(name, found.after)
        tell(at_most(f"{name}: farthest from the mean", found.after.widest, "1", WIDEST_GOAL))
        tell(Figure(figure=f"{name}: customers moved", value=len(found.moved), unit="1"))
        planned_h = _planned_travel_h(facts, found.rep_of, work=work, seed=seed)
        tell(at_most(f"{name}: travel of the month's plan", planned_h, "h", round(travel_h, 2)))
        tell(at_most(f"{name}: CPU", cpu_s, "s", SECONDS_GOAL))
    again = propose(replace(district), ProposalOptions(fresh=True))
    tell(at_least("same input, same territories", float(again.rep_of == found.rep_of), "1", 1))
    for limit in REPAIR_LIMITS:
        began = time.process_time()
        mended = repair(district, limit=limit)
        cpu_s = time.process_time() - began
        name = f"repair to {limit:.0%}"
        tell(at_most(f"{name}: imbalance", mended.after.imbalance, "1", limit))
        tell(Figure(figure=f"{name}: customers moved", value=len(mended.moves), unit="1"))
        tell(Figure(figure=f"{name}: bound by the hours", value=mended.at_least, unit="1"))
        tell(Figure(figure=f"{name}: fewer ruled out", value=float(mended.proven), unit="1"))
        tell(Figure(figure=f"{name}: CPU", value=cpu_s, unit="s"))


def _tell_balance(name: str, found: Judgement) -> None:
    tell(Figure(figure=f"{name}: imbalance", value=found.imbalance, unit="1"))
    tell(Figure(figure=f"{name}: variation", value=found.variation, unit="1"))


def _facts(database: Database) -> dict[str, RepFacts]:
    """What each rep of the district is planned from, with all customers of the district."""
    with database.reading() as session:
        district = organisation.get_district(session, OPERATOR, DISTRICT)
        reps = [r for r in organisation.reps_of(session, OPERATOR) if r.district_id == district.id]
        own = col(Territory.district_id) == district.id
        found = {
            rep.code: plans.facts_within(session, OPERATOR, rep, own, before=MALTA.first_day)
            for rep in reps
        }
        session.expunge_all()
    return found


def _planned_travel_h(
    facts: Mapping[str, RepFacts], rep_of: Mapping[str, str], *, work: int, seed: int
) -> float:
    """Hours on the road of the month's plans when customers are given out so."""
    problems = []
    for code, known in facts.items():
        customers = tuple(one for one in known.customers if rep_of[one.code] == code)
        ids = {one.id for one in customers}
        kept: dict[str, Any] = {
            name: {id_: one for id_, one in getattr(known, name).items() if id_ in ids}
            for name in BY_CUSTOMER
        }
        task = cycle_task(
            replace(known, customers=customers, **kept),
            first_day=MALTA.first_day,
            last_day=last_day_of(MALTA.first_day, MALTA.cycle_weeks),
            country="",
        )
        problems.append(task.problem)
    outcomes = solve_many(problems, executor=processes(2), seed=seed, work=work)
    plans_made = [one.plan for one in outcomes]
    routes = [route for plan in plans_made if plan is not None for route in plan.routes]
    return sum(route.travel_s for route in routes) / 3600
