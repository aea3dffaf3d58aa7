"""`callcycle demo`: the main job on the sample, from spreadsheets to checked routes on maps."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from time import perf_counter
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from crm.text import N_
from field_api.cli import grading, imports, planning, results, territories
from field_api.cli.options import (
    LangOption,
    SampleOption,
    chosen_language,
    opened,
    sample_of,
)
from field_api.cli.output import stdout
from field_api.cli.sample_roads import sample_roads
from field_api.sample import MALTA
from field_api.services.house import demo as accounts
from field_api.wording import say
from routing.solve import DEFAULT_WORK


def demo(
    work: Annotated[
        int, typer.Option(min=0, help="Thousands of steps of the search for each visit.")
    ] = DEFAULT_WORK,
    sample: SampleOption = MALTA.name,
    lang: LangOption = None,
) -> None:
    """Run the main job on a sample into the folder demo/, from an empty database."""
    chosen = sample_of(sample)
    console, language = stdout(), chosen_language()
    folder, db, today = chosen.demo, chosen.demo_db, chosen.noon_of_today
    folder.mkdir(parents=True, exist_ok=True)
    for leftover in (chosen.demo_file, *folder.glob("callcycle.db-*")):
        leftover.unlink(missing_ok=True)
    took: list[tuple[str, float]] = []

    @contextmanager
    def step(text: str) -> Iterator[None]:
        title = say(language, text)
        console.rule(title, align="left", style="bold")
        began = perf_counter()
        yield
        took.append((title, perf_counter() - began))

    def tell(text: str, **params: object) -> None:
        console.print(say(language, text, **params))

    with step(N_("Import")):
        for file in chosen.files:
            imports.import_(file.path, file.kind, today=today, db=db, lang=lang)
    with step(N_("Grade")):
        grading.grade(today=today, db=db, lang=lang)
    with step(N_("Territories")):
        territories.listed(db)
    with ExitStack() as roads:
        with step(N_("Roads")):
            roads.enter_context(sample_roads(chosen, tell))
        with step(N_("Plan")):
            planning.plan(
                first_day=None,
                weeks=chosen.cycle_weeks,
                work=work,
                today=today,
                db=db,
                lang=lang,
            )
        with step(N_("Check")):
            results.check(today=today, db=db, lang=lang)
        with step(N_("Maps")):
            results.map_(out=folder, today=today, db=db, lang=lang)
    with step(N_("Export")):
        results.export(out=folder, today=today, db=db, lang=lang)
    accounts.add_users(opened(db), chosen)
    with step(N_("A made-up past, and its figures")):
        tell(N_("{n} visit reports"), n=accounts.add_past(opened(db), chosen))
    _tell_times(console, took)
    console.print(
        say(
            language,
            N_("Open {path} in a browser; it needs no network."),
            path=folder / "index.html",
        )
    )
    console.print(
        say(
            language,
            N_(
                "`callcycle serve --demo --sample {sample}` opens the reps' page and the managers' "
                "desk; log in as {names} with “{password}”."
            ),
            sample=chosen.name,
            names=", ".join(chosen.usernames),
            password=accounts.PASSWORD,
        )
    )


def _tell_times(console: Console, took: list[tuple[str, float]]) -> None:
    language = chosen_language()
    table = Table(
        title=say(language, N_("Seconds")), title_justify="left", box=None, pad_edge=False
    )
    for title, _ in took:
        table.add_column(title, justify="right")
    table.add_column(say(language, N_("All")), justify="right")
    table.add_row(
        *(f"{seconds:.1f}" for _, seconds in took), f"{sum(seconds for _, seconds in took):.1f}"
    )
    console.rule(style="bold")
    console.print(table)
