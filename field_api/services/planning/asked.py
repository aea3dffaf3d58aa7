"""A cycle as somebody asked for it, in the plain form that jobs carry."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from field_api.services.planning.cycle import CycleRequest, last_day_of
from field_api.services.planning.solving import Effort
from routing.solve import DEFAULT_WORK
from routing.travel.interface import TravelTimes
from routing.weights import Weights


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What decides about a plan besides the facts. `today` is the asker's day."""

    first_day: date
    weeks: int
    today: date
    country: str
    purpose: str
    seed: int = 1
    work: int = DEFAULT_WORK
    weights: Weights | None = None

    @property
    def last_day(self) -> date:
        """The last day of the cycle."""
        return last_day_of(self.first_day, self.weeks)

    def request_for(self, rep_codes: Sequence[str], travel: TravelTimes) -> CycleRequest:
        """Which days, for these reps; for none named, all."""
        return CycleRequest(
            first_day=self.first_day,
            weeks=self.weeks,
            today=self.today,
            country=self.country,
            rep_codes=tuple(rep_codes),
            publish=False,
            travel=travel,
        )

    @property
    def effort(self) -> Effort:
        """How it is searched for."""
        return Effort(seed=self.seed, work=self.work, weights=self.weights)

    def to_plain(self) -> dict[str, Any]:
        """As JSON."""
        return asdict(self) | {
            "first_day": self.first_day.isoformat(),
            "today": self.today.isoformat(),
        }

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> "Asked":
        """What `to_plain` wrote; other entries are left alone."""
        weights = plain["weights"]
        return cls(
            first_day=date.fromisoformat(plain["first_day"]),
            weeks=plain["weeks"],
            today=date.fromisoformat(plain["today"]),
            country=plain["country"],
            purpose=plain["purpose"],
            seed=plain["seed"],
            work=plain["work"],
            weights=None if weights is None else _weights(weights),
        )


def _weights(plain: Mapping[str, Any]) -> Weights:
    """JSON has no tuples."""
    missed = tuple((grade, value) for grade, value in plain["missed_by_grade"])
    return Weights(**{**plain, "missed_by_grade": missed})
