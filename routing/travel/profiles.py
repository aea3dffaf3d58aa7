"""Means of transport as curves: great-circle metres, and the seconds and road metres they take.

The curves that ship are what fits three real road networks (Malta, Liechtenstein, Shanghai) by
car: about 20 s to get going, then 17-22 km/h as the crow flies under 1 km, 24-29 km/h from 1 to
3 km and 34 km/h beyond; a road is 1.35 to 1.4 times as long as the great circle.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

KMH = 3.6  # km/h in a metre a second

Metres = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True, kw_only=True)
class Profile:
    """A means of transport. `knots_m` and `knots_s`: great-circle metres and the seconds they
    take, joined by straight lines; beyond the last knot at `far_kmh` as the crow flies."""

    name: str
    knots_m: tuple[float, ...]
    knots_s: tuple[float, ...]
    far_kmh: float
    detour: float

    def seconds(self, direct_m: Metres) -> Metres:
        """What distances as the crow flies take, the same shape."""
        beyond_m = np.maximum(direct_m - self.knots_m[-1], 0.0)
        found: Metres = np.interp(direct_m, self.knots_m, self.knots_s)
        return found + beyond_m * KMH / self.far_kmh


def _profile(
    name: str, start_s: float, bands: Sequence[tuple[float, float]], detour: float
) -> Profile:
    """Bands are (metres, km/h over that whole distance), the last one also holding beyond."""
    knots_m = (0.0, *(metres for metres, _ in bands))
    knots_s = (start_s, *(start_s + metres * KMH / kmh for metres, kmh in bands))
    return Profile(name=name, knots_m=knots_m, knots_s=knots_s, far_kmh=bands[-1][1], detour=detour)


PROFILES = {
    profile.name: profile
    for profile in (
        _profile("car", 20, ((500, 19.5), (2000, 26.5), (5000, 34.0)), 1.38),
        _profile("scooter", 15, ((500, 18.5), (2000, 22.0), (5000, 25.0)), 1.36),
        _profile("bicycle", 15, ((500, 10.5), (2000, 11.0)), 1.33),
        _profile("foot", 0, ((500, 3.6),), 1.30),
    )
}
