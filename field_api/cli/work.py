"""`callcycle work`: does planning jobs, as a process of its own, until it is stopped."""

import logging.config
from contextlib import suppress
from threading import Event

import typer

from crm.text import N_
from field_api import logs
from field_api.cli.options import DbOption, LangOption, chosen_language, opened, tried
from field_api.settings import load_settings
from field_api.wording import say


def work(db: DbOption = None, lang: LangOption = None) -> None:
    """Do the jobs that the service is asked for, on this machine or a Dask cluster."""
    from field_api.jobs.executors import at_once, maker_of
    from field_api.jobs.supervisor import Supervisor
    from field_api.jobs.workers import Workers

    settings = load_settings(db=db, lang=lang)
    workers = Workers(maker_of(settings))
    database = opened(settings.db)
    logging.config.dictConfig(logs.config(settings.log_format, settings.log_level))
    supervisor = Supervisor(database, settings, workers)
    supervisor.start()
    text = N_("Working on the jobs of {db}, {most} plans at a time; Ctrl-C ends it.")
    typer.echo(say(chosen_language(), text, db=tried(), most=at_once(settings)))
    try:
        with suppress(KeyboardInterrupt):
            Event().wait()
    finally:
        supervisor.stop()
