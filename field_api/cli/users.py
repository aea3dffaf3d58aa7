"""`callcycle user`: who may log in."""

import sys
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.table import Table

from crm.text import N_
from crm.vocabulary import Role
from field_api.cli.options import DbOption, LangOption, chosen_language, opened
from field_api.cli.output import stdout
from field_api.wording import say

app = typer.Typer(help="Who may log in.", no_args_is_help=True)
LOGS_IN = [role.value for role in Role if role is not Role.OPERATOR]
UsernameArgument = Annotated[str, typer.Argument(help="The name to log in with.")]


@app.command()
def add(
    username: UsernameArgument,
    role: Annotated[Role, typer.Option(help=f"One of {', '.join(LOGS_IN)}.")],
    rep: Annotated[str | None, typer.Option(help="Code of the rep whose account it is.")] = None,
    district: Annotated[
        str | None, typer.Option(help="Code of the district that is managed.")
    ] = None,
    region: Annotated[str | None, typer.Option(help="Code of the region that is directed.")] = None,
    name: Annotated[str, typer.Option(help="The person's name (default: the rep's).")] = "",
    db: DbOption = None,
    lang: LangOption = None,
) -> None:
    """Make an account. The password is asked for, or read from standard input's first line."""
    from field_api.auth import Passwords  # here, so that other commands start without it
    from field_api.services.people import accounts

    password = _password()
    user = accounts.add(
        opened(db),
        Passwords(1),
        username=username,
        password=password,
        role=role,
        name=name,
        rep_code=rep,
        district_code=district,
        region_code=region,
    )
    made = N_("{username} may log in now as {role}.")
    typer.echo(say(chosen_language(), made, username=user.username, role=user.role))


@app.command("list")
def list_(db: DbOption = None, lang: LangOption = None) -> None:
    """List all accounts."""
    from field_api.services.people import users

    language = chosen_language()
    table = Table(box=None, pad_edge=False)
    for title in (N_("User name"), N_("Name"), N_("Role"), N_("Place"), N_("Standing")):
        table.add_column(say(language, title))
    for user in users.everybody(opened(db)):
        place = user.rep_code or user.district_code or user.region_code or ""
        standing = N_("open") if user.active else N_("closed")
        table.add_row(user.username, user.name, user.role.value, place, say(language, standing))
    stdout().print(table)


@app.command()
def close(username: UsernameArgument, db: DbOption = None, lang: LangOption = None) -> None:
    """Close an account and end its logins. What it did stays."""
    _set_active(username, db, active=False)


@app.command()
def reopen(username: UsernameArgument, db: DbOption = None, lang: LangOption = None) -> None:
    """Open a closed account again."""
    _set_active(username, db, active=True)


@app.command()
def password(username: UsernameArgument, db: DbOption = None, lang: LangOption = None) -> None:
    """Give an account a new password and end its logins. The password is asked for, or read from
    standard input's first line."""
    from field_api.auth import Passwords
    from field_api.services.people import passwords

    given = _password()
    database = opened(db)
    passwords.set_by_operator(database, Passwords(1), username, given, now=datetime.now(UTC))
    text = N_("{username} has a new password and is logged out everywhere.")
    typer.echo(say(chosen_language(), text, username=username))


def _set_active(username: str, db: str | None, *, active: bool) -> None:
    from field_api.services.people import users

    users.set_active_by_operator(opened(db), username, active=active, now=datetime.now(UTC))
    text = (
        N_("{username} may log in again.")
        if active
        else N_("{username} is logged out everywhere and may not log in any more.")
    )
    typer.echo(say(chosen_language(), text, username=username))


def _password() -> str:
    if sys.stdin.isatty():
        asked = say(chosen_language(), N_("Password"))
        again = say(chosen_language(), N_("The same again"))
        return str(typer.prompt(asked, hide_input=True, confirmation_prompt=again))
    return sys.stdin.readline().rstrip("\r\n")
