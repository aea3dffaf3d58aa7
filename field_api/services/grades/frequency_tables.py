"""The company's table of visit frequencies: tried dry, asked for, and in force once approved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from crm.database import Database
from crm.models import Approval
from crm.rules.access import MANAGERS, Asker
from crm.rules.organisation import Place
from crm.rules.policy import DEFAULT_POLICY, Frequency, FrequencyTable, frequency_of
from crm.spreadsheets.kinds.customers import LONGEST_INTERVAL_DAYS
from crm.store import approvals
from crm.store.approvals import Overtaken
from crm.store.grades import visit_frequencies
from crm.store.house import audit
from crm.text import N_
from crm.vocabulary import ApprovalMatter, Grade, Role
from field_api.errors import InvalidInput
from field_api.services.approvals import register
from field_api.services.grades.visit_loads import Loads, loads_of
from field_api.services.people.roles import refuse_unless

MATTER = ApprovalMatter.FREQUENCY_TABLE
ASKS = (Role.REGIONAL_DIRECTOR, Role.GENERAL_MANAGER, Role.CHAIRMAN)
SUBJECT = "frequencies"
MOST_CHANNELS = 20
LONGEST_VISIT_MINUTES = 600
LONGEST_REASON = 500
DAYS, MINUTES = "days", "minutes"


@dataclass(frozen=True, kw_only=True)
class Cell:
    """What holds for a grade in a channel; `own`: the table says it, it is not taken over."""

    grade: Grade
    interval_days: int
    service_minutes: int
    own: bool


@dataclass(frozen=True, kw_only=True)
class ChannelRow:
    """A line of the table; an empty channel holds for all without a line of their own."""

    number: int
    channel: str
    cells: Sequence[Cell]


@dataclass(frozen=True, kw_only=True)
class FrequenciesShown:
    """The table as it is, and whether the asker may ask for another."""

    rows: Sequence[ChannelRow]
    may_ask: bool
    waiting: str | None  # the approval that is open


def shown(database: Database, asker: Asker) -> FrequenciesShown:
    """The table in force, a line for all channels and one for each of the asker's."""
    refuse_unless(asker, MANAGERS, N_("Only managers do this; ask yours."))
    with database.reading() as session:
        table = visit_frequencies.table_of(session)
        names = ["", *visit_frequencies.channels(session, asker, limit=MOST_CHANNELS)]
        waiting = approvals.open_of(session, MATTER)
        return FrequenciesShown(
            rows=[_row(number, name, table) for number, name in enumerate(names)],
            may_ask=asker.role in ASKS,
            waiting=str(waiting.id) if waiting else None,
        )


def tried(database: Database, asker: Asker, fields: Mapping[str, str]) -> Loads:
    """What another table would ask of the asker's reps. Raises `InvalidInput`."""
    refuse_unless(asker, MANAGERS, N_("Only managers do this; ask yours."))
    with database.reading() as session:
        return loads_of(session, asker, after=table_in(fields))


def ask(
    database: Database, asker: Asker, fields: Mapping[str, str], reason: str, *, now: datetime
) -> str:
    """Ask for another table; answers the approval's number. Raises `Forbidden`, `AlreadyAsked`,
    `InvalidInput` for what is no table, or the one in force."""
    refuse_unless(asker, ASKS, N_("Regional directors and above ask for other frequencies."))
    if not reason.strip() or len(reason) > LONGEST_REASON:
        raise InvalidInput(
            "body.reason",
            N_("Say why, in {most} characters at most; whoever decides reads it."),
            most=LONGEST_REASON,
        )
    wanted = table_in(fields)

    def work(session: Session) -> str:
        before = visit_frequencies.table_of(session)
        changes = _changes(before, wanted)
        if not changes:
            raise InvalidInput("body", N_("This is the table in force; nothing would change."))
        approval = approvals.ask(
            session,
            asker,
            matter=MATTER,
            subject=SUBJECT,
            title=N_("Other visit frequencies: {n} values change"),
            title_params={"n": len(changes)},
            reason=reason.strip(),
            payload={"before": _data(before), "after": _data(wanted), "changes": changes},
            size=len(changes),
            place=Place(),
            now=now,
        )
        return str(approval.id)

    return database.written(work, by=asker, at=now)


