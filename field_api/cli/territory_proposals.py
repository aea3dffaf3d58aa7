"""`callcycle territories judge`, `propose`, `repair`: figures, a map, a file; nothing applied."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from crm.rules.access import OPERATOR
from crm.text import N_
from field_api.cli.options import DbOption, LangOption, TodayOption, chosen_language, day_of, opened
from field_api.cli.output import stdout
from field_api.cli.planning import FirstDayOption
from field_api.ground import ground_by
from field_api.services.territory_proposals import (
    Described,
    Question,
    Task,
    described,
    judged,
    judgement_of,
    worked_out,
)
from field_api.services.travel.travel_times import travel_by
from field_api.settings import load_settings
from field_api.wording import say

HOUR_S = 3600
SHOWN_MOVES = 20
MOST_REPS_MORE = 20
DistrictArgument = Annotated[str, typer.Argument(help="Code of the district.")]
WeeksOption = Annotated[int, typer.Option(min=1, max=13, help="Weeks whose work counts.")]
WaterOption = Annotated[bool, typer.Option("--across-water", help="A territory may span islands.")]
MapOption = Annotated[
    Path | None, typer.Option("--map", dir_okay=False, help="Draw it over today's territories.")
]
OutOption = Annotated[
    Path | None, typer.Option(dir_okay=False, help="Write the territories as GeoJSON.")
]
FixedOption = Annotated[
    list[str] | None,
    typer.Option("--keep", help="Code of a customer who keeps the rep; may be repeated."),
]
RepOption = Annotated[
    list[str] | None,
    typer.Option("--rep", help="Only for this rep; may be repeated (default: the district's)."),
]


def judge(
    district: DistrictArgument,
    first_day: FirstDayOption = None,
    weeks: WeeksOption = 4,
    today: TodayOption = None,
    db: DbOption = None,
    lang: LangOption = None,
) -> None:
    """How fair and how compact a district's territories are."""
    found, _ = _found(_question(Task.PROPOSE, district, first_day, weeks, today), db)
    _show(judgement_of(judged(found)))


def propose(  # noqa: PLR0913, PLR0917  (each is an option)
    district: DistrictArgument,
    rep: RepOption = None,
    more_reps: Annotated[
        int, typer.Option(min=0, max=MOST_REPS_MORE, help="So many reps besides.")
    ] = 0,
    tolerance: Annotated[
        float, typer.Option(min=0.005, max=1, help="Hours off their share by so much, at most.")
    ] = 0.04,
    keep: FixedOption = None,
    whole_towns: Annotated[
        bool, typer.Option("--whole-towns", help="One rep for all customers of a town.")
    ] = False,
    without_homes: Annotated[
        bool, typer.Option("--without-homes", help="Wherever reps live.")
    ] = False,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Whoever has the customers today.")
    ] = False,
    across_water: WaterOption = False,
    first_day: FirstDayOption = None,
    weeks: WeeksOption = 4,
    map_: MapOption = None,
    out: OutOption = None,
    today: TodayOption = None,
    db: DbOption = None,
    lang: LangOption = None,
) -> None:
    """Divide a district into balanced, compact territories; nothing is applied."""
    asked = replace(
        _question(Task.PROPOSE, district, first_day, weeks, today),
        rep_codes=tuple(rep or ()),
        more_reps=more_reps,
        tolerance=tolerance,
        fixed=tuple(keep or ()),
        whole_towns=whole_towns,
        by_home=not without_homes,
        fresh=fresh,
        across_water=across_water,
    )
    _answer(asked, db, map_, out)


def repair(  # noqa: PLR0913, PLR0917  (each is an option)
    district: DistrictArgument,
    limit: Annotated[
        float,
        typer.Option(min=0.005, max=2, help="(Largest − smallest) ÷ mean hours, at most."),
    ] = 0.1,
    keep: FixedOption = None,
    across_water: WaterOption = False,
    first_day: FirstDayOption = None,
    weeks: WeeksOption = 4,
    map_: MapOption = None,
    out: OutOption = None,
    today: TodayOption = None,
    db: DbOption = None,
    lang: LangOption = None,
) -> None:
    """Move the fewest customers that bring the imbalance under a limit; nothing is applied."""
    asked = replace(
        _question(Task.REPAIR, district, first_day, weeks, today),
        limit=limit,
        fixed=tuple(keep or ()),
        across_water=across_water,
    )
    _answer(asked, db, map_, out)


def _question(task: Task, district: str, first_day: Any, weeks: int, today: Any) -> Question:
    day = day_of(today)
    return Question(
        task=task,
        district_code=district,
        first_day=first_day.date() if first_day else day + timedelta(days=7 - day.weekday()),
        weeks=weeks,
        country=load_settings().country,
    )


