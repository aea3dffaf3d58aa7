"""How true travel times are: straight lines against OSRM on the sample's roads, leg by leg, and the
month that is planned with each, driven on those roads."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from bench.figure import Figure, at_most, tell
from bench.sample import sample_problems
from field_api.roads.building import build_roads
from field_api.roads.fetching import fetch_engine
from field_api.roads.serving import served_roads
from field_api.sample.malta import EXTRACT
from field_api.services.travel.travel_times import MALTA_BARRIERS
from routing.check import check
from routing.plan import Plan
from routing.problem import NO_WAY, Matrix, Place, Problem
from routing.solve import solve
from routing.travel.barriers import Barriers, read_barriers
from routing.travel.fitting import NEAR, SHORTEST_S, Fit, fit, nearest
from routing.travel.interface import TravelTimes
from routing.travel.osrm import Osrm
from routing.travel.straight_line import StraightLine, great_circle_m

CAR = "car"
PLACES = 300  # of the sample's customers, spread evenly
BY_ROADS = "OSRM"
MEDIAN_GOAL = 0.15  # of a leg's seconds, fitted and with barriers


def run(*, work: int, seed: int, url: str | None) -> None:
    """Print a line for each figure. `url`: an OSRM that answers already; None builds one."""
    with _engine(url) as engine:
        water = read_barriers(MALTA_BARRIERS.read_bytes())
        (plain,) = sample_problems(StraightLine())
        sources = _legs(_places(plain), engine, water)
        problems = sample_problems(*sources.values())
        roads = problems[list(sources).index(BY_ROADS)]
        for name, own in zip(sources, problems, strict=True):
            _month(name, own, roads, work=work, seed=seed)


@contextmanager
def _engine(url: str | None) -> Iterator[Osrm]:
    if url is not None:
        yield Osrm({CAR: url})
        return
    with TemporaryDirectory() as folder:
        data_dir = Path(folder)
        engine = fetch_engine(data_dir)
        data = build_roads(engine, EXTRACT, "car", data_dir=data_dir)
        with served_roads(engine, data, data_dir=data_dir) as served:
            yield Osrm({CAR: served.url})


def _places(problems: Sequence[Problem]) -> list[Place]:
    """Customers spread evenly over the codes."""
    every = {place.id: place for problem in problems for place in problem.places}
    codes = sorted(code for code in every if ":" not in code)
    return [every[code] for code in codes[:: max(1, len(codes) // PLACES)]][:PLACES]


def _legs(places: Sequence[Place], engine: Osrm, water: Barriers) -> dict[str, TravelTimes]:
    """The sources by name, each judged leg by leg on places that no fit has seen."""
    fits = {"fitted": fit(places, engine, CAR), "fitted, barriers": fit(places, engine, CAR, water)}
    sources: dict[str, TravelTimes] = {
        "straight line": StraightLine(),
        "barriers": StraightLine(water=water),
        "fitted": _by(fits["fitted"]),
        "fitted, barriers": _by(fits["fitted, barriers"], water),
        BY_ROADS: engine,
    }
    real, _ = engine.matrices(places, CAR)
    for name, source in sources.items():
        if name != BY_ROADS:
            _errors(name, places, source.matrices(places, CAR)[0], real)
    return sources


def _by(found: Fit, water: Barriers | None = None) -> StraightLine:
    return StraightLine(profiles={CAR: found.profile}, water=water, data="fitted")


def _errors(name: str, places: Sequence[Place], estimated: Matrix, real: Matrix) -> None:
    unseen = np.zeros_like(real, dtype=np.bool_)
    unseen[1::2] = (real[1::2] < NO_WAY) & (estimated[1::2] < NO_WAY)
    np.fill_diagonal(unseen, False)
    share = np.abs(estimated - real) / np.maximum(real, SHORTEST_S)
    near = unseen & nearest(great_circle_m(places))
    median = f"error of a leg, median, {name}"
    if name == "fitted, barriers":
        tell(at_most(median, float(np.median(share[unseen])), "1", MEDIAN_GOAL))
    else:
        tell(Figure(figure=median, value=float(np.median(share[unseen])), unit="1"))
    tell(
        Figure(figure=f"error of a leg, mean, {name}", value=float(share[unseen].mean()), unit="1")
    )
    to_nearest = f"error of a leg to the {NEAR} nearest, median, {name}"
    tell(Figure(figure=to_nearest, value=float(np.median(share[near])), unit="1"))


def _month(
    name: str, problems: Sequence[Problem], roads: Sequence[Problem], *, work: int, seed: int
) -> None:
    """Plan by one source, drive on the roads."""
    planned_s = driven_s = visits = late = days = broken = 0
    for problem, real in zip(problems, roads, strict=True):
        plan = solve(problem, seed=seed, work=work)
        broken += len(check(problem, plan))
        for route_s, way_s, end_s in _days(plan, real):
            planned_s, driven_s = planned_s + route_s, driven_s + way_s
            late += way_s - route_s > end_s
            days += 1
        visits += sum(len(route.stops) for route in plan.routes)
    tell(at_most(f"violations, planned by {name}", broken, "1", 0))
    tell(Figure(figure=f"visits on a day, planned by {name}", value=visits, unit="1"))
    tell(Figure(figure=f"travel as planned by {name}", value=planned_s / 3600, unit="h"))
    tell(Figure(figure=f"travel on the roads, planned by {name}", value=driven_s / 3600, unit="h"))
    tell(
        Figure(
            figure=f"days that end late on the roads, planned by {name}",
            value=late / days,
            unit="1",
        )
    )


def _days(plan: Plan, real: Problem) -> Iterator[tuple[int, int, int]]:
    """Of each day: its travel as planned and on the roads, and the seconds left at its end."""
    (rep,) = real.reps
    workdays = {day.date: day for day in rep.workdays}
    rows = {customer.id: customer.place for customer in real.customers}
    matrix = real.travel_s[rep.transport]
    for route in plan.routes:
        day = workdays[route.date]
        places = [day.start, *(rows[stop.customer_id] for stop in route.stops), day.end]
        way_s = sum(int(matrix[a, b]) for a, b in pairwise(places))
        waits_s = sum(stop.begin_s - stop.arrive_s for stop in route.stops)
        yield route.travel_s, way_s, day.end_s - route.return_s + waits_s
