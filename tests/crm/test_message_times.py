"""When a message may leave, and when it is tried again."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from crm.rules.messages import WAITS, after_quiet, next_try

MALTA = ZoneInfo("Europe/Malta")
EVENING, MORNING, DAY = 20 * 3600, 7 * 3600, 24 * 3600


def local(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=MALTA).astimezone(UTC)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (local(10, 19, 59), local(10, 19, 59)),
        (local(10, 20, 0), local(11, 7, 0)),
        (local(10, 23, 30), local(11, 7, 0)),
        (local(11, 6, 59), local(11, 7, 0)),
        (local(11, 7, 0), local(11, 7, 0)),
    ],
)
def test_quiet_over_midnight(now, expected):
    assert after_quiet(now, MALTA, from_s=EVENING, to_s=MORNING) == expected


@pytest.mark.parametrize(
    ("now", "from_s", "to_s", "expected"),
    [
        (local(10, 13), 12 * 3600, 14 * 3600, local(10, 14)),
        (local(10, 14), 12 * 3600, 14 * 3600, local(10, 14)),
        (local(10, 13), EVENING, EVENING, local(10, 13)),
        (local(10, 23), EVENING, DAY, local(11, 0)),
    ],
)
def test_quiet_within_a_day(now, from_s, to_s, expected):
    assert after_quiet(now, MALTA, from_s=from_s, to_s=to_s) == expected


def test_the_morning_after_clocks_went_back():
    night = datetime(2026, 10, 24, 22, tzinfo=MALTA).astimezone(UTC)
    assert after_quiet(night, MALTA, from_s=EVENING, to_s=MORNING) == datetime(
        2026, 10, 25, 6, tzinfo=UTC
    )


def test_tries_come_rarer_and_end():
    now = local(10, 12)
    times = [next_try(now, attempts) for attempts in range(1, len(WAITS) + 2)]
    assert times[0] == now + timedelta(minutes=1)
    assert times[:-1] == sorted(times[:-1])
    assert times[-1] is None
