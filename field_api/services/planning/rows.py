"""A checked plan as rows of the core, and back."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from sqlalchemy import delete
from sqlmodel import Session, col, select

from crm.models import Customer, CyclePlan, PlannedDay, PlannedVisit, Rep, UnservedVisit
from crm.store.plans import publishing
from crm.vocabulary import Grade, PlanState, Purpose
from field_api.services.planning.figures import figures_of, with_days_behind
from routing.document import to_document
from routing.plan import Plan
from routing.problem import Commitment, CommitmentKind, Problem

Row = TypeVar("Row", PlannedDay, PlannedVisit)


@dataclass(frozen=True, kw_only=True)
class Past:
    """The days of a plan in force that a replan leaves as they were; of a day under way, what
    has happened on it."""

    plan: CyclePlan
    days: Sequence[PlannedDay] = ()
    visits: Sequence[PlannedVisit] = ()


def keep_plan(  # noqa: PLR0913  (everything that a plan is kept with)
    session: Session,
    rep: Rep,
    problem: Problem,
    plan: Plan,
    *,
    customer_ids: Mapping[str, int],
    state: PlanState,
    now: datetime,
    purpose: str = "",
    past: Past | None = None,
    job_id: UUID | None = None,
    changes_plan_id: int | None = None,
) -> CyclePlan:
    """Add the plan to the database. `customer_ids` by code; `now` is an aware instant; `job_id`
    is the job's that made it, of which there is one plan at most; `changes_plan_id` is the plan's
    of which this one changes a day."""
    assert rep.id is not None
    days, visits, unserved = _rows(problem, plan, customer_ids, past)
    figures = figures_of(problem, plan)
    if past is not None:
        again = {visit.id for visit in problem.visits}  # those missed count once
        made = [visit for visit in past.visits if visit.visit_id not in again]
        figures = with_days_behind(
            figures,
            past.plan.figures,
            first_day=problem.first_day,
            days=days,
            travelled_s=sum(day.travel_s for day in past.days),
            visits=visits,
            visited=made,
            grades=_grades(session, made),
            lunch_s=_usual_lunch_s(problem),
        )
    kept = CyclePlan(
        rep_id=rep.id,
        first_day=past.plan.first_day if past else problem.first_day,
        last_day=problem.last_day,
        state=state,
        fingerprint=plan.fingerprint,
        seed=plan.seed,
        created_at=now,
        purpose=purpose,
        figures=figures,
        document=to_document([(problem, plan)]),
        job_id=job_id,
        changes_plan_id=changes_plan_id,
        travel_source=plan.travel_source,
    )
    return publishing.keep(session, kept, days, visits, unserved)


def exchange(
    session: Session,
    kept: CyclePlan,
    problem: Problem,
    plan: Plan,
    *,
    customer_ids: Mapping[str, int],
) -> None:
    """Put another plan of the same days in the place of one that is not in force yet."""
    assert kept.id is not None
    for table in (PlannedDay, PlannedVisit, UnservedVisit):
        session.execute(delete(table).where(col(table.plan_id) == kept.id))
    kept.fingerprint = plan.fingerprint
    kept.figures = figures_of(problem, plan)
    kept.document = to_document([(problem, plan)])
    for rows in _rows(problem, plan, customer_ids, None):
        for row in rows:
            row.plan_id = kept.id
            session.add(row)
    session.flush()


def _rows(
    problem: Problem, plan: Plan, customer_ids: Mapping[str, int], past: Past | None
) -> tuple[list[PlannedDay], list[PlannedVisit], list[UnservedVisit]]:
    commitments = {v.id: v.commitment for v in problem.visits if v.commitment is not None}
    owners = {customer.id: customer.owner_id for customer in problem.customers}
    done = Counter(row.date for row in past.visits) if past else Counter[date]()
    days = [
        PlannedDay(
            plan_id=0,
            date=route.date,
            leave_s=route.leave_s,
            return_s=route.return_s,
            lunch_begin_s=route.lunch_begin_s,
            travel_s=route.travel_s,
            travel_m=route.travel_m,
        )
        for route in plan.routes
    ]
    visits = [
        PlannedVisit(
            plan_id=0,
            visit_id=stop.visit_id,
            customer_id=customer_ids[stop.customer_id],
            date=route.date,
            position=position,
            arrive_s=stop.arrive_s,
            begin_s=stop.begin_s,
            end_s=stop.end_s,
            travel_s=stop.travel_s,
            travel_m=stop.travel_m,
            purpose=stop.purpose,
            promise_code=""
            if stop.purpose == Purpose.URGENT  # owed today, but nobody promised it
            else _code(commitments.get(stop.visit_id), "promise"),
            appointment_code=_code(commitments.get(stop.visit_id), "appointment"),
            stands_in=owners[stop.customer_id] not in (None, route.rep_id),
        )
        for route in plan.routes
        for position, stop in enumerate(route.stops, start=1 + done[route.date])
    ]
    unserved = [
        UnservedVisit(
            plan_id=0,
            visit_id=missed.visit_id,
            customer_id=customer_ids[missed.customer_id],
            code=missed.code.value,
            rule=missed.rule,
            params=dict(missed.params),
            remedy=asdict(missed.remedy) if missed.remedy else None,
        )
        for missed in plan.unserved
    ]
    if past is not None:
        days = _joined([_again(PlannedDay, row) for row in past.days], days)
        visits += [_again(PlannedVisit, row) for row in past.visits]
    return days, visits, unserved


def _grades(session: Session, visits: Sequence[PlannedVisit]) -> dict[int, str]:
    """The grades of those who were visited."""
    found = select(Customer.id, Customer.grade).where(
        col(Customer.id).in_({visit.customer_id for visit in visits})
    )
    return {id_: Grade(grade or Grade.E).value for id_, grade in session.exec(found) if id_}


def _usual_lunch_s(problem: Problem) -> int:
    """How long the rep has lunch; days behind have kept only when it began."""
    return next(
        (day.lunch.duration_s for rep in problem.reps for day in rep.workdays if day.lunch), 0
    )


def _joined(past: Sequence[PlannedDay], ahead: Sequence[PlannedDay]) -> list[PlannedDay]:
    """The days in order of time; one under way has both what was and what is to come."""
    days = {day.date: day for day in ahead}
    for was in past:
        rest = days.get(was.date)
        if rest is not None:
            was.return_s = rest.return_s
            was.travel_s += rest.travel_s
            was.travel_m += rest.travel_m
            if rest.lunch_begin_s is not None:
                was.lunch_begin_s = rest.lunch_begin_s
        days[was.date] = was
    return [days[day] for day in sorted(days)]


def _code(commitment: Commitment | None, kind: CommitmentKind) -> str:
    return commitment.id if commitment is not None and commitment.kind == kind else ""


def _again(table: type[Row], row: Row) -> Row:
    """The same row for another plan."""
    return table(**row.model_dump(exclude={"id"}))
