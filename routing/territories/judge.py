"""How fair and how compact territories are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import pi
from statistics import fmean, pstdev

import numpy as np
from pyproj import Geod

from routing.hours import nth_nearest_s
from routing.territories.district import District, Shape
from routing.travel.straight_line import EARTH_RADIUS_M

EARTH = Geod(ellps="WGS84")


@dataclass(frozen=True, kw_only=True)
class TerritoryLoad:
    """One rep's territory. Hours in seconds of one cycle: visits, the ways to them, and the ways
    from and to home, as `routing.hours` estimates them. `compactness` is Polsby and Popper's:
    1 for a circle, near 0 for a thread; None where nothing is drawn."""

    rep_id: str
    customers: int
    visits: int
    service_s: int
    travel_s: int
    home_s: int
    available_s: int
    mean_distance_m: float  # of the customers from their middle
    area_km2: float | None = None
    compactness: float | None = None

    @property
    def needed_s(self) -> int:
        """All the hours of the cycle, in seconds."""
        return self.service_s + self.travel_s + self.home_s

    @property
    def short_s(self) -> int:
        """Seconds that are missing; 0 where the hours hold."""
        return max(0, self.needed_s - self.available_s)


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """Territories in order of the district's reps, and how far apart their hours are."""

    territories: tuple[TerritoryLoad, ...]

    @property
    def mean_s(self) -> float:
        """Mean hours needed, in seconds; 0 without territories."""
        return fmean([one.needed_s for one in self.territories] or [0])

    @property
    def imbalance(self) -> float:
        """(Largest − smallest) ÷ mean workload; 0 where there is no work."""
        needed = [one.needed_s for one in self.territories]
        return (max(needed) - min(needed)) / self.mean_s if self.mean_s else 0.0

    @property
    def variation(self) -> float:
        """Coefficient of variation: the standard deviation of the workload ÷ its mean."""
        needed = [one.needed_s for one in self.territories]
        return pstdev(needed) / self.mean_s if self.mean_s else 0.0

    @property
    def widest(self) -> float:
        """The largest distance of a workload from the mean, as a share of the mean."""
        mean_s = self.mean_s
        return max((abs(t.needed_s - mean_s) for t in self.territories), default=0) / (mean_s or 1)

    @property
    def travel_s(self) -> int:
        """Estimated travel of all reps, home included, in seconds."""
        return sum(one.travel_s + one.home_s for one in self.territories)

    @property
    def overloaded(self) -> tuple[TerritoryLoad, ...]:
        """Territories that need more hours than their rep has."""
        return tuple(one for one in self.territories if one.short_s)


def judge(
    district: District,
    rep_of: Mapping[str, str],
    shapes: Mapping[str, Shape] | None = None,
) -> Judgement:
    """The territories that result when customer id → rep id is as in `rep_of`; customers without
    a rep count nowhere. `shapes` by rep id are WGS-84 (lon, lat)."""
    members: dict[str, list[int]] = {rep.id: [] for rep in district.reps}
    for n, customer in enumerate(district.customers):
        rep_id = rep_of.get(customer.id)
        if rep_id in members:
            members[rep_id].append(n)
    shapes = shapes or {}
    return Judgement(
        territories=tuple(
            _load(district, r, members[rep.id], shapes.get(rep.id))
            for r, rep in enumerate(district.reps)
        )
    )


def area_and_compactness(shape: Shape) -> tuple[float, float]:
    """Square kilometres on the ellipsoid, and 4π · area ÷ perimeter²."""
    area_m2, perimeter_m = EARTH.geometry_area_perimeter(shape)
    area_m2 = abs(area_m2)
    return area_m2 / 1e6, 4 * pi * area_m2 / perimeter_m**2 if perimeter_m else 0.0


def _load(district: District, r: int, members: Sequence[int], shape: Shape | None) -> TerritoryLoad:
    rep = district.reps[r]
    customers = [district.customers[n] for n in members]
    due = np.array([n for n in members if district.customers[n].visits], dtype=np.intp)
    visits = np.array([district.customers[n].visits for n in due], dtype=np.int64)
    legs_s = nth_nearest_s(district.travel_s[np.ix_(due, due)], rep.days)
    home_s = rep.days * int(district.home_s[r, due].min()) if len(due) else 0
    area_km2, compactness = (None, None) if shape is None else area_and_compactness(shape)
    return TerritoryLoad(
        rep_id=rep.id,
        customers=len(customers),
        visits=int(visits.sum()),
        service_s=sum(one.service_s for one in customers),
        travel_s=int((visits * legs_s).sum()),
        home_s=home_s,
        available_s=rep.available_s,
        mean_distance_m=_mean_distance_m([(one.lat, one.lon) for one in customers]),
        area_km2=area_km2,
        compactness=compactness,
    )


def _mean_distance_m(places: Sequence[tuple[float, float]]) -> float:
    if not places:
        return 0.0
    lat, lon = np.radians(np.array(places)).T
    middle = float(lat.mean())
    off_lat, off_lon = lat - middle, (lon - lon.mean()) * np.cos(middle)
    return float(EARTH_RADIUS_M * np.hypot(off_lat, off_lon).mean())
