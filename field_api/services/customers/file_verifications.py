"""档案核实: each file is gone through every quarter, and what is missing completed in time."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlmodel import Session

from crm.database import Database
from crm.models import Customer, FileVerification
from crm.rules.files import (
    KEEPS_FILES,
    ImpossibleVerification,
    StillMissing,
    is_overdue,
    quarter_of,
    refuse_impossible_verification,
    refuse_incomplete,
)
from crm.rules.reports import day_of
from crm.store.customers import customers, file_verifications
from crm.store.customers.file_verifications import NEVER
from crm.store.house import audit
from crm.text import N_
from field_api.auth import Caller
from field_api.errors import CODES
from field_api.schemas.customers import CustomerRow
from field_api.schemas.file_verifications import (
    CompletionBody,
    VerificationAnswer,
    VerificationBody,
)
from field_api.schemas.values import Page
from field_api.services.customers.customers import row_of
from field_api.services.pages import cursor, place, row_number, storable
from field_api.services.people.roles import refuse_unless

KEEPERS_ONLY = N_("Only managers and information admins verify files.")

CODES |= {
    file_verifications.VerificationNotFound: (404, "verification_not_found"),
    ImpossibleVerification: (422, "impossible_verification"),
    StillMissing: (409, "still_missing"),
}


def queue(
    database: Database, caller: Caller, *, after: str | None, limit: int, now: datetime
) -> Page[CustomerRow]:
    """The caller's customers whose files were not verified this quarter, those that wait longest
    first, in parts of at most `limit`. Raises `Forbidden` for reps."""
    refuse_unless(caller.asker, KEEPS_FILES, KEEPERS_ONLY)
    behind = place(after, lambda day, code: (date.fromisoformat(day), storable(code)))
    quarter = quarter_of(day_of(now, caller.zone))
    with database.reading() as session:
        found = file_verifications.queue(
            session, caller.asker, quarter, after=behind, limit=limit + 1
        )
        end = None
        if len(found) > limit:
            last = found[limit - 1].customer
            end = cursor((last.verified_on or NEVER).isoformat(), last.code)
        return Page(items=[row_of(row, whole=True) for row in found[:limit]], next_cursor=end)


def verify(
    database: Database, caller: Caller, code: str, body: VerificationBody, *, now: datetime
) -> VerificationAnswer:
    """Keep that a file was gone through. Nothing missing: it is right from today on, and earlier
    completions are done. Raises `CustomerNotFound`, `Forbidden`, `ImpossibleVerification`."""

    def work(session: Session) -> VerificationAnswer:
        customer = customers.get(session, caller.asker, code, to_change=True)
        refuse_unless(caller.asker, KEEPS_FILES, KEEPERS_ONLY)
        today = day_of(now, caller.zone)
        missing = list(dict.fromkeys(field.value for field in body.missing))
        refuse_impossible_verification(missing, body.complete_by, today=today)
        verification = FileVerification(
            customer_id=customer.id or 0,
            quarter=quarter_of(today).name,
            verified_at=now,
            verified_by_id=caller.asker.user_id,
            missing=missing,
            complete_by=body.complete_by,
            note=body.note,
        )
        if not missing:
            customer.verified_on = today
            file_verifications.complete_open(session, customer, now)
        session.add(verification)
        session.flush()
        _told(session, "verify", customer, verification, missing)
        return _answer(verification, customer, caller.name, today)

    return database.written(work, by=caller.asker, at=now)


def completions(
    database: Database,
    caller: Caller,
    *,
    completed: bool | None,
    overdue: bool,
    after: str | None,
    limit: int,
    now: datetime,
) -> Page[VerificationAnswer]:
    """What is missing in the files of the caller's customers, by the day by which it is to be
    completed, in parts of at most `limit`. Raises `Forbidden` for reps."""
    refuse_unless(caller.asker, KEEPS_FILES, KEEPERS_ONLY)
    behind = place(after, lambda day, number: (date.fromisoformat(day), row_number(number)))
    today = day_of(now, caller.zone)
    with database.reading() as session:
        found = file_verifications.completions(
            session,
            caller.asker,
            completed=completed,
            overdue_on=today if overdue else None,
            after=behind,
            limit=limit + 1,
        )
        end = None
        if len(found) > limit:
            last = found[limit - 1].verification
            end = cursor((last.complete_by or NEVER).isoformat(), last.id or 0)
        items = [
            _answer(one.verification, one.customer, one.found_by, today) for one in found[:limit]
        ]
        return Page(items=items, next_cursor=end)


def complete(
    database: Database, caller: Caller, number: int, body: CompletionBody, *, now: datetime
) -> VerificationAnswer:
    """Keep that the missing was completed; again changes nothing. The file is right from today
    on. Raises `VerificationNotFound`, `Forbidden`, `StillMissing` while a field is empty."""

    def work(session: Session) -> VerificationAnswer:
        refuse_unless(caller.asker, KEEPS_FILES, KEEPERS_ONLY)
        verification, customer = file_verifications.get(session, caller.asker, number)
        today = day_of(now, caller.zone)
        if verification.completed_at is None and verification.missing:
            refuse_incomplete(verification.missing, customer.model_dump())
            verification.completed_at = now
            customer.verified_on = today
            session.flush()
            _told(session, "complete", customer, verification, verification.missing, body.note)
        name = file_verifications.name_of(session, verification)
        return _answer(verification, customer, name, today)

    return database.written(work, by=caller.asker, at=now)


def _told(
    session: Session,
    action: str,
    customer: Customer,
    verification: FileVerification,
    missing: Iterable[str],
    reason: str = "",
) -> None:
    audit.record(
        session,
        action,
        noun=file_verifications.NOUN,
        key=str(verification.id),
        reason=reason or verification.note,
        details={"customer": customer.code, "missing": list(missing)},
    )


def _answer(
    verification: FileVerification, customer: Customer, name: str, today: date
) -> VerificationAnswer:
    return VerificationAnswer(
        number=verification.id or 0,
        customer_code=customer.code,
        customer_name=customer.name,
        quarter=verification.quarter,
        verified_at=verification.verified_at,
        verified_by=name,
        missing=verification.missing,
        complete_by=verification.complete_by,
        note=verification.note,
        completed_at=verification.completed_at,
        overdue=is_overdue(
            verification.complete_by,
            completed=verification.completed_at is not None,
            today=today,
        ),
    )
