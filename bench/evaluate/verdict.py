"""What a solution costs and which of the benchmark's rules it breaks."""

from dataclasses import dataclass

TOLERANCE = 1e-6  # what float64 sums may be off, in the file's units


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """`cost` in the file's units; `violations` are sentences, empty for a feasible solution."""

    cost: float
    violations: tuple[str, ...]


def chosen_patterns(
    days_of: dict[int, list[int]], patterns: dict[int, frozenset[tuple[int, ...]]]
) -> list[str]:
    """A sentence for each customer that is unknown, missing or on days that are no pattern of it.

    `days_of`: the days on which each customer stands, once for each time.
    """
    found = [f"customer {one} is not in the file" for one in sorted(days_of.keys() - patterns)]
    for customer, allowed in patterns.items():
        days = tuple(sorted(days_of.get(customer, ())))
        if days not in allowed and (days or allowed):
            found.append(f"customer {customer} is on days {list(days)}, which is no pattern of it")
    return found
