"""The ways that a plan's days take, as the source of its travel times draws them."""

from collections.abc import Mapping
from datetime import date

from shapely import LineString

from crm.errors import Refused
from field_api.services.plans.published import Published
from maps.views import LatLon
from routing.plan import DayRoute
from routing.problem import Problem
from routing.travel.interface import Path, TravelTimes

TOLERANCE_DEGREES = 1e-4  # about ten metres: nobody sees them, and the files stay small
DECIMALS = 5

Ways = Mapping[date, tuple[tuple[LatLon, ...], ...]]  # of each day a way a leg, the way back last


def ways_of(one: Published, travel: TravelTimes | None, *, only: date | None = None) -> Ways:
    """The legs of each day, or of one only. Empty where the plan's times came from another source
    than this one, or the engine cannot be asked: then straight lines are drawn."""
    if travel is None:
        return {}
    try:
        if travel.source != one.plan.travel_source:
            return {}
        return {
            route.date: _day(one.problem, route, travel)
            for route in one.plan.routes
            if only in (None, route.date)
        }
    except Refused:
        return {}


def _day(problem: Problem, route: DayRoute, travel: TravelTimes) -> tuple[tuple[LatLon, ...], ...]:
    (rep,) = problem.reps
    workday = next(day for day in rep.workdays if day.date == route.date)
    customers = {customer.id: customer.place for customer in problem.customers}
    rows = [workday.start, *(customers[stop.customer_id] for stop in route.stops), workday.end]
    paths = travel.line([problem.places[row] for row in rows], rep.transport)
    return tuple(_simple(path) for path in paths)


def _simple(path: Path) -> tuple[LatLon, ...]:
    if len(path) <= 2:
        return ()
    line = LineString(path).simplify(TOLERANCE_DEGREES)
    return tuple((round(lat, DECIMALS), round(lon, DECIMALS)) for lat, lon in line.coords)
