"""The straight line's curve fitted to the legs of a routing engine: fast, and nearly as true.

The same legs give the same curve. Errors are measured on legs that the fit has not seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from routing.problem import NO_WAY, Matrix, Place
from routing.travel.interface import TravelTimes
from routing.travel.profiles import KMH, PROFILES, Metres, Profile
from routing.travel.straight_line import Water, great_circle_m

KNOTS_M = (0.0, 250.0, 500.0, 1000.0, 2000.0, 4000.0, 8000.0, 16_000.0, 32_000.0)
LEAST_LEGS = 20  # between two knots; fewer tell little
NEAR = 25  # legs of each place to its nearest ones: plans are made of these
SHORTEST_S = 30.0  # a leg of a few seconds must not weigh more than all others
LEAST_PLACES = 10
ROUNDS = 40
LEAST_ERROR = 0.01  # nearer than that to a leg is near enough
LEAST_DETOUR_M = 200.0  # nearer places wind by chance

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, kw_only=True)
class Errors:
    """How far estimated seconds are off, parts of the engine's: the median, and the mean, over
    legs that the fit has not seen; `near` over those to the nearest places."""

    median: float
    mean: float
    near_median: float
    near_mean: float
    legs: int


@dataclass(frozen=True, kw_only=True)
class Fit:
    """A fitted curve, and the errors before and after."""

    profile: Profile
    before: Errors
    after: Errors


class TooFewLegs(ValueError):
    """There are not enough legs to fit anything to."""


def fit(
    places: Sequence[Place], engine: TravelTimes, transport: str, water: Water | None = None
) -> Fit:
    """Fit a means of transport to an engine's legs between places. The curve is fitted to the legs
    from every other place, and judged by the rest. Raises `TooFewLegs`, and as the engine does."""
    told = engine.matrices(places, transport)
    old = PROFILES[transport]
    seconds, metres, direct_m, crossing_s, near = _legs(places, told, old, water)
    learned = np.arange(len(places)) % 2 == 0
    rows = np.repeat(learned[:, None], len(places), axis=1)
    known = _known(told, direct_m)
    train, judge = known & rows, known & ~rows
    if len(places) < LEAST_PLACES or train.sum() < LEAST_LEGS * 2 or judge.sum() < LEAST_LEGS:
        raise TooFewLegs(
            f"{len(places)} places with {int(known.sum())} legs by road; "
            f"{LEAST_PLACES} places and their roads are needed"
        )
    new = _fitted(
        transport, direct_m[train], (seconds - crossing_s)[train], metres[train], near[train]
    )
    return Fit(
        profile=new,
        before=_errors(
            old.seconds(np.where(known, direct_m, 0)) + crossing_s, seconds, judge, near
        ),
        after=_errors(new.seconds(np.where(known, direct_m, 0)) + crossing_s, seconds, judge, near),
    )


def _legs(
    places: Sequence[Place], told: tuple[Matrix, Matrix], profile: Profile, water: Water | None
) -> tuple[Metres, Metres, Metres, Metres, Mask]:
    seconds, metres = (matrix.astype(np.float64) for matrix in told)
    direct_m, crossing_s = great_circle_m(places), np.zeros_like(seconds)
    if water is not None:
        direct_m, crossing_s = water.ways(places, profile)
    return seconds, metres, direct_m, crossing_s, nearest(direct_m)


def nearest(direct_m: Metres) -> Mask:
    """Which legs lead to one of the `NEAR` nearest places, or to the place itself."""
    order = np.argsort(direct_m, axis=1, kind="stable")
    near: Mask = np.argsort(order, axis=1, kind="stable") <= NEAR
    return near


def _known(told: tuple[Matrix, Matrix], direct_m: Metres) -> Mask:
    known: Mask = (told[0] < NO_WAY) & (told[0] > 0) & np.isfinite(direct_m)
    np.fill_diagonal(known, False)
    return known


def _fitted(name: str, direct_m: Metres, seconds: Metres, metres: Metres, near: Mask) -> Profile:
    """The curve through the middle of the legs of each length. Legs to the nearest places weigh as
    much as all others. What a leg usually takes is its measure, not what this one took: else quick
    legs would count most, and a month of estimates come out too short."""
    knots = _knots(direct_m)
    weight = np.where(near, 1 / max(int(near.sum()), 1), 1 / max(int((~near).sum()), 1))
    usual_s = PROFILES[name].seconds(direct_m)
    weight = weight / np.maximum(usual_s, SHORTEST_S) ** 2
    basis = _parts_of_knots(direct_m, knots)
    usual_s = np.maximum(usual_s, SHORTEST_S)
    error = usual_s
    for _ in range(ROUNDS):  # the least absolute error, by weights anew in each round
        far_off = np.maximum(np.abs(error) / usual_s, LEAST_ERROR)
        weighed = basis * (weight / far_off)[:, None]
        found = np.linalg.lstsq(basis.T @ weighed, weighed.T @ seconds, rcond=None)[0]
        error = seconds - basis @ found
    rising = np.maximum.accumulate(np.maximum(found, 0.0))
    far_m, far_s = knots[-1] - knots[-2], max(rising[-1] - rising[-2], 1.0)
    longer = direct_m > LEAST_DETOUR_M
    winding = metres[longer] / direct_m[longer] if longer.any() else np.array([1.3])
    return Profile(
        name=name,
        knots_m=tuple(float(m) for m in knots),
        knots_s=tuple(round(float(s), 1) for s in rising),
        far_kmh=round(float(np.clip(far_m / far_s * KMH, 1.0, 300.0)), 2),
        detour=round(float(np.clip(np.median(winding), 1.0, 10.0)), 3),
    )


def _knots(direct_m: Metres) -> Metres:
    """Knots with enough legs before each."""
    found = [0.0]
    for knot in KNOTS_M[1:]:
        if (
            knot <= direct_m.max()
            and ((direct_m > found[-1]) & (direct_m <= knot)).sum() >= LEAST_LEGS
        ):
            found.append(knot)
    if len(found) == 1:
        raise TooFewLegs("the places lie too near together")
    return np.array(found)


def _parts_of_knots(direct_m: Metres, knots: Metres) -> Metres:
    """How much of each knot a distance is, shape (legs, knots); the last line goes on for ever."""
    parts = np.stack([np.interp(direct_m, knots, row) for row in np.eye(len(knots))], axis=1)
    beyond = np.maximum(direct_m - knots[-1], 0.0) / (knots[-1] - knots[-2])
    parts[:, -1] += beyond
    parts[:, -2] -= beyond
    return parts


def _errors(estimated: Metres, seconds: Metres, judged: Mask, near: Mask) -> Errors:
    off: np.ndarray[Any, np.dtype[np.float64]] = np.abs(np.rint(estimated) - seconds)
    share = off / np.maximum(seconds, SHORTEST_S)
    close = judged & near
    return Errors(
        median=float(np.median(share[judged])),
        mean=float(share[judged].mean()),
        near_median=float(np.median(share[close])),
        near_mean=float(share[close].mean()),
        legs=int(judged.sum()),
    )
