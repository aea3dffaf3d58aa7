from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from field_api.cli.serve import demo_clock
from field_api.sample import SAMPLES


@pytest.mark.parametrize("sample", SAMPLES.values(), ids=list(SAMPLES))
def test_the_demos_clock_shows_this_time_of_day_on_the_first_day_of_the_cycle(sample):
    zone = ZoneInfo(sample.timezone)
    before, now = datetime.now(zone), demo_clock(sample)()
    assert now.astimezone(zone).date() == sample.first_day
    there = now.astimezone(zone)
    passed = timedelta(hours=there.hour, minutes=there.minute) - timedelta(
        hours=before.hour, minutes=before.minute
    )
    assert passed <= timedelta(minutes=1)
    assert now.tzinfo is UTC
