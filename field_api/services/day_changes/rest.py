"""The rest of a day planned again after something has happened, with few changes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from sqlmodel import Session

from crm.errors import Refused
from crm.models import Customer
from crm.rules.access import OPERATOR, Asker
from crm.rules.times_of_day import DAY_S, read_time
from crm.store.customers import customers
from crm.store.plans import plans
from crm.text import N_
from crm.vocabulary import CustomerStatus, DayChangeKind, Purpose
from field_api.errors import InvalidInput
from field_api.schemas.day_changes import DayChangeBody
from field_api.services.day_changes.refusals import AlreadyOnTheDay
from field_api.services.day_changes.under_way import Stop, UnderWay
from field_api.services.planning.opening import opening_of
from field_api.services.planning.problem import planned_customer
from field_api.services.planning.solving import PlanRefused, Unplannable
from field_api.services.planning.visits import service_s_of
from field_api.services.planning.wishes import WishRefused
from routing.check import check
from routing.plan import Plan
from routing.problem import NO_WAY, Commitment, Place, Problem, UnfitTime, Visit
from routing.replan import (
    Add,
    Cancel,
    Change,
    ChangeRefused,
    GiveUp,
    RunningLate,
    replan,
    with_place,
)
from routing.replan.again import Replanned
from routing.replan.cut import with_few_places
from routing.replan.edit import with_customers
from routing.replan.late import Spent
from routing.validate import InvalidProblem

CALLED_OFF = (DayChangeKind.CUSTOMER_CLOSED, DayChangeKind.NO_SHOW)
CANNOT = N_("This change cannot be planned: {cause}. Nothing was changed.")
PLACE_DIGITS = 3  # of a degree: about a hundred metres, so that plans keep no trail


@dataclass(frozen=True, kw_only=True)
class Rest:
    """`again` is the plan from `free_s` on, `base` what it was made from; `behind` are the stops
    done, `called_off` the visit whose customer was not there."""

    under_way: UnderWay
    base: Problem
    free_s: int
    behind: Sequence[Stop]
    called_off: str | None
    again: Replanned
    new_customer: Customer | None = None


def planned_again(
    session: Session,
    asker: Asker,
    under_way: UnderWay,
    body: DayChangeBody,
    change_id: UUID,
    *,
    now: datetime,
    free_s: int | None = None,
) -> Rest:
    """The rest of the day after what `body` tells; `free_s` repeats an earlier moment.

    Raises `InvalidInput`, `CustomerNotFound`, `AlreadyOnTheDay`, `WishRefused` for what contradicts
    the plan, `PlanRefused` for a plan that breaks a rule.
    """
    called_off, behind = _so_far(under_way, body)
    problem = under_way.problem
    if body.standing.position is not None:
        problem = _without_the_last_position(problem, under_way.day)
    problem = with_few_places(problem)
    if free_s is None:
        free_s = _free_s(under_way, body, behind, now)
    problem, at = _here(under_way, problem, body, behind, called_off, free_s)
    today = [r for r in under_way.plan.routes if r.date == under_way.day]
    standing = {stop.visit_id for route in today for stop in route.stops}
    late = RunningLate(
        rep_id=under_way.rep.code,
        date=under_way.day,
        now_s=free_s,
        at=at,
        done=tuple(v.visit_id for v, _ in behind if v.visit_id in standing),
        lunch_taken=body.standing.lunch_taken,
        end_s=read_time(body.home_by) if body.home_by else None,
        used=_used([stop for stop in behind if stop[0].visit_id not in standing]),
    )
    new_customer: Customer | None = None
    more: Sequence[tuple[Change, ...]] = ((),)
    if called_off is not None:
        more = tuple(_put_off(problem, under_way.plan, called_off))
    if body.kind is DayChangeKind.URGENT:
        new_customer = _urgent_customer(session, asker, under_way, body)
        problem, add = _urgent(session, problem, under_way, new_customer, body, change_id)
        more = ((add,),)
    again = _best(problem, under_way.plan, late, more, called_off)
    _refuse_broken(again)
    return Rest(
        under_way=under_way,
        base=problem,
        free_s=free_s,
        behind=behind,
        called_off=called_off,
        again=again,
        new_customer=new_customer,
    )


def free_at(under_way: UnderWay, body: DayChangeBody, *, now: datetime) -> int:
    """When the rest of the day begins, in seconds after midnight. Raises `InvalidInput`."""
    _, behind = _so_far(under_way, body)
    return _free_s(under_way, body, behind, now)


def _so_far(under_way: UnderWay, body: DayChangeBody) -> tuple[str | None, list[Stop]]:
    """The visit called off, if any, and the stops done."""
    called_off = body.planned_visit_id if body.kind in CALLED_OFF else None
    _refuse_unknown(under_way, body, called_off)
    behind = under_way.behind(body.standing.done)
    return called_off, [stop for stop in behind if stop[0].visit_id != called_off]


def _refuse_unknown(under_way: UnderWay, body: DayChangeBody, called_off: str | None) -> None:
    known = {visit.visit_id for visit, _ in under_way.stops}
    for number, done in enumerate(body.standing.done):
        if done not in known:
            raise InvalidInput(
                f"body.standing.done.{number}",
                N_("{visit} is no stop of {day}; pull the day again."),
                visit=done,
                day=under_way.day.isoformat(),
            )
    if called_off is not None and called_off not in known:
        raise InvalidInput(
            "body.planned_visit_id",
            N_("{visit} is no stop of {day}; pull the day again."),
            visit=called_off,
            day=under_way.day.isoformat(),
        )


def _free_s(under_way: UnderWay, body: DayChangeBody, behind: Sequence[Stop], now: datetime) -> int:
    """When the rep is free to go on, never before the day's hours begin nor after they end."""
    at = (body.now_at or now).astimezone(under_way.zone)
    if at.date() != under_way.day:
        raise InvalidInput(
            "body.now_at",
            N_("{at} is not on {day}; set the phone's clock."),
            at=at,
            day=under_way.day.isoformat(),
        )
    free_s = at.hour * 3600 + at.minute * 60 + at.second
    if body.minutes_late is not None and body.now_at is None:
        left = next((d.leave_s for d in under_way.days if d.date == under_way.day), free_s)
        last_s = behind[-1][0].end_s if behind else left
        free_s = max(free_s, last_s + 60 * body.minutes_late)
    hours = next(
        (day for day in under_way.problem.reps[0].workdays if day.date == under_way.day), None
    )
    if hours is None:
        return free_s  # a day off: the planner says so
    if not behind:
        free_s = max(free_s, hours.begin_s)
    return min(free_s, hours.end_s - 1)


