"""The cities about which the made-up districts lie: real, inland, and far enough apart."""

from dataclasses import dataclass
from math import ceil

from field_api.demo_data.size import REPS_A_DISTRICT


@dataclass(frozen=True, kw_only=True)
class City:
    """A district's city and its centre, WGS-84."""

    code: str
    name: str
    lat: float
    lon: float
    region: str


REGIONS = {
    "SD": "山东大区",
    "JS": "江苏大区",
    "AH": "安徽大区",
    "HA": "河南大区",
    "HE": "河北大区",
}
_CITIES = (
    ("SD", "JN", "济南", 36.67, 117.02),
    ("SD", "DZ", "德州", 37.45, 116.30),
    ("SD", "WF", "潍坊", 36.62, 119.10),
    ("SD", "LY", "临沂", 35.05, 118.35),
    ("SD", "JI", "济宁", 35.41, 116.58),
    ("SD", "HZ", "菏泽", 35.24, 115.45),
    ("JS", "XZ", "徐州", 34.26, 117.19),
    ("JS", "SQ", "宿迁", 33.96, 118.28),
    ("JS", "HA", "淮安", 33.50, 119.14),
    ("JS", "YC", "盐城", 33.38, 120.10),
    ("JS", "NJ", "南京", 32.06, 118.78),
    ("JS", "TZ", "泰州", 32.49, 119.92),
    ("AH", "HF", "合肥", 31.82, 117.23),
    ("AH", "BB", "蚌埠", 32.92, 117.38),
    ("AH", "FY", "阜阳", 32.89, 115.82),
    ("AH", "BZ", "亳州", 33.85, 115.78),
    ("AH", "AQ", "安庆", 30.53, 117.05),
    ("AH", "LA", "六安", 31.75, 116.40),
    ("HA", "ZZ", "郑州", 34.75, 113.65),
    ("HA", "LU", "洛阳", 34.62, 112.45),
    ("HA", "SH", "商丘", 34.41, 115.65),
    ("HA", "ZK", "周口", 33.63, 114.65),
    ("HA", "XY", "信阳", 32.13, 114.07),
    ("HA", "NY", "南阳", 33.00, 112.53),
    ("HE", "SJ", "石家庄", 38.04, 114.50),
    ("HE", "BD", "保定", 38.87, 115.48),
    ("HE", "XT", "邢台", 37.07, 114.50),
    ("HE", "HS", "衡水", 37.74, 115.70),
    ("HE", "CZ", "沧州", 38.30, 116.85),
    ("HE", "TS", "唐山", 39.63, 118.18),
)
CITIES = tuple(
    City(region=region, code=code, name=name, lat=lat, lon=lon)
    for region, code, name, lat, lon in _CITIES
)


def reps_by_city(reps: int) -> list[tuple[City, int]]:
    """As many cities as reps need, with the number of reps of each."""
    count = min(len(CITIES), ceil(reps / REPS_A_DISTRICT))
    return [
        (city, (n + 1) * reps // count - n * reps // count) for n, city in enumerate(CITIES[:count])
    ]
