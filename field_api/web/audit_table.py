"""What is looked for in the audit trail, and its entries as a table to take along."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo

from crm.spreadsheets.workbook import Column, Sheet
from crm.store.house.audit_trail import Wanted
from crm.text import N_
from field_api.house import House
from field_api.schemas.audit import AuditEntryAnswer
from field_api.services.house import audit
from field_api.web import audit_words, role_words
from field_api.web.desk import Desk

MOST_ROWS = 20_000
AT_ONCE = 2_000


@dataclass(frozen=True, kw_only=True)
class Filters:
    """Which entries; days are the reader's, both included."""

    noun: str = ""
    key: str = ""
    action: str = ""
    username: str = ""
    first: date | Literal[""] | None = None
    last: date | Literal[""] | None = None

    def wanted(self, zone: ZoneInfo) -> Wanted:
        """As the trail is asked."""
        return Wanted(
            noun=self.noun,
            key=self.key,
            action=self.action,
            username=self.username,
            since=_midnight(self.first, zone) if self.first else None,
            until=_midnight(self.last + timedelta(days=1), zone) if self.last else None,
        )


def sheet(house: House, desk: Desk, filters: Filters) -> Sheet:
    """The newest entries on what is one's own."""
    rows: list[list[Any]] = []
    after: str | None = None
    while len(rows) < MOST_ROWS:
        found = audit.listed(
            house.database,
            desk.asker,
            filters.wanted(desk.caller.zone),
            after=after,
            limit=AT_ONCE,
        )
        rows += [_row(desk, entry) for entry in found.items]
        after = found.next_cursor
        if after is None:
            break
    columns = (
        Column(heading=desk.t(N_("When")), width=20),
        Column(heading=desk.t(N_("Who")), width=20),
        Column(heading=desk.t(N_("Role")), width=18),
        Column(heading=desk.t(N_("Did")), width=20),
        Column(heading=desk.t(N_("To what")), width=18),
        Column(heading=desk.t(N_("Which")), width=24),
        Column(heading=desk.t(N_("Why")), width=40),
        Column(heading=desk.t(N_("Changed fields")), width=60),
    )
    return Sheet(title=desk.t(N_("Audit trail")), columns=columns, rows=rows)


def _row(desk: Desk, entry: AuditEntryAnswer) -> list[Any]:
    at = entry.at.astimezone(desk.caller.zone)
    itself = audit_words.nobodys_name(entry.by, entry.role)
    changes = "; ".join(f"{c.field}: {_plain(c.before)} → {_plain(c.after)}" for c in entry.changes)
    return [
        at.strftime("%Y-%m-%d %H:%M:%S"),
        desk.t(itself) if itself else entry.by,
        "" if itself else role_words.role_in_words(desk.language, entry.role),
        desk.t(audit_words.action(entry.action)),
        desk.t(audit_words.noun(entry.noun)),
        entry.key,
        entry.reason,
        changes,
    ]


def _plain(value: object) -> str:
    return "–" if value is None or value == "" else str(value)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone)
