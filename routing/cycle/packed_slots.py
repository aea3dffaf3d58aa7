"""Rep-days and the ways between places as flat arrays; core/instance.hpp has their meanings."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from routing.cycle.blocks import Blocks
from routing.cycle.flat import Array, Arrays, ints, starts
from routing.cycle.instance import FOREVER_S, Instance, Slot
from routing.rules.pace import Peaked

NEAREST = 100  # neighbours kept for a customer
LONGEST = FOREVER_S >> 1  # of one leg; sums of two stay within 32 bits

_Kind = tuple[str, int]  # slots of one kind share their matrices


def matrices(instance: Instance) -> Arrays:
    """Seconds and cost of all legs, shape (kinds of slots, n, n), and the same transposed."""
    problem, weights = instance.problem, instance.weights
    kinds = _matrix_kinds(instance)
    times = [problem.travel_s[transport] for transport, _ in kinds]
    costs = [
        weights.leg_cost(problem.travel_s[transport], problem.travel_m[transport], cents)
        for transport, cents in kinds
    ]
    time_s, time_to_s = _both_ways(times)
    cost, cost_to = _both_ways(costs)
    return {"time_s": time_s, "time_to_s": time_to_s, "cost": cost, "cost_to": cost_to}


def _both_ways(matrices: list[Array]) -> tuple[Array, Array]:
    stacked = np.stack(matrices) if matrices else np.zeros((0, 0, 0), dtype=np.int32)
    limited = np.minimum(stacked, LONGEST)
    return ints(limited), ints(limited.transpose(0, 2, 1))


def _matrix_kinds(instance: Instance) -> list[_Kind]:
    return sorted({_kind_of(slot) for slot in instance.slots})


def _kind_of(slot: Slot) -> _Kind:
    return slot.rep.transport, slot.rep.cents_per_km


def slots(instance: Instance, blocks: Blocks) -> Arrays:
    """Hours, places and limits of each slot."""
    rows = instance.slots
    kinds = {kind: number for number, kind in enumerate(_matrix_kinds(instance))}
    lunches = [slot.lunch for slot in rows]
    durations = [_duration_limits(instance, slot) for slot in rows]
    columns = {
        "slot_day": [slot.date.toordinal() for slot in rows],
        "slot_week": blocks.week,
        "slot_block": blocks.block,
        "slot_transport": [kinds[_kind_of(slot)] for slot in rows],
        "slot_start": [slot.day.start for slot in rows],
        "slot_end": [slot.day.end for slot in rows],
        "slot_begin_s": [slot.day.begin_s for slot in rows],
        "slot_end_s": [end_s for end_s, _ in durations],
        "lunch_earliest_s": [lunch.earliest_s if lunch else 0 for lunch in lunches],
        "lunch_latest_s": [lunch.latest_s if lunch else 0 for lunch in lunches],
        "lunch_s": [lunch.duration_s if lunch else 0 for lunch in lunches],
        "max_visits": [slot.max_visits for slot in rows],
        "max_driving_s": [slot.max_driving_s for slot in rows],
        "max_duration_s": [limit_s for _, limit_s in durations],
        "max_load": [slot.max_load for slot in rows],
        "even_share_s": instance.even_share_s,
    }
    return {name: ints(column) for name, column in columns.items()} | _changes(rows)


def _changes(rows: Sequence[Slot]) -> Arrays:
    """When the speed of a day's legs changes; nothing for days on which it does not."""
    paces = [slot.pace for slot in rows]
    peaked = [pace for pace in paces if isinstance(pace, Peaked)]
    lengths = (len(pace.changes_s) if isinstance(pace, Peaked) else 0 for pace in paces)
    return {
        "slot_changes": ints(starts(lengths)),
        "change_s": ints([moment_s for pace in peaked for moment_s in pace.changes_s]),
        "change_covered": _longs([sum_ for pace in peaked for sum_ in pace.sums]),
        "change_speed": _longs([speed for pace in peaked for speed in pace.speeds]),
    }


def _longs(values: Sequence[int]) -> Array:
    return np.array(values, dtype=np.int64)


def _duration_limits(instance: Instance, slot: Slot) -> tuple[int, int]:
    """By when the rep is back, and for how long out, FOREVER_S where the first says it all.

    Where nothing waits for a door, being out for so long is being back by then.
    """
    begin_s, end_s = slot.day.begin_s, slot.day.end_s
    if _is_free(instance, slot):
        return min(end_s, begin_s + slot.max_duration_s), FOREVER_S
    bounds = slot.max_duration_s < end_s - begin_s
    return end_s, slot.max_duration_s if bounds else FOREVER_S


def _is_free(instance: Instance, slot: Slot) -> bool:
    """Whether nobody ever waits on this day: no lunch, every door open from arrival on, and no hour
    at which driving is quicker."""
    if slot.lunch is not None or slot.pace.peaked:
        return False
    first, last = slot.day.begin_s, slot.day.end_s
    out, ways = slot.travel[slot.day.start], slot.travel
    return all(
        len(windows) == 1
        and windows[0][0] <= first + out[job.node]
        and windows[0][1] >= last - job.service_s - ways[job.node][slot.day.end]
        for job in instance.jobs
        if (windows := job.windows.get(slot.index)) is not None
    )


def neighbours(instance: Instance) -> tuple[int, Arrays]:
    """Each family's nearest others by the mean of both ways: how many, and which."""
    families, rows = instance.families, instance.slots
    if not rows or not families:
        return 0, {"near": ints([]), "family_far": ints([0] * len(families))}
    count = min(NEAREST, len(families) - 1)
    nodes = np.array([family.customer.place for family in families], dtype=np.int64)
    travel_s = instance.problem.travel_s[rows[0].rep.transport]
    both = travel_s[np.ix_(nodes, nodes)].astype(np.int64)
    both = both + both.T
    np.fill_diagonal(both, -1)
    order = np.argsort(both, axis=1, kind="stable")
    begins = np.array(sorted({slot.day.start for slot in rows}), dtype=np.int64)
    return count, {
        "near": ints(order[:, 1 : count + 1]),
        "family_far": ints(travel_s[np.ix_(begins, nodes)].min(axis=0)),
    }
