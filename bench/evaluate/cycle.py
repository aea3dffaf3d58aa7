"""Call cycles: every customer on one of its patterns, every day driven in time with its lunch."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from bench.evaluate.verdict import Verdict, chosen_patterns
from bench.read.cycle import CycleCustomer, CycleInstance

HOME = 0
NO_LEG = -1


def evaluate_cycle(instance: CycleInstance, days: Sequence[Sequence[int]]) -> Verdict:
    """`days`: customer ids in order, one list a day. The cost is seconds of travel."""
    days_of: dict[int, list[int]] = defaultdict(list)
    for number, day in enumerate(days):
        for customer in day:
            days_of[customer].append(number)
    patterns = {item.id: frozenset(item.patterns) for item in instance.customers}
    violations = chosen_patterns(days_of, patterns)
    customers = {item.id: item for item in instance.customers}
    cost = 0
    for number, day in enumerate(days):
        known = [customers[one] for one in day if one in customers]
        rows = [HOME, *(one.id for one in known), HOME]
        cost += sum(instance.travel_s[here][there] for here, there in pairwise(rows))
        violations += (f"day {number}: {broken}" for broken in _broken(instance, known))
    return Verdict(cost=float(cost), violations=tuple(violations))


def fits(instance: CycleInstance, day: Sequence[int]) -> bool:
    """Whether known customers can be visited in this order on one day."""
    customers = [instance.customers[one - 1] for one in day]
    return not any(_broken(instance, customers))


def _broken(instance: CycleInstance, day: list[CycleCustomer]) -> Iterator[str]:
    """Why no clock fits the day in this order: it is tried with the lunch on each of its legs."""
    if not day:
        return
    legs = range(len(day) + 1) if instance.lunch else [NO_LEG]
    tried = [_driven(instance, day, lunch_leg) for lunch_leg in legs]
    if any(reason is None for reason in tried):
        return
    yield next(reason for reason in reversed(tried) if reason is not None)


def _driven(instance: CycleInstance, day: list[CycleCustomer], lunch_leg: int) -> str | None:
    """None if the day can be driven with its lunch on leg `lunch_leg`, else what is late.

    Going as early as possible is never worse, for waiting is free. On its leg the lunch begins as
    early as its window allows; what is left of the drive, if anything, follows it.
    """
    now_s, here, lunch = instance.day_start_s, HOME, instance.lunch
    for leg, customer in enumerate([*day, None]):
        there = customer.id if customer else HOME
        left_s, now_s = now_s, now_s + instance.travel_s[here][there]
        if lunch is not None and leg == lunch_leg:
            if left_s > lunch.latest_start_s:
                return f"lunch before {there} would begin at {left_s}"
            now_s = max(now_s, lunch.earliest_start_s) + lunch.duration_s
        if customer is None:
            break
        begin_s = max(now_s, customer.earliest_start_s)
        if begin_s > customer.latest_start_s:
            return f"customer {customer.id} would begin at {begin_s}"
        now_s, here = begin_s + customer.service_s, there
    return f"back at {now_s}" if now_s > instance.day_end_s else None
