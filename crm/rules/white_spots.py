"""空白市场: where prospects wait or people live, and nobody was visited.

The map is laid out in squares of a hundredth of a degree, about a kilometre. A populated place
reaches as far as its people would fill a town of ordinary density.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import cos, floor, pi, radians, sqrt

CELLS_A_DEGREE = 100
PEOPLE_A_KM2 = 3000  # of a built-up town
NEAREST_M, FARTHEST_M = 1000, 15_000  # a village is not a point, a metropolis no county
METRES_A_DEGREE = 111_195
LEAST_COSINE = 0.05  # nobody lives nearer to a pole

At = tuple[int, int]  # row from the equator, column from Greenwich


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A square and whose customers are in it: its `prospects`, its active `customers`, how many
    of both were `visited`; one of the prospects' codes, territory and town, where there is one."""

    at: At
    prospects: int
    customers: int
    visited: int
    code: str = ""
    territory: str = ""
    city: str = ""


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """The prospects and active customers around a place where nobody was visited."""

    prospects: int
    customers: int


def waiting(cells: Iterable[Cell]) -> list[Cell]:
    """The squares with prospects in which nobody was visited, those with most prospects first."""
    found = [cell for cell in cells if cell.prospects and not cell.visited]
    return sorted(found, key=lambda cell: (-cell.prospects, cell.code))


def reach_m(population: int) -> int:
    """How far a place of so many people reaches from its centre, in metres."""
    radius_km = sqrt(population / PEOPLE_A_KM2 / pi)
    return min(FARTHEST_M, max(NEAREST_M, round(radius_km * 1000)))


def unvisited_around(
    lat: float, lon: float, population: int, cells: Mapping[At, Cell]
) -> Surroundings | None:
    """Who is around a populated place; None where anybody of them was visited."""
    near = [cells[at] for at in touched(lat, lon, reach_m(population)) if at in cells]
    if any(cell.visited for cell in near):
        return None
    return Surroundings(
        prospects=sum(cell.prospects for cell in near),
        customers=sum(cell.customers for cell in near),
    )


def touched(lat: float, lon: float, reach: int) -> Iterator[At]:
    """The squares that a circle of so many metres touches, from the south on."""
    tall = reach / METRES_A_DEGREE
    for row in _steps(lat - tall, lat + tall):
        gap = max(row / CELLS_A_DEGREE - lat, lat - (row + 1) / CELLS_A_DEGREE, 0)
        wide = sqrt(max(tall**2 - gap**2, 0)) / max(cos(radians(lat)), LEAST_COSINE)
        for column in _steps(lon - wide, lon + wide):
            yield row, column


def by_place(cells: Sequence[Cell]) -> dict[At, Cell]:
    """The squares by where they lie."""
    return {cell.at: cell for cell in cells}


def _steps(low: float, high: float) -> range:
    return range(floor(low * CELLS_A_DEGREE), floor(high * CELLS_A_DEGREE) + 1)
