"""`python -m bench`: what the product does and how fast, one JSON line a figure or an instance."""

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from bench.instances import cases, run_case
from bench.journal import Journal
from bench.read.error import BadInstance
from bench.readme import README
from routing.solve import DEFAULT_WORK

app = typer.Typer(no_args_is_help=True, add_completion=False)

Files = Annotated[list[Path], typer.Argument(metavar="INSTANCE-FILE...", exists=True)]
CpuSeconds = Annotated[float, typer.Option(min=0.01, help="CPU seconds an instance and seed.")]
Seeds = Annotated[str, typer.Option(help="Seeds, with commas between them.")]
Out = Annotated[Path | None, typer.Option(help="Folder for the solutions.")]

ONE_SEED = "1"
DATA = Path(__file__).parent / "data"


@app.callback()
def _root() -> None:
    """Benchmarks; each prints one JSON line a figure: figure, value, unit, goal, ok."""


@app.command()
def sample(
    work: Annotated[
        int, typer.Option(min=0, help="Thousands of steps of the search for each visit.")
    ] = DEFAULT_WORK,
    seed: Annotated[int, typer.Option(min=0)] = 1,
) -> None:
    """The planner on the sample: quality, repeatability and CPU seconds a rep."""
    from bench import sample as sample_bench  # the whole application, which no other bench needs

    sample_bench.run(work=work, seed=seed)


@app.command()
def roads(
    work: Annotated[
        int, typer.Option(min=0, help="Thousands of steps of the search for each visit.")
    ] = 500,
    seed: Annotated[int, typer.Option(min=0)] = 1,
    osrm_url: Annotated[
        str | None, typer.Option(help="An OSRM for cars on Malta (default: builds one).")
    ] = None,
) -> None:
    """Straight lines against OSRM on the sample: legs, and the month planned with each."""
    from bench import roads as roads_bench  # the whole application, which no other bench needs

    roads_bench.run(work=work, seed=seed, url=osrm_url)


@app.command()
def cycle(
    files: Files, cpu_seconds: CpuSeconds = 30, seeds: Seeds = ONE_SEED, out: Out = None
) -> None:
    """Call cycles of one rep over four weeks."""
    _instances("cycle", files, cpu_seconds, seeds, out)


@app.command()
def pvrp(
    files: Files, cpu_seconds: CpuSeconds = 60, seeds: Seeds = ONE_SEED, out: Out = None
) -> None:
    """Periodic routes of several vehicles, with or without time windows (Cordeau's format)."""
    _instances("pvrp", files, cpu_seconds, seeds, out)


@app.command()
def tsptw(
    files: Files, cpu_seconds: CpuSeconds = 1, seeds: Seeds = ONE_SEED, out: Out = None
) -> None:
    """One vehicle's tour with time windows."""
    _instances("tsptw", files, cpu_seconds, seeds, out)


@app.command()
def peers(
    days: Annotated[int, typer.Option(min=1, help="Days of each size.")] = 2,
    cpu_seconds: Annotated[float, typer.Option(min=0.01, help="CPU seconds a cycle.")] = 30,
    seed: Annotated[int, typer.Option(min=0)] = 1,
    readme: Annotated[Path, typer.Option(exists=True, help="Where the tables go.")] = README,
) -> None:
    """Days and cycles by VROOM, PyVRP, OR-Tools and the product, side by side."""
    from bench.peers import report  # its packages are the bench's alone

    groups = report.run_peers(
        report.made_up_days(days),
        sorted((DATA / "cycle").glob("*.json")),
        cpu_seconds=cpu_seconds,
        seed=seed,
    )
    report.write(groups, readme, datetime.now(tz=UTC).date())


