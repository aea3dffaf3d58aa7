"""Who worked whom when: told by the audit trail, which keeps each change of territories, of their
reps, and of customers' territories."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from crm.models import AuditEntry, Customer, FieldChange, Rep, Territory
from crm.rules.access import Asker
from crm.store.people import organisation
from crm.store.territories import territories

REP, HOME, GEOMETRY = "rep_id", "territory_id", "geometry"


@dataclass(frozen=True, kw_only=True)
class Period:
    """A customer's territory and rep from an instant (None: from the beginning) until another
    (None: now). The codes are those of today; None: nobody, or one that is no more."""

    since: datetime | None
    until: datetime | None
    territory_code: str | None
    rep_code: str | None


@dataclass(frozen=True, kw_only=True)
class Version:
    """A territory from an instant until another, with who changed it then and why."""

    since: datetime | None
    until: datetime | None
    name: str
    rep_code: str | None
    geometry: str
    by: str
    reason: str


def periods_of(session: Session, customer: Customer) -> list[Period]:
    """Who worked a customer that the asker was let see, the newest first."""
    reps = dict(session.exec(select(Rep.id, Rep.code)).all())
    rows = session.exec(select(Territory)).all()
    codes = {row.id: row.code for row in rows}
    own: dict[int | None, int | None] = {row.id: row.rep_id for row in rows}
    by_code = {row.code: row.id for row in rows}
    changes: list[tuple[datetime, str, int | None, int | None]] = [
        (at, HOME, None, before) for at, before in _of(session, "customer", customer.code)
    ]
    for at, code, before in _reps(session, sorted(by_code)):
        changes.append((at, REP, by_code[code], before))
    changes.sort(key=lambda change: change[0], reverse=True)
    home, until = customer.territory_id, None
    found: list[Period] = []
    for at, field, territory, before in changes:
        if field == REP and territory != home:
            own[territory] = before
            continue
        found.append(_period(at, until, codes.get(home), reps.get(own.get(home))))
        until = at
        if field == HOME:
            home = before
        else:
            own[territory] = before
    found.append(_period(None, until, codes.get(home), reps.get(own.get(home))))
    return found


def versions_of(session: Session, territory: Territory) -> list[Version]:
    """A territory that the asker was let see, as it was, the newest first."""
    reps = dict(session.exec(select(Rep.id, Rep.code)).all())
    query = (
        select(AuditEntry, FieldChange)
        .join(FieldChange, col(FieldChange.entry_id) == AuditEntry.id)
        .where(
            FieldChange.noun == "territory",
            FieldChange.key == territory.code,
            col(FieldChange.field).in_(("name", REP, GEOMETRY)),
        )
        .order_by(col(AuditEntry.id).desc(), col(FieldChange.id).desc())
    )
    entries: dict[int | None, tuple[AuditEntry, dict[str, Any]]] = {}
    for entry, change in session.exec(query):
        entries.setdefault(entry.id, (entry, {}))[1][change.field] = change.before
    now: dict[str, Any] = {name: getattr(territory, name) for name in ("name", REP, GEOMETRY)}
    found: list[Version] = []
    until = None
    for entry, before in entries.values():
        found.append(_version(now, reps, entry.at, until, entry))
        now |= before
        until = entry.at
    found.append(_version(now, reps, None, until, None))
    return found


@dataclass(frozen=True, kw_only=True)
class Lay:
    """How a territory lay at an instant."""

    code: str
    name: str
    rep_code: str | None
    geometry: str


@dataclass(frozen=True, kw_only=True)
class Step:
    """A change of territories: when, by whom, why, and which."""

    at: datetime
    by: str
    reason: str
    codes: tuple[str, ...]


def as_of(session: Session, asker: Asker, at: datetime) -> list[Lay]:
    """The asker's territories as they lay at an instant, in order of code; those taken away since
    are among them where they were of a district of the asker's."""
    districts = {one.id for one in organisation.districts_of(session, asker)}
    reps = dict(session.exec(select(Rep.id, Rep.code)).all())
    lay: dict[str, dict[str, Any]] = {
        one.code: {name: getattr(one, name) for name in ("name", REP, "district_id", GEOMETRY)}
        for one in territories.territories_of(session, asker)
    }
    query = (
        select(FieldChange.key, FieldChange.field, FieldChange.before)
        .join(AuditEntry, col(FieldChange.entry_id) == AuditEntry.id)
        .where(FieldChange.noun == "territory", AuditEntry.at > at)
        .order_by(col(AuditEntry.id).desc(), col(FieldChange.id).desc())
    )
    for code, field, before in session.exec(query):
        lay.setdefault(code, {})[field] = before
    return [
        Lay(
            code=code,
            name=one.get("name") or code,
            rep_code=reps.get(one.get(REP)),
            geometry=one[GEOMETRY],
        )
        for code, one in sorted(lay.items())
        if one.get(GEOMETRY) and one.get("district_id") in districts
    ]


def steps(session: Session, asker: Asker, *, limit: int) -> list[Step]:
    """The last changes of the asker's territories, the newest first."""
    own = [one.code for one in territories.territories_of(session, asker)]
    query = (
        select(AuditEntry, FieldChange.key)
        .join(FieldChange, col(FieldChange.entry_id) == AuditEntry.id)
        .where(
            FieldChange.noun == "territory",
            col(FieldChange.field).in_(("name", REP, GEOMETRY)),
            col(FieldChange.key).in_(own),
        )
        .order_by(col(AuditEntry.id).desc())
        .limit(limit)
    )
    found: dict[int | None, Step] = {}
    for entry, code in session.exec(query):
        codes = found[entry.id].codes if entry.id in found else ()
        found[entry.id] = Step(
            at=entry.at, by=entry.actor, reason=entry.reason, codes=tuple(sorted({*codes, code}))
        )
    return list(found.values())


def _version(
    now: dict[str, Any],
    reps: dict[int | None, str],
    since: datetime | None,
    until: datetime | None,
    entry: AuditEntry | None,
) -> Version:
    return Version(
        since=since,
        until=until,
        name=now["name"],
        rep_code=reps.get(now[REP]),
        geometry=now[GEOMETRY],
        by=entry.actor if entry else "",
        reason=entry.reason if entry else "",
    )


def _period(
    since: datetime | None, until: datetime | None, territory: str | None, rep: str | None
) -> Period:
    return Period(since=since, until=until, territory_code=territory, rep_code=rep)


def _of(session: Session, noun: str, key: str) -> list[tuple[datetime, int | None]]:
    query = (
        select(AuditEntry.at, FieldChange.before)
        .join(FieldChange, col(FieldChange.entry_id) == AuditEntry.id)
        .where(FieldChange.noun == noun, FieldChange.key == key, FieldChange.field == HOME)
    )
    return [(at, before) for at, before in session.exec(query)]


def _reps(session: Session, codes: Sequence[str]) -> list[tuple[datetime, str, int | None]]:
    query = (
        select(AuditEntry.at, FieldChange.key, FieldChange.before)
        .join(FieldChange, col(FieldChange.entry_id) == AuditEntry.id)
        .where(FieldChange.noun == "territory", FieldChange.field == REP)
    )
    known = set(codes)
    return [(at, key, before) for at, key, before in session.exec(query) if key in known]
