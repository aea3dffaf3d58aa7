"""A company to measure with: reps with customers, a published plan, and weeks of reports."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlmodel import Session

from bench.service.client import HOST, Sent, ask, request
from crm.database import Database
from crm.models import (
    Customer,
    CyclePlan,
    District,
    PlannedDay,
    PlannedVisit,
    Promise,
    Rep,
    Territory,
    UnfitTime,
    User,
    Visit,
    VisitReport,
)
from crm.vocabulary import Grade, PlanState, Role, VisitOutcome
from field_api.auth import Passwords

REPS, DISTRICTS = 32, 4
CUSTOMERS_A_REP = 60
STOPS_A_DAY = 10
DAYS_BEFORE, DAYS_AFTER = 14, 14  # of the plan around today
PASSWORD = "a sentence for measuring"  # noqa: S105  (of a database that lives for minutes)
LAT, LON, STEP = 35.85, 14.3, 0.002
DAY_BEGINS_S, STOP_S, LEG_S, LEG_M = 8 * 3600, 2400, 600, 5000
A_PROMISE_EVERY = 5  # reports
YEAR_DAYS = 365
API = "/api/v1"
CREATED = 200


@dataclass(frozen=True, kw_only=True)
class Phone:
    """What a rep's phone knows."""

    rep: str
    customers: tuple[str, ...]
    token: str = ""


def build(database: Database, *, today: date, reps: int = REPS) -> list[Phone]:
    """The company in an empty migrated database; the phones are not logged in yet."""
    kept = Passwords(1).hashed(PASSWORD)
    with database.writing() as session:
        districts = [District(code=f"D{n}", name=f"District {n}") for n in range(DISTRICTS)]
        session.add_all(districts)
        session.flush()
        return [
            _add_rep(session, number, districts[number % DISTRICTS], kept, today)
            for number in range(reps)
        ]


def logged_in(port: int, phones: list[Phone]) -> list[Phone]:
    """The phones with a token each."""
    return [
        Phone(rep=phone.rep, customers=phone.customers, token=_token(port, phone.rep))
        for phone in phones
    ]


def reports(phone: Phone, now: datetime) -> Iterator[Sent]:
    """New reports without end; each is known by its id and body, so that it can be sent again."""
    number = 0
    while True:
        yield report(phone, uuid4(), a_report(phone, number, now))
        number += 1


def report(phone: Phone, report_id: UUID, body: dict[str, Any]) -> Sent:
    """A report as it goes over the wire."""
    path = f"{API}/visit-reports/{report_id}"
    return request((phone.rep, report_id, body), "PUT", path, token=phone.token, body=body)


def a_report(phone: Phone, number: int, now: datetime) -> dict[str, Any]:
    """A body of the usual size, on each customer and each past day in turn."""
    began = now - timedelta(days=1 + number % YEAR_DAYS, minutes=number % 60)
    body: dict[str, Any] = {
        "customer_code": phone.customers[number % len(phone.customers)],
        "checked_in_at": began.isoformat(),
        "checked_out_at": (began + timedelta(minutes=25)).isoformat(),
        "position": {"lat": LAT, "lon": LON, "accuracy_m": 12},
        "outcome": "order_taken",
        "person_met": {"name": "Ms Borg", "post": "owner", "say": "decides"},
        "needs": "Smaller crates in winter",
        "objections": "Delivery comes after the lunch trade",
        "competitors": ["Marsa Wholesale: 3 % off crates"],
        "satisfaction": 4,
        "notes": "Shelf by the door is free from January.",
    }
    if number % A_PROMISE_EVERY == 0:
        due = (began + timedelta(days=14)).date().isoformat()
        body["promises"] = [{"code": uuid4().hex, "what": "Sample sheet", "due": due}]
    return body


def days(phone: Phone, on: date) -> Iterator[Sent]:
    """The rep looks at the day, again and again."""
    sent = request(phone.rep, "GET", f"{API}/my/days/{on.isoformat()}", token=phone.token)
    while True:
        yield sent


def _token(port: int, username: str) -> str:
    body = {"username": username, "password": PASSWORD}
    answer = ask(port, request("login", "POST", f"{API}/auth/login", body=body))
    if answer.status != CREATED:
        raise RuntimeError(f"{username} cannot log in on {HOST}:{port}: {answer.body!r}")
    return str(json.loads(answer.body)["access_token"])


def _add_rep(session: Session, number: int, district: District, kept: str, today: date) -> Phone:
    code = f"rep{number:02}"
    assert district.id is not None
    rep = Rep(
        code=code,
        name=f"Rep {number}",
        district_id=district.id,
        start_lat=LAT,
        start_lon=LON,
        end_lat=LAT,
        end_lon=LON,
    )
    session.add(rep)
    session.flush()
    territory = _territory(number, rep)
    user = User(username=code, name=rep.name, password_hash=kept, role=Role.REP, rep_id=rep.id)
    session.add_all([territory, user])
    session.flush()
    customers = [_customer(number, place, territory) for place in range(CUSTOMERS_A_REP)]
    session.add_all(customers)
    session.flush()
    _add_what_is_known(session, rep, customers, today)
    _add_plan(session, rep, customers, today)
    return Phone(rep=code, customers=tuple(customer.code for customer in customers))


