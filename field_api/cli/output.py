"""Where the commands print their tables."""

from rich.console import Console

PIPED_WIDTH = 120  # where nobody's window tells: wide enough for every table


def stdout() -> Console:
    """The standard output, in the window's width."""
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=PIPED_WIDTH)
