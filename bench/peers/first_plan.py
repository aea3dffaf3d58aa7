"""A first plan of a cycle as a person would make it, for planners that find none themselves: an
area for each weekday, then each customer where it is cheapest, the farthest first."""

from itertools import pairwise

from bench.evaluate.cycle import fits
from bench.read.cycle import CycleCustomer, CycleInstance
from bench.translate.cycle import WORKING_DAYS

Days = list[list[int]]

SETTLING_ROUNDS = 10
AREA_WEIGHT = 2  # a second from the middle of the day's area against a second of detour


def first_plan(cycle: CycleInstance) -> Days:
    """Customer ids in order, one list a day. Who finds no room on any pattern is left out."""
    travel, middles = cycle.travel_s, _middles(cycle)
    days: Days = [[] for _ in range(cycle.days)]
    for customer in sorted(cycle.customers, key=lambda one: (-travel[0][one.id], one.id)):
        found = {
            day: insertion
            for day in {day for pattern in customer.patterns for day in pattern}
            if (insertion := _cheapest(cycle, days[day], customer))
        }
        price = {
            day: extra + AREA_WEIGHT * travel[middles[day % WORKING_DAYS]][customer.id]
            for day, (extra, _) in found.items()
        }
        patterns = [pattern for pattern in customer.patterns if found.keys() >= set(pattern)]
        if patterns:
            for day in min(patterns, key=lambda pattern: sum(price[day] for day in pattern)):
                days[day].insert(found[day][1], customer.id)
    return days


def _middles(cycle: CycleInstance) -> list[int]:
    """The customer in the middle of each weekday's area, by k-medoids from places far apart."""
    travel, nodes = cycle.travel_s, [customer.id for customer in cycle.customers]
    middles = [max(nodes, key=lambda node: travel[0][node])]
    while len(middles) < WORKING_DAYS:
        middles.append(max(nodes, key=lambda node: min(travel[node][one] for one in middles)))
    for _ in range(SETTLING_ROUNDS):
        areas: list[list[int]] = [[one] for one in middles]
        for node in nodes:
            min(areas, key=lambda area: travel[area[0]][node]).append(node)
        middles = [
            min(area, key=lambda node: sum(travel[node][other] for other in area)) for area in areas
        ]
    return middles


def _cheapest(
    cycle: CycleInstance, day: list[int], customer: CycleCustomer
) -> tuple[int, int] | None:
    """(added seconds, position) of the cheapest place that keeps the day's hours, if any."""
    travel, there = cycle.travel_s, customer.id
    added = [
        (travel[before][there] + travel[there][after] - travel[before][after], position)
        for position, (before, after) in enumerate(pairwise([0, *day, 0]))
    ]
    for extra, position in sorted(added):
        if fits(cycle, [*day[:position], there, *day[position:]]):
            return extra, position
    return None
