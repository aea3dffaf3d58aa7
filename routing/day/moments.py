"""Moments at which a visit may begin within its windows."""

from __future__ import annotations

from routing.rules.windows import Windows

NEVER = 1 << 40  # later than any second of a day
TOO_EARLY = -NEVER


def begin_at(windows: Windows, ready_s: int) -> int:
    """The first second at or after `ready_s` at which the visit may begin, or `NEVER`."""
    for first, last in windows:
        if ready_s <= last:
            return max(first, ready_s)
    return NEVER


def latest_begin(windows: Windows, bound_s: int) -> int:
    """The last second not after `bound_s` at which the visit may begin, or `TOO_EARLY`."""
    best = TOO_EARLY
    for first, last in windows:
        if first <= bound_s:
            best = max(best, min(last, bound_s))
    return best
