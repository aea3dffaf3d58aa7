"""Boundaries drawn anew: what they would take from neighbours, whom they would leave without a
territory or in two, and which customers would move."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import shapely

from crm.errors import Refused
from crm.rules.boundaries import area_km2, merged
from crm.rules.territories import (
    OVERLAPPING_INTERIORS,
    SLIVER_KM2,
    Overlap,
    TerritoryShape,
    membership,
)
from crm.text import N_

NEW = 0  # the id of a territory that is not there yet


class NothingLeft(Refused):
    """A neighbour would lose all of its area."""

    def __init__(self, code: str) -> None:
        super().__init__(N_("Nothing would be left of territory {code}; draw less."), code=code)


@dataclass(frozen=True, kw_only=True)
class Effects:
    """What a new boundary would do. `moved` are customers with the territory before and after
    (None: none), `stranded` those that would lie in none, `doubled` in several, where each lay in
    exactly one before; `overlaps` are those of the new boundary."""

    moved: Mapping[int, tuple[int | None, int | None]]
    stranded: tuple[int, ...]
    doubled: tuple[int, ...]
    overlaps: tuple[Overlap, ...]

    @property
    def unsettling(self) -> bool:
        """Whether a customer would be visited by nobody or by two."""
        return bool(self.stranded or self.doubled or self.overlaps)


def overlapped(drawn: TerritoryShape, others: Sequence[TerritoryShape]) -> list[TerritoryShape]:
    """The other territories that share more than a sliver with a drawn one."""
    return [
        other
        for other in others
        if other.id != drawn.id
        and shapely.relate_pattern(drawn.shape, other.shape, OVERLAPPING_INTERIORS)
        and area_km2(shapely.intersection(drawn.shape, other.shape)) > SLIVER_KM2
    ]


def without(other: TerritoryShape, drawn: TerritoryShape) -> TerritoryShape:
    """A neighbour less what a drawn territory takes from it. Raises `NothingLeft`."""
    left = shapely.difference(other.shape, drawn.shape)
    shape = merged(left, least_km2=SLIVER_KM2)
    if shape is None:
        raise NothingLeft(other.code)
    return replace(other, shape=shape)


def effects(
    customers: Sequence[tuple[int, float, float]],
    before: Sequence[TerritoryShape],
    changed: Sequence[TerritoryShape],
    removed: Collection[int] = (),
) -> Effects:
    """What it would do to customers (id, lat, lon) that `changed` shapes take the place of those
    with their ids; those with the id `NEW` or less are added, those `removed` are gone."""
    ids = {shape.id for shape in changed} | set(removed)
    after = [shape for shape in before if shape.id not in ids] + list(changed)
    was, becomes = membership(customers, before), membership(customers, after)
    settled = was.by_customer
    places = ((c, settled.get(c), becomes.by_customer.get(c)) for c, _, _ in customers)
    return Effects(
        moved={customer: (old, new) for customer, old, new in places if old != new},
        stranded=tuple(customer for customer in becomes.in_none if customer in settled),
        doubled=tuple(customer for customer in becomes.in_several if customer in settled),
        overlaps=tuple(_overlaps(changed, after)),
    )


def _overlaps(changed: Sequence[TerritoryShape], after: Sequence[TerritoryShape]) -> list[Overlap]:
    found = {}
    for drawn in changed:
        for other in overlapped(drawn, after):
            first, second = sorted((drawn.code, other.code))
            found[first, second] = Overlap(
                first=first,
                second=second,
                area_km2=area_km2(shapely.intersection(drawn.shape, other.shape)),
            )
    return [found[pair] for pair in sorted(found)]
