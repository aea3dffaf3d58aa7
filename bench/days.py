"""Days of one rep made up for comparing planners: towns in a square, windows, a lunch.

Every day can be driven: its windows are laid around the hours of one order of its visits, which
always goes on to the nearest place and is not the best one.
"""

import random
from dataclasses import replace
from itertools import pairwise
from math import ceil, hypot

from bench.read.cycle import CycleCustomer, CycleInstance, CycleLunch

SIZES = (10, 15, 20, 25, 30, 35, 40)
DAY_S = (8 * 3600, 18 * 3600)
LUNCH = CycleLunch(earliest_start_s=41_400, latest_start_s=47_700, duration_s=2_700)
SQUARE_KM = 20.0
TOWN_KM = 1.5  # standard deviation of a customer's way from the middle of the town
VISITS_A_TOWN = 6
DETOUR = 1.3
SPEED_KM_S = 45 / 3600
ACCESS_S = 120  # from the road to the door and back
LONGEST_VISIT_S = 1_800
WITH_WINDOW = 0.6  # share of visits
WIDTHS_S = (3_600, 7_200, 10_800)
HALF_HOUR_S = 1_800
SLACK = 0.8  # of the hours beside travel and lunch that visits take

Point = tuple[float, float]


def a_day(visits: int, seed: int) -> CycleInstance:
    """A day of so many visits between 8 and 18 o'clock; same numbers, same day."""
    rng = random.Random(seed * 1_000 + visits)  # noqa: S311  (a made-up day, not a secret)
    points = _points(rng, visits)
    travel = tuple(tuple(_travel_s(here, there) for there in points) for here in points)
    order = nearest_next(travel)
    driven_s = sum(travel[a][b] for a, b in pairwise([0, *order, 0]))
    free_s = DAY_S[1] - DAY_S[0] - LUNCH.duration_s - driven_s
    service_s = min(LONGEST_VISIT_S, int(SLACK * free_s / visits))
    if service_s <= 0:
        raise ValueError(f"{visits} visits do not fit into a day; seed is {seed}")
    begins = _begins(travel, order, service_s)
    customers = tuple(_customer(rng, node, service_s, begins[node]) for node in sorted(order))
    return CycleInstance(
        days=1,
        day_start_s=DAY_S[0],
        day_end_s=DAY_S[1],
        lunch=LUNCH,
        customers=customers,
        travel_s=travel,
    )


def without_lunch(day: CycleInstance) -> CycleInstance:
    """The same day for planners that know no breaks."""
    return replace(day, lunch=None)


def _points(rng: random.Random, visits: int) -> list[Point]:
    """Home in the middle of the square, then the customers around their towns."""
    towns = [
        (rng.uniform(0, SQUARE_KM), rng.uniform(0, SQUARE_KM))
        for _ in range(ceil(visits / VISITS_A_TOWN))
    ]
    customers = [
        (rng.gauss(x, TOWN_KM), rng.gauss(y, TOWN_KM)) for x, y in rng.choices(towns, k=visits)
    ]
    return [(SQUARE_KM / 2, SQUARE_KM / 2), *customers]


def _travel_s(here: Point, there: Point) -> int:
    km = hypot(here[0] - there[0], here[1] - there[1])
    return 0 if here == there else ACCESS_S + ceil(DETOUR * km / SPEED_KM_S)


def nearest_next(travel: tuple[tuple[int, ...], ...]) -> list[int]:
    """The customers in the order that anybody would think of: the nearest one next."""
    order, left = [0], set(range(1, len(travel)))
    while left:
        here = travel[order[-1]]
        order.append(min(left, key=lambda there: (here[there], there)))
        left.remove(order[-1])
    return order[1:]


def _begins(
    travel: tuple[tuple[int, ...], ...], order: list[int], service_s: int
) -> dict[int, int]:
    """When each visit of the order begins; lunch is taken before the first leg at which it may."""
    now_s, here, hungry = DAY_S[0], 0, True
    begins = {}
    for there in order:
        if hungry and now_s >= LUNCH.earliest_start_s:
            now_s, hungry = now_s + LUNCH.duration_s, False
        now_s += travel[here][there]
        begins[there] = now_s
        now_s, here = now_s + service_s, there
    return begins


def _customer(rng: random.Random, node: int, service_s: int, begin_s: int) -> CycleCustomer:
    """Open all day, or in a window on the half hours that holds the visit's beginning."""
    first_s, last_s = DAY_S
    if rng.random() < WITH_WINDOW:
        width_s = rng.choice(WIDTHS_S)
        first_s = max(DAY_S[0], begin_s - rng.randrange(width_s)) // HALF_HOUR_S * HALF_HOUR_S
        last_s = min(DAY_S[1], first_s + width_s + HALF_HOUR_S)
    return CycleCustomer(
        id=node,
        service_s=service_s,
        earliest_start_s=first_s,
        latest_start_s=last_s,
        patterns=((0,),),
    )
