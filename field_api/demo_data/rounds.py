"""Whom a rep visits on which day of a cycle, and when: straight from frequencies and places.

Nothing is searched for and no rule is asked: the customers lie in five sectors about the rep's
home, one for each working day of a week, and a day goes to the nearest that is left.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import atan2, cos, hypot, radians

from crm.rules.calendar import special_days, working_days
from crm.rules.policy import DEFAULT_POLICY
from crm.vocabulary import Grade
from field_api.demo_data.cards import OWN_INTERVAL_DAYS, Card
from field_api.demo_data.team import COUNTRY, DAY_BEGIN_S, Worker
from field_api.sample.dice import dice
from field_api.sample.drawing import KM_A_DEGREE

WEEKS, WEEK_DAYS, SECTORS = 4, 7, 5
PAST_CYCLES = 3
MOST_A_DAY = 12
WINDING, KM_AN_HOUR, PARKING_S = 1.35, 40, 180
LUNCH_FROM_S, LUNCH_S = 12 * 3600, 2700
KM_M, HOUR_S, MINUTE_S = 1000, 3600, 60


@dataclass(frozen=True, kw_only=True)
class Stop:
    """A visit of a day; times are seconds after local midnight."""

    card: Card
    number: int  # of the customer's visits in the cycle, from 1
    arrive_s: int
    end_s: int
    travel_s: int
    travel_m: int

    @property
    def visit_id(self) -> str:
        """Stable within the cycle."""
        return f"{self.card.code}/{self.number}"


@dataclass(frozen=True, kw_only=True)
class Round:
    """A day of a rep; `home_s` and `home_m` lead home from the last stop."""

    date: date
    stops: tuple[Stop, ...]
    lunch_begin_s: int | None
    home_s: int
    home_m: int


@dataclass(frozen=True, kw_only=True)
class Cycle:
    """A rep's cycle: the days in order, and the visits that no day has room for."""

    first_day: date
    last_day: date
    rounds: tuple[Round, ...]
    left_out: tuple[tuple[Card, int], ...]


def present_cycle(today: date) -> date:
    """The first day of the cycle that today lies in: its second week."""
    return today - timedelta(days=today.weekday() + WEEK_DAYS)


def cycles(worker: Worker, cards: Sequence[Card], today: date) -> list[Cycle]:
    """The past cycles and the present one."""
    present = present_cycle(today)
    return [
        _cycle(worker, cards, present + timedelta(weeks=WEEKS * n), n)
        for n in range(-PAST_CYCLES, 1)
    ]


def interval_days(card: Card) -> int:
    """From visit to visit, by the usual policy."""
    if card.own_interval:
        return OWN_INTERVAL_DAYS
    return DEFAULT_POLICY[card.grade or Grade.E].interval_days


def _cycle(worker: Worker, cards: Sequence[Card], first: date, number: int) -> Cycle:
    last = first + timedelta(weeks=WEEKS, days=-1)
    days = _worked(first, last)
    by_day: dict[date, list[tuple[Card, int]]] = {day: [] for day in days}
    left_out: list[tuple[Card, int]] = []
    going = sorted((card for card in cards if card.visited), key=lambda card: _angle(worker, card))
    for place, card in enumerate(going):
        sector = place * SECTORS // len(going)
        for visit, week in enumerate(_weeks(card, number), start=1):
            day = _day(days, first, week, sector)
            if day is None or len(by_day[day]) >= MOST_A_DAY or (card, visit - 1) in by_day[day]:
                left_out.append((card, visit))
            else:
                by_day[day].append((card, visit))
    rounds = tuple(_round(worker, day, wanted) for day, wanted in by_day.items() if wanted)
    return Cycle(first_day=first, last_day=last, rounds=rounds, left_out=tuple(left_out))


def _weeks(card: Card, number: int) -> list[int]:
    """The weeks of a cycle in which a customer is due."""
    interval = interval_days(card)
    phase = dice("phase", card.code).randrange(interval // WEEK_DAYS)
    week = number * WEEKS
    return [n for n in range(WEEKS) if (week + n - phase) % (interval // WEEK_DAYS) == 0]


def _worked(first: date, last: date) -> list[date]:
    special = special_days(COUNTRY, first, last).values()
    return list(
        working_days(
            first,
            last,
            weekdays="01234",
            holidays={day.date for day in special if not day.is_workday},
            made_up={day.date for day in special if day.is_workday},
        )
    )


def _day(days: Sequence[date], first: date, week: int, sector: int) -> date | None:
    """The sector's day of a week; of a week without work, the next one's."""
    for later in range(week, WEEKS):
        begin = first + timedelta(weeks=later)
        there = [day for day in days if begin <= day < begin + timedelta(weeks=1)]
        if there:
            return there[sector * len(there) // SECTORS]
    return None


def _angle(worker: Worker, card: Card) -> float:
    return atan2(card.lat - worker.lat, card.lon - worker.lon)


def _round(worker: Worker, day: date, wanted: Sequence[tuple[Card, int]]) -> Round:
    left = list(wanted)
    lat, lon, clock_s = worker.lat, worker.lon, DAY_BEGIN_S
    lunch: int | None = None
    stops = []
    while left:
        card, number = min(left, key=lambda one: _km(lat, lon, one[0].lat, one[0].lon))
        left.remove((card, number))
        travel_s, travel_m = _way(_km(lat, lon, card.lat, card.lon))
        if lunch is None and clock_s + travel_s >= LUNCH_FROM_S:
            lunch = clock_s
            clock_s += LUNCH_S
        arrive_s = clock_s + travel_s
        service_s = DEFAULT_POLICY[card.grade or Grade.E].service_minutes * MINUTE_S
        clock_s = arrive_s + service_s
        stops.append(
            Stop(
                card=card,
                number=number,
                arrive_s=arrive_s,
                end_s=clock_s,
                travel_s=travel_s,
                travel_m=travel_m,
            )
        )
        lat, lon = card.lat, card.lon
    home_s, home_m = _way(_km(lat, lon, worker.lat, worker.lon))
    return Round(date=day, stops=tuple(stops), lunch_begin_s=lunch, home_s=home_s, home_m=home_m)


def _km(lat: float, lon: float, to_lat: float, to_lon: float) -> float:
    return KM_A_DEGREE * hypot(to_lat - lat, (to_lon - lon) * cos(radians(lat)))


def _way(km: float) -> tuple[int, int]:
    metres = round(km * WINDING * KM_M)
    return PARKING_S + round(metres / KM_M / KM_AN_HOUR * HOUR_S), metres
