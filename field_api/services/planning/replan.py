"""The rest of a cycle planned again when something has changed, moving as little as can be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from sqlmodel import Session, select

from crm.database import Database
from crm.errors import Refused
from crm.models import CyclePlan, PlannedDay, PlannedVisit
from crm.rules.access import OPERATOR, Asker
from crm.store.days import leave
from crm.store.people import people
from crm.store.plans import plans, stand_ins
from crm.text import N_
from crm.vocabulary import LeaveKind, PlanState
from field_api.services.planning.guests import as_guests, with_guests
from field_api.services.planning.judged import as_judged
from field_api.services.planning.problem import STRAIGHT, ids_of, problem_of
from field_api.services.planning.remaining import still_due, with_commitments, with_today
from field_api.services.planning.rows import Past, keep_plan
from field_api.services.planning.solving import Effort, plan_all
from field_api.services.planning.visits import due_at
from field_api.services.planning.wishes import (
    Wishes,
    as_wished,
    without_pins_gone_by,
)
from field_api.services.plans.notes import Note, commitments_without_a_place
from routing.plan import Plan, Unserved
from routing.problem import Customer, Problem, PublishedStop, Visit
from routing.replan import WORK
from routing.travel.interface import TravelTimes

LONGEST_PURPOSE = 500


@dataclass(frozen=True, kw_only=True)
class VisitMove:
    """A visit whose day changed. None: it had no day before, or has none now."""

    visit_id: str
    customer_code: str
    customer_name: str
    before: date | None
    after: date | None


@dataclass(frozen=True, kw_only=True)
class PlanChange:
    """What a replan changed. `stability`: planned visits still on their day ÷ those before."""

    plan_id: int
    rep_code: str
    purpose: str
    from_day: date
    moved: tuple[VisitMove, ...]
    added: tuple[VisitMove, ...]
    dropped: tuple[VisitMove, ...]
    unserved: tuple[Unserved, ...]
    stability: float
    notes: tuple[Note, ...]


class CycleOver(Refused):
    """Nothing is left of the published cycle to plan again."""


def replan(
    database: Database,
    asker: Asker,
    *,
    rep_code: str,
    today: date,
    purpose: str,
    country: str = "",
    effort: Effort | None = None,
    wishes: Wishes | None = None,
    travel: TravelTimes = STRAIGHT,
) -> PlanChange:
    """Plan the days after `today` again and publish the result in the place of the plan in force.

    Visits made are counted, visits missed before today come back, customers no longer active
    leave, new promises become deadlines and appointments stand as they are booked now; everything
    else stays on its day as far as it can, but for what is wanted otherwise by `wishes`. Raises
    `NoPlan`, `CycleOver`, `RepNotFound`, `WishRefused`, `PlanRefused`, and `PlanReplaced` when
    somebody else was faster.
    """
    if not 1 <= len(purpose.strip()) <= LONGEST_PURPOSE:
        raise Refused(
            N_("A replan states its purpose in 1 to {most} characters; this one has {length}."),
            most=LONGEST_PURPOSE,
            length=len(purpose.strip()),
        )
    with database.reading() as session:
        rep = people.get_rep(session, asker, rep_code)
        current = plans.plan_in_force(session, asker, rep, today + timedelta(days=1))
        tomorrow = today + timedelta(days=1)
        if tomorrow > current.last_day:
            raise CycleOver(
                N_("The cycle of {code} ended on {last}; plan the next one instead."),
                code=rep.code,
                last=current.last_day.isoformat(),
            )
        old_problem, old_plan = as_judged(session, current)
        first_day = max(old_problem.first_day, tomorrow)
        # Whoever may see the rep plans the whole of the rep's days: a territory of another
        # district's, which the asker does not see, must not fall out of them.
        facts = plans.facts_of(session, OPERATOR, rep, before=first_day)
        facts = with_guests(session, facts, old_problem)
        rows, given_up = _rows(session, current)
        given_up |= stand_ins.handed_over(session, rep, since=current.first_day)
        made = plans.visited_since(session, OPERATOR, rep, current.first_day)
    before = {visit.visit_id: visit.date for visit in rows.visits if visit.date >= first_day}
    old = replace(
        old_problem,
        last_day=current.last_day,
        visits=tuple(
            visit
            for visit in old_problem.visits
            if visit.id not in given_up and visit.earliest <= current.last_day
        ),
    )
    kept = still_due(facts, old, rows.visits, made, first_day)
    kept |= _came(facts, current, kept, first_day)
    visits, notes = with_commitments(facts, kept, rows.visits, first_day, current.last_day)
    problem = problem_of(
        with_today(facts, rows.visits, first_day),
        visits,
        first_day=first_day,
        last_day=current.last_day,
        country=country,
        published=_published(rows.visits, visits, rep.code, first_day),
        travel=travel,
    )
    problem = without_pins_gone_by(as_guests(problem, old_problem))
    wishes = wishes or Wishes()
    problem = as_wished(problem, old_plan, wishes)
    (plan,) = plan_all([problem], effort or Effort(work=WORK["cycle"]))
    with database.writing(by=asker) as session:
        plans.refuse_replaced(session, current, rep.code)
        for first_off, last_off in wishes.away:
            leave.note(
                session,
                rep,
                first_day=first_off,
                last_day=last_off,
                kind=LeaveKind.SICK,
                reason=purpose.strip(),
            )
        past = Past(
            plan=current,
            days=[day for day in rows.days if day.date < first_day],
            visits=[visit for visit in rows.visits if visit.date < first_day],
        )
        new = keep_plan(
            session,
            rep,
            problem,
            plan,
            customer_ids=ids_of(facts),
            state=PlanState.PUBLISHED,
            now=datetime.now(UTC),
            purpose=purpose.strip(),
            past=past,
        )
        notes += commitments_without_a_place(problem, plan)
        return _change(new, rep.code, old_problem, problem, plan, before, tuple(notes))


def _came(
    facts: plans.RepFacts, current: CyclePlan, kept: Mapping[str, object], first_day: date
) -> dict[str, list[Visit]]:
    """The visits that are due to customers who came to the rep since the plan was made."""
    came = {code for note in current.replan_because for code in note.get("came", ())}
    return {
        customer.code: due_at(
            customer, (), facts.last_visits.get(customer.id or 0), first_day, current.last_day
        )
        for customer in facts.customers
        if customer.code in came and customer.code not in kept
    }


@dataclass(frozen=True, kw_only=True)
class _Rows:
    days: Sequence[PlannedDay]
    visits: Sequence[PlannedVisit]


def _rows(session: Session, plan: CyclePlan) -> tuple[_Rows, set[str]]:
    """The plan's rows, and the ids of the visits that it gave up to a plan that begins in it."""
    days = session.exec(select(PlannedDay).where(PlannedDay.plan_id == plan.id)).all()
    visits = session.exec(select(PlannedVisit).where(PlannedVisit.plan_id == plan.id)).all()
    kept = _Rows(
        days=[day for day in days if day.date <= plan.last_day],
        visits=[visit for visit in visits if visit.date <= plan.last_day],
    )
    return kept, {v.visit_id for v in visits} - {v.visit_id for v in kept.visits}


