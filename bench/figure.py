"""One line of a benchmark: a figure with its goal, the same form for every bench."""

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True, kw_only=True)
class Figure:
    """`goal` in words, `ok` whether it is reached; both None for a figure without a goal."""

    figure: str
    value: float
    unit: str
    goal: str | None = None
    ok: bool | None = None


def at_most(figure: str, value: float, unit: str, limit: float) -> Figure:
    """A figure that should not exceed a limit."""
    return Figure(figure=figure, value=value, unit=unit, goal=f"<= {limit:g}", ok=value <= limit)


def at_least(figure: str, value: float, unit: str, limit: float) -> Figure:
    """A figure that should reach a limit."""
    return Figure(figure=figure, value=value, unit=unit, goal=f">= {limit:g}", ok=value >= limit)


def tell(figure: Figure) -> None:
    """Print the figure as one JSON line."""
    print(json.dumps(asdict(figure), ensure_ascii=False), flush=True)
