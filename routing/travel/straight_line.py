"""Travel by great-circle distance: needs no road data and no network.

Water can be told: legs then lead around it, or over it by a crossing (`routing.travel.barriers`).
How fast and how winding the roads are can be fitted to an engine's (`routing.travel.fitting`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Protocol

import numpy as np
import numpy.typing as npt

from routing.problem import NO_WAY, Matrix, Place
from routing.travel.interface import Path
from routing.travel.profiles import PROFILES, Metres, Profile
from routing.travel.trouble import UnknownTransport

EARTH_RADIUS_M = 6_371_008.8


class Water(Protocol):
    """What a straight line must not cross."""

    def ways(self, places: Sequence[Place], profile: Profile) -> tuple[Metres, Metres]:
        """Metres by land and seconds on crossings between all places, each shape (n, n); infinite
        metres where no way leads."""
        ...

    def line(self, places: Sequence[Place], profile: Profile) -> tuple[Path, ...]:
        """The ways around the water, one path a leg."""
        ...


class StraightLine:
    """The provider `straight_line`: vectorised, symmetric, never unreachable but over water.
    `data` names the curves and the water where they are not those that ship."""

    name = "straight_line"

    def __init__(
        self,
        *,
        profiles: Mapping[str, Profile] | None = None,
        water: Water | None = None,
        data: str = "",
    ) -> None:
        self._profiles = {**PROFILES, **(profiles or {})}
        self._water = water
        self.source = f"{self.name}:{data}" if data else self.name

    def matrices(self, places: Sequence[Place], transport: str) -> tuple[Matrix, Matrix]:
        """Seconds and metres from place i to place j, each shape (n, n), int32.

        The same place, and two customers at one address, are 0 s apart only on the diagonal:
        even next door takes the seconds to get going. Raises `UnknownTransport`.
        """
        profile = self._profile(transport)
        if self._water is None:
            direct_m = great_circle_m(places)
            seconds = profile.seconds(direct_m)
        else:
            direct_m, crossing_s = self._water.ways(places, profile)
            seconds = profile.seconds(np.minimum(direct_m, NO_WAY)) + crossing_s
        np.fill_diagonal(seconds, 0.0)
        lost = np.isinf(direct_m)
        return (
            np.rint(np.where(lost, NO_WAY, seconds)).astype(np.int32),
            np.rint(np.where(lost, NO_WAY, np.where(lost, 0, direct_m) * profile.detour)).astype(
                np.int32
            ),
        )

    def line(self, places: Sequence[Place], transport: str) -> tuple[Path, ...]:
        """A straight line a leg, around water where there is some."""
        profile = self._profile(transport)
        if self._water is not None:
            return self._water.line(places, profile)
        return tuple(((a.lat, a.lon), (b.lat, b.lon)) for a, b in pairwise(places))

    def _profile(self, transport: str) -> Profile:
        try:
            return self._profiles[transport]
        except KeyError:
            raise UnknownTransport(transport, tuple(self._profiles)) from None


def great_circle_m(places: Sequence[Place]) -> npt.NDArray[np.float64]:
    """Great-circle metres between all places, shape (n, n), by the haversine formula."""
    lat = np.radians([place.lat for place in places])
    lon = np.radians([place.lon for place in places])
    half_lat = np.sin((lat[:, None] - lat[None, :]) / 2) ** 2
    half_lon = np.sin((lon[:, None] - lon[None, :]) / 2) ** 2
    chord = half_lat + np.cos(lat)[:, None] * np.cos(lat)[None, :] * half_lon
    metres: npt.NDArray[np.float64] = 2 * EARTH_RADIUS_M * np.arcsin(np.sqrt(np.minimum(chord, 1)))
    return metres
