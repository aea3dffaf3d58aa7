"""One vehicle's tour with time windows: n, an n x n matrix, then n windows; node 0 is the depot."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from bench.read.error import BadInstance


@dataclass(frozen=True, kw_only=True)
class TsptwInstance:
    """`travel[i][j]` with the service at i in it; `windows[i]`: earliest and latest arrival at i,
    at the depot leaving and returning. Decimals as the file has them."""

    travel: tuple[tuple[Decimal, ...], ...]
    windows: tuple[tuple[Decimal, Decimal], ...]


def read_tsptw(path: Path) -> TsptwInstance:
    """Read a file; what follows a `#` is no part of it. Raises `BadInstance` where a number is
    missing or cannot be read."""
    words = [w for line in path.read_text().splitlines() for w in line.partition("#")[0].split()]
    try:
        size, *numbers = (Decimal(word) for word in words)
    except (InvalidOperation, ValueError) as error:
        raise BadInstance(f"{path.name}: {error!r}; numbers alone were expected") from error
    count = int(size)
    wanted = count * count + 2 * count
    if len(numbers) != wanted:
        raise BadInstance(f"{path.name}: {len(numbers)} numbers; {count} nodes ask for {wanted}")
    cells, edges = numbers[: count * count], numbers[count * count :]
    return TsptwInstance(
        travel=tuple(tuple(cells[row * count : (row + 1) * count]) for row in range(count)),
        windows=tuple(zip(edges[::2], edges[1::2], strict=True)),
    )