def table_in(fields: Mapping[str, str]) -> FrequencyTable:
    """The table out of a page's form: `channel-<n>`, `days-<n>-<grade>`, `minutes-<n>-<grade>`;
    line 0 is for all channels. What a line only takes over is left out. Raises `InvalidInput`."""
    found: dict[tuple[Grade, str], Frequency] = {}
    product: FrequencyTable = {}
    for number in range(MOST_CHANNELS + 1):
        channel = fields.get(f"channel-{number}", "") if number else ""
        if number and not channel:
            continue
        for grade in Grade:
            over = frequency_of(found if number else product, grade, "")
            days, minutes = (f"{what}-{number}-{grade.value}" for what in (DAYS, MINUTES))
            one = Frequency(
                interval_days=over.interval_days
                if number and not fields.get(days)
                else _number(fields, days, grade, LONGEST_INTERVAL_DAYS),
                service_minutes=over.service_minutes
                if number and not fields.get(minutes)
                else _number(fields, minutes, grade, LONGEST_VISIT_MINUTES),
            )
            if one != over:
                found[grade, channel[:100]] = one
    return found


def _number(fields: Mapping[str, str], name: str, grade: Grade, most: int) -> int:
    text = fields.get(name, "").strip()
    value = int(text) if text.isascii() and text.isdecimal() and len(text) <= len(str(most)) else 0
    if not 1 <= value <= most:
        raise InvalidInput(
            f"body.{name}",
            N_("“{value}” for grade {grade} is no whole number from 1 to {most}."),
            value=text[:20],
            grade=grade.value,
            most=most,
        )
    return value


def _row(number: int, channel: str, table: FrequencyTable) -> ChannelRow:
    cells = []
    for grade in Grade:
        one = frequency_of(table, grade, channel)
        cells.append(
            Cell(
                grade=grade,
                interval_days=one.interval_days,
                service_minutes=one.service_minutes,
                own=(grade, channel) in table,
            )
        )
    return ChannelRow(number=number, channel=channel, cells=cells)


def _data(table: FrequencyTable) -> list[list[Any]]:
    return [
        [grade.value, channel, one.interval_days, one.service_minutes]
        for (grade, channel), one in sorted(table.items())
    ]


def _changes(before: FrequencyTable, after: FrequencyTable) -> list[dict[str, Any]]:
    changes = []
    for grade, channel in sorted({*before, *after, *((grade, "") for grade in DEFAULT_POLICY)}):
        was, becomes = (frequency_of(table, grade, channel) for table in (before, after))
        for field in ("interval_days", "service_minutes"):
            old, new = getattr(was, field), getattr(becomes, field)
            if old != new:
                name = ".".join(filter(None, (grade.value, channel, field)))
                changes.append({"field": name, "before": old, "after": new})
    return changes


def _apply(session: Session, approval: Approval, _now: datetime) -> dict[str, Any]:
    """Let the table hold, unless another came into force meanwhile."""
    asked = approval.payload
    if _data(visit_frequencies.table_of(session)) != asked["before"]:
        raise Overtaken(N_("Other visit frequencies came into force meanwhile; ask again."))
    table = {
        (Grade(grade), channel): Frequency(interval_days=days, service_minutes=minutes)
        for grade, channel, days, minutes in asked["after"]
    }
    visit_frequencies.replace(session, table)
    changes = [(c["field"], c["before"], c["after"]) for c in asked["changes"]]
    audit.record(session, "change", noun="visit_frequency", key=SUBJECT, changes=changes)
    return {"values": len(changes)}


register(MATTER, _apply)
