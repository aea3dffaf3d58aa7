"""A rep's route of one day as a map of its own, for the phone."""

from dataclasses import replace
from datetime import date

from crm.store.plans import plans
from crm.text import N_
from field_api.auth import Caller
from field_api.errors import HttpRefusal
from field_api.ground import ground_by
from field_api.house import House
from field_api.services.pictures.drawn_ways import ways_of
from field_api.services.pictures.routes import rep_routes
from field_api.services.plans.published import read_back
from field_api.services.travel.travel_times import travel_by
from field_api.wording import Language
from maps.draw import routes


class NoRouteThatDay(HttpRefusal):
    """The plan in force sends the rep nowhere on the day."""

    status = 404
    code = "no_route"

    def __init__(self, day: date) -> None:
        super().__init__(N_("No published plan holds a route on {day}."), day=day.isoformat())


def of_day(house: House, rep: Caller, day: date, *, language: Language) -> str:
    """The page of the map. Raises `NoRouteThatDay`."""
    travel = travel_by(house.settings, house.database)
    with house.database.reading() as session:
        for found in plans.in_force(session, rep.asker, day):
            if not found[1].first_day <= day <= found[1].last_day:
                continue
            one = read_back(session, rep.asker, *found)
            view = rep_routes(one, language, ways_of(one, travel, only=day))
            if days := tuple(route for route in view.days if route.date == day):
                ground = ground_by(house.settings)
                return routes.html(replace(view, days=days), language=language, tiles=ground)
    raise NoRouteThatDay(day)
