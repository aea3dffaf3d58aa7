"""`callcycle check`, `map` and `export`: what was planned, judged, drawn and handed on."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from crm.rules.access import OPERATOR
from crm.text import N_
from field_api.cli.options import DbOption, LangOption, TodayOption, chosen_language, day_of, opened
from field_api.cli.outcome import REFUSED
from field_api.ground import ground_by
from field_api.services.plans.checking import Verdict, check_file, check_plans_in_force
from field_api.services.plans.exports import NothingPublished, export_plans
from field_api.services.travel.travel_times import travel_by
from field_api.settings import load_settings
from field_api.wording import Language, say
from routing.checks.violation import SENTENCES, Violation

SHOWN = 20
OutOption = Annotated[Path, typer.Option("--out", help="Folder to write into.")]


def check(
    file: Annotated[
        Path | None, typer.Argument(help="A plan.json (default: the plans in force).")
    ] = None,
    today: TodayOption = None,
    db: DbOption = None,
    lang: LangOption = None,
) -> None:
    """Judge plans by the checker, which shares no code with the planner."""
    if file:
        verdicts = check_file(file)
    elif not (verdicts := check_plans_in_force(opened(db), OPERATOR, on=day_of(today))):
        raise NothingPublished
    if not _all_good(verdicts):
        raise typer.Exit(REFUSED)


def map_(
    out: OutOption = Path("maps-out"),
    today: TodayOption = None,
    db: DbOption = None,
    lang: LangOption = None,
) -> None:
    """Draw the plans in force: routes, coverage, territories, customers; opens unplugged."""
    from field_api.services.pictures import draw_maps  # here: other commands start without folium

    language = chosen_language()
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        bar = progress.add_task(say(language, N_("Drawing")), total=None)
        database = opened(db)
        drawn = draw_maps(
            database,
            OPERATOR,
            out,
            on=day_of(today),
            language=language,
            tiles=ground_by(load_settings()),
            travel=travel_by(load_settings(), database),
            on_drawn=lambda _: progress.advance(bar),
        )
    text = N_("{count} maps drawn; open {path} in a browser.")
    print(say(language, text, count=len(drawn.files) - 1, path=drawn.index))


def export(
    out: OutOption = Path("export"),
    today: TodayOption = None,
    db: DbOption = None,
    lang: LangOption = None,
) -> None:
    """Write the visit table (XLSX) and the plans (JSON) in force."""
    language = chosen_language()
    for path in export_plans(opened(db), OPERATOR, out, language, on=day_of(today)):
        print(say(language, N_("Written: {path}"), path=path))


def _all_good(verdicts: list[Verdict]) -> bool:
    language = chosen_language()
    for verdict in verdicts:
        found = verdict.violations
        text = N_("{plan}: {visits} visits planned, {unserved} unserved, {violations} violations.")
        print(
            say(
                language,
                text,
                plan=verdict.plan_id,
                visits=verdict.visits,
                unserved=verdict.unserved,
                violations=len(found),
            )
        )
        for violation in found[:SHOWN]:
            print(f"  {violation.rule}: {_in_words(language, violation)}")
        if len(found) > SHOWN:
            print("  " + say(language, N_("… and {count} more"), count=len(found) - SHOWN))
    return not any(verdict.violations for verdict in verdicts)


def _in_words(language: Language, violation: Violation) -> str:
    return say(language, SENTENCES[violation.rule], **violation.params)
