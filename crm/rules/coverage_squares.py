"""Customers counted by squares of the map, where they are too many to be shown one by one."""

from collections.abc import Sequence
from typing import NamedTuple

SQUARES_A_DEGREE = 50  # the finest: two kilometres from south to north


class Counted(NamedTuple):  # made by the ten thousand, in half the time of a dataclass
    """The customers in a square (row from the equator, column from Greenwich): how many, how many
    of them overdue, and how many visited in the month and not overdue."""

    at: tuple[int, int]
    customers: int
    late: int
    done: int


def at_most(squares: Sequence[Counted], most: int) -> tuple[int, list[Counted]]:
    """The squares, joined four and four until they are no more than `most` (1 or more); first how
    many of the old ones are then in a row of a new one."""
    wide, found = 1, list(squares)
    while len(found) > most:
        wide *= 2
        found = _joined(found)
    return wide, found


def _joined(squares: Sequence[Counted]) -> list[Counted]:
    sums: dict[tuple[int, int], list[int]] = {}
    for one in squares:
        into = sums.setdefault((one.at[0] // 2, one.at[1] // 2), [0, 0, 0])
        into[0] += one.customers
        into[1] += one.late
        into[2] += one.done
    return [
        Counted(at=at, customers=customers, late=late, done=done)
        for at, (customers, late, done) in sorted(sums.items())
    ]
