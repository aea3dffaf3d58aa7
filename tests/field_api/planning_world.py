"""Two reps with customers to plan, and the planner with little work in this process."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session, SQLModel, col, select

from crm.database import Database
from crm.models import (
    Appointment,
    Customer,
    CyclePlan,
    PlannedVisit,
    Promise,
    Rep,
    Territory,
    Visit,
)
from crm.rules.access import OPERATOR, Asker
from crm.vocabulary import PlanState, Role
from field_api.services.planning import CycleRequest, Effort, PlanChange, plan_cycle, replan
from tests.builders import VALLETTA, VICTORIA_GOZO, a_customer, a_district, a_rep, a_territory

FIRST = date(2026, 11, 30)
WEEKS = 2
LAST = FIRST + timedelta(days=13)
BEFORE = date(2026, 11, 25)
POOL = ThreadPoolExecutor(1)
LITTLE = Effort(work=5, executor=POOL)


@dataclass
class PlanningWorld:
    """Rep R1 with eight weekly and four quarterly customers in Malta, R2 with two on Gozo."""

    database: Database

    def plan(self, **changes):
        values = {"first_day": FIRST, "weeks": WEEKS} | changes
        return plan_cycle(self.database, OPERATOR, CycleRequest(**values), effort=LITTLE)

    def replan(self, today: date, purpose="a reason", **changes) -> PlanChange:
        values = {"rep_code": "R1", "effort": LITTLE} | changes
        return replan(self.database, OPERATOR, today=today, purpose=purpose, **values)

    def add(self, *rows: SQLModel) -> None:
        with self.database.writing() as session:
            session.add_all(rows)

    def customers(self) -> list[Customer]:
        with self.database.reading() as session:
            return list(session.exec(select(Customer)))

    def customer_id(self, code: str) -> int:
        with self.database.reading() as session:
            return _by_code(session, Customer, code).id

    def change(self, model: type[SQLModel], code: str, **values: object) -> None:
        with self.database.writing() as session:
            row = _by_code(session, model, code)
            for name, value in values.items():
                setattr(row, name, value)

    def promise(self, customer: str, due: date, code="SOON") -> None:
        owed = {"customer_id": self.customer_id(customer), "what": "x", "made_on": BEFORE}
        self.add(Promise(code=code, due=due, **owed))

    def book(self, customer: str, on: date, code="BOOKED", begin_s=36000) -> None:
        owed = {"customer_id": self.customer_id(customer), "minutes": 30, "begin_s": begin_s}
        self.add(Appointment(code=code, date=on, **owed))

    def visited(self, *customers: str, on: date) -> None:
        self.add(*(Visit(customer_id=self.customer_id(code), date=on) for code in customers))

    def plans(self, state: PlanState | None = None) -> list[CyclePlan]:
        with self.database.reading() as session:
            rows = session.exec(select(CyclePlan).order_by(col(CyclePlan.id))).all()
            return [row for row in rows if state in (None, row.state)]

    def days(self, rep: str = "R1") -> dict[str, list[date]]:
        """Customer code → the days of the rep's plan in force."""
        found: dict[str, list[date]] = {}
        with self.database.reading() as session:
            rows = session.exec(
                select(Customer.code, PlannedVisit.date)
                .join(PlannedVisit, col(PlannedVisit.customer_id) == Customer.id)
                .join(CyclePlan, col(PlannedVisit.plan_id) == CyclePlan.id)
                .join(Rep, col(Rep.id) == CyclePlan.rep_id)
                .where(Rep.code == rep, CyclePlan.state == PlanState.PUBLISHED)
                .order_by(col(PlannedVisit.date))
            )
            for code, day in rows:
                found.setdefault(code, []).append(day)
        return found

    def asker(self, district: str) -> Asker:
        """The manager of a rep's district."""
        with self.database.reading() as session:
            rep = _by_code(session, Rep, district)
            return Asker(role=Role.DISTRICT_MANAGER, district_id=rep.district_id)


def build(database: Database) -> PlanningWorld:
    """The planning world on a database that holds it, or is empty and migrated."""
    with database.reading() as session:
        filled = session.exec(select(Rep)).first()
    if not filled:
        fill(database)
    return PlanningWorld(database)


def fill(database: Database) -> None:
    """Put the planning world's rows into an empty migrated database."""
    with database.writing() as session:
        for number, near in enumerate((VALLETTA, VICTORIA_GOZO), start=1):
            district = a_district(f"D{number}", f"District {number}")
            session.add(district)
            session.flush()
            rep = a_rep(district, f"R{number}", near)
            session.add(rep)
            session.flush()
            territory = a_territory(rep, f"T{number}", near)
            session.add(territory)
            session.flush()
            codes = [f"W{n}" for n in range(8)] + [f"Q{n}" for n in range(4)]
            for n, code in enumerate(codes if number == 1 else ["G1", "G2"]):
                place = (near[0] + n % 4 / 500, near[1] + n // 4 / 500)
                grade = "E" if code.startswith("Q") else "A"
                session.add(a_customer(code, place, grade, territory_id=territory.id))
        session.flush()
        for customer in session.exec(select(Customer)):
            session.add(Visit(customer_id=customer.id, date=BEFORE))


def territory_of(session: Session, code: str) -> Territory:
    return _by_code(session, Territory, code)


def _by_code(session: Session, model: type[SQLModel], code: str):
    return session.exec(select(model).where(model.code == code)).one()
