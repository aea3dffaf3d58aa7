"""What a district must be like before anybody divides it."""

from __future__ import annotations

from routing.territories.district import District
from routing.territories.error import Obstacle, UnusableDistrict
from routing.territories.ground import named


def refuse_unusable(district: District) -> None:
    """Raise `UnusableDistrict` where there is nothing to divide, nobody to divide it among, or
    what is fixed breaks what there is."""
    if not district.customers:
        raise UnusableDistrict(Obstacle.NO_CUSTOMERS)
    if not district.reps:
        raise UnusableDistrict(Obstacle.NO_REPS)
    idle = [rep.id for rep in district.reps if rep.available_s <= 0]
    if idle:
        raise UnusableDistrict(Obstacle.NO_HOURS, reps=named(idle))
    if not any(one.service_s > 0 for one in district.customers):
        raise UnusableDistrict(Obstacle.NO_HOURS_NEEDED, customers=len(district.customers))
    k = len(district.reps)
    if k > len(district.customers):
        raise UnusableDistrict(
            Obstacle.MORE_REPS_THAN_PLACES,
            reps=k,
            places=len(district.customers),
            customers=len(district.customers),
        )
    if k > 1 and len({(one.lat, one.lon) for one in district.customers}) == 1:
        raise UnusableDistrict(Obstacle.ONE_PLACE, customers=len(district.customers), reps=k)
    _refuse_overloaded(district)


def _refuse_overloaded(district: District) -> None:
    for rep in district.reps:
        fixed_s = sum(c.service_s for c in district.customers if c.fixed and c.rep_id == rep.id)
        if fixed_s > rep.available_s:
            raise UnusableDistrict(
                Obstacle.FIXED_OVER_CAPACITY,
                rep=rep.id,
                hours=round(fixed_s / 3600, 1),
                available=round(rep.available_s / 3600, 1),
            )
