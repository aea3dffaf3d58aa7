"""On what terms a visit would be made on one rep's day, and how a remedy changes them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from routing.plan import Remedy
from routing.problem import Customer, OpenHours, Problem, Rep, Visit, WorkDay
from routing.reasons import Bar, RemedyCode

MINUTE_S = 60
Params = Mapping[str, str | int]


@dataclass(frozen=True, kw_only=True)
class Terms:
    """A visit, its customer, and the rep's day it is tried on, each as given or as relaxed."""

    visit: Visit
    customer: Customer
    rep: Rep
    day: WorkDay

    @property
    def date(self) -> date:
        """The day it is tried on."""
        return self.day.date

    @property
    def begin_s(self) -> int | None:
        """The second agreed with the customer, if one is."""
        return self.visit.commitment.begin_s if self.visit.commitment else None


def relaxed(terms: Terms, remedy: Remedy) -> Terms:
    """The terms with the remedy done. Raises KeyError for a code that is not a `RemedyCode`."""
    return _CHANGES[RemedyCode(remedy.code)](terms, remedy.params)


def applied(problem: Problem, visit_id: str, remedy: Remedy) -> Problem:
    """The problem with the remedy done: the visit may then be on the remedy's date and no other.

    Raises StopIteration where the problem has no such visit, rep or working day.
    """
    visit = next(visit for visit in problem.visits if visit.id == visit_id)
    rep = next(rep for rep in problem.reps if rep.id == remedy.params["rep"])
    new = relaxed(
        Terms(
            visit=visit,
            customer=next(c for c in problem.customers if c.id == visit.customer_id),
            rep=rep,
            day=next(day for day in rep.workdays if str(day.date) == remedy.params["date"]),
        ),
        remedy,
    )
    return with_terms(problem, new)


def with_terms(problem: Problem, terms: Terms) -> Problem:
    """The problem with the visit, customer, rep and day of these terms in the place of its own,
    the visit fixed to that day."""
    days = tuple(terms.day if day.date == terms.date else day for day in terms.rep.workdays)
    rep = replace(terms.rep, workdays=days)
    pinned = replace(terms.visit, pinned=terms.date)
    return replace(
        problem,
        reps=tuple(rep if old.id == rep.id else old for old in problem.reps),
        customers=tuple(
            terms.customer if old.id == terms.customer.id else old for old in problem.customers
        ),
        visits=tuple(pinned if old.id == pinned.id else old for old in problem.visits),
    )


def _as_it_is(terms: Terms, params: Params) -> Terms:
    return terms


def _overtime(terms: Terms, params: Params) -> Terms:
    end_s = terms.day.end_s + int(params["minutes"]) * MINUTE_S
    return replace(terms, day=replace(terms.day, end_s=end_s))


def _shorter(terms: Terms, params: Params) -> Terms:
    return replace(terms, visit=replace(terms.visit, service_s=int(params["minutes"]) * MINUTE_S))


def _other_date(terms: Terms, params: Params) -> Terms:
    """Whatever the calendar says against the day: dates, pin, weekdays, patterns."""
    visit, customer = terms.visit, terms.customer
    weekdays = customer.weekdays
    return replace(
        terms,
        visit=replace(
            visit,
            earliest=min(visit.earliest, terms.date),
            latest=max(visit.latest, terms.date),
            pinned=None,
        ),
        customer=replace(
            customer,
            weekdays=None if weekdays is None else weekdays | {terms.date.weekday()},
            patterns=None,
        ),
    )


def _wider(terms: Terms, params: Params) -> Terms:
    """The customer receives from `from_s` to `to_s` on that day, whatever was unfit or closed."""
    customer, day = terms.customer, terms.date
    from_s, to_s = int(params["from_s"]), int(params["to_s"])
    hours = customer.open_hours
    if hours is not None:
        hours = (*hours, OpenHours(weekday=day.weekday(), from_s=from_s, to_s=to_s))
    unfit = tuple(
        unfit
        for unfit in customer.unfit_times
        if (day != unfit.date and day.weekday() != unfit.weekday)
        or unfit.to_s <= from_s
        or to_s <= unfit.from_s
    )
    return replace(
        terms,
        customer=replace(
            customer,
            open_hours=hours,
            unfit_times=unfit,
            closed_dates=customer.closed_dates - {day},
        ),
    )


def _higher_limit(terms: Terms, params: Params) -> Terms:
    limit, to = Bar(str(params["limit"])), int(params["to"])
    if limit is Bar.MAX_DURATION:
        return replace(terms, day=replace(terms.day, max_duration_s=to))
    if limit is Bar.MAX_VISITS:
        return replace(terms, rep=replace(terms.rep, max_visits_a_day=to))
    if limit is Bar.MAX_DRIVING:
        return replace(terms, rep=replace(terms.rep, max_driving_s_a_day=to))
    return replace(terms, rep=replace(terms.rep, max_load=to))


def _other_rep(terms: Terms, params: Params) -> Terms:
    second = terms.visit.accompanies is not None
    return replace(
        terms,
        visit=replace(terms.visit, pinned_rep_id=terms.rep.id if second else None),
        customer=replace(terms.customer, rep_ids=terms.customer.rep_ids | {terms.rep.id}),
    )


def _later_promise(terms: Terms, params: Params) -> Terms:
    visit = replace(terms.visit, latest=max(terms.visit.latest, terms.date), pinned=None)
    return replace(terms, visit=visit)


def _other_time(terms: Terms, params: Params) -> Terms:
    visit = terms.visit
    assert visit.commitment is not None
    agreed = replace(visit.commitment, begin_s=int(params["begin_s"]))
    moved = replace(visit, commitment=agreed, earliest=terms.date, latest=terms.date, pinned=None)
    return replace(terms, visit=moved)


def _any_gap(terms: Terms, params: Params) -> Terms:
    return replace(terms, customer=replace(terms.customer, min_gap_days=1, max_gap_days=None))


def _active(terms: Terms, params: Params) -> Terms:
    return replace(terms, customer=replace(terms.customer, status="active"))


_CHANGES: dict[RemedyCode, Callable[[Terms, Params], Terms]] = {
    RemedyCode.PIN: _as_it_is,
    RemedyCode.OVERTIME: _overtime,
    RemedyCode.SHORTEN_VISIT: _shorter,
    RemedyCode.OTHER_DATE: _other_date,
    RemedyCode.WIDEN_WINDOW: _wider,
    RemedyCode.RAISE_LIMIT: _higher_limit,
    RemedyCode.OTHER_REP: _other_rep,
    RemedyCode.EXTEND_PROMISE: _later_promise,
    RemedyCode.MOVE_APPOINTMENT: _other_time,
    RemedyCode.CHANGE_FREQUENCY: _any_gap,
    RemedyCode.CONFIRM_STATUS: _active,
}
