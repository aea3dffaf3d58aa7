"""Months in counts: reckoned for the whole company by sets, kept, and read by who may see them."""
