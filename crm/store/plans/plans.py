"""Cycle plans: what they are made from, and which are in force."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, col, select

from crm.errors import Refused
from crm.models import (
    Appointment,
    Customer,
    CyclePlan,
    PlannedVisit,
    Promise,
    Rep,
    Territory,
    UnfitTime,
    Visit,
)
from crm.rules.access import Asker
from crm.rules.calendar import SpecialDay
from crm.rules.leave import Absence
from crm.rules.peak_hours import Peak
from crm.store.customers import customers
from crm.store.days import calendar, days, leave
from crm.store.people import people
from crm.store.travel import peak_hours
from crm.text import N_
from crm.vocabulary import CustomerStatus, PlanState, PromiseState


class NoPlan(Refused):
    """The rep has no plan in force."""

    def __init__(self, rep_code: str) -> None:
        super().__init__(
            N_("There is no published plan of rep {code}; plan the cycle first."), code=rep_code
        )


class PlanReplaced(Refused):
    """Another plan was published while one was being made from the plan in force before."""

    def __init__(self, rep_code: str) -> None:
        super().__init__(
            N_("Another plan of rep {code} was published meanwhile; look at it, then plan again."),
            code=rep_code,
        )


@dataclass(frozen=True, kw_only=True)
class RepFacts:
    """What a rep's cycle is planned from: the rep and the active customers of own territories,
    by customer id the unfit times, the last visit, open promises and standing appointments; the
    operator's own days by country, when the rep does not work, and the peak hours of the rep's
    district."""

    rep: Rep
    customers: tuple[Customer, ...]
    unfit_times: dict[int, list[UnfitTime]] = field(default_factory=dict)
    last_visits: dict[int, date] = field(default_factory=dict)
    promises: dict[int, list[Promise]] = field(default_factory=dict)
    appointments: dict[int, list[Appointment]] = field(default_factory=dict)
    own_days: dict[str, list[SpecialDay]] = field(default_factory=dict)
    absences: tuple[Absence, ...] = ()
    peaks: tuple[Peak, ...] = ()


def facts_of(
    session: Session, asker: Asker, rep: Rep, *, before: date, planned_from: date | None = None
) -> RepFacts:
    """The facts about a rep's customers, as the asker may see them; visits made before a day.

    Visits that published plans hold from `planned_from` until then are taken as made: they will
    have been when what is planned now begins.
    """
    own = col(Territory.rep_id) == rep.id
    return facts_within(session, asker, rep, own, before=before, planned_from=planned_from)


def facts_within(
    session: Session,
    asker: Asker,
    rep: Rep,
    territories: ColumnElement[bool],
    *,
    before: date,
    planned_from: date | None = None,
) -> RepFacts:
    """As `facts_of`, with the customers of whichever territories a condition selects."""
    own = select(Territory.id).where(territories)
    seen = customers.visible_to(asker).where(
        col(Customer.territory_id).in_(own), Customer.status == CustomerStatus.ACTIVE
    )
    found = tuple(session.exec(seen.order_by(Customer.code)))
    ids = seen.with_only_columns(col(Customer.id)).order_by(None)
    unfit: dict[int, list[UnfitTime]] = defaultdict(list)
    for row in session.exec(
        select(UnfitTime).where(col(UnfitTime.customer_id).in_(ids)).order_by(col(UnfitTime.id))
    ):
        unfit[row.customer_id].append(row)
    last_visits = days.last_visits(session, ids, before=before)
    if planned_from is not None:
        to_be_made = session.exec(
            select(col(PlannedVisit.customer_id), func.max(PlannedVisit.date))
            .join(CyclePlan, col(CyclePlan.id) == PlannedVisit.plan_id)
            .where(
                col(PlannedVisit.customer_id).in_(ids),
                CyclePlan.state == PlanState.PUBLISHED,
                PlannedVisit.date >= planned_from,
                PlannedVisit.date < before,
                col(PlannedVisit.date) <= CyclePlan.last_day,
            )
            .group_by(col(PlannedVisit.customer_id))
        )
        for customer_id, day in to_be_made:
            last_visits[customer_id] = max(day, last_visits.get(customer_id, day))
    promises: dict[int, list[Promise]] = defaultdict(list)
    for promise in session.exec(
        select(Promise)
        .where(col(Promise.customer_id).in_(ids), Promise.state == PromiseState.OPEN)
        .order_by(col(Promise.due), Promise.code)
    ):
        promises[promise.customer_id].append(promise)
    appointments: dict[int, list[Appointment]] = defaultdict(list)
    for appointment in session.exec(
        select(Appointment)
        .where(
            col(Appointment.customer_id).in_(ids),
            Appointment.date >= before,
            col(Appointment.cancelled).is_(False),
        )
        .order_by(col(Appointment.date), col(Appointment.begin_s), Appointment.code)
    ):
        appointments[appointment.customer_id].append(appointment)
    return RepFacts(
        rep=rep,
        customers=found,
        unfit_times=dict(unfit),
        last_visits=last_visits,
        promises=dict(promises),
        appointments=dict(appointments),
        own_days=calendar.own_days(session, before),
        absences=leave.absences(session, rep, before),
        peaks=peak_hours.holding_in(session, rep.district_id),
    )


def visited_since(session: Session, asker: Asker, rep: Rep, since: date) -> dict[int, list[date]]:
    """Days of visits made to a rep's customers on or after a day, by customer id, in order."""
    own = select(Territory.id).where(Territory.rep_id == rep.id)
    seen = customers.visible_to(asker).where(col(Customer.territory_id).in_(own))
    ids = seen.with_only_columns(col(Customer.id))
    rows = session.exec(
        select(col(Visit.customer_id), col(Visit.date))
        .where(col(Visit.customer_id).in_(ids), Visit.date >= since)
        .distinct()  # a report's visit may stand in the company's records, too
        .order_by(col(Visit.date))
    )
    found: dict[int, list[date]] = defaultdict(list)
    for customer_id, day in rows:
        found[customer_id].append(day)
    return dict(found)


