"""Balanced, compact territories for a district and its reps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from routing.territories.district import District, Shape
from routing.territories.judge import Judgement


@dataclass(frozen=True, kw_only=True)
class ProposalOptions:
    """How to divide. `tolerance`: hours may be off their target by this share of it (a rep's
    target is in proportion to the rep's hours). `whole_groups` keeps customers of one group
    together. `across_water` lets a territory span islands."""

    tolerance: float = 0.04
    whole_groups: bool = False
    across_water: bool = False


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """Who gets whom. `rep_of`: customer id → rep id; `shapes`: rep id → polygon, empty where the
    district has no area. `before` is today's, None where nobody has a rep; `moved` are customers
    that change their rep, in order; `enclaves` those that lie apart from the rest of their
    territory (kept by a fixed rep or a group)."""

    rep_of: Mapping[str, str]
    after: Judgement
    before: Judgement | None
    moved: tuple[str, ...]
    enclaves: tuple[str, ...] = ()
    shapes: Mapping[str, Shape] = field(default_factory=dict, repr=False)


def propose(district: District, options: ProposalOptions | None = None) -> Proposal:
    """Divide the district among its reps, the same way each time. Raises `UnusableDistrict`."""
    raise NotImplementedError
