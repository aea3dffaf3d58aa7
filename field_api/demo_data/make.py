"""A made-up company of any size in an empty database: all of it, or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import chain
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session, select

from crm.database import Database
from crm.errors import Refused
from crm.models import (
    Customer,
    CyclePlan,
    District,
    GradeRecord,
    GradingRun,
    KeyPerson,
    PlannedDay,
    PlannedVisit,
    Promise,
    Region,
    Rep,
    RepLeave,
    ReportReview,
    Sale,
    Territory,
    UnfitTime,
    UnservedVisit,
    User,
    Visit,
    VisitReport,
)
from crm.store import statistics
from crm.store.house import audit
from crm.text import N_
from crm.vocabulary import DayPart, LeaveKind
from field_api.demo_data import asked, cards, field_work, plans, rounds, team, turnover
from field_api.demo_data.cards import Card
from field_api.demo_data.size import Size
from field_api.demo_data.team import TIMEZONE, Worker
from field_api.demo_data.writing import count_on, write
from field_api.sample.dice import dice
from field_api.services.analysis import month_counts

NUMBERED = (Region, District, Rep, Territory, User, Customer, CyclePlan, GradingRun)
AWAY_EVERY_NTH_REP, AWAY_DAYS = 12, 3


class NotEmpty(Refused):
    """The database holds somebody's customers."""


@dataclass(kw_only=True)
class Made:
    """How many rows of what there are now."""

    customers: int
    reps: int
    plans: int = 0
    visits_planned: int = 0
    reports: int = 0
    promises: int = 0
    sales: int = 0
    corrections: int = 0


@dataclass(kw_only=True)
class _Company:
    """What is known of it while it is made."""

    team: list[tuple[Worker, list[Card]]] = field(default_factory=list)
    sales: list[list[dict[str, Any]]] = field(default_factory=list)


def make(database: Database, size: Size, *, password_hash: str, now: datetime) -> Made:
    """Fill a migrated, empty database. All accounts have the password of the hash; `now` is an
    aware instant, the company's present.

    The same size and day give the same company. Plans are written straight from the customers'
    frequencies: nothing is solved, and no document is kept with them. Raises `NotEmpty`.
    """
    today = now.astimezone(ZoneInfo(TIMEZONE)).date()
    made = Made(customers=size.customers, reps=size.reps)
    with database.writing(at=now) as session:
        _refuse_filled(session)
        company = _Company()
        first = 1
        for worker in team.add_team(session, size, password_hash):
            count = size.customers_of(worker.id - 1)
            own = cards.cards_of(worker, first, count)
            company.team.append((worker, own))
            company.sales.append(turnover.sales_rows(worker.code, own, today))
            first += count
        _grade(session, company, now)
        for worker, own in company.team:
            _fill(session, worker, own, made, now)
        count_on(session, NUMBERED)
        statistics.refresh(session)
        audit.record(
            session,
            "make",
            noun="demo_data",
            key="",
            details={"customers": size.customers, "reps": size.reps},
        )
    with database.writing(at=now) as session:
        month_counts.reckon(session, ZoneInfo(TIMEZONE), now=now)
    made.corrections = asked.ask(database, company.team, now)
    return made


def _refuse_filled(session: Session) -> None:
    for model in (Customer, Rep, User):
        if session.exec(select(model).limit(1)).first() is not None:
            raise NotEmpty(
                N_(
                    "The database {url} is not empty. Name another with --db, or remove it first: "
                    "nothing is made beside what is there."
                ),
                url=session.get_bind().engine.url.render_as_string(hide_password=True),
            )


def _grade(session: Session, company: _Company, now: datetime) -> None:
    """Customers, their sales, and the grades that follow."""
    today = now.astimezone(ZoneInfo(TIMEZONE)).date()
    everybody = chain.from_iterable(own for _, own in company.team)
    found = turnover.graded(everybody, chain.from_iterable(company.sales), today)
    for worker, own in company.team:
        write(session, Customer, cards.customer_rows(worker, own, today))
    write(session, GradingRun, [turnover.run_row(today, now)])
    write(session, GradeRecord, turnover.record_rows(found))
    for sales in company.sales:
        write(session, Sale, sales)


def _fill(session: Session, worker: Worker, own: Sequence[Card], made: Made, now: datetime) -> None:
    """What is known of a rep's customers, the plans, and what became of them."""
    today = now.astimezone(ZoneInfo(TIMEZONE)).date()
    write(session, UnfitTime, cards.unfit_rows(worker, list(own)))
    write(session, KeyPerson, cards.key_people_rows(worker, list(own)))
    write(session, RepLeave, _leave(worker, now))
    cycles = rounds.cycles(worker, own, today)
    first_id = (worker.id - 1) * len(cycles) + 1
    planned = plans.plan_rows(worker, cycles, first_id)
    write(session, CyclePlan, planned.plans)
    write(session, PlannedDay, planned.days)
    write(session, PlannedVisit, planned.visits)
    write(session, UnservedVisit, planned.unserved)
    ids = [plan["id"] for plan in planned.plans]
    done = field_work.field_rows(worker, cycles, ids, now)
    write(session, VisitReport, done.reports)
    write(session, ReportReview, done.reviews)
    write(session, Visit, done.visits)
    write(session, Promise, done.promises)
    made.plans += len(planned.plans)
    made.visits_planned += len(planned.visits)
    made.reports += len(done.reports)
    made.promises += len(done.promises)


def _leave(worker: Worker, now: datetime) -> list[dict[str, Any]]:
    """A few reps are away some days of these weeks."""
    if worker.id % AWAY_EVERY_NTH_REP:
        return []
    chance = dice("leave", worker.code)
    first = now.astimezone(ZoneInfo(TIMEZONE)).date() + timedelta(days=chance.randrange(14))
    return [
        {
            "rep_id": worker.id,
            "first_day": first,
            "last_day": first + timedelta(days=AWAY_DAYS - 1),
            "part": DayPart.WHOLE,
            "kind": chance.choice((LeaveKind.ANNUAL, LeaveKind.TRAINING)),
            "note": "",
        }
    ]
