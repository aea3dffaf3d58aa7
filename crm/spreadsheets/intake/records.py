"""What a row becomes, and what must be known to judge it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from crm.spreadsheets.parse import Judgement, Parsed
from crm.text import N_
from crm.vocabulary import CoordinateSystem


@dataclass(kw_only=True)
class Record:
    """A table row to be: `key` finds it again, `values` are columns that the file gives,
    `new_only` those that hold when the row is new. Columns in neither stay as they are."""

    parsed: Parsed
    key: tuple[Any, ...]
    values: dict[str, Any]
    new_only: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class KnownCustomer:
    """A customer imported before; `rep_id` works its territory, `source` is (lat, lon) as they
    came in. Where its card was merged, `merged_into` is the kept one's code, and `id` and `rep_id`
    are the kept one's."""

    id: int
    rep_id: int | None
    source_system: CoordinateSystem
    source: tuple[float, float]
    merged_into: str = ""


@dataclass(frozen=True, kw_only=True)
class KnownRep:
    """A rep imported before; `times` are the day's times by column, `lunch_s` how long lunch is."""

    id: int
    district_id: int
    times: Mapping[str, int]
    lunch_s: int


@dataclass(frozen=True, kw_only=True)
class Known:
    """What stands in the database, by code; `bounds` is (south, west, north, east) of all
    territories; `today` the day of the import."""

    today: date
    customers: Mapping[str, KnownCustomer] = field(default_factory=dict)
    reps: Mapping[str, KnownRep] = field(default_factory=dict)
    districts: Mapping[str, int] = field(default_factory=dict)
    promises_made: Mapping[str, date] = field(default_factory=dict)
    bounds: tuple[float, float, float, float] | None = None


Intake = Callable[[Parsed, Known, Judgement], Record | None]


def given(parsed: Parsed, defaults: Mapping[str, Any]) -> dict[str, Any]:
    """The row's values for these columns where its file has them; an empty cell means the
    default."""
    values = parsed.values
    return {
        name: default if values[name] is None else values[name]
        for name, default in defaults.items()
        if name in values
    }


def known_customer(parsed: Parsed, known: Known, judgement: Judgement) -> KnownCustomer | None:
    """The customer that the row names; None, and the row rejected, when there is none."""
    code = parsed.values["customer_code"]
    found = known.customers.get(str(code))
    if found is None:
        judgement.reject(
            parsed.row,
            "customer_code",
            N_("is no known customer"),
            N_("Import customers first, or correct the code."),
        )
    return found


def known_rep(
    parsed: Parsed, known: Known, judgement: Judgement, name: str
) -> tuple[bool, KnownRep | None]:
    """(acceptable, rep) that the column `name` names; (True, None) when it is empty or absent."""
    code = parsed.values.get(name)
    if code is None:
        return True, None
    found = known.reps.get(str(code))
    if found is None:
        judgement.reject(
            parsed.row,
            name,
            N_("is no known rep"),
            N_("Import reps first, or correct the code."),
        )
    return found is not None, found