def _here(
    under_way: UnderWay,
    problem: Problem,
    body: DayChangeBody,
    behind: Sequence[Stop],
    called_off: str | None,
    free_s: int,
) -> tuple[Problem, int]:
    """Where the rep is: by the phone's position, at the door of the customer who was not there if
    that was the next stop, else at the last stop done or where the day starts."""
    here = body.standing.position
    if here is not None:
        spot = Place(
            id=f"{under_way.rep.code}:at:{free_s}",
            lat=round(here.lat, PLACE_DIGITS),
            lon=round(here.lon, PLACE_DIGITS),
        )
        known = {place.id for place in problem.places}
        if spot.id in known:
            spot = replace(spot, id=f"{spot.id}:{len(known)}")
        found = _where(under_way, problem, spot)
        if found is not None:
            return found
    done = {visit.visit_id for visit, _ in behind}
    ahead = [stop for stop in under_way.stops if stop[0].visit_id not in done]
    if called_off is not None and ahead and ahead[0][0].visit_id == called_off:
        return _at(under_way, problem, ahead[0][1])
    if behind:
        return _at(under_way, problem, behind[-1][1])
    start = next((d.start for d in problem.reps[0].workdays if d.date == under_way.day), 0)
    return problem, start


def _where(under_way: UnderWay, problem: Problem, spot: Place) -> tuple[Problem, int] | None:
    """The problem with where the rep is; None where no road or no source of its legs is at hand:
    then the last stop has to do."""
    try:
        found, row = with_place(problem, spot, under_way.travel)
    except (ChangeRefused, Refused):
        return None
    legs = found.travel_s[under_way.rep.transport]
    cut_off = row and bool((legs[row, :row] >= NO_WAY).all())
    return None if cut_off else (found, row)


def _without_the_last_position(problem: Problem, day: date) -> Problem:
    """Where the rep was before is known no more once the rep is somewhere else."""
    (rep,) = problem.reps
    days = tuple(replace(d, start=d.end) if d.date == day else d for d in rep.workdays)
    return replace(problem, reps=(replace(rep, workdays=days),))


