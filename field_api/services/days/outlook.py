"""What a manager sees first: how today and the week stand, what is late, what waits, whose hours
do not hold."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from crm.models import Rep, RepLeave
from crm.rules.access import Asker
from crm.rules.promises import PromiseStanding
from crm.rules.reports import day_of
from crm.store import approvals
from crm.store.customers import overdue_customers
from crm.store.customers.overdue_customers import Overdue
from crm.store.days import leave, todays_visits
from crm.store.days.todays_visits import Clock, PlannedStop, StopStanding, Tally
from crm.store.people import organisation
from crm.store.plans import plan_hours
from crm.store.plans.plan_hours import PlanHours
from crm.store.promises import promises
from crm.store.reports import reports
from crm.store.reports.reports import ReportFilter
from crm.vocabulary import ApprovalMatter, Grade, PlanState, Reviewed
from field_api.auth import Caller
from field_api.house import House
from field_api.services.promises.promises import today_of

MOST_LATE = 5  # shown by name
MOST_OVERDUE = 5
A_PAGE = 200  # visits of today at once
NOTHING = Tally()


@dataclass(frozen=True, kw_only=True)
class RepOutlook:
    """A rep's line: today, the week, and hours needed against hours there are, by plan."""

    rep: Rep
    today: Tally
    week: Tally
    this_plan: PlanHours | None
    next_plan: PlanHours | None
    away: RepLeave | None

    @property
    def needs_hand_over(self) -> bool:
        """Away today, with visits that nobody makes."""
        return self.away is not None and self.today.planned + self.today.late > 0


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """The first page. The week goes from Monday to Sunday."""

    week_first: date
    week_last: date
    today: Tally
    week: Tally
    promises_late: int
    promises_soon: int
    promises_open: int
    late_first: list[promises.PromiseRow]
    overdue_a: int
    a_customers: int
    overdue_first: list[Overdue]
    waiting: dict[ApprovalMatter, int]
    unread: int
    sent_back: int
    reps: list[RepOutlook]

    @property
    def waiting_in_all(self) -> int:
        """Every decision that waits."""
        return sum(self.waiting.values())

    @property
    def needed_s(self) -> int:
        """Hours that the present plans need."""
        return _sum(self.reps, "needed_s")

    @property
    def available_s(self) -> int:
        """Hours that the reps have within the present plans."""
        return _sum(self.reps, "available_s")

    @property
    def away(self) -> list[RepOutlook]:
        """Who is not there today."""
        return [line for line in self.reps if line.away is not None]


@dataclass(frozen=True, kw_only=True)
class TodaysList:
    """A page of today's visits with how all of them stand; `after` is what to ask for the next
    one with."""

    tally: Tally
    stops: Sequence[PlannedStop]
    after: int | None


def outlook(house: House, caller: Caller, asker: Asker, *, now: datetime) -> Outlook:
    """How everything stands at this instant, as far as `asker` sees, who is the caller or the
    caller looking at a part; decisions are those that wait for the caller."""
    day = day_of(now, caller.zone)
    monday = day - timedelta(days=day.weekday())
    sunday = monday + timedelta(days=6)
    with house.database.reading() as session:
        clock = _clock(session, caller.zone, day, now)
        day_of_owner = today_of(session, house.settings, now)
        soon_days = house.settings.due_soon_days
        counts = {
            standing: promises.count_in_standing(
                session, asker, standing, today=day_of_owner, soon_days=soon_days
            )
            for standing in (PromiseStanding.LATE, PromiseStanding.DUE_SOON, PromiseStanding.OPEN)
        }
        late_first = promises.in_standing(
            session,
            asker,
            PromiseStanding.LATE,
            today=day_of_owner,
            soon_days=soon_days,
            after=None,
            limit=MOST_LATE,
        )
        yesterday = day - timedelta(days=1)
        overdue_a, a_customers = overdue_customers.counted(session, asker, yesterday, Grade.A)
        today = todays_visits.tallies(session, asker, day, day, clock)
        week = todays_visits.tallies(session, asker, monday, sunday, None)
        return Outlook(
            week_first=monday,
            week_last=sunday,
            today=_total(today.values()),
            week=_total(week.values()),
            promises_late=counts[PromiseStanding.LATE],
            promises_soon=counts[PromiseStanding.DUE_SOON],
            promises_open=counts[PromiseStanding.OPEN],
            late_first=late_first,
            overdue_a=overdue_a,
            a_customers=a_customers,
            overdue_first=overdue_customers.overdue(
                session, asker, yesterday, limit=min(overdue_a, MOST_OVERDUE)
            ),
            waiting=approvals.waiting_by_matter(session, caller.asker),
            unread=reports.count(session, asker, ReportFilter(reviewed=Reviewed.NO)),
            sent_back=reports.count(session, asker, ReportFilter(reviewed=Reviewed.SENT_BACK)),
            reps=_reps(session, asker, day, today, week),
        )


