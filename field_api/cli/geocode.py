"""`callcycle geocode`."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from crm.database import Database
from crm.rules.access import OPERATOR
from crm.text import N_
from field_api.cli.options import DbOption, LangOption, chosen_language, opened
from field_api.geocoders import geocoder_of
from field_api.ground import ground_by
from field_api.services.geocoding import NoGeocoder, Outcome, Result, due, run
from field_api.services.geocoding.running import Due
from field_api.settings import load_settings
from field_api.wording import say
from maps.geocoding.ask import PATIENT, Geocoder

SHOWN = 20
MOST = 1_000_000
SUMMARY = {
    Outcome.PLACED: N_("{count} placed by their addresses"),
    Outcome.DOUBTFUL: N_("{count} in doubt, queued for a person"),
    Outcome.NOT_FOUND: N_("{count} not found, queued for a person"),
    Outcome.UNANSWERED: N_("{count} without an answer, asked again next time"),
    Outcome.OVERTAKEN: N_("{count} changed by somebody meanwhile"),
}


def geocode(
    limit: Annotated[
        int | None, typer.Option(min=1, max=MOST, help="Ask for so many customers at most.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be asked; ask nobody.")
    ] = False,
    map_file: Annotated[
        Path | None,
        typer.Option("--map", help="Draw the places in doubt into this page, after asking."),
    ] = None,
    db: DbOption = None,
    lang: LangOption = None,
) -> None:
    """Find the places of customers that have only an address; what is in doubt waits for a person.

    Ends and goes on at will: each customer is kept by itself, and nothing is asked twice.
    """
    settings = load_settings(db=db)
    geocoder = geocoder_of(settings, PATIENT)
    if geocoder is None and map_file is None:
        raise NoGeocoder
    database = opened(db)
    if geocoder is not None:
        wanted = due(database, OPERATOR, geocoder.provider)
        asked = wanted[:limit]
        if dry_run:
            _tell(asked, len(wanted), geocoder)
        else:
            _ask(database, geocoder, asked, left=len(wanted) - len(asked))
    if map_file is not None:
        _draw(database, map_file)


def _tell(asked: Sequence[Due], waiting: int, geocoder: Geocoder) -> None:
    language = chosen_language()
    text = N_(
        "{provider} would be asked for {count} of {waiting} customers without a place, which takes "
        "{seconds} s or more. Nobody was asked."
    )
    seconds = round(len(asked) * geocoder.pause_s)
    params = {"provider": geocoder.provider, "count": len(asked), "waiting": waiting}
    print(say(language, text, seconds=seconds, **params))
    for one in asked[:SHOWN]:
        print(f"  {one.code}: {one.address}")
    if len(asked) > SHOWN:
        print("  " + say(language, N_("… and {count} more"), count=len(asked) - SHOWN))


def _ask(database: Database, geocoder: Geocoder, asked: Sequence[Due], *, left: int) -> None:
    counts: Counter[Outcome] = Counter()
    with _shown(len(asked)) as advance:

        def hear(result: Result) -> None:
            counts[result.outcome] += 1
            advance()

        try:
            run(
                database,
                geocoder,
                OPERATOR,
                asked,
                clock=lambda: datetime.now(UTC),
                on_result=hear,
            )
        finally:  # also when it was stopped: what was done stays done
            print(_summary(counts, left + len(asked) - counts.total()))


def _summary(counts: Counter[Outcome], waiting: int) -> str:
    language = chosen_language()
    parts = [say(language, SUMMARY[one], count=counts[one]) for one in Outcome if counts[one]]
    parts.append(say(language, N_("{count} not asked for yet"), count=waiting))
    return "; ".join(parts)


@contextmanager
def _shown(count: int) -> Iterator[Callable[[], None]]:
    """A bar where somebody is looking."""
    console = Console(stderr=True)
    if not console.is_terminal or not count:
        yield lambda: None
        return
    with Progress(
        TextColumn(say(chosen_language(), N_("Asking"))),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=console,
        transient=True,
    ) as progress:
        task = progress.add_task("", total=count)
        yield lambda: progress.advance(task)


def _draw(database: Database, out: Path) -> None:
    from field_api.services.pictures.places import draw_places  # here: folium takes its time

    language = chosen_language()
    tiles = ground_by(load_settings())
    count = draw_places(database, OPERATOR, out, language=language, tiles=tiles)
    text = N_("{count} customers without a place drawn; open {path} in a browser.")
    print(say(language, text, count=count, path=out))
