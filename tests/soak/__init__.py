"""Long rounds of what must never fail."""
