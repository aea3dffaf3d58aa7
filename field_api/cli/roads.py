"""`callcycle roads`: a road engine on this machine, out of an OpenStreetMap extract."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from time import perf_counter
from typing import Annotated

import typer

from crm.errors import Refused
from crm.text import N_
from field_api.cli import peak_hours, roads_fit
from field_api.cli.options import LangOption, chosen_language
from field_api.cli.outcome import FAILED
from field_api.roads.building import build_roads
from field_api.roads.engine import BYTES_A_KB, BYTES_A_MB, PROFILES, Profile, find_engine
from field_api.roads.extract_files import NoMaps, draw_background, write_areas
from field_api.roads.fetching import fetch_engine
from field_api.roads.road_data import RoadData, the_built
from field_api.roads.serving import served_roads
from field_api.settings import load_settings
from field_api.wording import say

DEFAULT_PORT = 5000

app = typer.Typer(help="A road engine on this machine: fetch, build, serve.", no_args_is_help=True)
app.add_typer(peak_hours.app, name="peaks")
app.command("fit")(roads_fit.fit)
app.command("status")(roads_fit.status)
app.command("forget")(roads_fit.forget)


def _known_profile(value: str) -> str:
    if value not in PROFILES:
        raise typer.BadParameter(f"{value} is not one of {', '.join(PROFILES)}")
    return value


ProfileOption = Annotated[
    Profile, typer.Option(help="car, bicycle or foot.", callback=_known_profile)
]
ExtractArgument = Annotated[
    Path, typer.Argument(metavar="EXTRACT.osm.pbf", help="An OpenStreetMap extract.")
]


@app.command()
def fetch(lang: LangOption = None) -> None:
    """Download the road engine (21 MB) from the package registry, unless it is there."""
    data_dir = load_settings(lang=lang).data_dir
    found = find_engine(data_dir)
    engine = found or fetch_engine(data_dir)
    _say(
        N_("The road engine {version} is in {folder}."),
        version=engine.version,
        folder=engine.folder,
    )


@app.command()
def build(
    extract: ExtractArgument,
    profile: ProfileOption = "car",
    lang: LangOption = None,
) -> None:
    """Make a road engine's data of an extract."""
    data_dir = load_settings(lang=lang).data_dir
    engine = fetch_engine(data_dir)
    began = perf_counter()
    data = build_roads(engine, extract, profile, data_dir=data_dir, tell=teller())
    _say(
        N_(
            "Roads of {name} for {profile}: {mb} MB in {folder}, {seconds} s, "
            "data version {version}."
        ),
        name=data.name,
        profile=data.profile,
        mb=f"{_bytes(data, data_dir) / BYTES_A_MB:.1f}",
        folder=data.folder(data_dir),
        seconds=f"{perf_counter() - began:.1f}",
        version=data.version,
    )
    _draw(extract, data_dir, data.name)


def _draw(extract: Path, data_dir: Path, name: str) -> None:
    """The background that comes with the roads, which do without it."""
    try:
        drawn = draw_background(extract, data_dir)
    except NoMaps as error:
        typer.echo(say(chosen_language(), error.text), err=True)
        return
    _say(
        N_("The maps' background of {name}: {path}, {kb} kB, drawn to {tolerance_m} m."),
        name=name,
        path=drawn.path,
        kb=drawn.size // BYTES_A_KB,
        tolerance_m=f"{drawn.tolerance_m:.0f}",
    )


@app.command()
def areas(
    extract: ExtractArgument,
    level: Annotated[
        int, typer.Option(min=1, max=15, help="The administrative level, say 8 for municipalities.")
    ],
    out: Annotated[Path, typer.Option(help="The GeoJSON file to write.")],
    lang: LangOption = None,
) -> None:
    """Write the administrative areas of an extract, to make territories of."""
    found = write_areas(extract, level, out)
    _say(
        N_("{path}: {n} areas of level {level}, © OpenStreetMap contributors (ODbL)."),
        path=out,
        n=found.count,
        level=level,
    )
    if found.cut:
        _say(
            N_("{n} areas go on beyond the extract and were left out: {names}."),
            n=len(found.cut),
            names=", ".join(found.cut),
        )


@app.command()
def serve(
    name: Annotated[
        str | None, typer.Argument(help="Which extract, where several were built.")
    ] = None,
    profile: ProfileOption = "car",
    port: Annotated[int, typer.Option(min=0, max=65535, help="0: a free one.")] = DEFAULT_PORT,
    lang: LangOption = None,
) -> None:
    """Answer from built data on this machine alone until stopped; a port for each profile."""
    data_dir = load_settings(lang=lang).data_dir
    data = the_built(data_dir, profile, name=name)
    engine = fetch_engine(data_dir)
    if data.engine != engine.version:
        raise Refused(
            N_(
                "The roads of {name} were built by version {old} of the engine, and {new} is here; "
                "build them again."
            ),
            name=data.name,
            old=data.engine,
            new=engine.version,
        )
    with (
        suppress(KeyboardInterrupt),
        served_roads(engine, data, data_dir=data_dir, port=port) as at,
    ):
        _say(
            N_("The roads of {name} for {profile} answer on {url}, data version {version}."),
            name=data.name,
            profile=data.profile,
            url=at.url,
            version=data.version,
        )
        code = at.process.wait()
        text = N_("The road engine ended by itself, with code {code}.")
        typer.echo(say(chosen_language(), text, code=code), err=True)
        raise typer.Exit(FAILED)


def teller() -> Callable[[str], None]:
    """Says what begins, in the reader's language."""
    return lambda text: typer.echo(f"{say(chosen_language(), text)} …")


def _bytes(data: RoadData, data_dir: Path) -> int:
    return sum(file.stat().st_size for file in data.folder(data_dir).iterdir())


def _say(text: str, **params: object) -> None:
    typer.echo(say(chosen_language(), text, **params))
