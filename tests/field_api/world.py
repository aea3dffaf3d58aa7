"""A small world behind a real service: two regions of a district each, three reps, a customer
each, an account of every role, and a published plan for one rep. The clock stands still until a
test moves it."""

import copy
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache
from uuid import UUID

from fastapi import FastAPI
from sqlmodel import Session, col, select
from starlette.testclient import TestClient

from crm.database import Database
from crm.models import CyclePlan, LoginSession, PlannedDay, PlannedVisit, Promise, User
from crm.store.people import sessions
from crm.vocabulary import PlanState, Role, SessionKind
from field_api import deps
from field_api.auth import Passwords
from field_api.schemas.visit_reports import EXAMPLE
from field_api.settings import Settings, load_settings
from tests.builders import (
    MDINA,
    SLIEMA,
    VALLETTA,
    VICTORIA_GOZO,
    a_customer,
    a_district,
    a_region,
    a_rep,
    a_territory,
    a_user,
)
from tests.support import apps

NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
MONDAY = date(2026, 11, 30)
PASSWORD = "a long sentence"
ROLES = {
    "rep1": Role.REP,
    "rep2": Role.REP,
    "rep3": Role.REP,
    "malta": Role.DISTRICT_MANAGER,
    "gozo": Role.DISTRICT_MANAGER,
    "south": Role.REGIONAL_DIRECTOR,  # of the region that Malta lies in
    "north": Role.REGIONAL_DIRECTOR,  # of Gozo's
    "general": Role.GENERAL_MANAGER,
    "chairman": Role.CHAIRMAN,
    "info": Role.INFORMATION_ADMIN,
}
LIFETIME = sessions.Lifetime(idle=timedelta(days=400), longest=timedelta(days=400))
REPORT = UUID("6f9619ff-8b86-4d01-b42d-00cf4fc964ff")
API = "/api/v1"


@cache
def kept_password() -> str:
    """argon2 is slow by design: once a test run."""
    return Passwords(1).hashed(PASSWORD)


@dataclass
class World:
    """The service, its database and its clock."""

    database: Database
    settings: Settings
    app: FastAPI
    now: datetime = NOW
    logins: dict[str, tuple[int, UUID]] = field(default_factory=dict)  # user, session

    def client(self, username: str | None = None, **options) -> TestClient:
        """A client logged in as somebody, or as nobody."""
        headers = {"Authorization": f"Bearer {self.token(username)}"} if username else {}
        return TestClient(self.app, headers=headers, **options)

    @property
    def tokens(self) -> dict[str, str]:
        """Everybody's access token that begins now."""
        return {username: self.token(username) for username in self.logins}

    def token(self, username: str) -> str:
        """An access token that begins now."""
        return self.app.state.house.tokens.issue(*self.logins[username], self.now)[0]


def build(database: Database, **changes) -> World:
    """The world on a database that holds it, or is empty and migrated."""
    given = {"db": database.url, "timezone": "Europe/Malta", "lang": "en", "secret": "s" * 40}
    given["token_minutes"] = 24 * 60  # a test's client outlives what the test does to its clock
    settings = load_settings(**(given | changes))
    app = apps.lend(settings, database)
    world = World(database=database, settings=settings, app=app)
    app.state.world = world  # FastAPI remembers whom it called for good: not the world itself
    app.dependency_overrides[deps.now] = lambda: app.state.world.now
    world.logins = _logins(database)
    if not world.logins:
        fill(database)
        world.logins = _logins(database)
    return world


def fill(database: Database) -> None:
    """Put the world's rows into an empty migrated database."""
    with database.writing() as session:
        for user in _people(session):
            session.add(user)
            session.flush()
            sessions.start(
                session, user, SessionKind.API, device="test", lifetime=LIFETIME, now=NOW
            )


def _logins(database: Database) -> dict[str, tuple[int, UUID]]:
    with database.reading() as session:
        found = select(User.username, User.id, LoginSession.id).join(
            LoginSession, col(LoginSession.user_id) == User.id
        )
        rows = session.exec(found.order_by(col(User.id)))
        return {username: (user_id, login_id) for username, user_id, login_id in rows}


def _people(session: Session) -> list[User]:
    south, north = a_region("S", "South"), a_region("N", "North")
    session.add_all([south, north])
    session.flush()
    malta = a_district("MT", "Malta", region_id=south.id)
    gozo = a_district("GZ", "Gozo", region_id=north.id)
    session.add_all([malta, gozo])
    session.flush()
    reps = [a_rep(malta, "R1"), a_rep(malta, "R2", SLIEMA), a_rep(gozo, "R3", VICTORIA_GOZO)]
    session.add_all(reps)
    session.flush()
    places = (VALLETTA, MDINA, VICTORIA_GOZO)
    for number, (rep, near) in enumerate(zip(reps, places, strict=True), start=1):
        territory = a_territory(rep, f"T{number}", near)
        session.add(territory)
        session.flush()
        customer = a_customer(f"C{number}", near, territory_id=territory.id)
        session.add(customer)
        session.flush()
        session.add(
            Promise(
                code=f"P{number}",
                customer_id=customer.id,
                owner_rep_id=rep.id,
                what="Sample sheet",
                made_on=date(2026, 11, 20),
                due=date(2026, 12, 1),
            )
        )
        if number == 1:
            publish(session, rep.id, customer.id)
    kept = {"password_hash": kept_password()}
    users = [
        a_user(f"rep{number}", Role.REP, rep_id=rep.id, **kept)
        for number, rep in enumerate(reps, start=1)
    ]
    users.append(a_user("malta", Role.DISTRICT_MANAGER, district_id=malta.id, **kept))
    users.append(a_user("gozo", Role.DISTRICT_MANAGER, district_id=gozo.id, **kept))
    users.append(a_user("south", Role.REGIONAL_DIRECTOR, region_id=south.id, **kept))
    users.append(a_user("north", Role.REGIONAL_DIRECTOR, region_id=north.id, **kept))
    unbounded = ("general", "chairman", "info")
    return [*users, *(a_user(name, ROLES[name], **kept) for name in unbounded)]


def publish(session: Session, rep_id: int, customer_id: int, on: date = MONDAY) -> CyclePlan:
    """A plan with one visit on a day."""
    plan = CyclePlan(
        rep_id=rep_id,
        first_day=on,
        last_day=date(2026, 12, 27),
        state=PlanState.PUBLISHED,
        fingerprint="f" * 64,
        seed=1,
        created_at=NOW,
        figures={"visits": 1},
    )
    session.add(plan)
    session.flush()
    session.add(
        PlannedDay(
            plan_id=plan.id,
            date=on,
            leave_s=30600,
            return_s=36000,
            lunch_begin_s=None,
            travel_s=1500,
            travel_m=9000,
        )
    )
    session.add(
        PlannedVisit(
            plan_id=plan.id,
            visit_id="C1/1",
            customer_id=customer_id,
            date=on,
            position=0,
            arrive_s=31440,
            begin_s=31500,
            end_s=33900,
            travel_s=840,
            travel_m=6100,
            purpose="key_care",
        )
    )
    session.flush()
    return plan


def a_report(**changes) -> dict:
    """The body of a report that rep1 may send."""
    body = copy.deepcopy(EXAMPLE) | {"customer_code": "C1", "planned_visit_id": "C1/1"}
    return body | changes
