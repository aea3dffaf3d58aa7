"""Places by addresses: asked of a geocoder, judged, queued where in doubt, settled by people."""

from field_api.services.geocoding.asking import (
    GeocoderRefuses,
    NoGeocoder,
    address_at,
    candidates_for,
)
from field_api.services.geocoding.running import Outcome, Result, due, run
from field_api.services.geocoding.settling import doubtful, settle
from field_api.services.geocoding.suggesting import suggestion

__all__ = [
    "GeocoderRefuses",
    "NoGeocoder",
    "Outcome",
    "Result",
    "address_at",
    "candidates_for",
    "doubtful",
    "due",
    "run",
    "settle",
    "suggestion",
]