def stops_of_today(
    house: House,
    caller: Caller,
    asker: Asker,
    standing: StopStanding | None = None,
    *,
    now: datetime,
) -> list[PlannedStop]:
    """The visits behind today's figures, in the order of their times."""
    day = day_of(now, caller.zone)
    with house.database.reading() as session:
        clock = _clock(session, caller.zone, day, now)
        return list(todays_visits.stops(session, asker, day, clock, standing))


def list_of_today(
    house: House,
    caller: Caller,
    asker: Asker,
    standing: StopStanding | None,
    *,
    after: int,
    now: datetime,
) -> TodaysList:
    """The same visits a page at a time."""
    day = day_of(now, caller.zone)
    with house.database.reading() as session:
        clock = _clock(session, caller.zone, day, now)
        tallies = todays_visits.tallies(session, asker, day, day, clock)
        stops = todays_visits.stops(
            session, asker, day, clock, standing, after=after, limit=A_PAGE + 1
        )
    return TodaysList(
        tally=_total(tallies.values()),
        stops=stops[:A_PAGE],
        after=after + A_PAGE if len(stops) > A_PAGE else None,
    )


def _clock(session: Session, zone: ZoneInfo, day: date, now: datetime) -> Clock:
    """What time it is where each rep is; by the reader's zone where a rep names none. Where it is
    another day than the reader's, nothing of today is late yet, or all of it."""
    zones = promises.zones_in_use(session)
    return Clock(
        elsewhere_s=_second_of(now, zone, day),
        by_zone_s={name: _second_of(now, ZoneInfo(name), day) for name in zones},
    )


def _second_of(now: datetime, zone: ZoneInfo, day: date) -> int:
    here = now.astimezone(zone)
    days = (here.date() - day).days
    return ((days * 24 + here.hour) * 60 + here.minute) * 60 + here.second


def _reps(
    session: Session, asker: Asker, today: date, day: dict[str, Tally], week: dict[str, Tally]
) -> list[RepOutlook]:
    this_plan: dict[int, PlanHours] = {}
    next_plan: dict[int, PlanHours] = {}
    for plan in plan_hours.since(session, asker, today):
        if plan.first_day > today:
            next_plan.setdefault(plan.rep_id, plan)
        elif plan.state is PlanState.PUBLISHED:
            this_plan.setdefault(plan.rep_id, plan)
    away = {
        rep.id: absence
        for rep, absence in leave.listed(session, asker, today)
        if absence.first_day <= today
    }
    return [
        RepOutlook(
            rep=rep,
            today=day.get(rep.code, NOTHING),
            week=week.get(rep.code, NOTHING),
            this_plan=this_plan.get(rep.id or 0),
            next_plan=next_plan.get(rep.id or 0),
            away=away.get(rep.id),
        )
        for rep in organisation.reps_of(session, asker)
        if rep.active
    ]


def _total(tallies: Iterable[Tally]) -> Tally:
    every = list(tallies)
    return Tally(
        done=sum(one.done for one in every),
        closed=sum(one.closed for one in every),
        late=sum(one.late for one in every),
        planned=sum(one.planned for one in every),
    )


def _sum(reps: list[RepOutlook], figure: str) -> int:
    plans = [line.this_plan for line in reps if line.this_plan is not None]
    return sum(int(plan.figures.get(figure) or 0) for plan in plans)
