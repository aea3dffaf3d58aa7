from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from field_api.cli.serve import demo_clock
from field_api.sample import SAMPLES


@pytest.mark.parametrize("sample", SAMPLES.values(), ids=list(SAMPLES))
def test_the_demos_clock_begins_in_the_morning_of_the_first_day_and_goes_on(sample):
    zone = ZoneInfo(sample.timezone)
    clock = demo_clock(sample)
    began, first = datetime.now(UTC), clock()
    morning = datetime.combine(sample.first_day, time(8), zone)
    assert timedelta(0) <= first - morning <= timedelta(minutes=1)
    assert first.tzinfo is UTC
    later = clock()
    assert timedelta(0) <= later - first <= datetime.now(UTC) - began
