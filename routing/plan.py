"""What was decided: day routes with times, and every visit that found no place, with its reason."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from routing.reasons import ReasonCode


@dataclass(frozen=True, kw_only=True)
class Stop:
    """One visit on a day. Times are seconds after local midnight; `travel_s` and `travel_m` are
    the leg from the stop before (without a lunch taken on that leg)."""

    visit_id: str
    customer_id: str
    arrive_s: int
    begin_s: int
    end_s: int
    travel_s: int
    travel_m: int
    purpose: str


@dataclass(frozen=True, kw_only=True)
class DayRoute:
    """A rep's day in order. `travel_back_s` and `travel_back_m` are the last leg."""

    rep_id: str
    date: date
    leave_s: int
    return_s: int
    stops: tuple[Stop, ...]
    travel_back_s: int
    travel_back_m: int
    lunch_begin_s: int | None = None

    @property
    def travel_s(self) -> int:
        """Seconds on the road, the way back included."""
        return sum(stop.travel_s for stop in self.stops) + self.travel_back_s

    @property
    def travel_m(self) -> int:
        """Metres driven, the way back included."""
        return sum(stop.travel_m for stop in self.stops) + self.travel_back_m


@dataclass(frozen=True, kw_only=True)
class Remedy:
    """A change that lets a visit in, confirmed by the checker: a stable code, its numbers, and what
    it asks of people in minutes of trouble (docs/explanations.md)."""

    code: str
    params: dict[str, str | int] = field(default_factory=dict)
    cost: int = 0


@dataclass(frozen=True, kw_only=True)
class Unserved:
    """A visit that is due and on no day: why, by which rule, and what would let it in, the
    cheapest remedy first."""

    visit_id: str
    customer_id: str
    code: ReasonCode
    rule: str
    params: dict[str, str | int] = field(default_factory=dict)
    remedies: tuple[Remedy, ...] = ()

    @property
    def remedy(self) -> Remedy | None:
        """The cheapest remedy found."""
        return self.remedies[0] if self.remedies else None


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A `Problem` decided. `fingerprint` is that of the problem, `seed` and `work` repeat it."""

    problem_id: str
    fingerprint: str
    seed: int
    work: int
    routes: tuple[DayRoute, ...]
    unserved: tuple[Unserved, ...]
    travel_source: str
    warnings: tuple[str, ...] = ()
