from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from field_api import sample
from field_api.cli.serve import demo_clock


def test_the_demos_clock_shows_this_time_of_day_on_the_first_day_of_the_cycle():
    zone = ZoneInfo(sample.TIMEZONE)
    before, now = datetime.now(zone), demo_clock()()
    assert now.astimezone(zone).date() == sample.FIRST_DAY
    there = now.astimezone(zone)
    passed = timedelta(hours=there.hour, minutes=there.minute) - timedelta(
        hours=before.hour, minutes=before.minute
    )
    assert passed <= timedelta(minutes=1)
    assert now.tzinfo is UTC
