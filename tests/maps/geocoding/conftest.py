"""A geocoder on this machine, and how to ask it."""

import pytest

from maps.geocoding.ask import Geocoder, Patience
from maps.geocoding.providers import Access
from tests.support import geocoders
from tests.support.geocoders import Spot

VALLETTA = Spot(name="12 Merchants Street", town="Valletta", lat=35.8985, lon=14.5133)
JINAN = Spot(name="经十路1号", town="济南市", lat=36.6512, lon=117.1201, country="CN")
PROVIDERS = ("nominatim", "photon", "baidu", "amap")
AT_ONCE = Patience(retry_wait_s=0)
CHINESE = ("baidu", "amap")


@pytest.fixture
def fake():
    with geocoders.running() as fake:
        fake.gazetteer |= {"Merchants": [VALLETTA], "经十路": [JINAN]}
        yield fake


@pytest.fixture
def asking(fake):
    """Builds a geocoder that asks the one on this machine, without pauses."""

    def build(provider, **changes):
        url = fake.url + ("/photon" if provider == "photon" else "")
        given = {"url": url, "key": "k", "timeout_s": 5.0} | changes
        waits = given.pop("waits", [])
        access = Access(**given)
        return Geocoder(provider, access, pause_s=0, patience=AT_ONCE, wait=waits.append)

    return build
