"""One tour with time windows as a `Problem`: one rep, one day, visits that take no time.

A second is the last decimal that the file has, so that nothing is rounded; a file with more
decimals than 32 bits hold is rounded against the planner.
"""

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

import numpy as np

from bench.read.tsptw import TsptwInstance
from bench.translate.common import (
    GRADE,
    SOURCE,
    TRANSPORT,
    begins_within,
    day,
    nowhere,
    visits_of,
)
from routing.plan import Plan
from routing.problem import Customer, Problem, Rep, WorkDay
from routing.validation.places import LONGEST_DAY_S

REP = "rep"


def tsptw_problem(name: str, instance: TsptwInstance) -> Problem:
    """The instance as a day of the product."""
    scale = _scale(instance)
    cells = [[_up(leg * scale) for leg in row] for row in instance.travel]
    travel = np.array(cells, dtype=np.int32)
    np.fill_diagonal(travel, 0)
    windows = [(_up(first * scale), _down(last * scale)) for first, last in instance.windows]
    begin_s, end_s = windows[0]
    workday = WorkDay(date=day(0), begin_s=begin_s, end_s=end_s, start=0, end=0)
    rep = Rep(id=REP, transport=TRANSPORT, workdays=(workday,), max_driving_s_a_day=end_s)
    nodes = range(1, len(windows))
    return Problem(
        id=name,
        first_day=day(0),
        last_day=day(0),
        places=nowhere(len(windows)),
        reps=(rep,),
        customers=tuple(
            Customer(
                id=str(node),
                place=node,
                grade=GRADE,
                rep_ids=frozenset({REP}),
                **begins_within(windows[node][0], min(windows[node][1], end_s)),
            )
            for node in nodes
        ),
        visits=tuple(
            visit
            for node in nodes
            for visit in visits_of(str(node), 1, service_s=0, dates=(day(0), day(0)))
        ),
        travel_s={TRANSPORT: travel},
        travel_m={TRANSPORT: travel},
        travel_source=SOURCE,
        # An unfit time ends up to two seconds after the window that it cuts.
        day_s=end_s + 2,
    )


def tsptw_route(plan: Plan) -> list[int]:
    """Nodes in order without the depot."""
    return [int(stop.customer_id) for route in plan.routes for stop in route.stops]


def _scale(instance: TsptwInstance) -> Decimal:
    """A power of ten: the file's decimals, or as many of them as fit into a day."""
    numbers = [leg for row in instance.travel for leg in row]
    numbers += [edge for window in instance.windows for edge in window]
    decimals = max(-int(number.as_tuple().exponent) for number in numbers)
    largest = max(numbers)
    while decimals > 0 and largest * 10**decimals > LONGEST_DAY_S:
        decimals -= 1
    return Decimal(10) ** max(decimals, 0)


def _up(value: Decimal) -> int:
    return int(value.to_integral_value(ROUND_CEILING))


def _down(value: Decimal) -> int:
    return int(value.to_integral_value(ROUND_FLOOR))
