"""Reading the audit trail: who did what when and why."""

from collections.abc import Sequence

from crm.database import Database
from crm.models import AuditEntry, FieldChange
from crm.rules.access import MANAGERS, Asker
from crm.store.house import audit_trail
from crm.store.house.audit import CONFIDENTIAL_FACT
from crm.store.house.audit_trail import Wanted
from crm.store.promises import promises
from crm.text import N_
from field_api.errors import CODES
from field_api.schemas.audit import AuditEntryAnswer, FieldChangeAnswer
from field_api.schemas.values import Page
from field_api.services.pages import cursor, place, row_number
from field_api.services.people.roles import refuse_unless

CHANGES_SHOWN = 20  # of an entry in a list: an import changes as many as it has rows
PROMISE = "promise"
MANAGERS_ONLY = N_("Only managers read the audit trail; ask yours.")

CODES |= {audit_trail.AuditEntryNotFound: (404, "audit_entry_not_found")}


def listed(
    database: Database, asker: Asker, wanted: Wanted, *, after: str | None, limit: int
) -> Page[AuditEntryAnswer]:
    """The entries on what is the asker's, the newest first, in parts of at most `limit`. Raises
    `Forbidden` for all but managers."""
    refuse_unless(asker, MANAGERS, MANAGERS_ONLY)
    before = place(after, lambda number, _: row_number(number))
    with database.reading() as session:
        found = audit_trail.entries(session, asker, wanted, before=before, limit=limit + 1)
        shown = found[:limit]
        changes = audit_trail.first_changes(
            session, [entry.id or 0 for entry in shown], most=CHANGES_SHOWN + 1
        )
        items = [_entry(entry, changes.get(entry.id or 0, [])) for entry in shown]
        end = cursor(items[-1].number, "") if len(found) > limit else None
        return Page(items=items, next_cursor=end)


def changes(
    database: Database, asker: Asker, number: int, *, after: str | None, limit: int
) -> Page[FieldChangeAnswer]:
    """All fields that changed with an entry, in parts of at most `limit`. Raises `Forbidden` for
    all but managers, `AuditEntryNotFound`."""
    refuse_unless(asker, MANAGERS, MANAGERS_ONLY)
    behind = place(after, lambda number, _: row_number(number))
    with database.reading() as session:
        entry = audit_trail.get(session, asker, number)
        found = audit_trail.changes_of(session, entry, after=behind, limit=limit + 1)
        items = [_change(change) for change in found[:limit]]
        end = cursor(items[-1].number, "") if len(found) > limit else None
        return Page(items=items, next_cursor=end)


def titles(
    database: Database, asker: Asker, entries: Sequence[AuditEntryAnswer]
) -> dict[tuple[str, str], str]:
    """By noun and key the words of what bears a code that tells nobody anything."""
    with database.reading() as session:
        codes = {entry.key for entry in entries if entry.noun == PROMISE}
        told = promises.told_by_code(session, asker, codes)
        return {(PROMISE, code): what for code, what in told.items()}


def _entry(entry: AuditEntry, changes: Sequence[FieldChange]) -> AuditEntryAnswer:
    return AuditEntryAnswer(
        number=entry.id or 0,
        at=entry.at,
        by=entry.actor,
        role=entry.role,
        action=entry.action,
        noun=entry.noun,
        key=entry.key,
        reason=entry.reason,
        details=entry.details,
        request_id=entry.request_id,
        changes=[_change(change) for change in changes[:CHANGES_SHOWN]],
        more_changes=len(changes) > CHANGES_SHOWN,
    )


def _change(change: FieldChange) -> FieldChangeAnswer:
    told = change.noun != CONFIDENTIAL_FACT
    return FieldChangeAnswer(
        number=change.id or 0,
        noun=change.noun,
        key=change.key,
        field=change.field,
        before=change.before if told else None,
        after=change.after if told else None,
    )
