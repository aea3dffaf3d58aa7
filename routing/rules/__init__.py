"""Hard rules as the planner applies them, one a file. The checker has its own reading."""
