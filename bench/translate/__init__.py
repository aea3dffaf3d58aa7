"""A benchmark's values as a `Problem` and a `Plan` as its solution, one kind a file."""
