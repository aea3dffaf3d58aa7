"""`callcycle demo-data`: a large made-up company, to see how the product bears it."""

from datetime import UTC, datetime, time
from pathlib import Path
from time import perf_counter
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from crm.text import N_
from field_api.cli.options import LangOption, TodayOption, chosen_language, opened
from field_api.demo_data.heads import USERNAMES
from field_api.demo_data.size import Size
from field_api.services.house.demo import PASSWORD
from field_api.wording import say

DATABASE = f"sqlite:///{(Path('demo') / 'large' / 'callcycle.db').as_posix()}"
DAYS_END = time(16)
MANY = 50_000


def demo_data(
    customers: Annotated[int, typer.Option(help="How many customers.")] = MANY,
    reps: Annotated[
        int | None, typer.Option(help="How many reps (default: one for 160 customers).")
    ] = None,
    db: Annotated[
        str, typer.Option("--db", help="An empty database; none of the settings' is taken.")
    ] = DATABASE,
    today: TodayOption = None,
    lang: LangOption = None,
) -> None:
    """Fill an empty database with a large made-up company: regions, districts, territories,
    customers, three months of plans and reports. Its plans are written straight, not solved."""
    from field_api.demo_data.team import TIMEZONE  # here, so that other commands start quickly
    from field_api.services.house import demo_data as filling

    size, began = Size.of(customers, reps), perf_counter()
    now = (
        datetime.combine(today.date(), DAYS_END, ZoneInfo(TIMEZONE)).astimezone(UTC)
        if today
        else datetime.now(UTC)
    )
    made = filling.fill(opened(db), size, now=now)
    language = chosen_language()
    text = N_(
        "{customers} customers of {reps} reps: {plans} plans with {visits} visits, {reports} "
        "reports, {promises} promises, {corrections} corrections that wait."
    )
    typer.echo(
        say(
            language,
            text,
            customers=made.customers,
            reps=made.reps,
            plans=made.plans,
            visits=made.visits_planned,
            reports=made.reports,
            promises=made.promises,
            corrections=made.corrections,
        )
    )
    text = N_(
        "Made in {seconds} s. `callcycle serve --db {db}` answers; log in as {names} with "
        "“{password}”."
    )
    typer.echo(
        say(
            language,
            text,
            seconds=f"{perf_counter() - began:.1f}",
            db=db,
            names=", ".join(USERNAMES),
            password=PASSWORD,
        )
    )
