"""A rep who leaves: everything passes to another in one step, and nobody can use the account."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from math import ceil

from sqlmodel import Session

from crm.database import Database
from crm.errors import Refused
from crm.rules.access import Asker
from crm.rules.reports import day_of
from crm.store.days import feeds
from crm.store.people import messages, people, sessions
from crm.store.plans import hand_over
from crm.store.plans.hand_over import HandOverRefused
from crm.text import N_
from crm.vocabulary import SessionEnd
from field_api.errors import CODES
from field_api.schemas.hand_overs import HandOverAnswer, HandOverBody
from field_api.schemas.planning_runs import PlanningRunBody
from field_api.services.people.accounts import zone_of
from field_api.services.plans import planning_runs
from field_api.settings import Settings
from field_api.wording import Language, say

DAYS_A_WEEK = 7
MOST_WEEKS = 13
CODES |= {HandOverRefused: (409, "hand_over_refused")}


def pass_on(
    database: Database,
    settings: Settings,
    asker: Asker,
    rep_code: str,
    body: HandOverBody,
    *,
    now: datetime,
    language: Language,
    wake: Callable[[], None],
) -> HandOverAnswer:
    """Let a rep's territories, customers, promises and days to come pass to another, close the
    rep's accounts and end what they are logged in to: all, or nothing. Then the taker's days from
    tomorrow on are planned anew, as a draft that is approved like any other.

    Raises `RepNotFound` for either rep, `HandOverRefused`.
    """
    answer, today, last_day = _passed(database, settings, asker, rep_code, body, now=now)
    if last_day is None:
        return answer
    try:
        run = planning_runs.ask(
            database,
            settings,
            asker,
            PlanningRunBody(
                first_day=today + timedelta(days=1),
                weeks=min(MOST_WEEKS, ceil((last_day - today).days / DAYS_A_WEEK)),
                rep_codes=(answer.to_rep_code,),
                purpose=body.reason,
            ),
            today=today,
            now=now,
            language=language,
            wake=wake,
        )
    except Refused as refused:
        said = say(language, refused.text, **refused.params)
        return answer.model_copy(update={"not_planned_because": said})
    return answer.model_copy(update={"planning_run_id": run.run_id})


def _passed(
    database: Database,
    settings: Settings,
    asker: Asker,
    rep_code: str,
    body: HandOverBody,
    *,
    now: datetime,
) -> tuple[HandOverAnswer, date, date | None]:
    """What passed, today, and the last day on which the leaver had visits to come."""

    def work(session: Session) -> tuple[HandOverAnswer, date, date | None]:
        leaver = people.get_rep(session, asker, rep_code)
        taker = people.get_rep(session, asker, body.to_rep_code)
        today = day_of(now, zone_of(leaver, settings))
        passed = hand_over.hand_over(session, leaver, taker, today=today, reason=body.reason)
        feeds.end_all(session, leaver, now=now)
        closed = []
        for user in hand_over.accounts_of(session, leaver):
            user.active = False
            assert user.id is not None
            sessions.end_all(session, user.id, SessionEnd.ACCOUNT_CLOSED, now=now)
            closed.append(user.username)
        messages.tell(
            session,
            messages.users_of_reps(session, [taker.id]),
            kind="hand_over",
            text=N_("You take over from {rep}: {customers} customers, {promises} promises."),
            params={
                "rep": f"{leaver.name} ({leaver.code})",
                "customers": passed.customers,
                "promises": passed.promises,
            },
            key=f"hand_over/{leaver.code}/{now.isoformat()}",
            noun="rep",
            subject=leaver.code,
            now=now,
        )
        answer = HandOverAnswer(
            from_rep_code=leaver.code,
            to_rep_code=taker.code,
            territories=passed.territories,
            customers=passed.customers,
            promises=passed.promises,
            plans_ended=list(passed.plan_ids),
            visits_to_plan=passed.visits_to_plan,
            accounts_closed=sorted(closed),
            planning_run_id=None,
            not_planned_because="",
        )
        return answer, today, passed.last_day if passed.visits_to_plan else None

    return database.written(work, by=asker, at=now)
