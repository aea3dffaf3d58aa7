"""The weeks and days of a plan with their visits in order."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from crm.models import Customer, CyclePlan, PlannedDay, PlannedVisit
from field_api.services.planning.kept import PlanUnreadable, pair_of
from field_api.terms import purpose_in_words
from field_api.wording import Language
from routing.problem import Problem, WorkDay

A_WEEK, SATURDAY = 7, 5


@dataclass(frozen=True, kw_only=True)
class Block:
    """A visit on a day. `promise` and `appointment` are their codes; `fixed`: a person chose the
    day; `may_move`: its day has not begun; `stands_in`: the customer is a colleague's."""

    visit_id: str
    order: int
    customer: Customer
    begin_s: int
    end_s: int
    travel_s: int
    purpose: str
    promise: str
    appointment: str
    fixed: bool
    may_move: bool
    stands_in: bool
    due: date | None
    earliest: date | None
    latest: date | None


@dataclass(frozen=True, kw_only=True)
class DayShown:
    """A day of the calendar. `out_s` of `hours_s`: from leaving to coming back without the break,
    of the working hours without it; None: no working day."""

    date: date
    blocks: tuple[Block, ...]
    in_cycle: bool
    gone: bool
    out_s: int = 0
    hours_s: int | None = None
    leave_s: int | None = None
    back_s: int | None = None
    travel_s: int = 0


def problem_of(row: CyclePlan) -> Problem | None:
    """What a plan was made from; None for one without a document that can be read."""
    try:
        problem, _ = pair_of(row)
    except PlanUnreadable:
        return None
    return problem


def weeks_of(
    row: CyclePlan,
    today: date,
    stops: Sequence[tuple[PlannedVisit, Customer]],
    planned: dict[date, PlannedDay],
    problem: Problem | None,
    language: Language,
) -> tuple[tuple[DayShown, ...], ...]:
    """The weeks from Monday to Sunday that hold the plan's days."""
    visits = {visit.id: visit for visit in problem.visits} if problem else {}
    joint = {v.accompanies for v in visits.values()} | {
        v.id for v in visits.values() if v.accompanies
    }
    hours = {day.date: day for day in problem.reps[0].workdays} if problem else {}
    on_day: dict[date, list[Block]] = defaultdict(list)
    for visit, customer in stops:
        due = visits.get(visit.visit_id)
        on_day[visit.date].append(
            Block(
                visit_id=visit.visit_id,
                order=len(on_day[visit.date]) + 1,
                customer=customer,
                begin_s=visit.begin_s,
                end_s=visit.end_s,
                travel_s=visit.travel_s,
                purpose=purpose_in_words(language, visit.purpose),
                promise=visit.promise_code,
                appointment=visit.appointment_code,
                fixed=due is not None and due.pinned is not None,
                may_move=due is not None and visit.date > today and visit.visit_id not in joint,
                stands_in=visit.stands_in,
                due=due.ideal if due else None,
                earliest=due.earliest if due else None,
                latest=due.latest if due else None,
            )
        )
    monday = row.first_day - timedelta(days=row.first_day.weekday())
    count = (row.last_day - monday).days // A_WEEK + 1
    return tuple(
        tuple(
            _day(
                monday + timedelta(days=A_WEEK * week + number), row, today, planned, hours, on_day
            )
            for number in range(A_WEEK)
        )
        for week in range(count)
    )


def _day(
    on: date,
    row: CyclePlan,
    today: date,
    planned: dict[date, PlannedDay],
    hours: dict[date, WorkDay],
    on_day: dict[date, list[Block]],
) -> DayShown:
    route, workday = planned.get(on), hours.get(on)
    lunch_s = workday.lunch.duration_s if workday and workday.lunch else 0
    out_s = route.return_s - route.leave_s if route else 0
    if route and route.lunch_begin_s is not None:
        out_s -= lunch_s
    return DayShown(
        date=on,
        blocks=tuple(on_day.get(on, ())),
        in_cycle=row.first_day <= on <= row.last_day,
        gone=on <= today,
        out_s=out_s,
        hours_s=workday.end_s - workday.begin_s - lunch_s if workday else None,
        leave_s=route.leave_s if route else None,
        back_s=route.return_s if route else None,
        travel_s=route.travel_s if route else 0,
    )


def weekdays_of(weeks: Sequence[Sequence[DayShown]]) -> tuple[int, ...]:
    """Monday to Friday, and the days of the weekend that are worked."""
    worked = {d.date.weekday() for week in weeks for d in week if d.hours_s or d.blocks}
    return tuple(number for number in range(A_WEEK) if number < SATURDAY or number in worked)
