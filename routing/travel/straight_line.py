"""Travel by great-circle distance: needs no road data and no network.

The curve is what fits three real road networks (Malta, Liechtenstein, Shanghai) by car: about
20 s to get going, then 17-22 km/h as the crow flies under 1 km, 24-29 km/h from 1 to 3 km and
34 km/h beyond; a road is 1.35 to 1.4 times as long as the great circle.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from routing.problem import Matrix, Place
from routing.travel.interface import Path
from routing.travel.trouble import UnknownTransport

EARTH_RADIUS_M = 6_371_008.8


@dataclass(frozen=True, kw_only=True)
class Profile:
    """A means of transport. `knots_m` and `knots_s`: great-circle metres and the seconds they
    take, joined by straight lines; beyond the last knot at `far_kmh` as the crow flies."""

    name: str
    knots_m: tuple[float, ...]
    knots_s: tuple[float, ...]
    far_kmh: float
    detour: float


def _profile(
    name: str, start_s: float, bands: Sequence[tuple[float, float]], detour: float
) -> Profile:
    """Bands are (metres, km/h over that whole distance), the last one also holding beyond."""
    knots_m = (0.0, *(metres for metres, _ in bands))
    knots_s = (start_s, *(start_s + metres * 3.6 / kmh for metres, kmh in bands))
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


class StraightLine:
    """The provider `straight_line`: vectorised, symmetric, never unreachable."""

    source = "straight_line"

    def matrices(self, places: Sequence[Place], transport: str) -> tuple[Matrix, Matrix]:
        """Seconds and metres from place i to place j, each shape (n, n), int32.

        The same place, and two customers at one address, are 0 s apart only on the diagonal:
        even next door takes the seconds to get going. Raises `UnknownTransport`.
        """
        try:
            profile = PROFILES[transport]
        except KeyError:
            raise UnknownTransport(transport, tuple(PROFILES)) from None
        direct_m = great_circle_m(places)
        seconds = np.interp(direct_m, profile.knots_m, profile.knots_s)
        beyond_m = np.maximum(direct_m - profile.knots_m[-1], 0.0)
        seconds += beyond_m * 3.6 / profile.far_kmh
        np.fill_diagonal(seconds, 0.0)
        return (
            np.rint(seconds).astype(np.int32),
            np.rint(direct_m * profile.detour).astype(np.int32),
        )

    def line(self, places: Sequence[Place], transport: str) -> tuple[Path, ...]:
        """A straight line a leg."""
        return tuple(((a.lat, a.lon), (b.lat, b.lon)) for a, b in pairwise(places))


def great_circle_m(places: Sequence[Place]) -> npt.NDArray[np.float64]:
    """Great-circle metres between all places, shape (n, n), by the haversine formula."""
    lat = np.radians([place.lat for place in places])
    lon = np.radians([place.lon for place in places])
    half_lat = np.sin((lat[:, None] - lat[None, :]) / 2) ** 2
    half_lon = np.sin((lon[:, None] - lon[None, :]) / 2) ** 2
    chord = half_lat + np.cos(lat)[:, None] * np.cos(lat)[None, :] * half_lon
    metres: npt.NDArray[np.float64] = 2 * EARTH_RADIUS_M * np.arcsin(np.sqrt(np.minimum(chord, 1)))
    return metres
