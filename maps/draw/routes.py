"""拜访路线: each day's route in order with its times, one question at a time.

One rep's cycle is coloured by weekday, several reps by rep. A calendar chooses a day, a weekday,
a week or everything; the address's `#day:2026-11-30` opens a day.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from maps import figures
from maps.labels import label
from maps.page import Page, write_page
from maps.shown import shown_on
from maps.views import DayRouteView, Language, LatLon, PlaceView, RoutesView, StopView, Tiles

DECIMALS = 6


def write(
    path: Path, view: RoutesView, *, language: Language = "en", tiles: Tiles | None = None
) -> None:
    """Draw the routes into one file that opens from disk without a network."""
    write_page(path, html(view, language=language, tiles=tiles))


def html(view: RoutesView, *, language: Language = "en", tiles: Tiles | None = None) -> str:
    """The routes as a page."""
    view = shown_on(view, tiles)
    days = sorted(view.days, key=lambda day: (day.date, day.rep_code))
    reps = list({day.rep_code: day.rep_name for day in days}.items())
    reps.sort()
    return Page(
        picture="routes",
        scripts=("route_picture", "route_list"),
        title=view.title,
        subtitle=_subtitle(days, len(reps), language),
        view={
            "colour_by": "weekday" if len(reps) <= 1 else "rep",
            "reps": [{"code": code, "name": name} for code, name in reps],
            "days": [_day(day, [code for code, _ in reps], language) for day in days],
            "weeks": _weeks(days, language),
            "weekdays": _weekdays(days, language),
            "summaries": _summaries(days, language),
            "notes": list(view.notes),
        },
        points=[point for day in days for point in _points(day)],
        language=language,
        labels=("routes.",),
        attribution=view.attribution,
    ).html(tiles)


def _subtitle(days: list[DayRouteView], reps: int, language: Language) -> str:
    if not days:
        return label(language, "empty")
    field_days = figures.count(len({day.date for day in days}), "days", language)
    span = figures.days(days[0].date, days[-1].date, language)
    rest = f"{span} · {field_days} · {_sum(days, language)}"
    if reps == 1:
        return rest
    named = figures.count(reps, "reps", language)
    return label(language, "routes.subtitle_reps", reps=named, rest=rest)


def _sum(days: Iterable[DayRouteView], language: Language) -> str:
    days = list(days)
    return label(
        language,
        "routes.subtitle",
        visits=figures.count(sum(len(day.stops) for day in days), "visits", language),
        travel=figures.duration(sum(day.travel_s for day in days), language),
        distance=figures.distance(sum(day.travel_m for day in days), language),
    )


def _summaries(days: list[DayRouteView], language: Language) -> dict[str, dict[str, str]]:
    """By rep code ("" for all of them) and choice: what the choice adds up to."""
    chosen: dict[str, dict[str, list[DayRouteView]]] = {}
    for day in days:
        for code in {"", day.rep_code}:
            for choice in ("all", *_choices(day)):
                chosen.setdefault(code, {}).setdefault(choice, []).append(day)
    return {
        code: {choice: _sum(of, language) for choice, of in by_choice.items()}
        for code, by_choice in chosen.items()
    }


def _choices(day: DayRouteView) -> tuple[str, str, str]:
    return (
        f"week:{day.cycle_week}",
        f"weekday:{day.date.weekday()}",
        f"day:{day.date.isoformat()}",
    )


def _weeks(days: list[DayRouteView], language: Language) -> list[dict[str, Any]]:
    return [
        {
            "n": n,
            "name": label(language, "routes.week", n=n),
            "short": label(language, "routes.week_short", n=n),
        }
        for n in sorted({day.cycle_week for day in days})
    ]


def _weekdays(days: list[DayRouteView], language: Language) -> list[dict[str, Any]]:
    """Monday to Friday always, so that a holiday leaves a hole and not a shift."""
    worked = {day.date.weekday() for day in days} | set(range(5))
    return [
        {
            "n": n,
            "short": label(language, f"weekday.{n}"),
            "mark": label(language, f"weekday_mark.{n}"),
            "name": label(language, "routes.every", weekday=label(language, f"weekday.{n}")),
        }
        for n in sorted(worked)
    ]


def _day(day: DayRouteView, reps: list[str], language: Language) -> dict[str, Any]:
    lunch = None
    if day.lunch_begin_s is not None:
        lunch = {
            "time": figures.clock_span(day.lunch_begin_s, day.lunch_begin_s + day.lunch_s),
            "before": sum(stop.begin_s < day.lunch_begin_s for stop in day.stops),
        }
    return {
        "rep": reps.index(day.rep_code),
        "choices": _choices(day),
        "week": day.cycle_week,
        "weekday": day.date.weekday(),
        "number": day.date.day,
        "name": figures.day(day.date, language),
        "start": _place(day.start),
        "end": _place(day.end),
        "leave": figures.clock(day.leave_s),
        "back": figures.clock(day.return_s),
        "leg_back": _leg(day.travel_back_s, day.travel_back_m, language),
        "path_back": [_at(*point) for point in day.path_back],
        "lunch": lunch,
        "stops": [_stop(stop, language) for stop in day.stops],
    }


def _stop(stop: StopView, language: Language) -> dict[str, Any]:
    wait_s = stop.begin_s - stop.arrive_s
    wait = label(language, "routes.wait", duration=figures.duration(wait_s, language))
    drawn = {
        "code": stop.code,
        "name": stop.name,
        "at": _at(stop.lat, stop.lon),
        "grade": stop.grade,
        "purpose": stop.purpose,
        "arrive": figures.clock(stop.arrive_s),
        "time": figures.clock_span(stop.begin_s, stop.end_s),
        "takes": figures.duration(stop.end_s - stop.begin_s, language),
        "wait": wait if wait_s >= 60 else None,
        "leg": _leg(stop.travel_s, stop.travel_m, language),
        "kind": stop.kind if stop.kind != "visit" else None,
        "path": [_at(*point) for point in stop.path],
        "details": [(line.label, line.text) for line in stop.details],
    }
    return {key: value for key, value in drawn.items() if value}


def _leg(travel_s: int, travel_m: int, language: Language) -> str:
    return label(
        language,
        "routes.leg",
        travel=figures.duration(travel_s, language),
        distance=figures.distance(travel_m, language),
    )


def _place(place: PlaceView) -> dict[str, Any]:
    return {"name": place.name, "at": _at(place.lat, place.lon)}


def _at(lat: float, lon: float) -> LatLon:
    return round(lat, DECIMALS), round(lon, DECIMALS)


def _points(day: DayRouteView) -> list[LatLon]:
    ends = [(day.start.lat, day.start.lon), (day.end.lat, day.end.lon)]
    ways = [point for stop in day.stops for point in stop.path]
    return ends + [(stop.lat, stop.lon) for stop in day.stops] + ways + list(day.path_back)