def _at(under_way: UnderWay, problem: Problem, customer: Customer) -> tuple[Problem, int]:
    for known in problem.customers:
        if known.id == customer.code:
            return problem, known.place
    for row, place in enumerate(problem.places):
        if place.id == customer.code:
            return problem, row
    spot = Place(id=customer.code, lat=customer.lat, lon=customer.lon)
    try:
        return with_place(problem, spot, under_way.travel)
    except ChangeRefused as error:
        raise WishRefused(CANNOT, cause=error) from None


def _used(behind: Sequence[Stop]) -> Spent | None:
    """What was used up of the day before the plan in force was made."""
    if not behind:
        return None
    return Spent(visits=len(behind), driving_s=sum(v.travel_s for v, _ in behind), load=0)


def _put_off(problem: Problem, plan: Plan, visit_id: str) -> Iterator[tuple[Change, ...]]:
    """To a later day within its dates, else within the cycle. A promise keeps its day: another is
    the customer's to agree to."""
    yield (Cancel(visit_id=visit_id),)
    visit = next((visit for visit in problem.visits if visit.id == visit_id), None)
    if visit is None or visit.commitment is None or visit.commitment.kind == "appointment":
        yield (Cancel(visit_id=visit_id, until=problem.last_day),)
    yield (GiveUp(visit_id=visit_id),)


def _best(
    problem: Problem,
    plan: Plan,
    late: RunningLate,
    more: Sequence[tuple[Change, ...]],
    called_off: str | None,
) -> Replanned:
    """The first way in which the visit called off finds a day; else the last that can be."""
    refused: ChangeRefused | None = None
    found: Replanned | None = None
    for changes in more:
        if found is not None and any(isinstance(change, GiveUp) for change in changes):
            break  # it stands without a day already, with a better reason
        try:
            again = replan(problem, plan, [late, *changes], scope="day")
        except ChangeRefused as error:
            refused = refused or error
            continue
        except InvalidProblem as error:
            raise Unplannable(error) from None
        found = again
        if called_off is None or all(u.visit_id != called_off for u in again.plan.unserved):
            break
    if found is None:
        raise WishRefused(CANNOT, cause=refused)
    return found


def _urgent_customer(
    session: Session, asker: Asker, under_way: UnderWay, body: DayChangeBody
) -> Customer:
    customer = customers.get(session, asker, body.customer_code or "")
    if customer.status is not CustomerStatus.ACTIVE:
        raise customers.CustomerNotInCare(customer)
    if any(known.id == customer.id for _, known in under_way.stops):
        raise AlreadyOnTheDay(
            N_("Customer {code} is on {day} already."),
            code=customer.code,
            day=under_way.day.isoformat(),
        )
    return customer


def _urgent(
    session: Session,
    problem: Problem,
    under_way: UnderWay,
    customer: Customer,
    body: DayChangeBody,
    change_id: UUID,
) -> tuple[Problem, Add]:
    """A visit that is owed today like a promise."""
    day = under_way.day
    service_s = 60 * body.minutes if body.minutes else service_s_of(customer)
    visit = Visit(
        id=f"{customer.code}@urgent:{change_id}",
        customer_id=customer.code,
        number=0,
        service_s=service_s,
        earliest=day,
        latest=day,
        ideal=day,
        purpose=Purpose.URGENT,
        commitment=Commitment(kind="promise", id=f"urgent:{change_id}"),
    )
    known = next((c for c in problem.customers if c.id == customer.code), None)
    new = known is None
    if known is None:
        problem, place = _at(under_way, problem, customer)
        facts = plans.facts_of(session, OPERATOR, under_way.rep, before=day)
        known = planned_customer(
            customer,
            place,
            under_way.rep,
            facts.unfit_times.get(customer.id or 0, ()),
            facts.last_visits.get(customer.id or 0),
            opening_of(customer, day, problem.last_day),
        )
    if body.before is not None:
        latest_end_s = min(DAY_S, (read_time(body.before) or 0) + service_s)
        if latest_end_s < DAY_S:
            too_late = UnfitTime(from_s=latest_end_s, to_s=DAY_S, date=day)
            known = replace(known, unfit_times=(*known.unfit_times, too_late))
    if new:
        return problem, Add(visit=visit, customer=known)
    return with_customers(problem, [known]), Add(visit=visit)


def _refuse_broken(again: Replanned) -> None:
    violations = check(again.problem, again.plan)
    if violations:
        raise PlanRefused(again.problem.id, violations)