def in_force(session: Session, asker: Asker, on: date) -> list[tuple[Rep, CyclePlan]]:
    """The published plan that holds a day, of each rep whom the asker may see, in order of the
    rep's code; see `plan_in_force` for reps without one that day."""
    reps = people.reps_visible_to(asker).with_only_columns(col(Rep.id))
    rows = session.exec(
        select(Rep, CyclePlan)
        .join(CyclePlan, col(CyclePlan.rep_id) == Rep.id)
        .where(col(Rep.id).in_(reps), CyclePlan.state == PlanState.PUBLISHED)
        .order_by(Rep.code, col(CyclePlan.first_day), col(CyclePlan.id))
    )
    plans: dict[str, tuple[Rep, list[CyclePlan]]] = {}
    for rep, plan in rows:
        plans.setdefault(rep.code, (rep, []))[1].append(plan)
    return [(rep, _holding(published, on)) for rep, published in plans.values()]


def plan_in_force(session: Session, asker: Asker, rep: Rep, on: date) -> CyclePlan:
    """The published plan of a rep that holds a day; before its cycle the next one to begin, after
    the last cycle that one. Raises `NoPlan`."""
    seen = people.reps_visible_to(asker).where(Rep.id == rep.id)
    reps = seen.with_only_columns(col(Rep.id))
    published = session.exec(
        select(CyclePlan)
        .where(col(CyclePlan.rep_id).in_(reps), CyclePlan.state == PlanState.PUBLISHED)
        .order_by(col(CyclePlan.first_day), col(CyclePlan.id))
    ).all()
    if not published:
        raise NoPlan(rep.code)
    return _holding(published, on)


def _holding(published: Sequence[CyclePlan], on: date) -> CyclePlan:
    """Of plans in order of time, the first that does not end before a day; else the last."""
    return next((plan for plan in published if plan.last_day >= on), published[-1])


def refuse_replaced(session: Session, plan: CyclePlan, rep_code: str) -> None:
    """Raise `PlanReplaced` when the plan is in force no more, or for fewer days than it was read
    with. The row stays locked where writers do not queue."""
    now = session.exec(select(CyclePlan).where(CyclePlan.id == plan.id).with_for_update()).one()
    if (now.state, now.last_day) != (PlanState.PUBLISHED, plan.last_day):
        raise PlanReplaced(rep_code)
