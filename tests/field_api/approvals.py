"""Approvals to test with: a matter whose owner only notes that it was carried out."""

from datetime import date, datetime, timedelta
from threading import Lock
from typing import Any

from sqlmodel import Session, SQLModel, col, delete, select

from crm.models import Approval, Customer, CyclePlan, PlannedDay, PlannedVisit, Rep, User
from crm.rules.access import Asker
from crm.store import approvals
from crm.store.approvals import Overtaken, Place
from crm.store.plans import publishing
from crm.vocabulary import ApprovalMatter
from routing.document import to_document
from tests.field_api.world import API, NOW, World

NEXT = date(2026, 12, 28)  # the Monday after the plan in force
URL = f"{API}/approvals"
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

    def doubts(self, session: Session, approval: Approval, now: datetime) -> list[Any]:
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


def a_draft(session: Session, number: int, rep: str = "R1", **changes) -> CyclePlan:
    """A draft of a rep's next cycle with a visit to the rep's customer on its first day; anew,
    if it is there already."""
    owner = session.exec(select(Rep).where(Rep.code == rep)).one()
    customer = session.exec(select(Customer).where(Customer.code == f"C{rep[1:]}")).one()
    session.exec(delete(Approval).where(col(Approval.subject) == str(number)))
    session.exec(delete(CyclePlan).where(col(CyclePlan.id) == number))
    values: dict[str, Any] = {
        "id": number,
        "rep_id": owner.id,
        "first_day": NEXT,
        "last_day": NEXT + timedelta(days=27),
        "fingerprint": "e" * 64,
        "seed": 1,
        "created_at": NOW,
        "document": to_document([]),
    } | changes
    day = values["first_day"]
    times = {"travel_s": 840, "travel_m": 6100}
    row = PlannedDay(plan_id=0, date=day, leave_s=30600, return_s=36000, **times)
    visit = PlannedVisit(
        plan_id=0,
        visit_id=f"C{rep[1:]}/1",
        customer_id=customer.id,
        date=day,
        position=1,
        arrive_s=31440,
        begin_s=31500,
        end_s=33900,
        purpose="key_care",
        **times,
    )
    return publishing.keep(session, CyclePlan(**values), [row], [visit], [])


def ask(world: World, **changes) -> str:
    """The address of something asked for."""
    with world.database.writing(at=NOW) as session:
        return f"{URL}/{opened(session, **changes).id}"


def decide(world: World, who: str, address: str, kind: str = "approve", **more):
    """What somebody's decision is answered with."""
    return world.client(who).post(f"{address}/decisions", json={"kind": kind, **more})


def rows(world: World, table: type[SQLModel]) -> list:
    """All rows of a table."""
    with world.database.reading() as session:
        return list(session.exec(select(table)))
