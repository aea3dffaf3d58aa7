"""Promises made outside of reports, given other words or another day, and handed over."""

from datetime import datetime

from sqlmodel import Session

from crm.database import Database
from crm.models import Customer, Promise, Rep
from crm.rules.promises import refuse_closed
from crm.rules.reports import refuse_impossible_due
from crm.store.customers import customers
from crm.store.house import audit
from crm.store.people import messages, people
from crm.store.promises import promises
from crm.store.promises.promises import PromiseCodeTaken, PromiseNotFound
from crm.text import N_
from crm.vocabulary import Role
from field_api.auth import Caller
from field_api.digests import digest
from field_api.errors import InvalidInput
from field_api.etags import Match
from field_api.schemas.promises import NewPromiseBody, OwnerBody, PromiseAnswer, PromiseChanges
from field_api.services.promises.promises import answer, today_of
from field_api.settings import Settings

YOURS_NOW = N_("Promise “{what}” to {customer}, due {due}, is yours now.")


def make(
    database: Database,
    settings: Settings,
    caller: Caller,
    body: NewPromiseBody,
    *,
    now: datetime,
) -> tuple[PromiseAnswer, bool]:
    """Keep a promise to a customer of the caller's; the same again changes nothing.

    Answers it and whether it is new. Raises `CustomerNotFound`, `RepNotFound`, `ImpossibleTimes`,
    and `PromiseCodeTaken` when the code was used otherwise.
    """
    sent = digest(body.model_dump(mode="json", exclude_defaults=True))

    def work(session: Session) -> tuple[PromiseAnswer, bool]:
        kept = _kept(session, caller, body.code, sent)
        if kept is not None:
            return answer(session, settings, kept, now=now), False
        customer = customers.get(session, caller.asker, body.customer_code)
        owner = _owner(session, caller, customer, body.owner_rep_code)
        today = today_of(session, settings, now).of(owner)
        made_on = body.made_on or today
        if made_on > today:
            raise InvalidInput(
                "body.made_on",
                N_("A promise cannot have been made on {made_on}: today is {today}."),
                made_on=made_on.isoformat(),
                today=today.isoformat(),
            )
        refuse_impossible_due(body.due, made_on=made_on)
        assert customer.id is not None
        promise = Promise(
            code=body.code,
            customer_id=customer.id,
            owner_rep_id=owner.id if owner else None,
            what=body.what,
            to_whom=body.to_whom,
            made_on=made_on,
            due=body.due,
            sent_sha256=sent,
        )
        session.add(promise)
        session.flush()
        details = {"customer": customer.code, "due": body.due.isoformat()}
        audit.record(session, "make", noun="promise", key=body.code, details=details)
        return answer(session, settings, (promise, customer, owner), now=now), True

    return database.written(work, by=caller.asker, at=now)


def change(
    database: Database,
    settings: Settings,
    caller: Caller,
    code: str,
    body: PromiseChanges,
    match: Match,
    *,
    now: datetime,
) -> PromiseAnswer:
    """Give an open promise other words or another day.

    Raises `PromiseNotFound`, `VersionChanged`, `PromiseClosed`, `ImpossibleTimes`, and
    `InvalidInput` for another day without a reason.
    """

    def work(session: Session) -> PromiseAnswer:
        promise, customer, owner = promises.get(session, caller.asker, code, to_change=True)
        match.refuse_unless(promise.version)
        refuse_closed(code, promise.state, promise.evidence)
        due = body.due or promise.due
        if due != promise.due:
            _refuse_moving_silently(promise, body)
            refuse_impossible_due(due, made_on=promise.made_on)
        changes = promises.change(
            promise,
            what=body.what or promise.what,
            to_whom=promise.to_whom if body.to_whom is None else body.to_whom,
            due=due,
        )
        if changes:
            audit.record(
                session, "change", noun="promise", key=code, reason=body.reason, changes=changes
            )
            session.flush()
        return answer(session, settings, (promise, customer, owner), now=now)

    return database.written(work, by=caller.asker, at=now)


def hand_over(
    database: Database,
    settings: Settings,
    caller: Caller,
    code: str,
    body: OwnerBody,
    *,
    now: datetime,
) -> PromiseAnswer:
    """Let an open promise be another rep's of the same district; the same again changes nothing.

    Raises `PromiseNotFound`, `PromiseClosed`, `RepNotFound`, and `InvalidInput` for a rep of
    another district or one who has left.
    """

    def work(session: Session) -> PromiseAnswer:
        promise, customer, owner = promises.get(session, caller.asker, code, to_change=True)
        refuse_closed(code, promise.state, promise.evidence)
        taker = people.get_rep(session, caller.asker, body.rep_code)
        if owner is None or taker.id != owner.id:
            _refuse_unfit(session, taker, owner or people.rep_of_customer(session, customer))
            promise.owner_rep_id = taker.id
            promise.version += 1
            audit.record(
                session,
                "hand_over",
                noun="promise",
                key=code,
                reason=body.reason,
                changes=[("owner", owner.code if owner else None, taker.code)],
            )
            _tell(session, promise, customer, taker, now=now)
            session.flush()
        return answer(session, settings, (promise, customer, taker), now=now)

    return database.written(work, by=caller.asker, at=now)


def _kept(session: Session, caller: Caller, code: str, sent: str) -> promises.PromiseRow | None:
    """The promise that was made before from the same body, None when the code is free."""
    kept = promises.with_code(session, code)
    if kept is None:
        return None
    if kept.sent_sha256 != sent:
        raise PromiseCodeTaken(code)
    try:
        return promises.get(session, caller.asker, code)
    except PromiseNotFound:
        raise PromiseCodeTaken(code) from None


def _owner(
    session: Session, caller: Caller, customer: Customer, rep_code: str | None
) -> Rep | None:
    if rep_code is None and caller.asker.role is Role.REP:
        rep_code = caller.rep_code
    if rep_code is None:
        return people.rep_of_customer(session, customer)
    return people.get_rep(session, caller.asker, rep_code)


def _refuse_moving_silently(promise: Promise, body: PromiseChanges) -> None:
    if not body.reason:
        raise InvalidInput(
            "body.reason",
            N_("Promise {code} is due on {due}; say why that day is moved."),
            code=promise.code,
            due=promise.due.isoformat(),
        )


def _refuse_unfit(session: Session, taker: Rep, before: Rep | None) -> None:
    if not taker.active:
        text = N_("Rep {rep} has left; name another of the district.")
    elif before is not None and taker.district_id != before.district_id:
        text = N_("Rep {rep} works in another district; name one of the same.")
    else:
        return
    raise InvalidInput("body.rep_code", text, rep=taker.code)


def _tell(
    session: Session, promise: Promise, customer: Customer, taker: Rep, *, now: datetime
) -> None:
    messages.tell(
        session,
        messages.users_of_reps(session, [taker.id]),
        kind="promise_handed_over",
        text=YOURS_NOW,
        params={
            "what": promise.what,
            "customer": f"{customer.name} ({customer.code})",
            "due": promise.due.isoformat(),
        },
        key=f"promise/{promise.code}/owner/{promise.version}",
        noun="promise",
        subject=promise.code,
        now=now,
    )
