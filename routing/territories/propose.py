"""Balanced, compact territories for a district and its reps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from routing.territories.connected import apart, join_up
from routing.territories.district import District, Shape
from routing.territories.draw import draw
from routing.territories.error import Obstacle, UnusableDistrict
from routing.territories.ground import Indices, islands, named
from routing.territories.improve import balance, shorten
from routing.territories.judge import Judgement, judge
from routing.territories.ledger import Ledger
from routing.territories.locate import located, matched, seeds_by_distance, seeds_by_home
from routing.territories.teams import Limits, refuse_too_few, teams_of
from routing.territories.units import NOBODY, Units, units_of
from routing.territories.usable import refuse_unusable

ABOUT_AS_GOOD = 1.02  # ways longer by so much are worth not moving customers for

BORDERS_KEPT_FROM = 0.9  # of the customers staying, today's borders stay where nobody moves


@dataclass(frozen=True, kw_only=True)
class ProposalOptions:
    """How to divide. `tolerance`: hours may be off their target by this share of it (a rep's
    target is in proportion to the rep's hours). `whole_groups` keeps customers of one group
    together. `across_water` lets a territory span islands. Of divisions that are about as good the
    one that moves the fewest customers is proposed; `fresh` forgets who has whom today."""

    tolerance: float = 0.04
    whole_groups: bool = False
    across_water: bool = False
    fresh: bool = False


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """Who gets whom. `rep_of`: customer id → rep id; `shapes`: rep id → polygon, empty where the
    district has no area. `before` is today's, None where nobody has a rep; `moved` are customers
    that change their rep, in order; `enclaves` those that lie apart from the rest of their
    territory (kept by a fixed rep or a group). `teams`: the reps who share an island."""

    rep_of: Mapping[str, str]
    after: Judgement
    before: Judgement | None
    moved: tuple[str, ...]
    teams: tuple[tuple[str, ...], ...] = ()
    enclaves: tuple[str, ...] = ()
    shapes: Mapping[str, Shape] = field(default_factory=dict, repr=False)


def propose(district: District, options: ProposalOptions | None = None) -> Proposal:
    """Divide the district among its reps, the same way each time. Raises `UnusableDistrict`."""
    options = options or ProposalOptions()
    refuse_unusable(district)
    units = units_of(
        district,
        islands(district),
        whole_groups=options.whole_groups,
        linked=options.across_water,
    )
    refuse_too_few(units, np.arange(len(units)), range(len(district.reps)))
    limits = Limits(
        teams=teams_of(district, units, across_water=options.across_water),
        available_s=np.array([rep.available_s for rep in district.reps], dtype=np.int64),
        tolerance=options.tolerance,
    )
    ledgers = []
    today = _today(district, units, limits)
    beginnings = list(_beginnings(district, units, limits))
    if today is not None and not options.fresh:
        beginnings.append(today.copy())
    for owner in beginnings:
        join_up(units, owner)
        ledger = Ledger(district, units, owner)
        balance(ledger, limits)
        shorten(ledger, limits)
        ledgers.append(ledger)
    best = _best(ledgers, limits, None if options.fresh else today)
    _keep_names(best, limits)
    return _told(district, units, best, limits)


def _beginnings(district: District, units: Units, limits: Limits) -> Iterator[Indices]:
    """Territories to begin with: by the reps' homes, and spread out."""
    for seeds in (seeds_by_home, seeds_by_distance):
        owner = np.zeros(len(units), dtype=np.intp)
        for team in limits.teams:
            middles = seeds(district, units, team)
            if middles is None:
                break
            owner[team.units] = located(district, units, team, limits, middles)
        else:
            yield owner


def _today(district: District, units: Units, limits: Limits) -> Indices | None:
    """Who has each unit today; None where somebody has nobody, or one of another island."""
    row = {rep.id: r for r, rep in enumerate(district.reps)}
    owner = np.zeros(len(units), dtype=np.intp)
    for team in limits.teams:
        for unit in team.units:
            ids = [district.customers[n].rep_id for n in units.members[unit]]
            own = row.get(max(sorted(set(map(str, ids))), key=list(map(str, ids)).count))
            if own is None or own not in team.reps:
                return None
            owner[unit] = own if units.fixed[unit] == NOBODY else units.fixed[unit]
    return owner if len(set(owner.tolist())) == len(district.reps) else None


def _best(ledgers: Sequence[Ledger], limits: Limits, today: Indices | None) -> Ledger:
    first = min(ledgers, key=lambda one: _rank(one, limits))
    if today is None:
        return first
    outside_s, ways_s = _rank(first, limits)
    as_good = [
        one
        for one in ledgers
        if _rank(one, limits)[0] <= outside_s and one.ways_s <= ways_s * ABOUT_AS_GOOD
    ]
    return min(as_good, key=lambda one: int((one.owner != today).sum()))


def _keep_names(ledger: Ledger, limits: Limits) -> None:
    """Among reps alike, whose homes play no part, each gets the territory that holds most of the
    visits of today's."""
    district, units = ledger.district, ledger.units
    row = {rep.id: r for r, rep in enumerate(district.reps)}
    kept = np.zeros((len(district.reps), len(district.reps)), dtype=np.int32)
    for n, one in enumerate(district.customers):
        if one.rep_id in row:
            kept[row[one.rep_id], ledger.owner[units.unit_of[n]]] += 1 + one.visits
    held = set(units.fixed.tolist())
    for team in limits.teams:
        alike: dict[tuple[int, int], list[int]] = {}
        for r in team.reps.tolist():
            rep = district.reps[r]
            if not district.home_s[r].any() and r not in held:
                alike.setdefault((rep.days, rep.available_s), []).append(r)
        for group in alike.values():
            columns = matched(-kept[np.ix_(group, group)])
            name = {group[int(column)]: r for r, column in zip(group, columns, strict=True)}
            ledger.rename(name)


def _rank(ledger: Ledger, limits: Limits) -> tuple[float, float]:
    least_s, most_s = limits.of(ledger.needed_s)
    outside_s = np.maximum(least_s - ledger.needed_s, 0) + np.maximum(ledger.needed_s - most_s, 0)
    return float(outside_s.sum()), ledger.ways_s


def _told(district: District, units: Units, ledger: Ledger, limits: Limits) -> Proposal:
    rep_of = {
        one.id: district.reps[ledger.owner[units.unit_of[n]]].id
        for n, one in enumerate(district.customers)
    }
    idle = [rep.id for rep in district.reps if rep.id not in set(rep_of.values())]
    if idle:
        raise UnusableDistrict(Obstacle.REP_WITHOUT_CUSTOMERS, reps=named(idle))
    today = {one.id: one.rep_id for one in district.customers if one.rep_id is not None}
    stays = sum(today.get(one.id) == rep_of[one.id] for one in district.customers)
    if stays < len(district.customers) * BORDERS_KEPT_FROM:
        district = replace(district, borders={})
    shapes = draw(district, rep_of) if district.area is not None else {}
    enclaves = [
        district.customers[n].id
        for piece in apart(units, ledger.owner)
        for unit in piece
        for n in units.members[unit]
    ]
    return Proposal(
        rep_of=rep_of,
        after=judge(district, rep_of, shapes),
        before=judge(district, today) if today else None,
        moved=tuple(id_ for id_, rep_id in rep_of.items() if today.get(id_, rep_id) != rep_id),
        teams=tuple(tuple(district.reps[r].id for r in team.reps) for team in limits.teams),
        enclaves=tuple(sorted(enclaves)),
        shapes=shapes,
    )
