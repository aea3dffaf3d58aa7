"""A plan as a map: the whole cycle, or one day's route."""

from dataclasses import replace
from datetime import date, datetime

from crm.rules.access import Asker
from crm.store.people import people
from field_api.ground import ground_by
from field_api.house import House
from field_api.services.pictures.drawn_ways import ways_of
from field_api.services.pictures.routes import rep_routes
from field_api.services.plans.plan_calendars import wanted_row
from field_api.services.plans.plan_weeks import problem_of
from field_api.services.plans.published import read_back
from field_api.services.plans.route_maps import NoRouteThatDay
from field_api.services.travel.travel_times import travel_by
from field_api.wording import Language
from maps.draw import routes


def of_plan(
    house: House,
    asker: Asker,
    rep_code: str,
    plan_id: int | None,
    day: date | None,
    *,
    now: datetime,
    language: Language,
) -> str:
    """The page of the map. Raises `RepNotFound`, `PlanNotFound`, `NoRouteThatDay`."""
    travel = travel_by(house.settings, house.database)
    with house.database.reading() as session:
        row = wanted_row(session, house.settings, asker, rep_code, plan_id, now=now)
        if row is None or problem_of(row) is None:
            raise NoRouteThatDay(day or now.date())
        one = read_back(session, asker, people.get_rep(session, asker, rep_code), row)
        view = rep_routes(one, language, ways_of(one, travel, only=day))
    days = tuple(route for route in view.days if day in (None, route.date))
    if not days:
        raise NoRouteThatDay(day or row.first_day)
    ground = ground_by(house.settings)
    return routes.html(replace(view, days=days), language=language, tiles=ground)
