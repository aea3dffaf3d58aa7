"""Approvals to test with: a matter whose owner only notes that it was carried out."""

from datetime import datetime
from threading import Lock
from typing import Any

from sqlmodel import Session, select

from crm.models import Approval, Customer, Rep, User
from crm.rules.access import Asker
from crm.store import approvals
from crm.store.approvals import Overtaken, Place
from crm.vocabulary import ApprovalMatter
from tests.field_api.world import NOW

MATTER = ApprovalMatter.FREQUENCY


class Owner:
    """Carries approvals out by renaming customer C1, and notes how often. `fails` is raised after
    that; `doubt` is told before; `knows` are the parts that wishes may be about."""

    def __init__(self) -> None:
        self.carried_out: list[str] = []
        self.closed: list[str] = []
        self.fails: Exception | None = None
        self.told: list[Any] = []
        self._lock = Lock()

    def apply(self, session: Session, approval: Approval, now: datetime) -> dict[str, Any]:
        customer = session.exec(select(Customer).where(Customer.code == "C1")).one()
        customer.name = "Renamed"
        session.flush()
        with self._lock:
            self.carried_out.append(approval.subject)
        if self.fails is not None:
            raise self.fails
        return {"at": now.isoformat()}

    def hear(self, session: Session, approval: Approval, now: datetime) -> None:
        self.closed.append(approval.state.value)

    def doubts(self, session: Session, approval: Approval) -> list[Any]:
        return self.told

    def parts(self, session: Session, approval: Approval) -> set[str]:
        return {"C1/1"}


def asker_of(session: Session, username: str) -> Asker:
    """Who a user is to the rules."""
    user = session.exec(select(User).where(User.username == username)).one()
    return Asker(
        role=user.role,
        user_id=user.id,
        rep_id=user.rep_id,
        district_id=user.district_id,
        region_id=user.region_id,
        name=user.name,
    )


def opened(session: Session, *, by: str = "rep1", rep: str | None = "R1", **changes) -> Approval:
    """Something asked for: by default by rep1 about the own customers."""
    rep_id = session.exec(select(Rep.id).where(Rep.code == rep)).one() if rep else None
    asked: dict[str, Any] = {
        "matter": MATTER,
        "subject": "C1",
        "title": "Customer {code}",
        "title_params": {"code": "C1"},
        "reason": "Orders every week",
        "payload": {"changes": [{"field": "interval_days", "before": 28, "after": 7}]},
        "place": Place(rep_id=rep_id),
        "now": NOW,
    }
    return approvals.ask(session, asker_of(session, by), **(asked | changes))


OVERTAKEN = Overtaken("It is {name} now.", name="another")
