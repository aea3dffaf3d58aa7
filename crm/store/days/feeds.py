"""Calendar feeds: who may fetch whose route, and what stands in it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Update
from sqlalchemy.orm import load_only
from sqlmodel import Session, col, select, update

from crm.errors import Refused
from crm.models import CalendarFeed, Customer, CyclePlan, PlannedVisit, Rep, User
from crm.rules.access import Asker
from crm.rules.visit_calendar import PublishedPlan, Slot
from crm.store.house import audit
from crm.store.people import people
from crm.text import N_
from crm.vocabulary import PlanState

NOUN = "calendar_feed"  # in the audit trail
WERE_PUBLISHED = (PlanState.PUBLISHED, PlanState.REPLACED)
PLAN_COLUMNS: tuple[Any, ...] = (  # without the document, which is large
    CyclePlan.first_day,
    CyclePlan.last_day,
    CyclePlan.state,
    CyclePlan.created_at,
    CyclePlan.published_at,
)


class FeedNotFound(Refused):
    """There is no such feed, or it was taken back."""

    def __init__(self) -> None:
        super().__init__(
            N_("There is no calendar at this address; get a new one where you log in.")
        )


@dataclass(frozen=True, kw_only=True)
class PublishedVisit:
    """What a calendar tells of a planned visit, as the newest of its plans has it."""

    customer: Customer
    purpose: str


def give(
    session: Session, asker: Asker, rep_code: str, *, token_sha256: str, now: datetime
) -> CalendarFeed:
    """A new feed of a rep's route for the asker's own account, in the place of the one before.
    Raises `RepNotFound`."""
    rep = people.get_rep(session, asker, rep_code)
    _end(session, asker, rep, now)
    assert rep.id is not None
    assert asker.user_id is not None
    feed = CalendarFeed(
        rep_id=rep.id, user_id=asker.user_id, token_sha256=token_sha256, created_at=now
    )
    session.add(feed)
    session.flush()
    audit.record(session, "give", noun=NOUN, key=str(feed.id), details={"rep": rep.code})
    return feed


def revoke(session: Session, asker: Asker, rep_code: str, *, now: datetime) -> None:
    """End the asker's feed of a rep's route; without one nothing changes. Raises `RepNotFound`."""
    rep = people.get_rep(session, asker, rep_code)
    if _end(session, asker, rep, now):
        audit.record(session, "revoke", noun=NOUN, key=rep.code)


def owner(session: Session, token_sha256: str) -> tuple[User, Rep]:
    """Whose account a feed was given to, and whose route it shows. Raises `FeedNotFound` for a
    feed that was taken back and for an account or a rep out of use."""
    found = session.exec(
        select(User, Rep)
        .join(CalendarFeed, col(CalendarFeed.user_id) == User.id)
        .join(Rep, col(CalendarFeed.rep_id) == Rep.id)
        .where(
            CalendarFeed.token_sha256 == token_sha256,
            col(CalendarFeed.revoked_at).is_(None),
            col(User.active).is_(True),
            col(Rep.active).is_(True),
        )
    ).one_or_none()
    if found is None:
        raise FeedNotFound
    return found[0], found[1]


def published(
    session: Session, asker: Asker, rep: Rep, *, since: date
) -> tuple[list[PublishedPlan], dict[tuple[int, str], PublishedVisit]]:
    """The plans of a rep that were published and reach beyond a day, and by plan and id what is
    to know of their visits. Raises `RepNotFound` for a rep whom the asker does not see."""
    people.get_rep(session, asker, rep.code)
    plans = session.exec(
        select(CyclePlan)
        .where(
            CyclePlan.rep_id == rep.id,
            col(CyclePlan.state).in_(WERE_PUBLISHED),
            CyclePlan.last_day >= since,
        )
        .options(load_only(*PLAN_COLUMNS))
    ).all()
    slots: dict[int, dict[str, Slot]] = defaultdict(dict)
    told: dict[tuple[int, str], PublishedVisit] = {}
    visits = session.exec(
        select(PlannedVisit, Customer)
        .join(Customer, col(PlannedVisit.customer_id) == Customer.id)
        .where(col(PlannedVisit.plan_id).in_([plan.id for plan in plans]))
    )
    for visit, customer in visits:
        slot = Slot(date=visit.date, begin_s=visit.begin_s, end_s=visit.end_s)
        slots[visit.plan_id][visit.visit_id] = slot
        told[visit.plan_id, visit.visit_id] = PublishedVisit(
            customer=customer, purpose=visit.purpose
        )
    return [
        PublishedPlan(
            id=plan.id or 0,
            first_day=plan.first_day,
            last_day=plan.last_day,
            at=plan.published_at or plan.created_at,
            in_force=plan.state is PlanState.PUBLISHED,
            visits=slots[plan.id or 0],
        )
        for plan in plans
    ], told


def end_all(session: Session, rep: Rep, *, now: datetime) -> None:
    """End everybody's feeds of a rep's route."""
    session.connection().execute(_ending(rep, now))


def _end(session: Session, asker: Asker, rep: Rep, now: datetime) -> bool:
    own = _ending(rep, now).where(col(CalendarFeed.user_id) == asker.user_id)
    return session.connection().execute(own).rowcount > 0


def _ending(rep: Rep, now: datetime) -> Update:
    return (
        update(CalendarFeed)
        .where(col(CalendarFeed.rep_id) == rep.id, col(CalendarFeed.revoked_at).is_(None))
        .values(revoked_at=now)
    )
