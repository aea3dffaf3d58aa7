"""Travel matrices: one of each kind a transport, square, whole, not negative, zero at home."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from routing.problem import Matrix, Problem
from routing.validation.error import About, ProblemError


def matrices_are_sound(problem: Problem) -> Iterator[ProblemError]:
    """Seconds and metres have the same transports and each matrix fits the places."""
    both = {"travel_s": problem.travel_s, "travel_m": problem.travel_m}
    for name, other in (("travel_s", "travel_m"), ("travel_m", "travel_s")):
        for transport in sorted(set(both[name]) - set(both[other])):
            about = About(kind="matrix", object_id=f"{other}[{transport}]")
            yield about.error("transport", "missing", f"{name} has {transport}; both must")
    for name, matrices in both.items():
        for transport, matrix in sorted(matrices.items()):
            about = About(kind="matrix", object_id=f"{name}[{transport}]")
            yield from _matrix(about, matrix, len(problem.places))


def _matrix(about: About, matrix: Matrix, count: int) -> Iterator[ProblemError]:
    if not isinstance(matrix, np.ndarray):
        hint = "a numpy array of type int32 is asked for"
        yield about.error("type", type(matrix).__name__, hint)
        return
    if matrix.dtype != np.int32:
        yield about.error("dtype", matrix.dtype, "whole numbers of type int32 are asked for")
        yield from _not_finite(about, matrix)
        return
    if matrix.shape != (count, count):
        yield about.error("shape", matrix.shape, f"{count} places ask for ({count}, {count})")
        return
    for row, column in np.argwhere(matrix < 0)[:1]:
        hint = "travel is never negative; a pair without a way needs a very large number"
        yield about.error(f"[{row}, {column}]", matrix[row, column], hint)
    for row in np.flatnonzero(np.diagonal(matrix))[:1]:
        hint = "from a place to itself there is nothing to drive"
        yield about.error(f"[{row}, {row}]", matrix[row, row], hint)


def _not_finite(about: About, matrix: Matrix) -> Iterator[ProblemError]:
    """The first cell that is infinite or no number; as int32 it would be a number that means
    nothing."""
    if matrix.dtype.kind == "f":
        for cell in np.argwhere(~np.isfinite(matrix))[:1]:
            hint = "a pair without a way needs a very large number"
            yield about.error(str(cell.tolist()), matrix[tuple(cell)], hint)
