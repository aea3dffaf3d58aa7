"""Small districts: customers on a grid of about a kilometre, reps without homes."""

import numpy as np
from shapely.geometry import MultiPolygon, box

from routing.territories import TerritoryCustomer, TerritoryRep, district_of
from routing.travel.straight_line import StraightLine

LAT, LON, STEP = 35.9, 14.4, 0.01
HOUR_S = 3600


def a_customer(n, x, y, **other):
    facts = {"visits": 2, "service_s": 2 * HOUR_S}
    return TerritoryCustomer(id=f"C{n:04}", lat=LAT + y * STEP, lon=LON + x * STEP, **facts | other)


def a_rep(name, at=None, **other):
    """`at`: (x, y) of the home on the grid."""
    home = None if at is None else (LAT + at[1] * STEP, LON + at[0] * STEP)
    facts = {"days": 20, "available_s": 160 * HOUR_S}
    return TerritoryRep(id=name, start=home, end=home, **facts | other)


def ground(x0, y0, x1, y1):
    return box(LON + x0 * STEP, LAT + y0 * STEP, LON + x1 * STEP, LAT + y1 * STEP)


def a_grid(wide, high, rep_of=lambda x, y: None, at=(0, 0), **other):
    return [
        a_customer(at[0] * 1000 + x * high + y, at[0] + x, at[1] + y, rep_id=rep_of(x, y), **other)
        for x in range(wide)
        for y in range(high)
    ]


def a_district(customers, reps, area="around", borders=None):
    if area == "around" and customers:
        xs = [(one.lon - LON) / STEP for one in customers]
        ys = [(one.lat - LAT) / STEP for one in customers]
        area = ground(min(xs) - 1, min(ys) - 1, max(xs) + 1, max(ys) + 1)
    return district_of(
        customers, reps, StraightLine(), transport="car", area=area or None, borders=borders
    )


def two_islands(reps, left=(4, 4), right=(2, 2)):
    """Two islands 8 km apart; most of the work is on the left one."""
    customers = a_grid(*left) + a_grid(*right, at=(12, 0))
    area = MultiPolygon([ground(-1, -1, left[0], left[1]), ground(11, -1, 12 + right[0], right[1])])
    return a_district(customers, reps, area=area)


def a_town(customers, seed=1, spread=6.0, **other):
    """Customers thrown around a few centres, the same each time."""
    rng = np.random.default_rng(seed)
    centres = rng.uniform(0, 20, (6, 2))
    spots = centres[rng.integers(0, 6, customers)] + rng.normal(0, spread / 3, (customers, 2))
    minutes = rng.choice([15, 20, 30, 45], customers)
    visits = rng.choice([1, 1, 1, 2, 4], customers)
    return [
        a_customer(
            n,
            *spots[n],
            visits=int(visits[n]),
            service_s=int(visits[n] * minutes[n] * 60),
            **other,
        )
        for n in range(customers)
    ]
