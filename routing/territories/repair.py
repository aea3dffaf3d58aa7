"""The fewest customers to move so that the hours come within a limit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from routing.territories.bound import at_least
from routing.territories.district import District, Shape
from routing.territories.draw import draw
from routing.territories.error import Obstacle, UnusableDistrict
from routing.territories.fewest import fewest_moves
from routing.territories.ground import Indices, islands, named
from routing.territories.judge import Judgement, judge
from routing.territories.ledger import Ledger
from routing.territories.teams import Team, teams_of
from routing.territories.units import NOBODY, Units, units_of
from routing.territories.usable import refuse_unusable

# How far behind a border customers may move, in neighbours; None: any. Wider where that is not
# enough, and to see whether fewer would do.
REACHES: tuple[int | None, ...] = (2, 4, None)
TRIES = 8  # times that a solution of the estimate is reckoned exactly and the limit tightened
STEP = 0.15  # of what the exact reckoning was over, added when tightening


@dataclass(frozen=True, kw_only=True)
class Repair:
    """The moves. `moves`: customer id → (rep today, rep then), in order; `at_least`: no repair,
    however scattered, moves fewer than so many; `proven`: no connected repair by the estimate
    moves fewer than these. `teams`: the reps who share an island; each is within the limit."""

    moves: Mapping[str, tuple[str, str]]
    rep_of: Mapping[str, str]
    before: Judgement
    after: Judgement
    at_least: int
    proven: bool
    teams: tuple[tuple[str, ...], ...]
    shapes: Mapping[str, Shape] = field(default_factory=dict, repr=False)


def repair(district: District, *, limit: float, across_water: bool = False) -> Repair:
    """Bring the imbalance (largest − smallest) ÷ mean to at most `limit` with the fewest moves.
    Every customer needs a rep today. Raises `UnusableDistrict`, also where no repair was found."""
    refuse_unusable(district)
    units = units_of(district, islands(district), whole_groups=False, linked=across_water)
    teams = teams_of(district, units, across_water=across_water)
    owner = _today(district, units)
    ledger = Ledger(district, units, owner)
    bound, proven = 0, True
    for team in teams:
        fewest, sure = _repaired(ledger, team, limit)
        bound += fewest
        proven &= sure
    rep_of = {
        one.id: district.reps[ledger.owner[units.unit_of[n]]].id
        for n, one in enumerate(district.customers)
    }
    today = {one.id: one.rep_id or "" for one in district.customers}
    moves = {id_: (today[id_], rep) for id_, rep in rep_of.items() if today[id_] != rep}
    shapes = draw(district, rep_of) if district.area is not None else {}
    return Repair(
        moves=moves,
        rep_of=rep_of,
        before=judge(district, today),
        after=judge(district, rep_of, shapes),
        at_least=bound,
        proven=proven,
        teams=tuple(tuple(district.reps[r].id for r in team.reps) for team in teams),
        shapes=shapes,
    )


def _today(district: District, units: Units) -> Indices:
    """Who has each unit; of a house with several reps' customers, who has the first."""
    row = {rep.id: r for r, rep in enumerate(district.reps)}
    for one in district.customers:
        if one.rep_id not in row:
            raise UnusableDistrict(Obstacle.CUSTOMER_WITHOUT_REP, customer=one.id)
    owner = np.array(
        [row[str(district.customers[members[0]].rep_id)] for members in units.members],
        dtype=np.intp,
    )
    owner = np.where(units.fixed == NOBODY, owner, units.fixed)
    idle = [rep.id for r, rep in enumerate(district.reps) if r not in set(owner.tolist())]
    if idle:
        raise UnusableDistrict(Obstacle.REP_WITHOUT_CUSTOMERS, reps=named(idle))
    return owner


def _repaired(ledger: Ledger, team: Team, limit: float) -> tuple[int, bool]:
    """Carry the moves of one team out; a bound for them, and whether fewer are ruled out."""
    if _imbalance(ledger, team) <= limit:
        return 0, True
    bound = at_least(ledger, team, limit)
    best: dict[int, int] | None = None
    sure = False
    for reach in REACHES:
        found, proven = _exactly(ledger, team, limit, reach, best)
        if found is not None:
            best = found
        if best is not None and _customers(ledger, best) <= bound:
            sure = True
            break
        sure = proven and reach is None and found is best
    if best is None:
        raise UnusableDistrict(
            Obstacle.LIMIT_OUT_OF_REACH,
            limit=f"{limit:.1%}",
            today=f"{_imbalance(ledger, team):.1%}",
        )
    ledger.move(best, ledger.trial(best))
    return bound, sure


def _exactly(
    ledger: Ledger, team: Team, limit: float, reach: int | None, best: dict[int, int] | None
) -> tuple[dict[int, int] | None, bool]:
    """The fewest moves that hold the limit when reckoned exactly, and whether the search ended
    with a proof; None where none was found."""
    aim = limit
    fewer_than = None if best is None else _customers(ledger, best)
    for attempt in range(TRIES):
        found = fewest_moves(ledger, team, aim, reach=reach, fewer_than=fewer_than)
        if found.moves is None:
            # Nothing below what is known: then that is the fewest, if the search was complete.
            return best, found.proven and attempt == 0
        after = _imbalance_after(ledger, team, found.moves)
        if after <= limit:
            return found.moves, found.proven
        aim -= (after - limit) * (1 + STEP)
        if aim <= 0:
            break
    return best, False


def _customers(ledger: Ledger, moves: Mapping[int, int]) -> int:
    return sum(len(ledger.units.members[unit]) for unit in moves)


def _imbalance(ledger: Ledger, team: Team) -> float:
    needed_s = ledger.needed_s[team.reps]
    return float((needed_s.max() - needed_s.min()) / needed_s.mean())


def _imbalance_after(ledger: Ledger, team: Team, moves: dict[int, int]) -> float:
    needed_s = ledger.needed_s.copy()
    for rep, account in ledger.trial(moves).items():
        needed_s[rep] = account.needed_s
    own = needed_s[team.reps]
    return float((own.max() - own.min()) / own.mean())
