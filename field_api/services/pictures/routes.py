"""拜访路线 as views: a rep's days in driving order."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from crm.text import N_
from field_api.address import address
from field_api.services.pictures.drawn_ways import Ways
from field_api.services.plans.published import Published
from field_api.services.travel.travel_words import by_road, source_in_words
from field_api.terms import purpose_in_words
from field_api.wording import Language, say
from maps import figures
from maps.views import DayRouteView, DetailLine, PlaceView, RoutesView, StopKind, StopView
from routing.plan import DayRoute, Stop
from routing.problem import Place

NO_WAYS: Ways = {}
Drawn = tuple[Published, Ways]  # a plan with its ways, empty where lines are straight


def rep_routes(one: Published, language: Language, ways: Ways = NO_WAYS) -> RoutesView:
    """One rep's cycle."""
    return RoutesView(
        title=say(language, N_("Routes of {name}"), name=one.rep.name),
        days=_days(one, language, ways),
        notes=_notes([(one, ways)], language),
    )


def all_routes(drawn: Sequence[Drawn], language: Language) -> RoutesView:
    """All reps' cycles together."""
    return RoutesView(
        title=say(language, N_("Routes of all reps")),
        days=tuple(day for one, ways in drawn for day in _days(one, language, ways)),
        notes=_notes(drawn, language),
    )


def _notes(drawn: Sequence[Drawn], language: Language) -> tuple[str, ...]:
    sources = dict.fromkeys(one.plan.travel_source for one, _ in drawn)
    notes = [
        say(language, N_("Travel times: {source}."), source=source_in_words(language, source))
        for source in sources
    ]
    if any(by_road(one.plan.travel_source) and not ways for one, ways in drawn):
        notes.append(say(language, N_("The ways are drawn as straight lines.")))
    return tuple(notes)


def _days(one: Published, language: Language, ways: Ways) -> tuple[DayRouteView, ...]:
    return tuple(_route(one, route, language, ways) for route in one.plan.routes)


def _route(one: Published, route: DayRoute, language: Language, ways: Ways) -> DayRouteView:
    legs = ways.get(route.date) or ((),) * (len(route.stops) + 1)
    (rep,) = one.problem.reps
    workday = next(day for day in rep.workdays if day.date == route.date)
    places = one.problem.places
    return DayRouteView(
        rep_code=one.rep.code,
        rep_name=one.rep.name,
        date=route.date,
        cycle_week=_cycle_week(one.row.first_day, route.date),
        leave_s=route.leave_s,
        return_s=route.return_s,
        start=_place(places[workday.start], say(language, N_("Starting point"))),
        end=_place(places[workday.end], say(language, N_("End point"))),
        stops=tuple(
            replace(_stop(one, stop, language), path=leg)
            for stop, leg in zip(route.stops, legs, strict=False)
        ),
        path_back=legs[-1],
        travel_back_s=route.travel_back_s,
        travel_back_m=route.travel_back_m,
        lunch_begin_s=route.lunch_begin_s,
        lunch_s=workday.lunch.duration_s if workday.lunch else 0,
    )


def _cycle_week(first_day: date, day: date) -> int:
    """The calendar week, Monday to Sunday, counted from the one in which the cycle begins: a cycle
    may begin in midweek, and a replan does."""
    return (day - (first_day - timedelta(days=first_day.weekday()))).days // 7 + 1


def _stop(one: Published, stop: Stop, language: Language) -> StopView:
    customer = one.customers[stop.customer_id]
    place = one.problem.places[customer.place]
    card = one.cards.get(stop.customer_id)
    details = []
    if card is not None and card.street:
        line = address(card.street, city=card.city)
        details.append(DetailLine(label=say(language, N_("Address")), text=line))
    if card is not None and card.opening_hours:
        details.append(DetailLine(label=say(language, N_("Open")), text=card.opening_hours))
    if customer.last_visit is not None:
        last = figures.day(customer.last_visit, language)
        details.append(DetailLine(label=say(language, N_("Last visit")), text=last))
    kind = _kind(one, stop)
    return StopView(
        code=customer.id,
        name=customer.name,
        lat=place.lat,
        lon=place.lon,
        grade=customer.grade,
        # a commitment says by itself what the visit is for
        purpose="" if kind != "visit" else purpose_in_words(language, stop.purpose),
        arrive_s=stop.arrive_s,
        begin_s=stop.begin_s,
        end_s=stop.end_s,
        travel_s=stop.travel_s,
        travel_m=stop.travel_m,
        kind=kind,
        details=tuple(details),
    )


def _kind(one: Published, stop: Stop) -> StopKind:
    visit = one.visits[stop.visit_id]
    return visit.commitment.kind if visit.commitment is not None else "visit"


def _place(place: Place, name: str) -> PlaceView:
    return PlaceView(name=name, lat=place.lat, lon=place.lon)
