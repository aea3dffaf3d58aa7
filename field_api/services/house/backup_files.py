"""Backups that are made at the desk: asked for as a job, kept in the data folder, looked at as a
list. Restoring one is a command at the machine itself."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlmodel import Session

from crm.database import Database
from crm.models import AuditEntry
from crm.rules.access import RUNS_THE_HOUSE, Asker
from crm.rules.jobs import OPEN
from crm.store.house import audit, audit_trail, jobs
from crm.store.house.jobs import Taken
from crm.text import N_
from field_api.errors import Conflict
from field_api.services.house.backups import back_up
from field_api.services.people.roles import refuse_unless
from field_api.settings import Settings

KIND = "backup"  # of the jobs, which all have this key: one at a time
FOLDER, PREFIX, SUFFIX = "backups", "callcycle-", ".zip"
NOT_YOURS = N_("Backups are the general manager's and the information admin's.")


@dataclass(frozen=True, kw_only=True)
class BackupFile:
    """A file in the folder of backups."""

    name: str
    bytes: int
    made_at: datetime


@dataclass(frozen=True, kw_only=True)
class Backups:
    """What there is: the newest first; who made or restored one last; whether one is being
    made."""

    folder: Path
    files: tuple[BackupFile, ...]
    last: AuditEntry | None
    last_restored: AuditEntry | None
    under_way: bool


def folder_of(settings: Settings) -> Path:
    """Where they lie."""
    return (settings.data_dir / FOLDER).absolute()


def there(database: Database, settings: Settings, asker: Asker) -> Backups:
    """The backups in the folder, and what the audit trail knows of all. Raises `Forbidden`."""
    refuse_unless(asker, RUNS_THE_HOUSE, NOT_YOURS)
    with database.reading() as session:
        pending = jobs.of_key(session, KIND)
        return Backups(
            folder=folder_of(settings),
            files=tuple(_files(folder_of(settings))),
            last=audit_trail.newest_of(session, noun="database", action="backup"),
            last_restored=audit_trail.newest_of(session, noun="database", action="restore"),
            under_way=pending is not None and pending.state in OPEN,
        )


def ask(database: Database, asker: Asker, *, now: datetime, wake: Callable[[], None]) -> None:
    """Let a backup be made now, beside the requests. Raises `Forbidden`, and `Conflict` while one
    is being made."""
    refuse_unless(asker, RUNS_THE_HOUSE, NOT_YOURS)

    def work(session: Session) -> None:
        pending = jobs.of_key(session, KIND)
        if pending is not None and pending.state in OPEN:
            raise Conflict("backup_under_way", N_("A backup is being made already; wait for it."))
        if pending is not None:
            pending.key = None
            session.flush()
        jobs.enqueue(session, kind=KIND, payload={}, key=KIND, now=now, asked_by_id=asker.user_id)
        audit.record(session, "ask_backup", noun="database", key="")

    database.written(work, by=asker, at=now)
    wake()


def make(database: Database, settings: Settings, job: Taken, *, now: datetime) -> str:
    """The name of the file that a job makes; the same job again makes it anew or finds it."""
    folder = folder_of(settings)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    stamp = job.created_at.astimezone(UTC).strftime("%Y-%m-%dT%H-%M-%SZ")
    path = folder / f"{PREFIX}{stamp}{SUFFIX}"
    if not path.exists():
        back_up(database, settings, path, now=now)
    return path.name


def _files(folder: Path) -> list[BackupFile]:
    found = [
        BackupFile(
            name=path.name,
            bytes=path.stat().st_size,
            made_at=datetime.fromtimestamp(path.stat().st_mtime, UTC),
        )
        for path in folder.glob(f"{PREFIX}*{SUFFIX}")
    ]
    return sorted(found, key=lambda one: one.name, reverse=True)
