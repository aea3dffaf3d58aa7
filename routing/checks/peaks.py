"""How long a drive takes at its hour, driven second-precise from peak to peak.

A second within a peak of p per cent brings the rep 10**11 / p billionths of an ordinary second
further, rounded up; outside of all peaks a thousand million. The rep is there at the first whole
second at which the ordinary seconds of the leg are behind. The planner reckons backwards and
forwards with sums of its own; here the road is simply driven.
"""

from __future__ import annotations

from routing.problem import WorkDay

ORDINARY = 10**9
AS_EVER = 100


def reached(day: WorkDay, leave_s: int, ordinary_s: int) -> int:
    """When a drive of so many ordinary seconds ends that is begun at `leave_s`."""
    return _drive(day, leave_s, ordinary_s * ORDINARY, None)[0]


def reached_round(day: WorkDay, leave_s: int, ordinary_s: int, pause_s: int) -> int:
    """The same for a drive that pauses at `pause_s`, on the way, for the day's lunch."""
    lunch = day.lunch
    assert lunch is not None
    paused_s, left = _drive(day, leave_s, ordinary_s * ORDINARY, pause_s)
    return _drive(day, paused_s + lunch.duration_s, left, None)[0]


def _drive(day: WorkDay, now_s: int, left: int, until_s: int | None) -> tuple[int, int]:
    """(when, billionths left) where the way ends or at `until_s`, if that is sooner."""
    while left > 0 and (until_s is None or now_s < until_s):
        percent, changes_s = _percent_at(day, now_s)
        a_second = -(-ORDINARY * AS_EVER // percent)
        ends = [end for end in (changes_s, until_s) if end is not None]
        seconds = min([-(-left // a_second), *(end - now_s for end in ends)])
        now_s += seconds
        left -= seconds * a_second
    return now_s, max(left, 0)


def _percent_at(day: WorkDay, now_s: int) -> tuple[int, int | None]:
    """What holds at that second, and until when; None: for good."""
    for peak in day.peaks:
        if now_s < peak.from_s:
            return AS_EVER, peak.from_s
        if now_s < peak.to_s:
            return peak.percent, peak.to_s
    return AS_EVER, None
