"""A large matrix out of small ones: an engine takes only so many places at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from routing.problem import NO_WAY, Matrix, Place
from routing.travel.trouble import TooMuch

SMALLEST = 2  # places a side: an engine that takes not even these answers nothing

Numbers = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True, kw_only=True)
class Block:
    """An engine's answer: seconds and metres from each of some places to each of others, shape
    (from, to), nan where there is no way; and how far each place lies from the road that stands
    for it, metres, nan where the engine does not tell."""

    seconds: Numbers
    metres: Numbers
    from_off_m: Numbers
    to_off_m: Numbers


Ask = Callable[[Sequence[Place], Sequence[Place]], Block]


class Gathered:
    """Matrices that fill up block by block, as floats, nan where there is no way."""

    def __init__(self, count: int) -> None:
        self.seconds = np.full((count, count), np.nan)
        self.metres = np.full((count, count), np.nan)
        self.off_m = np.zeros(count)

    def put(self, rows: range, columns: range, block: Block) -> None:
        """Keep a block; of two words on how far a place lies off, the larger counts."""
        self.seconds[rows.start : rows.stop, columns.start : columns.stop] = block.seconds
        self.metres[rows.start : rows.stop, columns.start : columns.stop] = block.metres
        for part, off_m in ((rows, block.from_off_m), (columns, block.to_off_m)):
            where = slice(part.start, part.stop)
            self.off_m[where] = np.fmax(self.off_m[where], off_m)

    def matrices(self, *, limit_m: float) -> tuple[Matrix, Matrix]:
        """Seconds and metres, int32; `NO_WAY` where there is none, and from and to each place
        farther than `limit_m` from a road: an engine takes any place to any road."""
        far = self.off_m > limit_m
        lost = np.isnan(self.seconds) | np.isnan(self.metres) | far[:, None] | far[None, :]
        return _whole(self.seconds, lost), _whole(self.metres, lost)


def gather(places: Sequence[Place], side: int, ask: Ask) -> tuple[Gathered, int]:
    """All blocks of at most `side` × `side` places, and the side that the engine took: where it
    says that a block is too much, it is asked for a quarter of it from then on. Raises as `ask`
    does."""
    while True:
        try:
            return _gathered(places, side, ask), side
        except TooMuch:
            if side <= SMALLEST:
                raise
            side = max(SMALLEST, min(side, len(places)) // 2)


def _gathered(places: Sequence[Place], side: int, ask: Ask) -> Gathered:
    found = Gathered(len(places))
    for rows in _parts(len(places), side):
        for columns in _parts(len(places), side):
            some, others = places[rows.start : rows.stop], places[columns.start : columns.stop]
            found.put(rows, columns, ask(some, others))
    return found


def _parts(count: int, side: int) -> Iterator[range]:
    for first in range(0, count, side):
        yield range(first, min(first + side, count))


def _whole(numbers: Numbers, lost: npt.NDArray[np.bool_]) -> Matrix:
    whole: Matrix = np.rint(np.clip(np.where(lost, NO_WAY, numbers), 0, NO_WAY)).astype(np.int32)
    np.fill_diagonal(whole, 0)
    return whole
