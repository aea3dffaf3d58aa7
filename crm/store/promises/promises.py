"""Promises made to customers, seen by those who owe them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Date,
    Executable,
    Row,
    and_,
    bindparam,
    case,
    false,
    func,
    literal,
    or_,
    true,
)
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import Select

from crm.errors import Refused
from crm.models import Customer, Promise, Rep, VisitReport
from crm.rules.access import Asker, Reach, Realm
from crm.rules.promises import PromiseStanding
from crm.rules.reports import FIRST_VERSION
from crm.store.customers import customers
from crm.store.days import days
from crm.store.house.audit import Change
from crm.store.prepared import Prepared
from crm.text import N_
from crm.vocabulary import PromiseState

PromiseRow = tuple[Promise, Customer, Rep | None]


class PromiseNotFound(Refused):
    """No such promise, or not one of the asker's: the two are not told apart."""

    def __init__(self, code: str) -> None:
        super().__init__(N_("There is no promise {code} among yours."), code=code)


class PromiseCodeTaken(Refused):
    """Another promise bears this code."""

    def __init__(self, code: str) -> None:
        text = N_("Promise code {code} is taken; make up another, best a random UUID.")
        super().__init__(text, code=code)


@dataclass(frozen=True, kw_only=True)
class Today:
    """Today's date by the zone of each rep; `elsewhere` is that of reps who name no zone."""

    elsewhere: date
    by_zone: dict[str, date]

    def of(self, owner: Rep | None) -> date:
        """Today where the owner of a promise is."""
        return self.by_zone.get(owner.timezone, self.elsewhere) if owner else self.elsewhere


def zones_in_use(session: Session) -> list[str]:
    """The zones that reps name."""
    return [zone for zone in session.exec(select(Rep.timezone).distinct()) if zone]


def visible_to(asker: Asker) -> Select[Promise, Customer, Rep]:
    """Promises with customer and owner: those to the asker's customers, and a rep's own."""
    query = (
        select(Promise, Customer, Rep)
        .join(Customer, col(Promise.customer_id) == Customer.id)
        .join(Rep, col(Promise.owner_rep_id) == Rep.id, isouter=True)
    )
    reach = asker.reach(Realm.FIELD_WORK)
    if reach is Reach.EVERYTHING:
        return query
    if reach is Reach.NOTHING:
        return query.where(false())
    own: ColumnElement[bool] = col(Promise.customer_id).in_(
        customers.visible_to(asker).with_only_columns(col(Customer.id))
    )
    if asker.rep_id is not None:
        own = or_(own, col(Promise.owner_rep_id) == asker.rep_id)
    return query.where(own)


def get(session: Session, asker: Asker, code: str, *, to_change: bool = False) -> PromiseRow:
    """The promise with this code, locked where it is to be changed and writers do not queue.

    Raises `PromiseNotFound` when there is none for the asker.
    """
    query = visible_to(asker).where(Promise.code == code)
    if to_change:
        query = query.with_for_update(of=Promise)
    found = session.exec(query).one_or_none()
    if found is None:
        raise PromiseNotFound(code)
    return found[0], found[1], found[2]


def told_by_code(session: Session, asker: Asker, codes: Collection[str]) -> dict[str, str]:
    """What was promised, by the code of the promise."""
    if not codes:
        return {}
    seen = session.exec(visible_to(asker).where(col(Promise.code).in_(codes)))
    return {promise.code: promise.what for promise, _, _ in seen}


def in_standing(
    session: Session,
    asker: Asker,
    wanted: PromiseStanding | None,
    *,
    today: Today,
    soon_days: int,
    after: tuple[date, int] | None,
    limit: int,
) -> list[PromiseRow]:
    """Up to `limit` promises by due day, those after a place in that order. Wanting OPEN gives
    every promise that is not closed, late ones and ones due soon among them."""
    query = visible_to(asker).where(stands(wanted, today=today, soon_days=soon_days))
    if after is not None:
        due, number = after
        same = and_(col(Promise.due) == due, col(Promise.id) > number)
        query = query.where(or_(col(Promise.due) > due, same))
    rows = session.exec(query.order_by(col(Promise.due), col(Promise.id)).limit(limit)).all()
    return [(promise, customer, owner) for promise, customer, owner in rows]


def count_in_standing(
    session: Session, asker: Asker, wanted: PromiseStanding, *, today: Today, soon_days: int
) -> int:
    """How many of the promises that the asker may see stand so."""
    standing = stands(wanted, today=today, soon_days=soon_days)
    counted = visible_to(asker).where(standing).with_only_columns(func.count())
    return int(session.execute(counted).scalar_one())


def stands(wanted: PromiseStanding | None, *, today: Today, soon_days: int) -> ColumnElement[bool]:
    """Whether a promise of a query of `visible_to` stands so today where its owner is."""
    if wanted is None:
        return true()
    if wanted in (PromiseStanding.KEPT, PromiseStanding.WITHDRAWN):
        return col(Promise.state) == PromiseState(wanted.value)
    is_open = col(Promise.state) == PromiseState.OPEN
    if wanted is PromiseStanding.OPEN:
        return is_open
    if wanted is PromiseStanding.LATE:
        return and_(is_open, col(Promise.due) < _today_of_owner(today))
    soon = Today(
        elsewhere=today.elsewhere + timedelta(days=soon_days),
        by_zone={z: day + timedelta(days=soon_days) for z, day in today.by_zone.items()},
    )
    return and_(
        is_open,
        col(Promise.due) >= _today_of_owner(today),
        col(Promise.due) <= _today_of_owner(soon),
    )


