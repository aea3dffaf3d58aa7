"""A sample's past: what was planned, reported and promised in the weeks on record. It is made up
around the sample's own records of visits, which stand as they are."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from math import cos, hypot, radians
from random import Random
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, update
from sqlmodel import Session, col, select

from crm.models import (
    Appointment,
    Customer,
    CyclePlan,
    PlannedDay,
    PlannedVisit,
    Promise,
    Rep,
    ReportReview,
    User,
    Visit,
    VisitReport,
)
from crm.rules.policy import DEFAULT_POLICY
from crm.store.upsert import table_of
from crm.vocabulary import Grade, PlanState, PromiseState, ReviewVerdict, Role, VisitOutcome
from field_api.demo_data.past_words import WORDS, Words
from field_api.demo_data.writing import write
from field_api.sample.description import Sample
from field_api.sample.dice import dice
from field_api.sample.drawing import KM_A_DEGREE

FINGERPRINT = "0" * 64
SOURCE = "made up"
WEEKS_ON_RECORD = 13
BEGIN_S, LUNCH_FROM_S, LUNCH_S = 8 * 3600 + 1800, 12 * 3600, 2700
WINDING, METRES_A_SECOND, PARKING_S = 1.3, 9.0, 240
MOVED, LEFT_OUT, SHUT, BOOKED = (0.01, 0.07), (0.01, 0.05), (0.005, 0.02), 0.03  # by rep
ORDERS, REPORTED, LATE_REPORT, PROMISED = (0.28, 0.5), 0.96, (0.01, 0.12), 0.05
KEPT, KEPT_LATE, STILL_LATE_DAYS = (0.78, 0.97), 0.7, 10
NOT_YET_READ_DAYS, SATISFACTION = 3, (2, 6)
NEAR_M, FAR_M, FAR = 90, 900, 0.015
EARLY_OR_LATE_S = (-600, 1500)


@dataclass(frozen=True, kw_only=True)
class Stop:
    """A planned visit: when it was to begin and end, and the way to it."""

    customer: Customer
    begin_s: int
    end_s: int
    travel_s: int
    travel_m: int


@dataclass(frozen=True, kw_only=True)
class Habits:
    """What a rep is like: shares, by the dice."""

    moved: float
    left_out: float
    shut: float
    orders: float
    late_reports: float
    kept: float

    @classmethod
    def of(cls, rep: Rep) -> "Habits":
        """Each rep is like somebody else."""
        chance = dice("habits", rep.code)
        return cls(
            moved=chance.uniform(*MOVED),
            left_out=chance.uniform(*LEFT_OUT),
            shut=chance.uniform(*SHUT),
            orders=chance.uniform(*ORDERS),
            late_reports=chance.uniform(*LATE_REPORT),
            kept=chance.uniform(*KEPT),
        )


@dataclass
class Rows:
    """Rows by table, and the reports that visits get."""

    days: list[dict[str, Any]] = field(default_factory=list)
    visits: list[dict[str, Any]] = field(default_factory=list)
    appointments: list[dict[str, Any]] = field(default_factory=list)
    reports: list[dict[str, Any]] = field(default_factory=list)
    reviews: list[dict[str, Any]] = field(default_factory=list)
    promises: list[dict[str, Any]] = field(default_factory=list)
    reported: list[dict[str, Any]] = field(default_factory=list)  # visits' numbers and reports'


def add(session: Session, sample: Sample) -> int:
    """Write the past of every rep of a sample that was imported; answers how many reports."""
    customers = {one.id or 0: one for one in session.exec(select(Customer))}
    managers = {
        user.district_id: user
        for user in session.exec(select(User).where(User.role == Role.DISTRICT_MANAGER))
    }
    rows = Rows()
    for rep in session.exec(select(Rep).order_by(Rep.code)).all():
        teller = Teller(sample=sample, rep=rep, manager=managers.get(rep.district_id), rows=rows)
        teller.tell(session, customers)
    for model, found in (
        (PlannedDay, rows.days),
        (PlannedVisit, rows.visits),
        (Appointment, rows.appointments),
        (VisitReport, rows.reports),
        (ReportReview, rows.reviews),
        (Promise, rows.promises),
    ):
        write(session, model, found)
    if rows.reported:
        table = table_of(Visit)
        statement = update(table).where(table.c.id == bindparam("visit"))
        session.connection().execute(statement.values(report_id=bindparam("report")), rows.reported)
    return len(rows.reports)


@dataclass
class Teller:
    """Tells a rep's past."""

    sample: Sample
    rep: Rep
    manager: User | None
    rows: Rows

    def __post_init__(self) -> None:
        """The dice are the rep's own."""
        self.chance = dice("past", self.rep.code)
        self.habits = Habits.of(self.rep)
        self.zone = ZoneInfo(self.sample.timezone)
        self.words: Words = WORDS["zh" if self.sample.language == "zh" else "en"]

    def tell(self, session: Session, customers: dict[int, Customer]) -> None:
        """The plans of the weeks on record, and what became of each visit in them."""
        cycle = timedelta(weeks=self.sample.cycle_weeks)
        since = self.sample.first_day - timedelta(weeks=WEEKS_ON_RECORD)
        made = session.exec(
            select(Visit)
            .where(Visit.rep_id == self.rep.id, Visit.date >= since, col(Visit.report_id).is_(None))
            .order_by(col(Visit.date), col(Visit.customer_id))
        ).all()
        by_day: dict[date, list[Visit]] = defaultdict(list)
        for visit in made:
            by_day[visit.date].append(visit)
        going = sorted({visit.customer_id for visit in made})
        first = self.sample.first_day - cycle
        while first + cycle > since:
            days = {day: by_day[day] for day in sorted(by_day) if first <= day < first + cycle}
            if days:
                plan_id = self._plan(session, first, first + cycle - timedelta(days=1))
                self._cycle(plan_id, days, going, customers)
            first -= cycle

    def _plan(self, session: Session, first: date, last: date) -> int:
        made = datetime.combine(first - timedelta(days=5), time(9), self.zone)
        plan = CyclePlan(
            rep_id=self.rep.id or 0,
            first_day=first,
            last_day=last,
            state=PlanState.PUBLISHED,
            fingerprint=FINGERPRINT,
            seed=1,
            created_at=made,
            published_at=made + timedelta(days=1),
            travel_source=SOURCE,
        )
        session.add(plan)
        session.flush()
        return plan.id or 0

    def _cycle(
        self,
        plan_id: int,
        days: dict[date, list[Visit]],
        going: Sequence[int],
        customers: dict[int, Customer],
    ) -> None:
        worked = sorted(days)
        planned: dict[date, list[int]] = {day: [] for day in worked}
        for number, day in enumerate(worked):
            there = {visit.customer_id for visit in days[day]}
            for visit in days[day]:
                earlier = worked[max(0, number - 1)]
                moved = self.chance.random() < self.habits.moved
                planned[earlier if moved else day].append(visit.customer_id)
                thrown, other = self.chance.random(), self.chance.choice(going)
                if other in there or thrown >= self.habits.left_out + self.habits.shut:
                    continue
                there.add(other)
                planned[day].append(other)
                if thrown < self.habits.shut:
                    self._report(plan_id, day, customers[other], None, BEGIN_S)
        for day in worked:
            wanted = [customers[id_] for id_ in dict.fromkeys(planned[day])]
            stops = list(self._round(wanted))
            begins = {stop.customer.id: stop.begin_s for stop in stops}
            self._keep_day(plan_id, day, stops)
            for visit in days[day]:
                begin_s = begins.get(visit.customer_id, BEGIN_S)
                if self.chance.random() < REPORTED:
                    self._report(plan_id, day, customers[visit.customer_id], visit, begin_s)

    def _round(self, wanted: list[Customer]) -> Iterator[Stop]:
        lat, lon, clock_s, rested = self.rep.start_lat, self.rep.start_lon, BEGIN_S, False
        while wanted:
            nearest = min(wanted, key=lambda one: (_km(lat, lon, one.lat, one.lon), one.code))
            wanted.remove(nearest)
            metres = round(_km(lat, lon, nearest.lat, nearest.lon) * 1000 * WINDING)
            travel_s = PARKING_S + round(metres / METRES_A_SECOND)
            if not rested and clock_s + travel_s > LUNCH_FROM_S:
                clock_s, rested = clock_s + LUNCH_S, True
            policy = DEFAULT_POLICY[nearest.grade or Grade.E]
            begin_s = clock_s + travel_s
            clock_s = begin_s + 60 * (nearest.service_minutes or policy.service_minutes)
            yield Stop(
                customer=nearest,
                begin_s=begin_s,
                end_s=clock_s,
                travel_s=travel_s,
                travel_m=metres,
            )
            lat, lon = nearest.lat, nearest.lon

    def _keep_day(self, plan_id: int, day: date, stops: Sequence[Stop]) -> None:
        if not stops:
            return
        last = stops[-1]
        home = _km(last.customer.lat, last.customer.lon, self.rep.end_lat, self.rep.end_lon)
        home_m = round(home * 1000 * WINDING)
        home_s = round(home_m / METRES_A_SECOND)
        rests = last.end_s + home_s > LUNCH_FROM_S
        self.rows.days.append(
            {
                "plan_id": plan_id,
                "date": day,
                "leave_s": BEGIN_S,
                "return_s": last.end_s + home_s,
                "lunch_begin_s": LUNCH_FROM_S if rests else None,
                "travel_s": sum(stop.travel_s for stop in stops) + home_s,
                "travel_m": sum(stop.travel_m for stop in stops) + home_m,
            }
        )
        for position, stop in enumerate(stops):
            booked = self._booked(day, stop) if self.chance.random() < BOOKED else ""
            self.rows.visits.append(
                {
                    "plan_id": plan_id,
                    "visit_id": _visit_id(stop.customer, day),
                    "customer_id": stop.customer.id,
                    "date": day,
                    "position": position,
                    "arrive_s": stop.begin_s,
                    "begin_s": stop.begin_s,
                    "end_s": stop.end_s,
                    "travel_s": stop.travel_s,
                    "travel_m": stop.travel_m,
                    "purpose": DEFAULT_POLICY[stop.customer.grade or Grade.E].purpose.value,
                    "appointment_code": booked,
                }
            )

    def _booked(self, day: date, stop: Stop) -> str:
        code = f"PAST-{stop.customer.code}-{day:%y%m%d}"
        minutes = (stop.end_s - stop.begin_s) // 60
        self.rows.appointments.append(
            {
                "code": code,
                "customer_id": stop.customer.id,
                "date": day,
                "begin_s": stop.begin_s,
                "minutes": minutes,
            }
        )
        return code

    def _report(
        self, plan_id: int, day: date, customer: Customer, visit: Visit | None, begin_s: int
    ) -> None:
        chance, words = self.chance, self.words
        begun = datetime.combine(day, time(), self.zone) + timedelta(
            seconds=begin_s + chance.randrange(*EARLY_OR_LATE_S)
        )
        ended = begun + timedelta(minutes=chance.randrange(12, 45) if visit else 2)
        ordered = chance.random() < self.habits.orders
        met = VisitOutcome.ORDER_TAKEN if ordered else VisitOutcome.MET
        outcome = met if visit else VisitOutcome.CLOSED
        late = chance.random() < self.habits.late_reports
        received = ended + (
            timedelta(hours=chance.randrange(26, 80))
            if late
            else timedelta(minutes=chance.randrange(1, 300))
        )
        report_id = _uuid(chance)
        notes = chance.choice(words.notes) if visit else words.shut
        needs = chance.choice(words.needs) if visit else ""
        objections = chance.choice(words.objections) if visit else ""
        promise = self._promise(day, customer, report_id) if visit else None
        body = {
            "customer_code": customer.code,
            "planned_visit_id": _visit_id(customer, day),
            "plan_id": plan_id,
            "checked_in_at": begun.isoformat(),
            "checked_out_at": ended.isoformat(),
            "position": {"lat": customer.lat, "lon": customer.lon, "accuracy_m": 12.0},
            "outcome": outcome.value,
            "person_met": {"name": customer.contact_name, "say": "decides"}
            if visit and customer.contact_name
            else None,
            "needs": needs,
            "objections": objections,
            "satisfaction": chance.randrange(*SATISFACTION) if visit else None,
            "notes": notes,
            "promises": [promise] if promise else None,
        }
        read = day <= self.sample.today - timedelta(days=NOT_YET_READ_DAYS)
        far = chance.random() < FAR
        self.rows.reports.append(
            {
                "id": report_id,
                "customer_id": customer.id,
                "rep_id": self.rep.id,
                "planned_visit_id": _visit_id(customer, day),
                "visited_on": day,
                "checked_in_at": begun,
                "checked_out_at": ended,
                "outcome": outcome,
                "distance_m": FAR_M if far else chance.randrange(NEAR_M),
                "far": far,
                "plan_id": plan_id,
                "first_line": notes,
                "search_text": "\n".join(filter(None, (notes, needs, objections))),
                "verdict": ReviewVerdict.SEEN if read and self.manager else None,
                "body": {name: value for name, value in body.items() if value},
                "body_sha256": report_id.hex * 2,
                "received_at": received,
            }
        )
        if visit is not None:
            self.rows.reported.append({"visit": visit.id, "report": report_id})
        if read and self.manager:
            self.rows.reviews.append(
                {
                    "id": _uuid(chance),
                    "report_id": report_id,
                    "version": 1,
                    "user_id": self.manager.id,
                    "actor": self.manager.name,
                    "verdict": ReviewVerdict.SEEN,
                    "comment": "",
                    "at": received + timedelta(hours=20),
                }
            )

    def _promise(self, day: date, customer: Customer, report_id: UUID) -> dict[str, Any] | None:
        """A promise made there, most of them kept; as the report has it."""
        chance = self.chance
        due = day + timedelta(days=chance.randrange(3, 15))
        if chance.random() >= PROMISED or due >= self.sample.today:
            return None
        kept, after = chance.random() < self.habits.kept, chance.random() < KEPT_LATE
        recent = due > self.sample.today - timedelta(days=STILL_LATE_DAYS)
        is_open = not kept and recent and not after
        closed_on = min(due - timedelta(days=1) if kept else due + timedelta(days=3),
                        self.sample.today)  # fmt: skip
        closed = datetime.combine(max(closed_on, day), time(17, 30), self.zone)
        code = str(_uuid(chance))
        what = chance.choice(self.words.promises)
        self.rows.promises.append(
            {
                "code": code,
                "customer_id": customer.id,
                "owner_rep_id": self.rep.id,
                "what": what,
                "to_whom": customer.contact_name,
                "made_on": day,
                "due": due,
                "state": PromiseState.OPEN if is_open else PromiseState.KEPT,
                "closed_at": None if is_open else closed,
                "evidence": "" if is_open else self.words.evidence,
                "report_id": report_id,
            }
        )
        return {"code": code, "what": what, "to_whom": customer.contact_name,
                "due": due.isoformat()}  # fmt: skip


def _visit_id(customer: Customer, day: date) -> str:
    return f"{customer.code}@{day.isoformat()}"


def _km(lat: float, lon: float, to_lat: float, to_lon: float) -> float:
    return KM_A_DEGREE * hypot(to_lat - lat, (to_lon - lon) * cos(radians(lat)))


def _uuid(chance: Random) -> UUID:
    return UUID(int=chance.getrandbits(128), version=4)
