"""What plans say of hours, without their documents."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from crm.models import CyclePlan, Rep
from crm.rules.access import Asker
from crm.store.people import people
from crm.vocabulary import PlanState


@dataclass(frozen=True, kw_only=True)
class PlanHours:
    """A plan's figures: hours needed against hours there are, visits planned of those required."""

    plan_id: int
    rep_id: int
    first_day: date
    last_day: date
    state: PlanState
    figures: dict[str, Any]


def since(session: Session, asker: Asker, today: date) -> list[PlanHours]:
    """The plans that go on after a day, published or on their way to it, the last made first."""
    reps = people.reps_visible_to(asker).with_only_columns(col(Rep.id))
    query: Any = (
        select(  # type: ignore[call-overload]
            CyclePlan.id,
            CyclePlan.rep_id,
            CyclePlan.first_day,
            CyclePlan.last_day,
            CyclePlan.state,
            CyclePlan.figures,
        )
        .where(
            col(CyclePlan.rep_id).in_(reps),
            col(CyclePlan.last_day) >= today,
            col(CyclePlan.state).in_((PlanState.PUBLISHED, PlanState.PROPOSED, PlanState.DRAFT)),
        )
        .order_by(col(CyclePlan.id).desc())
    )
    return _told(session.exec(query).all())


def _told(rows: Sequence[Any]) -> list[PlanHours]:
    names = list(PlanHours.__dataclass_fields__)
    return [PlanHours(**dict(zip(names, row, strict=True))) for row in rows]