def _found(question: Question, db: str | None) -> tuple[Described, Question]:
    database = opened(db)
    travel = travel_by(load_settings(), database)
    with database.reading() as session:
        found = described(session, OPERATOR, question, travel)
        session.expunge_all()
    return found, question


def _answer(question: Question, db: str | None, map_: Path | None, out: Path | None) -> None:
    found, _ = _found(question, db)
    answer = worked_out(found, question)
    _show(answer["after"], answer["before"])
    _tell(answer)
    language = chosen_language()
    if out is not None:
        features = {"type": "FeatureCollection", "features": answer["features"]}
        out.write_text(json.dumps(features, ensure_ascii=False) + "\n", encoding="utf-8")
        print(say(language, N_("Written: {path}"), path=out))
    if map_ is not None:
        from field_api.services.territory_proposals.pictured import pictured  # folium is slow
        from maps.draw import territories as picture

        view = pictured(found, question, answer, language)
        picture.write(map_, view, language=language, tiles=ground_by(load_settings()))
        print(say(language, N_("Written: {path}"), path=map_))


def _show(after: Mapping[str, Any], before: Mapping[str, Any] | None = None) -> None:
    language = chosen_language()
    table = Table(box=None, pad_edge=False)
    table.add_column(say(language, N_("Rep")))
    was = {one["rep_code"]: one for one in before["territories"]} if before else {}
    if before:
        table.add_column(say(language, N_("Hours today")), justify="right")
    for title in (
        N_("Hours"),
        N_("Available"),
        N_("Load"),
        N_("Customers"),
        N_("Visits due"),
        N_("Travel"),
        N_("km²"),
        N_("Compactness"),
        N_("Mean distance"),
    ):
        table.add_column(say(language, title), justify="right")
    for one in after["territories"]:
        today = was.get(one["rep_code"])
        table.add_row(
            one["rep_code"],
            *([_hours(today["needed_s"]) if today else "–"] if before else []),
            _hours(one["needed_s"]),
            _hours(one["available_s"]),
            f"{one['needed_s'] / one['available_s']:.0%}" if one["available_s"] else "–",
            str(one["customers"]),
            str(one["visits"]),
            _hours(one["travel_s"] + one["home_s"]),
            f"{one['area_km2']:.1f}" if one["area_km2"] is not None else "–",
            f"{one['compactness']:.2f}" if one["compactness"] is not None else "–",
            f"{one['mean_distance_m'] / 1000:.1f} km",
        )
    stdout().print(table)
    for name, found in (
        (N_("As it is"), before),
        (N_("Then") if before else N_("As it is"), after),
    ):
        if found:
            print(_figures(name, found))


def _figures(name: str, found: Mapping[str, Any]) -> str:
    language = chosen_language()
    return say(
        language,
        N_(
            "{when}: imbalance {imbalance}, variation {variation}, farthest from the mean "
            "{widest}, travel {travel} h by estimate"
        ),
        when=say(language, name),
        imbalance=f"{found['imbalance']:.1%}",
        variation=f"{found['variation']:.1%}",
        widest=f"{found['widest']:.1%}",
        travel=_hours(found["travel_s"]),
    )


def _tell(answer: Mapping[str, Any]) -> None:
    language = chosen_language()
    moves: Sequence[Mapping[str, Any]] = answer["moves"]
    print(say(language, N_("{count} customers change the rep."), count=len(moves)))
    if answer["at_least"] is not None:
        text = (
            N_("By the hours alone at least {least} have to; fewer were ruled out.")
            if answer["proven"]
            else N_("By the hours alone at least {least} have to; fewer may do.")
        )
        print(say(language, text, least=answer["at_least"]))
        for move in moves[:SHOWN_MOVES]:
            print(
                f"  {move['customer_code']} {move['customer_name']}: "
                f"{move['before']} → {move['after']}"
            )
        if len(moves) > SHOWN_MOVES:
            more = say(language, N_("… and {count} more"), count=len(moves) - SHOWN_MOVES)
            print(f"  {more}")
    for one in answer["after"]["territories"]:
        if one["short_s"]:
            text = N_("Rep {code} is short of {hours} h: no border changes that.")
            print(say(language, text, code=one["rep_code"], hours=_hours(one["short_s"])))
    if answer["enclaves"]:
        text = N_("Apart from the rest of their territory: {customers}.")
        print(say(language, text, customers=", ".join(answer["enclaves"])))
    if answer["left_over"]:
        text = N_("Territories of today that get no ground: {codes}.")
        print(say(language, text, codes=", ".join(answer["left_over"])))


def _hours(seconds: int) -> str:
    return f"{seconds / HOUR_S:.1f}"
