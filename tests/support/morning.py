"""`callcycle` whose demo begins at eight in the morning, whatever the time of day is.

`python -m tests.support.morning serve --demo`: days that change need hours that are left of them.
"""

from collections.abc import Callable
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from field_api.cli import serve
from field_api.cli.main import main
from field_api.sample import Sample

BEGINS = time(8)


def morning_clock(sample: Sample) -> Callable[[], datetime]:
    """A clock that goes on from eight in the morning of the sample's first day."""
    begun = datetime.now(UTC)
    morning = datetime.combine(sample.first_day, BEGINS, ZoneInfo(sample.timezone))

    def now() -> datetime:
        return (morning + (datetime.now(UTC) - begun)).astimezone(UTC)

    return now


if __name__ == "__main__":
    serve.demo_clock = morning_clock
    main()
