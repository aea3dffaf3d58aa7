"""Use cases, one function each: the only place where the rooms meet."""
