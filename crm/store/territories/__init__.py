"""Territories: as they are, were, and might be."""
