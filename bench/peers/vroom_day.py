"""A day by VROOM (pyvroom): one vehicle, the lunch as its break, windows on the start of a job."""

from datetime import timedelta

import numpy as np
import vroom

from bench.read.cycle import CycleInstance

EXPLORATION = 5  # VROOM's highest level
MOST_VISITS = 2**16


def vroom_order(day: CycleInstance, *, cpu_seconds: float, seed: int) -> list[int]:
    """Customer ids in order, those that VROOM leaves out missing. It knows no seed."""
    del seed
    problem = vroom.Input()
    problem.set_durations_matrix("car", np.array(day.travel_s, dtype=np.uint32))
    problem.add_vehicle(
        vroom.Vehicle(
            1,
            start=0,
            end=0,
            time_window=vroom.TimeWindow(day.day_start_s, day.day_end_s),
            breaks=_breaks(day),
            max_tasks=MOST_VISITS,
        )
    )
    for customer in day.customers:
        window = vroom.TimeWindow(customer.earliest_start_s, customer.latest_start_s)
        problem.add_job(
            vroom.Job(
                customer.id,
                location=customer.id,
                default_service=customer.service_s,
                time_windows=[window],
            )
        )
    solution = problem.solve(
        exploration_level=EXPLORATION, nb_threads=1, timeout=timedelta(seconds=cpu_seconds)
    )
    routes = solution.to_dict()["routes"]
    return [step["id"] for route in routes for step in route["steps"] if step["type"] == "job"]


def _breaks(day: CycleInstance) -> list[vroom.Break]:
    if day.lunch is None:
        return []
    window = vroom.TimeWindow(day.lunch.earliest_start_s, day.lunch.latest_start_s)
    return [vroom.Break(1, time_windows=[window], service=day.lunch.duration_s)]
