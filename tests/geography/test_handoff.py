"""Links to map applications: the right coordinates for each, names that cannot break out."""

from urllib.parse import parse_qs, urlsplit

import pytest

from geography.handoff import Place, links
from geography.systems import convert_one

JINAN = Place(name="济南 & 泉城?", lat=36.6512, lon=117.1201)
VALLETTA = Place(name="Café #1 ${x}`", lat=35.8989, lon=14.5146)


def values(url):
    return {name: value for name, [value] in parse_qs(urlsplit(url).query).items()}


def test_in_china_each_gets_the_system_it_draws_in():
    lat, lon = (f"{value:.6f}" for value in convert_one(JINAN.lat, JINAN.lon, "WGS-84", "GCJ-02"))
    found = links(JINAN)
    assert values(found["amap"])["to"] == f"{lon},{lat},{JINAN.name}"
    assert values(found["baidu"])["destination"] == f"latlng:{lat},{lon}|name:{JINAN.name}"
    assert values(found["baidu"])["coord_type"] == "gcj02"
    assert values(found["google"])["destination"] == f"{lat},{lon}"
    assert values(found["apple"])["daddr"] == f"{lat},{lon}"
    assert found["geo"].startswith("geo:36.651200,117.120100?q=36.651200,117.120100(")


def test_elsewhere_all_get_wgs84():
    found = links(VALLETTA)
    assert values(found["google"])["destination"] == "35.898900,14.514600"
    assert values(found["amap"])["to"].startswith("14.514600,35.898900,")


@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        ("car", ("car", "driving", "driving", "d")),
        ("scooter", ("car", "driving", "driving", "d")),
        ("bicycle", ("ride", "riding", "bicycling", "d")),
        ("foot", ("walk", "walking", "walking", "w")),
    ],
)
def test_means_of_transport(mode, expected):
    found = links(VALLETTA, mode=mode)
    assert expected == (
        values(found["amap"])["mode"],
        values(found["baidu"])["mode"],
        values(found["google"])["travelmode"],
        values(found["apple"])["dirflg"],
    )


@pytest.mark.parametrize("app", ["amap", "baidu", "google", "apple", "geo"])
@pytest.mark.parametrize("place", [JINAN, VALLETTA])
def test_a_name_stays_a_name(app, place):
    url = links(place)[app]
    assert not set(url) & set("\"'<>` ${}\n#")
    if app in ("amap", "baidu"):
        assert place.name in "".join(values(url).values())
