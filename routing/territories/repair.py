"""The fewest customers to move so that the hours come within a limit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from routing.territories.district import District, Shape
from routing.territories.judge import Judgement


@dataclass(frozen=True, kw_only=True)
class Repair:
    """The moves. `moves`: customer id → (rep today, rep then), in order; `at_least`: no repair,
    however scattered, moves fewer than so many; `proven`: no connected repair by the estimate
    moves fewer than these."""

    moves: Mapping[str, tuple[str, str]]
    rep_of: Mapping[str, str]
    before: Judgement
    after: Judgement
    at_least: int
    proven: bool
    shapes: Mapping[str, Shape] = field(default_factory=dict, repr=False)


def repair(district: District, *, limit: float, across_water: bool = False) -> Repair:
    """Bring the imbalance (largest − smallest) ÷ mean to at most `limit` with the fewest moves.
    Every customer needs a rep today. Raises `UnusableDistrict`, also where no repair was found."""
    raise NotImplementedError
