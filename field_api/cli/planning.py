"""`callcycle plan` and `callcycle replan`."""

from datetime import datetime, timedelta
from time import perf_counter
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from crm.rules.access import OPERATOR
from crm.text import N_
from field_api.cli.options import (
    DbOption,
    LangOption,
    TodayOption,
    a_day,
    chosen_language,
    day_of,
    opened,
)
from field_api.cli.output import stdout
from field_api.cli.weights import WeightsOption, weights_of
from field_api.cli.wishes import AwayOption, CancelOption, PinOption, wishes_of
from field_api.services.planning import CycleRequest, Effort, plan_cycle
from field_api.services.planning import replan as replan_service
from field_api.services.planning.cycle import PlanningOutcome, RepHours
from field_api.services.planning.figures import attainment, total, travel_share
from field_api.services.planning.reasons import by_reason, reason_in_words, remedy_of
from field_api.services.planning.replan import PlanChange, VisitMove
from field_api.services.travel.travel_times import travel_by
from field_api.services.travel.travel_words import source_in_words
from field_api.settings import load_settings
from field_api.wording import say
from maps.figures import percent_up
from routing.plan import Unserved
from routing.replan import WORK
from routing.solve import DEFAULT_WORK

SHOWN = 5
GRADES = "ABCDE"
LARGEST_SEED = 2**31 - 1  # what CP-SAT takes
FirstDayOption = Annotated[
    datetime | None,
    typer.Option(
        formats=["%Y-%m-%d"], help="First day of the cycle (default: next Monday).", callback=a_day
    ),
]


def plan(  # noqa: PLR0913, PLR0917  (each is an option)
    first_day: FirstDayOption = None,
    weeks: Annotated[int, typer.Option(min=1, max=13, help="Length of the cycle.")] = 4,
    rep: Annotated[list[str] | None, typer.Option(help="Only this rep; may be repeated.")] = None,
    seed: Annotated[
        int, typer.Option(min=0, max=LARGEST_SEED, help="Another seed, another plan.")
    ] = 1,
    work: Annotated[
        int, typer.Option(min=0, help="Thousands of steps of the search for each visit.")
    ] = DEFAULT_WORK,
    weights: WeightsOption = None,
    draft: Annotated[bool, typer.Option("--draft", help="Keep it unpublished.")] = False,
    propose: Annotated[
        bool, typer.Option("--propose", help="Send it for approval instead of publishing it.")
    ] = False,
    today: TodayOption = None,
    db: DbOption = None,
    lang: LangOption = None,
) -> None:
    """Plan a call cycle for every rep: hours first, then days, order and times."""
    if draft and propose:
        raise typer.BadParameter("--draft keeps the plans, --propose sends them: give one of both")
    effort = Effort(seed=seed, work=work, weights=weights_of(weights))
    database, console = opened(db), stdout()
    language = chosen_language()
    day = day_of(today)
    monday = day + timedelta(days=7 - day.weekday())
    request = CycleRequest(
        first_day=first_day.date() if first_day else monday,
        today=day,
        weeks=weeks,
        country=load_settings().country,
        rep_codes=tuple(rep or ()),
        publish=not draft,
        propose=propose,
        zone=load_settings().zone.key,
        travel=travel_by(load_settings(), database),
    )
    progress = Progress(
        TextColumn(say(language, N_("Planning"))),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=console,
    )
    bar = progress.add_task("", total=None)

    def tell_hours(hours: list[RepHours]) -> None:
        console.print(_hours_table(hours))
        progress.update(bar, total=len(hours))
        progress.start()

    began = perf_counter()
    try:
        outcome = plan_cycle(
            database,
            OPERATOR,
            request,
            effort=effort,
            on_hours=tell_hours,
            on_progress=lambda made: progress.update(bar, completed=made),
        )
    finally:
        if progress.live.is_started:
            progress.stop()
    _show(console, outcome, perf_counter() - began)


def replan(
    rep: Annotated[str, typer.Argument(help="Code of the rep.")],
    purpose: Annotated[str, typer.Option(help="Why, as kept with the plan.")],
    cancel: CancelOption = None,
    pin: PinOption = None,
    away: AwayOption = None,
    weights: WeightsOption = None,
    today: TodayOption = None,
    db: DbOption = None,
    lang: LangOption = None,
) -> None:
    """Plan the days after today again, moving as little as can be."""
    effort = Effort(work=WORK["cycle"], weights=weights_of(weights))
    database = opened(db)
    change = replan_service(
        database,
        OPERATOR,
        rep_code=rep,
        today=day_of(today),
        purpose=purpose,
        country=load_settings().country,
        travel=travel_by(load_settings(), database),
        effort=effort,
        wishes=wishes_of(cancel, pin, away),
    )
    _show_change(stdout(), change)


