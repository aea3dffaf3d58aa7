"""Plans that were reckoned with other peak hours than hold now."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from crm.models import CyclePlan, Rep
from crm.rules.access import Asker
from crm.rules.peak_hours import Peak, in_effect
from crm.store.people import people
from crm.text import N_
from crm.vocabulary import PlanState, Transport

NOTE = N_("Peak hours were changed since this was planned; its drives are reckoned without that.")
LOOKED_AT = (PlanState.DRAFT, PlanState.PROPOSED, PlanState.PUBLISHED)
RECKONED_WITH = "peaks"  # in a note: the rows, in words, that the plan goes by

Tables = Mapping[int, Sequence[Peak]]  # what holds, by id of the district


def mark_plans(session: Session, before: Tables, after: Tables, *, now: datetime) -> int:
    """Mark the plans with days to come of reps who drive, wherever what holds is another; take the
    mark off again where what they were reckoned with is back. How many bear it newly."""
    changed = {
        district: (in_effect(before.get(district, ())), in_effect(peaks))
        for district, peaks in after.items()
    }
    touched = [district for district, (was, holds) in changed.items() if was != holds]
    query = (
        select(CyclePlan, Rep.district_id)
        .join(Rep, col(Rep.id) == CyclePlan.rep_id)
        .where(
            col(Rep.district_id).in_(touched),
            Rep.transport == Transport.CAR,
            CyclePlan.last_day >= now.date(),
            col(CyclePlan.state).in_(LOOKED_AT),
        )
    )
    marked = 0
    for plan, district in session.exec(query.order_by(col(CyclePlan.id))):
        was, holds = changed[district]
        mark = _mark_of(plan)
        reckoned_with = mark[RECKONED_WITH] if mark else was
        others = [note for note in plan.replan_because if note is not mark]
        if reckoned_with != holds:
            told = {"text": NOTE, "params": {}, "at": now.isoformat()}
            others.append(told | {RECKONED_WITH: reckoned_with})
            marked += mark is None
        plan.replan_because = others  # JSON changed in place is not saved
    session.flush()
    return marked


def marked_plans(session: Session, asker: Asker, *, today: date) -> list[tuple[int, Rep]]:
    """The asker's plans with days to come that bear the mark, with their reps in order of code."""
    reps = people.reps_visible_to(asker).with_only_columns(col(Rep.id))
    query = (
        select(CyclePlan.id, CyclePlan.replan_because, Rep)
        .join(Rep, col(Rep.id) == CyclePlan.rep_id)
        .where(
            col(Rep.id).in_(reps),
            CyclePlan.last_day >= today,
            col(CyclePlan.state).in_(LOOKED_AT),
        )
        .order_by(Rep.code, col(CyclePlan.first_day))
    )
    return [
        (number or 0, rep)
        for number, notes, rep in session.exec(query)
        if any(RECKONED_WITH in note for note in notes)
    ]


def _mark_of(plan: CyclePlan) -> dict[str, Any] | None:
    return next((note for note in plan.replan_because if RECKONED_WITH in note), None)
