"""The geocoder that the settings name."""

from field_api.settings import Settings
from maps.geocoding.ask import Geocoder, Patience
from maps.geocoding.providers import PUBLIC, Access

PRODUCT = "callcycle"


def geocoder_of(settings: Settings, patience: Patience) -> Geocoder | None:
    """The geocoder by the settings; None: none is to be asked."""
    if settings.geocoder == "none":
        return None
    key = settings.geocoder_key
    access = Access(
        url=(settings.geocoder_url or PUBLIC[settings.geocoder]).rstrip("/"),
        key=key.get_secret_value() if key is not None else "",
        user_agent=settings.geocoder_user_agent or PRODUCT,
        country=settings.country,
    )
    return Geocoder(settings.geocoder, access, pause_s=settings.geocoder_pause_s, patience=patience)
