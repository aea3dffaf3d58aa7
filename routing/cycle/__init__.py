"""Which day: a compiled ruin-and-recreate search over whole cycles, and its result."""
