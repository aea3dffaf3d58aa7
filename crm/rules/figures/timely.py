"""报告及时率: reports within so many hours of leaving ÷ valid visits with a report."""

from datetime import timedelta

TIMELY = timedelta(hours=24)
