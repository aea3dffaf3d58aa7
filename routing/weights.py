"""The objective in one place: what each kind of imperfection costs, in seconds of travel.

Commitments come first, then visits by grade: each step weighs eight of the next, more than the
visits that one visit's time could hold, and the last more than a visit that has room can cost. The
rest is one sum. docs/weights.md tells when to change what.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from routing.problem import Customer, Matrix, Visit

STEP = 8
GRADES = "ABCDE"
E_GRADE = 250_000  # see `dearest_s`
HARD_DAY_S = 12 * 3600  # no working day is meant to be longer


def ranks(least: int) -> dict[str, Any]:
    """The fields that decide before the rest, where missing an E customer's visit costs `least`."""
    by_grade = tuple((grade, least * STEP**n) for n, grade in enumerate(reversed(GRADES)))
    return {
        "missed_commitment": least * STEP ** len(GRADES),
        "missed_by_grade": tuple(reversed(by_grade)),
    }


@dataclass(frozen=True, kw_only=True)
class Weights:
    """All in seconds. `balance_s`: a day that is h seconds of work off the mean costs h²/balance_s,
    so that an hour costs `3600² / balance_s` (900 s by default) and two hours four times that."""

    missed_commitment: int = ranks(E_GRADE)["missed_commitment"]
    missed_by_grade: tuple[tuple[str, int], ...] = ranks(E_GRADE)["missed_by_grade"]
    off_ideal: int = 600  # for a visit as far off its due date as its gaps allow; half as far, half
    moved_off_published_day: int = 1800  # in replanning, for each visit on another day
    balance_s: int = 14_400
    not_by_owner: int = 900  # for a visit by another rep than the customer's own
    money: int = 60  # what one unit of the currency is worth

    def off_due_date(self, customer: Customer, days: int) -> int:
        """What a visit `days` off its due date costs: a week means less to a quarterly customer
        than a day to a weekly one."""
        if customer.max_gap_days is None:
            return 0
        tolerance = max(1, (customer.max_gap_days - customer.min_gap_days) // 2)
        return self.off_ideal * days // tolerance

    def leg_cost(self, travel_s: Matrix, travel_m: Matrix, cents_per_km: int) -> Matrix:
        """What each leg costs: time first, then money. Shape (n, n), int32."""
        if not cents_per_km or not self.money:
            return travel_s
        cents_s = travel_m.astype(np.int64) * cents_per_km * self.money // (1000 * 100)
        return np.asarray(travel_s + cents_s, dtype=np.int32)

    def missed(self, visit: Visit, grade: str) -> int:
        """What leaving a visit out costs; of two commitments the higher grade's is kept."""
        by_grade = dict(self.missed_by_grade)[grade]
        return by_grade + (self.missed_commitment if visit.commitment else 0)

    def dearest_s(self) -> int:
        """What a visit that has room may cost at most: a long day on the road, as much again in
        money, and everything else at its worst. A visit is missed only where it has no room, so
        missing one must cost more."""
        uneven = HARD_DAY_S**2 // self.balance_s if self.balance_s else 0
        wishes = self.off_ideal + self.moved_off_published_day + self.not_by_owner
        return 2 * HARD_DAY_S + uneven + wishes