def _hours_table(hours: list[RepHours]) -> Table:
    language = chosen_language()
    title = say(language, N_("Hours needed against hours there are, before any search"))
    table = Table(title=title, title_justify="left", box=None, pad_edge=False)
    table.add_column(say(language, N_("Rep")), no_wrap=True)
    for grade in GRADES:
        table.add_column(grade, justify="right")
    for heading in (N_("Home"), N_("Needed"), N_("Available"), N_("Load")):
        table.add_column(say(language, heading), justify="right")
    table.add_column("", no_wrap=True)
    for row in hours:
        needed = row.hours
        short = say(language, N_("short by {hours} h"), hours=_hours(needed.short_s))
        table.add_row(
            f"{row.rep_code} {row.rep_name}",
            *(_hours(needed.needed_s.get(grade, 0)) for grade in GRADES),
            _hours(needed.home_s),
            _hours(needed.total_s),
            _hours(needed.available_s),
            percent_up(needed.total_s, needed.available_s),
            Text(short if needed.short_s else "", style="red"),
        )
    return table


def _show(console: Console, outcome: PlanningOutcome, seconds: float) -> None:
    language = chosen_language()
    table = Table(box=None, pad_edge=False)
    table.add_column(say(language, N_("Rep")), no_wrap=True)
    for heading in (
        N_("Due"),
        N_("Planned"),
        N_("Attainment"),
        N_("Days"),
        N_("Travel"),
        N_("km"),
        N_("Travel share"),
    ):
        table.add_column(say(language, heading), justify="right", no_wrap=True)
    rows = [(f"{rep.rep_code} {rep.rep_name}", rep.figures) for rep in outcome.reps]
    rows.append((say(language, N_("All")), total([rep.figures for rep in outcome.reps])))
    for name, figures in rows:
        table.add_row(
            name,
            f"{figures['required']:,}",
            f"{figures['planned']:,}",
            f"{100 * attainment(figures):.1f} %",
            str(figures["field_days"]),
            say(language, N_("{hours} h"), hours=_hours(figures["travel_s"])),
            f"{figures['travel_m'] / 1000:,.0f}",
            f"{100 * travel_share(figures):.1f} %",
        )
    console.print(table)
    for source in dict.fromkeys(rep.plan.travel_source for rep in outcome.reps):
        words = source_in_words(language, source)
        console.print(say(language, N_("Travel times: {source}."), source=words))
    unserved = tuple(missed for rep in outcome.reps for missed in rep.plan.unserved)
    _show_unserved(console, unserved)
    for note in outcome.notes:
        console.print(say(language, note.text, **note.params))
    text = N_("{count} plans made in {seconds} s; every plan passed the checker.")
    console.print(say(language, text, count=len(outcome.reps), seconds=f"{seconds:.1f}"))


def _show_unserved(console: Console, unserved: tuple[Unserved, ...]) -> None:
    language = chosen_language()
    for code, missed in by_reason(unserved).items():
        text = N_("{count} due visits have no place: {reason} ({code}).")
        reason = reason_in_words(language, code)
        console.print(say(language, text, count=len(missed), reason=reason, code=code.value))
        for one in missed[:SHOWN]:
            remedy = remedy_of(language, one.remedy)
            would = say(language, N_("would fit with: {remedy}"), remedy=remedy) if remedy else ""
            console.print(f"  {one.visit_id}  {would}")
        if len(missed) > SHOWN:
            more = say(language, N_("… and {count} more"), count=len(missed) - SHOWN)
            console.print(f"  {more}")


def _show_change(console: Console, change: PlanChange) -> None:
    language = chosen_language()
    for heading, moves in (
        (N_("Moved"), change.moved),
        (N_("Added"), change.added),
        (N_("Dropped"), change.dropped),
    ):
        console.print(f"{say(language, heading)}: {len(moves)}")
        for move in moves:
            console.print(f"  {_move(move)}")
    _show_unserved(console, change.unserved)
    for note in change.notes:
        console.print(say(language, note.text, **note.params))
    text = N_("From {day} on, {share} of the visits stay on their day.")
    share = f"{100 * change.stability:.1f} %"
    console.print(say(language, text, day=change.from_day.isoformat(), share=share))


def _move(move: VisitMove) -> str:
    days = f"{move.before or '-'} → {move.after or '-'}"
    return f"{move.customer_code} {move.customer_name}: {days}"


def _hours(seconds: int) -> str:
    return f"{seconds / 3600:,.1f}"
