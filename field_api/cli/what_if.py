"""`callcycle what-if`: a district reckoned otherwise, kept by name, applied or dropped."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import ValidationError
from rich.table import Table

from crm.errors import Refused
from crm.models import Scenario
from crm.rules.access import OPERATOR
from crm.store.territories import scenarios
from crm.text import N_
from field_api.cli.options import DbOption, LangOption, a_day, chosen_language, opened
from field_api.cli.output import stdout
from field_api.schemas.scenarios import ScenarioBody
from field_api.services.scenarios import applying, kept, picture
from field_api.settings import load_settings
from field_api.wording import say
from maps.draw import what_if as what_if_map

app = typer.Typer(help="Reckon a district otherwise, compare it with today, apply or drop it.")
MOST = 50
Name = Annotated[str, typer.Argument(help="The what-if's name.")]
MapOption = Annotated[Path | None, typer.Option("--map", help="Draw both into this file.")]


@app.command("try")
def try_(  # noqa: PLR0913, PLR0917  (each is an option)
    name: Name,
    district: Annotated[str | None, typer.Option(help="Code; needed where there are some.")] = None,
    boundaries: Annotated[
        Path | None, typer.Option(help="GeoJSON of territories: code, rep_code, geometry.")
    ] = None,
    more: Annotated[
        list[str] | None, typer.Option("--more", help="A rep who comes, like another: R9=R1.")
    ] = None,
    fewer: Annotated[list[str] | None, typer.Option("--fewer", help="A rep who goes.")] = None,
    divide: Annotated[bool, typer.Option(help="Propose territories for the reps.")] = False,
    interval: Annotated[
        list[str] | None, typer.Option(help="Days between visits of a grade: A=14.")
    ] = None,
    day_begin: Annotated[str | None, typer.Option(help="08:30")] = None,
    day_end: Annotated[str | None, typer.Option(help="17:30")] = None,
    weekdays: Annotated[str | None, typer.Option(help="Digits, Monday is 0: 01234.")] = None,
    first_day: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Of the cycle: next Monday.", callback=a_day),
    ] = None,
    weeks: Annotated[int, typer.Option(min=1, max=13)] = 4,
    plan: Annotated[bool, typer.Option("--plan", help="Plan the cycle both ways, too.")] = False,
    map_: MapOption = None,
    db: DbOption = None,
    lang: LangOption = None,
) -> None:
    """Reckon a what-if and keep it by name. Nothing in force changes."""
    hours = {"day_begin": day_begin, "day_end": day_end, "work_weekdays": weekdays}
    wanted = {
        "name": name,
        "district_code": district,
        "territories": _parts(boundaries) if boundaries else [],
        "reps_more": [{"code": _pair(one)[0], "like": _pair(one)[1]} for one in more or ()],
        "reps_fewer": fewer or [],
        "divide_anew": divide,
        "intervals": {_pair(one)[0]: _number(_pair(one)[1]) for one in interval or ()},
        "hours": {key: value for key, value in hours.items() if value is not None},
        "first_day": first_day.date().isoformat() if first_day else None,
        "weeks": weeks,
        "with_plan": plan,
    }
    body = _body(wanted)
    database = opened(db)
    told = kept.make(database, load_settings(), OPERATOR, body, now=datetime.now(UTC))
    with database.reading() as session:
        _show(scenarios.get(session, OPERATOR, told.id))
    _draw(db, name, map_)


@app.command("list")
def list_(db: DbOption = None, lang: LangOption = None) -> None:
    """List the what-ifs, the last made first."""
    language = chosen_language()
    page = kept.listed(opened(db), OPERATOR, after=None, limit=MOST)
    table = Table(box=None, pad_edge=False)
    for title in (N_("Name"), N_("District"), N_("State"), N_("Made")):
        table.add_column(say(language, title))
    for one in page.items:
        made = one.made_at.strftime("%Y-%m-%d %H:%M")
        table.add_row(one.name, one.district_code, one.state.value, made)
    stdout().print(table)


@app.command("show")
def show(name: Name, map_: MapOption = None, db: DbOption = None, lang: LangOption = None) -> None:
    """Tell a what-if figure by figure."""
    with opened(db).reading() as session:
        _show(scenarios.named(session, OPERATOR, name))
    _draw(db, name, map_)


@app.command("apply")
def apply(
    name: Name,
    reason: Annotated[str, typer.Option(help="For whoever approves it.")],
    takes_effect_on: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="When territories change.", callback=a_day),
    ] = None,
    db: DbOption = None,
    lang: LangOption = None,
) -> None:
    """Ask for a what-if's territories and intervals, and change the reps' hours."""
    database, settings = opened(db), load_settings()
    with database.reading() as session:
        number = scenarios.named(session, OPERATOR, name).id
    told = applying.apply(
        database,
        OPERATOR,
        number,
        reason=reason,
        takes_effect_on=takes_effect_on.date() if takes_effect_on else None,
        zone=settings.zone,
        now=datetime.now(UTC),
        language=chosen_language(),
    )
    text = N_("{n} approvals were asked for; whoever decides finds them in the list.")
    print(say(chosen_language(), text, n=len(told.approval_ids)))


@app.command("drop")
def drop(name: Name, db: DbOption = None, lang: LangOption = None) -> None:
    """Drop a what-if."""
    database = opened(db)
    with database.reading() as session:
        number = scenarios.named(session, OPERATOR, name).id
    kept.drop(database, OPERATOR, number, now=datetime.now(UTC))


def _body(wanted: dict[str, Any]) -> ScenarioBody:
    try:
        return ScenarioBody.model_validate(wanted)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise Refused(N_("{where}: {what}"), where=where, what=first["msg"]) from None


def _parts(path: Path) -> list[dict[str, Any]]:
    try:
        features = json.loads(path.read_text("utf-8"))["features"]
        return [
            {
                key: one["properties"][key]
                for key in ("code", "name", "rep_code")
                if key in one["properties"]
            }
            | {"geometry": one["geometry"]}
            for one in features
        ]
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Refused(
            N_("{path} is no GeoJSON of territories: features with code and geometry."), path=path
        ) from None


def _pair(text: str) -> tuple[str, str]:
    left, equals, right = text.partition("=")
    if not (left and equals and right):
        raise typer.BadParameter(f"{text} is no pair; was {text}=… meant?")
    return left, right


def _number(text: str) -> int:
    if not text.isascii() or not text.isdigit():
        raise typer.BadParameter(f"{text} is no number of days")
    return int(text)


def _show(scenario: Scenario) -> None:
    language = chosen_language()
    table = Table(box=None, pad_edge=False)
    table.add_column(say(language, N_("Figure")))
    for title in (N_("As it is"), N_("Then")):
        table.add_column(say(language, title), justify="right")
    for line in picture.lines(scenario.figures, language):
        table.add_row(*line)
    stdout().print(table)
    told = N_("{moved} customers would have another rep. Travel times: {source}.")
    figures = scenario.figures
    print(say(language, told, moved=figures["moved"], source=figures["travel_source"]))


def _draw(db: str | None, name: str, path: Path | None) -> None:
    if path is None:
        return
    language = chosen_language()
    with opened(db).reading() as session:
        scenario = scenarios.named(session, OPERATOR, name)
        view = picture.view_of(session, OPERATOR, scenario, language)
    what_if_map.write(path, view, language=language)
    print(path)
