"""档案: key people and facts as they are written, the confidential file as it is opened, and what
each field was before."""

from datetime import datetime

from sqlmodel import Session

from crm.database import Database
from crm.models import AuditEntry, Customer, CustomerFact, FieldChange, FileLoan, KeyPerson
from crm.rules.access import OPENS_CONFIDENTIAL_FILES
from crm.rules.files import KEEPS_FILES, WRITES_CONFIDENTIAL_FACTS
from crm.rules.reports import day_of
from crm.store.customers import customers, files
from crm.store.house import audit, audit_trail
from crm.text import N_
from crm.vocabulary import Role
from field_api.auth import Caller
from field_api.errors import CODES
from field_api.etags import Match
from field_api.schemas.files import (
    ConfidentialFact,
    ConfidentialFile,
    EarlierContent,
    FactAnswer,
    FactBody,
    FactChanges,
    FileLoanAnswer,
    HistoryRow,
    KeyPersonAnswer,
    KeyPersonBody,
    KeyPersonChanges,
)
from field_api.schemas.values import Page
from field_api.services.customers.customer_answers import fact_answer, key_person_answer
from field_api.services.pages import cursor, place, row_number
from field_api.services.people.roles import refuse_unless

SEES_LOANS = (*OPENS_CONFIDENTIAL_FILES, Role.INFORMATION_ADMIN)
KEEPERS_ONLY = N_("Only managers and information admins write facts; tell your manager.")
MANAGERS_ONLY = N_("Only managers write confidential facts.")
OPENERS_ONLY = N_("Only the general manager and the chairman open what is confidential.")

CODES |= {
    files.KeyPersonNotFound: (404, "key_person_not_found"),
    files.FactNotFound: (404, "fact_not_found"),
}


def add_key_person(
    database: Database, caller: Caller, code: str, body: KeyPersonBody, *, now: datetime
) -> KeyPersonAnswer:
    """Add somebody at a customer's; `CustomerNotFound`."""

    def work(session: Session) -> KeyPersonAnswer:
        customer = customers.get(session, caller.asker, code)
        person = KeyPerson(customer_id=customer.id or 0, **body.model_dump())
        session.add(person)
        session.flush()
        _told(session, "add", person, customer)
        return key_person_answer(caller.asker, person)

    return database.written(work, by=caller.asker, at=now)


def edit_key_person(
    database: Database,
    caller: Caller,
    code: str,
    number: int,
    match: Match,
    changes: KeyPersonChanges,
    *,
    now: datetime,
) -> KeyPersonAnswer:
    """Change what is known of a key person. Raises `CustomerNotFound`, `KeyPersonNotFound`,
    `VersionChanged`."""

    def work(session: Session) -> KeyPersonAnswer:
        customer = customers.get(session, caller.asker, code)
        person = files.key_person(session, customer, number)
        match.refuse_unless(person.version)
        for field, value in changes.given().items():
            setattr(person, field, value)
        session.flush()
        return key_person_answer(caller.asker, person)

    return database.written(work, by=caller.asker, at=now)


def remove_key_person(
    database: Database, caller: Caller, code: str, number: int, match: Match, *, now: datetime
) -> None:
    """Take a key person out of the file; the records keep it. Raises as `edit_key_person`, and
    `Forbidden` for reps."""

    def work(session: Session) -> None:
        customer = customers.get(session, caller.asker, code)
        refuse_unless(
            caller.asker, KEEPS_FILES, N_("Only managers and information admins take people out.")
        )
        person = files.key_person(session, customer, number)
        match.refuse_unless(person.version)
        person.removed = True

    database.written(work, by=caller.asker, at=now)


def add_fact(
    database: Database, caller: Caller, code: str, body: FactBody, *, now: datetime
) -> FactAnswer:
    """Add a piece of information. Raises `CustomerNotFound`, and `Forbidden` for reps, and for
    all but managers where it is confidential."""

    def work(session: Session) -> FactAnswer:
        customer = customers.get(session, caller.asker, code)
        _refuse_writing(caller, confidential=body.confidential)
        fact = CustomerFact(
            customer_id=customer.id or 0,
            topic=body.topic,
            content=body.content,
            source=body.source,
            confidential=body.confidential,
            noted_on=body.noted_on or day_of(now, caller.zone),
            noted_by_id=caller.asker.user_id,
        )
        session.add(fact)
        session.flush()
        _told(session, "add", fact, customer)
        return fact_answer(fact)

    return database.written(work, by=caller.asker, at=now)


def edit_fact(
    database: Database,
    caller: Caller,
    code: str,
    number: int,
    match: Match,
    changes: FactChanges,
    *,
    now: datetime,
) -> FactAnswer:
    """Change a fact. Raises `CustomerNotFound`, `FactNotFound` (also for a confidential one that
    is not the caller's to write), `VersionChanged`, and `Forbidden`, also for who may not read a
    confidential fact and would open it to everybody."""

    def work(session: Session) -> FactAnswer:
        customer = customers.get(session, caller.asker, code)
        _refuse_writing(caller, confidential=changes.confidential)
        fact = files.fact(session, caller.asker, customer, number)
        match.refuse_unless(fact.version)
        if fact.confidential and not changes.given().get("confidential", True):
            refuse_unless(caller.asker, OPENS_CONFIDENTIAL_FILES, OPENERS_ONLY)
        for field, value in changes.given().items():
            setattr(fact, field, value)
        session.flush()
        return fact_answer(fact)

    return database.written(work, by=caller.asker, at=now)


