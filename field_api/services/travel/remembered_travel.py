"""What routing engines have told, remembered in the database: nothing is asked for twice.

Places are taken to a hundred-thousandth of a degree, about a metre, and so is what is asked.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from crm.database import Database
from crm.store.travel import travel_legs
from routing.problem import Matrix, Place
from routing.travel.interface import Path, RoadTimes

DECIMALS = 5
CELLS_A_DEGREE = 10**DECIMALS
ROW = 1 << 26  # more than the cells around the earth
LEG = np.dtype([("cell", "<i8"), ("seconds", "<i4"), ("metres", "<i4")])
MOSTLY = 0.5  # of the pairs: with so many unknown all are asked for at once

Cells = npt.NDArray[np.int64]
Known = npt.NDArray[np.bool_]


class Remembered:
    """A source asked only for what its database does not know. `told_by` names all that decides
    about the answers besides the source's own name, such as how far from a road is too far.

    Not to be asked within a unit of work: it writes in one of its own.
    """

    def __init__(self, travel: RoadTimes, database: Database, *, told_by: str) -> None:
        self._travel, self._database, self._told_by = travel, database, told_by

    @property
    def source(self) -> str:
        """The source's own."""
        return self._travel.source

    @property
    def key(self) -> str:
        """What its answers are remembered under."""
        return f"{self.source} {self._told_by}"

    def matrices(self, places: Sequence[Place], transport: str) -> tuple[Matrix, Matrix]:
        """See `TravelTimes`."""
        cells = _cells(places)
        distinct, where = np.unique(cells, return_inverse=True)
        seconds, metres = self._between(distinct, transport)
        return _spread(seconds, where), _spread(metres, where)

    def line(self, places: Sequence[Place], transport: str) -> tuple[Path, ...]:
        """The source's own: lines are not remembered."""
        return self._travel.line(places, transport)

    def _between(self, cells: Cells, transport: str) -> tuple[Matrix, Matrix]:
        key = self.key
        with self._database.reading() as session:
            rows = travel_legs.legs_from(session, key, transport, cells.tolist())
        memory = _Memory(cells, rows)
        if memory.known.all():
            return memory.seconds, memory.metres
        for some, others in _wanted(memory.known):
            memory.put(
                some,
                others,
                self._travel.legs(_places(cells[some]), _places(cells[others]), transport),
            )
        changed = memory.packed_rows(rows)
        self._database.written(lambda s: travel_legs.keep(s, key, transport, changed))
        return memory.seconds, memory.metres


class _Memory:
    """Matrices between cells, as far as they are known."""

    def __init__(self, cells: Cells, rows: dict[int, bytes]) -> None:
        count = len(cells)
        self.cells = cells
        self.seconds = np.zeros((count, count), np.int32)
        self.metres = np.zeros((count, count), np.int32)
        self.known: Known = np.eye(count, dtype=np.bool_)
        for row, cell in enumerate(cells.tolist()):
            legs = np.frombuffer(rows.get(cell, b""), LEG)
            if not len(legs):
                continue
            at = np.minimum(np.searchsorted(legs["cell"], cells), len(legs) - 1)
            found = np.flatnonzero(legs["cell"][at] == cells)
            self.seconds[row, found] = legs["seconds"][at[found]]
            self.metres[row, found] = legs["metres"][at[found]]
            self.known[row, found] = True
        self._before = self.known.copy()

    def put(self, some: Cells, others: Cells, told: tuple[Matrix, Matrix]) -> None:
        block = np.ix_(some, others)
        new = ~self.known[block]
        for matrix, legs in zip((self.seconds, self.metres), told, strict=True):
            matrix[block] = np.where(new, legs, matrix[block])
        self.known[block] = True

    def packed_rows(self, rows: dict[int, bytes]) -> dict[int, bytes]:
        """The rows that grew, with what they knew of other cells before."""
        grown = np.flatnonzero((self.known & ~self._before).any(axis=1))
        return {int(self.cells[row]): self._packed(row, rows) for row in grown}

    def _packed(self, row: np.intp, rows: dict[int, bytes]) -> bytes:
        legs = np.empty(len(self.cells), LEG)
        legs["cell"], legs["seconds"], legs["metres"] = (
            self.cells,
            self.seconds[row],
            self.metres[row],
        )
        old = np.frombuffer(rows.get(int(self.cells[row]), b""), LEG)
        every = np.concatenate([legs, old[~np.isin(old["cell"], self.cells)]])
        return every[np.argsort(every["cell"])].tobytes()


def _wanted(known: Known) -> list[tuple[Cells, Cells]]:
    """Blocks of rows and columns that hold all that is unknown: of few new places their rows and
    their columns, else everything."""
    unknown = ~known
    every = np.arange(len(known))
    if unknown.mean() >= MOSTLY:
        return [(every, every)]
    count = unknown.sum(axis=0) + unknown.sum(axis=1)
    new: list[int] = []
    while count.any():
        most = int(count.argmax())
        new.append(most)
        count = count - unknown[most] - unknown[:, most]
        unknown[most], unknown[:, most] = False, False
        count[most] = 0
    some = np.array(sorted(new), dtype=np.int64)
    old = np.setdiff1d(every, some)
    return [(some, every), (old, some)] if len(old) else [(some, every)]


def _cells(places: Sequence[Place]) -> Cells:
    lat = np.rint([place.lat * CELLS_A_DEGREE for place in places]).astype(np.int64)
    lon = np.rint([place.lon * CELLS_A_DEGREE for place in places]).astype(np.int64)
    cells: Cells = (lat + 90 * CELLS_A_DEGREE) * ROW + lon + 180 * CELLS_A_DEGREE
    return cells


def _places(cells: Cells) -> list[Place]:
    return [
        Place(
            id=str(cell),
            lat=round((cell // ROW - 90 * CELLS_A_DEGREE) / CELLS_A_DEGREE, DECIMALS),
            lon=round((cell % ROW - 180 * CELLS_A_DEGREE) / CELLS_A_DEGREE, DECIMALS),
        )
        for cell in cells.tolist()
    ]


def _spread(matrix: Matrix, where: npt.NDArray[np.intp]) -> Matrix:
    spread: Matrix = matrix[np.ix_(where, where)]
    return spread
