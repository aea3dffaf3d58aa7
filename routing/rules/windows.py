"""When a visit may begin on a day: opening hours less unfit times, or the appointed second."""

from __future__ import annotations

from datetime import date

from routing.problem import Customer, OpenHours, Visit
from routing.rules.calendar import calendar_allows

Windows = tuple[tuple[int, int], ...]  # first and last second at which the visit may begin
DAY_S = 24 * 3600
EVER_S = 2**30  # later than any working day, and still small enough to add to in 32 bits


def start_windows(customer: Customer, visit: Visit, day: date) -> Windows:
    """The windows for the start of the visit, in order, both ends included; empty: not that day.

    An appointment was agreed with the customer and so overrides opening hours, never closed
    dates or unfit times.
    """
    if day in customer.closed_dates or not calendar_allows(customer, visit, day):
        return ()
    whole_visit = customer.window_holds_for == "visit"
    stays_s = visit.service_s if whole_visit else 0
    if visit.commitment is not None and visit.commitment.begin_s is not None:
        windows: Windows = ((visit.commitment.begin_s, visit.commitment.begin_s),)
    elif customer.open_hours is None:
        windows = ((0, EVER_S),)
    else:
        windows = tuple(
            (opened, closed - stays_s)
            for opened, closed in _joined(customer.open_hours, day.weekday())
            if closed - stays_s >= opened
        )
    for unfit in customer.unfit_times:
        if unfit.date == day or unfit.weekday == day.weekday():
            last_before_s = unfit.from_s - (visit.service_s if whole_visit else 1)
            windows = _without(windows, last_before_s, unfit.to_s)
    return windows


def _joined(hours: tuple[OpenHours, ...], weekday: int) -> list[tuple[int, int]]:
    """The weekday's opening intervals in order; those that touch or overlap are one."""
    found: list[tuple[int, int]] = []
    for opened, closed in sorted((h.from_s, h.to_s) for h in hours if h.weekday == weekday):
        if found and opened <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], closed))
        else:
            found.append((opened, closed))
    return found


def _without(windows: Windows, after_s: int, before_s: int) -> Windows:
    """The windows less the starts strictly between two moments."""
    kept = []
    for first, last in windows:
        if first <= min(last, after_s):
            kept.append((first, min(last, after_s)))
        if max(first, before_s) <= last:
            kept.append((max(first, before_s), last))
    return tuple(dict.fromkeys(kept))