def remove_fact(
    database: Database, caller: Caller, code: str, number: int, match: Match, *, now: datetime
) -> None:
    """Take a fact out of the file; the records keep it. Raises as `edit_fact`."""

    def work(session: Session) -> None:
        customer = customers.get(session, caller.asker, code)
        _refuse_writing(caller, confidential=False)
        fact = files.fact(session, caller.asker, customer, number)
        match.refuse_unless(fact.version)
        fact.removed = True

    database.written(work, by=caller.asker, at=now)


def open_confidential(
    database: Database, caller: Caller, code: str, *, reason: str, now: datetime
) -> ConfidentialFile:
    """Open a customer's confidential file. The borrowing card and the audit entry are kept before
    anything is shown, or nothing is shown. Raises `CustomerNotFound`, `Forbidden`."""

    def work(session: Session) -> ConfidentialFile:
        customer = customers.get(session, caller.asker, code)
        refuse_unless(caller.asker, OPENS_CONFIDENTIAL_FILES, OPENERS_ONLY)
        loan, facts = files.borrow(session, caller.asker, customer, reason=reason, now=now)
        earlier = audit_trail.earlier_contents(session, [fact.id or 0 for fact in facts])
        return ConfidentialFile(
            customer_code=customer.code,
            loan=loan.id or 0,
            opened_at=now,
            opened_by=caller.name,
            reason=reason,
            facts=[_confidential(fact, earlier.get(fact.id or 0, [])) for fact in facts],
        )

    return database.written(work, by=caller.asker, at=now)


def loans(database: Database, caller: Caller, code: str) -> list[FileLoanAnswer]:
    """Who opened a customer's confidential file when, the newest first; why, for those who may
    open it. Raises `CustomerNotFound`, `Forbidden`."""
    with database.reading() as session:
        customer = customers.get(session, caller.asker, code)
        refuse_unless(
            caller.asker,
            SEES_LOANS,
            N_("Borrowing cards are for the general manager, the chairman and information admins."),
        )
        whole = caller.asker.role in OPENS_CONFIDENTIAL_FILES
        return [_loan(loan, name, whole=whole) for loan, name in files.loans(session, customer)]


def history(
    database: Database, caller: Caller, code: str, *, field: str, after: str | None, limit: int
) -> Page[HistoryRow]:
    """What the fields of a customer's card were before, or one of them, the newest change first.
    Raises `CustomerNotFound`, and `Forbidden` for reps."""
    before = place(after, lambda number, _: row_number(number))
    with database.reading() as session:
        customer = customers.get(session, caller.asker, code)
        refuse_unless(
            caller.asker, KEEPS_FILES, N_("Only managers and information admins read histories.")
        )
        found = audit_trail.history(
            session, "customer", customer.code, field=field, before=before, limit=limit + 1
        )
        rows = [_past(change, entry) for change, entry in found[:limit]]
        end = cursor(found[limit - 1][0].id or 0, "") if len(found) > limit else None
        return Page(items=rows, next_cursor=end)


def _refuse_writing(caller: Caller, *, confidential: bool) -> None:
    refuse_unless(caller.asker, KEEPS_FILES, KEEPERS_ONLY)
    if confidential:
        refuse_unless(caller.asker, WRITES_CONFIDENTIAL_FACTS, MANAGERS_ONLY)


def _told(session: Session, action: str, row: KeyPerson | CustomerFact, customer: Customer) -> None:
    """Note in the audit trail that something was added. The content of a confidential fact is not
    repeated there."""
    noun, _ = audit.WATCHED[type(row)]
    if isinstance(row, CustomerFact) and row.confidential:
        noun = audit.CONFIDENTIAL_FACT
    audit.record(session, action, noun=noun, key=str(row.id), details={"customer": customer.code})


def _confidential(fact: CustomerFact, earlier: list[audit_trail.Past]) -> ConfidentialFact:
    return ConfidentialFact(
        number=fact.id or 0,
        version=fact.version,
        topic=fact.topic,
        content=fact.content,
        source=fact.source,
        noted_on=fact.noted_on,
        earlier=[
            EarlierContent(at=entry.at, by=entry.actor, field=change.field, before=change.before)
            for change, entry in earlier
        ],
    )


def _loan(loan: FileLoan, name: str, *, whole: bool) -> FileLoanAnswer:
    return FileLoanAnswer(
        loan=loan.id or 0,
        opened_at=loan.at,
        opened_by=name,
        reason=loan.reason if whole else None,
        facts_shown=len(loan.shown) if whole else None,
    )


def _past(change: FieldChange, entry: AuditEntry) -> HistoryRow:
    return HistoryRow(
        at=entry.at,
        by=entry.actor,
        role=entry.role,
        action=entry.action,
        reason=entry.reason,
        field=change.field,
        before=change.before,
        after=change.after,
    )
