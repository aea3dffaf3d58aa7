"""`callcycle user`: who may log in."""

import sys
from typing import Annotated

import typer

from crm.text import N_
from crm.vocabulary import Role
from field_api.cli.options import DbOption, LangOption, chosen_language, opened
from field_api.wording import say

app = typer.Typer(help="Who may log in.", no_args_is_help=True)
LOGS_IN = [role.value for role in Role if role is not Role.OPERATOR]


@app.callback()
def _root() -> None:
    """Keeps `add` a word of its own while it is the only one."""


@app.command()
def add(
    username: Annotated[str, typer.Argument(help="The name to log in with.")],
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
    from field_api.services import accounts

    password = _password()
    database = opened(db)
    try:
        user = accounts.add(
            database,
            Passwords(1),
            username=username,
            password=password,
            role=role,
            name=name,
            rep_code=rep,
            district_code=district,
            region_code=region,
        )
    finally:
        database.close()
    made = N_("{username} may log in now as {role}.")
    typer.echo(say(chosen_language(), made, username=user.username, role=user.role.value))


def _password() -> str:
    if sys.stdin.isatty():
        asked = say(chosen_language(), N_("Password"))
        again = say(chosen_language(), N_("The same again"))
        return str(typer.prompt(asked, hide_input=True, confirmation_prompt=again))
    return sys.stdin.readline().rstrip("\r\n")
