"""A rep's day as it stands now: the plan in force, what is done of it, what is left."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session

from crm.models import Customer, CyclePlan, PlannedDay, PlannedVisit, Rep
from crm.rules.access import Asker
from crm.rules.reports import day_of, stands_on
from crm.store.days import day_changes, days
from crm.store.people import people
from crm.store.plans.plans import NoPlan
from crm.store.reports import reports
from crm.text import N_
from field_api.services.day_changes.joined import in_front, on_its_own, until
from field_api.services.day_changes.refusals import DayNotPlannable, DayNotUnderWay
from field_api.services.people.accounts import zone_of
from field_api.services.planning.kept import PlanUnreadable, pair_of
from field_api.settings import Settings
from routing.plan import Plan
from routing.problem import Problem
from routing.travel.interface import TravelTimes

Stop = tuple[PlannedVisit, Customer]


@dataclass(frozen=True, kw_only=True)
class UnderWay:
    """`row` is the plan in force, `problem` and `plan` are its days from `day` on, `stops` those of
    the day in order; `done` are the ids of those that lie behind by what was reported."""

    rep: Rep
    zone: ZoneInfo
    day: date
    row: CyclePlan
    days: Sequence[PlannedDay]
    visits: Sequence[Stop]
    done: frozenset[str]
    problem: Problem
    plan: Plan
    travel: TravelTimes

    @property
    def stops(self) -> list[Stop]:
        """The day's stops in order."""
        return [stop for stop in self.visits if stop[0].date == self.day]

    def behind(self, said: Collection[str]) -> list[Stop]:
        """The stops that are done, with those said to be."""
        return [stop for stop in self.stops if stop[0].visit_id in {*self.done, *said}]


def read(
    session: Session,
    settings: Settings,
    asker: Asker,
    rep_code: str,
    day: date,
    *,
    travel: TravelTimes,
    now: datetime,
) -> UnderWay:
    """The day of a rep whom the asker may see. Raises `RepNotFound`, `DayNotUnderWay` for another
    day than the rep's today, `NoPlan`, `DayNotPlannable`."""
    rep = people.get_rep(session, asker, rep_code)
    zone = zone_of(rep, settings)
    today = day_of(now, zone)
    if day != today:
        raise DayNotUnderWay(
            N_(
                "{day} is not under way: today is {today}. Days to come are planned again by "
                "your manager."
            ),
            day=day.isoformat(),
            today=today.isoformat(),
        )
    row = day_changes.published_on(session, rep, day)
    if row is None:
        raise NoPlan(rep.code)
    planned_days, visits = day_changes.rows_of(session, row)
    here = {visit.visit_id for visit, _ in visits if visit.date == day}
    problem, plan = _from_day_on(session, row, day, here, travel)
    return UnderWay(
        rep=rep,
        zone=zone,
        day=day,
        row=row,
        days=planned_days,
        visits=visits,
        done=_reported(session, asker, rep, day, visits),
        problem=problem,
        plan=plan,
        travel=travel,
    )


def _from_day_on(
    session: Session, row: CyclePlan, day: date, here: Collection[str], travel: TravelTimes
) -> tuple[Problem, Plan]:
    """What the plan in force has from a day on. A plan that was made today begins tomorrow: its
    today is still that of the plan before, the last one that knows of no other stops than those
    that are `here`."""
    problem, plan = _pair(row)
    rest = until(problem, plan, row.last_day)
    if problem.first_day <= day:
        return rest
    for older in day_changes.published_before(session, row):
        before, planned = _pair(older)
        stood = {s.visit_id for r in planned.routes if r.date == day for s in r.stops}
        if before.first_day <= day <= before.last_day and stood <= set(here):
            if {before.travel_source, problem.travel_source} != {travel.source}:
                break
            return in_front(on_its_own(before, planned, day), rest, travel)
    raise DayNotPlannable(
        N_("How {day} was planned is not known any more; ask your manager."), day=day.isoformat()
    )


def _pair(row: CyclePlan) -> tuple[Problem, Plan]:
    try:
        return pair_of(row)
    except PlanUnreadable:
        raise DayNotPlannable(
            N_("Plan {id} has no document to plan from; ask your manager."), id=row.id
        ) from None


def _reported(
    session: Session, asker: Asker, rep: Rep, day: date, visits: Sequence[Stop]
) -> frozenset[str]:
    """The day's stops on which there is a report, whatever came of the visit."""
    made = reports.of_day(session, asker, days.published_day(session, asker, rep.code, day), day)
    return frozenset(
        visit.visit_id
        for visit, customer in visits
        if visit.date == day
        and any(
            report.customer_id == customer.id
            and stands_on(
                report.outcome,
                visited_on=report.visited_on,
                names_visit=report.planned_visit_id == visit.visit_id,
                planned_on=day,
            )
            for report in made
        )
    )
