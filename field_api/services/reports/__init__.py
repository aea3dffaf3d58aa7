"""Visit reports: kept for good, read, searched and reviewed."""
