"""The option that says what a good plan is."""

from pathlib import Path
from typing import Annotated

import typer

from crm.errors import Refused
from crm.text import N_
from routing.weights import Weights
from routing.weights_file import WeightsError, load_weights

WeightsOption = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        exists=True,
        dir_okay=False,
        help="What a good plan is, as TOML (docs/weights.md).",
    ),
]


def weights_of(file: Path | None) -> Weights | None:
    """The weights of the file; None: the planner's own. Raises `Refused`."""
    try:
        return None if file is None else load_weights(file)
    except WeightsError as error:
        raise Refused(N_("The weights cannot be used. {cause}"), cause=error) from error
