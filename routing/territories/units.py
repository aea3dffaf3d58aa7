"""What moves as one: customers on one spot, and customers of one group where groups stay whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from routing.territories.district import District
from routing.territories.error import Obstacle, UnusableDistrict
from routing.territories.ground import Cells, Indices, Plane, parts_of, points

ONE_SPOT_DEGREES = 3e-5  # three metres: no border runs between two doors of one house
NOBODY = -1


@dataclass(frozen=True, kw_only=True)
class Units:
    """`members[u]`: customers of unit u; `unit_of[n]`: the unit of customer n; `neighbours[u]`:
    units whose surroundings meet on the ground; `fixed[u]`: the rep (its row) who keeps it, else
    `NOBODY`; `island[u]`: where it is."""

    members: tuple[Indices, ...]
    unit_of: Indices
    neighbours: tuple[tuple[int, ...], ...]
    fixed: Indices
    island: Indices

    def __len__(self) -> int:
        """How many there are."""
        return len(self.members)


def units_of(district: District, island: Indices, *, whole_groups: bool, linked: bool) -> Units:
    """The district in units. `linked`: islands are neighbours where their surroundings meet over
    the water. Raises `UnusableDistrict` when one unit is fixed to two reps."""
    unit_of = _joined(district, island, whole_groups=whole_groups)
    members: list[list[int]] = [[] for _ in range(unit_of.max() + 1)]
    for n, unit in enumerate(unit_of):
        members[unit].append(n)
    neighbours: list[set[int]] = [set() for _ in members]
    for first, second in _meeting(district, island, linked=linked):
        a, b = int(unit_of[first]), int(unit_of[second])
        if a != b:
            neighbours[a].add(b)
            neighbours[b].add(a)
    return Units(
        members=tuple(np.array(one, dtype=np.intp) for one in members),
        unit_of=unit_of,
        neighbours=tuple(tuple(sorted(one)) for one in neighbours),
        fixed=_fixed(district, members),
        island=np.array([island[one[0]] for one in members], dtype=np.intp),
    )


def _joined(district: District, island: Indices, *, whole_groups: bool) -> Indices:
    """The number of each customer's unit, in order of the customers."""
    customers = district.customers
    root = list(range(len(customers)))

    def find(n: int) -> int:
        while root[n] != n:
            root[n] = root[root[n]]
            n = root[n]
        return n

    def join(pairs: Iterable[tuple[int, int]]) -> None:
        for a, b in pairs:
            one, other = sorted((find(a), find(b)))
            root[other] = one

    places = points([(one.lon, one.lat) for one in customers])
    tree = shapely.STRtree(places)
    first, second = tree.query(places, predicate="dwithin", distance=ONE_SPOT_DEGREES)
    same = (first < second) & (island[first] == island[second])
    join(zip(first[same].tolist(), second[same].tolist(), strict=True))
    if whole_groups:
        seen: dict[tuple[str, int], int] = {}
        for n, one in enumerate(customers):
            if one.group is not None:
                join([(seen.setdefault((one.group, int(island[n])), n), n)])
    roots = [find(n) for n in range(len(customers))]
    number = {r: u for u, r in enumerate(sorted(set(roots)))}
    return np.array([number[r] for r in roots], dtype=np.intp)


def _meeting(district: District, island: Indices, *, linked: bool) -> Iterable[tuple[int, int]]:
    """Pairs of customers whose surroundings meet; those on one spot meet, too."""
    customers = district.customers
    plane = Plane(customers)
    everyone = [np.arange(len(customers))] if linked else []
    grounds: list[BaseGeometry | None] = [None] if linked else []
    parts: Sequence[BaseGeometry | None] = (
        parts_of(district.area) if district.area is not None else [None]
    )
    for number in np.unique(island):
        everyone.append(np.flatnonzero(island == number))
        part = parts[number]
        grounds.append(None if part is None else plane.flat(part))
    for rows, ground in zip(everyone, grounds, strict=True):
        cells = Cells([customers[n] for n in rows], plane, ground)
        at: dict[int, list[int]] = defaultdict(list)
        for n, site in zip(rows.tolist(), cells.site_of.tolist(), strict=True):
            at[site].append(n)
        across = linked and ground is None
        for first, second in cells.neighbours().tolist():
            a, b = at[first][0], at[second][0]
            if not across or len(parts) == 1 or island[a] != island[b]:
                yield a, b


def _fixed(district: District, members: list[list[int]]) -> Indices:
    row = {rep.id: r for r, rep in enumerate(district.reps)}
    found = np.full(len(members), NOBODY, dtype=np.intp)
    for unit, rows in enumerate(members):
        keepers: dict[int, str] = {}
        for one in (district.customers[n] for n in rows):
            if not one.fixed:
                continue
            if one.rep_id not in row:
                raise UnusableDistrict(
                    Obstacle.FIXED_WITHOUT_REP, customer=one.id, rep=one.rep_id or "-"
                )
            keepers.setdefault(row[one.rep_id], one.id)
        if len(keepers) > 1:
            (_, a), (_, b) = sorted(keepers.items())[:2]
            raise UnusableDistrict(Obstacle.FIXED_TOGETHER, customer=a, other=b)
        for keeper in keepers:
            found[unit] = keeper
    return found
