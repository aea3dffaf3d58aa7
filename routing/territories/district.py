"""A district to be divided: customers with the work they ask for, reps, ground and travel times."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from shapely.geometry import MultiPolygon, Polygon

from routing.problem import NO_WAY, Matrix, Place
from routing.territories.error import Obstacle, UnusableDistrict
from routing.travel.interface import TravelTimes

Shape = Polygon | MultiPolygon
MOST_CUSTOMERS = 4000  # in a district: travel between all of them is kept in memory


@dataclass(frozen=True, kw_only=True)
class TerritoryCustomer:
    """A customer by the work of one cycle: so many `visits`, `service_s` seconds for all of them
    together. `rep_id` has the customer today; who is `fixed` stays with that rep. Customers of one
    `group` (an administrative area) get one rep where groups are to stay whole."""

    id: str
    lat: float  # WGS-84 degrees
    lon: float
    visits: int
    service_s: int
    rep_id: str | None = None
    fixed: bool = False
    group: str | None = None


@dataclass(frozen=True, kw_only=True)
class TerritoryRep:
    """Who gets a territory: `available_s` working seconds less lunches on `days` working days.
    `start` and `end` of the day are (lat, lon); None: the home plays no part."""

    id: str
    days: int
    available_s: int
    start: tuple[float, float] | None = None
    end: tuple[float, float] | None = None


@dataclass(frozen=True, kw_only=True)
class District:
    """What is divided among the reps.

    `travel_s[i, j]`: seconds from customer i to customer j, shape (n, n), int32. `home_s[r, i]`:
    seconds from rep r's start to customer i and from there to the rep's end, shape (reps, n);
    0 for reps without a home. `area` is the ground in WGS-84 (lon, lat); its separate parts are
    islands. None: territories are not drawn, and there is one island. `borders` are today's
    territories by rep id: they are kept wherever nobody moves.
    """

    customers: tuple[TerritoryCustomer, ...]
    reps: tuple[TerritoryRep, ...]
    travel_s: Matrix = field(repr=False)
    home_s: Matrix = field(repr=False)
    area: Shape | None = field(default=None, repr=False)
    travel_source: str = ""
    borders: Mapping[str, Shape] = field(default_factory=dict, repr=False)


def district_of(
    customers: Sequence[TerritoryCustomer],
    reps: Sequence[TerritoryRep],
    travel: TravelTimes,
    *,
    transport: str,
    area: Shape | None = None,
    borders: Mapping[str, Shape] | None = None,
) -> District:
    """The district with travel times by one means of transport for all. What no way leads to
    counts as far as the farthest that one does lead to.

    Raises `UnusableDistrict` with more than `MOST_CUSTOMERS`, and what `travel` raises.
    """
    if len(customers) > MOST_CUSTOMERS:
        raise UnusableDistrict(
            Obstacle.TOO_MANY_CUSTOMERS, customers=len(customers), most=MOST_CUSTOMERS
        )
    places = [Place(id=one.id, lat=one.lat, lon=one.lon) for one in customers]
    ends: list[tuple[int, int] | None] = []
    for rep in reps:
        if rep.start is None:
            ends.append(None)
            continue
        rows = (len(places), len(places) + 1)
        for lat, lon in (rep.start, rep.end or rep.start):
            places.append(Place(id=f"{rep.id}:{len(places)}", lat=lat, lon=lon))
        ends.append(rows)
    source = travel.source
    seconds, _ = travel.matrices(places, transport)
    led_to = seconds < NO_WAY
    seconds = np.where(led_to, seconds, seconds[led_to].max(initial=0))
    n = len(customers)
    home_s = np.zeros((len(reps), n), dtype=np.int32)
    for row, found in enumerate(ends):
        if found is not None:
            start, end = found
            home_s[row] = seconds[start, :n] + seconds[:n, end]
    return District(
        customers=tuple(customers),
        reps=tuple(reps),
        travel_s=np.ascontiguousarray(seconds[:n, :n]),
        home_s=home_s,
        area=area,
        travel_source=source,
        borders=borders or {},
    )
