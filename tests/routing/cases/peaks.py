"""Hours at which driving takes longer."""

from dataclasses import replace

from routing.checks.violation import Rule
from routing.problem import Peak, Problem
from tests.routing.builders import MON, a_plan, a_problem, at, due, shop, with_route, with_stop
from tests.routing.cases.case import Case


def with_peaks(problem: Problem, *peaks: Peak) -> Problem:
    """The problem with the same peaks on every day of every rep."""
    return replace(
        problem,
        reps=tuple(
            replace(rep, workdays=tuple(replace(day, peaks=peaks) for day in rep.workdays))
            for rep in problem.reps
        ),
    )


def a_peak(from_: str, to: str, percent: int) -> Peak:
    return Peak(from_s=at(from_), to_s=at(to), percent=percent)


slow_till_nine = with_peaks(
    a_problem(
        shop("bakery", due(30, on=MON, appointment="09:10")),
        days=[MON],
        drives={("home", "bakery"): 30},
    ),
    a_peak("07:00", "09:00", 150),
)
_left_in_time = with_stop(
    a_plan(slow_till_nine, {MON: "leave 08:30, bakery 09:10"}),
    "bakery",
    arrive_s=at("09:10"),
    travel_s=2400,
)

CASES = (
    Case(
        title="a peak on the way",
        story="Half an hour's drive, half as slow again until nine: from 08:30 to 09:00 only "
        "twenty minutes of it are behind, and ten more are driven by 09:10.",
        problem=slow_till_nine,
        right=(_left_in_time,),
        wrong=(
            (Rule.WRONG_TRAVEL, with_stop(_left_in_time, "bakery", travel_s=1800)),
            (
                Rule.WRONG_ARRIVAL,
                with_stop(
                    with_route(_left_in_time, MON, leave_s=at("08:40")), "bakery", travel_s=2200
                ),
            ),
        ),
        served={"bakery": (MON,)},
    ),
)
