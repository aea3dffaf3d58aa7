"""When a message may leave the product, and when to try again."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

DAY_S = 24 * 3600
WAITS = tuple(timedelta(minutes=m) for m in (1, 5, 30, 120, 360, 720, 1440))


def after_quiet(now: datetime, zone: ZoneInfo, *, from_s: int, to_s: int) -> datetime:
    """The first instant from `now` (aware) on at which a person may be disturbed.

    Quiet from `from_s` to `to_s` after local midnight, over midnight when `to_s` is the earlier;
    the two the same: never quiet.
    """
    local = now.astimezone(zone)
    second = 3600 * local.hour + 60 * local.minute + local.second
    over_midnight = from_s > to_s
    quiet = (second >= from_s or second < to_s) if over_midnight else from_s <= second < to_s
    if not quiet:
        return now
    day = local.date() + timedelta(days=1 if over_midnight and second >= from_s else 0)
    minute, s = divmod(to_s % DAY_S, 60)
    ends = datetime.combine(day, time(minute // 60, minute % 60, s), zone)
    if to_s == DAY_S:
        ends += timedelta(days=1)
    return ends.astimezone(now.tzinfo)


def next_try(now: datetime, attempts: int) -> datetime | None:
    """When to try a delivery again that failed for the `attempts`-th time; None: give it up."""
    return now + WAITS[attempts - 1] if attempts <= len(WAITS) else None
