"""准点率: arrivals inside the window ÷ visits with a window. The window of a booked visit."""

EARLY_S, LATE_S = 30 * 60, 10 * 60  # whoever comes earlier or later meets nobody


def is_on_time(arrived_s: int, begin_s: int) -> bool:
    """Whether an arrival is inside the window of a visit booked for `begin_s`; both are seconds
    after local midnight."""
    return begin_s - EARLY_S <= arrived_s <= begin_s + LATE_S
