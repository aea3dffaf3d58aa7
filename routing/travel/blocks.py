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


def at_home(matrices: tuple[Matrix, Matrix]) -> tuple[Matrix, Matrix]:
    """Square matrices with nothing to drive from a place to itself."""
    for matrix in matrices:
        np.fill_diagonal(matrix, 0)
    return matrices


Ask = Callable[[Sequence[Place], Sequence[Place]], Block]


class Gathered:
    """Matrices that fill up block by block, as floats, nan where there is no way."""

    def __init__(self, rows: int, columns: int) -> None:
        self.seconds = np.full((rows, columns), np.nan)
        self.metres = np.full((rows, columns), np.nan)
        self.from_off_m, self.to_off_m = np.zeros(rows), np.zeros(columns)

    def put(self, rows: range, columns: range, block: Block) -> None:
        """Keep a block."""
        some, others = slice(rows.start, rows.stop), slice(columns.start, columns.stop)
        self.seconds[some, others] = block.seconds
        self.metres[some, others] = block.metres
        self.from_off_m[some] = block.from_off_m
        self.to_off_m[others] = block.to_off_m

    def matrices(self, *, limit_m: float) -> tuple[Matrix, Matrix]:
        """Seconds and metres, int32; `NO_WAY` where there is none, and from and to each place
        farther than `limit_m` from a road: an engine takes any place to any road."""
        far = (self.from_off_m > limit_m)[:, None] | (self.to_off_m > limit_m)[None, :]
        lost = np.isnan(self.seconds) | np.isnan(self.metres) | far
        return _whole(self.seconds, lost), _whole(self.metres, lost)


def gather(
    some: Sequence[Place], others: Sequence[Place], side: int, ask: Ask
) -> tuple[Gathered, int]:
    """All blocks of at most `side` × `side` places, and the side that the engine took: where it
    says that a block is too much, it is asked for a quarter of it from then on. Raises as `ask`
    does."""
    while True:
        try:
            return _gathered(some, others, side, ask), side
        except TooMuch:
            if side <= SMALLEST:
                raise
            side = max(SMALLEST, min(side, max(len(some), len(others))) // 2)


def _gathered(some: Sequence[Place], others: Sequence[Place], side: int, ask: Ask) -> Gathered:
    found = Gathered(len(some), len(others))
    for rows in _parts(len(some), side):
        for columns in _parts(len(others), side):
            block = ask(some[rows.start : rows.stop], others[columns.start : columns.stop])
            found.put(rows, columns, block)
    return found


def _parts(count: int, side: int) -> Iterator[range]:
    for first in range(0, count, side):
        yield range(first, min(first + side, count))


def _whole(numbers: Numbers, lost: npt.NDArray[np.bool_]) -> Matrix:
    whole: Matrix = np.rint(np.clip(np.where(lost, NO_WAY, numbers), 0, NO_WAY)).astype(np.int32)
    return whole
