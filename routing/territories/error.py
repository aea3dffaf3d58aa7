"""What keeps a district from being divided, each with a stable code and the values to name."""

from __future__ import annotations

from enum import StrEnum
from functools import partial


class Obstacle(StrEnum):
    """Why there is no proposal. The values are codes that callers translate."""

    NO_CUSTOMERS = "no_customers"
    NO_REPS = "no_reps"
    TOO_MANY_CUSTOMERS = "too_many_customers"
    MORE_REPS_THAN_PLACES = "more_reps_than_places"
    ONE_PLACE = "one_place"
    NO_HOURS_NEEDED = "no_hours_needed"
    NO_HOURS = "no_hours"
    FIXED_WITHOUT_REP = "fixed_without_rep"
    FIXED_OVER_CAPACITY = "fixed_over_capacity"
    FIXED_TOGETHER = "fixed_together"
    NO_AREA = "no_area"
    OUTSIDE_AREA = "outside_area"
    ISLAND_WITHOUT_REP = "island_without_rep"
    REP_WITHOUT_CUSTOMERS = "rep_without_customers"
    LIMIT_OUT_OF_REACH = "limit_out_of_reach"
    CUSTOMER_WITHOUT_REP = "customer_without_rep"


class UnusableDistrict(ValueError):
    """The district cannot be divided. `params` are the values that a message names."""

    def __init__(self, obstacle: Obstacle, **params: object) -> None:
        self.obstacle = obstacle
        self.params = params
        named = ", ".join(f"{name} {value}" for name, value in params.items())
        super().__init__(f"{obstacle.value}: {named}" if named else obstacle.value)

    def __reduce__(self) -> tuple[partial[UnusableDistrict], tuple[()]]:
        """Made again from obstacle and params when it comes from a worker."""
        return partial(UnusableDistrict, self.obstacle, **self.params), ()
