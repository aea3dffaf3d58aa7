"""Plans, the runs that make them, and what people change in them."""
