"""A benchmark's own evaluator: cost and broken rules in float64, from the file's values alone."""
