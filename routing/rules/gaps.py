"""How far apart a customer's visits may be: within the cycle, and to the visits around it."""

from __future__ import annotations

from datetime import date

from routing.problem import Customer, Visit


def gap_allows(customer: Customer, earlier: Visit, later: Visit, days: int) -> bool:
    """Whether two consecutive visits may be `days` apart; a commitment waives the minimum."""
    if days < 1 or (customer.max_gap_days is not None and days > customer.max_gap_days):
        return False
    waived = earlier.commitment is not None or later.commitment is not None
    return waived or days >= customer.min_gap_days


def after_omission(customer: Customer, later: Visit, days: int) -> bool:
    """The same where a visit between the two was left out: only the minimum holds."""
    return days >= (1 if later.commitment is not None else max(1, customer.min_gap_days))


def neighbours_allow(
    customer: Customer, visit: Visit, day: date, *, is_last: bool, first_workday: date
) -> bool:
    """Whether a day keeps the gaps to the last real visit and to the next known one.

    A maximum that was already broken before the first working day binds nobody any more. A visit
    that accompanies another has no gaps of its own.
    """
    if visit.accompanies is not None:
        return True
    waived = visit.commitment is not None
    longest = customer.max_gap_days
    if customer.last_visit is not None:
        since = (day - customer.last_visit).days
        broken = longest is not None and (first_workday - customer.last_visit).days > longest
        if not waived and since < customer.min_gap_days:
            return False
        if visit.number == 1 and longest is not None and not broken and since > longest:
            return False
    if customer.next_visit is not None:
        until = (customer.next_visit - day).days
        if not waived and until < customer.min_gap_days:
            return False
        if is_last and longest is not None and until > longest:
            return False
    return True
