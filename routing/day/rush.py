"""The order of a day with peaks, where a leg costs what it takes at its hour.

OR-Tools knows no legs whose length depends on the hour. So its order by ordinary times is one to
begin with, the given one is the other, and each is changed as long as that makes the day cheaper
and keeps it possible, reckoned by the true clock. A short day is tried in every order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, permutations

from routing.cycle.instance import Job, Slot
from routing.day.labels import Day

TRIED_WHOLE = 6  # stops; every order of so many takes about 50 ms
LONGEST_RUN = 2  # stops that are moved together

Order = tuple[Job, ...]


def best_at_its_hours(slot: Slot, given: Sequence[Job], ordinary: Sequence[Job]) -> Order:
    """The cheapest order found, never dearer than `given`, which must fit the slot; `ordinary` need
    not fit."""
    as_given = tuple(given)
    if len(given) <= TRIED_WHOLE:
        return _cheapest(slot, list(permutations(given)))  # the given order comes first
    ends = [_descended(slot, as_given)]
    other = tuple(ordinary)
    if other != as_given and Day(slot, other).fits:
        ends.append(_descended(slot, other))
    return _cheapest(slot, ends)


def _descended(slot: Slot, order: Order) -> Order:
    """A local optimum: the best change of all, again and again."""
    while (better := _cheapest(slot, [order, *_changed(order)])) != order:
        order = better
    return order


def _cheapest(slot: Slot, orders: Sequence[Order]) -> Order:
    """The first one of those that cost least and fit; the very first where none fits."""
    best, least = orders[0], None
    for order in orders:
        day = Day(slot, order)
        if day.fits and (least is None or day.cost < least):
            best, least = order, day.cost
    return best


def _changed(order: Order) -> Iterator[Order]:
    """Each stretch turned round, and each run of a few stops moved elsewhere."""
    count = len(order)
    for first, end in combinations(range(count + 1), 2):
        if end - first > 1:
            yield (*order[:first], *reversed(order[first:end]), *order[end:])
        if end - first <= LONGEST_RUN:
            run, rest = order[first:end], (*order[:first], *order[end:])
            for position in range(len(rest) + 1):
                if position != first:
                    yield (*rest[:position], *run, *rest[position:])
