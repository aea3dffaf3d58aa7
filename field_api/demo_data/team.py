"""Regions, districts, reps with their territories, and who may log in."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from crm.models import District, Region, Rep, Territory, User
from crm.vocabulary import Role
from field_api.demo_data.ground import Patch, patches
from field_api.demo_data.heads import ADMIN, DIRECTOR, GENERAL_MANAGER, MANAGER
from field_api.demo_data.places import REGIONS, City, reps_by_city
from field_api.demo_data.size import Size
from field_api.demo_data.writing import write
from field_api.sample.dice import dice

SURNAMES = "王李张刘陈杨赵黄周吴徐孙马朱胡郭何高林罗"
GIVEN = ("建国", "丽华", "明远", "海涛", "小雨", "文静", "志强", "晓东", "敏", "磊", "洋", "建军")
COUNTRY, TIMEZONE = "CN", "Asia/Shanghai"
DAY_BEGIN_S, DAY_END_S = 8 * 3600 + 1800, 18 * 3600


@dataclass(frozen=True, kw_only=True)
class Worker:
    """A rep with the number in the tables, the user's number, the manager, the territory, and
    where the day begins and ends."""

    id: int
    user_id: int
    manager_id: int
    manager_name: str
    code: str
    name: str
    city: City
    patch: Patch
    lat: float
    lon: float


def add_team(session: Session, size: Size, password_hash: str) -> list[Worker]:
    """Write them all; the reps, in order of their numbers, which begin with 1."""
    cities = reps_by_city(size.reps)
    regions = list(dict.fromkeys(city.region for city, _ in cities))
    write(
        session,
        Region,
        [{"id": n, "code": c, "name": REGIONS[c]} for n, c in enumerate(regions, start=1)],
    )
    districts = [
        {
            "id": n,
            "code": f"{city.region}-{city.code}",
            "name": f"{city.name}分公司",
            "region_id": regions.index(city.region) + 1,
        }
        for n, (city, _) in enumerate(cities, start=1)
    ]
    write(session, District, districts)
    above = _those_above(len(cities), regions, password_hash)
    managers = [(user["id"], user["name"]) for user in above if user["district_id"]]
    team = list(_workers(cities, managers, first_user=len(above) + 1))
    write(session, Rep, [_rep(one, cities) for one in team])
    write(session, Territory, [_territory(one, cities) for one in team])
    reps = [
        _user(one.user_id, f"rep{one.id:04d}", one.name, Role.REP, password_hash, rep_id=one.id)
        for one in team
    ]
    write(session, User, above + reps)
    return team


def _workers(
    cities: list[tuple[City, int]], managers: list[tuple[int, str]], *, first_user: int
) -> Iterator[Worker]:
    number = 0
    for (city, count), (manager_id, manager_name) in zip(cities, managers, strict=True):
        for patch in patches(city, count):
            number += 1
            lon, lat = patch.towns[0]
            yield Worker(
                id=number,
                user_id=first_user + number - 1,
                manager_id=manager_id,
                manager_name=manager_name,
                code=f"R{number:04d}",
                name=_name("rep", number),
                city=city,
                patch=patch,
                lat=round(lat, 6),
                lon=round(lon, 6),
            )


def _rep(one: Worker, cities: list[tuple[City, int]]) -> dict[str, Any]:
    return {
        "id": one.id,
        "code": one.code,
        "name": one.name,
        "district_id": _district_id(one, cities),
        "start_lat": one.lat,
        "start_lon": one.lon,
        "end_lat": one.lat,
        "end_lon": one.lon,
        "day_begin_s": DAY_BEGIN_S,
        "day_end_s": DAY_END_S,
        "country": COUNTRY,
        "timezone": TIMEZONE,
    }


def _territory(one: Worker, cities: list[tuple[City, int]]) -> dict[str, Any]:
    min_lon, min_lat, max_lon, max_lat = one.patch.polygon.bounds
    rings = [[list(point) for point in one.patch.ring]]
    return {
        "id": one.id,
        "code": f"T{one.id:04d}",
        "name": f"{one.city.name}{one.id:03d}区",
        "district_id": _district_id(one, cities),
        "rep_id": one.id,
        "geometry": json.dumps({"type": "Polygon", "coordinates": rings}),
        "min_lat": min_lat,
        "min_lon": min_lon,
        "max_lat": max_lat,
        "max_lon": max_lon,
    }


def _those_above(districts: int, regions: list[str], password_hash: str) -> list[dict[str, Any]]:
    """The general manager, who cares for master data, and each region's and district's head."""
    users: list[tuple[str, Role, dict[str, int]]] = [
        (GENERAL_MANAGER, Role.GENERAL_MANAGER, {}),
        (ADMIN, Role.INFORMATION_ADMIN, {}),
    ]
    for n in range(1, len(regions) + 1):
        name = DIRECTOR if n == 1 else f"{DIRECTOR}{n}"
        users.append((name, Role.REGIONAL_DIRECTOR, {"region_id": n}))
    for n in range(1, districts + 1):
        name = MANAGER if n == 1 else f"{MANAGER}{n}"
        users.append((name, Role.DISTRICT_MANAGER, {"district_id": n}))
    return [
        _user(n, username, _name(role, n), role, password_hash, **place)
        for n, (username, role, place) in enumerate(users, start=1)
    ]


def _user(
    number: int,
    username: str,
    name: str,
    role: Role,
    password_hash: str,
    *,
    rep_id: int | None = None,
    district_id: int | None = None,
    region_id: int | None = None,
) -> dict[str, Any]:
    return {
        "id": number,
        "username": username,
        "name": name,
        "role": role,
        "password_hash": password_hash,
        "rep_id": rep_id,
        "district_id": district_id,
        "region_id": region_id,
    }


def _district_id(one: Worker, cities: list[tuple[City, int]]) -> int:
    return next(n for n, (city, _) in enumerate(cities, start=1) if city is one.city)


def _name(what: str, number: int) -> str:
    chance = dice(f"name of {what}", str(number))
    return chance.choice(SURNAMES) + chance.choice(GIVEN)