@app.command()
def planner(
    quick: Annotated[bool, typer.Option("--quick", help="Six instances, two seeds.")] = False,
    data: Annotated[
        Path, typer.Option(exists=True, file_okay=False, help="Folder laid out like bench/data.")
    ] = DATA,
    resume: Annotated[
        Path | None, typer.Option(help="Keep what is measured here, and take it up again.")
    ] = None,
    readme: Annotated[
        Path | None, typer.Option(exists=True, help="Write the table into this file.")
    ] = None,
) -> None:
    """All figures of the planner against their goals; in full it takes hours."""
    from bench.planner import table  # replanning and peers, which instances do not need
    from bench.planner.settings import Settings

    settings = Settings(quick=quick, data=data, journal=Journal(resume))
    figures = table.run_sections(settings)
    if readme is not None:
        table.write(figures, readme, datetime.now(tz=UTC).date())


@app.command()
def territories(
    work: Annotated[
        int, typer.Option(min=0, help="Thousands of steps of the search for each visit.")
    ] = DEFAULT_WORK,
    seed: Annotated[int, typer.Option(min=0)] = 1,
) -> None:
    """Territories proposed and repaired on the sample: balance, planned travel, moves, seconds."""
    from bench import territories as territories_bench  # the whole application

    territories_bench.run(work=work, seed=seed)


@app.command()
def service(
    postgresql: Annotated[
        bool, typer.Option("--postgresql", help="On PostgreSQL instead of SQLite.")
    ] = False,
    seconds: Annotated[
        float, typer.Option(min=0, help="Of each measurement of speed; 0: none.")
    ] = 15,
    kills: Annotated[int, typer.Option(min=0, help="Rounds of kill -9 under load.")] = 200,
    workers: Annotated[int, typer.Option(min=1, help="Of the service.")] = 2,
) -> None:
    """The service under load: reads, durable writes, and what survives kill -9."""
    from bench.service.run import run  # the whole application, which no other bench needs

    arguments = ("--workers", str(workers))
    run(
        "postgresql" if postgresql else "sqlite", seconds=seconds, rounds=kills, arguments=arguments
    )


@app.command()
def phone(
    folder: Annotated[
        Path, typer.Option(exists=True, file_okay=False, help="Where `callcycle demo` was run.")
    ] = Path(),
) -> None:
    """The rep's page in a browser: its weight, when it can be used, a report off line."""
    from bench import phone as phone_bench  # its browser is the tests' own

    phone_bench.run(folder=folder)


@app.command()
def desk(
    db: Annotated[
        str, typer.Option(help="A database of `callcycle demo-data`; made when it is not there.")
    ] = "sqlite:///demo/large/callcycle.db",
    customers: Annotated[int, typer.Option(min=1, help="Of a database that is made.")] = 50_000,
    reps: Annotated[int, typer.Option(min=1, help="Of a database that is made.")] = 300,
    browser: Annotated[bool, typer.Option(help="Also in a browser.")] = True,
    only: Annotated[str, typer.Option(help="Only pages with this in their address.")] = "",
    readme: Annotated[
        Path | None, typer.Option(exists=True, help="Write the table into this file.")
    ] = None,
) -> None:
    """Every page of the desk on a large database: milliseconds, queries, bytes."""
    from bench import desk as desk_bench  # the whole application, and the tests' browser
    from field_api.demo_data.size import Size

    size = Size.of(customers, reps)
    desk_bench.run(db=db, size=size, readme=readme, browser=browser, only=only)


def _instances(
    kind: str, files: list[Path], cpu_seconds: float, seeds: str, out: Path | None
) -> None:
    """A JSON line an instance and seed; what a plan breaks goes to the error stream."""
    try:
        numbers = [int(seed) for seed in seeds.split(",")]
    except ValueError:
        raise typer.BadParameter(f"--seeds is {seeds}; numbers like 1,2,3 were expected") from None
    try:
        wanted = cases(kind, files)
    except BadInstance as error:
        typer.echo(f"Error: {error}", err=True)
        raise typer.Exit(1) from error
    for case in wanted:
        for seed in numbers:
            result, wrong = run_case(case, seed=seed, cpu_seconds=cpu_seconds, out=out)
            print(json.dumps(asdict(result), ensure_ascii=False), flush=True)
            for sentence in wrong:
                typer.echo(f"{case.name}, seed {seed}: {sentence}", err=True)


if __name__ == "__main__":
    app()
