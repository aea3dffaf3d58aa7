"""`callcycle leave`: when reps do not work."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from crm.rules.access import OPERATOR
from crm.text import N_
from crm.vocabulary import DayPart, ImportKind, LeaveKind
from field_api.cli import imports
from field_api.cli.options import DbOption, LangOption, TodayOption, chosen_language, day_of, opened
from field_api.cli.output import stdout
from field_api.cli.wishes import read_period
from field_api.services.days import calendar as service
from field_api.wording import say

PARTS = {
    DayPart.WHOLE: N_("whole days"),
    DayPart.MORNING: N_("mornings"),
    DayPart.AFTERNOON: N_("afternoons"),
}
KINDS = {
    LeaveKind.ANNUAL: N_("annual leave"),
    LeaveKind.SICK: N_("sick"),
    LeaveKind.PERSONAL: N_("personal leave"),
    LeaveKind.TRAINING: N_("training"),
    LeaveKind.OTHER: N_("other leave"),
}
RepArgument = Annotated[str, typer.Argument(help="Code of the rep.")]

app = typer.Typer(help="When reps do not work. 请假", no_args_is_help=True)


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="CSV or XLSX: rep_code, first_day, last_day, …")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen.")] = False,
    skip_bad: Annotated[bool, typer.Option("--skip-bad", help="Take the good rows.")] = False,
    today: TodayOption = None,
    db: DbOption = None,
    lang: LangOption = None,
) -> None:
    """Note the leave of many reps."""
    imports.import_(
        file, ImportKind.LEAVE, dry_run=dry_run, skip_bad=skip_bad, today=today, db=db, lang=lang
    )


@app.command()
def add(
    rep: RepArgument,
    days: Annotated[
        str, typer.Argument(metavar="FROM..TO", help="As in 2026-12-21..2026-12-23; or one day.")
    ],
    kind: Annotated[LeaveKind, typer.Option(help="Why.")] = LeaveKind.OTHER,
    part: Annotated[
        DayPart, typer.Option(help="Which part of each of these days.")
    ] = DayPart.WHOLE,
    db: DbOption = None,
    lang: LangOption = None,
) -> None:
    """Note a leave. Plans made from now on keep it; one in force is planned again by `replan`."""
    first_day, last_day = _read("FROM..TO", days)
    service.note_leave(
        opened(db),
        OPERATOR,
        rep_code=rep,
        first_day=first_day,
        last_day=last_day,
        part=part,
        kind=kind,
        now=datetime.now(UTC),
    )
    print(
        say(
            chosen_language(),
            N_("Rep {code} does not work from {first} to {last}. `callcycle replan` moves visits."),
            code=rep,
            first=first_day.isoformat(),
            last=last_day.isoformat(),
        )
    )


@app.command()
def show(today: TodayOption = None, db: DbOption = None, lang: LangOption = None) -> None:
    """List the leave that is not over yet."""
    language = chosen_language()
    table = Table(box=None, pad_edge=False)
    for title in (N_("Rep"), N_("Name"), N_("First day"), N_("Last day"), N_("Part"), N_("Leave")):
        table.add_column(say(language, title))
    for rep, row in service.leave_since(opened(db), OPERATOR, day_of(today)):
        table.add_row(
            rep.code,
            rep.name,
            row.first_day.isoformat(),
            row.last_day.isoformat(),
            say(language, PARTS[row.part]),
            say(language, KINDS[row.kind]),
        )
    stdout().print(table)


@app.command()
def remove(
    rep: RepArgument,
    first_day: Annotated[str, typer.Argument(metavar="FROM", help="The day it begins.")],
    db: DbOption = None,
    lang: LangOption = None,
) -> None:
    """Take a leave away: the rep works."""
    begins, _ = _read("FROM", first_day)
    removed = service.remove_leave(
        opened(db), OPERATOR, rep_code=rep, first_day=begins, now=datetime.now(UTC)
    )
    print(say(chosen_language(), N_("Leave taken away: {count}."), count=removed))


def _read(name: str, text: str) -> tuple[date, date]:
    try:
        return read_period(text)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint=name) from None
