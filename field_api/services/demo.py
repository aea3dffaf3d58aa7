"""The main job on the sample, step by step: what `callcycle demo` runs and the tests replay."""

from datetime import datetime, time
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from crm.database import Database
from crm.vocabulary import ImportKind, Role
from field_api import sample
from field_api.auth import Passwords
from field_api.services import accounts


class SampleFile(NamedTuple):
    """A file of the sample and what it holds."""

    kind: ImportKind
    path: Path


FILES = (
    SampleFile(ImportKind.REPS, sample.REPS),
    SampleFile(ImportKind.TERRITORIES, sample.TERRITORIES),
    SampleFile(ImportKind.CUSTOMERS, sample.CUSTOMERS),
    SampleFile(ImportKind.VISITS, sample.VISITS),
    SampleFile(ImportKind.SALES, sample.SALES),
    SampleFile(ImportKind.APPOINTMENTS, sample.APPOINTMENTS),
    SampleFile(ImportKind.PROMISES, sample.PROMISES),
)

# Everybody may know these: they exist in the demo's database and nowhere else.
PASSWORD = "callcycle demo"  # noqa: S105


class DemoUser(NamedTuple):
    """An account of the demo."""

    username: str
    role: Role
    name: str = ""
    rep_code: str | None = None
    district_code: str | None = None


USERS = (
    DemoUser("maria", Role.REP, rep_code="R1"),
    DemoUser("george", Role.REP, rep_code="R8"),
    DemoUser("malta", Role.DISTRICT_MANAGER, "Carmen Borg", district_code="MALTA"),
    DemoUser("gozo", Role.DISTRICT_MANAGER, "Paul Xuereb", district_code="GOZO"),
    DemoUser("gm", Role.GENERAL_MANAGER, "Helen Mifsud"),
)
USERNAMES = tuple(user.username for user in USERS)


def add_users(database: Database) -> None:
    """Make the demo's accounts."""
    passwords = Passwords(1)
    for user in USERS:
        accounts.add(
            database,
            passwords,
            username=user.username,
            password=PASSWORD,
            role=user.role,
            name=user.name,
            rep_code=user.rep_code,
            district_code=user.district_code,
        )


def noon_of_today() -> datetime:
    """Noon of the sample's today, in its zone: the instant that the demo's records bear."""
    return datetime.combine(sample.TODAY, time(12), ZoneInfo(sample.TIMEZONE))
