"""`callcycle territories`: who works where, and the commands about it."""

from collections.abc import Iterable, Sequence

import typer
from rich.table import Table

from crm.text import N_
from field_api.cli import territory_changes, territory_proposals
from field_api.cli.options import DbOption, LangOption, chosen_language, opened
from field_api.cli.output import stdout
from field_api.services.territories import TerritoryProblems, TerritoryRow, overview
from field_api.wording import say

SHOWN = 50
CENTS = 100
app = typer.Typer(invoke_without_command=True, no_args_is_help=False)
app.command("edit")(territory_changes.edit)
app.command("ask")(territory_changes.ask)
app.command("adopt")(territory_changes.adopt)
app.command("judge")(territory_proposals.judge)
app.command("propose")(territory_proposals.propose)
app.command("repair")(territory_proposals.repair)


@app.callback()
def territories(context: typer.Context, db: DbOption = None, lang: LangOption = None) -> None:
    """List territories with rep and customers, and what is wrong with them; judge, propose or
    repair them."""
    if context.invoked_subcommand is None:
        listed(db)


def listed(db: str | None = None) -> None:
    """Print the list."""
    rows, problems = overview(opened(db))
    language = chosen_language()
    if rows:
        _table(rows)
    else:
        print(say(language, N_("There are no territories yet; import a file of them.")))
    sentences = in_words(problems)
    for sentence in sentences:
        print(sentence)
    if rows and not sentences:
        text = N_("Every active customer lies in exactly one territory, and each has its rep.")
        print(say(language, text))


def in_words(problems: TerritoryProblems) -> list[str]:
    """The problems as sentences in the reader's language, long lists cut."""
    language = chosen_language()
    sentences = [
        say(
            language,
            N_("Territories {first} and {second} overlap by {area} km²."),
            first=o.first,
            second=o.second,
            area=f"{o.area_km2:,.4f}" if o.area_km2 < 1 else f"{o.area_km2:,.1f}",
        )
        for o in problems.overlaps
    ]
    sentences += _cut(
        say(language, N_("Customer {code} lies in more than one territory."), code=code)
        for code in problems.in_several
    )
    sentences += _cut(
        say(
            language,
            N_("Customer {code} ({name}) lies in no territory; nearest: {nearest}, {km} km away."),
            code=gap.code,
            name=gap.name,
            nearest=gap.nearest,
            km=f"{gap.distance_km:.2f}",
        )
        if gap.nearest
        else say(
            language,
            N_("Customer {code} ({name}) lies in no territory."),
            code=gap.code,
            name=gap.name,
        )
        for gap in problems.gaps
    )
    if problems.stranded_sales_cents:
        text = N_("Customers in no territory or in several bought for {amount} in {year}.")
        amount = f"{problems.stranded_sales_cents / CENTS:,.2f}"
        sentences.append(say(language, text, amount=amount, year=problems.sales_year))
    sentences += _cut(
        say(
            language,
            N_(
                "Customer {code} is not planned: nobody knows its place. "
                "`callcycle geocode` finds it."
            ),
            code=code,
        )
        for code in problems.without_place
    )
    sentences += [
        say(language, N_("Territory {code} has no rep."), code=code)
        for code in problems.without_rep
    ]
    sentences += [
        say(language, N_("Rep {code} has no territory."), code=code) for code in problems.idle_reps
    ]
    return sentences


def _cut(sentences: Iterable[str]) -> list[str]:
    every = list(sentences)
    if len(every) <= SHOWN:
        return every
    more = say(chosen_language(), N_("… and {count} more"), count=len(every) - SHOWN)
    return [*every[:SHOWN], more]


def _table(rows: Sequence[TerritoryRow]) -> None:
    language = chosen_language()
    table = Table(box=None, pad_edge=False)
    for title in (N_("Territory"), N_("Name"), N_("Rep"), N_("Name")):
        table.add_column(say(language, title))
    table.add_column(say(language, N_("Active customers")), justify="right")
    for row in rows:
        table.add_row(row.code, row.name, row.rep_code, row.rep_name, str(row.customers))
    stdout().print(table)
