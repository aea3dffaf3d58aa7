"""Rows and values for tests, each with sensible defaults: name only what the test is about."""

import json
from itertools import count

from crm.models import Customer, District, Region, Rep, Territory, User
from crm.vocabulary import Grade, Role

VALLETTA = (35.8989, 14.5146)
SLIEMA = (35.9122, 14.5042)
MDINA = (35.8862, 14.4031)
VICTORIA_GOZO = (36.0444, 14.2397)

_numbers = count(1)


def a_region(code="S", name="South", **changes) -> Region:
    return Region(code=code, name=name, **changes)


def a_district(code="MT", name="Malta", **changes) -> District:
    return District(code=code, name=name, **changes)


def a_rep(district: District, code="R1", near=VALLETTA, **changes) -> Rep:
    lat, lon = near
    values = {"name": f"Rep {code}", "start_lat": lat, "start_lon": lon}
    values |= {"end_lat": lat, "end_lon": lon, "district_id": district.id} | changes
    return Rep(code=code, **values)


def a_territory(rep: Rep, code="T1", around=VALLETTA, half_degrees=0.05, **changes) -> Territory:
    """A square around a point."""
    (lat, lon), h = around, half_degrees
    ring = [[lon - h, lat - h], [lon + h, lat - h], [lon + h, lat + h], [lon - h, lat + h]]
    geometry = {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}
    values = {"name": f"Territory {code}", "rep_id": rep.id, "district_id": rep.district_id}
    values |= {"min_lat": lat - h, "max_lat": lat + h, "min_lon": lon - h, "max_lon": lon + h}
    return Territory(code=code, geometry=json.dumps(geometry), **(values | changes))


def a_customer(code=None, near=VALLETTA, grade="C", **changes) -> Customer:
    lat, lon = near
    code = code or f"C{next(_numbers)}"
    values = {"name": f"Customer {code}", "lat": lat, "lon": lon}
    values |= {"source_lat": lat, "source_lon": lon, "grade": grade and Grade(grade)}
    return Customer(code=code, **(values | changes))


def a_user(username="rep1", role=Role.REP, **changes) -> User:
    values = {"name": username.title(), "password_hash": "!"} | changes
    return User(username=username, role=role, **values)
