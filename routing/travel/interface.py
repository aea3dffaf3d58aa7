"""What every source of travel times can do: matrices, the drawn way, and its name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from routing.problem import Matrix, Place

Path = tuple[tuple[float, float], ...]  # (lat, lon) in WGS-84 degrees, both ends included


class TravelTimes(Protocol):
    """A source of travel times. Matrices, distances and drawn ways come from the same one."""

    @property
    def source(self) -> str:
        """What a plan says: the provider's name, and after a colon which data it goes by, such as
        `osrm:2018-08-27T20:43:02Z`. Two sources of the same name give the same numbers. Raises
        `TravelError` where an engine has to be asked and cannot be."""
        ...

    def matrices(self, places: Sequence[Place], transport: str) -> tuple[Matrix, Matrix]:
        """Seconds and metres from place i to place j, each shape (n, n), int32, not symmetric,
        zero on the diagonal; `NO_WAY` in both where no way leads from i to j.

        Raises `UnknownTransport`, and `TravelError` where an engine does not answer as it should.
        """
        ...

    def line(self, places: Sequence[Place], transport: str) -> tuple[Path, ...]:
        """The way through the places in this order, one path a leg. Raises as `matrices` does."""
        ...


class RoadTimes(TravelTimes, Protocol):
    """A source that has to be asked and takes its time: only for what is not known yet."""

    def legs(
        self, some: Sequence[Place], others: Sequence[Place], transport: str
    ) -> tuple[Matrix, Matrix]:
        """Seconds and metres from each of some places to each of others, shape (some, others),
        int32; otherwise as `matrices`."""
        ...
