"""Which day: patterns of days for each customer, found by CP-SAT and a ruin-and-recreate search."""
