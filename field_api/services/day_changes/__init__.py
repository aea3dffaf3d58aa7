"""A day that changes while the rep is under way: looked at first, then accepted."""

from field_api.services.day_changes.accepting import accept, listed, preview

__all__ = ["accept", "listed", "preview"]
