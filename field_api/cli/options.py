"""Options that several commands share, and what they stand for."""

import os
from datetime import date, datetime
from typing import Annotated

import typer
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from crm.database import Database
from crm.errors import Refused
from crm.text import N_
from field_api.sample import SAMPLES, Sample, SampleName
from field_api.schemas.values import EARLIEST_YEAR, LATEST_YEAR
from field_api.settings import SettingsError, load_settings
from field_api.wording import LANGUAGES, Language

_opened: list[Database] = []
_tried: list[str] = []  # the database asked for last, without its password
_asked: list[Language] = []  # the language asked for on this command line, for error messages


def _remember_language(value: str | None) -> str | None:
    _asked.clear()
    if value is None:
        return None
    for language in LANGUAGES:
        if value == language:
            _asked.append(language)
            return value
    raise typer.BadParameter(f"{value} is not one of {', '.join(LANGUAGES)}")


DbOption = Annotated[
    str | None,
    typer.Option(
        "--db",
        help="Database URL, sqlite:///path or postgresql://… (default: setting CALLCYCLE_DB, "
        "else sqlite:///callcycle.db).",
    ),
]
LangOption = Annotated[
    str | None,
    typer.Option(
        "--lang",
        help="en or zh (default: setting CALLCYCLE_LANG, else the locale, else en).",
        callback=_remember_language,
    ),
]

SampleOption = Annotated[
    SampleName,
    typer.Option(
        "--sample",
        help="The demo's sample; shandong speaks Chinese unless told otherwise.",
    ),
]


def sample_of(name: SampleName) -> Sample:
    """The sample, whose language is spoken from now on when this call named none."""
    sample = SAMPLES[name]
    if sample.language is not None and not _asked:
        _asked.append(sample.language)
    return sample


def a_day(value: datetime | None) -> datetime | None:
    """The day as given; a wrong call when its year is none that anybody plans for."""
    if value is not None and not EARLIEST_YEAR <= value.year <= LATEST_YEAR:
        raise typer.BadParameter(
            f"{value.date()} is in no year from {EARLIEST_YEAR} to {LATEST_YEAR}"
        )
    return value


TodayOption = Annotated[
    datetime | None,
    typer.Option(
        "--today",
        formats=["%Y-%m-%d"],
        help="The day to reckon from (default: today).",
        callback=a_day,
    ),
]


def day_of(today: datetime | None) -> date:
    """The day to reckon from: by option, else today where the settings' time zone is."""
    return today.date() if today else datetime.now(load_settings().zone).date()


def opened(db: str | None, *, migrated: bool = True) -> Database:
    """The database by option or setting, brought to the newest tables on first use unless it is
    to be left as it is; closed when the command ends."""
    url = load_settings(db=db).db
    if "://" not in url:
        raise Refused(
            N_("{value} is no database URL; was sqlite:///{value} meant?"),
            value=url,
        )
    if url.removesuffix(":memory:") in ("sqlite://", "sqlite:///"):
        raise Refused(
            N_("{value} names no file, so nothing would be kept; was {example} meant?"),
            value=url,
            example="sqlite:///callcycle.db",
        )
    _tried[:] = [_without_password(url)]
    database = Database(url)
    _opened.append(database)
    if migrated:
        database.migrate()
    return database


def tried() -> str:
    """The database that this command asked for last, without its password."""
    return _tried[-1] if _tried else ""


def _without_password(url: str) -> str:
    try:
        return make_url(url).render_as_string(hide_password=True)
    except ArgumentError:
        return url


def close_opened() -> None:
    """Close the databases that this command opened."""
    while _opened:
        _opened.pop().close()


def chosen_language() -> Language:
    """By option, else setting, else the machine's; English when settings cannot be read."""
    if _asked:
        return _asked[-1]
    try:
        return load_settings().lang
    except SettingsError:
        return "en"


def debugging() -> bool:
    """Whether unforeseen errors are shown with the place where they happened."""
    return bool(os.environ.get("CALLCYCLE_DEBUG"))
