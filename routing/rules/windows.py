"""When a visit may begin on a day: opening hours less unfit times, or the appointed minute."""

from __future__ import annotations

from datetime import date

from routing.problem import Customer, Visit

Windows = tuple[tuple[int, int], ...]  # first and last second at which the visit may begin
DAY_S = 24 * 3600


def start_windows(customer: Customer, visit: Visit, day: date) -> Windows:
    """The windows for the start of the visit, in order, both ends included; empty: not that day.

    An appointment was agreed with the customer and so overrides opening hours and closed dates,
    never unfit times.
    """
    stays_s = visit.service_s if customer.window_holds_for == "visit" else 0
    if visit.commitment is not None and visit.commitment.begin_s is not None:
        windows: Windows = ((visit.commitment.begin_s, visit.commitment.begin_s),)
    elif day in customer.closed_dates:
        return ()
    elif customer.open_hours is None:
        windows = ((0, DAY_S),)
    else:
        windows = tuple(
            (hours.from_s, hours.to_s - stays_s)
            for hours in sorted(customer.open_hours, key=lambda hours: hours.from_s)
            if hours.weekday == day.weekday() and hours.to_s - stays_s >= hours.from_s
        )
    for unfit in customer.unfit_times:
        if unfit.date == day or unfit.weekday == day.weekday():
            windows = _without(windows, unfit.from_s - max(stays_s, 1), unfit.to_s)
    return windows


def _without(windows: Windows, after_s: int, before_s: int) -> Windows:
    """The windows less the starts strictly between two moments."""
    kept = []
    for first, last in windows:
        if first <= min(last, after_s):
            kept.append((first, min(last, after_s)))
        if max(first, before_s) <= last:
            kept.append((max(first, before_s), last))
    return tuple(dict.fromkeys(kept))
