"""A call cycle as a `Problem`: one rep, Monday to Friday for as many weeks as it takes."""

from datetime import date

import numpy as np

from bench.read.cycle import CycleCustomer, CycleInstance, CycleLunch
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
from routing.problem import Customer, Lunch, Problem, Rep, WorkDay

REP = "rep"
WORKING_DAYS = 5  # of a week


def workday(number: int) -> date:
    """The date of working day `number`, counted from 0."""
    weeks, weekday = divmod(number, WORKING_DAYS)
    return day(7 * weeks + weekday)


def cycle_problem(name: str, instance: CycleInstance) -> Problem:
    """The instance as the product would put it; `Customer.patterns` holds its patterns as dates."""
    seconds = np.array(instance.travel_s, dtype=np.int32)
    dates = (workday(0), workday(instance.days - 1))
    visits = [
        visit
        for customer in instance.customers
        if customer.patterns
        for visit in visits_of(
            str(customer.id), len(customer.patterns[0]), service_s=customer.service_s, dates=dates
        )
    ]
    return Problem(
        id=name,
        first_day=dates[0],
        last_day=dates[1],
        places=nowhere(len(instance.travel_s)),
        reps=(_rep(instance),),
        customers=tuple(_customer(one) for one in instance.customers),
        visits=tuple(visits),
        travel_s={TRANSPORT: seconds},
        travel_m={TRANSPORT: seconds},
        travel_source=SOURCE,
    )


def cycle_days(instance: CycleInstance, plan: Plan) -> list[list[int]]:
    """Customer ids in order, one list a day."""
    stops = {route.date: route.stops for route in plan.routes}
    return [
        [int(stop.customer_id) for stop in stops.get(workday(number), ())]
        for number in range(instance.days)
    ]


def _rep(instance: CycleInstance) -> Rep:
    workdays = tuple(
        WorkDay(
            date=workday(number),
            begin_s=instance.day_start_s,
            end_s=instance.day_end_s,
            start=0,
            end=0,
            lunch=_lunch(instance.lunch),
        )
        for number in range(instance.days)
    )
    return Rep(id=REP, transport=TRANSPORT, workdays=workdays)


def _lunch(given: CycleLunch | None) -> Lunch | None:
    if given is None:
        return None
    return Lunch(
        earliest_s=given.earliest_start_s,
        latest_s=given.latest_start_s,
        duration_s=given.duration_s,
    )


def _customer(given: CycleCustomer) -> Customer:
    return Customer(
        id=str(given.id),
        place=given.id,
        grade=GRADE,
        rep_ids=frozenset({REP}),
        **begins_within(given.earliest_start_s, given.latest_start_s),
        patterns=tuple(tuple(workday(one) for one in pattern) for pattern in given.patterns),
    )