def _published(
    rows: Sequence[PlannedVisit], visits: Sequence[Visit], rep_code: str, first_day: date
) -> list[PublishedStop]:
    wanted = {visit.id for visit in visits}
    return [
        PublishedStop(visit_id=row.visit_id, rep_id=rep_code, date=row.date, order=row.position)
        for row in rows
        if row.date >= first_day and row.visit_id in wanted
    ]


def _change(
    kept: CyclePlan,
    rep_code: str,
    old: Problem,
    problem: Problem,
    plan: Plan,
    before: Mapping[str, date],
    notes: tuple[Note, ...],
) -> PlanChange:
    owners = _owners(old) | _owners(problem)
    after = {stop.visit_id: route.date for route in plan.routes for stop in route.stops}
    moves = [
        VisitMove(
            visit_id=visit_id,
            customer_code=owners[visit_id].id,
            customer_name=owners[visit_id].name,
            before=before.get(visit_id),
            after=after.get(visit_id),
        )
        for visit_id in sorted(before.keys() | after.keys())
        if before.get(visit_id) != after.get(visit_id)
    ]
    unchanged = sum(1 for visit_id, day in before.items() if after.get(visit_id) == day)
    assert kept.id is not None
    return PlanChange(
        plan_id=kept.id,
        rep_code=rep_code,
        purpose=kept.purpose,
        from_day=problem.first_day,
        moved=tuple(move for move in moves if move.before and move.after),
        added=tuple(move for move in moves if move.before is None),
        dropped=tuple(move for move in moves if move.after is None),
        unserved=plan.unserved,
        stability=unchanged / len(before) if before else 1.0,
        notes=notes,
    )


def _owners(problem: Problem) -> dict[str, Customer]:
    """The customer of each visit, by the visit's id."""
    customers = {customer.id: customer for customer in problem.customers}
    return {visit.id: customers[visit.customer_id] for visit in problem.visits}
