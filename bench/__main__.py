"""`python -m bench`: what the product does and how fast, one JSON line a figure."""

from typing import Annotated

import typer

from bench import sample as sample_bench
from routing.solve import DEFAULT_WORK

app = typer.Typer(no_args_is_help=True, add_completion=False)


@app.callback()
def _root() -> None:
    """Benchmarks; each prints one JSON line a figure: figure, value, unit, goal, ok."""


@app.command()
def sample(
    work: Annotated[int, typer.Option(min=0, help="Rounds of the search.")] = DEFAULT_WORK,
    seed: Annotated[int, typer.Option(min=0)] = 1,
) -> None:
    """The planner on the sample: quality, repeatability and CPU seconds a rep."""
    sample_bench.run(work=work, seed=seed)


app()
