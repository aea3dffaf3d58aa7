"""One rep's call cycle of four weeks as JSON: travel seconds, windows, patterns of days, lunch."""

import json
from dataclasses import dataclass
from pathlib import Path

from bench.read.error import BadInstance


@dataclass(frozen=True, kw_only=True)
class CycleLunch:
    """A break that starts within [earliest_start_s, latest_start_s], seconds after midnight."""

    earliest_start_s: int
    latest_start_s: int
    duration_s: int


@dataclass(frozen=True, kw_only=True)
class CycleCustomer:
    """`id` is the row in the matrix. The visit begins within [earliest_start_s, latest_start_s];
    exactly one of `patterns`, each a set of days from 0, is chosen."""

    id: int
    service_s: int
    earliest_start_s: int
    latest_start_s: int
    patterns: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, kw_only=True)
class CycleInstance:
    """`customers` are in order of their ids, from 1. `travel_s[i][j]`: seconds from row i to row j;
    row 0 is home. Files always have a lunch."""

    days: int
    day_start_s: int
    day_end_s: int
    lunch: CycleLunch | None
    customers: tuple[CycleCustomer, ...]
    travel_s: tuple[tuple[int, ...], ...]


def read_cycle(path: Path) -> CycleInstance:
    """Read a file. Raises `BadInstance` where a value is missing or a row too short."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        instance = CycleInstance(
            days=data["days"],
            day_start_s=data["day_start_s"],
            day_end_s=data["day_end_s"],
            lunch=CycleLunch(**data["lunch"]),
            customers=tuple(_customer(item) for item in data["customers"]),
            travel_s=tuple(tuple(row) for row in data["travel_s"]),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise BadInstance(f"{path.name}: {error!r}; a call cycle in JSON was expected") from error
    size = len(instance.customers) + 1
    if len(instance.travel_s) != size or any(len(row) != size for row in instance.travel_s):
        raise BadInstance(f"{path.name}: travel_s is not {size} rows of {size} seconds")
    if [customer.id for customer in instance.customers] != list(range(1, size)):
        raise BadInstance(f"{path.name}: the customers' ids are not 1 to {size - 1} in order")
    return instance


def _customer(item: dict[str, object]) -> CycleCustomer:
    fields = dict(item)
    visits = fields.pop("visits")
    patterns = tuple(tuple(sorted(pattern)) for pattern in fields.pop("patterns"))  # type: ignore[attr-defined]
    customer = CycleCustomer(patterns=patterns, **fields)  # type: ignore[arg-type]
    if any(len(pattern) != visits for pattern in patterns):
        raise ValueError(f"customer {customer.id}: a pattern is not {visits} days")
    return customer
