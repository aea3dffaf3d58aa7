"""A day's round in a sample's past: always on to whoever is nearest."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import cos, hypot, radians

from crm.models import Customer, Rep
from crm.rules.policy import DEFAULT_POLICY
from crm.vocabulary import Grade
from field_api.sample.drawing import KM_A_DEGREE

BEGIN_S, LUNCH_FROM_S, LUNCH_S = 8 * 3600 + 1800, 12 * 3600, 2700
WINDING, METRES_A_SECOND, PARKING_S = 1.3, 9.0, 240


@dataclass(frozen=True, kw_only=True)
class Stop:
    """A planned visit: when it was to begin and end, and the way to it."""

    customer: Customer
    begin_s: int
    end_s: int
    travel_s: int
    travel_m: int


def round_of(rep: Rep, wanted: list[Customer]) -> Iterator[Stop]:
    """The customers in the order of whoever is nearest; `wanted` is used up."""
    lat, lon, clock_s, rested = rep.start_lat, rep.start_lon, BEGIN_S, False
    while wanted:
        nearest = min(wanted, key=lambda one: (km_between(lat, lon, one.lat, one.lon), one.code))
        wanted.remove(nearest)
        metres = round(km_between(lat, lon, nearest.lat, nearest.lon) * 1000 * WINDING)
        travel_s = PARKING_S + round(metres / METRES_A_SECOND)
        if not rested and clock_s + travel_s > LUNCH_FROM_S:
            clock_s, rested = clock_s + LUNCH_S, True
        policy = DEFAULT_POLICY[nearest.grade or Grade.E]
        begin_s = clock_s + travel_s
        clock_s = begin_s + 60 * (nearest.service_minutes or policy.service_minutes)
        yield Stop(
            customer=nearest,
            begin_s=begin_s,
            end_s=clock_s,
            travel_s=travel_s,
            travel_m=metres,
        )
        lat, lon = nearest.lat, nearest.lon


def km_between(lat: float, lon: float, to_lat: float, to_lon: float) -> float:
    """As the crow flies."""
    return KM_A_DEGREE * hypot(to_lat - lat, (to_lon - lon) * cos(radians(lat)))
