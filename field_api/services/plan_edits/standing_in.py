"""Hand the visits of an absent rep over: looked at first, then accepted."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from math import hypot
from typing import Any
from uuid import uuid4

from sqlmodel import Session

from crm.database import Database
from crm.models import Rep
from crm.rules.access import Asker
from crm.rules.reports import day_of
from crm.store.days import leave
from crm.store.people import messages, people
from crm.store.plans import plan_board, plan_list
from crm.store.plans.plans import NoPlan
from crm.text import N_
from crm.vocabulary import LeaveKind, PlanEditKind, PlanState
from field_api.services.people.accounts import zone_of
from field_api.services.plan_edits.keeping import Deed, keep
from field_api.services.plan_edits.opened import Opened, Seen, opened
from field_api.services.plan_edits.refusals import EditRefused, PlanChanged
from field_api.services.plan_edits.told import travel_in_words
from field_api.services.planning.reasons import reason_in_words
from field_api.services.planning.solving import PlanRefused
from field_api.services.travel.travel_times import travel_by
from field_api.settings import Settings
from field_api.wording import Language, say
from routing.check import check
from routing.plan import Plan
from routing.replan import ChangeRefused, GivenAway, given_away
from routing.travel.interface import TravelTimes

NEIGHBOURS = 3  # asked where nobody is named
MOST_COLLEAGUES = 8
TOLD = N_("You stand in for {rep} from {first} to {last}: {n} visits.")


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """The days off, both included, and who stands in; nobody named: the nearest colleagues."""

    first_day: date
    last_day: date
    colleagues: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Line:
    """A visit of those days and where it goes; `kind`: taken, moved or left."""

    kind: str
    customer_code: str
    customer_name: str
    grade: str
    was_on: date
    to_rep: str
    to_day: date | None
    begin_s: int | None
    reason: str


@dataclass(frozen=True, kw_only=True)
class Share:
    """What a colleague takes on."""

    rep: Rep
    plan_id: int
    visits: int
    more: str


@dataclass(frozen=True, kw_only=True)
class Absence:
    """What handing over would do. `token` names what it was reckoned from."""

    rep: Rep
    plan_id: int
    wanted: Wanted
    lines: tuple[Line, ...]
    shares: tuple[Share, ...]
    more: str
    token: str

    def count(self, kind: str) -> int:
        """How many visits fare so."""
        return sum(line.kind == kind for line in self.lines)


@dataclass(frozen=True, kw_only=True)
class _Reckoned:
    own: Opened
    others: Sequence[Opened]
    away: GivenAway


def preview(
    database: Database,
    settings: Settings,
    asker: Asker,
    rep_code: str,
    wanted: Wanted,
    *,
    now: datetime,
    language: Language,
) -> Absence:
    """What would become of the visits; nothing is kept. Raises `RepNotFound`, `NoPlan`,
    `EditRefused`."""
    with database.reading() as session:
        found = _reckoned(session, database, settings, asker, rep_code, wanted, now, language)
        return _told(found, wanted, language)


def accept(
    database: Database,
    settings: Settings,
    asker: Asker,
    rep_code: str,
    wanted: Wanted,
    token: str,
    *,
    reason: str,
    now: datetime,
    language: Language,
) -> Absence:
    """Put it in force: the plans of the rep and of those who stand in, the rep's leave noted, those
    who stand in told. Raises as `preview`, and `PlanChanged` where it would be another by now."""
    deed = uuid4()

    def work(session: Session) -> Absence:
        found = _reckoned(session, database, settings, asker, rep_code, wanted, now, language)
        told = _told(found, wanted, language)
        if told.token != token:
            raise PlanChanged(
                N_("A plan was changed since you looked at this. Nothing was done; look again.")
            )
        _keep(session, asker, found, wanted, deed, reason, now)
        return told

    return database.written(work, by=asker, at=now)


def away_of(
    database: Database, settings: Settings, asker: Asker, rep_code: str, *, now: datetime
) -> tuple[Rep, Wanted, list[Rep]]:
    """The rep, the days of the leave noted that is not over (else today alone), and the colleagues
    with a plan in force, the nearest first. Raises `RepNotFound`."""
    with database.reading() as session:
        rep = people.get_rep(session, asker, rep_code)
        today = day_of(now, zone_of(rep, settings))
        noted = [a for a in leave.absences(session, rep, today) if a.first_day <= today]
        last = noted[0].last_day if noted else today
        near = [other for other, _ in _colleagues(session, asker, rep, today)]
    return rep, Wanted(first_day=today, last_day=last), near


def _colleagues(
    session: Session, asker: Asker, rep: Rep, today: date
) -> list[tuple[Rep, plan_board.PlanLine]]:
    reps = {other.id: other for other in plan_board.reps_of(session, asker) if other.id != rep.id}
    running = [
        (reps[line.rep_id], line)
        for line in plan_board.lines(session, asker, since=today + timedelta(days=1))
        if line.rep_id in reps and line.state is PlanState.PUBLISHED and line.first_day <= today
    ]
    return sorted(
        running,
        key=lambda one: (
            hypot(one[0].start_lat - rep.start_lat, one[0].start_lon - rep.start_lon),
            one[0].code,
        ),
    )


def _reckoned(
    session: Session,
    database: Database,
    settings: Settings,
    asker: Asker,
    rep_code: str,
    wanted: Wanted,
    now: datetime,
    language: Language,
) -> _Reckoned:
    rep = people.get_rep(session, asker, rep_code)
    today = day_of(now, zone_of(rep, settings))
    if wanted.first_day < today or wanted.last_day < wanted.first_day:
        raise EditRefused(
            N_("Days to hand over begin today or later and end on or after their first day.")
        )
    lines = plan_board.lines(session, asker, since=wanted.first_day, rep=rep)
    running = [line for line in lines if line.state is PlanState.PUBLISHED]
    if not running:
        raise NoPlan(rep.code)
    named, travel = set(wanted.colleagues), travel_by(settings, database)
    near = _colleagues(session, asker, rep, today)
    chosen = [one for one in near if one[0].code in named] if named else near[:NEIGHBOURS]
    ready = [
        _open(session, settings, asker, number, now, language, with_today=first)
        for number, first in [
            (running[0].id, travel if wanted.first_day == today else None),
            *((line.id, None) for _, line in chosen[:MOST_COLLEAGUES]),
        ]
    ]
    own, *others = ready
    try:
        away = given_away(
            (own.problem, own.plan),
            [(other.problem, other.plan) for other in others],
            wanted.first_day,
            wanted.last_day,
            travel,
        )
    except ChangeRefused as error:
        raise EditRefused(
            N_("These days cannot be handed over: {cause}. Nothing was changed."), cause=error
        ) from None
    for problem, plan in (away.own, *away.colleagues):
        violations = check(problem, plan)
        if violations:
            raise PlanRefused(problem.id, violations)
    return _Reckoned(own=own, others=others, away=away)


def _open(
    session: Session,
    settings: Settings,
    asker: Asker,
    plan_id: int,
    now: datetime,
    language: Language,
    *,
    with_today: TravelTimes | None,
) -> Opened:
    row = plan_list.get(session, asker, plan_id)
    seen = Seen(plan_id=plan_id, fingerprint=row.fingerprint)
    return opened(
        session,
        settings,
        asker,
        seen,
        now=now,
        language=language,
        to_change=True,
        with_today=with_today,
    )


def _told(found: _Reckoned, wanted: Wanted, language: Language) -> Absence:
    own, away = found.own, found.away
    customers = {customer.id: customer for customer in own.problem.customers}
    lines = []
    for placed in away.placed:
        customer, target = customers[placed.customer_id], placed.target
        kind = "left" if target is None else "moved" if target.rep_id == own.rep.code else "taken"
        lines.append(
            Line(
                kind=kind,
                customer_code=customer.id,
                customer_name=customer.name,
                grade=customer.grade,
                was_on=placed.was_on,
                to_rep=target.rep_id if target else "",
                to_day=target.date if target else None,
                begin_s=target.begin_s if target else None,
                reason=reason_in_words(language, placed.missed.code) if placed.missed else "",
            )
        )
    shares = [
        Share(
            rep=other.rep,
            plan_id=other.row.id or 0,
            visits=sum(line.to_rep == other.rep.code for line in lines),
            more=travel_in_words(language, _travel_s(plan) - _travel_s(other.plan)),
        )
        for other, (_, plan) in zip(found.others, away.colleagues, strict=True)
    ]
    return Absence(
        rep=own.rep,
        plan_id=own.row.id or 0,
        wanted=wanted,
        lines=tuple(lines),
        shares=tuple(shares),
        more=travel_in_words(language, _travel_s(away.own[1]) - _travel_s(own.plan)),
        token=".".join(plan.fingerprint[:12] for _, plan in (away.own, *away.colleagues)),
    )


def _travel_s(plan: Plan) -> int:
    return sum(route.travel_s for route in plan.routes)


def _keep(
    session: Session,
    asker: Asker,
    found: _Reckoned,
    wanted: Wanted,
    deed: Any,
    reason: str,
    now: datetime,
) -> None:
    away, own = found.away, found.own
    if not away.placed:
        raise EditRefused(N_("No visit stands on these days: there is nothing to hand over."))
    first = away.placed[0]
    doing = Deed(
        id=deed,
        kind=PlanEditKind.ABSENCE,
        visit_id=first.visit_id,
        customer_code=first.customer_id,
        before_on=wanted.first_day,
        after_on=wanted.last_day,
        purpose=reason,
    )
    new = leave.note(
        session,
        own.rep,
        first_day=wanted.first_day,
        last_day=wanted.last_day,
        kind=LeaveKind.SICK,
        reason=reason,
    )
    keep(session, asker, own, away.own, replace(doing, leave_noted=new), now=now)
    for other, pair in zip(found.others, away.colleagues, strict=True):
        taken = sum(
            placed.target is not None and placed.target.rep_id == other.rep.code
            for placed in away.placed
        )
        if not taken:
            continue
        row = keep(session, asker, other, pair, doing, now=now)
        messages.tell(
            session,
            messages.users_of_reps(session, [other.rep.id]),
            kind="stand_in",
            text=TOLD,
            params={
                "rep": own.rep.name,
                "first": wanted.first_day.isoformat(),
                "last": wanted.last_day.isoformat(),
                "n": taken,
            },
            key=f"stand-in/{deed}/{other.rep.code}",
            noun="plan",
            subject=str(row.plan_id),
            now=now,
        )


def in_a_sentence(absence: Absence, language: Language) -> str:
    """Twenty-one visits: fourteen taken, five moved, two left."""
    text = N_("{all} visits: {taken} taken over, {moved} on other days, {left} without a place.")
    return say(
        language,
        text,
        all=len(absence.lines),
        taken=absence.count("taken"),
        moved=absence.count("moved"),
        left=absence.count("left"),
    )
