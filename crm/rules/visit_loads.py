"""What grades and frequencies ask of reps: visits and hours in four weeks, before and after."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from crm.rules.policy import FrequencyTable, frequency_of
from crm.vocabulary import Grade

WEEKS_DAYS = 28  # what loads are told for


@dataclass(frozen=True, kw_only=True)
class Client:
    """A customer as far as it decides visits; its own interval and minutes come before what is
    usual (None: what is usual)."""

    id: int
    rep: str
    grade: Grade | None
    channel: str
    interval_days: int | None
    service_minutes: int | None
    count: int = 1  # so many of whom all this is the same


@dataclass(frozen=True, kw_only=True)
class RepHours:
    """What is known of a rep's time: seconds of travel for a visit, and seconds at work in four
    weeks (None: never planned)."""

    travel_s_a_visit: float = 0.0
    available_s: float | None = None


@dataclass(frozen=True, kw_only=True)
class Load:
    """A rep's four weeks: customers, visits and seconds (visits and travel) before and after."""

    rep: str
    customers: int
    visits_before: float
    visits_after: float
    seconds_before: float
    seconds_after: float
    available_s: float | None

    @property
    def added_s(self) -> float:
        """Seconds more, or less."""
        return self.seconds_after - self.seconds_before


def loads(
    clients: Iterable[Client],
    hours: Mapping[str, RepHours],
    *,
    before: FrequencyTable,
    after: FrequencyTable,
    grades: Mapping[int, Grade],
) -> list[Load]:
    """Each rep's load, in order of code: `grades` are the grades that customers would have, where
    they differ from today's."""
    sums: dict[str, list[float]] = {}
    for one in clients:
        known = hours.get(one.rep, RepHours())
        row = sums.setdefault(one.rep, [0, 0.0, 0.0, 0.0, 0.0])
        row[0] += one.count
        for n, (table, grade) in enumerate(
            ((before, one.grade), (after, grades.get(one.id, one.grade)))
        ):
            usual = frequency_of(table, grade, one.channel)
            visits = WEEKS_DAYS / (one.interval_days or usual.interval_days)
            visit_s = 60 * (one.service_minutes or usual.service_minutes)
            row[1 + n] += one.count * visits
            row[3 + n] += one.count * visits * (visit_s + known.travel_s_a_visit)
    return [
        Load(
            rep=rep,
            customers=int(row[0]),
            visits_before=row[1],
            visits_after=row[2],
            seconds_before=row[3],
            seconds_after=row[4],
            available_s=hours.get(rep, RepHours()).available_s,
        )
        for rep, row in sorted(sums.items())
    ]