def _today_of_owner(today: Today) -> ColumnElement[date]:
    elsewhere = literal(today.elsewhere, Date)
    if not today.by_zone:
        return elsewhere
    days = {zone: literal(day, Date) for zone, day in today.by_zone.items()}
    return case(days, value=func.coalesce(col(Rep.timezone), ""), else_=elsewhere)


def _open_on_day(asker: Asker) -> Executable:
    columns: list[Any] = [
        Promise.customer_id,
        Promise.code,
        Promise.what,
        Promise.to_whom,
        Promise.due,
        Promise.state,
    ]
    return (
        visible_to(asker)
        .where(
            col(Promise.customer_id).in_(days.CUSTOMERS_OF_DAY),
            col(Promise.state) == PromiseState.OPEN,
        )
        .order_by(col(Promise.due), col(Promise.id))
        .with_only_columns(*columns, maintain_column_froms=True)
    )


OPEN_ON_DAY = Prepared(_open_on_day)


def open_on_day(
    session: Session, asker: Asker, plan_id: int, on: date
) -> dict[int, list[Row[Any]]]:
    """Open promises to the customers of a planned day by customer, the first due first."""
    found: dict[int, list[Row[Any]]] = {}
    for row in OPEN_ON_DAY.rows(session, asker, plan_id=plan_id, on=on):
        found.setdefault(row.customer_id, []).append(row)
    return found


def open_of_customers(
    session: Session, asker: Asker, customer_ids: list[int]
) -> dict[int, list[Promise]]:
    """Open promises to the asker's customers by customer, the first due first."""
    query = visible_to(asker).where(
        col(Promise.customer_id).in_(customer_ids), col(Promise.state) == PromiseState.OPEN
    )
    found: dict[int, list[Promise]] = {}
    for promise, _, _ in session.exec(query.order_by(col(Promise.due), col(Promise.id))):
        found.setdefault(promise.customer_id, []).append(promise)
    return found


OF_REPORTS = (
    select(Promise)
    .where(col(Promise.report_id).in_(bindparam("ids", expanding=True)))
    .order_by(col(Promise.due), col(Promise.id))
)


def of_reports(session: Session, report_ids: list[UUID]) -> dict[UUID, list[Promise]]:
    """The promises made in reports that the asker was already let see, by report."""
    found: dict[UUID, list[Promise]] = {}
    for promise in session.execute(OF_REPORTS, {"ids": report_ids}).scalars():
        if promise.report_id is not None:
            found.setdefault(promise.report_id, []).append(promise)
    return found


def agree_with_report(
    session: Session, report: VisitReport, made: Sequence[Promise], *, now: datetime, reason: str
) -> None:
    """Make the promises of the records those of a report just added or corrected.

    `made` are unsaved rows. New codes are added, open ones take the new words and day, open ones
    that a correction leaves out are withdrawn for its `reason`; what was closed stays closed.
    Raises `PromiseCodeTaken` when another report's or a file's promise bears a code.
    """
    corrected = report.version > FIRST_VERSION
    before = of_reports(session, [report.id]).get(report.id, []) if corrected else []
    kept = {promise.code: promise for promise in before}
    new = [promise for promise in made if promise.code not in kept]
    refuse_taken_codes(session, [promise.code for promise in new])
    session.add_all(new)
    by_code = {promise.code: promise for promise in made}
    for code, promise in kept.items():
        if promise.state is not PromiseState.OPEN:
            continue
        after = by_code.get(code)
        if after is None:
            promise.state = PromiseState.WITHDRAWN
            promise.closed_at, promise.evidence = now, reason
            promise.version += 1
        else:
            promise.made_on = after.made_on
            change(promise, what=after.what, to_whom=after.to_whom, due=after.due)
    session.flush()


def change(promise: Promise, *, what: str, to_whom: str, due: date) -> list[Change]:
    """Give an open promise other words or another day; answers what is different. One that is late
    by its new day is told of anew."""
    changes: list[Change] = [
        (name, getattr(promise, name), after)
        for name, after in (("what", what), ("to_whom", to_whom), ("due", due))
        if getattr(promise, name) != after
    ]
    for name, _, after in changes:
        setattr(promise, name, after)
    if any(name == "due" for name, _, _ in changes):
        promise.escalated_at = None
    if changes:
        promise.version += 1
    return changes


def with_code(session: Session, code: str) -> Promise | None:
    """The promise with a code, whosever it is: only to tell a repetition from a clash."""
    return session.exec(select(Promise).where(Promise.code == code)).one_or_none()


def refuse_taken_codes(session: Session, codes: list[str]) -> None:
    """Raise `PromiseCodeTaken` when a promise bears one of the codes."""
    if not codes:
        return
    query = select(Promise.code).where(col(Promise.code).in_(codes))
    taken = session.exec(query.order_by(col(Promise.code))).first()
    if taken is not None:
        raise PromiseCodeTaken(taken)
