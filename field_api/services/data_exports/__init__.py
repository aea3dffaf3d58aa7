"""Tables taken out of the house: asked for, approved by a second person, watermarked, logged."""

from field_api.services.data_exports.asking import ask, listed, may_export
from field_api.services.data_exports.fetching import fetch

__all__ = ["ask", "fetch", "listed", "may_export"]
