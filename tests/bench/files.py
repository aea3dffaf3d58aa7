"""Tiny benchmark files that a person can check by hand."""

import json
from pathlib import Path

EIGHT, NOON = 8 * 3600, 12 * 3600
LEG_S = 600

TSPTW = """3
0 10 20
12 0 5
20 5.5 0
0 100
0 50
30 30
# Sum of service times: 3
"""

# Two vehicles, two customers in the corners of a 3-4-5 triangle with the depot, three days.
PVRP = """1 2 2 3
20 10
20 10
20 10
0 0 0 0 0 0 0
1 3 0 1 6 1 2 4 1
2 0 4 1 6 2 1 6
"""

PVRPTW = """5 2 2 3 1
20 10
20 10
20 10
0 0 0 0 0 0 0 0 100
1 3 0 1 6 1 2 4 1 50 60
2 0 4 1 6 2 1 6 10 20
"""


def a_cycle(**changes: object) -> dict[str, object]:
    """Two customers ten minutes from home and from each other, two days, lunch from noon to one:
    the first once on either day, the second on both."""
    minutes = [[0 if here == there else LEG_S for there in range(3)] for here in range(3)]
    hours = {"earliest_start_s": EIGHT, "latest_start_s": 18 * 3600}
    return {
        "name": "tiny",
        "days": 2,
        "day_start_s": EIGHT,
        "day_end_s": 18 * 3600,
        "lunch": {"earliest_start_s": NOON, "latest_start_s": NOON + 3600, "duration_s": 1800},
        "travel_s": minutes,
        "customers": [
            {"id": 1, "service_s": 1800, **hours, "visits": 1, "patterns": [[0], [1]]},
            {"id": 2, "service_s": 1800, **hours, "visits": 2, "patterns": [[0, 1]]},
        ],
        **changes,
    }


def written(folder: Path, name: str, content: str | dict[str, object]) -> Path:
    """The file with this text or JSON."""
    path = folder / name
    path.write_text(content if isinstance(content, str) else json.dumps(content))
    return path
