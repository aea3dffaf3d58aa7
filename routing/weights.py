"""The objective in one place: what each kind of imperfection costs, in seconds of travel.

Commitments come first, then visits by grade: each step weighs eight of the next, more than the
visits that one visit's time could hold. The rest is one sum.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from routing.problem import Customer, Matrix, Visit

STEP = 8
E_GRADE = 20_000  # a visit to an E customer is worth any detour of one day


@dataclass(frozen=True, kw_only=True)
class Weights:
    """All in seconds. `balance_s`: a day that is h seconds of work off the mean costs h²/balance_s,
    so that an hour costs `3600² / balance_s` (900 s by default) and two hours four times that."""

    missed_commitment: int = E_GRADE * STEP**5
    missed_by_grade: tuple[tuple[str, int], ...] = (
        ("A", E_GRADE * STEP**4),
        ("B", E_GRADE * STEP**3),
        ("C", E_GRADE * STEP**2),
        ("D", E_GRADE * STEP),
        ("E", E_GRADE),
    )
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
