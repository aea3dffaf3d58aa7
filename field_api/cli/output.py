"""Where the commands print their tables."""

from rich.console import Console

PIPED_WIDTH = 120  # where nobody's window tells: wide enough for every table


def stdout() -> Console:
    """The standard output, in the window's width. Texts are shown as they are: a name may hold
    what rich takes for markup."""
    console = Console(highlight=False, markup=False, emoji=False)
    if not console.is_terminal:
        console.width = PIPED_WIDTH
    return console
