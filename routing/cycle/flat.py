"""Flat arrays of whole numbers, as the compiled search reads them."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import accumulate
from typing import Any

import numpy as np

NONE = -1  # in the place of a number that there is not

Array = np.ndarray[Any, np.dtype[Any]]
Arrays = dict[str, Array]


def ints(values: Any) -> Array:
    """Whole numbers of 32 bits in one piece of memory, in the order of the rows."""
    return np.ascontiguousarray(values, dtype=np.int32)


def starts(sizes: Iterable[int]) -> list[int]:
    """Where each of the lists begins that lie one after the other, and where the last one ends."""
    return [0, *accumulate(sizes)]


def address(array: Array) -> int:
    """Where the array lies in memory; good as long as somebody keeps the array."""
    return int(array.ctypes.data)
