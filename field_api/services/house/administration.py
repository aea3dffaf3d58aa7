"""How the house stands, for the first page of the administration, and what roles may do there."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlmodel import Session

from crm.models import AuditEntry, Rep
from crm.rules import policy
from crm.rules.access import (
    KEEPS_ACCOUNTS,
    MANAGERS,
    ORGANISES,
    RUNS_THE_HOUSE,
    SETS_POLICY,
    Asker,
)
from crm.rules.grading.grading_policies import GradingPolicy
from crm.rules.policy import GradePolicy
from crm.rules.procedures import DAY_CHANGE_HOURS, LARGE_EXPORT_ROWS, MUCH_SHORTER_PERCENT
from crm.store.grades import grading_numbers, visit_frequencies
from crm.store.house import audit_trail, job_list
from crm.store.people import accounts as account_rows
from crm.store.people import organisation as organisation_rows
from crm.store.people.accounts import Wanted
from crm.store.reports import report_forms
from crm.vocabulary import Grade, JobState
from field_api.house import House
from field_api.services.house.jobs import LOOK_AFTER_JOBS
from field_api.services.people.organisation import ORGANISERS_ONLY
from field_api.services.people.roles import refuse_unless
from field_api.services.people.users import KEEPERS_ONLY
from field_api.settings import Settings


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Figures of the first page; None where they are not the asker's to see."""

    accounts: int | None
    closed: int | None
    districts: int
    reps: int
    jobs: dict[JobState, int] | None
    last_backup: AuditEntry | None
    backups_seen: bool


@dataclass(frozen=True, kw_only=True)
class Policies:
    """The policies in force."""

    grading: Sequence[GradingPolicy]
    frequencies: dict[Grade, GradePolicy]
    much_shorter_percent: int
    large_export_rows: int
    day_change_hours: int
    settings: Settings


def standing(house: House, asker: Asker) -> Standing:
    """How the house stands, as far as the asker sees it."""
    with house.database.reading() as session:
        runs, manages = asker.role in RUNS_THE_HOUSE, asker.role in MANAGERS
        return Standing(
            accounts=account_rows.count(session, asker) if manages else None,
            closed=account_rows.count(session, asker, Wanted(active=False)) if manages else None,
            districts=len(organisation_rows.districts_of(session, asker)),
            reps=len(organisation_rows.reps_of(session, asker)),
            jobs=job_list.counts(session, asker) if asker.role in LOOK_AFTER_JOBS else None,
            last_backup=_last_backup(session) if runs else None,
            backups_seen=runs,
        )


def policies(house: House) -> Policies:
    """Grades, frequencies and limits, as everything goes by them; frequencies are those of
    channels without a line of their own."""
    with house.database.reading() as session:
        table = visit_frequencies.table_of(session)
        grading_policies = tuple(grading_numbers.in_force(session).values())
    usual = {grade: policy.frequency_of(table, grade, "") for grade in Grade}
    return Policies(
        grading=grading_policies,
        frequencies={
            grade: replace(
                policy.DEFAULT_POLICY[grade],
                interval_days=one.interval_days,
                service_minutes=one.service_minutes,
            )
            for grade, one in usual.items()
        },
        much_shorter_percent=MUCH_SHORTER_PERCENT,
        large_export_rows=LARGE_EXPORT_ROWS,
        day_change_hours=DAY_CHANGE_HOURS,
        settings=house.settings,
    )


def accounts(house: House, asker: Asker, wanted: Wanted) -> int:
    """How many of the asker's accounts are wanted."""
    with house.database.reading() as session:
        return account_rows.count(session, asker, wanted)


def reps(house: House, asker: Asker) -> list[Rep]:
    """The asker's reps, in order of code."""
    with house.database.reading() as session:
        return organisation_rows.reps_of(session, asker)


def trades(house: House, asker: Asker) -> list[str]:
    """The trades of the asker's customers, in order."""
    with house.database.reading() as session:
        return sorted(report_forms.trades_seen(session, asker))


def keeps_accounts(asker: Asker) -> bool:
    """Whether the asker adds and changes accounts."""
    return asker.role in KEEPS_ACCOUNTS


def organises(asker: Asker) -> bool:
    """Whether the asker changes the organisation, calendars and forms."""
    return asker.role in ORGANISES


def sets_policy(asker: Asker) -> bool:
    """Whether the asker sets how things are decided."""
    return asker.role in SETS_POLICY


def refuse_unless_keeper(asker: Asker) -> None:
    """Raise `Forbidden` unless the asker keeps accounts."""
    refuse_unless(asker, KEEPS_ACCOUNTS, KEEPERS_ONLY)


def refuse_unless_organiser(asker: Asker) -> None:
    """Raise `Forbidden` unless the asker changes the organisation."""
    refuse_unless(asker, ORGANISES, ORGANISERS_ONLY)


def _last_backup(session: Session) -> AuditEntry | None:
    return audit_trail.newest_of(session, noun="database", action="backup")
