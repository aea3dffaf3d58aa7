"""How far to believe what a geocoder found for an address."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from maps.geocoding.address import has_number, same_town
from maps.geocoding.candidates import Candidate, MatchLevel

APART_M = 1_000  # two candidates farther from each other than this are two places
FAR_M = 30_000  # a customer farther than this from all others of the same town is elsewhere
EARTH_RADIUS_M = 6_371_000
Point = tuple[float, float]


class Doubt(StrEnum):
    """Why a person has to look; the values are stable."""

    NOT_FOUND = "not_found"
    SEVERAL = "several"  # several places match
    COARSE = "coarse"  # the middle of a town or a quarter
    STREET_ONLY = "street_only"  # the house was asked for, its street was found
    OTHER_TOWN = "other_town"  # than the address says
    FAR = "far"  # from the other customers of that town
    NO_TERRITORY = "no_territory"
    WEAK = "weak"  # the geocoder itself is not sure


@dataclass(frozen=True, kw_only=True)
class Expected:
    """What is known of where the customer should be. `near` are places (lat, lon) of other
    customers of the town; `covered` says whether a territory has a place, None: there are none."""

    street: str
    city: str
    near: Sequence[Point] = ()
    covered: Callable[[float, float], bool] | None = None


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """The candidates, the likeliest first, and what is doubtful about that one; with no doubt it
    is where the customer is."""

    candidates: tuple[Candidate, ...]
    doubts: tuple[Doubt, ...]

    @property
    def sure(self) -> bool:
        """Whether nobody has to look."""
        return not self.doubts


def judge(found: Sequence[Candidate], expected: Expected) -> Judgement:
    """What to make of the candidates found for an address.

    Those in the town that the address names go before the others, then the geocoder's own order
    holds. A candidate of another town only contends when none lies in the right one.
    """
    if not found:
        return Judgement(candidates=(), doubts=(Doubt.NOT_FOUND,))
    inside = [c for c in found if not expected.city or same_town(c.city or c.label, expected.city)]
    contenders = inside or list(found)
    best = contenders[0]
    doubts = [
        doubt
        for doubt, holds in (
            (Doubt.SEVERAL, any(_rivals(best, other) for other in contenders[1:])),
            (Doubt.COARSE, not best.level.exact),
            (Doubt.STREET_ONLY, best.level is MatchLevel.STREET and has_number(expected.street)),
            # a geocoder that names no town cannot be found in the wrong one
            (Doubt.OTHER_TOWN, not inside and bool(best.city)),
            (Doubt.FAR, _far(best, expected.near)),
            (
                Doubt.NO_TERRITORY,
                expected.covered is not None and not expected.covered(best.lat, best.lon),
            ),
            (Doubt.WEAK, best.weak),
        )
        if holds
    ]
    others = [c for c in found if c not in contenders]
    return Judgement(candidates=(*contenders, *others), doubts=tuple(doubts))


def _rivals(best: Candidate, other: Candidate) -> bool:
    """Whether another candidate may as well be meant: as exact, and somewhere else."""
    order = list(MatchLevel)
    as_exact = order.index(other.level) <= order.index(best.level)
    return as_exact and metres((best.lat, best.lon), [(other.lat, other.lon)])[0] > APART_M


def _far(best: Candidate, near: Sequence[Point]) -> bool:
    return bool(near) and min(metres((best.lat, best.lon), near)) > FAR_M


def metres(point: Point, others: Sequence[Point]) -> list[float]:
    """Great-circle distances in metres from a point to others, all (lat, lon) in degrees."""
    lat, lon = np.radians(point)
    lats, lons = np.radians(np.asarray(others, dtype=np.float64).reshape(-1, 2)).T
    half = np.sin((lats - lat) / 2) ** 2
    half += np.cos(lat) * np.cos(lats) * np.sin((lons - lon) / 2) ** 2
    found = 2 * EARTH_RADIUS_M * np.arcsin(np.sqrt(np.clip(half, 0, 1)))
    return [float(metre) for metre in found]