def _territory(number: int, rep: Rep) -> Territory:
    ring = [[LON, LAT], [LON + STEP, LAT], [LON + STEP, LAT + STEP], [LON, LAT + STEP], [LON, LAT]]
    return Territory(
        code=f"T{number:02}",
        name=f"Territory {number}",
        rep_id=rep.id,
        district_id=rep.district_id,
        geometry=json.dumps({"type": "Polygon", "coordinates": [ring]}),
        min_lat=LAT,
        min_lon=LON,
        max_lat=LAT + STEP,
        max_lon=LON + STEP,
    )


def _customer(rep_number: int, number: int, territory: Territory) -> Customer:
    lat, lon = LAT + number * STEP / CUSTOMERS_A_REP, LON
    return Customer(
        code=f"C{rep_number:02}-{number:03}",
        name=f"Customer {number} of rep {rep_number}",
        street="Triq il-Kbira 12",
        postcode="MST 1010",
        city="Mosta",
        contact_name="Ms Borg",
        contact_phone="+356 2100 0000",
        lat=lat,
        lon=lon,
        source_lat=lat,
        source_lon=lon,
        grade=Grade("ABCDE"[number % len(Grade)]),
        opening_hours="Mo-Fr 08:00-13:00,16:00-19:00",
        territory_id=territory.id,
    )


def _add_what_is_known(session: Session, rep: Rep, customers: list[Customer], today: date) -> None:
    for number, customer in enumerate(customers):
        assert customer.id is not None
        if number % 4 == 0:
            unfit = UnfitTime(
                customer_id=customer.id, weekday=today.weekday(), from_s=43200, to_s=50400
            )
            session.add(unfit)
        if number % 3 == 0:
            session.add(
                Promise(
                    code=f"P-{customer.code}",
                    customer_id=customer.id,
                    owner_rep_id=rep.id,
                    what="Sample sheet of the winter range",
                    made_on=today - timedelta(days=20),
                    due=today + timedelta(days=3),
                )
            )
        session.add(Visit(customer_id=customer.id, rep_id=rep.id, date=today - timedelta(days=40)))


def _add_plan(session: Session, rep: Rep, customers: list[Customer], today: date) -> None:
    assert rep.id is not None
    first, last = today - timedelta(days=DAYS_BEFORE), today + timedelta(days=DAYS_AFTER)
    made_at = datetime.combine(first, datetime.min.time(), UTC)
    plan = CyclePlan(
        rep_id=rep.id,
        first_day=first,
        last_day=last,
        state=PlanState.PUBLISHED,
        fingerprint="f" * 64,
        seed=1,
        created_at=made_at,
        published_at=made_at,
        figures={"visits": STOPS_A_DAY * ((last - first).days + 1)},
    )
    session.add(plan)
    session.flush()
    assert plan.id is not None
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        session.add(_planned_day(plan.id, day))
        for position in range(STOPS_A_DAY):
            which = number * STOPS_A_DAY + position
            customer = customers[which % len(customers)]
            session.add(_planned_visit(plan.id, day, position, which, customer))
            if day < today or (day == today and position < STOPS_A_DAY // 2):
                session.add(_kept_report(rep, customer, day, which))


def _planned_day(plan_id: int, day: date) -> PlannedDay:
    return PlannedDay(
        plan_id=plan_id,
        date=day,
        leave_s=DAY_BEGINS_S,
        return_s=DAY_BEGINS_S + STOPS_A_DAY * (STOP_S + LEG_S),
        lunch_begin_s=None,
        travel_s=STOPS_A_DAY * LEG_S,
        travel_m=STOPS_A_DAY * LEG_M,
    )


def _planned_visit(
    plan_id: int, day: date, position: int, which: int, customer: Customer
) -> PlannedVisit:
    arrive_s = DAY_BEGINS_S + position * (STOP_S + LEG_S)
    assert customer.id is not None
    return PlannedVisit(
        plan_id=plan_id,
        visit_id=f"{customer.code}/{which}",
        customer_id=customer.id,
        date=day,
        position=position,
        arrive_s=arrive_s,
        begin_s=arrive_s,
        end_s=arrive_s + STOP_S,
        travel_s=LEG_S,
        travel_m=LEG_M,
        purpose="key_care",
    )


def _kept_report(rep: Rep, customer: Customer, day: date, which: int) -> VisitReport:
    began = datetime.combine(day, datetime.min.time(), UTC) + timedelta(hours=9)
    phone = Phone(rep=rep.code, customers=(customer.code,))
    assert customer.id is not None
    assert rep.id is not None
    return VisitReport(
        id=uuid4(),
        customer_id=customer.id,
        rep_id=rep.id,
        planned_visit_id=f"{customer.code}/{which}",
        visited_on=day,
        checked_in_at=began,
        checked_out_at=began + timedelta(minutes=25),
        outcome=VisitOutcome.ORDER_TAKEN,
        body=a_report(phone, 1, began),
        body_sha256="0" * 64,
        received_at=began + timedelta(minutes=30),
    )
