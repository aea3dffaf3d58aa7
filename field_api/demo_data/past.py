"""A sample's past: what was planned, reported and promised in the weeks on record. It is made up
around the sample's own records of visits, which stand as they are."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
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
from crm.store.imports.upsert import table_of
from crm.vocabulary import Grade, PlanState, Role
from field_api.demo_data.past_reports import Reporter, visit_id_of
from field_api.demo_data.past_rounds import (
    BEGIN_S,
    LUNCH_FROM_S,
    METRES_A_SECOND,
    WINDING,
    Stop,
    km_between,
    round_of,
)
from field_api.demo_data.past_rows import Habits, Rows
from field_api.demo_data.past_words import WORDS
from field_api.demo_data.writing import write
from field_api.sample.description import Sample
from field_api.sample.dice import dice

FINGERPRINT = "0" * 64
SOURCE = "made up"
WEEKS_ON_RECORD = 13
BOOKED, REPORTED = 0.03, 0.96


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
        self.reporter = Reporter(
            sample=self.sample,
            rep=self.rep,
            manager=self.manager,
            rows=self.rows,
            chance=self.chance,
            habits=self.habits,
            words=WORDS["zh" if self.sample.language == "zh" else "en"],
            zone=self.zone,
        )

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
                    self.reporter.report(plan_id, day, customers[other], None, BEGIN_S)
        for day in worked:
            wanted = [customers[id_] for id_ in dict.fromkeys(planned[day])]
            stops = list(round_of(self.rep, wanted))
            begins = {stop.customer.id: stop.begin_s for stop in stops}
            self._keep_day(plan_id, day, stops)
            for visit in days[day]:
                begin_s = begins.get(visit.customer_id, BEGIN_S)
                if self.chance.random() < REPORTED:
                    self.reporter.report(plan_id, day, customers[visit.customer_id], visit, begin_s)

    def _keep_day(self, plan_id: int, day: date, stops: Sequence[Stop]) -> None:
        if not stops:
            return
        last = stops[-1]
        home = km_between(last.customer.lat, last.customer.lon, self.rep.end_lat, self.rep.end_lon)
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
                    "visit_id": visit_id_of(stop.customer, day),
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
