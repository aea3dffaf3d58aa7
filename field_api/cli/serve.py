"""`callcycle serve`: the HTTP service until it is stopped."""

from collections.abc import Callable
from contextlib import nullcontext, suppress
from datetime import UTC, datetime, time
from socket import socket
from types import FrameType
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from crm.errors import Refused
from crm.text import N_
from field_api import logs
from field_api.cli.lan import announced, certified, lan_of
from field_api.cli.options import (
    DbOption,
    LangOption,
    SampleOption,
    chosen_language,
    opened,
    sample_of,
)
from field_api.cli.outcome import FAILED
from field_api.cli.sample_roads import sample_roads
from field_api.cli.workers import run_workers
from field_api.sample import MALTA, Sample
from field_api.services.house.demo import PASSWORD
from field_api.settings import Settings, load_settings
from field_api.wording import say

DEFAULT_PORT = 8000
DEMO_BEGINS = time(8)
PATIENCE_S = 20  # with requests that are being answered when the service is told to end


def serve(
    db: DbOption = None,
    host: Annotated[
        str, typer.Option(help="Address to answer on; 0.0.0.0 answers everybody.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535)] = DEFAULT_PORT,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Processes that answer; say, one a core.")
    ] = None,
    demo: Annotated[bool, typer.Option("--demo", help="On the demo's database.")] = False,
    sample: SampleOption = MALTA.name,
    lang: LangOption = None,
    lan: Annotated[
        bool, typer.Option("--lan", help="TLS for phones in the office's own network.")
    ] = False,
) -> None:
    """Answer the API on a database, which is brought to the newest tables first."""
    shown = sample_of(sample) if demo else None
    if shown is not None:
        _refuse_without_demo(db, shown)
    with sample_roads(shown, _say) if shown else nullcontext():
        _serve(db, host=host, port=port, workers=workers, shown=shown, lang=lang, lan=lan)


def _say(text: str, **params: object) -> None:
    typer.echo(say(chosen_language(), text, **params))


def _serve(
    db: str | None,
    *,
    host: str,
    port: int,
    workers: int | None,
    shown: Sample | None,
    lang: str | None,
    lan: bool,
) -> None:
    import uvicorn  # here, so that other commands start without it

    from field_api.app import create_app
    from field_api.deps import now
    from field_api.services.house.safety import refuse_unsafe

    settings = _settings(db, lang, workers, shown)
    office = lan_of(host, port, settings.workers) if lan else None
    if office is not None:
        host = office.host
        settings = settings.model_copy(update={"public_url": office.url})
    database = opened(settings.db)
    refuse_unsafe(settings, database, host=host, own_tls=lan)
    papers = certified(office, settings.data_dir) if office is not None else None
    app = create_app(settings, database)
    if shown is not None:
        app.dependency_overrides[now] = demo_clock(shown)
        _say(
            N_("The demo's clock begins at {time} on {day}, the first day of its cycle."),
            time=f"{DEMO_BEGINS:%H:%M}",
            day=shown.first_day.isoformat(),
        )
        text = N_("Log in as {names} with “{password}”.")
        typer.echo(
            say(chosen_language(), text, names=", ".join(shown.usernames), password=PASSWORD)
        )
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        server_header=False,
        access_log=False,  # the service writes a line of its own, without addresses and paths
        log_config=logs.config(settings.log_format, settings.log_level),
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=settings.trusted_proxies,
        timeout_graceful_shutdown=PATIENCE_S,
        ssl_certfile=papers.certificate if papers else None,
        ssl_keyfile=papers.key if papers else None,
        ws="none",  # there are no web sockets, and the server would log their paths
    )

    class Server(uvicorn.Server):
        """Tells answers that would go on, such as a run's events, to come to their end."""

        def handle_exit(self, sig: int, frame: FrameType | None) -> None:
            app.state.house.ending.set()
            super().handle_exit(sig, frame)

    def answer(sockets: list[socket] | None = None) -> None:
        server = Server(config)
        with suppress(KeyboardInterrupt):
            server.run(sockets)
        if not server.started:  # it said why
            raise typer.Exit(FAILED)

    try:
        if office is not None and papers is not None:
            with announced(office, papers, chosen_language()):
                answer()
        elif settings.workers == 1:
            answer()
        else:
            shared = [config.bind_socket()]
            database.close()  # each worker opens connections of its own
            run_workers(settings.workers, lambda: answer(shared))
    finally:
        database.close()


def demo_clock(sample: Sample) -> Callable[[], datetime]:
    """A clock that begins in the morning of the first day of the sample's cycle, whatever the
    time of day is, then goes on: a day can be lived through from its beginning."""
    begun = datetime.now(UTC)
    morning = datetime.combine(sample.first_day, DEMO_BEGINS, ZoneInfo(sample.timezone))

    def now() -> datetime:
        return (morning + (datetime.now(UTC) - begun)).astimezone(UTC)

    return now


def _settings(
    db: str | None, lang: str | None, workers: int | None, sample: Sample | None
) -> Settings:
    if sample is None:
        return load_settings(db=db, lang=lang, workers=workers)
    return load_settings(
        db=sample.demo_db,
        lang=lang or sample.language,
        timezone=sample.timezone,
        country=sample.country,
        workers=workers,
    )


def _refuse_without_demo(db: str | None, sample: Sample) -> None:
    if db is not None:
        raise Refused(N_("--demo brings its own database; leave --db out."))
    if not sample.demo_file.exists():
        raise Refused(
            N_("There is no demo at {path} yet; run `callcycle demo --sample {sample}` first."),
            path=str(sample.demo_file),
            sample=sample.name,
        )
