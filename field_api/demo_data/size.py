"""How large a made-up company is."""

from dataclasses import dataclass
from math import ceil

from crm.errors import Refused
from crm.text import N_

CUSTOMERS_A_REP = 160
REPS_A_DISTRICT = 10
MOST_CUSTOMERS, MOST_REPS = 500_000, 3_000
MOST_CUSTOMERS_A_REP = 1_000


@dataclass(frozen=True, kw_only=True)
class Size:
    """So many customers and reps; each rep works one territory."""

    customers: int
    reps: int

    @classmethod
    def of(cls, customers: int, reps: int | None = None) -> "Size":
        """A size with the usual number of reps unless one is named. Raises `Refused` for numbers
        that no company has."""
        chosen = max(1, round(customers / CUSTOMERS_A_REP)) if reps is None else reps
        if not 1 <= customers <= MOST_CUSTOMERS:
            raise Refused(
                N_("{n} customers cannot be made; name a number from 1 to {most}."),
                n=customers,
                most=MOST_CUSTOMERS,
            )
        fewest = ceil(customers / MOST_CUSTOMERS_A_REP)
        if not fewest <= chosen <= min(MOST_REPS, customers):
            raise Refused(
                N_("{n} reps for {customers} customers make no company; name {fewest} to {most}."),
                n=chosen,
                customers=customers,
                fewest=fewest,
                most=min(MOST_REPS, customers),
            )
        return cls(customers=customers, reps=chosen)

    def customers_of(self, rep: int) -> int:
        """How many customers a rep has, by number from 0; all together they are all."""
        return (rep + 1) * self.customers // self.reps - rep * self.customers // self.reps
