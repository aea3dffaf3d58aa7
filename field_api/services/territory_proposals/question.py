"""A question about territories as somebody asked it, in the plain form that jobs carry."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

DAYS_A_WEEK = 7


class Task(StrEnum):
    """Whether the district is divided anew, or as few customers as can be are moved."""

    PROPOSE = "propose"
    REPAIR = "repair"


@dataclass(frozen=True, kw_only=True)
class Question:
    """Which district, by the work of which days. `rep_codes` empty: the district's active reps,
    and `more_reps` besides who are not there yet. `fixed` are codes of customers who keep their
    rep. `geometry` is the ground as GeoJSON; None: that of today's territories. `tolerance` is a
    proposal's, `limit` a repair's."""

    task: Task
    district_code: str
    first_day: date
    weeks: int = 4
    country: str = ""
    rep_codes: tuple[str, ...] = ()
    more_reps: int = 0
    fixed: tuple[str, ...] = ()
    geometry: Mapping[str, Any] | None = None
    tolerance: float = 0.04
    limit: float = 0.1
    by_home: bool = True
    whole_towns: bool = False
    across_water: bool = False
    fresh: bool = False

    @property
    def last_day(self) -> date:
        """The last day whose work counts."""
        return self.first_day + timedelta(days=DAYS_A_WEEK * self.weeks - 1)

    def to_plain(self) -> dict[str, Any]:
        """As JSON."""
        return asdict(self) | {
            "first_day": self.first_day.isoformat(),
            "rep_codes": list(self.rep_codes),
            "fixed": list(self.fixed),
        }

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> "Question":
        """What `to_plain` wrote."""
        return cls(
            **dict(plain)
            | {
                "task": Task(plain["task"]),
                "first_day": date.fromisoformat(plain["first_day"]),
                "rep_codes": tuple(plain["rep_codes"]),
                "fixed": tuple(plain["fixed"]),
            }
        )
