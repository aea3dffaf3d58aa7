"""The customers: all made up, around real towns."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import cos, pi, radians, sin
from random import Random

import numpy as np
from shapely.geometry import Point, Polygon

from field_api.sample.dice import dice
from field_api.sample.drawing import KM_A_DEGREE, Polygons
from field_api.sample.shandong.patches import PATCHES, Patch
from field_api.sample.shandong.places import Place, mainland, places
from field_api.sample.shandong.trades import TRADES, Trade
from geography.mainland import in_mainland
from geography.systems import convert_one

PROSPECTS, STRUCK_OUT, BLACKLISTED = 30, 12, 6
DECIMALS = 6
INSIDE_KM = 0.3  # from its territory's border at least: no rounding takes a customer over it
# Two signs that no company is known to be called by, put together by chance.
FIRST, SECOND = "沅砾垚汀砚渠磐淼岚澄湜峪嵘璟珞珩", "槿翊珵堃彧荃昀洺琤栩旸筠漪甯"
SURNAMES = "王李张刘陈杨赵黄周吴徐孙马朱胡郭何高林罗"
POSTS = ("经理", "主任", "工", "科长", "总", "部长")
AREA_CODES = {
    "济南市": "0531",
    "淄博市": "0533",
    "泰安市": "0538",
    "青岛市": "0532",
    "潍坊市": "0536",
    "烟台市": "0535",
}


@dataclass(frozen=True, kw_only=True)
class Customer:
    """A card's facts. `lat` and `lon` are WGS-84, `gcj02` is what the file says."""

    code: str
    name: str
    trade: Trade
    patch: Patch
    place: Place
    lat: float
    lon: float
    gcj02: tuple[float, float]
    street: str
    contact: str
    phone: str
    status: str


def customers(shapes: Polygons) -> tuple[Customer, ...]:
    """All of them in order of code, each inside its territory of `shapes` and on land."""
    wanted = [
        (patch, places()[name])
        for patch in PATCHES
        for name, count in patch.customers.items()
        for _ in range(count)
    ]
    statuses = _statuses(len(wanted))
    taken: set[str] = set()
    return tuple(
        _customer(number, patch, place, statuses.get(number, "有效"), shapes[patch.code], taken)
        for number, (patch, place) in enumerate(wanted, start=1)
    )


def gcj02(lat: float, lon: float) -> tuple[float, float]:
    """A WGS-84 place as a Chinese map gives it, (lat, lon) to a decimetre."""
    shifted = convert_one(lat, lon, "WGS-84", "GCJ-02")
    return round(shifted[0], DECIMALS), round(shifted[1], DECIMALS)


def _customer(
    number: int, patch: Patch, place: Place, status: str, area: Polygon, taken: set[str]
) -> Customer:
    code = f"SD{number:04d}"
    chance = dice("customer", code)
    trade = chance.choices(TRADES, weights=[trade.weight for trade in TRADES])[0]
    lat, lon = next(_on_land(chance, place, trade.far_km, area))
    if status == "黑名单":
        name = f"示例{trade.name}客户{number:04d}"  # whom nobody can take for a real one
    else:
        name = next(one for one in _names(chance, place, trade) if one not in taken)
    taken.add(name)
    return Customer(
        code=code,
        name=name,
        trade=trade,
        patch=patch,
        place=place,
        lat=lat,
        lon=lon,
        gcj02=gcj02(lat, lon),
        street=f"样例路{chance.randrange(1, 400)}号",
        contact=chance.choice(SURNAMES) + chance.choice(POSTS),
        # no number of a Chinese exchange begins with 0
        phone=f"{AREA_CODES[place.prefecture]}-0000{number:04d}",
        status=status,
    )


def _names(chance: Random, place: Place, trade: Trade) -> Iterator[str]:
    while True:
        yield f"{place.name}{chance.choice(FIRST)}{chance.choice(SECOND)}{trade.ending}"


def _on_land(
    chance: Random, place: Place, far_km: float, area: Polygon
) -> Iterator[tuple[float, float]]:
    """Places about a town, as far out as its trade lies, within the territory."""
    inner = area.intersection(mainland()).buffer(-INSIDE_KM / KM_A_DEGREE)
    while True:
        angle, km = chance.uniform(0, 2 * pi), abs(chance.gauss(0, far_km))
        lat = place.lat + km * sin(angle) / KM_A_DEGREE
        lon = place.lon + km * cos(angle) / (KM_A_DEGREE * cos(radians(place.lat)))
        on_land = in_mainland(np.array([(lat, lon)]))[0]  # the finer coast
        if on_land and inner.contains(Point(lon, lat)):
            yield lat, lon


def _statuses(count: int) -> dict[int, str]:
    """Those who are not active, by number from 1."""
    words = ["已剔除"] * STRUCK_OUT + ["黑名单"] * BLACKLISTED + ["准客户"] * PROSPECTS
    few = dice("status", "shandong").sample(range(1, count + 1), len(words))
    return dict(zip(few, words, strict=True))
