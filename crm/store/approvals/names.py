"""How people call whom and what approvals name by number."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from crm.models import Approval, District, Region, Rep, User


@dataclass(frozen=True, kw_only=True)
class Names:
    """By number: people's names, and the codes of reps, districts and regions."""

    people: dict[int | None, str]
    reps: dict[int | None, str]
    districts: dict[int | None, str]
    regions: dict[int | None, str]


def names_of(session: Session, approvals: Sequence[Approval]) -> Names:
    """The names in approvals that the asker was already let see."""
    people = select(User.id, User.name).where(
        col(User.id).in_({approval.asked_by_id for approval in approvals})
    )
    reps = select(Rep.id, Rep.code).where(col(Rep.id).in_({a.rep_id for a in approvals}))
    districts = select(District.id, District.code).where(
        col(District.id).in_({a.district_id for a in approvals})
    )
    regions = select(Region.id, Region.code).where(
        col(Region.id).in_({a.region_id for a in approvals})
    )
    return Names(
        people=dict(session.exec(people).all()),
        reps=dict(session.exec(reps).all()),
        districts=dict(session.exec(districts).all()),
        regions=dict(session.exec(regions).all()),
    )
