"""A rep under way: the small world's R1 with a planned cycle around Valletta."""

from uuid import UUID

from sqlmodel import col, delete, select

from crm.models import (
    Appointment,
    Approval,
    Customer,
    CyclePlan,
    DayChange,
    PlannedDay,
    PlannedVisit,
    Promise,
    Rep,
    Territory,
    Visit,
)
from crm.rules.access import OPERATOR
from crm.vocabulary import PlanState
from field_api.services.planning import CycleRequest, Effort, plan_cycle
from tests.builders import VALLETTA, a_customer
from tests.field_api.planning_world import BEFORE, POOL
from tests.field_api.world import API, MONDAY, World

URL = f"{API}/my/days/{MONDAY}/changes"
ID = UUID("0f2b6f4e-3d1c-4a55-9c4e-6f1f9c5f0c11")
LITTLE = Effort(work=5, executor=POOL)


def without_plans(session) -> None:
    """Nothing of any plan is left."""
    for table in (DayChange, Approval, PlannedVisit, PlannedDay):
        session.exec(delete(table))
    session.exec(delete(CyclePlan).where(col(CyclePlan.changes_plan_id).is_not(None)))
    session.exec(delete(CyclePlan))


def plan(world: World, customers: int = 40, weeks: int = 2, **changes) -> None:
    """R1 has so many customers of half an hour, weekly ones unless another grade is named, and a
    plan."""
    customers_of(world, customers, **changes)
    publish(world, weeks)


def customers_of(world: World, customers: int = 40, grade: str = "A", **changes) -> None:
    """R1 has so many customers and no plan."""
    with world.database.writing() as session:
        without_plans(session)
        session.exec(delete(Promise).where(Promise.code == "P1"))
        territory = session.exec(select(Territory).where(Territory.code == "T1")).one()
        known = session.exec(select(Customer).where(col(Customer.code).like("W%"))).all()
        for n in range(len(known), customers):
            place = (VALLETTA[0] + n % 4 / 500, VALLETTA[1] + n // 4 / 500)
            values = {"territory_id": territory.id, "service_minutes": 30} | changes
            customer = a_customer(f"W{n:02}", place, grade, **values)
            session.add(customer)
            session.flush()
            session.add(Visit(customer_id=customer.id, date=BEFORE))
        rep = session.exec(select(Rep).where(Rep.code == "R1")).one()
        rep.max_visits_a_day = 60


def publish(world: World, weeks: int = 2) -> None:
    """R1's cycle is planned."""
    plan_cycle(
        world.database,
        OPERATOR,
        CycleRequest(first_day=MONDAY, weeks=weeks, rep_codes=("R1",)),
        effort=LITTLE,
    )


def owe(world: World, customer: str, *, begin_s: int | None = None) -> None:
    """A promise that is due today, or an appointment for today."""
    with world.database.writing() as session:
        found = session.exec(select(Customer).where(Customer.code == customer)).one()
        if begin_s is None:
            owed = {"code": "TODAY", "what": "x", "made_on": BEFORE, "due": MONDAY}
            session.add(Promise(customer_id=found.id, **owed))
        else:
            owed = {"code": "BOOKED", "date": MONDAY, "begin_s": begin_s, "minutes": 30}
            session.add(Appointment(customer_id=found.id, **owed))


def stops(world: World, day=MONDAY) -> list[dict]:
    """The stops of R1's day as the phone gets them."""
    return world.client("rep1").get(f"{API}/my/days/{day}").json()["stops"]


def in_force(world: World) -> CyclePlan:
    """R1's plan in force today."""
    with world.database.reading() as session:
        rep = select(Rep.id).where(Rep.code == "R1").scalar_subquery()
        query = select(CyclePlan).where(
            CyclePlan.rep_id == rep, CyclePlan.state == PlanState.PUBLISHED
        )
        return session.exec(query.where(CyclePlan.first_day <= MONDAY)).one()


def look(world: World, kind: str, *, who="rep1", url=URL, change=ID, **more):
    """A preview's response."""
    return world.client(who).post(url, json={"id": str(change), "kind": kind, **more})


def accept(world: World, kind: str, fingerprint: str, *, who="rep1", url=URL, change=ID, **more):
    """The response to accepting."""
    body = {"kind": kind, "fingerprint": fingerprint, **more}
    return world.client(who).put(f"{url}/{change}", json=body)


def done(world: World, kind: str, *, change=ID, **more) -> dict:
    """Looked at and accepted at once."""
    seen = look(world, kind, change=change, **more)
    assert seen.status_code == 200, seen.text
    answer = accept(world, kind, seen.json()["fingerprint"], change=change, **more)
    assert answer.status_code == 200, answer.text
    return answer.json()
