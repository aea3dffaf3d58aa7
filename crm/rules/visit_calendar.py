"""What became of planned visits: which stand, which moved and how often, which were dropped.

Calendars need it: a visit keeps its identity while plans of its cycle follow one another.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime


@dataclass(frozen=True, kw_only=True)
class Slot:
    """When a visit is planned: its day, and seconds after local midnight."""

    date: date
    begin_s: int
    end_s: int


@dataclass(frozen=True, kw_only=True)
class PublishedPlan:
    """A plan that was published at an instant, also one that has been replaced since. `visits` by
    their ids, which are stable among plans that begin on the same day."""

    id: int
    first_day: date
    last_day: date
    at: datetime
    in_force: bool
    visits: Mapping[str, Slot]


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How a visit stands. `cycle` is the first day of its plans, `plan_id` the newest plan that
    held it, `sequence` how often it was changed, the last time at `changed_at`."""

    cycle: date
    visit_id: str
    plan_id: int
    slot: Slot
    sequence: int
    changed_at: datetime
    cancelled: bool


def standings(plans: Iterable[PublishedPlan]) -> list[Standing]:
    """Every visit that was ever published, in order of time; `plans` in any order."""
    found: dict[tuple[date, str], Standing] = {}
    by_id: dict[int, PublishedPlan] = {}
    for plan in sorted(plans, key=lambda p: (p.at, p.id)):
        by_id[plan.id] = plan
        for key, visit in found.items():
            if not visit.cancelled and _gives_way(visit, plan) and not _stated(visit, plan):
                found[key] = _cancelled(visit, plan.at)
        for visit_id, slot in plan.visits.items():
            key = (plan.first_day, visit_id)
            found[key] = _planned(found.get(key), visit_id, slot, plan)
    for key, visit in found.items():
        plan = by_id[visit.plan_id]
        if not visit.cancelled and not (plan.in_force and visit.slot.date <= plan.last_day):
            found[key] = _cancelled(visit, plan.at)
    return sorted(found.values(), key=lambda v: (v.slot.date, v.slot.begin_s, v.visit_id))


def _gives_way(visit: Standing, plan: PublishedPlan) -> bool:
    """Whether a newer plan takes the visit's place: it ends a plan that began before it, and
    replaces those that begin within it."""
    if visit.cycle < plan.first_day:
        return visit.slot.date >= plan.first_day
    return visit.cycle <= plan.last_day


def _stated(visit: Standing, plan: PublishedPlan) -> bool:
    return visit.cycle == plan.first_day and visit.visit_id in plan.visits


def _planned(before: Standing | None, visit_id: str, slot: Slot, plan: PublishedPlan) -> Standing:
    if before is None:
        return Standing(
            cycle=plan.first_day,
            visit_id=visit_id,
            plan_id=plan.id,
            slot=slot,
            sequence=0,
            changed_at=plan.at,
            cancelled=False,
        )
    if before.slot == slot and not before.cancelled:
        return replace(before, plan_id=plan.id)
    return replace(
        before,
        plan_id=plan.id,
        slot=slot,
        sequence=before.sequence + 1,
        changed_at=plan.at,
        cancelled=False,
    )


def _cancelled(visit: Standing, at: datetime) -> Standing:
    return replace(visit, sequence=visit.sequence + 1, changed_at=at, cancelled=True)
