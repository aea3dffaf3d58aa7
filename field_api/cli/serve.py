"""`callcycle serve`: the HTTP service until it is stopped."""

from pathlib import Path
from typing import Annotated

import typer

from crm.errors import Refused
from crm.text import N_
from field_api.cli.options import DbOption, LangOption, opened
from field_api.sample import COUNTRY, TIMEZONE
from field_api.settings import DEMO_DB, Settings, load_settings

DEFAULT_PORT = 8000


def serve(
    db: DbOption = None,
    host: Annotated[
        str, typer.Option(help="Address to answer on; 0.0.0.0 answers everybody.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535)] = DEFAULT_PORT,
    demo: Annotated[bool, typer.Option("--demo", help="On the demo's database.")] = False,
    lang: LangOption = None,
) -> None:
    """Answer the API on a database, which is brought to the newest tables first."""
    import uvicorn  # here, so that other commands start without it

    from field_api.app import create_app

    settings = _settings(db, lang, demo=demo)
    database = opened(settings.db)
    try:
        uvicorn.run(create_app(settings, database), host=host, port=port, server_header=False)
    finally:
        database.close()


def _settings(db: str | None, lang: str | None, *, demo: bool) -> Settings:
    if not demo:
        return load_settings(db=db, lang=lang)
    if db is not None:
        raise Refused(N_("--demo brings its own database; leave --db out."))
    path = Path(DEMO_DB.removeprefix("sqlite:///"))
    if not path.exists():
        raise Refused(
            N_("There is no demo at {path} yet; run `callcycle demo` first."), path=str(path)
        )
    return load_settings(db=DEMO_DB, lang=lang, timezone=TIMEZONE, country=COUNTRY)
