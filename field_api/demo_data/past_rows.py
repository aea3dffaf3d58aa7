"""What a sample's past is written as, and what each rep is like in it."""

from dataclasses import dataclass, field
from typing import Any

from crm.models import Rep
from field_api.sample.dice import dice

MOVED, LEFT_OUT, SHUT = (0.01, 0.07), (0.01, 0.05), (0.005, 0.02)  # by rep
ORDERS, LATE_REPORT, KEPT = (0.28, 0.5), (0.01, 0.12), (0.78, 0.97)


@dataclass(frozen=True, kw_only=True)
class Habits:
    """What a rep is like: shares, by the dice."""

    moved: float
    left_out: float
    shut: float
    orders: float
    late_reports: float
    kept: float

    @classmethod
    def of(cls, rep: Rep) -> "Habits":
        """Each rep is like somebody else."""
        chance = dice("habits", rep.code)
        return cls(
            moved=chance.uniform(*MOVED),
            left_out=chance.uniform(*LEFT_OUT),
            shut=chance.uniform(*SHUT),
            orders=chance.uniform(*ORDERS),
            late_reports=chance.uniform(*LATE_REPORT),
            kept=chance.uniform(*KEPT),
        )


@dataclass
class Rows:
    """Rows by table, and the reports that visits get."""

    days: list[dict[str, Any]] = field(default_factory=list)
    visits: list[dict[str, Any]] = field(default_factory=list)
    appointments: list[dict[str, Any]] = field(default_factory=list)
    reports: list[dict[str, Any]] = field(default_factory=list)
    reviews: list[dict[str, Any]] = field(default_factory=list)
    promises: list[dict[str, Any]] = field(default_factory=list)
    reported: list[dict[str, Any]] = field(default_factory=list)  # visits' numbers and reports'
