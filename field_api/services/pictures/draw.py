"""All maps of the plans in force into one folder, with a first page that leads to them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from crm.database import Database
from crm.rules.access import Asker
from crm.text import N_
from field_api.services.pictures import customers, routes, territories
from field_api.services.pictures.drawn_ways import ways_of
from field_api.services.planning.figures import attainment, total, travel_share
from field_api.services.plans.exports import NothingPublished
from field_api.services.plans.published import Published, plans_in_force
from field_api.wording import Language, say
from maps.draw import coverage as coverage_map
from maps.draw import customers as customers_map
from maps.draw import index as index_page
from maps.draw import routes as routes_map
from maps.draw import territories as territories_map
from maps.views import IndexView, MapLink, RepSummary, Tiles
from routing.travel.interface import TravelTimes

OnDrawn = Callable[[Path], None]


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """The first page of a run, and all its files."""

    index: Path
    files: tuple[Path, ...]


def draw_maps(
    database: Database,
    asker: Asker,
    out: Path,
    *,
    on: date,
    language: Language,
    tiles: Tiles | None = None,
    travel: TravelTimes | None = None,
    on_drawn: OnDrawn | None = None,
) -> Drawn:
    """Draw customers, territories, coverage and routes of the plans in force on a day.

    `travel` draws the ways of plans whose times came from it. `on_drawn` hears each file. Raises
    `NothingPublished` when there is no plan.
    """
    with database.reading() as session:
        published = plans_in_force(session, asker, on)
        if not published:
            raise NothingPublished
        points = customers.customer_points(session, asker, published, language)
        known = (session, asker, published, points, language)
        areas = territories.territories_view(*known)
        covered = territories.coverage_view(*known)
    people = customers.customers_view(points, published, language)
    ways = [ways_of(one, travel) for one in published]
    together = routes.all_routes(list(zip(published, ways, strict=True)), language)
    out.mkdir(parents=True, exist_ok=True)
    pages: list[tuple[str, Callable[[Path], None]]] = [
        ("routes.html", _page(routes_map.write, together, language, tiles)),
        ("coverage.html", _page(coverage_map.write, covered, language, tiles)),
        ("territories.html", _page(territories_map.write, areas, language, tiles)),
        ("customers.html", _page(customers_map.write, people, language, tiles)),
    ]
    for one, own in zip(published, ways, strict=True):
        view = routes.rep_routes(one, language, own)
        pages.append((_routes_file(one), _page(routes_map.write, view, language, tiles)))
    first_page = _index(published, language)
    pages.append(("index.html", partial(index_page.write, view=first_page, language=language)))
    for name, write in pages:
        write(out / name)
        if on_drawn is not None:
            on_drawn(out / name)
    return Drawn(index=out / "index.html", files=tuple(out / name for name, _ in pages))


def _page(
    write: Callable[..., None], view: object, language: Language, tiles: Tiles | None
) -> Callable[[Path], None]:
    return partial(write, view=view, language=language, tiles=tiles)


def _routes_file(one: Published) -> str:
    """A file name that any code gives: letters and digits of it, and the rep's number."""
    safe = "".join(c if c.isascii() and c.isalnum() else "-" for c in one.rep.code)
    return f"routes-{safe}-{one.rep.id}.html"


def _index(published: list[Published], language: Language) -> IndexView:
    figures = total([one.figures for one in published])
    summary = N_(
        "{planned} of {required} due visits planned ({attainment}), {days} rep-days, "
        "{share} of the time in the field on the road."
    )
    return IndexView(
        title=say(language, N_("Call cycle")),
        period=customers.period_of(published, language),
        maps=(
            MapLink(
                href="routes.html",
                title=say(language, N_("Routes")),
                text=say(language, N_("Who is where on which day, in which order.")),
            ),
            MapLink(
                href="coverage.html",
                title=say(language, N_("Coverage")),
                text=say(language, N_("Which due visits are planned, and which have no place.")),
            ),
            MapLink(
                href="territories.html",
                title=say(language, N_("Territories")),
                text=say(language, N_("Who works where, and whether the hours hold.")),
            ),
            MapLink(
                href="customers.html",
                title=say(language, N_("Customers")),
                text=say(language, N_("Every active customer by grade and state.")),
            ),
        ),
        reps=tuple(
            RepSummary(
                rep_name=one.rep.name,
                href=_routes_file(one),
                field_days=one.figures["field_days"],
                visits=one.figures["planned"],
                required=one.figures["required"],
                travel_s=one.figures["travel_s"],
                travel_m=one.figures["travel_m"],
                needed_s=one.figures["needed_s"],
                available_s=one.figures["available_s"],
            )
            for one in published
        ),
        notes=(
            say(
                language,
                summary,
                planned=f"{figures['planned']:,}",
                required=f"{figures['required']:,}",
                attainment=f"{100 * attainment(figures):.1f} %",
                days=figures["field_days"],
                share=f"{100 * travel_share(figures):.1f} %",
            ),
        ),
    )
