"""Which order: one rep's day with windows and lunch."""
