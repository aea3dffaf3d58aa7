"""Visit reports, and what they refer to."""
