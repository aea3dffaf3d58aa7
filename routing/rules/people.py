"""Which rep may make a visit, and when the first of a customer's reps works."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from routing.problem import Customer, Rep, Visit


def rep_may(customer: Customer, visit: Visit, rep_id: str) -> bool:
    """Whether the rep may make the visit: one of the customer's, and the one a person fixed.

    A visit that accompanies another is made by its fixed rep, whosever customer it is.
    """
    fixed = visit.pinned_rep_id in (None, rep_id)
    return fixed and (visit.accompanies is not None or rep_id in customer.rep_ids)


def first_workday(customer: Customer, reps: Iterable[Rep]) -> date | None:
    """The first day in the cycle on which one of the customer's reps works; None: there is none.

    A longest gap since the last visit that ended before it binds nobody.
    """
    days = (day.date for rep in reps if rep.id in customer.rep_ids for day in rep.workdays)
    return min(days, default=None)
