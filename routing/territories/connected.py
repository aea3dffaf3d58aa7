"""Whether territories hang together: by units whose surroundings meet."""

from __future__ import annotations

from collections.abc import Collection

from routing.territories.ground import Indices
from routing.territories.units import NOBODY, Units


def pieces(units: Units, mine: Collection[int]) -> list[list[int]]:
    """The connected pieces of some units, in order of their first units."""
    left, found = set(mine), []
    for unit in sorted(mine):
        if unit not in left:
            continue
        left.discard(unit)
        piece, seen = [], [unit]
        while seen:
            one = seen.pop()
            piece.append(one)
            for other in units.neighbours[one]:
                if other in left:
                    left.discard(other)
                    seen.append(other)
        found.append(sorted(piece))
    return found


def may_leave(units: Units, owner: Indices, unit: int) -> bool:
    """Whether the rest of its territory hangs together without a unit as well as with it."""
    rep = owner[unit]
    beside = [one for one in units.neighbours[unit] if owner[one] == rep]
    if len(beside) < 2:
        return True
    sought, reached, seen = set(beside[1:]), {unit, beside[0]}, [beside[0]]
    while seen:
        for other in units.neighbours[seen.pop()]:
            if other not in reached and owner[other] == rep:
                reached.add(other)
                sought.discard(other)
                if not sought:
                    return True
                seen.append(other)
    return False


def apart(units: Units, owner: Indices) -> list[list[int]]:
    """Pieces of territories besides each one's largest by customers (on each island)."""
    found = []
    for rep in sorted(set(owner.tolist())):
        mine = [u for u in range(len(units)) if owner[u] == rep]
        by_island: dict[int, list[list[int]]] = {}
        for piece in pieces(units, mine):
            by_island.setdefault(int(units.island[piece[0]]), []).append(piece)
        for parts in by_island.values():
            most = max(parts, key=lambda piece: sum(len(units.members[u]) for u in piece))
            found += [piece for piece in parts if piece is not most]
    return found


def join_up(units: Units, owner: Indices) -> None:
    """Give pieces that lie apart to the territories around them, unless a fixed unit is in them."""
    for piece in apart(units, owner):
        if any(units.fixed[unit] != NOBODY for unit in piece):
            continue
        inside = set(piece)
        around: dict[int, int] = {}
        for unit in piece:
            for other in units.neighbours[unit]:
                if other not in inside:
                    rep = int(owner[other])
                    around[rep] = around.get(rep, 0) + 1
        if around:
            owner[piece] = min(around, key=lambda rep: (-around[rep], rep))
