"""Periodic vehicle routing in Cordeau's format, type 1, and type 5 with time windows."""

from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from bench.read.error import BadInstance

WITH_WINDOWS = 5
KNOWN_TYPES = (1, WITH_WINDOWS)


@dataclass(frozen=True, kw_only=True)
class PvrpNode:
    """`patterns`: sets of days from 0, of which exactly one is chosen; none for the depot.
    `window` on the start of service (at the depot on leaving and returning), if there is one."""

    id: int
    x: float
    y: float
    service: float
    demand: float
    patterns: tuple[tuple[int, ...], ...]
    window: tuple[float, float] | None


@dataclass(frozen=True, kw_only=True)
class PvrpInstance:
    """`longest[d]` and `capacity[d]`: a route's duration (None: any) and load on day d. Nodes
    are in order of the file, the depot first; travel time is the Euclidean distance."""

    vehicles: int
    days: int
    longest: tuple[float | None, ...]
    capacity: tuple[float, ...]
    nodes: tuple[PvrpNode, ...]


def read_pvrp(path: Path) -> PvrpInstance:
    """Read a file. Raises `BadInstance` where a line is missing or cannot be read."""
    try:
        lines = (words for line in path.read_text().splitlines() if (words := line.split()))
        kind, vehicles, customers, days = (int(word) for word in next(lines)[:4])
        if kind not in KNOWN_TYPES:
            raise BadInstance(f"{path.name}: type is {kind}; only {KNOWN_TYPES} can be read")
        limits = [(float(a), float(b)) for a, b in islice(lines, days)]
        windows = kind == WITH_WINDOWS
        nodes = tuple(_node(words, days, windows) for words in islice(lines, customers + 1))
    except (ValueError, IndexError, StopIteration) as error:
        if isinstance(error, BadInstance):
            raise
        raise BadInstance(f"{path.name}: {error!r}; a periodic VRP was expected") from error
    if len(nodes) != customers + 1:
        raise BadInstance(f"{path.name}: {len(nodes)} nodes; 1 + {customers} were expected")
    return PvrpInstance(
        vehicles=vehicles,
        days=days,
        longest=tuple(duration or None for duration, _ in limits),
        capacity=tuple(load for _, load in limits),
        nodes=nodes,
    )


def _node(words: list[str], days: int, windows: bool) -> PvrpNode:
    """`id x y service demand frequency a combo_1 .. combo_a [earliest latest]`."""
    count = int(words[6])
    combos = [int(word) for word in words[7 : 7 + count]]
    if len(combos) != count or any(not 0 < combo < 2**days for combo in combos):
        raise ValueError(f"node {words[0]}: {combos} are not {count} sets of {days} days")
    window = None
    if windows:
        earliest, latest = words[7 + count : 9 + count]
        window = (float(earliest), float(latest))
    return PvrpNode(
        id=int(words[0]),
        x=float(words[1]),
        y=float(words[2]),
        service=float(words[3]),
        demand=float(words[4]),
        patterns=tuple(_days_of(combo, days) for combo in combos),
        window=window,
    )


def _days_of(combo: int, days: int) -> tuple[int, ...]:
    """The days of a set written in binary, its most significant bit the first day."""
    return tuple(day for day in range(days) if combo >> (days - 1 - day) & 1)
