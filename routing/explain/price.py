"""What it costs to have a visit on another day, in weighted seconds, part by part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from itertools import pairwise

from routing.cycle.instance import Job, Rows, Slot
from routing.explain.scene import Scene
from routing.problem import Visit


@dataclass(frozen=True, kw_only=True)
class Cost:
    """The parts of the planner's one sum (`routing.weights`), in seconds; negative: it saves.

    `travel_s` on the road by ordinary times, `money_s` what the kilometres cost, `spacing_s` off
    the due date, `owner_s` for a rep who is not the customer's own, `nearness_s` off the published
    day, `balance_s` for days more uneven than before.
    """

    travel_s: int = 0
    money_s: int = 0
    spacing_s: int = 0
    owner_s: int = 0
    nearness_s: int = 0
    balance_s: int = 0

    @property
    def total_s(self) -> int:
        """All parts together."""
        return sum(getattr(self, part.name) for part in fields(self))

    def less(self, other: Cost) -> Cost:
        """This cost without another one, part by part."""
        return Cost(
            **{p.name: getattr(self, p.name) - getattr(other, p.name) for p in fields(self)}
        )


def cost_of(scene: Scene, visit: Visit, slot: Slot, jobs: Sequence[Job]) -> Cost:
    """What a visit adds to a day in which it stands: `jobs` are all stops, itself among them."""
    others = [job for job in jobs if job.visit.id != visit.id]
    weights, customer = scene.instance.weights, scene.customers[visit.customer_id]
    travel_s = _sum(slot.travel, slot, jobs) - _sum(slot.travel, slot, others)
    priced_s = _sum(slot.leg_cost, slot, jobs) - _sum(slot.leg_cost, slot, others)
    others_work_s = _sum(slot.travel, slot, others) + sum(job.service_s for job in others)
    work_s = others_work_s + travel_s + visit.service_s
    stranger = customer.owner_id not in (None, slot.rep.id) and visit.accompanies is None
    return Cost(
        travel_s=travel_s,
        money_s=priced_s - travel_s,
        spacing_s=weights.off_due_date(customer, abs((slot.date - visit.ideal).days)),
        owner_s=weights.not_by_owner if stranger else 0,
        nearness_s=0 if _as_published(scene, visit, slot) else weights.moved_off_published_day,
        balance_s=_unevenness(scene, slot, work_s) - _unevenness(scene, slot, others_work_s),
    )


def _sum(legs: Rows, slot: Slot, jobs: Sequence[Job]) -> int:
    """Over the legs of the day, the way back included; a day without stops has none."""
    nodes = [slot.day.start, *(job.node for job in jobs), slot.day.end]
    return sum(legs[here][there] for here, there in pairwise(nodes)) if jobs else 0


def _as_published(scene: Scene, visit: Visit, slot: Slot) -> bool:
    """Whether the day is the published one, or none is published."""
    where: tuple[str, date] = (slot.rep.id, slot.date)
    return all(
        (stop.rep_id, stop.date) == where
        for stop in scene.problem.published
        if stop.visit_id == visit.id
    )


def _unevenness(scene: Scene, slot: Slot, work_s: int) -> int:
    weight = scene.instance.weights.balance_s
    off_s = work_s - scene.instance.even_share_s[slot.index]
    return off_s * off_s // weight if weight else 0
