"""The cheapest changes that would let a visit in, one of each kind, each one confirmed."""

from __future__ import annotations

from collections.abc import Iterable

from routing.explain.confirm import confirmed
from routing.explain.offers import Offer, offers
from routing.explain.room import Place
from routing.explain.scene import Scene
from routing.explain.terms import Terms, relaxed
from routing.explain.trial import Trial, fits
from routing.plan import Remedy
from routing.reasons import RemedyCode


def remedies(scene: Scene, trials: Iterable[Trial]) -> tuple[Remedy, ...]:
    """Of each kind the cheapest remedy that works, the cheapest kind first."""
    by_code: dict[RemedyCode, list[Offer]] = {}
    for trial in trials:
        for offer in offers(scene, trial):
            by_code.setdefault(offer.code, []).append(offer)
    order = list(RemedyCode)
    found = [remedy for of_kind in by_code.values() if (remedy := _cheapest(scene, of_kind))]
    found.sort(key=lambda remedy: (remedy.cost, order.index(RemedyCode(remedy.code))))
    return tuple(found)


def settled(scene: Scene, terms: Terms, remedy: Remedy) -> tuple[Terms, Place] | None:
    """The terms with the remedy done and the visit's place on them; None where it does not work."""
    new = relaxed(terms, remedy)
    place = fits(scene, new)
    if place is None or not confirmed(scene, new, place):
        return None
    return new, place


def _cheapest(scene: Scene, of_kind: list[Offer]) -> Remedy | None:
    best: Remedy | None = None
    for offer in sorted(of_kind, key=lambda offer: offer.at_least):
        if best is not None and offer.at_least >= best.cost:
            break
        remedy = offer.make()
        if remedy is None or (best is not None and remedy.cost >= best.cost):
            continue
        if settled(scene, offer.trial.terms, remedy) is not None:
            best = remedy
    return best
